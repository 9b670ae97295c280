// A report as it came in. Its text is never changed after reading: every later span points into it.
#pragma once

#include "kadesh/date.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace kadesh {

/// Bytes [start, end) of Document::text. Always on UTF-8 boundaries. Records show code points instead (see
/// CodePointIndex); inside the engine a span is bytes.
struct TextSpan {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    bool operator==(const TextSpan&) const = default;
    [[nodiscard]] bool empty() const { return start >= end; }
    [[nodiscard]] bool overlaps(TextSpan o) const { return start < o.end && o.start < end; }
    [[nodiscard]] bool contains(TextSpan o) const { return start <= o.start && o.end <= end; }
};

struct Document {
    std::string id;     ///< given, or the file's name (with `#n` for the n-th of many in one file)
    std::string text;   ///< valid UTF-8; what the reader found, invalid bytes replaced by U+FFFD
    std::string title;  ///< from metadata; empty when the text itself starts with it
    std::string source; ///< publisher as the metadata names it
    std::string url;    ///< canonical address
    std::string author;
    std::string language;       ///< BCP 47, empty when not stated
    std::optional<Day> date;    ///< publication day, from metadata
    std::uint32_t repaired = 0; ///< invalid UTF-8 sequences that were replaced
};

} // namespace kadesh
