// Expressions of time in a document, resolved to days against the day of the report.
#pragma once

#include "coding/mentions.hpp"
#include "coding/time_words.hpp"
#include "coding/tree.hpp"
#include "kadesh/date.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kadesh {

struct TimeExpression {
    TokenRange tokens;
    Token head = kNoToken; ///< the token that links it to the rest of the sentence
    DayRange range;
    std::string value;       ///< TIMEX3: `1998-W10`, of "from 2001 to 2005" that of the first year
    Token second = kNoToken; ///< where the second year of "from 2001 to 2005" stands
    bool since = false;      ///< "since 2014": from then until the report
    bool term = false;       ///< a term of office
    bool duration = false;   ///< stretches back from the report ("in the past year"), rather than naming a date
};

/// All expressions, in text order, not overlapping. Without a document date (`day` empty) those that need one are left
/// out.
std::vector<TimeExpression> find_times(const Tree& tree, const Mentions& mentions, const World& world,
                                       const TimeWords& words, std::optional<Day> day);

/// Expressions that name no day of the calendar, or only with what the text said before: lengths ("three years"),
/// repetitions ("daily"), the present, past or future ("now", "recently"), quarters, times of day. They date no event.
struct LooseTime {
    enum class Kind : std::uint8_t {
        Fixed,   ///< the value stands
        Quarter, ///< "the third quarter"; the year may follow
        Period,  ///< "the latest quarter", "that period": the one that the text speaks of
        Earlier, ///< "the year-earlier period": that one a year before
        Unit,    ///< "the week", "the year": the report's own, or what follows says which
        That,    ///< "that day": the one that the text speaks of
        Next,    ///< "the following year": the one after it
        Clock    ///< `T22:00`: of the day that stands beside it
    };
    TokenRange tokens;
    std::string value; ///< TIMEX3: `P3Y`, `PRESENT_REF`, `1998-Q3`, `T22:00`
    Kind kind = Kind::Fixed;
};

/// Those that do not overlap with any of `taken`, in text order.
std::vector<LooseTime> find_loose_times(const Tree& tree, const TimeWords& words,
                                        const std::vector<TimeExpression>& taken, std::optional<Day> day);

/// An expression with its value in the text: `range` only where the value names days.
struct ResolvedTime {
    TokenRange tokens;
    std::string value;
    std::optional<DayRange> range;
};

/// Both kinds together in text order, joined where two make one ("the third quarter of 1984", "10 p.m. Wednesday") and
/// resolved by what the text said before ("a year earlier" beside the figures of a quarter is that quarter's).
std::vector<ResolvedTime> resolve_times(const Tree& tree, const TimeWords& words,
                                        const std::vector<TimeExpression>& dated, const std::vector<LooseTime>& loose,
                                        std::optional<Day> day);

} // namespace kadesh
