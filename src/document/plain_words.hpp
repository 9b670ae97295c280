// Dates, durations and participants in the words of an ordinary sentence.
#pragma once

#include "kadesh/date.hpp"
#include "kadesh/document.hpp"
#include "kadesh/findings.hpp"

#include <span>
#include <string>
#include <string_view>

namespace kadesh {

/// `17 January 2025`, `January 2025`, `2022`, `20 January 2017 to 20 January 2021`.
std::string in_words(DayRange range);

/// `20 years`, `1 year and 6 months` from an ISO 8601 duration of years, months, weeks and days; others as they are.
std::string duration_in_words(std::string_view iso);

/// `Vladimir Putin (RUS GOV)`; the words of the text where no name is known, the code alone where there are none.
std::string in_words(const Document& document, const Entity& entity);

/// `a`, `a and b`, `a, b and c`.
std::string listed(std::span<const std::string> items);

} // namespace kadesh
