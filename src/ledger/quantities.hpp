// Numbers that a sentence tells of an event: how many were killed, arrested, released.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh::ledger {

struct Quantity {
    std::string_view what; ///< `killed`, `injured`, … of data/ledger/quantities.tsv
    std::int64_t value = 0;
    auto operator<=>(const Quantity&) const = default;
};

/// Each number goes to the nearest word that tells what it counts, in the same clause. Years, days, ages, money and
/// shares are no counts. In order of the text, each once.
std::vector<Quantity> quantities_in(std::string_view sentence);

} // namespace kadesh::ledger
