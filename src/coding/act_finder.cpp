#include "coding/act_finder.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace kadesh {

namespace {

constexpr int kMaxDepth = 8;

bool partitive(std::string_view lemma) {
    static constexpr std::array<std::string_view, 50> kWords = {
        "number",     "hundred",    "thousand", "dozen",     "score",    "series",   "round",   "lot",    "wave",
        "couple",     "part",       "majority", "million",   "billion",  "most",     "many",    "some",   "one",
        "several",    "kind",       "type",     "batch",     "string",   "set",      "total",   "all",    "handful",
        "delegation", "contingent", "half",     "crowd",     "pair",     "spate",    "barrage", "volley", "few",
        "amount",     "quarter",    "ton",      "tonne",     "kilo",     "kilogram", "litre",   "liter",  "gallon",
        "bag",        "sack",       "crate",    "truckload", "planeload"};
    return std::find(kWords.begin(), kWords.end(), lemma) != kWords.end();
}

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
        // "clashes erupted in the town between militias", "talks resumed with Iran": what happens lends its subject the
        // rest of the clause.
        const Token verb = a_.head[t];
        if (carrier == kNoToken && verb != kNoToken && (a_.rel[t] == Rel::Nsubj || a_.rel[t] == Rel::NsubjPass) &&
            a_.upos[verb] == Upos::VERB && lexicon_.in_class(lower_ascii(tree_.predicate_lemma(verb)), "occurrence")) {
            std::vector<Filler> around;
            tree_.verb_slots(verb, around);
            for (const Filler& f : around)
                if (f.slot.kind == SlotKind::Preposition) p.slots.push_back({f.slot, f.token, true});
        }
    } else {
        tree_.verb_slots(t, p.slots);
        // "blocked the envoys from entering"
        for (const Token c : tree_.children(t))
            if (prevented(c)) p.slots.push_back({{SlotKind::Clause, {}}, c, false});
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
        // Whom it is said to: the other side of the talk.
        for (const Act& talk : acts) {
            if (!act.recipients.empty()) break;
            if (talk.type != EventType::Consult || talk.carrier != verb) continue;
            add_entities(act.recipients, talk.recipients.empty() ? talk.actors : talk.recipients);
            drop_self(act);
        }
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
            (effect == Effect::Stop || effect == Effect::Begin ||
             (effect == Effect::Oppose && own->type == EventType::Assault));
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

} // namespace kadesh
