#include "coding/attribution_finder.hpp"

#include <algorithm>
#include <cmath>

namespace kadesh {

namespace {

/// The candidate with the best score; the first among equals.
template <typename Candidate>
const Candidate* best_of(const std::vector<Candidate>& candidates, const AttributionModel& model) {
    const Candidate* best = nullptr;
    double most = 0;
    for (const Candidate& c : candidates) {
        const double score = model.score(c.features);
        if (best != nullptr && score <= most) continue;
        best = &c;
        most = score;
    }
    return best;
}

bool overlap(const FoundAttribution& x, const FoundAttribution& y) {
    for (const TokenRange& p : x.content)
        for (const TokenRange& q : y.content)
            if (p.first < q.last && q.first < p.last) return true;
    return false;
}

} // namespace

std::vector<FoundAttribution> find_attributions(const Tree& tree, std::string_view text, const AttributionModel& model,
                                                double least, bool settle) {
    const Annotation& a = tree.annotation();
    const Quotations quotations(a, text);
    const AttributionCandidates candidates(tree, quotations);
    std::vector<FoundAttribution> found;
    for (Token t = 0; t < a.size(); ++t) {
        const std::string cue = candidates.cue_name(t);
        if (cue.empty() || !model.knows("cue " + cue)) continue;
        const double probability = 1 / (1 + std::exp(-model.score(candidates.cue_features(t))));
        if (probability < least) continue;
        FoundAttribution one;
        one.cue = t;
        one.cue_words = candidates.cue_words(t);
        one.probability = probability;
        const std::vector<SourceCandidate> sources = candidates.sources(t);
        if (const SourceCandidate* const source = best_of(sources, model)) {
            one.source = source->head;
            one.source_words = source->tokens;
        }
        const std::vector<ContentCandidate> contents = candidates.contents(t, one.source_words);
        const ContentCandidate* const content = best_of(contents, model);
        if (content == nullptr) continue;
        one.content = content->pieces;
        const std::uint32_t q = quotations.at(one.content.front().first);
        one.direct = q != Quotations::kNone && quotations.all()[q].first == one.content.front().first;
        found.push_back(std::move(one));
    }
    if (settle) settle_attributions(found);
    return found;
}

void settle_attributions(std::vector<FoundAttribution>& found) {
    std::vector<bool> gone(found.size(), false);
    for (std::size_t i = 0; i < found.size(); ++i)
        for (std::size_t j = i + 1; j < found.size() && !gone[i]; ++j) {
            if (gone[j] || found[i].holds(found[j].cue) || found[j].holds(found[i].cue) || !overlap(found[i], found[j]))
                continue;
            gone[found[i].probability < found[j].probability ? i : j] = true;
        }
    std::vector<FoundAttribution> kept;
    for (std::size_t i = 0; i < found.size(); ++i)
        if (!gone[i]) kept.push_back(std::move(found[i]));
    found = std::move(kept);
    // Two that hold each other's cue cannot both be right.
    for (bool again = true; again;) {
        again = false;
        for (std::size_t i = 0; i < found.size() && !again; ++i)
            for (std::size_t j = i + 1; j < found.size() && !again; ++j)
                if (found[i].holds(found[j].cue) && found[j].holds(found[i].cue)) {
                    const std::size_t weaker = found[i].probability < found[j].probability ? i : j;
                    found.erase(found.begin() + static_cast<std::ptrdiff_t>(weaker));
                    again = true;
                }
    }
    for (FoundAttribution& x : found) {
        x.depth = 0;
        for (const FoundAttribution& y : found)
            if (&x != &y && y.holds(x.cue)) ++x.depth;
    }
}

} // namespace kadesh
