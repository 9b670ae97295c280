#include "readers/json_text.hpp"

#include "base/utf8.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace kadesh::readers {
namespace {

constexpr std::size_t kEscapeBytes = 6; // \uXXXX

/// The value of an escape `\uXXXX` at text[at].
std::optional<unsigned> unit_at(std::string_view text, std::size_t at) {
    if (at + kEscapeBytes > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
    unsigned value = 0;
    for (const char c : text.substr(at + 2, 4)) {
        unsigned digit = 0;
        if (c >= '0' && c <= '9') {
            digit = static_cast<unsigned>(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            digit = static_cast<unsigned>(c - 'a' + 10);
        } else if (c >= 'A' && c <= 'F') {
            digit = static_cast<unsigned>(c - 'A' + 10);
        } else {
            return std::nullopt;
        }
        value = value * 16 + digit;
    }
    return value;
}

} // namespace

std::uint32_t repair_json(std::string& json) {
    std::uint32_t repaired = 0;
    if (!is_valid_utf8(json)) {
        RepairedUtf8 utf8 = repair_utf8(json);
        json = std::move(utf8.text);
        repaired = utf8.repaired;
    }
    for (auto at = json.find('\\'); at != std::string::npos; at = json.find('\\', at)) {
        const auto unit = unit_at(json, at);
        if (!unit) {
            at += 2; // an escape of one character, which may be a backslash itself
            continue;
        }
        const bool high = *unit >= 0xD800 && *unit < 0xDC00;
        const bool low = *unit >= 0xDC00 && *unit < 0xE000;
        const auto next = high ? unit_at(json, at + kEscapeBytes) : std::nullopt;
        if (next && *next >= 0xDC00 && *next < 0xE000) {
            at += 2 * kEscapeBytes;
            continue;
        }
        if (high || low) {
            json.replace(at + 2, 4, "fffd");
            ++repaired;
        }
        at += kEscapeBytes;
    }
    return repaired;
}

} // namespace kadesh::readers
