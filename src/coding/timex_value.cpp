#include "base/ascii.hpp"
#include "coding/time_expressions.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

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

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kDayParts = {
    {{"morning", "TMO"}, {"afternoon", "TAF"}, {"evening", "TEV"}, {"night", "TNI"}}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kSeasons = {
    {{"spring", "-SP"}, {"summer", "-SU"}, {"autumn", "-FA"}, {"fall", "-FA"}, {"winter", "-WI"}}};

bool month_name(std::string_view word) {
    static constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                                 "may",       "june",     "july",     "august",
                                                                 "september", "october",  "november", "december"};
    return std::find(kMonths.begin(), kMonths.end(), word) != kMonths.end();
}

bool month_begins(Day d) {
    return d.day() == 1;
}

bool month_ends(Day d) {
    return d.plus(1).day() == 1;
}

} // namespace

std::string timex_value(const TimeExpression& e, const Annotation& a) {
    const DayRange& r = e.range;
    const std::string day = r.first.iso();
    const std::string last = lower_ascii(a.lemma[e.tokens.last - 1]);
    if (r.length() == 1) {
        const std::string next = e.tokens.last < a.size() ? lower_ascii(a.lemma[e.tokens.last]) : std::string();
        for (const auto& [part, code] : kDayParts)
            if (last == part || next == part) return day + std::string(code);
        return day;
    }
    for (const auto& [season, code] : kSeasons)
        if (last == season) return day.substr(0, 4) + std::string(code);
    // "earlier this year" is a part of its days, but names the year.
    if (!e.duration && !e.term && r.first.year() == r.last.year()) {
        if (last == "year") return day.substr(0, 4);
        if ((last == "month" || month_name(last)) && r.first.month() == r.last.month()) return day.substr(0, 7);
        if (last == "week" && r.length() <= 7) return iso_week(r.first.plus(-r.first.weekday()));
    }
    if (last.size() == 5 && last.ends_with("0s")) return last.substr(0, 3);
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
