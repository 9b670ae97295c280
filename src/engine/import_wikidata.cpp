#include "base/ascii.hpp"
#include "engine/import_lines.hpp"
#include "engine/import_row.hpp"
#include "engine/importers.hpp"
#include "knowledge/table_reader.hpp"
#include "readers/json_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <simdjson.h>
#include <string>
#include <unordered_map>
#include <vector>

namespace kadesh {
namespace {

namespace dom = simdjson::dom;

// Properties.
constexpr const char* kInstanceOf = "P31";
constexpr const char* kSubclassOf = "P279";
constexpr const char* kCountry = "P17";
constexpr const char* kJurisdiction = "P1001";
constexpr const char* kPositionHeld = "P39";
constexpr const char* kIsoCode = "P298";
constexpr const char* kInception = "P571";
constexpr const char* kDissolved = "P576";
constexpr const char* kStart = "P580";
constexpr const char* kEnd = "P582";

constexpr std::string_view kHuman = "Q5";
constexpr std::size_t kMostAliases = 10;

/// What kinds of bodies are, and the sectors that their kind tells.
struct BodyClass {
    std::string_view id, kind, sector;
};
constexpr auto kBodies = std::to_array<BodyClass>({
    {"Q245065", "igo", ""},         {"Q484652", "igo", ""},        {"Q79913", "ngo", ""},
    {"Q7278", "party", "PTY"},      {"Q17149090", "group", "REB"}, {"Q1788992", "group", "REB"},
    {"Q192283", "media", "JRN"},    {"Q11032", "media", "JRN"},    {"Q1193236", "media", "JRN"},
    {"Q1616075", "media", "JRN"},   {"Q192350", "agency", "GOV"},  {"Q327333", "agency", "GOV"},
    {"Q35749", "agency", "LEG"},    {"Q47566", "agency", "SPY"},   {"Q176799", "agency", "MIL"},
    {"Q772547", "agency", "MIL"},   {"Q35535", "agency", "COP"},   {"Q190752", "agency", "JUD"},
    {"Q4830453", "company", "BUS"}, {"Q891723", "company", "BUS"},
});

struct Position {
    std::string label;
    std::string country; ///< alpha-3
};

/// One statement's value as an item's id.
std::string_view item_of(dom::element statement) {
    std::string_view id, rank;
    if (statement["rank"].get(rank) == simdjson::SUCCESS && rank == "deprecated") return {};
    return statement["mainsnak"]["datavalue"]["value"]["id"].get(id) == simdjson::SUCCESS ? id : std::string_view();
}

template <typename Visit> void each_statement(dom::element entity, const char* property, Visit visit) {
    dom::array statements;
    if (entity["claims"][property].get(statements) != simdjson::SUCCESS) return;
    for (const dom::element statement : statements) visit(statement);
}

std::vector<std::string_view> items(dom::element entity, const char* property) {
    std::vector<std::string_view> found;
    each_statement(entity, property, [&](dom::element statement) {
        if (const std::string_view id = item_of(statement); !id.empty()) found.push_back(id);
    });
    return found;
}

std::string_view label_of(dom::element entity) {
    std::string_view label;
    for (const char* language : {"en", "mul", "en-gb"})
        if (entity["labels"][language]["value"].get(label) == simdjson::SUCCESS) return label;
    return {};
}

/// `+2013-08-15T00:00:00Z` to the precision that is told: a year, a month, or a day; empty when it is none of them.
std::string date_of(dom::element value) {
    std::string_view time;
    std::uint64_t precision = 0;
    if (value["time"].get(time) != simdjson::SUCCESS || value["precision"].get(precision) != simdjson::SUCCESS)
        return {};
    if (!time.starts_with('+') || time.size() < 11 || precision < 9) return {};
    time.remove_prefix(1);
    if (precision == 9) return std::string(time.substr(0, 4));
    return std::string(time.substr(0, precision == 10 ? 7 : 10));
}

std::string qualifier(dom::element statement, const char* property) {
    dom::array snaks;
    if (statement["qualifiers"][property].get(snaks) != simdjson::SUCCESS || snaks.size() == 0) return {};
    dom::element value;
    return snaks.at(0)["datavalue"]["value"].get(value) == simdjson::SUCCESS ? date_of(value) : std::string();
}

std::string first_date(dom::element entity, const char* property) {
    std::string date;
    each_statement(entity, property, [&](dom::element statement) {
        dom::element value;
        if (date.empty() && statement["mainsnak"]["datavalue"]["value"].get(value) == simdjson::SUCCESS)
            date = date_of(value);
    });
    return date;
}

class WikidataImport {
  public:
    WikidataImport(const World& world, const RowSink& rows) : world_(world), rows_(rows) {
        std::vector<TableProblem> none;
        TableReader titles("", world.table("offices/titles.tsv"), {"office", "phrases", "sectors"}, {}, none);
        while (titles.next()) {
            offices_.emplace(lower_ascii(titles["office"]), titles["office"]);
            for (const std::string_view phrase : titles.list("phrases"))
                offices_.emplace(lower_ascii(phrase), titles["office"]);
        }
    }

    /// Calls visit for every entity; false when the file breaks off.
    template <typename Visit> Status each_entity(const std::string& file, ImportReport* report, Visit visit) {
        auto lines = ImportLines::open(file);
        if (!lines) return lines.error();
        std::string json;
        while (const auto line = lines->next()) {
            std::string_view text = *line;
            while (!text.empty() && (is_ascii_space(text.back()) || text.back() == ',')) text.remove_suffix(1);
            if (text.size() < 3) { // "[" and "]"
                closed_ = closed_ || text == "]";
                continue;
            }
            json = text;
            readers::repair_json(json);
            dom::element entity;
            std::string_view type;
            if (parser_.parse(json).get(entity) != simdjson::SUCCESS || !entity.is_object()) {
                if (report == nullptr) continue;
                if (!lines->ended()) {
                    report->cut = true;
                    report->notes.push_back("cut short: line " + std::to_string(lines->line()) + " is not whole");
                } else {
                    report->notes.push_back("line " + std::to_string(lines->line()) + " is no JSON object");
                }
                continue;
            }
            if (entity["type"].get(type) == simdjson::SUCCESS && type != "item") continue;
            if (!visit(entity)) return Ok{};
        }
        if (report != nullptr && lines->broken()) {
            report->cut = true;
            report->notes.push_back(lines->broken()->message + " after line " + std::to_string(lines->line()));
        } else if (report != nullptr && !closed_ && !report->cut && lines->ended()) {
            report->cut = true;
            report->notes.push_back("cut short: no closing bracket after line " + std::to_string(lines->line()));
        }
        return Ok{};
    }

    Result<ImportReport> run(const std::string& file) {
        const Status first = each_entity(file, nullptr, [&](dom::element entity) {
            learn(entity);
            return true;
        });
        if (!first) return first.error();
        settle();
        closed_ = false;
        go_on_ = rows_(layer_header());
        const Status second = each_entity(file, &report_, [&](dom::element entity) {
            ++report_.read;
            write(entity);
            return go_on_;
        });
        if (!second) return second.error();
        if (unplaced_ > 0)
            report_.notes.push_back(std::to_string(unplaced_) +
                                    " terms of office left out: of positions whose state or office is not known");
        if (report_.cut) report_.notes.push_back(std::to_string(report_.read) + " entities before it are imported");
        return std::move(report_);
    }

  private:
    /// First reading: states by their ISO codes, and everything that is a position, which has a jurisdiction or state.
    void learn(dom::element entity) {
        std::string_view id;
        if (entity["id"].get(id) != simdjson::SUCCESS) return;
        each_statement(entity, kIsoCode, [&](dom::element statement) {
            std::string_view code;
            if (statement["mainsnak"]["datavalue"]["value"].get(code) == simdjson::SUCCESS &&
                world_.country(code) != kNoEntry)
                states_.emplace(id, code);
        });
        const auto instance = items(entity, kInstanceOf);
        if (std::find(instance.begin(), instance.end(), kHuman) != instance.end()) {
            for (const std::string_view position : items(entity, kPositionHeld)) held_.emplace(position);
            return;
        }
        const std::string_view label = label_of(entity);
        if (label.empty() || !is_office(label)) return;
        auto of = items(entity, kJurisdiction);
        if (of.empty()) of = items(entity, kCountry);
        positions_.emplace(id, Position{std::string(label), of.empty() ? std::string() : std::string(of.front())});
    }

    /// "President of France", "French foreign minister": an office's words begin or end it.
    bool is_office(std::string_view label) const { return !office_of(label).empty(); }

    std::string_view office_of(std::string_view label) const {
        std::string lower = lower_ascii(label);
        for (std::size_t of = lower.size(); of != std::string::npos;
             of = of == 0 ? std::string::npos : lower.rfind(" of ", of - 1)) {
            const auto it = offices_.find(lower.substr(0, of));
            if (it != offices_.end()) return it->second;
        }
        for (std::size_t space = lower.find(' '); space != std::string::npos; space = lower.find(' ', space + 1)) {
            const auto it = offices_.find(lower.substr(space + 1));
            if (it != offices_.end()) return it->second;
        }
        return {};
    }

    /// Positions know their state by its entity until all states are known.
    void settle() {
        std::erase_if(positions_, [&](const auto& item) { return !held_.contains(item.first); });
        for (auto& [id, position] : positions_) {
            const auto state = states_.find(position.country);
            position.country = state == states_.end() ? std::string() : state->second;
        }
        held_.clear();
    }

    void write(dom::element entity) {
        const std::string_view label = label_of(entity);
        std::string_view id;
        if (label.empty() || entity["id"].get(id) != simdjson::SUCCESS) return;
        const auto instance = items(entity, kInstanceOf);
        if (std::find(instance.begin(), instance.end(), kHuman) != instance.end())
            return write_person(entity, id, label);
        for (const BodyClass& body : kBodies)
            if (std::find(instance.begin(), instance.end(), body.id) != instance.end())
                return write_body(entity, id, label, body);
    }

    LayerRow row_of(dom::element entity, std::string_view id, std::string_view label, bool with_aliases) const {
        LayerRow row;
        row.set("name", label).set("wikidata", id).set("source", "Wikidata");
        dom::array aliases;
        if (with_aliases && entity["aliases"]["en"].get(aliases) == simdjson::SUCCESS) {
            std::size_t count = 0;
            for (const dom::element alias : aliases) {
                std::string_view text;
                if (alias["value"].get(text) == simdjson::SUCCESS && text != label && count++ < kMostAliases)
                    row.add("aliases", text);
            }
        }
        return row;
    }

    void write_person(dom::element entity, std::string_view id, std::string_view label) {
        bool first = true;
        each_statement(entity, kPositionHeld, [&](dom::element statement) {
            const auto position = positions_.find(std::string(item_of(statement)));
            if (position == positions_.end() || position->second.country.empty()) {
                ++unplaced_;
                return;
            }
            LayerRow row = row_of(entity, id, label, first);
            row.set("kind", "person").set("country", position->second.country);
            row.set("office", office_of(position->second.label));
            row.set("from", qualifier(statement, kStart)).set("to", qualifier(statement, kEnd));
            write(row);
            first = false;
        });
    }

    void write_body(dom::element entity, std::string_view id, std::string_view label, const BodyClass& body) {
        LayerRow row = row_of(entity, id, label, true);
        row.set("kind", body.kind).set("sectors", body.sector);
        const auto in = items(entity, kCountry);
        const auto state = in.empty() ? states_.end() : states_.find(std::string(in.front()));
        if (body.kind == "igo")
            row.set("code", "IGO");
        else if (body.kind == "ngo")
            row.set("code", "NGO");
        else if (state == states_.end())
            return;
        if (state != states_.end()) row.set("country", state->second);
        row.set("from", first_date(entity, kInception)).set("to", first_date(entity, kDissolved));
        write(row);
    }

    void write(const LayerRow& row) {
        ++report_.taken;
        go_on_ = go_on_ && rows_(row.line());
    }

    const World& world_;
    const RowSink& rows_;
    dom::parser parser_;
    std::map<std::string, std::string, std::less<>> offices_; ///< words to the pack's office
    std::unordered_map<std::string, std::string> states_;     ///< alpha-3 by entity
    std::unordered_map<std::string, Position> positions_;
    std::set<std::string, std::less<>> held_; ///< positions that someone held
    ImportReport report_;
    std::uint64_t unplaced_ = 0;
    bool go_on_ = true, closed_ = false;
};

} // namespace

Result<ImportReport> import_wikidata(const World& world, const std::string& file, const RowSink& rows) {
    return WikidataImport(world, rows).run(file);
}

} // namespace kadesh
