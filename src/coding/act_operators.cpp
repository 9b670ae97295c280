// Words that govern acts: what they govern, and what becomes of it.
#include "base/ascii.hpp"
#include "coding/act_finder.hpp"

#include <algorithm>

namespace kadesh {

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
    // "raised the possibility of bans": verb and noun together govern what the noun governs.
    if (p.pos == LexPos::Verb)
        for (const Filler& f : p.slots) {
            if (f.slot.kind != SlotKind::Object || f.inherited) continue;
            const Effect e = lexicon_.effect(lemma + ' ' + lower_ascii(a_.lemma[f.token]), p.pos);
            if (e == Effect::None) continue;
            complements.push_back(f.token);
            return e;
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

    const auto of_others = [&](const std::vector<Entity>& list, bool other_state) {
        return !list.empty() && !subject.empty() && std::none_of(list.begin(), list.end(), [&](const Entity& e) {
            return e.code.empty() || std::any_of(subject.begin(), subject.end(), [&](const Entity& s) {
                       return s.code.empty() || (other_state ? s.code == e.code : same_entity(s, e));
                   });
        });
    };
    // "the court ordered Japan to pay", "Berlin wants Athens to reform": a state does not do another's bidding for it;
    // its own soldiers and police do.
    const bool own_forces = std::any_of(object.begin(), object.end(), [](const Entity& e) {
        return !e.sectors.empty() && (e.sectors.front() == "MIL" || e.sectors.front() == "COP");
    });
    if (op.pos == LexPos::Verb && a_.upos[act.carrier] == Upos::VERB &&
        ((effect == Effect::Cause && a_.lemma[op.token] == "order" && !own_forces && of_others(object, true)) ||
         (effect == Effect::Hope && a_.lemma[op.token] == "want" && of_others(act.actors, false) && !act.reciprocal)))
        effect = Effect::Request;

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
        auto to = lexicon_.transform(effect, act.type, act.mode);
        // "called for sanctions on X" rallies against X, but "urged Y to cut off aid to X" asks Y.
        const bool addressed = !object.empty() || (a_.upos[act.trigger] == Upos::VERB && !act.actors.empty());
        if (to && to->type == EventType::Accuse && act.type == EventType::Sanction && addressed) to = std::nullopt;
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
        // "was charged with the killing": it need not be told by whom, unless it only tells who is meant ("a man
        // accused of killings").
        if (!accuse.recipients.empty() && (!accuse.actors.empty() || (!object.empty() && a_.rel[op.token] != Rel::Acl)))
            out.push_back(std::move(accuse));
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

} // namespace kadesh
