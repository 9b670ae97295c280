// Quarters, halves and other periods of reporting.
#pragma once

#include "coding/time_expressions.hpp"
#include "coding/time_reader.hpp"

#include <optional>

namespace kadesh {

/// The period that begins at a token, `last == first` if none does: "the third quarter", "third-quarter", "the latest
/// quarter", "that period", "the year-earlier period", "the first half", "fiscal year", "year-end". A quarter without
/// its year is the latest that has begun.
LooseTime find_period(const Annotation& annotation, const TimeReader& read, const TimeWords& words, Token t,
                      std::optional<Day> day);

} // namespace kadesh
