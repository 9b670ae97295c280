// Datelines: "MOSCOW, Jan 17 (Reuters) -", "KYIV, Ukraine (AP) —", "(Beirut) –" before the first sentence of a report.
#pragma once

#include "kadesh/document.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace kadesh {

/// All spans are bytes of the text that was searched.
struct Dateline {
    TextSpan
        place; ///< town as written, without what follows a comma or slash ("KYIV" of "KYIV, Ukraine"); may be empty
    TextSpan region; ///< country or state after the town; may be empty
    TextSpan agency; ///< without brackets; may be empty
    int month = 0;   ///< 1..12; 0 when the dateline gives no date
    int day = 0;     ///< 1..31
    int year = 0;    ///< 0 when not given
    TextSpan skip;   ///< the whole dateline with the dash and the space after it: the sentence begins at its end
};

/// The dateline of a report: at the beginning of one of its first lines, so that a headline may stand before it.
/// @param text valid UTF-8.
std::optional<Dateline> find_dateline(std::string_view text);

/// The dateline that begins at text[start], where a line begins.
std::optional<Dateline> dateline_at(std::string_view text, std::size_t start);

} // namespace kadesh
