// "his first term", "the presidency of Jimmy Carter": terms of office as times.
#pragma once

#include "coding/mentions.hpp"
#include "coding/tree.hpp"
#include "kadesh/date.hpp"

#include <optional>

namespace kadesh {

class World;

/// The days of the term that a noun names, by the tenures of the person that it belongs to; up to the report's day.
std::optional<DayRange> term_of_office(const Tree& tree, const Mentions& mentions, const World& world, Token noun,
                                       std::optional<Day> day);

} // namespace kadesh
