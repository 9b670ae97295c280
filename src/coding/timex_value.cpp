#include "coding/time_expressions.hpp"

#include <array>
#include <cstdio>

namespace kadesh {

namespace {

/// ISO 8601 week of a Monday: the week belongs to the year of its Thursday.
std::string iso_week(Day monday) {
    const Day thursday = monday.plus(3);
    const int week = (thursday.days - Day::of(thursday.year(), 1, 1).days) / 7 + 1;
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%04d-W%02d", thursday.year(), week);
    return out.data();
}

bool month_begins(Day d) {
    return d.day() == 1;
}

bool month_ends(Day d) {
    return d.plus(1).day() == 1;
}

} // namespace

std::string timex_value(const TimeExpression& e) {
    const DayRange& r = e.range;
    const std::string day = r.first.iso();
    if (r.length() == 1) return day;
    if (e.duration) {
        const int n = r.length();
        if (n >= 360) return 'P' + std::to_string((n + 5) / 365) + 'Y';
        if (n >= 28) return 'P' + std::to_string((n + 2) / 30) + 'M';
        return n % 7 <= 1 && n >= 7 ? 'P' + std::to_string(n / 7) + 'W' : 'P' + std::to_string(n) + 'D';
    }
    if (month_begins(r.first) && month_ends(r.last)) {
        const int months = (r.last.year() - r.first.year()) * 12 + r.last.month() - r.first.month() + 1;
        if (months == 1) return day.substr(0, 7);
        if (months == 3 && r.first.month() % 3 == 1)
            return day.substr(0, 4) + "-Q" + std::to_string(r.first.month() / 3 + 1);
        if (months == 12 && r.first.month() == 1) return day.substr(0, 4);
        if (months == 120 && r.first.month() == 1 && r.first.year() % 10 == 0) return day.substr(0, 3);
        if (months == 1200 && r.first.month() == 1 && r.first.year() % 100 == 0) return day.substr(0, 2);
    }
    if (r.length() == 7 && r.first.weekday() == 0) return iso_week(r.first);
    if (r.length() == 2 && r.first.weekday() == 5) return iso_week(r.first.plus(-5)) + "-WE";
    return day;
}

} // namespace kadesh
