// Raw text to the words of Universal Dependencies English, with their place in the text.
#pragma once

#include "kadesh/document.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace kadesh {

/// A word of the text and what stands before it.
struct RawWord {
    enum Flag : std::uint8_t {
        kSpaceBefore = 1,     ///< white space, or the text's start
        kNewlineBefore = 2,   ///< white space with a line end in it
        kBlankLineBefore = 4, ///< white space with an empty line in it
        kClitic = 8           ///< written together with the word before as one token: `n't`, `'s`, `not` of `cannot`
    };
    TextSpan span;
    std::uint8_t flags = 0;

    [[nodiscard]] bool has(Flag flag) const { return (flags & flag) != 0; }
};

/// Longest run without white space that is looked at as a whole, in bytes; longer runs are cut.
inline constexpr std::uint32_t kMaxChunk = 1024;

/// Appends the words of a text (valid UTF-8) in order. What lies between words is white space and ignorable characters.
/// Conventions are those of the EWT and GUM treebanks: clitics and hyphens apart, prefixes (`non-`, `re-`),
/// abbreviations with their full stop, numbers, dates, addresses and emoticons whole. Linear time, never fails.
void tokenize(std::string_view text, std::vector<RawWord>& out);

} // namespace kadesh
