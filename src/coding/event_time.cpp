#include "coding/event_time.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <string>

namespace kadesh {

namespace {

/// The word that a time expression says the time of: the first verb or noun above it.
Token governor(const Tree& tree, const TimeExpression& e) {
    return tree.annotation().head[e.head];
}

bool predicate_like(const Annotation& a, Token t) {
    return a.upos[t] == Upos::VERB || a.upos[t] == Upos::AUX;
}

/// How far the expression is from the act by grammar; negative: it does not belong to it.
int distance(const Act& act, const Tree& tree, const TimeExpression& e) {
    const Annotation& a = tree.annotation();
    const Token g = governor(tree, e);
    if (g == kNoToken) {
        // The expression is the root of a fragment, a caption or a headline.
        return tree.below(act.carrier, e.head) ? 4 : -1;
    }
    if (g == act.trigger) return 0;
    if (g == act.carrier) return 1;
    // Below the act's own words but inside another clause: not its time.
    for (Token t = g; t != kNoToken; t = a.head[t]) {
        if (t == act.trigger || t == act.carrier) {
            // Inside an argument: "the 2001 agreement" says when the agreement was, not the act.
            if (predicate_like(a, g) || a.rel[g] != Rel::Obl) return -1;
            const std::string p = tree.preposition(g);
            return p == "during" || p == "in" || p == "at" || p == "after" || p == "before" ? 6 : -1;
        }
        if (predicate_like(a, t)) break;
    }
    // Above: the clause that the act's clause belongs to.
    int cost = 2;
    Token t = act.trigger;
    for (int guard = 0; t != kNoToken && guard < 24; ++guard) {
        const Token up = a.head[t];
        if (up == kNoToken) return -1;
        const Rel rel = a.rel[t];
        if (up == g) {
            if (rel == Rel::Ccomp || rel == Rel::Parataxis) return -1; // the time of saying
            if (rel == Rel::AclRelcl || rel == Rel::Acl) return cost + 3;
            if (rel == Rel::Conj && e.head > g && e.head > t) return -1;
            return cost;
        }
        if (rel == Rel::Ccomp || rel == Rel::AclRelcl) return -1;
        if (rel == Rel::Advcl && predicate_like(a, t)) cost += 2;
        t = up;
        ++cost;
    }
    return -1;
}

} // namespace

EventTime time_of(const Act& act, const Tree& tree, const std::vector<TimeExpression>& times, std::optional<Day> day) {
    const Annotation& a = tree.annotation();
    EventTime out;
    const std::uint32_t sentence = tree.sentence_of(act.trigger);
    const TimeExpression* best = nullptr;
    int best_cost = 1000;
    // They stand in text order.
    const auto first = std::lower_bound(times.begin(), times.end(), a.sentences[sentence].first,
                                        [](const TimeExpression& e, Token t) { return e.tokens.first < t; });
    for (auto it = first; it != times.end() && it->tokens.first < a.sentences[sentence].last; ++it) {
        const TimeExpression& e = *it;
        if (e.tokens.contains(act.trigger)) continue;
        const int cost = distance(act, tree, e);
        if (cost < 0) continue;
        // "since" bounds what is going on, it does not date a single act of the past.
        const int penalty = e.since ? 2 : 0;
        if (cost + penalty < best_cost) {
            best_cost = cost + penalty;
            best = &e;
        }
    }
    if (best != nullptr) {
        out.range = best->range;
        out.basis = DateBasis::Text;
        if (best->since && day) {
            out.range = DayRange{best->range.first, std::max(*day, best->range.first)};
        }
        if (best->duration && day) out.background = best->range.length() > 60;
    } else {
        // "These include …": what the sentence before dated.
        const TokenRange s = a.sentences[sentence];
        const std::string opening = lower_ascii(a.form[s.first]);
        if (sentence > 0 &&
            (opening == "these" || opening == "this" || opening == "those" || opening == "they" || opening == "it")) {
            const TimeExpression* last = nullptr;
            for (const TimeExpression& e : times)
                if (tree.sentence_of(e.head) + 1 == sentence) last = &e;
            if (last != nullptr && (opening == "these" || opening == "those")) {
                out.range = last->range;
                out.basis = DateBasis::Context;
                if (day) out.background = last->duration && last->range.length() > 60;
            }
        }
    }
    // A noun after "since" is over when the main clause is told; so is a clause of its own after it.
    Token t = act.trigger;
    for (int guard = 0; guard < 3 && t != kNoToken; ++guard, t = a.head[t]) {
        if (!predicate_like(a, t) && tree.preposition(t) == "since") out.background = true;
        if (predicate_like(a, t)) {
            const Token mark = tree.child(t, Rel::Mark);
            if (mark != kNoToken && a.lemma[mark] == "since" && a.rel[t] == Rel::Advcl) out.background = true;
            break;
        }
    }
    // "During the war": told as over unless something dates it.
    if (best == nullptr)
        for (const Token c : tree.children(act.carrier)) {
            if (a.rel[c] != Rel::Obl) continue;
            const std::string p = tree.preposition(c);
            const std::string l = lower_ascii(a.lemma[c]);
            if (p == "during" &&
                (l == "war" || l == "conflict" || l == "occupation" || l == "uprising" || l == "revolution"))
                out.background = true;
        }
    if (!out.range && day && !out.background) {
        out.range = DayRange::on(*day);
        out.basis = DateBasis::Document;
    }
    return out;
}

} // namespace kadesh
