#include "language/relation_scorer.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace kadesh {
namespace {

using neural::padded;

// Rows whose biaffine scores are worked out at once; each takes some thousand floats.
constexpr std::size_t kRows = 16;

} // namespace

Result<RelationScorer> RelationScorer::load(const neural::ModelFile& file, std::uint32_t hidden, std::size_t relations,
                                            std::size_t root, float leak) {
    constexpr std::uint32_t kMaxDim = 4096;
    const Result<std::uint32_t> dim = file.config_number("rel_dim", kMaxDim);
    if (!dim) return dim.error();
    RelationScorer out;
    out.sum_ = file.config("relations") == "sum";
    out.leak_ = leak;
    out.relations_ = relations;
    out.root_ = root;
    for (const auto& [name, target] : {std::pair{"head.rel.dep", &out.dep_}, std::pair{"head.rel.head", &out.head_}}) {
        Result<neural::PackedLinear> layer = neural::load_linear(file, name, *dim, hidden);
        if (!layer) return layer.error();
        *target = std::move(layer).value();
    }
    const auto count = static_cast<std::uint32_t>(relations);
    if (out.sum_) {
        Result<neural::PackedLinear> layer = neural::load_linear(file, "head.rel.out", count, *dim);
        if (!layer) return layer.error();
        out.out_ = std::move(layer).value();
        return out;
    }
    const Result<std::vector<float>> rel = file.floats("head.rel.biaffine", {count, *dim + 1, *dim + 1});
    if (!rel) return rel.error();
    const std::size_t d = *dim;
    const std::size_t width = padded(count);
    std::vector<float> weights((d + 1) * width * d, 0.0f), bias((d + 1) * width, 0.0f);
    for (std::size_t r = 0; r < count; ++r) {
        for (std::size_t k = 0; k <= d; ++k) {
            const auto u = [&](std::size_t i) { return (*rel)[(r * (d + 1) + i) * (d + 1) + k]; };
            for (std::size_t i = 0; i < d; ++i) weights[(k * width + r) * d + i] = u(i);
            bias[k * width + r] = u(d);
        }
    }
    out.out_ = neural::PackedLinear(weights, bias, (d + 1) * width, d);
    return out;
}

std::uint8_t RelationScorer::best_of(float* scores) const {
    scores[root_] = -std::numeric_limits<float>::infinity();
    return static_cast<std::uint8_t>(std::max_element(scores, scores + relations_) - scores);
}

void RelationScorer::choose_by_sum(std::span<const std::uint32_t> heads, std::span<std::uint8_t> best,
                                   Scratch& s) const {
    const std::size_t rows = heads.size();
    const std::size_t width = dep_.padded_out();
    for (std::size_t r = 0; r < rows; ++r) {
        float* const own = s.dep.data() + r * width;
        const float* const other = s.head.data() + heads[r] * width;
        for (std::size_t i = 0; i < width; ++i) own[i] += other[i];
    }
    neural::leaky_relu(s.dep.data(), rows * width, leak_);
    neural::quantise(s.dep.data(), rows, dep_.out(), width, s.quantised);
    const std::size_t out = out_.padded_out();
    float* const scores = s.scores.reserve(rows * out);
    neural::linear(out_, s.quantised, 0, rows, scores, out);
    for (std::size_t r = 0; r < rows; ++r) best[r] = best_of(scores + r * out);
}

void RelationScorer::choose_biaffine(std::span<const std::uint32_t> heads, std::span<std::uint8_t> best,
                                     Scratch& s) const {
    const std::size_t rows = heads.size();
    const std::size_t dim = dep_.out();
    const std::size_t dep_width = dep_.padded_out();
    const std::size_t mixed_width = out_.padded_out();
    const std::size_t width = padded(relations_);
    neural::leaky_relu(s.dep.data(), rows * dep_width, leak_);
    neural::leaky_relu(s.head.data(), rows * dep_width, leak_);
    neural::quantise(s.dep.data(), rows, dim, dep_width, s.quantised);
    float* const mixed = s.mixed.reserve(kRows * mixed_width);
    float* const scores = s.scores.reserve(width);
    for (std::size_t begin = 0; begin < rows; begin += kRows) {
        const std::size_t end = std::min(rows, begin + kRows);
        neural::linear(out_, s.quantised, begin, end - begin, mixed, mixed_width);
        for (std::size_t r = begin; r < end; ++r) {
            const float* const own = mixed + (r - begin) * mixed_width;
            neural::multiply(s.head.data() + heads[r] * dep_width, dep_width, own, width, scores, width, 1, dim, width);
            for (std::size_t k = 0; k < relations_; ++k) scores[k] += own[dim * width + k];
            best[r] = best_of(scores);
        }
    }
}

void RelationScorer::choose(const neural::QuantisedRows& vectors, std::span<const std::uint32_t> heads,
                            std::span<std::uint8_t> best, Scratch& s) const {
    const std::size_t rows = vectors.rows;
    const std::size_t width = dep_.padded_out();
    neural::linear(dep_, vectors, 0, rows, s.dep.reserve(rows * width), width);
    neural::linear(head_, vectors, 0, rows, s.head.reserve(rows * width), width);
    if (sum_)
        choose_by_sum(heads, best, s);
    else
        choose_biaffine(heads, best, s);
}

} // namespace kadesh
