#include "neural/encoder.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace kadesh::neural {
namespace {

constexpr float kEpsilon = 1e-12f;
constexpr std::uint32_t kMaxWidth = 1u << 14;

Error bad_shape(const ModelFile& file, const std::string& what) {
    return {ErrorCode::BadArtefact, file.name() + ": config: " + what};
}

} // namespace

Result<Encoder> Encoder::load(const ModelFile& file) {
    if (file.config("encoder") != "transformer") return bad_shape(file, "encoder is not 'transformer'");
    Encoder e;
    std::uint32_t layers = 0;
    const Status numbers = read_numbers(file, {{"layers", &layers, 64},
                                               {"hidden", &e.hidden_, kMaxWidth},
                                               {"heads", &e.heads_, 256},
                                               {"ffn", &e.ffn_, kMaxWidth},
                                               {"shapes", &e.shapes_, 256},
                                               {"max_positions", &e.max_positions_, 4096}});
    if (!numbers) return numbers.error();
    if (e.hidden_ % e.heads_ != 0 || (e.hidden_ / e.heads_) % kPanel != 0 || e.ffn_ % kPanel != 0) {
        return bad_shape(file, "widths are not multiples of " + std::to_string(kPanel));
    }
    const Result<ByteTable> word = load_table(file, "emb.word", e.hidden_);
    if (!word) return word.error();
    e.word_ = *word;
    Result<std::vector<float>> position = file.floats("emb.position", {e.max_positions_, e.hidden_});
    if (!position) return position.error();
    e.position_ = std::move(position).value();
    Result<std::vector<float>> shape = file.floats("emb.shape", {e.shapes_, e.hidden_});
    if (!shape) return shape.error();
    e.shape_ = std::move(shape).value();
    Result<Norm> norm = load_norm(file, "emb.norm", e.hidden_);
    if (!norm) return norm.error();
    e.embedding_norm_ = std::move(norm).value();

    for (std::uint32_t k = 0; k < layers; ++k) {
        const std::string prefix = "layer." + std::to_string(k) + ".";
        Layer layer;
        const std::tuple<const char*, PackedLinear*, std::uint32_t, std::uint32_t> parts[] = {
            {"attn.qkv", &layer.qkv, 3 * e.hidden_, e.hidden_},
            {"attn.out", &layer.out, e.hidden_, e.hidden_},
            {"ffn.up", &layer.up, e.ffn_, e.hidden_},
            {"ffn.down", &layer.down, e.hidden_, e.ffn_},
        };
        for (const auto& [name, target, out, in] : parts) {
            Result<PackedLinear> part = load_linear(file, prefix + name, out, in);
            if (!part) return part.error();
            *target = std::move(part).value();
        }
        for (const auto& [name, target] :
             {std::pair{"attn.norm", &layer.attention_norm}, std::pair{"ffn.norm", &layer.ffn_norm}}) {
            Result<Norm> part = load_norm(file, prefix + name, e.hidden_);
            if (!part) return part.error();
            *target = std::move(part).value();
        }
        e.layers_.push_back(std::move(layer));
    }
    return e;
}

void Encoder::embed(std::span<const std::uint32_t> ids, std::span<const std::uint8_t> shapes,
                    std::span<const Sequence> sequences, float* x) const {
    for (const Sequence& sequence : sequences) {
        for (std::uint32_t p = 0; p < sequence.count; ++p) {
            const std::size_t row = sequence.first + p;
            const std::int8_t* const word = word_.values + std::size_t{ids[row]} * hidden_;
            const float scale = word_.scales[ids[row]];
            const float* const position = position_.data() + std::size_t{p} * hidden_;
            const float* const shape = shape_.data() + std::size_t{shapes[row]} * hidden_;
            float* const out = x + row * hidden_;
            for (std::uint32_t i = 0; i < hidden_; ++i) {
                out[i] = static_cast<float>(word[i]) * scale + position[i] + shape[i];
            }
        }
    }
}

void Encoder::attend(std::span<const Sequence> sequences, const float* qkv, float* mixed, Scratch& scratch) const {
    const std::size_t size = hidden_ / heads_;
    const std::size_t stride = 3 * std::size_t{hidden_};
    const float scale = 1.0f / std::sqrt(static_cast<float>(size));
    for (const Sequence& sequence : sequences) {
        const std::size_t n = sequence.count;
        const std::size_t width = padded(n);
        float* const keys = scratch.keys.reserve(size * width);
        float* const scores = scratch.scores.reserve(n * width);
        for (std::size_t head = 0; head < heads_; ++head) {
            const float* const q = qkv + sequence.first * stride + head * size;
            const float* const k = q + hidden_;
            const float* const v = k + hidden_;
            for (std::size_t i = 0; i < size; ++i) { // keys transposed, padded with zeros
                float* const row = keys + i * width;
                for (std::size_t j = 0; j < n; ++j) row[j] = k[j * stride + i];
                std::fill(row + n, row + width, 0.0f);
            }
            multiply(q, stride, keys, width, scores, width, n, size, width);
            for (std::size_t i = 0; i < n; ++i) softmax(scores + i * width, n, scale, nullptr);
            multiply(scores, width, v, stride, mixed + sequence.first * hidden_ + head * size, hidden_, n, n, size);
        }
    }
}

const float* Encoder::run(std::span<const std::uint32_t> ids, std::span<const std::uint8_t> shapes,
                          std::span<const Sequence> sequences, Scratch& scratch) const {
    const std::size_t rows = ids.size();
    const std::size_t hidden = hidden_;
    float* const x = scratch.x.reserve(rows * hidden);
    float* const wide = scratch.wide.reserve(rows * std::max<std::size_t>(3 * hidden, ffn_));
    float* const mixed = scratch.mixed.reserve(rows * hidden);
    embed(ids, shapes, sequences, x);
    layer_norm(x, nullptr, rows, hidden, embedding_norm_.weight.data(), embedding_norm_.bias.data(), kEpsilon, x);
    for (const Layer& layer : layers_) {
        quantise(x, rows, hidden, hidden, scratch.quantised);
        linear(layer.qkv, scratch.quantised, 0, rows, wide, 3 * hidden);
        attend(sequences, wide, mixed, scratch);
        quantise(mixed, rows, hidden, hidden, scratch.quantised);
        linear(layer.out, scratch.quantised, 0, rows, mixed, hidden);
        layer_norm(x, mixed, rows, hidden, layer.attention_norm.weight.data(), layer.attention_norm.bias.data(),
                   kEpsilon, x);
        quantise(x, rows, hidden, hidden, scratch.quantised);
        linear(layer.up, scratch.quantised, 0, rows, wide, ffn_);
        gelu(wide, rows * ffn_);
        quantise(wide, rows, ffn_, ffn_, scratch.quantised);
        linear(layer.down, scratch.quantised, 0, rows, mixed, hidden);
        layer_norm(x, mixed, rows, hidden, layer.ffn_norm.weight.data(), layer.ffn_norm.bias.data(), kEpsilon, x);
    }
    return x;
}

} // namespace kadesh::neural
