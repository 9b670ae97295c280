// What analysts have corrected: kept apart from the records, laid on top when rows are folded.
#pragma once

#include "ledger/agreement_row.hpp"
#include "ledger/database.hpp"
#include "ledger/event_row.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh::ledger {

/// A record's place: what ties a correction to it across recodings.
struct Anchor {
    std::int64_t target = 0; ///< row of the report
    std::string report, document;
    std::int64_t start = 0;
};

Anchor anchor_of_event_report(Database& database, std::int64_t report);
Anchor anchor_of_agreement_report(Database& database, std::int64_t report);

struct NewCorrection {
    std::string_view subject; ///< `event`, `agreement`
    std::string_view kind;    ///< `field`, `join`, `split`
    std::string_view field, value;
    std::string_view why, who, made;
};
/// @param other for joins and splits
std::int64_t write_correction(Database& database, const NewCorrection& correction, const Anchor& anchor,
                              const Anchor* other);

/// Why a field cannot have such a value; empty when it can.
std::string field_problem(std::string_view subject, std::string_view field, std::string_view value);
/// The fields that can be corrected.
std::vector<std::string_view> correctable_fields(std::string_view subject);

/// Lays corrections of the members' reports on a row, in the order in which they were made.
void corrected(Database& database, const std::vector<std::int64_t>& members, EventRow& row);
void corrected(Database& database, const std::vector<std::int64_t>& members, AgreementRow& row);

/// Before a document's reports are deleted: corrections let go of them. After its new ones are written: they find their
/// record again, by its id, or by its place.
void let_go(Database& database, std::int64_t document);
void tie_again(Database& database, std::int64_t document, const std::string& document_name);

/// Reports that are joined to this one, or split from it, by hand.
std::vector<std::int64_t> events_linked(Database& database, std::int64_t report, std::string_view kind);
std::vector<std::int64_t> agreements_linked(Database& database, std::int64_t report, std::string_view kind);

} // namespace kadesh::ledger
