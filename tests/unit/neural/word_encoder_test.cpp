#include "model_builder.hpp"
#include "neural/word_encoder.hpp"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <memory>
#include <random>

namespace kadesh::neural {
namespace {

using test::bytes_of;
using test::ModelBuilder;
using test::WordEncoderSize;
using Rows = std::vector<std::vector<double>>;

/// The network in double precision, one sequence, no kernels: docs/model-format.md read literally.
class PlainWordEncoder {
  public:
    PlainWordEncoder(const ModelFile& file, const WordEncoderSize& size) : file_(file), n_(size) {}

    Rows run(std::span<const WordType> types, std::span<const std::uint32_t> pieces) const {
        Rows embedded;
        for (const WordType& type : types) {
            std::vector<double> row(n_.embedding, 0.0);
            for (std::uint32_t p = 0; p < type.pieces; ++p) {
                add(row, table("emb.piece", n_.pieces, pieces[type.first_piece + p]), 1.0 / type.pieces);
            }
            add(row, table("emb.word", n_.words, type.word), 1.0);
            for (const std::uint32_t affix : type.affixes) add(row, table("emb.affix", n_.affixes, affix), 1.0);
            add(row, table("emb.shape", n_.shapes, type.shape), 1.0);
            for (std::uint32_t c = 0; c < kClasses; ++c) {
                if ((type.classes >> c & 1) != 0) add(row, table("emb.class", kClasses, c), 1.0);
            }
            embedded.push_back(row);
        }
        const Rows parts = linear(norm(embedded, "emb.norm"), "type", 3 * n_.mix + n_.hidden);
        const std::size_t count = types.size();
        Rows near(count), x(count);
        for (std::size_t t = 0; t < count; ++t) {
            for (std::size_t i = 0; i < n_.mix; ++i) {
                double sum = parts[t][n_.mix + i];
                if (t > 0) sum += parts[t - 1][i];
                if (t + 1 < count) sum += parts[t + 1][2 * n_.mix + i];
                near[t].push_back(std::max(sum, 0.0));
            }
            x[t].assign(parts[t].begin() + 3 * n_.mix, parts[t].end());
        }
        add(x, linear(near, "mixed", n_.hidden));
        for (std::uint32_t k = 0; k < n_.layers; ++k) {
            const std::string layer = "layer." + std::to_string(k) + ".";
            const Rows qkv = linear(norm(x, layer + "attn.norm"), layer + "attn.qkv", 3 * n_.hidden);
            add(x, linear(attention(qkv, layer), layer + "attn.out", n_.hidden));
            const Rows up = linear(norm(x, layer + "ffn.norm"), layer + "ffn.up", n_.ffn);
            add(x, linear(depthwise(up, layer), layer + "ffn.down", n_.hidden));
        }
        return norm(x, "norm");
    }

  private:
    static void add(std::vector<double>& x, const std::vector<double>& y, double factor) {
        for (std::size_t i = 0; i < x.size(); ++i) x[i] += factor * y[i];
    }
    static void add(Rows& x, const Rows& y) {
        for (std::size_t r = 0; r < x.size(); ++r) add(x[r], y[r], 1.0);
    }
    std::vector<double> table(const std::string& name, std::uint32_t rows, std::uint32_t row) const {
        const std::vector<float> values = *file_.floats(name, {rows, n_.embedding});
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(std::size_t{row} * n_.embedding);
        return {begin, begin + n_.embedding};
    }
    Rows linear(const Rows& x, const std::string& name, std::uint32_t out) const {
        const auto in = static_cast<std::uint32_t>(x[0].size());
        const std::vector<float> weight = *file_.floats(name + ".weight", {out, in});
        const std::vector<float> bias = *file_.floats(name + ".bias", {out});
        Rows y;
        for (const std::vector<double>& row : x) {
            y.emplace_back();
            for (std::size_t o = 0; o < out; ++o) {
                double sum = static_cast<double>(bias[o]);
                for (std::size_t i = 0; i < in; ++i) sum += static_cast<double>(weight[o * in + i]) * row[i];
                y.back().push_back(sum);
            }
        }
        return y;
    }
    Rows norm(Rows x, const std::string& name) const {
        const auto width = static_cast<std::uint32_t>(x[0].size());
        const std::vector<float> weight = *file_.floats(name + ".weight", {width});
        const std::vector<float> bias = *file_.floats(name + ".bias", {width});
        for (std::vector<double>& row : x) {
            double mean = 0, variance = 0;
            for (const double v : row) mean += v / width;
            for (const double v : row) variance += (v - mean) * (v - mean) / width;
            for (std::size_t i = 0; i < width; ++i) {
                row[i] = (row[i] - mean) / std::sqrt(variance + 1e-5) * static_cast<double>(weight[i]) +
                         static_cast<double>(bias[i]);
            }
        }
        return x;
    }
    Rows attention(const Rows& qkv, const std::string& layer) const {
        const std::size_t size = n_.hidden / n_.heads;
        const std::vector<float> distance = *file_.floats(layer + "attn.distance", {n_.heads, 2 * n_.reach + 1});
        const auto reach = static_cast<std::ptrdiff_t>(n_.reach);
        Rows out(qkv.size(), std::vector<double>(n_.hidden, 0.0));
        for (std::size_t head = 0; head < n_.heads; ++head) {
            for (std::size_t r = 0; r < qkv.size(); ++r) {
                std::vector<double> weights;
                double total = 0;
                for (std::size_t c = 0; c < qkv.size(); ++c) {
                    double dot = 0;
                    for (std::size_t i = head * size; i < (head + 1) * size; ++i) {
                        dot += qkv[r][i] * qkv[c][n_.hidden + i];
                    }
                    const auto step = static_cast<std::ptrdiff_t>(c) - static_cast<std::ptrdiff_t>(r);
                    const auto place = static_cast<std::size_t>(std::clamp(step, -reach, reach) + reach);
                    weights.push_back(std::exp(dot / std::sqrt(static_cast<double>(size)) +
                                               static_cast<double>(distance[head * (2 * n_.reach + 1) + place])));
                    total += weights.back();
                }
                for (std::size_t c = 0; c < qkv.size(); ++c) {
                    for (std::size_t i = head * size; i < (head + 1) * size; ++i) {
                        out[r][i] += weights[c] / total * qkv[c][2 * n_.hidden + i];
                    }
                }
            }
        }
        return out;
    }
    Rows depthwise(const Rows& x, const std::string& layer) const {
        const std::vector<float> weight = *file_.floats(layer + "ffn.near.weight", {3, n_.ffn});
        const std::vector<float> bias = *file_.floats(layer + "ffn.near.bias", {n_.ffn});
        Rows out(x.size());
        for (std::size_t t = 0; t < x.size(); ++t) {
            for (std::size_t i = 0; i < n_.ffn; ++i) {
                double sum = static_cast<double>(bias[i]) + x[t][i] * static_cast<double>(weight[n_.ffn + i]);
                if (t > 0) sum += x[t - 1][i] * static_cast<double>(weight[i]);
                if (t + 1 < x.size()) sum += x[t + 1][i] * static_cast<double>(weight[2 * n_.ffn + i]);
                out[t].push_back(std::max(sum, 0.0));
            }
        }
        return out;
    }

    const ModelFile& file_;
    WordEncoderSize n_;
};

class WordEncoderTest : public testing::Test {
  protected:
    WordEncoderTest() {
        ModelBuilder b;
        add_word_encoder(b, size_);
        bytes_ = b.build();
        file_ = std::make_unique<ModelFile>(ModelFile::over(bytes_of(bytes_), "test").value());
        encoder_ = std::make_unique<WordEncoder>(WordEncoder::load(*file_).value());
        std::mt19937 random(5);
        for (const std::uint32_t count : {3u, 17u, 1u, 24u, 16u, 9u}) {
            sequences_.push_back({static_cast<std::uint32_t>(types_.size()), count});
            for (std::uint32_t i = 0; i < count; ++i) {
                WordType type;
                type.first_piece = static_cast<std::uint32_t>(pieces_.size());
                type.pieces = 1 + static_cast<std::uint32_t>(random() % 3);
                for (std::uint32_t p = 0; p < type.pieces; ++p) {
                    pieces_.push_back(static_cast<std::uint32_t>(random() % size_.pieces));
                }
                type.word = static_cast<std::uint32_t>(random() % size_.words);
                for (std::uint32_t& affix : type.affixes) affix = static_cast<std::uint32_t>(random() % size_.affixes);
                type.shape = static_cast<std::uint8_t>(random() % size_.shapes);
                type.classes = static_cast<std::uint8_t>(random() % (1u << kClasses));
                types_.push_back(type);
            }
        }
        values_.resize(types_.size() * encoder_->type_width());
        for (std::size_t k = 0; k < types_.size(); ++k) {
            rows_.push_back(values_.data() + k * encoder_->type_width());
            views_.push_back(rows_.back());
        }
    }

    WordEncoderSize size_;
    std::vector<std::uint64_t> bytes_;
    std::unique_ptr<ModelFile> file_;
    std::unique_ptr<WordEncoder> encoder_;
    std::vector<WordType> types_;
    std::vector<std::uint32_t> pieces_;
    std::vector<Sequence> sequences_;
    std::vector<float> values_;
    std::vector<float*> rows_;
    std::vector<const float*> views_;
};

TEST_F(WordEncoderTest, IsCloseToThePlainTwin) {
    WordEncoder::Scratch scratch;
    encoder_->embed(types_, pieces_, rows_, scratch);
    const float* const all = encoder_->run(views_, sequences_, scratch);
    const PlainWordEncoder plain(*file_, size_);
    for (const Sequence& s : sequences_) {
        const Rows expected = plain.run(std::span(types_).subspan(s.first, s.count), pieces_);
        double error = 0, size = 0;
        for (std::size_t r = 0; r < s.count; ++r) {
            for (std::size_t i = 0; i < size_.hidden; ++i) {
                const double off = static_cast<double>(all[(s.first + r) * size_.hidden + i]) - expected[r][i];
                error += off * off;
                size += expected[r][i] * expected[r][i];
                ASSERT_LT(std::abs(off), 0.5);
            }
        }
        EXPECT_LT(std::sqrt(error / size), 0.06) << "weights of six bits and activations of seven";
    }
}

TEST_F(WordEncoderTest, ASequenceComesOutTheSameAloneAndInAnyBatch) {
    WordEncoder::Scratch together, apart;
    encoder_->embed(types_, pieces_, rows_, together);
    const float* const all = encoder_->run(views_, sequences_, together);
    for (const Sequence& s : sequences_) {
        std::vector<float> own(s.count * encoder_->type_width());
        std::vector<const float*> views;
        for (std::uint32_t i = 0; i < s.count; ++i) { // types embedded one by one
            float* const row = own.data() + i * encoder_->type_width();
            encoder_->embed({&types_[s.first + i], 1}, pieces_, {&row, 1}, apart);
            views.push_back(row);
        }
        const Sequence alone{0, s.count};
        const float* const found = encoder_->run(views, {&alone, 1}, apart);
        EXPECT_EQ(std::memcmp(found, all + s.first * size_.hidden, s.count * size_.hidden * sizeof(float)), 0);
    }
}

TEST_F(WordEncoderTest, ReportsMissingAndMisshapenParts) {
    for (const std::uint32_t wrong : {60u, 80u}) { // heads of 15; heads of 20
        ModelBuilder b;
        WordEncoderSize size = size_;
        size.hidden = wrong;
        add_word_encoder(b, size);
        const std::vector<std::uint64_t> bytes = b.build();
        EXPECT_FALSE(WordEncoder::load(*ModelFile::over(bytes_of(bytes), "test")));
    }
    ModelBuilder empty;
    empty.text("config", "encoder = words\nembedding = 32\nhidden = 64\nmix = 48\nlayers = 1\nheads = 4\nffn = 96\n"
                         "reach = 4\nmax_positions = 24\nshapes = 10\n");
    const std::vector<std::uint64_t> nothing = empty.build();
    const Result<WordEncoder> none = WordEncoder::load(*ModelFile::over(bytes_of(nothing), "test"));
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().message.find("emb.piece"), std::string::npos) << none.error().message;
}

} // namespace
} // namespace kadesh::neural
