#include "coding/time_calendar.hpp"
#include "coding/time_direction.hpp"
#include "coding/time_expressions.hpp"
#include "coding/time_reader.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace kadesh {

namespace {

using Kind = LooseTime::Kind;

struct Item {
    TokenRange tokens;
    std::string value;
    std::optional<DayRange> range;
    Kind kind = Kind::Fixed;
    bool dated = false;
    int year = 0; ///< of a Period: the one that stands beside it
    bool gone = false;
};

bool is_year(const Item& i) {
    return i.dated && i.value.size() == 4 && whole_number(i.value);
}

bool is_day(const Item& i) {
    return i.dated && i.value.size() == 10 && Day::parse(i.value);
}

/// Signs of an amount; prices carry theirs in front ("C$").
bool amount(std::string_view form) {
    static constexpr std::array<std::string_view, 12> kAmounts = {"%", "percent", "cents",   "cent", "pence", "#", "£",
                                                                  "€", "million", "billion", "$",    "points"};
    return form.ends_with('$') || std::find(kAmounts.begin(), kAmounts.end(), form) != kAmounts.end();
}

class Resolver {
  public:
    Resolver(const Tree& tree, const TimeWords& words, std::optional<Day> day)
        : tree_(tree), a_(tree.annotation()), words_(words), read_(a_, words), day_(day) {}

    std::vector<ResolvedTime> run(const std::vector<TimeExpression>& dated, const std::vector<LooseTime>& loose) {
        gather(dated, loose);
        for (std::size_t i = 0; i + 1 < items_.size(); ++i) join(items_[i], items_[i + 1]);
        for (Item& item : items_)
            if (!item.gone) resolve(item);
        std::vector<ResolvedTime> out;
        for (Item& i : items_) {
            if (i.gone) continue;
            if (!i.range) i.range = timex_days(i.value);
            out.push_back({i.tokens, std::move(i.value), i.range});
        }
        return out;
    }

  private:
    void gather(const std::vector<TimeExpression>& dated, const std::vector<LooseTime>& loose) {
        for (const TimeExpression& e : dated) {
            if (e.second == kNoToken) {
                items_.push_back({e.tokens, e.value, e.range, Kind::Fixed, true});
                continue;
            }
            const DayRange last = DayRange::of_year(e.range.last.year());
            items_.push_back({{e.tokens.first, e.second - 1}, e.value, {}, Kind::Fixed, true});
            items_.push_back(
                {{e.second, e.tokens.last}, timex_unit(last.first, TimeUnit::Year), last, Kind::Fixed, true});
        }
        for (const LooseTime& e : loose) items_.push_back({e.tokens, e.value, {}, e.kind});
        std::sort(items_.begin(), items_.end(),
                  [](const Item& x, const Item& y) { return x.tokens.first < y.tokens.first; });
    }

    /// The words between two expressions, joined by spaces; "…" when there are more than three.
    [[nodiscard]] std::string between(const Item& a, const Item& b) const {
        if (b.tokens.first > a.tokens.last + 3) return "…";
        std::string out;
        for (Token t = a.tokens.last; t < b.tokens.first; ++t) (out += out.empty() ? "" : " ") += read_.word(t);
        return out;
    }

    static void fuse(Item& a, Item& b, std::string value) {
        b.tokens.first = a.tokens.first;
        b.value = std::move(value);
        b.range.reset();
        a.gone = true;
    }

    /// "1989-Q3" in another year.
    static std::string in_year(const std::string& period, int year) {
        return timex_unit(Day::of(year, 1, 1), TimeUnit::Year) + period.substr(4);
    }

    void join(Item& a, Item& b) const {
        if (a.gone) return;
        const std::string gap = between(a, b);
        const bool touching = gap.empty();
        const bool same_sentence = tree_.sentence_of(a.tokens.first) == tree_.sentence_of(b.tokens.first);
        if (a.kind == Kind::Clock && is_day(b) && (touching || gap == "on" || gap == "," || gap == "local time")) {
            const std::string value = b.value + a.value;
            if (gap == "on") {
                a.value = value;
                a.kind = Kind::Fixed;
            } else {
                fuse(a, b, value);
            }
            return;
        }
        if (!same_sentence) return;
        if (b.kind == Kind::Clock && is_day(a) &&
            (touching || gap == "at" || gap == "," || gap == ", at" || gap == "at about" || gap == "at around")) {
            b.value = a.value + b.value;
            b.kind = Kind::Fixed;
            return;
        }
        const bool linked = touching || gap == "'s" || gap == "’s" || gap == "fiscal" || gap == "-";
        if (is_year(a) && linked && b.kind == Kind::Quarter) {
            fuse(a, b, in_year(b.value, *whole_number(a.value)));
            return;
        }
        if (is_year(a) && linked && b.kind == Kind::Period) {
            b.year = *whole_number(a.value);
            fuse(a, b, b.value);
            return;
        }
        if (is_year(b) && (touching || gap == "of" || gap == "in" || gap == "of fiscal" || gap == ",")) {
            if (a.kind == Kind::Quarter) {
                fuse(a, b, in_year(a.value, *whole_number(b.value)));
                b.dated = false;
                b.kind = Kind::Quarter;
                return;
            }
            if (a.kind == Kind::Period) {
                b.year = *whole_number(b.value);
                fuse(a, b, a.value);
                b.dated = false;
                b.kind = Kind::Period;
                return;
            }
            if (a.kind == Kind::Unit && a.value == "year") {
                fuse(a, b, b.value);
                return;
            }
        }
        if (a.kind == Kind::Unit && (a.value == "week" || a.value == "weekend") && gap == "of" && is_day(b)) {
            const std::string week = timex_unit(b.range->first, TimeUnit::Week);
            fuse(a, b, a.value == "week" ? week : week + "-WE");
            b.dated = false;
            return;
        }
        // "the fourth quarter ended Sept. 30", "the quarter ended July 31": a year of one's own, by its end.
        const bool ends =
            gap == "ended" || gap == "ending" || gap == "that ended" || gap == "which ended" || gap == "ended on";
        if (ends && b.dated && b.range && (is_day(b) || b.value.size() == 7)) {
            if (a.kind == Kind::Quarter) a.value = in_year(a.value, b.range->first.year());
            if (a.kind == Kind::Period) {
                a.value = timex_unit(b.range->first.plus_months(-1), TimeUnit::Quarter);
                a.kind = Kind::Quarter;
            }
        }
    }

    /// The last quarter that is over.
    [[nodiscard]] std::string finished_quarter() const {
        return day_ ? timex_unit(units_back(*day_, TimeUnit::Quarter, 1), TimeUnit::Quarter) : std::string();
    }

    /// The quarter whose figures the text gives: the latest one named that is over.
    void note_quarter(const std::string& value) {
        last_named_ = value;
        if (value.find("-Q") != 4 || value > finished_quarter()) return;
        quarter_ = std::max(quarter_, value);
    }

    [[nodiscard]] std::string year_before(const std::string& period) const {
        return in_year(period, whole_number(period.substr(0, 4)).value_or(0) - 1);
    }

    void resolve(Item& item) {
        switch (item.kind) {
        case Kind::Quarter: note_quarter(item.value); break;
        case Kind::Period: period(item); break;
        case Kind::Earlier:
            if (!day_) return;
            item.value = quarter_.empty() ? timex_unit(units_back(*day_, TimeUnit::Year, 1), TimeUnit::Year)
                                          : year_before(quarter_);
            break;
        case Kind::Unit: report_unit(item); break;
        case Kind::That:
        case Kind::Next: told_unit(item); break;
        case Kind::Clock: clock(item); break;
        case Kind::Fixed: fixed(item); break;
        }
    }

    void period(Item& item) {
        const bool quarter = item.value.ends_with("quarter");
        const bool that = item.value.starts_with("that");
        std::string told = that && !last_named_.empty() ? last_named_ : quarter_;
        // "period" means a quarter only where the text speaks of quarters, and neither word does so alone.
        if (told.empty() && quarter) told = finished_quarter();
        if (told.empty() || (item.tokens.size() == 1 && item.year == 0)) {
            item.gone = item.year == 0;
            if (item.year != 0) item.value = timex_unit(Day::of(item.year, 1, 1), TimeUnit::Year);
            return;
        }
        item.value = item.year == 0 ? told : in_year(told, item.year);
        if (item.year == 0) note_quarter(told);
    }

    void report_unit(Item& item) const {
        if (!day_) {
            item.gone = true;
            return;
        }
        if (item.value == "weekend") {
            const bool ahead = way_of_time(tree_, words_, item.tokens.first) == TimeWay::Ahead;
            const Day week = ahead || day_->weekday() >= 5 ? *day_ : day_->plus(-7);
            item.value = timex_unit(week, TimeUnit::Week) + "-WE";
            return;
        }
        item.value = timex_unit(*day_, unit_of(item.value));
    }

    [[nodiscard]] static TimeUnit unit_of(std::string_view name) {
        return name == "day"     ? TimeUnit::Day
               : name == "week"  ? TimeUnit::Week
               : name == "month" ? TimeUnit::Month
                                 : TimeUnit::Year;
    }

    void told_unit(Item& item) {
        if (const auto part = words_.find(TimeWord::Part, item.value)) {
            const bool day_told = told_ && told_unit_ == TimeUnit::Day;
            if (!day_told && !day_) {
                item.gone = true;
                return;
            }
            item.value = (day_told ? *told_ : *day_).iso() + std::string(*part);
            return;
        }
        const TimeUnit unit = unit_of(item.value);
        if (!told_ || item.value == "weekend" || (unit != TimeUnit::Year && told_unit_ > unit)) {
            item.gone = true;
            return;
        }
        const Day there = item.kind == Kind::Next ? units_back(*told_, unit, -1) : *told_;
        item.value = timex_unit(there, unit);
    }

    void clock(Item& item) const {
        std::optional<Day> on = day_;
        const std::uint32_t sentence = tree_.sentence_of(item.tokens.first);
        std::uint32_t nearest = 1000;
        for (const Item& other : items_) {
            if (other.gone || !is_day(other)) continue;
            const bool after = other.tokens.first > item.tokens.first;
            const std::uint32_t distance =
                after ? other.tokens.first - item.tokens.first : item.tokens.first - other.tokens.first;
            // "p.m." may end a sentence for the splitter.
            if (tree_.sentence_of(other.tokens.first) != sentence && !(after && distance < 8)) continue;
            if (distance >= nearest) continue;
            nearest = distance;
            on = other.range->first;
        }
        if (on)
            item.value = on->iso() + item.value;
        else
            item.gone = true;
    }

    void fixed(Item& item) {
        // Figures of some months: what is compared with them is no quarter's.
        if (item.value.starts_with('P') && item.value.ends_with('M') && !item.value.starts_with("PT")) quarter_.clear();
        if (!item.dated) return;
        if (!quarter_.empty() && compares(item)) {
            item.value = year_before(quarter_);
            item.range.reset();
            return;
        }
        if (!item.range) return;
        const std::size_t size = item.value.find('T') == 10 ? 10 : item.value.size();
        if (size == 10 || size == 7 || size == 4) {
            told_ = item.range->first;
            told_unit_ = size == 10                                  ? TimeUnit::Day
                         : item.value.find('W') != std::string::npos ? TimeUnit::Week
                         : size == 7                                 ? TimeUnit::Month
                                                                     : TimeUnit::Year;
        }
    }

    /// "$2 million a year earlier", "up 19% from a year ago", "compared with $3 million last year".
    [[nodiscard]] bool compares(const Item& item) const {
        const Token last = item.tokens.last - 1;
        const std::string w = read_.word(last);
        const bool ago = (w == "ago" || w == "earlier") && read_.lemma(last - 1) == "year" &&
                         (item.tokens.size() == 3 && read_.word(item.tokens.first) == "a");
        const bool last_year = w == "year" && read_.word(item.tokens.first) == "last";
        if (!ago && !last_year) return false;
        const TokenRange s = a_.sentences[tree_.sentence_of(last)];
        bool amounts = ago && item.tokens.first > s.first && read_.word(item.tokens.first - 1) == "than";
        bool against = ago;
        for (Token t = s.first; t < s.last; ++t) {
            amounts = amounts || amount(read_.word(t));
            const std::string before = t < item.tokens.first ? read_.word(t) : std::string();
            against = against || before == "compared" || before == "against" || before == "versus" ||
                      before == "compare" || before == "than";
        }
        return amounts && against;
    }

    const Tree& tree_;
    const Annotation& a_;
    const TimeWords& words_;
    TimeReader read_;
    std::optional<Day> day_;
    std::vector<Item> items_;
    std::string quarter_;     ///< whose figures the text gives
    std::string last_named_;  ///< quarter or half
    std::optional<Day> told_; ///< first day of the last date
    TimeUnit told_unit_ = TimeUnit::Day;
};

} // namespace

std::vector<ResolvedTime> resolve_times(const Tree& tree, const TimeWords& words,
                                        const std::vector<TimeExpression>& dated, const std::vector<LooseTime>& loose,
                                        std::optional<Day> day) {
    return Resolver(tree, words, day).run(dated, loose);
}

} // namespace kadesh
