#include "model_builder.hpp"
#include "neural/encoder.hpp"
#include "scalar_kernels.hpp"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <random>

namespace kadesh::neural {
namespace {

using test::bytes_of;
using test::EncoderSize;
using test::ModelBuilder;

/// The encoder in double precision, one sequence, no kernels: docs/model-format.md read literally.
class PlainEncoder {
  public:
    PlainEncoder(const ModelFile& file, const EncoderSize& size) : file_(file), n_(size) {}

    std::vector<double> run(const std::vector<std::uint32_t>& ids, const std::vector<std::uint8_t>& shapes) const {
        const std::size_t rows = ids.size(), hidden = n_.hidden;
        const std::vector<float> word = *file_.floats("emb.word", {n_.words, n_.hidden});
        const std::vector<float> position = *file_.floats("emb.position", {n_.positions, n_.hidden});
        const std::vector<float> shape = *file_.floats("emb.shape", {n_.shapes, n_.hidden});
        std::vector<double> x(rows * hidden);
        for (std::size_t r = 0; r < rows; ++r) {
            for (std::size_t i = 0; i < hidden; ++i) {
                x[r * hidden + i] = static_cast<double>(word[ids[r] * hidden + i]) +
                                    static_cast<double>(position[r * hidden + i]) +
                                    static_cast<double>(shape[shapes[r] * hidden + i]);
            }
        }
        norm(x, "emb.norm");
        for (std::uint32_t k = 0; k < n_.layers; ++k) {
            const std::string layer = "layer." + std::to_string(k) + ".";
            add(x, linear(attention(linear(x, layer + "attn.qkv", 3 * n_.hidden, n_.hidden), rows), layer + "attn.out",
                          n_.hidden, n_.hidden));
            norm(x, layer + "attn.norm");
            std::vector<double> up = linear(x, layer + "ffn.up", n_.ffn, n_.hidden);
            for (double& v : up) v = test::gelu(v);
            add(x, linear(up, layer + "ffn.down", n_.hidden, n_.ffn));
            norm(x, layer + "ffn.norm");
        }
        return x;
    }

  private:
    static void add(std::vector<double>& x, const std::vector<double>& y) {
        for (std::size_t i = 0; i < x.size(); ++i) x[i] += y[i];
    }
    std::vector<double> linear(const std::vector<double>& x, const std::string& name, std::uint32_t out,
                               std::uint32_t in) const {
        const std::vector<float> weight = *file_.floats(name + ".weight", {out, in});
        const std::vector<float> bias = *file_.floats(name + ".bias", {out});
        std::vector<double> y;
        for (std::size_t r = 0; r < x.size() / in; ++r) {
            for (std::size_t o = 0; o < out; ++o) {
                double sum = static_cast<double>(bias[o]);
                for (std::size_t i = 0; i < in; ++i) sum += static_cast<double>(weight[o * in + i]) * x[r * in + i];
                y.push_back(sum);
            }
        }
        return y;
    }
    std::vector<double> attention(const std::vector<double>& qkv, std::size_t rows) const {
        const std::size_t hidden = n_.hidden, size = hidden / n_.heads;
        std::vector<double> out(rows * hidden, 0.0);
        for (std::size_t head = 0; head < n_.heads; ++head) {
            for (std::size_t r = 0; r < rows; ++r) {
                std::vector<double> weights(rows);
                double total = 0;
                for (std::size_t c = 0; c < rows; ++c) {
                    double dot = 0;
                    for (std::size_t i = 0; i < size; ++i) {
                        dot += qkv[r * 3 * hidden + head * size + i] * qkv[c * 3 * hidden + hidden + head * size + i];
                    }
                    weights[c] = std::exp(dot / std::sqrt(static_cast<double>(size)));
                    total += weights[c];
                }
                for (std::size_t c = 0; c < rows; ++c) {
                    for (std::size_t i = 0; i < size; ++i) {
                        out[r * hidden + head * size + i] +=
                            weights[c] / total * qkv[c * 3 * hidden + 2 * hidden + head * size + i];
                    }
                }
            }
        }
        return out;
    }
    void norm(std::vector<double>& x, const std::string& name) const {
        const std::vector<float> weight = *file_.floats(name + ".weight", {n_.hidden});
        const std::vector<float> bias = *file_.floats(name + ".bias", {n_.hidden});
        for (std::size_t r = 0; r < x.size(); r += n_.hidden) {
            double mean = 0, variance = 0;
            for (std::size_t i = 0; i < n_.hidden; ++i) mean += x[r + i] / n_.hidden;
            for (std::size_t i = 0; i < n_.hidden; ++i) variance += (x[r + i] - mean) * (x[r + i] - mean) / n_.hidden;
            for (std::size_t i = 0; i < n_.hidden; ++i) {
                x[r + i] = (x[r + i] - mean) / std::sqrt(variance + 1e-12) * static_cast<double>(weight[i]) +
                           static_cast<double>(bias[i]);
            }
        }
    }

    const ModelFile& file_;
    EncoderSize n_;
};

class EncoderTest : public testing::Test {
  protected:
    EncoderTest() {
        ModelBuilder b;
        add_encoder(b, size_);
        bytes_ = b.build();
        file_ = std::make_unique<ModelFile>(ModelFile::over(bytes_of(bytes_), "test").value());
        encoder_ = std::make_unique<Encoder>(Encoder::load(*file_).value());
        std::mt19937 random(5);
        for (const std::uint32_t count : {3u, 17u, 1u, 40u, 16u, 9u}) {
            sequences_.push_back({static_cast<std::uint32_t>(ids_.size()), count});
            for (std::uint32_t i = 0; i < count; ++i) {
                ids_.push_back(static_cast<std::uint32_t>(random() % size_.words));
                shapes_.push_back(static_cast<std::uint8_t>(random() % size_.shapes));
            }
        }
    }

    EncoderSize size_;
    std::vector<std::uint64_t> bytes_;
    std::unique_ptr<ModelFile> file_;
    std::unique_ptr<Encoder> encoder_;
    std::vector<std::uint32_t> ids_;
    std::vector<std::uint8_t> shapes_;
    std::vector<Sequence> sequences_;
};

TEST_F(EncoderTest, IsCloseToThePlainTwin) {
    Encoder::Scratch scratch;
    const float* const all = encoder_->run(ids_, shapes_, sequences_, scratch);
    const PlainEncoder plain(*file_, size_);
    for (const Sequence& s : sequences_) {
        const std::vector<double> expected =
            plain.run({ids_.begin() + s.first, ids_.begin() + s.first + s.count},
                      {shapes_.begin() + s.first, shapes_.begin() + s.first + s.count});
        for (std::size_t i = 0; i < expected.size(); ++i) {
            ASSERT_NEAR(static_cast<double>(all[s.first * size_.hidden + i]), expected[i], 0.02);
        }
    }
}

TEST_F(EncoderTest, ASequenceComesOutTheSameAloneAndInAnyBatch) {
    Encoder::Scratch together, apart;
    const float* const all = encoder_->run(ids_, shapes_, sequences_, together);
    for (const Sequence& s : sequences_) {
        const Sequence own{0, s.count};
        const float* const alone = encoder_->run(std::span(ids_).subspan(s.first, s.count),
                                                 std::span(shapes_).subspan(s.first, s.count), {&own, 1}, apart);
        EXPECT_EQ(std::memcmp(alone, all + s.first * size_.hidden, s.count * size_.hidden * sizeof(float)), 0);
    }
}

TEST_F(EncoderTest, ReportsMissingAndMisshapenParts) {
    ModelBuilder b;
    EncoderSize wrong = size_;
    wrong.hidden = 60; // heads of 15
    add_encoder(b, wrong);
    const std::vector<std::uint64_t> bytes = b.build();
    const Result<ModelFile> file = ModelFile::over(bytes_of(bytes), "test");
    ASSERT_TRUE(file);
    EXPECT_FALSE(Encoder::load(*file));
    ModelBuilder empty;
    empty.text("config", "encoder = transformer\nlayers = 1\nhidden = 64\nheads = 4\nffn = 96\nshapes = 19\n"
                         "max_positions = 64\n");
    const std::vector<std::uint64_t> nothing = empty.build();
    EXPECT_FALSE(Encoder::load(*ModelFile::over(bytes_of(nothing), "test")));
}

} // namespace
} // namespace kadesh::neural
