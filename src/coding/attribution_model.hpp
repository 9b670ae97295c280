// Weights of what speaks for a word being a cue, and for a phrase being its source or its content
// (data/lexicon/attribution.tsv, learned by training/coding/attribution_train.cpp).
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
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
    std::unordered_map<std::uint64_t, double> weights_;
};

} // namespace kadesh
