// A user's own actors and places, laid over the pack without rebuilding it: one table, checked row by row.
#pragma once

#include "knowledge/table_reader.hpp"
#include "knowledge/world.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// Columns of a layer's table; `name` and `kind` must be there.
inline constexpr std::string_view kLayerColumns[] = {"name",    "kind",   "aliases",    "code",   "sectors",
                                                     "country", "office", "from",       "to",     "wikidata",
                                                     "lat",     "lon",    "population", "admin1", "source"};
/// The header line of a table that has them all.
std::string layer_header();

struct BuiltLayer {
    LayerPack pack; ///< nothing when there are problems
    std::vector<TableProblem> problems;
    bool unknown_code = false; ///< one of them is a code that is none
    std::size_t entries = 0;
};

/// `kind` is person (a row for each office held), igo, ngo, company, agency, party, media, group, country (names for a
/// state of the world, by `code`), city, or role (a phrase for a role and its sectors). A person of the same name as
/// one of the world's carries on for them: keeps their offices and names, and adds these.
/// @param world what it is laid over @param name of the file, in problems @param text the whole table
BuiltLayer build_layer(const World& world, const std::string& name, std::string_view text);

/// All codes that a layer may use, for messages.
std::vector<std::string> valid_codes(const World& world);

} // namespace kadesh
