#include "kadesh/date.hpp"

#include <algorithm>
#include <chrono>

namespace kadesh {
namespace {

std::chrono::year_month_day fields(Day day) {
    return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day.days}}};
}

int days_in_month(int year, int month) {
    const std::chrono::year_month_day_last last{
        std::chrono::year{year}, std::chrono::month_day_last{std::chrono::month{static_cast<unsigned>(month)}}};
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The number at text[first, first + count), or nothing when one of these is not a digit.
std::optional<int> number(std::string_view text, std::size_t first, std::size_t count) {
    if (first + count > text.size()) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(first, count)) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Whether what follows a date may be its time of day or zone.
bool ends_date(std::string_view rest) {
    if (rest.empty()) return true;
    const char c = rest.front();
    if (c == 'Z' || c == 'z') return rest.size() == 1;
    if (rest.size() < 2) return false;
    if (c == 'T' || c == 't' || c == ' ' || c == '+' || c == '-') return is_digit(rest[1]);
    return false;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

} // namespace

Day Day::of(int year, int month, int day) {
    month = std::clamp(month, 1, 12);
    day = std::clamp(day, 1, days_in_month(year, month));
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    return Day{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

std::optional<Day> Day::parse(std::string_view text) {
    text = trim(text);
    const auto year = number(text, 0, 4);
    if (!year) return std::nullopt;
    const bool dashes = text.size() > 4 && text[4] == '-';
    const auto month = number(text, dashes ? 5 : 4, 2);
    if (dashes && (text.size() < 8 || text[7] != '-')) return std::nullopt;
    const auto day = number(text, dashes ? 8 : 6, 2);
    if (!month || !day || !ends_date(text.substr(dashes ? 10 : 8))) return std::nullopt;
    if (*month < 1 || *month > 12 || *day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
    return Day::of(*year, *month, *day);
}

int Day::year() const {
    return static_cast<int>(fields(*this).year());
}
int Day::month() const {
    return static_cast<int>(static_cast<unsigned>(fields(*this).month()));
}
int Day::day() const {
    return static_cast<int>(static_cast<unsigned>(fields(*this).day()));
}

int Day::weekday() const {
    return static_cast<int>(std::chrono::weekday{std::chrono::sys_days{std::chrono::days{days}}}.iso_encoding() - 1);
}

std::string Day::iso() const {
    const auto padded = [](int value, std::size_t width) {
        std::string digits = std::to_string(value);
        if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
        return digits;
    };
    const int y = year();
    return (y < 0 ? "-" : "") + padded(y < 0 ? -y : y, 4) + "-" + padded(month(), 2) + "-" + padded(day(), 2);
}

Day Day::plus_months(int n) const {
    const int months = year() * 12 + month() - 1 + n;
    const int year_index = months >= 0 ? months / 12 : -((11 - months) / 12);
    return Day::of(year_index, months - year_index * 12 + 1, day());
}

} // namespace kadesh
