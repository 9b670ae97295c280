// The neural analysis of sentences given as words: tags, heads, relations and names.
#pragma once

#include "base/result.hpp"
#include "kadesh/annotation.hpp"
#include "language/name_decoder.hpp"
#include "language/word_pieces.hpp"
#include "neural/encoder.hpp"
#include "neural/kernels.hpp"
#include "neural/model_file.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace kadesh {

/// A sentence of an annotation whose `form` column is filled; the other columns have room.
struct SentenceSlot {
    Annotation* annotation = nullptr;
    TokenRange tokens;
};

/// Immutable; views the model file, which must outlive it. What it says of a sentence depends on that sentence alone.
class SentenceModel {
  public:
    static Result<SentenceModel> load(const neural::ModelFile& file);

    struct Scratch {
        /// A sentence, or as much of a long one as the encoder takes at once.
        struct Window {
            std::size_t sentence = 0;
            Token first = 0, last = 0; ///< tokens
            std::uint32_t pieces = 0;  ///< place of its first piece
            std::uint32_t piece_count = 0;
            std::size_t counts = 0; ///< place of its first word's number of pieces
        };
        std::vector<Window> windows;
        std::vector<std::uint32_t> pieces;
        std::vector<std::uint8_t> shapes;
        std::vector<std::uint8_t> counts; ///< pieces of each word, in the order of the windows
        std::vector<std::uint32_t> ids, heads, roots;
        std::vector<std::uint8_t> labels;
        std::vector<neural::Sequence> sequences;
        WordPieces::Scratch word_pieces;
        NameDecoder::Scratch names;
        neural::Encoder::Scratch encoder;
        neural::QuantisedRows quantised;
        neural::AlignedBuffer<float> vectors, upos, xpos, ner, arc_dep, arc_head, rel_dep, rel_head, arc_mixed,
            rel_mixed, transposed, scores;
    };

    /// Fills upos, xpos, head and rel of the sentences and appends their names, sentence by sentence.
    void analyse(std::span<const SentenceSlot> sentences, Scratch& scratch) const;

  private:
    void analyse_slice(std::span<const SentenceSlot> sentences, Scratch& scratch) const;
    void cut_windows(std::span<const SentenceSlot> sentences, Scratch& scratch) const;
    void run_batch(std::span<const SentenceSlot> sentences, std::size_t first, std::size_t last, Scratch& s) const;
    void pool(const float* encoded, std::span<const Scratch::Window> windows, Scratch& s) const;
    void relate(const SentenceSlot& sentence, const Scratch::Window& window, std::size_t row, Scratch& s) const;

    explicit SentenceModel(neural::Encoder encoder, WordPieces pieces, NameDecoder names)
        : encoder_(std::move(encoder)), pieces_(std::move(pieces)), names_(std::move(names)) {}

    neural::Encoder encoder_;
    WordPieces pieces_;
    NameDecoder names_;
    std::vector<Upos> upos_;
    std::vector<std::string_view> xpos_;
    std::vector<Rel> rels_;
    std::size_t root_ = 0;      ///< the relation `root`
    std::size_t parataxis_ = 0; ///< the relation `parataxis`
    std::size_t arc_dim_ = 0, rel_dim_ = 0;
    neural::PackedLinear upos_head_, xpos_head_, ner_head_, arc_dep_, arc_head_, rel_dep_, rel_head_;
    neural::PackedLinear arc_biaffine_; ///< [dep; 1]ᵀ U
    neural::PackedLinear rel_biaffine_; ///< [dep; 1]ᵀ U_r, all r: [rel_dim + 1][padded relations]
};

} // namespace kadesh
