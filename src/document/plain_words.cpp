#include "document/plain_words.hpp"

#include "document/record_names.hpp"

#include <array>
#include <cctype>
#include <utility>
#include <vector>

namespace kadesh {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

std::string month_in_words(Day day) {
    return std::string(kMonths[static_cast<std::size_t>(day.month() - 1)]) + ' ' + std::to_string(day.year());
}

std::string day_in_words(Day day) {
    return std::to_string(day.day()) + ' ' + month_in_words(day);
}

} // namespace

std::string in_words(DayRange range) {
    const Day first = range.first;
    const Day last = range.last;
    if (first == last) return day_in_words(first);
    const bool from_month_start = first.day() == 1;
    const bool to_month_end = last.plus(1).day() == 1;
    if (from_month_start && to_month_end) {
        const bool whole_years = first.month() == 1 && last.month() == 12;
        if (whole_years && first.year() == last.year()) return std::to_string(first.year());
        if (whole_years) return std::to_string(first.year()) + " to " + std::to_string(last.year());
        if (first.year() == last.year() && first.month() == last.month()) return month_in_words(first);
    }
    if (first.year() == last.year() && first.month() == last.month())
        return std::to_string(first.day()) + " to " + day_in_words(last);
    return day_in_words(first) + " to " + day_in_words(last);
}

std::string duration_in_words(std::string_view iso) {
    constexpr std::array<std::pair<char, std::string_view>, 4> kUnits{
        {{'Y', "year"}, {'M', "month"}, {'W', "week"}, {'D', "day"}}};
    std::vector<std::string> parts;
    std::string_view rest = iso;
    if (rest.empty() || rest.front() != 'P') return std::string(iso);
    rest.remove_prefix(1);
    while (!rest.empty()) {
        std::size_t digits = 0;
        while (digits < rest.size() && std::isdigit(static_cast<unsigned char>(rest[digits])) != 0) ++digits;
        if (digits == 0 || digits == rest.size()) return std::string(iso);
        const std::string_view number = rest.substr(0, digits);
        std::string_view unit;
        for (const auto& [letter, word] : kUnits)
            if (rest[digits] == letter) unit = word;
        if (unit.empty()) return std::string(iso);
        parts.push_back(std::string(number) + ' ' + std::string(unit) + (number == "1" ? "" : "s"));
        rest.remove_prefix(digits + 1);
    }
    return parts.empty() ? std::string(iso) : listed(parts);
}

std::string in_words(const Document& document, const Entity& entity) {
    std::string text =
        entity.identifier_text.empty() ? std::string(words_of(document, entity.span)) : entity.identifier_text;
    for (char& c : text)
        if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    std::string tag = entity.code;
    if (!entity.sectors.empty()) tag += (tag.empty() ? "" : " ") + entity.sectors.front();
    if (text.empty()) return tag;
    if (!tag.empty()) text += " (" + tag + ')';
    return text;
}

std::string listed(std::span<const std::string> items) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
        text += items[i];
    }
    return text;
}

} // namespace kadesh
