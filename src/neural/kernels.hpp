// The arithmetic of the model. One binary carries code for every instruction set from the compiler's baseline to
// AVX-512 and picks at run time. All of them give the same bits: linear layers add up integers, and the order of every
// floating-point sum is fixed (k ascending, or sixteen interleaved partial sums folded in one way), so a row's result
// depends neither on the machine's vector width nor on the other rows of the call.
#pragma once

#include "neural/aligned_buffer.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace kadesh::neural {

/// Outputs come in panels of this many; the widths of all matrices that kernels write are multiples of it.
inline constexpr std::size_t kPanel = 16;

constexpr std::size_t padded(std::size_t n) {
    return (n + kPanel - 1) / kPanel * kPanel;
}

/// A linear layer y = W x + b, ready for `linear`: 16-bit integers with one scale an output, in panels of sixteen
/// outputs, inputs in pairs. Scales are chosen so that no 32-bit sum can overflow.
class PackedLinear {
  public:
    PackedLinear() = default;
    /// @param weights [out, in] row-major @param bias [out], or empty for none
    PackedLinear(std::span<const float> weights, std::span<const float> bias, std::size_t out, std::size_t in);

    [[nodiscard]] std::size_t in() const { return in_; }
    [[nodiscard]] std::size_t out() const { return out_; }
    [[nodiscard]] std::size_t padded_in() const { return padded(in_); }
    [[nodiscard]] std::size_t padded_out() const { return padded(out_); }
    [[nodiscard]] const std::int16_t* panels() const { return panels_.data(); }
    [[nodiscard]] const float* scales() const { return scales_.data(); }
    [[nodiscard]] const float* bias() const { return bias_.data(); }

  private:
    std::size_t in_ = 0;
    std::size_t out_ = 0;
    AlignedBuffer<std::int16_t> panels_; ///< [panel][pair of inputs][output of the panel][2]
    AlignedBuffer<float> scales_;
    AlignedBuffer<float> bias_;
};

/// Rows of 16-bit integers with a scale each: what linear layers read.
struct QuantisedRows {
    AlignedBuffer<std::int16_t> values; ///< [rows, padded(width)], the padding zero
    AlignedBuffer<float> scales;
    std::size_t rows = 0;
    std::size_t width = 0;
};

/// The largest absolute value of a quantised input.
inline constexpr int kInputLevels = 8191;

/// Quantises rows [rows, width] that stand `stride` floats apart, each by its own largest absolute value.
void quantise(const float* x, std::size_t rows, std::size_t width, std::size_t stride, QuantisedRows& out);

/// y[rows, padded_out] = x Wᵀ + b for rows [first, first + rows) of x; rows of y stand `stride` floats apart.
void linear(const PackedLinear& layer, const QuantisedRows& x, std::size_t first, std::size_t rows, float* y,
            std::size_t stride);

/// c[m, n] = a[m, k] b[k, n] in f32, n a multiple of kPanel; leading dimensions in floats.
void multiply(const float* a, std::size_t lda, const float* b, std::size_t ldb, float* c, std::size_t ldc,
              std::size_t m, std::size_t k, std::size_t n);

/// x = x + added, y = LayerNorm(x), row by row; `added` may be nullptr, `y` may be `x`. `width` must be a multiple of
/// kPanel; rows are dense.
void layer_norm(float* x, const float* added, std::size_t rows, std::size_t width, const float* weight,
                const float* bias, float epsilon, float* y);

/// Exact (erf) GELU in place, absolute error below 1e-6; `n` a multiple of kPanel.
void gelu(float* x, std::size_t n);

/// x < 0 becomes slope · x, in place; `n` a multiple of kPanel.
void leaky_relu(float* x, std::size_t n, float slope);

/// y = max(0, a + b + c); `n` a multiple of kPanel.
void add_relu(const float* a, const float* b, const float* c, float* y, std::size_t n);

/// y = max(0, w[0] · before + w[1] · here + w[2] · after + bias), weights [3, n]: one row of a depthwise convolution of
/// width three; `n` a multiple of kPanel.
void near_relu(const float* before, const float* here, const float* after, const float* weights, const float* bias,
               float* y, std::size_t n);

/// softmax(scale · x + bias) of n values in place; values from n up to padded(n) become zero. `bias` may be nullptr,
/// else padded(n) of its values must be readable.
void softmax(float* x, std::size_t n, float scale, const float* bias);

/// Name of the instruction set in use, e.g. `AVX2`.
const char* instruction_set();

} // namespace kadesh::neural
