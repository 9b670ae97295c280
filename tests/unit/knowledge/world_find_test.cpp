#include "knowledge/world.hpp"
#include "support/scratch_data.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

using testing::words;

class WorldFind : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        data_ = new testing::ScratchFolder;
        testing::write_small_world(*data_);
        world_ = new World(testing::open_world(*data_));
    }
    static void TearDownTestSuite() {
        delete world_;
        delete data_;
    }

    /// "taken: name/code/form name/code/form"
    static std::string find(std::string_view text) {
        std::vector<NameHit> hits;
        const std::size_t taken = world_->find(words(text), hits);
        return std::to_string(taken) + ":" + written(hits);
    }
    static std::string find_whole(std::string_view text) {
        std::vector<NameHit> hits;
        world_->find(text, hits);
        return written(hits);
    }
    static std::string written(const std::vector<NameHit>& hits) {
        const char forms[] = "NaADMS";
        std::string out;
        for (const NameHit& hit : hits) {
            const Entry entry = world_->entry(hit.entry);
            out += " " + std::string(entry.name) + "/" + std::string(entry.code) + "/" +
                   forms[static_cast<std::size_t>(hit.form)];
        }
        return out;
    }

    static testing::ScratchFolder* data_;
    static World* world_;
};
testing::ScratchFolder* WorldFind::data_ = nullptr;
World* WorldFind::world_ = nullptr;

TEST_F(WorldFind, TakesTheLongestName) {
    EXPECT_EQ(find("Russia said"), "1: Russia/RUS/N");
    EXPECT_EQ(find("Russian Federation forces"), "2: Russia/RUS/N");
    EXPECT_EQ(find("Russian forces"), "1: Russia/RUS/D");
    EXPECT_EQ(find("Middle Eastern states"), "2: Middle East//D");
    EXPECT_EQ(find("forces of Russia"), "0:");
    EXPECT_EQ(find("Middle of nowhere"), "0:");
    EXPECT_EQ(find(""), "0:");
}

TEST_F(WorldFind, SkipsTheArticleAndPunctuation) {
    EXPECT_EQ(find("the Kremlin said"), "2: Russia/RUS/M");
    EXPECT_EQ(find("The Kremlin"), "2: Russia/RUS/M");
    EXPECT_EQ(find("the"), "0:");
    EXPECT_EQ(find("Bashar al - Assad 's palace"), "4: Bashar al-Assad/SYR/N");
    EXPECT_EQ(find("al-Assad"), "1: Bashar al-Assad/SYR/S Hafez al-Assad/SYR/S");
    EXPECT_EQ(find("Guinea - Bissau"), "3: Guinea-Bissau/GNB/N");
    EXPECT_EQ(find("Guinea , Bissau"), "1: Guinea/GIN/N");
    EXPECT_EQ(find("People 's Republic of China"), "5: China/CHN/N");
    EXPECT_EQ(find("Iranian 's"), "1: Iran/IRN/D");
    EXPECT_EQ(find("- Iran"), "0:");
}

TEST_F(WorldFind, JoinsNoWordsThatANameHasInOne) {
    EXPECT_EQ(find("Geo rgia"), "0:");
    EXPECT_EQ(find("Mos cow"), "0:");
    EXPECT_EQ(find("Middleeast"), "0:");
    EXPECT_EQ(find("Middle-East"), "1: Middle East//N");
    EXPECT_EQ(find("Bashar Al Assad"), "3: Bashar al-Assad/SYR/N");
    EXPECT_EQ(find("al Assad"), "2: Bashar al-Assad/SYR/S Hafez al-Assad/SYR/S");
    EXPECT_EQ(find("Côte d' Ivoire"), "3: Ivory Coast/CIV/a");
    EXPECT_EQ(find("Guinea Bissau"), "2: Guinea-Bissau/GNB/N");
}

TEST_F(WorldFind, NeedsCapitals) {
    EXPECT_EQ(find("middle East"), "0:");
    EXPECT_EQ(find("russia"), "0:");
    EXPECT_EQ(find("us all"), "0:");
    EXPECT_EQ(find("Us all"), "0:");
    EXPECT_EQ(find("US forces"), "1: United States/USA/A");
    EXPECT_EQ(find("U.S. forces"), "1: United States/USA/A");
    EXPECT_EQ(find("who said"), "0:");
    EXPECT_EQ(find("Who said"), "0:");
    EXPECT_EQ(find("WHO said"), "1: World Health Organization/UNO/A");
    EXPECT_EQ(find("Nato said"),
              "1: North Atlantic Treaty Organization/IGO/A"); // four letters may be written as a word
    EXPECT_EQ(find("RUSSIA SAID"), "1: Russia/RUS/N");
}

TEST_F(WorldFind, ReadsNoOrdinaryWordOutOfCapitals) {
    EXPECT_EQ(find("WHO SAYS IRAN HAS WON"), "0:");
    EXPECT_EQ(find("WHO says"), "1: World Health Organization/UNO/A");
    EXPECT_EQ(find("US SAYS IRAN HAS WON"), "1: United States/USA/A");
}

TEST_F(WorldFind, LeavesOutTownsCalledLikeOrdinaryWords) {
    EXPECT_EQ(find("Of course"), "0:");
    EXPECT_EQ(find("Central"), "0:");
    EXPECT_EQ(find("Nice"), "1: Nice/USA/N"); // large enough
}

TEST_F(WorldFind, PutsTheBestKnownFirst) {
    EXPECT_EQ(find("Georgia"), "1: Georgia/GEO/N Georgia/USA/N");
    EXPECT_EQ(find("Moscow"), "1: Russia/RUS/M Moscow/RUS/N Moscow/USA/N");
    EXPECT_EQ(find("Assad"), "1: Bashar al-Assad/SYR/S Hafez al-Assad/SYR/S");
}

TEST_F(WorldFind, ObservesTheArticleThatANameNeeds) {
    EXPECT_EQ(find("the West said"), "2: West//N");
    EXPECT_EQ(find("West said"), "0:");
    EXPECT_EQ(find("Western officials"), "1: West//D");
    EXPECT_EQ(find("the Mideast"), "2: Middle East//a");
    EXPECT_EQ(find("The Times said"), "2: Times/USA/N");
    EXPECT_EQ(find("the Times said"), "0:"); // a newspaper of one word needs its large article
    EXPECT_EQ(find("Times said"), "0:");
}

TEST_F(WorldFind, KnowsWholeStrings) {
    EXPECT_EQ(find_whole("Vladimir Putin"), " Vladimir Putin/RUS/N");
    EXPECT_EQ(find_whole("iran"), " Iran/IRN/N");
    EXPECT_EQ(find_whole("the Kremlin"), " Russia/RUS/M");
    EXPECT_EQ(find_whole("Iran and Russia"), "");
    EXPECT_EQ(find_whole("us"), "");
    EXPECT_EQ(find_whole("US"), " United States/USA/A");
    EXPECT_EQ(find_whole(""), "");
}

TEST_F(WorldFind, GivesEntriesTheirFields) {
    std::vector<NameHit> hits;
    world_->find(std::string_view("Tehran"), hits);
    ASSERT_EQ(hits.size(), 2U);
    const Entry iran = world_->entry(hits[0].entry);
    EXPECT_EQ(iran.kind, EntryKind::Country);
    EXPECT_EQ(iran.wikidata, "Q794");
    EXPECT_EQ(iran.capital, hits[1].entry);
    EXPECT_EQ(iran.population, 80000000U);
    ASSERT_EQ(iran.sectors.size(), 1U);
    EXPECT_EQ(iran.sectors[0], "GOV");
    const Entry tehran = world_->entry(hits[1].entry);
    EXPECT_EQ(tehran.kind, EntryKind::City);
    EXPECT_EQ(tehran.code, "IRN");
    EXPECT_EQ(tehran.geonames, 112931U);
    EXPECT_TRUE(tehran.is_capital);
    EXPECT_TRUE(tehran.has_coordinates);
    EXPECT_NEAR(tehran.lat, 35.694, 1e-6);
    EXPECT_EQ(tehran.capital, kNoEntry);
    EXPECT_FALSE(world_->entry(world_->country("GEO")).is_capital);
}

TEST_F(WorldFind, CountsDependenciesAsTheirState) {
    const Entry greenland = world_->entry(world_->country("GRL"));
    EXPECT_EQ(greenland.name, "Greenland");
    EXPECT_EQ(greenland.code, "DNK");
    EXPECT_EQ(world_->entry(world_->country("DNK")).name, "Denmark");
    const Entry abkhazia = world_->entry(world_->country("XAB"));
    EXPECT_EQ(abkhazia.code, "GEO");
    ASSERT_EQ(abkhazia.sectors.size(), 2U);
    EXPECT_EQ(abkhazia.sectors[1], "PRE");
    EXPECT_EQ(world_->country("XXX"), kNoEntry);
    EXPECT_EQ(world_->country(""), kNoEntry);
    EXPECT_EQ(world_->country("DENMARK"), kNoEntry);
}

TEST_F(WorldFind, KnowsPastStatesSeatsAndGroupings) {
    std::vector<NameHit> hits;
    world_->find(std::string_view("Soviet Union"), hits);
    const Entry soviet = world_->entry(hits.at(0).entry);
    EXPECT_EQ(soviet.from, Day::of(1922, 12, 30));
    EXPECT_EQ(soviet.to, Day::of(1991, 12, 26));
    hits.clear();
    world_->find(std::string_view("Pentagon"), hits);
    const Entry pentagon = world_->entry(hits.at(0).entry);
    EXPECT_EQ(pentagon.kind, EntryKind::Agency);
    EXPECT_EQ(pentagon.name, "Department of Defense");
    ASSERT_EQ(pentagon.sectors.size(), 2U);
    EXPECT_EQ(pentagon.sectors[1], "MIL");
    hits.clear();
    world_->find(std::string_view("Old Palace"), hits);
    EXPECT_EQ(world_->entry(hits.at(0).entry).to, Day::of(1989, 12, 31));
    hits.clear();
    world_->find(std::string_view("Nordics"), hits);
    const Entry nordics = world_->entry(hits.at(0).entry);
    EXPECT_EQ(nordics.kind, EntryKind::Region);
    ASSERT_EQ(nordics.members.size(), 1U);
    EXPECT_EQ(nordics.members[0], "DNK");
}

TEST_F(WorldFind, KnowsAgreements) {
    std::vector<NameHit> hits;
    EXPECT_EQ(world_->find(words("the Iran nuclear deal"), hits), 4U);
    const auto deal = world_->agreement(hits.at(0).entry);
    ASSERT_TRUE(deal);
    EXPECT_EQ(deal->kind, "deal");
    EXPECT_EQ(deal->parties.size(), 4U);
    EXPECT_EQ(deal->subjects[0], "nuclear");
    EXPECT_EQ(deal->signed_on, DayRange::on(Day::of(2015, 7, 14)));
    EXPECT_EQ(deal->in_force, (DayRange{Day::of(2015, 10, 1), Day::of(2015, 10, 31)}));
    EXPECT_EQ(deal->expires, DayRange::on(Day::of(2025, 10, 18)));
    hits.clear();
    world_->find(std::string_view("Friendship Treaty"), hits);
    EXPECT_FALSE(world_->agreement(hits.at(0).entry)->in_force);
    EXPECT_FALSE(world_->agreement(world_->country("IRN")));
}

TEST_F(WorldFind, KnowsRolesByTheirLastWords) {
    const auto agent = [](std::string_view lemmas) -> std::string {
        const auto hit = world_->agent(words(lemmas));
        if (!hit) return "none";
        std::string out = std::to_string(hit->words) + ":" + std::string(hit->office);
        for (const std::string_view sector : hit->sectors) out += " " + std::string(sector);
        return out;
    };
    EXPECT_EQ(agent("iranian foreign minister"), "2:foreign minister GOV");
    EXPECT_EQ(agent("the minister"), "1: GOV");
    EXPECT_EQ(agent("minister of foreign affairs"), "4:foreign minister GOV");
    EXPECT_EQ(agent("head of state"), "3:president GOV");
    EXPECT_EQ(agent("security force"), "2: COP MIL");
    EXPECT_EQ(agent("vice - president"), "3: GOV");
    EXPECT_EQ(agent("vice president"), "2: GOV");
    EXPECT_EQ(agent("rebel table"), "none");
    EXPECT_EQ(agent("- rebel"), "1: REB");
    EXPECT_EQ(agent(""), "none");
}

TEST_F(WorldFind, CarriesTablesAsText) {
    EXPECT_EQ(world_->table("ontology/modes.tsv"), "type\tmode\tscore\nAGREE\tvisit\t4\n");
    EXPECT_EQ(world_->table("lexicon/frames.tsv"), "lemma\tpos\nsign\tverb\n");
    EXPECT_EQ(world_->table("places/cities.tsv"), "");
    EXPECT_EQ(world_->hash().size(), 12U);
}

TEST_F(WorldFind, AppendsAndMoves) {
    std::vector<NameHit> hits{{7, NameForm::Name}};
    world_->find(words("Russia"), hits);
    EXPECT_EQ(hits.size(), 2U);
    EXPECT_EQ(hits[0].entry, 7U);
    World other = testing::open_world(*data_);
    const std::string_view name = other.entry(other.country("RUS")).name;
    World moved = std::move(other);
    EXPECT_EQ(moved.entry(moved.country("RUS")).name.data(), name.data()); // views survive a move
}

} // namespace
} // namespace kadesh
