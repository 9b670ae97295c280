// Acts of one clause that are one act told in two words, and acts that the manual does not count beside another.
#pragma once

#include "coding/act.hpp"
#include "coding/tree.hpp"

#include <vector>

namespace kadesh {

/// Joins "used drones in strikes on the city"; drops the topic of a protest (manual 3.12.2) and the forces that were
/// moved to strike (3.14.1).
void absorb_nested(std::vector<Act>& acts, const Tree& tree);

} // namespace kadesh
