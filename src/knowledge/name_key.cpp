#include "knowledge/name_key.hpp"

#include "base/utf8.hpp"
#include "knowledge/latin_fold.hpp"

namespace kadesh {
namespace {

bool is_digit(char32_t c) {
    return c >= '0' && c <= '9';
}
bool is_lower(char32_t c) {
    return c >= 'a' && c <= 'z';
}
bool is_upper(char32_t c) {
    return c >= 'A' && c <= 'Z';
}

bool is_apostrophe(char32_t c) {
    return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x201B || (c >= 0x02B9 && c <= 0x02BF) ||
           c == 0x00B4 || c == 0x2032 || c == 0x055A;
}

bool is_hyphen(char32_t c) {
    return c == '-' || (c >= 0x2010 && c <= 0x2013) || c == 0x2212 || c == 0x00AD;
}

bool is_space(char32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x00A0 || c == 0x202F ||
           (c >= 0x2000 && c <= 0x200D) || c == 0xFEFF;
}

bool is_combining(char32_t c) {
    return c >= 0x0300 && c <= 0x036F;
}

/// Characters that leave no trace in a key.
bool is_silent(char32_t c) {
    return c == '.' || is_space(c) || is_hyphen(c) || is_apostrophe(c) || is_combining(c);
}

bool is_word_character(char32_t c) {
    return is_lower(c) || is_upper(c) || is_digit(c) ||
           (c >= 0xAA && !is_silent(c) && c != 0x00AB && c != 0x00BB && !(c >= 0x2010 && c <= 0x206F) &&
            !(c >= 0x3000 && c <= 0x303F));
}

/// Whether text[at] (just past an apostrophe) is an `s` that ends a word.
bool is_possessive_s(std::string_view text, std::size_t at) {
    if (at >= text.size() || (text[at] != 's' && text[at] != 'S')) return false;
    return at + 1 == text.size() || !is_word_character(decode_utf8(text, at + 1).value);
}

} // namespace

bool NameKey::add(std::string_view word) {
    bool brought = false;
    for (std::size_t at = 0; at < word.size();) {
        const char byte = word[at];
        if (is_lower(static_cast<unsigned char>(byte))) {
            if (letters_ == 0) begins_large_ = false;
            put(byte, byte);
            ++letters_;
            brought = true;
            ++at;
            continue;
        }
        if (is_upper(static_cast<unsigned char>(byte))) {
            put(static_cast<char>(byte - 'A' + 'a'), byte);
            ++letters_;
            ++capitals_;
            brought = true;
            ++at;
            continue;
        }
        const CodePoint c = decode_utf8(word, at);
        const std::size_t next = at + c.bytes;
        if (is_apostrophe(c.value) && is_possessive_s(word, next)) {
            put('\'', '\'');
        } else if (c.value == '&') {
            for (const char letter : std::string_view("and")) put(letter, letter);
        } else if (!is_silent(c.value)) {
            const LatinFold fold = fold_latin(c.value);
            for (const char letter : fold.ascii)
                put(letter, fold.capital ? static_cast<char>(letter - 'a' + 'A') : letter);
            if (!fold.ascii.empty()) {
                if (letters_ == 0) begins_large_ = fold.capital;
                ++letters_;
                if (fold.capital) ++capitals_;
            } else {
                for (std::size_t i = at; i < next; ++i) put(word[i], word[i]);
            }
            if (is_word_character(c.value)) brought = true;
        } else if (!is_combining(c.value)) {
            joints_ |= place();
        }
        at = next;
    }
    return brought;
}

std::vector<std::string_view> name_pieces(std::string_view name) {
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    bool open = false;
    const auto close = [&](std::size_t end) {
        if (open) pieces.push_back(name.substr(begin, end - begin));
        open = false;
    };
    for (std::size_t at = 0; at < name.size();) {
        const CodePoint c = decode_utf8(name, at);
        const std::size_t next = at + c.bytes;
        if (is_apostrophe(c.value) && is_possessive_s(name, next)) {
            close(at);
            pieces.push_back(name.substr(at, c.bytes + 1));
            at = next + 1;
            continue;
        }
        if (is_word_character(c.value) || is_combining(c.value)) {
            if (!open) begin = at;
            open = true;
        } else {
            close(at);
            if (!is_silent(c.value)) pieces.push_back(name.substr(at, c.bytes));
        }
        at = next;
    }
    close(name.size());
    return pieces;
}

bool is_the(std::string_view word) {
    return word.size() == 3 && (word[0] == 't' || word[0] == 'T') && (word[1] == 'h' || word[1] == 'H') &&
           (word[2] == 'e' || word[2] == 'E');
}

} // namespace kadesh
