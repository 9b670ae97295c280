#include "coding/second_opinion.hpp"

#include "coding/pair_acts.hpp"

#include <algorithm>
#include <vector>

namespace kadesh {

namespace {

// Fitted to the golden items, where the shares of right events are 0.69, 0.70, 0.80 and 0.91 when the classifier gives
// the rules' type less than 0.5, 0.5 to 0.75, 0.75 to 0.9, and more than 0.97.
constexpr double kUsual = 0.8; ///< what the rules say of an act about which nothing is special
constexpr double kDoubted = 0.68;
constexpr double kBorneOut = 0.91;
constexpr double kUnasked = 0.9; ///< no opinion: the participants are not told where the act is

} // namespace

double SecondOpinion::confidence(const Act& act, double confidence) const {
    const std::optional<PairOpinion> opinion = of(act);
    if (!opinion) return confidence * kUnasked;
    const auto p = static_cast<double>(opinion->probabilities[classifier_.class_of(act.type)]);
    return std::min(confidence / kUsual * (kDoubted + (kBorneOut - kDoubted) * p * p * p), 0.99);
}

std::optional<PairOpinion> SecondOpinion::of(const Act& act) const {
    const std::uint32_t sentence = tree_.sentence_of(act.trigger);
    const TextSpan here = tree_.text_span(tree_.annotation().sentences[sentence]);
    const auto words_of = [&](const std::vector<Entity>& side, std::size_t skip) {
        for (std::size_t i = skip; i < side.size(); ++i)
            if (!side[i].span.empty() && here.contains(side[i].span)) return side[i].span;
        return TextSpan{};
    };
    PairSpans pair{words_of(act.actors, 0),
                   words_of(act.reciprocal ? act.actors : act.recipients, act.reciprocal ? 1 : 0)};
    if (pair.source.empty()) return std::nullopt;
    // The classifier knows sentences, not documents: acts of other sentences are no evidence here.
    std::vector<RankedAct> ranked;
    for (const Act& other : acts_)
        if (tree_.sentence_of(other.trigger) == sentence) ranked.push_back(fit_to_pair(other, tree_, pair));
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const RankedAct& x, const RankedAct& y) { return x.fit > y.fit; });
    return classifier_.judge(pair_features(tree_, mentions_, lexicon_, pair, ranked), tree_.annotation());
}

} // namespace kadesh
