// The neural analysis of sentences given as words: tags, heads, relations and names.
#pragma once

#include "base/result.hpp"
#include "kadesh/annotation.hpp"
#include "language/arc_scorer.hpp"
#include "language/name_agreement.hpp"
#include "language/name_decoder.hpp"
#include "language/piece_vectors.hpp"
#include "language/relation_scorer.hpp"
#include "language/sentence_window.hpp"
#include "language/type_vectors.hpp"
#include "neural/kernels.hpp"
#include "neural/model_file.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace kadesh {

/// Immutable; views the model file, which must outlive it. Tags and trees of a sentence depend on that sentence alone.
class SentenceModel {
  public:
    static Result<SentenceModel> load(const neural::ModelFile& file);

    struct Scratch {
        std::vector<SentenceWindow> windows;
        std::size_t first_sentence = 0; ///< of the slice at hand
        std::vector<std::uint32_t> heads, head_rows, roots;
        std::vector<std::uint8_t> labels, relations;
        PieceVectors::Scratch pieces;
        TypeVectors::Scratch types;
        ArcScorer::Scratch arcs;
        RelationScorer::Scratch rels;
        NameDecoder::Scratch names;
        NameAgreement::Scratch agreement;
        std::vector<std::size_t> name_rows; ///< the first row of each sentence in what follows
        std::vector<float> name_scores;     ///< of all words of a call, a row a word
        neural::QuantisedRows quantised;
        neural::AlignedBuffer<float> upos, xpos, ner;
    };

    /// Fills upos, xpos, head and rel of the sentences, and keeps the scores of their name labels in the scratch.
    void analyse(std::span<const SentenceSlot> sentences, Scratch& scratch) const;
    /// Appends the names of the sentences that were analysed last with this scratch, sentence by sentence.
    /// @param agree whether a document's sentences (those of one annotation, one after the other) speak for each other
    void name(std::span<const SentenceSlot> sentences, bool agree, Scratch& scratch) const;

  private:
    /// One of the two networks.
    using Vectors = std::variant<PieceVectors, TypeVectors>;

    void analyse_slice(std::span<const SentenceSlot> sentences, Scratch& scratch) const;
    void run_batch(std::span<const SentenceSlot> sentences, std::span<const SentenceWindow> windows, Scratch& s) const;
    void tag(std::span<const SentenceSlot> sentences, std::span<const SentenceWindow> windows, Scratch& s) const;
    void parse(std::span<const SentenceSlot> sentences, std::span<const SentenceWindow> windows, Scratch& s) const;

    SentenceModel(Vectors vectors, ArcScorer arcs, RelationScorer rels, NameDecoder names)
        : vectors_(std::move(vectors)), arc_scorer_(std::move(arcs)), rel_scorer_(std::move(rels)),
          names_(std::move(names)) {}

    Vectors vectors_;
    ArcScorer arc_scorer_;
    RelationScorer rel_scorer_;
    NameDecoder names_;
    neural::PackedLinear upos_head_, xpos_head_, ner_head_;
    std::vector<Upos> upos_;
    std::vector<std::string_view> xpos_;
    std::vector<Rel> rels_;
};

} // namespace kadesh
