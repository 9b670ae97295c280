#include "coding/parse_repair.hpp"
#include "support/coding_world.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class ParseRepair : public test::CodingTest {
  protected:
    /// "head relation" of a token after repair.
    static std::string after(const std::string& text, std::string_view form, int n = 1) {
        const auto p = test::tagged(text);
        const Annotation a = repaired(*p.annotation, lexicon());
        const Token t = test::token(a, form, n);
        if (t == kNoToken) return "no such token";
        return (a.head[t] == kNoToken ? "-" : std::string(a.form[a.head[t]])) + " " + std::string(name(a.rel[t]));
    }
};

TEST_F(ParseRepair, ChangesNothingInASoundTree) {
    const auto p = test::tagged("Iran/NNP/2/nsubj@LOC signed=sign/VBD/0/root a/DT/4/det deal/NN/2/obj with/IN/6/case "
                                "Syria/NNP/4/nmod@LOC ././2/punct\n"
                                "It/PRP/2/nsubj helped=help/VBD/0/root rebels=rebel/NNS/2/obj ././2/punct");
    const Annotation a = repaired(*p.annotation, lexicon());
    EXPECT_EQ(a.head, p.annotation->head);
    EXPECT_EQ(a.rel, p.annotation->rel);
    EXPECT_EQ(a.form, p.annotation->form);
    EXPECT_EQ(a.names.size(), p.annotation->names.size());
    EXPECT_EQ(a.sentences, p.annotation->sentences);
}

TEST_F(ParseRepair, InfinitiveAfterANounOfIntentBelongsToIt) {
    EXPECT_EQ(
        after("A/DT/2/det plot/NN/6/nsubj to/TO/4/mark kill/VB/6/advcl him/PRP/4/obj failed=fail/VBD/0/root", "kill"),
        "plot acl");
}

TEST_F(ParseRepair, InfinitiveAfterAnotherNounStays) {
    EXPECT_EQ(
        after("A/DT/2/det bus/NN/6/nsubj to/TO/4/mark leave/VB/6/advcl it/PRP/4/obj failed=fail/VBD/0/root", "leave"),
        "failed advcl");
}

TEST_F(ParseRepair, InfinitiveOfObjectControlStays) {
    EXPECT_EQ(after("He/PRP/2/nsubj urged=urge/VBD/0/root the/DT/4/det plan/NN/2/obj to/TO/6/mark succeed/VB/2/xcomp",
                    "succeed"),
              "urged xcomp");
}

TEST_F(ParseRepair, InfinitiveIsNeverHungUnderItself) {
    // The noun is below the infinitive already.
    EXPECT_EQ(after("plan/NN/3/nsubj to/TO/3/mark go/VB/4/xcomp is=be/VBZ/0/root", "go"), "is xcomp");
}

TEST_F(ParseRepair, NameInAListIsAnotherMember) {
    EXPECT_EQ(after("Iran/NNP/6/nsubj@LOC ,/,/3/punct Syria/NNP/1/appos@LOC and/CC/5/cc Russia/NNP/1/conj@LOC "
                    "met=meet/VBD/0/root",
                    "Syria"),
              "Iran conj");
}

TEST_F(ParseRepair, NameStraightBeforeTheVerbIsAnotherMember) {
    EXPECT_EQ(after("Iran/NNP/4/nsubj@LOC ,/,/3/punct Syria/NNP/1/appos@LOC met=meet/VBD/0/root", "Syria"),
              "Iran conj");
}

TEST_F(ParseRepair, ExplanationInCommasStays) {
    EXPECT_EQ(
        after("Assad/NNP/5/nsubj@PER ,/,/3/punct Syria/NNP/1/appos@LOC ,/,/3/punct left=leave/VBD/0/root", "Syria"),
        "Assad appos");
}

TEST_F(ParseRepair, WordsThatAreNoNamesStay) {
    EXPECT_EQ(after("Iran/NNP/4/nsubj ,/,/3/punct Neighbor/NNP/1/appos met=meet/VBD/0/root", "Neighbor"), "Iran appos");
}

TEST_F(ParseRepair, ConjunctionMakesAnAppositionAMember) {
    EXPECT_EQ(after("Aliyev/NNP/4/nsubj@PER and/CC/3/cc Vance/NNP/1/appos@PER met=meet/VBD/0/root", "Vance"),
              "Aliyev conj");
}

TEST_F(ParseRepair, SecondSubjectAfterAConjunctionIsAMember) {
    EXPECT_EQ(after("He/PRP/5/nsubj and/CC/4/cc the/DT/4/det minister/NN/5/nsubj left=leave/VBD/0/root", "minister"),
              "He conj");
}

TEST_F(ParseRepair, SubjectBehindTheVerbIsItsObject) {
    EXPECT_EQ(after("Iran/NNP/2/nsubj attacked=attack/VBD/0/root rebels=rebel/NNS/2/nsubj ././2/punct", "rebels"),
              "attacked obj");
}

TEST_F(ParseRepair, SubjectBehindTheVerbStaysWhereThereIsAnObject) {
    EXPECT_EQ(after("Iran/NNP/2/nsubj gave=give/VBD/0/root arms=arm/NNS/2/obj rebels=rebel/NNS/2/nsubj ././2/punct",
                    "rebels"),
              "gave nsubj");
}

TEST_F(ParseRepair, InvertedSubjectStays) {
    EXPECT_EQ(after("Then/RB/2/advmod came=come/VBD/0/root rebels=rebel/NNS/2/nsubj ././2/punct", "rebels"),
              "came nsubj");
}

TEST_F(ParseRepair, LoneIndirectObjectIsTheObject) {
    EXPECT_EQ(after("Iran/NNP/2/nsubj told=tell/VBD/0/root Syria/NNP/2/iobj ././2/punct", "Syria"), "told obj");
    EXPECT_EQ(after("Iran/NNP/2/nsubj gave=give/VBD/0/root Syria/NNP/2/iobj arms=arm/NNS/2/obj ././2/punct", "Syria"),
              "gave iobj");
}

TEST_F(ParseRepair, PastTenseWithoutAuxiliaryIsNoPassive) {
    EXPECT_EQ(
        after("Troops=troop/NNS/2/nsubj:pass trained=train/VBD/0/root together/RB/2/advmod ././2/punct", "Troops"),
        "trained nsubj");
    EXPECT_EQ(
        after("Troops=troop/NNS/3/nsubj:pass were=be/VBD/3/aux:pass trained=train/VBN/0/root ././3/punct", "Troops"),
        "trained nsubj:pass");
}

TEST_F(ParseRepair, MemberBeforeAVerbWithoutSubjectIsItsSubject) {
    EXPECT_EQ(after("Chile/NNP/2/nsubj left=leave/VBD/0/root Iran/NNP/2/obj ,/,/6/punct and/CC/6/cc Peru/NNP/3/conj "
                    "praised=praise/VBD/2/conj Syria/NNP/7/obj ././2/punct",
                    "Peru"),
              "praised nsubj");
}

TEST_F(ParseRepair, HeadlinePastOfAVerbDoneToSomebodyIsPassive) {
    const auto p =
        test::tagged("Ministers=minister/NNS/2/nsubj arrested=arrest/VBD/0/root over/IN/4/case maize/NN/2/obl");
    const Annotation a = repaired(*p.annotation, lexicon());
    EXPECT_EQ(a.rel[0], Rel::NsubjPass);
    EXPECT_EQ(a.xpos[1], "VBN");
}

TEST_F(ParseRepair, NoHeadlinePassiveWithAStopAnObjectOrAnotherVerb) {
    EXPECT_EQ(
        after("Ministers=minister/NNS/2/nsubj arrested=arrest/VBD/0/root quickly/RB/2/advmod ././2/punct", "Ministers"),
        "arrested nsubj");
    EXPECT_EQ(
        after("Police/NN/2/nsubj arrested=arrest/VBD/0/root ministers=minister/NNS/2/obj today/NN/2/obl", "Police"),
        "arrested nsubj");
    EXPECT_EQ(after("Ministers=minister/NNS/2/nsubj talked=talk/VBD/0/root over/IN/4/case maize/NN/2/obl", "Ministers"),
              "talked nsubj");
}

TEST_F(ParseRepair, EmptyText) {
    const Annotation none;
    EXPECT_EQ(repaired(none, lexicon()).size(), 0U);
}

TEST_F(ParseRepair, ObjectBehindAPrepositionIsOblique) {
    EXPECT_EQ(
        after("They/PRP/2/nsubj call/VBP/0/root on/IN/4/case Iran/NNP/2/obj@LOC to/TO/6/mark act/VB/2/advcl", "Iran"),
        "call obl");
}

TEST_F(ParseRepair, ObliqueWithoutAPrepositionIsTheObject) {
    const std::string start = "Iran/NNP/2/nsubj@LOC concluded=conclude/VBD/0/root ";
    EXPECT_EQ(after(start + "on/IN/4/case Friday/NNP/2/obl an/DT/6/det accord/NN/2/obl", "accord"), "concluded obj");
    EXPECT_EQ(after(start + "talks=talk/NNS/2/obj the/DT/5/det day/NN/2/obl", "day"), "concluded obl");
    EXPECT_EQ(after(start + "on/IN/5/case a/DT/5/det Friday/NN/2/obl", "Friday"), "concluded obl");
}

TEST_F(ParseRepair, ClauseWithItsOwnSubjectIsWhatIsCalledFor) {
    EXPECT_EQ(after("Iran/NNP/2/nsubj@LOC called=call/VBD/0/root for/IN/6/mark Syria/NNP/6/nsubj@LOC to/TO/6/mark "
                    "leave/VB/2/advcl",
                    "leave"),
              "called xcomp");
    EXPECT_EQ(after("Iran/NNP/2/nsubj@LOC paid=pay/VBD/0/root for/IN/6/mark Syria/NNP/6/nsubj@LOC to/TO/6/mark "
                    "leave/VB/2/advcl",
                    "leave"),
              "paid advcl");
}

} // namespace
} // namespace kadesh
