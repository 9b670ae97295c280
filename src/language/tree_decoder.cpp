#include "language/tree_decoder.hpp"

#include <algorithm>
#include <limits>

namespace kadesh {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
// More than any difference of scores: taken off every arc from the root, so that the best tree has one of them.
constexpr double kOneRoot = 1e5;

/// Square matrix of arc scores, dependent by head.
struct Arcs {
    explicit Arcs(std::size_t n) : size(n), values(n * n, kNever) {}
    double& at(std::size_t dependent, std::size_t head) { return values[dependent * size + head]; }
    [[nodiscard]] double at(std::size_t dependent, std::size_t head) const { return values[dependent * size + head]; }
    std::size_t size;
    std::vector<double> values;
};

std::vector<std::uint32_t> greedy(const Arcs& arcs) {
    std::vector<std::uint32_t> heads(arcs.size, 0);
    for (std::size_t d = 1; d < arcs.size; ++d) {
        const auto row = arcs.values.begin() + static_cast<std::ptrdiff_t>(d * arcs.size);
        heads[d] =
            static_cast<std::uint32_t>(std::max_element(row, row + static_cast<std::ptrdiff_t>(arcs.size)) - row);
    }
    return heads;
}

/// Nodes of some cycle; empty if there is none.
std::vector<std::uint32_t> find_cycle(std::span<const std::uint32_t> heads) {
    std::vector<std::uint32_t> seen(heads.size(), 0); // 0: not yet, else the number of the walk that came by
    for (std::uint32_t start = 1; start < heads.size(); ++start) {
        std::uint32_t node = start;
        while (node != 0 && seen[node] == 0) {
            seen[node] = start;
            node = heads[node];
        }
        if (node == 0 || seen[node] != start) continue;
        std::vector<std::uint32_t> cycle;
        for (std::uint32_t k = node; cycle.empty() || k != node; k = heads[k]) cycle.push_back(k);
        return cycle;
    }
    return {};
}

std::vector<std::uint32_t> arborescence(const Arcs& arcs) {
    std::vector<std::uint32_t> heads = greedy(arcs);
    const std::vector<std::uint32_t> cycle = find_cycle(heads);
    if (cycle.empty()) return heads;
    // Contract the cycle to one node, solve the rest, then break the cycle where that solution enters it.
    std::vector<bool> inside(arcs.size, false);
    for (const std::uint32_t v : cycle) inside[v] = true;
    std::vector<std::uint32_t> outside;
    for (std::uint32_t v = 0; v < arcs.size; ++v) {
        if (!inside[v]) outside.push_back(v);
    }
    const std::size_t knot = outside.size();
    Arcs small(knot + 1);
    std::vector<std::uint32_t> entry(knot),
        leave(knot); // by outside node: cycle node entered from it, and that it hangs on
    for (std::size_t a = 0; a < knot; ++a) {
        for (std::size_t b = 0; b < knot; ++b) small.at(a, b) = arcs.at(outside[a], outside[b]);
        double best_in = kNever, best_out = kNever;
        entry[a] = leave[a] = cycle[0];
        for (const std::uint32_t v : cycle) {
            const double gain = arcs.at(v, outside[a]) - arcs.at(v, heads[v]);
            if (gain > best_in) {
                best_in = gain;
                entry[a] = v;
            }
            if (arcs.at(outside[a], v) > best_out) {
                best_out = arcs.at(outside[a], v);
                leave[a] = v;
            }
        }
        small.at(knot, a) = best_in;
        small.at(a, knot) = best_out;
    }
    const std::vector<std::uint32_t> found = arborescence(small);
    for (std::size_t a = 1; a < knot; ++a) heads[outside[a]] = found[a] == knot ? leave[a] : outside[found[a]];
    heads[entry[found[knot]]] = outside[found[knot]];
    return heads;
}

} // namespace

void decode_tree(std::span<const float> scores, std::size_t stride, std::span<std::uint32_t> heads) {
    // Nearly always each word's best head makes a tree with one root; only else are the scores copied.
    const std::size_t nodes = heads.size();
    heads[0] = 0;
    std::size_t roots = 0;
    for (std::size_t d = 1; d < nodes; ++d) {
        const float* const row = scores.data() + d * stride;
        std::uint32_t best = 0;
        for (std::uint32_t h = 1; h < nodes; ++h) {
            if (row[h] > row[best] && h != d) best = h;
        }
        heads[d] = best;
        roots += best == 0;
    }
    if (roots == 1 && find_cycle(heads).empty()) return;
    Arcs arcs(nodes);
    for (std::size_t d = 1; d < nodes; ++d) {
        for (std::size_t h = 0; h < nodes; ++h) {
            if (h != d) arcs.at(d, h) = static_cast<double>(scores[d * stride + h]) - (h == 0 ? kOneRoot : 0.0);
        }
    }
    const std::vector<std::uint32_t> found = arborescence(arcs);
    std::copy(found.begin(), found.end(), heads.begin());
}

} // namespace kadesh
