// Where a text names places: as such, in the names of bodies there, and by the words for their people.
#pragma once

#include "coding/mentions.hpp"
#include "coding/tree.hpp"
#include "kadesh/annotation.hpp"
#include "kadesh/place_use.hpp"
#include "knowledge/place_context.hpp"
#include "knowledge/world.hpp"

#include <vector>

namespace kadesh {

struct PlaceName {
    TextSpan span; ///< bytes of the document's text
    PlaceUse use = PlaceUse::Place;
};

/// In text order, not overlapping.
std::vector<PlaceName> place_names(const Document& document, const Tree& tree, const Mentions& mentions,
                                   const World& world, const PlaceWords& words);

} // namespace kadesh
