#include "coding/time_reader.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace kadesh {

namespace {

constexpr std::array<std::pair<std::string_view, TimeUnit>, 9> kUnits = {{{"day", TimeUnit::Day},
                                                                          {"night", TimeUnit::Day},
                                                                          {"week", TimeUnit::Week},
                                                                          {"fortnight", TimeUnit::Week},
                                                                          {"month", TimeUnit::Month},
                                                                          {"quarter", TimeUnit::Quarter},
                                                                          {"year", TimeUnit::Year},
                                                                          {"decade", TimeUnit::Decade},
                                                                          {"century", TimeUnit::Century}}};

} // namespace

std::string TimeReader::word(Token t) const {
    return t < a_.size() ? plain_time_word(a_.form[t]) : std::string();
}

std::string TimeReader::lemma(Token t) const {
    return t < a_.size() ? plain_time_word(a_.lemma[t]) : std::string();
}

bool TimeReader::hyphen(Token t) const {
    const std::string w = word(t);
    return w == "-" || w == "–" || w == "‑";
}

std::optional<int> TimeReader::tens_and_units(Token& t) const {
    const auto first = words_.number(TimeWord::Number, word(t));
    if (!first || *first >= 100 || word(t) == "a" || word(t) == "an" || word(t) == "another") return std::nullopt;
    ++t;
    if (*first < 20 || *first % 10 != 0) return first;
    const Token after = hyphen(t) ? t + 1 : t;
    const auto second = words_.number(TimeWord::Number, word(after));
    if (!second || *second < 1 || *second > 9 || word(after) == "a" || word(after) == "another") return first;
    t = after + 1;
    return *first + *second;
}

std::optional<TimeCount> TimeReader::count(Token t) const {
    TimeCount out;
    const std::string w = word(t);
    if (w.empty()) return std::nullopt;
    if (is_ascii_digit(w.front())) {
        const auto n = whole_number(w);
        if (!n || *n > 9999) return std::nullopt;
        out.n = *n;
        out.next = t + 1;
        if (word(t + 1) == "1/2") {
            out.half = true;
            out.next = t + 2;
        }
        return out;
    }
    Token next = t;
    if (const auto n = tens_and_units(next)) {
        out.n = *n;
    } else {
        const auto value = words_.find(TimeWord::Number, w);
        if (!value) return std::nullopt;
        const auto n_here = whole_number(*value);
        out.n = n_here.value_or(-1);
        out.article = w == "a" || w == "an";
        next = t + 1;
        // "a few", "a couple", "a hundred"
        if (out.article)
            if (const auto more = words_.find(TimeWord::Number, word(next));
                more && (word(next) == "couple" || word(next) == "dozen" || whole_number(*more).value_or(100) >= 100)) {
                out.n = whole_number(*more).value_or(-1);
                out.article = false;
                ++next;
            }
    }
    if (out.n > 0 && out.n < 100)
        if (const auto times = words_.number(TimeWord::Number, word(next)); times && *times >= 100) {
            out.n *= *times;
            ++next;
        }
    if (word(next) == "of" && !out.article) ++next;
    if (word(next) == "and" && word(next + 1) == "a" && word(next + 2) == "half") {
        out.half = true;
        next += 3;
    }
    out.next = next;
    return out;
}

TimeUnit TimeReader::unit(Token t) const {
    const std::string l = lemma(t);
    for (const auto& [name, unit] : kUnits)
        if (name == l) return unit;
    return TimeUnit::None;
}

std::optional<TimeYear> TimeReader::year(Token t) const {
    const std::string w = word(t);
    if (const auto digits = year_in_digits(w)) return TimeYear{*digits, t + 1};
    if (w == "two" && word(t + 1) == "thousand") {
        Token next = t + 2;
        if (word(next) == "and") ++next;
        Token after = next;
        const auto more = tens_and_units(after);
        return more ? TimeYear{2000 + *more, after} : TimeYear{2000, t + 2};
    }
    if (w == "eighteen" || w == "nineteen") {
        Token next = t + 1;
        if (const auto more = tens_and_units(next); more && *more >= 10)
            return TimeYear{(w == "nineteen" ? 1900 : 1800) + *more, next};
    }
    return std::nullopt;
}

std::optional<std::pair<std::string_view, Token>> TimeReader::phrase(TimeWord kind, Token t) const {
    std::optional<std::pair<std::string_view, Token>> out;
    std::string said;
    for (Token k = t; k < t + static_cast<Token>(words_.longest()) && k < a_.size(); ++k) {
        if (k > t) said += ' ';
        const std::string w = word(k);
        said += w == "’s" ? "'s" : w;
        if (const auto value = words_.find(kind, said)) out = {*value, k + 1};
    }
    return out;
}

std::optional<int> year_in_digits(std::string_view word) {
    const auto n = whole_number(word);
    return word.size() == 4 && n && *n >= 1800 && *n <= 2100 ? n : std::nullopt;
}

std::string timex_length(std::string_view unit, const TimeCount& count) {
    const std::size_t bar = unit.find('|');
    std::string_view sign = unit.substr(bar + 1);
    // An open number of decades is one of years.
    if (count.n < 0) sign.remove_prefix(std::min(sign.find_first_not_of('0'), sign.size()));
    std::string out(unit.substr(0, bar));
    out += count.written();
    if (count.half && sign == "Y") return out + "Y6M";
    if (count.half && sign == "H") return out + "H30M";
    if (count.half) out += ".5";
    return out.append(sign);
}

} // namespace kadesh
