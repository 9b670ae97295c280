#include "ledger/schema.hpp"

#include "ledger/migrations.hpp"

#include <filesystem>
#include <string>

namespace kadesh::ledger {
namespace {

Error newer(const std::string& path, std::int64_t found) {
    return {ErrorCode::BadArtefact, path + ": was written by a newer Kadesh (schema " + std::to_string(found) +
                                        ", this program knows " + std::to_string(schema_version()) + ")"};
}

/// Settings of a connection, not of the file.
void configure(Database& database, Access access) {
    // SQLite asks about each reference: a fourteenth of the writing time, and no fault of ours can leave a row hanging.
    database.execute(
        "PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;"
        "PRAGMA mmap_size = 1073741824");
    if (access == Access::Read) return;
    // FULL: a commit has reached the disk before it counts, so that a power cut loses nothing that was told as done.
    database.execute("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -262144;"
                     "PRAGMA wal_autocheckpoint = 8000");
}

} // namespace

int schema_version() {
    return static_cast<int>(migrations().size());
}

Result<std::unique_ptr<Database>> open_ledger(const std::string& path, Access access) {
    auto opened = Database::open(path, access);
    if (!opened) return opened.error();
    std::unique_ptr<Database> database = std::move(opened).value();
    const auto application = database->pragma("PRAGMA application_id");
    auto version = database->pragma("PRAGMA user_version");
    const auto tables = database->pragma("SELECT count(*) FROM sqlite_schema");
    if (database->problem()) return *database->problem();
    const bool empty = application == 0 && version == 0 && tables == 0;
    if (application != kApplicationId && !empty)
        return Error{ErrorCode::BadArtefact, path + ": is a SQLite file, but no ledger of Kadesh"};
    if (empty && access != Access::Create)
        return Error{ErrorCode::BadArtefact, path + ": is empty, not a ledger; `kadesh add` begins one"};
    if (version > schema_version()) return newer(path, version);
    if (version < schema_version() && access == Access::Read) {
        // Older files are brought up to date by whoever opens them first, if they may.
        database.reset();
        auto upgraded = open_ledger(path, Access::Write);
        if (!upgraded)
            return Error{upgraded.error().code, upgraded.error().message + " (it has an older schema, " +
                                                    std::to_string(version) + ", and must be brought up to date once)"};
        upgraded->reset();
        return open_ledger(path, access);
    }
    configure(*database, access);
    if (version < schema_version()) {
        if (empty) database->execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL");
        Transaction transaction(*database);
        version = database->pragma("PRAGMA user_version"); // another program may have been faster
        for (auto next = static_cast<std::size_t>(version); next < migrations().size(); ++next) {
            database->execute(migrations()[next]);
            after_step(*database, next);
        }
        if (version < schema_version()) {
            const std::string marks = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                                      "; PRAGMA user_version = " + std::to_string(schema_version());
            database->execute(marks.c_str());
        }
        transaction.commit();
    } else if (access != Access::Read) {
        database->execute("PRAGMA journal_mode = WAL");
    }
    if (database->problem()) return *database->problem();
    return database;
}

} // namespace kadesh::ledger
