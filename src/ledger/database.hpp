// SQLite behind one header: connections, statements, and its errors in words that people understand.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace kadesh::ledger {

class Database;

/// A prepared statement. After the database has met an error, stepping does nothing any more: loops end, and whoever
/// wants to know asks Database::problem(), at the latest before a commit.
class Statement {
  public:
    Statement(Database& database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Starts anew with these values for `?1`, `?2`, … Text and blobs are not copied: they must outlive the steps.
    template <typename... Values> Statement& with(const Values&... values) {
        restart();
        int at = 0;
        (bind(++at, values), ...);
        return *this;
    }
    Statement& bind(int at, std::int64_t value);
    Statement& bind(int at, int value) { return bind(at, std::int64_t{value}); }
    Statement& bind(int at, std::uint32_t value) { return bind(at, std::int64_t{value}); }
    Statement& bind(int at, double value);
    Statement& bind(int at, std::string_view text);
    Statement& bind(int at, const std::string& text) { return bind(at, std::string_view(text)); }
    Statement& bind(int at, const char* text) { return bind(at, std::string_view(text)); }
    Statement& bind_blob(int at, std::string_view bytes);
    Statement& bind_null(int at);
    /// Nothing becomes NULL.
    template <typename T> Statement& bind(int at, const std::optional<T>& value) {
        return value ? bind(at, *value) : bind_null(at);
    }

    /// True while there is a row; after the last one the statement is ready for the next values.
    bool step();
    /// Runs a statement that gives no rows.
    void run() {
        while (step()) {
        }
    }
    void restart();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    /// Lives until the next step. Empty for NULL.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] int columns() const;
    [[nodiscard]] bool is_integer(int column) const;
    [[nodiscard]] bool is_real(int column) const;

  private:
    Database& database_;
    sqlite3_stmt* statement_;
};

enum class Access : std::uint8_t { Read, Write, Create };

class Database {
  public:
    static Result<std::unique_ptr<Database>> open(const std::string& path, Access access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// The statement of a literal, prepared once and known by its address; do not nest two uses of one literal.
    Statement& statement(const char* sql);
    /// A statement of its own, for texts that are built.
    std::unique_ptr<Statement> prepare(const std::string& sql);
    /// One or more statements without values.
    void execute(const char* sql);
    [[nodiscard]] std::int64_t last_id() const;
    /// Rows that the last statement changed.
    [[nodiscard]] int changes() const;
    std::int64_t pragma(const char* sql);

    /// The first error since opening or clear().
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }
    void clear() { problem_.reset(); }
    /// The problem, which is then forgotten.
    std::optional<Error> take_problem() { return std::exchange(problem_, std::nullopt); }
    void fail(int code);
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Gives questions a function of this name and of one whole number, in place of an earlier one.
    void define(const std::string& name, std::function<bool(std::int64_t)> test);
    /// Stops a question that runs longer than this; 0: never.
    void limit_seconds(double seconds);

  private:
    Database(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}
    Error explain(int code) const;

    std::string path_;
    sqlite3* handle_;
    std::unordered_map<const char*, std::unique_ptr<Statement>> statements_;
    std::unordered_map<std::string, std::function<bool(std::int64_t)>> functions_;
    std::optional<Error> problem_;
    friend class Statement;
    friend class Transaction;
};

/// A write transaction: all or nothing. Unless committed it is undone.
class Transaction {
  public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    /// False, and undone, when anything has gone wrong since it began.
    bool commit();

  private:
    Database& database_;
    bool open_ = false;
};

} // namespace kadesh::ledger
