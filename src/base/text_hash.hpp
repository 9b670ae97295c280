// Stable 64-bit hashing of bytes; the same on every machine and run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kadesh {

/// FNV-1a, 64 bits.
constexpr std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0xcbf29ce484222325ULL) {
    for (const char c : bytes) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return seed;
}

/// The first `digits` hexadecimal digits of a hash.
std::string hex(std::uint64_t value, int digits = 16);

} // namespace kadesh
