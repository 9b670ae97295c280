#include "coding/precedence.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <string>

namespace kadesh {

bool settle_future(Act& act, const Lexicon& lexicon) {
    if ((act.auxiliary & kFuture) == 0 || (act.auxiliary & kNegated) != 0) return false;
    switch (act.type) {
    case EventType::Consult:
    case EventType::Support:
    case EventType::Cooperate:
    case EventType::Aid:
    case EventType::Retreat: {
        const auto to = lexicon.transform(Effect::Plan, act.type, act.mode);
        act.type = to ? to->type : act.type == EventType::Retreat ? EventType::Concede : EventType::Agree;
        act.mode = to ? to->mode : std::string_view{};
        act.cameo = to ? to->cameo : std::string_view{};
        act.auxiliary &= static_cast<std::uint8_t>(~(kFuture | kHypothetical));
        act.rule += ">future";
        return true;
    }
    default: return false;
    }
}

bool settle_refusal(Act& act, const Lexicon& lexicon) {
    if ((act.auxiliary & kNegated) == 0 || (act.auxiliary & (kFuture | kHypothetical)) == 0 || quad_code(act.type) > 2)
        return false;
    const auto to = lexicon.transform(Effect::Reject, act.type, act.mode);
    if (!to || to->type != EventType::Reject || act.actors.empty()) return false;
    act.type = to->type;
    act.mode = to->mode;
    act.cameo = to->cameo;
    if (act.reciprocal && act.actors.size() > 1) {
        act.recipients.assign(act.actors.begin() + 1, act.actors.end());
        act.actors.resize(1);
    }
    act.reciprocal = false;
    act.auxiliary &= static_cast<std::uint8_t>(~(kNegated | kFuture | kHypothetical));
    act.rule += ">refusal";
    return true;
}

bool settle_obligation(Act& act, const Tree& tree, const std::vector<Entity>& sources, const Lexicon& lexicon) {
    if (sources.empty() || sources.front().code.empty() || act.actors.empty()) return false;
    const Annotation& a = tree.annotation();
    bool must = false;
    for (const Token c : tree.children(act.carrier))
        if (a.rel[c] == Rel::Aux) must |= a.lemma[c] == "must" || a.lemma[c] == "should";
    if (!must) return false;
    if (std::any_of(act.actors.begin(), act.actors.end(),
                    [&](const Entity& e) { return e.code == sources.front().code; }))
        return false;
    const auto to = lexicon.transform(Effect::Request, act.type, act.mode);
    act.type = to ? to->type : EventType::Request;
    act.mode = to ? to->mode : std::string_view{};
    act.cameo = to ? to->cameo : std::string_view{};
    act.recipients = act.actors;
    act.actors = {sources.front()};
    act.reciprocal = false;
    act.auxiliary = 0;
    act.rule += ">must";
    return true;
}

bool settle_threat(Act& act, const Tree& tree, const std::vector<Entity>& sources, const Lexicon& lexicon) {
    if ((quad_code(act.type) != 4 && act.type != EventType::Reject) ||
        (act.auxiliary & (kFuture | kHypothetical)) == 0 || (act.auxiliary & kNegated) != 0)
        return false;
    if (sources.empty() || act.actors.empty() || sources.front().code.empty()) return false;
    if (std::none_of(act.actors.begin(), act.actors.end(),
                     [&](const Entity& e) { return e.code == sources.front().code; }))
        return false;
    // What is said to be fixed for a day stays what it is, in the future; a condition, a warning or force makes a
    // threat.
    const Annotation& a = tree.annotation();
    // The condition itself is not what is threatened: "If Russia attacked ships, insurers would ..., brokers said".
    if (const Token mark = tree.child(act.carrier, Rel::Mark);
        mark != kNoToken && (a.lemma[mark] == "if" || a.lemma[mark] == "unless"))
        return false;
    bool conditional = act.type == EventType::Assault;
    for (const Token c : tree.children(act.carrier)) {
        const Token mark = a.rel[c] == Rel::Advcl ? tree.child(c, Rel::Mark) : kNoToken;
        conditional |= mark != kNoToken && (a.lemma[mark] == "if" || a.lemma[mark] == "unless");
        // "said it may ban the party": what one says that one may do to another.
        conditional |= a.rel[c] == Rel::Aux &&
                       (a.lemma[c] == "may" || a.lemma[c] == "might" || a.lemma[c] == "could") &&
                       (act.type == EventType::Sanction || act.type == EventType::Coerce);
    }
    const std::string cue = lower_ascii(sources.front().cue);
    if (!conditional && !cue.starts_with("warn") && !cue.starts_with("threat") && !cue.starts_with("vow")) return false;
    const auto to = lexicon.transform(Effect::Threaten, act.type, act.mode);
    act.type = to ? to->type : EventType::Threaten;
    act.mode = to ? to->mode : std::string_view{};
    act.cameo = to ? to->cameo : std::string_view{};
    act.actors = {sources.front()};
    act.auxiliary &= static_cast<std::uint8_t>(~(kFuture | kHypothetical));
    act.rule += ">threat";
    return act.type == EventType::Threaten;
}

bool settle(Act& act, const Tree& tree, const std::vector<Entity>& sources, const Lexicon& lexicon) {
    if (settle_refusal(act, lexicon) || settle_obligation(act, tree, sources, lexicon)) return false;
    if (settle_future(act, lexicon)) return false;
    return settle_threat(act, tree, sources, lexicon);
}

} // namespace kadesh
