#include "knowledge/world.hpp"
#include "support/scratch_data.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class WorldOffices : public ::testing::Test {
  protected:
    void SetUp() override {
        testing::write_small_world(data_);
        world_.emplace(testing::open_world(data_));
    }
    std::string holder(std::string_view country, std::string_view office, Day on) {
        const EntryId id = world_->holder(country, office, on);
        return id == kNoEntry ? "nobody" : std::string(world_->entry(id).name);
    }

    testing::ScratchFolder data_;
    std::optional<World> world_;
};

TEST_F(WorldOffices, ChangeOnTheirDay) {
    EXPECT_EQ(holder("RUS", "president", Day::of(2000, 5, 6)), "nobody");
    EXPECT_EQ(holder("RUS", "president", Day::of(2000, 5, 7)), "Vladimir Putin");
    EXPECT_EQ(holder("RUS", "president", Day::of(2008, 5, 6)), "Vladimir Putin");
    EXPECT_EQ(holder("RUS", "president", Day::of(2008, 5, 7)), "Dmitry Medvedev"); // who comes in, on the day itself
    EXPECT_EQ(holder("RUS", "president", Day::of(2012, 5, 6)), "Dmitry Medvedev");
    EXPECT_EQ(holder("RUS", "president", Day::of(2012, 5, 7)), "Vladimir Putin");
    EXPECT_EQ(holder("RUS", "president", Day::of(2100, 1, 1)), "Vladimir Putin"); // still held
    EXPECT_EQ(holder("SYR", "president", Day::of(2024, 12, 8)), "Bashar al-Assad");
    EXPECT_EQ(holder("SYR", "president", Day::of(2024, 12, 9)), "nobody");
}

TEST_F(WorldOffices, WithImpreciseDates) {
    EXPECT_EQ(holder("RUS", "foreign minister", Day::of(2004, 2, 29)), "nobody");
    EXPECT_EQ(holder("RUS", "foreign minister", Day::of(2004, 3, 1)), "Sergey Lavrov");
    EXPECT_EQ(holder("SYR", "president", Day::of(1971, 1, 1)), "Hafez al-Assad");
    EXPECT_EQ(holder("SYR", "president", Day::of(2000, 7, 16)), "Hafez al-Assad"); // until some day of 2000
    EXPECT_EQ(holder("SYR", "president", Day::of(2000, 7, 17)), "Bashar al-Assad");
}

TEST_F(WorldOffices, UnderAnyOfTheirNames) {
    const Day on = Day::of(2020, 1, 1);
    EXPECT_EQ(holder("RUS", "minister of foreign affairs", on), "Sergey Lavrov");
    EXPECT_EQ(holder("RUS", "Foreign Minister", on), "Sergey Lavrov");
    EXPECT_EQ(holder("RUS", "king", on), "nobody");
    EXPECT_EQ(holder("USA", "president", on), "nobody");
    EXPECT_EQ(holder("", "", on), "nobody");
}

TEST_F(WorldOffices, OfADependencyAreItsOwn) {
    EXPECT_EQ(holder("GRL", "prime minister", Day::of(2010, 1, 1)), "Kuupik Kleist");
    EXPECT_EQ(holder("DNK", "prime minister", Day::of(2010, 1, 1)), "nobody");
    std::vector<NameHit> hits;
    world_->find(std::string_view("Kuupik Kleist"), hits);
    EXPECT_EQ(world_->entry(hits.at(0).entry).code, "DNK");
}

TEST_F(WorldOffices, OfAPersonComeOldestFirst) {
    std::vector<NameHit> hits;
    world_->find(std::string_view("Putin"), hits);
    std::vector<Tenure> tenures;
    world_->tenures(hits.at(0).entry, tenures);
    ASSERT_EQ(tenures.size(), 3U);
    EXPECT_EQ(tenures[0].title, "president");
    EXPECT_EQ(tenures[0].country, "RUS");
    EXPECT_EQ(tenures[0].sectors.size(), 1U); // the office's, since the row gives none
    EXPECT_EQ(tenures[0].from, Day::of(2000, 5, 7));
    EXPECT_EQ(tenures[1].title, "prime minister");
    EXPECT_EQ(tenures[2].to.days, INT32_MAX);
    tenures.clear();
    world_->tenures(world_->country("RUS"), tenures);
    EXPECT_TRUE(tenures.empty());
}

} // namespace
} // namespace kadesh
