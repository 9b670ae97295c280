#include "knowledge/place_resolver.hpp"
#include "support/scratch_data.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

constexpr const char* kCities = "geonames,name,aliases,variants,country,admin1,lat,lon,population\n"
                                "1,Paris,,,FRA,11,48.85,2.35,2138551\n"
                                "2,Paris,,,USA,TX,33.66,-95.55,25171\n"
                                "3,Dallas,,,USA,TX,32.78,-96.8,1300092\n"
                                "4,Lyon,,Lione,FRA,84,45.75,4.85,472317\n"
                                "5,Mosul,,Mossul,IRQ,15,36.33,43.12,1683000\n"
                                "6,Hamlet,,,USA,TX,32.9,-95.4,600\n"
                                "7,Hamlet,,,FRA,84,45.6,4.7,900\n";

class Places : public ::testing::Test {
  protected:
    void SetUp() override {
        data_.table("countries/countries.tsv", std::string(kCountryColumns()) +
                                                   "FRA,FR,France,,,French,,Paris,46,2,,,,member,,65000000\n"
                                                   "IRQ,IQ,Iraq,,,Iraqi,,,33,44,,,,member,,38000000\n"
                                                   "USA,US,United States,,US,American,,,38,-97,,,,member,,330000000\n");
        data_.table("places/cities.tsv", kCities);
        data_.table("places/regions.tsv", "name,aliases,adjectives,country,lat,lon,kind,geonames,division,population\n"
                                          "Texas,,Texan,USA,31,-99,admin1,10,US.TX,29000000\n"
                                          "Île-de-France,,,FRA,48.5,2.5,admin1,11,FR.11,12000000\n"
                                          "Lamar County,,,USA,33.67,-95.57,admin2,12,US.TX.277,50000\n");
        data_.table("places/abbreviations.tsv", "abbreviations,country,name\nTex.;TX,USA,Texas\n");
        data_.table("places/generic_words.tsv", "word,place\ncounty,after;completes\nnorthern,before\n");
        data_.table("places/cues.tsv", "countries,cues\nUSA,sheriff;Fourth of July;000-000-0000\nIRQ,dinar\n");
        std::string weights = "feature\tweight\n";
        for (const auto& [feature, weight] : std::map<std::string_view, int>{{"population", 9},
                                                                             {"country_share", 2},
                                                                             {"province_share", 4},
                                                                             {"near", 2},
                                                                             {"not_far", 3},
                                                                             {"contained", 3},
                                                                             {"contradicted", -3},
                                                                             {"completed", -3},
                                                                             {"cues", 9}})
            given_.emplace(feature, weight);
        for (const std::string_view feature : kPlaceFeatures)
            weights += std::string(feature) + '\t' + std::to_string(given_[feature]) + '\n';
        data_.write("places/weights.tsv", weights);
        world_.emplace(testing::open_world(data_));
    }
    static const char* kCountryColumns() { return testing::kCountryColumns; }

    /// "Texas: Paris" for the place that a name in a text means.
    std::string meant(std::string_view text, std::initializer_list<std::string_view> names) {
        auto resolver = PlaceResolver::load(*world_);
        EXPECT_TRUE(resolver);
        std::vector<TextSpan> spans;
        std::size_t from = 0;
        for (const std::string_view name : names) {
            const std::size_t at = text.find(name, from);
            spans.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + name.size())});
            from = at + name.size();
        }
        const auto ranked = resolver->rank(text, spans);
        if (ranked.at(0).empty()) return "nothing";
        const Entry entry = world_->entry(ranked[0][0].entry);
        if (ranked[0][0].inside) return "somewhere in " + std::string(entry.code);
        const std::string in =
            entry.within == kNoEntry ? std::string(entry.code) : std::string(world_->entry(entry.within).name);
        return in + ": " + std::string(entry.name);
    }

    testing::ScratchFolder data_;
    std::map<std::string_view, int> given_;
    std::optional<World> world_;
};

TEST_F(Places, WithoutContextAreTheLargest) {
    EXPECT_EQ(meant("He flew to Paris.", {"Paris"}), "Île-de-France: Paris");
}

TEST_F(Places, LieInWhatStandsBehindThem) {
    EXPECT_EQ(meant("A fire in Paris, Texas, killed two.", {"Paris"}), "Texas: Paris");
    EXPECT_EQ(meant("A fire in Paris, Tex., killed two.", {"Paris"}), "Texas: Paris");
    EXPECT_EQ(meant("A fire in Paris (United States) killed two.", {"Paris"}), "Texas: Paris");
    EXPECT_EQ(meant("A fire in Paris, France, killed two.", {"Paris"}), "Île-de-France: Paris");
}

TEST_F(Places, AreNearTheOthersOfTheText) {
    EXPECT_EQ(meant("Hamlet is an hour from Dallas.", {"Hamlet", "Dallas"}), "Texas: Hamlet");
    EXPECT_EQ(meant("Hamlet is an hour from Lyon.", {"Hamlet", "Lyon"}), "FRA: Hamlet");
}

TEST_F(Places, AreOneOfEqualNames) {
    const std::string_view text = "Paris votes. The sheriff of Paris, Texas, said so.";
    EXPECT_EQ(meant(text, {"Paris", "Paris"}), "Texas: Paris");
}

TEST_F(Places, AreFoundUnderOtherSpellingsAndWithoutGenericWords) {
    EXPECT_EQ(meant("Fighting near Mossul.", {"Mossul"}), "IRQ: Mosul");
    EXPECT_EQ(meant("Fighting in northern Iraq.", {"northern Iraq"}), "IRQ: Iraq");
    EXPECT_EQ(meant("The Lamar sheriff spoke.", {"Lamar"}), "Texas: Lamar County");
    EXPECT_EQ(meant("The Lamar County Sheriff's Office spoke.", {"Lamar County Sheriff's Office"}),
              "Texas: Lamar County");
    EXPECT_EQ(meant("Nowhereville is quiet.", {"Nowhereville"}), "nothing");
}

TEST_F(Places, LieWhereTheWordsTell) {
    EXPECT_EQ(meant("The sheriff of Paris spoke.", {"Paris"}), "Texas: Paris");
    EXPECT_EQ(meant("Paris keeps the Fourth of July.", {"Paris"}), "Texas: Paris");
    EXPECT_EQ(meant("Call Paris at 952-873-6100.", {"Paris"}), "Texas: Paris");
    EXPECT_EQ(meant("Paris keeps the fourth of July; call 952-873-61.", {"Paris"}), "Île-de-France: Paris");
}

TEST_F(Places, ThatAreInNoTableLieInTheStateOfTheText) {
    EXPECT_EQ(meant("Nowhereville is quiet, officials in France said.", {"Nowhereville"}), "somewhere in FRA");
    EXPECT_EQ(meant("Nowhereville pays in dinar.", {"Nowhereville"}), "somewhere in IRQ");
    EXPECT_EQ(meant("France heard of Nowhereville, Texas, today.", {"Nowhereville"}), "somewhere in USA");
}

TEST_F(Places, ThatAreSmallAreNotReadOutOfRunningText) {
    std::vector<NameHit> hits;
    world_->find(std::string_view("Hamlet"), hits);
    EXPECT_TRUE(hits.empty());
    world_->find_places("Hamlet", hits);
    EXPECT_EQ(hits.size(), 2U);
    EXPECT_EQ(world_->entry(hits[0].entry).population, 900U); // the larger first
}

TEST_F(Places, NeedEveryWeight) {
    data_.write("places/weights.tsv", "feature\tweight\npopulation\t1\n");
    const World world = testing::open_world(data_);
    const auto resolver = PlaceResolver::load(world);
    ASSERT_FALSE(resolver);
    EXPECT_EQ(resolver.error().code, ErrorCode::BadArtefact);
}

TEST(Distance, IsThatOfTheGlobe) {
    EXPECT_NEAR(kilometres(48.85, 2.35, 51.51, -0.13), 344, 3); // Paris to London
    EXPECT_NEAR(kilometres(0, 179, 0, -179), 222, 2);
    EXPECT_EQ(kilometres(10, 20, 10, 20), 0);
}

} // namespace
} // namespace kadesh
