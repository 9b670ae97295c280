// Two codes' dealings drawn with characters.
#pragma once

#include "kadesh/ledger.hpp"

#include <cstddef>
#include <string>

namespace kadesh::cli {

/// One line a month: conflict to the left, cooperation to the right of a middle line, the mean score, and a mark where
/// a new level begins. Many months are drawn by quarter or year.
void draw_relations(const Relations& relations, std::size_t width, bool colour, std::string& out);

} // namespace kadesh::cli
