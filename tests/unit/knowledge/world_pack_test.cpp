// The pack that ships: what must be in it, and what it may cost. Skipped where it has not been built.
#include "knowledge/table_reader.hpp"
#include "knowledge/world.hpp"
#include "support/scratch_data.hpp"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace kadesh {
namespace {

using testing::words;

class WorldPack : public ::testing::Test {
  protected:
    void SetUp() override {
        const char* path = std::getenv("KADESH_KNOWLEDGE");
        if (path == nullptr || !std::filesystem::exists(path)) GTEST_SKIP() << "no knowledge pack";
        path_ = path;
        auto world = World::open(path_);
        ASSERT_TRUE(world) << world.error().message;
        world_.emplace(std::move(*world));
    }
    /// The first entry that a text begins with.
    Entry first(std::string_view text) {
        std::vector<NameHit> hits;
        world_->find(words(text), hits);
        return hits.empty() ? Entry{} : world_->entry(hits.front().entry);
    }
    NameForm first_form(std::string_view text) {
        std::vector<NameHit> hits;
        world_->find(words(text), hits);
        return hits.empty() ? NameForm::Surname : hits.front().form;
    }
    std::size_t taken(std::string_view text) {
        std::vector<NameHit> hits;
        return world_->find(words(text), hits);
    }
    /// A table of the source tree; empty if it is not there.
    static std::string source_table(const std::string& name) {
        const char* source = std::getenv("KADESH_SOURCE");
        if (source == nullptr) return {};
        std::ifstream in(std::string(source) + "/data/" + name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    std::string path_;
    std::optional<World> world_;
};

TEST_F(WorldPack, KnowsStatesByAllTheirWords) {
    const std::map<std::string, std::string> expected{
        {"Iran", "IRN"},
        {"Iranian", "IRN"},
        {"Iranians", "IRN"},
        {"Tehran", "IRN"},
        {"Dutch", "NLD"},
        {"Dutchmen", "NLD"},
        {"the Netherlands", "NLD"},
        {"Swiss", "CHE"},
        {"Thai", "THA"},
        {"Iraqis", "IRQ"},
        {"Burmese", "MMR"},
        {"Burma", "MMR"},
        {"Ivorian", "CIV"},
        {"Cote d'Ivoire", "CIV"},
        {"Filipino", "PHL"},
        {"Filipinos", "PHL"},
        {"Emirati", "ARE"},
        {"the UAE", "ARE"},
        {"Congolese", "COD"},
        {"North Korean", "PRK"},
        {"South Korea", "KOR"},
        {"American", "USA"},
        {"U.S.", "USA"},
        {"the US", "USA"},
        {"British", "GBR"},
        {"the UK", "GBR"},
        {"Britons", "GBR"},
        {"Danes", "DNK"},
        {"Poles", "POL"},
        {"Turks", "TUR"},
        {"Türkiye", "TUR"},
        {"Spaniards", "ESP"},
        {"Swedes", "SWE"},
        {"Finns", "FIN"},
        {"Greeks", "GRC"},
        {"Kosovo", "KOS"},
        {"Palestinians", "PSE"},
        {"Gaza", "PSE"},
        {"Taiwanese", "TWN"},
        {"Hong Kong", "HKG"},
        {"Soviet", "SUN"},
        {"East German", "DDR"},
        {"Puerto Rican", "USA"},
        {"Greenland", "DNK"},
        {"Abkhazia", "GEO"},
        {"Transnistria", "MDA"},
        {"the Kremlin", "RUS"},
        {"Downing Street", "GBR"},
        {"the Élysée", "FRA"},
        {"the Pentagon", "USA"},
        {"Capitol Hill", "USA"},
        {"Washington", "USA"},
        {"Moscow", "RUS"},
        {"Kiev", "UKR"},
        {"Crimea", "UKR"},
        {"Chechen", "RUS"},
        {"Xinjiang", "CHN"},
        {"Kashmir", "IND"},
        {"New Delhi", "IND"},
        {"Brussels", "EUR"},
    };
    for (const auto& [text, code] : expected) EXPECT_EQ(first(text).code, code) << text;
}

TEST_F(WorldPack, HasEveryStateOfItsTableUnderItsName) {
    const std::string text = source_table("countries/countries.tsv");
    if (text.empty()) GTEST_SKIP() << "no source tree";
    std::vector<TableProblem> problems;
    TableReader row("countries.tsv", text, {"code", "name", "adjectives", "people", "status", "within", "capital"},
                    {"alpha2", "official", "aliases", "lat", "lon", "wikidata", "from", "to", "population", "geonames"},
                    problems);
    std::size_t states = 0;
    while (row.next()) {
        const EntryId id = world_->country(row["code"]);
        ASSERT_NE(id, kNoEntry) << row["code"];
        const Entry entry = world_->entry(id);
        EXPECT_EQ(entry.name, row["name"]);
        EXPECT_EQ(entry.code, row["within"].empty() ? row["code"] : row["within"]);
        std::vector<NameHit> hits;
        world_->find(row["name"], hits);
        EXPECT_TRUE(std::any_of(hits.begin(), hits.end(), [&](const NameHit& hit) { return hit.entry == id; }))
            << row["name"];
        if (row["status"] == "member") {
            ++states;
            EXPECT_FALSE(row["adjectives"].empty()) << row["name"];
            EXPECT_NE(entry.capital, kNoEntry) << row["name"];
        }
    }
    EXPECT_EQ(states, 193U); // the members of the United Nations
}

TEST_F(WorldPack, TellsSeatsFromCities) {
    EXPECT_EQ(first_form("Moscow said"), NameForm::Metonym);
    EXPECT_EQ(first("Odessa").name, "Odesa");
    EXPECT_EQ(first("Saint Petersburg").code, "RUS");
    EXPECT_EQ(first("Khan Younis").code, "PSE");
    EXPECT_EQ(first("Bombay").name, "Mumbai");
    EXPECT_GT(first("Aleppo").geonames, 0U);
    EXPECT_EQ(first("the Hague").name, "The Hague");
    EXPECT_EQ(taken("Western officials"), 1U);
    EXPECT_EQ(first("Western officials").code, "");
}

TEST_F(WorldPack, LeavesOrdinaryWordsAlone) {
    for (const char* text : {"Of course", "Police said", "March 3", "University students", "Central", "us all",
                             "Who knows", "Officials said", "President", "On Friday", "Government", "Friday", "May"})
        EXPECT_TRUE(taken(text) == 0 || first(text).kind != EntryKind::City) << text;
}

TEST_F(WorldPack, KnowsRoles) {
    const auto primary = [&](std::string_view lemmas) {
        const auto agent = world_->agent(words(lemmas));
        return agent && !agent->sectors.empty() ? std::string(agent->sectors.front()) : std::string();
    };
    const std::map<std::string, std::string> expected{{"soldier", "MIL"},
                                                      {"troop", "MIL"},
                                                      {"rebel", "REB"},
                                                      {"protester", "CVL"},
                                                      {"police officer", "COP"},
                                                      {"lawmaker", "LEG"},
                                                      {"judge", "JUD"},
                                                      {"opposition", "OPP"},
                                                      {"gunman", "UAF"},
                                                      {"journalist", "JRN"},
                                                      {"refugee", "REF"},
                                                      {"doctor", "MED"},
                                                      {"company", "BUS"},
                                                      {"farmer", "AGR"},
                                                      {"trade union", "LAB"},
                                                      {"student", "EDU"},
                                                      {"cleric", "REL"},
                                                      {"spy chief", "SPY"},
                                                      {"militia", "PRM"},
                                                      {"drug cartel", "CRM"},
                                                      {"former president", "ELI"},
                                                      {"charity", "SOC"},
                                                      {"western official", "GOV"},
                                                      {"ruling party", "GOV"},
                                                      {"opposition party", "PTY"},
                                                      {"civilian", "CVL"}};
    for (const auto& [lemmas, sector] : expected) EXPECT_EQ(primary(lemmas), sector) << lemmas;
}

TEST_F(WorldPack, HasAHolderOnEveryDayThatAnOfficeChanges) {
    const std::string text = source_table("offices/tenures.tsv");
    if (text.empty()) GTEST_SKIP() << "no source tree";
    const std::string people_text = source_table("offices/people.tsv");
    std::vector<TableProblem> problems;
    std::map<std::string_view, std::string_view> names;
    TableReader people("people.tsv", people_text, {"person", "name", "aliases", "wikidata"}, {}, problems);
    while (people.next()) names[people["person"]] = people["name"];

    struct Change {
        DayRange from;
        std::string_view name;
    };
    std::map<std::pair<std::string_view, std::string_view>, std::vector<Change>> offices;
    TableReader row("tenures.tsv", text, {"person", "country", "office", "sectors", "from", "to", "source"}, {},
                    problems);
    while (row.next())
        if (const auto from = row.days("from"); from && !row["country"].empty())
            offices[{row["country"], row["office"]}].push_back({*from, names[row["person"]]});
    std::size_t checked = 0;
    for (const auto& [office, changes] : offices)
        for (const Change& change : changes) {
            const EntryId holder = world_->holder(office.first, office.second, change.from.first);
            ASSERT_NE(holder, kNoEntry) << office.first << " " << office.second << " " << change.from.first.iso();
            // Whoever holds the office came in that day; where several did (offices held by many), it is one of them.
            std::set<std::string_view> came;
            for (const Change& other : changes)
                if (other.from.first == change.from.first) came.insert(other.name);
            EXPECT_TRUE(came.contains(world_->entry(holder).name))
                << office.first << " " << office.second << " " << change.from.first.iso() << ": "
                << world_->entry(holder).name;
            ++checked;
        }
    EXPECT_GT(checked, 1000U);
}

// How long it takes to open is measured in bench/, not here.
TEST_F(WorldPack, KeepsItsSize) {
    EXPECT_LT(std::filesystem::file_size(path_), 60'000'000U);
}

} // namespace
} // namespace kadesh
