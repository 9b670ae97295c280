#include "every_target.hpp"
#include "neural/kernels.hpp"
#include "scalar_kernels.hpp"

#include <cstring>
#include <gtest/gtest.h>

namespace kadesh::neural {
namespace {

using test::gaussian;
using test::on_every_target;

struct Shape {
    std::size_t out, in, rows;
};

class LinearTest : public testing::TestWithParam<Shape> {};

TEST_P(LinearTest, IsCloseToDoublePrecisionAndTheSameOnEveryInstructionSet) {
    const std::size_t out = GetParam().out, in = GetParam().in, rows = GetParam().rows;
    const std::vector<float> weights = gaussian(out * in, 0.05f, 1), bias = gaussian(out, 0.1f, 2);
    const std::vector<float> x = gaussian(rows * in, 1.0f, 3);
    const std::vector<double> expected = test::linear(weights, bias, x, out, in);
    const PackedLinear layer(weights, bias, out, in);
    std::vector<float> first;
    on_every_target([&](const char* name) {
        QuantisedRows quantised;
        quantise(x.data(), rows, in, in, quantised);
        std::vector<float> y(rows * layer.padded_out());
        linear(layer, quantised, 0, rows, y.data(), layer.padded_out());
        double error = 0, size = 0;
        for (std::size_t r = 0; r < rows; ++r) {
            for (std::size_t n = 0; n < out; ++n) {
                const double off = expected[r * out + n] - static_cast<double>(y[r * layer.padded_out() + n]);
                error += off * off;
                size += expected[r * out + n] * expected[r * out + n];
            }
        }
        EXPECT_LT(std::sqrt(error / size), 2e-3) << name;
        if (first.empty()) first = y;
        EXPECT_EQ(std::memcmp(first.data(), y.data(), y.size() * sizeof(float)), 0) << name;
    });
}

INSTANTIATE_TEST_SUITE_P(Shapes, LinearTest,
                         testing::Values(Shape{16, 16, 1}, Shape{17, 33, 5}, Shape{9, 384, 7}, Shape{64, 1, 13},
                                         Shape{48, 768, 31}, Shape{130, 65, 12}));

TEST(Linear, AddsIntegersExactly) {
    const PackedLinear layer(gaussian(40 * 50, 1.0f, 4), {}, 40, 50);
    QuantisedRows x;
    const std::vector<float> row = gaussian(50, 3.0f, 5);
    quantise(row.data(), 1, 50, 50, x);
    std::vector<float> y(layer.padded_out());
    linear(layer, x, 0, 1, y.data(), layer.padded_out());
    for (std::size_t n = 0; n < 40; ++n) {
        const auto sum = static_cast<float>(test::integer_sum(layer, x.values.data(), n));
        EXPECT_EQ(y[n], sum * (layer.scales()[n] * x.scales.data()[0])) << n;
    }
}

TEST(Linear, DoesNotOverflowWithTheWorstInput) {
    constexpr std::size_t in = 768;
    std::vector<float> weights(16 * in, 1.0f);
    for (std::size_t i = 0; i < weights.size(); i += 3) weights[i] = -1.0f;
    const PackedLinear layer(weights, {}, 16, in);
    std::vector<float> x(in);
    for (std::size_t i = 0; i < in; ++i) x[i] = weights[i]; // every product positive and as large as can be
    QuantisedRows quantised;
    quantise(x.data(), 1, in, in, quantised);
    std::vector<float> y(16);
    linear(layer, quantised, 0, 1, y.data(), 16);
    EXPECT_NEAR(y[0], 768.0f, 1.0f);
}

TEST(Linear, RowsDoNotDependOnOtherRows) {
    constexpr std::size_t in = 96, out = 80, rows = 23;
    const PackedLinear layer(gaussian(out * in, 0.3f, 6), gaussian(out, 0.3f, 7), out, in);
    const std::vector<float> x = gaussian(rows * in, 1.0f, 8);
    QuantisedRows all;
    quantise(x.data(), rows, in, in, all);
    std::vector<float> together(rows * out), alone(out);
    linear(layer, all, 0, rows, together.data(), out);
    for (std::size_t r = 0; r < rows; ++r) {
        linear(layer, all, r, 1, alone.data(), out);
        EXPECT_EQ(std::memcmp(alone.data(), together.data() + r * out, out * sizeof(float)), 0) << r;
    }
}

TEST(Quantise, KeepsZeroRowsZeroAndUsesTheWholeRange) {
    std::vector<float> x(2 * 20, 0.0f);
    x[20] = -0.5f;
    x[21] = 0.25f;
    QuantisedRows q;
    quantise(x.data(), 2, 20, 20, q);
    for (std::size_t i = 0; i < 32; ++i) EXPECT_EQ(q.values.data()[i], 0);
    EXPECT_EQ(q.values.data()[32], -kInputLevels);
    EXPECT_EQ(q.values.data()[33], 4096);
    EXPECT_EQ(q.values.data()[32 + 20], 0) << "padding";
}

TEST(Multiply, AgreesWithPlainLoops) {
    constexpr std::size_t m = 7, k = 33, n = 48;
    const std::vector<float> a = gaussian(m * k, 1, 9), b = gaussian(k * n, 1, 10);
    on_every_target([&](const char* name) {
        std::vector<float> c(m * n);
        multiply(a.data(), k, b.data(), n, c.data(), n, m, k, n);
        for (std::size_t r = 0; r < m; ++r) {
            for (std::size_t j = 0; j < n; ++j) {
                float sum = 0;
                for (std::size_t i = 0; i < k; ++i) sum += a[r * k + i] * b[i * n + j];
                ASSERT_EQ(c[r * n + j], sum) << name << " row " << r << " column " << j;
            }
        }
    });
}

TEST(LayerNorm, AgreesWithItsTwin) {
    constexpr std::size_t width = 384, rows = 3;
    const std::vector<float> weight = gaussian(width, 1, 11), bias = gaussian(width, 1, 12);
    const std::vector<float> x = gaussian(rows * width, 2, 13), added = gaussian(rows * width, 1, 14);
    std::vector<float> expected(x);
    for (std::size_t i = 0; i < x.size(); ++i) expected[i] += added[i];
    for (std::size_t r = 0; r < rows; ++r) {
        test::layer_norm(std::span(expected).subspan(r * width, width), weight, bias, 1e-12f);
    }
    on_every_target([&](const char* name) {
        std::vector<float> y(x);
        layer_norm(y.data(), added.data(), rows, width, weight.data(), bias.data(), 1e-12f, y.data());
        EXPECT_EQ(y, expected) << name;
    });
}

TEST(Gelu, IsExactToAMillionth) {
    std::vector<float> x;
    for (int i = -4000; i < 4000; ++i) x.push_back(static_cast<float>(i) * 0.002f);
    std::vector<float> first;
    on_every_target([&](const char* name) {
        std::vector<float> y(x);
        gelu(y.data(), y.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
            ASSERT_NEAR(y[i], test::gelu(static_cast<double>(x[i])), 1e-6) << name << " at " << x[i];
        }
        if (first.empty()) first = y;
        EXPECT_EQ(y, first) << name;
    });
}

TEST(Softmax, SumsToOneAndClearsThePadding) {
    for (const std::size_t n : {1u, 5u, 16u, 17u, 100u}) {
        const std::vector<float> x = gaussian(padded(n), 4, static_cast<unsigned>(n));
        double total = 0;
        for (std::size_t i = 0; i < n; ++i) total += std::exp(0.5 * static_cast<double>(x[i]));
        std::vector<float> first;
        on_every_target([&](const char* name) {
            std::vector<float> y(x);
            softmax(y.data(), n, 0.5f, nullptr);
            for (std::size_t i = 0; i < n; ++i) {
                ASSERT_NEAR(y[i], std::exp(0.5 * static_cast<double>(x[i])) / total, 1e-6) << name;
            }
            for (std::size_t i = n; i < y.size(); ++i) EXPECT_EQ(y[i], 0.0f);
            if (first.empty()) first = y;
            EXPECT_EQ(y, first) << name;
        });
    }
}

TEST(Softmax, AddsTheBias) {
    for (const std::size_t n : {1u, 7u, 16u, 30u}) {
        const std::vector<float> x = gaussian(padded(n), 4, 21), bias = gaussian(padded(n), 2, 22);
        std::vector<double> expected(n);
        double total = 0;
        for (std::size_t i = 0; i < n; ++i) {
            expected[i] = std::exp(0.25 * static_cast<double>(x[i]) + static_cast<double>(bias[i]));
            total += expected[i];
        }
        std::vector<float> first;
        on_every_target([&](const char* name) {
            std::vector<float> y(x);
            softmax(y.data(), n, 0.25f, bias.data());
            for (std::size_t i = 0; i < n; ++i) ASSERT_NEAR(y[i], expected[i] / total, 1e-6) << name;
            if (first.empty()) first = y;
            EXPECT_EQ(y, first) << name;
        });
    }
}

TEST(AddRelu, AgreesWithItsTwin) {
    constexpr std::size_t n = 80;
    const std::vector<float> a = gaussian(n, 1, 31), b = gaussian(n, 1, 32), c = gaussian(n, 1, 33);
    std::vector<float> expected(n);
    for (std::size_t i = 0; i < n; ++i) expected[i] = std::max(a[i] + b[i] + c[i], 0.0f);
    on_every_target([&](const char* name) {
        std::vector<float> y(n);
        add_relu(a.data(), b.data(), c.data(), y.data(), n);
        EXPECT_EQ(y, expected) << name;
    });
}

TEST(NearRelu, AgreesWithItsTwin) {
    constexpr std::size_t n = 48;
    const std::vector<float> x = gaussian(3 * n, 1, 41), w = gaussian(3 * n, 1, 42), bias = gaussian(n, 1, 43);
    std::vector<float> expected(n);
    for (std::size_t i = 0; i < n; ++i) {
        float sum = bias[i] + x[i] * w[i];
        sum += x[n + i] * w[n + i];
        sum += x[2 * n + i] * w[2 * n + i];
        expected[i] = std::max(sum, 0.0f);
    }
    on_every_target([&](const char* name) {
        std::vector<float> y(n);
        near_relu(x.data(), x.data() + n, x.data() + 2 * n, w.data(), bias.data(), y.data(), n);
        EXPECT_EQ(y, expected) << name;
    });
}

TEST(LeakyRelu, ScalesNegativeValues) {
    std::vector<float> x(32, 2.0f);
    x[3] = -1.0f;
    leaky_relu(x.data(), x.size(), 0.1f);
    EXPECT_EQ(x[3], -0.1f);
    EXPECT_EQ(x[4], 2.0f);
}

} // namespace
} // namespace kadesh::neural
