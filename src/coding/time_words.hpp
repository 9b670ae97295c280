// The words that expressions of time are made of, from data/lexicon/times.tsv.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kadesh {

class World;

enum class TimeWord : std::uint8_t {
    Month,      ///< 1..12
    Weekday,    ///< 0 = Monday
    Number,     ///< of a length; `X`: an open one ("several")
    Ordinal,    ///< 1..
    Unit,       ///< `P|D`: what stands around the number of a length
    Measured,   ///< may stand between number and unit
    Part,       ///< of a day: `TMO`, `T12:00`
    Season,     ///< `SU|6`: sign and first month
    Decade,     ///< tens of its years: 90
    Reference,  ///< `PRESENT_REF`
    Repeated,   ///< `P1D`
    Holiday,    ///< `12-25`, or `11|4|3`: month, which one, weekday
    Zone,       ///< of a time of day
    Ahead,      ///< verbs: what they speak of is to come
    LooksAhead, ///< nouns and adjectives of the same sense
    Deadline,   ///< prepositions of an end
    Direction   ///< `back`, `on`, `here`
};

/// Immutable; its views point into the World's pack, which must outlive it.
class TimeWords {
  public:
    static Result<TimeWords> load(const World& world);

    /// What the table says of a word (lower case, without the full stop of an abbreviation; words of a phrase are
    /// joined by one space), nothing when it is none of that kind.
    [[nodiscard]] std::optional<std::string_view> find(TimeWord kind, std::string_view word) const;
    /// The same as a number; nothing for an open one, too.
    [[nodiscard]] std::optional<int> number(TimeWord kind, std::string_view word) const;
    [[nodiscard]] bool is(TimeWord kind, std::string_view word) const { return find(kind, word).has_value(); }
    /// Most words that a phrase of the table has.
    [[nodiscard]] int longest() const { return longest_; }

  private:
    std::unordered_map<std::string_view, std::vector<std::pair<TimeWord, std::string_view>>> words_;
    int longest_ = 1;
};

/// Lower case, and without the full stop of an abbreviation ("Jan.").
std::string plain_time_word(std::string_view form);

/// "SU|6" into "SU" and 6; 0 where no number follows.
std::pair<std::string_view, int> sign_and_number(std::string_view value);

/// All of the text as a number without sign.
std::optional<int> whole_number(std::string_view text);

} // namespace kadesh
