#include "coding/tree.hpp"
#include "support/parsed_text.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

/// The first filler of a slot, as text; empty when the slot is not filled.
std::string filler(const Annotation& a, const std::vector<Filler>& slots, SlotKind kind,
                   std::string_view preposition = {}) {
    for (const Filler& f : slots)
        if (f.slot.kind == kind && f.slot.preposition == preposition) return std::string(a.form[f.token]);
    return {};
}

TEST(Tree, PassiveSwapsSubjectAndObject) {
    const auto p = test::parsed(R"(The the DET DT 2 det
town town NOUN NN 4 nsubj:pass
was be AUX VBD 4 aux:pass
shelled shell VERB VBN 0 root
by by ADP IN 6 case
rebels rebel NOUN NNS 4 obl:agent
)");
    const Tree tree(*p.annotation);
    std::vector<Filler> slots;
    tree.verb_slots(3, slots);
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Subject), "rebels");
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Object), "town");
}

TEST(Tree, ControlGivesTheInfinitiveItsSubject) {
    const auto p = test::parsed(R"(France France PROPN NNP 2 nsubj
urged urge VERB VBD 0 root
Chad Chad PROPN NNP 2 obj
to to PART TO 5 mark
withdraw withdraw VERB VB 2 xcomp
troops troop NOUN NNS 5 obj
)");
    const Tree tree(*p.annotation);
    std::vector<Filler> slots;
    tree.verb_slots(4, slots);
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Subject), "Chad");
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Object), "troops");
}

TEST(Tree, RelativeClauseTakesItsNounForTheGap) {
    const auto p = test::parsed(R"(drones drone NOUN NNS 0 root
, , PUNCT , 5 punct
which which PRON WDT 5 obj
Moscow Moscow PROPN NNP 5 nsubj
used use VERB VBD 1 acl:relcl
in in ADP IN 7 case
strikes strike NOUN NNS 5 obl
on on ADP IN 9 case
Kyiv Kyiv PROPN NNP 7 nmod
)");
    const Tree tree(*p.annotation);
    std::vector<Filler> slots;
    tree.verb_slots(4, slots);
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Subject), "Moscow");
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Object), "drones");
    tree.noun_slots(6, kNoToken, slots);
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Preposition, "on"), "Kyiv");
}

TEST(Tree, CoordinatedVerbSharesTheSubject) {
    const auto p = test::parsed(R"(Kenya Kenya PROPN NNP 2 nsubj
recalled recall VERB VBD 0 root
its its PRON PRP$ 4 nmod:poss
envoy envoy NOUN NN 2 obj
and and CCONJ CC 6 cc
closed close VERB VBD 2 conj
the the DET DT 8 det
border border NOUN NN 6 obj
)");
    const Tree tree(*p.annotation);
    bool inherited = false;
    EXPECT_EQ(p.annotation->form[tree.subject(5, inherited)], "Kenya");
    EXPECT_TRUE(inherited);
}

TEST(Tree, NounTakesTheSubjectOfItsLightVerb) {
    const auto p = test::parsed(R"(Israel Israel PROPN NNP 2 nsubj
launched launch VERB VBD 0 root
a a DET DT 4 det
raid raid NOUN NN 2 obj
on on ADP IN 6 case
Gaza Gaza PROPN NNP 4 nmod
)");
    const Tree tree(*p.annotation);
    std::vector<Filler> slots;
    tree.noun_slots(3, 1, slots);
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Subject), "Israel");
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Preposition, "on"), "Gaza");
}

TEST(Tree, PrepositionJoinsFixedWords) {
    const auto p = test::parsed(R"(Troops troop NOUN NNS 2 nsubj
left leave VERB VBD 0 root
according accord VERB VBG 5 case
to to ADP IN 3 fixed
officials official NOUN NNS 2 obl
)");
    const Tree tree(*p.annotation);
    EXPECT_EQ(tree.preposition(4), "according to");
}

} // namespace
} // namespace kadesh
