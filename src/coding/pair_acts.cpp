#include "coding/pair_acts.hpp"

#include "coding/attribution.hpp"
#include "coding/precedence.hpp"
#include "coding/truth.hpp"

#include <algorithm>

namespace kadesh {

RankedAct fit_to_pair(Act act, const Tree& tree, const PairSpans& pair) {
    const auto touches = [](const std::vector<Entity>& side, TextSpan span) {
        return std::any_of(side.begin(), side.end(), [&](const Entity& e) { return e.span.overlaps(span); });
    };
    RankedAct r;
    r.actor = touches(act.actors, pair.source);
    r.recipient = touches(act.recipients, pair.target) || (act.reciprocal && touches(act.actors, pair.target));
    const bool reversed = touches(act.actors, pair.target) && !act.reciprocal;
    const bool received = touches(act.recipients, pair.source);
    r.swapped = reversed || received;
    r.fit = (r.actor ? 2 : 0) + (r.recipient ? 2 : 0) - (reversed ? 1 : 0) - (received ? 1 : 0);
    // Between or beside the two, near them.
    const TextSpan t = tree.text_span(act.trigger_tokens);
    if (t.start >= std::min(pair.source.end, pair.target.end) &&
        t.end <= std::max(pair.source.start, pair.target.start))
        r.fit += 0.8;
    const auto away = [&](TextSpan s) {
        return t.start >= s.end   ? static_cast<double>(t.start - s.end)
               : s.start >= t.end ? static_cast<double>(s.start - t.end)
                                  : 0.0;
    };
    r.fit -= 0.002 * (away(pair.source) + away(pair.target));
    if ((act.auxiliary & kNegated) != 0) r.fit -= 0.3;
    r.act = std::move(act);
    return r;
}

std::vector<RankedAct> rank_acts(const Tree& tree, const Mentions& mentions, const Lexicon& lexicon,
                                 const Attributions& attributions, const PairSpans& pair) {
    ActFinder finder(tree, mentions, lexicon);
    std::vector<Discard> discarded;
    finder.keep_all(true);
    std::vector<RankedAct> ranked;
    for (Act& act : finder.find(discarded)) {
        act.auxiliary = truth_of(act, tree, lexicon);
        settle(act, tree, attributions.of(act.carrier, mentions), lexicon);
        ranked.push_back(fit_to_pair(std::move(act), tree, pair));
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const RankedAct& x, const RankedAct& y) { return x.fit > y.fit; });
    return ranked;
}

} // namespace kadesh
