// Which reports tell of one event: keeps the events table in step with the reports, one transaction at a time.
#pragma once

#include "ledger/database.hpp"
#include "ledger/day_index.hpp"
#include "ledger/event_index.hpp"
#include "ledger/likeness.hpp"
#include "ledger/types.hpp"

#include <cstdint>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace kadesh::ledger {

class EventIdentity {
  public:
    explicit EventIdentity(Database& database);

    /// At the beginning of a transaction: numbers go on after the last, and it is seen whether there are corrections.
    void begin();
    /// A number that neither a report nor an event has had in this file's present state.
    std::int64_t next_id() { return next_id_++; }
    /// A report that has been written, with all that the fold needs; it is looked at in settle().
    void add(Report report, Told told);
    /// Before a document's reports are deleted: whatever they touch is looked at again in settle().
    void leaving(std::int64_t document);
    /// A report whose links by hand have changed.
    void look_again(std::int64_t report) {
        dirty_.insert(report);
        by_hand_ = true;
    }
    /// An event whose row must be made anew, its members unchanged.
    void refold(std::int64_t event) {
        refold_.insert(event);
        by_hand_ = true;
    }
    /// The events of a document's reports must be made anew (its story has changed).
    void refold_document(std::int64_t document);

    /// Brings events in step; the result is a function of the reports and links in the file. Before a commit.
    void settle();
    void forget();

    /// Reports that are linked to this one, with the evidence; for explanations.
    struct Neighbour {
        std::int64_t report = 0;
        int score = 0;
        Evidence evidence{};
        bool forced = false;
    };
    std::vector<Neighbour> neighbours(std::int64_t report);
    const EventFeatures& features(std::int64_t report);

  private:
    using Filed = DayIndex<std::uint32_t, Compared>::Member;
    /// Calls `each` with those that a report meets and `wanted` asks for, their score above 0 and their evidence.
    template <typename Wanted, typename Each> void compare_with_met(std::int64_t id, Wanted&& wanted, Each&& each);
    void link_fresh();
    struct Linked {
        std::int64_t report = 0;
        int score = 0;
        bool forced = false;
    };
    std::vector<Linked> links_of(std::int64_t id);
    void settle_component(std::int64_t seed);
    void apply(const std::vector<std::int64_t>& members, const std::vector<std::size_t>& groups);
    void write_event(std::int64_t event, const std::vector<std::int64_t>& members, bool fresh);
    const Report& report(std::int64_t id);
    const Told& told(std::int64_t document);

    Database& database_;
    EventIndex index_;
    DayIndex<std::uint32_t, Compared> blocks_; ///< its comparisons point into features_
    std::unordered_map<std::int64_t, EventFeatures> features_;
    std::unordered_map<std::int64_t, Report> reports_; ///< of this transaction, and others that were folded
    std::unordered_map<std::int64_t, Told> told_;
    std::vector<Filed*> met_; ///< kept for its memory
    std::int64_t next_id_ = 1;
    bool by_hand_ = true; ///< there are corrections
    std::set<std::int64_t> dirty_, refold_;
    std::unordered_set<std::int64_t> visited_;
    std::set<std::int64_t> taken_, touched_;                            ///< while settling
    std::unordered_set<std::int64_t> fresh_;                            ///< reports of this transaction
    std::unordered_map<std::int64_t, std::vector<Linked>> fresh_links_; ///< while settling
};

} // namespace kadesh::ledger
