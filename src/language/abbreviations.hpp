// Words that keep their full stop.
#pragma once

#include <cstdint>
#include <string_view>

namespace kadesh {

enum class Abbreviation : std::uint8_t {
    None,
    Title,       ///< stands before a name: never ends a sentence ("Gen.", "Sen.")
    Always,      ///< always keeps its stop ("Inc.", "Jan.", "approx.")
    BeforeDigit, ///< only before a number ("No. 5", "Fig. 2")
    AfterComma,  ///< only after a comma: states of the US ("Portland, Ore.")
    InSentence   ///< only when the sentence goes on ("etc.")
};

/// @param word without its full stop, as written.
Abbreviation abbreviation(std::string_view word);

} // namespace kadesh
