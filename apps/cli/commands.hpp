// The commands of the program, each from its options to its exit status.
#pragma once

#include "kadesh/engine.hpp"

#include <string>
#include <vector>

namespace kadesh::cli {

enum ExitStatus : int {
    kAllDone = 0,
    kSomeSkipped = 1, ///< some documents were skipped or failed; each was named
    kNotDone = 2      ///< bad usage, or the run could not begin or end
};

struct Options {
    EngineOptions engine;
    RunOptions run;
    std::vector<std::string> inputs; ///< empty: standard input
    std::string agreements_file;     ///< empty: none
    bool quiet = false;
    bool spans_given = false; ///< places: the input says where names stand
    bool candidates = false;  ///< places: with what else a name may mean
    bool stages = false;      ///< say where the time went
};

int run_code(Options options);
int run_annotate(Options options);
int run_classify(Options options);
int run_places(Options options);

/// Program and artefacts, for `--version`.
std::string version_text(const EngineOptions& options);

} // namespace kadesh::cli
