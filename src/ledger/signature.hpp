// Content signatures: how alike two texts are, without the texts.
#pragma once

#include "ledger/weighed_word.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh::ledger {

/// Stable 64-bit mixing of a value.
constexpr std::uint64_t mixed(std::uint64_t x) {
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9ULL;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

/// Words of a text for comparison: runs of letters and digits, ASCII letters lower-case, other characters as they are,
/// a possessive 's left off. Views into `storage`, which they overwrite.
std::vector<std::string_view> comparison_words(std::string_view text, std::string& storage);

/// A word without its commonest English endings: "signed", "signing", "signs" give "sign".
std::string_view stem(std::string_view lower_case_word);

/// Whether a word carries no content of its own (data/ledger/function_words.tsv).
bool is_function_word(std::string_view lower_case_word);

/// Hashes of the stems of a text's content words, sorted, each once, at most `most` (the first ones).
std::vector<std::uint32_t> content_words(std::string_view text, std::size_t most);

/// How much a word tells, from 5 (in every second text of the news) to 100 (rare): its hash as content_words gives it.
std::uint8_t word_weight(std::uint32_t word);

/// The `most` weightiest content words of a text, sorted by hash; ties are broken by the hash.
std::vector<WeighedWord> weightiest_words(std::string_view text, std::size_t most);

/// Share of two sorted sets: |a and b| by |a or b|, 0 when both are empty.
double jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);
/// |a and b| by the size of the smaller.
double overlap(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

inline constexpr std::size_t kSignatureBins = 48;
/// Minima of the hashes of all runs of three words, one permutation cut into bins; empty bins take the value of a
/// following one.
using Signature = std::array<std::uint32_t, kSignatureBins>;

/// All zero for a text of fewer than three words.
Signature signature_of(std::string_view text);
/// Estimate of the Jaccard index of the two texts' runs of words, 0 for a text without signature.
double likeness(const Signature& a, const Signature& b);

inline constexpr std::size_t kBands = 16;
/// Keys under which texts that are alike meet: two with an index of 0.5 share one in 9 of 10 cases.
std::array<std::int64_t, kBands> bands_of(const Signature& signature);

/// As bytes, little-endian, and back; bytes of another length give an empty signature.
std::string packed(const Signature& signature);
Signature unpacked_signature(std::string_view bytes);

} // namespace kadesh::ledger
