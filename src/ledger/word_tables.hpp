// The word tables of data/ledger and the scores of the ontology, read once.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace kadesh::ledger {

const std::unordered_set<std::string_view>& function_words();
/// Words that tell what a number counts: "wounded" to "injured".
const std::unordered_map<std::string_view, std::string_view>& quantity_words();

/// PLOVER's score of a type and mode; of the type alone for a mode that is not the type's; nothing for no type.
std::optional<double> plover_score(std::string_view type, std::string_view mode);
/// Whether the type has such a mode.
bool is_mode(std::string_view type, std::string_view mode);

/// How much words tell (data/ledger/word_weights.tsv), by the hash of their stems.
const std::unordered_map<std::uint32_t, std::uint8_t>& word_weights();

} // namespace kadesh::ledger
