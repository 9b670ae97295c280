// Scores of arcs: how well each word of a sentence would hang on each other one, or on the root.
#pragma once

#include "base/result.hpp"
#include "neural/kernels.hpp"
#include "neural/layers.hpp"
#include "neural/model_file.hpp"

#include <cstddef>
#include <cstdint>

namespace kadesh {

/// Immutable. score(d → h) = mix(act(dep d)) · act(head h).
class ArcScorer {
  public:
    static Result<ArcScorer> load(const neural::ModelFile& file, std::uint32_t hidden, float leak);

    struct Scratch {
        neural::QuantisedRows quantised;
        neural::AlignedBuffer<float> dep, head, mixed, transposed, scores;
    };

    /// Projects all rows of a batch; then `scores` can be asked for each of its trees.
    void project(const neural::QuantisedRows& vectors, Scratch& s) const;

    /// The [nodes, padded(nodes)] scores, dependent by head, of the rows [first, first + nodes); valid until the next
    /// call.
    const float* scores(std::size_t first, std::size_t nodes, Scratch& s) const;

  private:
    float leak_ = 0;
    neural::PackedLinear dep_, head_;
    neural::PackedLinear mix_; ///< [dep; 1]ᵀ U
};

} // namespace kadesh
