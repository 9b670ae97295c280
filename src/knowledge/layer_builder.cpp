#include "knowledge/layer_builder.hpp"

#include "knowledge/build_context.hpp"
#include "knowledge/name_key.hpp"
#include "knowledge/surnames.hpp"

#include <cmath>

namespace kadesh {
namespace {

constexpr auto kBodyKinds = std::to_array<std::pair<std::string_view, EntryKind>>({{"igo", EntryKind::Organisation},
                                                                                   {"ngo", EntryKind::Organisation},
                                                                                   {"company", EntryKind::Organisation},
                                                                                   {"agency", EntryKind::Agency},
                                                                                   {"party", EntryKind::Agency},
                                                                                   {"media", EntryKind::Media},
                                                                                   {"group", EntryKind::Group}});

/// The user's own entries stand before the pack's of the same rank.
constexpr double kLayerScore = 25;

struct LayerPerson {
    EntryDraft draft;
    std::vector<TenureDraft> tenures;
    std::string_view country;
};

class LayerBuilder {
  public:
    LayerBuilder(const World& world, const std::string& name, std::string_view text)
        : world_(world), context_(std::string()),
          rows_(name, text, {"name", "kind"}, optional_columns(), context_.problems) {
        // What the pack knows of ordinary words and offices holds for a layer, too.
        std::vector<TableProblem> none;
        TableReader words("", world.table("places/not_places.tsv"), {"name", "least_population", "class"}, {}, none);
        while (words.next())
            context_.ordinary_words[name_hash(words["name"])] = {0, words["class"] == "function",
                                                                 words["class"] == "given"};
        TableReader titles("", world.table("offices/titles.tsv"), {"office", "phrases", "sectors"}, {}, none);
        while (titles.next()) office_sectors_[titles["office"]] = titles.list("sectors");
        for (const std::string& code : valid_codes(world)) {
            const EntryId state = world.country(code);
            BuildContext::Country country;
            country.record_code = state == kNoEntry ? code : std::string(world.entry(state).code);
            context_.countries.emplace(code, std::move(country));
        }
    }

    BuiltLayer build() {
        while (rows_.next()) row();
        for (auto& [name, person] : people_) add(person);
        BuiltLayer built;
        built.entries = context_.writer.entries();
        built.problems = std::move(context_.problems);
        built.unknown_code = unknown_code_;
        if (built.problems.empty()) {
            pack_.bytes = context_.writer.finish();
            built.pack = std::move(pack_);
        }
        return built;
    }

  private:
    static std::vector<std::string_view> optional_columns() {
        return {std::begin(kLayerColumns) + 2, std::end(kLayerColumns)};
    }

    void row() {
        const std::string_view kind = rows_["kind"];
        if (rows_["name"].empty()) return rows_.bad("name: empty");
        const auto code = checked_code("code"), country = checked_code("country");
        if (!code || !country) return;
        const auto body =
            std::find_if(kBodyKinds.begin(), kBodyKinds.end(), [&](const auto& k) { return k.first == kind; });
        if (kind == "person")
            add_person(*code, *country);
        else if (body != kBodyKinds.end())
            add_body(body->second, code->empty() ? *country : *code);
        else if (kind == "country")
            add_country(*code);
        else if (kind == "city")
            add_city(code->empty() ? *country : *code);
        else if (kind == "role")
            add_role();
        else
            rows_.bad("kind: unknown " + quoted(kind) +
                      "; it is one of person, igo, ngo, company, agency, party, media, group, country, city, role");
    }

    std::optional<std::string_view> checked_code(std::string_view column) {
        const auto code = context_.code(rows_, column);
        unknown_code_ = unknown_code_ || !code;
        return code;
    }

    EntryDraft draft(EntryKind kind, std::string_view code) {
        EntryDraft draft;
        draft.kind = kind;
        draft.name = without_the(rows_["name"]);
        draft.code = code;
        draft.sectors = context_.sectors(rows_);
        draft.aliases = rows_.list("aliases");
        draft.wikidata = rows_["wikidata"];
        draft.source = rows_["source"];
        return draft;
    }

    void add_person(std::string_view code, std::string_view country) {
        auto [it, fresh] = people_.try_emplace(std::string(rows_["name"]));
        LayerPerson& person = it->second;
        EntryDraft now = draft(EntryKind::Person, country.empty() ? code : country);
        if (fresh)
            person.draft = now;
        else
            for (const std::string_view alias : now.aliases) person.draft.aliases.push_back(alias);
        if (!now.code.empty()) person.draft.code = now.code;
        if (!now.sectors.empty()) person.draft.sectors = now.sectors;
        const auto from = rows_.days("from"), to = rows_.days("to");
        if (rows_["office"].empty() && now.sectors.empty()) return;
        TenureDraft tenure;
        tenure.office = rows_["office"];
        tenure.country = tenure.of = now.code;
        if (tenure.country.empty()) return rows_.bad("country: empty");
        const auto known = office_sectors_.find(tenure.office);
        tenure.sectors = now.sectors.empty() && known != office_sectors_.end() ? known->second : now.sectors;
        if (tenure.sectors.empty())
            return rows_.bad("sectors: empty, and " + quoted(tenure.office) + " is no office that the pack knows");
        if (from) tenure.from = from->first;
        if (to) tenure.to = to->last;
        if (tenure.to < tenure.from) return rows_.bad("to: earlier than from");
        tenure.source = rows_["source"];
        person.draft.sectors = tenure.sectors;
        person.tenures.push_back(tenure);
    }

    void add(LayerPerson& person) {
        std::vector<NameHit> hits;
        world_.find(person.draft.name, hits);
        EntryId before = kNoEntry;
        for (const NameHit& hit : hits)
            if (before == kNoEntry && hit.form == NameForm::Name && world_.entry(hit.entry).kind == EntryKind::Person)
                before = hit.entry;
        std::vector<Tenure> held;
        if (before != kNoEntry) {
            const Entry old = world_.entry(before);
            for (const std::string_view alias : old.aliases) person.draft.aliases.push_back(alias);
            if (person.draft.wikidata.empty()) person.draft.wikidata = old.wikidata;
            if (person.draft.code.empty()) person.draft.code = old.code;
            if (person.draft.sectors.empty()) person.draft.sectors.assign(old.sectors.begin(), old.sectors.end());
            world_.tenures(before, held);
        }
        const EntryId entry = context_.writer.add_entry(person.draft);
        if (before != kNoEntry) pack_.replaces.emplace(before, entry);
        for (const Tenure& old : held) {
            TenureDraft tenure{entry,    old.title, old.country, old.country, {old.sectors.begin(), old.sectors.end()},
                               old.from, old.to,    old.source};
            context_.writer.add_tenure(tenure);
        }
        for (TenureDraft& tenure : person.tenures) {
            tenure.person = entry;
            context_.writer.add_tenure(tenure);
        }
        const double points = score::kPerson + kLayerScore;
        context_.add_name(entry, person.draft.name, {NameForm::Name, points});
        for (const std::string_view alias : person.draft.aliases)
            context_.add_name(entry, alias, {NameForm::Alias, points});
        for (const std::string& last : surnames(person.draft.name, person.draft.code)) {
            const auto word = context_.ordinary_words.find(name_hash(last));
            if (word == context_.ordinary_words.end() || word->second.given)
                context_.add_name(entry, last, {NameForm::Surname, points - 20});
        }
    }

    void add_body(EntryKind kind, std::string_view code) {
        EntryDraft body = draft(kind, code);
        body.from = rows_.days("from");
        body.to = rows_.days("to");
        name_it(context_.writer.add_entry(body), body, score::kOrganisation + kLayerScore);
    }

    void add_country(std::string_view code) {
        const EntryId state = world_.country(code);
        if (state == kNoEntry) return rows_.bad("code: " + quoted(code) + " is no state's");
        EntryDraft names = draft(EntryKind::Country, code);
        const EntryId entry = context_.writer.add_entry(names);
        pack_.stands_for.emplace(entry, state);
        name_it(entry, names, score::kState);
    }

    void add_city(std::string_view code) {
        EntryDraft city = draft(EntryKind::City, code);
        city.aliases.clear();
        city.lat = rows_.number("lat", -90, 90);
        city.lon = rows_.number("lon", -180, 180);
        if (!city.lat || !city.lon) return rows_.bad("no coordinates");
        city.population = static_cast<std::uint32_t>(rows_.number("population", 0, 1e9).value_or(0));
        const EntryId entry = context_.writer.add_entry(city);
        city.aliases = rows_.list("aliases");
        name_it(entry, city, score::city(city.population, false));
    }

    void add_role() {
        const std::vector<std::string_view> sectors = context_.sectors(rows_);
        if (sectors.empty()) return rows_.bad("sectors: empty");
        context_.writer.add_agent(rows_["name"], sectors, rows_["office"]);
        for (const std::string_view alias : rows_.list("aliases"))
            context_.writer.add_agent(alias, sectors, rows_["office"]);
    }

    void name_it(EntryId entry, const EntryDraft& draft, double points) {
        context_.add_name(entry, draft.name, {NameForm::Name, points});
        for (const std::string_view alias : draft.aliases)
            context_.add_name(entry, alias, {NameForm::Alias, points - 1});
    }

    const World& world_;
    BuildContext context_;
    TableReader rows_;
    std::map<std::string_view, std::vector<std::string_view>> office_sectors_;
    std::map<std::string, LayerPerson> people_;
    LayerPack pack_;
    bool unknown_code_ = false;
};

} // namespace

std::string layer_header() {
    std::string line;
    for (const std::string_view column : kLayerColumns) line += (line.empty() ? "" : "\t") + std::string(column);
    return line + '\n';
}

std::vector<std::string> valid_codes(const World& world) {
    std::vector<std::string> codes = world.country_codes();
    for (const char* code : {"EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "UNO"}) codes.emplace_back(code);
    return codes;
}

BuiltLayer build_layer(const World& world, const std::string& name, std::string_view text) {
    return LayerBuilder(world, name, text).build();
}

} // namespace kadesh
