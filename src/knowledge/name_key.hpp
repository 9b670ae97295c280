// The key under which a name is stored and found: the same however the text cases, accents, hyphenates or splits it.
#pragma once

#include "base/text_hash.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// Grows word by word. Letters lose case and accents; spaces, hyphens, periods and apostrophes vanish, but for the
/// possessive `'s`, which stays apart so that "Iranian's" is not "Iranians"; `&` is "and"; other characters stay, so
/// that a comma parts "Guinea, Bissau" from "Guinea-Bissau".
class NameKey {
  public:
    /// Adds a word (or a whole name). Returns whether it brought a letter or digit that a name could end in.
    bool add(std::string_view word);
    /// Notes that words part here, with a space between.
    void add_break() { breaks_ |= place(); }
    /// Where words part: bit n stands for the place after n bytes of the key. Places past 63 are not noted.
    [[nodiscard]] std::uint64_t breaks() const { return breaks_; }
    /// Where a hyphen, apostrophe or period stood, or a space inside an added word.
    [[nodiscard]] std::uint64_t joints() const { return joints_; }

    [[nodiscard]] std::uint64_t folded() const { return folded_; }
    /// The same with the letters' case kept, as acronyms need it.
    [[nodiscard]] std::uint64_t cased() const { return cased_; }
    [[nodiscard]] std::uint32_t letters() const { return letters_; }
    [[nodiscard]] std::uint32_t capitals() const { return capitals_; }
    /// Whether the first letter is none of lower case.
    [[nodiscard]] bool begins_large() const { return begins_large_; }
    [[nodiscard]] bool all_capitals() const { return letters_ > 0 && capitals_ == letters_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

  private:
    [[nodiscard]] std::uint64_t place() const { return size_ < 64 ? std::uint64_t{1} << size_ : 0; }
    void put(char folded, char cased) {
        folded_ = hash64({&folded, 1}, folded_);
        cased_ = hash64({&cased, 1}, cased_);
        ++size_;
    }

    std::uint64_t folded_ = hash64({});
    std::uint64_t cased_ = hash64({});
    std::uint64_t breaks_ = 0;
    std::uint64_t joints_ = 0;
    std::uint32_t size_ = 0;
    std::uint32_t letters_ = 0;
    std::uint32_t capitals_ = 0;
    bool begins_large_ = true;
};

/// The pieces into which a text's words could split a name at the finest: runs of letters and digits, with `'s` apart.
std::vector<std::string_view> name_pieces(std::string_view name);

/// Whether a word is "the" in any case.
bool is_the(std::string_view word);

} // namespace kadesh
