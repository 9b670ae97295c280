// Plain twins of src/neural/kernels: the same arithmetic in loops that anyone can read.
#pragma once

#include "neural/kernels.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace kadesh::test {

/// y = W x + b in double precision.
inline std::vector<double> linear(std::span<const float> weights, std::span<const float> bias, std::span<const float> x,
                                  std::size_t out, std::size_t in) {
    const std::size_t rows = x.size() / in;
    std::vector<double> y(rows * out);
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t n = 0; n < out; ++n) {
            double sum = static_cast<double>(bias[n]);
            for (std::size_t i = 0; i < in; ++i) {
                sum += static_cast<double>(weights[n * in + i]) * static_cast<double>(x[r * in + i]);
            }
            y[r * out + n] = sum;
        }
    }
    return y;
}

/// The integer sums that `linear` must find exactly, read out of the packed layer.
inline long integer_sum(const neural::PackedLinear& layer, const std::int16_t* x, std::size_t n) {
    long sum = 0;
    const std::size_t panel = n / neural::kPanel * neural::kPanel * layer.padded_in();
    for (std::size_t i = 0; i < layer.padded_in(); ++i) {
        sum += long{x[i]} * layer.panels()[panel + i / 2 * 2 * neural::kPanel + n % neural::kPanel * 2 + i % 2];
    }
    return sum;
}

/// Sixteen partial sums folded by halves: the order that kernels promise.
inline float ordered_sum(std::span<const float> values) {
    float lanes[16] = {};
    for (std::size_t i = 0; i < values.size(); ++i) lanes[i % 16] += values[i];
    for (std::size_t half = 8; half > 0; half /= 2) {
        for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
    }
    return lanes[0];
}

inline void layer_norm(std::span<float> row, std::span<const float> weight, std::span<const float> bias,
                       float epsilon) {
    const auto width = static_cast<float>(row.size());
    const float mean = ordered_sum(row) / width;
    std::vector<float> squares;
    for (const float v : row) squares.push_back((v - mean) * (v - mean));
    const float factor = 1.0f / std::sqrt(ordered_sum(squares) / width + epsilon);
    for (std::size_t i = 0; i < row.size(); ++i) {
        const float off = (row[i] - mean) * factor;
        row[i] = off * weight[i] + bias[i];
    }
}

inline double gelu(double x) {
    return 0.5 * x * (1.0 + std::erf(x / std::sqrt(2.0)));
}

} // namespace kadesh::test
