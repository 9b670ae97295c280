#include "knowledge/pack_builder.hpp"
#include "support/scratch_data.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace kadesh {
namespace {

using testing::ScratchFolder;

std::vector<std::string> problems_of(const ScratchFolder& data) {
    const BuiltPack built = build_pack(data.path());
    std::vector<std::string> out;
    for (const TableProblem& problem : built.problems)
        out.push_back(problem.file + ":" + std::to_string(problem.line) + ": " + problem.reason);
    EXPECT_EQ(built.bytes.empty(), !out.empty());
    return out;
}

TEST(PackBuilder, GivesTheSameBytesForTheSameTables) {
    ScratchFolder one, two;
    testing::write_small_world(one);
    testing::write_small_world(two);
    const BuiltPack first = build_pack(one.path()), second = build_pack(two.path());
    ASSERT_FALSE(first.bytes.empty());
    EXPECT_EQ(first.bytes, second.bytes);
    two.table("agents/agents.tsv", "phrase,sectors,office\nsoldier,COP,\n");
    EXPECT_NE(build_pack(two.path()).bytes, first.bytes);
}

TEST(PackBuilder, TakesTablesThatAreNotThereAsEmpty) {
    ScratchFolder data;
    World world = testing::open_world(data);
    EXPECT_EQ(world.size(), 0U);
    std::vector<NameHit> hits;
    EXPECT_EQ(world.find(testing::words("Russia"), hits), 0U);
    EXPECT_EQ(world.holder("RUS", "president", Day::of(2020, 1, 1)), kNoEntry);
    EXPECT_FALSE(world.agent(testing::words("soldier")));
    EXPECT_EQ(world.table("lexicon/frames.tsv"), "");
    EXPECT_FALSE(build_pack(data.path("nowhere")).problems.empty());
}

struct BadRow {
    const char* table;
    const char* row; ///< appended to the small world's table
    const char* reason;
};

class PackBuilderRows : public ::testing::TestWithParam<BadRow> {};

TEST_P(PackBuilderRows, AreNamedWithFileLineAndReason) {
    ScratchFolder data;
    testing::write_small_world(data);
    ASSERT_EQ(problems_of(data), std::vector<std::string>{});
    std::string text;
    {
        std::ifstream in(data.path(GetParam().table));
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    std::string row = GetParam().row;
    for (char& c : row) c = c == ',' ? '\t' : c == ';' ? '|' : c;
    data.write(GetParam().table, text + row + "\n");
    const auto line = std::count(text.begin(), text.end(), '\n') + 1;
    const std::string expected = std::string(GetParam().table) + ":" + std::to_string(line) + ": " + GetParam().reason;
    const auto problems = problems_of(data);
    ASSERT_EQ(problems.size(), 1U) << (problems.empty() ? "" : problems[0]);
    EXPECT_EQ(problems[0], expected);
}

INSTANTIATE_TEST_SUITE_P(
    , PackBuilderRows,
    ::testing::Values(
        BadRow{"countries/countries.tsv", "rus,,X,,,,,,,,,,,member,,", "code: \"rus\" is not three capital letters"},
        BadRow{"countries/countries.tsv", "RUS,,X,,,,,,,,,,,member,,", "code: \"RUS\" stands twice"},
        BadRow{"countries/countries.tsv", "XYZ,,,,,,,,,,,,,member,,", "name: empty"},
        BadRow{"countries/countries.tsv", "XYZ,,X,,,,,,,,,,,friend,,", "status: unknown \"friend\""},
        BadRow{"countries/countries.tsv", "XYZ,RU,X,,,,,,,,,,,member,,", "alpha2: \"RU\" stands twice"},
        BadRow{"countries/countries.tsv", "XYZ,,X,,,,,,95,1,,,,member,,", "lat: \"95\" is not a number in range"},
        BadRow{"countries/countries.tsv", "XYZ,,X,,,,,,,,,once,,past,,", "from: \"once\" is not a date"},
        BadRow{"countries/countries.tsv", "XYZ,,X,,,,,,,,,,,territory,QQQ,", "within: unknown code \"QQQ\""},
        BadRow{"countries/countries.tsv", "XYZ,,X,,,,,Atlantis,,,,,,member,,",
               "capital: no city \"Atlantis\" in places/cities.tsv"},
        BadRow{"countries/countries.tsv", "XYZ,,X", "3 fields, the header has 16"},
        BadRow{"countries/metonyms.tsv", ",RUS,GOV,,,", "phrase: empty"},
        BadRow{"countries/metonyms.tsv", "Place,QQQ,GOV,,,", "code: unknown code \"QQQ\""},
        BadRow{"countries/metonyms.tsv", "Place,RUS,GUV,,,", "sectors: unknown sector \"GUV\""},
        BadRow{"countries/groupings.tsv", "Group,RUS;QQQ,", "codes: unknown code \"QQQ\""},
        BadRow{"places/cities.tsv", "x,City,,RUS,,1,1,1", "geonames: \"x\" is not a number in range"},
        BadRow{"places/cities.tsv", "524901,City,,RUS,,1,1,1", "geonames: the id stands twice"},
        BadRow{"places/cities.tsv", "9,,,RUS,,1,1,1", "name: empty"},
        BadRow{"places/cities.tsv", "9,City,,RU,,1,1,1", "country: unknown code \"RU\""},
        BadRow{"places/cities.tsv", "9,City,,RUS,,1,,1", "no coordinates"},
        BadRow{"places/regions.tsv", "Land,,,RUS,,,county", "kind: unknown \"county\""},
        BadRow{"places/regions.tsv", "Land,,,QQQ,,,area", "country: unknown code \"QQQ\""},
        BadRow{"offices/titles.tsv", "president,,GOV", "office: \"president\" stands twice"},
        BadRow{"offices/titles.tsv", ",x,GOV", "office: empty"},
        BadRow{"offices/people.tsv", "putin,Vladimir Putin,,", "person: \"putin\" stands twice"},
        BadRow{"offices/people.tsv", "someone,,,", "name: empty"},
        BadRow{"offices/tenures.tsv", "someone,RUS,president,,2000,,t",
               "person: \"someone\" is not in offices/people.tsv"},
        BadRow{"offices/tenures.tsv", "putin,QQQ,president,,2000,,t", "country: unknown code \"QQQ\""},
        BadRow{"offices/tenures.tsv", "putin,,president,,2000,,t", "country: empty"},
        BadRow{"offices/tenures.tsv", "putin,RUS,tsar,,2000,,t", "office: \"tsar\" is not in offices/titles.tsv"},
        BadRow{"offices/tenures.tsv", "putin,RUS,president,,2000-02-30,,t", "from: \"2000-02-30\" is not a date"},
        BadRow{"offices/tenures.tsv", "putin,RUS,president,,2001,2000,t", "to: earlier than from"},
        BadRow{"organisations/organisations.tsv", "Club,,,club,,,RUS,,,,t", "kind: unknown \"club\""},
        BadRow{"organisations/organisations.tsv", ",,,igo,IGO,,,,,,t", "name: empty"},
        BadRow{"organisations/organisations.tsv", "Club,,,igo,QQQ,,,,,,t", "code: unknown code \"QQQ\""},
        BadRow{"organisations/groups.tsv", "Band,,,armed,,XXX,RUS,,,,t", "sectors: unknown sector \"XXX\""},
        BadRow{"agents/agents.tsv", "soldier,MIL,", "phrase: \"soldier\" stands twice"},
        BadRow{"agents/agents.tsv", "sailor,,", "sectors: empty"},
        BadRow{"agents/agents.tsv", "tsar,GOV,tsar", "office: \"tsar\" is not in offices/titles.tsv"},
        BadRow{"agreements/agreements.tsv", "Pact,,pact,RUS;QQQ,,,,,,t", "parties: unknown code \"QQQ\""},
        BadRow{"agreements/agreements.tsv", "Pact,,pact,RUS,,2015-14,,,,t", "signed: \"2015-14\" is not a date"},
        BadRow{"ontology/types.tsv", "REJECT,3,verbal conflict,", "score: empty"},
        BadRow{"ontology/modes.tsv", "MARRY,visit,4", "type: \"MARRY\" is not in ontology/types.tsv"},
        BadRow{"lexicon/frames.tsv", "sign", "1 fields, the header has 2"},
        BadRow{"places/cues.tsv", "RUS;QQQ,ruble", "countries: unknown code \"QQQ\""},
        BadRow{"places/not_places.tsv", "x,many", "least_population: \"many\" is not a number in range"}));

TEST(PackBuilder, ReportsEveryBadRow) {
    ScratchFolder data;
    testing::write_small_world(data);
    data.table("agents/agents.tsv", "phrase,sectors,office\nsoldier,MIX,\nrebel\nsailor,MIL,\npirate,,\n");
    EXPECT_EQ(problems_of(data), (std::vector<std::string>{"agents/agents.tsv:2: sectors: unknown sector \"MIX\"",
                                                           "agents/agents.tsv:3: 1 fields, the header has 3",
                                                           "agents/agents.tsv:5: sectors: empty"}));
}

} // namespace
} // namespace kadesh
