#include "coding/truth.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kadesh {

namespace {

template <std::size_t N> bool in(const std::string& word, const std::array<std::string_view, N>& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array<std::string_view, 9> kNegators = {"not",    "never", "n't", "neither", "nor",
                                                       "hardly", "no",    "n’t", "nt"};
constexpr std::array<std::string_view, 8> kAllegedAdjectives = {"alleged",  "suspected", "purported", "supposed",
                                                                "reported", "apparent",  "claimed",   "so-called"};
constexpr std::array<std::string_view, 7> kAllegedAdverbs = {"allegedly",  "reportedly", "purportedly", "supposedly",
                                                             "apparently", "presumably", "ostensibly"};
constexpr std::array<std::string_view, 10> kFutureAdjectives = {"upcoming",  "planned", "scheduled", "forthcoming",
                                                                "impending", "future",  "imminent",  "coming",
                                                                "proposed",  "looming"};
constexpr std::array<std::string_view, 6> kPossibleAdjectives = {"possible", "potential",  "hypothetical",
                                                                 "likely",   "threatened", "feared"};
constexpr std::array<std::string_view, 12> kFutureGovernors = {
    "expect", "schedule", "set", "due", "plan", "intend", "prepare", "poise", "slate", "ready", "go", "likely"};
constexpr std::array<std::string_view, 8> kBelievedGovernors = {"believe", "suspect", "allege", "think",
                                                                "presume", "report",  "rumour", "rumor"};

std::uint8_t clause_bits(const Tree& tree, Token verb, bool under_report) {
    const Annotation& a = tree.annotation();
    std::uint8_t bits = 0;
    for (const Token c : tree.children(verb)) {
        const std::string l = lower_ascii(a.lemma[c]);
        if (a.rel[c] == Rel::Advmod) {
            if (in(l, kNegators) || in(lower_ascii(a.form[c]), kNegators)) bits |= kNegated;
            if (in(l, kAllegedAdverbs)) bits |= kAlleged;
            if (l == "possibly" || l == "perhaps" || l == "maybe") bits |= kHypothetical;
        }
        if (a.rel[c] == Rel::Aux) {
            if (l == "will" || l == "shall" || l == "'ll") bits |= kFuture;
            if (l == "would" || l == "'d") bits |= under_report ? kFuture : kHypothetical;
            if (l == "could" || l == "may" || l == "might" || l == "should" || l == "must" || l == "can" ||
                l == "ought")
                bits |= kHypothetical;
        }
        if (a.rel[c] == Rel::Mark && (l == "if" || l == "unless" || l == "whether")) bits |= kHypothetical;
        if (a.rel[c] == Rel::Mark && l == "without") bits |= kNegated;
        // "no country signed": the subject's determiner negates.
        if ((a.rel[c] == Rel::Nsubj || a.rel[c] == Rel::NsubjPass || a.rel[c] == Rel::Obj))
            for (const Token d : tree.children(c))
                if ((a.rel[d] == Rel::Det && lower_ascii(a.form[d]) == "no") ||
                    (a.rel[c] != Rel::Obj && lower_ascii(a.form[d]) == "neither"))
                    bits |= kNegated;
    }
    return bits;
}

} // namespace

std::uint8_t truth_of(const Act& act, const Tree& tree, const Lexicon& lexicon) {
    const Annotation& a = tree.annotation();
    std::uint8_t bits = act.auxiliary;
    if (act.settled) return bits;

    // Words at the noun that names the act, or that carries it ("an alleged plot to kill").
    for (const Token noun : {act.trigger, act.carrier}) {
        if (a.upos[noun] != Upos::NOUN && a.upos[noun] != Upos::PROPN) continue;
        for (const Token c : tree.children(noun)) {
            const std::string l = lower_ascii(a.lemma[c]);
            const std::string form = lower_ascii(a.form[c]);
            if (a.rel[c] == Rel::Amod || a.rel[c] == Rel::Compound || a.rel[c] == Rel::Acl) {
                if (in(l, kAllegedAdjectives) || in(form, kAllegedAdjectives)) bits |= kAlleged;
                if (in(l, kFutureAdjectives) || in(form, kFutureAdjectives)) bits |= kFuture;
                if (in(l, kPossibleAdjectives) || in(form, kPossibleAdjectives)) bits |= kHypothetical;
            }
            if (a.rel[c] == Rel::Det && form == "no") bits |= kNegated;
        }
        if (tree.preposition(noun) == "without") bits |= kNegated;
    }

    // The clause and those that govern it through infinitives, and reported clauses.
    Token t = act.carrier;
    for (int guard = 0; t != kNoToken && guard < 12; ++guard) {
        const Token up = a.head[t];
        bool under_report = false;
        if (up != kNoToken && (a.rel[t] == Rel::Ccomp || a.rel[t] == Rel::Xcomp || a.rel[t] == Rel::Parataxis))
            under_report = lexicon.effect(lower_ascii(tree.predicate_lemma(up)), LexPos::Verb) == Effect::Report;
        if (a.rel[t] == Rel::Root || a.rel[t] == Rel::Conj)
            for (const Token c : tree.children(t))
                if (a.rel[c] == Rel::Parataxis &&
                    lexicon.effect(lower_ascii(tree.predicate_lemma(c)), LexPos::Verb) == Effect::Report)
                    under_report = true;
        if (a.upos[t] == Upos::VERB || a.upos[t] == Upos::ADJ || a.upos[t] == Upos::AUX ||
            tree.has_child(t, Rel::Cop)) {
            bits |= clause_bits(tree, t, under_report);
            // "is to sign", headline "to sign"
            if (t == act.carrier && a.xpos[t] == "VB" && tree.has_child(t, Rel::Mark) && a.rel[t] == Rel::Root)
                bits |= kFuture;
        }
        if (up == kNoToken) break;
        const Rel rel = a.rel[t];
        const std::string governor = lower_ascii(a.lemma[up]);
        if ((governor == "have" || governor == "be") &&
            (rel == Rel::Xcomp || rel == Rel::Ccomp || rel == Rel::Acl || rel == Rel::Advcl))
            for (const Token holder : {t, up})
                for (const Token c : tree.children(holder))
                    if (a.lemma[c] == "yet") bits |= kNegated; // "has yet to ratify"
        if (rel == Rel::Xcomp || rel == Rel::Ccomp) {
            if (rel == Rel::Xcomp && in(governor, kFutureGovernors)) bits |= kFuture;
            if (rel == Rel::Xcomp && in(governor, kBelievedGovernors)) bits |= kAlleged;
            if (governor == "fail" && rel == Rel::Xcomp) bits |= kNegated;
            t = up;
            if (rel == Rel::Ccomp) {
                // What is said is not negated by how it is said, but a denial or a doubt governs it.
                if (governor == "deny") bits |= kNegated;
                break;
            }
            continue;
        }
        if (rel == Rel::Conj) {
            // A modal or negation before the first verb holds for the next ones that have no subject of their own.
            if (tree.has_child(t, Rel::Nsubj) || tree.has_child(t, Rel::Aux) || tree.has_child(t, Rel::NsubjPass))
                break;
            t = up;
            continue;
        }
        if (rel == Rel::Advcl) {
            // "if X attacks": its own mark has been read; a participle shares the main clause's modality.
            break;
        }
        if (rel == Rel::Obj || rel == Rel::NsubjPass || rel == Rel::Nsubj) {
            if (a.upos[act.trigger] == Upos::VERB) break;
            // A noun act takes the modality of the verb it serves.
            if (a.upos[up] == Upos::VERB) {
                std::uint8_t clause = clause_bits(tree, up, false);
                if (rel != Rel::Obj && rel != Rel::NsubjPass)
                    clause &= static_cast<std::uint8_t>(~(kNegated | kFuture));
                bits |= clause & static_cast<std::uint8_t>(~kAlleged);
            }
            break;
        }
        if (rel == Rel::Acl && a.xpos[t] == "VB") {
            bits |= kHypothetical;
            break;
        }
        break;
    }
    return bits;
}

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
    if (quad_code(act.type) != 4 || (act.auxiliary & (kFuture | kHypothetical)) == 0 || (act.auxiliary & kNegated) != 0)
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
