#include "engine/actor_answers.hpp"

#include "document/json_writer.hpp"

#include <algorithm>

namespace kadesh {
namespace {

std::string_view kind_name(EntryKind kind) {
    switch (kind) {
    case EntryKind::Country: return "country";
    case EntryKind::Person: return "person";
    case EntryKind::Organisation: return "organisation";
    case EntryKind::Group: return "group";
    case EntryKind::Agency: return "agency";
    case EntryKind::Media: return "media";
    case EntryKind::Region: return "region";
    case EntryKind::City: return "city";
    case EntryKind::Agreement: return "agreement";
    }
    return "";
}

std::string_view form_name(NameForm form) {
    switch (form) {
    case NameForm::Name: return "name";
    case NameForm::Alias: return "alias";
    case NameForm::Acronym: return "acronym";
    case NameForm::Demonym: return "demonym";
    case NameForm::Metonym: return "metonym";
    case NameForm::Surname: return "surname";
    }
    return "";
}

std::optional<Day> known(Day day) {
    if (day.days == INT32_MIN || day.days == INT32_MAX) return std::nullopt;
    return day;
}

/// Two years: after an office is left, its holder is still spoken of by it.
constexpr int kFresh = 730;

} // namespace

Actor actor_of(const World& world, NameHit hit, Day on) {
    const Entry entry = world.entry(hit.entry);
    Actor actor;
    actor.name = entry.name;
    actor.kind = kind_name(entry.kind);
    actor.code = entry.code;
    actor.sectors.assign(entry.sectors.begin(), entry.sectors.end());
    actor.aliases.assign(entry.aliases.begin(), entry.aliases.end());
    actor.matched = form_name(hit.form);
    actor.from = known(entry.from);
    actor.to = known(entry.to);
    actor.wikidata = entry.wikidata;
    actor.source = entry.source;
    std::vector<Tenure> tenures;
    world.tenures(hit.entry, tenures);
    std::stable_sort(tenures.begin(), tenures.end(), [](const Tenure& a, const Tenure& b) { return a.from > b.from; });
    const Tenure* shown =
        nullptr; // the office that gives code and sectors: held, else the last before, else the first after
    for (const Tenure& tenure : tenures) {
        HeldOffice office{tenure.title,
                          tenure.country,
                          {tenure.sectors.begin(), tenure.sectors.end()},
                          known(tenure.from),
                          known(tenure.to),
                          tenure.source,
                          tenure.from <= on && on <= tenure.to};
        const bool shown_holds = shown != nullptr && shown->from <= on && on <= shown->to;
        if (shown == nullptr || (!shown_holds && (office.on_day || shown->from > on))) shown = &tenure;
        actor.offices.push_back(std::move(office));
    }
    if (shown != nullptr) {
        actor.code = shown->country;
        actor.sectors.assign(shown->sectors.begin(), shown->sectors.end());
    }
    return actor;
}

std::vector<Actor> actors_of(const World& world, std::span<const NameHit> hits, Day on) {
    std::vector<std::pair<int, Actor>> ranked;
    for (const NameHit& hit : hits) {
        Actor actor = actor_of(world, hit, on);
        const bool person = actor.kind == "person";
        const bool holds = std::ranges::any_of(actor.offices, [](const HeldOffice& office) { return office.on_day; });
        const bool held = std::ranges::any_of(actor.offices, [&](const HeldOffice& office) {
            return office.to && *office.to < on && *office.to >= on.plus(-kFresh);
        });
        const bool gone = (actor.to && *actor.to < on) || (actor.from && on < *actor.from);
        ranked.emplace_back(person ? (holds ? 0 : held ? 1 : 2) : (gone ? 2 : 0), std::move(actor));
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Actor> actors;
    for (auto& [rank, actor] : ranked) actors.push_back(std::move(actor));
    return actors;
}

void write_actors(std::span<const Actor> actors, std::string& out) {
    for (const Actor& actor : actors) {
        JsonWriter json(out);
        const auto list = [&](std::string_view key, std::span<const std::string_view> values) {
            if (values.empty()) return;
            json.key(key).begin_array();
            for (const std::string_view value : values) json.value(value);
            json.end_array();
        };
        const auto day = [&](std::string_view key, const std::optional<Day>& value) {
            if (value) json.field(key, std::string_view(value->iso()));
        };
        json.begin_object();
        json.field("name", actor.name).field("kind", actor.kind).field_if("code", actor.code);
        list("sector", actor.sectors);
        json.field("matched", actor.matched);
        if (!actor.offices.empty()) {
            json.key("offices").begin_array();
            for (const HeldOffice& office : actor.offices) {
                json.begin_object().field("office", office.office).field_if("country", office.country);
                list("sector", office.sectors);
                day("from", office.from);
                day("to", office.to);
                json.field("held", office.on_day).field_if("source", office.source);
                json.end_object();
            }
            json.end_array();
        }
        list("aliases", actor.aliases);
        day("from", actor.from);
        day("to", actor.to);
        json.field_if("wikidata", actor.wikidata).field_if("source", actor.source);
        json.end_object();
        out += '\n';
    }
}

} // namespace kadesh
