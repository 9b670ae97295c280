#include "ledger/clusters.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace kadesh::ledger {

std::vector<std::size_t> grouped(std::span<const std::uint64_t> order, std::vector<Link> links,
                                 const std::function<bool(std::size_t, std::size_t)>& conflict) {
    const std::size_t n = order.size();
    for (Link& link : links)
        if (order[link.b] < order[link.a]) std::swap(link.a, link.b);
    std::ranges::sort(links, [&](const Link& x, const Link& y) {
        return std::tuple(!x.forced, -x.score, order[x.a], order[x.b]) <
               std::tuple(!y.forced, -y.score, order[y.a], order[y.b]);
    });
    std::vector<std::size_t> group(n);
    std::iota(group.begin(), group.end(), std::size_t{0});
    std::vector<std::vector<std::size_t>> members(n);
    for (std::size_t i = 0; i < n; ++i) members[i] = {i};
    for (const Link& link : links) {
        std::size_t into = group[link.a];
        std::size_t from = group[link.b];
        if (into == from) continue;
        const bool free = link.forced || std::ranges::none_of(members[into], [&](std::size_t x) {
                              return std::ranges::any_of(members[from], [&](std::size_t y) { return conflict(x, y); });
                          });
        if (!free) continue;
        if (members[into].size() < members[from].size()) std::swap(into, from);
        for (const std::size_t member : members[from]) group[member] = into;
        members[into].insert(members[into].end(), members[from].begin(), members[from].end());
        members[from].clear();
    }
    std::vector<std::size_t> sorted(n);
    std::iota(sorted.begin(), sorted.end(), std::size_t{0});
    std::ranges::sort(sorted, {}, [&](std::size_t i) { return order[i]; });
    std::vector<std::size_t> number(n, n);
    std::size_t next = 0;
    for (const std::size_t i : sorted)
        if (number[group[i]] == n) number[group[i]] = next++;
    for (std::size_t& g : group) g = number[g];
    return group;
}

} // namespace kadesh::ledger
