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

/// Slots of a verb of a text in the short notation, by the verb's form.
struct Slots {
    Slots(const std::string& text, std::string_view verb) : parsed(test::tagged(text)), tree(*parsed.annotation) {
        tree.verb_slots(test::token(*parsed.annotation, verb), slots);
    }
    [[nodiscard]] std::string operator()(SlotKind kind, std::string_view preposition = {}) const {
        return filler(*parsed.annotation, slots, kind, preposition);
    }
    [[nodiscard]] std::size_t count(SlotKind kind) const {
        std::size_t n = 0;
        for (const Filler& f : slots) n += f.slot.kind == kind;
        return n;
    }
    test::Parsed parsed;
    Tree tree;
    std::vector<Filler> slots;
};

TEST(Tree, ChildrenSubtreesAndSentences) {
    const auto p = test::tagged("The/DT/2/det army/NN/4/nsubj of/IN/4/case left=leave/VBD/0/root\n"
                                "It/PRP/2/nsubj rained=rain/VBD/0/root");
    const Tree tree(*p.annotation);
    EXPECT_EQ(tree.children(3).size(), 2U);
    EXPECT_EQ(tree.child(3, Rel::Nsubj), 1U);
    EXPECT_EQ(tree.child(3, Rel::Obj), kNoToken);
    EXPECT_EQ(tree.subtree(1), (TokenRange{0, 2}));
    EXPECT_EQ(tree.subtree(3), (TokenRange{0, 4}));
    EXPECT_EQ(tree.sentence_of(2), 0U);
    EXPECT_EQ(tree.sentence_of(4), 1U);
    EXPECT_TRUE(tree.below(0, 3));
    EXPECT_FALSE(tree.below(3, 0));
    EXPECT_FALSE(tree.below(4, 3));
}

TEST(Tree, ConjunctsAreTheSameFromEveryMember) {
    const auto p = test::tagged("Iran/NNP/5/nsubj ,/,/3/punct Syria/NNP/1/conj and/CC/5/cc Russia/NNP/3/conj "
                                "met=meet/VBD/0/root");
    // A chain: Russia hangs on Syria, Syria on Iran.
    const Tree tree(*p.annotation);
    for (const Token member : {0U, 2U, 4U}) {
        std::vector<Token> all;
        tree.conjuncts(member, all);
        EXPECT_EQ(all, (std::vector<Token>{0, 2, 4}));
        EXPECT_EQ(tree.first_conjunct(member), 0U);
    }
}

TEST(Tree, CorePhraseLeavesOutClausesAndFurtherMembers) {
    const auto p =
        test::tagged("two/CD/3/nummod Iranian/JJ/3/amod officials=official/NNS/9/nsubj who/WP/5/nsubj "
                     "left=leave/VBD/3/acl:relcl and/CC/8/cc a/DT/8/det soldier/NN/3/conj spoke=speak/VBD/0/root");
    const Tree tree(*p.annotation);
    EXPECT_EQ(tree.core_phrase(2), (TokenRange{0, 3}));
    EXPECT_EQ(tree.text_span(tree.core_phrase(2)), (TextSpan{0, 21}));
}

TEST(Tree, AgentlessPassiveHasNoSubject) {
    const Slots slots("The/DT/2/det town/NN/4/nsubj:pass was=be/VBD/4/aux:pass shelled=shell/VBN/0/root "
                      "on/IN/6/case Monday/NNP/4/obl",
                      "shelled");
    EXPECT_EQ(slots(SlotKind::Object), "town");
    EXPECT_EQ(slots.count(SlotKind::Subject), 0U);
}

TEST(Tree, PassiveByPhraseWithoutAgentSubtype) {
    const Slots slots(
        "Town/NN/3/nsubj:pass was=be/VBD/3/aux:pass shelled=shell/VBN/0/root by/IN/5/case rebels=rebel/NNS/3/obl",
        "shelled");
    EXPECT_EQ(slots(SlotKind::Subject), "rebels");
}

TEST(Tree, PassiveKeepsItsObjectAndMovesTheReceiver) {
    const Slots slots(
        "Rebels=rebel/NNS/3/nsubj:pass were=be/VBD/3/aux:pass given=give/VBN/0/root weapons=weapon/NNS/3/obj "
        "by/IN/6/case Iran/NNP/3/obl:agent",
        "given");
    EXPECT_EQ(slots(SlotKind::Object), "weapons");
    EXPECT_EQ(slots(SlotKind::IndirectObject), "Rebels");
    EXPECT_EQ(slots(SlotKind::Subject), "Iran");
}

TEST(Tree, HeadlinePassiveWithoutAuxiliary) {
    const Slots slots("Minister/NN/2/nsubj killed=kill/VBN/0/root in/IN/4/case raid/NN/2/obl", "killed");
    EXPECT_EQ(slots(SlotKind::Object), "Minister");
    EXPECT_EQ(slots.count(SlotKind::Subject), 0U);
}

TEST(Tree, ActivePerfectIsNoPassive) {
    const auto p =
        test::tagged("Rebels=rebel/NNS/3/nsubj have/VBP/3/aux killed=kill/VBN/0/root soldiers=soldier/NNS/3/obj");
    const Tree tree(*p.annotation);
    EXPECT_FALSE(tree.passive(2));
    EXPECT_FALSE(tree.passive(0));
}

TEST(Tree, ReducedRelativeTakesItsNounAsObject) {
    const Slots slots(
        "civilians=civilian/NNS/5/nsubj:pass killed=kill/VBN/1/acl by/IN/4/case soldiers=soldier/NNS/2/obl:agent "
        "buried=bury/VBN/0/root",
        "killed");
    EXPECT_EQ(slots(SlotKind::Object), "civilians");
    EXPECT_EQ(slots(SlotKind::Subject), "soldiers");
}

TEST(Tree, ActiveParticipleAfterANounTakesItAsSubject) {
    const Slots slots(
        "forces=force/NNS/5/nsubj attacking=attack/VBG/1/acl the/DT/4/det town/NN/2/obj retreated=retreat/VBD/0/root",
        "attacking");
    EXPECT_EQ(slots(SlotKind::Subject), "forces");
    EXPECT_EQ(slots(SlotKind::Object), "town");
}

TEST(Tree, ParticipleClauseSharesTheMainSubject) {
    const Slots slots("Israel/NNP/2/nsubj struck=strike/VBD/0/root ,/,/4/punct killing=kill/VBG/2/advcl "
                      "soldiers=soldier/NNS/4/obj",
                      "killing");
    EXPECT_EQ(slots(SlotKind::Subject), "Israel");
    EXPECT_TRUE(slots.slots.front().inherited);
}

TEST(Tree, SubjectRelativeGap) {
    const Slots slots(
        "troops=troop/NNS/5/nsubj who/WP/3/nsubj shelled=shell/VBD/1/acl:relcl Kyiv/NNP/3/obj left=leave/VBD/0/root",
        "shelled");
    EXPECT_EQ(slots(SlotKind::Subject), "troops");
    EXPECT_EQ(slots(SlotKind::Object), "Kyiv");
}

TEST(Tree, BareRelativeHasItsNounForObject) {
    const Slots slots("the/DT/2/det drones=drone/NNS/0/root Moscow/NNP/4/nsubj used=use/VBD/2/acl:relcl", "used");
    EXPECT_EQ(slots(SlotKind::Subject), "Moscow");
    EXPECT_EQ(slots(SlotKind::Object), "drones");
}

TEST(Tree, RelativeOfPlaceHasNoObjectGap) {
    const Slots slots(
        "the/DT/2/det town/NN/0/root where/WRB/5/advmod rebels=rebel/NNS/5/nsubj attacked=attack/VBD/2/acl:relcl",
        "attacked");
    EXPECT_EQ(slots(SlotKind::Subject), "rebels");
    EXPECT_EQ(slots.count(SlotKind::Object), 0U);
}

TEST(Tree, PrepositionalRelativeGap) {
    const Slots slots("the/DT/2/det state/NN/0/root with/IN/4/case which/WDT/6/obl Iran/NNP/6/nsubj "
                      "trades=trade/VBZ/2/acl:relcl",
                      "trades");
    EXPECT_EQ(slots(SlotKind::Preposition, "with"), "state");
}

TEST(Tree, SubjectControlVerbsKeepTheirSubject) {
    const Slots promised("France/NNP/2/nsubj promised=promise/VBD/0/root Chad/NNP/2/obj to/TO/5/mark leave/VB/2/xcomp",
                         "leave");
    EXPECT_EQ(promised(SlotKind::Subject), "France");
    const Slots plain("France/NNP/2/nsubj agreed=agree/VBD/0/root to/TO/4/mark leave/VB/2/xcomp", "leave");
    EXPECT_EQ(plain(SlotKind::Subject), "France");
}

TEST(Tree, PassiveControl) {
    const Slots slots(
        "Troops=troop/NNS/3/nsubj:pass were=be/VBD/3/aux:pass ordered=order/VBN/0/root to/TO/5/mark leave/VB/3/xcomp",
        "leave");
    EXPECT_EQ(slots(SlotKind::Subject), "Troops");
}

TEST(Tree, CalledOnSomebodyToDo) {
    const Slots slots(
        "France/NNP/2/nsubj called=call/VBD/0/root on/IN/4/case Chad/NNP/2/obl to/TO/6/mark withdraw/VB/2/xcomp",
        "withdraw");
    EXPECT_EQ(slots(SlotKind::Subject), "Chad");
}

TEST(Tree, ConjunctOfAPassiveSharesItsPatient) {
    const Slots slots("Rebels=rebel/NNS/3/nsubj:pass were=be/VBD/3/aux:pass caught=catch/VBN/0/root and/CC/5/cc "
                      "jailed=jail/VBN/3/conj",
                      "jailed");
    EXPECT_EQ(slots(SlotKind::Object), "Rebels");
}

TEST(Tree, FirstVerbSharesTheObjectOfTheNext) {
    const Slots slots(
        "Rebels=rebel/NNS/2/nsubj planned=plan/VBD/0/root and/CC/4/cc executed=execute/VBD/2/conj the/DT/6/det "
        "raid/NN/4/obj",
        "planned");
    EXPECT_EQ(slots(SlotKind::Object), "raid");
}

TEST(Tree, SecondClauseWithItsOwnSubjectKeepsIt) {
    const Slots slots("Iran/NNP/2/nsubj left=leave/VBD/0/root and/CC/5/cc Syria/NNP/5/nsubj stayed=stay/VBD/2/conj",
                      "stayed");
    EXPECT_EQ(slots(SlotKind::Subject), "Syria");
    EXPECT_FALSE(slots.slots.front().inherited);
}

TEST(Tree, HeadlineParataxisSharesTheSubject) {
    const Slots slots(
        "Army/NN/2/nsubj seizes=seize/VBZ/0/root power/NN/2/obj ,/,/5/punct detains=detain/VBZ/2/parataxis "
        "president/NN/5/obj",
        "detains");
    EXPECT_EQ(slots(SlotKind::Subject), "Army");
}

TEST(Tree, OutOfIsFrom) {
    const Slots slots("Troops=troop/NNS/2/nsubj pulled=pull/VBD/0/root out/IN/5/case of/IN/5/case Syria/NNP/2/obl",
                      "pulled");
    EXPECT_EQ(slots(SlotKind::Preposition, "from"), "Syria");
}

TEST(Tree, PrepositionOfTheObjectServesTheVerb) {
    const Slots slots(
        "Russia/NNP/2/nsubj signed=sign/VBD/0/root a/DT/4/det deal/NN/2/obj with/IN/6/case Iran/NNP/4/nmod", "signed");
    EXPECT_EQ(slots(SlotKind::Preposition, "with"), "Iran");
    EXPECT_TRUE(slots.slots.back().inherited);
}

TEST(Tree, ParticleIsPartOfThePredicate) {
    const auto p = test::tagged("He/PRP/2/nsubj stepped=step/VBD/0/root down/RP/2/compound:prt");
    EXPECT_EQ(Tree(*p.annotation).predicate_lemma(1), "step down");
}

TEST(Tree, PossessiveMarkIsNoPreposition) {
    const auto p = test::tagged("Iran/NNP/3/nmod:poss 's/POS/1/case envoy/NN/0/root");
    EXPECT_EQ(Tree(*p.annotation).preposition(0), "");
}

TEST(Tree, NounSlots) {
    const auto p =
        test::tagged("Russia/NNP/3/nmod:poss 's/POS/1/case shelling/NN/0/root of/IN/6/case a/DT/6/det market/NN/3/nmod "
                     "by/IN/8/case gunners=gunner/NNS/6/nmod");
    const Tree tree(*p.annotation);
    std::vector<Filler> slots;
    tree.noun_slots(2, kNoToken, slots);
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Possessive), "Russia");
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Preposition, "of"), "market");
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Preposition, "by"), "gunners"); // though it hangs on the market
}

TEST(Tree, AgentOfAParticipleServesTheNoun) {
    const auto p = test::tagged(
        "sanctions=sanction/NNS/0/root imposed=impose/VBN/1/acl by/IN/4/case France/NNP/2/obl on/IN/6/case "
        "Chad/NNP/2/obl");
    const Tree tree(*p.annotation);
    std::vector<Filler> slots;
    tree.noun_slots(0, kNoToken, slots);
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Preposition, "by"), "France");
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Preposition, "on"), "Chad");
}

TEST(Tree, CyclesAndDeepChainsEnd) {
    // A tree that is none: two heads of each other. Nothing may hang.
    auto p = test::tagged("a/NN/2/nmod b/NN/1/nmod");
    const Tree tree(*p.annotation);
    EXPECT_TRUE(tree.below(0, 1));
    EXPECT_TRUE(tree.below(1, 0));
    EXPECT_FALSE(tree.below(0, 7));
}

TEST(Tree, NounBehindAPrepositionAndACopulaHasASubject) {
    const auto p = test::parsed(R"(miners miner NOUN NNS 4 nsubj
are be AUX VBP 4 cop
on on ADP IN 4 case
strike strike NOUN NN 0 root
)");
    const Tree tree(*p.annotation);
    std::vector<Filler> slots;
    tree.noun_slots(3, kNoToken, slots);
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Subject), "miners");
}

TEST(Tree, NounThatMerelyDescribesItsSubjectHasNone) {
    const auto p = test::parsed(R"(strikes strike NOUN NNS 4 nsubj
are be AUX VBP 4 cop
a a DET DT 4 det
threat threat NOUN NN 0 root
)");
    const Tree tree(*p.annotation);
    std::vector<Filler> slots;
    tree.noun_slots(3, kNoToken, slots);
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Subject), "");
}

TEST(Tree, WhatTheFirstOfAKindDidItsSubjectDid) {
    const auto p = test::parsed(R"(Libya Libya PROPN NNP 5 nsubj
was be AUX VBD 5 cop
the the DET DT 5 det
first first ADJ JJ 5 amod
state state NOUN NN 0 root
to to PART TO 7 mark
recognise recognise VERB VB 5 acl
Chad Chad PROPN NNP 7 obj
)");
    const Tree tree(*p.annotation);
    std::vector<Filler> slots;
    tree.verb_slots(6, slots);
    EXPECT_TRUE(tree.first_to(6));
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Subject), "Libya");
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Object), "Chad");
}

TEST(Tree, GoalBehindTheAgentOfANounIsTheNouns) {
    const auto p = test::parsed(R"(visit visit NOUN NN 0 root
of of ADP IN 4 case
a a DET DT 4 det
leader leader NOUN NN 1 nmod
to to ADP IN 6 case
Chad Chad PROPN NNP 4 nmod
)");
    const Tree tree(*p.annotation);
    std::vector<Filler> slots;
    tree.noun_slots(0, kNoToken, slots);
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Preposition, "of"), "leader");
    EXPECT_EQ(filler(*p.annotation, slots, SlotKind::Preposition, "to"), "Chad");
}

} // namespace
} // namespace kadesh
