#include "coding/time_expressions.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace kadesh {

namespace {

/// Lower case, and without the full stop of an abbreviation ("Jan.").
std::string plain(std::string_view s) {
    std::string out = lower_ascii(s);
    while (out.size() > 1 && out.back() == '.') out.pop_back();
    return out;
}

std::optional<int> integer(std::string_view s) {
    int value = 0;
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
    if (error != std::errc{} || end != s.data() + s.size() || s.empty()) return std::nullopt;
    return value;
}

int month_of(std::string_view w) {
    static constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                                 "may",       "june",     "july",     "august",
                                                                 "september", "october",  "november", "december"};
    if (w == "sept") return 9;
    for (std::size_t i = 0; i < kMonths.size(); ++i)
        if (w == kMonths[i] || (w.size() == 3 && kMonths[i].starts_with(w))) return static_cast<int>(i) + 1;
    return 0;
}

int weekday_of(std::string_view w) {
    static constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                              "friday", "saturday", "sunday"};
    for (std::size_t i = 0; i < kDays.size(); ++i)
        if (w == kDays[i]) return static_cast<int>(i);
    return -1;
}

int small_number(std::string_view w) {
    static constexpr std::array<std::string_view, 21> kWords = {
        "zero",     "one",     "two",     "three",     "four",     "five",     "six",
        "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
    for (std::size_t i = 0; i < kWords.size(); ++i)
        if (w == kWords[i]) return static_cast<int>(i);
    if (w == "a" || w == "an") return 1;
    if (w == "few" || w == "several") return 3;
    if (w == "couple") return 2;
    if (w == "thirty") return 30;
    if (const auto n = integer(w); n && *n >= 0 && *n < 1000) return *n;
    return -1;
}

enum class Unit : std::uint8_t { None, Day, Week, Month, Year, Decade };

Unit unit_of(std::string_view lemma) {
    if (lemma == "day" || lemma == "hour" || lemma == "night") return Unit::Day;
    if (lemma == "week" || lemma == "fortnight") return Unit::Week; // counted by `measured`
    if (lemma == "month") return Unit::Month;
    if (lemma == "year") return Unit::Year;
    if (lemma == "decade") return Unit::Decade;
    return Unit::None;
}

/// A count of the named unit in the units of unit_of: hours as days, fortnights as weeks.
int measured(std::string_view lemma, int n) {
    if (lemma == "hour") return (n + 12) / 24;
    if (lemma == "fortnight") return 2 * n;
    return n;
}

Day back(Day d, Unit unit, int n) {
    switch (unit) {
    case Unit::Day: return d.plus(-n);
    case Unit::Week: return d.plus(-7 * n);
    case Unit::Month: return d.plus_months(-n);
    case Unit::Year: return d.plus_months(-12 * n);
    case Unit::Decade: return d.plus_months(-120 * n);
    case Unit::None: break;
    }
    return d;
}

/// The calendar unit that holds a day: its week (Monday to Sunday), month, year.
DayRange around(Day d, Unit unit) {
    switch (unit) {
    case Unit::Week: return {d.plus(-d.weekday()), d.plus(6 - d.weekday())};
    case Unit::Month: return DayRange::of_month(d.year(), d.month());
    case Unit::Year: return DayRange::of_year(d.year());
    case Unit::Decade: return {Day::of(d.year() / 10 * 10, 1, 1), Day::of(d.year() / 10 * 10 + 9, 12, 31)};
    default: return DayRange::on(d);
    }
}

bool is_year(std::string_view form) {
    const auto n = integer(form);
    return form.size() == 4 && n && *n >= 1800 && *n <= 2100;
}

/// One scan over a sentence.
class Scanner {
  public:
    Scanner(const Tree& tree, const Mentions& mentions, const World& world, std::optional<Day> day)
        : tree_(tree), a_(tree.annotation()), mentions_(mentions), world_(world), day_(day) {}

    void scan(TokenRange sentence, std::vector<TimeExpression>& out) {
        end_ = sentence.last;
        for (Token t = sentence.first; t < sentence.last;) {
            TimeExpression e;
            const Token next = match(t, e);
            if (next == t) {
                ++t;
                continue;
            }
            e.tokens = {t, next};
            e.head = link(e.tokens);
            modify(sentence, e);
            out.push_back(e);
            t = next;
        }
    }

  private:
    [[nodiscard]] std::string word(Token t) const { return t < end_ ? plain(a_.form[t]) : std::string(); }
    [[nodiscard]] std::string lemma(Token t) const { return t < end_ ? plain(a_.lemma[t]) : std::string(); }

    [[nodiscard]] Token link(TokenRange range) const {
        for (Token t = range.first; t < range.last; ++t)
            if (a_.head[t] == kNoToken || !range.contains(a_.head[t])) return t;
        return range.first;
    }

    /// Tense of the clause that the expression stands in: weekdays and months without a year look that way.
    [[nodiscard]] bool future(Token t) const {
        for (Token up = t; up != kNoToken; up = a_.head[up]) {
            if (a_.upos[up] != Upos::VERB && a_.upos[up] != Upos::AUX) continue;
            for (const Token c : tree_.children(up))
                if ((a_.rel[c] == Rel::Aux) &&
                    (a_.lemma[c] == "will" || a_.lemma[c] == "shall" || a_.lemma[c] == "would"))
                    return true;
            const std::string l = plain(a_.lemma[up]);
            if (a_.xpos[up] != "VBD" && a_.xpos[up] != "VBN" &&
                (l == "plan" || l == "expect" || l == "schedule" || l == "due" || l == "intend"))
                return true;
            if (a_.rel[up] == Rel::Xcomp && a_.head[up] != kNoToken) {
                const std::string g = plain(a_.lemma[a_.head[up]]);
                if (g == "expect" || g == "plan" || g == "schedule" || g == "due" || g == "set" || g == "go" ||
                    g == "agree" || g == "intend")
                    return true;
            }
            if (a_.xpos[up] == "VBD" || a_.xpos[up] == "VBN") return false;
        }
        return false;
    }

    /// A month (and day) without its year: the nearest in the direction of the tense.
    [[nodiscard]] int year_for(int month, int day_of_month, Token t) const {
        const int y = day_->year();
        const Day same = Day::of(y, month, day_of_month == 0 ? 1 : day_of_month);
        if (future(t)) return same.plus(31) < *day_ ? y + 1 : y;
        return same > day_->plus(7) ? y - 1 : y;
    }

    Token match(Token t, TimeExpression& e) {
        const std::string w = word(t);
        if (w.empty()) return t;
        // 2025-01-17
        if (w.size() == 10 && w[4] == '-' && w[7] == '-')
            if (const auto d = Day::parse(w)) {
                e.range = DayRange::on(*d);
                return t + 1;
            }
        if (const Token next = month_date(t, w, e); next != t) return next;
        if (const Token next = relative(t, w, e); next != t) return next;
        if (const Token next = term_of_office(t, w, e); next != t) return next;
        // "the 1990s"
        if (w.size() == 5 && w[4] == 's' && is_year(std::string_view(w).substr(0, 4))) {
            const int y = *integer(std::string_view(w).substr(0, 4));
            e.range = {Day::of(y, 1, 1), Day::of(y + (y % 100 == 0 ? 99 : 9), 12, 31)};
            return t + 1;
        }
        if ((w.starts_with("mid-") || w.starts_with("late-") || w.starts_with("early-")) &&
            is_year(std::string_view(w).substr(w.find('-') + 1))) {
            e.range = part(DayRange::of_year(*integer(std::string_view(w).substr(w.find('-') + 1))),
                           w.substr(0, w.find('-')));
            return t + 1;
        }
        if (is_year(w) && year_context(t)) {
            const int y = *integer(w);
            e.range = DayRange::of_year(y);
            // "2001-2005", "2001 to 2005"
            const std::string joint = word(t + 1);
            if ((joint == "-" || joint == "–" || joint == "to" || joint == "and") && is_year(word(t + 2)) &&
                (joint != "and" || (t > 0 && word(t - 1) == "between"))) {
                e.range.last = DayRange::of_year(*integer(word(t + 2))).last;
                return t + 3;
            }
            return t + 1;
        }
        return t;
    }

    [[nodiscard]] bool year_context(Token t) const {
        // A bare number is a year after a preposition of time, before a noun, or after a season or month.
        const std::string before =
            t > 0 && tree_.sentence_of(t - 1) == tree_.sentence_of(t) ? word(t - 1) : std::string();
        static constexpr std::array<std::string_view, 22> kBefore = {
            "in",   "since", "of",  "from", "by",  "until",   "till",    "after",  "before", "during", "early",
            "late", "mid",   "the", "its",  "and", "between", "through", "spring", "summer", "autumn", "winter"};
        if (std::find(kBefore.begin(), kBefore.end(), before) != kBefore.end()) {
            if (before == "of" || before == "the" || before == "and") {
                // "the 2015 deal" yes; "of 2000 soldiers" no: a plural noun that it counts follows.
                return !(a_.rel[t] == Rel::Nummod && t + 1 < end_ && a_.xpos[a_.head[t]] == "NNS" &&
                         a_.head[t] == t + 1);
            }
            return !(a_.rel[t] == Rel::Nummod && a_.head[t] != kNoToken && a_.xpos[a_.head[t]] == "NNS");
        }
        return a_.head[t] != kNoToken && a_.head[t] > t &&
               (a_.rel[t] == Rel::Nummod || a_.rel[t] == Rel::Compound || a_.rel[t] == Rel::NmodUnmarked) &&
               a_.xpos[a_.head[t]] != "NNS";
    }

    static DayRange part(DayRange r, std::string_view which) {
        const int n = r.length();
        if (which == "early") return {r.first, r.first.plus(n / 3)};
        if (which == "late") return {r.last.plus(-n / 3), r.last};
        if (which == "mid") return {r.first.plus(n / 3), r.last.plus(-n / 3)};
        return r;
    }

    Token month_date(Token t, const std::string& w, TimeExpression& e) {
        // "mid-January"
        std::string_view named = w;
        std::string_view which;
        for (const std::string_view prefix : {"mid-", "early-", "late-"})
            if (named.starts_with(prefix)) {
                which = prefix.substr(0, prefix.size() - 1);
                named.remove_prefix(prefix.size());
            }
        int month = month_of(named);
        int day = 0;
        Token next = t;
        const auto day_number = [&](Token k) {
            std::string s = word(k);
            if (s.size() > 2 && (s.ends_with("st") || s.ends_with("nd") || s.ends_with("rd") || s.ends_with("th")))
                s.resize(s.size() - 2);
            const auto n = integer(s);
            return n && *n >= 1 && *n <= 31 ? *n : 0;
        };
        const char initial = a_.form[t][w.size() - named.size() < a_.form[t].size() ? w.size() - named.size() : 0];
        int last_day = 0; // of "January 5 - 9"
        if (month != 0 && initial >= 'A' && initial <= 'Z') {
            // "may" and "march" are months only with a capital and as nominals.
            if ((w == "may" || w == "march" || w == "mar" || w == "dec") && a_.upos[t] != Upos::PROPN) return t;
            next = t + 1;
            if (day_number(next) != 0 && !is_year(word(next))) {
                day = day_number(next);
                ++next;
                if ((word(next) == "-" || word(next) == "–" || word(next) == "to") && day_number(next + 1) > day &&
                    month_of(word(next + 2)) == 0) {
                    last_day = day_number(next + 1);
                    next += 2;
                }
            }
        } else if (day_number(t) != 0 && month_of(word(t + 1)) != 0 && t + 1 < end_ && a_.form[t + 1].front() <= 'Z') {
            day = day_number(t);
            month = month_of(word(t + 1));
            next = t + 2;
        } else if (day_number(t) != 0 && word(t + 1) == "of" && month_of(word(t + 2)) != 0) {
            day = day_number(t);
            month = month_of(word(t + 2));
            next = t + 3;
        } else {
            return t;
        }
        int year = 0;
        Token k = next;
        if (word(k) == ",") ++k;
        if (word(k) == "of") ++k;
        if (is_year(word(k)) && (k == next || day != 0 || word(next) == "of")) {
            year = *integer(word(k));
            next = k + 1;
        } else if ((word(next) == "last" || word(next) == "this" || word(next) == "next") && word(next + 1) == "year" &&
                   day_) {
            year = day_->year() + (word(next) == "last" ? -1 : word(next) == "next" ? 1 : 0);
            next += 2;
        }
        if (year == 0) {
            if (!day_) return t;
            // "last March", "next June"
            const std::string before = t > 0 ? word(t - 1) : std::string();
            year = year_for(month, day, t);
            if (before == "last" && Day::of(year, month, 1) > *day_) --year;
            if (before == "next" && Day::of(year, month, 28) < *day_) ++year;
        }
        e.range = day != 0 ? DayRange::on(Day::of(year, month, day)) : DayRange::of_month(year, month);
        if (last_day != 0) e.range.last = Day::of(year, month, last_day);
        // "17-19"
        if (day != 0 && (word(next) == "-" || word(next) == "–" || word(next) == "to") && day_number(next + 1) > day &&
            month_of(word(next + 2)) == 0) {
            e.range.last = Day::of(year, month, day_number(next + 1));
            next += 2;
        }
        if (t > 0 && day == 0) {
            const std::string before = word(t - 1);
            if (before == "early" || before == "late" || before == "mid") e.range = part(e.range, before);
        }
        if (!which.empty()) e.range = part(e.range, which);
        return next;
    }

    Token relative(Token t, const std::string& w, TimeExpression& e) {
        if (!day_) return t;
        const Day d = *day_;
        const auto set = [&](DayRange r, Token next) {
            e.range = r;
            return next;
        };
        if (w == "today" || w == "tonight") return set(DayRange::on(d), t + 1);
        if (w == "yesterday") return set(DayRange::on(d.plus(-1)), t + 1);
        if (w == "tomorrow") return set(DayRange::on(d.plus(1)), t + 1);
        if (w == "overnight" && a_.upos[t] == Upos::ADV) return set({d.plus(-1), d}, t + 1);
        if (w == "this" && (word(t + 1) == "morning" || word(t + 1) == "evening" || word(t + 1) == "afternoon"))
            return set(DayRange::on(d), t + 2);
        if (w == "last" && word(t + 1) == "night") return set(DayRange::on(d.plus(-1)), t + 2);
        Token k = t;
        std::string dir;
        if (w == "last" || w == "next" || w == "this" || w == "past" || w == "previous" || w == "coming" ||
            w == "recent") {
            dir = w;
            k = t + 1;
        }
        // weekday
        if (const int wd = weekday_of(word(k)); wd >= 0) {
            Day on = d.plus(-((d.weekday() - wd + 7) % 7));
            const bool ahead = (dir.empty() || dir == "this") && future(k) && on < d;
            if (dir == "next" || dir == "coming" || ahead) on = on.plus(7);
            if (dir == "next" && on <= d) on = on.plus(7);
            if (dir == "last" && on == d) on = on.plus(-7);
            Token next = k + 1;
            // "Sunday, April 9, 1989": the date says which Sunday.
            {
                const Token date = word(next) == "," ? next + 1 : next;
                TimeExpression inner;
                const Token after = date < end_ ? month_date(date, word(date), inner) : date;
                if (after != date && inner.range.length() == 1) {
                    e.range = inner.range;
                    return after;
                }
            }
            if (word(next) == "night" || word(next) == "morning" || word(next) == "evening" ||
                word(next) == "afternoon")
                ++next;
            return set(DayRange::on(on), next);
        }
        if (!dir.empty()) {
            // "last year", "the past three years", "the last few weeks", "this month", "recent weeks"
            int n = 1;
            bool counted = false;
            if (unit_of(lemma(k)) == Unit::None) {
                n = small_number(word(k));
                if (n < 0) return season_of(t, dir, k, e);
                counted = true;
                ++k;
                if (word(k) == "of") ++k;
            }
            const Unit unit = unit_of(lemma(k));
            if (unit == Unit::None) return t;
            n = measured(lemma(k), n);
            const bool plural = word(k) != lemma(k);
            const bool the = t > 0 && word(t - 1) == "the";
            if (dir == "recent") {
                e.duration = true;
                return set({back(d, unit, 3), d}, k + 1);
            }
            if (dir == "this") {
                DayRange r = around(d, unit);
                if (future(k))
                    r.first = d;
                else
                    r.last = d;
                return set(r, k + 1);
            }
            if (dir == "next" || dir == "coming") {
                if (counted || plural) return set({d, back(d, unit, -n)}, k + 1);
                const DayRange now = around(d, unit);
                return set(around(now.last.plus(1), unit), k + 1);
            }
            if (counted || plural || the || dir == "past") {
                e.duration = true;
                return set({back(d, unit, n), d}, k + 1);
            }
            const DayRange now = around(d, unit);
            return set(around(now.first.plus(-1), unit), k + 1);
        }
        if ((w == "earlier" || w == "later" || w == "early" || w == "late") && word(t + 1) == "this" &&
            unit_of(lemma(t + 2)) != Unit::None) {
            DayRange r = around(d, unit_of(lemma(t + 2)));
            if (w == "earlier" || w == "early") r.last = d;
            if (w == "later") r.first = d;
            return set(r, t + 3);
        }
        if (w == "earlier" && word(t + 1) == "in" && word(t + 2) == "the" && unit_of(lemma(t + 3)) != Unit::None) {
            DayRange r = around(d, unit_of(lemma(t + 3)));
            r.last = d;
            return set(r, t + 4);
        }
        // "two days ago", "a week earlier", "three years later"
        if (int n = small_number(w); n > 0) {
            k = t + 1;
            if (word(k) == "of") ++k;
            if (word(k) == "few" || word(k) == "couple") n = small_number(word(k++));
            if (word(k) == "of") ++k;
            const Unit unit = unit_of(lemma(k));
            n = measured(lemma(k), n);
            if (unit != Unit::None &&
                (word(k + 1) == "ago" || (word(k + 1) == "earlier" && a_.upos[k + 1] == Upos::ADV))) {
                const Day on = back(d, unit, n);
                DayRange r = unit == Unit::Day ? DayRange::on(on) : around(on, unit == Unit::Week ? Unit::Week : unit);
                if (unit == Unit::Decade) r = around(on, Unit::Decade);
                if (r.last > d) r.last = d;
                return set(r, k + 2);
            }
        }
        if (w == "decades" && word(t + 1) == "ago")
            return set({back(d, Unit::Decade, 5), back(d, Unit::Decade, 2)}, t + 2);
        if (w == "years" && word(t + 1) == "ago") return set({back(d, Unit::Year, 10), back(d, Unit::Year, 2)}, t + 2);
        return t;
    }

    Token season_of(Token t, const std::string& dir, Token k, TimeExpression& e) const {
        static constexpr std::array<std::pair<std::string_view, int>, 5> kSeasons = {
            {{"spring", 3}, {"summer", 6}, {"autumn", 9}, {"fall", 9}, {"winter", 12}}};
        const std::string w = word(k);
        for (const auto& [season, month] : kSeasons) {
            if (w != season) continue;
            int year = day_->year();
            if (dir == "last" && Day::of(year, month, 1).plus_months(3) > *day_) --year;
            if (dir == "next" && Day::of(year, month, 1) < *day_) ++year;
            const Day first = Day::of(year, month, 1);
            e.range = {first, first.plus_months(3).plus(-1)};
            return k + 1;
        }
        return t;
    }

    /// "his first term", "Obama's presidency", "under President Bush" is left to prepositions.
    Token term_of_office(Token t, const std::string& w, TimeExpression& e) const {
        if (w != "term" && w != "presidency" && w != "premiership" && w != "tenure" && w != "administration" &&
            w != "reign")
            return t;
        if (w == "administration") return t;
        Token owner = tree_.child(t, Rel::NmodPoss);
        if (owner == kNoToken)
            for (const Token c : tree_.children(t))
                if (a_.rel[c] == Rel::Nmod && tree_.preposition(c) == "of") owner = c;
        if (owner == kNoToken) return t;
        const Mention* m = mentions_.at(owner);
        if ((m == nullptr || m->entities.empty()) && a_.upos[owner] == Upos::PRON) {
            // "During his first term, X visited": the pronoun looks ahead to the subject.
            Token verb = t;
            while (verb != kNoToken && a_.upos[verb] != Upos::VERB) verb = a_.head[verb];
            bool inherited = false;
            const Token subject = verb == kNoToken ? kNoToken : tree_.subject(verb, inherited);
            m = subject == kNoToken ? nullptr : mentions_.at(subject);
        }
        if (m == nullptr || m->entities.empty()) return t;
        std::vector<NameHit> hits;
        world_.find(m->entities.front().identifier_text, hits);
        int wanted = 0;
        for (const Token c : tree_.children(t)) {
            const std::string l = plain(a_.lemma[c]);
            if (l == "first")
                wanted = 1;
            else if (l == "second")
                wanted = 2;
            else if (l == "third")
                wanted = 3;
            else if (l == "current" || l == "present")
                wanted = -1;
        }
        for (const NameHit& h : hits) {
            if (world_.entry(h.entry).kind != EntryKind::Person) continue;
            std::vector<Tenure> tenures;
            world_.tenures(h.entry, tenures);
            std::erase_if(tenures, [](const Tenure& x) {
                return x.title != "president" && x.title != "prime minister" && x.title != "chancellor" &&
                       x.title != "king" && x.title != "supreme leader";
            });
            if (tenures.empty()) continue;
            std::size_t index = 0;
            if (wanted == -1)
                index = tenures.size() - 1;
            else if (wanted > 0)
                index = std::min<std::size_t>(static_cast<std::size_t>(wanted) - 1, tenures.size() - 1);
            else if (w == "term")
                index = tenures.size() - 1;
            e.range = {tenures[index].from, tenures[index].to};
            if (w != "term" && wanted == 0) e.range = {tenures.front().from, tenures.back().to};
            if (day_ && e.range.last > *day_) e.range.last = std::max(*day_, e.range.first);
            e.term = true;
            return t + 1;
        }
        return t;
    }

    /// Prepositions that widen or bound the expression.
    void modify(TokenRange sentence, TimeExpression& e) const {
        if (e.tokens.first == sentence.first) return;
        Token b = e.tokens.first - 1;
        std::string before = word(b);
        if ((before == "the" || before == "early" || before == "late" || before == "mid") && b > sentence.first) {
            if (before != "the" && e.range.length() > 300) e.range = part(e.range, before);
            before = word(--b);
        }
        if (before == "since" && day_ && e.range.first <= *day_) {
            e.since = true;
        }
    }

    const Tree& tree_;
    const Annotation& a_;
    const Mentions& mentions_;
    const World& world_;
    std::optional<Day> day_;
    Token end_ = 0;
};

} // namespace

std::vector<TimeExpression> find_times(const Tree& tree, const Mentions& mentions, const World& world,
                                       std::optional<Day> day) {
    std::vector<TimeExpression> out;
    Scanner scanner(tree, mentions, world, day);
    for (const TokenRange& sentence : tree.annotation().sentences) scanner.scan(sentence, out);
    return out;
}

} // namespace kadesh
