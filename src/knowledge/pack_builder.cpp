#include "knowledge/pack_builder.hpp"

#include "knowledge/build_context.hpp"

#include <filesystem>
#include <set>

namespace kadesh {
namespace {

namespace fs = std::filesystem;

/// Folders whose tables the pack carries as text.
constexpr auto kCarried = std::to_array<std::string_view>({"lexicon", "ontology"});
/// Single tables that it carries, too: those that only the carriers of the text read, and those that were read above.
constexpr auto kCarriedAlone = std::to_array<std::string_view>(
    {"places/abbreviations.tsv", "places/cues.tsv", "places/generic_words.tsv", "places/weights.tsv"});
constexpr auto kCarriedAlso =
    std::to_array<std::string_view>({"countries/countries.tsv", "offices/titles.tsv", "places/not_places.tsv"});

/// Names of the tables of a folder, sorted, as "folder/name.tsv".
std::vector<std::string> tables_of(const std::string& data_dir, std::string_view folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const fs::directory_entry& file : fs::directory_iterator(fs::path(data_dir) / folder, error))
        if (file.path().extension() == ".tsv")
            names.push_back(std::string(folder) + "/" + file.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// The header of a table, whatever it is.
std::vector<std::string_view> header_of(std::string_view text) {
    while (text.starts_with('#')) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    text = text.substr(0, text.find('\n'));
    std::vector<std::string_view> columns;
    while (true) {
        const std::size_t tab = text.find('\t');
        columns.push_back(text.substr(0, tab));
        if (tab == std::string_view::npos) return columns;
        text.remove_prefix(tab + 1);
    }
}

std::string without_comments(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        if (!text.starts_with('#') && end > 1) out += text.substr(0, end);
        text.remove_prefix(end);
    }
    return out;
}

void check_ontology(BuildContext& context) {
    std::set<std::string_view> types, codes;
    context.each("ontology/types.tsv", {"type", "quad_code", "quad_name", "score"}, {"requires_recipient"},
                 [&](TableReader& row) {
                     types.insert(row["type"]);
                     if (!row.number("score", -10, 10)) row.bad("score: empty");
                 });
    context.each("ontology/modes.tsv", {"type", "mode", "score"}, {}, [&](TableReader& row) {
        if (!types.contains(row["type"])) row.bad("type: " + quoted(row["type"]) + " is not in ontology/types.tsv");
        if (!row.number("score", -10, 10)) row.bad("score: empty");
    });
    context.each("ontology/cameo.tsv", {"code", "name", "goldstein"}, {}, [&](TableReader& row) {
        if (!codes.insert(row["code"]).second) row.bad("code: " + quoted(row["code"]) + " stands twice");
        if (!row.number("goldstein", -10, 10)) row.bad("goldstein: empty");
    });
    context.each("ontology/cameo_defaults.tsv", {"type", "mode", "code"}, {}, [&](TableReader& row) {
        if (!types.contains(row["type"])) row.bad("type: " + quoted(row["type"]) + " is not in ontology/types.tsv");
        if (!codes.contains(row["code"])) row.bad("code: " + quoted(row["code"]) + " is not in ontology/cameo.tsv");
    });
}

void check_cues(BuildContext& context) {
    context.each("places/cues.tsv", {"countries", "cues"}, {}, [&](TableReader& row) {
        if (row["cues"].empty()) row.bad("cues: empty");
        for (const std::string_view code : row.list("countries"))
            if (!context.countries.contains(code)) row.bad("countries: unknown code " + quoted(code));
    });
}

} // namespace

void build_agreements(BuildContext& context) {
    context.each(
        "agreements/agreements.tsv",
        {"name", "aliases", "kind", "parties", "subjects", "signed", "in_force", "expires", "wikidata", "source"}, {},
        [&](TableReader& row) {
            if (row["name"].empty()) return row.bad("name: empty");
            EntryDraft draft;
            draft.kind = EntryKind::Agreement;
            draft.name = without_the(row["name"]);
            draft.wikidata = row["wikidata"];
            AgreementDraft agreement;
            agreement.kind = row["kind"];
            agreement.parties = context.codes(row, "parties");
            agreement.subjects = row.list("subjects");
            agreement.days = {row.days("signed"), row.days("in_force"), row.days("expires")};
            draft.from = agreement.days[0];
            draft.to = agreement.days[2];
            const EntryId entry = context.writer.add_entry(draft);
            context.writer.add_agreement(entry, agreement);
            context.add_name(entry, row["name"], {NameForm::Name, score::kAgreement});
            for (const std::string_view alias : row.list("aliases"))
                context.add_name(entry, alias, {NameForm::Alias, score::kAgreement - 1});
        });
}

void build_carried_tables(BuildContext& context) {
    check_ontology(context);
    check_cues(context);
    std::vector<std::string> names(kCarriedAlone.begin(), kCarriedAlone.end());
    for (const std::string_view folder : kCarried)
        for (std::string& name : tables_of(context.data_dir, folder)) names.push_back(std::move(name));
    for (const std::string& name : names) {
        const auto text = context.text(name);
        if (!text) continue;
        context.each(name, header_of(*text), {}, [](TableReader&) {});
        context.writer.add_table(name, without_comments(*text));
    }
    for (const std::string_view name : kCarriedAlso)
        if (const auto text = context.text(std::string(name))) context.writer.add_table(name, without_comments(*text));
}

BuiltPack build_pack(const std::string& data_dir) {
    BuildContext context(data_dir);
    std::error_code error;
    if (!fs::is_directory(data_dir, error)) {
        context.problems.push_back({data_dir, 0, "no such folder"});
        return {{}, std::move(context.problems)};
    }
    build_ordinary_words(context);
    build_countries(context);
    build_cities(context);
    build_regions(context);
    build_offices(context);
    build_people(context);
    build_organisations(context);
    build_metonyms(context);
    build_agents(context);
    build_agreements(context);
    build_carried_tables(context);
    BuiltPack built;
    built.entries = context.writer.entries();
    built.names = context.writer.names();
    built.problems = std::move(context.problems);
    if (built.problems.empty()) built.bytes = context.writer.finish();
    return built;
}

} // namespace kadesh
