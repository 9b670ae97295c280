// The world with the user's layers over it.
#pragma once

#include "base/result.hpp"
#include "kadesh/engine.hpp"
#include "knowledge/world.hpp"

#include <string>
#include <vector>

namespace kadesh {

/// Where `knowledge add` puts layers: KADESH_LAYERS, else `kadesh/layers` in XDG_DATA_HOME or `~/.local/share`. Empty
/// when the environment names none.
std::string layer_folder();

/// The layers that a run uses: those of the folder by name, then those given.
std::vector<std::string> layers_of(const EngineOptions& options);

/// A file's text; errors name it.
Result<std::string> read_file(const std::string& path);

/// Checks a layer's table and lays it over the world. BadInput with a line for each bad row, and the valid codes when
/// one is none.
Status lay_over(World& world, const std::string& path);

/// The pack and its layers. Errors as World::open and lay_over.
Result<World> open_world(const EngineOptions& options);

} // namespace kadesh
