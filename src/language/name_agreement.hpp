// What a document says of a word in one sentence speaks for it in the others.
#pragma once

#include "language/name_decoder.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kadesh {

/// Scores of name labels, a row a word, drawn towards what the same capitalised word scores elsewhere in its document:
/// where one sentence leaves open what "Séléka" is, another one tells. Sums and products only, so the same bits
/// anywhere.
class NameAgreement {
  public:
    struct Scratch {
        std::unordered_map<std::string_view, std::uint32_t> places; ///< of a capitalised word in what follows
        std::vector<std::uint32_t> counts;                          ///< its occurrences
        std::vector<float> sums;                                    ///< over them, of outside and of each type
        std::vector<std::uint32_t> word_of;                         ///< the place of each row's word
    };

    /// @param forms the words of one document
    /// @param scores their label scores, [words, decoder.labels()]
    static void apply(const NameDecoder& decoder, std::span<const std::string_view> forms, std::span<float> scores,
                      Scratch& scratch);
};

} // namespace kadesh
