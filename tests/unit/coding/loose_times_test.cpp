#include "coding/time_expressions.hpp"
#include "support/coding_world.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class LooseTimes : public test::CodingTest {
  protected:
    /// "two weeks=P2W now=PRESENT_REF", beside what is dated.
    static std::string of(const std::string& text) {
        const test::Reading r(world(), lexicon(), text, day());
        const Annotation& a = r.tree.annotation();
        const std::vector<TimeExpression> dated = find_times(r.tree, r.mentions, world(), day());
        std::string out;
        for (const LooseTime& t : find_loose_times(a, dated, day())) {
            if (!out.empty()) out += "; ";
            for (Token k = t.tokens.first; k < t.tokens.last; ++k) (out += a.form[k]) += ' ';
            out += "= " + t.value;
        }
        return out;
    }
    static std::string dated(const std::string& text) {
        const test::Reading r(world(), lexicon(), text, day());
        std::string out;
        for (const TimeExpression& t : find_times(r.tree, r.mentions, world(), day()))
            out += (out.empty() ? "" : " ") + timex_value(t, r.tree.annotation());
        return out;
    }
};

TEST_F(LooseTimes, LengthsAndRepetitions) {
    EXPECT_EQ(of("Talks/NNS/2/nsubj lasted=last/VBD/0/root three/CD/4/nummod weeks=week/NNS/2/obl"),
              "three weeks = P3W");
    EXPECT_EQ(of("They/PRP/2/nsubj meet/VBP/0/root every/DT/4/det month/NN/2/obl"), "every month = P1M");
    EXPECT_EQ(of("They/PRP/2/nsubj met=meet/VBD/0/root daily/RB/2/advmod for/IN/5/case years=year/NNS/2/obl"),
              "daily = P1D; years = PXY");
}

TEST_F(LooseTimes, QuartersLookBack) {
    // The report is of January 2025: its third quarter is still to come, so last year's is meant.
    EXPECT_EQ(of("Exports/NNS/2/nsubj fell=fall/VBD/0/root in/IN/6/case the/DT/6/det third/JJ/6/amod quarter/NN/2/obl"),
              "the third quarter = 2024-Q3");
}

TEST_F(LooseTimes, OrdinaryWordsAreNone) {
    EXPECT_EQ(of("The/DT/2/det second/JJ/3/amod man/NN/4/nsubj left=leave/VBD/0/root"), "");
}

TEST_F(LooseTimes, ValuesOfDatedExpressions) {
    EXPECT_EQ(dated("He/PRP/2/nsubj left=leave/VBD/0/root last/JJ/4/amod year/NN/2/obl"), "2024");
    EXPECT_EQ(dated("He/PRP/2/nsubj left=leave/VBD/0/root in/IN/4/case 2014/CD/2/obl"), "2014");
    EXPECT_EQ(dated("He/PRP/2/nsubj left=leave/VBD/0/root last/JJ/4/amod week/NN/2/obl"), "2025-W02");
}

} // namespace
} // namespace kadesh
