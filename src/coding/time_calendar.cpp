#include "coding/time_calendar.hpp"

#include "coding/time_words.hpp"

#include <array>
#include <cstdio>
#include <utility>

namespace kadesh {

namespace {

std::string written(const char* format, int first, int second) {
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), format, first, second);
    return out.data();
}

/// Monday of an ISO 8601 week: the first week of a year holds its fourth day.
Day monday_of(int year, int week) {
    const Day fourth = Day::of(year, 1, 4);
    return fourth.plus(-fourth.weekday() + 7 * (week - 1));
}

DayRange months(int year, int first, int count) {
    const Day day = Day::of(year, first, 1);
    return {day, day.plus_months(count).plus(-1)};
}

} // namespace

Day units_back(Day d, TimeUnit unit, int n) {
    switch (unit) {
    case TimeUnit::Day: return d.plus(-n);
    case TimeUnit::Week: return d.plus(-7 * n);
    case TimeUnit::Month: return d.plus_months(-n);
    case TimeUnit::Quarter: return d.plus_months(-3 * n);
    case TimeUnit::Year: return d.plus_months(-12 * n);
    case TimeUnit::Decade: return d.plus_months(-120 * n);
    case TimeUnit::Century: return d.plus_months(-1200 * n);
    case TimeUnit::None: break;
    }
    return d;
}

DayRange unit_around(Day d, TimeUnit unit) {
    const int decade = d.year() / 10 * 10;
    const int century = d.year() / 100 * 100;
    switch (unit) {
    case TimeUnit::Week: return {d.plus(-d.weekday()), d.plus(6 - d.weekday())};
    case TimeUnit::Month: return DayRange::of_month(d.year(), d.month());
    case TimeUnit::Quarter: return months(d.year(), (d.month() - 1) / 3 * 3 + 1, 3);
    case TimeUnit::Year: return DayRange::of_year(d.year());
    case TimeUnit::Decade: return {Day::of(decade, 1, 1), Day::of(decade + 9, 12, 31)};
    case TimeUnit::Century: return {Day::of(century, 1, 1), Day::of(century + 99, 12, 31)};
    default: return DayRange::on(d);
    }
}

std::string timex_unit(Day d, TimeUnit unit) {
    const std::string day = d.iso();
    switch (unit) {
    case TimeUnit::Week: {
        // The week belongs to the year of its Thursday.
        const Day thursday = d.plus(3 - d.weekday());
        const int week = (thursday.days - Day::of(thursday.year(), 1, 1).days) / 7 + 1;
        return written("%04d-W%02d", thursday.year(), week);
    }
    case TimeUnit::Month: return day.substr(0, 7);
    case TimeUnit::Quarter: return timex_quarter(d.year(), (d.month() - 1) / 3 + 1);
    case TimeUnit::Year: return day.substr(0, 4);
    case TimeUnit::Decade: return day.substr(0, 3);
    case TimeUnit::Century: return day.substr(0, 2);
    default: return day;
    }
}

std::string timex_quarter(int year, int quarter, char sign) {
    return written(sign == 'H' ? "%04d-H%d" : "%04d-Q%d", year, quarter);
}

std::optional<DayRange> timex_days(std::string_view value) {
    static constexpr std::array<std::pair<std::string_view, int>, 4> kSeasons = {
        {{"SP", 3}, {"SU", 6}, {"FA", 9}, {"WI", 12}}};
    value = value.substr(0, value.find('T'));
    const auto year = whole_number(value.substr(0, value.find('-')));
    if (!year) return std::nullopt;
    switch (value.size()) {
    case 2: return unit_around(Day::of(*year * 100, 1, 1), TimeUnit::Century);
    case 3: return unit_around(Day::of(*year * 10, 1, 1), TimeUnit::Decade);
    case 4: return DayRange::of_year(*year);
    default: break;
    }
    if (value.size() < 7 || value[4] != '-') return std::nullopt;
    const std::string_view rest = value.substr(5);
    for (const auto& [sign, month] : kSeasons)
        if (rest == sign) return months(*year, month, 3);
    const auto number = whole_number(rest.substr(1, 2));
    if (!number && (rest.front() < '0' || rest.front() > '9')) return std::nullopt;
    switch (rest.front()) {
    case 'Q': return months(*year, *number * 3 - 2, 3);
    case 'H': return months(*year, *number * 6 - 5, 6);
    case 'W': {
        const Day monday = monday_of(*year, *number);
        return rest.ends_with("-WE") ? DayRange{monday.plus(5), monday.plus(6)} : DayRange{monday, monday.plus(6)};
    }
    default: break;
    }
    if (const auto day = Day::parse(value)) return DayRange::on(*day);
    const auto month = whole_number(rest);
    return month && *month >= 1 && *month <= 12 ? std::optional(DayRange::of_month(*year, *month)) : std::nullopt;
}

} // namespace kadesh
