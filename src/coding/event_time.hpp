// When an act happened: which expression of time belongs to it, or the day of the report.
#pragma once

#include "coding/act.hpp"
#include "coding/time_expressions.hpp"
#include "coding/tree.hpp"

#include <optional>
#include <vector>

namespace kadesh {

struct EventTime {
    std::optional<DayRange> range;
    DateBasis basis = DateBasis::Document;
    bool background = false; ///< told as background: since, after, or long before the report
};

EventTime time_of(const Act& act, const Tree& tree, const std::vector<TimeExpression>& times, std::optional<Day> day);

} // namespace kadesh
