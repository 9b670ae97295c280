// Who is said to say, think or ask what: spans of the text.
#pragma once

#include "kadesh/document.hpp"

#include <optional>
#include <vector>

namespace kadesh {

struct Attribution {
    std::optional<TextSpan> source; ///< nothing where the text names none ("was reported to have left")
    TextSpan cue;                   ///< the words that lay the content to the source: "said", "according to"
    std::vector<TextSpan> content;  ///< in text order; several where cue or source stand within
    bool direct = false;            ///< the content is a quotation
    int depth = 0;                  ///< how many other attributions' contents hold this one's cue
    double probability = 0;
};

} // namespace kadesh
