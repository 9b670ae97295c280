// Dates as pages write them.
#pragma once

#include "kadesh/date.hpp"

#include <optional>
#include <string_view>

namespace kadesh::readers {

/// Reads ISO 8601, `2025/01/17`, `Fri, 17 Jan 2025 10:00:00 GMT`, `17 January 2025`, `January 17, 2025`. All-number
/// dates that do not begin with the year are not read: their order is a matter of country.
std::optional<Day> page_date(std::string_view text);

/// Whether a line of text is a date and nothing else, but for the time of day.
bool is_date_line(std::string_view text);

/// The day in an address such as `https://news.example/2025/01/17/treaty`.
std::optional<Day> date_in_url(std::string_view url);

} // namespace kadesh::readers
