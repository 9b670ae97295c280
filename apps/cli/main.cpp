#include "commands.hpp"
#include "knowledge_commands.hpp"
#include "ledger_commands.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace {

using kadesh::cli::Options;

constexpr const char* kAbout =
    "Reads news and keeps the record of international affairs: who did what to whom, when, where, and who says so.";

constexpr const char* kExamples = R"(Examples:
  kadesh code --format text article.txt           a report to read
  kadesh code --date 2025-01-17 article.txt       event records, one JSON object a line
  kadesh code news.jsonl.gz > events.jsonl        documents with ids and dates of their own
  kadesh code --records agreements *.html         agreement records instead of events
  curl -s https://example.org/news | kadesh code
  kadesh annotate article.txt                     words, lemmas, tags, dependencies, names, coreference

Exit status: 0 all coded; 1 some documents were skipped, each named on standard error; 2 bad usage or no run.
`kadesh COMMAND --help` tells more of each command.)";

constexpr const char* kCodeExamples =
    R"(Input is plain text, HTML or JSON Lines (id, date, title, text, url, source, language), each also packed with gzip or
zstd, known by content. Standard output carries records only; counts and reasons go to standard error.

Examples:
  kadesh code --format text --date 2025-01-17 article.txt
  kadesh code news.jsonl --agreements agreements.jsonl > events.jsonl
  kadesh code --format cameo --min-confidence 0.6 news.jsonl > events.tsv)";

constexpr const char* kAnnotateExamples =
    R"(Output is CoNLL-U with NER=B-PER and the like in MISC, or with --format times, attributions or status one JSON
object a document.

Examples:
  kadesh annotate article.txt > article.conllu
  kadesh annotate --format times --date 2025-01-17 article.txt > times.jsonl)";

constexpr const char* kClassifyExamples =
    R"(Input is JSON Lines: {"id": ..., "text": "...", "source": [start, end], "target": [start, end]}, offsets in code points.
One line in, one line out, in order: {"id", "event", "mode", "cameo", "quad_code", "confidence", "rule"}; a line that
cannot be read answers {"id", "event": []} and is named on standard error.

Example:
  echo '{"id":1,"text":"Iran threatened Israel.","source":[0,4],"target":[16,22]}' | kadesh classify)";

constexpr const char* kPlacesExamples =
    R"(A line of JSON for each document: {"id", "places": [{"start", "end", "text", "name", "kind", "country", "admin1", "lat",
"lon", "geonames", "confidence"}]}, offsets in code points. "use" is "name" in the name of a body there ("Huntsville Police Department") and "people" for
words like "Georgian". A place that is in no table has no name, only the country that the text makes likely.
With --spans input is JSON Lines: {"id": ..., "text": "...", "spans": [[start, end], ...]}; one line out for one in.

Examples:
  kadesh places article.txt
  echo '{"id":1,"text":"Paris, Texas","spans":[[0,5],[7,12]]}' | kadesh places --spans)";

/// Accepts a calendar day and nothing else.
std::string day_problem(const std::string& text) {
    const auto day = kadesh::Day::parse(text);
    return day && day->iso() == text ? "" : "'" + text + "' is no day, write YYYY-MM-DD";
}

void add_common(CLI::App& command, Options& options) {
    command.add_option("FILE", options.inputs, "files to read; - or nothing reads standard input")->option_text(" ");
    command.add_option("--threads", options.run.threads, "worker threads; as many as the machine has if not given")
        ->check(CLI::Range(1U, 1024U))
        ->option_text("N");
    command.add_option("--model", options.engine.model, "model file instead of the one beside the program")
        ->option_text("PATH");
    command.add_option("--event-model", options.engine.events, "event model instead of the one beside the program")
        ->option_text("PATH");
    command.add_option("--knowledge", options.engine.knowledge, "knowledge pack instead of the one beside the program")
        ->option_text("PATH");
    command.add_flag_callback(
        "--no-coreference", [&options] { options.engine.coreference = false; },
        "does not look for phrases that speak of the same entity");
    kadesh::cli::add_layer_options(command, options);
    command.add_flag("--stats", options.stages, "say on standard error where the time went");
    command.add_flag("-q,--quiet", options.quiet, "no progress and no closing count");
}

void add_date(CLI::App& command, Options& options) {
    command
        .add_option_function<std::string>(
            "--date", [&options](const std::string& text) { options.run.fallback_date = kadesh::Day::parse(text); },
            "date of documents that carry none")
        ->check(CLI::Validator(day_problem, ""))
        ->option_text("YYYY-MM-DD");
}

/// An option that takes one of some words, each with its value.
template <typename Value> void add_choice(CLI::App& command, const std::string& flag, Value& value,
                                          const std::vector<std::pair<std::string, Value>>& choices,
                                          const std::string& help) {
    std::vector<std::string> words;
    std::string shown;
    for (const auto& [word, meaning] : choices) {
        words.push_back(word);
        shown += (shown.empty() ? "" : "|") + word;
    }
    command
        .add_option_function<std::string>(
            flag,
            [&value, choices](const std::string& given) {
                for (const auto& [word, meaning] : choices)
                    if (word == given) value = meaning;
            },
            help)
        ->check(CLI::IsMember(words))
        ->option_text(shown);
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGXFSZ, SIG_IGN); // a limit on the size of files is an error like a full disk, not the end
    using kadesh::RecordFormat;
    using kadesh::RecordKinds;
    Options options;
    int status = kadesh::cli::kAllDone;
    const auto run = [&](int (*command)(Options)) { return [&, command] { status = command(options); }; };

    CLI::App app(kAbout, "kadesh");
    app.require_subcommand(1);
    app.footer(kExamples);
    app.set_version_flag(
        "--version", [&options] { return kadesh::cli::version_text(options.engine); },
        "the program's version and its artefacts' hashes");

    CLI::App* code = app.add_subcommand("code", "documents to event and agreement records");
    add_common(*code, options);
    add_date(*code, options);
    add_choice<RecordFormat>(
        *code, "--format", options.run.format,
        {{"plover", RecordFormat::Plover}, {"cameo", RecordFormat::Cameo}, {"text", RecordFormat::Text}},
        "plover: JSON Lines; cameo: a table; text: a report to read");
    add_choice<RecordKinds>(
        *code, "--records", options.run.kinds,
        {{"events", RecordKinds::Events}, {"agreements", RecordKinds::Agreements}, {"all", RecordKinds::All}},
        "what a plover stream carries; events if not given");
    code->add_option("--agreements", options.agreements_file, "writes agreement records to a file, too")
        ->option_text("FILE");
    code->add_option("--min-confidence", options.run.min_confidence, "leaves out events below it, 0 to 1")
        ->check(CLI::Range(0.0, 1.0))
        ->option_text("X");
    code->footer(kCodeExamples);
    code->callback(run(kadesh::cli::run_code));

    CLI::App* annotate =
        app.add_subcommand("annotate", "the language layer alone: sentences, words, tags, trees, names, coreference");
    add_common(*annotate, options);
    add_date(*annotate, options);
    using kadesh::AnnotationFormat;
    add_choice<AnnotationFormat>(
        *annotate, "--format", options.run.annotation,
        {{"conllu", AnnotationFormat::Conllu},
         {"times", AnnotationFormat::Times},
         {"attributions", AnnotationFormat::Attributions},
         {"status", AnnotationFormat::Truth}},
        "conllu: words, tags, trees, names; JSON Lines: times: expressions of time; attributions: who says "
        "what; status: whether predicates are told as done");
    annotate->footer(kAnnotateExamples);
    annotate->callback(run(kadesh::cli::run_annotate));

    CLI::App* classify = app.add_subcommand("classify", "what one marked participant does to another");
    add_common(*classify, options);
    classify->add_flag("--rules-only", options.run.rules_only,
                       "answers by the rules alone, without the learned classifier");
    classify->footer(kClassifyExamples);
    classify->callback(run(kadesh::cli::run_classify));

    CLI::App* places = app.add_subcommand("places", "the places that documents name: which they are, and where");
    add_common(*places, options);
    add_date(*places, options);
    places->add_flag("--spans", options.spans_given, "input says where the names stand, as JSON Lines");
    places->add_flag("--candidates", options.candidates,
                     "with --spans: what else a name may mean, and what speaks for it");
    places->footer(kPlacesExamples);
    places->callback(run(kadesh::cli::run_places));

    kadesh::cli::add_knowledge_commands(app, options, status);
    kadesh::cli::add_ledger_commands(app, status);

    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& wish) {
        return app.exit(wish); // --help, --version
    } catch (const CLI::ParseError& error) {
        // A word that is no command is left over, and then none is found.
        const auto left = app.remaining();
        std::string reason = error.what();
        if (app.get_subcommands().empty())
            reason = left.empty() ? "a command is missing" : "'" + left.front() + "' is no command or option";
        std::fprintf(stderr, "kadesh: %s; `kadesh --help` tells more\n", reason.c_str());
        return kadesh::cli::kNotDone;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "kadesh: %s\n", error.what());
        return kadesh::cli::kNotDone;
    }
    return status;
}
