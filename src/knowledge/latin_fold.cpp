#include "knowledge/latin_fold.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kadesh {
namespace {

struct Row {
    std::uint16_t letter;
    char ascii[3]; // one or two letters and a terminating zero
    bool capital;
};

constexpr auto kRows = std::to_array<Row>({
// clang-format off
#include "knowledge/latin_fold.inc"
    // clang-format on
});
static_assert(std::is_sorted(kRows.begin(), kRows.end(),
                             [](const Row& a, const Row& b) { return a.letter < b.letter; }));

} // namespace

LatinFold fold_latin(char32_t letter) {
    if (letter < kRows.front().letter || letter > kRows.back().letter) return {};
    const auto it = std::lower_bound(kRows.begin(), kRows.end(), letter,
                                     [](const Row& row, char32_t value) { return row.letter < value; });
    if (it == kRows.end() || it->letter != letter) return {};
    return {std::string_view(it->ascii), it->capital};
}

} // namespace kadesh
