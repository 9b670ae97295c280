#include "coding/event_office.hpp"

#include <algorithm>
#include <vector>

namespace kadesh {
namespace {

/// Days of an interval at most for which an office is told: a year.
constexpr int kLongestInterval = 366;

bool governs(const Tenure& tenure) {
    return !tenure.sectors.empty() && tenure.sectors.front() == "GOV";
}

EntryId person_of(const Entity& entity, const World& world) {
    if (entity.identifier_text.empty()) return kNoEntry;
    std::vector<NameHit> hits;
    world.find(std::string_view(entity.identifier_text), hits);
    for (const NameHit& hit : hits)
        if (const Entry entry = world.entry(hit.entry);
            entry.kind == EntryKind::Person && entry.name == entity.identifier_text)
            return hit.entry;
    return kNoEntry;
}

void settle(Entity& entity, DayRange when, const World& world, const Lexicon& lexicon) {
    const EntryId person = person_of(entity, world);
    if (person == kNoEntry) return;
    std::vector<Tenure> tenures;
    world.tenures(person, tenures);
    const Tenure* held = nullptr;
    for (const Tenure& tenure : tenures) {
        if (tenure.from > when.last || (tenure.to.days != INT32_MAX && tenure.to.plus(1) < when.first)) continue;
        if (held == nullptr || governs(tenure) > governs(*held) ||
            (governs(tenure) == governs(*held) && tenure.from >= held->from))
            held = &tenure;
    }
    if (held == nullptr || held->title == entity.office) return;
    entity.code = lexicon.current_code(held->country);
    entity.office = held->title;
    entity.sectors.assign(held->sectors.begin(), held->sectors.end());
}

} // namespace

void settle_offices(Event& event, const World& world, const Lexicon& lexicon, Day report) {
    if (!event.date || event.date->first > report || event.date->last > event.date->first.plus(kLongestInterval))
        return;
    for (auto* side : {&event.actors, &event.recipients})
        for (Entity& entity : *side) settle(entity, *event.date, world, lexicon);
}

} // namespace kadesh
