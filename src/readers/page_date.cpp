#include "readers/page_date.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace kadesh::readers {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};

/// 1..12 for a month's name or an abbreviation of three letters or more; 0 for other words.
int month_of(std::string_view word) {
    const std::string lower = lower_ascii(word);
    if (lower.size() < 3) return 0;
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (kMonths[i].starts_with(lower)) return static_cast<int>(i) + 1;
    }
    return 0;
}

/// The number that begins text[at], which moves past it; -1 when none does or it has more than four digits.
int take_number(std::string_view text, std::size_t& at) {
    int value = 0;
    const std::size_t start = at;
    while (at < text.size() && is_ascii_digit(text[at]) && at - start < 5) value = value * 10 + (text[at++] - '0');
    return at == start || at - start > 4 ? -1 : value;
}

std::optional<Day> checked(int year, int month, int day) {
    if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const Day date = Day::of(year, month, day);
    if (date.day() != day) return std::nullopt; // a day that the month has not
    return date;
}

/// `YYYY?MM?DD` at text[at], where ? is `separator`.
std::optional<Day> year_first(std::string_view text, std::size_t at, char separator) {
    const std::size_t start = at;
    const int year = take_number(text, at);
    if (at - start != 4 || at >= text.size() || text[at] != separator) return std::nullopt;
    const int month = take_number(text, ++at);
    if (at >= text.size() || text[at] != separator) return std::nullopt;
    const int day = take_number(text, ++at);
    return checked(year, month, day);
}

/// `17.01.2025`, `17/01/2025`, `01/17/2025`.
std::optional<Day> year_last(std::string_view text) {
    std::size_t at = 0;
    const int first = take_number(text, at);
    if (first < 1 || at > 2 || at >= text.size() || (text[at] != '.' && text[at] != '/')) return std::nullopt;
    const char separator = text[at];
    const std::size_t second_at = ++at;
    const int second = take_number(text, at);
    if (second < 1 || at - second_at > 2 || at >= text.size() || text[at] != separator) return std::nullopt;
    const int year = take_number(text, ++at);
    if (separator == '.' || first > 12) return checked(year, second, first);
    if (second > 12 || first == second) return checked(year, first, second);
    return std::nullopt;
}

/// Whether a time zone follows, which makes a number the time of day.
bool is_zone_next(std::string_view text, std::size_t at) {
    const std::string_view rest = trim_ascii_front(text.substr(at));
    for (const std::string_view zone : {"GMT", "UTC", "EST", "EDT", "BST", "CET", "HKT", "IST", "hrs", "hours"}) {
        if (rest.starts_with(zone)) return true;
    }
    return false;
}

/// A day, a month's name and a year in either order, whatever stands between them.
std::optional<Day> with_month_name(std::string_view text) {
    int month = 0;
    int day = 0;
    int year = 0;
    for (std::size_t at = 0; at < text.size() && (month == 0 || day == 0 || year == 0);) {
        if (is_ascii_letter(text[at])) {
            const std::size_t start = at;
            while (at < text.size() && is_ascii_letter(text[at])) ++at;
            if (month == 0) month = month_of(text.substr(start, at - start));
        } else if (is_ascii_digit(text[at])) {
            const std::size_t start = at;
            const int value = take_number(text, at);
            const bool clock = (at < text.size() && text[at] == ':') || is_zone_next(text, at);
            if (at - start == 4 && year == 0 && !clock) {
                year = value;
            } else if (at - start <= 2 && day == 0 && !clock) {
                day = value;
            } else {
                while (at < text.size() && (is_ascii_digit(text[at]) || text[at] == ':')) ++at;
            }
        } else {
            ++at;
        }
    }
    return checked(year, month, day);
}

} // namespace

std::optional<Day> page_date(std::string_view text) {
    text = trim_ascii(text);
    constexpr std::size_t kLongest = 80;
    if (text.size() > kLongest) return std::nullopt;
    if (const auto day = Day::parse(text)) return day;
    for (const char separator : {'-', '/', '.'}) {
        if (const auto day = year_first(text, 0, separator)) return day;
    }
    if (const auto day = year_last(text)) return day;
    return with_month_name(text);
}

bool is_date_line(std::string_view text) {
    if (!page_date(text)) return false;
    constexpr std::string_view kOthers[] = {
        "am",       "pm",     "a",        "p",      "m",       "at",        "on",     "gmt",    "utc",     "est",
        "edt",      "cet",    "ist",      "t",      "z",       "st",        "th",     "nd",     "rd",      "of",
        "mon",      "tue",    "wed",      "thu",    "fri",     "sat",       "sun",    "monday", "tuesday", "wednesday",
        "thursday", "friday", "saturday", "sunday", "updated", "published", "posted", "last",   "date"};
    for (std::size_t at = 0; at < text.size();) {
        if (!is_ascii_letter(text[at])) {
            ++at;
            continue;
        }
        const std::size_t start = at;
        while (at < text.size() && is_ascii_letter(text[at])) ++at;
        const std::string word = lower_ascii(text.substr(start, at - start));
        if (month_of(word) == 0 && std::find(std::begin(kOthers), std::end(kOthers), word) == std::end(kOthers))
            return false;
    }
    return true;
}

std::optional<Day> date_in_url(std::string_view url) {
    for (std::size_t at = url.find('/'); at != std::string_view::npos; at = url.find('/', at + 1)) {
        if (const auto day = year_first(url, at + 1, '/')) return day;
        if (const auto day = year_first(url, at + 1, '-')) return day;
    }
    return std::nullopt;
}

} // namespace kadesh::readers
