#include "knowledge/pack_format.hpp"

#include <cstring>

namespace kadesh::pack {
namespace {

constexpr std::uint64_t kOdd1 = 0x9E3779B185EBCA87ULL;
constexpr std::uint64_t kOdd2 = 0xC2B2AE3D27D4EB4FULL;

std::uint64_t mix(std::uint64_t lane, std::uint64_t word) {
    return std::rotl(lane ^ (word * kOdd2), 31) * kOdd1;
}

} // namespace

std::uint64_t checksum(std::span<const std::byte> bytes) {
    std::array<std::uint64_t, 4> lanes{kOdd1, kOdd2, ~kOdd1, ~kOdd2};
    std::array<std::uint64_t, 4> words{};
    std::size_t at = 0;
    for (; at + sizeof words <= bytes.size(); at += sizeof words) {
        std::memcpy(words.data(), bytes.data() + at, sizeof words);
        for (std::size_t i = 0; i < 4; ++i) lanes[i] = mix(lanes[i], words[i]);
    }
    words = {};
    if (at < bytes.size()) std::memcpy(words.data(), bytes.data() + at, bytes.size() - at);
    std::uint64_t sum = bytes.size() * kOdd1;
    for (std::size_t i = 0; i < 4; ++i) sum = mix(sum, mix(lanes[i], words[i]));
    sum = (sum ^ (sum >> 33)) * kOdd2;
    return sum ^ (sum >> 29);
}

} // namespace kadesh::pack
