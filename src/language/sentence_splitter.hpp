// Where sentences end: a logistic classifier over hashed features of each place where one might.
#pragma once

#include "base/result.hpp"
#include "kadesh/annotation.hpp"
#include "language/tokenizer.hpp"
#include "neural/model_file.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// Longest sentence, in words; longer ones are cut.
inline constexpr std::uint32_t kMaxSentence = 200;

/// A document as the classifier sees it: its words and what surrounds them. Built in linear time.
class BoundaryContext {
  public:
    BoundaryContext(std::string_view text, std::span<const RawWord> words);

    /// Whether a sentence may end behind word i. A blank line and the text's end always end one and are no candidates.
    [[nodiscard]] bool candidate(std::size_t i) const;
    [[nodiscard]] bool certain(std::size_t i) const;
    /// Hashes of the features of the place behind word i, when the sentence began at word `begin`.
    void features(std::size_t i, std::size_t begin, std::vector<std::uint32_t>& out) const;

  private:
    struct Word {
        std::string_view form;
        std::uint64_t lowered = 0; ///< hash of the lower-cased form, digits as 0
        std::uint8_t shape = 0;
        bool quotes_open = false;  ///< double quotes, behind the word
        std::uint8_t brackets = 0; ///< open behind the word
    };
    /// The line that a word ends, for words before a line end.
    struct Line {
        std::uint32_t width = 0;     ///< in bytes
        std::uint32_t block_max = 0; ///< widest line between blank lines
        std::uint32_t words = 0;
        std::uint32_t block_lines = 0;
    };

    [[nodiscard]] const Word& word(std::ptrdiff_t i) const;
    void measure_lines();

    std::span<const RawWord> raw_;
    std::vector<Word> words_;
    std::vector<std::uint32_t> line_;       ///< index into lines_, by word
    std::vector<std::uint32_t> line_begin_; ///< first word of each line
    std::vector<Line> lines_;
};

/// Immutable; shared by threads.
class SentenceSplitter {
  public:
    /// Number of weights is a power of two.
    static Result<SentenceSplitter> load(const neural::ModelFile& file);
    explicit SentenceSplitter(std::vector<float> weights) : weights_(std::move(weights)) {}

    /// Probability that a sentence ends behind word i.
    [[nodiscard]] double score(const BoundaryContext& context, std::size_t i, std::size_t begin,
                               std::vector<std::uint32_t>& features) const;
    /// Appends the sentences of a text; together they cover all words.
    void split(std::string_view text, std::span<const RawWord> words, std::vector<TokenRange>& out) const;

  private:
    std::vector<float> weights_;
};

} // namespace kadesh
