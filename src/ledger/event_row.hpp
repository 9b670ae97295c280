// A merged event as it stands in the table, and how reports fold into one.
#pragma once

#include "ledger/types.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kadesh::ledger {

/// What the fold needs to know of a report's document.
struct Told {
    std::string document; ///< id
    std::string date, source;
    std::int64_t story = 0;
};

struct EventRow {
    std::string name;
    std::optional<DayRange> date;
    DateBasis date_basis = DateBasis::Document;
    EventType type = EventType::Consult;
    std::string mode, context, auxiliary, cameo; ///< lists joined by `|`
    double scale = 0, goldstein = 0;
    std::string actors, actor_names, actor_sectors, recipients, recipient_names, recipient_sectors;
    std::string place, country;
    std::optional<double> lat, lon;
    std::uint32_t geonames = 0;
    double confidence = 0;
    int reports = 0, documents = 0, sources = 0;
    std::string first_reported, last_reported;
    bool disputed = false;
    bool corrected = false; ///< by hand
    std::string agreement;
    std::vector<std::string> source_names; ///< sorted, each once
};

/// Whether a list of auxiliary modes leaves it a fact: nothing of it is planned, possible or denied.
bool happened(const std::string& auxiliary);

struct Member {
    const Report* report;
    const Told* told;
};

/// One event from its reports: a function of the set, in whatever order it comes. What the reports differ on stays in
/// them; the row takes what most tell, and the first of those.
EventRow folded(std::span<const Member> members);

/// The documents behind reports that tell independently: copies of one story, and reports of one source, count once.
int independent_sources(std::span<const Member> members);

/// Parts of a list joined by `|`.
std::vector<std::string> parts(const std::string& list);

} // namespace kadesh::ledger
