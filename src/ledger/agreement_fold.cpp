#include "base/ascii.hpp"
#include "ledger/agreement_row.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace kadesh::ledger {
namespace {

auto publication(const AgreementMember& member) {
    return std::tuple(member.told->date.empty() ? std::string("9999") : member.told->date, member.told->document,
                      member.report->ordinal);
}

std::string joined(const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& item : list) {
        if (!text.empty()) text += '|';
        text += item;
    }
    return text;
}

bool is_generic(std::string_view kind) {
    return kind == "agreement" || kind == "deal" || kind == "pact" || kind == "accord";
}

int capitals(std::string_view title) {
    int count = 0;
    bool at_begin = true;
    for (const char c : title) {
        count += at_begin && is_ascii_upper(c) ? 1 : 0;
        at_begin = c == ' ';
    }
    return count;
}

/// The commonest of the values, by a rank first and an order last; counts which there are.
class Choice {
  public:
    void add(int rank, const std::string& value) {
        if (!value.empty()) ++counts_[{rank, value}];
    }
    [[nodiscard]] std::string winner() const {
        const auto best = std::ranges::max_element(counts_, [](const auto& x, const auto& y) {
            return std::tuple(-x.first.first, x.second) < std::tuple(-y.first.first, y.second);
        });
        return best == counts_.end() ? std::string() : best->first.second;
    }
    [[nodiscard]] bool contested() const {
        std::set<std::string> values;
        for (const auto& [key, count] : counts_) values.insert(key.second);
        return values.size() > 1;
    }

  private:
    std::map<std::pair<int, std::string>, int> counts_;
};

using Fact = std::optional<DatedFact> AgreementReport::*;

/// What the texts themselves say, then what follows from knowledge or from other fields, then the document's own date;
/// of these the narrowest, then what most tell, then the earliest.
std::optional<DatedFact> fold_fact(std::span<const AgreementMember> sorted, Fact field, bool& contested) {
    std::map<std::tuple<int, int, std::int32_t>, int> counts;
    for (const AgreementMember& member : sorted) {
        const auto& fact = member.report->*field;
        if (fact) ++counts[{static_cast<int>(fact->basis), fact->range.length(), fact->range.first.days}];
    }
    if (counts.empty()) return std::nullopt;
    auto best = counts.begin();
    for (auto other = counts.begin(); other != counts.end(); ++other) {
        const bool alike = std::get<0>(other->first) == std::get<0>(best->first) &&
                           std::get<1>(other->first) == std::get<1>(best->first);
        if (alike && other->second > best->second) best = other;
    }
    const auto& [basis, length, first] = best->first;
    for (const auto& [key, count] : counts) {
        // A year that holds the day does not contradict it.
        const auto& [basis2, length2, first2] = key;
        contested = contested || first2 > first + length || first2 + length2 < first;
    }
    return DatedFact{{Day{first}, Day{first + length - 1}}, static_cast<DateBasis>(basis)};
}

void fold_parties(std::span<const AgreementMember> sorted, AgreementRow& row, bool& contested) {
    struct Party {
        std::string code, name;
        int reports = 0;
        std::size_t first = 0;
    };
    std::vector<Party> parties;
    std::set<std::set<std::string>> sets;
    int naming = 0;
    for (const AgreementMember& member : sorted) {
        std::set<std::string> own;
        for (const Participant& participant : member.report->participants) {
            if (participant.role != Role::Party) continue;
            const std::string& name = participant.name.empty() ? participant.text : participant.name;
            const std::string key = participant.code.empty() ? name : participant.code;
            if (key.empty() || !own.insert(key).second) continue;
            auto found = std::ranges::find_if(
                parties, [&](const Party& p) { return (p.code.empty() ? p.name : p.code) == key; });
            if (found == parties.end()) {
                parties.push_back({participant.code, name, 0, parties.size()});
                found = parties.end() - 1;
            }
            ++found->reports;
        }
        naming += own.size() > 1 ? 1 : 0;
        if (own.size() > 1) sets.insert(own);
    }
    contested = contested || sets.size() > 1;
    std::ranges::sort(parties, [](const Party& x, const Party& y) {
        return std::tuple(-x.reports, x.first) < std::tuple(-y.reports, y.first);
    });
    std::vector<std::string> codes;
    std::vector<std::string> names;
    for (const Party& party : parties) {
        if (party.reports * 3 < naming) continue; // one report's slip among many that name the parties
        if (!party.code.empty()) codes.push_back(party.code);
        if (!party.name.empty()) names.push_back(party.name);
    }
    row.parties = joined(codes);
    row.party_names = joined(names);
}

bool one_time(const std::optional<DayRange>& a, const std::optional<DayRange>& b) {
    if (!a || !b) return a.has_value() == b.has_value();
    return a->first.days <= b->last.days + 2 && b->first.days <= a->last.days + 2;
}

std::vector<LifeStep> fold_life(std::span<const AgreementMember> sorted, const AgreementRow& row) {
    std::vector<LifeStep> steps;
    for (const AgreementMember& member : sorted) {
        for (const ActionRow& action : member.report->actions) {
            std::vector<std::string> actors = parts(action.actors);
            std::ranges::sort(actors);
            steps.push_back({action.action, action.date, joined(actors), 1});
        }
    }
    if (row.signed_on && std::ranges::none_of(steps, [](const LifeStep& s) { return s.action == "sign"; }))
        steps.push_back({"sign", row.signed_on->range, {}, 1});
    if (row.in_force && std::ranges::none_of(steps, [](const LifeStep& s) { return s.action == "enter"; }))
        steps.push_back({"enter", row.in_force->range, {}, 1});
    const auto when = [](const LifeStep& s) {
        return std::tuple(s.date ? s.date->first.days : 1 << 30, s.date ? s.date->last.days : 0);
    };
    std::ranges::sort(steps, [&](const LifeStep& x, const LifeStep& y) {
        return std::tuple(when(x), x.action, x.actors) < std::tuple(when(y), y.action, y.actors);
    });
    std::vector<LifeStep> life;
    for (const LifeStep& step : steps) {
        const auto same = std::ranges::find_if(life, [&](const LifeStep& known) {
            const bool actors = known.actors == step.actors || known.actors.empty() || step.actors.empty() ||
                                known.action == "sign" || known.action == "negotiate";
            return known.action == step.action && actors && one_time(known.date, step.date);
        });
        if (same == life.end()) {
            life.push_back(step);
            continue;
        }
        ++same->reports;
        if (same->actors.empty()) same->actors = step.actors;
        if (step.date && same->date && step.date->length() < same->date->length()) same->date = step.date;
    }
    std::ranges::sort(life, [&](const LifeStep& x, const LifeStep& y) {
        return std::tuple(when(x), x.action, x.actors) < std::tuple(when(y), y.action, y.actors);
    });
    return life;
}

struct Stage {
    std::string_view action, state;
};
constexpr std::array<Stage, 12> kStages{{{"negotiate", "negotiated"},
                                         {"announce", "announced"},
                                         {"sign", "signed"},
                                         {"ratify", "ratified"},
                                         {"enter", "in force"},
                                         {"amend", ""},
                                         {"renew", "renewed"},
                                         {"extend", "renewed"},
                                         {"suspend", "suspended"},
                                         {"violate", "broken"},
                                         {"terminate", "terminated"},
                                         {"expire", "expired"}}};

int progress(std::string_view state) {
    constexpr std::array<std::string_view, 5> kOrder{"negotiated", "announced", "signed", "ratified", "in force"};
    const auto found = std::ranges::find(kOrder, state);
    return found == kOrder.end() ? static_cast<int>(kOrder.size()) : static_cast<int>(found - kOrder.begin());
}

} // namespace

bool is_standing(std::string_view state) {
    return state == "signed" || state == "ratified" || state == "in force" || state == "renewed" ||
           state.starts_with("withdrawn"); // the others stay bound
}

std::string state_on(Day day, const std::vector<LifeStep>& life, const std::optional<DatedFact>& signed_on,
                     const std::optional<DatedFact>& in_force, const std::optional<DatedFact>& expires,
                     std::optional<Day> superseded) {
    std::string state;
    bool prolonged = false;
    // A first step never undoes a later one that is told with an earlier or no date.
    const auto advance = [&](std::string_view next) {
        if (state.empty() || progress(next) >= progress(state) || progress(state) >= 5) state = next;
    };
    if (signed_on && signed_on->range.first <= day) state = "signed";
    if (in_force && in_force->range.first <= day) state = "in force";
    for (const LifeStep& step : life) {
        if (step.date && step.date->first > day) continue;
        if (step.action == "withdraw") {
            state = step.actors.empty() ? "withdrawn from" : "withdrawn by " + step.actors;
            continue;
        }
        const auto stage = std::ranges::find(kStages, step.action, &Stage::action);
        if (stage == kStages.end() || stage->state.empty()) continue;
        const bool first_steps = progress(stage->state) < 5;
        if (first_steps && !state.empty() && progress(state) >= 5 && stage->action != "enter") continue;
        if (first_steps)
            advance(stage->state);
        else
            state = stage->state;
        if (stage->state == "renewed" && (!expires || !step.date || step.date->first > expires->range.first.plus(-366)))
            prolonged = true;
    }
    if (expires && expires->range.last < day && !prolonged && state != "terminated" && state != "broken")
        state = "expired";
    if (superseded && *superseded <= day && is_standing(state)) state = "superseded";
    return state;
}

AgreementRow folded(std::span<const AgreementMember> members) {
    std::vector<AgreementMember> sorted(members.begin(), members.end());
    std::ranges::sort(sorted, {}, [](const AgreementMember& member) { return publication(member); });
    AgreementRow row;
    row.name = sorted.front().report->name;
    row.reports = static_cast<int>(sorted.size());
    std::set<std::string> documents;
    std::set<std::string> subjects;
    std::vector<Report> blank(sorted.size());
    std::vector<Member> tellers;
    Choice kind;
    Choice title;
    Choice term;
    Choice place;
    Choice disclosed;
    Choice predecessor;
    Choice successor;
    std::string status; // of the latest report that tells one
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const AgreementReport& report = *sorted[i].report;
        tellers.push_back({&blank[i], sorted[i].told});
        documents.insert(sorted[i].told->document);
        kind.add(is_generic(report.kind) ? 1 : 0, report.kind);
        title.add(capitals(report.title) >= 2 ? 0 : capitals(report.title) == 1 ? 1 : 2, report.title);
        for (const std::string& subject : parts(report.subjects)) subjects.insert(subject);
        term.add(0, report.term);
        place.add(0, report.place);
        if (report.disclosed) disclosed.add(0, *report.disclosed ? "yes" : "no");
        predecessor.add(0, report.predecessor);
        successor.add(0, report.successor);
        if (!report.status.empty()) status = report.status;
        if (sorted[i].told->date.empty()) continue;
        if (row.first_reported.empty()) row.first_reported = sorted[i].told->date;
        row.last_reported = sorted[i].told->date;
    }
    row.documents = static_cast<int>(documents.size());
    row.sources = independent_sources(tellers);
    row.kind = kind.winner();
    row.title = title.winner();
    row.subjects = joined({subjects.begin(), subjects.end()});
    row.term = term.winner();
    row.place = place.winner();
    if (!disclosed.winner().empty()) row.disclosed = disclosed.winner() == "yes";
    row.predecessor = predecessor.winner();
    row.successor = successor.winner();
    std::array<bool, 4> contested{};
    row.signed_on = fold_fact(sorted, &AgreementReport::signed_on, contested[0]);
    row.in_force = fold_fact(sorted, &AgreementReport::in_force, contested[1]);
    row.expires = fold_fact(sorted, &AgreementReport::expires, contested[2]);
    fold_parties(sorted, row, contested[3]);
    row.life = fold_life(sorted, row);
    std::vector<std::string> differ;
    constexpr std::array<const char*, 4> kFields{"signed", "in_force", "expires", "parties"};
    for (std::size_t i = 0; i < kFields.size(); ++i)
        if (contested[i]) differ.emplace_back(kFields[i]);
    if (term.contested()) differ.emplace_back("term");
    if (disclosed.contested()) differ.emplace_back("disclosed");
    row.contradictions = joined(differ);
    const auto day = Day::parse(row.last_reported);
    row.status_date = row.last_reported;
    row.status = day ? state_on(*day, row.life, row.signed_on, row.in_force, row.expires, std::nullopt) : std::string();
    if (row.status.empty()) row.status = status;
    return row;
}

} // namespace kadesh::ledger
