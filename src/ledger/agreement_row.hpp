// A merged agreement: how reports fold into one, its life, and its state on a day.
#pragma once

#include "ledger/event_row.hpp"
#include "ledger/types.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh::ledger {

/// A step of an agreement's life: sign, ratify, suspend …
struct LifeStep {
    std::string action;
    std::optional<DayRange> date;
    std::string actors; ///< codes joined by `|`
    int reports = 1;
};

struct AgreementRow {
    std::string name;
    std::string kind, title;
    std::string parties, party_names, subjects; ///< joined by `|`
    std::optional<DatedFact> signed_on, in_force, expires;
    std::string term;
    std::optional<bool> disclosed;
    std::string place;
    std::string status, status_date;
    std::string predecessor, successor;
    int reports = 0, documents = 0, sources = 0;
    std::string first_reported, last_reported;
    std::string contradictions; ///< fields on which reports differ, joined by `|`
    std::vector<LifeStep> life;
    bool corrected = false; ///< by hand
};

struct AgreementMember {
    const AgreementReport* report;
    const Told* told;
};

/// One agreement from its reports; a function of the set.
AgreementRow folded(std::span<const AgreementMember> members);

/// Its state at the end of a day: negotiated, announced, signed, ratified, in force, renewed, suspended, withdrawn by
/// X, superseded, expired, terminated, broken; empty when nothing was known of it by then.
/// @param superseded the day from which another stands in its place
std::string state_on(Day day, const std::vector<LifeStep>& life, const std::optional<DatedFact>& signed_on,
                     const std::optional<DatedFact>& in_force, const std::optional<DatedFact>& expires,
                     std::optional<Day> superseded);
/// Whether an agreement of such a state binds anyone: signed and not ended.
bool is_standing(std::string_view state);

} // namespace kadesh::ledger
