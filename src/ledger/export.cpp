// Events for other systems: GDELT 2.0 columns, a POLECAT-like table, PLOVER JSON Lines.
#include "base/text_hash.hpp"
#include "document/json_writer.hpp"
#include "ledger/event_row.hpp"
#include "ledger/ledger_impl.hpp"
#include "ledger/record_lookup.hpp"
#include "ledger/report_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace kadesh {
namespace {

using ledger::Database;
using ledger::parts;
using ledger::Statement;

constexpr std::size_t kPiece = std::size_t{1} << 18;

struct ExportedEvent {
    std::int64_t row = 0;
    std::string id, date, enddate, type, mode, context, auxiliary, cameo, place, country, url, source, added;
    std::int64_t quad_code = 0, reports = 0, documents = 0, sources = 0, geonames = 0;
    double scale = 0, goldstein = 0, confidence = 0;
    std::string lat, lon;
    bool disputed = false, corrected = false;
    struct Side {
        std::string code, name, sectors, office, wikidata, raw;
    };
    std::vector<Side> actors, recipients;
};

/// A tab-separated row; what would break it becomes a space.
class TabRow {
  public:
    explicit TabRow(std::string& out) : out_(out) {}
    ~TabRow() { out_ += '\n'; }
    TabRow(const TabRow&) = delete;
    TabRow& operator=(const TabRow&) = delete;
    TabRow& operator<<(std::string_view field) {
        if (!first_) out_ += '\t';
        first_ = false;
        for (const char c : field) out_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        return *this;
    }
    TabRow& operator<<(std::int64_t number) { return *this << std::string_view(std::to_string(number)); }
    TabRow& empty(int count) {
        for (int i = 0; i < count; ++i) *this << std::string_view();
        return *this;
    }

  private:
    std::string& out_;
    bool first_ = true;
};

std::string sector(const std::string& sectors, std::size_t n) {
    const std::vector<std::string> list = parts(sectors);
    return n < list.size() ? list[n] : std::string();
}

bool is_country(const std::string& code) {
    static constexpr std::array<std::string_view, 7> kOther{"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"};
    return !code.empty() && std::ranges::find(kOther, code) == kOther.end();
}

std::string joined(const std::vector<std::string>& list, char by) {
    std::string text;
    for (const std::string& item : list) text += (text.empty() ? "" : std::string(1, by)) + item;
    return text;
}

/// The pairs that a table of dyads shows: all actors with all recipients; where all take part alike, the first with the
/// others; a side without anyone is one empty side.
std::vector<std::pair<ExportedEvent::Side, ExportedEvent::Side>> dyads(const ExportedEvent& event) {
    std::vector<ExportedEvent::Side> from = event.actors;
    std::vector<ExportedEvent::Side> to = event.recipients;
    if (to.empty() && from.size() > 1) {
        to.assign(from.begin() + 1, from.end());
        from.resize(1);
    }
    if (from.empty()) from.emplace_back();
    if (to.empty()) to.emplace_back();
    std::vector<std::pair<ExportedEvent::Side, ExportedEvent::Side>> pairs;
    for (const auto& x : from)
        for (const auto& y : to) pairs.emplace_back(x, y);
    return pairs;
}

/// A number for GDELT's key: stable, below 2^53 so that every reader keeps it.
std::string gdelt_id(const std::string& id, std::size_t dyad) {
    return std::to_string(hash64(id + '#' + std::to_string(dyad)) >> 11);
}

std::string compact(const std::string& date) {
    std::string digits;
    for (const char c : date)
        if (c != '-') digits += c;
    return digits;
}

void gdelt_actor(TabRow& row, const ExportedEvent::Side& side) {
    std::string code = side.code;
    for (const std::string& one : parts(side.sectors)) code += one;
    row << code << side.name << (is_country(side.code) ? side.code : std::string())
        << (is_country(side.code) ? std::string() : side.code);
    row.empty(3); // ethnic and religious codes are not coded
    for (std::size_t n = 0; n < 3; ++n) row << sector(side.sectors, n);
}

void gdelt_rows(const ExportedEvent& event, std::string& out) {
    std::size_t number = 0;
    for (const auto& [from, to] : dyads(event)) {
        TabRow row(out);
        const std::string day = compact(event.date);
        std::string fraction;
        if (const auto date = Day::parse(event.date)) {
            const int into = date->days - Day::of(date->year(), 1, 1).days;
            fraction = short_number(date->year() + into / 365.0, 4);
        }
        row << gdelt_id(event.id, number++) << day << day.substr(0, 6) << day.substr(0, 4) << fraction;
        gdelt_actor(row, from);
        gdelt_actor(row, to);
        row << "1" << event.cameo << event.cameo.substr(0, 3) << event.cameo.substr(0, 2) << event.quad_code
            << short_number(event.goldstein, 1) << event.reports << event.sources << event.documents << "0";
        row.empty(16); // places of the actors are not coded
        const char* kind = event.place.empty() ? "0" : event.geonames != 0 ? "4" : "1";
        row << kind << event.place << event.country;
        row.empty(2);
        row << event.lat << event.lon << (event.geonames != 0 ? std::to_string(event.geonames) : std::string());
        row << (event.added.empty() ? std::string() : compact(event.added) + "000000") << event.url;
    }
}

constexpr std::array<std::string_view, 41> kPolecat{"Event ID",
                                                    "Event Date",
                                                    "Event Type",
                                                    "Event Mode",
                                                    "Intensity",
                                                    "Quad Code",
                                                    "Contexts",
                                                    "Actor Name",
                                                    "Actor Country",
                                                    "Actor COW",
                                                    "Primary Actor Sector",
                                                    "Actor Sectors",
                                                    "Actor Title",
                                                    "Actor Name Raw",
                                                    "Wikipedia Actor ID",
                                                    "Recipient Name",
                                                    "Recipient Country",
                                                    "Recipient COW",
                                                    "Primary Recipient Sector",
                                                    "Recipient Sectors",
                                                    "Recipient Title",
                                                    "Recipient Name Raw",
                                                    "Wikipedia Recipient ID",
                                                    "Placename",
                                                    "City",
                                                    "District",
                                                    "Province",
                                                    "Country",
                                                    "Latitude",
                                                    "Longitude",
                                                    "GeoNames ID",
                                                    "Raw Placename",
                                                    "Feature Type",
                                                    "Source",
                                                    "Publication Date",
                                                    "Story People",
                                                    "Story Organizations",
                                                    "Story Locations",
                                                    "Language",
                                                    "Version",
                                                    "CAMEO"};

void polecat_actor(TabRow& row, const ExportedEvent::Side& side) {
    row << side.name << side.code << "" << sector(side.sectors, 0) << joined(parts(side.sectors), ';') << side.office
        << side.raw << side.wikidata;
}

void polecat_rows(const ExportedEvent& event, std::string& out) {
    for (const auto& [from, to] : dyads(event)) {
        TabRow row(out);
        row << event.id << event.date << event.type << joined(parts(event.mode), ';') << short_number(event.scale, 2)
            << event.quad_code << joined(parts(event.context), ';');
        polecat_actor(row, from);
        polecat_actor(row, to);
        row << event.place << (event.geonames != 0 ? event.place : std::string());
        row.empty(2);
        row << event.country << event.lat << event.lon
            << (event.geonames != 0 ? std::to_string(event.geonames) : std::string()) << event.place << ""
            << event.source << event.added;
        row.empty(3);
        row << "en"
            << "kadesh" << event.cameo;
    }
}

class Exporter {
  public:
    Exporter(Database& database, ExportFormat format) : database_(database), format_(format) {}

    Status run(const std::function<bool(std::string_view)>& write);

  private:
    void read_sides(ExportedEvent& event);
    void json_line(const ExportedEvent& event, std::string& out);

    Database& database_;
    ExportFormat format_;
};

/// Participants of all reports, each code and name once; the codes of the merged row decide the side.
void Exporter::read_sides(ExportedEvent& event) {
    Statement& rows =
        database_
            .statement(
                "SELECT p.role, e.code, e.name, e.sectors, e.office, e.wikidata, p.text FROM reports r JOIN documents "
                "d ON d.id = r.document JOIN participants p ON p.report = r.id JOIN entities e ON e.id = p.entity "
                "WHERE r.event = ? AND p.role <> 'attribution' ORDER BY coalesce(d.date, '9999'), d.name, "
                "r.ordinal, p.role, p.ordinal")
            .with(event.row);
    while (rows.step()) {
        ExportedEvent::Side side{std::string(rows.text(1)), std::string(rows.text(2)), std::string(rows.text(3)),
                                 std::string(rows.text(4)), std::string(rows.text(5)), std::string(rows.text(6))};
        if (side.raw.empty()) side.raw = side.name;
        if (side.name.empty()) side.name = side.raw;
        auto& own = rows.text(0) == "actor" ? event.actors : event.recipients;
        const auto same = [&](const ExportedEvent::Side& s) {
            // A report that names only the code adds nothing to one that names the person.
            return s.code == side.code && (s.name == side.name || !s.code.empty());
        };
        if (std::ranges::none_of(event.actors, same) && std::ranges::none_of(event.recipients, same))
            own.push_back(side);
    }
}

void Exporter::json_line(const ExportedEvent& event, std::string& out) {
    std::string record;
    {
        Statement& lead = database_.statement("SELECT document FROM reports WHERE event = ? AND name = ? LIMIT 1")
                              .with(event.row, event.id);
        const std::int64_t document = lead.step() ? lead.integer(0) : 0;
        lead.restart();
        record = ledger::record_json(database_, document, event.id);
    }
    if (record.empty() || record.back() != '}') return;
    record.pop_back();
    out += record;
    out += R"(,"ledger":)";
    JsonWriter json(out);
    json.begin_object().key("reports").begin_array();
    Statement& rows =
        database_
            .statement("SELECT r.name, d.name, d.date, d.source, d.url, r.auxiliary FROM reports r JOIN "
                       "documents d ON d.id = r.document WHERE r.event = ? ORDER BY coalesce(d.date, '9999'), "
                       "d.name, r.ordinal")
            .with(event.row);
    while (rows.step()) {
        json.begin_object().field("id", rows.text(0)).field("document", rows.text(1));
        json.field_if("date", rows.text(2)).field_if("source", rows.text(3)).field_if("url", rows.text(4));
        json.field_if("auxiliary", rows.text(5)).end_object();
    }
    json.end_array();
    // The merged values, which may differ from the leading report's.
    json.field_if("date", event.date).field_if("enddate", event.enddate).field("type", event.type);
    json.field_if("mode", event.mode).field_if("cameo", event.cameo).field_if("place", event.place);
    json.field_if("country", event.country).key("confidence").value(event.confidence, 3);
    json.field("sources", static_cast<std::uint32_t>(event.sources)).field_if("first_reported", event.added);
    json.field("disputed", event.disputed).field("corrected", event.corrected).end_object();
    out += "}\n";
}

Status Exporter::run(const std::function<bool(std::string_view)>& write) {
    std::string out;
    if (format_ == ExportFormat::Polecat) {
        TabRow row(out);
        for (const std::string_view column : kPolecat) row << column;
    }
    auto rows = database_.prepare(
        "SELECT e.id, e.name, e.date, e.enddate, e.type, e.mode, e.context, e.auxiliary, e.cameo, e.place, e.country, "
        "e.quad_code, e.reports, e.documents, e.sources, e.geonames, e.event_scale, e.goldstein, e.confidence, e.lat, "
        "e.lon, e.disputed, e.corrected, e.first_reported, d.url, d.source FROM events e LEFT JOIN reports r ON "
        "r.event = "
        "e.id AND r.name = e.name LEFT JOIN documents d ON d.id = r.document ORDER BY e.date, e.name");
    bool more = true;
    while (more && rows->step()) {
        ExportedEvent event;
        event.row = rows->integer(0);
        int at = 1;
        for (std::string* field : {&event.id, &event.date, &event.enddate, &event.type, &event.mode, &event.context,
                                   &event.auxiliary, &event.cameo, &event.place, &event.country})
            *field = rows->text(at++);
        for (std::int64_t* field :
             {&event.quad_code, &event.reports, &event.documents, &event.sources, &event.geonames})
            *field = rows->integer(at++);
        for (double* field : {&event.scale, &event.goldstein, &event.confidence}) *field = rows->real(at++);
        event.lat = rows->is_null(19) ? "" : short_number(rows->real(19), 5);
        event.lon = rows->is_null(20) ? "" : short_number(rows->real(20), 5);
        event.disputed = rows->integer(21) != 0;
        event.corrected = rows->integer(22) != 0;
        event.added = rows->text(23);
        event.url = rows->text(24);
        event.source = rows->text(25);
        // A table of what happened has no column for what did not.
        const bool told = ledger::happened(event.auxiliary);
        if (format_ != ExportFormat::Jsonl && !told) continue;
        if (format_ != ExportFormat::Jsonl) read_sides(event);
        switch (format_) {
        case ExportFormat::Gdelt: gdelt_rows(event, out); break;
        case ExportFormat::Polecat: polecat_rows(event, out); break;
        case ExportFormat::Jsonl: json_line(event, out); break;
        }
        if (out.size() < kPiece) continue;
        more = write(out);
        out.clear();
    }
    if (more && !out.empty()) write(out);
    if (auto problem = database_.take_problem()) return *problem;
    return Ok{};
}

} // namespace

Status Ledger::export_events(ExportFormat format, const std::function<bool(std::string_view)>& write) const {
    return Exporter(*impl_->database, format).run(write);
}

} // namespace kadesh
