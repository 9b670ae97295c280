#include "ledger/database.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sqlite3.h>
#include <system_error>
#include <utility>

namespace kadesh::ledger {
namespace {

constexpr int kBusyMilliseconds = 5000;

bool has_journal(const std::string& path) {
    std::error_code error;
    return std::filesystem::exists(path + "-wal", error);
}

} // namespace

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

void Statement::restart() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

Statement& Statement::bind(int at, std::int64_t value) {
    if (statement_ != nullptr) sqlite3_bind_int64(statement_, at, value);
    return *this;
}

Statement& Statement::bind(int at, double value) {
    if (statement_ != nullptr) sqlite3_bind_double(statement_, at, value);
    return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
    if (statement_ != nullptr)
        sqlite3_bind_text64(statement_, at, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC,
                            SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind_blob(int at, std::string_view bytes) {
    if (statement_ != nullptr) sqlite3_bind_blob64(statement_, at, bytes.data(), bytes.size(), SQLITE_STATIC);
    return *this;
}

Statement& Statement::bind_null(int at) {
    if (statement_ != nullptr) sqlite3_bind_null(statement_, at);
    return *this;
}

bool Statement::step() {
    if (database_.problem_ || statement_ == nullptr) return false;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_.fail(code);
    sqlite3_reset(statement_);
    return false;
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
bool Statement::is_integer(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
}
bool Statement::is_real(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_FLOAT;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

std::string_view Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text == nullptr ? std::string_view()
                           : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::string_view Statement::blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return bytes == nullptr
               ? std::string_view()
               : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

int Statement::columns() const {
    return statement_ == nullptr ? 0 : sqlite3_column_count(statement_);
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access) {
    // Counting allocations would cost a lock for each.
    [[maybe_unused]] static const int counted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    std::error_code error;
    const bool there = std::filesystem::exists(path, error);
    if (!there && access != Access::Create) return Error{ErrorCode::NotFound, path + ": there is no such ledger"};
    if (std::filesystem::is_directory(path, error)) return Error{ErrorCode::Io, path + ": is a folder, not a ledger"};

    // Three ways, each only when the one before is refused: with the right to write (a reader, too, keeps the index of
    // the write-ahead log), read-only, and as a file that nobody changes, which serves read-only media.
    const int write = SQLITE_OPEN_READWRITE | (access == Access::Create ? SQLITE_OPEN_CREATE : 0);
    struct Way {
        std::string name;
        int flags;
    };
    std::string uri = "file:";
    for (const char c : path) {
        if (c == '?' || c == '#' || c == '%') {
            constexpr std::string_view kHex = "0123456789ABCDEF";
            uri += '%';
            uri += kHex[static_cast<unsigned char>(c) >> 4];
            uri += kHex[static_cast<unsigned char>(c) & 15];
        } else {
            uri += c;
        }
    }
    std::vector<Way> ways{{path, write}};
    if (access == Access::Read) {
        ways = {{path, SQLITE_OPEN_READONLY}};
        if (!has_journal(path)) ways.push_back({uri + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI});
    }
    // SQLite counts no memory: nobody asks it how much it has. Refused where it is at work already, which does no harm.
    [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    std::unique_ptr<Database> database;
    for (const Way& way : ways) {
        sqlite3* handle = nullptr;
        const int code = sqlite3_open_v2(way.name.c_str(), &handle, way.flags | SQLITE_OPEN_NOMUTEX, nullptr);
        database = std::unique_ptr<Database>(new Database(path, handle));
        if (code != SQLITE_OK) {
            database->fail(code);
            continue;
        }
        sqlite3_extended_result_codes(handle, 1);
        // Plans do not depend on the values that are bound, else statements would be prepared anew again and again.
        sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
        sqlite3_busy_timeout(handle, kBusyMilliseconds);
        database->pragma("PRAGMA schema_version"); // the first look at the file
        if (!database->problem()) break;
    }
    if (database->problem()) return *database->problem();
    if (access != Access::Read && sqlite3_db_readonly(database->handle_, "main") == 1) {
        database->fail(SQLITE_READONLY);
        return *database->problem();
    }
    return database;
}

Database::~Database() {
    statements_.clear();
    sqlite3_close_v2(handle_);
}

Statement& Database::statement(const char* sql) {
    auto& slot = statements_[sql];
    if (!slot) slot = prepare(sql);
    return *slot;
}

std::unique_ptr<Statement> Database::prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (!problem_) {
        const int code = sqlite3_prepare_v3(handle_, sql.c_str(), static_cast<int>(sql.size() + 1),
                                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK) fail(code);
    }
    return std::make_unique<Statement>(*this, statement);
}

void Database::execute(const char* sql) {
    if (problem_) return;
    const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::last_id() const {
    return sqlite3_last_insert_rowid(handle_);
}

int Database::changes() const {
    return sqlite3_changes(handle_);
}

std::int64_t Database::pragma(const char* sql) {
    const auto statement = prepare(sql);
    return statement->step() ? statement->integer(0) : 0;
}

void Database::fail(int code) {
    if (!problem_) problem_ = explain(code);
}

void Database::define(const std::string& name, std::function<bool(std::int64_t)> test) {
    const auto [place, fresh] = functions_.insert_or_assign(name, std::move(test));
    if (!fresh) return; // known to SQLite by its address, which stays
    const int code = sqlite3_create_function_v2(
        handle_, name.c_str(), 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, &place->second,
        [](sqlite3_context* context, int /*count*/, sqlite3_value** values) {
            const auto& asked = *static_cast<std::function<bool(std::int64_t)>*>(sqlite3_user_data(context));
            sqlite3_result_int(context, asked(sqlite3_value_int64(values[0])) ? 1 : 0);
        },
        nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

void Database::limit_seconds(double seconds) {
    constexpr int kInstructions = 20'000;
    if (seconds <= 0) return sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
    // About 50 million instructions of SQLite's machine run in a second.
    static thread_local std::int64_t left = 0;
    left = static_cast<std::int64_t>(seconds * 50e6 / kInstructions);
    sqlite3_progress_handler(
        handle_, kInstructions, [](void* counter) { return --*static_cast<std::int64_t*>(counter) < 0 ? 1 : 0; },
        &left);
}

Error Database::explain(int code) const {
    const int system = sqlite3_system_errno(handle_);
    const std::string reason = system != 0 ? std::generic_category().message(system) : sqlite3_errstr(code);
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return {ErrorCode::Io, path_ + ": no space is left to write in; what was committed before stays as it is"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Io, path_ + ": is locked by another program that writes; try again when it has finished"};
    case SQLITE_READONLY:
    case SQLITE_PERM: return {ErrorCode::Io, path_ + ": cannot be written: the file or its folder is read-only"};
    case SQLITE_CORRUPT:
        return {ErrorCode::BadArtefact, path_ + ": is damaged (" + sqlite3_errmsg(handle_) +
                                            "); nothing was changed. Restore a copy, or save what can be read with "
                                            "`sqlite3 FILE .recover`"};
    case SQLITE_NOTADB: return {ErrorCode::BadArtefact, path_ + ": is no ledger: not a SQLite file"};
    case SQLITE_IOERR:
        if (system == EFBIG || system == ENOSPC || system == EDQUOT)
            return {ErrorCode::Io, path_ + ": no space is left to write in (" + reason +
                                       "); what was committed before stays as it is"};
        if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE || code == SQLITE_IOERR_FSYNC ||
            code == SQLITE_IOERR_SHMSIZE)
            return {ErrorCode::Io, path_ + ": cannot be written: no space is left, or files may not grow so large (" +
                                       reason + "); what was committed before stays as it is"};
        return {ErrorCode::Io, path_ + ": cannot be read or written: " + reason};
    case SQLITE_CANTOPEN: return {ErrorCode::Io, path_ + ": cannot be opened: " + reason};
    case SQLITE_NOMEM: return {ErrorCode::TooLarge, path_ + ": out of memory"};
    case SQLITE_ERROR: return {ErrorCode::Usage, path_ + ": " + sqlite3_errmsg(handle_)}; // a question that is none
    case SQLITE_INTERRUPT: return {ErrorCode::TooLarge, path_ + ": the question took too long; narrow it"};
    default: return {ErrorCode::Io, path_ + ": " + sqlite3_errmsg(handle_)};
    }
}

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
    open_ = !database_.problem();
}

Transaction::~Transaction() {
    if (!open_) return;
    // The first problem is the one to tell; rolling back works on after it.
    const std::optional<Error> problem = database_.problem();
    database_.clear();
    database_.execute("ROLLBACK");
    database_.clear();
    if (problem) database_.problem_ = problem;
}

bool Transaction::commit() {
    if (!open_ || database_.problem()) return false;
    database_.execute("COMMIT");
    if (database_.problem()) return false;
    open_ = false;
    return true;
}

} // namespace kadesh::ledger
