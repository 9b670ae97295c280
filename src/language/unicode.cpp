#include "language/unicode.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace kadesh {
namespace {

struct ClassRange {
    std::uint32_t first, last;
    std::uint8_t kind;
};
struct FoldEntry {
    std::uint32_t code_point;
    std::uint16_t at;
    std::uint8_t size;
};
struct LowerPair {
    std::uint32_t code_point, lower;
};

#include "language/unicode_tables.inc"

constexpr char32_t kHangulFirst = 0xAC00, kHangulLast = 0xD7A3;

constexpr std::array<CharClass, 128> ascii_classes() {
    std::array<CharClass, 128> out{};
    for (std::size_t c = 0; c < 128; ++c) {
        const auto in = [c](char a, char b) {
            return c >= static_cast<std::size_t>(a) && c <= static_cast<std::size_t>(b);
        };
        CharClass kind = CharClass::Punctuation;
        if (in('0', '9')) kind = CharClass::Digit;
        if (in('a', 'z')) kind = CharClass::Letter;
        if (in('A', 'Z')) kind = CharClass::Capital;
        if (c == '$' || c == '+' || c == '<' || c == '=' || c == '>' || c == '^' || c == '`' || c == '|' || c == '~') {
            kind = CharClass::Symbol;
        }
        if (c == ' ' || in('\t', '\r') || (c >= 0x1C && c <= 0x1F)) {
            kind = CharClass::Space;
        } else if (c < ' ' || c == 127) {
            kind = CharClass::Ignorable;
        }
        out[c] = kind;
    }
    return out;
}
constexpr std::array<CharClass, 128> kAscii = ascii_classes();

/// ' " - for the typographic forms of these, 0 for anything else.
char plain_form(char32_t c) {
    switch (c) {
    case U'\u2018':
    case U'\u2019':
    case U'\u201A':
    case U'\u201B':
    case U'\u02BC':
    case U'\u2032':
    case U'\u00B4':
    case U'`': return '\'';
    case U'\u201C':
    case U'\u201D':
    case U'\u201E':
    case U'\u201F':
    case U'\u2033':
    case U'\u00AB':
    case U'\u00BB': return '"';
    case U'\u2010':
    case U'\u2011':
    case U'\u2012':
    case U'\u2013':
    case U'\u2014':
    case U'\u2015':
    case U'\u2212': return '-';
    default: return 0;
    }
}

} // namespace

CharClass char_class(char32_t c) {
    if (c < 128) return kAscii[c];
    const auto* const after = std::upper_bound(std::begin(kClassRanges), std::end(kClassRanges), c,
                                               [](char32_t v, const ClassRange& r) { return v < r.first; });
    if (after == std::begin(kClassRanges)) return CharClass::Other;
    const ClassRange& range = *std::prev(after);
    return c <= range.last ? static_cast<CharClass>(range.kind) : CharClass::Other;
}

void append_folded(std::string& out, char32_t c) {
    if (const char plain = plain_form(c)) {
        out.push_back(plain);
    } else if (c < 128) {
        if (kAscii[c] == CharClass::Ignorable || (kAscii[c] == CharClass::Space && c != ' ')) return;
        out.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
    } else if (c >= kHangulFirst && c <= kHangulLast) {
        const char32_t index = c - kHangulFirst; // into 19 leading, 21 vowel and 28 trailing letters
        append_utf8(out, 0x1100 + index / (21 * 28));
        append_utf8(out, 0x1161 + index % (21 * 28) / 28);
        if (index % 28 != 0) append_utf8(out, 0x11A7 + index % 28);
    } else {
        const auto* const found = std::lower_bound(std::begin(kFoldEntries), std::end(kFoldEntries), c,
                                                   [](const FoldEntry& e, char32_t v) { return e.code_point < v; });
        if (found != std::end(kFoldEntries) && found->code_point == c) {
            out.append(reinterpret_cast<const char*>(kFoldBytes) + found->at, found->size);
        } else {
            append_utf8(out, c);
        }
    }
}

std::string lower(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = decode_utf8(text, i);
        if (c.value < 128) {
            out.push_back(static_cast<char>(c.value >= 'A' && c.value <= 'Z' ? c.value + ('a' - 'A') : c.value));
        } else {
            const auto* const found = std::lower_bound(std::begin(kLowerPairs), std::end(kLowerPairs), c.value,
                                                       [](const LowerPair& p, char32_t v) { return p.code_point < v; });
            const bool has = found != std::end(kLowerPairs) && found->code_point == c.value;
            append_utf8(out, has ? static_cast<char32_t>(found->lower) : c.value);
        }
        i += c.bytes;
    }
    return out;
}

} // namespace kadesh
