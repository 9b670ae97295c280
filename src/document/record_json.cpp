// Event and agreement records as JSON Lines; the order of keys is the contract's.
#include "base/utf8.hpp"
#include "document/json_writer.hpp"
#include "document/record_names.hpp"
#include "kadesh/records.hpp"

#include <span>

namespace kadesh {
namespace {

constexpr int kConfidenceDecimals = 3;
constexpr int kScaleDecimals = 2;
constexpr int kDegreeDecimals = 5; ///< about a metre

/// Writes the parts that records share.
class RecordWriter {
  public:
    RecordWriter(const Document& document, const CodePointIndex& index, std::string& out)
        : json(out), document_(document), index_(index) {}

    void offsets(TextSpan span, std::string_view start = "start", std::string_view end = "end") {
        json.field(start, index_.code_point(span.start)).field(end, index_.code_point(span.end));
    }

    template <typename List> void texts(std::string_view key, const List& list) {
        json.key(key).begin_array();
        for (const auto& text : list) json.value(std::string_view(text));
        json.end_array();
    }

    void entities(std::string_view key, std::span<const Entity> list) {
        json.key(key).begin_array();
        for (const Entity& entity : list) {
            json.begin_object().field_if("code", entity.code);
            if (!entity.sectors.empty()) texts("sector", entity.sectors);
            if (!entity.span.empty()) {
                json.field("entity_text", words_of(document_, entity.span));
                offsets(entity.span);
            }
            json.field_if("identifier_text", entity.identifier_text)
                .field_if("identifier_id", entity.identifier_id)
                .field_if("office", entity.office)
                .field_if("via", name(entity.via))
                .field_if("cue", entity.cue)
                .end_object();
        }
        json.end_array();
    }

    void days(DayRange range) { json.field("date", range.first.iso()).field("enddate", range.last.iso()); }

    void dated(std::string_view key, const std::optional<DatedFact>& fact) {
        if (!fact) return;
        json.key(key).begin_object();
        days(fact->range);
        json.field("basis", name(fact->basis)).end_object();
    }

    void evidence(std::span<const EvidenceSpan> list) {
        if (list.empty()) return;
        json.key("evidence").begin_array();
        for (const EvidenceSpan& place : list) {
            json.begin_object().field("sequence", place.sequence);
            offsets(place.span);
            json.end_object();
        }
        json.end_array();
    }

    void text_info(const EvidenceSpan& place) {
        json.key("text_info").begin_object().field("document", document_.id).field("sequence", place.sequence);
        offsets(place.span);
        if (!place.trigger.empty()) offsets(place.trigger, "trigger_start", "trigger_end");
        json.end_object();
    }

    void place(const Place& at) {
        json.key("event_loc").begin_object().field_if("name", at.name).field_if("country", at.country);
        if (at.has_coordinates)
            json.key("lat").value(at.lat, kDegreeDecimals).key("lon").value(at.lon, kDegreeDecimals);
        if (at.geonames != 0) json.field("geonames", at.geonames);
        if (!at.span.empty()) {
            json.field("entity_text", words_of(document_, at.span));
            offsets(at.span);
        }
        json.field_if("basis", at.basis).end_object();
    }

    JsonWriter json;

  private:
    const Document& document_;
    const CodePointIndex& index_;
};

void write_event(RecordWriter& record, const Document& document, const Event& event, std::string_view coder) {
    JsonWriter& json = record.json;
    json.begin_object().field("id", event.id);
    if (event.date) {
        record.days(*event.date);
        json.field("date_basis", name(event.date_basis));
    }
    json.key("event").begin_array().value(name(event.type)).end_array();
    record.texts("mode", event.modes);
    record.texts("context", event.contexts);
    record.texts("auxiliary", auxiliary_names(event.auxiliary));
    json.field_if("cameo", event.cameo).field("quad_code", quad_code(event.type));
    json.key("event_scale").value(event.scale, kScaleDecimals);
    json.key("goldstein").value(event.goldstein, kScaleDecimals);
    record.entities("actor", event.actors);
    record.entities("recipient", event.recipients);
    if (event.place) record.place(*event.place);
    json.field_if("event_text", words_of(document, event.evidence.trigger));
    record.entities("attribution", event.attribution);
    json.field_if("agreement", event.agreement);
    record.text_info(event.evidence);
    record.evidence(event.further);
    json.key("confidence").value(event.confidence, kConfidenceDecimals);
    json.field_if("rule", event.rule).field("coder", coder).end_object();
}

void write_agreement(RecordWriter& record, const Document& document, const Agreement& agreement,
                     std::string_view coder) {
    JsonWriter& json = record.json;
    json.begin_object().field("id", agreement.id).field("kind", agreement.kind).field_if("name", agreement.name);
    record.entities("parties", agreement.parties);
    record.entities("signatories", agreement.signatories);
    record.texts("subjects", agreement.subjects);
    record.dated("signed", agreement.signed_on);
    record.dated("in_force", agreement.in_force);
    record.dated("expires", agreement.expires);
    json.field_if("term", agreement.term);
    if (!agreement.term_attribution.empty()) record.entities("term_attribution", agreement.term_attribution);
    if (agreement.disclosed) json.field("disclosed", *agreement.disclosed);
    json.field_if("place", agreement.place).field_if("status", agreement.status);
    if (!agreement.status.empty() && document.date) json.field("status_date", document.date->iso());
    json.field_if("predecessor", agreement.predecessor).field_if("successor", agreement.successor);
    json.key("actions").begin_array();
    for (const AgreementAction& action : agreement.actions) {
        json.begin_object().field("action", action.what).field_if("event", action.event);
        if (action.date) record.days(*action.date);
        record.entities("actor", action.by);
        record.entities("attribution", action.attribution);
        json.field("sequence", action.evidence.sequence);
        record.offsets(action.evidence.span);
        json.end_object();
    }
    json.end_array();
    json.key("mentions").begin_array();
    for (const TextSpan mention : agreement.mentions) {
        json.begin_object().field("text", words_of(document, mention));
        record.offsets(mention);
        json.end_object();
    }
    json.end_array();
    record.evidence(agreement.evidence);
    json.field("document", document.id).field("coder", coder).end_object();
}

} // namespace

void write_plover_events(const Document& document, const Findings& findings, std::string_view coder, std::string& out) {
    const CodePointIndex index(document.text);
    for (const Event& event : findings.events) {
        RecordWriter record(document, index, out);
        write_event(record, document, event, coder);
        out += '\n';
    }
}

void write_agreements(const Document& document, const Findings& findings, std::string_view coder, std::string& out) {
    const CodePointIndex index(document.text);
    for (const Agreement& agreement : findings.agreements) {
        RecordWriter record(document, index, out);
        write_agreement(record, document, agreement, coder);
        out += '\n';
    }
}

} // namespace kadesh
