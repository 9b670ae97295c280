// What the parts of the pack builder share: the tables' text, the checks on their fields, and what was read so far.
#pragma once

#include "knowledge/pack_format.hpp"
#include "knowledge/pack_writer.hpp"
#include "knowledge/table_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kadesh {

struct BuildContext {
    explicit BuildContext(std::string data) : data_dir(std::move(data)) {}

    std::string data_dir;
    PackWriter writer;
    std::vector<TableProblem> problems;
    std::map<std::string, std::string> texts; ///< tables read so far

    struct Country {
        EntryId entry = kNoEntry;
        std::string record_code; ///< the code that records give it: a dependency has its state's
        std::string capital, alpha2;
        std::size_t line = 0; ///< where it stands in its table
        double population = 0;
        bool past = false, territory = false;
    };
    std::map<std::string, Country, std::less<>> countries; ///< by code

    std::map<std::string, std::vector<std::string_view>, std::less<>> offices; ///< sectors by canonical office
    std::unordered_map<std::uint64_t, std::string_view> office_phrases;        ///< name_hash of words for an office
    std::map<std::string, EntryId, std::less<>> bodies;                        ///< organisations by canonical name
    struct OrdinaryWord {
        double least_population = 0; ///< from which a city of that name is one all the same
        bool function = false;       ///< "he", "during", "no": never a name but as an acronym
        bool given = false;          ///< a given name rather than a word
    };
    std::unordered_map<std::uint64_t, OrdinaryWord> ordinary_words; ///< by name_hash
    /// What a province may score at most, lest it come before the city that it is named after; by record code and
    /// name_hash.
    std::map<std::pair<std::string, std::uint64_t>, double> city_scores;
    /// The first-order divisions that cities lie in, by GeoNames code ("US.CA").
    std::vector<std::pair<EntryId, std::string>> city_divisions;

    /// The text of a table; views of it stay valid. nullopt if there is no such file.
    std::optional<std::string_view> text(const std::string& name);
    /// Calls row(TableReader&) for every row of a table that is there.
    template <typename Row> void each(const std::string& name, std::vector<std::string_view> required,
                                      std::vector<std::string_view> optional, Row row) {
        const auto content = text(name);
        if (!content) return;
        TableReader reader(name, *content, std::move(required), std::move(optional), problems);
        while (reader.next()) row(reader);
    }

    /// Whether a code is a country's or one of PLOVER's codes for international actors.
    [[nodiscard]] bool known_code(std::string_view code) const;
    /// The code that records give a country's own code.
    [[nodiscard]] std::string_view record_code(std::string_view code) const;
    /// A field's code, as records give it; reports an unknown one and gives nullopt. Empty fields give empty codes.
    std::optional<std::string_view> code(TableReader& row, std::string_view column);
    std::vector<std::string_view> codes(TableReader& row, std::string_view column);
    /// A field's sectors; unknown ones are reported.
    std::vector<std::string_view> sectors(TableReader& row, std::string_view column = "sectors");

    struct NameRule {
        NameForm form = NameForm::Name;
        double score = 0;
        /// Whether a leading "the" of the table must stand in the text: a small one before any name, a large one before
        /// a single word, and only as large.
        bool the_required = false, large_the_required = false;
        bool place_only = false; ///< never read out of running text
    };
    /// Gives an entry a name without its leading "the"; an alias in capitals only is an acronym.
    void add_name(EntryId entry, std::string_view name, NameRule rule);
};

/// folded() of a whole name without its leading "the".
std::uint64_t name_hash(std::string_view name);
std::string_view without_the(std::string_view name);

template <std::size_t N> bool among(const std::array<std::string_view, N>& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

std::string quoted(std::string_view text);

/// How well known an entry is among those that share a name. States stand first, then seats of power and capitals, the
/// parts of the world that news speaks of, organisations, agreements, provinces; people by office and time, cities by
/// size.
namespace score {
inline constexpr double kState = 900, kSeat = 870, kTerritory = 862, kArea = 850, kOrganisation = 820, kAgreement = 810,
                        kPastState = 700, kProvince = 720, kPerson = 600, kCity = 400, kDistrict = 380;
/// @param per_decade what ten times as many people add
double by_population(double population, double per_decade);
double city(double population, bool capital);
} // namespace score

// The parts, in the order in which they need each other's results.
void build_ordinary_words(BuildContext& context);
void build_countries(BuildContext& context);
void build_cities(BuildContext& context);
void build_regions(BuildContext& context);
void build_offices(BuildContext& context);
void build_people(BuildContext& context);
void build_organisations(BuildContext& context);
void build_metonyms(BuildContext& context);
void build_agents(BuildContext& context);
void build_agreements(BuildContext& context);
void build_carried_tables(BuildContext& context);

} // namespace kadesh
