#include "coding/calendar_dates.hpp"

#include "base/ascii.hpp"
#include "coding/time_direction.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <utility>

namespace kadesh {

namespace {

constexpr std::array<std::string_view, 3> kParts = {"mid", "early", "late"};

/// "mid" of "mid-January", and takes it off.
std::string_view take_part(std::string_view& w) {
    for (const std::string_view part : kParts)
        if (w.size() > part.size() + 1 && w.starts_with(part) && w[part.size()] == '-') {
            w.remove_prefix(part.size() + 1);
            return part;
        }
    return {};
}

/// Prepositions, seasons and the like after which a number of four digits is a year.
constexpr std::array<std::string_view, 33> kBeforeYear = {
    "in",   "since", "of",   "from",   "by",   "until",    "till",    "after",  "before", "during", "early",
    "late", "mid",   "the",  "its",    "and",  "between",  "through", "spring", "summer", "autumn", "winter",
    "for",  "into",  "both", "fiscal", "year", "calendar", "with",    "than",   "versus", "vs",     "against"};

Day nth_weekday(int year, int month, int nth, int weekday) {
    if (nth < 0) {
        const Day last = Day::of(year, month, 31);
        return last.plus(-((last.weekday() - weekday + 7) % 7));
    }
    const Day first = Day::of(year, month, 1);
    return first.plus((weekday - first.weekday() + 7) % 7 + 7 * (nth - 1));
}

/// A day of TimeWord::Holiday in a year.
Day holiday_of(std::string_view rule, int year) {
    std::array<int, 3> n{};
    std::size_t fields = 0;
    const bool fixed = rule.find('|') == std::string_view::npos;
    const char separator = fixed ? '-' : '|';
    while (fields < n.size()) {
        const std::string_view field = rule.substr(0, rule.find(separator));
        n[fields++] = field == "-1" ? -1 : whole_number(field).value_or(0);
        if (field.size() == rule.size()) break;
        rule.remove_prefix(field.size() + 1);
    }
    return fixed ? Day::of(year, n[0], n[1]) : nth_weekday(year, n[0], n[1], n[2]);
}

} // namespace

DayRange part_of_range(DayRange r, std::string_view which) {
    const int n = r.length();
    if (which == "early") return {r.first, r.first.plus(n / 3)};
    if (which == "late") return {r.last.plus(-n / 3), r.last};
    if (which == "mid") return {r.first.plus(n / 3), r.last.plus(-n / 3)};
    return r;
}

void CalendarDates::begin(TokenRange sentence) {
    first_ = sentence.first;
    end_ = sentence.last;
    after_year_ = kNoToken;
}

Token CalendarDates::match(Token t, TimeExpression& e) {
    const std::string w = word(t);
    if (w.size() == 10 && w[4] == '-' && w[7] == '-')
        if (const auto d = Day::parse(w)) {
            e.range = DayRange::on(*d);
            e.value = w;
            return t + 1;
        }
    if (const Token next = month_date(t, e); next != t) return next;
    if (const Token next = holiday(t, e); next != t) return next;
    return season(t, {}, e);
}

int CalendarDates::day_number(Token t) const {
    std::string s = word(t);
    if (const int spelled = words_.number(TimeWord::Ordinal, s).value_or(0); spelled != 0)
        // Not "in March second-quarter results".
        return read_.hyphen(t + 1) ||
                       (t + 1 < end_ && a_.head[t] != kNoToken && a_.head[t] > t && a_.upos[a_.head[t]] == Upos::NOUN)
                   ? 0
                   : spelled;
    if (s.size() > 2 && (s.ends_with("st") || s.ends_with("nd") || s.ends_with("rd") || s.ends_with("th")))
        s.resize(s.size() - 2);
    const auto n = whole_number(s);
    return n && *n >= 1 && *n <= 31 ? *n : 0;
}

/// A month (and day) without its year: the last one or the next as the clause tells, the nearer where it does not.
int CalendarDates::year_for(int month, int day_of_month, Token t) const {
    const int y = day_->year();
    const auto of = [&](int year) { return Day::of(year, month, day_of_month == 0 ? 1 : day_of_month); };
    const std::string before = word_before(t);
    if (before == "this") return y;
    switch (way_of_time(tree_, words_, t)) {
    case TimeWay::Ahead: return of(y).plus(31) < *day_ ? y + 1 : y;
    case TimeWay::Back: return of(y) > day_->plus(7) ? y - 1 : y;
    case TimeWay::Open: break;
    }
    // News speaks of what is near: the next one only when it is both nearer than the last and not far off.
    const auto distance = [&](int year) {
        return std::abs(of(year).plus(day_of_month == 0 ? 15 : 0).days - day_->days);
    };
    int best = y;
    for (const int year : {y - 1, y + 1})
        if (distance(year) < distance(best)) best = year;
    constexpr int kFarOff = 120;
    return of(best) > day_->plus(kFarOff) ? best - 1 : best;
}

/// Whether a month's name is part of a person's.
bool CalendarDates::given_name(Token t) const {
    const auto it = std::upper_bound(a_.names.begin(), a_.names.end(), t,
                                     [](Token at, const NameSpan& n) { return at < n.tokens.last; });
    return it != a_.names.end() && it->tokens.contains(t) && it->tokens.size() > 1 && it->type == NameType::PER;
}

Token CalendarDates::month_date(Token t, TimeExpression& e) const {
    const std::string w = word(t);
    std::string_view named = w;
    const std::string_view which = take_part(named);
    int month = this->month(named);
    int day = 0;
    Token next = t;
    const char initial = a_.form[t].size() > w.size() - named.size() ? a_.form[t][w.size() - named.size()] : ' ';
    int last_day = 0; // of "January 5 - 9"
    if (month != 0 && is_ascii_upper(initial)) {
        // "may" and "march" are months only with a capital and as nominals.
        if ((w == "may" || w == "march" || w == "mar" || w == "dec") && a_.upos[t] != Upos::PROPN) return t;
        next = t + 1;
        // "Jan Smith", "June Carter"
        const bool dated = day_number(next) != 0 || read_.year(next).has_value();
        if (!dated && ((named.size() == 3 && named != "may" && !a_.form[t].ends_with('.')) || given_name(t))) return t;
        // "March of the Mothers"
        if (word(next) == "of" && !read_.year(next + 1) && word(next + 1) != "this" && word(next + 1) != "last" &&
            word(next + 1) != "that" && word(next + 1) != "next")
            return t;
        if (day_number(next) != 0 && !read_.year(next)) {
            day = day_number(next);
            ++next;
            if ((word(next) == "-" || word(next) == "–" || word(next) == "to") && day_number(next + 1) > day &&
                this->month(word(next + 2)) == 0) {
                last_day = day_number(next + 1);
                next += 2;
            }
        }
    } else if (day_number(t) != 0 && this->month(word(t + 1)) != 0 && t + 1 < end_ && a_.form[t + 1].front() <= 'Z') {
        day = day_number(t);
        month = this->month(word(t + 1));
        next = t + 2;
    } else if (day_number(t) != 0 && word(t + 1) == "of" && this->month(word(t + 2)) != 0) {
        day = day_number(t);
        month = this->month(word(t + 2));
        next = t + 3;
    } else {
        return t;
    }
    int year = 0;
    Token k = next;
    if (word(k) == ",") ++k;
    if (word(k) == "of") ++k;
    const Token named_year = k < end_ && (word(k) == "last" || word(k) == "this" || word(k) == "next") ? k : kNoToken;
    if (const auto said = k < end_ ? read_.year(k) : std::nullopt;
        said && (k == next || day != 0 || word(next) == "of")) {
        year = said->year;
        next = said->next;
    } else if (named_year != kNoToken && word(next) != "," && word(k + 1) == "year" && day_) {
        year = day_->year() + (word(k) == "last" ? -1 : word(k) == "next" ? 1 : 0);
        next = k + 2;
    }
    if (year == 0) {
        if (!day_) return t;
        // "last March", "next June"
        const std::string before = word_before(t);
        year = year_for(month, day, t);
        if (before == "last" && Day::of(year, month, 1) > *day_) --year;
        if (before == "next" && Day::of(year, month, 28) < *day_) ++year;
    }
    e.range = day != 0 ? DayRange::on(Day::of(year, month, day)) : DayRange::of_month(year, month);
    e.value = timex_unit(e.range.first, day != 0 ? TimeUnit::Day : TimeUnit::Month);
    if (last_day != 0) e.range.last = Day::of(year, month, last_day);
    // "17-19"
    if (day != 0 && (word(next) == "-" || word(next) == "–" || word(next) == "to") && day_number(next + 1) > day &&
        this->month(word(next + 2)) == 0) {
        e.range.last = Day::of(year, month, day_number(next + 1));
        next += 2;
    }
    const std::string before = word_before(t);
    if (day == 0 && std::find(kParts.begin(), kParts.end(), before) != kParts.end())
        e.range = part_of_range(e.range, before);
    if (!which.empty()) e.range = part_of_range(e.range, which);
    return next;
}

Token CalendarDates::holiday(Token t, TimeExpression& e) const {
    if (!is_ascii_upper(a_.form[t].front())) return t;
    const auto found = read_.phrase(TimeWord::Holiday, t);
    // "Christmas cards", "Christmas Island"
    if (!found || found->second > end_ || a_.rel[found->second - 1] == Rel::Compound) return t;
    const auto& [rule, after] = *found;
    const Token k = word(after) == "," ? after + 1 : after;
    if (const auto said = k < end_ ? read_.year(k) : std::nullopt) {
        e.range = DayRange::on(holiday_of(rule, said->year));
        e.value = e.range.first.iso();
        return said->next;
    }
    if (!day_) return t;
    const Day here = holiday_of(rule, day_->year());
    e.range = DayRange::on(holiday_of(rule, year_for(here.month(), here.day(), t)));
    e.value = e.range.first.iso();
    return after;
}

Token CalendarDates::season(Token t, std::string_view direction, TimeExpression& e) const {
    const auto found = words_.find(TimeWord::Season, word(t));
    if (!found || a_.upos[t] == Upos::VERB) return t;
    const auto [sign, month] = sign_and_number(*found);
    Token next = t + 1;
    int year = 0;
    const Token k = word(next) == "of" ? next + 1 : next;
    if (const auto said = k < end_ ? read_.year(k) : std::nullopt) {
        year = said->year;
        next = said->next;
    } else if (!day_ || word(next) == "of") {
        return t; // "the fall of Kabul"
    } else if (direction.empty()) {
        if (word_before(t) != "the" || a_.rel[t] == Rel::Compound) return t;
        if (sign == "SP" || a_.lemma[t] == "fall") return t; // more often a source, a drop
        year = year_for(month + 1 > 12 ? 1 : month + 1, 0, t) - (month == 12 ? 1 : 0);
    } else {
        year = day_->year();
        if ((direction == "last" || direction == "past") && Day::of(year, month, 1).plus_months(3) > *day_) --year;
        if ((direction == "next" || direction == "coming") && Day::of(year, month, 1) < *day_) ++year;
    }
    const Day first = Day::of(year, month, 1);
    e.range = {first, first.plus_months(3).plus(-1)};
    e.value = timex_unit(first, TimeUnit::Year) + '-' + std::string(sign);
    return next;
}

Token CalendarDates::decade(Token t, TimeExpression& e) const {
    const std::string w = word(t);
    std::string_view named = w;
    const std::string_view which = take_part(named);
    const auto set = [&](int first, int last) {
        e.range = part_of_range({Day::of(first, 1, 1), Day::of(last, 12, 31)}, which);
        e.value = timex_unit(e.range.first, TimeUnit::Decade);
        return t + 1;
    };
    if (named.size() == 5 && named.back() == 's')
        if (const auto y = year_in_digits(named.substr(0, 4)); y && *y % 10 == 0)
            return set(*y, *y + (*y % 100 == 0 ? 99 : 9));
    // "the '80s", "the nineties": the last such decade that has begun.
    const bool quoted = named.starts_with('\'') || named.starts_with("’") || word_before(t) == "'";
    if (named.starts_with('\'')) named.remove_prefix(1);
    if (named.starts_with("’")) named.remove_prefix(std::string_view("’").size());
    int tens = -1;
    if (quoted && named.size() == 3 && named.ends_with("0s")) tens = whole_number(named.substr(0, 2)).value_or(-1);
    const std::string before = word_before(t);
    if (tens < 0 && (before == "the" || std::find(kParts.begin(), kParts.end(), before) != kParts.end()))
        tens = words_.number(TimeWord::Decade, named).value_or(-1);
    if (tens < 0) return t;
    const int now = day_ ? day_->year() : 1999;
    int first = now / 100 * 100 + tens;
    if (first > now) first -= 100;
    return set(first, first + 9);
}

Token CalendarDates::match_year(Token t, TimeExpression& e) {
    if (const Token next = decade(t, e); next != t) return next;
    const std::string w = word(t);
    std::string_view named = w;
    if (const std::string_view which = take_part(named); !which.empty())
        if (const auto y = year_in_digits(named)) {
            e.range = part_of_range(DayRange::of_year(*y), which);
            e.value = named;
            return t + 1;
        }
    if (word(t + 1) == "century" || (read_.hyphen(t + 1) && word(t + 2) == "century")) {
        std::string named_century = w;
        for (const std::string_view end : {"st", "nd", "rd", "th"})
            if (named_century.ends_with(end) && is_ascii_digit(named_century.front())) {
                named_century.resize(named_century.size() - 2);
                break;
            }
        const int ordinal = whole_number(named_century).value_or(words_.number(TimeWord::Ordinal, w).value_or(0));
        if (ordinal >= 10 && ordinal <= 21) {
            const Day first = Day::of((ordinal - 1) * 100, 1, 1);
            e.range = unit_around(first, TimeUnit::Century);
            e.value = timex_unit(first, TimeUnit::Century);
            return word(t + 1) == "century" ? t + 2 : t + 3;
        }
    }
    const auto year = read_.year(t);
    if (!year || year->next > end_ || !year_context(t, year->next)) return t;
    Token next = year->next;
    e.range = DayRange::of_year(year->year);
    e.value = timex_unit(e.range.first, TimeUnit::Year);
    // "2001-2005", "2001 to 2005"
    const std::string joint = word(next);
    if (joint == "-" || joint == "–" || joint == "to" || (joint == "and" && word_before(t) == "between"))
        if (const auto last = next + 1 < end_ ? read_.year(next + 1) : std::nullopt;
            last && last->next <= end_ && last->year >= year->year) {
            e.range.last = DayRange::of_year(last->year).last;
            e.second = next + 1;
            next = last->next;
        }
    after_year_ = next;
    return next;
}

bool CalendarDates::year_context(Token t, Token next) const {
    // A bare number is a year after a preposition of time, before a noun, after a season or month, or in a list of
    // them.
    const bool counts = a_.rel[t] == Rel::Nummod && a_.head[t] != kNoToken && a_.xpos[a_.head[t]] == "NNS";
    const std::string before = word_before(t);
    const bool spelled = next != t + 1;
    // "1988's", "(1994)"
    if (!spelled && (word(next) == "'s" || word(next) == "’s" || (before == "(" && word(next) == ")"))) return true;
    if (spelled && (word(t) != "two" || before == "year")) return true;
    if (spelled && next < end_ && a_.upos[next] == Upos::NOUN) return false; // "in two thousand villages"
    if ((before == "," || before == "and" || before == "or") && after_year_ != kNoToken && t <= after_year_ + 2)
        return !counts;
    if (std::find(kBeforeYear.begin(), kBeforeYear.end(), before) != kBeforeYear.end()) {
        // "the 2015 deal" yes; "of 2000 soldiers" no: a plural noun that it counts follows.
        if (before == "of" || before == "the" || before == "and") return !(counts && a_.head[t] == t + 1);
        return !counts;
    }
    return !spelled && a_.head[t] != kNoToken && a_.head[t] > t &&
           (a_.rel[t] == Rel::Nummod || a_.rel[t] == Rel::Compound || a_.rel[t] == Rel::NmodUnmarked) &&
           a_.xpos[a_.head[t]] != "NNS";
}

} // namespace kadesh
