#include "language/tree_decoder.hpp"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace kadesh {
namespace {

bool is_tree_with_one_root(const std::vector<std::uint32_t>& heads) {
    std::size_t roots = 0;
    for (std::size_t d = 1; d < heads.size(); ++d) {
        roots += heads[d] == 0;
        std::size_t node = d, steps = 0;
        while (node != 0 && ++steps <= heads.size()) node = heads[node];
        if (node != 0) return false;
    }
    return roots == 1;
}

double total(const std::vector<float>& scores, std::size_t stride, const std::vector<std::uint32_t>& heads) {
    double sum = 0;
    for (std::size_t d = 1; d < heads.size(); ++d) sum += static_cast<double>(scores[d * stride + heads[d]]);
    return sum;
}

/// The best score of all trees with one root, by trying every assignment of heads.
double best_total(const std::vector<float>& scores, std::size_t stride, std::size_t words) {
    std::vector<std::uint32_t> heads(words + 1, 0);
    double best = -std::numeric_limits<double>::infinity();
    const std::function<void(std::size_t)> assign = [&](std::size_t d) {
        if (d > words) {
            if (is_tree_with_one_root(heads)) best = std::max(best, total(scores, stride, heads));
            return;
        }
        for (std::uint32_t h = 0; h <= words; ++h) {
            if (h == d) continue;
            heads[d] = h;
            assign(d + 1);
        }
    };
    assign(1);
    return best;
}

TEST(TreeDecoder, FindsTheBestTree) {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> uniform(-3, 3);
    for (int round = 0; round < 300; ++round) {
        const std::size_t words = 1 + static_cast<std::size_t>(round) % 5;
        const std::size_t stride = 16;
        std::vector<float> scores((words + 1) * stride);
        for (float& s : scores) s = uniform(random);
        std::vector<std::uint32_t> heads(words + 1);
        decode_tree(scores, stride, heads);
        ASSERT_TRUE(is_tree_with_one_root(heads)) << round;
        ASSERT_NEAR(total(scores, stride, heads), best_total(scores, stride, words), 1e-4) << round;
    }
}

TEST(TreeDecoder, AlwaysGivesATree) {
    std::mt19937 random(2);
    for (int round = 0; round < 200; ++round) {
        const std::size_t words = 1 + random() % 120;
        const std::size_t stride = (words + 16) / 16 * 16;
        std::vector<float> scores((words + 1) * stride);
        // Few different values make many ties, and large cycles.
        for (float& s : scores) s = static_cast<float>(random() % 3) * (round % 2 == 0 ? 1.0f : 4000.0f);
        std::vector<std::uint32_t> heads(words + 1);
        decode_tree(scores, stride, heads);
        ASSERT_TRUE(is_tree_with_one_root(heads)) << round << ", " << words << " words";
    }
}

TEST(TreeDecoder, KeepsAGreedyTree) {
    // 2 is the root, 1 and 3 hang on it.
    const std::vector<float> scores{0, 0, 0, 0, /* 1 */ 0, 9, 5, 1, /* 2 */ 7, 1, 9, 2, /* 3 */ 1, 2, 6, 9};
    std::vector<std::uint32_t> heads(4);
    decode_tree(scores, 4, heads);
    EXPECT_EQ(heads, (std::vector<std::uint32_t>{0, 2, 0, 2}));
}

} // namespace
} // namespace kadesh
