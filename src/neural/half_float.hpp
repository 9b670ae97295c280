// IEEE 754 half precision to single.
#pragma once

#include <bit>
#include <cstdint>

namespace kadesh::neural {

/// Exact for every half, infinities and NaNs included.
constexpr float half_to_float(std::uint16_t half) {
    const std::uint32_t sign = (half & 0x8000u) << 16;
    const std::uint32_t rest = half & 0x7FFFu;
    if (rest >= 0x7C00u) return std::bit_cast<float>(sign | 0x7F800000u | ((rest & 0x3FFu) << 13));
    // Scaling by 2^112 moves the exponent's bias from 15 to 127 and normalises subnormal halves on the way.
    const float value = std::bit_cast<float>(rest << 13) * 0x1p112f;
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) | sign);
}

} // namespace kadesh::neural
