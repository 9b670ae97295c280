// Vectors of words by the narrow network: types from a memory, then their context.
#pragma once

#include "base/result.hpp"
#include "language/sentence_window.hpp"
#include "language/type_memory.hpp"
#include "language/word_types.hpp"
#include "neural/model_file.hpp"
#include "neural/word_encoder.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace kadesh {

/// Immutable; views the model file, which must outlive it.
class TypeVectors {
  public:
    static Result<TypeVectors> load(const neural::ModelFile& file);

    struct Scratch {
        TypeMemory memory;
        std::vector<neural::WordType> fresh; ///< types met for the first time, and where their rows go
        std::vector<float*> fresh_rows;
        std::vector<std::uint32_t> pieces;
        std::vector<const float*> rows;
        std::vector<neural::Sequence> sequences;
        WordTypes::Scratch types;
        neural::WordEncoder::Scratch encoder;
    };

    /// Cuts sentences into windows of as many words as the encoder takes.
    void cut(std::span<const SentenceSlot> sentences, std::vector<SentenceWindow>& windows, Scratch& scratch) const;

    /// For each window the root's vector, then its words': dense rows, valid until the scratch is used again.
    const float* run(std::span<const SentenceSlot> sentences, std::span<const SentenceWindow> windows,
                     Scratch& scratch) const;

    [[nodiscard]] std::uint32_t hidden() const { return encoder_.hidden(); }

  private:
    TypeVectors(neural::WordEncoder encoder, WordTypes types)
        : encoder_(std::move(encoder)), types_(std::move(types)) {}

    neural::WordEncoder encoder_;
    WordTypes types_;
};

} // namespace kadesh
