// The ledger's file format: numbered migrations, forward only. docs/ledger.md shows the tables.
#pragma once

#include "base/result.hpp"
#include "ledger/database.hpp"

namespace kadesh::ledger {

/// Stands in the file's header, so that a ledger is known from any other SQLite file.
inline constexpr int kApplicationId = 0x4B444C47; // "KDLG"

/// The schema that this program writes.
int schema_version();

/// Opens a ledger and brings it to this program's schema: a new file gets all of it, an older one what is missing, in
/// one transaction. BadArtefact for files that are no ledgers or that a newer program has written.
Result<std::unique_ptr<Database>> open_ledger(const std::string& path, Access access);

} // namespace kadesh::ledger
