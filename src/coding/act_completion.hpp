// What an act's clause leaves out and the report or the manual's conventions tell: a recipient that the type requires,
// police and protesters of the place, types and sectors that depend on who acts.
#pragma once

#include "coding/act.hpp"
#include "coding/mentions.hpp"
#include "coding/tree.hpp"

namespace kadesh {

/// Completes an act whose truth and type are settled.
/// @return whether a participant was guessed
bool complete(Act& act, const Tree& tree, const Mentions& mentions, const Lexicon& lexicon, const World& world);

} // namespace kadesh
