#include "coding/time_expressions.hpp"
#include "support/time_values.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

/// Values of the calendar, of expressions that make one together, and of those that lean on what was told before.
class TimeDiscourse : public test::TimeValues {};

struct ValueCase {
    const char* words;
    const char* expected;
    bool future = false;
};

// The report is of Friday, 17 January 2025.
constexpr ValueCase kCases[] = {
    {"last year", "last year = 2024"},
    {"in 2014", "2014 = 2014"},
    {"in early 2014", "2014 = 2014"},
    {"last week", "last week = 2025-W02"},
    {"this week", "this week = 2025-W03"},
    {"in mid-January", "mid-January = 2025-01"},
    {"in April next year", "April next year = 2026-04", true},
    {"earlier this month", "earlier this month = 2025-01"},
    {"later this year", "later this year = 2025", true},
    {"two weeks ago", "two weeks ago = 2025-W01"},
    {"several years ago", "several years ago = PAST_REF"},
    {"in the past five days", "past five days = P5D"},
    {"in the past 18 months", "past 18 months = P18M"},
    {"in the past few weeks", "past few weeks = PXW"},
    {"in the next 12 to 18 months", "next 12 to 18 months = P12M", true},
    {"in recent years", "recent years = PAST_REF"},
    {"in coming months", "coming months = FUTURE_REF", true},
    {"tonight", "tonight = 2025-01-17TNI"},
    {"this morning", "this morning = 2025-01-17TMO"},
    {"yesterday afternoon", "yesterday afternoon = 2025-01-16TAF"},
    {"on Monday evening", "Monday evening = 2025-01-13TEV"},
    {"last summer", "last summer = 2024-SU"},
    {"in the 1990s", "1990s = 199"},
    {"in the 20th century", "20th century = 19"},
    // two that are one
    {"in the third quarter of 1984", "the third quarter of 1984 = 1984-Q3"},
    {"in the 1988 second quarter", "1988 second quarter = 1988-Q2"},
    {"in the last half of 1989", "the last half of 1989 = 1989-H2"},
    {"in the year 2000", "the year 2000 = 2000"},
    {"until 9 a.m. Tuesday", "9 a.m. Tuesday = 2025-01-14T09:00"},
    {"on Tuesday at 9 a.m.", "Tuesday = 2025-01-14; 9 a.m. = 2025-01-14T09:00"},
    {"in the week of March 6", "the week of March 6 = 2024-W10"},
    // one that is two
    {"from 2001 to 2005", "2001 = 2001; 2005 = 2005"},
    {"between 1985 and 1987", "1985 = 1985; 1987 = 1987"},
    // what was told before
    {"in 1995 and the following year", "1995 = 1995; the following year = 1996"},
    {"on March 3 and the next day", "March 3 = 2024-03-03; the next day = 2024-03-04"},
    {"on March 3 after that day", "March 3 = 2024-03-03; that day = 2024-03-03"},
    {"after that day", ""},
};

TEST_F(TimeDiscourse, Table) {
    for (const ValueCase& c : kCases)
        EXPECT_EQ(after_verb(c.words, day(), c.future), c.expected) << (c.future ? "will: " : "left: ") << c.words;
}

TEST_F(TimeDiscourse, WithoutTheDayOfTheReport) {
    EXPECT_EQ(after_verb("in the third quarter", std::nullopt), "");
    EXPECT_EQ(after_verb("at 9 a.m.", std::nullopt), "");
    EXPECT_EQ(after_verb("on March 3 , 1990 at 9 a.m.", std::nullopt),
              "March 3 , 1990 = 1990-03-03; 9 a.m. = 1990-03-03T09:00");
}

constexpr const char* kQuarter =
    "Profit/NN/2/nsubj rose=rise/VBD/0/root in/IN/6/case the/DT/6/det third/JJ/6/amod quarter/NN/2/obl\n";

TEST_F(TimeDiscourse, FiguresOfAYearEarlierAreOfTheSameQuarter) {
    const std::string figures = "to/IN/2/case $/$/0/root 3/CD/4/compound million/CD/2/nummod from/IN/6/case $/$/2/nmod "
                                "2/CD/8/compound million/CD/6/nummod a/DT/10/det year/NN/11/obl ";
    EXPECT_EQ(of(kQuarter + figures + "earlier/RB/6/advmod"), "the third quarter = 2024-Q3; a year earlier = 2023-Q3");
    EXPECT_EQ(of(figures + "earlier/RB/6/advmod"), "a year earlier = 2024");
    // Nothing is counted: the year is meant.
    EXPECT_EQ(
        of(std::string(kQuarter) + "He/PRP/2/nsubj left=leave/VBD/0/root a/DT/4/det year/NN/5/obl ago/RB/2/advmod"),
        "the third quarter = 2024-Q3; a year ago = 2024");
    // Figures of nine months are compared with nine months.
    EXPECT_EQ(of(std::string(kQuarter) +
                 "in/IN/5/case the/DT/5/det first/JJ/5/amod nine/CD/5/nummod "
                 "months=month/NNS/0/root\n" +
                 figures + "earlier/RB/6/advmod"),
              "the third quarter = 2024-Q3; the first nine months = P9M; a year earlier = 2024");
}

TEST_F(TimeDiscourse, PeriodsThatTheTextSpeaksOf) {
    EXPECT_EQ(of(std::string(kQuarter) +
                 "in/IN/6/case the/DT/6/det year/NN/5/obl -/HYPH/5/punct earlier/JJR/6/amod period/NN/0/root"),
              "the third quarter = 2024-Q3; the year - earlier period = 2023-Q3");
    EXPECT_EQ(of(std::string(kQuarter) + "in/IN/3/case the/DT/3/det quarter/NN/0/root"),
              "the third quarter = 2024-Q3; the quarter = 2024-Q3");
    EXPECT_EQ(of(std::string(kQuarter) + "in/IN/4/case the/DT/4/det 1988/CD/4/nummod period/NN/0/root"),
              "the third quarter = 2024-Q3; 1988 period = 1988-Q3");
    // Where no quarter was named, a period is none.
    EXPECT_EQ(of("in/IN/3/case that/DT/3/det period/NN/0/root"), "");
    EXPECT_EQ(of("the/DT/2/det quarter/NN/0/root ended=end/VBN/2/acl July/NNP/3/obl 31/CD/4/nummod"),
              "the quarter = 2024-Q2; July 31 = 2024-07-31");
}

TEST_F(TimeDiscourse, Weekends) {
    EXPECT_EQ(after_verb("during the weekend"), "the weekend = 2025-W02-WE");
    EXPECT_EQ(after_verb("during the weekend", day(), true), "the weekend = 2025-W03-WE");
}

} // namespace
} // namespace kadesh
