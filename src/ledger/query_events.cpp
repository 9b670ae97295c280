// Questions about events: the rarest condition leads, walked newest first; the others are checked on the way.
#include "ledger/event_index.hpp"
#include "ledger/evidence_words.hpp"
#include "ledger/ledger_impl.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace kadesh {
namespace {

using ledger::Database;
using ledger::Statement;

constexpr std::int64_t kMostSentences = 200'000;

constexpr std::array<std::string_view, 29> kColumns{"id",
                                                    "date",
                                                    "enddate",
                                                    "date_basis",
                                                    "type",
                                                    "mode",
                                                    "context",
                                                    "auxiliary",
                                                    "cameo",
                                                    "quad_code",
                                                    "event_scale",
                                                    "goldstein",
                                                    "actors",
                                                    "actor_names",
                                                    "recipients",
                                                    "recipient_names",
                                                    "place",
                                                    "country",
                                                    "lat",
                                                    "lon",
                                                    "confidence",
                                                    "reports",
                                                    "documents",
                                                    "sources",
                                                    "first_reported",
                                                    "last_reported",
                                                    "disputed",
                                                    "corrected",
                                                    "text"};
constexpr std::array<bool, 29> kLists{false, false, false, false, false, true,  true,  true,  false, false,
                                      false, false, true,  true,  true,  true,  false, false, false, false,
                                      false, false, false, false, false, false, false, false, false};

/// The columns of an answer, in their order.
constexpr const char* kRow =
    "SELECT e.name, e.date, e.enddate, e.date_basis, e.type, e.mode, e.context, e.auxiliary, "
    "e.cameo, e.quad_code, e.event_scale, e.goldstein, e.actors, e.actor_names, e.recipients, "
    "e.recipient_names, e.place, e.country, e.lat, e.lon, e.confidence, e.reports, e.documents, "
    "e.sources, e.first_reported, e.last_reported, e.disputed, e.corrected, "
    "(SELECT s.text FROM reports r JOIN sentences s ON s.id = r.sentence WHERE r.event = e.id AND r.name = e.name) ";

/// One condition: an event stands under any of these terms.
struct Condition {
    std::vector<std::int64_t> terms;
    std::int64_t events = 0;
};

bool is_code(const std::string& text) {
    return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

void add_term(Database& database, Condition& condition, std::string_view kind, std::string_view value) {
    Statement& row = database.statement("SELECT id, events FROM terms WHERE kind = ? AND value = ?").with(kind, value);
    if (row.step()) {
        condition.terms.push_back(row.integer(0));
        condition.events += row.integer(1);
    }
    row.restart();
}

class EventQuestion {
  public:
    EventQuestion(Database& database, const EventQuery& query)
        : database_(database), query_(query), words_(database, query.text) {}

    Status answer(RowSink& sink);

  private:
    void conditions();
    void add(std::string_view kind, const std::vector<std::string>& values);
    void add_side(std::string_view kind, const std::vector<std::string>& values);
    [[nodiscard]] bool words_lead(std::int64_t others);
    std::string build();

    Database& database_;
    const EventQuery& query_;
    std::vector<Condition> conditions_;
    ledger::EvidenceWords words_;
    bool words_lead_ = false;
};

void EventQuestion::add(std::string_view kind, const std::vector<std::string>& values) {
    if (values.empty()) return;
    Condition condition;
    for (const std::string& value : values) add_term(database_, condition, kind, value);
    conditions_.push_back(std::move(condition));
}

void EventQuestion::add_side(std::string_view kind, const std::vector<std::string>& values) {
    if (values.empty()) return;
    Condition condition;
    for (const std::string& value : values)
        for (const std::string_view side : {std::string_view("actor"), std::string_view("recipient")})
            if (kind.empty() || kind == side)
                add_term(database_, condition, is_code(value) ? std::string(side) : std::string(side) + "_name", value);
    conditions_.push_back(std::move(condition));
}

void EventQuestion::conditions() {
    if (!query_.pair.first.empty()) {
        std::string a = query_.pair.first;
        std::string b = query_.pair.second;
        if (b < a) std::swap(a, b);
        add("pair", {a + ' ' + b});
    }
    add_side("actor", query_.actors);
    add_side("recipient", query_.recipients);
    add_side("", query_.participants);
    add("type", query_.types);
    add("mode", query_.modes);
    add("context", query_.contexts);
    add("sector", query_.sectors);
    add("country", query_.countries);
    add("place", query_.places);
    add("source", query_.sources);
    // One term walks in order; several of one condition must be sorted, which only few events bear.
    std::ranges::sort(conditions_, [](const Condition& x, const Condition& y) {
        return std::pair(x.events, x.terms.size()) < std::pair(y.events, y.terms.size());
    });
}

/// Whether the words are the way to the events: they stand in fewer sentences than the other conditions leave events,
/// and in fewer than the events that must be walked by day until enough of them have the words.
bool EventQuestion::words_lead(std::int64_t others) {
    if (query_.text.empty()) return false;
    const double sentences = static_cast<double>(database_.pragma("SELECT max(id) FROM sentences"));
    const double wanted = static_cast<double>(std::min<std::uint64_t>(query_.limit, 1'000'000));
    const auto most = std::min(kMostSentences, static_cast<std::int64_t>(std::sqrt(wanted * sentences)) + 1);
    return words_.read(most) && words_.found() <= others;
}

std::string list_of(const std::vector<std::int64_t>& numbers) {
    std::string text;
    for (const std::int64_t number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
    return text;
}

std::string EventQuestion::build() {
    // The rows are found and cut to the limit first; only then are their columns read.
    std::string sql = "SELECT e.id AS id, ";
    const std::string from = std::to_string(query_.since ? query_.since->days : std::int32_t{-2'000'000});
    const std::string to = std::to_string(query_.until ? query_.until->days : std::int32_t{100'000'000});
    const bool dated = query_.since || query_.until;
    std::size_t next = 0;
    std::string day = "p.day";
    std::string where;
    const auto also = [&](const std::string& condition) { where += (where.empty() ? " WHERE " : " AND ") + condition; };
    if (words_lead_) {
        sql += "e.date AS day, e.name AS name FROM (SELECT DISTINCT r.event AS id FROM evidence f JOIN reports r ON "
               "r.sentence = f.rowid WHERE evidence "
               "MATCH ?1) w CROSS JOIN events e ON e.id = w.id";
        day.clear();
    } else if (!conditions_.empty()) {
        const std::string terms = list_of(conditions_[0].terms);
        const bool one = conditions_[0].terms.size() == 1;
        sql += "p.day AS day, e.name AS name ";
        sql += one ? "FROM postings p CROSS JOIN events e ON e.id = p.event"
                   : "FROM (SELECT DISTINCT day, event FROM postings WHERE term IN (" + terms + ") AND day BETWEEN " +
                         from + " AND " + to + ") p CROSS JOIN events e ON e.id = p.event";
        if (one) also("p.term = " + terms + " AND p.day BETWEEN " + from + " AND " + to);
        next = 1;
    } else {
        sql += "e.date AS day, e.name AS name FROM events e";
        day.clear();
    }
    if (dated && day.empty()) {
        if (query_.since) also("e.date >= '" + query_.since->iso() + "'");
        if (query_.until) also("e.date <= '" + query_.until->iso() + "'");
    }
    const std::string event = day.empty() ? "e.id" : "p.event"; // what is known first, so that rows are read last
    const std::string of_event = day.empty() ? "q.day = coalesce(unixepoch(e.date) / 86400, " +
                                                   std::to_string(ledger::kUndated) + ") AND q.event = e.id"
                                             : "q.day = p.day AND q.event = p.event";
    for (; next < conditions_.size(); ++next)
        also("EXISTS (SELECT 1 FROM postings q WHERE q.term IN (" + list_of(conditions_[next].terms) + ") AND " +
             of_event + ")");
    if (!query_.text.empty() && !words_lead_)
        also("EXISTS (SELECT 1 FROM reports r WHERE r.event = " + event + " AND has_words(r.sentence))");
    if (query_.min_confidence > 0) also("e.confidence >= ?2");
    if (query_.min_sources > 1) also("e.sources >= ?3");
    if (query_.disputed) also("e.disputed = 1");
    if (query_.happened)
        also("(e.auxiliary IS NULL OR (e.auxiliary NOT LIKE '%future%' AND e.auxiliary NOT LIKE '%hypothetical%' AND "
             "e.auxiliary NOT LIKE '%negated%'))");
    sql += where + " ORDER BY day DESC, e.name LIMIT ?4";
    return std::string(kRow) + "FROM (" + sql + ") x CROSS JOIN events e ON e.id = x.id ORDER BY x.day DESC, x.name";
}

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> found;
    while (!list.empty()) {
        const std::size_t bar = std::min(list.find('|'), list.size());
        found.emplace_back(list.substr(0, bar));
        list.remove_prefix(std::min(bar + 1, list.size()));
    }
    return found;
}

Status EventQuestion::answer(RowSink& sink) {
    sink.columns(kColumns);
    conditions();
    const bool nothing = std::ranges::any_of(conditions_, [](const Condition& c) { return c.terms.empty(); });
    if (!nothing) {
        words_lead_ = words_lead(conditions_.empty() ? kMostSentences : conditions_[0].events);
        if (!query_.text.empty() && !words_lead_)
            database_.define("has_words", [this](std::int64_t sentence) { return words_.contains(sentence); });
        auto statement = database_.prepare(build());
        if (words_lead_) statement->bind(1, query_.text);
        if (query_.min_confidence > 0) statement->bind(2, query_.min_confidence);
        if (query_.min_sources > 1) statement->bind(3, query_.min_sources);
        statement->bind(4, static_cast<std::int64_t>(std::min<std::uint64_t>(query_.limit, INT64_MAX)));
        std::vector<Cell> cells(kColumns.size());
        while (statement->step()) {
            for (std::size_t i = 0; i < kColumns.size(); ++i) {
                const int at = static_cast<int>(i);
                if (kLists[i])
                    cells[i] = split(statement->text(at));
                else if (statement->is_null(at))
                    cells[i] = std::monostate();
                else if (statement->is_integer(at))
                    cells[i] = statement->integer(at);
                else if (statement->is_real(at))
                    cells[i] = statement->real(at);
                else
                    cells[i] = std::string(statement->text(at));
            }
            if (!sink.row(cells)) break;
        }
    }
    if (auto problem = database_.take_problem()) {
        if (!query_.text.empty() && problem->code == ErrorCode::Usage)
            return Error{ErrorCode::Usage,
                         "'" + query_.text + "' is no question to the full text; see `kadesh events --help`"};
        return *problem;
    }
    return Ok{};
}

} // namespace

Status Ledger::events(const EventQuery& query, RowSink& sink) const {
    return EventQuestion(*impl_->database, query).answer(sink);
}

Status Ledger::actors(bool names, const std::string& containing, std::uint64_t limit, RowSink& sink) const {
    constexpr std::array<std::string_view, 4> kActorColumns{"actor", "events", "as_actor", "as_recipient"};
    sink.columns(kActorColumns);
    Database& database = *impl_->database;
    const std::string kinds = names ? "'actor_name', 'recipient_name'" : "'actor', 'recipient'";
    auto statement =
        database.prepare("SELECT value, sum(events), sum(events * (kind LIKE 'actor%')), sum(events * (kind "
                         "LIKE 'recipient%')) FROM terms WHERE kind IN (" +
                         kinds +
                         ") AND (?1 = '' OR instr(lower(value), lower(?1)) > 0) GROUP BY value HAVING "
                         "sum(events) > 0 ORDER BY 2 DESC, value LIMIT ?2");
    statement->bind(1, containing).bind(2, static_cast<std::int64_t>(std::min<std::uint64_t>(limit, INT64_MAX)));
    while (statement->step()) {
        const std::array<Cell, 4> cells{std::string(statement->text(0)), statement->integer(1), statement->integer(2),
                                        statement->integer(3)};
        if (!sink.row(cells)) break;
    }
    if (auto problem = database.take_problem()) return *problem;
    return Ok{};
}

} // namespace kadesh
