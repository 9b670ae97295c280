#include "kadesh/date.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

TEST(Day, CountsFromTheEpoch) {
    EXPECT_EQ(Day::of(1970, 1, 1).days, 0);
    EXPECT_EQ(Day::of(1969, 12, 31).days, -1);
    EXPECT_EQ(Day::of(2025, 1, 17).days, 20105);
    EXPECT_EQ(Day::of(1900, 3, 1).days - Day::of(1900, 2, 28).days, 1);
    EXPECT_EQ(Day::of(2000, 3, 1).days - Day::of(2000, 2, 28).days, 2);
}

TEST(Day, GivesItsFieldsBack) {
    for (int days = Day::of(1580, 1, 1).days; days < Day::of(2420, 1, 1).days; days += 17) {
        const Day d{days};
        EXPECT_EQ(Day::of(d.year(), d.month(), d.day()), d);
        EXPECT_EQ(Day::parse(d.iso()), d) << d.iso();
    }
}

TEST(Day, ClampsToTheMonthsEnd) {
    EXPECT_EQ(Day::of(2024, 2, 31).iso(), "2024-02-29");
    EXPECT_EQ(Day::of(2023, 2, 31).iso(), "2023-02-28");
    EXPECT_EQ(Day::of(2023, 4, 31).iso(), "2023-04-30");
}

TEST(Day, KnowsTheWeekday) {
    EXPECT_EQ(Day::of(1970, 1, 1).weekday(), 3);
    EXPECT_EQ(Day::of(2025, 1, 17).weekday(), 4);
    EXPECT_EQ(Day::of(2025, 1, 19).weekday(), 6);
    EXPECT_EQ(Day::of(2025, 1, 20).weekday(), 0);
    EXPECT_EQ(Day::of(1969, 12, 29).weekday(), 0);
}

TEST(Day, AddsMonths) {
    EXPECT_EQ(Day::of(2024, 1, 31).plus_months(1).iso(), "2024-02-29");
    EXPECT_EQ(Day::of(2024, 3, 31).plus_months(-1).iso(), "2024-02-29");
    EXPECT_EQ(Day::of(2024, 1, 15).plus_months(-1).iso(), "2023-12-15");
    EXPECT_EQ(Day::of(2024, 1, 15).plus_months(-13).iso(), "2022-12-15");
    EXPECT_EQ(Day::of(2024, 12, 15).plus_months(1).iso(), "2025-01-15");
    EXPECT_EQ(Day::of(2024, 5, 15).plus_months(24).iso(), "2026-05-15");
    EXPECT_EQ(Day::of(1, 1, 15).plus_months(-1), Day::of(0, 12, 15));
    EXPECT_EQ(Day::of(0, 1, 15).plus_months(-1), Day::of(-1, 12, 15));
    EXPECT_EQ(Day::of(0, 12, 15).plus_months(-23), Day::of(-1, 1, 15));
}

TEST(Day, ReadsDatesAndDateTimes) {
    const Day expected = Day::of(2025, 1, 17);
    for (const char* text :
         {"2025-01-17", "20250117", "2025-01-17T10:20:30Z", "2025-01-17T23:59:59+03:30", "2025-01-17 10:20",
          "2025-01-17Z", "2025-01-17+02:00", "20250117T102030Z", " 2025-01-17\n"})
        EXPECT_EQ(Day::parse(text), expected) << text;
}

TEST(Day, RefusesWhatIsNoDate) {
    for (const char* text : {"", "2025", "2025-01", "2025-1-7", "2025-13-01", "2025-00-10", "2025-02-29", "2025-04-31",
                             "2025-01-00", "17 January 2025", "2025-01-17x", "2025-0117", "202501-17", "20250117123",
                             "2025-01-17T", "-2025-01-17", "2025/01/17", "soon"})
        EXPECT_FALSE(Day::parse(text)) << text;
}

TEST(DayRange, HoldsBothEnds) {
    const DayRange february = DayRange::of_month(2024, 2);
    EXPECT_EQ(february.length(), 29);
    EXPECT_TRUE(february.contains(Day::of(2024, 2, 29)));
    EXPECT_FALSE(february.contains(Day::of(2024, 3, 1)));
    EXPECT_EQ(DayRange::of_year(2023).length(), 365);
    EXPECT_EQ(DayRange::on(Day::of(2025, 1, 17)).length(), 1);
}

} // namespace
} // namespace kadesh
