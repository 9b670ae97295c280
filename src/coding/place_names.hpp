// Where a text names places, as against people, bodies and peoples that are called like them.
#pragma once

#include "coding/mentions.hpp"
#include "coding/tree.hpp"
#include "kadesh/annotation.hpp"
#include "knowledge/world.hpp"

#include <vector>

namespace kadesh {

/// Bytes of the document's text, in order, not overlapping.
std::vector<TextSpan> place_names(const Tree& tree, const Mentions& mentions, const World& world);

} // namespace kadesh
