// Words to the word pieces and shapes that the encoder reads (docs/model-format.md, "From words to vectors").
#pragma once

#include "base/result.hpp"
#include "neural/model_file.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

inline constexpr std::size_t kMaxPieces = 16; ///< of one word; the rest is cut

/// The shape s of a word, 0..8.
std::uint8_t word_shape(std::string_view word, bool first_in_sentence);

/// Greedy longest-match word pieces. Immutable; views the model file, which must outlive it.
class WordPieces {
  public:
    /// @param words rows of the encoder's word table; the vocabulary must have as many lines
    static Result<WordPieces> load(const neural::ModelFile& file, std::uint32_t words);

    /// Buffers of one thread.
    struct Scratch {
        std::string folded;
    };

    /// Appends the ids of a word's pieces, 1 to kMaxPieces of them.
    void encode(std::string_view word, std::vector<std::uint32_t>& out, Scratch& scratch) const;

    [[nodiscard]] std::uint32_t cls() const { return cls_; }
    [[nodiscard]] std::uint32_t sep() const { return sep_; }

  private:
    /// Open addressing; ids of pieces that begin a word, or of those that go on.
    class Table {
      public:
        void build(const std::vector<std::pair<std::string_view, std::uint32_t>>& pieces);
        [[nodiscard]] const std::uint32_t* find(std::string_view piece) const;

      private:
        struct Slot {
            std::string_view piece;
            std::uint32_t id = 0;
        };
        std::vector<Slot> slots_;
    };

    void encode_chunk(std::string_view chunk, std::vector<std::uint32_t>& out) const;

    Table first_, rest_;
    std::size_t longest_ = 0; ///< bytes of the longest piece
    std::uint32_t unk_ = 0, cls_ = 0, sep_ = 0;
};

} // namespace kadesh
