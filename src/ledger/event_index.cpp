#include "ledger/event_index.hpp"

#include "document/record_names.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kadesh::ledger {
namespace {

constexpr std::size_t kMostPairCodes = 8;   ///< of one event, of which pairs are made
constexpr std::size_t kMostTerms = 500'000; ///< of a kind, kept in memory

/// Calls for each part of a list joined by `|`.
template <typename Use> void each_part(std::string_view list, Use&& use) {
    while (!list.empty()) {
        const std::size_t bar = std::min(list.find('|'), list.size());
        if (bar > 0) use(list.substr(0, bar));
        list.remove_prefix(std::min(bar + 1, list.size()));
    }
}

std::string encoded(const std::vector<std::int64_t>& ids) {
    std::string bytes;
    for (const std::int64_t id : ids) {
        auto rest = static_cast<std::uint64_t>(id);
        for (; rest >= 0x80; rest >>= 7) bytes += static_cast<char>(rest | 0x80);
        bytes += static_cast<char>(rest);
    }
    return bytes;
}

std::vector<std::int64_t> decoded(std::string_view bytes) {
    std::vector<std::int64_t> ids;
    std::uint64_t value = 0;
    int shift = 0;
    for (const char c : bytes) {
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(c) & 0x7F) << shift;
        shift += 7;
        if ((static_cast<unsigned char>(c) & 0x80) != 0 && shift < 63) continue;
        ids.push_back(static_cast<std::int64_t>(value));
        value = 0;
        shift = 0;
    }
    return ids;
}

std::int32_t posting_day(std::string_view date) {
    const auto day = Day::parse(date);
    return day ? day->days : kUndated;
}

std::int64_t hundredths(double value) {
    return std::llround(value * 100);
}

} // namespace

std::int64_t EventIndex::term(Kind kind, std::string_view value) {
    static constexpr std::array<std::string_view, kKinds> kNames{"actor",   "actor_name", "recipient", "recipient_name",
                                                                 "sector",  "pair",       "type",      "mode",
                                                                 "context", "country",    "place",     "source"};
    Terms& known = terms_[static_cast<std::size_t>(kind)];
    if (const auto found = known.find(value); found != known.end()) return found->second;
    const std::string_view named = kNames[static_cast<std::size_t>(kind)];
    std::int64_t id = 0;
    Statement& find = database_.statement("SELECT id FROM terms WHERE kind = ? AND value = ?").with(named, value);
    if (find.step()) {
        id = find.integer(0);
        find.restart();
    } else {
        database_.statement("INSERT INTO terms (kind, value, events) VALUES (?, ?, 0)").with(named, value).run();
        id = database_.last_id();
    }
    if (known.size() > kMostTerms) known.clear();
    known.emplace(value, id);
    return id;
}

std::string EventIndex::add_terms(const EventRow& row, std::vector<std::int64_t>& ids) {
    const auto add = [&](Kind kind, std::string_view value) {
        if (!value.empty()) ids.push_back(term(kind, value));
    };
    const auto add_list = [&](Kind kind, std::string_view list) {
        each_part(list, [&](std::string_view value) { add(kind, value); });
    };
    add_list(Kind::Actor, row.actors);
    add_list(Kind::ActorName, row.actor_names);
    add_list(Kind::Recipient, row.recipients);
    add_list(Kind::RecipientName, row.recipient_names);
    add_list(Kind::Sector, row.actor_sectors);
    add_list(Kind::Sector, row.recipient_sectors);
    std::vector<std::string_view> codes;
    for (const std::string* list : {&row.actors, &row.recipients})
        each_part(*list, [&](std::string_view code) { codes.push_back(code); });
    std::ranges::sort(codes);
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    if (codes.size() > kMostPairCodes) codes.resize(kMostPairCodes);
    std::string pair;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        for (std::size_t j = i + 1; j < codes.size(); ++j) {
            pair.assign(codes[i]).append(1, ' ').append(codes[j]);
            add(Kind::Pair, pair);
        }
    }
    add(Kind::Type, name(row.type));
    add_list(Kind::Mode, row.mode);
    add_list(Kind::Context, row.context);
    add(Kind::Country, row.country);
    add(Kind::Place, row.place);
    for (const std::string& source : row.source_names) add(Kind::Source, source);
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return encoded(ids);
}

void EventIndex::bind(Statement& s, const EventRow& row, const std::string& terms) {
    int at = 0;
    const auto text = [&](const std::string& value) {
        ++at;
        value.empty() ? s.bind_null(at) : s.bind(at, value);
    };
    // Lives until the statement has run: bind keeps views.
    thread_local std::string first;
    thread_local std::string last;
    first = row.date ? row.date->first.iso() : std::string();
    last = row.date ? row.date->last.iso() : std::string();
    s.restart();
    text(row.name);
    text(first);
    text(last);
    if (row.date)
        s.bind(++at, name(row.date_basis));
    else
        s.bind_null(++at);
    s.bind(++at, name(row.type));
    for (const std::string* value : {&row.mode, &row.context, &row.auxiliary, &row.cameo}) text(*value);
    s.bind(++at, quad_code(row.type));
    s.bind(++at, row.scale);
    s.bind(++at, row.goldstein);
    for (const std::string* value : {&row.actors, &row.actor_names, &row.actor_sectors, &row.recipients,
                                     &row.recipient_names, &row.recipient_sectors, &row.place, &row.country})
        text(*value);
    s.bind(++at, row.lat);
    s.bind(++at, row.lon);
    if (row.geonames != 0)
        s.bind(++at, row.geonames);
    else
        s.bind_null(++at);
    s.bind(++at, row.confidence);
    s.bind(++at, row.reports);
    s.bind(++at, row.documents);
    s.bind(++at, row.sources);
    text(row.first_reported);
    text(row.last_reported);
    s.bind(++at, row.disputed ? 1 : 0);
    text(row.agreement);
    s.bind_blob(++at, terms);
    s.bind(++at, row.corrected ? 1 : 0);
}

void EventIndex::post(std::int64_t event, std::int32_t day, const std::vector<std::int64_t>& ids) {
    pending_.insert(event);
    for (const std::int64_t id : ids) {
        postings_.emplace_back(id, day, event);
        ++counts_[id];
    }
}

/// @param sql takes the columns of `bind`, then the id
void EventIndex::write(std::int64_t id, const EventRow& row, const char* sql) {
    std::vector<std::int64_t> ids;
    const std::string terms = add_terms(row, ids);
    Statement& statement = database_.statement(sql);
    bind(statement, row, terms);
    statement.bind(34, id);
    statement.run();
    post(id, row.date ? row.date->first.days : kUndated, ids);
    if (row.date && happened(row.auxiliary))
        count_relations(row.actors, row.recipients, row.date->first.iso(), quad_code(row.type), row.scale,
                        row.goldstein, 1);
}

void EventIndex::insert(std::int64_t id, const EventRow& row) {
    write(id, row,
          "INSERT INTO events (name, date, enddate, date_basis, type, mode, context, auxiliary, cameo, quad_code, "
          "event_scale, goldstein, actors, actor_names, actor_sectors, recipients, recipient_names, recipient_sectors, "
          "place, country, lat, lon, geonames, confidence, reports, documents, sources, first_reported, last_reported, "
          "disputed, agreement, terms, corrected, id) "
          "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
}

void EventIndex::update(std::int64_t id, const EventRow& row) {
    take_out(id);
    write(
        id, row,
        "UPDATE events SET name = ?, date = ?, enddate = ?, date_basis = ?, type = ?, mode = ?, context = ?, "
        "auxiliary = ?, cameo = ?, quad_code = ?, event_scale = ?, goldstein = ?, actors = ?, actor_names = ?, "
        "actor_sectors = ?, recipients = ?, recipient_names = ?, recipient_sectors = ?, place = ?, country = ?, lat = "
        "?, "
        "lon = ?, geonames = ?, confidence = ?, reports = ?, documents = ?, sources = ?, first_reported = ?, "
        "last_reported = ?, disputed = ?, agreement = ?, terms = ?, corrected = ? WHERE id = ?");
}

void EventIndex::remove(std::int64_t id) {
    take_out(id);
    database_.statement("DELETE FROM events WHERE id = ?").with(id).run();
}

void EventIndex::take_out(std::int64_t id) {
    if (pending_.contains(id)) write_postings(); // what is to be taken out may not be written yet
    Statement& old = database_
                         .statement("SELECT date, actors, recipients, quad_code, event_scale, goldstein, auxiliary, "
                                    "terms FROM events WHERE id = ?")
                         .with(id);
    if (!old.step()) return;
    const std::string date(old.text(0));
    if (!date.empty() && happened(std::string(old.text(6))))
        count_relations(std::string(old.text(1)), std::string(old.text(2)), date, static_cast<int>(old.integer(3)),
                        old.real(4), old.real(5), -1);
    const std::vector<std::int64_t> ids = decoded(old.blob(7));
    old.restart();
    const std::int32_t day = posting_day(date);
    Statement& erase = database_.statement("DELETE FROM postings WHERE term = ? AND day = ? AND event = ?");
    for (const std::int64_t term_id : ids) {
        erase.with(term_id, day, id).run();
        --counts_[term_id];
    }
}

void EventIndex::count_relations(const std::string& actors, const std::string& recipients, std::string_view date,
                                 int quad, double scale, double goldstein, int sign) {
    std::vector<std::string> from = parts(actors);
    std::vector<std::string> to = parts(recipients);
    const bool both = to.empty() && from.size() > 1;
    if (from.size() > kMostPairCodes) from.resize(kMostPairCodes);
    if (to.size() > kMostPairCodes) to.resize(kMostPairCodes);
    const std::string month(date.substr(0, 7));
    const auto add = [&](const std::string& x, const std::string& y, const char* direction) {
        if (x == y) return;
        const bool turned = y < x;
        const std::string way = std::string(direction) != "both" && turned ? "back" : direction;
        Sum& sum = sums_[{turned ? y : x, turned ? x : y, month, way, quad}];
        sum.events += sign;
        sum.scale += sign * hundredths(scale);
        sum.goldstein += sign * hundredths(goldstein);
    };
    if (both) {
        for (std::size_t i = 0; i < from.size(); ++i)
            for (std::size_t j = i + 1; j < from.size(); ++j) add(from[i], from[j], "both");
    } else {
        for (const std::string& x : from)
            for (const std::string& y : to) add(x, y, "forth");
    }
}

void EventIndex::write_postings() {
    std::ranges::sort(postings_); // neighbours in the file one after the other
    Statement& insert = database_.statement("INSERT INTO postings (term, day, event) VALUES (?, ?, ?)");
    for (const auto& [term_id, day, event] : postings_) insert.with(term_id, day, event).run();
    postings_.clear();
    pending_.clear();
}

void EventIndex::flush() {
    write_postings();
    Statement& counted = database_.statement("UPDATE terms SET events = events + ?2 WHERE id = ?1");
    for (const auto& [term_id, change] : counts_)
        if (change != 0) counted.with(term_id, change).run();
    counts_.clear();
    Statement& summed = database_.statement(
        "INSERT INTO relations (a, b, month, direction, quad_code, events, scale_sum, goldstein_sum) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET events = events + ?6, "
        "scale_sum = scale_sum + ?7, goldstein_sum = goldstein_sum + ?8");
    Statement& emptied = database_.statement("DELETE FROM relations WHERE a = ? AND b = ? AND month = ? AND "
                                             "direction = ? AND quad_code = ? AND events = 0");
    for (const auto& [key, sum] : sums_) {
        const auto& [a, b, month, direction, quad] = key;
        if (sum.events == 0 && sum.scale == 0 && sum.goldstein == 0) continue;
        summed.with(a, b, month, direction, quad, sum.events, sum.scale, sum.goldstein).run();
        if (sum.events <= 0) emptied.with(a, b, month, direction, quad).run();
    }
    sums_.clear();
}

void EventIndex::forget() {
    for (Terms& known : terms_) known.clear();
    counts_.clear();
    sums_.clear();
    postings_.clear();
    pending_.clear();
}

} // namespace kadesh::ledger
