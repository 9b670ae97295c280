// Expressions of time in a document, resolved to days against the day of the report.
#pragma once

#include "coding/mentions.hpp"
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
    bool since = false;    ///< "since 2014": from then until the report
    bool term = false;     ///< a term of office
    bool duration = false; ///< stretches back from the report ("in the past year"), rather than naming a date
};

/// All expressions, in text order, not overlapping. Without a document date (`day` empty) those that need one are left
/// out.
std::vector<TimeExpression> find_times(const Tree& tree, const Mentions& mentions, const World& world,
                                       std::optional<Day> day);

/// The TIMEX3 value of an expression: the calendar unit that its words name or its days make up, else its first day.
std::string timex_value(const TimeExpression& expression, const Annotation& annotation);

/// Expressions that name no day of the calendar, or only loosely: lengths ("three years"), repetitions ("daily"), the
/// present, past or future ("now", "recently"), quarters. They date no event.
struct LooseTime {
    TokenRange tokens;
    std::string value; ///< TIMEX3: `P3Y`, `PRESENT_REF`, `1998-Q3`
};

/// Those that do not overlap with any of `taken`, in text order.
std::vector<LooseTime> find_loose_times(const Annotation& annotation, const std::vector<TimeExpression>& taken,
                                        std::optional<Day> day);

} // namespace kadesh
