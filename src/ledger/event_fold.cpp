#include "document/record_names.hpp"
#include "ledger/event_row.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

namespace kadesh::ledger {
namespace {

/// Counts values and gives the commonest; of several the least in order.
template <typename T> class Vote {
  public:
    void add(const T& value, int weight = 1) { counts_[value] += weight; }
    [[nodiscard]] bool empty() const { return counts_.empty(); }
    [[nodiscard]] const T& winner() const {
        return std::ranges::max_element(counts_, [](const auto& x, const auto& y) { return x.second < y.second; })
            ->first;
    }

  private:
    std::map<T, int> counts_;
};

std::string joined(const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& item : list) {
        if (!text.empty()) text += '|';
        text += item;
    }
    return text;
}

auto publication(const Member& member) {
    return std::tuple(member.told->date.empty() ? std::string("9999") : member.told->date, member.told->document,
                      member.report->ordinal);
}

struct Party {
    std::string code, name;
    Vote<std::string> sector;
    int actor = 0, recipient = 0;
    std::size_t first = 0; ///< place in the first report that names it
};

/// Participants of all members, each once; one that is only a code joins the one with that code and a name.
std::vector<Party> parties_of(std::span<const Member> sorted) {
    std::vector<Party> parties;
    std::size_t next = 0;
    for (const Member& member : sorted) {
        for (const Participant& participant : member.report->participants) {
            if (participant.role == Role::Attribution) continue;
            const std::string& name = participant.name.empty() ? participant.text : participant.name;
            if (participant.code.empty() && name.empty()) continue;
            auto found = std::ranges::find_if(
                parties, [&](const Party& p) { return p.code == participant.code && p.name == name; });
            if (found == parties.end()) {
                parties.push_back({participant.code, name, {}, 0, 0, next++});
                found = parties.end() - 1;
            }
            ++(participant.role == Role::Actor ? found->actor : found->recipient);
            if (!participant.sectors.empty())
                found->sector.add(participant.sectors.substr(0, participant.sectors.find('|')));
        }
    }
    std::ranges::sort(parties, [](const Party& x, const Party& y) {
        return std::tuple(-(x.actor + x.recipient), x.first) < std::tuple(-(y.actor + y.recipient), y.first);
    });
    return parties;
}

struct SideLists {
    std::vector<std::string> codes, names, sectors;

    void add(const Party& party) {
        if (!party.code.empty() && std::ranges::find(codes, party.code) == codes.end()) codes.push_back(party.code);
        if (!party.name.empty() && std::ranges::find(names, party.name) == names.end()) names.push_back(party.name);
        if (party.sector.empty()) return;
        const std::string& sector = party.sector.winner();
        if (std::ranges::find(sectors, sector) == sectors.end()) sectors.push_back(sector);
    }
};

void fold_participants(std::span<const Member> sorted, EventRow& row) {
    SideLists actors;
    SideLists recipients;
    const bool reciprocal = std::ranges::any_of(sorted, [](const Member& m) { return m.report->reciprocal; });
    for (const Party& party : parties_of(sorted))
        (reciprocal || party.actor >= party.recipient ? actors : recipients).add(party);
    row.actors = joined(actors.codes);
    row.actor_names = joined(actors.names);
    row.actor_sectors = joined(actors.sectors);
    row.recipients = joined(recipients.codes);
    row.recipient_names = joined(recipients.names);
    row.recipient_sectors = joined(recipients.sectors);
}

void fold_date(std::span<const Member> asserting, EventRow& row) {
    using Key = std::tuple<int, int, std::int32_t>;
    std::map<Key, int> counts;
    for (const Member& member : asserting) {
        const Report& report = *member.report;
        if (report.date)
            ++counts[{static_cast<int>(report.date_basis), report.date->length(), report.date->first.days}];
    }
    if (counts.empty()) return;
    // What a text says itself goes before what was concluded; then the narrowest, then what most tell, then the
    // earliest.
    const Key* best = nullptr;
    int most = 0;
    for (const auto& [key, count] : counts) {
        const bool same_kind =
            best != nullptr && std::get<0>(key) == std::get<0>(*best) && std::get<1>(key) == std::get<1>(*best);
        if (best != nullptr && !(same_kind && count > most)) continue;
        best = &key;
        most = count;
    }
    const auto& [basis, length, first] = *best;
    row.date = DayRange{Day{first}, Day{first + length - 1}};
    row.date_basis = static_cast<DateBasis>(basis);
}

void fold_place(std::span<const Member> asserting, EventRow& row) {
    // A town says more than its country.
    std::map<std::tuple<int, int, std::string, std::string>, const Report*> places;
    Vote<std::tuple<int, int, std::string, std::string>> vote;
    for (const Member& member : asserting) {
        const Report& report = *member.report;
        if (report.place.empty()) continue;
        const auto key = std::tuple(report.geonames != 0 ? 0 : 1, report.located ? 0 : 1, report.country, report.place);
        places.emplace(key, &report);
        vote.add(key, report.geonames != 0 ? 2 : 1);
    }
    if (places.empty()) return;
    const Report& chosen = *places.at(vote.winner());
    row.place = chosen.place;
    row.country = chosen.country;
    row.geonames = chosen.geonames;
    if (chosen.located) {
        row.lat = chosen.lat;
        row.lon = chosen.lon;
    }
}

} // namespace

std::vector<std::string> parts(const std::string& list) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t bar = std::min(list.find('|', at), list.size());
        if (bar > at) found.push_back(list.substr(at, bar - at));
        at = bar + 1;
    }
    return found;
}

bool happened(const std::string& auxiliary) {
    for (const std::string& word : parts(auxiliary))
        if (word == "future" || word == "hypothetical" || word == "negated") return false;
    return true;
}

int independent_sources(std::span<const Member> members) {
    std::vector<std::size_t> group(members.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
        while (group[i] != i) i = group[i];
        return i;
    };
    std::map<std::int64_t, std::size_t> by_story;
    std::map<std::string, std::size_t> by_source;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const Told& told = *members[i].told;
        group[root(i)] = root(by_story.emplace(told.story, i).first->second);
        if (!told.source.empty()) group[root(i)] = root(by_source.emplace(told.source, i).first->second);
    }
    int count = 0;
    for (std::size_t i = 0; i < members.size(); ++i) count += root(i) == i ? 1 : 0;
    return count;
}

EventRow folded(std::span<const Member> members) {
    std::vector<Member> sorted(members.begin(), members.end());
    std::ranges::sort(sorted, {}, [](const Member& member) { return publication(member); });
    std::vector<Member> asserting;
    for (const Member& member : sorted)
        if ((member.report->auxiliary & kNegated) == 0) asserting.push_back(member);
    EventRow row;
    row.disputed = !asserting.empty() && asserting.size() < sorted.size();
    if (asserting.empty()) asserting = sorted;

    row.name = sorted.front().report->name;
    row.type = sorted.front().report->type;
    row.reports = static_cast<int>(sorted.size());
    row.sources = independent_sources(sorted);
    std::set<std::string> documents;
    std::set<std::string> sources;
    std::set<std::string> contexts;
    Vote<std::tuple<std::string, double>> mode;
    Vote<std::tuple<int, std::string, double>> cameo;
    std::uint8_t auxiliary = 0xFF;
    for (const Member& member : sorted) {
        documents.insert(member.told->document);
        if (!member.told->source.empty()) sources.insert(member.told->source);
        if (member.told->date.empty()) continue;
        if (row.first_reported.empty()) row.first_reported = member.told->date;
        row.last_reported = member.told->date;
    }
    for (const Member& member : asserting) {
        const Report& report = *member.report;
        auxiliary &= report.auxiliary;
        for (const std::string& context : parts(report.context)) contexts.insert(context);
        mode.add({report.mode, report.scale}, report.mode.empty() ? 1 : 2);
        cameo.add({-static_cast<int>(report.cameo.size()), report.cameo, report.goldstein});
        row.confidence = std::max(row.confidence, report.confidence);
        if (row.agreement.empty()) row.agreement = report.agreement;
    }
    row.documents = static_cast<int>(documents.size());
    row.source_names.assign(sources.begin(), sources.end());
    row.context = joined({contexts.begin(), contexts.end()});
    std::tie(row.mode, row.scale) = mode.winner();
    row.cameo = std::get<1>(cameo.winner());
    row.goldstein = std::get<2>(cameo.winner());
    std::vector<std::string> flags;
    for (const std::string_view flag : auxiliary_names(auxiliary)) flags.emplace_back(flag);
    row.auxiliary = joined(flags);
    fold_participants(sorted, row);
    fold_date(asserting, row);
    fold_place(asserting, row);
    return row;
}

} // namespace kadesh::ledger
