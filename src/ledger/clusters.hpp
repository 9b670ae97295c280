// Groups from pairs: a function of the set alone, whatever the order in which its members came.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace kadesh::ledger {

struct Link {
    std::size_t a = 0, b = 0;
    int score = 0;
    bool forced = false; ///< joined by hand: comes first and asks for no consent
};

/// Joins groups along the links, the strongest first, unless a member of one conflicts with a member of the other.
/// @param order a number for each member that does not depend on arrival; decides between links of one strength
/// @param conflict symmetric
/// @return the group of each member, numbered from 0 in the order of their least `order`
std::vector<std::size_t> grouped(std::span<const std::uint64_t> order, std::vector<Link> links,
                                 const std::function<bool(std::size_t, std::size_t)>& conflict);

} // namespace kadesh::ledger
