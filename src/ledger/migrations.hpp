// The steps from an empty file to the present schema. A step that has been released is never changed.
#pragma once

#include "ledger/database.hpp"

#include <cstddef>
#include <span>

namespace kadesh::ledger {

/// Step n brings a file from version n to n + 1.
std::span<const char* const> migrations();
/// What of step n is not said in SQL, after it.
void after_step(Database& database, std::size_t step);

} // namespace kadesh::ledger
