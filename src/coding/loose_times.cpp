#include "coding/time_calendar.hpp"
#include "coding/time_direction.hpp"
#include "coding/time_expressions.hpp"
#include "coding/time_periods.hpp"
#include "coding/time_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

namespace kadesh {

namespace {

using Kind = LooseTime::Kind;

class Scanner {
  public:
    Scanner(const Tree& tree, const TimeWords& words, std::optional<Day> day)
        : tree_(tree), a_(tree.annotation()), words_(words), read_(a_, words), day_(day) {}

    /// The expression that begins here, `last == first` if none does.
    [[nodiscard]] LooseTime at(Token t) const {
        if (LooseTime e = clock(t); e.tokens.size() > 0) return e;
        if (LooseTime e = find_period(a_, read_, words_, t, day_); e.tokens.size() > 0) return e;
        if (LooseTime e = repeated(t); e.tokens.size() > 0) return e;
        // Longest first: "the last three years" is left to the resolver, "the nine months" is a length.
        if (LooseTime e = length(t); e.tokens.size() > 0) return e;
        if (LooseTime e = named_unit(t); e.tokens.size() > 0) return e;
        return reference(t);
    }

  private:
    static LooseTime none(Token t) { return {{t, t}, {}, Kind::Fixed}; }
    [[nodiscard]] std::string word(Token t) const { return read_.word(t); }
    [[nodiscard]] bool noun(Token t) const {
        return t < a_.size() && (a_.upos[t] == Upos::NOUN || a_.upos[t] == Upos::PROPN);
    }
    [[nodiscard]] std::optional<std::string_view> unit_sign(Token t) const {
        return noun(t) ? words_.find(TimeWord::Unit, read_.lemma(t)) : std::nullopt;
    }

    /// "10 p.m.", "7:15 a.m. EST", "1430 GMT", "noon"
    [[nodiscard]] LooseTime clock(Token t) const {
        const std::string w = word(t);
        Token next = t + 1;
        int hour = -1;
        int minute = 0;
        const std::size_t colon = std::min(w.find(':'), w.find('.'));
        const auto front = whole_number(w.substr(0, colon));
        if (front && colon != std::string::npos && w.size() == colon + 3) {
            hour = *front;
            minute = whole_number(w.substr(colon + 1)).value_or(60);
        } else if (front && w.size() == 4 && words_.is(TimeWord::Zone, word(next))) {
            hour = *front / 100;
            minute = *front % 100;
        } else if (front && w.size() <= 2) {
            hour = *front;
        } else if ((w == "noon" || w == "midnight") && a_.rel[t] != Rel::Compound) {
            return {{t, next}, w == "noon" ? "T12:00" : "T24:00", Kind::Clock};
        }
        if (hour < 0 || hour > 24 || minute > 59) return none(t);
        const std::string half = word(next);
        const bool named = half == "a.m" || half == "p.m" || half == "am" || half == "pm";
        if (named) {
            if (hour > 12) return none(t);
            hour = hour % 12 + (half.front() == 'p' ? 12 : 0);
            ++next;
        }
        const bool zone = words_.is(TimeWord::Zone, word(next));
        if (!named && !zone) return none(t);
        if (zone) ++next;
        std::array<char, 16> out{};
        std::snprintf(out.data(), out.size(), "T%02d:%02d", hour, minute);
        return {{t, next}, out.data(), Kind::Clock};
    }

    /// "every month", "each year", "every two weeks", "daily"
    [[nodiscard]] LooseTime repeated(Token t) const {
        const std::string w = word(t);
        if (w == "every" || w == "each") {
            if (const auto sign = unit_sign(t + 1)) return {{t, t + 2}, timex_length(*sign, {.n = 1}), Kind::Fixed};
            if (const auto count = read_.count(t + 1))
                if (const auto sign = unit_sign(count->next))
                    return {{t, count->next + 1}, timex_length(*sign, *count), Kind::Fixed};
            return none(t);
        }
        if (const auto often = words_.find(TimeWord::Repeated, w))
            return {{t, t + 1}, std::string(*often), Kind::Fixed};
        return none(t);
    }

    /// "three weeks", "the first nine months", "a two-day visit", "five trading days", "another year", "years"
    [[nodiscard]] LooseTime length(Token t) const {
        Token k = t;
        if (word(k) == "the") ++k;
        const std::string w = word(k);
        if (w == "first" || w == "last" || w == "next" || w == "past" || w == "final") {
            if (k == t) return none(t);
            ++k;
        }
        if (const auto count = read_.count(k)) {
            Token u = count->next;
            // "12 to 18 months"
            if (word(u) == "to" || word(u) == "or" || (read_.hyphen(u) && read_.count(u + 1)))
                if (const auto second = read_.count(u + 1); second && unit_sign(second->next)) u = second->next;
            const bool joined = read_.hyphen(u);
            if (joined) ++u;
            while (words_.is(TimeWord::Measured, word(u))) ++u;
            if (const auto sign = unit_sign(u)) {
                Token next = u + 1;
                if (of_age(next) || (joined && *sign == "P|Q")) return {{t, next}, {}, Kind::Fixed};
                // "a quarter of the bonds", "a second man", "a decades-long war"
                if (count->article && (*sign == "P|Q" || *sign == "PT|S" || a_.xpos[u] == "NNS")) return none(t);
                if (*sign == "P|Q" && joined) return none(t);
                if (read_.hyphen(next) && word(next + 1) == "long") next += 2;
                std::string value = timex_length(*sign, *count);
                // "one day Islam will be …"
                if (word(k) == "one" && word(u) == "day" && way_of_time(tree_, words_, u) == TimeWay::Ahead)
                    value = "FUTURE_REF";
                return {{t, next}, std::move(value), Kind::Fixed};
            }
        }
        // "a day-long meeting"
        if (const auto sign = unit_sign(k);
            sign && read_.hyphen(k + 1) && word(k + 2) == "long" && k == t && !bare_plural(t))
            return {{t, k + 3}, timex_length(*sign, {.n = 1}), Kind::Fixed};
        if (k == t)
            if (const auto sign = unit_sign(t); sign && bare_plural(t)) {
                Token next = t + 1;
                if (read_.hyphen(next) && word(next + 1) == "long") next += 2;
                return {{t, next}, timex_length(*sign, {.n = -1}), Kind::Fixed};
            }
        return none(t);
    }

    /// "52 years old", "six-year-old": what someone is.
    [[nodiscard]] bool of_age(Token t) const {
        return word(t) == "old" || (read_.hyphen(t) && (word(t + 1) == "old" || word(t + 1) == "olds"));
    }

    [[nodiscard]] bool bare_plural(Token t) const {
        const std::string l = read_.lemma(t);
        return a_.xpos[t] == "NNS" && l != "second" && l != "quarter";
    }

    /// "the week", "the year", "that day", "the following year": of the report, or of what was told before.
    [[nodiscard]] LooseTime named_unit(Token t) const {
        const std::string w = word(t);
        Token k = t + 1;
        Kind kind = Kind::Unit;
        if (w == "that" || w == "same") kind = Kind::That;
        if (w == "that" || w == "the") {
            const std::string which = word(k);
            if (which == "same") {
                kind = Kind::That;
                ++k;
            } else if (w == "the" && (which == "following" || which == "next")) {
                kind = Kind::Next;
                ++k;
            } else if (w == "the" && which == "current") {
                ++k;
            }
        } else {
            return none(t);
        }
        if (word(k) == "fiscal") ++k;
        if (!noun(k) || a_.xpos[k] == "NNS") return none(t);
        if (kind == Kind::Next && words_.is(TimeWord::Part, word(k))) return {{t, k + 1}, "day", kind};
        // "in the morning": of the day told before
        if (w == "the" && k == t + 1 && t > 0 && (word(t - 1) == "in" || word(t - 1) == "during") &&
            (word(k) == "morning" || word(k) == "afternoon" || word(k) == "evening"))
            return {{t, k + 1}, word(k), Kind::That};
        const std::string l = read_.lemma(k);
        if (l != "day" && l != "week" && l != "month" && l != "year" && l != "weekend") return none(t);
        if (l == "day" && kind == Kind::Unit) return none(t);
        if (!day_ && kind == Kind::Unit) return none(t);
        // "the year-end" and "the week-long siege" are read elsewhere or not at all.
        if (read_.hyphen(k + 1)) return none(t);
        if (kind == Kind::Unit && (word(k + 1) == "ended" || word(k + 1) == "ending"))
            return {{t, k + 1}, timex_length(*words_.find(TimeWord::Unit, l), {.n = 1}), Kind::Fixed};
        return {{t, k + 1}, l, kind};
    }

    [[nodiscard]] LooseTime reference(Token t) const {
        const auto found = read_.phrase(TimeWord::Reference, t);
        if (!found) return none(t);
        const auto& [value, next] = *found;
        const std::string w = word(t);
        if (w == "the" && !noun(next - 1)) return none(t);
        // "as soon as they left", "he was soon released"
        if (w == "soon" && next == t + 1 &&
            ((t > 0 && word(t - 1) == "as") || way_of_time(tree_, words_, t) == TimeWay::Back))
            return none(t);
        // "at the time of the broadcast"
        if (w == "at" && (word(next) == "of" || word(next) == "when" || word(next) == "that")) return none(t);
        return {{t, next}, std::string(value), Kind::Fixed};
    }

    const Tree& tree_;
    const Annotation& a_;
    const TimeWords& words_;
    TimeReader read_;
    std::optional<Day> day_;
};

} // namespace

std::vector<LooseTime> find_loose_times(const Tree& tree, const TimeWords& words,
                                        const std::vector<TimeExpression>& taken, std::optional<Day> day) {
    std::vector<LooseTime> out;
    const Scanner scanner(tree, words, day);
    auto next = taken.begin();
    for (const TokenRange& sentence : tree.annotation().sentences)
        for (Token t = sentence.first; t < sentence.last;) {
            while (next != taken.end() && next->tokens.last <= t) ++next;
            const Token room = next == taken.end() ? sentence.last : std::min(sentence.last, next->tokens.first);
            if (t >= room) {
                t = std::max(t + 1, next->tokens.last);
                continue;
            }
            LooseTime found = scanner.at(t);
            if (found.tokens.size() > 0 && found.tokens.last <= room) {
                t = found.tokens.last;
                if (!found.value.empty()) out.push_back(std::move(found));
            } else {
                ++t;
            }
        }
    return out;
}

} // namespace kadesh
