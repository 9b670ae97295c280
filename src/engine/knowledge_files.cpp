// Packs and layers as files: built, added, imported.
#include "engine/importers.hpp"
#include "engine/layers.hpp"
#include "kadesh/knowledge.hpp"
#include "knowledge/pack_builder.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace kadesh {
namespace {

namespace fs = std::filesystem;

/// Written beside its place and renamed, so that nobody reads half a file.
Status write_whole(const std::string& path, std::string_view bytes) {
    const std::string partial = path + ".partial";
    std::ofstream file(partial, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    std::error_code error;
    if (file) fs::rename(partial, path, error);
    if (!file || error) {
        fs::remove(partial, error);
        return Error{ErrorCode::Io, path + ": cannot be written"};
    }
    return Ok{};
}

} // namespace

Result<PackSize> build_knowledge(const std::string& data_folder, const std::string& pack) {
    const BuiltPack built = build_pack(data_folder);
    std::string message;
    for (const TableProblem& problem : built.problems)
        message +=
            (message.empty() ? "" : "\n") + problem.file + ':' + std::to_string(problem.line) + ": " + problem.reason;
    if (!built.problems.empty()) return Error{ErrorCode::BadInput, message};
    if (const Status written = write_whole(pack, built.bytes); !written) return written.error();
    return PackSize{built.entries, built.names, built.bytes.size()};
}

Result<std::string> add_layer(const std::string& table, const EngineOptions& options) {
    const std::string folder = layer_folder();
    if (folder.empty())
        return Error{ErrorCode::Usage, "no folder for layers: set KADESH_LAYERS, XDG_DATA_HOME or HOME"};
    const auto text = read_file(table);
    if (!text) return text.error();
    // Over the pack alone: a layer must stand whatever others there are, and may replace an older one of its name.
    EngineOptions alone = options;
    alone.own_layers = false;
    auto world = open_world(alone);
    if (!world) return world.error();
    if (const Status laid = lay_over(*world, table); !laid) return laid.error();
    std::error_code error;
    fs::create_directories(folder, error);
    std::string name = fs::path(table).filename().string();
    if (!name.ends_with(".tsv")) name += ".tsv";
    const std::string kept = (fs::path(folder) / name).string();
    if (const Status written = write_whole(kept, *text); !written) return written.error();
    return kept;
}

Result<ImportReport> import_knowledge(ImportKind kind, const std::string& file, const EngineOptions& options,
                                      const std::function<bool(std::string_view)>& rows) {
    const auto world = open_world(options);
    if (!world) return world.error();
    switch (kind) {
    case ImportKind::Wikidata: return import_wikidata(*world, file, rows);
    case ImportKind::GeoNames: return import_geonames(*world, file, rows);
    case ImportKind::Petrarch: break;
    }
    return import_petrarch(*world, file, rows);
}

} // namespace kadesh
