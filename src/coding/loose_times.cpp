#include "base/ascii.hpp"
#include "coding/time_expressions.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kadesh {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 18> kWords = {{{"now", "PRESENT_REF"},
                                          {"nowadays", "PRESENT_REF"},
                                          {"currently", "PRESENT_REF"},
                                          {"presently", "PRESENT_REF"},
                                          {"current", "PRESENT_REF"},
                                          {"recently", "PAST_REF"},
                                          {"recent", "PAST_REF"},
                                          {"formerly", "PAST_REF"},
                                          {"soon", "FUTURE_REF"},
                                          {"future", "FUTURE_REF"},
                                          {"daily", "P1D"},
                                          {"nightly", "P1D"},
                                          {"weekly", "P1W"},
                                          {"monthly", "P1M"},
                                          {"annually", "P1Y"},
                                          {"annual", "P1Y"},
                                          {"yearly", "P1Y"},
                                          {"hourly", "PT1H"}}};

/// Unit to what stands before and after the number.
constexpr std::array<std::pair<std::string_view, Pair>, 10> kUnits = {{{"second", {"PT", "S"}},
                                                                       {"minute", {"PT", "M"}},
                                                                       {"hour", {"PT", "H"}},
                                                                       {"day", {"P", "D"}},
                                                                       {"week", {"P", "W"}},
                                                                       {"month", {"P", "M"}},
                                                                       {"quarter", {"P", "Q"}},
                                                                       {"year", {"P", "Y"}},
                                                                       {"decade", {"P", "DE"}},
                                                                       {"century", {"P", "CE"}}}};

constexpr std::array<Pair, 16> kNumbers = {{{"a", "1"},
                                            {"an", "1"},
                                            {"one", "1"},
                                            {"two", "2"},
                                            {"three", "3"},
                                            {"four", "4"},
                                            {"five", "5"},
                                            {"six", "6"},
                                            {"seven", "7"},
                                            {"eight", "8"},
                                            {"nine", "9"},
                                            {"ten", "10"},
                                            {"eleven", "11"},
                                            {"twelve", "12"},
                                            {"several", "X"},
                                            {"few", "X"}}};

constexpr std::array<std::string_view, 4> kOrdinals = {"first", "second", "third", "fourth"};

class Scanner {
  public:
    Scanner(const Annotation& a, std::optional<Day> day) : a_(a), day_(day) {}

    /// The expression that begins here, `last == first` if none does.
    [[nodiscard]] LooseTime at(Token t) const {
        LooseTime e{{t, t}, {}};
        const std::string w = word(t);
        if (Token end = quarter(t, e.value); end != t) return {{t, end}, std::move(e.value)};
        if (w == "every" || w == "each") {
            if (const auto* unit = unit_at(t + 1)) return {{t, t + 2}, value(*unit, "1")};
            return e;
        }
        // Longest first: "the last three years" is left to the resolver, "the nine months" is a length.
        Token k = t;
        if (word(k) == "the") ++k;
        if (word(k) == "first" || word(k) == "last" || word(k) == "next" || word(k) == "past") {
            if (k == t) return e;
            ++k;
        }
        if (word(k) == "a" && word(k + 1) == "few") ++k;
        if (const std::string number = number_at(k); !number.empty()) {
            // Not "a 10-year bond": that is a kind of thing.
            if (const auto* unit = unit_at(k + 1)) return {{t, k + 2}, value(*unit, number)};
        }
        if (k == t)
            if (const auto* unit = unit_at(t); unit != nullptr && a_.xpos[t] == "NNS" && unit->first != "second")
                return {{t, t + 1}, value(*unit, "X")};
        if (w == "the" && day_) {
            const std::string_view l = lemma(t + 1);
            const std::string iso = day_->iso();
            if (l == "year" && a_.xpos[t + 1] == "NN") return {{t, t + 2}, iso.substr(0, 4)};
            if (l == "month" && a_.xpos[t + 1] == "NN") return {{t, t + 2}, iso.substr(0, 7)};
        }
        if (w == "the" && word(t + 1) == "future") return {{t, t + 2}, "FUTURE_REF"};
        if (w == "the" && word(t + 1) == "past" && a_.upos[t + 1] == Upos::NOUN) return {{t, t + 2}, "PAST_REF"};
        for (const auto& [known, said] : kWords)
            if (w == known) return {{t, t + 1}, std::string(said)};
        return e;
    }

  private:
    [[nodiscard]] std::string word(Token t) const { return t < a_.size() ? lower_ascii(a_.form[t]) : std::string(); }
    [[nodiscard]] std::string_view lemma(Token t) const { return t < a_.size() ? a_.lemma[t] : std::string_view(); }

    [[nodiscard]] const std::pair<std::string_view, Pair>* unit_at(Token t) const {
        if (t >= a_.size() || a_.upos[t] != Upos::NOUN) return nullptr;
        const auto it =
            std::find_if(kUnits.begin(), kUnits.end(), [&](const auto& u) { return u.first == a_.lemma[t]; });
        return it == kUnits.end() ? nullptr : &*it;
    }

    [[nodiscard]] std::string number_at(Token t) const {
        const std::string w = word(t);
        if (!w.empty() && w.size() <= 3 && std::all_of(w.begin(), w.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return w;
        for (const auto& [known, number] : kNumbers)
            if (w == known) return std::string(number);
        return {};
    }

    static std::string value(const std::pair<std::string_view, Pair>& unit, std::string_view number) {
        return std::string(unit.second.first) + std::string(number) + std::string(unit.second.second);
    }

    /// "the third quarter", "third-quarter", the latest one that has begun; "the quarter": the last that is over.
    [[nodiscard]] Token quarter(Token t, std::string& out) const {
        if (!day_) return t;
        Token k = t;
        if (word(k) == "the") ++k;
        const auto it = std::find(kOrdinals.begin(), kOrdinals.end(), word(k));
        const int now = (day_->month() - 1) / 3;
        int wanted = now;
        if (it != kOrdinals.end()) {
            wanted = static_cast<int>(it - kOrdinals.begin());
            ++k;
            if (k < a_.size() && a_.form[k] == "-") ++k;
        } else if (k == t) {
            return t;
        } else {
            // The one that reports are about: the last that is over.
            wanted = now == 0 ? 3 : now - 1;
            if (word(k) == "latest") ++k;
        }
        if (lemma(k) != "quarter" || a_.xpos[k] == "NNS") return t;
        out = std::to_string(day_->year() - (wanted > now ? 1 : 0)) + "-Q" + std::to_string(wanted + 1);
        return k + 1;
    }

    const Annotation& a_;
    std::optional<Day> day_;
};

} // namespace

std::vector<LooseTime> find_loose_times(const Annotation& annotation, const std::vector<TimeExpression>& taken,
                                        std::optional<Day> day) {
    std::vector<LooseTime> out;
    const Scanner scanner(annotation, day);
    auto next = taken.begin();
    for (const TokenRange& sentence : annotation.sentences)
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
                out.push_back(std::move(found));
            } else {
                ++t;
            }
        }
    return out;
}

} // namespace kadesh
