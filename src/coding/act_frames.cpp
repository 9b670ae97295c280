// Which sense of a predicate its clause meets, and the act that this sense names.
#include "base/ascii.hpp"
#include "coding/act_finder.hpp"

#include <algorithm>
#include <array>

namespace kadesh {

bool ActFinder::holds_for(const Condition& c, const Filler& f) const {
    using Test = Condition::Test;
    const Token t = semantic_head(f.token);
    switch (c.test) {
    case Test::Filled: return true;
    case Test::Actor: {
        std::vector<Entity> found;
        slot_entities(f, found);
        return std::any_of(found.begin(), found.end(), [](const Entity& e) { return !e.code.empty(); });
    }
    case Test::Place: {
        const Mention* m = mentions_.at(t);
        if (m != nullptr && (m->kind == MentionKind::Place || m->kind == MentionKind::State)) return true;
        // "the town of Sderot"
        if (!lexicon_.in_class(lower_ascii(a_.lemma[t]), "territory")) return false;
        std::vector<Entity> found;
        owner_entities(t, true, found);
        return !found.empty();
    }
    case Test::Person: {
        const Mention* m = mentions_.at(t);
        if (m == nullptr) return false;
        if (m->kind == MentionKind::Person) return true;
        return m->kind == MentionKind::Role ||
               (m->kind == MentionKind::Pronoun && !m->entities.empty() && !m->entities.front().office.empty());
    }
    case Test::State: {
        std::vector<Entity> found;
        slot_entities(f, found);
        return std::any_of(found.begin(), found.end(), [](const Entity& e) {
            return !e.code.empty() && std::find(e.sectors.begin(), e.sectors.end(), "GOV") != e.sectors.end();
        });
    }
    case Test::Plural: {
        std::vector<Entity> found;
        slot_entities(f, found);
        if (found.size() > 1) return true;
        return a_.xpos[t] == "NNS" || a_.xpos[t] == "NNPS" || tree_.has_child(t, Rel::Conj) || a_.lemma[t] == "they";
    }
    case Test::Words: {
        const auto matches = [&](Token token) {
            const std::string lemma = lower_ascii(a_.lemma[token]);
            if (c.words->contains(lemma)) return true;
            const std::string form = lower_ascii(a_.form[token]);
            if (c.words->contains(form)) return true;
            // "peace deal", "nuclear weapon": the head with the word before it.
            if (token > 0 && tree_.sentence_of(token - 1) == tree_.sentence_of(token)) {
                const bool hyphen = a_.form[token - 1] == "-" && token > 1;
                const std::string first = lower_ascii(a_.lemma[hyphen ? token - 2 : token - 1]);
                if (c.words->contains(first + ' ' + lemma) || (hyphen && c.words->contains(first + '-' + lemma)))
                    return true;
            }
            return false;
        };
        if (matches(t) || matches(f.token)) return true;
        for (const Token k : tree_.children(f.token))
            if (a_.rel[k] == Rel::Conj && matches(k)) return true;
        // "called it a provocative gesture": what is said of a thing may be in the adjective.
        if (c.slot.kind == SlotKind::Clause || c.slot.preposition == "as")
            for (const Token k : tree_.children(t))
                if (a_.rel[k] == Rel::Amod && matches(k)) return true;
        // A proper name of an agreement counts as an agreement when its last word is one.
        return false;
    }
    }
    return false;
}

bool ActFinder::holds(const Condition& c, const Predicate& p) const {
    if (c.slot.kind == SlotKind::Self) {
        const bool plural = a_.xpos[p.token] == "NNS" || a_.xpos[p.token] == "NNPS";
        const bool value = c.test == Condition::Test::Plural ? plural
                                                             : c.test == Condition::Test::Words && c.words != nullptr &&
                                                                   c.words->contains(a_.lemma[p.token]);
        return value != c.negated;
    }
    if (c.slot.kind == SlotKind::LightVerb) {
        bool value = false;
        if (p.carrier != kNoToken)
            value = c.test == Condition::Test::Words ? c.words->contains(tree_.predicate_lemma(p.carrier)) : true;
        else if (p.pos == LexPos::Noun && c.test == Condition::Test::Words) {
            const Token up = a_.head[p.token];
            value = up != kNoToken && a_.rel[p.token] == Rel::Obj && c.words->contains(tree_.predicate_lemma(up));
        }
        return value != c.negated;
    }
    bool value = false;
    for (const Filler& f : p.slots) {
        if (f.slot.kind != c.slot.kind || f.slot.preposition != c.slot.preposition) continue;
        if (holds_for(c, f)) {
            value = true;
            break;
        }
    }
    return value != c.negated;
}

const Frame* ActFinder::match(const Predicate& p, std::string& lemma, TokenRange& words) const {
    const auto try_lemma = [&](const std::string& candidate) -> const Frame* {
        for (const Frame& f : lexicon_.frames(candidate, p.pos)) {
            if (std::all_of(f.when.begin(), f.when.end(), [&](const Condition& c) { return holds(c, p); })) return &f;
        }
        return nullptr;
    };
    words = {p.token, p.token + 1};
    if (p.pos == LexPos::Noun) {
        // Compounds: the nearest modifiers, longest first.
        const std::string base = lower_ascii(a_.lemma[p.token]);
        for (Token first = p.token >= 2 ? p.token - 2 : 0; first < p.token; ++first) {
            if (tree_.sentence_of(first) != tree_.sentence_of(p.token)) continue;
            std::string compound;
            bool linked = true;
            for (Token t = first; t < p.token; ++t) {
                linked &= a_.rel[t] == Rel::Compound || a_.rel[t] == Rel::Amod || a_.rel[t] == Rel::NmodDesc ||
                          a_.upos[t] == Upos::PUNCT;
                if (a_.form[t] == "-") continue;
                compound += lower_ascii(a_.lemma[t]) + ' ';
            }
            if (!linked) continue;
            compound += base;
            if (const Frame* f = try_lemma(compound)) {
                lemma = compound;
                words.first = first;
                return f;
            }
        }
        lemma = base;
        return try_lemma(base);
    }
    if (p.pos == LexPos::Verb) {
        lemma = lower_ascii(tree_.predicate_lemma(p.token));
        if (const Token particle = tree_.child(p.token, Rel::CompoundPrt); particle != kNoToken)
            words.last = std::max(words.last, particle + 1);
        // A particle that the parser took for an adverb: "pushed protesters back".
        for (const Token c : tree_.children(p.token)) {
            if (a_.rel[c] != Rel::Advmod || c < p.token || c > p.token + 4) continue;
            static constexpr std::array<std::string_view, 8> kParticles = {"back", "out", "away", "off",
                                                                           "down", "up",  "in",   "over"};
            const std::string adverb = lower_ascii(a_.form[c]);
            if (std::find(kParticles.begin(), kParticles.end(), adverb) == kParticles.end()) continue;
            if (const Frame* frame = try_lemma(lemma + ' ' + adverb)) {
                lemma += ' ' + adverb;
                return frame;
            }
        }
        // A preposition may be part of the verb: "call for", "crack down on". A place ("turned … in the city") is none.
        for (const Filler& f : p.slots)
            if (f.slot.kind == SlotKind::Preposition && !f.inherited && f.slot.preposition != "in" &&
                f.slot.preposition != "at" && f.slot.preposition != "off") {
                const std::string with = lemma + ' ' + std::string(f.slot.preposition);
                if (const Frame* frame = try_lemma(with)) {
                    lemma = with;
                    return frame;
                }
            }
        return try_lemma(lemma);
    }
    lemma = lower_ascii(a_.lemma[p.token]);
    return try_lemma(lemma);
}

void ActFinder::frame_acts(const Predicate& p, std::vector<Act>& out) {
    std::string lemma;
    TokenRange words;
    const Frame* frame = match(p, lemma, words);
    if (frame == nullptr || !frame->type) return;
    // What the frame's own object names is part of this act ("withdrew its demand", "signed a trade pact").
    for (const Condition& c : frame->when)
        if (c.slot.kind == SlotKind::Object && c.test == Condition::Test::Words && !c.negated)
            for (const Filler& f : p.slots)
                if (f.slot.kind == SlotKind::Object && holds_for(c, f)) done_[semantic_head(f.token)] = 1;
    for (Token t = words.first; t < words.last; ++t)
        if (t != p.token) done_[t] = 1;
    Act act;
    act.trigger = p.token;
    act.carrier = p.carrier != kNoToken ? p.carrier : p.token;
    act.trigger_tokens = words;
    act.type = *frame->type;
    act.mode = frame->mode;
    act.cameo = frame->cameo;
    act.contexts = frame->contexts;
    act.rule = frame->rule;
    fill(frame->actor, p, frame->both, act.actors);
    fill(frame->recipient, p, frame->both, act.recipients);
    for (const Filler& f : p.slots)
        if ((f.slot.kind == SlotKind::Object || f.slot.kind == SlotKind::Preposition) &&
            !mentions_.is_actor(semantic_head(f.token)))
            act.objects.push_back(semantic_head(f.token));
    // A noun's modifiers may hold a role rather than a name: "opposition offensive", "army raid".
    if (p.pos == LexPos::Noun && act.actors.empty()) {
        for (const Filler& f : p.slots) {
            if (f.slot.kind != SlotKind::Modifier || a_.upos[f.token] != Upos::NOUN || words.contains(f.token))
                continue;
            if (const auto e = mentions_.role_modifier(f.token, p.token)) {
                act.actors.push_back(*e);
                break;
            }
        }
    }
    if (act.recipients.empty() && !frame->both && !frame->mutual) find_recipient(act, p);
    if (p.pos == LexPos::Noun && p.carrier == kNoToken) lend_subject(act);
    bool mutual = frame->both;
    if (frame->mutual && !mutual) {
        const bool with = std::any_of(p.slots.begin(), p.slots.end(), [](const Filler& f) {
            return f.slot.kind == SlotKind::Preposition && f.slot.preposition == "with";
        });
        const bool object = std::any_of(p.slots.begin(), p.slots.end(), [&](const Filler& f) {
            return f.slot.kind == SlotKind::Object && mentions_.is_actor(f.token);
        });
        mutual = !object && (act.actors.size() > 1 || with);
        if (mutual)
            for (const Filler& f : p.slots)
                if (f.slot.kind == SlotKind::Preposition && f.slot.preposition == "with") {
                    std::vector<Entity> partner;
                    slot_entities(f, partner);
                    add_entities(act.actors, partner);
                }
    }
    if (mutual) {
        // A partner alone ("building ties with X") does not say who the other is.
        act.partner_only =
            (act.actors.empty() && p.pos == LexPos::Verb) ||
            (p.pos == LexPos::Noun && p.carrier == kNoToken && act.actors.size() + act.recipients.size() < 2);
        add_entities(act.actors, act.recipients);
        act.recipients.clear();
        act.reciprocal = true;
    } else {
        drop_self(act);
    }
    // Forces of two states that exercise together cooperate (manual 3.14.1).
    if (act.type == EventType::Mobilize && act.cameo == "150" && p.pos == LexPos::Noun &&
        std::any_of(act.actors.begin(), act.actors.end(),
                    [&](const Entity& e) { return !e.code.empty() && e.code != act.actors.front().code; })) {
        act.type = EventType::Cooperate;
        act.mode = {};
        act.cameo = "062";
        act.reciprocal = true;
        act.recipients.clear();
    }
    act.settled = tree_.first_to(act.carrier);
    if (p.pos == LexPos::Noun && act.actors.empty() && act.recipients.empty()) recall(act);
    strike_place(act, p);
    out.push_back(std::move(act));
}

} // namespace kadesh
