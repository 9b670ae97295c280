// Entries of the world as answers to "who is that, on that day".
#pragma once

#include "kadesh/knowledge.hpp"
#include "knowledge/world.hpp"

#include <span>
#include <vector>

namespace kadesh {

/// An entry with the code and sectors that it has on a day.
Actor actor_of(const World& world, NameHit hit, Day on);

/// The same of all entries that share a name, likeliest first.
std::vector<Actor> actors_of(const World& world, std::span<const NameHit> hits, Day on);

} // namespace kadesh
