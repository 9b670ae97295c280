// Finds records by id and reads the stored JSON of one.
#pragma once

#include "ledger/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kadesh::ledger {

enum class Subject : std::uint8_t { Event, Agreement };

struct Found {
    Subject subject = Subject::Event;
    std::int64_t merged = 0; ///< row of the event or agreement
    std::int64_t report = 0; ///< row of the report that bears the id
};

/// The record of an id: that of a report, which is also that of the merged event or agreement that it leads.
std::optional<Found> find_record(Database& database, const std::string& id);

/// Rows of a merged event's or agreement's reports, by document's date and name.
std::vector<std::int64_t> members_of(Database& database, const Found& found);

/// The record's JSON line as the coder gave it; empty when it cannot be read.
std::string record_json(Database& database, std::int64_t document, const std::string& id);

} // namespace kadesh::ledger
