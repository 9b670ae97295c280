// Where the level of a series changes.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kadesh::ledger {

/// A month's mean and what it weighs, its number of events; a month without events says nothing.
struct Level {
    double mean = 0, weight = 0;
};

/// Places where a new level begins: the cuts that lower the weighted sum of squares around the pieces' means most, one
/// after the other, as long as each lowers it by more than a penalty (three times the variance times the logarithm of
/// the number of months) and leaves at least three months with events on both sides. In rising order.
std::vector<std::size_t> change_points(std::span<const Level> series);

} // namespace kadesh::ledger
