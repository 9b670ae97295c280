// States, cities, regions and the seats of power that stand for governments.
#include "knowledge/build_context.hpp"

#include <set>

namespace kadesh {
namespace {

constexpr auto kStatuses = std::to_array<std::string_view>({"member", "observer", "disputed", "past", "territory"});
constexpr auto kRegionKinds = std::to_array<std::string_view>({"admin1", "admin2", "area", "world", "water"});

/// From this size a town comes before the province of the same name.
constexpr double kProvincialTown = 20'000;

/// From this size running text is read for a city's name.
constexpr double kNamedInText = 1000;

/// More people than any place has: an ordinary word that never names one.
constexpr double kNoPopulation = 4e9;

struct CityRow {
    EntryDraft draft;
    std::vector<std::string_view> names; ///< the first is its own
    std::vector<std::string_view> variants;
    std::string_view iso;
    std::string division; ///< GeoNames' code of its province
    std::vector<BuildContext::Country*> capital_of;
};

bool is_code(std::string_view code) {
    return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::vector<CityRow> read_cities(BuildContext& context) {
    std::vector<CityRow> rows;
    std::set<std::string_view> seen;
    context.each("places/cities.tsv", {"geonames", "name", "aliases", "country", "admin1", "lat", "lon", "population"},
                 {"variants"}, [&](TableReader& row) {
                     const auto geonames = row.number("geonames", 0, 4e9);
                     if (!geonames) {
                         if (row["geonames"].empty()) row.bad("geonames: empty");
                         return;
                     }
                     if (*geonames > 0 && !seen.insert(row["geonames"]).second)
                         return row.bad("geonames: the id stands twice");
                     if (row["name"].empty()) return row.bad("name: empty");
                     if (!context.countries.contains(row["country"]))
                         return row.bad("country: unknown code " + quoted(row["country"]));
                     CityRow city;
                     city.draft.kind = EntryKind::City;
                     city.draft.name = row["name"];
                     city.draft.code = context.record_code(row["country"]);
                     city.draft.lat = row.number("lat", -90, 90);
                     city.draft.lon = row.number("lon", -180, 180);
                     if (!city.draft.lat || !city.draft.lon) return row.bad("no coordinates");
                     city.draft.geonames = static_cast<std::uint32_t>(*geonames);
                     city.draft.population = static_cast<std::uint32_t>(row.number("population", 0, 1e9).value_or(0));
                     city.names = row.list("aliases");
                     city.names.insert(city.names.begin(), city.draft.name);
                     city.variants = row.list("variants");
                     city.iso = row["country"];
                     if (!row["admin1"].empty())
                         city.division =
                             context.countries.find(city.iso)->second.alpha2 + "." + std::string(row["admin1"]);
                     rows.push_back(std::move(city));
                 });
    return rows;
}

/// Finds each country's capital: of the cities of that name in it, the largest.
void find_capitals(BuildContext& context, std::vector<CityRow>& cities) {
    std::map<std::pair<std::string_view, std::uint64_t>, CityRow*> largest;
    for (CityRow& city : cities)
        for (const std::string_view name : city.names) {
            CityRow*& best = largest[{city.iso, name_hash(name)}];
            if (best == nullptr || city.draft.population > best->draft.population) best = &city;
        }
    for (auto& [code, country] : context.countries) {
        if (country.past || country.capital.empty()) continue;
        const std::uint64_t hash = name_hash(country.capital);
        auto it = largest.find({code, hash});
        if (it == largest.end()) it = largest.find({country.record_code, hash});
        if (it != largest.end())
            it->second->capital_of.push_back(&country);
        else
            context.problems.push_back({"countries/countries.tsv", country.line,
                                        "capital: no city " + quoted(country.capital) + " in places/cities.tsv"});
    }
}

} // namespace

void build_ordinary_words(BuildContext& context) {
    context.each("places/not_places.tsv", {"name", "least_population"}, {"class"}, [&](TableReader& row) {
        const std::string_view kind = row["class"];
        if (!kind.empty() && kind != "function" && kind != "given") return row.bad("class: unknown " + quoted(kind));
        const double least = row.number("least_population", 0, 1e9).value_or(kNoPopulation);
        context.ordinary_words[name_hash(row["name"])] = {least, kind == "function", kind == "given"};
    });
}

void build_countries(BuildContext& context) {
    std::vector<std::pair<std::string_view, std::size_t>> within;
    std::set<std::string_view> alpha2;
    context.each("countries/countries.tsv",
                 {"code", "alpha2", "name", "official", "aliases", "adjectives", "people", "capital", "lat", "lon",
                  "wikidata", "from", "to", "status"},
                 {"within", "population", "geonames"}, [&](TableReader& row) {
                     const std::string_view code = row["code"];
                     if (!is_code(code)) return row.bad("code: " + quoted(code) + " is not three capital letters");
                     if (context.countries.contains(code)) return row.bad("code: " + quoted(code) + " stands twice");
                     if (row["name"].empty()) return row.bad("name: empty");
                     if (!among(kStatuses, row["status"])) return row.bad("status: unknown " + quoted(row["status"]));
                     if (!row["alpha2"].empty() && row["status"] != "past" && !alpha2.insert(row["alpha2"]).second)
                         return row.bad("alpha2: " + quoted(row["alpha2"]) + " stands twice");

                     BuildContext::Country country;
                     country.record_code = row["within"].empty() ? code : row["within"];
                     country.capital = row["capital"];
                     country.alpha2 = row["alpha2"];
                     country.line = row.line();
                     country.population = row.number("population", 0, 4e9).value_or(0);
                     country.past = row["status"] == "past";
                     country.territory = !row["within"].empty();
                     if (country.territory) within.emplace_back(row["within"], row.line());

                     EntryDraft draft;
                     draft.kind = EntryKind::Country;
                     draft.name = row["name"];
                     draft.code = country.record_code;
                     draft.wikidata = row["wikidata"];
                     draft.sectors = {"GOV"};
                     draft.aliases = row.list("aliases");
                     if (country.territory && row["status"] == "disputed") draft.sectors.push_back("PRE");
                     draft.from = row.days("from");
                     draft.to = row.days("to");
                     draft.lat = row.number("lat", -90, 90);
                     draft.lon = row.number("lon", -180, 180);
                     draft.population = static_cast<std::uint32_t>(country.population);
                     draft.geonames = static_cast<std::uint32_t>(row.number("geonames", 0, 4e9).value_or(0));
                     country.entry = context.writer.add_entry(draft);
                     context.writer.add_country_code(code, country.entry);

                     const double rank = country.past        ? score::kPastState
                                         : country.territory ? score::kTerritory
                                                             : score::kState;
                     const double points = rank + score::by_population(country.population, 4);
                     context.add_name(country.entry, draft.name, {NameForm::Name, points});
                     context.add_name(country.entry, row["official"], {NameForm::Name, points});
                     for (const std::string_view alias : row.list("aliases"))
                         context.add_name(country.entry, alias, {NameForm::Alias, points - 1});
                     for (const std::string_view column : {"adjectives", "people"})
                         for (const std::string_view word : row.list(column))
                             context.add_name(country.entry, word, {NameForm::Demonym, points - 2});
                     context.countries.emplace(code, std::move(country));
                 });
    for (const auto& [code, line] : within)
        if (!context.countries.contains(code))
            context.problems.push_back({"countries/countries.tsv", line, "within: unknown code " + quoted(code)});
}

void build_cities(BuildContext& context) {
    std::vector<CityRow> cities = read_cities(context);
    if (!cities.empty()) find_capitals(context, cities);
    for (const CityRow& city : cities) {
        const EntryId entry = context.writer.add_entry(city.draft);
        const bool of_state = std::any_of(city.capital_of.begin(), city.capital_of.end(),
                                          [](const BuildContext::Country* country) { return !country->territory; });
        const double points = score::city(city.draft.population, of_state);
        for (const BuildContext::Country* country : city.capital_of) context.writer.set_capital(country->entry, entry);
        if (!city.division.empty()) context.city_divisions.emplace_back(entry, city.division);
        BuildContext::NameRule variant{NameForm::Alias, points - 20};
        variant.place_only = true;
        for (const std::string_view name : city.variants) context.add_name(entry, name, variant);
        for (std::size_t i = 0; i < city.names.size(); ++i) {
            const auto word = context.ordinary_words.find(name_hash(city.names[i]));
            const bool no_name =
                word != context.ordinary_words.end() && city.draft.population < word->second.least_population;
            BuildContext::NameRule rule{i == 0 ? NameForm::Name : NameForm::Alias, points};
            rule.place_only = no_name || (city.draft.population < kNamedInText && city.draft.geonames != 0);
            context.add_name(entry, city.names[i], rule);
            if (no_name) continue;
            if (city.draft.population >= kProvincialTown) {
                double& best = context.city_scores[{std::string(city.draft.code), name_hash(city.names[i])}];
                best = std::max(best, points);
            }
            for (const BuildContext::Country* country : city.capital_of)
                context.add_name(country->entry, city.names[i], {NameForm::Metonym, points + 1});
        }
    }
}

void build_regions(BuildContext& context) {
    std::map<std::string, EntryId, std::less<>> divisions; // by GeoNames code
    context.each("places/regions.tsv", {"name", "aliases", "adjectives", "country", "lat", "lon", "kind"},
                 {"geonames", "division", "population", "variants"}, [&](TableReader& row) {
                     if (row["name"].empty()) return row.bad("name: empty");
                     if (!among(kRegionKinds, row["kind"])) return row.bad("kind: unknown " + quoted(row["kind"]));
                     const auto code = context.code(row, "country");
                     if (!code) return;
                     EntryDraft draft;
                     draft.kind = EntryKind::Region;
                     draft.name = without_the(row["name"]);
                     draft.code = *code;
                     draft.lat = row.number("lat", -90, 90);
                     draft.lon = row.number("lon", -180, 180);
                     draft.geonames = static_cast<std::uint32_t>(row.number("geonames", 0, 4e9).value_or(0));
                     draft.population = static_cast<std::uint32_t>(row.number("population", 0, 4e9).value_or(0));
                     const std::string_view division = row["division"];
                     const bool province = row["kind"] == "admin1", district = row["kind"] == "admin2";
                     draft.division = province ? Division::Province : district ? Division::District : Division::None;
                     const EntryId entry = context.writer.add_entry(draft);
                     if (!division.empty()) divisions.emplace(division, entry);
                     if (district) {
                         const auto first = divisions.find(division.substr(0, division.rfind('.')));
                         if (first != divisions.end()) context.writer.set_within(entry, first->second);
                         const double rank = score::kDistrict + score::by_population(draft.population, 50);
                         BuildContext::NameRule rule{NameForm::Name, rank};
                         rule.place_only = true;
                         return context.add_name(entry, row["name"], rule);
                     }
                     // A province stands before far towns of its name, but after the town that it is named after.
                     double points = province ? score::kProvince : score::kArea;
                     if (province) {
                         const auto town = context.city_scores.find({std::string(*code), name_hash(row["name"])});
                         if (town != context.city_scores.end()) points = std::min(points, town->second - 3);
                     }
                     const auto add = [&](std::string_view name, NameForm form, double rank_points) {
                         const auto word = context.ordinary_words.find(name_hash(name));
                         const bool no_name =
                             word != context.ordinary_words.end() && word->second.least_population >= kNoPopulation;
                         BuildContext::NameRule rule{form, rank_points, true};
                         rule.place_only = province && no_name;
                         context.add_name(entry, name, rule);
                     };
                     add(row["name"], NameForm::Name, points);
                     for (const std::string_view alias : row.list("aliases")) add(alias, NameForm::Alias, points - 1);
                     for (const std::string_view variant : row.list("variants")) {
                         BuildContext::NameRule rule{NameForm::Alias, points - 20};
                         rule.place_only = true;
                         context.add_name(entry, variant, rule);
                     }
                     for (const std::string_view word : row.list("adjectives"))
                         context.add_name(entry, word, {NameForm::Demonym, points - 2});
                 });
    for (const auto& [city, division] : context.city_divisions)
        if (const auto it = divisions.find(division); it != divisions.end())
            context.writer.set_within(city, it->second);
    context.each("countries/groupings.tsv", {"phrase", "codes"}, {"aliases", "adjectives"}, [&](TableReader& row) {
        if (row["phrase"].empty()) return row.bad("phrase: empty");
        EntryDraft draft;
        draft.kind = EntryKind::Region;
        draft.name = without_the(row["phrase"]);
        draft.members = context.codes(row, "codes");
        const EntryId entry = context.writer.add_entry(draft);
        context.add_name(entry, row["phrase"], {NameForm::Name, score::kArea, true});
        for (const std::string_view alias : row.list("aliases"))
            context.add_name(entry, alias, {NameForm::Alias, score::kArea - 1, true});
        for (const std::string_view word : row.list("adjectives"))
            context.add_name(entry, word, {NameForm::Demonym, score::kArea - 2});
    });
}

void build_metonyms(BuildContext& context) {
    context.each("countries/metonyms.tsv", {"phrase", "code", "sectors", "from", "to"}, {"stands_for"},
                 [&](TableReader& row) {
                     if (row["phrase"].empty()) return row.bad("phrase: empty");
                     const auto code = context.code(row, "code");
                     if (!code) return;
                     const std::vector<std::string_view> sectors = context.sectors(row);
                     const auto from = row.days("from"), to = row.days("to");
                     const auto country = context.countries.find(row["code"]);
                     const std::string_view body = row["stands_for"];
                     EntryId entry = kNoEntry;
                     const bool government = sectors.empty() || (sectors.size() == 1 && sectors.front() == "GOV");
                     if (const auto known = context.bodies.find(body); known != context.bodies.end()) {
                         entry = known->second;
                     } else if (body.empty() && government && !from && !to && country != context.countries.end()) {
                         entry = country->second.entry;
                     } else {
                         EntryDraft draft;
                         draft.kind = EntryKind::Agency;
                         draft.name = without_the(body.empty() ? row["phrase"] : body);
                         draft.code = *code;
                         draft.sectors = sectors;
                         draft.from = from;
                         draft.to = to;
                         entry = context.writer.add_entry(draft);
                         if (!body.empty()) context.bodies.emplace(body, entry);
                         if (!body.empty()) context.add_name(entry, body, {NameForm::Name, score::kOrganisation});
                     }
                     context.add_name(entry, row["phrase"], {NameForm::Metonym, score::kSeat, true});
                 });
}

} // namespace kadesh
