#include "ledger/quantities.hpp"

#include "base/ascii.hpp"
#include "ledger/word_tables.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace kadesh::ledger {
namespace {

struct Piece {
    std::string text;    ///< lower-case
    bool breaks = false; ///< a full stop, semicolon or colon stands before it
    bool comma = false;  ///< a comma or dash stands before it
    char before = ' ';   ///< the character before it
    char after = ' ';    ///< the character after it
};

std::vector<Piece> pieces_of(std::string_view sentence) {
    std::vector<Piece> pieces;
    bool breaks = false;
    bool comma = false;
    for (std::size_t at = 0; at < sentence.size();) {
        const char c = sentence[at];
        if (!is_ascii_alnum(c) && static_cast<unsigned char>(c) < 0x80) {
            breaks = breaks || c == ';' || c == ':' || c == '(' || c == ')';
            comma = comma || c == ',';
            ++at;
            continue;
        }
        const std::size_t begin = at;
        const bool number = is_ascii_digit(c);
        while (at < sentence.size()) {
            const char now = sentence[at];
            const bool inside = is_ascii_alnum(now) || static_cast<unsigned char>(now) >= 0x80;
            // 1,200 and 3.5 are one; "14,and" is not.
            const bool joins =
                number && (now == ',' || now == '.') && at + 1 < sentence.size() && is_ascii_digit(sentence[at + 1]);
            if (!inside && !joins) break;
            ++at;
        }
        Piece piece;
        piece.text = lower_ascii(sentence.substr(begin, at - begin));
        piece.breaks = breaks;
        piece.comma = comma;
        piece.before = begin > 0 ? sentence[begin - 1] : ' ';
        piece.after = at < sentence.size() ? sentence[at] : ' ';
        pieces.push_back(std::move(piece));
        breaks = comma = false;
    }
    return pieces;
}

std::optional<std::int64_t> small_number(std::string_view word) {
    constexpr std::array<std::string_view, 21> kWords{
        "zero",     "one",     "two",     "three",     "four",     "five",     "six",
        "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
    const auto found = std::ranges::find(kWords, word);
    if (found != kWords.end()) return found - kWords.begin();
    constexpr std::array<std::pair<std::string_view, int>, 7> kTens{
        {{"thirty", 30}, {"forty", 40}, {"fifty", 50}, {"sixty", 60}, {"seventy", 70}, {"eighty", 80}, {"ninety", 90}}};
    for (const auto& [name, value] : kTens)
        if (name == word) return value;
    return std::nullopt;
}

std::optional<std::int64_t> digits_value(std::string_view word) {
    std::int64_t value = 0;
    bool any = false;
    for (const char c : word) {
        if (c == ',') continue;
        if (!is_ascii_digit(c) || value > 100'000'000'000) return std::nullopt; // 3.5, 5th
        value = value * 10 + (c - '0');
        any = true;
    }
    return any ? std::optional(value) : std::nullopt;
}

bool is_month(std::string_view word) {
    constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};
    return std::ranges::find(kMonths, word) != kMonths.end();
}

bool is_measure(std::string_view word) {
    constexpr std::array<std::string_view, 24> kMeasures{
        "percent", "per", "years",  "year", "months",  "month",   "weeks", "week",
        "days",    "day", "hours",  "hour", "minutes", "miles",   "mile",  "km",
        "am",      "pm",  "metres", "feet", "tons",    "dollars", "euros", "kilometers"};
    return std::ranges::find(kMeasures, word) != kMeasures.end();
}

} // namespace

namespace {

/// What is done to people says more of a number than who they are: "arrested twelve protesters".
bool is_weak(std::string_view what) {
    return what == "protesters" || what == "troops";
}

} // namespace

std::vector<Quantity> quantities_in(std::string_view sentence) {
    constexpr std::size_t kReach = 8; // words between a number and what it counts
    const std::vector<Piece> pieces = pieces_of(sentence);
    std::vector<Quantity> found;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        const bool digits = is_ascii_digit(piece.text.front());
        auto value = digits ? digits_value(piece.text) : small_number(piece.text);
        if (!value || *value == 0) continue;
        if (!digits && *value == 1) continue; // "one" is mostly no count
        if (piece.before == '$' || piece.after == '%' || piece.before == '-' || piece.after == '-') continue;
        if (static_cast<unsigned char>(piece.before) >= 0x80 && digits) continue; // other currencies
        const std::string_view next = i + 1 < pieces.size() ? std::string_view(pieces[i + 1].text) : std::string_view();
        const std::string_view previous = i > 0 ? std::string_view(pieces[i - 1].text) : std::string_view();
        if (is_measure(next) || is_month(next) || is_month(previous)) continue;
        if (digits && *value >= 1900 && *value <= 2100 && piece.text.find(',') == std::string::npos &&
            (previous == "in" || previous == "since" || previous == "of" || previous == "until" || next.empty()))
            continue;
        std::size_t last = i;
        constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> kScales{
            {{"hundred", 100}, {"thousand", 1000}, {"million", 1'000'000}, {"dozen", 12}}};
        for (const auto& [scale, times] : kScales)
            if (next == scale) {
                *value *= times;
                last = i + 1;
            }
        // After the number first ("14 people killed"), before it next ("killed 14 people"), the nearer wins.
        std::string_view what;
        std::size_t nearest = kReach + 1;
        for (std::size_t step = 1; step <= kReach && i >= step; ++step) {
            if (pieces[i - step + 1].breaks) break;
            if (step > 1 && is_ascii_digit(pieces[i - step].text.front())) break;
            const auto word = quantity_words().find(pieces[i - step].text);
            if (word == quantity_words().end()) continue;
            what = word->second;
            nearest = step;
            break;
        }
        for (std::size_t step = 1; step <= kReach && last + step < pieces.size(); ++step) {
            const Piece& after = pieces[last + step];
            if (after.breaks || is_ascii_digit(after.text.front())) break;
            const auto word = quantity_words().find(after.text);
            if (word == quantity_words().end()) continue;
            // "killed 14 people and injured 35": what is said before a number and joined to it counts it.
            const bool joined = nearest <= 3 && step > 2;
            const bool better = is_weak(what) ? !is_weak(word->second) : step <= nearest && !is_weak(word->second);
            if (what.empty() || (!joined && better)) what = word->second;
            break;
        }
        if (what.empty()) continue;
        const Quantity quantity{what, *value};
        if (std::ranges::find(found, quantity) == found.end()) found.push_back(quantity);
    }
    return found;
}

} // namespace kadesh::ledger
