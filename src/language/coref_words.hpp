// What names and nouns say of gender and kind: given names, words for persons, groups, places, times, animals.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace kadesh {

/// Kind of a noun, or the gender of a given name.
enum class WordKind : std::uint8_t {
    None,
    Person,
    Man,
    Woman,
    Group,
    Place,
    Time,
    Animal,
    EitherName,
    ManName,
    WomanName
};

/// Immutable. Lookups ignore the case of ASCII letters.
class CorefWords {
  public:
    CorefWords() = default;
    /// Lines `word<TAB>kind`, kind one of: person, man, woman, group, place, time, animal, either-name, man-name,
    /// woman-name. A word may be both a noun and a name.
    static Result<CorefWords> parse(std::string_view lines);

    [[nodiscard]] WordKind noun(std::string_view lemma) const;
    [[nodiscard]] WordKind given_name(std::string_view word) const;

  private:
    struct Slot {
        std::uint64_t key = 0;
        WordKind kind = WordKind::None;
    };
    [[nodiscard]] WordKind find(std::uint64_t key) const;
    void insert(std::uint64_t key, WordKind kind);

    std::vector<Slot> slots_; ///< open addressing, a power of two, at most half full
};

/// Hash of a word without the case of its ASCII letters.
std::uint64_t folded_hash(std::string_view word);

} // namespace kadesh
