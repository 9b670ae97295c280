#include "coding/time_expressions.hpp"
#include "support/time_values.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class TimeExpressions : public test::TimeValues {
  protected:
    static std::string written(const std::vector<TimeExpression>& times) {
        std::string out;
        for (const TimeExpression& e : times) {
            if (!out.empty()) out += ' ';
            out += e.range.first.iso();
            if (e.range.last != e.range.first) out += ".." + e.range.last.iso();
            if (e.since) out += " since";
            if (e.term) out += " term";
            if (e.duration) out += " duration";
        }
        return out;
    }

    /// The expressions of a sentence in the short notation.
    static std::string in_sentence(const std::string& text, std::optional<Day> report = day()) {
        const test::Reading r(world(), lexicon(), text, report.value_or(day()));
        return written(find_times(r.tree, r.mentions, world(), time_words(), report));
    }

    static std::string after_verb(std::string_view words, std::string_view report, bool future) {
        return in_sentence(flat(words, future), Day::parse(report));
    }
};

struct TimeCase {
    const char* report;
    const char* words;
    const char* expected;
    bool future = false;
};

// 2025-01-17 is a Friday, 2024-02-29 a Thursday, 2023-12-31 a Sunday.
constexpr TimeCase kCases[] = {
    // whole dates
    {"2025-01-17", "on 2024-03-09", "2024-03-09"},
    {"2025-01-17", "on January 5 , 2024", "2024-01-05"},
    {"2025-01-17", "on Jan. 5 , 2024", "2024-01-05"},
    {"2025-01-17", "on Sept. 30 , 2022", "2022-09-30"},
    {"2025-01-17", "on 5 January 2024", "2024-01-05"},
    {"2025-01-17", "on the 5th of May , 2019", "2019-05-05"},
    {"2025-01-17", "on March 3rd , 1918", "1918-03-03"},
    {"2025-01-17", "on May 17-19", "2024-05-01..2024-05-31"}, // one word that is no day: the month alone
    {"2025-01-17", "from January 5 to 9", "2025-01-05..2025-01-09"},
    {"2025-01-17", "on Sunday , April 9 , 1989", "1989-04-09"},
    {"2025-01-17", "on February 30 , 2024", "2024-02-29"},
    // days of months without a year
    {"2025-01-17", "on January 15", "2025-01-15"},
    {"2025-01-17", "on December 20", "2024-12-20"},
    {"2025-01-17", "on 20 December", "2024-12-20"},
    {"2025-01-17", "on December 20", "2025-12-20", true},
    {"2024-12-20", "on January 3", "2025-01-03", true},
    {"2024-12-20", "on January 3", "2024-01-03"},
    // months
    {"2025-01-17", "in March 2022", "2022-03-01..2022-03-31"},
    {"2025-01-17", "in March of 2022", "2022-03-01..2022-03-31"},
    {"2025-01-17", "in March", "2024-03-01..2024-03-31"},
    {"2025-06-17", "in March", "2025-03-01..2025-03-31"},
    {"2025-01-17", "in March", "2025-03-01..2025-03-31", true},
    {"2025-11-17", "in March", "2026-03-01..2026-03-31", true},
    {"2025-01-17", "in March last year", "2024-03-01..2024-03-31"},
    {"2025-01-17", "in March next year", "2026-03-01..2026-03-31", true},
    {"2025-01-17", "in February 2024", "2024-02-01..2024-02-29"},
    {"2025-01-17", "in early March 2022", "2022-03-01..2022-03-11"},
    {"2025-01-17", "in late March 2022", "2022-03-21..2022-03-31"},
    {"2025-01-17", "since March", "2024-03-01..2024-03-31 since"},
    {"2025-01-17", "since March 2022", "2022-03-01..2022-03-31 since"},
    // years and longer
    {"2025-01-17", "in 2014", "2014-01-01..2014-12-31"},
    {"2025-01-17", "since 2014", "2014-01-01..2014-12-31 since"},
    {"2025-01-17", "by 2030", "2030-01-01..2030-12-31", true},
    {"2025-01-17", "since 2030", "2030-01-01..2030-12-31"}, // nothing can have gone on since a time to come
    {"2025-01-17", "from 2001 to 2005", "2001-01-01..2005-12-31"},
    {"2025-01-17", "between 2001 and 2005", "2001-01-01..2005-12-31"},
    {"2025-01-17", "in 2001 – 2005", "2001-01-01..2005-12-31"},
    {"2025-01-17", "in the 1990s", "1990-01-01..1999-12-31"},
    {"2025-01-17", "in early 2014", "2014-01-01..2014-05-02"},
    {"2025-01-17", "in late 2014", "2014-09-01..2014-12-31"},
    {"2025-01-17", "in mid-2014", "2014-05-02..2014-09-01"},
    // weekdays
    {"2025-01-17", "on Monday", "2025-01-13"},
    {"2025-01-17", "on Friday", "2025-01-17"},
    {"2025-01-17", "on Saturday", "2025-01-11"},
    {"2025-01-17", "on Saturday", "2025-01-18", true},
    {"2025-01-17", "on Monday", "2025-01-20", true},
    {"2024-03-01", "on Thursday", "2024-02-29"},
    {"2024-01-02", "on Sunday night", "2023-12-31"},
    {"2025-01-17", "last Friday", "2025-01-10"},
    {"2025-01-17", "last Monday", "2025-01-13"},
    {"2025-01-17", "next Friday", "2025-01-24", true},
    {"2025-01-17", "next Monday", "2025-01-20", true},
    // near days
    {"2025-01-17", "today", "2025-01-17"},
    {"2025-01-01", "yesterday", "2024-12-31"},
    {"2024-12-31", "tomorrow", "2025-01-01", true},
    {"2025-01-17", "overnight", "2025-01-16..2025-01-17"},
    {"2025-01-17", "last night", "2025-01-16"},
    {"2025-01-17", "this morning", "2025-01-17"},
    // units
    {"2025-01-17", "last week", "2025-01-06..2025-01-12"},
    {"2025-01-17", "last month", "2024-12-01..2024-12-31"},
    {"2025-01-17", "last year", "2024-01-01..2024-12-31"},
    {"2025-01-17", "next week", "2025-01-20..2025-01-26", true},
    {"2025-01-17", "next month", "2025-02-01..2025-02-28", true},
    {"2025-01-17", "next year", "2026-01-01..2026-12-31", true},
    {"2025-01-17", "this week", "2025-01-13..2025-01-17"},
    {"2025-01-17", "this month", "2025-01-17..2025-01-31", true},
    {"2025-06-17", "earlier this year", "2025-01-01..2025-06-17"},
    {"2025-06-17", "later this year", "2025-06-17..2025-12-31", true},
    {"2025-06-17", "earlier in the month", "2025-06-01..2025-06-17"},
    {"2025-01-17", "in the past three years", "2022-01-17..2025-01-17 duration"},
    {"2025-01-17", "in the last 10 days", "2025-01-07..2025-01-17 duration"},
    {"2025-01-17", "in the past year", "2024-01-17..2025-01-17 duration"},
    {"2025-01-17", "in the last year", "2024-01-17..2025-01-17 duration"},
    {"2025-01-17", "in recent weeks", "2024-12-27..2025-01-17 duration"},
    {"2025-01-17", "in the next two weeks", "2025-01-17..2025-01-31", true},
    // counted back
    {"2025-01-17", "two days ago", "2025-01-15"},
    {"2025-01-17", "a day earlier", "2025-01-16"},
    {"2025-01-17", "two weeks ago", "2024-12-30..2025-01-05"},
    {"2025-01-17", "three months ago", "2024-10-01..2024-10-31"},
    {"2025-01-17", "a year ago", "2024-01-01..2024-12-31"},
    {"2025-01-17", "20 years ago", "2005-01-01..2005-12-31"},
    {"2025-01-17", "two decades ago", "2000-01-01..2009-12-31"},
    {"2025-01-17", "several days ago", "2025-01-14"},
    // seasons
    {"2025-01-17", "last summer", "2024-06-01..2024-08-31"},
    {"2025-01-17", "next spring", "2025-03-01..2025-05-31", true},
    {"2025-01-17", "in the summer of 1989", "1989-06-01..1989-08-31"},
    {"2025-01-17", "in winter 1994", "1994-12-01..1995-02-28"},
    {"2025-01-17", "during the summer", "2024-06-01..2024-08-31"},
    // holidays
    {"2025-01-17", "on Christmas Day", "2024-12-25"},
    {"2025-01-17", "on Thanksgiving Day", "2024-11-28"},
    {"2025-01-17", "on Memorial Day", "2025-05-26", true},
    {"2025-01-17", "on Christmas Eve , 1989", "1989-12-24"},
    // spelled out, and longer than years
    {"2025-01-17", "in nineteen ninety - six", "1996-01-01..1996-12-31"},
    {"2025-01-17", "in two thousand soldiers", ""},
    {"2025-01-17", "on March eighth", "2024-03-08"},
    {"2025-01-17", "in the '80s", "1980-01-01..1989-12-31"},
    {"2025-01-17", "in the nineties", "1990-01-01..1999-12-31"},
    {"2025-01-17", "in the 20th century", "1900-01-01..1999-12-31"},
    // not of time
    {"2025-01-17", "in the fall of Kabul", ""},
    {"2025-01-17", "at March of the Mothers", ""},
    {"2025-01-17", "a few weeks", ""},
    {"2025-01-17", "the town", ""},
    {"2025-01-17", "the last town", ""},
    {"2025-01-17", "in three towns", ""},
    {"2025-01-17", "in 1066", ""},
    {"2025-01-17", "in 20140", ""},
};

TEST_F(TimeExpressions, Table) {
    for (const TimeCase& c : kCases)
        EXPECT_EQ(after_verb(c.words, c.report, c.future), c.expected)
            << c.report << (c.future ? " will: " : ": ") << c.words;
}

TEST_F(TimeExpressions, EveryRangeIsInOrder) {
    // Whatever the day of the report, an expression never ends before it begins.
    for (const TimeCase& c : kCases)
        for (int shift = 0; shift < 800; shift += 37) {
            const std::string report = Day::of(2023, 1, 1).plus(shift).iso();
            const std::string found = after_verb(c.words, report, c.future);
            if (const std::size_t dots = found.find(".."); dots != std::string::npos) {
                EXPECT_LE(found.substr(0, dots), found.substr(dots + 2, 10)) << report << ' ' << c.words;
            }
        }
}

TEST_F(TimeExpressions, WithoutTheDayOfTheReportOnlyWholeDatesStand) {
    EXPECT_EQ(in_sentence("Troops=troop/NNS/2/nsubj left=leave/VBD/0/root on/IN/4/case Monday/NNP/2/obl", std::nullopt),
              "");
    EXPECT_EQ(in_sentence("Troops=troop/NNS/2/nsubj left=leave/VBD/0/root in/IN/4/case March/NNP/2/obl", std::nullopt),
              "");
    EXPECT_EQ(in_sentence("Troops=troop/NNS/2/nsubj left=leave/VBD/0/root in/IN/4/case 2014/CD/2/obl", std::nullopt),
              "2014-01-01..2014-12-31");
    EXPECT_EQ(
        in_sentence("Troops=troop/NNS/2/nsubj left=leave/VBD/0/root in/IN/4/case March/NNP/2/obl 2014/CD/4/nummod",
                    std::nullopt),
        "2014-03-01..2014-03-31");
}

TEST_F(TimeExpressions, CountsOfThingsAreNoYears) {
    EXPECT_EQ(in_sentence("Iran/NNP/2/nsubj sent=send/VBD/0/root 2000/CD/4/nummod soldiers=soldier/NNS/2/obj"), "");
    EXPECT_EQ(in_sentence("a/DT/2/det force/NN/0/root of/IN/5/case 2000/CD/5/nummod soldiers=soldier/NNS/2/nmod"), "");
    EXPECT_EQ(in_sentence("the/DT/3/det 1900/CD/3/nummod soldiers=soldier/NNS/4/nsubj left=leave/VBD/0/root"), "");
    EXPECT_EQ(in_sentence("Iran/NNP/2/nsubj paid=pay/VBD/0/root 2000/CD/2/obj"), "");
}

TEST_F(TimeExpressions, YearBeforeASingularNounIsOne) {
    EXPECT_EQ(in_sentence("the/DT/3/det 2015/CD/3/nummod deal/NN/4/nsubj failed=fail/VBD/0/root"),
              "2015-01-01..2015-12-31");
}

TEST_F(TimeExpressions, WordsThatOnlyLookLikeMonths) {
    EXPECT_EQ(in_sentence("They/PRP/3/nsubj may/MD/3/aux leave/VB/0/root"), "");
    EXPECT_EQ(in_sentence("They/PRP/2/nsubj march/VBP/0/root home/RB/2/advmod"), "");
    EXPECT_EQ(in_sentence("The/DT/2/det march/NN/3/nsubj ended=end/VBD/0/root"), "");
    EXPECT_EQ(in_sentence("March/VB/0/root home/RB/1/advmod"), "");
}

TEST_F(TimeExpressions, ExpectedAndPlannedLookAhead) {
    EXPECT_EQ(in_sentence(
                  "Iran/NNP/3/nsubj:pass is=be/VBZ/3/aux:pass expected=expect/VBN/0/root to/TO/5/mark leave/VB/3/xcomp "
                  "on/IN/7/case Monday/NNP/5/obl"),
              "2025-01-20");
    EXPECT_EQ(in_sentence("Iran/NNP/2/nsubj plans=plan/VBZ/0/root talks=talk/NNS/2/obj on/IN/5/case Monday/NNP/2/obl"),
              "2025-01-20");
    // The past clause inside a report about what will be said looks back.
    EXPECT_EQ(
        in_sentence("Iran/NNP/3/nsubj will/MD/3/aux say/VB/0/root it/PRP/5/nsubj left=leave/VBD/3/ccomp on/IN/7/case "
                    "Monday/NNP/5/obl"),
        "2025-01-13");
}

TEST_F(TimeExpressions, WithoutATenseTheNearestMonth) {
    EXPECT_EQ(in_sentence("a/DT/2/det dividend/NN/0/root payable/JJ/2/amod Dec./NNP/3/obl 15/CD/4/nummod",
                          Day::of(1989, 11, 2)),
              "1989-12-15");
    EXPECT_EQ(in_sentence("the/DT/2/det summit/NN/0/root in/IN/4/case April/NNP/2/nmod", Day::of(1998, 12, 5)),
              "1999-04-01..1999-04-30");
    EXPECT_EQ(in_sentence("the/DT/2/det summit/NN/0/root in/IN/4/case September/NNP/2/nmod", Day::of(1998, 12, 5)),
              "1998-09-01..1998-09-30");
    EXPECT_EQ(in_sentence("elections=election/NNS/0/root due/JJ/1/amod this/DT/4/det September/NNP/2/obl",
                          Day::of(1998, 2, 5)),
              "1998-09-01..1998-09-30");
}

TEST_F(TimeExpressions, AnEndIsMostOftenToCome) {
    EXPECT_EQ(in_sentence("It/PRP/3/nsubj has=have/VBZ/3/aux extended=extend/VBN/0/root its/PRP$/5/nmod:poss "
                          "offer/NN/3/obj until/IN/7/case Nov./NNP/3/obl 20/CD/7/nummod",
                          Day::of(1989, 11, 2)),
              "1989-11-20");
    EXPECT_EQ(in_sentence("They/PRP/2/nsubj leave/VBP/0/root as/RB/4/advmod soon/RB/2/advmod as/IN/6/case "
                          "Tuesday/NNP/4/obl",
                          Day::of(2000, 4, 3)),
              "2000-04-04");
    // What is over stays over.
    EXPECT_EQ(after_verb("until Tuesday", "2025-01-17", false), "2025-01-14");
}

TEST_F(TimeExpressions, TermsOfOffice) {
    EXPECT_EQ(in_sentence("during/IN/4/case Putin/NNP/4/nmod:poss@PER 's/POS/2/case presidency/NN/0/root",
                          Day::of(2025, 1, 17)),
              "2000-05-07..2025-01-17 term");
    EXPECT_EQ(in_sentence("Medvedev/NNP/3/nmod:poss@PER 's/POS/1/case term/NN/0/root", Day::of(2025, 1, 17)),
              "2008-05-07..2012-05-07 term");
    EXPECT_EQ(
        in_sentence("Putin/NNP/4/nmod:poss@PER 's/POS/1/case first/JJ/4/amod term/NN/0/root", Day::of(2025, 1, 17)),
        "2000-05-07..2008-05-07 term");
    EXPECT_EQ(
        in_sentence("the/DT/2/det presidency/NN/0/root of/IN/5/case Dmitry/NNP/5/compound@PER Medvedev/NNP/2/nmod+PER",
                    Day::of(2025, 1, 17)),
        "2008-05-07..2012-05-07 term");
}

TEST_F(TimeExpressions, TermsOfOthersAreNoTimes) {
    EXPECT_EQ(in_sentence("the/DT/2/det term/NN/0/root of/IN/5/case the/DT/5/det deal/NN/2/nmod"), "");
    EXPECT_EQ(in_sentence("Lavrov/NNP/3/nmod:poss@PER 's/POS/1/case term/NN/0/root"), ""); // a minister has no term
    EXPECT_EQ(in_sentence("a/DT/2/det term/NN/0/root"), "");
}

TEST_F(TimeExpressions, InTextOrderAndApart) {
    const test::Reading r(
        world(), lexicon(),
        "Iran/NNP/2/nsubj left=leave/VBD/0/root on/IN/4/case Monday/NNP/2/obl after/IN/6/case talks=talk/NNS/2/obl "
        "in/IN/8/case March/NNP/6/nmod 2022/CD/8/nummod\n"
        "It/PRP/2/nsubj returned=return/VBD/0/root yesterday/NN/2/obl",
        day());
    const auto times = find_times(r.tree, r.mentions, world(), time_words(), day());
    ASSERT_EQ(times.size(), 3U);
    for (std::size_t i = 1; i < times.size(); ++i) EXPECT_LE(times[i - 1].tokens.last, times[i].tokens.first);
    EXPECT_EQ(times[1].tokens, (TokenRange{7, 9}));
    EXPECT_EQ(times[1].head, 7U);
    EXPECT_EQ(times[2].range, DayRange::on(day().plus(-1)));
}

TEST_F(TimeExpressions, HoursAreNotDays) {
    EXPECT_EQ(after_verb("48 hours ago", "2025-01-17", false), "2025-01-15");
    EXPECT_EQ(after_verb("in the past 24 hours", "2025-01-17", false), "2025-01-16..2025-01-17 duration");
}

TEST_F(TimeExpressions, AFewAndACoupleAreMoreThanOne) {
    EXPECT_EQ(after_verb("a few days ago", "2025-01-17", false), "2025-01-14");
    EXPECT_EQ(after_verb("a couple of days ago", "2025-01-17", false), "2025-01-15");
}

TEST_F(TimeExpressions, FortnightIsTwoWeeks) {
    EXPECT_EQ(after_verb("a fortnight ago", "2025-01-17", false), "2024-12-30..2025-01-05");
}

TEST_F(TimeExpressions, ThisWeekdayToComeIsAhead) {
    EXPECT_EQ(after_verb("this Sunday", "2025-01-17", true), "2025-01-19");
}

TEST_F(TimeExpressions, MidMonthIsRead) {
    EXPECT_EQ(after_verb("in mid-January", "2025-01-17", false), "2025-01-11..2025-01-21");
}

TEST_F(TimeExpressions, YearAfterARangeOfDaysCounts) {
    EXPECT_EQ(after_verb("on January 5 - 9 , 2024", "2025-01-17", false), "2024-01-05..2024-01-09");
    EXPECT_EQ(after_verb("from January 5 to 9 , 2020", "2025-01-17", false), "2020-01-05..2020-01-09");
}

} // namespace
} // namespace kadesh
