// Words that tell whether what a clause says is so: cues within it, and what governing words promise of their
// complements ("managed to", "failed to", "a plan to"). From data/lexicon/truth_words.tsv, signatures.tsv and
// veridicality.tsv.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kadesh {

class World;

enum class LexPos : std::uint8_t { Verb, Noun, Adjective };

/// As the lexicon's tables write it.
constexpr std::string_view name_of(LexPos pos) {
    return pos == LexPos::Noun ? "noun" : pos == LexPos::Adjective ? "adj" : "verb";
}

/// Kinds of cue words, as bits; a word may be of several.
enum class TruthCue : std::uint32_t {
    Negator = 1U << 0U,           ///< not, never
    NegativePronoun = 1U << 1U,   ///< nobody, nothing
    NearMiss = 1U << 2U,          ///< almost
    NotAlone = 1U << 3U,          ///< "not only": takes the negation upon itself
    AllegedAdverb = 1U << 4U,     ///< reportedly
    AllegedAdjective = 1U << 5U,  ///< suspected
    PossibleAdverb = 1U << 6U,    ///< perhaps
    PossibleAdjective = 1U << 7U, ///< potential
    FutureAdjective = 1U << 8U,   ///< upcoming
    FutureModal = 1U << 9U,       ///< will
    PossibleModal = 1U << 10U,    ///< may
    Would = 1U << 11U,            ///< the future of a report, else supposed
    Condition = 1U << 12U,        ///< if
    NegativeMark = 1U << 13U,     ///< without, instead of
    Before = 1U << 14U,           ///< before he could
    TimeMark = 1U << 15U,         ///< when, once: "will leave when the troops arrive"
    FreeChoice = 1U << 16U,       ///< anyone who
    Occurrence = 1U << 17U,       ///< begin, take place: the verb's standing is its subject's
    NegativePhrase = 1U << 18U,   ///< nouns of "under no circumstances"
    Perception = 1U << 19U        ///< saw him leave: a bare infinitive that is so
};

/// How a complement stands, as Auxiliary bits; `inherits`: as its governor stands.
struct Promise {
    std::uint8_t bits = 0;
    bool inherits = false;
};

/// What a governing word promises of its complement when it holds itself, and when it is negated.
struct Signature {
    Promise held;
    Promise negated;
};

/// Immutable; its views point into the World's pack.
class TruthTable {
  public:
    TruthTable() = default;
    static Result<TruthTable> load(const World& world);

    [[nodiscard]] bool is(std::string_view lemma, TruthCue cue) const {
        const auto it = cues_.find(lemma);
        return it != cues_.end() && (it->second & static_cast<std::uint32_t>(cue)) != 0;
    }
    /// @param frame `that`, `to`, `obj` (infinitive with an object of the governor's), `ing`, `np`, or a preposition
    /// @param past whether the governor is told in the past ("was able to"); rows for `FRAME:past` go before
    [[nodiscard]] const Signature* signature(std::string_view lemma, LexPos pos, std::string_view frame,
                                             bool past) const;

  private:
    std::unordered_map<std::string_view, std::uint32_t> cues_;
    std::unordered_map<std::string, Signature> signatures_;
};

} // namespace kadesh
