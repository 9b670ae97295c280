// Everything behind a merged event or agreement, for people and for programs.
#include "base/utf8.hpp"
#include "document/json_writer.hpp"
#include "document/marked_text.hpp"
#include "document/plain_words.hpp"
#include "ledger/agreement_row.hpp"
#include "ledger/ledger_impl.hpp"
#include "ledger/record_lookup.hpp"
#include "ledger/report_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <simdjson.h>
#include <utility>

namespace kadesh {
namespace {

using ledger::Database;
using ledger::Found;
using ledger::Statement;
using ledger::Subject;

/// One report with what explains it.
struct Told {
    std::string id, document, date, source, url, coder, rule, story;
    std::string sentence;
    std::int64_t sentence_start = 0;
    std::string record; ///< JSON
    double confidence = 0;
    std::string type, mode, auxiliary, event_date, enddate, date_basis;
    std::string why; ///< it stands with the first report
    std::vector<std::string> numbers;
};

Told told(Database& database, const Found& found, std::int64_t report) {
    Told one;
    std::int64_t document = 0;
    const bool event = found.subject == Subject::Event;
    Statement& row =
        event
            ? database.statement(
                  "SELECT r.name, d.name, d.date, d.source, d.url, c.name, r.rule, t.name, s.text, "
                  "s.\"start\", d.id, r.confidence, r.type, r.mode, r.auxiliary, r.date, r.enddate, "
                  "r.date_basis FROM reports r JOIN documents d ON d.id = r.document JOIN coders c ON "
                  "c.id = d.coder JOIN stories t ON t.id = d.story JOIN sentences s ON s.id = r.sentence "
                  "WHERE r.id = ?")
            : database.statement("SELECT r.name, d.name, d.date, d.source, d.url, c.name, NULL, t.name, s.text, "
                                 "s.\"start\", d.id, NULL, r.kind, r.title, r.status, r.signed, r.signed_end, "
                                 "r.signed_basis FROM agreement_reports r JOIN documents d ON d.id = r.document JOIN "
                                 "coders c ON c.id = d.coder JOIN stories t ON t.id = d.story LEFT JOIN sentences s ON "
                                 "s.id = r.sentence WHERE r.id = ?");
    row.with(report);
    if (row.step()) {
        int at = 0;
        for (std::string* field : {&one.id, &one.document, &one.date, &one.source, &one.url, &one.coder, &one.rule,
                                   &one.story, &one.sentence})
            *field = row.text(at++);
        one.sentence_start = row.integer(9);
        document = row.integer(10);
        one.confidence = row.real(11);
        at = 12;
        for (std::string* field :
             {&one.type, &one.mode, &one.auxiliary, &one.event_date, &one.enddate, &one.date_basis})
            *field = row.text(at++);
        row.restart();
    }
    one.record = ledger::record_json(database, document, one.id);
    if (event) {
        Statement& numbers =
            database.statement("SELECT what, value FROM quantities WHERE report = ? ORDER BY what, value").with(report);
        while (numbers.step()) one.numbers.push_back(std::string(numbers.text(0)) + ' ' + std::string(numbers.text(1)));
    }
    return one;
}

std::vector<Mark> marks_of(const Told& one) {
    std::vector<Mark> marks;
    simdjson::dom::parser parser;
    simdjson::dom::element record;
    if (one.record.empty() || parser.parse(one.record).get(record) != simdjson::SUCCESS) return marks;
    const CodePointIndex index(one.sentence);
    const auto mark = [&](simdjson::dom::element item, const char* start, const char* end, Look look) {
        std::int64_t from = 0;
        std::int64_t to = 0;
        if (item[start].get(from) != simdjson::SUCCESS || item[end].get(to) != simdjson::SUCCESS) return;
        from -= one.sentence_start;
        to -= one.sentence_start;
        if (from < 0 || to > index.size()) return;
        marks.push_back(
            {{index.byte(static_cast<std::uint32_t>(from)), index.byte(static_cast<std::uint32_t>(to))}, look});
    };
    for (const auto& [key, look] : {std::pair("recipient", Look::Recipient), std::pair("actor", Look::Actor)}) {
        simdjson::dom::array list;
        if (record[key].get(list) == simdjson::SUCCESS)
            for (const simdjson::dom::element item : list) mark(item, "start", "end", look);
    }
    simdjson::dom::element place;
    if (record["text_info"].get(place) == simdjson::SUCCESS) mark(place, "trigger_start", "trigger_end", Look::Trigger);
    simdjson::dom::array mentions;
    if (record["mentions"].get(mentions) == simdjson::SUCCESS)
        for (const simdjson::dom::element item : mentions) mark(item, "start", "end", Look::Trigger);
    return marks;
}

/// The fields of the merged row that say something.
std::vector<std::pair<std::string, std::string>> merged_fields(Database& database, const Found& found) {
    static constexpr std::array<const char*, 16> kEvent{
        "date",    "enddate",    "type",        "mode",       "context",         "auxiliary",
        "cameo",   "actors",     "actor_names", "recipients", "recipient_names", "place",
        "country", "confidence", "sources",     "agreement"};
    static constexpr std::array<const char*, 18> kAgreement{
        "title",       "kind",        "parties",   "party_names", "subjects",       "signed",
        "in_force",    "expires",     "term",      "disclosed",   "place",          "status",
        "status_date", "predecessor", "successor", "sources",     "contradictions", "corrected"};
    std::string sql = "SELECT name";
    std::vector<std::string> names{"id"};
    const auto add = [&](const char* name) {
        sql += std::string(", ") + name;
        names.emplace_back(name);
    };
    if (found.subject == Subject::Event)
        std::ranges::for_each(kEvent, add);
    else
        std::ranges::for_each(kAgreement, add);
    sql += found.subject == Subject::Event ? " FROM events WHERE id = ?" : " FROM agreements WHERE id = ?";
    std::vector<std::pair<std::string, std::string>> fields;
    auto row = database.prepare(sql);
    row->bind(1, found.merged);
    if (row->step())
        for (std::size_t i = 0; i < names.size(); ++i)
            if (!row->is_null(static_cast<int>(i))) fields.emplace_back(names[i], row->text(static_cast<int>(i)));
    return fields;
}

/// Fields on which the reports differ: each value with the reports that give it.
std::map<std::string, std::map<std::string, std::vector<std::string>>> differences(const Found& found,
                                                                                   const std::vector<Told>& reports) {
    std::map<std::string, std::map<std::string, std::vector<std::string>>> by_field;
    for (const Told& one : reports) {
        const auto add = [&](const std::string& field, const std::string& value) {
            if (!value.empty()) by_field[field][value].push_back(one.id);
        };
        if (found.subject == Subject::Event) {
            add("date", one.event_date == one.enddate ? one.event_date : one.event_date + " to " + one.enddate);
            add("mode", one.mode);
            add("reality",
                one.auxiliary.find("negated") != std::string::npos ? "denied" : "told as fact or allegation");
            std::map<std::string, std::string> spread;
            for (const std::string& number : one.numbers)
                spread[number.substr(0, number.rfind(' '))] +=
                    (spread.contains(number) ? ", " : "") + number.substr(number.rfind(' ') + 1) + ' ';
            for (auto& [what, values] : spread) add("number " + what, values.substr(0, values.size() - 1));
        } else {
            add("signed", one.event_date == one.enddate ? one.event_date : one.event_date + " to " + one.enddate);
            add("kind", one.type);
            add("title", one.mode);
            add("status", one.auxiliary);
        }
    }
    std::erase_if(by_field, [](const auto& field) { return field.second.size() < 2; });
    return by_field;
}

std::vector<std::pair<std::int64_t, std::string>> corrections_of(Database& database, const Found& found,
                                                                 const std::vector<std::int64_t>& members) {
    std::vector<std::pair<std::int64_t, std::string>> list;
    Statement& rows =
        database.statement("SELECT id, kind, field, value, other_report, why, who, made FROM corrections WHERE "
                           "(target = ?1 OR other_target = ?1) AND subject = ?2 AND NOT undone");
    for (const std::int64_t member : members) {
        rows.with(member, found.subject == Subject::Event ? "event" : "agreement");
        while (rows.step()) {
            std::string line = rows.text(1) == "field"
                                   ? std::string(rows.text(2)) + " is " + std::string(rows.text(3))
                                   : std::string(rows.text(1)) + " with " + std::string(rows.text(4));
            line += ": " + std::string(rows.text(5)) + " (" + std::string(rows.text(7)) +
                    (rows.is_null(6) ? "" : ", " + std::string(rows.text(6))) + ")";
            list.emplace_back(rows.integer(0), line);
        }
    }
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

std::vector<std::string> life_lines(Database& database, const Found& found) {
    std::vector<std::string> lines;
    if (found.subject != Subject::Agreement) return lines;
    Statement& rows =
        database
            .statement("SELECT action, date, enddate, actors, reports FROM agreement_life WHERE agreement = ? ORDER BY "
                       "step")
            .with(found.merged);
    while (rows.step()) {
        const auto days = ledger::days_from(rows.text(1), rows.text(2));
        std::string line = (days ? in_words(*days) : "undated") + ": " + std::string(rows.text(0));
        if (!rows.text(3).empty()) line += " by " + std::string(rows.text(3));
        const auto reports = rows.integer(4);
        if (reports > 1) line += " (" + std::to_string(reports) + " reports)";
        lines.push_back(line);
    }
    return lines;
}

/// Why each report stands with others: the strongest link to one that comes before it.
void give_reasons(Ledger::Impl& impl, const Found& found, const std::vector<std::int64_t>& members,
                  std::vector<Told>& reports) {
    // Explaining reads only: an identity of its own does not touch the file.
    ledger::EventIdentity events(*impl.database);
    ledger::AgreementIdentity agreements(*impl.database);
    for (std::size_t i = 1; i < members.size(); ++i) {
        int best = 0;
        const auto consider = [&](std::int64_t other, int score, bool forced, const std::string& reason) {
            const auto at = std::ranges::find(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(i), other);
            if (at == members.begin() + static_cast<std::ptrdiff_t>(i) || (score <= best && !forced)) return;
            best = score;
            const std::string& id = reports[static_cast<std::size_t>(at - members.begin())].id;
            reports[i].why = forced ? "joined by hand with " + id : "as " + id + ": " + reason;
        };
        if (found.subject == Subject::Event) {
            for (const auto& link : events.neighbours(members[i]))
                consider(link.report, link.score, link.forced, ledger::in_words(link.evidence));
        } else {
            for (const auto& link : agreements.neighbours(members[i]))
                consider(link.report, link.score, link.forced,
                         ledger::agreement_reason(agreements.features(members[i]), agreements.features(link.report)));
        }
        if (reports[i].why.empty()) reports[i].why = "through later reports";
    }
}

std::string percent(double share) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.0f%%", share * 100);
    return text.data();
}

} // namespace

Result<std::string> Ledger::explain(const std::string& id, bool json, bool colour, int width) const {
    Database& database = *impl_->database;
    const auto found = ledger::find_record(database, id);
    if (!found) {
        if (auto problem = database.take_problem()) return *problem;
        return Error{ErrorCode::NotFound, impl_->path + ": holds no event, agreement or report '" + id + "'"};
    }
    const std::vector<std::int64_t> members = ledger::members_of(database, *found);
    std::vector<Told> reports;
    for (const std::int64_t member : members) reports.push_back(told(database, *found, member));
    give_reasons(*impl_, *found, members, reports);
    const auto fields = merged_fields(database, *found);
    const auto differ = differences(*found, reports);
    const auto by_hand = corrections_of(database, *found, members);
    const auto life = life_lines(database, *found);
    if (auto problem = database.take_problem()) return *problem;

    std::string out;
    if (json) {
        JsonWriter writer(out);
        writer.begin_object().field("subject", found->subject == Subject::Event ? "event" : "agreement");
        writer.key("merged").begin_object();
        for (const auto& [name, value] : fields) writer.field(name, value);
        writer.end_object().key("life").begin_array();
        for (const std::string& line : life) writer.value(std::string_view(line));
        writer.end_array().key("differences").begin_object();
        for (const auto& [field, values] : differ) {
            writer.key(field).begin_object();
            for (const auto& [value, ids] : values) {
                writer.key(value).begin_array();
                for (const std::string& one : ids) writer.value(std::string_view(one));
                writer.end_array();
            }
            writer.end_object();
        }
        writer.end_object().key("corrections").begin_array();
        for (const auto& [number, line] : by_hand)
            writer.begin_object().field("number", static_cast<std::uint32_t>(number)).field("what", line).end_object();
        writer.end_array().key("reports").begin_array();
        for (const Told& one : reports) {
            writer.begin_object().field("id", one.id).field("document", one.document).field_if("date", one.date);
            writer.field_if("source", one.source).field_if("url", one.url).field("story", one.story);
            writer.field("sentence", one.sentence).field_if("why", one.why).field("coder", one.coder);
            if (!one.record.empty()) writer.key("record").raw(one.record);
            writer.end_object();
        }
        writer.end_array().end_object();
        out += '\n';
        return out;
    }
    for (const auto& [name, value] : fields) {
        StyledLine line;
        line.add(value);
        std::string label = name;
        label.resize(std::max<std::size_t>(label.size() + 1, 17), ' ');
        line.write(out, label, Look::Faint, 17, width, colour);
    }
    for (const std::string& line : life) StyledLine().add(line).write(out, "  ", Look::Plain, 4, width, colour);
    for (const auto& [field, values] : differ) {
        out += "\nReports differ on " + field + ":\n";
        for (const auto& [value, ids] : values) {
            std::string who;
            for (const std::string& one : ids) who += (who.empty() ? "" : ", ") + one;
            StyledLine().add(value, Look::Bold).add(" by " + who).write(out, "  ", Look::Plain, 4, width, colour);
        }
    }
    for (const auto& [number, line] : by_hand)
        StyledLine().add(line).write(out, "correction " + std::to_string(number) + ": ", Look::Bold, 4, width, colour);
    for (const Told& one : reports) {
        out += '\n';
        StyledLine line;
        line.add(one.id, Look::Bold).add(" in " + one.document);
        if (!one.source.empty()) line.add(" · " + one.source);
        if (!one.date.empty()) line.add(" · " + one.date);
        line.write(out, "", Look::Plain, 4, width, colour);
        if (!one.url.empty()) StyledLine().add(one.url, Look::Faint).write(out, "    ", Look::Plain, 4, width, colour);
        marked_sentence(one.sentence, {0, static_cast<std::uint32_t>(one.sentence.size())}, marks_of(one))
            .write(out, "    ", Look::Plain, 4, width, colour);
        StyledLine reason;
        if (!one.rule.empty())
            reason.add("rule " + one.rule + ", " + percent(one.confidence) + " sure, date from " + one.date_basis);
        if (!one.numbers.empty()) {
            reason.add("; numbers:");
            for (const std::string& number : one.numbers) reason.add(' ' + number);
        }
        if (!reason.empty()) reason.write(out, "    ", Look::Plain, 4, width, colour);
        if (!one.why.empty()) StyledLine().add("merged " + one.why).write(out, "    ", Look::Plain, 4, width, colour);
        StyledLine().add(one.coder, Look::Faint).write(out, "    ", Look::Plain, 4, width, colour);
    }
    return out;
}

} // namespace kadesh
