#include "coding/contexts.hpp"
#include "support/coding_world.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class Contexts : public test::CodingTest {
  protected:
    static ContextTable table() {
        auto loaded = ContextTable::load(world());
        EXPECT_TRUE(loaded.ok());
        return std::move(*loaded);
    }
    /// The score of a context over the whole of a text; -1 if there is no such context.
    static double score(const std::string& text, std::string_view context) {
        const ContextTable contexts = table();
        const auto p = test::tagged(text);
        const std::vector<double> scores = contexts.score(*p.annotation, {0, p.annotation->size()});
        for (std::size_t i = 0; i < contexts.size(); ++i)
            if (contexts.name(i) == context) return scores[i];
        return -1;
    }
};

TEST_F(Contexts, OneEntryAContext) {
    const ContextTable contexts = table();
    ASSERT_EQ(contexts.size(), 3U);
    EXPECT_EQ(contexts.name(0), "military");
    EXPECT_EQ(contexts.name(1), "economic");
    EXPECT_EQ(contexts.name(2), "elections");
}

TEST_F(Contexts, CuesAddUpByLemmaWhateverTheCase) {
    EXPECT_DOUBLE_EQ(score("Troops=Troop/NNS/2/nsubj met=meet/VBD/0/root troops=troop/NNS/2/obj", "military"), 2);
    EXPECT_DOUBLE_EQ(score("They/PRP/2/nsubj trade/VBP/0/root", "economic"), 1.5);
    EXPECT_DOUBLE_EQ(score("They/PRP/2/nsubj trade/VBP/0/root", "military"), 0);
}

TEST_F(Contexts, CuesOfSeveralWordsMustStandTogether) {
    EXPECT_DOUBLE_EQ(score("armed/JJ/2/amod forces=force/NNS/0/root", "military"), 2);
    EXPECT_DOUBLE_EQ(score("armed/JJ/3/amod rebel/NN/3/compound forces=force/NNS/0/root", "military"), 0);
}

TEST_F(Contexts, OnlyTheRangeCounts) {
    const ContextTable contexts = table();
    const auto p = test::tagged("armed/JJ/2/amod forces=force/NNS/0/root trade/NN/2/dep");
    EXPECT_DOUBLE_EQ(contexts.score(*p.annotation, {0, 1})[0], 0); // the cue goes on beyond the range
    EXPECT_DOUBLE_EQ(contexts.score(*p.annotation, {0, 2})[0], 2);
    EXPECT_DOUBLE_EQ(contexts.score(*p.annotation, {0, 2})[1], 0);
    EXPECT_DOUBLE_EQ(contexts.score(*p.annotation, {1, 1})[0], 0);
}

TEST(ContextTables, RowWithoutThreeColumnsIsAnError) {
    const testing::ScratchFolder data;
    data.write("ontology/contexts.tsv", "context\tcue\nmilitary\ttroop\n");
    const World world = testing::open_world(data);
    const auto loaded = ContextTable::load(world);
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.error().code, ErrorCode::BadArtefact);
    EXPECT_NE(loaded.error().message.find("military\ttroop"), std::string::npos);
}

TEST(ContextTables, NoTableIsNoContexts) {
    const testing::ScratchFolder data;
    const World world = testing::open_world(data);
    const auto loaded = ContextTable::load(world);
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ(loaded->size(), 0U);
}

} // namespace
} // namespace kadesh
