#include "ledger/change_points.hpp"

#include <algorithm>
#include <cmath>

namespace kadesh::ledger {
namespace {

constexpr int kLeastMonths = 3;

/// Sums up to each place, so that any piece costs constant time.
class Sums {
  public:
    explicit Sums(std::span<const Level> series) : weight_(1, 0), first_(1, 0), second_(1, 0), months_(1, 0) {
        for (const Level& level : series) {
            // A month of a hundred reports is no hundred months.
            const double weight = std::sqrt(level.weight);
            weight_.push_back(weight_.back() + weight);
            first_.push_back(first_.back() + weight * level.mean);
            second_.push_back(second_.back() + weight * level.mean * level.mean);
            months_.push_back(months_.back() + (level.weight > 0 ? 1 : 0));
        }
    }
    [[nodiscard]] double cost(std::size_t from, std::size_t to) const {
        const double weight = weight_[to] - weight_[from];
        if (weight <= 0) return 0;
        const double first = first_[to] - first_[from];
        return std::max(0.0, second_[to] - second_[from] - first * first / weight);
    }
    [[nodiscard]] int months(std::size_t from, std::size_t to) const { return months_[to] - months_[from]; }
    [[nodiscard]] double weight(std::size_t from, std::size_t to) const { return weight_[to] - weight_[from]; }

  private:
    std::vector<double> weight_, first_, second_;
    std::vector<int> months_;
};

} // namespace

std::vector<std::size_t> change_points(std::span<const Level> series) {
    const Sums sums(series);
    const std::size_t n = series.size();
    const int told = sums.months(0, n);
    if (told < 2 * kLeastMonths) return {};
    // The variance from neighbouring months, which a change of level hardly touches.
    double squares = 0;
    double weights = 0;
    const Level* before = nullptr;
    for (const Level& level : series) {
        if (level.weight <= 0) continue;
        if (before != nullptr) {
            const double weight = std::sqrt(std::min(level.weight, before->weight));
            squares += weight * (level.mean - before->mean) * (level.mean - before->mean) / 2;
            weights += weight;
        }
        before = &level;
    }
    const double mean_weight = sums.weight(0, n) / told;
    const double variance = weights > 0 ? squares / weights : 0;
    const double penalty = std::max(3 * variance * mean_weight * std::log(static_cast<double>(told)), 1e-9);

    std::vector<std::size_t> cuts{0, n};
    for (;;) {
        double best = penalty;
        std::size_t where = 0;
        for (std::size_t piece = 0; piece + 1 < cuts.size(); ++piece) {
            const std::size_t from = cuts[piece];
            const std::size_t to = cuts[piece + 1];
            for (std::size_t at = from + 1; at < to; ++at) {
                if (series[at].weight <= 0 || sums.months(from, at) < kLeastMonths ||
                    sums.months(at, to) < kLeastMonths)
                    continue;
                const double gain = sums.cost(from, to) - sums.cost(from, at) - sums.cost(at, to);
                if (gain > best) {
                    best = gain;
                    where = at;
                }
            }
        }
        if (where == 0) break;
        cuts.insert(std::ranges::upper_bound(cuts, where), where);
    }
    return {cuts.begin() + 1, cuts.end() - 1};
}

} // namespace kadesh::ledger
