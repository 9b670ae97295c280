// `kadesh add` and `kadesh recode`.
#include "commands.hpp"
#include "kadesh/ledger.hpp"
#include "ledger_commands.hpp"
#include "progress.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <unistd.h>

namespace kadesh::cli {
namespace {

struct Writing {
    Options options;
    std::string ledger;
    bool all = false;
};

class Listener final : public RunListener {
  public:
    explicit Listener(Progress& progress) : progress_(progress) {}
    bool records(std::string_view /*bytes*/) override { return true; }
    void refused(const Error& reason) override { progress_.message(reason.message); }
    void progress(const Tally& so_far) override { progress_.show(so_far); }

  private:
    Progress& progress_;
};

int fail(const std::string& message) {
    std::fprintf(stderr, "kadesh: %s\n", message.c_str());
    return kNotDone;
}

int run_add(Writing& writing) {
    auto engine = Engine::open(writing.options.engine);
    if (!engine) return fail(engine.error().message);
    auto ledger = Ledger::open(writing.ledger, LedgerAccess::Create);
    if (!ledger) return fail(ledger.error().message);
    auto& inputs = writing.options.inputs;
    if (inputs.empty()) inputs.emplace_back("-");
    if (!writing.options.quiet && ::isatty(STDIN_FILENO) != 0 && std::ranges::count(inputs, "-") > 0)
        std::fputs("kadesh: reading standard input; Ctrl-D ends it\n", stderr);
    Progress progress(!writing.options.quiet, "document");
    Listener listener(progress);
    const auto tally = engine->add(*ledger, inputs, writing.options.run, listener);
    if (!tally) return fail(tally.error().message);
    progress.finish(*tally, writing.options.stages);
    if (!writing.options.quiet) {
        const auto counts = ledger->counts();
        if (counts)
            std::fprintf(stderr, "kadesh: %s holds %llu documents, %llu events, %llu agreements\n",
                         writing.ledger.c_str(), static_cast<unsigned long long>(counts->documents),
                         static_cast<unsigned long long>(counts->events),
                         static_cast<unsigned long long>(counts->agreements));
    }
    return tally->skipped + tally->failed > 0 ? kSomeSkipped : kAllDone;
}

int run_recode(Writing& writing) {
    auto engine = Engine::open(writing.options.engine);
    if (!engine) return fail(engine.error().message);
    auto ledger = Ledger::open(writing.ledger, LedgerAccess::Write);
    if (!ledger) return fail(ledger.error().message);
    Progress progress(!writing.options.quiet, "document");
    Listener listener(progress);
    const auto summary = engine->recode(*ledger, writing.all, writing.options.run, listener);
    if (!summary) return fail(summary.error().message);
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf("documents\t%llu\n", number(summary->tally.read));
    std::printf("records kept\t%llu\nrecords changed\t%llu\nrecords gone\t%llu\nrecords new\t%llu\n",
                number(summary->kept), number(summary->changed), number(summary->gone), number(summary->come));
    std::printf("events\t%llu -> %llu\nagreements\t%llu -> %llu\n", number(summary->events_before),
                number(summary->events_after), number(summary->agreements_before), number(summary->agreements_after));
    std::printf("corrections without their record\t%llu\n", number(summary->corrections_lost));
    return summary->tally.skipped + summary->tally.failed > 0 ? kSomeSkipped : kAllDone;
}

std::string day_problem(const std::string& text) {
    const auto day = Day::parse(text);
    return day && day->iso() == text ? "" : "'" + text + "' is no day, write YYYY-MM-DD";
}

void add_engine_options(CLI::App& command, Options& options) {
    command.add_option("--threads", options.run.threads, "worker threads; as many as the machine has if not given")
        ->check(CLI::Range(1U, 1024U))
        ->option_text("N");
    command.add_option("--model", options.engine.model, "model file instead of the one beside the program")
        ->option_text("PATH");
    command.add_option("--knowledge", options.engine.knowledge, "knowledge pack instead of the one beside the program")
        ->option_text("PATH");
    command.add_flag("--stats", options.stages, "say on standard error where the time went");
    command.add_flag("-q,--quiet", options.quiet, "no progress and no closing count");
}

} // namespace

void add_ledger_writing(CLI::App& app, int& status) {
    auto adding = std::make_shared<Writing>();
    CLI::App* add = app.add_subcommand("add", "codes documents and records them in a ledger");
    add->add_option("LEDGER", adding->ledger, "the ledger's file; begun where there is none")
        ->required()
        ->option_text(" ");
    add->add_option("FILE", adding->options.inputs, "files to read; - or nothing reads standard input")
        ->option_text(" ");
    add_engine_options(*add, adding->options);
    add->add_option_function<std::string>(
           "--date", [adding](const std::string& text) { adding->options.run.fallback_date = Day::parse(text); },
           "date of documents that carry none")
        ->check(CLI::Validator(day_problem, ""))
        ->option_text("YYYY-MM-DD");
    add->footer(
        "A document is known by its id: added again unchanged it costs nothing, changed it takes the old one's\n"
        "place. A run that was killed is taken up by the same command.\n\n"
        "Example:\n  kadesh add news.kadesh news-2025.jsonl.gz");
    add->callback([adding, &status] { status = run_add(*adding); });

    auto recoding = std::make_shared<Writing>();
    CLI::App* recode = app.add_subcommand("recode", "codes a ledger's documents anew and says what that changed");
    recode->add_option("LEDGER", recoding->ledger, "the ledger's file")->required()->option_text(" ");
    recode->add_flag("--all", recoding->all, "also documents that this very program and model have coded");
    add_engine_options(*recode, recoding->options);
    recode->footer("Works on the texts in the ledger. Corrections stay, tied to their records' places.");
    recode->callback([recoding, &status] { status = run_recode(*recoding); });
}

} // namespace kadesh::cli
