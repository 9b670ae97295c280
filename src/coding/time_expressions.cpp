#include "coding/time_expressions.hpp"

#include "coding/calendar_dates.hpp"
#include "coding/term_of_office.hpp"
#include "coding/time_calendar.hpp"
#include "coding/time_direction.hpp"
#include "coding/time_reader.hpp"

#include <string>
#include <utility>

namespace kadesh {

namespace {

/// A length in calendar units: hours as days, fortnights as weeks, an open number as three.
struct Stretch {
    TimeUnit unit = TimeUnit::None;
    int n = 1;
};

/// One scan over a document for expressions that count from the day of the report, or hold a whole date.
class Scanner {
  public:
    Scanner(const Tree& tree, const Mentions& mentions, const World& world, const TimeWords& words,
            std::optional<Day> day)
        : tree_(tree), a_(tree.annotation()), mentions_(mentions), world_(world), words_(words), read_(a_, words),
          dates_(tree, words, day), day_(day) {}

    void scan(TokenRange sentence, std::vector<TimeExpression>& out) {
        end_ = sentence.last;
        dates_.begin(sentence);
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
            out.push_back(std::move(e));
            t = next;
        }
    }

  private:
    [[nodiscard]] std::string word(Token t) const { return t < end_ ? read_.word(t) : std::string(); }
    [[nodiscard]] TimeUnit unit(Token t) const { return t < end_ ? read_.unit(t) : TimeUnit::None; }
    [[nodiscard]] bool ahead(Token t) const { return way_of_time(tree_, words_, t) == TimeWay::Ahead; }

    [[nodiscard]] Token link(TokenRange range) const {
        for (Token t = range.first; t < range.last; ++t)
            if (a_.head[t] == kNoToken || !range.contains(a_.head[t])) return t;
        return range.first;
    }

    Token match(Token t, TimeExpression& e) {
        if (word(t).empty()) return t;
        if (const Token next = dates_.match(t, e); next != t) return next;
        if (day_)
            if (const Token next = relative(t, *day_, e); next != t) return next;
        if (const auto term = term_of_office(tree_, mentions_, world_, t, day_)) {
            e.range = *term;
            e.value = term->first.iso();
            e.term = true;
            return t + 1;
        }
        return dates_.match_year(t, e);
    }

    static Token set(TimeExpression& e, DayRange range, std::string value, Token next) {
        e.range = range;
        e.value = std::move(value);
        return next;
    }

    /// A day with the part of it that may follow ("yesterday morning").
    Token set_day(TimeExpression& e, Day d, Token next) const {
        std::string value = d.iso();
        if (const auto part = words_.find(TimeWord::Part, word(next))) {
            value += *part;
            ++next;
        }
        return set(e, DayRange::on(d), std::move(value), next);
    }

    Token relative(Token t, Day d, TimeExpression& e) {
        const std::string w = word(t);
        if (w == "today") return set_day(e, d, t + 1);
        if (w == "tonight") return set(e, DayRange::on(d), d.iso() + "TNI", t + 1);
        if (w == "yesterday") return set_day(e, d.plus(-1), t + 1);
        if (w == "tomorrow") return set_day(e, d.plus(1), t + 1);
        if (w == "overnight" && a_.upos[t] == Upos::ADV)
            return set(e, {d.plus(-1), d}, d.plus(-1).iso() + "TNI", t + 1);
        if (w == "this" || w == "last")
            if (const auto part = words_.find(TimeWord::Part, word(t + 1)); part && (w == "this" || *part == "TNI")) {
                const Day on = w == "this" ? d : d.plus(-1);
                return set(e, DayRange::on(on), on.iso() + std::string(*part), t + 2);
            }
        if (const auto way = words_.find(TimeWord::Direction, w)) {
            if (words_.is(TimeWord::Weekday, word(t + 1))) return weekday(t + 1, d, w, e);
            if (const Token next = dates_.season(t + 1, w, e); next != t + 1) return next;
            return directed(t, d, *way, e);
        }
        if (words_.is(TimeWord::Weekday, w)) return weekday(t, d, {}, e);
        if (w == "earlier" || w == "later" || w == "early" || w == "late") return within(t, d, w, e);
        return ago(t, d, e);
    }

    Token weekday(Token k, Day d, std::string_view dir, TimeExpression& e) {
        const int wanted = words_.number(TimeWord::Weekday, word(k)).value_or(0);
        // "Sunday, April 9, 1989": the date says which Sunday.
        const Token date = word(k + 1) == "," ? k + 2 : k + 1;
        TimeExpression inner;
        if (const Token after = date < end_ ? dates_.match(date, inner) : date;
            after != date && inner.range.length() == 1 && inner.second == kNoToken)
            return set(e, inner.range, inner.value, after);
        Day on = d.plus(-((d.weekday() - wanted + 7) % 7));
        const bool to_come = (dir.empty() || dir == "this") && on < d && ahead(k);
        if (dir == "next" || dir == "coming" || to_come) on = on.plus(7);
        if (dir == "next" && on <= d) on = on.plus(7);
        if (dir == "last" && on == d) on = on.plus(-7);
        return set_day(e, on, k + 1);
    }

    [[nodiscard]] Stretch stretch(Token k, const TimeCount& count) const {
        const int n = count.n < 0 ? 3 : count.n;
        if (read_.lemma(k) == "hour") return {TimeUnit::Day, (n + 12) / 24};
        return {unit(k), read_.lemma(k) == "fortnight" ? 2 * n : n};
    }

    [[nodiscard]] std::string length(Token k, const TimeCount& count) const {
        return timex_length(words_.find(TimeWord::Unit, read_.lemma(k)).value_or("P|D"), count);
    }

    /// "last year", "the past three years", "the last few weeks", "this month", "recent weeks", "the next two weeks"
    Token directed(Token t, Day d, std::string_view way, TimeExpression& e) {
        const std::string dir = word(t);
        Token k = t + 1;
        TimeCount count;
        count.n = 1;
        bool counted = false;
        if (unit(k) == TimeUnit::None)
            if (const auto found = read_.count(k); found && !found->article) {
                count = *found;
                counted = true;
                k = count.next;
                // "the next 12 to 18 months"
                if (word(k) == "to" || word(k) == "or" || read_.hyphen(k))
                    if (const auto second = read_.count(k + 1); second && second->next < end_) k = second->next;
                while (words_.is(TimeWord::Measured, word(k))) ++k;
            }
        if (k >= end_) return t;
        const auto [u, n] = stretch(k, count);
        if (u == TimeUnit::None || u == TimeUnit::Quarter) return t;
        const bool plural = word(k) != read_.lemma(k);
        const bool the = t > 0 && read_.word(t - 1) == "the";
        const Token next = k + 1;
        if (way == "here") {
            if (counted || plural) return t;
            DayRange r = unit_around(d, u);
            (ahead(k) ? r.first : r.last) = d;
            return set(e, r, timex_unit(d, u), next);
        }
        if (way == "on") {
            if (counted) return set(e, {d, units_back(d, u, -n)}, length(k, count), next);
            if (plural) return set(e, {d, units_back(d, u, -1)}, "FUTURE_REF", next);
            if (the && u == TimeUnit::Day) return t; // the one after the day told before
            const Day first = unit_around(d, u).last.plus(1);
            return set(e, unit_around(first, u), timex_unit(first, u), next);
        }
        if (dir == "recent") {
            e.duration = true;
            return set(e, {units_back(d, u, 3), d}, "PAST_REF", next);
        }
        if (counted || plural || the || dir == "past") {
            e.duration = true;
            return set(e, {units_back(d, u, n), d}, plural && !counted ? "PAST_REF" : length(k, count), next);
        }
        const Day before = unit_around(d, u).first.plus(-1);
        return set(e, unit_around(before, u), timex_unit(before, u), next);
    }

    /// "earlier this year", "earlier in the month"
    Token within(Token t, Day d, std::string_view w, TimeExpression& e) const {
        Token k = t + 1;
        if (word(k) == "this")
            ++k;
        else if (w == "earlier" && word(k) == "in" && word(k + 1) == "the")
            k += 2;
        else
            return t;
        const TimeUnit u = unit(k);
        if (u == TimeUnit::None) return t;
        DayRange r = unit_around(d, u);
        if (w == "earlier" || w == "early") r.last = d;
        if (w == "later") r.first = d;
        return set(e, r, timex_unit(d, u), k + 1);
    }

    /// "two days ago", "a week earlier", "several years ago"
    Token ago(Token t, Day d, TimeExpression& e) const {
        const std::string w = word(t);
        if ((w == "decades" || w == "years") && word(t + 1) == "ago") {
            const TimeUnit u = unit(t);
            return set(e, {units_back(d, u, u == TimeUnit::Year ? 10 : 5), units_back(d, u, 2)}, "PAST_REF", t + 2);
        }
        const auto count = read_.count(t);
        if (!count || count->n == 0 || count->next >= end_) return t;
        const Token k = count->next;
        const auto [u, n] = stretch(k, *count);
        if (u == TimeUnit::None) return t;
        if (word(k + 1) != "ago" && !(word(k + 1) == "earlier" && a_.upos[k + 1] == Upos::ADV)) return t;
        const Day on = units_back(d, u, n);
        DayRange r = unit_around(on, u);
        if (r.last > d) r.last = d;
        return set(e, r, count->n < 0 ? "PAST_REF" : timex_unit(on, u), k + 2);
    }

    /// Prepositions that widen or bound the expression.
    void modify(TokenRange sentence, TimeExpression& e) const {
        if (e.tokens.first == sentence.first) return;
        Token b = e.tokens.first - 1;
        std::string before = word(b);
        if ((before == "the" || before == "early" || before == "late" || before == "mid") && b > sentence.first) {
            if (before != "the" && e.range.length() > 300) e.range = part_of_range(e.range, before);
            before = word(--b);
        }
        if (before == "since" && day_ && e.range.first <= *day_) e.since = true;
    }

    const Tree& tree_;
    const Annotation& a_;
    const Mentions& mentions_;
    const World& world_;
    const TimeWords& words_;
    TimeReader read_;
    CalendarDates dates_;
    std::optional<Day> day_;
    Token end_ = 0;
};

} // namespace

std::vector<TimeExpression> find_times(const Tree& tree, const Mentions& mentions, const World& world,
                                       const TimeWords& words, std::optional<Day> day) {
    std::vector<TimeExpression> out;
    Scanner scanner(tree, mentions, world, words, day);
    for (const TokenRange& sentence : tree.annotation().sentences) scanner.scan(sentence, out);
    return out;
}

} // namespace kadesh
