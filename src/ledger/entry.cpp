#include "ledger/entry.hpp"

#include "base/text_hash.hpp"
#include "base/utf8.hpp"
#include "document/record_names.hpp"
#include "ledger/features.hpp"
#include "ledger/pack.hpp"
#include "ledger/quantities.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace kadesh::ledger {
namespace {

template <typename List> std::string joined(const List& list) {
    std::string text;
    for (const auto& item : list) {
        if (!text.empty()) text += '|';
        text += std::string_view(item);
    }
    return text;
}

class EntryMaker {
  public:
    EntryMaker(const Document& document, std::span<const TextSpan> sentences, Entry& entry)
        : document_(document), sentences_(sentences), index_(document.text), entry_(entry),
          features_(document_features(entry.name, entry.date, document.text)) {}

    void add(const Event& event);
    void add(const Agreement& agreement);

  private:
    /// The sentence's place among the stored ones, its words and span; a sentence that is not known counts as the span.
    std::int64_t sentence(const EvidenceSpan& evidence);
    Participant participant(Role role, const Entity& entity);
    std::uint64_t order(std::string_view record) const { return hash64(record, hash64(entry_.name)); }

    const Document& document_;
    std::span<const TextSpan> sentences_;
    CodePointIndex index_;
    Entry& entry_;
    DocumentFeatures features_;
    std::map<std::uint32_t, std::int64_t> stored_;
};

std::int64_t EntryMaker::sentence(const EvidenceSpan& evidence) {
    const auto found = stored_.find(evidence.sequence);
    if (found != stored_.end()) return found->second;
    const TextSpan span = evidence.sequence < sentences_.size() ? sentences_[evidence.sequence] : evidence.span;
    SentenceRow row;
    row.sequence = evidence.sequence;
    row.start = index_.code_point(span.start);
    row.end = index_.code_point(span.end);
    row.text = words_of(document_, span);
    entry_.sentences.push_back(std::move(row));
    const auto at = static_cast<std::int64_t>(entry_.sentences.size() - 1);
    stored_.emplace(evidence.sequence, at);
    return at;
}

Participant EntryMaker::participant(Role role, const Entity& entity) {
    Participant made;
    made.role = role;
    made.code = entity.code;
    made.sectors = joined(entity.sectors);
    made.name = entity.identifier_text;
    made.wikidata = entity.identifier_id;
    made.office = entity.office;
    const std::string_view words = words_of(document_, entity.span);
    if (words != entity.identifier_text) made.text = words;
    made.via = name(entity.via);
    made.cue = entity.cue;
    return made;
}

void EntryMaker::add(const Event& event) {
    Report report;
    report.name = event.id;
    report.ordinal = static_cast<int>(entry_.reports.size());
    report.sentence = sentence(event.evidence);
    for (const EvidenceSpan& further : event.further) sentence(further);
    report.date = event.date;
    report.date_basis = event.date_basis;
    report.type = event.type;
    report.mode = joined(event.modes);
    report.context = joined(event.contexts);
    report.auxiliary = event.auxiliary;
    report.auxiliary_text = joined(auxiliary_names(event.auxiliary));
    report.cameo = event.cameo;
    report.scale = event.scale;
    report.goldstein = event.goldstein;
    report.reciprocal = event.reciprocal;
    if (event.place) {
        report.place = event.place->name;
        report.country = event.place->country;
        report.located = event.place->has_coordinates;
        report.lat = event.place->lat;
        report.lon = event.place->lon;
        report.geonames = event.place->geonames;
    }
    report.event_text = words_of(document_, event.evidence.trigger);
    report.start = index_.code_point(event.evidence.span.start);
    report.end = index_.code_point(event.evidence.span.end);
    report.trigger_start = index_.code_point(event.evidence.trigger.start);
    report.trigger_end = index_.code_point(event.evidence.trigger.end);
    report.agreement = event.agreement;
    report.confidence = std::round(std::clamp(event.confidence, 0.0, 1.0) * 1000) / 1000; // as in records
    report.rule = event.rule;
    for (const Entity& entity : event.actors) report.participants.push_back(participant(Role::Actor, entity));
    for (const Entity& entity : event.recipients) report.participants.push_back(participant(Role::Recipient, entity));
    for (const Entity& entity : event.attribution)
        report.participants.push_back(participant(Role::Attribution, entity));
    for (const Quantity& quantity : quantities_in(words_of(document_, event.evidence.span)))
        report.numbers.push_back({std::string(quantity.what), quantity.value});
    std::ranges::sort(report.numbers);
    report.numbers.erase(std::unique(report.numbers.begin(), report.numbers.end()), report.numbers.end());
    const std::string& words = entry_.sentences[static_cast<std::size_t>(report.sentence)].text;
    report.features = features_of(report, words, features_, order(report.name));
    report.feature_bytes = encoded(report.features);
    report.keys = block_keys(report.features).filed;
    entry_.reports.push_back(std::move(report));
}

void EntryMaker::add(const Agreement& agreement) {
    AgreementReport report;
    report.name = agreement.id;
    report.ordinal = static_cast<int>(entry_.agreements.size());
    report.kind = agreement.kind;
    report.title = agreement.name;
    report.subjects = joined(agreement.subjects);
    report.signed_on = agreement.signed_on;
    report.in_force = agreement.in_force;
    report.expires = agreement.expires;
    report.term = agreement.term;
    report.disclosed = agreement.disclosed;
    report.place = agreement.place;
    report.status = agreement.status;
    report.predecessor = agreement.predecessor;
    report.successor = agreement.successor;
    for (const EvidenceSpan& place : agreement.evidence) {
        const std::int64_t at = sentence(place);
        if (report.sentence < 0) report.sentence = at;
    }
    for (const Entity& entity : agreement.parties) report.participants.push_back(participant(Role::Party, entity));
    for (const Entity& entity : agreement.signatories)
        report.participants.push_back(participant(Role::Signatory, entity));
    for (const Entity& entity : agreement.term_attribution)
        report.participants.push_back(participant(Role::Attribution, entity));
    for (const AgreementAction& action : agreement.actions) {
        ActionRow row;
        row.action = action.what;
        row.date = action.date;
        std::vector<std::string> codes;
        for (const Entity& entity : action.by) {
            const std::string code = entity.code.empty() ? entity.identifier_text : entity.code;
            if (!code.empty() && std::ranges::find(codes, code) == codes.end()) codes.push_back(code);
        }
        row.actors = joined(codes);
        std::vector<std::string> tellers;
        for (const Entity& entity : action.attribution)
            tellers.emplace_back(entity.identifier_text.empty() ? words_of(document_, entity.span)
                                                                : std::string_view(entity.identifier_text));
        row.attribution = joined(tellers);
        row.event = action.event;
        row.sentence = sentence(action.evidence);
        report.actions.push_back(std::move(row));
    }
    const std::string_view words =
        report.sentence < 0 ? std::string_view()
                            : std::string_view(entry_.sentences[static_cast<std::size_t>(report.sentence)].text);
    report.features = features_of(report, words, entry_.date, order(report.name));
    entry_.agreements.push_back(std::move(report));
}

} // namespace

std::string content_hash(const Document& document) {
    const std::string date = document.date ? document.date->iso() : std::string();
    std::uint64_t hash = hash64("kadesh document");
    for (const std::string* field :
         {&date, &document.title, &document.source, &document.url, &document.author, &document.language}) {
        hash = hash64(*field, hash);
        hash = hash64(std::string_view("\0", 1), hash); // fields do not run into each other
    }
    return hex(mixed(hash64(document.text, hash)));
}

Entry make_entry(const Document& document, std::span<const TextSpan> sentences, const Findings& findings,
                 std::string_view records, std::string_view coder) {
    Entry entry;
    entry.name = document.id;
    entry.hash = content_hash(document);
    if (document.date) entry.date = document.date->iso();
    entry.source = document.source;
    entry.title = document.title;
    entry.url = document.url;
    entry.author = document.author;
    entry.language = document.language;
    entry.text = pack(document.text);
    entry.records = pack(records);
    entry.signature = signature_of(document.text);
    entry.coder = coder;
    entry.characters = static_cast<std::uint32_t>(count_code_points(document.text));
    EntryMaker maker(document, sentences, entry);
    for (const Event& event : findings.events) maker.add(event);
    for (const Agreement& agreement : findings.agreements) maker.add(agreement);
    return entry;
}

} // namespace kadesh::ledger
