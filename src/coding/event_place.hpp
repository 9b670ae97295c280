// Where an act happened.
#pragma once

#include "coding/act.hpp"
#include "coding/mentions.hpp"
#include "coding/tree.hpp"
#include "knowledge/place_resolver.hpp"
#include "knowledge/world.hpp"

#include <optional>

namespace kadesh {

/// The place that the act's clause, or else its sentence, names; nullopt when neither does.
std::optional<Place> place_of(const Act& act, const Tree& tree, const Mentions& mentions, const World& world);

/// The place last named before the act when the act is said to have happened "there".
std::optional<Place> place_there(const Act& act, const Tree& tree, const Mentions& mentions, const World& world);

/// The place of a dateline ("MOSCOW, Jan 17 (Reuters) -"), nullopt if there is none or it is unknown.
std::optional<Place> dateline_place(const Document& document, const World& world, const PlaceResolver& resolver);

} // namespace kadesh
