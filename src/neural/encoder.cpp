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

Result<PackedLinear> load_linear(const ModelFile& file, std::string_view name, std::uint32_t out, std::uint32_t in) {
    const Result<std::vector<float>> weight = file.floats(std::string(name) + ".weight", {out, in});
    if (!weight) return weight.error();
    const Result<std::vector<float>> bias = file.floats(std::string(name) + ".bias", {out});
    if (!bias) return bias.error();
    return PackedLinear(*weight, *bias, out, in);
}

Result<Encoder::Norm> Encoder::load_norm(const ModelFile& file, const std::string& name, std::uint32_t width) {
    Norm norm;
    for (const auto& [suffix, buffer] : {std::pair{".weight", &norm.weight}, std::pair{".bias", &norm.bias}}) {
        const Result<std::vector<float>> values = file.floats(name + suffix, {width});
        if (!values) return values.error();
        std::copy(values->begin(), values->end(), buffer->reserve(width));
    }
    return norm;
}

Result<Encoder> Encoder::load(const ModelFile& file) {
    if (file.config("encoder") != "transformer") return bad_shape(file, "encoder is not 'transformer'");
    Encoder e;
    std::uint32_t layers = 0;
    const std::tuple<const char*, std::uint32_t*, std::uint32_t> numbers[] = {
        {"layers", &layers, 64},     {"hidden", &e.hidden_, kMaxWidth}, {"heads", &e.heads_, 256},
        {"ffn", &e.ffn_, kMaxWidth}, {"shapes", &e.shapes_, 256},       {"max_positions", &e.max_positions_, 4096},
    };
    for (const auto& [key, target, limit] : numbers) {
        const Result<std::uint32_t> value = file.config_number(key, limit);
        if (!value) return value.error();
        *target = *value;
    }
    if (e.hidden_ % e.heads_ != 0 || (e.hidden_ / e.heads_) % kPanel != 0 || e.ffn_ % kPanel != 0) {
        return bad_shape(file, "widths are not multiples of " + std::to_string(kPanel));
    }
    const Section* const words = file.find("emb.word");
    if (words == nullptr || words->rank != 2 || words->dims[0] == 0) return bad_shape(file, "no word table");
    e.words_ = words->dims[0];
    const Result<const Section*> word = file.tensor("emb.word", DType::I8, {e.words_, e.hidden_});
    if (!word) return word.error();
    const Result<const Section*> scale = file.tensor("emb.word.scale", DType::F32, {e.words_});
    if (!scale) return scale.error();
    e.word_ = reinterpret_cast<const std::int8_t*>((*word)->bytes.data());
    e.word_scale_ = reinterpret_cast<const float*>((*scale)->bytes.data());
    if (!std::all_of(e.word_scale_, e.word_scale_ + e.words_, [](float s) { return s - s == 0.0f; })) {
        return bad_shape(file, "emb.word.scale has values that are not finite");
    }
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
            const std::int8_t* const word = word_ + std::size_t{ids[row]} * hidden_;
            const float scale = word_scale_[ids[row]];
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
