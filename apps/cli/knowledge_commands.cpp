#include "knowledge_commands.hpp"

#include "kadesh/knowledge.hpp"
#include "ledger_commands.hpp"
#include "output.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace kadesh::cli {
namespace {

constexpr const char* kActorsExamples =
    R"(A name may be a person's, a state's, a body's or a place's, a part of one, or an office with its state. Codes, sectors and
offices are those of the day; without --on they are today's.

Examples:
  kadesh actors Trump --on 2025-01-17
  kadesh actors --on 2014-06-01 "foreign minister of Iran"
  kadesh actors --json TASS
  printf 'Trump\t2025-01-17\nMerkel\t2010-05-01\n' | kadesh actors -     a JSON list for each line)";

constexpr const char* kKnowledgeExamples =
    R"(Examples:
  kadesh knowledge build data world.kdk           a pack of a data folder's tables, each row checked
  kadesh knowledge import petrarch Phoenix.actors.txt > phoenix.tsv
  kadesh knowledge import wikidata dump.json.gz > wikidata.tsv
  kadesh knowledge import geonames allCountries.txt > places.tsv
  kadesh knowledge add phoenix.tsv                checked and kept: every later run has it

A table has the columns name and kind, and any of aliases, code, sectors, country, office, from, to, wikidata, lat, lon,
population, admin1, source; docs/knowledge.md tells what they mean.)";

int fail(const std::string& message) {
    std::fprintf(stderr, "kadesh: %s\n", message.c_str());
    return kNotDone;
}

struct Question {
    std::vector<std::string> words;
    std::optional<Day> on;
    bool json = false;
};

Day today() {
    const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return Day{static_cast<std::int32_t>(now.time_since_epoch().count())};
}

std::string joined(const std::vector<std::string_view>& items, const char* between) {
    std::string text;
    for (const std::string_view item : items) text += (text.empty() ? "" : between) + std::string(item);
    return text;
}

std::string term(const std::optional<Day>& from, const std::optional<Day>& to) {
    return (from ? from->iso() : "…") + " to " + (to ? to->iso() : "…");
}

void print(const Actor& actor, std::string& out) {
    out += std::string(actor.name) + "  " + std::string(actor.code) + (actor.sectors.empty() ? "" : " ") +
           joined(actor.sectors, " ") + "  (" + std::string(actor.kind);
    if (actor.from || actor.to) out += ", " + term(actor.from, actor.to);
    out += ")\n";
    for (const HeldOffice& office : actor.offices)
        out += std::string(office.on_day ? "  * " : "    ") + std::string(office.office) + " (" +
               std::string(office.country) + ", " + joined(office.sectors, " ") + ")  " + term(office.from, office.to) +
               (office.source.empty() ? "" : "  [" + std::string(office.source) + "]") + '\n';
    if (!actor.aliases.empty()) out += "    also " + joined(actor.aliases, ", ") + '\n';
    if (!actor.wikidata.empty()) out += "    Wikidata " + std::string(actor.wikidata) + '\n';
    if (!actor.source.empty()) out += "    [" + std::string(actor.source) + "]\n";
}

/// Lines `NAME<TAB>YYYY-MM-DD` from standard input, each answered by a line of JSON.
int answer_lines(const Knowledge& knowledge, const Question& question) {
    Output out = Output::standard();
    int status = kAllDone;
    for (std::string line; std::getline(std::cin, line);) {
        const std::size_t tab = line.find('\t');
        const auto day = tab == std::string::npos ? question.on : Day::parse(std::string_view(line).substr(tab + 1));
        if (tab != std::string::npos && !day) {
            std::fprintf(stderr, "kadesh: '%s': no day after the tab\n", line.c_str());
            status = kSomeSkipped;
        }
        std::vector<Actor> actors;
        if (day || tab == std::string::npos)
            actors = knowledge.actors(std::string_view(line).substr(0, tab), day.value_or(today()));
        std::string lines;
        write_actors(actors, lines);
        for (char& c : lines)
            if (c == '\n') c = ',';
        if (!lines.empty()) lines.pop_back();
        if (!out.write("[" + lines + "]\n")) break;
    }
    out.flush();
    return out.problem().empty() ? status : fail(out.problem());
}

int run_actors(const Options& options, const Question& question) {
    auto knowledge = Knowledge::open(options.engine);
    if (!knowledge) return fail(knowledge.error().message);
    if (question.words.size() == 1 && question.words.front() == "-") return answer_lines(*knowledge, question);
    std::string query;
    for (const std::string& word : question.words) query += (query.empty() ? "" : " ") + word;
    const std::vector<Actor> actors = knowledge->actors(query, question.on.value_or(today()));
    if (actors.empty()) {
        std::fprintf(stderr, "kadesh: nobody and nothing is known as '%s'\n", query.c_str());
        return kSomeSkipped;
    }
    std::string text;
    if (question.json)
        write_actors(actors, text);
    else
        for (const Actor& actor : actors) print(actor, text);
    Output out = Output::standard();
    out.write(text);
    out.flush();
    return out.problem().empty() ? kAllDone : fail(out.problem());
}

int run_build(const std::string& data, const std::string& pack) {
    const auto size = build_knowledge(data, pack);
    if (!size) return fail(size.error().message);
    std::fprintf(stderr, "kadesh: %s: %zu entries, %zu names, %zu bytes\n", pack.c_str(), size->entries, size->names,
                 size->bytes);
    return kAllDone;
}

int run_add(const Options& options, const std::string& table) {
    const auto kept = add_layer(table, options.engine);
    if (!kept) return fail(kept.error().message);
    std::fprintf(stderr, "kadesh: kept as %s\n", kept->c_str());
    return kAllDone;
}

int run_import(const Options& options, ImportKind kind, const std::string& file) {
    Output out = Output::standard();
    const auto report =
        import_knowledge(kind, file, options.engine, [&](std::string_view rows) { return out.write(rows); });
    if (!report) return fail(report.error().message);
    out.flush();
    if (!out.problem().empty()) return fail(out.problem());
    for (const std::string& note : report->notes) std::fprintf(stderr, "kadesh: %s: %s\n", file.c_str(), note.c_str());
    std::fprintf(stderr, "kadesh: %llu read, %llu rows\n", static_cast<unsigned long long>(report->read),
                 static_cast<unsigned long long>(report->taken));
    return report->cut ? kSomeSkipped : kAllDone;
}

std::string day_problem(const std::string& text) {
    const auto day = Day::parse(text);
    return day && day->iso() == text ? "" : "'" + text + "' is no day, write YYYY-MM-DD";
}

void add_pack_options(CLI::App& command, Options& options) {
    command.add_option("--knowledge", options.engine.knowledge, "knowledge pack instead of the one beside the program")
        ->option_text("PATH");
    add_layer_options(command, options);
}

} // namespace

void add_layer_options(CLI::App& command, Options& options) {
    command.add_option("--layer", options.engine.layers, "a table of your own actors, laid over the pack")
        ->option_text("FILE");
    command.add_flag("!--no-own-layers", options.engine.own_layers, "without the layers that `knowledge add` keeps");
}

void add_knowledge_commands(CLI::App& app, Options& options, int& status) {
    auto question = std::make_shared<Question>();
    CLI::App* actors = app.add_subcommand(
        "actors", "who is who on a day: codes, sectors, offices; or who takes part in a ledger's events");
    actors
        ->add_option("NAME", question->words,
                     "a name, or an office and its state; - reads NAME<TAB>DAY lines; or a ledger's file")
        ->required()
        ->option_text(" ");
    actors
        ->add_option_function<std::string>(
            "--on", [question](const std::string& text) { question->on = Day::parse(text); },
            "the day; today if not given")
        ->check(CLI::Validator(day_problem, ""))
        ->option_text("YYYY-MM-DD");
    actors->add_flag("--json", question->json, "JSON Lines, one actor a line");
    add_pack_options(*actors, options);
    actors->footer(kActorsExamples);
    actors->callback([&options, &status, question, of_ledger = add_ledger_actors(*actors)] {
        const std::vector<std::string>& words = question->words;
        status = words.size() == 1 && std::filesystem::is_regular_file(words.front())
                     ? of_ledger(words.front(), question->json)
                     : run_actors(options, *question);
    });

    CLI::App* knowledge = app.add_subcommand("knowledge", "builds packs, adds your own actors, imports dictionaries");
    knowledge->require_subcommand(1);
    knowledge->footer(kKnowledgeExamples);
    auto files = std::make_shared<std::pair<std::string, std::string>>();

    CLI::App* build = knowledge->add_subcommand("build", "compiles the tables of a data folder to a pack");
    build->add_option("DATA", files->first, "the folder")->required()->option_text(" ");
    build->add_option("PACK", files->second, "where the pack goes")->required()->option_text(" ");
    build->callback([&status, files] { status = run_build(files->first, files->second); });

    CLI::App* add =
        knowledge->add_subcommand("add", "checks a table of your own actors and keeps it for every later run");
    add->add_option("FILE", files->first, "the table")->required()->option_text(" ");
    add_pack_options(*add, options);
    add->callback([&options, &status, files] { status = run_add(options, files->first); });

    CLI::App* import =
        knowledge->add_subcommand("import", "turns a dump or dictionary into a table for `knowledge add`");
    static const std::map<std::string, ImportKind> kKinds{
        {"wikidata", ImportKind::Wikidata}, {"geonames", ImportKind::GeoNames}, {"petrarch", ImportKind::Petrarch}};
    auto kind = std::make_shared<ImportKind>(ImportKind::Petrarch);
    const auto take_kind = [kind](const std::string& word) { *kind = kKinds.at(word); };
    import->add_option_function<std::string>("KIND", take_kind, "wikidata, geonames or petrarch")
        ->required()
        ->check(CLI::IsMember({"wikidata", "geonames", "petrarch"}))
        ->option_text(" ");
    import->add_option("FILE", files->first, "the dump or dictionary, as it is or packed")
        ->required()
        ->option_text(" ");
    add_pack_options(*import, options);
    import->callback([&options, &status, kind, files] { status = run_import(options, *kind, files->first);
});
} // namespace kadesh::cli

} // namespace kadesh::cli
