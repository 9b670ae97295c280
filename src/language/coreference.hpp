// Coreference: which phrases of a document speak of the same entity. Names, nouns and pronouns are taken in order; each
// joins the chain of an earlier one or opens a new one, as a log-linear ranker over hashed features says.
#pragma once

#include "base/result.hpp"
#include "kadesh/annotation.hpp"
#include "language/coref_discourse.hpp"
#include "language/coref_mentions.hpp"
#include "language/coref_words.hpp"
#include "neural/model_file.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace kadesh {

/// Immutable; shared by threads, each with a Scratch of its own.
class Coreference {
  public:
    struct Scratch {
        CandidateFinder finder;
        std::vector<Candidate> candidates;
        Discourse discourse;
        std::vector<std::uint32_t> chain_ids;
    };

    /// Whether a model file has the sections that `load` wants.
    static bool present(const neural::ModelFile& file);
    /// Reads `coref.weights` and `coref.words`.
    static Result<Coreference> load(const neural::ModelFile& file);
    /// @param weights kCorefWeights of them
    Coreference(CorefWords words, std::vector<float> weights)
        : words_(std::move(words)), weights_(std::move(weights)) {}

    /// Fills the annotation's coreference from its trees and names. Any tree is taken.
    void resolve(Annotation& annotation, Scratch& scratch) const;

    [[nodiscard]] const CorefWords& words() const { return words_; }

  private:
    CorefWords words_;
    std::vector<float> weights_;
};

/// The sum of the weights of features.
float coref_score(const std::vector<float>& weights, const FeatureList& features);
/// Writes the chains of more than one phrase into the annotation.
void write_chains(const Discourse& discourse, std::span<const Candidate> candidates,
                  std::vector<std::uint32_t>& chain_ids, Annotation& annotation);

} // namespace kadesh
