// Makes a knowledge pack from the tables under data/.
#pragma once

#include "knowledge/table_reader.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace kadesh {

struct BuiltPack {
    std::string bytes; ///< empty when there are problems
    std::vector<TableProblem> problems;
    std::size_t entries = 0, names = 0;
};

/// Reads every table of data/README.md under `data_dir` and checks each row; a table that is not there counts as empty.
/// The same tables give the same bytes.
BuiltPack build_pack(const std::string& data_dir);

} // namespace kadesh
