// Vectors of words by the transformer over word pieces (docs/model-format.md, "From words to vectors").
#pragma once

#include "base/result.hpp"
#include "language/sentence_window.hpp"
#include "language/word_pieces.hpp"
#include "neural/encoder.hpp"
#include "neural/model_file.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace kadesh {

/// Immutable; views the model file, which must outlive it.
class PieceVectors {
  public:
    static Result<PieceVectors> load(const neural::ModelFile& file);

    struct Scratch {
        std::vector<std::uint32_t> pieces, ids;
        std::vector<std::uint8_t> shapes, id_shapes;
        std::vector<std::uint8_t> counts; ///< pieces of each word, in the order of the windows
        std::vector<neural::Sequence> sequences;
        WordPieces::Scratch word_pieces;
        neural::Encoder::Scratch encoder;
        neural::AlignedBuffer<float> vectors;
    };

    /// Cuts sentences into windows of whole words that the encoder can take.
    void cut(std::span<const SentenceSlot> sentences, std::vector<SentenceWindow>& windows, Scratch& scratch) const;

    /// For each window the root's vector, then its words': dense rows, valid until the scratch is used again.
    const float* run(std::span<const SentenceSlot> sentences, std::span<const SentenceWindow> windows,
                     Scratch& scratch) const;

    [[nodiscard]] std::uint32_t hidden() const { return encoder_.hidden(); }

  private:
    PieceVectors(neural::Encoder encoder, WordPieces pieces)
        : encoder_(std::move(encoder)), pieces_(std::move(pieces)) {}
    void pool(const float* encoded, std::span<const SentenceWindow> windows, Scratch& s) const;

    neural::Encoder encoder_;
    WordPieces pieces_;
};

} // namespace kadesh
