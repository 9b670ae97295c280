// Documents with records made by hand, ledgers in temporary files, and all that follows from the reports as text.
#pragma once

#include "kadesh/ledger.hpp"
#include "ledger/entry.hpp"
#include "ledger/ledger_impl.hpp"
#include "ledger/schema.hpp"
#include "ledger/writer.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace kadesh::ledger::test {

using Folder = kadesh::test::TemporaryFolder;

inline Entity entity(const std::string& code, const std::string& name = {}, const std::string& office = {}) {
    Entity made;
    made.code = code;
    made.sectors = {"GOV"};
    made.identifier_text = name;
    made.office = office;
    return made;
}

/// A document of sentences, each of which may tell something.
class Text {
  public:
    Text(std::string id, const std::string& date, std::string source = {}) {
        document.id = std::move(id);
        document.date = Day::parse(date);
        document.source = std::move(source);
    }
    /// A sentence with an event in it.
    Event& event(const std::string& words, EventType type, std::vector<Entity> actors, std::vector<Entity> recipients) {
        const EvidenceSpan where = add(words);
        Event made;
        made.id = "evt-" + document.id + "-" + std::to_string(findings.events.size());
        made.type = type;
        if (document.date) made.date = DayRange::on(*document.date);
        made.actors = std::move(actors);
        made.recipients = std::move(recipients);
        made.reciprocal = made.recipients.empty() && made.actors.size() > 1;
        made.evidence = where;
        made.cameo = "190";
        made.confidence = 0.8;
        made.rule = "verb:do#1";
        made.scale = -9;
        findings.events.push_back(std::move(made));
        return findings.events.back();
    }
    Agreement& agreement(const std::string& words, const std::string& kind, const std::string& name,
                         std::vector<Entity> parties) {
        const EvidenceSpan where = add(words);
        Agreement made;
        made.id = "agr-" + document.id + "-" + std::to_string(findings.agreements.size());
        made.kind = kind;
        made.name = name;
        made.parties = std::move(parties);
        made.evidence = {where};
        findings.agreements.push_back(std::move(made));
        return findings.agreements.back();
    }
    [[nodiscard]] Entry entry() const {
        std::string records;
        for (const Event& one : findings.events) records += R"({"id":")" + one.id + R"(","coder":"test"})" + "\n";
        for (const Agreement& one : findings.agreements)
            records += R"({"id":")" + one.id + R"(","coder":"test"})" + "\n";
        return make_entry(document, sentences, findings, records, "test");
    }

    Document document;
    std::vector<TextSpan> sentences;
    Findings findings;

  private:
    EvidenceSpan add(const std::string& words) {
        const auto begin = static_cast<std::uint32_t>(document.text.size());
        document.text += words + "\n";
        const TextSpan span{begin, static_cast<std::uint32_t>(begin + words.size())};
        sentences.push_back(span);
        const auto trigger_end = static_cast<std::uint32_t>(begin + std::min<std::size_t>(words.size(), 4));
        return {static_cast<std::uint32_t>(sentences.size() - 1), span, {begin, trigger_end}};
    }
};

/// Writes entries, a commit after each `batch` of them.
inline void write(const std::string& path, const std::vector<Entry>& entries, std::size_t batch = 1) {
    auto database = open_ledger(path, Access::Create);
    ASSERT_TRUE(database) << database.error().message;
    Writer writer(**database);
    std::size_t n = 0;
    for (const Entry& entry : entries) {
        writer.put(entry);
        if (++n % batch == 0) {
            const Status status = writer.commit();
            ASSERT_TRUE(status) << status.error().message;
        }
    }
    const Status status = writer.commit();
    ASSERT_TRUE(status) << status.error().message;
}

/// All that follows from the reports, without the numbers of rows, one line each, sorted.
inline std::vector<std::string> derived(const std::string& path) {
    std::vector<std::string> lines;
    auto database = open_ledger(path, Access::Read);
    EXPECT_TRUE(database) << database.error().message;
    if (!database) return lines;
    for (const char* sql :
         {"SELECT 'event', name, date, enddate, date_basis, type, mode, context, auxiliary, cameo, quad_code, "
          "event_scale, "
          "goldstein, actors, actor_names, actor_sectors, recipients, recipient_names, recipient_sectors, place, "
          "country, "
          "lat, lon, geonames, confidence, reports, documents, sources, first_reported, last_reported, disputed, "
          "agreement, "
          "corrected, (SELECT group_concat(name) FROM (SELECT name FROM reports r WHERE r.event = e.id ORDER BY name)) "
          "FROM "
          "events e",
          "SELECT 'term', kind, value, events FROM terms WHERE events <> 0",
          "SELECT 'posting', t.kind, t.value, day, e.name FROM postings p JOIN terms t ON t.id = p.term JOIN events e "
          "ON "
          "e.id = p.event",
          "SELECT 'relation', a, b, month, direction, quad_code, events, scale_sum, goldstein_sum FROM relations",
          "SELECT 'story', s.name, documents, (SELECT group_concat(name) FROM (SELECT name FROM documents d WHERE "
          "d.story "
          "= s.id ORDER BY name)) FROM stories s",
          "SELECT 'agreement', name, kind, title, parties, party_names, subjects, signed, signed_end, signed_basis, "
          "in_force, expires, expires_basis, term, disclosed, place, status, status_date, reports, documents, sources, "
          "first_reported, last_reported, contradictions, corrected, (SELECT group_concat(name) FROM (SELECT name FROM "
          "agreement_reports r WHERE r.agreement = a.id ORDER BY name)) FROM agreements a",
          "SELECT 'life', a.name, l.step, l.action, l.date, l.enddate, l.actors, l.reports FROM agreement_life l JOIN "
          "agreements a ON a.id = l.agreement"}) {
        auto rows = (*database)->prepare(sql);
        while (rows->step()) {
            std::string line;
            for (int i = 0; i < rows->columns(); ++i) line += std::string(rows->text(i)) + '\t';
            lines.push_back(line);
        }
    }
    EXPECT_FALSE((*database)->problem()) << (*database)->problem()->message;
    std::ranges::sort(lines);
    return lines;
}

/// No faults, as `kadesh check` sees them.
inline void expect_sound(const std::string& path) {
    auto held = Ledger::open(path, LedgerAccess::Read);
    ASSERT_TRUE(held) << held.error().message;
    const auto faults = held->check();
    ASSERT_TRUE(faults) << faults.error().message;
    for (const std::string& fault : *faults) ADD_FAILURE() << fault;
}

/// Rows of an answer as texts.
class Rows final : public RowSink {
  public:
    void columns(std::span<const std::string_view> names) override { names_.assign(names.begin(), names.end()); }
    bool row(std::span<const Cell> cells) override {
        rows.emplace_back(cells.begin(), cells.end());
        return true;
    }
    [[nodiscard]] std::string text(std::size_t row, std::string_view column) const {
        const auto at = static_cast<std::size_t>(std::ranges::find(names_, column) - names_.begin());
        if (at >= names_.size() || row >= rows.size()) return "?";
        const Cell& cell = rows[row][at];
        if (const auto* text = std::get_if<std::string>(&cell)) return *text;
        if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
        if (const auto* list = std::get_if<std::vector<std::string>>(&cell)) {
            std::string joined;
            for (const std::string& item : *list) joined += (joined.empty() ? "" : "|") + item;
            return joined;
        }
        return {};
    }
    std::vector<std::vector<Cell>> rows;

  private:
    std::vector<std::string> names_;
};

} // namespace kadesh::ledger::test
