// Whether what a predicate says is told as done: negated, future, hypothetical, alleged. (Whether it is history is a
// question of its date.)
#pragma once

#include "coding/act.hpp"
#include "coding/tree.hpp"
#include "knowledge/lexicon.hpp"

#include <cstdint>

namespace kadesh {

/// Auxiliary bits of a verb, of an adjective or noun that a clause is built on, or of a noun that names an act: from
/// its own clause and from the words that govern it.
std::uint8_t truth_of(Token predicate, const Tree& tree, const Lexicon& lexicon);

/// Auxiliary bits of an act: those of its carrier, and of the words around the noun that names it. What an operator has
/// settled stays.
std::uint8_t truth_of(const Act& act, const Tree& tree, const Lexicon& lexicon);

} // namespace kadesh
