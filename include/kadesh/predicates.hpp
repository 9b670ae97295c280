// The predicates of a text and whether they are told as done.
#pragma once

#include "kadesh/document.hpp"

#include <cstdint>
#include <string>

namespace kadesh {

/// How a predicate is told: verbs, nouns, adjectives and copulas, each with what its clause and its governors say of
/// it.
struct PredicateStatus {
    TextSpan span;
    std::string lemma;
    std::uint8_t auxiliary = 0; ///< Auxiliary bits (findings.hpp) without kHistorical; 0: asserted
};

} // namespace kadesh
