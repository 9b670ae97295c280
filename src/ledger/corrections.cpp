#include "ledger/corrections.hpp"

#include "ledger/report_reader.hpp"
#include "ledger/word_tables.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace kadesh::ledger {
namespace {

constexpr std::array<std::string_view, 13> kEventFields{"type",    "mode",       "context",  "auxiliary",  "cameo",
                                                        "date",    "enddate",    "actors",   "recipients", "place",
                                                        "country", "confidence", "agreement"};
constexpr std::array<std::string_view, 9> kAgreementFields{"kind",     "title",   "parties", "subjects", "signed",
                                                           "in_force", "expires", "term",    "status"};

/// A record may have moved by so many characters and still be the same.
constexpr int kDrift = 40;

struct Change {
    std::string field, value;
};

std::vector<Change> changes(Database& database, const std::vector<std::int64_t>& members, std::string_view subject) {
    std::vector<std::pair<std::int64_t, Change>> found;
    Statement& rows =
        database.statement("SELECT id, field, value FROM corrections WHERE target = ? AND subject = ? AND "
                           "kind = 'field' AND NOT undone");
    for (const std::int64_t member : members) {
        rows.with(member, subject);
        while (rows.step())
            found.emplace_back(rows.integer(0), Change{std::string(rows.text(1)), std::string(rows.text(2))});
    }
    std::ranges::sort(found, {}, [](const auto& one) { return one.first; });
    std::vector<Change> list;
    for (auto& [id, change] : found) list.push_back(std::move(change));
    return list;
}

bool any_corrections(Database& database) {
    Statement& row = database.statement("SELECT 1 FROM corrections LIMIT 1").with();
    const bool any = row.step();
    row.restart();
    return any;
}

void set_fact(std::optional<DatedFact>& fact, const std::string& value) {
    if (value.empty()) {
        fact.reset();
        return;
    }
    if (const auto day = Day::parse(value)) fact = DatedFact{DayRange::on(*day), DateBasis::Text};
}

std::vector<std::int64_t> linked(Database& database, std::int64_t report, std::string_view subject,
                                 std::string_view kind) {
    std::vector<std::int64_t> others;
    if (!any_corrections(database)) return others;
    Statement& rows =
        database
            .statement("SELECT other_target FROM corrections WHERE target = ?1 AND subject = ?2 AND kind = "
                       "?3 AND NOT undone AND other_target IS NOT NULL UNION SELECT target FROM corrections "
                       "WHERE other_target = ?1 AND subject = ?2 AND kind = ?3 AND NOT undone AND target IS "
                       "NOT NULL")
            .with(report, subject, kind);
    while (rows.step()) others.push_back(rows.integer(0));
    return others;
}

} // namespace

Anchor anchor_of_event_report(Database& database, std::int64_t report) {
    Anchor anchor;
    Statement& row = database
                         .statement("SELECT r.name, d.name, r.trigger_start FROM reports r JOIN documents d ON d.id = "
                                    "r.document WHERE r.id = ?")
                         .with(report);
    if (row.step()) anchor = {report, std::string(row.text(0)), std::string(row.text(1)), row.integer(2)};
    row.restart();
    return anchor;
}

Anchor anchor_of_agreement_report(Database& database, std::int64_t report) {
    Anchor anchor;
    Statement& row = database
                         .statement("SELECT r.name, d.name, coalesce(s.\"start\", 0) FROM agreement_reports r JOIN "
                                    "documents d ON d.id = r.document LEFT JOIN sentences s ON s.id = r.sentence WHERE "
                                    "r.id = ?")
                         .with(report);
    if (row.step()) anchor = {report, std::string(row.text(0)), std::string(row.text(1)), row.integer(2)};
    row.restart();
    return anchor;
}

std::int64_t write_correction(Database& database, const NewCorrection& made, const Anchor& anchor,
                              const Anchor* other) {
    Statement& insert = database.statement(
        "INSERT INTO corrections (made, who, why, subject, kind, field, value, report, document, \"start\", target, "
        "other_report, other_document, other_start, other_target) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    insert.with(made.made);
    made.who.empty() ? insert.bind_null(2) : insert.bind(2, made.who);
    insert.bind(3, made.why).bind(4, made.subject).bind(5, made.kind);
    const bool field = made.kind == "field";
    field ? insert.bind(6, made.field) : insert.bind_null(6);
    field ? insert.bind(7, made.value) : insert.bind_null(7);
    insert.bind(8, anchor.report).bind(9, anchor.document).bind(10, anchor.start).bind(11, anchor.target);
    if (other != nullptr)
        insert.bind(12, other->report).bind(13, other->document).bind(14, other->start).bind(15, other->target);
    insert.run();
    return database.last_id();
}

std::vector<std::string_view> correctable_fields(std::string_view subject) {
    if (subject == "event") return {kEventFields.begin(), kEventFields.end()};
    return {kAgreementFields.begin(), kAgreementFields.end()};
}

std::string field_problem(std::string_view subject, std::string_view field, std::string_view value) {
    const auto fields = correctable_fields(subject);
    if (std::ranges::find(fields, field) == fields.end()) return "'" + std::string(field) + "' cannot be corrected";
    const std::string text(value);
    const bool date =
        field == "date" || field == "enddate" || field == "signed" || field == "in_force" || field == "expires";
    if (date && !value.empty() && (!Day::parse(value) || Day::parse(value)->iso() != value))
        return "'" + text + "' is no day, write YYYY-MM-DD";
    if (field == "type" && !event_type_from(value)) return "'" + text + "' is no event type";
    if (field == "confidence") {
        char* end = nullptr;
        const double number = std::strtod(text.c_str(), &end);
        if (text.empty() || *end != '\0' || !(number >= 0 && number <= 1)) return "confidence is a number from 0 to 1";
    }
    if (field == "kind" && value.empty()) return "an agreement has a kind";
    if (field == "auxiliary")
        for (const std::string& word : parts(text))
            if (auxiliary_bits(word) == 0)
                return "'" + word + "' is none of historical, future, hypothetical, negated, alleged";
    return {};
}

void corrected(Database& database, const std::vector<std::int64_t>& members, EventRow& row) {
    if (!any_corrections(database)) return;
    bool scored = false;
    for (const auto& [field, value] : changes(database, members, "event")) {
        row.corrected = true;
        if (field == "type") {
            const auto type = event_type_from(value);
            if (type && *type != row.type) row.mode.clear();
            row.type = type.value_or(row.type);
            scored = true;
        } else if (field == "mode") {
            row.mode = value;
            scored = true;
        } else if (field == "context")
            row.context = value;
        else if (field == "auxiliary")
            row.auxiliary = value;
        else if (field == "cameo")
            row.cameo = value;
        else if (field == "date" || field == "enddate") {
            const auto day = Day::parse(value);
            if (!day) {
                row.date.reset();
            } else if (field == "date") {
                const bool kept = row.date && row.date->last >= *day && row.date->length() > 1;
                row.date = DayRange{*day, kept ? row.date->last : *day};
            } else if (row.date) {
                row.date->last = std::max(*day, row.date->first);
            }
            row.date_basis = DateBasis::Text;
        } else if (field == "actors")
            row.actors = value;
        else if (field == "recipients")
            row.recipients = value;
        else if (field == "place") {
            row.place = value;
            row.lat.reset();
            row.lon.reset();
            row.geonames = 0;
        } else if (field == "country")
            row.country = value;
        else if (field == "confidence")
            row.confidence = std::strtod(value.c_str(), nullptr);
        else if (field == "agreement")
            row.agreement = value;
    }
    if (scored) row.scale = plover_score(name(row.type), row.mode).value_or(row.scale);
}

void corrected(Database& database, const std::vector<std::int64_t>& members, AgreementRow& row) {
    if (!any_corrections(database)) return;
    for (const auto& [field, value] : changes(database, members, "agreement")) {
        row.corrected = true;
        if (field == "kind")
            row.kind = value;
        else if (field == "title")
            row.title = value;
        else if (field == "parties")
            row.parties = value;
        else if (field == "subjects")
            row.subjects = value;
        else if (field == "signed")
            set_fact(row.signed_on, value);
        else if (field == "in_force")
            set_fact(row.in_force, value);
        else if (field == "expires")
            set_fact(row.expires, value);
        else if (field == "term")
            row.term = value;
        else if (field == "status")
            row.status = value;
    }
}

void let_go(Database& database, std::int64_t document) {
    if (!any_corrections(database)) return;
    for (const char* sql :
         {"UPDATE corrections SET target = NULL WHERE subject = 'event' AND target IN (SELECT id FROM reports WHERE "
          "document = ?)",
          "UPDATE corrections SET other_target = NULL WHERE subject = 'event' AND other_target IN (SELECT id FROM "
          "reports "
          "WHERE document = ?)",
          "UPDATE corrections SET target = NULL WHERE subject = 'agreement' AND target IN (SELECT id FROM "
          "agreement_reports WHERE document = ?)",
          "UPDATE corrections SET other_target = NULL WHERE subject = 'agreement' AND other_target IN (SELECT id FROM "
          "agreement_reports WHERE document = ?)"})
        database.statement(sql).with(document).run();
}

void tie_again(Database& database, std::int64_t document, const std::string& document_name) {
    if (!any_corrections(database)) return;
    struct Loose {
        std::int64_t correction;
        bool event, other;
        std::string report;
        std::int64_t start;
    };
    std::vector<Loose> loose;
    Statement& rows =
        database
            .statement("SELECT id, subject, 0, report, \"start\" FROM corrections WHERE document = ?1 AND "
                       "target IS NULL UNION ALL SELECT id, subject, 1, other_report, other_start FROM "
                       "corrections WHERE other_document = ?1 AND other_target IS NULL")
            .with(document_name);
    while (rows.step())
        loose.push_back({rows.integer(0), rows.text(1) == "event", rows.integer(2) != 0, std::string(rows.text(3)),
                         rows.integer(4)});
    for (const Loose& one : loose) {
        Statement& find =
            one.event
                ? database.statement("SELECT id FROM reports WHERE document = ?1 AND (name = ?2 OR "
                                     "abs(trigger_start - ?3) <= ?4) ORDER BY name <> ?2, abs(trigger_start - ?3), "
                                     "ordinal LIMIT 1")
                : database.statement("SELECT r.id FROM agreement_reports r LEFT JOIN sentences s ON s.id = "
                                     "r.sentence WHERE r.document = ?1 AND (r.name = ?2 OR abs(coalesce(s.\"start\", "
                                     "0) - ?3) <= ?4) ORDER BY r.name <> ?2, abs(coalesce(s.\"start\", 0) - ?3), "
                                     "r.ordinal LIMIT 1");
        find.with(document, one.report, one.start, kDrift);
        const std::int64_t target = find.step() ? find.integer(0) : 0;
        find.restart();
        if (target == 0) continue;
        database
            .statement(one.other ? "UPDATE corrections SET other_target = ? WHERE id = ?"
                                 : "UPDATE corrections SET target = ? WHERE id = ?")
            .with(target, one.correction)
            .run();
    }
}

std::vector<std::int64_t> events_linked(Database& database, std::int64_t report, std::string_view kind) {
    return linked(database, report, "event", kind);
}

std::vector<std::int64_t> agreements_linked(Database& database, std::int64_t report, std::string_view kind) {
    return linked(database, report, "agreement", kind);
}

} // namespace kadesh::ledger
