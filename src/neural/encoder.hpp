// The transformer of docs/model-format.md, over many short sequences at once.
#pragma once

#include "base/result.hpp"
#include "neural/kernels.hpp"
#include "neural/layers.hpp"
#include "neural/model_file.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kadesh::neural {

/// Rows [first, first + count) of a token matrix that attend to one another.
struct Sequence {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// Immutable after `load`; shared by all threads, each with a Scratch of its own.
class Encoder {
  public:
    static Result<Encoder> load(const ModelFile& file);

    struct Scratch {
        AlignedBuffer<float> x, wide, mixed, keys, scores;
        QuantisedRows quantised;
    };

    /// Encodes sequences that together cover the rows. A row has an id of the word table and one of the shape table;
    /// its position is its place in its sequence, which must be shorter than `max_positions`. Ids must be in range.
    /// @returns [rows, hidden], valid until the scratch is used again. A row's vector depends on its sequence alone.
    const float* run(std::span<const std::uint32_t> ids, std::span<const std::uint8_t> shapes,
                     std::span<const Sequence> sequences, Scratch& scratch) const;

    [[nodiscard]] std::uint32_t hidden() const { return hidden_; }
    [[nodiscard]] std::uint32_t max_positions() const { return max_positions_; }
    [[nodiscard]] std::uint32_t words() const { return word_.rows; }
    [[nodiscard]] std::uint32_t shapes() const { return shapes_; }

  private:
    struct Layer {
        PackedLinear qkv, out, up, down;
        Norm attention_norm, ffn_norm;
    };

    Encoder() = default;
    void embed(std::span<const std::uint32_t> ids, std::span<const std::uint8_t> shapes,
               std::span<const Sequence> sequences, float* x) const;
    void attend(std::span<const Sequence> sequences, const float* qkv, float* mixed, Scratch& scratch) const;

    std::uint32_t hidden_ = 0, heads_ = 0, ffn_ = 0, max_positions_ = 0, shapes_ = 0;
    ByteTable word_;
    std::vector<float> position_, shape_;
    Norm embedding_norm_;
    std::vector<Layer> layers_;
};

} // namespace kadesh::neural
