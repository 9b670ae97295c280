#include "ledger/clusters.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <random>

namespace kadesh::ledger {
namespace {

const auto kNoConflict = [](std::size_t, std::size_t) { return false; };

TEST(Clusters, LinksJoin) {
    const std::vector<std::uint64_t> order{10, 20, 30, 40};
    EXPECT_EQ(grouped(order, {{0, 1, 5, false}, {1, 2, 5, false}}, kNoConflict),
              (std::vector<std::size_t>{0, 0, 0, 1}));
}

TEST(Clusters, AConflictKeepsApartWhatAThirdLinks) {
    const std::vector<std::uint64_t> order{1, 2, 3};
    const auto conflict = [](std::size_t a, std::size_t b) { return a + b == 2 && a != b; }; // 0 and 2
    // The stronger link wins.
    EXPECT_EQ(grouped(order, {{0, 1, 5, false}, {1, 2, 9, false}}, conflict), (std::vector<std::size_t>{0, 1, 1}));
    EXPECT_EQ(grouped(order, {{0, 1, 9, false}, {1, 2, 5, false}}, conflict), (std::vector<std::size_t>{0, 0, 1}));
    // By hand everything goes.
    EXPECT_EQ(grouped(order, {{0, 1, 9, false}, {1, 2, 0, true}}, conflict), (std::vector<std::size_t>{0, 1, 1}));
}

TEST(Clusters, DoNotDependOnArrival) {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        const std::size_t n = 2 + random() % 12;
        std::vector<std::uint64_t> order(n);
        for (auto& value : order) value = random();
        std::vector<std::vector<int>> score(n, std::vector<int>(n));
        std::vector<std::vector<char>> apart(n, std::vector<char>(n));
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < i; ++j) {
                score[i][j] = score[j][i] = static_cast<int>(random() % 4);
                apart[i][j] = apart[j][i] = random() % 4 == 0 ? 1 : 0;
            }
        std::map<std::uint64_t, std::size_t> expected;
        for (int shuffle = 0; shuffle < 5; ++shuffle) {
            std::vector<std::size_t> at(n);
            std::iota(at.begin(), at.end(), std::size_t{0});
            std::ranges::shuffle(at, random);
            std::vector<std::uint64_t> shuffled;
            for (const std::size_t i : at) shuffled.push_back(order[i]);
            std::vector<Link> links;
            for (std::size_t i = 0; i < n; ++i)
                for (std::size_t j = i + 1; j < n; ++j)
                    if (score[at[i]][at[j]] > 0) links.push_back({i, j, score[at[i]][at[j]], false});
            std::ranges::shuffle(links, random);
            const auto groups =
                grouped(shuffled, links, [&](std::size_t x, std::size_t y) { return apart[at[x]][at[y]] != 0; });
            std::map<std::uint64_t, std::size_t> found;
            for (std::size_t i = 0; i < n; ++i) found[shuffled[i]] = groups[i];
            if (shuffle == 0) expected = found;
            EXPECT_EQ(found, expected);
        }
    }
}

} // namespace
} // namespace kadesh::ledger
