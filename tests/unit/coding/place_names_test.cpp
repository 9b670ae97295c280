#include "coding/place_names.hpp"
#include "support/coding_world.hpp"

#include <gtest/gtest.h>
#include <memory>

namespace kadesh {
namespace {

/// The small world, with towns and a county of Texas and the words of institutions and roads.
class PlaceNames : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        shared_ = std::make_unique<Shared>();
        const auto& data = shared_->data;
        kadesh::testing::write_small_world(data);
        test::write_small_lexicon(data);
        data.table("places/cities.tsv", "geonames,name,aliases,country,admin1,lat,lon,population\n"
                                        "611717,Tbilisi,,GEO,51,41.694,44.834,1049498\n"
                                        "1,Moscow,,RUS,48,55.752,37.616,10381222\n"
                                        "2,Huntsville,,USA,TX,30.72,-95.55,38548\n"
                                        "3,Webb,,USA,TX,30.1,-95.1,4800\n"
                                        "4,Cedar,,USA,TX,30.2,-95.2,3000\n"
                                        "5,Anderson,,USA,TX,30.3,-95.3,30000\n"
                                        "6,Washington,,USA,DC,38.895,-77.036,601723\n"
                                        "7,Tehran,,IRN,26,35.694,51.422,7153309\n"
                                        "8,Damascus,,SYR,13,33.51,36.291,1569394\n"
                                        "9,Beijing,,CHN,22,39.907,116.397,11716620\n"
                                        "10,Copenhagen,,DNK,17,55.676,12.566,1153615\n"
                                        "11,Nuuk,,GRL,06,64.183,-51.722,14798\n");
        data.table("places/regions.tsv", "name,aliases,adjectives,country,lat,lon,kind,geonames,division,population\n"
                                         "Texas,,Texan,USA,31,-99,admin1,10,US.TX,29000000\n"
                                         "Anderson County,,,USA,31.8,-95.6,admin2,12,US.TX.001,57000\n");
        data.table("places/generic_words.tsv",
                   "word,place\ncounty,after;completes\npolice,institution\nhigh,institution\nstreet,road\n");
        shared_->world.emplace(kadesh::testing::open_world(data));
        auto lexicon = Lexicon::load(*shared_->world);
        ASSERT_TRUE(lexicon.ok());
        shared_->lexicon.emplace(std::move(*lexicon));
    }
    static void TearDownTestSuite() { shared_.reset(); }

    /// "Huntsville name; Texas place" of a text in the notation of test::tagged.
    static std::string of(const std::string& text) {
        const test::Reading r(*shared_->world, *shared_->lexicon, text, Day::of(2025, 1, 17));
        const std::string& words = r.parsed.document->text;
        std::string out;
        for (const PlaceName& name :
             place_names(*r.parsed.document, r.tree, r.mentions, *shared_->world, PlaceWords::load(*shared_->world))) {
            out += (out.empty() ? "" : "; ") + words.substr(name.span.start, name.span.end - name.span.start);
            out += name.use == PlaceUse::Place ? " place" : name.use == PlaceUse::Name ? " name" : " people";
        }
        return out;
    }

  private:
    struct Shared {
        kadesh::testing::ScratchFolder data;
        std::optional<World> world;
        std::optional<Lexicon> lexicon;
    };
    static inline std::unique_ptr<Shared> shared_;
};

TEST_F(PlaceNames, OfPlacesAndOfTheirPeople) {
    EXPECT_EQ(of("Georgian/JJ/2/amod@MISC troops/NNS/3/nsubj left=leave/VBD/0/root Moscow/NNP/3/obj@LOC"),
              "Georgian people; Moscow place");
}

TEST_F(PlaceNames, InNamesOfBodies) {
    EXPECT_EQ(of("Huntsville/NNP/3/compound@ORG Police/NNP/3/compound+ORG Department/NNP/4/nsubj+ORG "
                 "said=say/VBD/0/root"),
              "Huntsville name");
    EXPECT_EQ(of("University/NNP/4/nsubj@ORG of/IN/3/case+ORG Texas/NNP/1/nmod+ORG closed=close/VBD/0/root"),
              "Texas name");
}

TEST_F(PlaceNames, ButNotWhatBodiesAreCalledAfter) {
    EXPECT_EQ(of("Webb/NNP/2/compound@ORG Center/NNP/3/nsubj+ORG closed=close/VBD/0/root"), "");
}

TEST_F(PlaceNames, UnlessTheTextNamesThePlaceAsWell) {
    EXPECT_EQ(of("Webb/NNP/2/compound@ORG Center/NNP/3/nsubj+ORG closed=close/VBD/0/root in/IN/5/case "
                 "Webb/NNP/3/obl@LOC"),
              "Webb name; Webb place");
}

TEST_F(PlaceNames, TakeTheirLastWordWithThem) {
    EXPECT_EQ(of("He/PRP/2/nsubj left=leave/VBD/0/root Anderson/NNP/4/compound@LOC County/NNP/2/obj"),
              "Anderson County place");
    EXPECT_EQ(of("Anderson/NNP/4/compound@ORG County/NNP/4/compound+ORG Police/NNP/4/compound+ORG "
                 "Office/NNP/5/nsubj+ORG said=say/VBD/0/root"),
              "Anderson County name");
}

TEST_F(PlaceNames, OfRoadsAreNone) {
    EXPECT_EQ(of("They/PRP/2/nsubj met=meet/VBD/0/root on/IN/5/case Cedar/NNP/5/compound@LOC Street/NNP/2/obl"), "");
}

} // namespace
} // namespace kadesh
