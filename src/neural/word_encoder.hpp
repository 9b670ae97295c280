// The narrow network of docs/model-format.md ("Word types"): what depends on a word alone is worked out once a type,
// then a convolution over neighbours and a few attention layers give each word its vector in its sentence.
#pragma once

#include "base/result.hpp"
#include "neural/byte_kernels.hpp"
#include "neural/encoder.hpp"
#include "neural/kernels.hpp"
#include "neural/layers.hpp"
#include "neural/model_file.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kadesh::neural {

/// Beginnings and ends of a word that have rows of their own.
inline constexpr std::size_t kAffixes = 5;
/// Classes of names that a word may belong to.
inline constexpr std::uint32_t kClasses = 6;

/// What is read of a word by itself: rows of the tables.
struct WordType {
    std::uint32_t first_piece = 0; ///< place in the array of piece ids that goes with the types
    std::uint32_t pieces = 0;      ///< how many; at least one
    std::uint32_t word = 0;        ///< 0: no row of its own
    std::array<std::uint32_t, kAffixes> affixes{};
    std::uint8_t shape = 0;
    std::uint8_t classes = 0; ///< bits of the classes of names that the word occurs in
};

/// Immutable after `load`; shared by all threads, each with a Scratch of its own.
class WordEncoder {
  public:
    static Result<WordEncoder> load(const ModelFile& file);

    struct Scratch {
        AlignedBuffer<float> embedded, x, normed, wide, mixed, keys, scores, zeros;
        QuantisedRows quantised;
        QuantisedBytes bytes;
    };

    /// What the context layers need of types: one row of `type_width()` floats each, written to out[k].
    /// Ids must be in range. A row depends on its type alone.
    void embed(std::span<const WordType> types, std::span<const std::uint32_t> pieces, std::span<float* const> out,
               Scratch& scratch) const;

    /// Encodes sequences that together cover the rows, the first row of each the root's.
    /// @param types for each row what `embed` gave of its type
    /// @returns [rows, hidden], valid until the scratch is used again. A row's vector depends on its sequence alone.
    const float* run(std::span<const float* const> types, std::span<const Sequence> sequences, Scratch& scratch) const;

    [[nodiscard]] std::uint32_t hidden() const { return hidden_; }
    /// Rows of a sequence at most, the root's among them.
    [[nodiscard]] std::uint32_t max_positions() const { return max_positions_; }
    [[nodiscard]] std::size_t type_width() const { return type_.padded_out(); }
    [[nodiscard]] std::uint32_t pieces() const { return piece_.rows; }
    [[nodiscard]] std::uint32_t words() const { return word_.rows; }
    [[nodiscard]] std::uint32_t affixes() const { return affix_.rows; }
    [[nodiscard]] std::uint32_t shapes() const { return shapes_; }

  private:
    struct Layer {
        Norm attention_norm, ffn_norm;
        PackedBytes qkv, out, up, down;
        std::vector<float> distance; ///< [heads, 2 · max_positions + 1], by distance + max_positions
        AlignedBuffer<float> near, near_bias;
    };

    WordEncoder() = default;
    Result<Layer> load_layer(const ModelFile& file, const std::string& prefix, std::uint32_t reach) const;
    void add_row(const ByteTable& table, std::uint32_t row, float factor, float* x) const;
    void attend(const Layer& layer, std::span<const Sequence> sequences, Scratch& scratch) const;

    std::uint32_t embedding_ = 0, hidden_ = 0, mix_ = 0, heads_ = 0, ffn_ = 0, max_positions_ = 0, shapes_ = 0;
    ByteTable piece_, word_, affix_;
    std::vector<float> shape_, class_;
    Norm type_norm_, last_norm_;
    PackedLinear type_; ///< a type's row: the convolution's left, here and right, then the base
    PackedBytes mixed_;
    std::vector<Layer> layers_;
};

} // namespace kadesh::neural
