// The events table with what hangs on it: the postings behind the questions and the monthly sums of pairs.
#pragma once

#include "ledger/database.hpp"
#include "ledger/event_row.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace kadesh::ledger {

/// Day under which undated events stand in postings: before all others.
inline constexpr std::int32_t kUndated = -1'000'000;

class EventIndex {
  public:
    explicit EventIndex(Database& database) : database_(database) {}

    void insert(std::int64_t id, const EventRow& row);
    void update(std::int64_t id, const EventRow& row);
    void remove(std::int64_t id);
    /// Writes what has added up; before a commit.
    void flush();
    /// Forgets what it knows of the file, after a transaction was undone.
    void forget();

  private:
    enum class Kind : std::uint8_t {
        Actor,
        ActorName,
        Recipient,
        RecipientName,
        Sector,
        Pair,
        Type,
        Mode,
        Context,
        Country,
        Place,
        Source
    };
    static constexpr std::size_t kKinds = static_cast<std::size_t>(Kind::Source) + 1;
    void bind(Statement& statement, const EventRow& row, const std::string& terms);
    std::string add_terms(const EventRow& row, std::vector<std::int64_t>& ids);
    std::int64_t term(Kind kind, std::string_view value);
    void write(std::int64_t id, const EventRow& row, const char* sql);
    void post(std::int64_t event, std::int32_t day, const std::vector<std::int64_t>& ids);
    void count_relations(const std::string& actors, const std::string& recipients, std::string_view date, int quad_code,
                         double scale, double goldstein, int sign);
    void write_postings();
    void take_out(std::int64_t id);

    struct Sum {
        std::int64_t events = 0, scale = 0, goldstein = 0;
    };
    struct Hash {
        using is_transparent = void; // found by a view, without a string of its own
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    using Terms = std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>>;
    Database& database_;
    std::array<Terms, kKinds> terms_;
    std::unordered_map<std::int64_t, std::int64_t> counts_;
    std::map<std::tuple<std::string, std::string, std::string, std::string, int>, Sum> sums_;
    std::vector<std::tuple<std::int64_t, std::int32_t, std::int64_t>> postings_; ///< to be written
    std::unordered_set<std::int64_t> pending_;                                   ///< events among them
};

} // namespace kadesh::ledger
