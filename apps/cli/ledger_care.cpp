// `kadesh correct` and `kadesh check`.
#include "commands.hpp"
#include "kadesh/ledger.hpp"
#include "ledger_commands.hpp"
#include "row_output.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>

namespace kadesh::cli {
namespace {

struct Care {
    std::string ledger;
    Correction correction;
    std::int64_t undo = 0;
    bool list = false, json = false, csv = false;
};

/// Options that are fields of their own.
constexpr std::array<std::string_view, 20> kFields{"type",    "mode",       "context",   "auxiliary",  "cameo",
                                                   "date",    "enddate",    "actors",    "recipients", "place",
                                                   "country", "confidence", "agreement", "kind",       "title",
                                                   "parties", "subjects",   "signed",    "in_force",   "expires"};

int fail(const std::string& message) {
    std::fprintf(stderr, "kadesh: %s\n", message.c_str());
    return kNotDone;
}

std::string today() {
    const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return Day{static_cast<std::int32_t>(now.time_since_epoch().count())}.iso();
}

int run_correct(Care& care) {
    auto ledger = Ledger::open(care.ledger, care.list ? LedgerAccess::Read : LedgerAccess::Write);
    if (!ledger) return fail(ledger.error().message);
    if (care.list) {
        const auto output = RowOutput::make(care.json  ? RowFormat::Json
                                            : care.csv ? RowFormat::Csv
                                                       : RowFormat::Table,
                                            {{"number", "number"},
                                             {"made", "made"},
                                             {"who", "who"},
                                             {"kind", "kind"},
                                             {"report", "report"},
                                             {"field", "field"},
                                             {"value", "value", 24},
                                             {"other", "other"},
                                             {"undone", "undone"},
                                             {"why", "why"}},
                                            160);
        if (const Status status = ledger->corrections(*output); !status) return fail(status.error().message);
        return output->finish() ? kAllDone : fail(output->problem());
    }
    care.correction.made = today();
    const auto done = care.undo > 0 ? ledger->undo_correction(care.undo) : ledger->correct(care.correction);
    if (!done) return fail(done.error().message);
    std::printf("%s\n", done->c_str());
    return kAllDone;
}

int run_check(const Care& care) {
    auto ledger = Ledger::open(care.ledger, LedgerAccess::Read);
    if (!ledger) return fail(ledger.error().message);
    const auto faults = ledger->check();
    if (!faults) return fail(faults.error().message);
    for (const std::string& fault : *faults) std::printf("%s\n", fault.c_str());
    return faults->empty() ? kAllDone : kSomeSkipped;
}

} // namespace

void add_ledger_care(CLI::App& app, int& status) {
    auto care = std::make_shared<Care>();
    CLI::App* correct = app.add_subcommand("correct", "says what is right of an event or agreement, and why");
    correct->add_option("LEDGER", care->ledger, "the ledger's file")->required()->option_text(" ");
    correct->add_option("ID", care->correction.id, "of an event, an agreement, or a report of one")->option_text(" ");
    for (const std::string_view field : kFields) {
        std::string flag = "--" + std::string(field);
        std::replace(flag.begin(), flag.end(), '_', '-');
        correct
            ->add_option_function<std::string>(
                flag,
                [care, field](const std::string& value) {
                    care->correction.fields.emplace_back(std::string(field), value);
                },
                "its " + std::string(field))
            ->option_text("VALUE");
    }
    for (const std::string_view field : {"term", "status"})
        correct
            ->add_option_function<std::string>(
                "--" + std::string(field),
                [care, field](const std::string& value) {
                    care->correction.fields.emplace_back(std::string(field), value);
                },
                "its " + std::string(field))
            ->option_text("VALUE");
    correct->add_option("--join", care->correction.join, "it is one with this one")->option_text("ID");
    correct->add_option("--split", care->correction.split, "these reports tell of something else")
        ->option_text("ID...");
    correct->add_option("--why", care->correction.why, "the reason")->option_text("TEXT");
    correct->add_option("--who", care->correction.who, "who says so")->option_text("NAME");
    correct->add_option("--undo", care->undo, "takes a correction back, by its number")->option_text("N");
    correct->add_flag("--list", care->list, "the corrections that there are");
    correct->add_flag("--json", care->json, "the list, one JSON object a line");
    correct->add_flag("--csv", care->csv, "the list, comma-separated");
    correct->footer(
        "Corrections stand apart from what the machine has coded and survive `kadesh recode`. Several values of "
        "a field are\njoined by |.\n\nExamples:\n  kadesh correct news.kadesh evt-68d4bcd61b53 --type AGREE "
        "--why \"no help is promised\"\n  kadesh correct news.kadesh evt-68d4bcd61b53 --split "
        "evt-0bff508e727a --why \"another strike\"");
    correct->callback([care, &status] { status = run_correct(*care); });

    auto checked = std::make_shared<Care>();
    CLI::App* check = app.add_subcommand("check", "looks for faults in a ledger");
    check->add_option("LEDGER", checked->ledger, "the ledger's file")->required()->option_text(" ");
    check->footer("Exit status: 0 none; 1 some, one a line on standard output.");
    check->callback([checked, &status] { status = run_check(*checked); });
}

} // namespace kadesh::cli
