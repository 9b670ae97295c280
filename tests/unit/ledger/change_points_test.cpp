#include "ledger/change_points.hpp"

#include <gtest/gtest.h>

namespace kadesh::ledger {
namespace {

TEST(ChangePoints, ALevelThatFallsIsFound) {
    std::vector<Level> series;
    for (int i = 0; i < 12; ++i) series.push_back({i % 2 == 0 ? 4.0 : 4.5, 20});
    for (int i = 0; i < 12; ++i) series.push_back({i % 2 == 0 ? -6.0 : -6.5, 30});
    EXPECT_EQ(change_points(series), (std::vector<std::size_t>{12}));
}

TEST(ChangePoints, NoiseIsNoChange) {
    std::vector<Level> series;
    for (int i = 0; i < 36; ++i) series.push_back({static_cast<double>((i * 7) % 5) - 2, 10});
    EXPECT_TRUE(change_points(series).empty());
    EXPECT_TRUE(change_points(std::vector<Level>{{1, 3}, {9, 3}}).empty());
}

TEST(ChangePoints, AMonthWithoutEventsBeginsNothing) {
    std::vector<Level> series(30, Level{0, 0});
    for (const std::size_t i : {0U, 1U, 2U, 3U}) series[i] = {5, 10};
    for (const std::size_t i : {20U, 21U, 22U, 23U}) series[i] = {-5, 10};
    EXPECT_EQ(change_points(series), (std::vector<std::size_t>{20}));
}

} // namespace
} // namespace kadesh::ledger
