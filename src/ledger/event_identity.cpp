#include "ledger/event_identity.hpp"

#include "ledger/clusters.hpp"
#include "ledger/corrections.hpp"
#include "ledger/features.hpp"
#include "ledger/report_reader.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

namespace kadesh::ledger {
namespace {
constexpr std::size_t kMostCached = 200'000;

void prefetch(const EventFeatures* features) {
    constexpr std::size_t kLine = 64;
    if (features == nullptr) return;
    for (std::size_t at = 0; at < sizeof(EventFeatures); at += kLine)
        __builtin_prefetch(reinterpret_cast<const char*>(features) + at);
}

void prefetch_words(const EventFeatures* features) {
    if (features == nullptr) return;
    for (const void* list :
         {static_cast<const void*>(features->about.data()), static_cast<const void*>(features->words.data()),
          static_cast<const void*>(features->who.data()), static_cast<const void*>(features->actors.data()),
          static_cast<const void*>(features->recipients.data())})
        __builtin_prefetch(list);
}
} // namespace

EventIdentity::EventIdentity(Database& database)
    : database_(database), index_(database),
      blocks_(database, {"SELECT day, report, keys FROM blocks WHERE day BETWEEN ? AND ?",
                         "INSERT INTO blocks (day, report, keys) VALUES (?, ?, ?)",
                         "DELETE FROM blocks WHERE day = ? AND report = ?"}) {}

void EventIdentity::begin() {
    next_id_ =
        1 + database_.pragma("SELECT max(coalesce((SELECT max(id) FROM reports), 0), coalesce((SELECT max(id) FROM "
                             "events), 0))");
    by_hand_ = database_.pragma("SELECT EXISTS (SELECT 1 FROM corrections)") != 0;
}

void EventIdentity::add(Report report, Told told) {
    const std::int64_t id = report.id;
    blocks_.file(id, block_day(report.features), report.keys);
    features_[id] = std::move(report.features);
    told_[report.document] = std::move(told);
    reports_[id] = std::move(report);
    dirty_.insert(id);
    fresh_.insert(id);
}

const EventFeatures& EventIdentity::features(std::int64_t id) {
    auto found = features_.find(id);
    if (found != features_.end()) return found->second;
    Statement& row = database_.statement("SELECT features FROM reports WHERE id = ?").with(id);
    EventFeatures read;
    if (row.step()) read = decoded_event(row.blob(0));
    row.restart();
    return features_.emplace(id, std::move(read)).first->second;
}

const Report& EventIdentity::report(std::int64_t id) {
    auto found = reports_.find(id);
    if (found != reports_.end()) return found->second;
    return reports_.emplace(id, read_report(database_, id)).first->second;
}

const Told& EventIdentity::told(std::int64_t document) {
    auto found = told_.find(document);
    if (found != told_.end()) return found->second;
    return told_.emplace(document, read_told(database_, document)).first->second;
}

template <typename Wanted, typename Each>
void EventIdentity::compare_with_met(std::int64_t id, Wanted&& wanted, Each&& each) {
    const EventFeatures& features_own = features(id); // the map's nodes stay in place
    const Compared own(features_own);
    const QuickBound bound(own);
    const BlockKeys keys = block_keys(features_own);
    met_.clear();
    const auto meet = [&](Filed& other) {
        if (other.id != id && wanted(other.id)) met_.push_back(&other);
    };
    blocks_.next_question();
    const auto seek = [&](const std::vector<std::uint32_t>& sought, int window) {
        const auto [from, to] = sought_days(features_own, window);
        blocks_.visit(std::span<const std::uint32_t>(sought), from, to, meet);
    };
    seek(keys.sought, kPartyDays);
    seek(keys.about, kDayWindow);
    for (std::size_t i = 0; i < met_.size(); ++i) {
        // They lie all over the memory: what comes next is fetched while this one is compared.
        if (i + 8 < met_.size()) prefetch(met_[i + 8]->extra.features);
        if (i + 4 < met_.size()) prefetch_words(met_[i + 4]->extra.features);
        Filed& other = *met_[i];
        if (other.extra.features == nullptr) other.extra = Compared(features(other.id));
        // One may find the other where it is not found itself: then neither does.
        if (!may_meet(own, other.extra) || !bound.may_be_linked(other.extra)) continue;
        const auto evidence = event_evidence(features_own, *other.extra.features);
        if (!evidence) continue;
        const int score = weighed(*evidence);
        if (score > 0) each(other.id, score, *evidence);
    }
}

std::vector<EventIdentity::Neighbour> EventIdentity::neighbours(std::int64_t id) {
    const std::vector<std::int64_t> joined =
        by_hand_ ? events_linked(database_, id, "join") : std::vector<std::int64_t>();
    std::vector<Neighbour> found;
    compare_with_met(
        id, [&](std::int64_t other) { return std::ranges::find(joined, other) == joined.end(); },
        [&](std::int64_t other, int score, const Evidence& evidence) {
            found.push_back({other, score, evidence, false});
        });
    std::ranges::sort(found, {}, &Neighbour::report);
    for (const std::int64_t other : joined) found.push_back({other, 0, {}, true});
    return found;
}

/// The links of the reports that have come, each pair of them compared once.
void EventIdentity::link_fresh() {
    fresh_links_.reserve(fresh_.size());
    std::vector<std::int64_t> sorted(fresh_.begin(), fresh_.end());
    std::ranges::sort(sorted);
    for (const std::int64_t id : sorted) {
        std::vector<Linked>& own = fresh_links_[id];
        compare_with_met(
            id, [&](std::int64_t other) { return other < id; }, // what came before has the lower number
            [&](std::int64_t other, int score, const Evidence&) {
                own.push_back({other, score, false});
                if (fresh_.contains(other)) fresh_links_[other].push_back({id, score, false});
            });
    }
}

std::vector<EventIdentity::Linked> EventIdentity::links_of(std::int64_t id) {
    const auto known = fresh_links_.find(id);
    std::vector<Linked> found;
    if (known == fresh_links_.end()) {
        for (const Neighbour& one : neighbours(id)) found.push_back({one.report, one.score, one.forced});
        return found;
    }
    found = std::move(known->second); // asked once
    std::ranges::sort(found, {}, &Linked::report);
    if (!by_hand_) return found;
    const std::vector<std::int64_t> joined = events_linked(database_, id, "join");
    std::erase_if(found, [&](const Linked& one) { return std::ranges::find(joined, one.report) != joined.end(); });
    for (const std::int64_t other : joined) found.push_back({other, 0, true});
    return found;
}

void EventIdentity::leaving(std::int64_t document) {
    std::vector<std::pair<std::int64_t, std::int64_t>> own;
    Statement& rows = database_.statement("SELECT id, event FROM reports WHERE document = ?").with(document);
    while (rows.step()) own.emplace_back(rows.integer(0), rows.integer(1));
    for (const auto& [id, event] : own) {
        for (const Neighbour& neighbour : neighbours(id)) dirty_.insert(neighbour.report);
        touched_.insert(event);
        Statement& members = database_.statement("SELECT id FROM reports WHERE event = ?").with(event);
        while (members.step()) dirty_.insert(members.integer(0));
    }
    for (const auto& [id, event] : own) blocks_.erase(id, block_day(features(id)));
    for (const auto& [id, event] : own) {
        dirty_.erase(id);
        fresh_.erase(id);
        features_.erase(id);
        reports_.erase(id);
    }
    told_.erase(document);
}

void EventIdentity::refold_document(std::int64_t document) {
    told_.erase(document);
    Statement& rows = database_.statement("SELECT DISTINCT event FROM reports WHERE document = ? AND event IS NOT NULL")
                          .with(document);
    while (rows.step()) refold_.insert(rows.integer(0));
}

void EventIdentity::settle() {
    link_fresh();
    // Reports that a document's leaving has made look again may have left with another document.
    for (const std::int64_t id : std::vector<std::int64_t>(dirty_.begin(), dirty_.end()))
        if (!visited_.contains(id)) settle_component(id);
    for (const std::int64_t event : touched_) {
        if (taken_.contains(event)) continue;
        Statement& left = database_.statement("SELECT 1 FROM reports WHERE event = ? LIMIT 1").with(event);
        const bool any = left.step();
        left.restart();
        if (!any) index_.remove(event);
    }
    for (const std::int64_t event : refold_) {
        if (taken_.contains(event)) continue;
        std::vector<std::int64_t> members;
        Statement& rows = database_.statement("SELECT id FROM reports WHERE event = ?").with(event);
        while (rows.step()) members.push_back(rows.integer(0));
        if (!members.empty()) write_event(event, members, false);
    }
    index_.flush();
    dirty_.clear();
    refold_.clear();
    visited_.clear();
    taken_.clear();
    touched_.clear();
    fresh_.clear();
    fresh_links_.clear();
    reports_.clear();
    if (features_.size() > kMostCached) {
        blocks_.for_all([](auto& member) { member.extra = {}; });
        features_.clear();
    }
    if (told_.size() > kMostCached) told_.clear();
}

void EventIdentity::settle_component(std::int64_t seed) {
    Component component = component_of(seed, [this](std::int64_t report) { return links_of(report); });
    const std::vector<std::int64_t>& members = component.members;
    visited_.insert(members.begin(), members.end());
    std::vector<std::uint64_t> order;
    std::vector<std::vector<std::size_t>> apart(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        order.push_back(features(members[i]).order);
        if (!by_hand_) continue;
        for (const std::int64_t other : events_linked(database_, members[i], "split")) {
            const auto found = component.place.find(other);
            if (found != component.place.end()) apart[i].push_back(found->second);
        }
    }
    std::vector<const EventFeatures*> compared;
    for (const std::int64_t id : members) compared.push_back(&features(id)); // the map's nodes stay in place
    const auto fit = [&](std::size_t x, std::size_t y) -> std::optional<int> {
        if (std::ranges::find(apart[x], y) != apart[x].end()) return std::nullopt;
        const auto evidence = event_evidence(*compared[x], *compared[y]);
        return evidence ? std::optional(weighed(*evidence)) : std::nullopt;
    };
    apply(members, grouped(order, std::move(component.links), fit, kLeastMean));
}

void EventIdentity::apply(const std::vector<std::int64_t>& members, const std::vector<std::size_t>& groups) {
    const std::size_t count = *std::ranges::max_element(groups) + 1;
    std::vector<std::vector<std::int64_t>> lists(count);
    for (std::size_t i = 0; i < members.size(); ++i) lists[groups[i]].push_back(members[i]);
    std::unordered_map<std::int64_t, std::int64_t> before;
    for (const std::int64_t id : members) {
        if (fresh_.contains(id)) continue;
        Statement& row = database_.statement("SELECT event FROM reports WHERE id = ?").with(id);
        if (row.step() && !row.is_null(0)) {
            before[id] = row.integer(0);
            touched_.insert(row.integer(0));
        }
        row.restart();
    }
    for (const std::vector<std::int64_t>& list : lists) {
        std::int64_t event = 0;
        for (const std::int64_t id : list) {
            const auto old = before.find(id);
            if (old != before.end() && !taken_.contains(old->second) && (event == 0 || old->second < event))
                event = old->second;
        }
        if (event != 0) {
            taken_.insert(event);
            Statement& row = database_.statement("SELECT reports FROM events WHERE id = ?").with(event);
            const auto size = row.step() ? row.integer(0) : 0;
            row.restart();
            const bool same = static_cast<std::int64_t>(list.size()) == size && !refold_.contains(event) &&
                              std::ranges::all_of(list, [&](std::int64_t id) {
                                  const auto old = before.find(id);
                                  return old != before.end() && old->second == event;
                              });
            if (same) continue;
        }
        write_event(event, list, event == 0);
    }
}

void EventIdentity::write_event(std::int64_t event, const std::vector<std::int64_t>& members, bool fresh) {
    std::vector<Member> list;
    for (const std::int64_t id : members) report(id); // all in the cache before addresses are taken
    for (const std::int64_t id : members) told(report(id).document);
    for (const std::int64_t id : members) {
        const Report& one = report(id);
        list.push_back({&one, &told(one.document)});
    }
    EventRow row = folded(list);
    if (by_hand_) corrected(database_, members, row);
    if (fresh) {
        // A report that has just come lends its number; an older one may have lent it already.
        for (const std::int64_t id : members)
            if (fresh_.contains(id) && (event == 0 || id < event)) event = id;
        if (event == 0) event = next_id();
        index_.insert(event, row);
    } else {
        index_.update(event, row);
    }
    Statement& update = database_.statement("UPDATE reports SET event = ?1 WHERE id = ?2 AND event IS NOT ?1");
    for (const std::int64_t id : members) {
        Report& one = reports_.at(id);
        if (one.event == event) continue;
        update.with(event, id).run();
        one.event = event;
    }
}

void EventIdentity::forget() {
    blocks_.forget();
    features_.clear();
    reports_.clear();
    told_.clear();
    dirty_.clear();
    refold_.clear();
    visited_.clear();
    taken_.clear();
    touched_.clear();
    fresh_.clear();
    fresh_links_.clear();
    index_.forget();
}

} // namespace kadesh::ledger
