// What the tokenizer and the word pieces need to know of Unicode.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kadesh {

enum class CharClass : std::uint8_t {
    Other,
    Letter, ///< not a capital
    Capital,
    Digit,
    Mark, ///< combining
    Punctuation,
    Symbol,
    Space,
    Ignorable, ///< controls and format characters: zero-width space, soft hyphen, byte order mark
    Number     ///< fractions, Roman numerals and other numbers that are no digits
};

CharClass char_class(char32_t c);
inline bool is_letter(CharClass c) {
    return c == CharClass::Letter || c == CharClass::Capital;
}

/// Appends the normal form of a code point, as the model's vocabulary has it: compatibility decomposition without
/// accents and ignorable characters, lower case, curly quotes and dashes as ASCII.
void append_folded(std::string& out, char32_t c);

/// Lower case, code point by code point (accents stay).
std::string lower(std::string_view text);

} // namespace kadesh
