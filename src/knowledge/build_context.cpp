#include "knowledge/build_context.hpp"

#include "knowledge/name_key.hpp"

#include <cmath>
#include <fstream>
#include <iterator>

namespace kadesh {
namespace {

constexpr auto kWorldCodes = std::to_array<std::string_view>({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"});
/// PLOVER's table 5.2.
constexpr auto kSectors = std::to_array<std::string_view>(
    {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
     "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"});

/// "US", "UAE", "PKK": in capitals only, so that lower-case words are not taken for them.
bool is_acronym(std::string_view name) {
    NameKey key;
    key.add(name);
    return key.all_capitals() && key.letters() >= 2 && key.letters() <= 8 && name.find(' ') == std::string_view::npos;
}

std::uint32_t count_letters(std::string_view name) {
    NameKey key;
    key.add(name);
    return key.letters();
}

/// "Saint Lucia" for "St. Lucia" and the other way; empty for other names.
std::string other_saint(std::string_view name) {
    for (const std::string_view saint : {"St. ", "St "})
        if (name.starts_with(saint)) return "Saint " + std::string(name.substr(saint.size()));
    constexpr std::string_view kSaint = "Saint ";
    return name.starts_with(kSaint) ? "St. " + std::string(name.substr(kSaint.size())) : std::string();
}

} // namespace

std::optional<std::string_view> BuildContext::text(const std::string& name) {
    const auto it = texts.find(name);
    if (it != texts.end()) return std::string_view(it->second);
    std::ifstream in(data_dir + "/" + name, std::ios::binary);
    if (!in) return std::nullopt;
    std::string& content = texts[name];
    content.assign(std::istreambuf_iterator<char>(in), {});
    return std::string_view(content);
}

bool BuildContext::known_code(std::string_view code) const {
    return countries.find(code) != countries.end() || among(kWorldCodes, code);
}

std::string_view BuildContext::record_code(std::string_view code) const {
    const auto it = countries.find(code);
    return it == countries.end() ? code : std::string_view(it->second.record_code);
}

std::optional<std::string_view> BuildContext::code(TableReader& row, std::string_view column) {
    const std::string_view field = row[column];
    if (field.empty() || known_code(field)) return record_code(field);
    row.bad(std::string(column) + ": unknown code " + quoted(field));
    return std::nullopt;
}

std::vector<std::string_view> BuildContext::codes(TableReader& row, std::string_view column) {
    std::vector<std::string_view> list;
    for (const std::string_view item : row.list(column)) {
        if (known_code(item))
            list.push_back(record_code(item));
        else
            row.bad(std::string(column) + ": unknown code " + quoted(item));
    }
    return list;
}

std::vector<std::string_view> BuildContext::sectors(TableReader& row, std::string_view column) {
    std::vector<std::string_view> list = row.list(column);
    for (const std::string_view sector : list)
        if (!among(kSectors, sector)) row.bad(std::string(column) + ": unknown sector " + quoted(sector));
    return list;
}

void BuildContext::add_name(EntryId entry, std::string_view name, NameRule rule) {
    if (name.empty()) return;
    std::uint8_t flags = 0;
    if (rule.place_only) flags |= pack::kPlaceOnly;
    if (rule.the_required && name.starts_with("the ")) flags |= pack::kNeedsThe;
    const std::string_view bare = without_the(name);
    if (rule.large_the_required && name.starts_with("The ") && name_pieces(bare).size() == 1)
        flags |= pack::kNeedsLargeThe;
    const auto word = ordinary_words.find(name_hash(bare));
    const bool ordinary = word != ordinary_words.end() && !word->second.given;
    if (ordinary) flags |= pack::kOrdinaryWord;
    if (rule.form == NameForm::Alias && is_acronym(bare)) rule.form = NameForm::Acronym;
    // "WHO" is not "Who", but many write NATO as Nato.
    if ((rule.form == NameForm::Acronym || is_acronym(bare)) && (ordinary || count_letters(bare) <= 3))
        flags |= pack::kExactCase;
    else if (ordinary && word->second.function && !rule.place_only)
        return;
    writer.add_name(entry, bare, rule.form, flags, rule.score);
    if (const std::string other = other_saint(bare); !other.empty())
        writer.add_name(entry, other, rule.form == NameForm::Name ? NameForm::Alias : rule.form, flags, rule.score);
}

std::string_view without_the(std::string_view name) {
    if (name.size() > 4 && name[3] == ' ' && is_the(name.substr(0, 3))) return name.substr(4);
    return name;
}

std::uint64_t name_hash(std::string_view name) {
    NameKey key;
    key.add(without_the(name));
    return key.folded();
}

std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

double score::by_population(double population, double per_decade) {
    return per_decade * std::log10(std::max(1.0, population));
}

double score::city(double population, bool capital) {
    return std::min(868.0, kCity + by_population(population, 50) + (capital ? 100 : 0));
}

} // namespace kadesh
