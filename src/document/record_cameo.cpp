// Events as a table with CAMEO codes, the layout that earlier coders' users know: who, to whom, what, when, where.
#include "base/utf8.hpp"
#include "document/json_writer.hpp"
#include "document/record_names.hpp"
#include "kadesh/records.hpp"

#include <array>
#include <span>

namespace kadesh {
namespace {

constexpr std::array<std::string_view, 25> kColumns{
    "id",          "date",          "enddate",    "source",    "source_name", "source_sector", "target",
    "target_name", "target_sector", "cameo",      "quad_code", "goldstein",   "event",         "mode",
    "auxiliary",   "place",         "country",    "lat",       "lon",         "document",      "sentence",
    "start",       "end",           "confidence", "coder"};

class Row {
  public:
    explicit Row(std::string& out) : out_(out) {}
    ~Row() { out_ += '\n'; }
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;

    Row& operator<<(std::string_view field) {
        if (!first_) out_ += '\t';
        first_ = false;
        for (const char c : field) out_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        return *this;
    }
    Row& operator<<(std::uint32_t number) { return *this << std::string_view(std::to_string(number)); }

  private:
    std::string& out_;
    bool first_ = true;
};

template <typename List, typename Get> std::string joined(const List& list, Get get) {
    std::string text;
    for (const auto& item : list) {
        const std::string_view part = get(item);
        if (!text.empty()) text += '|';
        text += part;
    }
    return text;
}

/// One side of an event: its entities' codes, names and first sectors, each list in the same order.
void side(Row& row, const Document& document, std::span<const Entity> entities) {
    row << joined(entities, [](const Entity& e) { return e.code.empty() ? std::string_view("---") : e.code; });
    row << joined(entities, [&](const Entity& e) {
        return e.identifier_text.empty() ? words_of(document, e.span) : std::string_view(e.identifier_text);
    });
    row << joined(entities,
                  [](const Entity& e) { return e.sectors.empty() ? std::string_view("---") : e.sectors.front(); });
}

/// A table of dyads has two sides: where all take part alike, the first stands as source.
struct Sides {
    std::span<const Entity> source, target;
    explicit Sides(const Event& event) : source(event.actors), target(event.recipients) {
        if (target.empty() && event.reciprocal && source.size() > 1) {
            target = source.subspan(1);
            source = source.first(1);
        }
    }
};

} // namespace

void write_cameo_header(std::string& out) {
    Row row(out);
    for (const std::string_view column : kColumns) row << column;
}

void write_cameo(const Document& document, const Findings& findings, std::string_view coder, std::string& out) {
    const CodePointIndex index(document.text);
    for (const Event& event : findings.events) {
        Row row(out);
        const Sides sides(event);
        row << event.id << (event.date ? event.date->first.iso() : "") << (event.date ? event.date->last.iso() : "");
        side(row, document, sides.source);
        side(row, document, sides.target);
        row << event.cameo << static_cast<std::uint32_t>(quad_code(event.type)) << short_number(event.goldstein, 2)
            << name(event.type) << joined(event.modes, [](const std::string& s) { return std::string_view(s); })
            << joined(auxiliary_names(event.auxiliary), [](std::string_view s) { return s; });
        if (event.place) {
            const bool located = event.place->has_coordinates;
            row << event.place->name << event.place->country << (located ? short_number(event.place->lat, 5) : "")
                << (located ? short_number(event.place->lon, 5) : "");
        } else {
            row << ""
                << ""
                << ""
                << "";
        }
        row << document.id << event.evidence.sequence << index.code_point(event.evidence.span.start)
            << index.code_point(event.evidence.span.end) << short_number(event.confidence, 3) << coder;
    }
}

} // namespace kadesh
