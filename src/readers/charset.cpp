#include "readers/charset.hpp"

#include "base/ascii.hpp"

#include <array>
#include <string>

namespace kadesh::readers {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

RepairedUtf8 decode_utf16(std::string_view bytes, bool big_endian) {
    RepairedUtf8 out;
    out.text.reserve(bytes.size() / 2);
    const auto unit = [&](std::size_t i) {
        const auto a = static_cast<unsigned char>(bytes[i]);
        const auto b = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<char32_t>(big_endian ? (a << 8) | b : (b << 8) | a);
    };
    const auto replace = [&out] {
        append_utf8(out.text, kReplacement);
        ++out.repaired;
    };
    std::size_t i = 0;
    for (; i + 2 <= bytes.size(); i += 2) {
        const char32_t first = unit(i);
        if (first < 0xD800 || first > 0xDFFF) {
            append_utf8(out.text, first);
        } else if (first < 0xDC00 && i + 4 <= bytes.size() && unit(i + 2) >= 0xDC00 && unit(i + 2) <= 0xDFFF) {
            append_utf8(out.text, 0x10000 + ((first - 0xD800) << 10) + (unit(i + 2) - 0xDC00));
            i += 2;
        } else {
            replace();
        }
    }
    if (i < bytes.size()) replace();
    return out;
}

RepairedUtf8 decode_windows_1252(std::string_view bytes) {
    RepairedUtf8 out;
    out.text.reserve(bytes.size() + bytes.size() / 16);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(out.text, byte >= 0x80 && byte < 0xA0 ? windows_1252(byte) : char32_t{byte});
    }
    return out;
}

/// Where `word` (lower-case) begins in `text`, whatever its case there.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
    for (std::size_t i = from; i + word.size() <= text.size(); ++i) {
        if (equals_ignoring_case(text.substr(i, word.size()), word)) return i;
    }
    return std::string_view::npos;
}

/// The label after `charset=` or `encoding=` near the top of a page, lower-case; empty when there is none.
std::string declared_charset(std::string_view page) {
    constexpr std::size_t kSearched = 4096;
    page = page.substr(0, kSearched);
    for (const std::string_view key : {"charset", "encoding"}) {
        for (auto at = find_word(page, key, 0); at != std::string_view::npos; at = find_word(page, key, at + 1)) {
            std::string_view rest = trim_ascii_front(page.substr(at + key.size()));
            if (!rest.starts_with('=')) continue;
            rest = trim_ascii_front(rest.substr(1));
            if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
            std::size_t end = 0;
            while (end < rest.size() && (is_ascii_alnum(rest[end]) || rest[end] == '-' || rest[end] == '_')) ++end;
            if (end > 0) return lower_ascii(rest.substr(0, end));
        }
    }
    return {};
}

bool is_windows_1252(std::string_view label) {
    for (const std::string_view known : {"windows-1252", "cp1252", "x-cp1252", "iso-8859-1", "iso8859-1", "iso_8859-1",
                                         "latin1", "l1", "us-ascii", "ascii"}) {
        if (label == known) return true;
    }
    return false;
}

} // namespace

char32_t windows_1252(unsigned char byte) {
    static constexpr std::array<char16_t, 32> kTable{0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                     0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? kTable[byte - 0x80u] : char32_t{byte};
}

RepairedUtf8 decode_text(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return decode_utf16(bytes.substr(2), false);
    if (bytes.starts_with("\xFE\xFF")) return decode_utf16(bytes.substr(2), true);
    if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
    return repair_utf8(bytes);
}

RepairedUtf8 decode_page(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || bytes.starts_with(kUtf8Mark))
        return decode_text(bytes);
    // Text that is well-formed UTF-8 by chance is next to impossible; pages that declare the wrong charset are not.
    if (is_valid_utf8(bytes)) return {std::string(bytes), 0};
    const std::string label = declared_charset(bytes);
    if (label.empty() || is_windows_1252(label)) return decode_windows_1252(bytes);
    return repair_utf8(bytes);
}

} // namespace kadesh::readers
