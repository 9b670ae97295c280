#include "every_target.hpp"
#include "neural/byte_kernels.hpp"
#include "scalar_kernels.hpp"

#include <gtest/gtest.h>

namespace kadesh::neural {
namespace {

using test::gaussian;
using test::on_every_target;

struct Shape {
    std::size_t out, in, rows;
    bool positive;
};

class ByteLinearTest : public testing::TestWithParam<Shape> {
  protected:
    ByteLinearTest() {
        weights_ = gaussian(n_.out * n_.in, 0.05f, 1);
        bias_ = gaussian(n_.out, 0.1f, 2);
        x_ = gaussian(n_.rows * n_.in, 1.0f, 3);
        if (n_.positive) {
            for (float& v : x_) v = std::max(v, 0.0f);
        }
    }

    Shape n_ = GetParam();
    std::vector<float> weights_, bias_, x_;
};

TEST_P(ByteLinearTest, IsCloseToDoublePrecisionAndTheSameOnEveryInstructionSet) {
    const std::vector<double> expected = test::linear(weights_, bias_, x_, n_.out, n_.in);
    const PackedBytes layer(weights_, bias_, n_.out, n_.in);
    std::vector<float> first;
    on_every_target([&](const char* name) {
        QuantisedBytes quantised;
        quantise(x_.data(), n_.rows, n_.in, n_.positive, quantised);
        std::vector<float> y(n_.rows * layer.padded_out());
        linear(layer, quantised, y.data());
        double error = 0, size = 0;
        for (std::size_t r = 0; r < n_.rows; ++r) {
            for (std::size_t n = 0; n < n_.out; ++n) {
                const double off = expected[r * n_.out + n] - static_cast<double>(y[r * layer.padded_out() + n]);
                error += off * off;
                size += expected[r * n_.out + n] * expected[r * n_.out + n];
            }
        }
        EXPECT_LT(std::sqrt(error / size), 0.05) << name;
        if (first.empty()) first = y;
        EXPECT_EQ(y, first) << name;
    });
}

TEST_P(ByteLinearTest, SumsAreExact) {
    const PackedBytes layer(weights_, bias_, n_.out, n_.in);
    QuantisedBytes quantised;
    quantise(x_.data(), n_.rows, n_.in, n_.positive, quantised);
    std::vector<float> y(n_.rows * layer.padded_out());
    linear(layer, quantised, y.data());
    for (std::size_t r = 0; r < n_.rows; ++r) {
        for (std::size_t n = 0; n < n_.out; ++n) {
            const std::int8_t* const panel = layer.panels() + n / kPanel * kPanel * layer.padded_in() + n % kPanel * 4;
            int sum = 0;
            for (std::size_t i = 0; i < n_.in; ++i) {
                sum += (quantised.values.data()[r * n_.in + i] - quantised.zero) * panel[i / 4 * 4 * kPanel + i % 4];
            }
            const float scale = layer.scales()[n] * quantised.scales.data()[r];
            EXPECT_EQ(y[r * layer.padded_out() + n], static_cast<float>(sum) * scale + layer.bias()[n]);
        }
    }
}

TEST(ByteLinear, TheLargestSumsDoNotOverflow) {
    constexpr std::size_t in = 512, out = 16;
    for (const float sign : {1.0f, -1.0f}) {
        const PackedBytes layer(std::vector<float>(in * out, sign), std::vector<float>(out, 0.0f), out, in);
        const std::vector<float> x(in, 1.0f);
        on_every_target([&](const char* name) {
            QuantisedBytes quantised;
            quantise(x.data(), 1, in, true, quantised);
            std::vector<float> y(out);
            linear(layer, quantised, y.data());
            EXPECT_NEAR(y[7], sign * static_cast<float>(in), 0.01f) << name;
        });
    }
}

TEST(QuantiseBytes, KeepsZeroAndBounds) {
    std::vector<float> x(32, 0.0f);
    QuantisedBytes q;
    quantise(x.data(), 1, 32, false, q);
    for (std::size_t i = 0; i < 32; ++i) EXPECT_EQ(q.values.data()[i], q.zero);
    x[0] = 3.0f;
    x[1] = -3.0f;
    quantise(x.data(), 1, 32, false, q);
    EXPECT_EQ(q.values.data()[0], kByteLevels);
    EXPECT_EQ(q.values.data()[1], 1);
    EXPECT_EQ(q.values.data()[2], q.zero);
}

INSTANTIATE_TEST_SUITE_P(Shapes, ByteLinearTest,
                         testing::Values(Shape{16, 16, 1, false}, Shape{576, 192, 13, false}, Shape{192, 384, 30, true},
                                         Shape{20, 64, 7, true}, Shape{384, 192, 224, false}));

} // namespace
} // namespace kadesh::neural
