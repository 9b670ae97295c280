// The entities that a document has spoken of so far, and what speaks for a phrase being one of them: the features of
// the coreference ranker, for its trainer and for reading alike.
#pragma once

#include "language/coref_mentions.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace kadesh {

/// A power of two: features are hashed into so many weights.
inline constexpr std::uint32_t kCorefWeights = std::uint32_t{1} << 17;

/// Features of one decision: places in the weights.
class FeatureList {
  public:
    void clear() { count_ = 0; }
    void push(std::uint32_t index) {
        if (count_ < places_.size()) places_[count_++] = index;
    }
    [[nodiscard]] std::span<const std::uint32_t> places() const { return {places_.data(), count_}; }

  private:
    std::array<std::uint32_t, 128> places_{};
    std::size_t count_ = 0;
};

/// Phrases are taken in order; each opens a chain or joins that of an earlier one. Buffers are kept between documents.
class Discourse {
  public:
    /// Begins a document. The candidates must stay while it is read.
    void begin(const Annotation& annotation, std::span<const Candidate> candidates, std::span<const Token> speakers);
    /// Earlier candidates that the i-th may speak of the same entity as, nearest first, one a chain. All before it
    /// must have been opened or joined.
    [[nodiscard]] std::span<const std::uint32_t> options(std::uint32_t i);
    /// What speaks for the i-th and one of its options being the same, `rank` being the option's place among them.
    void pair_features(std::uint32_t i, std::uint32_t option, std::size_t rank, FeatureList& out) const;
    /// What speaks for the i-th being new, or nothing that is spoken of again.
    void new_features(std::uint32_t i, FeatureList& out) const;
    /// Whether joining would put two different persons into one chain, or call a person it.
    [[nodiscard]] bool forbidden(std::uint32_t i, std::uint32_t option) const;

    void open(std::uint32_t i);
    void join(std::uint32_t i, std::uint32_t option);

    /// Whether the i-th is a pronoun of the third person and the option's chain has a name that can take it ("she" and
    /// no man's, "it" and no person's), or "I" and the option who says so.
    [[nodiscard]] bool names(std::uint32_t i, std::uint32_t option) const;
    [[nodiscard]] std::uint32_t chain_of(std::uint32_t i) const { return chain_[i]; }
    [[nodiscard]] std::uint32_t chain_size(std::uint32_t chain) const { return chains_[chain].size; }

  private:
    struct Chain {
        static constexpr std::size_t kNames = 3;
        std::uint32_t last = 0; ///< its latest candidate
        std::uint32_t size = 0;
        std::uint32_t subject = UINT32_MAX; ///< sentence where it was last a subject
        std::uint32_t recent = 0;           ///< sentence of its latest candidate
        std::uint32_t here = 0, before = 0; ///< candidates in that sentence, and in the one before
        std::uint32_t forms = 0;            ///< a bit a RefForm
        std::array<std::uint32_t, kNames> names{};
        std::uint8_t name_count = 0;
        RefKind kind = RefKind::Unknown;
        GramNumber number = GramNumber::Unknown;
        std::uint64_t noun = 0; ///< its latest common noun
    };
    enum class NameMatch : std::uint8_t { None, Exact, Last, First, Part, Acronym, Shared, Clash };

    void add(std::uint32_t i, Chain& chain);
    [[nodiscard]] static NameMatch compare(const Candidate& x, const Candidate& y);
    [[nodiscard]] NameMatch compare(const Candidate& c, const Chain& chain, bool& clash) const;
    [[nodiscard]] bool structural(const Candidate& c, const Candidate& before) const;
    /// Which sort of thing a chain is, coarsely.
    [[nodiscard]] static std::uint32_t sort_of(const Chain& chain);
    void count_alike();
    [[nodiscard]] std::uint32_t clause_distance(const Candidate& c, const Candidate& before) const;
    /// The candidate that speaks the quotation of the i-th, if it stands before; UINT32_MAX: none.
    [[nodiscard]] std::uint32_t speaker_of(std::uint32_t i) const;
    void gather(std::uint32_t i);
    void offer(std::uint32_t i, std::uint32_t j);

    const Annotation* a_ = nullptr;
    std::span<const Candidate> candidates_;
    std::span<const Token> speakers_;
    std::vector<Chain> chains_;
    std::vector<std::uint32_t> chain_;   ///< candidate → chain
    std::vector<std::uint32_t> offered_; ///< chain → candidate that it was last offered to + 1
    std::vector<std::uint32_t> options_;
    std::vector<std::uint8_t> like_;     ///< option → how many nearer ones are of its sort
    std::vector<std::uint32_t> named_;   ///< candidates that are names
    std::vector<std::uint32_t> talking_; ///< candidates that are I, we, you
    std::vector<std::uint32_t> at_head_; ///< token → its candidate + 1, the one that is not joined
    std::uint32_t matches_ = 0;          ///< options of the last candidate that match by words
};

} // namespace kadesh
