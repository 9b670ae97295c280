#include "coding/act_finder.hpp"
#include "support/coding_world.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class Acts : public test::CodingTest {
  protected:
    struct Found {
        std::vector<Act> acts;
        std::vector<Discard> discarded;
    };
    static Found find(const std::string& text, bool keep_all = false) {
        const test::Reading r(world(), lexicon(), text, day());
        ActFinder finder(r.tree, r.mentions, lexicon());
        finder.keep_all(keep_all);
        Found out;
        out.acts = finder.find(out.discarded);
        return out;
    }
    /// "ASSAULT/aerial RUS->UKR" of every act, joined by "; ". Mutual acts are written with "=".
    static std::string of(const std::string& text, bool keep_all = false) {
        std::string out;
        for (const Act& act : find(text, keep_all).acts) {
            if (!out.empty()) out += "; ";
            out += name(act.type);
            if (!act.mode.empty()) (out += "/") += act.mode;
            out += " " + test::Reading::codes_of(act.actors) + (act.reciprocal ? "=" : "->") +
                   test::Reading::codes_of(act.recipients);
            if (act.auxiliary & kNegated) out += " negated";
            if (act.auxiliary & kAlleged) out += " alleged";
            if (act.auxiliary & kHypothetical) out += " hypothetical";
            if (act.auxiliary & kFuture) out += " future";
        }
        return out;
    }
};

TEST_F(Acts, VerbFrame) {
    const auto found = find("Russia/NNP/2/nsubj@LOC attacked=attack/VBD/0/root Georgia/NNP/2/obj@LOC");
    ASSERT_EQ(found.acts.size(), 1U);
    const Act& act = found.acts[0];
    EXPECT_EQ(act.type, EventType::Assault);
    EXPECT_EQ(act.cameo, "190");
    EXPECT_EQ(act.rule, "verb:attack#1");
    EXPECT_EQ(act.trigger, 1U);
    EXPECT_EQ(act.carrier, 1U);
    EXPECT_EQ(act.trigger_tokens, (TokenRange{1, 2}));
    ASSERT_EQ(act.contexts.size(), 1U);
    EXPECT_EQ(act.contexts[0], "military");
    EXPECT_EQ(test::Reading::codes_of(act.actors), "RUS");
    EXPECT_EQ(test::Reading::codes_of(act.recipients), "GEO");
    EXPECT_TRUE(found.discarded.empty());
}

TEST_F(Acts, Passive) {
    EXPECT_EQ(of("Georgia/NNP/3/nsubj:pass@LOC was=be/VBD/3/aux:pass shelled=shell/VBN/0/root by/IN/5/case "
                 "Russia/NNP/3/obl:agent@LOC"),
              "ASSAULT/heavy-weapons RUS->GEO");
}

TEST_F(Acts, AHostileActNeedsNoKnownActor) {
    EXPECT_EQ(of("Georgia/NNP/3/nsubj:pass@LOC was=be/VBD/3/aux:pass shelled=shell/VBN/0/root"),
              "ASSAULT/heavy-weapons ->GEO");
}

TEST_F(Acts, ACooperativeActWithoutAKnownActorIsDiscarded) {
    const std::string text = "Georgia/NNP/3/nsubj:pass@LOC was=be/VBD/3/aux:pass aided=aid/VBN/0/root";
    EXPECT_EQ(of(text), "");
    EXPECT_EQ(of(text, true), "AID ->GEO");
    const auto found = find(text);
    ASSERT_EQ(found.discarded.size(), 1U);
    EXPECT_NE(found.discarded[0].reason.find("nobody known does it"), std::string::npos);
    EXPECT_EQ(found.discarded[0].span, (TextSpan{12, 17}));
}

TEST_F(Acts, NobodyKnownAtAllIsDiscarded) {
    EXPECT_EQ(of("wolves=wolf/NNS/2/nsubj attacked=attack/VBD/0/root sheep/NN/2/obj"), "");
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC slept=sleep/VBD/0/root"), "");
}

TEST_F(Acts, ConditionsChooseTheSense) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC withdrew=withdraw/VBD/0/root troops=troop/NNS/2/obj from/IN/5/case "
                 "Georgia/NNP/2/obl@LOC"),
              "RETREAT/withdraw RUS->GEO");
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC withdrew=withdraw/VBD/0/root from/IN/5/case the/DT/5/det treaty/NN/2/obl"),
              "REJECT RUS->");
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC withdrew=withdraw/VBD/0/root quietly/RB/2/advmod"), "");
}

TEST_F(Acts, ASenseThatIsNoActStopsTheOthers) {
    EXPECT_EQ(
        of("Putin/NNP/2/nsubj@PER signed=sign/VBD/0/root a/DT/4/det law/NN/2/obj with/IN/6/case Iran/NNP/2/obl@LOC"),
        "");
}

TEST_F(Acts, PlaceCondition) {
    EXPECT_EQ(of("Lavrov/NNP/2/nsubj@PER visited=visit/VBD/0/root Iran/NNP/2/obj@LOC"), "CONSULT/visit RUS->IRN");
    EXPECT_EQ(of("Lavrov/NNP/2/nsubj@PER visited=visit/VBD/0/root friends=friend/NNS/2/obj"), "");
}

TEST_F(Acts, BothSidesOfASymmetricalActAreActors) {
    EXPECT_EQ(
        of("Russia/NNP/2/nsubj@LOC signed=sign/VBD/0/root a/DT/4/det deal/NN/2/obj with/IN/6/case Iran/NNP/4/nmod@LOC"),
        "SUPPORT RUS IRN=");
    EXPECT_EQ(
        of("Russia/NNP/4/nsubj@LOC and/CC/3/cc Iran/NNP/1/conj@LOC signed=sign/VBD/0/root a/DT/6/det deal/NN/4/obj"),
        "SUPPORT RUS IRN=");
}

TEST_F(Acts, MutualOnlyWithAPartner) {
    EXPECT_EQ(of("Russia/NNP/4/nsubj@LOC and/CC/3/cc Iran/NNP/1/conj@LOC cooperated=cooperate/VBD/0/root"),
              "COOPERATE RUS IRN=");
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC cooperated=cooperate/VBD/0/root with/IN/4/case Iran/NNP/2/obl@LOC"),
              "COOPERATE RUS IRN=");
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC cooperated=cooperate/VBD/0/root"), "");
}

TEST_F(Acts, PhrasalVerb) {
    EXPECT_EQ(of("Putin/NNP/2/nsubj@PER stepped=step/VBD/0/root down/RP/2/compound:prt"), "RETREAT/resign RUS->");
    EXPECT_EQ(of("Putin/NNP/2/nsubj@PER stepped=step/VBD/0/root inside/RB/2/advmod"), "");
}

TEST_F(Acts, NounWithItsPossessor) {
    EXPECT_EQ(of("Russia/NNP/3/nmod:poss@LOC 's/POS/1/case attack/NN/6/nsubj on/IN/5/case Georgia/NNP/3/nmod@LOC "
                 "angered=anger/VBD/0/root Iran/NNP/6/obj@LOC"),
              "ASSAULT RUS->GEO");
}

TEST_F(Acts, NounWithItsAdjective) {
    EXPECT_EQ(of("a/DT/3/det Russian/JJ/3/amod@MISC attack/NN/6/nsubj on/IN/5/case Georgia/NNP/3/nmod@LOC "
                 "failed=fail/VBD/0/root"),
              "ASSAULT RUS->GEO");
}

TEST_F(Acts, NounUnderALightVerb) {
    const auto found = find("Russia/NNP/2/nsubj@LOC carried=carry/VBD/0/root out/RP/2/compound:prt an/DT/5/det "
                            "attack/NN/2/obj on/IN/7/case Georgia/NNP/5/nmod@LOC");
    ASSERT_EQ(found.acts.size(), 1U);
    EXPECT_EQ(found.acts[0].rule, "noun:attack#1");
    EXPECT_EQ(found.acts[0].carrier, 1U);
    EXPECT_EQ(found.acts[0].trigger, 4U);
    EXPECT_EQ(test::Reading::codes_of(found.acts[0].actors), "RUS");
    EXPECT_EQ(test::Reading::codes_of(found.acts[0].recipients), "GEO");
}

TEST_F(Acts, CompoundNounBeforeItsHead) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC launched=launch/VBD/0/root air/NN/4/compound strikes=strike/NNS/2/obj "
                 "on/IN/6/case Georgia/NNP/4/nmod@LOC"),
              "ASSAULT/aerial RUS->GEO");
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC launched=launch/VBD/0/root labor/NN/4/compound strikes=strike/NNS/2/obj "
                 "on/IN/6/case Georgia/NNP/4/nmod@LOC"),
              "");
}

TEST_F(Acts, NounBeforeANounIsNoAct) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC praised=praise/VBD/0/root attack/NN/4/compound dogs=dog/NNS/2/obj"), "");
}

TEST_F(Acts, TalksUnderALightVerb) {
    EXPECT_EQ(of("Russia/NNP/4/nsubj@LOC and/CC/3/cc Iran/NNP/1/conj@LOC held=hold/VBD/0/root talks=talk/NNS/4/obj"),
              "CONSULT RUS IRN=");
    EXPECT_EQ(of("talks=talk/NNS/6/nsubj between/IN/3/case Russia/NNP/1/nmod@LOC and/CC/5/cc Iran/NNP/3/conj@LOC "
                 "failed=fail/VBD/0/root"),
              "CONSULT RUS IRN=");
}

TEST_F(Acts, TalksWithOnePartnerAloneAreDiscarded) {
    const auto found = find("talks=talk/NNS/4/nsubj with/IN/3/case Iran/NNP/1/nmod@LOC failed=fail/VBD/0/root");
    EXPECT_TRUE(found.acts.empty());
    ASSERT_EQ(found.discarded.size(), 1U);
    EXPECT_NE(found.discarded[0].reason.find("only one side"), std::string::npos);
}

TEST_F(Acts, QuantitiesStandForWhatTheyCount) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC arrested=arrest/VBD/0/root hundreds=hundred/NNS/2/obj of/IN/6/case "
                 "Georgian/JJ/6/amod@MISC soldiers=soldier/NNS/3/nmod"),
              "COERCE/arrest RUS->GEO");
}

TEST_F(Acts, WhatItIsDoneToStandsForItsOwner) {
    EXPECT_EQ(
        of("Russia/NNP/2/nsubj@LOC attacked=attack/VBD/0/root Iran/NNP/5/nmod:poss@LOC 's/POS/3/case embassy/NN/2/obj"),
        "ASSAULT RUS->IRN");
    EXPECT_EQ(of("Iranian/JJ/2/amod@MISC jets=jet/NNS/3/nsubj attacked=attack/VBD/0/root Georgia/NNP/3/obj@LOC"),
              "ASSAULT IRN->GEO");
}

TEST_F(Acts, AForeignAttackInAPlaceIsOnItsState) {
    EXPECT_EQ(of("Russian/JJ/2/amod@MISC troops=troop/NNS/3/nsubj attacked=attack/VBD/0/root in/IN/5/case "
                 "Tbilisi/NNP/3/obl@LOC"),
              "ASSAULT RUS->GEO");
    EXPECT_EQ(of("Georgian/JJ/2/amod@MISC troops=troop/NNS/3/nsubj attacked=attack/VBD/0/root in/IN/5/case "
                 "Tbilisi/NNP/3/obl@LOC"),
              "ASSAULT GEO->");
}

TEST_F(Acts, TheAttackIsTheOneToldBefore) {
    // Told again, the bare noun makes no record of its own.
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC attacked=attack/VBD/0/root Georgia/NNP/2/obj@LOC\nThe/DT/2/det "
                 "attack/NN/3/nsubj failed=fail/VBD/0/root"),
              "ASSAULT RUS->GEO");
}

TEST_F(Acts, PromiseToRetreatConcedes) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC promised=promise/VBD/0/root to/TO/4/mark withdraw/VB/2/xcomp "
                 "troops=troop/NNS/4/obj from/IN/7/case Georgia/NNP/4/obl@LOC"),
              "CONCEDE RUS->GEO");
}

TEST_F(Acts, PromiseToHelpAgrees) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC promised=promise/VBD/0/root to/TO/4/mark aid/VB/2/xcomp Iran/NNP/4/obj@LOC"),
              "AGREE RUS->IRN");
}

TEST_F(Acts, UrgingIsARequestOfWhoIsToDoIt) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC urged=urge/VBD/0/root Russia/NNP/2/obj@LOC to/TO/5/mark withdraw/VB/2/xcomp "
                 "troops=troop/NNS/5/obj"),
              "REQUEST/change IRN->RUS");
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC called=call/VBD/0/root for/IN/4/case talks=talk/NNS/2/obl with/IN/6/case "
                 "Russia/NNP/4/nmod@LOC"),
              "REQUEST IRN->RUS");
}

TEST_F(Acts, RefusalRejects) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC refused=refuse/VBD/0/root to/TO/4/mark meet/VB/2/xcomp Russia/NNP/4/obj@LOC"),
              "REJECT IRN->RUS");
}

TEST_F(Acts, ThreatOfOnesOwnAct) {
    EXPECT_EQ(
        of("Iran/NNP/2/nsubj@LOC threatened=threaten/VBD/0/root to/TO/4/mark attack/VB/2/xcomp Georgia/NNP/4/obj@LOC"),
        "THREATEN/violence IRN->GEO");
}

TEST_F(Acts, WhoOrdersIsTheActor) {
    EXPECT_EQ(of("Putin/NNP/2/nsubj@PER ordered=order/VBD/0/root soldiers=soldier/NNS/2/obj to/TO/5/mark "
                 "attack/VB/2/xcomp Georgia/NNP/5/obj@LOC"),
              "ASSAULT RUS->GEO");
}

TEST_F(Acts, AccusationTellsTheActAsAlleged) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC accused=accuse/VBD/0/root Russia/NNP/2/obj@LOC of/IN/5/mark "
                 "attacking=attack/VBG/2/advcl Georgia/NNP/5/obj@LOC"),
              "ACCUSE/allege IRN->RUS; ASSAULT RUS->GEO alleged");
}

TEST_F(Acts, DenialNegates) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC denied=deny/VBD/0/root that/IN/5/mark it/PRP/5/nsubj "
                 "attacked=attack/VBD/2/ccomp Georgia/NNP/5/obj@LOC"),
              "ASSAULT IRN->GEO negated");
}

TEST_F(Acts, AttemptsAndHopes) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC tried=try/VBD/0/root to/TO/4/mark attack/VB/2/xcomp Georgia/NNP/4/obj@LOC"),
              "ASSAULT IRN->GEO");
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC tried=try/VBD/0/root to/TO/4/mark aid/VB/2/xcomp Georgia/NNP/4/obj@LOC"),
              "AID IRN->GEO hypothetical");
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC wants=want/VBZ/0/root to/TO/4/mark aid/VB/2/xcomp Georgia/NNP/4/obj@LOC"),
              "AID IRN->GEO hypothetical");
}

TEST_F(Acts, BeginningIsTheActItself) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC began=begin/VBD/0/root attacking=attack/VBG/2/xcomp Georgia/NNP/3/obj@LOC"),
              "ASSAULT IRN->GEO");
}

TEST_F(Acts, StoppingTurnsTheActRound) {
    EXPECT_EQ(
        of("Iran/NNP/2/nsubj@LOC stopped=stop/VBD/0/root attacks=attack/NNS/2/obj on/IN/5/case Georgia/NNP/3/nmod@LOC"),
        "RETREAT/ceasefire IRN->GEO");
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC stopped=stop/VBD/0/root arresting=arrest/VBG/2/xcomp Georgians/NNPS/3/obj@MISC"),
              "");
}

TEST_F(Acts, PlannedAttackStaysOneToCome) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC plans=plan/VBZ/0/root to/TO/4/mark attack/VB/2/xcomp Georgia/NNP/4/obj@LOC"),
              "ASSAULT IRN->GEO future");
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC plans=plan/VBZ/0/root to/TO/4/mark visit/VB/2/xcomp Georgia/NNP/4/obj@LOC"),
              "AGREE IRN->GEO");
}

TEST_F(Acts, PraiseAndCondemnationAreOfWhoDidIt) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC condemned=condemn/VBD/0/root the/DT/5/det Russian/JJ/5/amod@MISC "
                 "attack/NN/2/obj on/IN/7/case Georgia/NNP/5/nmod@LOC"),
              "ACCUSE/disapprove IRN->RUS; ASSAULT RUS->GEO");
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC praised=praise/VBD/0/root the/DT/5/det Russian/JJ/5/amod@MISC attack/NN/2/obj "
                 "on/IN/7/case Georgia/NNP/5/nmod@LOC"),
              "SUPPORT IRN->RUS; ASSAULT RUS->GEO");
}

TEST_F(Acts, AnAimIsNoAct) {
    const auto found = find("Iran/NNP/2/nsubj@LOC sent=send/VBD/0/root envoys=envoy/NNS/2/obj to/TO/5/mark "
                            "attack/VB/2/advcl Georgia/NNP/5/obj@LOC");
    EXPECT_TRUE(found.acts.empty());
    ASSERT_EQ(found.discarded.size(), 1U);
    EXPECT_NE(found.discarded[0].reason.find("an aim"), std::string::npos);
}

TEST_F(Acts, InTextOrderAndEachOnce) {
    const auto found = find("Russia/NNP/2/nsubj@LOC attacked=attack/VBD/0/root Georgia/NNP/2/obj@LOC and/CC/5/cc "
                            "expelled=expel/VBD/2/conj Iranian/JJ/7/amod@MISC envoys=envoy/NNS/5/obj\n"
                            "Iran/NNP/2/nsubj@LOC criticized=criticize/VBD/0/root Russia/NNP/2/obj@LOC");
    ASSERT_EQ(found.acts.size(), 3U);
    EXPECT_EQ(found.acts[0].type, EventType::Assault);
    EXPECT_EQ(found.acts[1].type, EventType::Sanction);
    EXPECT_EQ(test::Reading::codes_of(found.acts[1].actors), "RUS");
    EXPECT_EQ(test::Reading::codes_of(found.acts[1].recipients), "IRN");
    EXPECT_EQ(found.acts[2].type, EventType::Accuse);
}

TEST_F(Acts, NobodyIsTheRecipientOfHisOwnAct) {
    for (const Act& act : find("Putin/NNP/2/nsubj@PER criticized=criticize/VBD/0/root Russia/NNP/2/obj@LOC").acts)
        EXPECT_EQ(test::Reading::codes_of(act.recipients), "");
}

TEST_F(Acts, SemanticHead) {
    const test::Reading r(world(), lexicon(),
                          "hundreds=hundred/NNS/6/nsubj of/IN/3/case thousands=thousand/NNS/1/nmod of/IN/5/case "
                          "soldiers=soldier/NNS/3/nmod fled=flee/VBD/0/root",
                          day());
    const ActFinder finder(r.tree, r.mentions, lexicon());
    EXPECT_EQ(finder.semantic_head(0), 4U);
    EXPECT_EQ(finder.semantic_head(4), 4U);
}

TEST_F(Acts, ConditionalActors) {
    const test::Reading r(
        world(), lexicon(),
        "Iran/NNP/2/nsubj@LOC reacts=react/VBZ/0/root if/IN/5/mark Russia/NNP/5/nsubj@LOC attacks=attack/VBZ/2/advcl",
        day());
    const ActFinder finder(r.tree, r.mentions, lexicon());
    EXPECT_EQ(test::Reading::codes_of(finder.conditional_actors(1, 1)), "RUS");
    EXPECT_EQ(test::Reading::codes_of(finder.conditional_actors(4, 4)), "");
}

TEST(ActEntities, SameEntity) {
    Entity a, b;
    a.code = b.code = "RUS";
    a.sectors = {"GOV"};
    b.sectors = {"MIL"};
    EXPECT_FALSE(same_entity(a, b));
    b.sectors = {"GOV"};
    EXPECT_TRUE(same_entity(a, b));
    a.identifier_text = "Vladimir Putin";
    EXPECT_TRUE(same_entity(a, b)); // one without a name
    b.identifier_text = "Sergey Lavrov";
    EXPECT_FALSE(same_entity(a, b));
    b.identifier_text = a.identifier_text;
    b.code = "USA";
    EXPECT_FALSE(same_entity(a, b));
}

TEST(ActEntities, AddOnlyWhatIsNotThere) {
    Entity a, b;
    a.code = "RUS";
    b.code = "IRN";
    std::vector<Entity> list{a};
    add_entities(list, {a, b, b});
    EXPECT_EQ(test::Reading::codes_of(list), "RUS IRN");
}

TEST(ActEntities, DropSelf) {
    Entity president, government, army;
    president.code = government.code = army.code = "USA";
    president.sectors = government.sectors = {"GOV"};
    president.office = "president";
    president.identifier_text = "Joe Biden";
    government.identifier_text = "United States";
    army.sectors = {"MIL"};
    Act act;
    act.actors = {president};
    act.recipients = {government, army};
    drop_self(act);
    ASSERT_EQ(act.recipients.size(), 1U);
    EXPECT_EQ(act.recipients[0].sectors.front(), "MIL");
}

TEST_F(Acts, InfinitiveMakesTheVerbGovernIt) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC told=tell/VBD/0/root Georgia/NNP/2/iobj@LOC to/TO/5/mark "
                 "withdraw/VB/2/xcomp troops=troop/NNS/5/obj"),
              "REQUEST/change RUS->GEO");
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC called=call/VBD/0/root for/IN/6/mark Georgia/NNP/6/nsubj@LOC to/TO/6/mark "
                 "withdraw/VB/2/xcomp troops=troop/NNS/6/obj"),
              "REQUEST/change RUS->GEO");
}

TEST_F(Acts, NobodyCallsOnAnAct) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC called=call/VBD/0/root on/IN/5/case a/DT/5/det raid/NN/2/obl"), "");
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC called=call/VBD/0/root on/IN/4/case Georgia/NNP/2/obl@LOC to/TO/6/mark "
                 "attack/VB/2/xcomp Iran/NNP/6/obj@LOC"),
              "REQUEST RUS->GEO");
}

TEST_F(Acts, NounBesideAVerbTakesItsSubject) {
    const std::string start = "Putin/NNP/2/nsubj@PER flew=fly/VBD/0/root for/IN/4/case talks=talk/NNS/2/obl ";
    EXPECT_EQ(of(start + "with/IN/6/case Iran/NNP/4/nmod@LOC"), "CONSULT IRN RUS=");
    EXPECT_EQ(of(start), "");
}

TEST_F(Acts, ForcesThatExerciseTogetherCooperate) {
    EXPECT_EQ(of("Russia/NNP/4/nsubj@LOC and/CC/3/cc Iran/NNP/1/conj@LOC held=hold/VBD/0/root "
                 "exercises=exercise/NNS/4/obj"),
              "COOPERATE RUS IRN=");
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC held=hold/VBD/0/root exercises=exercise/NNS/2/obj"), "MOBILIZE/troops RUS->");
}

TEST_F(Acts, AttackWithoutANamedSideIsOnThePeopleOfThePlace) {
    EXPECT_EQ(of("explosion/NN/0/root in/IN/3/case Georgia/NNP/1/nmod@LOC"), "ASSAULT/explosives ->GEO");
    EXPECT_EQ(of("explosion/NN/2/nsubj happened=happen/VBD/0/root in/IN/4/case Georgia/NNP/2/obl@LOC"),
              "ASSAULT/explosives ->GEO");
    EXPECT_EQ(of("explosion/NN/0/root"), "");
}

TEST_F(Acts, WhatOneGoesToSayIsSaid) {
    const std::string aim = "to/TO/4/mark thank/VB/2/advcl Iran/NNP/4/obj@LOC";
    EXPECT_EQ(of("Putin/NNP/2/nsubj@PER flew=fly/VBD/0/root " + aim), "SUPPORT RUS->IRN");
    EXPECT_EQ(of("Putin/NNP/2/nsubj@PER waited=wait/VBD/0/root " + aim), "");
}

TEST_F(Acts, AimOfAProtestTellsItsRecipient) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj@LOC protested=protest/VBD/0/root to/TO/4/mark criticize/VB/2/advcl "
                 "Russia/NNP/4/obj@LOC"),
              "PROTEST/demo IRN->RUS");
}

TEST_F(Acts, WhoBuiltAThingOwnsIt) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj@LOC attacked=attack/VBD/0/root an/DT/4/det embassy/NN/2/obj that/WDT/7/obj "
                 "Iran/NNP/7/nsubj@LOC built=build/VBD/4/acl:relcl"),
              "ASSAULT RUS->IRN");
}

TEST(DropSelf, AStateMayFreeItsOwnPeople) {
    Act act;
    act.type = EventType::Retreat;
    act.mode = "release";
    act.actors.resize(1);
    act.actors[0].code = "ZAF";
    act.actors[0].sectors = {"GOV"};
    act.recipients.resize(1);
    act.recipients[0].code = "ZAF";
    act.recipients[0].identifier_text = "Nelson Mandela";
    drop_self(act);
    EXPECT_EQ(act.recipients.size(), 1U);
    act.mode = "withdraw";
    drop_self(act);
    EXPECT_TRUE(act.recipients.empty());
}

} // namespace
} // namespace kadesh
