// Who takes part in an act: slots, owners of things, and participants that no slot holds.
#include "base/ascii.hpp"
#include "coding/act_finder.hpp"

#include <algorithm>
#include <array>

namespace kadesh {

namespace {

/// Classes of things that stand for whose they are when something is done to them.
constexpr std::array<std::string_view, 6> kOwned = {"territory", "building", "infrastructure",
                                                    "vessel",    "vehicle",  "property"};

} // namespace

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
    for (const Token c : tree_.children(thing)) {
        if ((a_.rel[c] != Rel::AclRelcl && a_.rel[c] != Rel::Acl) || c < thing) continue;
        // "a barricade that the villagers had put up", "positions held by the rebels", "a debt owed by the state"
        Token maker = a_.rel[c] == Rel::AclRelcl ? tree_.child(c, Rel::Nsubj) : kNoToken;
        if (a_.xpos[c] == "VBN" && lexicon_.in_class(lower_ascii(tree_.predicate_lemma(c)), "possession"))
            for (const Token by : tree_.children(c))
                if ((a_.rel[by] == Rel::Obl || a_.rel[by] == Rel::OblAgent) && tree_.preposition(by) == "by")
                    maker = by;
        // "a boat that carried the minister", "a van carrying guards"
        if (lexicon_.in_class(lower_ascii(a_.lemma[c]), "conveyance") && a_.xpos[c] != "VBN")
            if (const Token aboard = tree_.child(c, Rel::Obj); aboard != kNoToken) maker = semantic_head(aboard);
        if (maker == kNoToken || (a_.upos[maker] != Upos::NOUN && a_.upos[maker] != Upos::PROPN)) continue;
        mentions_.entities(maker, out);
        if (!out.empty()) return;
    }
    if (const Token appos = tree_.child(thing, Rel::Appos); appos != kNoToken) mentions_.entities(appos, out);
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
    // "complained that Canberra had dictated terms": who is said to have done it.
    if (act.type == EventType::Accuse && p.pos == LexPos::Verb)
        for (const Filler& f : p.slots) {
            if (f.slot.kind != SlotKind::Clause || f.inherited) continue;
            bool inherited = false;
            const Token subject = tree_.subject(f.token, inherited);
            if (subject == kNoToken || inherited) continue;
            slot_entities({{SlotKind::Subject, {}}, subject, false}, found);
            std::erase_if(found, [&](const Entity& e) {
                return e.code.empty() || std::any_of(act.actors.begin(), act.actors.end(),
                                                     [&](const Entity& x) { return same_entity(x, e); });
            });
            if (found.empty()) continue;
            act.recipients = found;
            return;
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

void ActFinder::strike_place(Act& act, const Predicate& p) const {
    // An attack of which no side is named ("a bomb went off in the capital") is on the people of the place.
    static constexpr std::array<std::string_view, 7> kModes = {
        "explosives", "suicide-attack", "heavy-weapons", "aerial", "drone", "firearms", "primitive"};
    // Nor is it told who protests where "riots broke out across the country".
    const bool protest = act.type == EventType::Protest && p.pos == LexPos::Noun;
    const bool killed = p.pos == LexPos::Verb || std::find(kModes.begin(), kModes.end(), act.mode) != kModes.end();
    if (act.anaphoric || (!protest && (act.type != EventType::Assault || !killed))) return;
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
        if (where != "in" && where != "at" && where != "near" && where != "outside" && where != "across" &&
            where != "throughout" && where != "around" && where != "inside" && where != "on")
            continue;
        const Mention* m = mentions_.at(t);
        if (m == nullptr)
            if (const Token name = tree_.child(t, Rel::Appos); name != kNoToken) m = mentions_.at(name);
        // "inside a building in Moscow"
        if (m == nullptr || (m->kind != MentionKind::State && m->kind != MentionKind::Place))
            for (const Token c : tree_.children(t))
                if (a_.rel[c] == Rel::Nmod && (tree_.preposition(c) == "in" || tree_.preposition(c) == "of" ||
                                               tree_.preposition(c) == "near" || tree_.preposition(c) == "at"))
                    if (const Mention* inner = mentions_.at(c); inner != nullptr) m = inner;
        if (m == nullptr || (m->kind != MentionKind::State && m->kind != MentionKind::Place) ||
            m->entities.front().code.empty())
            continue;
        Entity people = m->entities.front();
        people.sectors = {"CVL"};
        people.identifier_text.clear();
        people.identifier_id.clear();
        (protest ? act.actors : act.recipients) = {people};
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
