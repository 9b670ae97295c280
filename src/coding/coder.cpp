#include "coding/coder.hpp"

#include "base/text_hash.hpp"
#include "coding/act_completion.hpp"
#include "coding/act_finder.hpp"
#include "coding/act_nesting.hpp"
#include "coding/agreement_finder.hpp"
#include "coding/attribution.hpp"
#include "coding/attribution_finder.hpp"
#include "coding/dateline_words.hpp"
#include "coding/event_merge.hpp"
#include "coding/event_office.hpp"
#include "coding/event_place.hpp"
#include "coding/event_time.hpp"
#include "coding/mentions.hpp"
#include "coding/pair_acts.hpp"
#include "coding/parse_repair.hpp"
#include "coding/precedence.hpp"
#include "coding/second_opinion.hpp"
#include "coding/time_expressions.hpp"
#include "coding/tree.hpp"
#include "coding/truth.hpp"

#include <algorithm>

namespace kadesh {

namespace {

/// Days after which an act that is over is history (contract: 30).
constexpr int kHistoryDays = 30;

/// The day on which offices are looked up for a document without any date: the end of the tables.
Day undated() {
    return Day::of(2026, 1, 1);
}

std::string event_id(const Document& document, const Event& e) {
    std::string key = document.id + '#' + std::to_string(e.evidence.trigger.start) + '#' + std::string(name(e.type));
    for (const auto* side : {&e.actors, &e.recipients}) {
        key += '#';
        for (const Entity& x : *side) key += x.code + ':' + x.identifier_text + ';';
    }
    return "evt-" + hex(hash64(key), 12);
}

/// The clause of an act: its carrier's subtree, or the whole sentence when that is a fragment.
TextSpan clause_span(const Tree& tree, const Act& act) {
    const Annotation& a = tree.annotation();
    Token t = act.carrier;
    // A noun act is told by the clause that it stands in.
    for (int guard = 0;
         guard < 12 && a.upos[t] != Upos::VERB && a.head[t] != kNoToken && a.upos[act.carrier] != Upos::VERB; ++guard) {
        if (a.rel[t] == Rel::Nmod || a.rel[t] == Rel::Obl || a.rel[t] == Rel::NmodPoss || a.rel[t] == Rel::Appos) break;
        t = a.head[t];
    }
    return tree.text_span(tree.subtree(t));
}

double confidence_of(const Act& act) {
    double c = act.confidence;
    if (act.actors.empty()) c *= 0.7;
    const auto coded = [](const std::vector<Entity>& list) {
        return std::all_of(list.begin(), list.end(), [](const Entity& e) { return !e.code.empty(); });
    };
    if (!coded(act.actors)) c *= 0.8;
    if (!coded(act.recipients)) c *= 0.9;
    for (const auto* side : {&act.actors, &act.recipients})
        for (const Entity& e : *side)
            if (e.via == Via::Coreference) c *= 0.93;
    if ((act.auxiliary & (kHypothetical | kNegated)) != 0) c *= 0.85;
    if (act.rule.starts_with("noun:")) c *= 0.93;
    return c;
}

} // namespace

Coder::Coder(const World& world, const PairClassifier* classifier, Lexicon lexicon, ContextTable contexts,
             PlaceResolver resolver, TimeWords time_words, AttributionModel attributions)
    : world_(&world), classifier_(classifier), lexicon_(std::move(lexicon)), contexts_(std::move(contexts)),
      resolver_(std::move(resolver)), time_words_(std::move(time_words)), attributions_(std::move(attributions)) {}

Result<Coder> Coder::load(const World& world, const PairClassifier* classifier) {
    auto lexicon = Lexicon::load(world);
    if (!lexicon) return lexicon.error();
    auto contexts = ContextTable::load(world);
    if (!contexts) return contexts.error();
    auto resolver = PlaceResolver::load(world);
    if (!resolver) return resolver.error();
    auto time_words = TimeWords::load(world);
    if (!time_words) return time_words.error();
    auto attributions = AttributionModel::load(world);
    if (!attributions) return attributions.error();
    return Coder(world, classifier, std::move(lexicon).value(), std::move(contexts).value(),
                 std::move(resolver).value(), std::move(time_words).value(), std::move(attributions).value());
}

Findings Coder::code(const Document& document, const Annotation& parsed, const CodeOptions& options) const {
    Findings findings;
    Annotation annotation = repaired(parsed, lexicon_);
    set_dateline_apart(document.text, annotation);
    const std::optional<Day> day = document.date ? document.date : options.fallback_date;
    const Tree tree(annotation);
    const Day office_day = day.value_or(undated());
    const Mentions mentions(document, tree, *world_, lexicon_, office_day, &resolver_);
    const std::vector<TimeExpression> times = find_times(tree, mentions, *world_, time_words_, day);
    const Attributions attributions(tree, document.text, attributions_, lexicon_);
    ActFinder finder(tree, mentions, lexicon_);
    std::vector<Act> found = finder.find(findings.discarded);
    absorb_nested(found, tree);

    // Contexts: what the sentence speaks of, with the document's own drift as a tie-breaker.
    std::vector<std::vector<double>> sentence_scores;
    std::vector<double> document_scores(contexts_.size(), 0.0);
    for (const TokenRange& s : annotation.sentences) {
        sentence_scores.push_back(contexts_.score(annotation, s));
        for (std::size_t i = 0; i < document_scores.size(); ++i) document_scores[i] += sentence_scores.back()[i];
    }
    const double per_sentence = 1.0 / static_cast<double>(std::max<std::size_t>(annotation.sentences.size(), 1));

    const std::optional<Place> dateline = dateline_place(document, *world_, resolver_);
    std::vector<Act> acts;
    std::vector<Event> events;
    for (const Act& raw : found) {
        Act act = raw;
        act.auxiliary = truth_of(act, tree, lexicon_);
        std::vector<Entity> sources = attributions.of(act.carrier, mentions);
        if (settle(act, tree, sources, lexicon_) && act.recipients.empty()) {
            act.recipients = finder.conditional_actors(act.carrier, act.carrier);
            drop_self(act);
        }
        // What the clause leaves out lowers the confidence.
        const bool guessed = complete(act, tree, mentions, lexicon_, *world_);
        if (act.type == EventType::Aid && act.recipients.empty() && act.actors.size() < 2) {
            findings.discarded.push_back(
                {tree.text_span(act.trigger_tokens), act.rule + ": the type requires a recipient"});
            continue;
        }
        Event e;
        const std::uint32_t sentence = tree.sentence_of(act.trigger);
        e.type = act.type;
        if (!act.mode.empty()) e.modes.emplace_back(act.mode);
        e.cameo = act.cameo.empty() ? lexicon_.default_cameo(act.type, act.mode) : act.cameo;
        e.reciprocal = act.reciprocal;
        e.actors = act.actors;
        e.recipients = act.recipients;
        e.scale = lexicon_.score(act.type, act.mode);
        e.goldstein = lexicon_.goldstein(e.cameo);
        e.evidence.sequence = sentence;
        e.evidence.span = clause_span(tree, act);
        e.evidence.trigger = tree.text_span(act.trigger_tokens);
        e.rule = act.rule;

        const EventTime when = time_of(act, tree, times, day);
        e.date = when.range;
        e.date_basis = when.basis;
        e.auxiliary = act.auxiliary;
        settle_offices(e, *world_, lexicon_, office_day);
        if (day && (e.auxiliary & (kFuture | kHypothetical)) == 0) {
            if (when.background || (e.date && e.date->last < day->plus(-kHistoryDays))) e.auxiliary |= kHistorical;
        }
        e.attribution = std::move(sources);
        add_entities(e.attribution, act.alleged_by);
        // Whoever does it by saying it needs no source: "the leaders outlined plans", "Trump warned that …".
        if (quad_code(act.type) != 2 && quad_code(act.type) != 4)
            std::erase_if(e.attribution, [&](const Entity& source) {
                return std::any_of(e.actors.begin(), e.actors.end(),
                                   [&](const Entity& x) { return same_entity(x, source); });
            });
        e.place = place_of(act, tree, mentions, *world_);
        if (!e.place) e.place = place_there(act, tree, mentions, *world_);
        const bool fresh = when.basis == DateBasis::Document || (e.date && day && e.date->first >= day->plus(-4));
        if (!e.place && dateline && fresh && sentence < 4 && quad_code(act.type) != 2 &&
            std::any_of(e.actors.begin(), e.actors.end(), [&](const Entity& x) { return x.code == dateline->country; }))
            e.place = dateline;

        for (const std::string_view c : act.contexts) e.contexts.emplace_back(c);
        const std::vector<double> trigger_scores = contexts_.score(annotation, act.trigger_tokens);
        std::vector<std::pair<double, std::size_t>> ranked;
        for (std::size_t i = 0; i < contexts_.size(); ++i) {
            const double here = sentence_scores[sentence][i];
            if (here <= 0) continue;
            const double score = here + 2 * trigger_scores[i] + 2 * document_scores[i] * per_sentence;
            if (score >= 2.5) ranked.emplace_back(-score, i);
        }
        std::sort(ranked.begin(), ranked.end());
        for (std::size_t i = 0; i < ranked.size() && i < 3; ++i) {
            const std::string c(contexts_.name(ranked[i].second));
            if (std::find(e.contexts.begin(), e.contexts.end(), c) == e.contexts.end()) e.contexts.push_back(c);
        }
        e.confidence = confidence_of(act) * (guessed ? 0.75 : 1.0);
        e.id = event_id(document, e);
        acts.push_back(std::move(act));
        events.push_back(std::move(e));
    }

    if (classifier_ != nullptr) {
        const SecondOpinion second(*classifier_, tree, mentions, lexicon_, acts);
        for (std::size_t i = 0; i < events.size(); ++i)
            events[i].confidence = second.confidence(acts[i], events[i].confidence);
    }

    std::vector<EventOfAct> pairs;
    for (std::size_t i = 0; i < events.size(); ++i) pairs.push_back({&acts[i], &events[i]});
    findings.agreements =
        AgreementFinder(document, tree, mentions, *world_, lexicon_, attributions, times, day).find(pairs);
    merge_events(events);
    std::erase_if(events, [&](const Event& e) { return e.confidence < options.min_confidence; });
    findings.events = std::move(events);
    // Actions point to events that may have been merged into another: the record that stands keeps its own id.
    for (Agreement& agreement : findings.agreements)
        for (AgreementAction& action : agreement.actions) {
            if (action.event.empty()) continue;
            const bool stands = std::any_of(findings.events.begin(), findings.events.end(),
                                            [&](const Event& e) { return e.id == action.event; });
            if (stands) continue;
            action.event.clear();
            for (const Event& e : findings.events)
                if (e.agreement == agreement.id &&
                    std::any_of(e.further.begin(), e.further.end(),
                                [&](const EvidenceSpan& s) { return s.trigger == action.evidence.trigger; }))
                    action.event = e.id;
        }
    return findings;
}

std::vector<ResolvedPlace> Coder::places(const Document& document, const Annotation& parsed) const {
    const Annotation annotation = repaired(parsed, lexicon_);
    const Tree tree(annotation);
    const Mentions mentions(document, tree, *world_, lexicon_, document.date.value_or(undated()), &resolver_);
    const std::vector<PlaceName> names = place_names(document, tree, mentions, *world_, resolver_.words());
    std::vector<TextSpan> spans;
    for (const PlaceName& name : names) spans.push_back(name.span);
    auto ranked = resolver_.rank(document.text, spans);
    std::vector<ResolvedPlace> places;
    for (std::size_t i = 0; i < names.size(); ++i) {
        // A town of which only part of the words tells is none that the text names: "Arts Center".
        if (!ranked[i].empty() && ranked[i].front().partial &&
            world_->entry(ranked[i].front().entry).kind == EntryKind::City)
            ranked[i].clear();
        places.push_back({names[i], std::move(ranked[i])});
    }
    return places;
}

std::vector<TimeMention> Coder::times(const Document& document, const Annotation& parsed,
                                      std::optional<Day> fallback) const {
    const Annotation annotation = repaired(parsed, lexicon_);
    const std::optional<Day> day = document.date ? document.date : fallback;
    const Tree tree(annotation);
    const Mentions mentions(document, tree, *world_, lexicon_, day.value_or(undated()), &resolver_);
    std::vector<TimeMention> out;
    const std::vector<TimeExpression> dated = find_times(tree, mentions, *world_, time_words_, day);
    const std::vector<LooseTime> loose = find_loose_times(tree, time_words_, dated, day);
    for (ResolvedTime& e : resolve_times(tree, time_words_, dated, loose, day))
        out.push_back({tree.text_span(e.tokens), e.range, std::move(e.value)});
    return out;
}

std::vector<PredicateStatus> Coder::statuses(const Annotation& parsed) const {
    const Annotation annotation = repaired(parsed, lexicon_);
    const Tree tree(annotation);
    std::vector<PredicateStatus> out;
    for (Token t = 0; t < annotation.size(); ++t) {
        const Upos tag = annotation.upos[t];
        const Rel rel = annotation.rel[t];
        const bool verb = tag == Upos::VERB || (tag == Upos::AUX && rel != Rel::Aux && rel != Rel::AuxPass);
        if (!verb && tag != Upos::NOUN && tag != Upos::ADJ) continue;
        // What a copula says is so where its predicate is.
        const Token told = rel == Rel::Cop && annotation.head[t] != kNoToken ? annotation.head[t] : t;
        out.push_back({annotation.span[t], std::string(annotation.lemma[t]), truth_of(told, tree, lexicon_)});
    }
    return out;
}

std::vector<Attribution> Coder::attributions(const Document& document, const Annotation& parsed) const {
    const Annotation annotation = repaired(parsed, lexicon_);
    const Tree tree(annotation);
    std::vector<Attribution> out;
    for (const FoundAttribution& f : find_attributions(tree, document.text, attributions_)) {
        Attribution one;
        if (f.source_words.size() > 0) one.source = tree.text_span(f.source_words);
        one.cue = tree.text_span(f.cue_words);
        for (const TokenRange& piece : f.content) one.content.push_back(tree.text_span(piece));
        one.direct = f.direct;
        one.depth = f.depth;
        one.probability = f.probability;
        out.push_back(std::move(one));
    }
    return out;
}

PairFeatures Coder::features(const Document& document, const Annotation& parsed, const PairSpans& pair) const {
    const Annotation annotation = repaired(parsed, lexicon_);
    const Tree tree(annotation);
    const Mentions mentions(document, tree, *world_, lexicon_, document.date.value_or(undated()));
    const Attributions attributions(tree, document.text, attributions_, lexicon_);
    const std::vector<RankedAct> acts = rank_acts(tree, mentions, lexicon_, attributions, pair);
    return pair_features(tree, mentions, lexicon_, pair, acts);
}

Classification Coder::classify(const Document& document, const Annotation& parsed, TextSpan source, TextSpan target,
                               bool rules_only) const {
    const Annotation annotation = repaired(parsed, lexicon_);
    const Tree tree(annotation);
    const Mentions mentions(document, tree, *world_, lexicon_, document.date.value_or(undated()));
    const Attributions attributions(tree, document.text, attributions_, lexicon_);
    const std::vector<RankedAct> acts = rank_acts(tree, mentions, lexicon_, attributions, {source, target});
    Classification best;
    // The act that the rules read between the two, or the first of a type that the classifier names.
    const auto answer = [&](const Act& act) {
        best.type = act.type;
        best.mode = act.mode;
        best.cameo = act.cameo.empty() ? lexicon_.default_cameo(act.type, act.mode) : act.cameo;
        best.rule = act.rule;
    };
    if (classifier_ == nullptr || rules_only) {
        if (acts.empty()) return best;
        answer(acts.front().act);
        best.confidence = std::clamp(0.35 + 0.12 * acts.front().fit, 0.1, 0.9);
        return best;
    }
    const PairOpinion opinion =
        classifier_->judge(pair_features(tree, mentions, lexicon_, {source, target}, acts), annotation);
    const EventType type = classifier_->type(opinion.best);
    const auto agrees = std::find_if(acts.begin(), acts.end(), [&](const RankedAct& r) { return r.act.type == type; });
    if (agrees != acts.end()) {
        answer(agrees->act);
    } else {
        best.type = type;
        best.cameo = lexicon_.default_cameo(type, {});
    }
    if (agrees != acts.begin() || acts.empty())
        best.rule = "classifier" + (opinion.reason.empty() ? std::string() : '(' + opinion.reason + ')') +
                    (best.rule.empty() ? std::string() : '>' + best.rule);
    best.confidence = opinion.confidence;
    return best;
}

} // namespace kadesh
