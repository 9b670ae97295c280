// Words to what the narrow network reads of them by themselves (docs/model-format.md, "Word types").
#pragma once

#include "base/result.hpp"
#include "language/word_pieces.hpp"
#include "neural/model_file.hpp"
#include "neural/word_encoder.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kadesh {

/// Immutable; views the model file, which must outlive it.
class WordTypes {
  public:
    static Result<WordTypes> load(const neural::ModelFile& file, const neural::WordEncoder& encoder);

    struct Scratch {
        std::string folded;
        WordPieces::Scratch pieces;
    };

    /// @param first whether the word is its sentence's first @param pieces the type's ids are appended here
    neural::WordType of(std::string_view word, bool first, std::vector<std::uint32_t>& pieces, Scratch& scratch) const;
    /// The type of a sentence's root.
    neural::WordType root(std::vector<std::uint32_t>& pieces) const;

  private:
    [[nodiscard]] std::uint8_t classes_of(std::string_view folded) const;
    explicit WordTypes(WordPieces pieces) : pieces_(std::move(pieces)) {}

    WordPieces pieces_;
    std::unordered_map<std::string_view, std::uint32_t> words_; ///< folded word to row
    const std::uint32_t* classes_ = nullptr; ///< hash table in the mapped file: 26 bits of a hash, 6 of classes
    std::size_t class_mask_ = 0;
    std::uint32_t affix_rows_ = 0;
};

} // namespace kadesh
