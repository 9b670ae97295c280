#include "coding/act_nesting.hpp"

#include <algorithm>
#include <string_view>

namespace kadesh {

void absorb_nested(std::vector<Act>& acts, const Tree& tree) {
    const auto codes = [](const std::vector<Entity>& list) {
        std::vector<std::string_view> out;
        for (const Entity& e : list) out.push_back(e.code);
        std::sort(out.begin(), out.end());
        return out;
    };
    std::vector<bool> gone(acts.size(), false);
    for (std::size_t i = 0; i < acts.size(); ++i)
        for (std::size_t j = 0; j < acts.size(); ++j) {
            Act& outer = acts[i];
            Act& inner = acts[j];
            if (i == j || gone[i] || gone[j] || outer.type != inner.type || outer.trigger == inner.trigger) continue;
            if (tree.sentence_of(outer.trigger) != tree.sentence_of(inner.trigger)) continue;
            if (!tree.below(inner.trigger, outer.trigger)) continue;
            // A clause of its own is an act of its own.
            bool clause = false;
            for (Token t = inner.trigger; t != outer.trigger; t = tree.annotation().head[t])
                clause |= tree.annotation().upos[t] == Upos::VERB;
            if (clause) continue;
            const bool actors =
                inner.actors.empty() || outer.actors.empty() || codes(inner.actors) == codes(outer.actors);
            const bool recipients = inner.recipients.empty() || outer.recipients.empty() ||
                                    codes(inner.recipients) == codes(outer.recipients);
            if (!actors || !recipients) continue;
            if (inner.actors.empty()) inner.actors = outer.actors;
            if (inner.recipients.empty()) inner.recipients = outer.recipients;
            if (inner.mode.empty()) {
                inner.mode = outer.mode;
                if (!outer.mode.empty() && !outer.cameo.empty()) inner.cameo = outer.cameo;
            }
            inner.carrier = outer.carrier;
            inner.objects.insert(inner.objects.end(), outer.objects.begin(), outer.objects.end());
            gone[i] = true;
        }
    // "an offensive that ousted the president", "the strike killed five": the noun only names what the verb tells.
    for (std::size_t i = 0; i < acts.size(); ++i) {
        const Upos pos = tree.annotation().upos[acts[i].trigger];
        if (gone[i] || pos != Upos::NOUN || !acts[i].recipients.empty() || quad_code(acts[i].type) != 4) continue;
        for (std::size_t j = 0; j < acts.size() && !gone[i]; ++j) {
            if (i == j || gone[j] || quad_code(acts[j].type) != 4 ||
                tree.annotation().upos[acts[j].trigger] != Upos::VERB)
                continue;
            bool inherited = false;
            if (tree.subject(acts[j].trigger, inherited) != acts[i].trigger) continue;
            if (acts[j].actors.empty()) acts[j].actors = acts[i].actors;
            if (acts[j].mode.empty() && acts[j].type == acts[i].type) {
                acts[j].mode = acts[i].mode;
                if (!acts[i].mode.empty()) acts[j].cameo = acts[i].cameo;
            }
            gone[i] = true;
        }
    }
    // "opened fire, killing a villager": what came of the attack is told with it, and who fell is whom it hit.
    for (std::size_t j = 0; j < acts.size(); ++j) {
        const Annotation& a = tree.annotation();
        const Token verb = acts[j].trigger;
        if (gone[j] || acts[j].type != EventType::Assault || a.rel[verb] != Rel::Advcl || a.xpos[verb] != "VBG" ||
            (a.lemma[verb] != "kill" && a.lemma[verb] != "injure" && a.lemma[verb] != "wound"))
            continue;
        for (std::size_t i = 0; i < acts.size() && !gone[j]; ++i) {
            Act& attack = acts[i];
            if (i == j || gone[i] || attack.type != EventType::Assault || attack.carrier != a.head[verb]) continue;
            const bool same = acts[j].recipients.empty() || attack.recipients.empty() ||
                              codes(acts[j].recipients) == codes(attack.recipients);
            if (!same) continue;
            if (attack.recipients.empty()) attack.recipients = acts[j].recipients;
            if (attack.actors.empty()) attack.actors = acts[j].actors;
            gone[j] = true;
        }
    }
    // What a protest demands is its topic, no event of its own (manual 3.12.2); whom it is directed at is the
    // recipient.
    for (Act& protest : acts) {
        if (protest.type != EventType::Protest) continue;
        for (std::size_t j = 0; j < acts.size(); ++j) {
            Act& topic = acts[j];
            if (gone[j] || (topic.type != EventType::Request && topic.type != EventType::Accuse &&
                            topic.type != EventType::Reject))
                continue;
            if (tree.sentence_of(protest.trigger) != tree.sentence_of(topic.trigger)) continue;
            if (topic.carrier == protest.carrier || !tree.below(topic.carrier, protest.carrier)) continue;
            if (!topic.actors.empty() && codes(topic.actors) != codes(protest.actors)) continue;
            if (protest.recipients.empty()) protest.recipients = topic.recipients;
            gone[j] = true;
        }
    }
    // Forces moved to strike, or to help, are part of the strike or the help (manual 3.14.1).
    for (std::size_t i = 0; i < acts.size(); ++i) {
        if (acts[i].type != EventType::Mobilize) continue;
        for (std::size_t j = 0; j < acts.size() && !gone[i]; ++j)
            if (!gone[j] && (acts[j].type == EventType::Assault || acts[j].type == EventType::Aid) &&
                tree.sentence_of(acts[i].trigger) == tree.sentence_of(acts[j].trigger) &&
                tree.below(acts[j].carrier, acts[i].carrier) && codes(acts[i].actors) == codes(acts[j].actors))
                gone[i] = true;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < acts.size(); ++i)
        if (!gone[i]) {
            if (kept != i) acts[kept] = std::move(acts[i]);
            ++kept;
        }
    acts.resize(kept);
}

} // namespace kadesh
