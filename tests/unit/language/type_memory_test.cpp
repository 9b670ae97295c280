#include "language/type_memory.hpp"

#include <gtest/gtest.h>
#include <string>

namespace kadesh {
namespace {

TEST(TypeMemory, ReturnsTheSameRowForTheSameWord) {
    TypeMemory memory;
    memory.reset(4);
    const TypeMemory::Found first = memory.find("treaty", false);
    EXPECT_TRUE(first.fresh);
    first.row[3] = 7;
    const TypeMemory::Found again = memory.find("treaty", false);
    EXPECT_FALSE(again.fresh);
    EXPECT_EQ(again.row, first.row);
    EXPECT_EQ(again.row[3], 7);
    EXPECT_TRUE(memory.find("treaty", true).fresh) << "a sentence's first word is another type";
    EXPECT_TRUE(memory.find("Treaty", false).fresh);
    EXPECT_TRUE(memory.find("", true).fresh);
    EXPECT_FALSE(memory.find("", true).fresh);
}

TEST(TypeMemory, HoldsAsManyAsItSaysAndForgetsOnReset) {
    TypeMemory memory;
    memory.reset(2);
    for (std::size_t k = 0; k < TypeMemory::kCapacity; ++k) {
        ASSERT_TRUE(memory.has_room(1));
        const TypeMemory::Found found = memory.find(std::to_string(k), false);
        ASSERT_TRUE(found.fresh);
        found.row[0] = static_cast<float>(k);
    }
    EXPECT_FALSE(memory.has_room(1));
    for (std::size_t k = 0; k < TypeMemory::kCapacity; ++k) {
        const TypeMemory::Found found = memory.find(std::to_string(k), false);
        ASSERT_FALSE(found.fresh);
        ASSERT_EQ(found.row[0], static_cast<float>(k));
    }
    memory.reset(2);
    EXPECT_TRUE(memory.has_room(TypeMemory::kCapacity));
    EXPECT_TRUE(memory.find("0", false).fresh);
}

} // namespace
} // namespace kadesh
