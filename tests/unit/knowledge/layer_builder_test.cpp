#include "knowledge/layer_builder.hpp"
#include "support/scratch_data.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class Layers : public ::testing::Test {
  protected:
    void SetUp() override {
        testing::write_small_world(data_);
        world_.emplace(testing::open_world(data_));
    }
    /// A table with `,` for the tab and `;` for the bar.
    BuiltLayer build(std::string table) {
        for (char& c : table) c = c == ',' ? '\t' : c == ';' ? '|' : c;
        return build_layer(*world_, "mine.tsv", table);
    }
    void lay(const std::string& table) {
        BuiltLayer layer = build(table);
        ASSERT_TRUE(layer.problems.empty()) << layer.problems.at(0).reason;
        ASSERT_TRUE(world_->add_layer(std::move(layer.pack), "mine.tsv"));
    }
    Entry first(std::string_view name) {
        std::vector<NameHit> hits;
        world_->find(name, hits);
        return hits.empty() ? Entry{} : world_->entry(hits.front().entry);
    }

    testing::ScratchFolder data_;
    std::optional<World> world_;
};

TEST_F(Layers, BringNewActors) {
    const std::string hash(world_->hash());
    lay("name,kind,aliases,code,sectors\nFoo Front,group,FF Front;FFX,SYR,REB\n");
    EXPECT_EQ(first("Foo Front").code, "SYR");
    EXPECT_EQ(first("FF Front").kind, EntryKind::Group);
    EXPECT_EQ(first("FFX").sectors.front(), "REB");
    EXPECT_NE(world_->hash(), hash); // records tell that the world was another
}

TEST_F(Layers, AreReadInRunningText) {
    lay("name,kind,code,sectors\nFoo Liberation Front,group,SYR,REB\n");
    const std::vector<std::string_view> words{"Foo", "Liberation", "Front", "fighters"};
    std::vector<NameHit> hits;
    EXPECT_EQ(world_->find(words, hits), 3U);
}

TEST_F(Layers, CarryOnForPeopleOfTheWorld) {
    lay("name,kind,country,office,from,to\nSergey Lavrov,person,RUS,president,2031-01-01,\n");
    std::vector<NameHit> hits;
    world_->find(std::string_view("Lavrov"), hits);
    ASSERT_EQ(hits.size(), 1U); // not a second one
    std::vector<Tenure> tenures;
    world_->tenures(hits[0].entry, tenures);
    ASSERT_EQ(tenures.size(), 2U);
    EXPECT_EQ(tenures[0].title, "foreign minister");
    EXPECT_EQ(tenures[1].title, "president");
    const auto name = [&](std::string_view office, Day on) {
        const EntryId id = world_->holder("RUS", office, on);
        return id == kNoEntry ? std::string() : std::string(world_->entry(id).name);
    };
    EXPECT_EQ(name("president", Day::of(2031, 6, 1)), "Sergey Lavrov"); // came later than the pack's
    EXPECT_EQ(name("president", Day::of(2020, 6, 1)), "Vladimir Putin");
    EXPECT_EQ(name("foreign minister", Day::of(2020, 6, 1)), "Sergey Lavrov");
}

TEST_F(Layers, GiveStatesNamesAndRolesSectors) {
    lay("name,kind,code,sectors\nRossiya,country,RUS,\nborder reivers,role,,CRM\n");
    EXPECT_EQ(first("Rossiya").name, "Russia");
    const std::vector<std::string_view> words{"scottish", "border", "reivers"};
    const auto role = world_->agent(words);
    ASSERT_TRUE(role);
    EXPECT_EQ(role->sectors.front(), "CRM");
    EXPECT_EQ(role->words, 2U);
}

TEST_F(Layers, WithBadRowsAreRefusedByLine) {
    const BuiltLayer layer = build("name,kind,code,sectors,country,office,from,to\n"
                                   "A,group,XQX,REB,,,,\n"
                                   "B,gang,RUS,CRM,,,,\n"
                                   "C,group,RUS,XYZ,,,,\n"
                                   "D,person,,,RUS,grand poobah,,\n"
                                   "E,person,,GOV,RUS,president,2001,2000\n"
                                   ",group,RUS,REB,,,,\n");
    EXPECT_TRUE(layer.unknown_code);
    EXPECT_TRUE(layer.pack.bytes.empty());
    std::vector<std::size_t> lines;
    for (const TableProblem& problem : layer.problems) {
        EXPECT_EQ(problem.file, "mine.tsv");
        lines.push_back(problem.line);
    }
    EXPECT_EQ(lines, (std::vector<std::size_t>{2, 3, 4, 5, 6, 7}));
    const std::vector<std::string> codes = valid_codes(*world_);
    EXPECT_NE(std::find(codes.begin(), codes.end(), "RUS"), codes.end());
    EXPECT_NE(std::find(codes.begin(), codes.end(), "IGO"), codes.end());
}

TEST_F(Layers, GiveTheSameBytesEachTime) {
    const char* table = "name,kind,code,sectors\nFoo Front,group,SYR,REB\nBar,company,USA,BUS\n";
    EXPECT_EQ(build(table).pack.bytes, build(table).pack.bytes);
}

} // namespace
} // namespace kadesh
