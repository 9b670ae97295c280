// The words that stand in records for the values of the types that travel.
#pragma once

#include "kadesh/findings.hpp"

#include <string_view>
#include <vector>

namespace kadesh {

std::string_view name(Via via);         ///< empty for Via::Direct
std::string_view name(DateBasis basis); ///< `text`, `context`, `document`
/// The names of the set bits, in the contract's order.
std::vector<std::string_view> auxiliary_names(std::uint8_t bits);

/// The words of a span; empty when it does not lie within the text.
std::string_view words_of(const Document& document, TextSpan span);

} // namespace kadesh
