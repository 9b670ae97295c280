// Who says so: the sources that an act is laid to, from the innermost to the outermost.
#pragma once

#include "coding/act.hpp"
#include "coding/mentions.hpp"
#include "coding/tree.hpp"
#include "knowledge/lexicon.hpp"

#include <vector>

namespace kadesh {

/// Sources of what the clause of `token` says, each with its cue; empty when the document itself asserts it.
std::vector<Entity> attribution_of(Token token, const Tree& tree, const Mentions& mentions, const Lexicon& lexicon);

} // namespace kadesh
