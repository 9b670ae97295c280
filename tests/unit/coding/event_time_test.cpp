#include "coding/event_time.hpp"
#include "support/coding_world.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class EventTimes : public test::CodingTest {
  protected:
    /// "range basis" of the act that a word names; `carrier` is the word itself unless given.
    static std::string of(const std::string& text, std::string_view trigger, std::string_view carrier = {},
                          std::optional<Day> report = day()) {
        const test::Reading r(world(), lexicon(), text, report.value_or(day()));
        Act act;
        act.trigger = r.at(trigger);
        act.carrier = carrier.empty() ? act.trigger : r.at(carrier);
        const EventTime t = time_of(act, r.tree, find_times(r.tree, r.mentions, world(), time_words(), report), report);
        std::string out = t.range ? t.range->first.iso() : "none";
        if (t.range && t.range->last != t.range->first) out += ".." + t.range->last.iso();
        out += t.basis == DateBasis::Text ? " text" : t.basis == DateBasis::Context ? " context" : " document";
        return out + (t.background ? " background" : "");
    }
};

TEST_F(EventTimes, OfItsOwnVerb) {
    EXPECT_EQ(
        of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj on/IN/5/case Monday/NNP/2/obl", "attacked"),
        "2025-01-13 text");
}

TEST_F(EventTimes, WithoutOneTheDayOfTheReport) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj", "attacked"), "2025-01-17 document");
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj", "attacked", {}, std::nullopt),
              "none document");
}

TEST_F(EventTimes, NounTakesItsOwnAndThenItsVerbs) {
    const std::string text =
        "Iran/NNP/2/nsubj launched=launch/VBD/0/root a/DT/4/det raid/NN/2/obj on/IN/6/case Monday/NNP/2/obl";
    EXPECT_EQ(of(text, "raid", "launched"), "2025-01-13 text");
    EXPECT_EQ(of("the/DT/3/det 2015/CD/3/nummod raid/NN/5/nsubj:pass was=be/VBD/5/aux:pass "
                 "condemned=condemn/VBN/0/root on/IN/7/case "
                 "Monday/NNP/5/obl",
                 "raid"),
              "2015-01-01..2015-12-31 text");
}

TEST_F(EventTimes, TheTimeOfSayingIsNotTheActs) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj said=say/VBD/0/root on/IN/4/case Monday/NNP/2/obl it/PRP/6/nsubj "
                 "attacked=attack/VBD/2/ccomp "
                 "Syria/NNP/6/obj",
                 "attacked"),
              "2025-01-17 document");
    EXPECT_EQ(of("Iran/NNP/2/nsubj said=say/VBD/0/root on/IN/4/case Monday/NNP/2/obl it/PRP/6/nsubj "
                 "attacked=attack/VBD/2/ccomp "
                 "Syria/NNP/6/obj",
                 "said"),
              "2025-01-13 text");
}

TEST_F(EventTimes, TheTimeOfAnArgumentIsNotTheActs) {
    EXPECT_EQ(
        of("Iran/NNP/2/nsubj violated=violate/VBD/0/root the/DT/5/det 2015/CD/5/nummod deal/NN/2/obj", "violated"),
        "2025-01-17 document");
}

TEST_F(EventTimes, TheTimeOfARelativeClauseIsNotTheMainActs) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root rebels=rebel/NNS/2/obj who/WP/5/nsubj "
                 "fled=flee/VBD/3/acl:relcl in/IN/7/case "
                 "2014/CD/5/obl",
                 "attacked"),
              "2025-01-17 document");
}

TEST_F(EventTimes, AParticipleSharesTheTimeOfItsMainVerb) {
    EXPECT_EQ(of("On/IN/2/case Monday/NNP/4/obl Iran/NNP/4/nsubj struck=strike/VBD/0/root ,/,/6/punct "
                 "killing=kill/VBG/4/advcl "
                 "rebels=rebel/NNS/6/obj",
                 "killing"),
              "2025-01-13 text");
}

TEST_F(EventTimes, ATimeAfterASecondVerbIsNotTheFirsts) {
    const std::string text =
        "Iran/NNP/2/nsubj attacked=attack/VBD/0/root and/CC/4/cc left=leave/VBD/2/conj on/IN/6/case Monday/NNP/4/obl";
    EXPECT_EQ(of(text, "left"), "2025-01-13 text");
    EXPECT_EQ(of(text, "attacked"), "2025-01-17 document");
}

TEST_F(EventTimes, ATimeBeforeTheFirstVerbHoldsForTheSecond) {
    EXPECT_EQ(of("On/IN/2/case Monday/NNP/4/obl Iran/NNP/4/nsubj attacked=attack/VBD/0/root and/CC/6/cc "
                 "left=leave/VBD/4/conj",
                 "left"),
              "2025-01-13 text");
}

TEST_F(EventTimes, ATimeOfTheFirstVerbBehindTheSecondIsNotTheSeconds) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root and/CC/4/cc left=leave/VBD/2/conj on/IN/6/case "
                 "Monday/NNP/2/obl",
                 "left"),
              "2025-01-17 document");
}

TEST_F(EventTimes, NothingFromAnotherSentence) {
    EXPECT_EQ(of("It/PRP/2/nsubj rained=rain/VBD/0/root on/IN/4/case Monday/NNP/2/obl\nIran/NNP/2/nsubj "
                 "attacked=attack/VBD/0/root "
                 "Syria/NNP/2/obj",
                 "attacked"),
              "2025-01-17 document");
}

TEST_F(EventTimes, TheseGoOnWithTheTimeOfTheSentenceBefore) {
    EXPECT_EQ(of("Raids=raid/NNS/2/nsubj grew=grow/VBD/0/root in/IN/4/case 2014/CD/2/obl\nThese/DT/2/nsubj "
                 "include/VBP/0/root an/DT/4/det "
                 "attack/NN/2/obj",
                 "attack"),
              "2014-01-01..2014-12-31 context");
}

TEST_F(EventTimes, SinceReachesToTheReport) {
    EXPECT_EQ(of("Iran/NNP/3/nsubj has=have/VBZ/3/aux attacked=attack/VBN/0/root Syria/NNP/3/obj since/IN/6/case "
                 "2014/CD/3/obl",
                 "attacked"),
              "2014-01-01..2025-01-17 text");
}

TEST_F(EventTimes, WhatComesAfterSinceIsBackground) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj mourned=mourn/VBD/0/root since/IN/5/case the/DT/5/det attack/NN/2/obl", "attack"),
              "none document background");
    EXPECT_EQ(of("Iran/NNP/2/nsubj mourned=mourn/VBD/0/root since/IN/5/mark rebels=rebel/NNS/5/nsubj "
                 "attacked=attack/VBD/2/advcl",
                 "attacked"),
              "none document background");
    EXPECT_EQ(of("Iran/NNP/2/nsubj mourned=mourn/VBD/0/root because/IN/5/mark rebels=rebel/NNS/5/nsubj "
                 "attacked=attack/VBD/2/advcl",
                 "attacked"),
              "2025-01-17 document");
}

TEST_F(EventTimes, DuringAWarIsBackgroundUnlessDated) {
    EXPECT_EQ(
        of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj during/IN/6/case the/DT/6/det war/NN/2/obl",
           "attacked"),
        "none document background");
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj during/IN/6/case the/DT/6/det "
                 "war/NN/2/obl on/IN/8/case "
                 "Monday/NNP/2/obl",
                 "attacked"),
              "2025-01-13 text");
}

TEST_F(EventTimes, ALongStretchBackIsBackground) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj in/IN/7/case the/DT/7/det past/JJ/7/amod "
                 "year/NN/2/obl",
                 "attacked"),
              "2024-01-17..2025-01-17 text background");
}

} // namespace
} // namespace kadesh
