#include "neural/kernels.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

// Vectors of unknown length (SVE, RVV) would need another packing.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "neural/kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format off: behind foreach_target
#include "neural/lanes-inl.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace kadesh::neural::HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR
using DH = hn::FixedTag<std::int16_t, 2 * kLanes>;
using VH = hn::Vec<DH>;

/// sum + products of neighbouring pairs of 16-bit lanes.
HWY_INLINE VI add_pair_products(VH a, VH b, VI sum) {
#if HWY_ARCH_X86 && HWY_TARGET < HWY_EMU128
    VI unused = hn::Zero(DI());
    return hn::ReorderWidenMulAccumulate(DI(), a, b, sum, unused);
#else
    const VI a2 = hn::BitCast(DI(), a);
    const VI b2 = hn::BitCast(DI(), b);
    const VI even = hn::Mul(hn::ShiftRight<16>(hn::ShiftLeft<16>(a2)), hn::ShiftRight<16>(hn::ShiftLeft<16>(b2)));
    const VI odd = hn::Mul(hn::ShiftRight<16>(a2), hn::ShiftRight<16>(b2));
    return hn::Add(sum, hn::Add(even, odd));
#endif
}

/// The p-th pair of a row in all lanes.
HWY_INLINE VH broadcast_pair(const std::int16_t* row, std::size_t p) {
    std::int32_t pair;
    std::memcpy(&pair, row + 2 * p, sizeof pair);
    return hn::BitCast(DH(), hn::Set(DI(), pair));
}
#endif

/// Folds sixteen partial sums in one fixed order.
HWY_INLINE float fold(const VF (&sums)[kVectors]) {
    HWY_ALIGN float lanes[kPanel];
    for (std::size_t v = 0; v < kVectors; ++v) hn::Store(sums[v], DF(), lanes + v * kLanes);
    for (std::size_t half = kPanel / 2; half > 0; half /= 2) {
        for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
    }
    return lanes[0];
}

HWY_INLINE VF exponential(VF x) {
    const DF d;
    x = hn::Min(hn::Max(x, hn::Set(d, -87.0f)), hn::Set(d, 88.0f));
    const VI n = hn::NearestInt(hn::Mul(x, hn::Set(d, 1.44269504f)));
    const VF nf = hn::ConvertTo(d, n);
    // ln 2 in two parts, so that r = x - n ln 2 keeps its bits.
    VF r = hn::Sub(x, hn::Mul(nf, hn::Set(d, 0.693359375f)));
    r = hn::Sub(r, hn::Mul(nf, hn::Set(d, -2.12194440e-4f)));
    VF p = hn::Set(d, 1.9875691500e-4f);
    for (const float c : {1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f}) {
        p = hn::Add(hn::Mul(p, r), hn::Set(d, c));
    }
    p = hn::Add(hn::Add(hn::Mul(p, hn::Mul(r, r)), r), hn::Set(d, 1.0f));
    const VI power = hn::ShiftLeft<23>(hn::Add(n, hn::Set(DI(), 127)));
    return hn::Mul(p, hn::BitCast(d, power));
}

void Quantise(const float* x, std::size_t rows, std::size_t width, std::size_t stride, std::int16_t* values,
              float* scales) {
    const DF d;
    const hn::Rebind<std::int16_t, DF> narrow;
    const std::size_t whole = width / kLanes * kLanes;
    const std::size_t out_stride = padded(width);
    for (std::size_t r = 0; r < rows; ++r, x += stride, values += out_stride) {
        VF largest = hn::Zero(d);
        for (std::size_t i = 0; i < whole; i += kLanes) largest = hn::Max(largest, hn::Abs(hn::LoadU(d, x + i)));
        float top = hn::GetLane(hn::MaxOfLanes(d, largest));
        for (std::size_t i = whole; i < width; ++i) top = std::max(top, std::abs(x[i]));
        if (!(top > 1e-30f)) top = 1e-30f; // an all-zero row stays all zero
        const float factor = static_cast<float>(kInputLevels) / top;
        const VF factors = hn::Set(d, factor);
        for (std::size_t i = 0; i < whole; i += kLanes) {
            const VI q = hn::NearestInt(hn::Mul(hn::LoadU(d, x + i), factors));
            hn::StoreU(hn::DemoteTo(narrow, q), narrow, values + i);
        }
        for (std::size_t i = whole; i < width; ++i) {
            values[i] = static_cast<std::int16_t>(std::nearbyint(x[i] * factor));
        }
        std::fill(values + width, values + out_stride, std::int16_t{0});
        scales[r] = top / static_cast<float>(kInputLevels);
    }
}

// Rows that the inner loop takes at once: twelve vector accumulators leave registers for weights and input.
constexpr std::size_t kRows = 12 / kVectors < 1 ? 1 : 12 / kVectors;

/// kRows rows times one panel.
HWY_INLINE void tile(const std::int16_t* HWY_RESTRICT panel, std::size_t pairs, const std::int16_t* const (&x)[kRows],
                     VI (&sums)[kRows][kVectors]) {
#if HWY_TARGET == HWY_SCALAR
    for (std::size_t r = 0; r < kRows; ++r) {
        for (std::size_t v = 0; v < kVectors; ++v) {
            std::int32_t sum = 0;
            for (std::size_t p = 0; p < pairs; ++p) {
                const std::int16_t* const w = panel + 2 * (p * kPanel + v);
                sum += w[0] * x[r][2 * p] + w[1] * x[r][2 * p + 1];
            }
            sums[r][v] = hn::Set(DI(), sum);
        }
    }
#else
    // Twelve variables with names, not an array: compilers then keep them in registers through the loop.
#define KADESH_TWELVE(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)
    static_assert(kRows * kVectors == 12);
    const DH dh;
#define KADESH_ZERO(i) VI sum##i = hn::Zero(DI());
    KADESH_TWELVE(KADESH_ZERO)
#undef KADESH_ZERO
    for (std::size_t p = 0; p < pairs; ++p, panel += 2 * kPanel) {
#define KADESH_STEP(i)                                                                                                 \
    sum##i = add_pair_products(hn::Load(dh, panel + i % kVectors * 2 * kLanes), broadcast_pair(x[i / kVectors], p),    \
                               sum##i);
        KADESH_TWELVE(KADESH_STEP)
#undef KADESH_STEP
    }
#define KADESH_KEEP(i) sums[i / kVectors][i % kVectors] = sum##i;
    KADESH_TWELVE(KADESH_KEEP)
#undef KADESH_KEEP
#undef KADESH_TWELVE
#endif
}

void Linear(const PackedLinear& layer, const std::int16_t* x, const float* x_scales, std::size_t rows, float* y,
            std::size_t stride) {
    const DF d;
    const std::size_t in = layer.padded_in();
    const std::size_t pairs = in / 2;
    for (std::size_t n = 0; n < layer.padded_out(); n += kPanel) {
        const std::int16_t* const panel = layer.panels() + n * in;
        VF scale[kVectors], bias[kVectors];
        for (std::size_t v = 0; v < kVectors; ++v) {
            scale[v] = hn::Load(d, layer.scales() + n + v * kLanes);
            bias[v] = hn::Load(d, layer.bias() + n + v * kLanes);
        }
        for (std::size_t first = 0; first < rows; first += kRows) {
            const std::int16_t* row[kRows];
            // Past the last row, the last row again: its results are not stored.
            for (std::size_t r = 0; r < kRows; ++r) row[r] = x + std::min(first + r, rows - 1) * in;
            VI sums[kRows][kVectors];
            tile(panel, pairs, row, sums);
            const std::size_t count = std::min(kRows, rows - first);
            for (std::size_t r = 0; r < count; ++r) {
                const VF row_scale = hn::Set(d, x_scales[first + r]);
                for (std::size_t v = 0; v < kVectors; ++v) {
                    const VF product = hn::Mul(hn::ConvertTo(d, sums[r][v]), hn::Mul(scale[v], row_scale));
                    hn::StoreU(hn::Add(product, bias[v]), d, y + (first + r) * stride + n + v * kLanes);
                }
            }
        }
    }
}

constexpr std::size_t kMultiplyRows = 4;

template <std::size_t kCount> HWY_INLINE void multiply_rows(const float* a, std::size_t lda, const float* b,
                                                            std::size_t ldb, float* c, std::size_t ldc, std::size_t k,
                                                            std::size_t n) {
    const DF d;
    for (std::size_t j = 0; j < n; j += kPanel) {
        VF sums[kCount][kVectors];
        for (auto& row : sums) {
            for (auto& sum : row) sum = hn::Zero(d);
        }
        for (std::size_t i = 0; i < k; ++i) {
            VF right[kVectors];
            for (std::size_t v = 0; v < kVectors; ++v) right[v] = hn::LoadU(d, b + i * ldb + j + v * kLanes);
            HWY_UNROLL(4)
            for (std::size_t r = 0; r < kCount; ++r) {
                const VF left = hn::Set(d, a[r * lda + i]);
                // No fused multiply-add: results must not depend on the instruction set.
                for (std::size_t v = 0; v < kVectors; ++v) sums[r][v] = hn::Add(sums[r][v], hn::Mul(left, right[v]));
            }
        }
        for (std::size_t r = 0; r < kCount; ++r) {
            for (std::size_t v = 0; v < kVectors; ++v) hn::StoreU(sums[r][v], d, c + r * ldc + j + v * kLanes);
        }
    }
}

void Multiply(const float* a, std::size_t lda, const float* b, std::size_t ldb, float* c, std::size_t ldc,
              std::size_t m, std::size_t k, std::size_t n) {
    std::size_t r = 0;
    for (; r + kMultiplyRows <= m; r += kMultiplyRows) {
        multiply_rows<kMultiplyRows>(a + r * lda, lda, b, ldb, c + r * ldc, ldc, k, n);
    }
    for (; r < m; ++r) multiply_rows<1>(a + r * lda, lda, b, ldb, c + r * ldc, ldc, k, n);
}

void LayerNorm(float* x, const float* added, std::size_t rows, std::size_t width, const float* weight,
               const float* bias, float epsilon, float* y) {
    const DF d;
    for (std::size_t r = 0; r < rows; ++r, x += width, y += width) {
        VF sums[kVectors];
        for (auto& s : sums) s = hn::Zero(d);
        for (std::size_t i = 0; i < width; i += kPanel) {
            for (std::size_t v = 0; v < kVectors; ++v) {
                const std::size_t at = i + v * kLanes;
                VF value = hn::LoadU(d, x + at);
                if (added != nullptr) {
                    value = hn::Add(value, hn::LoadU(d, added + r * width + at));
                    hn::StoreU(value, d, x + at);
                }
                sums[v] = hn::Add(sums[v], value);
            }
        }
        const float mean = fold(sums) / static_cast<float>(width);
        const VF means = hn::Set(d, mean);
        for (auto& s : sums) s = hn::Zero(d);
        for (std::size_t i = 0; i < width; i += kPanel) {
            for (std::size_t v = 0; v < kVectors; ++v) {
                const VF off = hn::Sub(hn::LoadU(d, x + i + v * kLanes), means);
                sums[v] = hn::Add(sums[v], hn::Mul(off, off));
            }
        }
        const VF factor = hn::Set(d, 1.0f / std::sqrt(fold(sums) / static_cast<float>(width) + epsilon));
        for (std::size_t i = 0; i < width; i += kLanes) {
            const VF off = hn::Mul(hn::Sub(hn::LoadU(d, x + i), means), factor);
            hn::StoreU(hn::Add(hn::Mul(off, hn::LoadU(d, weight + i)), hn::LoadU(d, bias + i)), d, y + i);
        }
    }
}

void Gelu(float* x, std::size_t n) {
    const DF d;
    const VF one = hn::Set(d, 1.0f);
    for (std::size_t i = 0; i < n; i += kLanes) {
        const VF value = hn::LoadU(d, x + i);
        // erf by Abramowitz and Stegun 7.1.26, absolute error 1.5e-7.
        const VF z = hn::Mul(hn::Abs(value), hn::Set(d, 0.70710678f));
        const VF t = hn::Div(one, hn::Add(one, hn::Mul(z, hn::Set(d, 0.3275911f))));
        VF p = hn::Set(d, 1.061405429f);
        for (const float c : {-1.453152027f, 1.421413741f, -0.284496736f, 0.254829592f}) {
            p = hn::Add(hn::Mul(p, t), hn::Set(d, c));
        }
        const VF tail = hn::Mul(hn::Mul(p, t), exponential(hn::Neg(hn::Mul(z, z)))); // 1 - erf(z)
        const VF half = hn::Mul(hn::Set(d, 0.5f), tail);
        const VF phi = hn::IfThenElse(hn::Lt(value, hn::Zero(d)), half, hn::Sub(one, half));
        hn::StoreU(hn::Mul(value, phi), d, x + i);
    }
}

void LeakyRelu(float* x, std::size_t n, float slope) {
    const DF d;
    for (std::size_t i = 0; i < n; i += kLanes) {
        const VF value = hn::LoadU(d, x + i);
        const VF low = hn::Mul(value, hn::Set(d, slope));
        hn::StoreU(hn::IfThenElse(hn::Lt(value, hn::Zero(d)), low, value), d, x + i);
    }
}

void AddRelu(const float* a, const float* b, const float* c, float* y, std::size_t n) {
    const DF d;
    for (std::size_t i = 0; i < n; i += kLanes) {
        const VF sum = hn::Add(hn::Add(hn::LoadU(d, a + i), hn::LoadU(d, b + i)), hn::LoadU(d, c + i));
        hn::StoreU(hn::Max(sum, hn::Zero(d)), d, y + i);
    }
}

void NearRelu(const float* before, const float* here, const float* after, const float* weights, const float* bias,
              float* y, std::size_t n) {
    const DF d;
    for (std::size_t i = 0; i < n; i += kLanes) {
        VF sum = hn::Add(hn::LoadU(d, bias + i), hn::Mul(hn::LoadU(d, before + i), hn::LoadU(d, weights + i)));
        sum = hn::Add(sum, hn::Mul(hn::LoadU(d, here + i), hn::LoadU(d, weights + n + i)));
        sum = hn::Add(sum, hn::Mul(hn::LoadU(d, after + i), hn::LoadU(d, weights + 2 * n + i)));
        hn::StoreU(hn::Max(sum, hn::Zero(d)), d, y + i);
    }
}

void Softmax(float* x, std::size_t n, float scale, const float* bias) {
    const DF d;
    const VF scales = hn::Set(d, scale);
    const VF lowest = hn::Set(d, -3.0e38f);
    VF largest = lowest;
    for (std::size_t i = 0; i < n; i += kLanes) { // to padded(n) at most: the caller's rows have that much room
        VF value = hn::Mul(hn::LoadU(d, x + i), scales);
        const std::size_t left = n - i;
        if (bias != nullptr) value = hn::Add(value, hn::LoadU(d, bias + i));
        if (left < kLanes) value = hn::IfThenElse(hn::FirstN(d, left), value, lowest);
        hn::StoreU(value, d, x + i);
        largest = hn::Max(largest, value);
    }
    const VF tops = hn::MaxOfLanes(d, largest);
    VF sums[kVectors];
    for (auto& s : sums) s = hn::Zero(d);
    for (std::size_t i = 0; i < n; i += kPanel) {
        for (std::size_t v = 0; v < kVectors; ++v) {
            const std::size_t at = i + v * kLanes;
            VF e = exponential(hn::Sub(hn::LoadU(d, x + at), tops));
            const std::size_t left = at < n ? n - at : 0;
            if (left < kLanes) e = hn::IfThenElseZero(hn::FirstN(d, left), e);
            hn::StoreU(e, d, x + at);
            sums[v] = hn::Add(sums[v], e);
        }
    }
    const VF factor = hn::Set(d, 1.0f / fold(sums));
    for (std::size_t i = 0; i < n; i += kLanes) hn::StoreU(hn::Mul(hn::LoadU(d, x + i), factor), d, x + i);
}

const char* InstructionSet() {
    return hwy::TargetName(HWY_TARGET);
}

} // namespace kadesh::neural::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace kadesh::neural {

HWY_EXPORT(Quantise);
HWY_EXPORT(Linear);
HWY_EXPORT(Multiply);
HWY_EXPORT(LayerNorm);
HWY_EXPORT(Gelu);
HWY_EXPORT(LeakyRelu);
HWY_EXPORT(AddRelu);
HWY_EXPORT(NearRelu);
HWY_EXPORT(Softmax);
HWY_EXPORT(InstructionSet);

PackedLinear::PackedLinear(std::span<const float> weights, std::span<const float> bias, std::size_t out, std::size_t in)
    : in_(in), out_(out), panels_(padded(out) * padded(in)), scales_(padded(out)), bias_(padded(out)) {
    std::copy(bias.begin(), bias.end(), bias_.data());
    for (std::size_t n = 0; n < out; ++n) {
        const float* const row = weights.data() + n * in;
        float largest = 0, sum = 0;
        for (std::size_t i = 0; i < in; ++i) {
            largest = std::max(largest, std::abs(row[i]));
            sum += std::abs(row[i]);
        }
        // |q| fits 16 bits, and kInputLevels · Σ|q| (each |q| rounded up by at most one half) fits 31.
        const float room = 2147483647.0f / static_cast<float>(kInputLevels) - static_cast<float>(in);
        const float scale = std::max({largest / 32767.0f, sum / room, 1e-30f});
        scales_.data()[n] = scale;
        const float factor = 1.0f / scale;
        std::int16_t* const panel = panels_.data() + n / kPanel * kPanel * padded(in) + n % kPanel * 2;
        for (std::size_t i = 0; i < in; ++i) {
            const float q = std::nearbyint(std::clamp(row[i] * factor, -32767.0f, 32767.0f));
            panel[i / 2 * 2 * kPanel + i % 2] = static_cast<std::int16_t>(q);
        }
    }
}

void quantise(const float* x, std::size_t rows, std::size_t width, std::size_t stride, QuantisedRows& out) {
    out.rows = rows;
    out.width = width;
    HWY_DYNAMIC_DISPATCH(Quantise)
    (x, rows, width, stride, out.values.reserve(rows * padded(width)), out.scales.reserve(rows));
}

void linear(const PackedLinear& layer, const QuantisedRows& x, std::size_t first, std::size_t rows, float* y,
            std::size_t stride) {
    HWY_DYNAMIC_DISPATCH(Linear)
    (layer, x.values.data() + first * layer.padded_in(), x.scales.data() + first, rows, y, stride);
}

void multiply(const float* a, std::size_t lda, const float* b, std::size_t ldb, float* c, std::size_t ldc,
              std::size_t m, std::size_t k, std::size_t n) {
    HWY_DYNAMIC_DISPATCH(Multiply)(a, lda, b, ldb, c, ldc, m, k, n);
}

void layer_norm(float* x, const float* added, std::size_t rows, std::size_t width, const float* weight,
                const float* bias, float epsilon, float* y) {
    HWY_DYNAMIC_DISPATCH(LayerNorm)(x, added, rows, width, weight, bias, epsilon, y);
}

void gelu(float* x, std::size_t n) {
    HWY_DYNAMIC_DISPATCH(Gelu)(x, n);
}

void leaky_relu(float* x, std::size_t n, float slope) {
    HWY_DYNAMIC_DISPATCH(LeakyRelu)(x, n, slope);
}

void add_relu(const float* a, const float* b, const float* c, float* y, std::size_t n) {
    HWY_DYNAMIC_DISPATCH(AddRelu)(a, b, c, y, n);
}

void near_relu(const float* before, const float* here, const float* after, const float* weights, const float* bias,
               float* y, std::size_t n) {
    HWY_DYNAMIC_DISPATCH(NearRelu)(before, here, after, weights, bias, y, n);
}

void softmax(float* x, std::size_t n, float scale, const float* bias) {
    HWY_DYNAMIC_DISPATCH(Softmax)(x, n, scale, bias);
}

const char* instruction_set() {
    return HWY_DYNAMIC_DISPATCH(InstructionSet)();
}

} // namespace kadesh::neural
#endif
