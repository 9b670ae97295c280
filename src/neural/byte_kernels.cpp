#include "neural/byte_kernels.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

// Vectors of unknown length (SVE, RVV) would need another packing.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "neural/byte_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format off: behind foreach_target
#include "neural/lanes-inl.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace kadesh::neural::HWY_NAMESPACE {

// Inputs after which sums of 16 bits are widened.
constexpr std::size_t kBlock = 16;
static_assert(kBlock == kPanel);

void QuantiseBytes(const float* x, std::size_t rows, std::size_t width, bool positive, std::uint8_t* values,
                   float* scales) {
    const DF d;
    const hn::Rebind<std::uint8_t, DF> narrow;
    const int zero = positive ? 0 : (kByteLevels + 1) / 2;
    const auto levels = static_cast<float>(positive ? kByteLevels : kByteLevels - zero);
    const VI zeros = hn::Set(DI(), zero);
    for (std::size_t r = 0; r < rows; ++r, x += width, values += width) {
        VF largest = hn::Zero(d);
        for (std::size_t i = 0; i < width; i += kLanes) largest = hn::Max(largest, hn::Abs(hn::LoadU(d, x + i)));
        const float top = std::max(hn::GetLane(hn::MaxOfLanes(d, largest)), 1e-30f);
        const VF factors = hn::Set(d, levels / top);
        for (std::size_t i = 0; i < width; i += kLanes) {
            const VI q = hn::Add(hn::NearestInt(hn::Mul(hn::LoadU(d, x + i), factors)), zeros);
            hn::StoreU(hn::DemoteTo(narrow, q), narrow, values + i);
        }
        scales[r] = top / levels;
    }
}

#if HWY_ARCH_X86 && HWY_TARGET < HWY_EMU128
#define KADESH_BYTE_VECTORS 1
using DB = hn::FixedTag<std::int8_t, 4 * kLanes>;
using DU = hn::FixedTag<std::uint8_t, 4 * kLanes>;
using DH = hn::FixedTag<std::int16_t, 2 * kLanes>;
using VH = hn::Vec<DH>;

// Rows that the inner loop takes at once: as many as leave the two kinds of sums in registers.
constexpr std::size_t kRows = kVectors == 1 ? 6 : kVectors == 2 ? 3 : 1;

HWY_INLINE hn::Vec<DU> broadcast_four(const std::uint8_t* values) {
    std::int32_t four;
    std::memcpy(&four, values, sizeof four);
    return hn::BitCast(DU(), hn::Set(DI(), four));
}

/// Sums of neighbouring products, unsigned by signed, in 16 bits.
HWY_INLINE VH pair_products(hn::Vec<DU> x, hn::Vec<DB> w) {
#if HWY_TARGET <= HWY_AVX3
    return VH{_mm512_maddubs_epi16(x.raw, w.raw)};
#elif HWY_TARGET == HWY_AVX2
    return VH{_mm256_maddubs_epi16(x.raw, w.raw)};
#else
    return VH{_mm_maddubs_epi16(x.raw, w.raw)};
#endif
}

/// sum += more, in this place: compilers that gather all the products before they add them run out of registers.
HWY_INLINE void add(VH& sum, VH more) {
    sum = hn::Add(sum, more);
    __asm__("" : "+x"(sum.raw));
}

HWY_INLINE VI widen(VH sums) {
    VI unused = hn::Zero(DI());
    return hn::ReorderWidenMulAccumulate(DI(), sums, hn::Set(DH(), std::int16_t{1}), hn::Zero(DI()), unused);
}

/// kRows rows times one panel.
HWY_INLINE void tile(const std::int8_t* HWY_RESTRICT panel, std::size_t in, const std::uint8_t* const (&x)[kRows],
                     VI (&out)[kRows][kVectors]) {
    // Variables with names, not arrays: compilers then keep them in registers through the loop.
#define KADESH_SUMS(X) KADESH_SUMS_OF(X)
#if HWY_TARGET <= HWY_AVX2
    static_assert(kRows * kVectors == 6);
#define KADESH_SUMS_OF(X) X(0) X(1) X(2) X(3) X(4) X(5)
#else
    static_assert(kRows * kVectors == 4);
#define KADESH_SUMS_OF(X) X(0) X(1) X(2) X(3)
#endif
#define KADESH_ZERO(i) VI sum##i = hn::Zero(DI());
    KADESH_SUMS(KADESH_ZERO)
#undef KADESH_ZERO
    for (std::size_t i = 0; i < in; i += kBlock, panel += kBlock * kPanel) {
#define KADESH_PRODUCTS(k, four)                                                                                       \
    pair_products(broadcast_four(x[k / kVectors] + i + four),                                                          \
                  hn::Load(DB(), panel + four * kPanel + k % kVectors * 4 * kLanes))
#define KADESH_FIRST(k) VH near##k = KADESH_PRODUCTS(k, 0);
#define KADESH_SECOND(k) add(near##k, KADESH_PRODUCTS(k, 4));
#define KADESH_THIRD(k) add(near##k, KADESH_PRODUCTS(k, 8));
#define KADESH_FOURTH(k) add(near##k, KADESH_PRODUCTS(k, 12));
#define KADESH_WIDEN(k) sum##k = hn::Add(sum##k, widen(near##k));
        KADESH_SUMS(KADESH_FIRST)
        KADESH_SUMS(KADESH_SECOND)
        KADESH_SUMS(KADESH_THIRD)
        KADESH_SUMS(KADESH_FOURTH)
        KADESH_SUMS(KADESH_WIDEN)
#undef KADESH_WIDEN
#undef KADESH_FOURTH
#undef KADESH_THIRD
#undef KADESH_SECOND
#undef KADESH_FIRST
#undef KADESH_PRODUCTS
    }
#define KADESH_KEEP(k) out[k / kVectors][k % kVectors] = sum##k;
    KADESH_SUMS(KADESH_KEEP)
#undef KADESH_KEEP
#undef KADESH_SUMS
#undef KADESH_SUMS_OF
}
#else
constexpr std::size_t kRows = 1;

HWY_INLINE void tile(const std::int8_t* HWY_RESTRICT panel, std::size_t in, const std::uint8_t* const (&x)[kRows],
                     VI (&sums)[kRows][kVectors]) {
    HWY_ALIGN std::int32_t found[kPanel] = {};
    for (std::size_t i = 0; i < in; i += 4, panel += 4 * kPanel) {
        for (std::size_t n = 0; n < kPanel; ++n) {
            for (std::size_t k = 0; k < 4; ++k) found[n] += x[0][i + k] * panel[4 * n + k];
        }
    }
    for (std::size_t v = 0; v < kVectors; ++v) sums[0][v] = hn::Load(DI(), found + v * kLanes);
}
#endif

void LinearBytes(const PackedBytes& layer, const std::uint8_t* x, const float* x_scales, int zero, std::size_t rows,
                 float* y) {
    const DF d;
    const std::size_t in = layer.padded_in();
    const std::size_t out = layer.padded_out();
    const VI zeros = hn::Set(DI(), zero);
    for (std::size_t n = 0; n < out; n += kPanel) {
        const std::int8_t* const panel = layer.panels() + n * in;
        VF scale[kVectors], bias[kVectors];
        VI shift[kVectors];
        for (std::size_t v = 0; v < kVectors; ++v) {
            scale[v] = hn::Load(d, layer.scales() + n + v * kLanes);
            bias[v] = hn::Load(d, layer.bias() + n + v * kLanes);
            shift[v] = hn::Mul(hn::Load(DI(), layer.sums() + n + v * kLanes), zeros);
        }
        for (std::size_t first = 0; first < rows; first += kRows) {
            const std::uint8_t* row[kRows];
            // Past the last row, the last row again: its results are not stored.
            for (std::size_t r = 0; r < kRows; ++r) row[r] = x + std::min(first + r, rows - 1) * in;
            VI sums[kRows][kVectors];
            tile(panel, in, row, sums);
            const std::size_t count = std::min(kRows, rows - first);
            for (std::size_t r = 0; r < count; ++r) {
                const VF row_scale = hn::Set(d, x_scales[first + r]);
                for (std::size_t v = 0; v < kVectors; ++v) {
                    const VF sum = hn::ConvertTo(d, hn::Sub(sums[r][v], shift[v]));
                    const VF product = hn::Mul(sum, hn::Mul(scale[v], row_scale));
                    hn::StoreU(hn::Add(product, bias[v]), d, y + (first + r) * out + n + v * kLanes);
                }
            }
        }
    }
}

} // namespace kadesh::neural::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace kadesh::neural {

HWY_EXPORT(QuantiseBytes);
HWY_EXPORT(LinearBytes);

PackedBytes::PackedBytes(std::span<const float> weights, std::span<const float> bias, std::size_t out, std::size_t in)
    : in_(in), out_(out), panels_(padded(out) * padded(in)), sums_(padded(out)), scales_(padded(out)),
      bias_(padded(out)) {
    std::copy(bias.begin(), bias.end(), bias_.data());
    for (std::size_t n = 0; n < out; ++n) {
        const float* const row = weights.data() + n * in;
        float largest = 1e-30f;
        for (std::size_t i = 0; i < in; ++i) largest = std::max(largest, std::abs(row[i]));
        scales_.data()[n] = largest / static_cast<float>(kWeightLevels);
        const float factor = static_cast<float>(kWeightLevels) / largest;
        std::int8_t* const panel = panels_.data() + n / kPanel * kPanel * padded(in) + n % kPanel * 4;
        for (std::size_t i = 0; i < in; ++i) {
            const auto q = static_cast<std::int8_t>(std::nearbyint(row[i] * factor));
            panel[i / 4 * 4 * kPanel + i % 4] = q;
            sums_.data()[n] += q;
        }
    }
}

void quantise(const float* x, std::size_t rows, std::size_t width, bool positive, QuantisedBytes& out) {
    out.rows = rows;
    out.zero = positive ? 0 : (kByteLevels + 1) / 2;
    HWY_DYNAMIC_DISPATCH(QuantiseBytes)
    (x, rows, width, positive, out.values.reserve(rows * width), out.scales.reserve(rows));
}

void linear(const PackedBytes& layer, const QuantisedBytes& x, float* y) {
    HWY_DYNAMIC_DISPATCH(LinearBytes)(layer, x.values.data(), x.scales.data(), x.zero, x.rows, y);
}

} // namespace kadesh::neural
#endif
