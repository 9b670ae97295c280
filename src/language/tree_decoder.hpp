// Dependency trees from arc scores.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kadesh {

/// Heads of the words 1..n that make the highest-scoring tree with exactly one word under the root, node 0.
/// @param scores [n + 1, stride] row-major: scores[d · stride + h] is the score of head h for word d; row 0 is ignored
/// @param heads  n + 1 entries; heads[0] becomes 0
/// Greedy when that is a tree already, else Chu-Liu-Edmonds.
void decode_tree(std::span<const float> scores, std::size_t stride, std::span<std::uint32_t> heads);

} // namespace kadesh
