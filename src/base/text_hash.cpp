#include "base/text_hash.hpp"

namespace kadesh {

std::string hex(std::uint64_t value, int digits) {
    std::string out(static_cast<std::size_t>(digits), '0');
    for (int i = 0; i < digits; ++i)
        out[static_cast<std::size_t>(i)] = "0123456789abcdef"[(value >> (60 - 4 * i)) & 15U];
    return out;
}

} // namespace kadesh
