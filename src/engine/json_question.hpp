// What all questions that come as lines of JSON share: an id, a text, and spans of it.
#pragma once

#include "base/utf8.hpp"
#include "kadesh/document.hpp"

#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace kadesh {

struct JsonQuestion {
    std::string id_json; ///< the id as it stood there, in JSON; empty when there is none
    std::string text;
    std::string problem;           ///< why the line asks nothing; empty when it does
    simdjson::dom::element fields; ///< the whole object, until the parser is used again; only without a problem
};

/// Reads `{"id", "text", …}`. A line that cannot be read gives a problem, and its id where that can be made out.
JsonQuestion read_question(simdjson::dom::parser& parser, std::string_view line);

/// The bytes of a span `[start, end]` given in code points; nothing when it is none, empty or past the text's end.
std::optional<TextSpan> span_of(simdjson::dom::element value, const CodePointIndex& index);

} // namespace kadesh
