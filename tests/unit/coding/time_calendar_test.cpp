#include "coding/time_calendar.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

std::string days(std::string_view value) {
    const auto range = timex_days(value);
    return range ? range->first.iso() + ".." + range->last.iso() : std::string("none");
}

TEST(TimeCalendar, DaysOfValues) {
    EXPECT_EQ(days("1998-03-05"), "1998-03-05..1998-03-05");
    EXPECT_EQ(days("1998-03-05T22:00"), "1998-03-05..1998-03-05");
    EXPECT_EQ(days("1998-03-05TNI"), "1998-03-05..1998-03-05");
    EXPECT_EQ(days("1998-02"), "1998-02-01..1998-02-28");
    EXPECT_EQ(days("1998"), "1998-01-01..1998-12-31");
    EXPECT_EQ(days("199"), "1990-01-01..1999-12-31");
    EXPECT_EQ(days("19"), "1900-01-01..1999-12-31");
    EXPECT_EQ(days("1998-Q3"), "1998-07-01..1998-09-30");
    EXPECT_EQ(days("1998-H2"), "1998-07-01..1998-12-31");
    EXPECT_EQ(days("1998-WI"), "1998-12-01..1999-02-28");
    EXPECT_EQ(days("1998-W10"), "1998-03-02..1998-03-08");
    EXPECT_EQ(days("1998-W10-WE"), "1998-03-07..1998-03-08");
    for (const char* none : {"P3Y", "PT5H", "PXD", "PRESENT_REF", "T22:00", "", "1998-XX"})
        EXPECT_EQ(days(none), "none");
}

TEST(TimeCalendar, WeeksBelongToTheYearOfTheirThursday) {
    EXPECT_EQ(timex_unit(Day::of(2025, 1, 1), TimeUnit::Week), "2025-W01");
    EXPECT_EQ(timex_unit(Day::of(2023, 1, 1), TimeUnit::Week), "2022-W52");
    EXPECT_EQ(timex_unit(Day::of(2020, 12, 31), TimeUnit::Week), "2020-W53");
    EXPECT_EQ(timex_unit(Day::of(2024, 12, 30), TimeUnit::Week), "2025-W01");
}

TEST(TimeCalendar, UnitsAndTheirValuesAgree) {
    for (int shift = 0; shift < 1500; shift += 13) {
        const Day d = Day::of(1999, 11, 20).plus(shift);
        for (const TimeUnit unit : {TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Quarter, TimeUnit::Year,
                                    TimeUnit::Decade, TimeUnit::Century})
            EXPECT_EQ(timex_days(timex_unit(d, unit)), unit_around(d, unit)) << d.iso();
    }
}

} // namespace
} // namespace kadesh
