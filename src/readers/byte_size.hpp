// Sizes as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace kadesh::readers {

/// `8 MiB`, `100 KiB`, `17 bytes`: the largest unit that divides it.
inline std::string byte_size(std::uint64_t bytes) {
    static constexpr const char* kUnits[] = {" bytes", " KiB", " MiB", " GiB", " TiB"};
    int unit = 0;
    while (unit < 4 && bytes >= 1024 && bytes % 1024 == 0) {
        bytes /= 1024;
        ++unit;
    }
    return std::to_string(bytes) + kUnits[unit];
}

} // namespace kadesh::readers
