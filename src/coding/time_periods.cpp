#include "coding/time_periods.hpp"

#include "coding/time_calendar.hpp"

#include <string>
#include <utility>

namespace kadesh {

namespace {

using Kind = LooseTime::Kind;

bool points(const std::string& w) {
    return w == "the" || w == "that" || w == "this" || w == "its" || w == "their" || w == "a";
}

bool latest(const std::string& w) {
    return w == "latest" || w == "recent" || w == "current" || w == "just" || w == "same";
}

bool compared(const std::string& w) {
    return w == "comparable" || w == "corresponding" || w == "similar" || w == "prior";
}

} // namespace

LooseTime find_period(const Annotation& a, const TimeReader& read, const TimeWords& words, Token t,
                      std::optional<Day> day) {
    const LooseTime none{{t, t}, {}, Kind::Fixed};
    if (!day) return none;
    Token k = t;
    const std::string opening = read.word(k);
    const bool pointed = points(opening);
    if (pointed) ++k;
    const Token first = opening == "a" ? k : t; // "a third-quarter loss"
    const bool comparing = compared(read.word(k));
    if (comparing) ++k;
    const auto period_noun = [&](Token at) {
        const std::string l = read.lemma(at);
        return at < a.size() && a.xpos[at] != "NNS" && (l == "quarter" || l == "period");
    };
    // "the year-earlier period", "a comparable year-ago quarter", "year-ago results"
    if (read.word(k) == "year" && read.hyphen(k + 1) && (read.word(k + 2) == "earlier" || read.word(k + 2) == "ago")) {
        const Token next = k + 3;
        return {{t, period_noun(next) ? next + 1 : next}, "year", Kind::Earlier};
    }
    // "year-end", "year's end"
    if (read.word(k) == "year" &&
        ((read.hyphen(k + 1) && read.word(k + 2) == "end") || (read.word(k + 1) == "'s" && read.word(k + 2) == "end")))
        return {{t, k + 3}, timex_unit(*day, TimeUnit::Year), Kind::Fixed};
    if (read.word(k) == "year" && read.word(k + 1) == "end" && !pointed)
        return {{t, k + 2}, timex_unit(*day, TimeUnit::Year), Kind::Fixed};
    const int now = (day->month() - 1) / 3 + 1;
    const auto ordinal = words.number(TimeWord::Ordinal, read.word(k));
    if (ordinal || read.word(k) == "last" || read.word(k) == "final" || read.word(k) == "latter") {
        Token n = k + 1;
        if (read.hyphen(n)) ++n;
        if (read.word(n) == "fiscal") ++n;
        if (read.lemma(n) == "half" && (n > k + 1 || read.word(n + 1) == "of")) {
            // "the first half of 1989", not "the first half of the game"
            const Token of = n + 2;
            if (!read.year(of) && read.word(of) != "this" && read.word(of) != "last" && read.word(of) != "next" &&
                read.word(of) != "fiscal")
                return none;
            return {{t, n + 1}, timex_quarter(day->year(), ordinal.value_or(2) == 1 ? 1 : 2, 'H'), Kind::Quarter};
        }
        if (ordinal && *ordinal <= 4 && n < a.size() && a.xpos[n] != "NNS" &&
            (read.lemma(n) == "quarter" || (read.lemma(n) == "period" && n > k + 1)))
            return {{first, n + 1}, timex_quarter(day->year() - (*ordinal > now ? 1 : 0), *ordinal), Kind::Quarter};
        if (read.word(k) != "last") return none;
    }
    if (latest(read.word(k))) ++k;
    const std::string which = read.word(k);
    if (read.word(k) == "fiscal" && read.lemma(k + 1) == "year" && pointed && opening != "a" &&
        a.xpos[k + 1] != "NNS") {
        const std::string before = read.word(k - 1);
        const int back = before == "latest" ? 1 : 0;
        return {{t, k + 2}, timex_unit(Day::of(day->year() - back, 1, 1), TimeUnit::Year), Kind::Fixed};
    }
    if (which == "last" || which == "next") {
        if (read.lemma(k + 1) != "quarter" || a.xpos[k + 1] == "NNS") return none;
        const Day there = units_back(*day, TimeUnit::Quarter, which == "last" ? 1 : -1);
        return {{t, k + 2}, timex_unit(there, TimeUnit::Quarter), Kind::Fixed};
    }
    if (!period_noun(k) || read.hyphen(k + 1)) return none;
    // "a quarter of the bonds", "a period"
    if (opening == "a" && !comparing) return none;
    const std::string l = read.lemma(k);
    if (k > t && (opening == "that" || read.word(k - 1) == "same")) return {{t, k + 1}, "that " + l, Kind::Period};
    return {{t, k + 1}, (k > t && latest(read.word(k - 1)) ? "latest " : "") + l, Kind::Period};
}

} // namespace kadesh
