#include "coding/mentions.hpp"
#include "support/coding_world.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace kadesh {
namespace {

class MentionsTest : public test::CodingTest {
  protected:
    static test::Reading read(const std::string& text, Day on = day()) { return {world(), lexicon(), text, on}; }
    static std::string told(const std::string& text, std::string_view head, Day on = day()) {
        return read(text, on).told(head);
    }
    static std::string codes(const std::string& text, std::string_view head, int n = 1) {
        return read(text).codes(head, n);
    }
    static std::optional<Entity> only(const test::Reading& r, std::string_view head, int n = 1) {
        std::vector<Entity> found;
        r.mentions.entities(r.at(head, n), found);
        return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
    }
};

TEST_F(MentionsTest, States) {
    const auto r = read("Iran/NNP/2/nsubj@LOC met=meet/VBD/0/root Russia/NNP/2/obj@LOC");
    EXPECT_EQ(r.told("Iran"), "IRN GOV: Iran");
    EXPECT_EQ(r.mentions.at(0)->kind, MentionKind::State);
    EXPECT_EQ(only(r, "Iran")->identifier_id, "Q794");
    EXPECT_EQ(only(r, "Iran")->span, (TextSpan{0, 4}));
    EXPECT_EQ(only(r, "Iran")->via, Via::Direct);
    EXPECT_EQ(r.mentions.at(1), nullptr);
    EXPECT_TRUE(r.mentions.is_actor(0));
    EXPECT_FALSE(r.mentions.is_actor(1));
}

TEST_F(MentionsTest, PeopleOfAStateAreItsCitizens) {
    EXPECT_EQ(told("Russians/NNPS/2/nsubj@MISC left=leave/VBD/0/root", "Russians"), "RUS CVL: Russia");
}

TEST_F(MentionsTest, MetonymsAndCapitalsAreGovernments) {
    const auto r = read("The/DT/2/det Kremlin/NNP/3/nsubj@ORG warned=warn/VBD/0/root Damascus/NNP/3/obj@LOC");
    EXPECT_EQ(only(r, "Kremlin")->code, "RUS");
    EXPECT_EQ(only(r, "Kremlin")->via, Via::Metonym);
    EXPECT_EQ(only(r, "Damascus")->code, "SYR");
    EXPECT_EQ(only(r, "Damascus")->identifier_text, "Syria");
    EXPECT_EQ(only(r, "Damascus")->via, Via::Metonym);
    EXPECT_EQ(r.mentions.at(r.at("Damascus"))->kind, MentionKind::State);
}

TEST_F(MentionsTest, PersonsHoldTheOfficesOfTheDay) {
    const std::string text = "Vladimir/NNP/3/nsubj@PER Putin/NNP/1/flat+PER spoke=speak/VBD/0/root";
    EXPECT_EQ(told(text, "Vladimir", Day::of(2025, 1, 17)), "RUS GOV president: Vladimir Putin");
    EXPECT_EQ(told(text, "Vladimir", Day::of(2010, 1, 17)), "RUS GOV prime minister: Vladimir Putin");
}

TEST_F(MentionsTest, WhoHasLeftOfficeHasNoneAnyMore) {
    const auto r = read("Dmitry/NNP/3/nsubj@PER Medvedev/NNP/1/flat+PER spoke=speak/VBD/0/root");
    ASSERT_TRUE(only(r, "Dmitry").has_value());
    EXPECT_EQ(only(r, "Dmitry")->office, "");
    EXPECT_EQ(only(r, "Dmitry")->code, "RUS");
    const std::vector<std::string> sectors = only(r, "Dmitry").value_or(Entity{}).sectors;
    EXPECT_NE(std::find(sectors.begin(), sectors.end(), "ELI"), sectors.end());
}

TEST_F(MentionsTest, TitleAndSurname) {
    EXPECT_EQ(told("President/NNP/2/compound Putin/NNP/3/nsubj@PER spoke=speak/VBD/0/root", "Putin"),
              "RUS GOV president: Vladimir Putin");
}

TEST_F(MentionsTest, UnknownPersonTakesStateAndOfficeFromTheDescription) {
    EXPECT_EQ(told("Iranian/JJ/3/amod@MISC foreign/JJ/3/amod minister/NN/6/nsubj Reza/NNP/3/appos@PER "
                   "Daneshvar/NNP/4/flat+PER spoke=speak/VBD/0/root",
                   "minister"),
              "IRN GOV foreign minister: Reza Daneshvar");
    EXPECT_EQ(told("Reza/NNP/8/nsubj@PER Daneshvar/NNP/1/flat+PER ,/,/6/punct the/DT/6/det Iranian/JJ/6/amod@MISC "
                   "envoy/NN/1/appos ,/,/6/punct "
                   "spoke=speak/VBD/0/root",
                   "Reza"),
              "IRN GOV: Reza Daneshvar");
}

TEST_F(MentionsTest, UnknownPersonIsTheSameLaterBySurname) {
    const auto r = read(
        "Iranian/JJ/2/amod@MISC envoy/NN/5/nsubj Reza/NNP/2/appos@PER Daneshvar/NNP/3/flat+PER spoke=speak/VBD/0/root\n"
        "Daneshvar/NNP/2/nsubj@PER left=leave/VBD/0/root Georgia/NNP/2/obj@LOC");
    EXPECT_EQ(only(r, "Daneshvar", 2)->code, "IRN");
}

TEST_F(MentionsTest, UnknownPersonWithoutADescriptionHasNoCode) {
    const auto r = read("Iran/NNP/2/nsubj@LOC met=meet/VBD/0/root Reza/NNP/2/obj@PER Daneshvar/NNP/3/flat+PER");
    EXPECT_EQ(r.told("Reza"), "?: Reza Daneshvar");
    EXPECT_FALSE(r.mentions.is_actor(r.at("Reza")));
}

TEST_F(MentionsTest, APersonsNameThatHoldsAStatesIsThePerson) {
    EXPECT_EQ(codes("Georgia/NNP/3/nsubj@PER Meloni/NNP/1/flat+PER spoke=speak/VBD/0/root", "Georgia"), "?");
}

TEST_F(MentionsTest, RolesWithTheirState) {
    EXPECT_EQ(told("Iranian/JJ/2/amod@MISC soldiers=soldier/NNS/3/nsubj fled=flee/VBD/0/root", "soldiers"), "IRN MIL");
    EXPECT_EQ(told("soldiers=soldier/NNS/4/nsubj of/IN/3/case Syria/NNP/1/nmod@LOC fled=flee/VBD/0/root", "soldiers"),
              "SYR MIL");
    EXPECT_EQ(told("Syria/NNP/3/nmod:poss@LOC 's/POS/1/case army/NN/4/nsubj fled=flee/VBD/0/root", "army"), "SYR MIL");
    EXPECT_EQ(told("US/NNP/4/nmod@LOC -/HYPH/3/punct trained=train/VBN/5/amod Iranian/JJ/5/amod@MISC "
                   "troops=troop/NNS/6/nsubj fled=flee/VBD/0/root",
                   "troops"),
              "IRN MIL");
}

TEST_F(MentionsTest, RolesOfSeveralStatesAreOneOfEach) {
    EXPECT_EQ(codes("officials=official/NNS/6/nsubj of/IN/3/case Russia/NNP/1/nmod@LOC and/CC/5/cc Iran/NNP/3/conj@LOC "
                    "met=meet/VBD/0/root",
                    "officials"),
              "RUS IRN");
}

TEST_F(MentionsTest, RoleWithoutAStateTakesThePlaceOfItsClause) {
    const auto r = read("Russia/NNP/2/nsubj@LOC spoke=speak/VBD/0/root ././2/punct\nRussia/NNP/2/nsubj@LOC "
                        "spoke=speak/VBD/0/root ././2/punct\n"
                        "Police/NN/2/nsubj fired=fire/VBD/0/root in/IN/4/case Tbilisi/NNP/2/obl@LOC");
    EXPECT_EQ(r.codes("Police"), "GEO");
    EXPECT_TRUE(r.mentions.at(r.at("Police"))->guessed_country);
}

TEST_F(MentionsTest, RoleWithoutAStateOrPlaceTakesTheFocus) {
    const auto r = read(
        "Iran/NNP/2/nsubj@LOC mourned=mourn/VBD/0/root ././2/punct\nSoldiers=soldier/NNS/2/nsubj fled=flee/VBD/0/root");
    EXPECT_EQ(r.mentions.focus(), "IRN");
    EXPECT_EQ(r.codes("Soldiers"), "IRN");
    EXPECT_EQ(r.mentions.focus_entity().code, "IRN");
}

TEST_F(MentionsTest, NothingNamedNothingGuessed) {
    const auto r = read("Soldiers=soldier/NNS/2/nsubj fled=flee/VBD/0/root the/DT/4/det town/NN/2/obj");
    EXPECT_EQ(r.mentions.focus(), "");
    EXPECT_EQ(r.codes("Soldiers"), "?");
    EXPECT_FALSE(r.mentions.is_actor(r.at("Soldiers")));
    EXPECT_EQ(r.codes("town"), "");
    EXPECT_EQ(r.mentions.focus_entity().code, "");
}

TEST_F(MentionsTest, ThePresidentIsWhoHoldsTheOffice) {
    const auto r = read("Russia/NNP/2/nsubj@LOC agreed=agree/VBD/0/root ././2/punct\nThe/DT/3/det "
                        "Russian/JJ/3/amod@MISC president/NN/4/nsubj spoke=speak/VBD/0/root");
    EXPECT_EQ(r.told("president"), "RUS GOV president: Vladimir Putin");
    EXPECT_EQ(only(r, "president")->via, Via::Coreference);
    EXPECT_EQ(told("A/DT/3/det Russian/JJ/3/amod@MISC president/NN/4/nsubj spoke=speak/VBD/0/root", "president"),
              "RUS GOV president");
}

TEST_F(MentionsTest, FormerHoldersAreOfTheElite) {
    EXPECT_EQ(told("former/JJ/3/amod Iranian/JJ/3/amod@MISC officials=official/NNS/4/nsubj spoke=speak/VBD/0/root",
                   "officials"),
              "IRN ELI");
}

TEST_F(MentionsTest, PatronsDoNotAct) {
    const auto r = read("Syria/NNP/2/nsubj@LOC fell=fall/VBD/0/root ././2/punct\n"
                        "Iran/NNP/3/compound@LOC -/HYPH/3/punct backed=back/VBN/4/amod militia/NN/5/nsubj "
                        "struck=strike/VBD/0/root in/IN/7/case Damascus/NNP/5/obl@LOC");
    EXPECT_EQ(r.codes("militia"), "SYR");
    EXPECT_FALSE(r.mentions.modifier_entity(r.at("Iran")).has_value());
}

TEST_F(MentionsTest, LedByIsWhoActs) {
    const auto r =
        read("US/NNP/3/compound@LOC -/HYPH/3/punct led=lead/VBN/4/amod strikes=strike/NNS/5/nsubj hit/VBD/0/root");
    ASSERT_TRUE(r.mentions.modifier_entity(r.at("led")).has_value());
    EXPECT_EQ(r.mentions.modifier_entity(r.at("led"))->code, "USA");
}

TEST_F(MentionsTest, AnAllyOfAStateIsNotThatStates) {
    EXPECT_NE(codes("an/DT/2/det ally/NN/5/nsubj of/IN/4/case Russia/NNP/2/nmod@LOC spoke=speak/VBD/0/root", "ally"),
              "RUS");
    EXPECT_EQ(codes("an/DT/2/det envoy/NN/5/nsubj of/IN/4/case Russia/NNP/2/nmod@LOC spoke=speak/VBD/0/root", "envoy"),
              "RUS");
}

TEST_F(MentionsTest, WhomAnEnvoyIsSentToDoesNotOwnHim) {
    EXPECT_EQ(codes("the/DT/3/det Iranian/JJ/3/amod@MISC envoy/NN/6/nsubj to/IN/5/case Russia/NNP/3/nmod@LOC "
                    "left=leave/VBD/0/root",
                    "envoy"),
              "IRN");
}

TEST_F(MentionsTest, PeopleOfATradeAndANationality) {
    EXPECT_EQ(told("a/DT/3/det Syrian/JJ/3/amod@MISC boatman/NN/4/nsubj drowned=drown/VBD/0/root", "boatman"),
              "SYR CVL");
    EXPECT_EQ(
        codes("a/DT/2/det boatman/NN/3/nsubj drowned=drown/VBD/0/root in/IN/5/case Syria/NNP/3/obl@LOC", "boatman"),
        "");
}

TEST_F(MentionsTest, HeIsTheLastPerson) {
    const auto r = read("Vladimir/NNP/3/nsubj@PER Putin/NNP/1/flat+PER met=meet/VBD/0/root Iran/NNP/3/obj@LOC "
                        "././3/punct\nHe/PRP/2/nsubj left=leave/VBD/0/root");
    EXPECT_EQ(r.told("He"), "RUS GOV president: Vladimir Putin");
    EXPECT_EQ(only(r, "He")->via, Via::Coreference);
    EXPECT_EQ(r.mentions.at(r.at("He"))->kind, MentionKind::Pronoun);
}

TEST_F(MentionsTest, HeIsRatherTheSubjectAndTheNearer) {
    const std::string first = "Xi/NNP/3/nsubj@PER Jinping/NNP/1/flat+PER spoke=speak/VBD/0/root ././3/punct\n";
    EXPECT_EQ(codes(first + "Vladimir/NNP/3/nsubj@PER Putin/NNP/1/flat+PER left=leave/VBD/0/root\n"
                            "He/PRP/2/nsubj returned=return/VBD/0/root",
                    "He"),
              "RUS");
    EXPECT_EQ(codes("Xi/NNP/3/nsubj@PER Jinping/NNP/1/flat+PER met=meet/VBD/0/root Vladimir/NNP/3/obj@PER "
                    "Putin/NNP/4/flat+PER\nHe/PRP/2/nsubj returned=return/VBD/0/root",
                    "He"),
              "CHN");
}

TEST_F(MentionsTest, AChainLeadsFartherBackThanTheLastSentences) {
    std::string text = "Vladimir/NNP/3/nsubj@PER Putin/NNP/1/flat+PER spoke=speak/VBD/0/root\n";
    for (int i = 0; i < 5; ++i) text += "Rain/NN/2/nsubj fell=fall/VBD/0/root\n";
    text += "He/PRP/2/nsubj left=leave/VBD/0/root";
    EXPECT_EQ(codes(text, "He"), "");
    const test::Parsed parsed = test::tagged(text);
    const Token he = test::token(*parsed.annotation, "He");
    parsed.annotation->coreference = {{{0, 2}, 0, 0}, {{he, he + 1}, he, 0}};
    parsed.annotation->chains = 1;
    const Tree tree(*parsed.annotation);
    const Mentions mentions(*parsed.document, tree, world(), lexicon(), day());
    std::vector<Entity> found;
    mentions.entities(he, found);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].identifier_text, "Vladimir Putin");
    EXPECT_EQ(found[0].via, Via::Coreference);
}

TEST_F(MentionsTest, ItIsTheLastState) {
    const auto r = read("Iran/NNP/2/nsubj@LOC met=meet/VBD/0/root Putin/NNP/2/obj@PER ././2/punct\nIt/PRP/2/nsubj "
                        "left=leave/VBD/0/root its/PRP$/4/nmod:poss troops=troop/NNS/2/obj");
    EXPECT_EQ(r.codes("It"), "IRN");
    EXPECT_EQ(r.codes("troops"), "IRN");
}

TEST_F(MentionsTest, TheyAreAllWhoWereCoordinated) {
    const auto r = read("Iran/NNP/4/nsubj@LOC and/CC/3/cc Syria/NNP/1/conj@LOC met=meet/VBD/0/root "
                        "././4/punct\nThey/PRP/2/nsubj left=leave/VBD/0/root");
    const std::string they = r.codes("They");
    EXPECT_TRUE(they == "IRN SYR" || they == "SYR IRN") << they;
}

TEST_F(MentionsTest, PronounsWithoutAnyoneBeforeThem) {
    EXPECT_EQ(codes("He/PRP/2/nsubj left=leave/VBD/0/root", "He"), "");
    EXPECT_EQ(codes("It/PRP/2/nsubj rained=rain/VBD/0/root", "It"), "");
    EXPECT_EQ(codes("They/PRP/2/nsubj left=leave/VBD/0/root", "They"), "");
    // A state is no "he", and four sentences are too far.
    EXPECT_EQ(codes("Iran/NNP/2/nsubj@LOC left=leave/VBD/0/root\nHe/PRP/2/nsubj stayed=stay/VBD/0/root", "He"), "");
    EXPECT_EQ(codes("Putin/NNP/2/nsubj@PER "
                    "left=leave/VBD/0/root\nRain/NN/0/root\nRain/NN/0/root\nRain/NN/0/root\nRain/NN/0/root\nHe/PRP/2/"
                    "nsubj stayed=stay/VBD/0/root",
                    "He"),
              "");
}

TEST_F(MentionsTest, BothCountries) {
    const auto r = read("Iran/NNP/2/nsubj@LOC met=meet/VBD/0/root Russia/NNP/2/obj@LOC ././2/punct\nBoth/DT/2/det "
                        "countries=country/NNS/3/nsubj agreed=agree/VBD/0/root");
    EXPECT_EQ(r.codes("countries"), "IRN RUS");
    EXPECT_EQ(r.mentions.at(r.at("countries"))->kind, MentionKind::Description);
    EXPECT_EQ(r.mentions.at(r.at("countries"))->entities[0].via, Via::Membership);
}

TEST_F(MentionsTest, TheTwoLeadersArePeople) {
    const auto r = read("Vladimir/NNP/3/nsubj@PER Putin/NNP/1/flat+PER met=meet/VBD/0/root Xi/NNP/3/obj@PER "
                        "Jinping/NNP/4/flat+PER in/IN/7/case Tehran/NNP/3/obl@LOC ././3/punct\n"
                        "The/DT/3/det two/CD/3/nummod leaders=leader/NNS/4/nsubj agreed=agree/VBD/0/root");
    EXPECT_EQ(r.codes("leaders"), "RUS CHN");
    std::vector<Entity> found;
    r.mentions.entities(r.at("leaders"), found);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].identifier_text, "Vladimir Putin");
    EXPECT_EQ(found[1].office, "president");
}

TEST_F(MentionsTest, OthersThatAreIntroducedAreNotThoseSpokenOf) {
    const std::string text = "Iran/NNP/2/nsubj@LOC met=meet/VBD/0/root Russia/NNP/2/obj@LOC\n";
    EXPECT_EQ(codes(text + "Two/CD/2/nummod countries=country/NNS/3/nsubj spoke=speak/VBD/0/root", "countries"),
              "IRN RUS");
    EXPECT_EQ(codes(text + "Two/CD/3/nummod small/JJ/3/amod countries=country/NNS/4/nsubj spoke=speak/VBD/0/root",
                    "countries"),
              "");
}

TEST_F(MentionsTest, OneCountryIsNotBoth) {
    EXPECT_EQ(codes("Iran/NNP/2/nsubj@LOC left=leave/VBD/0/root\nBoth/DT/2/det countries=country/NNS/3/nsubj "
                    "agreed=agree/VBD/0/root",
                    "countries"),
              "");
}

TEST_F(MentionsTest, TheCountryIsTheLastOne) {
    const auto r =
        read("Iran/NNP/2/nsubj@LOC left=leave/VBD/0/root\nThe/DT/2/det country/NN/3/nsubj agreed=agree/VBD/0/root");
    EXPECT_EQ(r.codes("country"), "IRN");
    EXPECT_EQ(codes("Iran/NNP/2/nsubj@LOC left=leave/VBD/0/root\nA/DT/2/det country/NN/3/nsubj agreed=agree/VBD/0/root",
                    "country"),
              "");
}

TEST_F(MentionsTest, CoordinatedFillersBringAll) {
    const auto r = read(
        "Iran/NNP/6/nsubj@LOC ,/,/3/punct Syria/NNP/1/conj@LOC and/CC/5/cc Russia/NNP/1/conj@LOC met=meet/VBD/0/root");
    EXPECT_EQ(r.codes("Iran"), "IRN SYR RUS");
    EXPECT_EQ(r.codes("Syria"), "SYR"); // a later member stands for itself
}

TEST_F(MentionsTest, OrganisationsAndGroups) {
    EXPECT_EQ(told("NATO/NNP/2/nsubj@ORG met=meet/VBD/0/root", "NATO"), "IGO MIL: North Atlantic Treaty Organization");
    EXPECT_EQ(told("Hezbollah/NNP/2/nsubj@ORG fought=fight/VBD/0/root", "Hezbollah"), "SYR REB: Hezbollah");
}

TEST_F(MentionsTest, AKnownAgreementIsNoActor) {
    const auto r = read(
        "Iran/NNP/2/nsubj left=leave/VBD/0/root the/DT/5/det Friendship/NNP/5/compound@MISC Treaty/NNP/2/obj+MISC");
    EXPECT_FALSE(r.mentions.is_actor(r.at("Treaty")));
    ASSERT_NE(r.mentions.at(r.at("Treaty")), nullptr);
    EXPECT_EQ(r.mentions.at(r.at("Treaty"))->kind, MentionKind::Agreement);
}

TEST_F(MentionsTest, NamesAreInTextOrderAndApart) {
    const auto r = read("Vladimir/NNP/3/nsubj@PER Putin/NNP/1/flat+PER met=meet/VBD/0/root Iranian/JJ/5/amod@MISC "
                        "envoys=envoy/NNS/3/obj in/IN/7/case Tbilisi/NNP/3/obl@LOC");
    const auto& names = r.mentions.names();
    ASSERT_EQ(names.size(), 3U);
    for (std::size_t i = 1; i < names.size(); ++i) EXPECT_LE(names[i - 1].tokens.last, names[i].tokens.first);
    EXPECT_EQ(names[0].tokens, (TokenRange{0, 2}));
    EXPECT_EQ(r.mentions.name_at(1), &names[0]);
    EXPECT_EQ(r.mentions.name_at(2), nullptr);
    EXPECT_EQ(names[1].form, NameForm::Demonym);
}

TEST_F(MentionsTest, EmptyText) {
    const auto r = read("");
    EXPECT_TRUE(r.mentions.all().empty());
    EXPECT_TRUE(r.mentions.names().empty());
    EXPECT_EQ(r.mentions.focus(), "");
}

// Bugs that are known and not yet mended, each under its title.

TEST_F(MentionsTest, WhoHasLeftOfficeIsOfTheElite) {
    EXPECT_EQ(told("Dmitry/NNP/3/nsubj@PER Medvedev/NNP/1/flat+PER spoke=speak/VBD/0/root", "Dmitry"),
              "RUS ELI: Dmitry Medvedev");
}

TEST_F(MentionsTest, AnObjectPronounIsAnotherThanTheSubject) {
    const std::string clause = "Vladimir/NNP/3/nsubj@PER Putin/NNP/1/flat+PER praised=praise/VBD/0/root ";
    EXPECT_EQ(
        codes("Xi/NNP/3/nsubj@PER Jinping/NNP/1/flat+PER spoke=speak/VBD/0/root\n" + clause + "him/PRP/3/obj", "him"),
        "CHN");
    EXPECT_EQ(codes(clause + "him/PRP/3/obj", "him"), "");
    EXPECT_EQ(codes(clause + "himself/PRP/3/obj", "himself"), "RUS");
    EXPECT_EQ(codes(clause + "his/PRP$/5/nmod:poss army/NN/3/obj", "his"), "RUS");
}

TEST_F(MentionsTest, WeIsWhoSpeaks) {
    EXPECT_EQ(codes("We/PRP/2/nsubj refuse/VBP/4/ccomp Putin/NNP/4/nsubj@PER said=say/VBD/0/root", "We"), "RUS");
    EXPECT_EQ(codes("We/PRP/2/nsubj refuse/VBP/0/root Putin/NNP/4/nsubj@PER said=say/VBD/2/parataxis", "We"), "RUS");
    EXPECT_EQ(codes("We/PRP/2/nsubj refuse/VBP/0/root Putin/NNP/2/obj@PER", "We"), "");
    EXPECT_EQ(codes("We/PRP/2/nsubj said=say/VBD/0/root Putin/NNP/4/nsubj@PER left=leave/VBD/2/ccomp", "We"), "");
}

TEST_F(MentionsTest, RolesOfADescribedPairAreOneOfEach) {
    EXPECT_EQ(codes("Iran/NNP/2/nsubj@LOC met=meet/VBD/0/root Russia/NNP/2/obj@LOC\nEnvoys=envoy/NNS/6/nsubj "
                    "of/IN/5/case the/DT/5/det two/CD/5/nummod countries=country/NNS/1/nmod spoke=speak/VBD/0/root",
                    "Envoys"),
              "IRN RUS");
}

TEST_F(MentionsTest, TheSameRolesAgainAreAllOfThem) {
    const std::string text =
        "Envoys=envoy/NNS/6/nsubj of/IN/3/case Iran/NNP/1/nmod@LOC and/CC/5/cc Syria/NNP/3/conj@LOC "
        "met=meet/VBD/0/root\n";
    EXPECT_EQ(codes(text + "They/PRP/2/nsubj left=leave/VBD/0/root", "They"), "SYR IRN");
    EXPECT_EQ(codes(text + "The/DT/2/det envoys=envoy/NNS/3/nsubj left=leave/VBD/0/root", "envoys"), "IRN SYR");
    EXPECT_EQ(codes(text + "Other/JJ/2/amod envoys=envoy/NNS/3/nsubj left=leave/VBD/0/root", "envoys").size(), 3U);
}

TEST_F(MentionsTest, NameThatHangsOnItsTitle) {
    const auto r =
        read("Iranian/JJ/2/amod@MISC Minister/NNP/7/nsubj of/IN/4/case Trade/NNP/2/nmod Mehdi/NNP/2/nmod@PER "
             "Karim/NNP/5/flat+PER spoke=speak/VBD/0/root");
    EXPECT_EQ(r.told("Minister"), "IRN GOV: Mehdi Karim");
}

TEST_F(MentionsTest, TheCapitalIsTheFocusStates) {
    const std::string text = "Iran/NNP/2/nsubj@LOC left=leave/VBD/0/root\nHe/PRP/2/nsubj saw=see/VBD/0/root ";
    EXPECT_EQ(codes(text + "the/DT/4/det capital/NN/2/obj", "capital"), "IRN");
    EXPECT_EQ(codes(text + "new/JJ/4/amod capital/NN/2/obj", "capital"), "");
}

} // namespace
} // namespace kadesh
