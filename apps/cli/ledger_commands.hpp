// The commands that work on a ledger.
#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace kadesh::cli {

/// Adds them to the program; each sets the exit status when it has run.
void add_ledger_commands(CLI::App& app, int& status);

// By family, each in a file of its own.
void add_ledger_writing(CLI::App& app, int& status);   ///< add, recode
void add_ledger_questions(CLI::App& app, int& status); ///< events, agreements, relations, explain, export
void add_ledger_care(CLI::App& app, int& status);      ///< correct, check

/// Adds to the command `actors` what can be asked of a ledger's. @returns what answers, given the ledger's file and
/// whether as JSON
std::function<int(const std::string&, bool)> add_ledger_actors(CLI::App& command);

} // namespace kadesh::cli
