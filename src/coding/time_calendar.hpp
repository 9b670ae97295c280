// Units of the calendar, and how TIMEX3 writes them.
#pragma once

#include "kadesh/date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kadesh {

enum class TimeUnit : std::uint8_t { None, Day, Week, Month, Quarter, Year, Decade, Century };

/// `n` units before a day; months and longer keep the day of the month where they can.
Day units_back(Day d, TimeUnit unit, int n);

/// The calendar unit that holds a day: its week (Monday to Sunday), month, year, decade.
DayRange unit_around(Day d, TimeUnit unit);

/// That unit as TIMEX3 writes it: `1998-03-05`, `1998-W10`, `1998-03`, `1998-Q1`, `1998`, `199`, `19`.
std::string timex_unit(Day d, TimeUnit unit);

/// `1998-Q3` of a year and a quarter 1..4 (or `H` and a half 1..2).
std::string timex_quarter(int year, int quarter, char sign = 'Q');

/// The days of a value that timex_unit writes, or of a half, season (`1998-SU`) or weekend (`1998-W10-WE`); nothing for
/// lengths and references. The time of day is left aside.
std::optional<DayRange> timex_days(std::string_view value);

} // namespace kadesh
