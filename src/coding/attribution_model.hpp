// Weights of what speaks for a word being a cue, and for a phrase being its source or its content
// (data/lexicon/attribution.tsv, learned by training/coding/attribution_train.cpp).
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

class World;

/// Names of what is seen of one choice.
using FeatureNames = std::vector<std::string>;

/// Immutable.
class AttributionModel {
  public:
    /// A World without the table gives a model that finds nothing.
    static Result<AttributionModel> load(const World& world);

    [[nodiscard]] double score(const FeatureNames& features) const;
    [[nodiscard]] bool knows(std::string_view feature) const;
    void set(std::string_view feature, double weight);

  private:
    /// An open-addressing table: a look-up is one line of cache, where a node of a hash map is three.
    struct Slot {
        std::uint64_t key = 0; ///< hash of the feature's name; 0 is empty
        double weight = 0;
    };
    [[nodiscard]] const Slot* find(std::uint64_t key) const;
    void grow();

    std::vector<Slot> slots_; ///< a power of two, at most half full
    std::size_t filled_ = 0;
};

} // namespace kadesh
