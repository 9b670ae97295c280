// `kadesh events`, `agreements`, `relations`, `explain`, `export`, and `actors` of a ledger.
#include "commands.hpp"
#include "kadesh/ledger.hpp"
#include "ledger_commands.hpp"
#include "relations_chart.hpp"
#include "row_output.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <sys/ioctl.h>
#include <unistd.h>

namespace kadesh::cli {
namespace {

struct Question {
    std::string ledger;
    bool json = false, csv = false, everything = false;
    EventQuery events;
    AgreementQuery agreements;
    std::vector<std::string> pair, codes;
    std::string expiring_within;
    std::string id, format = "jsonl", containing;
    bool names = false;
};

int fail(const std::string& message) {
    std::fprintf(stderr, "kadesh: %s\n", message.c_str());
    return kNotDone;
}

bool wants_colour() {
    const char* no_colour = std::getenv("NO_COLOR");
    return ::isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0');
}

std::size_t width() {
    winsize size{};
    if (::isatty(STDOUT_FILENO) != 0 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return std::clamp<std::size_t>(size.ws_col, 60, 240);
    return 160;
}

RowFormat format_of(const Question& question) {
    return question.json ? RowFormat::Json : question.csv ? RowFormat::Csv : RowFormat::Table;
}

Day today() {
    const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return Day{static_cast<std::int32_t>(now.time_since_epoch().count())};
}

/// `1y`, `6m`, `2w`, `90d`; nothing for other texts.
std::optional<Day> after(Day from, const std::string& duration) {
    int number = 0;
    char unit = 0;
    char rest = 0;
    if (std::sscanf(duration.c_str(), "%6d%c%c", &number, &unit, &rest) != 2 || number < 0) return std::nullopt;
    switch (unit) {
    case 'y': return from.plus_months(12 * number);
    case 'm': return from.plus_months(number);
    case 'w': return from.plus(7 * number);
    case 'd': return from.plus(number);
    default: return std::nullopt;
    }
}

/// Asks, and writes the answer; nothing found is a word on standard error, not a failure.
template <typename Ask> int answer(const Question& question, std::vector<TableColumn> shown, Ask ask) {
    auto ledger = Ledger::open(question.ledger, LedgerAccess::Read);
    if (!ledger) return fail(ledger.error().message);
    const auto output = RowOutput::make(format_of(question), std::move(shown), width());
    const Status status = ask(*ledger, *output);
    if (!status) return fail(status.error().message);
    if (!output->finish() && !output->problem().empty()) return fail(output->problem());
    if (output->rows() == 0 && ::isatty(STDERR_FILENO) != 0) std::fputs("kadesh: nothing found\n", stderr);
    return kAllDone;
}

int run_events(Question& question) {
    if (!question.pair.empty()) question.events.pair = {question.pair[0], question.pair[1]};
    if (question.everything) question.events.limit = UINT64_MAX;
    return answer(question,
                  {{"id", "id"},
                   {"date", "date"},
                   {"type", "type"},
                   {"mode", "mode", 16},
                   {"actors", "actors", 16},
                   {"recipients", "recipients", 16},
                   {"place", "place", 16},
                   {"reports", "reports"},
                   {"sources", "sources"},
                   {"confidence", "sure"},
                   {"text", "text"}},
                  [&](const Ledger& ledger, RowSink& sink) { return ledger.events(question.events, sink); });
}

int run_agreements(Question& question) {
    if (!question.expiring_within.empty()) {
        const Day from = question.agreements.on.value_or(today());
        const auto until = after(from, question.expiring_within);
        if (!until) return fail("'" + question.expiring_within + "' is no length of time, write 1y, 6m, 2w or 90d");
        question.agreements.on = from;
        question.agreements.expires_since = from;
        question.agreements.expires_until = until;
        question.agreements.standing = true;
    }
    if (question.everything) question.agreements.limit = UINT64_MAX;
    return answer(question,
                  {{"id", "id"},
                   {"parties", "parties", 24},
                   {"kind", "kind", 12},
                   {"state", "state", 20},
                   {"signed", "signed"},
                   {"in_force", "in force"},
                   {"expires", "expires"},
                   {"term", "term"},
                   {"subjects", "subjects", 24},
                   {"reports", "reports"},
                   {"title", "title"}},
                  [&](const Ledger& ledger, RowSink& sink) { return ledger.agreements(question.agreements, sink); });
}

int run_relations(Question& question) {
    auto ledger = Ledger::open(question.ledger, LedgerAccess::Read);
    if (!ledger) return fail(ledger.error().message);
    const auto relations =
        ledger->relations(question.codes[0], question.codes[1], question.events.since, question.events.until);
    if (!relations) return fail(relations.error().message);
    if (format_of(question) == RowFormat::Table) {
        std::string chart;
        draw_relations(*relations, width(), wants_colour(), chart);
        Output output = Output::standard();
        if (!(output.write(chart) && output.flush()) && !output.problem().empty()) return fail(output.problem());
        if (relations->months.empty() && ::isatty(STDERR_FILENO) != 0) std::fputs("kadesh: nothing found\n", stderr);
        return kAllDone;
    }
    const auto output = RowOutput::make(format_of(question), {}, width());
    constexpr std::array<std::string_view, 10> kColumns{"a",
                                                        "b",
                                                        "month",
                                                        "verbal_cooperation",
                                                        "material_cooperation",
                                                        "verbal_conflict",
                                                        "material_conflict",
                                                        "mean_scale",
                                                        "mean_goldstein",
                                                        "change"};
    output->columns(kColumns);
    for (const RelationMonth& month : relations->months) {
        const std::array<Cell, 10> cells{relations->a,         relations->b,
                                         month.month,          month.events[0],
                                         month.events[1],      month.events[2],
                                         month.events[3],      month.mean_scale,
                                         month.mean_goldstein, std::int64_t{month.change ? 1 : 0}};
        if (!output->row(cells)) break;
    }
    if (!output->finish() && !output->problem().empty()) return fail(output->problem());
    return kAllDone;
}

int run_actors(Question& question) {
    return answer(
        question,
        {{"actor", "actor", 60}, {"events", "events"}, {"as_actor", "as actor"}, {"as_recipient", "as recipient"}},
        [&](const Ledger& ledger, RowSink& sink) {
            const std::uint64_t limit = question.everything ? UINT64_MAX : question.events.limit;
            return ledger.actors(question.names, question.containing, limit, sink);
        });
}

int run_explain(Question& question) {
    auto ledger = Ledger::open(question.ledger, LedgerAccess::Read);
    if (!ledger) return fail(ledger.error().message);
    const auto text = ledger->explain(question.id, question.json, wants_colour(),
                                      static_cast<int>(std::min<std::size_t>(width(), 110)));
    if (!text) return fail(text.error().message);
    Output output = Output::standard();
    if (!(output.write(*text) && output.flush()) && !output.problem().empty()) return fail(output.problem());
    return kAllDone;
}

int run_export(Question& question) {
    auto ledger = Ledger::open(question.ledger, LedgerAccess::Read);
    if (!ledger) return fail(ledger.error().message);
    const ExportFormat format = question.format == "gdelt"     ? ExportFormat::Gdelt
                                : question.format == "polecat" ? ExportFormat::Polecat
                                                               : ExportFormat::Jsonl;
    Output output = Output::standard();
    const Status status = ledger->export_events(format, [&](std::string_view bytes) { return output.write(bytes); });
    if (!status) return fail(status.error().message);
    if (!output.flush() || !output.problem().empty())
        if (!output.problem().empty()) return fail(output.problem());
    return kAllDone;
}

std::string day_problem(const std::string& text) {
    const auto day = Day::parse(text);
    return day && day->iso() == text ? "" : "'" + text + "' is no day, write YYYY-MM-DD";
}

void add_day(CLI::App& command, const std::string& flag, std::optional<Day>& day, const std::string& help) {
    command
        .add_option_function<std::string>(
            flag, [&day](const std::string& text) { day = Day::parse(text); }, help)
        ->check(CLI::Validator(day_problem, ""))
        ->option_text("YYYY-MM-DD");
}

CLI::App* add_question(CLI::App& app, const std::string& name, const std::string& help, Question& question,
                       bool rows = true) {
    CLI::App* command = app.add_subcommand(name, help);
    command->add_option("LEDGER", question.ledger, "the ledger's file")->required()->option_text(" ");
    if (!rows) return command;
    auto* json = command->add_flag("--json", question.json, "one JSON object a line");
    command->add_flag("--csv", question.csv, "comma-separated, with a header")->excludes(json);
    return command;
}

void add_events(CLI::App& app, int& status) {
    auto question = std::make_shared<Question>();
    EventQuery& query = question->events;
    CLI::App* command = add_question(app, "events", "events of a ledger, newest first", *question);
    const auto many = [&](const std::string& flag, std::vector<std::string>& list, const std::string& help,
                          const std::string& what) { command->add_option(flag, list, help)->option_text(what); };
    many("--actor", query.actors, "who acts: a code (RUS) or a name; any of several", "WHO...");
    many("--recipient", query.recipients, "whom it is done to", "WHO...");
    many("--with", query.participants, "who takes part on either side", "WHO...");
    command->add_option("--pair", question->pair, "two codes, on whichever sides")->expected(2)->option_text("A B");
    many("--type", query.types, "PLOVER type: ASSAULT, CONSULT ...", "TYPE...");
    many("--mode", query.modes, "PLOVER mode", "MODE...");
    many("--context", query.contexts, "PLOVER context", "CONTEXT...");
    many("--sector", query.sectors, "sector of a participant: GOV, MIL ...", "SECTOR...");
    many("--country", query.countries, "country where it happened", "CODE...");
    many("--place", query.places, "place where it happened, by name", "NAME...");
    many("--source", query.sources, "publisher that tells it", "NAME...");
    add_day(*command, "--since", query.since, "began on this day or later");
    add_day(*command, "--until", query.until, "began on this day or earlier");
    command->add_option("--text", query.text, "words of the evidence: all of them; \"a phrase\", OR, NOT, begin*")
        ->option_text("WORDS");
    command->add_option("--min-confidence", query.min_confidence, "leaves out what is less sure, 0 to 1")
        ->check(CLI::Range(0.0, 1.0))
        ->option_text("X");
    command->add_option("--min-sources", query.min_sources, "told by so many independently")->option_text("N");
    command->add_flag("--happened", query.happened, "leaves out what is planned, possible or denied");
    command->add_flag("--disputed", query.disputed, "only what some reports tell and others deny");
    auto* limit = command->add_option("--limit", query.limit, "at most so many, 100 if not given")->option_text("N");
    command->add_flag("--all", question->everything, "without limit")->excludes(limit);
    command->footer("Example:\n  kadesh events news.kadesh --pair RUS IRN --type SUPPORT AGREE --since 2025-01-01");
    command->callback([question, &status] { status = run_events(*question); });
}

void add_agreements(CLI::App& app, int& status) {
    auto question = std::make_shared<Question>();
    AgreementQuery& query = question->agreements;
    CLI::App* command = add_question(app, "agreements", "agreements of a ledger and their state", *question);
    command->add_option("--between", query.parties, "codes that all take part")->option_text("CODE...");
    command->add_option("--subject", query.subjects, "any of these subjects")->option_text("SUBJECT...");
    command->add_option("--kind", query.kinds, "treaty, ceasefire, memorandum ...")->option_text("KIND...");
    command->add_option("--state", query.states, "any of these states")->option_text("STATE...");
    command->add_option("--text", query.text, "words of its name")->option_text("WORDS");
    add_day(*command, "--on", query.on, "the state on that day; as of the last report if not given");
    command->add_flag("--standing", query.standing, "only those that are signed and not ended");
    command->add_option("--expiring-within", question->expiring_within, "from --on, or today: 1y, 6m, 2w, 90d")
        ->option_text("TIME");
    auto* limit = command->add_option("--limit", query.limit, "at most so many, 1000 if not given")->option_text("N");
    command->add_flag("--all", question->everything, "without limit")->excludes(limit);
    command->footer("Example:\n  kadesh agreements news.kadesh --between RUS IRN --on 2030-01-01");
    command->callback([question, &status] { status = run_agreements(*question); });
}

} // namespace

std::function<int(const std::string&, bool)> add_ledger_actors(CLI::App& command) {
    auto question = std::make_shared<Question>();
    const char* const group = "Of a ledger";
    command.add_flag("--csv", question->csv, "comma-separated, with a header")->group(group);
    command.add_flag("--names", question->names, "names instead of codes")->group(group);
    command.add_option("--containing", question->containing, "only those with these letters")
        ->option_text("LETTERS")
        ->group(group);
    auto* limit = command.add_option("--limit", question->events.limit, "at most so many, 100 if not given")
                      ->option_text("N")
                      ->group(group);
    command.add_flag("--all", question->everything, "without limit")->excludes(limit)->group(group);
    return [question](const std::string& ledger, bool json) {
        question->ledger = ledger;
        question->json = json;
        return run_actors(*question);
    };
}

void add_ledger_questions(CLI::App& app, int& status) {
    add_events(app, status);
    add_agreements(app, status);

    auto relations = std::make_shared<Question>();
    CLI::App* command = add_question(app, "relations", "two codes' cooperation and conflict by month", *relations);
    command->add_option("CODES", relations->codes, "two codes")->required()->expected(2)->option_text("A B");
    add_day(*command, "--since", relations->events.since, "from this day's month");
    add_day(*command, "--until", relations->events.until, "to this day's month");
    command->footer("Example:\n  kadesh relations news.kadesh RUS IRN");
    command->callback([relations, &status] { status = run_relations(*relations); });

    auto explain = std::make_shared<Question>();
    command = add_question(app, "explain", "everything behind an event, an agreement or a report", *explain, false);
    command->add_option("ID", explain->id, "its id")->required()->option_text(" ");
    command->add_flag("--json", explain->json, "one JSON object");
    command->callback([explain, &status] { status = run_explain(*explain); });

    auto exporting = std::make_shared<Question>();
    command = add_question(app, "export", "a ledger's events for other systems, on standard output", *exporting, false);
    command
        ->add_option("--format", exporting->format, "gdelt: GDELT 2.0 columns; polecat: a table; jsonl: PLOVER records")
        ->check(CLI::IsMember({"gdelt", "polecat", "jsonl"}))
        ->option_text("gdelt|polecat|jsonl");
    command->callback([exporting, &status] { status = run_export(*exporting); });
}

} // namespace kadesh::cli
