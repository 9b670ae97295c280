#include "language/coreference.hpp"

#include <algorithm>

namespace kadesh {
namespace {

// A pronoun is of use when it leads to a name: added to the score of chains that have one. Chosen by cross-validation
// on GUM train: four to five points of pronoun to name, CoNLL F1 as without.
constexpr float kNamed = 2.0f;

} // namespace

float coref_score(const std::vector<float>& weights, const FeatureList& features) {
    float sum = 0;
    for (const std::uint32_t place : features.places()) sum += weights[place];
    return sum;
}

bool Coreference::present(const neural::ModelFile& file) {
    return file.find("coref.weights") != nullptr;
}

Result<Coreference> Coreference::load(const neural::ModelFile& file) {
    Result<std::vector<float>> weights = file.floats("coref.weights", {kCorefWeights});
    if (!weights) return weights.error();
    const Result<std::string_view> lines = file.text("coref.words");
    if (!lines) return lines.error();
    Result<CorefWords> words = CorefWords::parse(*lines);
    if (!words) return Error{ErrorCode::BadArtefact, file.name() + ": coref.words: " + words.error().message};
    return Coreference(std::move(words).value(), std::move(weights).value());
}

void Coreference::resolve(Annotation& annotation, Scratch& s) const {
    s.finder.find(annotation, words_, s.candidates);
    s.discourse.begin(annotation, s.candidates, s.finder.speakers());
    FeatureList features;
    for (std::uint32_t i = 0; i < s.candidates.size(); ++i) {
        const std::span<const std::uint32_t> options = s.discourse.options(i);
        std::uint32_t best = UINT32_MAX;
        if (!options.empty()) {
            features.clear();
            s.discourse.new_features(i, features);
            float top = coref_score(weights_, features);
            for (std::size_t k = 0; k < options.size(); ++k) {
                if (s.discourse.forbidden(i, options[k])) continue;
                features.clear();
                s.discourse.pair_features(i, options[k], k, features);
                float score = coref_score(weights_, features);
                if (s.discourse.names(i, options[k])) score += kNamed;
                if (score > top) {
                    top = score;
                    best = options[k];
                }
            }
        }
        best == UINT32_MAX ? s.discourse.open(i) : s.discourse.join(i, best);
    }
    write_chains(s.discourse, s.candidates, s.chain_ids, annotation);
}

void write_chains(const Discourse& discourse, std::span<const Candidate> candidates,
                  std::vector<std::uint32_t>& chain_ids, Annotation& annotation) {
    std::vector<ChainMention>& out = annotation.coreference;
    out.clear();
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
        const std::uint32_t chain = discourse.chain_of(i);
        if (discourse.chain_size(chain) > 1) out.push_back({candidates[i].tokens, candidates[i].head, chain});
    }
    std::sort(out.begin(), out.end(), [](const ChainMention& x, const ChainMention& y) {
        if (x.tokens.first != y.tokens.first) return x.tokens.first < y.tokens.first;
        return x.tokens.last != y.tokens.last ? x.tokens.last > y.tokens.last : x.head < y.head;
    });
    chain_ids.assign(candidates.size(), UINT32_MAX);
    annotation.chains = 0;
    for (ChainMention& m : out) {
        if (chain_ids[m.chain] == UINT32_MAX) chain_ids[m.chain] = annotation.chains++;
        m.chain = chain_ids[m.chain];
    }
}

} // namespace kadesh
