// A library of ICU data with no data in it, as ICU's own sources have one (stubdata). Debian's libxml2 is linked
// against ICU, whose data (31 MB) serve character sets that Kadesh has turned into UTF-8 before libxml2 sees a page.
// make_dist.sh builds it: -DICU_DATA=icudtNN_dat names the entry that ICU of version NN looks for.
#include <bit>
#include <cstdint>

namespace {

/// ICU's header of a data file (`DataHeader` and `UDataInfo` in its udatamem.h), then a table of contents of no
/// entries.
struct EmptyData {
    std::uint16_t header_size = 32;
    std::uint8_t magic[2] = {0xda, 0x27};
    std::uint16_t info_size = 20;
    std::uint16_t reserved = 0;
    std::uint8_t big_endian = std::endian::native == std::endian::big ? 1 : 0;
    std::uint8_t charset_family = 0; ///< ASCII
    std::uint8_t char_size = 2;      ///< of UChar
    std::uint8_t reserved_byte = 0;
    std::uint8_t format[4] = {'T', 'o', 'C', 'P'};
    std::uint8_t format_version[4] = {1, 0, 0, 0};
    std::uint8_t data_version[4] = {0, 0, 0, 0};
    std::uint8_t padding[8] = {};
    std::uint32_t entries = 0;
    std::uint32_t reserved_entry = 0;
};
static_assert(sizeof(EmptyData) == 40);

} // namespace

extern "C" {
extern const EmptyData ICU_DATA;
alignas(16) const EmptyData ICU_DATA{};
}
