#include "engine/layers.hpp"

#include "engine/artefacts.hpp"
#include "knowledge/layer_builder.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace kadesh {
namespace {

namespace fs = std::filesystem;

/// Problems of one table that are told; a wrong file would have thousands.
constexpr std::size_t kProblemsTold = 20;

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

} // namespace

std::string layer_folder() {
    if (const char* named = std::getenv("KADESH_LAYERS"); named != nullptr) return named;
    if (const std::string data = variable("XDG_DATA_HOME"); !data.empty()) return data + "/kadesh/layers";
    if (const std::string home = variable("HOME"); !home.empty()) return home + "/.local/share/kadesh/layers";
    return {};
}

std::vector<std::string> layers_of(const EngineOptions& options) {
    std::vector<std::string> layers;
    const std::string folder = options.own_layers ? layer_folder() : std::string();
    std::error_code error;
    if (!folder.empty())
        for (const fs::directory_entry& file : fs::directory_iterator(folder, error))
            if (file.path().extension() == ".tsv") layers.push_back(file.path().string());
    std::sort(layers.begin(), layers.end());
    layers.insert(layers.end(), options.layers.begin(), options.layers.end());
    return layers;
}

Result<std::string> read_file(const std::string& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return Error{ErrorCode::NotFound, path + ": no such file"};
    std::ifstream in(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    if (!in) return Error{ErrorCode::Io, path + ": cannot be read"};
    return text;
}

Status lay_over(World& world, const std::string& path) {
    const auto text = read_file(path);
    if (!text) return text.error();
    BuiltLayer layer = build_layer(world, path, *text);
    if (layer.problems.empty()) return world.add_layer(std::move(layer.pack), path);
    std::string message;
    for (std::size_t i = 0; i < std::min(layer.problems.size(), kProblemsTold); ++i) {
        const TableProblem& problem = layer.problems[i];
        message += (i == 0 ? "" : "\n") + problem.file + ':' + std::to_string(problem.line) + ": " + problem.reason;
    }
    if (layer.problems.size() > kProblemsTold)
        message += "\nand " + std::to_string(layer.problems.size() - kProblemsTold) + " more";
    if (layer.unknown_code) {
        message += "\nvalid codes:";
        for (const std::string& code : valid_codes(world)) message += ' ' + code;
    }
    return Error{ErrorCode::BadInput, message};
}

Result<World> open_world(const EngineOptions& options) {
    const auto path = find_artefact(kKnowledgeArtefact, options.knowledge);
    if (!path) return path.error();
    auto world = World::open(*path);
    if (!world) return world.error();
    for (const std::string& layer : layers_of(options))
        if (const Status laid = lay_over(*world, layer); !laid) return laid.error();
    return world;
}

} // namespace kadesh
