// Calendar days and intervals of them, without time of day or zone.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kadesh {

/// A day of the proleptic Gregorian calendar, stored as days since 1970-01-01.
struct Day {
    std::int32_t days = 0;
    auto operator<=>(const Day&) const = default;

    /// @param month 1..12 @param day 1..31; values past a month's end are clamped to its last day.
    static Day of(int year, int month, int day);
    /// Reads `YYYY-MM-DD` (also the date part of an ISO 8601 date-time, and `YYYYMMDD`).
    static std::optional<Day> parse(std::string_view text);

    [[nodiscard]] int year() const;
    [[nodiscard]] int month() const;       ///< 1..12
    [[nodiscard]] int day() const;         ///< 1..31
    [[nodiscard]] int weekday() const;     ///< 0 = Monday .. 6 = Sunday
    [[nodiscard]] std::string iso() const; ///< `YYYY-MM-DD`
    [[nodiscard]] Day plus(int n) const { return Day{days + n}; }
    /// The same day of the month n months on, clamped to the month's end.
    [[nodiscard]] Day plus_months(int n) const;
};

/// Days from `first` to `last`, both included.
struct DayRange {
    Day first;
    Day last;
    bool operator==(const DayRange&) const = default;

    static DayRange on(Day d) { return {d, d}; }
    static DayRange of_year(int year) { return {Day::of(year, 1, 1), Day::of(year, 12, 31)}; }
    static DayRange of_month(int year, int month) { return {Day::of(year, month, 1), Day::of(year, month, 31)}; }
    [[nodiscard]] bool contains(Day d) const { return first <= d && d <= last; }
    [[nodiscard]] int length() const { return last.days - first.days + 1; }
};

} // namespace kadesh
