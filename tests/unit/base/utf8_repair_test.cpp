// The expected values are what CPython gives for bytes.decode("utf-8", errors="replace").
#include "base/utf8.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace kadesh {
namespace {

using namespace std::string_view_literals;

struct Repair {
    std::string_view bytes;
    std::string_view text;
    std::uint32_t repaired;
};

constexpr Repair kRepairs[] = {
    {"plain"sv, "plain"sv, 0},
    {"caf\303\251"sv, "caf\303\251"sv, 0},
    {"\377"sv, "\357\277\275"sv, 1},
    {"\376\377"sv, "\357\277\275\357\277\275"sv, 2},
    {"a\200b"sv, "a\357\277\275b"sv, 1},
    {"\303"sv, "\357\277\275"sv, 1},
    {"\303("sv, "\357\277\275("sv, 1},
    {"\300\257"sv, "\357\277\275\357\277\275"sv, 2},
    {"\301\201"sv, "\357\277\275\357\277\275"sv, 2},
    {"\342\202"sv, "\357\277\275"sv, 1},
    {"\342\202x"sv, "\357\277\275x"sv, 1},
    {"\342(\241"sv, "\357\277\275(\357\277\275"sv, 2},
    {"\340\200\257"sv, "\357\277\275\357\277\275\357\277\275"sv, 3},
    {"\340\237\277"sv, "\357\277\275\357\277\275\357\277\275"sv, 3},
    {"\355\240\200"sv, "\357\277\275\357\277\275\357\277\275"sv, 3},
    {"\355\277\277"sv, "\357\277\275\357\277\275\357\277\275"sv, 3},
    {"\355\237\277"sv, "\355\237\277"sv, 0},
    {"\356\200\200"sv, "\356\200\200"sv, 0},
    {"\360\237\230\200"sv, "\360\237\230\200"sv, 0},
    {"\360\237\230"sv, "\357\277\275"sv, 1},
    {"\360\237\230z"sv, "\357\277\275z"sv, 1},
    {"\360\200\200\200"sv, "\357\277\275\357\277\275\357\277\275\357\277\275"sv, 4},
    {"\360\217\277\277"sv, "\357\277\275\357\277\275\357\277\275\357\277\275"sv, 4},
    {"\364\217\277\277"sv, "\364\217\277\277"sv, 0},
    {"\364\220\200\200"sv, "\357\277\275\357\277\275\357\277\275\357\277\275"sv, 4},
    {"\365\200\200\200"sv, "\357\277\275\357\277\275\357\277\275\357\277\275"sv, 4},
    {"\370\210\200\200\200"sv, "\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275"sv, 5},
    {"\357\277\275"sv, "\357\277\275"sv, 0},
    {"\357\277\275\377"sv, "\357\277\275\357\277\275"sv, 1},
    {"\357\273\277x"sv, "\357\273\277x"sv, 0},
    {"\000"sv, "\000"sv, 0},
    {"long enough ascii run \342\200\231 and more \342\200 end"sv,
     "long enough ascii run \342\200\231 and more \357\277\275 end"sv, 1},
    {"\346\227\245\346\234"sv, "\346\227\245\357\277\275"sv, 1},
    {"\303\303\251"sv, "\357\277\275\303\251"sv, 1},
    {"\360\237\303\251"sv, "\357\277\275\303\251"sv, 1},
    {"\342\200\342\200\234"sv, "\357\277\275\342\200\234"sv, 1},
};

TEST(RepairUtf8, ReplacesMaximalSubpartsAsPythonDoes) {
    for (const Repair& expected : kRepairs) {
        const RepairedUtf8 found = repair_utf8(expected.bytes);
        EXPECT_EQ(found.text, expected.text) << testing::PrintToString(expected.bytes);
        EXPECT_EQ(found.repaired, expected.repaired) << testing::PrintToString(expected.bytes);
        EXPECT_EQ(is_valid_utf8(expected.bytes), expected.repaired == 0) << testing::PrintToString(expected.bytes);
        EXPECT_TRUE(is_valid_utf8(found.text)) << testing::PrintToString(expected.bytes);
    }
}

TEST(RepairUtf8, DoesNotDependOnWhatStandsBefore) {
    for (const Repair& expected : kRepairs) {
        for (std::size_t before = 0; before < 9; ++before) {
            const std::string lead(before, 'x');
            EXPECT_EQ(repair_utf8(lead + std::string(expected.bytes)).text, lead + std::string(expected.text));
        }
    }
}

} // namespace
} // namespace kadesh
