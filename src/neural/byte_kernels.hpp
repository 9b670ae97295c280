// Linear layers on bytes: activations of seven bits, weights of six. Half as wide as kernels.hpp's and as exact in
// their sums: every instruction set gives the same bits. For networks that keep their scores at that precision
// (docs/accuracy.md).
#pragma once

#include "neural/aligned_buffer.hpp"
#include "neural/kernels.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace kadesh::neural {

/// The largest absolute value of a quantised weight, and the largest activation. Four products of pairs of them still
/// fit 16 bits: 4 · 2 · 127 · 31 = 31,496.
inline constexpr int kWeightLevels = 31;
inline constexpr int kByteLevels = 127;

/// A linear layer y = W x + b of bytes, one scale an output, in panels of sixteen outputs, inputs by fours.
class PackedBytes {
  public:
    PackedBytes() = default;
    /// @param weights [out, in] row-major @param bias [out]
    PackedBytes(std::span<const float> weights, std::span<const float> bias, std::size_t out, std::size_t in);

    [[nodiscard]] std::size_t in() const { return in_; }
    [[nodiscard]] std::size_t out() const { return out_; }
    [[nodiscard]] std::size_t padded_in() const { return padded(in_); }
    [[nodiscard]] std::size_t padded_out() const { return padded(out_); }
    [[nodiscard]] const std::int8_t* panels() const { return panels_.data(); }
    [[nodiscard]] const std::int32_t* sums() const { return sums_.data(); }
    [[nodiscard]] const float* scales() const { return scales_.data(); }
    [[nodiscard]] const float* bias() const { return bias_.data(); }

  private:
    std::size_t in_ = 0;
    std::size_t out_ = 0;
    AlignedBuffer<std::int8_t> panels_; ///< [panel][four inputs][output of the panel][4]
    AlignedBuffer<std::int32_t> sums_;  ///< of each output's weights
    AlignedBuffer<float> scales_;
    AlignedBuffer<float> bias_;
};

/// Rows of bytes with a scale each. x = scale · (value - zero).
struct QuantisedBytes {
    AlignedBuffer<std::uint8_t> values; ///< [rows, padded(width)], the padding any value
    AlignedBuffer<float> scales;
    std::size_t rows = 0;
    int zero = 0;
};

/// Quantises dense rows [rows, width], each by its own largest absolute value. `width` must be a multiple of kPanel.
/// @param positive all values are at least zero: they take the whole range
void quantise(const float* x, std::size_t rows, std::size_t width, bool positive, QuantisedBytes& out);

/// y[rows, padded_out] = x Wᵀ + b, dense rows.
void linear(const PackedBytes& layer, const QuantisedBytes& x, float* y);

} // namespace kadesh::neural
