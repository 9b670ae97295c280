// The importers, each from its format to rows of a layer's table.
#pragma once

#include "base/result.hpp"
#include "kadesh/knowledge.hpp"
#include "knowledge/world.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace kadesh {

using RowSink = std::function<bool(std::string_view)>;

/// People by the positions that they held, states' bodies, parties, armed groups, media and companies, of a JSON dump
/// with an entity a line. Reads the file twice: what positions and states are called stands anywhere in it.
Result<ImportReport> import_wikidata(const World& world, const std::string& file, const RowSink& rows);
/// Populated places of 500 and more inhabitants, of a dump with 19 columns.
Result<ImportReport> import_geonames(const World& world, const std::string& file, const RowSink& rows);
/// Actors with their codes by date, or agents.
Result<ImportReport> import_petrarch(const World& world, const std::string& file, const RowSink& rows);

} // namespace kadesh
