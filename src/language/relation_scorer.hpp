// The relation of each word to its head.
#pragma once

#include "base/result.hpp"
#include "neural/kernels.hpp"
#include "neural/layers.hpp"
#include "neural/model_file.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace kadesh {

/// Immutable. Biaffine (every pair of dimensions has a weight a relation) or, where the model's configuration says
/// `relations = sum`, a layer over act(dep + head).
class RelationScorer {
  public:
    static Result<RelationScorer> load(const neural::ModelFile& file, std::uint32_t hidden, std::size_t relations,
                                       std::size_t root, float leak);

    struct Scratch {
        neural::QuantisedRows quantised;
        neural::AlignedBuffer<float> dep, head, mixed, scores;
    };

    /// @param heads for each row of a batch its head's row @param best for each row the best relation that is not
    /// `root`
    void choose(const neural::QuantisedRows& vectors, std::span<const std::uint32_t> heads,
                std::span<std::uint8_t> best, Scratch& s) const;

  private:
    void choose_by_sum(std::span<const std::uint32_t> heads, std::span<std::uint8_t> best, Scratch& s) const;
    void choose_biaffine(std::span<const std::uint32_t> heads, std::span<std::uint8_t> best, Scratch& s) const;
    [[nodiscard]] std::uint8_t best_of(float* scores) const;

    bool sum_ = false;
    float leak_ = 0;
    std::size_t relations_ = 0;
    std::size_t root_ = 0;
    neural::PackedLinear dep_, head_;
    neural::PackedLinear out_; ///< sum: relations; biaffine: [dep; 1]ᵀ U_r, all r: [rel_dim + 1][padded relations]
};

} // namespace kadesh
