#include "engine/import_lines.hpp"
#include "engine/import_row.hpp"
#include "engine/importers.hpp"
#include "knowledge/table_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <vector>

namespace kadesh {
namespace {

constexpr std::size_t kColumns = 19;
constexpr std::uint64_t kLeastPopulation = 500;
constexpr std::size_t kMostAliases = 12;

enum Column : std::size_t {
    kName = 1,
    kAlternates = 3,
    kLat = 4,
    kLon = 5,
    kClass = 6,
    kFeature = 7,
    kCountry = 8,
    kAdmin1 = 10,
    kPopulation = 14
};

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// Written in Latin letters, and with a capital: what an English text may call it.
bool is_latin_name(std::string_view name) {
    if (name.size() < 3 || name[0] < 'A' || name[0] > 'Z') return false;
    bool small = false;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0xC9) return false; // beyond Latin Extended-B
        small = small || (c >= 'a' && c <= 'z');
    }
    return small;
}

bool is_gone_or_part(std::string_view feature) {
    constexpr auto kOut = std::to_array<std::string_view>({"PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH"});
    return std::find(kOut.begin(), kOut.end(), feature) != kOut.end();
}

} // namespace

Result<ImportReport> import_geonames(const World& world, const std::string& file, const RowSink& rows) {
    std::map<std::string, std::string, std::less<>> alpha3;
    std::vector<TableProblem> none;
    TableReader countries("", world.table("countries/countries.tsv"), {"code", "alpha2", "status"},
                          {"name", "official", "aliases", "adjectives", "people", "capital", "lat", "lon", "wikidata",
                           "from", "to", "within", "population", "geonames"},
                          none);
    while (countries.next())
        if (!countries["alpha2"].empty() && countries["status"] != "past")
            alpha3.emplace(countries["alpha2"], countries["code"]);
    auto lines = ImportLines::open(file);
    if (!lines) return lines.error();
    ImportReport report;
    std::uint64_t unlike = 0, foreign = 0;
    if (!rows(layer_header())) return report;
    while (const auto line = lines->next()) {
        ++report.read;
        const std::vector<std::string_view> fields = split(*line, '\t');
        if (fields.size() != kColumns) {
            if (!lines->ended()) {
                report.cut = true;
                report.notes.push_back("cut short: line " + std::to_string(lines->line()) + " is not whole; " +
                                       std::to_string(report.taken) + " places before it are imported");
            } else {
                ++unlike;
            }
            continue;
        }
        std::uint64_t population = 0;
        const std::string_view digits = fields[kPopulation];
        std::from_chars(digits.data(), digits.data() + digits.size(), population);
        if (fields[kClass] != "P" || is_gone_or_part(fields[kFeature])) continue;
        if (population < kLeastPopulation && fields[kFeature] != "PPLC") continue;
        const auto country = alpha3.find(fields[kCountry]);
        if (country == alpha3.end()) {
            ++foreign;
            continue;
        }
        LayerRow row;
        row.set("name", fields[kName]).set("kind", "city").set("code", country->second);
        row.set("lat", fields[kLat]).set("lon", fields[kLon]).set("population", digits);
        row.set("admin1", fields[kAdmin1]).set("source", "GeoNames");
        std::size_t aliases = 0;
        for (const std::string_view alias : split(fields[kAlternates], ','))
            if (alias != fields[kName] && is_latin_name(alias) && aliases++ < kMostAliases) row.add("aliases", alias);
        ++report.taken;
        if (!rows(row.line())) return report;
    }
    if (const auto& broken = lines->broken()) {
        report.cut = true;
        report.notes.push_back(broken->message + " after line " + std::to_string(lines->line()));
    }
    if (unlike > 0) report.notes.push_back(std::to_string(unlike) + " lines have not 19 columns");
    if (foreign > 0) report.notes.push_back(std::to_string(foreign) + " places lie in no state with a code");
    return report;
}

} // namespace kadesh
