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

TEST(Clusters, TheMeanOfAllPairsDecides) {
    const std::vector<std::uint64_t> order{1, 2, 3, 4};
    // 0 and 1, 2 and 3 are close; 1 and 2 are linked, the others far.
    const auto fit_by = [](int far) {
        return [far](std::size_t a, std::size_t b) -> std::optional<int> {
            const std::size_t sum = a + b;
            if (sum == 1 || sum == 5) return 3000;
            return std::min(a, b) == 1 && std::max(a, b) == 2 ? 2000 : far;
        };
    };
    const std::vector<Link> links{{0, 1, 3000, false}, {2, 3, 3000, false}, {1, 2, 2000, false}};
    EXPECT_EQ(grouped(order, links, Fit(fit_by(-500)), 0), (std::vector<std::size_t>{0, 0, 0, 0}));
    EXPECT_EQ(grouped(order, links, Fit(fit_by(-800)), 0), (std::vector<std::size_t>{0, 0, 1, 1}));
    EXPECT_EQ(grouped(order, links, Fit(fit_by(-800)), -500), (std::vector<std::size_t>{0, 0, 0, 0}));
    // What cannot be is not outweighed, but by hand everything goes.
    const auto never = [&](std::size_t a, std::size_t b) -> std::optional<int> {
        return a + b == 3 && a != b && std::min(a, b) == 0 ? std::nullopt : std::optional(5000);
    };
    EXPECT_EQ(grouped(order, links, Fit(never), 0), (std::vector<std::size_t>{0, 0, 1, 1}));
    EXPECT_EQ(grouped(order, {{0, 3, 0, true}}, Fit(never), 0), (std::vector<std::size_t>{0, 1, 2, 0}));
}

TEST(Clusters, MeansDoNotDependOnArrival) {
    std::mt19937 random(8);
    for (int round = 0; round < 200; ++round) {
        const std::size_t n = 2 + random() % 10;
        std::vector<std::uint64_t> order(n);
        for (auto& value : order) value = random();
        std::vector<std::vector<int>> score(n, std::vector<int>(n));
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < i; ++j) score[i][j] = score[j][i] = static_cast<int>(random() % 7) - 3;
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
            const Fit fit = [&](std::size_t x, std::size_t y) {
                const int one = score[at[x]][at[y]];
                return one == -3 ? std::nullopt : std::optional(one);
            };
            const auto groups = grouped(shuffled, links, fit, 0);
            std::map<std::uint64_t, std::size_t> found;
            for (std::size_t i = 0; i < n; ++i) found[shuffled[i]] = groups[i];
            if (shuffle == 0) expected = found;
            EXPECT_EQ(found, expected);
        }
    }
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
