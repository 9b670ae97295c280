// What people were when an event happened.
#pragma once

#include "kadesh/findings.hpp"
#include "knowledge/lexicon.hpp"
#include "knowledge/world.hpp"

namespace kadesh {

/// Gives the persons of an event with a date before the report's the code, sectors and office that they had then:
/// the reader who tells in 2021 of a pact that a president signed in 2010 speaks of a president. Who leaves office on
/// a day still holds it on that day.
/// @param report the day on which the entities were resolved
void settle_offices(Event& event, const World& world, const Lexicon& lexicon, Day report);

} // namespace kadesh
