// UTF-8: decoding, checking and repairing, and the way from byte offsets to code points.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

inline constexpr char32_t kReplacement = 0xFFFD;

/// One code point of a text and the number of bytes it takes there.
struct CodePoint {
    char32_t value = 0;
    std::uint32_t bytes = 1;
};

/// The code point that begins at text[at] (at < text.size()). A malformed sequence gives U+FFFD and the length of its
/// maximal subpart (at least one byte), as the Unicode standard recommends.
CodePoint decode_utf8(std::string_view text, std::size_t at);

/// The code point that ends just before text[end] (0 < end <= text.size()), in well-formed text.
CodePoint decode_utf8_before(std::string_view text, std::size_t end);

/// Appends a code point; surrogates and values above U+10FFFF become U+FFFD.
void append_utf8(std::string& out, char32_t value);

[[nodiscard]] bool is_ascii(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text);
[[nodiscard]] constexpr bool is_continuation_byte(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}
/// Number of code points of well-formed text.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

struct RepairedUtf8 {
    std::string text;
    std::uint32_t repaired = 0; ///< sequences that became U+FFFD
};
/// Well-formed text with every malformed sequence replaced by U+FFFD.
[[nodiscard]] RepairedUtf8 repair_utf8(std::string_view bytes);

/// Maps byte offsets of one text to code points and back. Built once a text in linear time; a question costs constant
/// time. Holds a view of the text, which must be well-formed and outlive the index.
class CodePointIndex {
  public:
    explicit CodePointIndex(std::string_view text);

    /// Code points before byte `at`; offsets past the end count as the end.
    [[nodiscard]] std::uint32_t code_point(std::uint32_t at) const;
    /// Byte offset where the n-th code point begins; the text's size if there are not so many.
    [[nodiscard]] std::uint32_t byte(std::uint32_t n) const;
    [[nodiscard]] std::uint32_t size() const { return size_; } ///< in code points

  private:
    std::string_view text_;
    std::uint32_t size_ = 0;
    std::vector<std::uint32_t> before_; ///< code points before each block; empty when all is ASCII
};

} // namespace kadesh
