#include "coding/time_expressions.hpp"
#include "support/time_values.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class LooseTimes : public test::TimeValues {};

TEST_F(LooseTimes, LengthsAndRepetitions) {
    EXPECT_EQ(of("Talks/NNS/2/nsubj lasted=last/VBD/0/root three/CD/4/nummod weeks=week/NNS/2/obl"),
              "three weeks = P3W");
    EXPECT_EQ(of("They/PRP/2/nsubj meet/VBP/0/root every/DT/4/det month/NN/2/obl"), "every month = P1M");
    EXPECT_EQ(of("They/PRP/2/nsubj meet/VBP/0/root every/DT/5/det two/CD/5/nummod weeks=week/NNS/2/obl"),
              "every two weeks = P2W");
    EXPECT_EQ(of("They/PRP/2/nsubj met=meet/VBD/0/root daily/RB/2/advmod for/IN/5/case years=year/NNS/2/obl"),
              "daily = P1D; years = PXY");
}

TEST_F(LooseTimes, NumbersOfLengths) {
    EXPECT_EQ(after_verb("for twenty - four hours"), "twenty - four hours = PT24H");
    EXPECT_EQ(after_verb("for sixty days"), "sixty days = P60D");
    EXPECT_EQ(after_verb("for a hundred years"), "a hundred years = P100Y");
    EXPECT_EQ(after_verb("for a couple of years"), "a couple of years = P2Y");
    EXPECT_EQ(after_verb("for several months"), "several months = PXM");
    EXPECT_EQ(after_verb("for 2 1/2 years"), "2 1/2 years = P2Y6M");
    EXPECT_EQ(after_verb("for 12 to 18 months"), "12 to 18 months = P12M");
    EXPECT_EQ(after_verb("for five trading days"), "five trading days = P5D");
    EXPECT_EQ(after_verb("for another year"), "another year = P1Y");
}

TEST_F(LooseTimes, LengthsBeforeANoun) {
    EXPECT_EQ(of("a/DT/5/det two/CD/4/nummod -/HYPH/4/punct day/NN/5/compound visit/NN/0/root"), "two - day = P2D");
    EXPECT_EQ(of("a/DT/5/det 10/CD/4/nummod -/HYPH/4/punct hour/NN/5/compound tour/NN/0/root"), "10 - hour = PT10H");
    EXPECT_EQ(of("a/DT/5/det decades=decade/NNS/4/obl -/HYPH/4/punct long/JJ/5/amod war/NN/0/root"),
              "decades - long = PXY");
}

TEST_F(LooseTimes, AgesAreNone) {
    EXPECT_EQ(of("He/PRP/5/nsubj is=be/VBZ/5/cop 52/CD/4/nummod years=year/NNS/5/obl old/JJ/0/root"), "");
    EXPECT_EQ(of("a/DT/7/det six/CD/4/nummod -/HYPH/4/punct year/NN/6/obl -/HYPH/6/punct old/JJ/7/amod boy/NN/0/root"),
              "");
}

TEST_F(LooseTimes, OrdinaryWordsAreNone) {
    EXPECT_EQ(of("The/DT/3/det second/JJ/3/amod man/NN/4/nsubj left=leave/VBD/0/root"), "");
    EXPECT_EQ(of("a/DT/2/det quarter/NN/0/root of/IN/5/case the/DT/5/det bonds=bond/NNS/2/nmod"), "");
    EXPECT_EQ(of("the/DT/3/det first/JJ/3/amod half/NN/0/root of/IN/6/case the/DT/6/det game/NN/3/nmod"), "");
    EXPECT_EQ(of("his/PRP$/3/nmod:poss living=live/VBG/3/amod quarters=quarter/NNS/0/root"), "");
    EXPECT_EQ(of("its/PRP$/3/nmod:poss future/JJ/3/amod strategy/NN/0/root"), "");
}

TEST_F(LooseTimes, PresentPastAndFuture) {
    EXPECT_EQ(of("It/PRP/3/nsubj now/RB/3/advmod leads=lead/VBZ/0/root"), "now = PRESENT_REF");
    EXPECT_EQ(of("It/PRP/2/nsubj leads=lead/VBZ/0/root these=this/DT/4/det days=day/NNS/2/obl"),
              "these days = PRESENT_REF");
    EXPECT_EQ(of("in/IN/4/case the/DT/4/det near/JJ/4/amod future/NN/0/root"), "the near future = FUTURE_REF");
    EXPECT_EQ(of("It/PRP/4/nsubj will/MD/4/aux soon/RB/4/advmod leave/VB/0/root"), "soon = FUTURE_REF");
    EXPECT_EQ(of("It/PRP/3/nsubj soon/RB/3/advmod left=leave/VBD/0/root"), "");
    EXPECT_EQ(of("as/RB/2/advmod soon/RB/0/root as/IN/5/mark they/PRP/5/nsubj leave/VBP/2/advcl"), "");
}

TEST_F(LooseTimes, QuartersLookBack) {
    // The report is of January 2025: its third quarter is still to come, so last year's is meant.
    EXPECT_EQ(of("Exports/NNS/2/nsubj fell=fall/VBD/0/root in/IN/6/case the/DT/6/det third/JJ/6/amod quarter/NN/2/obl"),
              "the third quarter = 2024-Q3");
    EXPECT_EQ(of("third/JJ/3/amod -/HYPH/3/punct quarter/NN/4/compound profit/NN/0/root"), "third - quarter = 2024-Q3");
    EXPECT_EQ(of("the/DT/3/det latest/JJ/3/amod quarter/NN/0/root"), "the latest quarter = 2024-Q4");
    EXPECT_EQ(of("last/JJ/2/amod quarter/NN/0/root"), "last quarter = 2024-Q4");
}

TEST_F(LooseTimes, TimesOfDay) {
    EXPECT_EQ(after_verb("at 10 p.m."), "10 p.m. = 2025-01-17T22:00");
    EXPECT_EQ(after_verb("at 7:15 a.m. EST"), "7:15 a.m. EST = 2025-01-17T07:15");
    EXPECT_EQ(after_verb("at 12:05 a.m."), "12:05 a.m. = 2025-01-17T00:05");
    EXPECT_EQ(after_verb("at 1430 GMT"), "1430 GMT = 2025-01-17T14:30");
    EXPECT_EQ(after_verb("at noon"), "noon = 2025-01-17T12:00");
    EXPECT_EQ(after_verb("at 13 p.m."), "");
    EXPECT_EQ(after_verb("at 10"), "");
}

} // namespace
} // namespace kadesh
