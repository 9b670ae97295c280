#include "ledger/record_lookup.hpp"

#include "ledger/pack.hpp"

namespace kadesh::ledger {

std::optional<Found> find_record(Database& database, const std::string& id) {
    Statement& event =
        database.statement("SELECT event, id FROM reports WHERE name = ? AND event IS NOT NULL ORDER BY id LIMIT 1")
            .with(id);
    if (event.step()) {
        const Found found{Subject::Event, event.integer(0), event.integer(1)};
        event.restart();
        return found;
    }
    Statement& agreement =
        database
            .statement("SELECT agreement, id FROM agreement_reports WHERE name = ? AND agreement IS NOT "
                       "NULL ORDER BY id LIMIT 1")
            .with(id);
    if (agreement.step()) {
        const Found found{Subject::Agreement, agreement.integer(0), agreement.integer(1)};
        agreement.restart();
        return found;
    }
    return std::nullopt;
}

std::vector<std::int64_t> members_of(Database& database, const Found& found) {
    std::vector<std::int64_t> members;
    Statement& rows =
        found.subject == Subject::Event
            ? database.statement(
                  "SELECT r.id FROM reports r JOIN documents d ON d.id = r.document WHERE r.event = ? ORDER "
                  "BY coalesce(d.date, '9999'), d.name, r.ordinal")
            : database.statement("SELECT r.id FROM agreement_reports r JOIN documents d ON d.id = r.document WHERE "
                                 "r.agreement = ? ORDER BY coalesce(d.date, '9999'), d.name, r.ordinal");
    rows.with(found.merged);
    while (rows.step()) members.push_back(rows.integer(0));
    return members;
}

std::string record_json(Database& database, std::int64_t document, const std::string& id) {
    Statement& row = database.statement("SELECT records FROM documents WHERE id = ?").with(document);
    if (!row.step()) return {};
    auto lines = unpack(row.blob(0));
    row.restart();
    if (!lines) return {};
    const std::string begin = R"({"id":")" + id + '"';
    const std::string& text = *lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (text.compare(at, begin.size(), begin) == 0) return text.substr(at, end - at);
        at = end + 1;
    }
    return {};
}

} // namespace kadesh::ledger
