// Zstandard for stored texts.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kadesh::ledger {

std::string pack(std::string_view bytes);
/// BadArtefact when the bytes are damaged.
Result<std::string> unpack(std::string_view packed);

} // namespace kadesh::ledger
