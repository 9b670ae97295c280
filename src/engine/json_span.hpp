// A span of a text as JSON gives it: `[start, end]` in code points.
#pragma once

#include "base/utf8.hpp"
#include "kadesh/document.hpp"

#include <optional>
#include <simdjson.h>

namespace kadesh {

/// The bytes of a span given in code points; nothing when it is none, empty or past the text's end.
inline std::optional<TextSpan> span_of(simdjson::dom::element value, const CodePointIndex& index) {
    simdjson::dom::array pair;
    if (value.get(pair) != simdjson::SUCCESS || pair.size() != 2) return std::nullopt;
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    if (pair.at(0).get(start) != simdjson::SUCCESS || pair.at(1).get(end) != simdjson::SUCCESS) return std::nullopt;
    if (start >= end || end > index.size()) return std::nullopt;
    return TextSpan{index.byte(static_cast<std::uint32_t>(start)), index.byte(static_cast<std::uint32_t>(end))};
}

} // namespace kadesh
