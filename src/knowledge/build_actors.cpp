// Offices and the people who hold them, organisations and groups, and common nouns for roles.
#include "knowledge/build_context.hpp"
#include "knowledge/name_key.hpp"
#include "knowledge/surnames.hpp"

#include <set>

namespace kadesh {
namespace {

constexpr auto kKinds = std::to_array<std::pair<std::string_view, EntryKind>>({{"igo", EntryKind::Organisation},
                                                                               {"ngo", EntryKind::Organisation},
                                                                               {"company", EntryKind::Organisation},
                                                                               {"agency", EntryKind::Agency},
                                                                               {"party", EntryKind::Agency},
                                                                               {"media", EntryKind::Media}});

/// Offices whose holders news names most.
constexpr auto kHighest = std::to_array<std::string_view>({"president",
                                                           "prime minister",
                                                           "chancellor",
                                                           "king",
                                                           "queen",
                                                           "monarch",
                                                           "supreme leader",
                                                           "head of state",
                                                           "head of government",
                                                           "emir",
                                                           "sultan",
                                                           "crown prince",
                                                           "pope",
                                                           "secretary-general",
                                                           "taoiseach",
                                                           "emperor",
                                                           "general secretary",
                                                           "leader",
                                                           "state counsellor",
                                                           "chairman",
                                                           "transitional president",
                                                           "interim president"});
constexpr auto kHigh = std::to_array<std::string_view>(
    {"foreign minister", "defence minister", "defense minister", "vice president", "deputy prime minister",
     "first vice president", "president of the european commission"});

struct Held {
    std::string_view country; ///< code that records give
    std::string_view of;      ///< code as the table has it
    std::string_view office;
    std::vector<std::string_view> sectors;
    Day from{INT32_MIN}, to{INT32_MAX};
    std::string_view source{};
};

struct PersonRow {
    std::string_view slug, name, wikidata;
    std::vector<std::string_view> aliases;
    std::vector<Held> held;
};

/// Offices of bodies that their name tells: "leader of Hamas", "president of the European Council".
bool leads_a_body(std::string_view office) {
    for (const std::string_view head :
         {"leader of ", "president of the ", "secretary general of ", "secretary-general of "})
        if (office.starts_with(head)) return true;
    return false;
}

/// Higher offices before lower, large states before small, recent before old.
double prominence(const BuildContext& context, const PersonRow& person) {
    double best = 0;
    for (const Held& held : person.held) {
        const bool high = among(kHigh, held.office) || leads_a_body(held.office);
        double points = among(kHighest, held.office) ? 100 : high ? 60 : 20;
        const auto country = context.countries.find(held.country);
        if (country != context.countries.end()) points += score::by_population(country->second.population, 4);
        const int last = held.to.days == INT32_MAX ? 2030 : held.to.year();
        points += std::clamp(last - 1990, -30, 40);
        best = std::max(best, points);
    }
    // Whom the table knows more about is better known.
    best += person.wikidata.empty() ? 0 : 15;
    best += 4.0 * static_cast<double>(std::min<std::size_t>(person.aliases.size(), 5));
    return score::kPerson + best;
}

bool is_one_of(const std::vector<std::string>& forms, std::string_view name) {
    return std::any_of(forms.begin(), forms.end(),
                       [&](const std::string& f) { return name_hash(f) == name_hash(name); });
}

/// Head of a large state: known even by a last name that is an ordinary word ("May", "Brown").
bool is_widely_known(const BuildContext& context, const PersonRow& person) {
    return std::any_of(person.held.begin(), person.held.end(), [&](const Held& held) {
        const auto country = context.countries.find(held.country);
        return among(kHighest, held.office) && country != context.countries.end() && country->second.population >= 3e7;
    });
}

/// Aliases, and the last names that follow from the name. Where the table gives a part of the name as an alias that
/// does not follow from it, it knows better ("Suu Kyi"), and only that counts.
void add_short_names(BuildContext& context, EntryId entry, const PersonRow& person, double points) {
    const std::vector<std::string> derived =
        surnames(person.name, person.held.empty() ? std::string_view{} : person.held.back().of);
    const std::vector<std::string_view> parts = name_pieces(person.name);
    bool knows_better = false;
    const bool widely_known = is_widely_known(context, person);
    const auto add_surname = [&](std::string_view form) {
        const auto word = context.ordinary_words.find(name_hash(form));
        if (widely_known || word == context.ordinary_words.end() || word->second.given)
            context.add_name(entry, form, {NameForm::Surname, points - 20});
    };
    for (const std::string_view alias : person.aliases) {
        const bool follows = is_one_of(derived, alias);
        const bool part = std::any_of(parts.begin(), parts.end(),
                                      [&](std::string_view piece) { return name_hash(piece) == name_hash(alias); });
        if (follows || part)
            add_surname(alias);
        else
            context.add_name(entry, alias, {NameForm::Alias, points});
        knows_better |= part && !follows;
    }
    if (knows_better) return;
    for (const std::string& form : derived) add_surname(form);
}

/// Of bodies that share a name: those between states first, then armed groups, which news names most.
double body_rank(std::string_view kind) {
    if (kind == "igo") return 20;
    if (kind == "ngo") return -10;
    if (kind == "company") return -15;
    if (kind == "party") return -20;
    return kind.empty() ? 5 : 0;
}

void build_bodies(BuildContext& context, const std::string& table, bool groups) {
    context.each(
        table,
        {"name", "aliases", "acronyms", "kind", "code", "sectors", "country", "from", "to", "wikidata", "source"}, {},
        [&](TableReader& row) {
            if (row["name"].empty()) return row.bad("name: empty");
            const auto kind =
                std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& k) { return k.first == row["kind"]; });
            if (!groups && kind == kKinds.end()) return row.bad("kind: unknown " + quoted(row["kind"]));
            const auto code = context.code(row, "code");
            const auto country = context.code(row, "country");
            if (!code || !country) return;
            EntryDraft draft;
            draft.kind = groups ? EntryKind::Group : kind->second;
            draft.name = without_the(row["name"]);
            draft.code = code->empty() ? *country : *code;
            draft.wikidata = row["wikidata"];
            draft.sectors = context.sectors(row);
            draft.source = row["source"];
            draft.aliases = row.list("aliases");
            for (const std::string_view acronym : row.list("acronyms")) draft.aliases.push_back(acronym);
            draft.from = row.days("from");
            draft.to = row.days("to");
            const EntryId entry = context.writer.add_entry(draft);
            context.bodies.emplace(row["name"], entry);
            double points = score::kOrganisation + body_rank(groups ? "" : row["kind"]) - (draft.to ? 10 : 0);
            if (const auto state = context.countries.find(row["country"]); state != context.countries.end())
                points += score::by_population(state->second.population, 0.5);
            // "The Times" is a newspaper, "Times" are not; "the bloc" may be the Union, "bloc" is not.
            const auto add = [&](std::string_view name, NameForm form, double name_points) {
                const bool small = std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
                context.add_name(entry, name, {form, name_points, small, draft.kind == EntryKind::Media});
            };
            add(row["name"], NameForm::Name, points);
            for (const std::string_view alias : row.list("aliases")) add(alias, NameForm::Alias, points - 1);
            for (const std::string_view acronym : row.list("acronyms"))
                context.add_name(entry, acronym, {NameForm::Acronym, points - 2});
        });
}

} // namespace

void build_offices(BuildContext& context) {
    const auto each = [&](auto row) { context.each("offices/titles.tsv", {"office", "phrases", "sectors"}, {}, row); };
    // An office's own name before the other words for it; of two offices that share words, the first in the table.
    each([&](TableReader& row) {
        const std::string_view office = row["office"];
        if (office.empty()) return row.bad("office: empty");
        if (!context.offices.emplace(office, context.sectors(row)).second)
            return row.bad("office: " + quoted(office) + " stands twice");
        context.office_phrases.emplace(name_hash(office), office);
        context.writer.add_office_phrase(office, office);
    });
    each([&](TableReader& row) {
        for (const std::string_view phrase : row.list("phrases")) {
            context.office_phrases.emplace(name_hash(phrase), row["office"]);
            context.writer.add_office_phrase(phrase, row["office"]);
        }
    });
}

void build_people(BuildContext& context) {
    std::vector<PersonRow> people;
    std::map<std::string_view, std::size_t> index;
    context.each("offices/people.tsv", {"person", "name", "aliases", "wikidata"}, {}, [&](TableReader& row) {
        if (row["person"].empty()) return row.bad("person: empty");
        if (row["name"].empty()) return row.bad("name: empty");
        if (!index.emplace(row["person"], people.size()).second)
            return row.bad("person: " + quoted(row["person"]) + " stands twice");
        people.push_back({row["person"], row["name"], row["wikidata"], row.list("aliases"), {}});
    });
    context.each("offices/tenures.tsv", {"person", "country", "office", "sectors", "from", "to", "source"}, {},
                 [&](TableReader& row) {
                     const auto person = index.find(row["person"]);
                     if (person == index.end())
                         return row.bad("person: " + quoted(row["person"]) + " is not in offices/people.tsv");
                     const auto country = context.code(row, "country");
                     if (!country) return;
                     if (country->empty()) return row.bad("country: empty");
                     const auto office = context.offices.find(row["office"]);
                     if (row["office"].empty()) return row.bad("office: empty");
                     if (!context.offices.empty() && office == context.offices.end())
                         return row.bad("office: " + quoted(row["office"]) + " is not in offices/titles.tsv");
                     Held held{*country, row["country"], row["office"], context.sectors(row)};
                     if (held.sectors.empty() && office != context.offices.end()) held.sectors = office->second;
                     const auto from = row.days("from"), to = row.days("to");
                     if (from) held.from = from->first;
                     if (to) held.to = to->last;
                     held.source = row["source"];
                     if (held.to < held.from) return row.bad("to: earlier than from");
                     people[person->second].held.push_back(std::move(held));
                 });
    for (PersonRow& person : people) {
        std::stable_sort(person.held.begin(), person.held.end(),
                         [](const Held& a, const Held& b) { return a.from < b.from; });
        EntryDraft draft;
        draft.kind = EntryKind::Person;
        draft.name = person.name;
        draft.wikidata = person.wikidata;
        draft.aliases = person.aliases;
        if (!person.held.empty()) {
            draft.code = person.held.back().country;
            draft.sectors = person.held.back().sectors;
        }
        const EntryId entry = context.writer.add_entry(draft);
        for (const Held& held : person.held)
            context.writer.add_tenure(
                {entry, held.office, held.country, held.of, held.sectors, held.from, held.to, held.source});
        const double points = prominence(context, person);
        context.add_name(entry, person.name, {NameForm::Name, points});
        add_short_names(context, entry, person, points);
    }
}

void build_organisations(BuildContext& context) {
    build_bodies(context, "organisations/organisations.tsv", false);
    build_bodies(context, "organisations/groups.tsv", true);
}

void build_agents(BuildContext& context) {
    std::set<std::uint64_t> seen;
    context.each("agents/agents.tsv", {"phrase", "sectors", "office"}, {}, [&](TableReader& row) {
        const std::string_view phrase = row["phrase"];
        if (phrase.empty()) return row.bad("phrase: empty");
        if (!seen.insert(name_hash(phrase)).second) return row.bad("phrase: " + quoted(phrase) + " stands twice");
        std::string_view office = row["office"];
        if (office.empty()) {
            const auto known = context.office_phrases.find(name_hash(phrase));
            if (known != context.office_phrases.end()) office = known->second;
        }
        std::vector<std::string_view> sectors = context.sectors(row);
        if (!office.empty() && !context.offices.empty()) {
            const auto known = context.offices.find(office);
            if (known == context.offices.end())
                return row.bad("office: " + quoted(office) + " is not in offices/titles.tsv");
            if (sectors.empty()) sectors = known->second;
        }
        if (sectors.empty()) return row.bad("sectors: empty");
        context.writer.add_agent(phrase, sectors, office);
    });
    // Words for offices are role phrases too.
    for (const bool own_name : {true, false})
        context.each("offices/titles.tsv", {"office", "phrases", "sectors"}, {}, [&](TableReader& row) {
            const std::vector<std::string_view> sectors = row.list("sectors");
            if (own_name)
                context.writer.add_agent(row["office"], sectors, row["office"]);
            else
                for (const std::string_view phrase : row.list("phrases"))
                    context.writer.add_agent(phrase, sectors, row["office"]);
        });
}

} // namespace kadesh
