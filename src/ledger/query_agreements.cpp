// Questions about agreements: their state on a day, and what expires.
#include "ledger/agreement_row.hpp"
#include "ledger/ledger_impl.hpp"
#include "ledger/report_reader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace kadesh {
namespace {

using ledger::Database;
using ledger::LifeStep;
using ledger::Statement;

constexpr std::array<std::string_view, 27> kColumns{
    "id",          "title",         "kind",         "parties",        "subjects",       "state",          "state_date",
    "signed",      "signed_end",    "signed_basis", "in_force",       "in_force_end",   "in_force_basis", "expires",
    "expires_end", "expires_basis", "term",         "disclosed",      "place",          "predecessor",    "successor",
    "reports",     "documents",     "sources",      "first_reported", "contradictions", "corrected"};

/// Text that is absent when empty.
void put(std::vector<Cell>& cells, std::string_view text) {
    if (text.empty())
        cells.emplace_back();
    else
        cells.emplace_back(std::in_place_type<std::string>, text);
}

void put(std::vector<Cell>& cells, std::int64_t number) {
    cells.emplace_back(std::in_place_type<std::int64_t>, number);
}

void put_list(std::vector<Cell>& cells, std::string_view list) {
    cells.emplace_back(std::in_place_type<std::vector<std::string>>, ledger::parts(std::string(list)));
}

void put_fact(std::vector<Cell>& cells, const Statement& row, int at) {
    for (int i = 0; i < 3; ++i) put(cells, row.text(at + i));
}

std::optional<DatedFact> fact(const Statement& row, int at) {
    const auto range = ledger::days_from(row.text(at), row.text(at + 1));
    return range ? std::optional(DatedFact{*range, ledger::date_basis_from(row.text(at + 2))}) : std::nullopt;
}

std::vector<LifeStep> life_of(Database& database, std::int64_t agreement) {
    std::vector<LifeStep> life;
    Statement& rows =
        database
            .statement("SELECT action, date, enddate, actors, reports FROM agreement_life WHERE agreement = ? ORDER BY "
                       "step")
            .with(agreement);
    while (rows.step())
        life.push_back({std::string(rows.text(0)), ledger::days_from(rows.text(1), rows.text(2)),
                        std::string(rows.text(3)), static_cast<int>(rows.integer(4))});
    return life;
}

/// The agreement that a record id stands for, and the day of its signature.
std::pair<std::string, std::optional<Day>> agreement_of(Database& database, std::string_view record) {
    std::pair<std::string, std::optional<Day>> found{record, std::nullopt};
    if (record.empty()) return found;
    Statement& row = database
                         .statement("SELECT a.name, a.signed FROM agreement_reports r JOIN agreements a ON a.id = "
                                    "r.agreement WHERE r.name = ? LIMIT 1")
                         .with(record);
    if (row.step()) found = {std::string(row.text(0)), Day::parse(row.text(1))};
    row.restart();
    return found;
}

std::string build(const AgreementQuery& query) {
    std::string sql =
        "SELECT a.id, a.name, title, kind, parties, subjects, signed, signed_end, signed_basis, in_force, "
        "in_force_end, in_force_basis, expires, expires_end, expires_basis, term, disclosed, place, status, "
        "status_date, predecessor, successor, reports, documents, sources, first_reported, contradictions, "
        "corrected FROM agreements a WHERE 1";
    for (std::size_t i = 0; i < query.parties.size(); ++i)
        sql += " AND EXISTS (SELECT 1 FROM agreement_parties WHERE agreement = a.id AND code = ?" +
               std::to_string(i + 10) + ")";
    if (!query.parties.empty()) // the first party's list leads
        sql += " AND a.id IN (SELECT agreement FROM agreement_parties WHERE code = ?10)";
    const auto any = [&](const char* what, std::size_t count, std::size_t first) {
        sql += what;
        for (std::size_t i = 0; i < count; ++i) sql += (i > 0 ? ",?" : "?") + std::to_string(first + i);
        sql += ")";
    };
    if (!query.subjects.empty()) {
        any(" AND EXISTS (SELECT 1 FROM agreement_subjects WHERE agreement = a.id AND subject IN (",
            query.subjects.size(), 100);
        sql += ")";
    }
    if (!query.kinds.empty()) any(" AND kind IN (", query.kinds.size(), 200);
    if (query.expires_since) sql += " AND expires_end >= ?1";
    if (query.expires_until) sql += " AND expires <= ?2";
    if (!query.text.empty())
        sql +=
            " AND (instr(lower(a.title), lower(?3)) > 0 OR EXISTS (SELECT 1 FROM agreement_reports r WHERE r.agreement "
            "= a.id AND instr(lower(r.title), lower(?3)) > 0))";
    return sql + " ORDER BY expires IS NULL, expires, signed IS NULL, signed, a.name";
}

} // namespace

Status Ledger::agreements(const AgreementQuery& query, RowSink& sink) const {
    sink.columns(kColumns);
    Database& database = *impl_->database;
    auto row = database.prepare(build(query));
    int at = 10;
    for (const std::string& party : query.parties) row->bind(at++, party);
    at = 100;
    for (const std::string& subject : query.subjects) row->bind(at++, subject);
    at = 200;
    for (const std::string& kind : query.kinds) row->bind(at++, kind);
    const std::string since = query.expires_since ? query.expires_since->iso() : std::string();
    const std::string until = query.expires_until ? query.expires_until->iso() : std::string();
    if (query.expires_since) row->bind(1, since);
    if (query.expires_until) row->bind(2, until);
    if (!query.text.empty()) row->bind(3, query.text);
    std::uint64_t given = 0;
    std::vector<Cell> cells;
    while (given < query.limit && row->step()) {
        const std::int64_t id = row->integer(0);
        std::string state(row->text(18));
        std::string state_date(row->text(19));
        const auto [successor, successor_signed] = agreement_of(database, row->text(21));
        const bool by_hand = row->integer(27) != 0;
        if (query.on) {
            const auto first = Day::parse(row->text(25));
            const auto signed_on = fact(*row, 6);
            std::string then = ledger::state_on(*query.on, life_of(database, id), signed_on, fact(*row, 9),
                                                fact(*row, 12), successor_signed);
            // Known by then only from a report without any step.
            const auto reported = Day::parse(state_date);
            if (then.empty() && first && *first <= *query.on && reported && *reported <= *query.on) then = state;
            // What an analyst has said of its state holds from the last report on.
            if (by_hand && reported && *reported <= *query.on && then != "expired") then = state;
            if (then.empty()) continue;
            state = then;
            state_date = query.on->iso();
        }
        if (query.standing && !ledger::is_standing(state)) continue;
        if (!query.states.empty() && std::ranges::none_of(query.states, [&](const std::string& wanted) {
                return state == wanted || (wanted == "withdrawn" && state.starts_with("withdrawn"));
            }))
            continue;
        cells.clear();
        put(cells, row->text(1));
        put(cells, row->text(2));
        put(cells, row->text(3));
        put_list(cells, row->text(4));
        put_list(cells, row->text(5));
        put(cells, state);
        put(cells, state_date);
        for (const int fact_at : {6, 9, 12}) put_fact(cells, *row, fact_at);
        put(cells, row->text(15));
        if (row->is_null(16))
            cells.emplace_back();
        else
            put(cells, row->integer(16));
        put(cells, row->text(17));
        put(cells, agreement_of(database, row->text(20)).first);
        put(cells, successor);
        for (const int number : {22, 23, 24}) put(cells, row->integer(number));
        put(cells, row->text(25));
        put_list(cells, row->text(26));
        put(cells, row->integer(27));
        if (!sink.row(cells)) break;
        ++given;
    }
    if (auto problem = database.take_problem()) return *problem;
    return Ok{};
}

} // namespace kadesh
