// Groups from pairs: a function of the set alone, whatever the order in which its members came.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace kadesh::ledger {

struct Link {
    std::size_t a = 0, b = 0;
    int score = 0;
    bool forced = false; ///< joined by hand: comes first and asks for no consent
};

/// How well two members fit, symmetric; nothing: they cannot stand in one group.
using Fit = std::function<std::optional<int>(std::size_t, std::size_t)>;

/// Joins groups along the links, the strongest first, when the mean fit of all pairs between the two is above
/// `least_mean`, each pair counting for at most kMostFit either way.
inline constexpr int kMostFit = 4000;
std::vector<std::size_t> grouped(std::span<const std::uint64_t> order, std::vector<Link> links, const Fit& fit,
                                 int least_mean);

/// Joins groups along the links, the strongest first, unless a member of one conflicts with a member of the other.
/// @param order a number for each member that does not depend on arrival; decides between links of one strength
/// @param conflict symmetric
/// @return the group of each member, numbered from 0 in the order of their least `order`
std::vector<std::size_t> grouped(std::span<const std::uint64_t> order, std::vector<Link> links,
                                 const std::function<bool(std::size_t, std::size_t)>& conflict);

/// All that hang together with a report, itself first, and the links between them.
struct Component {
    std::vector<std::int64_t> members;
    std::unordered_map<std::int64_t, std::size_t> place; ///< of each member
    std::vector<Link> links;
};

/// @param neighbours for a report those it is linked to: `report`, `score` and `forced` of each
template <typename Neighbours> Component component_of(std::int64_t seed, Neighbours&& neighbours) {
    Component c;
    const auto enter = [&c](std::int64_t id) {
        const auto [at, fresh] = c.place.emplace(id, c.members.size());
        if (fresh) c.members.push_back(id);
        return at->second;
    };
    enter(seed);
    for (std::size_t next = 0; next < c.members.size(); ++next) {
        for (const auto& neighbour : neighbours(c.members[next])) {
            const std::size_t other = enter(neighbour.report);
            if (next < other || neighbour.forced) c.links.push_back({next, other, neighbour.score, neighbour.forced});
        }
    }
    return c;
}

} // namespace kadesh::ledger
