#include "ledger/clusters.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace kadesh::ledger {
namespace {

using Group = std::vector<std::size_t>;

/// Joins along the links, the strongest first, what `joinable` lets.
template <typename Joinable>
std::vector<std::size_t> joined(std::span<const std::uint64_t> order, std::vector<Link> links, Joinable&& joinable) {
    const std::size_t n = order.size();
    for (Link& link : links)
        if (order[link.b] < order[link.a]) std::swap(link.a, link.b);
    std::ranges::sort(links, [&](const Link& x, const Link& y) {
        return std::tuple(!x.forced, -x.score, order[x.a], order[x.b]) <
               std::tuple(!y.forced, -y.score, order[y.a], order[y.b]);
    });
    std::vector<std::size_t> group(n);
    std::iota(group.begin(), group.end(), std::size_t{0});
    std::vector<Group> members(n);
    for (std::size_t i = 0; i < n; ++i) members[i] = {i};
    // Sizes at which two groups were refused: asked again only when one has grown.
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> refused;
    for (const Link& link : links) {
        std::size_t into = group[link.a];
        std::size_t from = group[link.b];
        if (into == from) continue;
        if (!link.forced) {
            const std::size_t size = members[into].size() + members[from].size();
            const auto [known, fresh] = refused.try_emplace(std::minmax(into, from), 0);
            if (!fresh && known->second == size) continue;
            known->second = size;
            if (!joinable(members[into], members[from])) continue;
        }
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

} // namespace

std::vector<std::size_t> grouped(std::span<const std::uint64_t> order, std::vector<Link> links,
                                 const std::function<bool(std::size_t, std::size_t)>& conflict) {
    return joined(order, std::move(links), [&](const Group& a, const Group& b) {
        return std::ranges::none_of(
            a, [&](std::size_t x) { return std::ranges::any_of(b, [&](std::size_t y) { return conflict(x, y); }); });
    });
}

std::vector<std::size_t> grouped(std::span<const std::uint64_t> order, std::vector<Link> links, const Fit& fit,
                                 int least_mean) {
    return joined(order, std::move(links), [&](const Group& a, const Group& b) {
        std::int64_t sum = 0;
        for (const std::size_t x : a) {
            for (const std::size_t y : b) {
                const auto one = fit(x, y);
                if (!one) return false;
                sum += std::clamp(*one, -kMostFit, kMostFit);
            }
        }
        return sum > least_mean * static_cast<std::int64_t>(a.size()) * static_cast<std::int64_t>(b.size());
    });
}

} // namespace kadesh::ledger
