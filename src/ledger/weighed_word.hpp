// A word as the merge weighs it.
#pragma once

#include <cstdint>

namespace kadesh::ledger {

/// A word's hash, and how much it tells: the rarer in the news, and the oftener in the document, the more.
struct WeighedWord {
    std::uint32_t word = 0;
    std::uint16_t weight = 0;
    bool operator==(const WeighedWord&) const = default;
};

} // namespace kadesh::ledger
