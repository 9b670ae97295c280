#include "language/arc_scorer.hpp"

#include <algorithm>
#include <vector>

namespace kadesh {

using neural::padded;

Result<ArcScorer> ArcScorer::load(const neural::ModelFile& file, std::uint32_t hidden, float leak) {
    constexpr std::uint32_t kMaxDim = 4096;
    const Result<std::uint32_t> dim = file.config_number("arc_dim", kMaxDim);
    if (!dim) return dim.error();
    ArcScorer out;
    out.leak_ = leak;
    for (const auto& [name, target] : {std::pair{"head.arc.dep", &out.dep_}, std::pair{"head.arc.head", &out.head_}}) {
        Result<neural::PackedLinear> layer = neural::load_linear(file, name, *dim, hidden);
        if (!layer) return layer.error();
        *target = std::move(layer).value();
    }
    // U as a linear layer on dep: the outputs are the columns of U, the last row of U is the bias.
    const Result<std::vector<float>> u = file.floats("head.arc.biaffine", {*dim + 1, *dim});
    if (!u) return u.error();
    const std::size_t a = *dim;
    std::vector<float> weights(a * a), bias(u->end() - static_cast<std::ptrdiff_t>(a), u->end());
    for (std::size_t i = 0; i < a; ++i) {
        for (std::size_t j = 0; j < a; ++j) weights[j * a + i] = (*u)[i * a + j];
    }
    out.mix_ = neural::PackedLinear(weights, bias, a, a);
    return out;
}

void ArcScorer::project(const neural::QuantisedRows& vectors, Scratch& s) const {
    const std::size_t rows = vectors.rows;
    const std::size_t width = dep_.padded_out();
    for (const auto& [layer, buffer] : {std::pair{&dep_, &s.dep}, std::pair{&head_, &s.head}}) {
        neural::linear(*layer, vectors, 0, rows, buffer->reserve(rows * width), width);
        neural::leaky_relu(buffer->data(), rows * width, leak_);
    }
    neural::quantise(s.dep.data(), rows, dep_.out(), width, s.quantised);
    neural::linear(mix_, s.quantised, 0, rows, s.mixed.reserve(rows * width), width);
}

const float* ArcScorer::scores(std::size_t first, std::size_t nodes, Scratch& s) const {
    const std::size_t dim = dep_.out();
    const std::size_t stride = dep_.padded_out();
    const std::size_t width = padded(nodes);
    float* const transposed = s.transposed.reserve(dim * width);
    const float* const heads = s.head.data() + first * stride;
    for (std::size_t i = 0; i < dim; ++i) {
        for (std::size_t j = 0; j < nodes; ++j) transposed[i * width + j] = heads[j * stride + i];
        std::fill(transposed + i * width + nodes, transposed + (i + 1) * width, 0.0f);
    }
    float* const scores = s.scores.reserve(nodes * width);
    neural::multiply(s.mixed.data() + first * stride, stride, transposed, width, scores, width, nodes, dim, width);
    return scores;
}

} // namespace kadesh
