#include "neural/word_encoder.hpp"

#include <algorithm>
#include <cmath>

namespace kadesh::neural {
namespace {

constexpr float kEpsilon = 1e-5f;
constexpr std::uint32_t kMaxWidth = 1u << 14;

Error bad_model(const ModelFile& file, const std::string& what) {
    return {ErrorCode::BadArtefact, file.name() + ": " + what};
}

} // namespace

Result<WordEncoder::Layer> WordEncoder::load_layer(const ModelFile& file, const std::string& prefix,
                                                   std::uint32_t reach) const {
    Layer layer;
    const std::tuple<const char*, PackedBytes*, std::uint32_t, std::uint32_t> linears[] = {
        {"attn.qkv", &layer.qkv, 3 * hidden_, hidden_},
        {"attn.out", &layer.out, hidden_, hidden_},
        {"ffn.up", &layer.up, ffn_, hidden_},
        {"ffn.down", &layer.down, hidden_, ffn_},
    };
    for (const auto& [name, target, out, in] : linears) {
        Result<PackedBytes> part = load_bytes(file, prefix + name, out, in);
        if (!part) return part.error();
        *target = std::move(part).value();
    }
    for (const auto& [name, target] :
         {std::pair{"attn.norm", &layer.attention_norm}, std::pair{"ffn.norm", &layer.ffn_norm}}) {
        Result<Norm> part = load_norm(file, prefix + name, hidden_);
        if (!part) return part.error();
        *target = std::move(part).value();
    }
    const Result<std::vector<float>> distance = file.floats(prefix + "attn.distance", {heads_, 2 * reach + 1});
    if (!distance) return distance.error();
    // Spread to all distances, so that a row's biases are one stretch of memory.
    const auto far = static_cast<std::int64_t>(max_positions_);
    for (std::size_t head = 0; head < heads_; ++head) {
        for (std::int64_t d = -far; d <= far; ++d) {
            const std::int64_t near = std::clamp<std::int64_t>(d, -std::int64_t{reach}, reach) + reach;
            layer.distance.push_back((*distance)[head * (2 * reach + 1) + static_cast<std::size_t>(near)]);
        }
    }
    layer.distance.insert(layer.distance.end(), kPanel, 0.0f); // softmax reads whole panels
    const Result<std::vector<float>> near = file.floats(prefix + "ffn.near.weight", {3, ffn_});
    if (!near) return near.error();
    std::copy(near->begin(), near->end(), layer.near.reserve(3 * std::size_t{ffn_}));
    const Result<std::vector<float>> bias = file.floats(prefix + "ffn.near.bias", {ffn_});
    if (!bias) return bias.error();
    std::copy(bias->begin(), bias->end(), layer.near_bias.reserve(ffn_));
    return layer;
}

Result<WordEncoder> WordEncoder::load(const ModelFile& file) {
    if (file.config("encoder") != "words") return bad_model(file, "config: encoder is not 'words'");
    WordEncoder e;
    std::uint32_t layers = 0, reach = 0;
    const Status numbers = read_numbers(file, {{"embedding", &e.embedding_, kMaxWidth},
                                               {"hidden", &e.hidden_, kMaxWidth},
                                               {"mix", &e.mix_, kMaxWidth},
                                               {"layers", &layers, 64},
                                               {"heads", &e.heads_, 256},
                                               {"ffn", &e.ffn_, kMaxWidth},
                                               {"reach", &reach, 1024},
                                               {"shapes", &e.shapes_, 256},
                                               {"max_positions", &e.max_positions_, 4096}});
    if (!numbers) return numbers.error();
    const std::uint32_t widths[] = {e.embedding_, e.hidden_, e.mix_, e.ffn_, e.hidden_ / e.heads_};
    if (e.hidden_ % e.heads_ != 0 ||
        std::any_of(std::begin(widths), std::end(widths), [](std::uint32_t w) { return w == 0 || w % kPanel != 0; })) {
        return bad_model(file, "config: widths are not multiples of " + std::to_string(kPanel));
    }
    if (e.max_positions_ < 2) return bad_model(file, "config: max_positions is too small");
    for (const auto& [name, target] :
         {std::pair{"emb.piece", &e.piece_}, std::pair{"emb.word", &e.word_}, std::pair{"emb.affix", &e.affix_}}) {
        const Result<ByteTable> table = load_table(file, name, e.embedding_);
        if (!table) return table.error();
        *target = *table;
    }
    Result<std::vector<float>> shape = file.floats("emb.shape", {e.shapes_, e.embedding_});
    if (!shape) return shape.error();
    e.shape_ = std::move(shape).value();
    Result<std::vector<float>> classes = file.floats("emb.class", {kClasses, e.embedding_});
    if (!classes) return classes.error();
    e.class_ = std::move(classes).value();
    for (const auto& [name, target, width] :
         {std::tuple{"emb.norm", &e.type_norm_, e.embedding_}, std::tuple{"norm", &e.last_norm_, e.hidden_}}) {
        Result<Norm> norm = load_norm(file, name, width);
        if (!norm) return norm.error();
        *target = std::move(norm).value();
    }
    Result<PackedLinear> type = load_linear(file, "type", 3 * e.mix_ + e.hidden_, e.embedding_);
    if (!type) return type.error();
    e.type_ = std::move(type).value();
    Result<PackedBytes> mixed = load_bytes(file, "mixed", e.hidden_, e.mix_);
    if (!mixed) return mixed.error();
    e.mixed_ = std::move(mixed).value();
    for (std::uint32_t k = 0; k < layers; ++k) {
        Result<Layer> layer = e.load_layer(file, "layer." + std::to_string(k) + ".", reach);
        if (!layer) return layer.error();
        e.layers_.push_back(std::move(layer).value());
    }
    return e;
}

void WordEncoder::add_row(const ByteTable& table, std::uint32_t row, float factor, float* x) const {
    const std::int8_t* const values = table.values + std::size_t{row} * embedding_;
    const float scale = table.scales[row] * factor;
    for (std::uint32_t i = 0; i < embedding_; ++i) x[i] += static_cast<float>(values[i]) * scale;
}

void WordEncoder::embed(std::span<const WordType> types, std::span<const std::uint32_t> pieces,
                        std::span<float* const> out, Scratch& s) const {
    float* const x = s.embedded.reserve(types.size() * embedding_);
    for (std::size_t k = 0; k < types.size(); ++k) {
        const WordType& type = types[k];
        float* const row = x + k * embedding_;
        const float* const shape = shape_.data() + std::size_t{type.shape} * embedding_;
        std::copy(shape, shape + embedding_, row);
        const float share = 1.0f / static_cast<float>(type.pieces);
        for (std::uint32_t p = 0; p < type.pieces; ++p) add_row(piece_, pieces[type.first_piece + p], share, row);
        add_row(word_, type.word, 1.0f, row);
        for (const std::uint32_t affix : type.affixes) add_row(affix_, affix, 1.0f, row);
        for (std::uint32_t c = 0; c < kClasses; ++c) {
            if ((type.classes >> c & 1) == 0) continue;
            const float* const values = class_.data() + std::size_t{c} * embedding_;
            for (std::uint32_t i = 0; i < embedding_; ++i) row[i] += values[i];
        }
    }
    layer_norm(x, nullptr, types.size(), embedding_, type_norm_.weight.data(), type_norm_.bias.data(), kEpsilon, x);
    quantise(x, types.size(), embedding_, embedding_, s.quantised);
    float* const wide = s.wide.reserve(types.size() * type_width());
    linear(type_, s.quantised, 0, types.size(), wide, type_width());
    for (std::size_t k = 0; k < types.size(); ++k) {
        std::copy(wide + k * type_width(), wide + (k + 1) * type_width(), out[k]);
    }
}

/// From queries, keys and values in s.wide to s.mixed.
void WordEncoder::attend(const Layer& layer, std::span<const Sequence> sequences, Scratch& s) const {
    const std::size_t size = hidden_ / heads_;
    const std::size_t stride = 3 * std::size_t{hidden_};
    const float scale = 1.0f / std::sqrt(static_cast<float>(size));
    const std::size_t far = max_positions_;
    for (const Sequence& sequence : sequences) {
        const std::size_t n = sequence.count;
        const std::size_t width = padded(n);
        float* const keys = s.keys.reserve(size * width);
        float* const scores = s.scores.reserve(n * width);
        for (std::size_t head = 0; head < heads_; ++head) {
            const float* const q = s.wide.data() + sequence.first * stride + head * size;
            const float* const k = q + hidden_;
            const float* const v = k + hidden_;
            const float* const distance = layer.distance.data() + head * (2 * far + 1) + far;
            for (std::size_t i = 0; i < size; ++i) { // keys transposed, padded with zeros
                float* const row = keys + i * width;
                for (std::size_t j = 0; j < n; ++j) row[j] = k[j * stride + i];
                std::fill(row + n, row + width, 0.0f);
            }
            multiply(q, stride, keys, width, scores, width, n, size, width);
            for (std::size_t i = 0; i < n; ++i) softmax(scores + i * width, n, scale, distance - i);
            multiply(scores, width, v, stride, s.mixed.data() + sequence.first * hidden_ + head * size, hidden_, n, n,
                     size);
        }
    }
}

const float* WordEncoder::run(std::span<const float* const> types, std::span<const Sequence> sequences,
                              Scratch& s) const {
    const std::size_t rows = types.size();
    const std::size_t hidden = hidden_, ffn = ffn_, mix = mix_;
    float* const x = s.x.reserve(rows * hidden);
    float* const normed = s.normed.reserve(rows * hidden);
    float* const wide = s.wide.reserve(rows * std::max({3 * hidden, 2 * ffn, mix}));
    float* const mixed = s.mixed.reserve(rows * hidden);
    const float* const zeros = s.zeros.reserve(std::max(ffn, mix));

    for (const Sequence& sequence : sequences) {
        for (std::size_t i = 0; i < sequence.count; ++i) {
            const std::size_t row = sequence.first + i;
            const float* const left = i == 0 ? zeros : types[row - 1];
            const float* const right = i + 1 == sequence.count ? zeros : types[row + 1] + 2 * mix;
            add_relu(left, types[row] + mix, right, wide + row * mix, mix);
            std::copy(types[row] + 3 * mix, types[row] + 3 * mix + hidden, x + row * hidden);
        }
    }
    quantise(wide, rows, mix, true, s.bytes);
    linear(mixed_, s.bytes, mixed);
    for (const Layer& layer : layers_) {
        layer_norm(x, mixed, rows, hidden, layer.attention_norm.weight.data(), layer.attention_norm.bias.data(),
                   kEpsilon, normed);
        quantise(normed, rows, hidden, false, s.bytes);
        linear(layer.qkv, s.bytes, wide);
        attend(layer, sequences, s);
        quantise(mixed, rows, hidden, false, s.bytes);
        linear(layer.out, s.bytes, mixed);
        layer_norm(x, mixed, rows, hidden, layer.ffn_norm.weight.data(), layer.ffn_norm.bias.data(), kEpsilon, normed);
        quantise(normed, rows, hidden, false, s.bytes);
        linear(layer.up, s.bytes, wide);
        float* const near = wide + rows * ffn;
        for (const Sequence& sequence : sequences) {
            for (std::size_t i = 0; i < sequence.count; ++i) {
                const std::size_t row = sequence.first + i;
                const float* const here = wide + row * ffn;
                near_relu(i == 0 ? zeros : here - ffn, here, i + 1 == sequence.count ? zeros : here + ffn,
                          layer.near.data(), layer.near_bias.data(), near + row * ffn, ffn);
            }
        }
        quantise(near, rows, ffn, true, s.bytes);
        linear(layer.down, s.bytes, mixed);
    }
    layer_norm(x, mixed, rows, hidden, last_norm_.weight.data(), last_norm_.bias.data(), kEpsilon, normed);
    return normed;
}

} // namespace kadesh::neural
