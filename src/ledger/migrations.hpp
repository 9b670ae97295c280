// The steps from an empty file to the present schema. A step that has been released is never changed.
#pragma once

#include <span>

namespace kadesh::ledger {

/// Step n brings a file from version n to n + 1.
std::span<const char* const> migrations();

} // namespace kadesh::ledger
