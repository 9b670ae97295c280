// Whether a weekday or a month without its year is one gone by or one to come.
#pragma once

#include "coding/time_words.hpp"
#include "coding/tree.hpp"

#include <cstdint>

namespace kadesh {

enum class TimeWay : std::uint8_t {
    Back,
    Ahead,
    Open ///< the clause does not tell: present tense, an infinitive, a noun alone
};

/// By the tense of the clause that the expression stands in, verbs and words of what is planned, and prepositions of an
/// end. @param t any token of the expression
TimeWay way_of_time(const Tree& tree, const TimeWords& words, Token t);

} // namespace kadesh
