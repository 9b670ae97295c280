#include "coding/act_finder.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace kadesh {

namespace {

constexpr int kMaxDepth = 8;

bool partitive(std::string_view lemma) {
    static constexpr std::array<std::string_view, 38> kWords = {
        "number", "hundred", "thousand", "dozen",      "score",      "series",  "round",  "lot",
        "wave",   "couple",  "part",     "majority",   "million",    "billion", "most",   "many",
        "some",   "one",     "several",  "kind",       "type",       "batch",   "string", "set",
        "total",  "all",     "handful",  "delegation", "contingent", "half",    "crowd",  "pair",
        "spate",  "barrage", "volley",   "few",        "amount",     "quarter"};
    return std::find(kWords.begin(), kWords.end(), lemma) != kWords.end();
}

/// Classes of things that stand for whose they are when something is done to them.
constexpr std::array<std::string_view, 6> kOwned = {"territory", "building", "infrastructure",
                                                    "vessel",    "vehicle",  "property"};

bool transforms(Effect e) {
    return e != Effect::None && e != Effect::Report;
}

} // namespace

bool same_entity(const Entity& a, const Entity& b) {
    if (a.code != b.code) return false;
    if (!a.identifier_text.empty() && !b.identifier_text.empty()) return a.identifier_text == b.identifier_text;
    return a.sectors == b.sectors;
}

void add_entities(std::vector<Entity>& to, const std::vector<Entity>& from) {
    for (const Entity& e : from)
        if (std::none_of(to.begin(), to.end(), [&](const Entity& t) { return same_entity(t, e); })) to.push_back(e);
}

void drop_self(Act& act) {
    std::erase_if(act.recipients, [&](const Entity& r) {
        return std::any_of(act.actors.begin(), act.actors.end(), [&](const Entity& a) {
            if (same_entity(a, r)) return true;
            // "withdrew the US from …" by its president: a government is not the recipient of its own act.
            const bool governs = std::find(a.sectors.begin(), a.sectors.end(), "GOV") != a.sectors.end();
            if (act.type == EventType::Retreat && act.mode != "release" && a.code == r.code && r.office.empty() &&
                (r.sectors.empty() || r.sectors.front() == "GOV"))
                return true; // an army that leaves a town of its own state
            return governs && a.code == r.code && r.office.empty() && r.sectors.size() == 1 &&
                   r.sectors.front() == "GOV";
        });
    });
}

ActFinder::ActFinder(const Tree& tree, const Mentions& mentions, const Lexicon& lexicon)
    : tree_(tree), a_(tree.annotation()), mentions_(mentions), lexicon_(lexicon) {}

Token ActFinder::semantic_head(Token t) const {
    for (int guard = 0; guard < 3; ++guard) {
        if (!partitive(a_.lemma[t]) && a_.upos[t] != Upos::NUM) return t;
        Token inner = kNoToken;
        for (const Token c : tree_.children(t))
            if (a_.rel[c] == Rel::Nmod && tree_.preposition(c) == "of") inner = c;
        if (inner == kNoToken) return t;
        t = inner;
    }
    return t;
}

std::optional<LexPos> ActFinder::lexical_pos(Token t) const {
    switch (a_.upos[t]) {
    case Upos::VERB:
        // A participle before a noun describes it ("sanctioned nations", "alleged plot").
        if (a_.rel[t] == Rel::Amod && a_.head[t] != kNoToken && t < a_.head[t]) return std::nullopt;
        return LexPos::Verb;
    case Upos::NOUN:
    case Upos::PROPN:
        // A noun before a noun names what the second is about: "sanctions relief", "war crimes".
        if (a_.rel[t] == Rel::Compound || a_.rel[t] == Rel::NmodDesc || a_.rel[t] == Rel::Flat) return std::nullopt;
        return LexPos::Noun;
    case Upos::ADJ: return a_.rel[t] == Rel::Amod ? std::nullopt : std::optional(LexPos::Adjective);
    default: return std::nullopt;
    }
}

ActFinder::Predicate ActFinder::predicate(Token t, Token carrier) const {
    Predicate p;
    p.token = t;
    p.carrier = carrier;
    p.pos = lexical_pos(t).value_or(LexPos::Noun);
    if (p.pos == LexPos::Noun) {
        // "X was the target", "talks were held": a noun under a light verb takes its subject and obliques.
        tree_.noun_slots(t, carrier, p.slots);
    } else {
        tree_.verb_slots(t, p.slots);
    }
    return p;
}

bool ActFinder::prevented(Token verb) const {
    if (a_.rel[verb] != Rel::Advcl || a_.xpos[verb] != "VBG" || a_.head[verb] == kNoToken) return false;
    const Token mark = tree_.child(verb, Rel::Mark);
    return mark != kNoToken && a_.lemma[mark] == "from";
}

bool ActFinder::negated(Token verb) const {
    for (const Token c : tree_.children(verb))
        if (a_.rel[c] == Rel::Advmod && (a_.lemma[c] == "not" || a_.lemma[c] == "never")) return true;
    return false;
}

bool ActFinder::infinitive(Token verb) const {
    if (a_.xpos[verb] != "VB") return false;
    for (const Token c : tree_.children(verb))
        if (a_.rel[c] == Rel::Mark && a_.lemma[c] == "to") return true;
    return false;
}

bool ActFinder::names_acts(Token noun) const {
    std::string lemma;
    TokenRange words;
    Predicate p = predicate(noun, kNoToken);
    if (p.pos != LexPos::Noun) return false;
    if (!lexicon_.frames(lower_ascii(a_.lemma[noun]), LexPos::Noun).empty()) return true;
    if (lexicon_.effect(lower_ascii(a_.lemma[noun]), LexPos::Noun) != Effect::None) return true;
    return match(p, lemma, words) != nullptr;
}

std::vector<Act> ActFinder::find(std::vector<Discard>& discarded) {
    done_.assign(a_.size(), 0);
    told_.clear();
    std::vector<Act> acts;
    std::vector<std::pair<int, Token>> order;
    for (const TokenRange& sentence : a_.sentences) {
        order.clear();
        for (Token t = sentence.first; t < sentence.last; ++t) {
            if (!lexical_pos(t)) continue;
            int depth = 0;
            for (Token up = a_.head[t]; up != kNoToken && depth < 256; up = a_.head[up]) ++depth;
            order.emplace_back(depth, t);
        }
        std::sort(order.begin(), order.end());
        for (const auto& [depth, t] : order)
            if (!done_[t]) {
                const std::size_t before = acts.size();
                acts_at(t, kNoToken, acts, 0);
                for (std::size_t i = before; i < acts.size(); ++i)
                    if (!acts[i].anaphoric) told_.push_back(acts[i]);
            }
    }
    std::erase_if(acts, [](const Act& act) { return act.anaphoric; });
    // "marched to denounce the court": what a protest is for tells whom it is against.
    for (Act& protest : acts) {
        if (protest.type != EventType::Protest || !protest.recipients.empty()) continue;
        for (const Act& aim : acts) {
            if ((aim.type != EventType::Request && aim.type != EventType::Accuse && aim.type != EventType::Reject) ||
                a_.rel[aim.carrier] != Rel::Advcl || a_.head[aim.carrier] != protest.carrier)
                continue;
            protest.recipients = aim.recipients;
            drop_self(protest);
        }
    }
    // "telephoned him to plead for restraint", "gathered to discuss": said on the way to which the verb was only the
    // means, so it is done.
    std::vector<std::uint8_t> approach(a_.size(), 0);
    for (const Act& act : acts)
        if (act.type == EventType::Consult) approach[act.carrier] = 1;
    for (Act& act : acts) {
        const Token verb = a_.head[act.carrier];
        if (act.carrier != act.trigger || a_.rel[act.carrier] != Rel::Advcl || verb == kNoToken ||
            !infinitive(act.carrier))
            continue;
        const bool said = act.type == EventType::Support || act.type == EventType::Request;
        const bool meets = act.type == EventType::Consult && act.reciprocal && act.actors.size() > 1;
        if (approach[verb] ? !said : !(lexicon_.in_class(a_.lemma[verb], "approach") && (said || meets))) continue;
        act.settled = true;
        approach[act.carrier] = 2;
    }
    if (!keep_all_)
        std::erase_if(acts, [&](const Act& act) {
            const auto coded = [](const std::vector<Entity>& list) {
                return std::any_of(list.begin(), list.end(), [](const Entity& e) { return !e.code.empty(); });
            };
            const bool actor = coded(act.actors);
            const bool recipient = coded(act.recipients);
            std::string_view reason;
            if (act.partner_only)
                reason = "only one side of a mutual act is named";
            else if (!actor && !recipient)
                reason = "no participant with a known code";
            else if (!actor && quad_code(act.type) != 4 && act.type != EventType::Retreat &&
                     act.type != EventType::Accuse)
                reason = "nobody known does it";
            else if (!actor && act.rule.starts_with("noun:") && act.type != EventType::Assault &&
                     act.type != EventType::Protest)
                reason = "a noun without anyone who does it";
            else if (infinitive(act.carrier) && act.carrier == act.trigger && act.rule.find('>') == std::string::npos &&
                     (a_.rel[act.carrier] == Rel::Advcl || a_.rel[act.carrier] == Rel::Acl) &&
                     !tree_.first_to(act.carrier) && approach[act.carrier] != 2)
                reason = "an aim, not an act";
            else if (prevented(act.carrier))
                reason = "what is prevented";
            else if (act.type == EventType::Cooperate && act.recipients.empty() && act.actors.size() < 2)
                reason = "the type requires a recipient";
            else if (act.reciprocal && act.actors.size() < 2 && act.type == EventType::Cooperate)
                reason = "a mutual act with one participant";
            if (reason.empty()) return false;
            discarded.push_back({tree_.text_span(act.trigger_tokens), act.rule + ": " + std::string(reason)});
            return true;
        });
    std::stable_sort(acts.begin(), acts.end(), [](const Act& x, const Act& y) { return x.trigger < y.trigger; });
    return acts;
}

void ActFinder::acts_at(Token t, Token carrier, std::vector<Act>& out, int depth) {
    if (depth > kMaxDepth || done_[t]) return;
    const auto pos = lexical_pos(t);
    if (!pos) return;
    Predicate p = predicate(t, carrier);

    // Light verb: the noun in its object is the act.
    if (*pos == LexPos::Verb) {
        for (const Filler& f : p.slots) {
            // "gone on strike" carries its noun behind a preposition, or as a complement.
            const bool complement = f.slot.kind == SlotKind::Clause && a_.upos[f.token] == Upos::NOUN;
            const bool behind =
                f.slot.kind == SlotKind::Preposition && f.slot.preposition == "on" && a_.lemma[t] == "go";
            if ((f.slot.kind != SlotKind::Object && !complement && !behind) || f.inherited) continue;
            std::vector<Token> nouns;
            for (const Token c : tree_.children(f.token))
                if (a_.rel[c] == Rel::Conj) nouns.push_back(c);
            nouns.insert(nouns.begin(), f.token);
            bool carried = false;
            for (const Token raw : nouns) {
                const Token noun = semantic_head(raw);
                if (a_.upos[noun] != Upos::NOUN && a_.upos[noun] != Upos::PROPN) continue;
                if (!lexicon_.light(tree_.predicate_lemma(t), lower_ascii(a_.lemma[noun])) || !names_acts(noun) ||
                    done_[noun])
                    continue;
                const std::size_t before = out.size();
                acts_at(noun, t, out, depth + 1);
                carried |= out.size() > before;
            }
            if (carried) {
                done_[t] = 1;
                return;
            }
        }
    }

    std::vector<Token> complements;
    const Effect effect = effect_at(p, complements);
    bool framed = false;
    if (effect != Effect::None && p.pos == LexPos::Noun) {
        // A compound that is an act of its own ("military action to …") governs nothing.
        std::string lemma;
        TokenRange words;
        const Frame* own = match(p, lemma, words);
        framed = own != nullptr && own->type && words.size() > 1;
    }
    if (effect == Effect::Stop || effect == Effect::Begin || effect == Effect::Support || effect == Effect::Oppose) {
        std::string lemma;
        TokenRange words;
        const Frame* own = match(p, lemma, words);
        framed =
            own != nullptr && own->type &&
            std::any_of(own->when.begin(), own->when.end(),
                        [](const Condition& c) {
                            return c.slot.kind == SlotKind::Object && c.test == Condition::Test::Words && !c.negated;
                        }) &&
            (effect == Effect::Stop || effect == Effect::Begin);
    }
    if (transforms(effect) && !complements.empty() && !framed) {
        std::vector<Act> inner;
        done_[t] = 1; // against cycles
        for (const Token c : complements) {
            std::vector<Token> members;
            members.push_back(c);
            for (const Token k : tree_.children(c))
                if (a_.rel[k] == Rel::Conj) members.push_back(k);
            // A noun in the object shares the governing verb's subject and obliques: "ordered strikes on the port".
            const bool shares = effect == Effect::Cause || effect == Effect::Begin || effect == Effect::GoOn ||
                                effect == Effect::Attempt || effect == Effect::Plan || effect == Effect::Agree;
            for (const Token m : members)
                acts_at(m, shares && p.pos == LexPos::Verb && a_.upos[m] == Upos::NOUN ? t : kNoToken, inner,
                        depth + 1);
        }
        if (!inner.empty()) {
            for (Act& act : inner) apply(effect, p, std::move(act), out);
            return;
        }
        done_[t] = 0;
    }
    frame_acts(p, out);
    done_[t] = 1;
}

Effect ActFinder::effect_at(const Predicate& p, std::vector<Token>& complements) const {
    std::string lemma =
        p.pos == LexPos::Verb ? lower_ascii(tree_.predicate_lemma(p.token)) : lower_ascii(a_.lemma[p.token]);
    complements.clear();
    Effect through_preposition = Effect::None;
    // "call for", "agree to": the preposition belongs to the governing word.
    for (const Filler& f : p.slots) {
        if (f.slot.kind != SlotKind::Preposition || f.inherited) continue;
        const std::string with = lemma + ' ' + std::string(f.slot.preposition);
        const Effect e = lexicon_.effect(with, p.pos);
        if (e == Effect::None) continue;
        const Token noun = semantic_head(f.token);
        const bool act = a_.upos[noun] == Upos::VERB || names_acts(noun);
        // "on a visit, he called the move a mistake": nobody calls on an act.
        const bool addressee = lemma == "call" && (f.slot.preposition == "on" || f.slot.preposition == "upon");
        if (act && !addressee) {
            complements.push_back(noun);
            return e;
        }
        if (!act || mentions_.is_actor(noun))
            through_preposition = e; // "called on X to leave": the act is in the clause
    }
    Effect effect = through_preposition != Effect::None ? through_preposition : lexicon_.effect(lemma, p.pos);
    // A gerund after the preposition is an advcl: "accused of planning an attack".
    for (const Token c : tree_.children(p.token)) {
        if (a_.rel[c] != Rel::Advcl || !tree_.has_child(c, Rel::Mark) || a_.xpos[c] != "VBG") continue;
        const std::string mark(a_.lemma[tree_.child(c, Rel::Mark)]);
        const Effect e = lexicon_.effect(lemma + ' ' + mark, p.pos);
        if (e != Effect::None || ((mark == "of" || mark == "for" || mark == "from") && effect != Effect::None)) {
            complements.push_back(c);
            return e != Effect::None ? e : effect;
        }
    }
    // "told the troops to leave", "called for Israel to withdraw": the infinitive makes the verb govern it.
    for (const Filler& f : p.slots) {
        if (effect != Effect::None && effect != Effect::Report) break;
        if (f.slot.kind != SlotKind::Clause || f.inherited || !infinitive(f.token)) continue;
        const Token mark = tree_.child(f.token, Rel::Mark);
        const Effect e = lexicon_.effect(lemma + ' ' + std::string(a_.lemma[mark] == "for" ? "for" : "to"), p.pos);
        if (e != Effect::None) effect = e;
    }
    if (effect == Effect::None) return effect;
    for (const Filler& f : p.slots) {
        if (p.pos == LexPos::Verb && f.slot.kind == SlotKind::Object && !f.inherited) {
            const Token noun = semantic_head(f.token);
            if ((a_.upos[noun] == Upos::NOUN || a_.upos[noun] == Upos::VERB) && names_acts(noun))
                complements.push_back(noun);
        }
        if (p.pos == LexPos::Noun && f.slot.kind == SlotKind::Preposition && !f.inherited &&
            (f.slot.preposition == "of" || f.slot.preposition == "for" || f.slot.preposition == "to")) {
            const Token noun = semantic_head(f.token);
            if (a_.upos[noun] == Upos::NOUN && names_acts(noun)) complements.push_back(noun);
        }
    }
    // "threatened military action to resolve the conflict": beside an object that is the act an infinitive is its
    // purpose.
    for (const Filler& f : p.slots)
        if (f.slot.kind == SlotKind::Clause && (complements.empty() || !infinitive(f.token)))
            complements.push_back(f.token);
    return effect;
}

void ActFinder::apply(Effect effect, const Predicate& op, Act act, std::vector<Act>& out) const {
    std::vector<Entity> subject;
    std::vector<Entity> object;
    std::vector<Entity> partner;
    std::vector<Entity> scratch;
    for (const Filler& f : op.slots) {
        slot_entities(f, scratch);
        switch (f.slot.kind) {
        case SlotKind::Subject: add_entities(subject, scratch); break;
        case SlotKind::Possessive:
            if (op.pos == LexPos::Noun) add_entities(subject, scratch);
            break;
        case SlotKind::Modifier:
            if (op.pos == LexPos::Noun && subject.empty()) add_entities(subject, scratch);
            break;
        case SlotKind::Object:
        case SlotKind::IndirectObject: add_entities(object, scratch); break;
        case SlotKind::Preposition:
            if (f.slot.preposition == "with") add_entities(partner, scratch);
            if (op.pos == LexPos::Noun && subject.empty() &&
                (f.slot.preposition == "by" || f.slot.preposition == "from"))
                add_entities(subject, scratch);
            if (op.pos == LexPos::Verb && object.empty() &&
                (f.slot.preposition == "on" || f.slot.preposition == "upon" || f.slot.preposition == "against" ||
                 f.slot.preposition == "to") &&
                !f.inherited)
                add_entities(object, scratch);
            break;
        default: break;
        }
    }
    const auto without = [](std::vector<Entity> list, const std::vector<Entity>& drop) {
        std::erase_if(list, [&](const Entity& e) {
            return std::any_of(drop.begin(), drop.end(), [&](const Entity& d) { return same_entity(d, e); });
        });
        return list;
    };
    const Token carrier = op.carrier != kNoToken ? op.carrier : op.token;
    const auto become = [&](EventType type, std::string_view mode, std::string_view cameo) {
        Act a = act;
        a.anaphoric = false;
        a.partner_only = false;
        a.objects.push_back(act.trigger);
        a.type = type;
        a.mode = mode;
        a.cameo = cameo;
        a.trigger = op.token;
        a.carrier = carrier;
        a.trigger_tokens = {std::min(op.token, act.trigger_tokens.first),
                            std::max(op.token + 1, act.trigger_tokens.last)};
        a.rule =
            std::string(op.pos == LexPos::Verb ? "verb:" : "noun:") + std::string(a_.lemma[op.token]) + ">" + act.rule;
        return a;
    };

    switch (effect) {
    case Effect::Threaten:
        // "warned that rebels would attack" threatens nobody: only what one's own side may do is a threat.
        if (!act.actors.empty() && !subject.empty() &&
            std::none_of(act.actors.begin(), act.actors.end(), [&](const Entity& e) {
                return std::any_of(subject.begin(), subject.end(), [&](const Entity& s) { return s.code == e.code; });
            })) {
            out.push_back(std::move(act));
            return;
        }
        [[fallthrough]];
    case Effect::Agree:
    case Effect::Offer:
    case Effect::Plan:
    case Effect::Reject:
    case Effect::Stop: {
        // "promised not to harm the villagers": what one will not do to others is a commitment, no threat.
        if (effect != Effect::Stop && effect != Effect::Reject && quad_code(act.type) == 4 && negated(act.carrier)) {
            Act a = become(EventType::Agree, {}, "030");
            if (!subject.empty()) a.actors = subject;
            a.recipients = without(act.recipients, a.actors);
            a.reciprocal = false;
            a.auxiliary = 0;
            out.push_back(std::move(a));
            return;
        }
        const auto to = lexicon_.transform(effect, act.type, act.mode);
        if (!to) {
            if (effect == Effect::Stop) return;
            act.auxiliary |= effect == Effect::Reject ? kNegated : kFuture;
            act.settled = true;
            out.push_back(std::move(act));
            return;
        }
        Act a = become(to->type, to->mode, to->cameo);
        const std::vector<Entity> others = act.reciprocal ? without(act.actors, subject) : std::vector<Entity>{};
        if (!subject.empty()) a.actors = subject;
        add_entities(a.actors, effect == Effect::Agree && act.reciprocal ? partner : std::vector<Entity>{});
        a.recipients = without(act.recipients, a.actors);
        if (effect == Effect::Agree && !partner.empty() && !act.reciprocal) a.recipients = without(partner, a.actors);
        if (a.recipients.empty()) a.recipients = without(others, a.actors);
        if (a.recipients.empty() && !act.reciprocal) {
            a.recipients = without(object, a.actors);
            // What another does is what one rejects; what he may do is what one threatens him over.
            if (a.recipients.empty() && effect == Effect::Reject) a.recipients = without(act.actors, a.actors);
            if (a.recipients.empty() && a.type == EventType::Threaten)
                a.recipients = without(conditional_actors(act.carrier, op.token), a.actors);
        }
        drop_self(a);
        a.reciprocal = act.reciprocal && a.actors.size() > 1 && a.recipients.empty();
        a.auxiliary = 0;
        out.push_back(std::move(a));
        return;
    }
    case Effect::Request: {
        const auto to = lexicon_.transform(effect, act.type, act.mode);
        Act a = to ? become(to->type, to->mode, to->cameo) : become(EventType::Request, {}, {});
        if (!subject.empty()) a.actors = subject;
        a.recipients = without(object, a.actors);
        if (a.recipients.empty()) a.recipients = without(act.actors, a.actors);
        if (a.recipients.empty()) a.recipients = without(act.recipients, a.actors);
        if (subject.empty()) {
            a.actors.clear();
        }
        a.reciprocal = false;
        a.auxiliary = 0;
        out.push_back(std::move(a));
        return;
    }
    case Effect::Cause:
        if (!subject.empty()) {
            act.recipients = without(act.recipients, subject);
            if (act.reciprocal)
                add_entities(act.actors, subject);
            else
                act.actors = subject;
        }
        act.carrier = carrier;
        act.rule = std::string(a_.lemma[op.token]) + ">" + act.rule;
        out.push_back(std::move(act));
        return;
    case Effect::Allege: {
        Act accuse = become(EventType::Accuse, "allege", "112");
        accuse.actors = subject;
        accuse.recipients = without(object, subject);
        if (accuse.recipients.empty()) accuse.recipients = without(act.actors, subject);
        accuse.reciprocal = false;
        accuse.auxiliary = 0;
        // The gerund's controller is the accused, not the accuser.
        if (act.actors.empty() ||
            (!object.empty() && std::all_of(act.actors.begin(), act.actors.end(), [&](const Entity& e) {
                return std::any_of(subject.begin(), subject.end(), [&](const Entity& s) { return same_entity(s, e); });
            })))
            act.actors = accuse.recipients;
        act.recipients = without(act.recipients, act.actors);
        act.auxiliary |= kAlleged;
        act.alleged_by = subject;
        if (!accuse.actors.empty() && !accuse.recipients.empty()) out.push_back(std::move(accuse));
        out.push_back(std::move(act));
        return;
    }
    case Effect::Deny:
        act.auxiliary |= kNegated;
        act.carrier = carrier;
        act.settled = true;
        out.push_back(std::move(act));
        return;
    case Effect::Attempt:
        if (quad_code(act.type) != 4) act.auxiliary |= kHypothetical;
        if (act.cameo == "186") act.cameo = "185"; // CAMEO tells an attempt on a life from an assassination
        if (act.actors.empty()) act.actors = subject;
        act.carrier = carrier;
        out.push_back(std::move(act));
        return;
    case Effect::Begin:
    case Effect::GoOn:
        if (act.actors.empty()) act.actors = subject;
        act.carrier = carrier;
        out.push_back(std::move(act));
        return;
    case Effect::Hope:
        act.auxiliary |= kHypothetical;
        act.settled = true;
        if (act.actors.empty()) act.actors = subject;
        act.carrier = carrier;
        out.push_back(std::move(act));
        return;
    case Effect::Support:
    case Effect::Oppose: {
        const auto to = lexicon_.transform(effect, act.type, act.mode);
        Act a = to                          ? become(to->type, to->mode, to->cameo)
                : effect == Effect::Support ? become(EventType::Support, {}, "051")
                                            : become(EventType::Accuse, "disapprove", "111");
        a.actors = subject;
        a.recipients = without(object, subject);
        if (a.recipients.empty()) a.recipients = without(act.actors, subject);
        // "praised Cambodia for its crackdown": the one who is praised did it.
        if (act.actors.empty()) act.actors = a.recipients;
        a.reciprocal = false;
        a.auxiliary = 0;
        drop_self(a);
        if (!a.actors.empty()) out.push_back(std::move(a));
        out.push_back(std::move(act));
        return;
    }
    case Effect::None:
    case Effect::Report: out.push_back(std::move(act)); return;
    }
}

std::vector<Entity> ActFinder::conditional_actors(Token inner, Token outer) const {
    std::vector<Entity> out;
    for (const Token verb : {inner, outer})
        for (const Token c : tree_.children(verb)) {
            if (a_.rel[c] != Rel::Advcl) continue;
            const Token mark = tree_.child(c, Rel::Mark);
            if (mark == kNoToken || (a_.lemma[mark] != "if" && a_.lemma[mark] != "unless")) continue;
            bool inherited = false;
            const Token subject = tree_.subject(c, inherited);
            if (subject == kNoToken || inherited) continue;
            mentions_.entities(subject, out);
            if (!out.empty()) return out;
            // "if an Iranian plot succeeds": whose plot.
            std::vector<Filler> slots;
            tree_.noun_slots(subject, kNoToken, slots);
            for (const Filler& f : slots)
                if (f.slot.kind == SlotKind::Possessive || f.slot.kind == SlotKind::Modifier) {
                    std::vector<Entity> found;
                    slot_entities(f, found);
                    add_entities(out, found);
                }
            if (!out.empty()) return out;
        }
    return out;
}

void ActFinder::slot_entities(const Filler& f, std::vector<Entity>& out) const {
    out.clear();
    const Token t = semantic_head(f.token);
    if (f.slot.kind == SlotKind::Modifier) {
        // Adjective, compound name, or a role in the compound ("opposition offensive").
        if (const auto e = mentions_.modifier_entity(t)) {
            out.push_back(*e);
            if (out.back().sectors.empty() && out.back().code.size() == 3) out.back().sectors.push_back("GOV");
        }
        for (const Token c : tree_.children(t))
            if (a_.rel[c] == Rel::Conj || (c < t && (a_.rel[c] == Rel::Compound || a_.rel[c] == Rel::Amod)))
                if (const auto e = mentions_.modifier_entity(c)) add_entities(out, {*e}); // "Turkish-Syrian clashes"
        return;
    }
    mentions_.entities(t, out);
    // What does it is a thing or an act; whose it is, is who did it: "Israeli jets struck", "a rebel offensive ousted".
    const bool coded = std::any_of(out.begin(), out.end(), [](const Entity& e) { return !e.code.empty(); });
    if (!coded && f.slot.kind == SlotKind::Subject && a_.upos[t] == Upos::NOUN) {
        std::vector<Entity> owner;
        owner_entities(t, false, owner);
        // "launched missiles targeting the base": the missiles are whoever launched them.
        const Token launcher = a_.head[t];
        if (owner.empty() && f.inherited && a_.rel[t] == Rel::Obj && launcher != kNoToken &&
            a_.upos[launcher] == Upos::VERB) {
            bool far = false;
            if (const Token s = tree_.subject(launcher, far); s != kNoToken && s != t) mentions_.entities(s, owner);
        }
        if (!owner.empty()) out = std::move(owner);
        const std::string lemma = lower_ascii(a_.lemma[t]);
        for (const std::string_view arms : {"warplane", "warship", "drone", "heavy_weapon", "weapon"})
            if (lexicon_.in_class(lemma, arms))
                for (Entity& e : out)
                    if (e.sectors.size() == 1 && e.sectors.front() == "GOV") e.sectors = {"MIL"};
    }
    if (out.empty() && a_.upos[t] == Upos::NOUN &&
        (f.slot.kind == SlotKind::Object || f.slot.kind == SlotKind::IndirectObject ||
         f.slot.kind == SlotKind::Preposition) &&
        std::any_of(kOwned.begin(), kOwned.end(),
                    [&](std::string_view c) { return lexicon_.in_class(lower_ascii(a_.lemma[t]), c); }))
        owner_entities(t, true, out);
}

void ActFinder::owner_entities(Token thing, bool after, std::vector<Entity>& out, int depth) const {
    out.clear();
    const auto government = [&] {
        for (Entity& e : out)
            if (e.sectors.empty() && e.code.size() == 3) e.sectors.emplace_back("GOV");
    };
    if (const Token poss = tree_.child(thing, Rel::NmodPoss); poss != kNoToken) {
        mentions_.entities(poss, out);
        if (!out.empty()) return;
    }
    for (const Token c : tree_.children(thing)) {
        if (c > thing || (a_.rel[c] != Rel::Amod && a_.rel[c] != Rel::Compound && a_.rel[c] != Rel::NmodDesc &&
                          a_.rel[c] != Rel::Nmod))
            continue;
        // "police station" is the police's; a "rebel town" is where, not who.
        if (a_.upos[c] == Upos::NOUN && !lexicon_.in_class(lower_ascii(a_.lemma[thing]), "territory")) {
            if (const auto role = mentions_.role_modifier(c, thing)) {
                out = {*role};
                return;
            }
        }
        if (const auto e = mentions_.modifier_entity(c)) add_entities(out, {*e});
    }
    if (!out.empty()) {
        government();
        return;
    }
    for (const Token c : tree_.children(thing)) {
        if (a_.rel[c] != Rel::Nmod || c < thing) continue;
        const std::string p = tree_.preposition(c);
        if (p == "by" || (after && (p == "of" || p == "in" || p == "at" || p == "from" || p == "near"))) {
            mentions_.entities(c, out);
            if (out.empty() && after && depth < 2 && a_.upos[c] == Upos::NOUN) owner_entities(c, true, out, depth + 1);
            if (!out.empty()) return;
        }
    }
    if (!after) return;
    // "a barricade that the villagers had put up"
    for (const Token c : tree_.children(thing)) {
        if (a_.rel[c] != Rel::AclRelcl || c < thing) continue;
        const Token maker = tree_.child(c, Rel::Nsubj);
        if (maker == kNoToken || (a_.upos[maker] != Upos::NOUN && a_.upos[maker] != Upos::PROPN)) continue;
        mentions_.entities(maker, out);
        if (!out.empty()) return;
    }
    if (const Token appos = tree_.child(thing, Rel::Appos); appos != kNoToken) mentions_.entities(appos, out);
}

void ActFinder::fill(const std::vector<Slot>& wanted, const Predicate& p, bool all, std::vector<Entity>& out) const {
    std::vector<Entity> found;
    for (const Slot& slot : wanted) {
        bool any = false;
        for (int pass = 0; pass < 2 && (pass == 0 || !any); ++pass) {
            for (const Filler& f : p.slots) {
                if (f.inherited != (pass == 1)) continue;
                if (f.slot.kind != slot.kind || f.slot.preposition != slot.preposition) continue;
                slot_entities(f, found);
                if (found.empty()) continue;
                add_entities(out, found);
                any = true;
            }
        }
        if (any && !all) return;
    }
}

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

void ActFinder::strike_place(Act& act, const Predicate& p) const {
    // An attack of which no side is named ("a bomb went off in the capital") is on the people of the place.
    static constexpr std::array<std::string_view, 7> kModes = {
        "explosives", "suicide-attack", "heavy-weapons", "aerial", "drone", "firearms", "primitive"};
    if (act.type != EventType::Assault || act.anaphoric ||
        std::find(kModes.begin(), kModes.end(), act.mode) == kModes.end())
        return;
    const auto coded = [](const Entity& e) { return !e.code.empty(); };
    if (std::any_of(act.actors.begin(), act.actors.end(), coded) ||
        std::any_of(act.recipients.begin(), act.recipients.end(), coded))
        return;
    std::vector<Token> around;
    for (const Filler& f : p.slots) around.push_back(f.token);
    const Token up = a_.head[p.token];
    if (p.pos == LexPos::Noun && up != kNoToken && a_.upos[up] == Upos::VERB)
        for (const Token c : tree_.children(up))
            if (a_.rel[c] == Rel::Obl) around.push_back(c);
    for (const Token t : around) {
        const std::string where = tree_.preposition(t);
        if (where != "in" && where != "at" && where != "near" && where != "outside" && where != "across") continue;
        const Mention* m = mentions_.at(t);
        if (m == nullptr)
            if (const Token name = tree_.child(t, Rel::Appos); name != kNoToken) m = mentions_.at(name);
        if (m == nullptr || (m->kind != MentionKind::State && m->kind != MentionKind::Place) ||
            m->entities.front().code.empty())
            continue;
        Entity people = m->entities.front();
        people.sectors = {"CVL"};
        people.identifier_text.clear();
        people.identifier_id.clear();
        act.recipients = {people};
        return;
    }
}

void ActFinder::lend_subject(Act& act) const {
    // "three days of talks"
    Token t = act.trigger;
    for (int guard = 0; guard < 3 && a_.rel[t] == Rel::Nmod && a_.head[t] != kNoToken; ++guard) {
        static constexpr std::array<std::string_view, 9> kSpans = {"hour", "day",   "night",  "week",   "month",
                                                                   "year", "round", "series", "session"};
        const Token up = a_.head[t];
        if (tree_.preposition(t) != "of" ||
            std::find(kSpans.begin(), kSpans.end(), std::string_view(a_.lemma[up])) == kSpans.end())
            break;
        t = up;
    }
    const Token verb = a_.head[t];
    if (a_.rel[t] != Rel::Obl || verb == kNoToken || a_.upos[verb] != Upos::VERB || tree_.passive(verb)) return;
    const std::string p = tree_.preposition(t);
    bool lends = false;
    if (act.type == EventType::Consult && (!act.actors.empty() || !act.recipients.empty()))
        for (const std::string_view way : {"for", "from", "after", "at", "in", "on", "during", "following"})
            lends |= p == way;
    else if (act.type == EventType::Protest)
        lends = p == "in" && act.actors.empty();
    else if (act.type == EventType::Support && act.cameo == "057")
        lends = p == "with" && act.actors.empty();
    if (!lends) return;
    bool inherited = false;
    const Token subject = tree_.subject(verb, inherited);
    if (subject == kNoToken) return;
    std::vector<Entity> found;
    slot_entities({{SlotKind::Subject, {}}, subject, inherited}, found);
    std::erase_if(found, [&](const Entity& e) {
        return e.code.empty() || std::any_of(act.recipients.begin(), act.recipients.end(),
                                             [&](const Entity& r) { return same_entity(r, e); });
    });
    if ((act.mode == "visit" && !act.actors.empty()) || act.actors.size() + act.recipients.size() > 1 || found.empty())
        return;
    add_entities(act.actors, found);
    act.carrier = verb; // whose tense and negation are the noun's
}

void ActFinder::find_recipient(Act& act, const Predicate& p) const {
    std::vector<Entity> found;
    if (act.type == EventType::Request || act.type == EventType::Threaten) {
        // "demanded that Iraq leave": whoever is to do it.
        for (const Filler& f : p.slots) {
            if (f.slot.kind != SlotKind::Clause || f.inherited) continue;
            bool inherited = false;
            const Token subject = tree_.subject(f.token, inherited);
            if (subject == kNoToken || inherited) continue;
            mentions_.entities(subject, found);
            if (act.type == EventType::Request && !found.empty()) {
                act.recipients = found;
                return;
            }
        }
    }
    if (act.type == EventType::Consult || act.type == EventType::Agree || act.type == EventType::Mobilize) return;
    // Whose the thing is that it was done to: "froze Iraqi assets", "closed Moscow's consulate", "raided police posts".
    for (const Filler& f : p.slots) {
        const bool object = f.slot.kind == SlotKind::Object && p.pos == LexPos::Verb;
        const bool target =
            f.slot.kind == SlotKind::Preposition && (f.slot.preposition == "on" || f.slot.preposition == "against" ||
                                                     (p.pos == LexPos::Noun && f.slot.preposition == "of"));
        if (!object && !target) continue;
        const Token t = semantic_head(f.token);
        if (a_.upos[t] != Upos::NOUN || mentions_.is_actor(t)) continue;
        owner_entities(t, true, found);
        std::erase_if(found, [](const Entity& e) { return e.code.empty(); });
        if (found.empty()) continue;
        act.recipients = found;
        return;
    }
    if (act.type == EventType::Concede)
        for (const Filler& f : p.slots) {
            if (f.slot.kind != SlotKind::Preposition ||
                (f.slot.preposition != "to" && f.slot.preposition != "for" && f.slot.preposition != "over"))
                continue;
            slot_entities(f, found);
            if (found.empty()) owner_entities(semantic_head(f.token), true, found);
            std::erase_if(found, [](const Entity& e) { return e.code.empty(); });
            if (found.empty()) continue;
            act.recipients = found; // "regret for the death of the soldiers"
            return;
        }
    if (act.type == EventType::Reject || act.type == EventType::Request)
        for (const std::string_view side : {"from", "of", "by", "to", "with", "for"})
            for (const Filler& f : p.slots) {
                if (f.slot.kind != SlotKind::Preposition || f.slot.preposition != side) continue;
                slot_entities(f, found);
                std::erase_if(found, [&](const Entity& e) {
                    return e.code.empty() || (!act.actors.empty() && act.actors.front().code == e.code);
                });
                if (found.empty()) continue;
                act.recipients = found; // "refused aid from Japan"
                return;
            }
    if (p.pos == LexPos::Verb && (act.type == EventType::Assault || act.type == EventType::Coerce))
        for (const Filler& f : p.slots) {
            if (f.slot.kind != SlotKind::Preposition || f.slot.preposition != "from") continue;
            slot_entities(f, found);
            std::erase_if(found, [](const Entity& e) { return e.code.empty(); });
            if (found.empty()) continue;
            act.recipients = found; // "retook the town from the rebels"
            return;
        }
    if (act.type != EventType::Assault) return;
    // Where a foreign force strikes is whom it strikes.
    for (const std::string_view where : {"against", "on", "at", "into", "in"})
        for (const Filler& f : p.slots) {
            if (f.slot.kind != SlotKind::Preposition || f.slot.preposition != where) continue;
            const Mention* m = mentions_.at(semantic_head(f.token));
            if (m == nullptr || (m->kind != MentionKind::State && m->kind != MentionKind::Place)) continue;
            const bool foreign =
                !act.actors.empty() && std::none_of(act.actors.begin(), act.actors.end(), [&](const Entity& e) {
                    return e.code.empty() || e.code == m->entities.front().code;
                });
            if (!foreign) continue;
            act.recipients = m->entities;
            return;
        }
}

void ActFinder::recall(Act& act) const {
    bool definite = false;
    for (const Token c : tree_.children(act.trigger)) {
        const std::string form = lower_ascii(a_.form[c]);
        if (a_.rel[c] == Rel::Det)
            definite |= form == "the" || form == "this" || form == "that" || form == "these" || form == "those";
    }
    if (!definite) return;
    for (auto it = told_.rbegin(); it != told_.rend(); ++it) {
        if (it->type != act.type || (it->actors.empty() && it->recipients.empty())) continue;
        if (!act.mode.empty() && !it->mode.empty() && act.mode != it->mode) continue;
        act.actors = it->actors;
        act.recipients = it->recipients;
        act.reciprocal = it->reciprocal;
        act.anaphoric = true;
        return;
    }
}

} // namespace kadesh
