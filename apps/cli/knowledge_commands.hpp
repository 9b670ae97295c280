// The commands about the world alone: who is who, and how the user's own actors are laid over the pack.
#pragma once

#include "commands.hpp"

#include <CLI/CLI.hpp>

namespace kadesh::cli {

/// `--layer` and `--no-own-layers`.
void add_layer_options(CLI::App& command, Options& options);

/// Adds `actors` and `knowledge`. @param status what the command that runs ends with; both outlive the parse
void add_knowledge_commands(CLI::App& app, Options& options, int& status);

} // namespace kadesh::cli
