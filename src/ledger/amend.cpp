// Corrections by hand: written, applied, and taken back.
#include "ledger/corrections.hpp"
#include "ledger/ledger_impl.hpp"
#include "ledger/record_lookup.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kadesh {
namespace {

using ledger::Anchor;
using ledger::Database;
using ledger::Found;
using ledger::Statement;
using ledger::Subject;

Error no_such(const std::string& path, const std::string& id) {
    return {ErrorCode::NotFound, path + ": holds no event, agreement or report '" + id + "'"};
}

Anchor anchor(Database& database, const Found& found, std::int64_t report) {
    return found.subject == Subject::Event ? ledger::anchor_of_event_report(database, report)
                                           : ledger::anchor_of_agreement_report(database, report);
}

/// What a correction touches is looked at again.
void look_again(Ledger::Impl& impl, Subject subject, std::int64_t report, std::int64_t merged) {
    if (subject == Subject::Event) {
        impl.writer->events().look_again(report);
        impl.writer->events().refold(merged);
    } else {
        impl.writer->agreements().add(report);
        impl.writer->agreements().refold(merged);
    }
}

std::int64_t merged_of(Database& database, Subject subject, std::int64_t report) {
    Statement& row = subject == Subject::Event
                         ? database.statement("SELECT event FROM reports WHERE id = ?")
                         : database.statement("SELECT agreement FROM agreement_reports WHERE id = ?");
    row.with(report);
    const std::int64_t merged = row.step() ? row.integer(0) : 0;
    row.restart();
    return merged;
}

} // namespace

Result<std::string> Ledger::correct(const Correction& correction) {
    Database& database = *impl_->database;
    if (!impl_->writer) return Error{ErrorCode::Usage, impl_->path + ": is open for reading only"};
    if (correction.why.empty()) return Error{ErrorCode::Usage, "a correction needs a reason, --why"};
    if (correction.fields.empty() && correction.join.empty() && correction.split.empty())
        return Error{ErrorCode::Usage, "nothing is to be corrected"};
    const auto found = ledger::find_record(database, correction.id);
    if (!found) {
        if (auto problem = database.take_problem()) return *problem;
        return no_such(impl_->path, correction.id);
    }
    const std::string_view subject = found->subject == Subject::Event ? "event" : "agreement";
    for (const auto& [field, value] : correction.fields) {
        const std::string problem = ledger::field_problem(subject, field, value);
        if (!problem.empty()) return Error{ErrorCode::Usage, problem};
    }
    ledger::NewCorrection made{subject, "field", {}, {}, correction.why, correction.who, correction.made};
    std::string done;
    const auto note = [&](std::int64_t number, const std::string& what) {
        done += (done.empty() ? "" : "; ") + std::string("correction ") + std::to_string(number) + ": " + what;
    };
    impl_->writer->begin();
    const Anchor own = anchor(database, *found, found->report);
    for (const auto& [field, value] : correction.fields) {
        made.field = field;
        made.value = value;
        note(ledger::write_correction(database, made, own, nullptr), field + " is " + value);
    }
    if (!correction.fields.empty()) look_again(*impl_, found->subject, found->report, found->merged);
    if (!correction.join.empty()) {
        const auto other = ledger::find_record(database, correction.join);
        if (!other || other->subject != found->subject) {
            const auto problem = database.take_problem();
            impl_->writer = std::make_unique<ledger::Writer>(database); // undoes what was begun
            return problem ? *problem : no_such(impl_->path, correction.join);
        }
        made.kind = "join";
        const Anchor with = anchor(database, *other, other->report);
        note(ledger::write_correction(database, made, own, &with), "joined with " + correction.join);
        look_again(*impl_, found->subject, found->report, found->merged);
        look_again(*impl_, other->subject, other->report, other->merged);
    }
    const std::vector<std::int64_t> members = ledger::members_of(database, *found);
    std::vector<std::int64_t> leaving;
    for (const std::string& id : correction.split) {
        const auto one = ledger::find_record(database, id);
        const bool member =
            one && one->subject == found->subject && std::ranges::find(members, one->report) != members.end();
        if (!member) {
            const auto problem = database.take_problem();
            impl_->writer = std::make_unique<ledger::Writer>(database);
            return problem ? *problem : Error{ErrorCode::NotFound, correction.id + " has no report '" + id + "'"};
        }
        leaving.push_back(one->report);
    }
    if (!leaving.empty() && leaving.size() == members.size()) {
        impl_->writer = std::make_unique<ledger::Writer>(database);
        return Error{ErrorCode::Usage, "one report must stay; name only those that do not belong"};
    }
    made.kind = "split";
    for (const std::int64_t one : leaving) {
        const Anchor apart = anchor(database, *found, one);
        for (const std::int64_t member : members) {
            if (std::ranges::find(leaving, member) != leaving.end()) continue;
            const Anchor stays = anchor(database, *found, member);
            note(ledger::write_correction(database, made, apart, &stays), apart.report + " apart from " + stays.report);
        }
    }
    if (!leaving.empty())
        for (const std::int64_t member : members) look_again(*impl_, found->subject, member, found->merged);
    if (auto status = impl_->writer->commit(); !status) return status.error();
    return done;
}

Result<std::string> Ledger::undo_correction(std::int64_t number) {
    Database& database = *impl_->database;
    if (!impl_->writer) return Error{ErrorCode::Usage, impl_->path + ": is open for reading only"};
    Statement& row =
        database.statement("SELECT subject, target, other_target FROM corrections WHERE id = ? AND NOT undone")
            .with(number);
    if (!row.step()) {
        if (auto problem = database.take_problem()) return *problem;
        return Error{ErrorCode::NotFound,
                     impl_->path + ": holds no correction " + std::to_string(number) + " that could be taken back"};
    }
    const Subject subject = row.text(0) == "event" ? Subject::Event : Subject::Agreement;
    const std::array<std::int64_t, 2> targets{row.integer(1), row.integer(2)};
    row.restart();
    impl_->writer->begin();
    database.statement("UPDATE corrections SET undone = 1 WHERE id = ?").with(number).run();
    for (const std::int64_t target : targets) {
        if (target == 0) continue;
        const std::int64_t merged = merged_of(database, subject, target);
        look_again(*impl_, subject, target, merged);
        for (const std::int64_t member : ledger::members_of(database, {subject, merged, target}))
            look_again(*impl_, subject, member, merged);
    }
    if (auto status = impl_->writer->commit(); !status) return status.error();
    return "correction " + std::to_string(number) + " is taken back";
}

Status Ledger::corrections(RowSink& sink) const {
    constexpr std::array<std::string_view, 11> kColumns{"number", "made",  "who",   "subject", "kind",  "report",
                                                        "field",  "value", "other", "why",     "undone"};
    sink.columns(kColumns);
    Database& database = *impl_->database;
    Statement& rows =
        database
            .statement("SELECT id, made, who, subject, kind, report, field, value, other_report, why, undone "
                       "FROM corrections ORDER BY id")
            .with();
    while (rows.step()) {
        std::array<Cell, kColumns.size()> cells;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const int at = static_cast<int>(i);
            if (rows.is_null(at))
                cells[i] = std::monostate();
            else if (rows.is_integer(at))
                cells[i] = rows.integer(at);
            else
                cells[i] = std::string(rows.text(at));
        }
        if (!sink.row(cells)) break;
    }
    rows.restart();
    if (auto problem = database.take_problem()) return *problem;
    return Ok{};
}

} // namespace kadesh
