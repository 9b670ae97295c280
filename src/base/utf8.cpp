#include "base/utf8.hpp"

#include <algorithm>
#include <cstring>

namespace kadesh {
namespace {

constexpr std::size_t kBlock = 64;

unsigned char at(std::string_view text, std::size_t i) {
    return static_cast<unsigned char>(text[i]);
}

/// How many bytes of [begin, end) begin a code point.
std::size_t count_starts(const char* begin, const char* end) {
    std::size_t n = 0;
    for (; begin != end; ++begin) n += !is_continuation_byte(*begin);
    return n;
}

} // namespace

CodePoint decode_utf8(std::string_view text, std::size_t i) {
    const unsigned char lead = at(text, i);
    if (lead < 0x80) return {lead, 1};
    std::uint32_t length = 0;
    unsigned char low = 0x80, high = 0xBF; // what the second byte may be
    char32_t value = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
        value = lead & 0x1Fu;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        value = lead & 0x0Fu;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        value = lead & 0x07u;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return {kReplacement, 1};
    }
    for (std::uint32_t k = 1; k < length; ++k) {
        if (i + k >= text.size()) return {kReplacement, k};
        const unsigned char next = at(text, i + k);
        if (next < low || next > high) return {kReplacement, k};
        low = 0x80;
        high = 0xBF;
        value = (value << 6) | (next & 0x3Fu);
    }
    return {value, length};
}

CodePoint decode_utf8_before(std::string_view text, std::size_t end) {
    std::size_t start = end - 1;
    while (start > 0 && end - start < 4 && is_continuation_byte(text[start])) --start;
    const CodePoint found = decode_utf8(text, start);
    if (start + found.bytes == end) return found;
    return {kReplacement, 1};
}

void append_utf8(std::string& out, char32_t value) {
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = kReplacement;
    const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (value < 0x80) {
        put(value);
    } else if (value < 0x800) {
        put(0xC0 | (value >> 6));
        put(0x80 | (value & 0x3F));
    } else if (value < 0x10000) {
        put(0xE0 | (value >> 12));
        put(0x80 | ((value >> 6) & 0x3F));
        put(0x80 | (value & 0x3F));
    } else {
        put(0xF0 | (value >> 18));
        put(0x80 | ((value >> 12) & 0x3F));
        put(0x80 | ((value >> 6) & 0x3F));
        put(0x80 | (value & 0x3F));
    }
}

bool is_ascii(std::string_view text) {
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        if (word & 0x8080808080808080ULL) return false;
    }
    for (; i < text.size(); ++i) {
        if (at(text, i) >= 0x80) return false;
    }
    return true;
}

bool is_valid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        if (i + 8 <= text.size() && is_ascii(text.substr(i, 8))) {
            i += 8;
            continue;
        }
        const CodePoint c = decode_utf8(text, i);
        // A genuine U+FFFD takes three bytes and begins with EF; a malformed sequence never decodes so.
        if (c.value == kReplacement && text.substr(i, 3) != "\xEF\xBF\xBD") return false;
        i += c.bytes;
    }
    return true;
}

std::size_t count_code_points(std::string_view text) {
    return count_starts(text.data(), text.data() + text.size());
}

RepairedUtf8 repair_utf8(std::string_view bytes) {
    RepairedUtf8 out;
    out.text.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size();) {
        if (i + 8 <= bytes.size() && is_ascii(bytes.substr(i, 8))) {
            out.text.append(bytes.substr(i, 8));
            i += 8;
            continue;
        }
        const CodePoint c = decode_utf8(bytes, i);
        if (c.value == kReplacement && bytes.substr(i, 3) != "\xEF\xBF\xBD") {
            append_utf8(out.text, kReplacement);
            ++out.repaired;
        } else {
            out.text.append(bytes.substr(i, c.bytes));
        }
        i += c.bytes;
    }
    return out;
}

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
    if (is_ascii(text)) {
        size_ = static_cast<std::uint32_t>(text.size());
        return;
    }
    before_.reserve(text.size() / kBlock + 1);
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); i += kBlock) {
        before_.push_back(static_cast<std::uint32_t>(count));
        count += count_code_points(text.substr(i, kBlock));
    }
    size_ = static_cast<std::uint32_t>(count);
}

std::uint32_t CodePointIndex::code_point(std::uint32_t at_byte) const {
    if (at_byte >= text_.size()) return size_;
    if (before_.empty()) return at_byte;
    const std::size_t block = at_byte / kBlock;
    const char* const start = text_.data() + block * kBlock;
    return before_[block] + static_cast<std::uint32_t>(count_starts(start, text_.data() + at_byte));
}

std::uint32_t CodePointIndex::byte(std::uint32_t n) const {
    if (n >= size_) return static_cast<std::uint32_t>(text_.size());
    if (before_.empty()) return n;
    const auto after = std::upper_bound(before_.begin(), before_.end(), n);
    const auto block = static_cast<std::size_t>(after - before_.begin()) - 1;
    std::uint32_t left = n - before_[block];
    std::size_t i = block * kBlock;
    for (;; ++i) {
        if (is_continuation_byte(text_[i])) continue;
        if (left == 0) return static_cast<std::uint32_t>(i);
        --left;
    }
}

} // namespace kadesh
