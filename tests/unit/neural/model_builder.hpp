// Builds small model files in memory for the tests.
#pragma once

#include "neural/model_file.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh::test {

/// Writes the container of docs/model-format.md, independently of the code that reads it.
class ModelBuilder {
  public:
    void text(const std::string& name, std::string_view value) {
        add(name, 0, {static_cast<std::uint32_t>(value.size())}, value.data(), value.size());
    }
    void floats(const std::string& name, const std::vector<std::uint32_t>& dims, const std::vector<float>& values) {
        add(name, 1, dims, values.data(), values.size() * sizeof(float));
    }
    void halves(const std::string& name, const std::vector<std::uint32_t>& dims,
                const std::vector<std::uint16_t>& values) {
        add(name, 2, dims, values.data(), values.size() * sizeof(std::uint16_t));
    }
    void bytes(const std::string& name, const std::vector<std::uint32_t>& dims,
               const std::vector<std::int8_t>& values) {
        add(name, 3, dims, values.data(), values.size());
    }
    void numbers32(const std::string& name, const std::vector<std::uint32_t>& values) {
        add(name, 4, {static_cast<std::uint32_t>(values.size())}, values.data(), values.size() * sizeof(std::uint32_t));
    }
    void numbers(const std::string& name, const std::vector<std::uint64_t>& values) {
        add(name, 6, {static_cast<std::uint32_t>(values.size())}, values.data(), values.size() * sizeof(std::uint64_t));
    }
    /// Normally distributed values, the same on every run.
    void random(const std::string& name, const std::vector<std::uint32_t>& dims, float deviation) {
        std::size_t count = 1;
        for (const std::uint32_t d : dims) count *= d;
        std::vector<float> values(count);
        for (float& v : values) v = gaussian() * deviation;
        floats(name, dims, values);
    }

    /// The file's bytes, as 8-byte words so that they are aligned.
    [[nodiscard]] std::vector<std::uint64_t> build() const {
        const std::size_t table = 64 + sections_.size() * 128;
        std::size_t size = padded(table);
        for (const Section& s : sections_) size += padded(s.bytes.size());
        std::vector<std::uint64_t> out(size / 8, 0);
        auto* const raw = reinterpret_cast<std::byte*>(out.data());
        std::memcpy(raw, "KADESHM1", 8);
        put<std::uint32_t>(raw + 8, 1);
        put<std::uint32_t>(raw + 12, static_cast<std::uint32_t>(sections_.size()));
        put<std::uint64_t>(raw + 16, size);
        std::size_t offset = padded(table);
        for (std::size_t i = 0; i < sections_.size(); ++i) {
            const Section& s = sections_[i];
            std::byte* const entry = raw + 64 + i * 128;
            std::memcpy(entry, s.name.data(), s.name.size());
            put<std::uint32_t>(entry + 64, s.dtype);
            put<std::uint32_t>(entry + 68, static_cast<std::uint32_t>(s.dims.size()));
            for (std::size_t k = 0; k < 4; ++k) {
                put<std::uint32_t>(entry + 72 + 4 * k, k < s.dims.size() ? s.dims[k] : 1);
            }
            put<std::uint64_t>(entry + 88, offset);
            put<std::uint64_t>(entry + 96, s.bytes.size());
            if (!s.bytes.empty()) std::memcpy(raw + offset, s.bytes.data(), s.bytes.size());
            offset += padded(s.bytes.size());
        }
        seal(out);
        return out;
    }

    /// Renews the checksum after a change.
    static void seal(std::vector<std::uint64_t>& file) {
        std::uint64_t h = 0xcbf29ce484222325ULL;
        for (std::size_t i = 8; i < file.size(); ++i) h = (h ^ file[i]) * 0x100000001b3ULL;
        file[3] = h;
    }

  private:
    struct Section {
        std::string name;
        std::uint32_t dtype;
        std::vector<std::uint32_t> dims;
        std::vector<std::byte> bytes;
    };

    static std::size_t padded(std::size_t n) { return (n + 63) / 64 * 64; }
    template <typename T> static void put(std::byte* at, T value) { std::memcpy(at, &value, sizeof value); }
    void add(const std::string& name, std::uint32_t dtype, const std::vector<std::uint32_t>& dims, const void* data,
             std::size_t size) {
        const auto* const bytes = static_cast<const std::byte*>(data);
        sections_.push_back({name, dtype, dims, {bytes, bytes + size}});
    }
    float gaussian() {
        // Box and Muller by hand: the standard library's distributions differ between libraries.
        const double u = (static_cast<double>(random_()) + 1.0) / 4294967297.0;
        const double v = static_cast<double>(random_()) / 4294967296.0;
        return static_cast<float>(std::sqrt(-2.0 * std::log(u)) * std::cos(6.283185307179586 * v));
    }

    std::vector<Section> sections_;
    std::mt19937 random_{7};
};

inline std::span<const std::byte> bytes_of(const std::vector<std::uint64_t>& file) {
    return std::as_bytes(std::span(file));
}

struct EncoderSize {
    std::uint32_t words = 40, layers = 2, hidden = 64, heads = 4, ffn = 96, positions = 64, shapes = 19;
    std::uint32_t arc = 32, rel = 16;
};

/// Sections `config`, `emb.*` and `layer.*` with random weights.
inline void add_encoder(ModelBuilder& b, const EncoderSize& n = {}) {
    b.text("config", "encoder = transformer\nlayers = " + std::to_string(n.layers) +
                         "\nhidden = " + std::to_string(n.hidden) + "\nheads = " + std::to_string(n.heads) +
                         "\nffn = " + std::to_string(n.ffn) + "\nmax_positions = " + std::to_string(n.positions) +
                         "\nshapes = " + std::to_string(n.shapes) + "\narc_dim = " + std::to_string(n.arc) +
                         "\nrel_dim = " + std::to_string(n.rel) + "\nname = test\nversion = 1\n");
    std::vector<std::int8_t> word(std::size_t{n.words} * n.hidden);
    std::uint32_t state = 1;
    for (std::int8_t& w : word) {
        state = state * 1664525u + 1013904223u;
        w = static_cast<std::int8_t>(static_cast<int>(state >> 24) - 128);
    }
    b.bytes("emb.word", {n.words, n.hidden}, word);
    b.floats("emb.word.scale", {n.words}, std::vector<float>(n.words, 0.01f));
    b.random("emb.position", {n.positions, n.hidden}, 0.3f);
    b.random("emb.shape", {n.shapes, n.hidden}, 0.3f);
    const auto norm = [&b, &n](const std::string& name) {
        b.floats(name + ".weight", {n.hidden}, std::vector<float>(n.hidden, 1.1f));
        b.random(name + ".bias", {n.hidden}, 0.1f);
    };
    const auto linear = [&b](const std::string& name, std::uint32_t out, std::uint32_t in) {
        b.random(name + ".weight", {out, in}, 1.5f / std::sqrt(static_cast<float>(in)));
        b.random(name + ".bias", {out}, 0.1f);
    };
    norm("emb.norm");
    for (std::uint32_t k = 0; k < n.layers; ++k) {
        const std::string layer = "layer." + std::to_string(k) + ".";
        linear(layer + "attn.qkv", 3 * n.hidden, n.hidden);
        linear(layer + "attn.out", n.hidden, n.hidden);
        norm(layer + "attn.norm");
        linear(layer + "ffn.up", n.ffn, n.hidden);
        linear(layer + "ffn.down", n.hidden, n.ffn);
        norm(layer + "ffn.norm");
    }
}

struct WordEncoderSize {
    std::uint32_t pieces = 40, words = 6, affixes = 31, shapes = 10, embedding = 32, hidden = 64, mix = 48, layers = 2;
    std::uint32_t heads = 4, ffn = 96, reach = 5, positions = 24, arc = 32, rel = 16;
};

/// Sections `config`, `emb.*`, `type`, `mixed`, `layer.*` and `norm` of the narrow network with random weights.
inline void add_word_encoder(ModelBuilder& b, const WordEncoderSize& n = {}) {
    std::string config = "encoder = words\nrelations = sum\nname = test\nversion = 1\n";
    for (const auto& [key, value] : {std::pair{"embedding", n.embedding},
                                     {"hidden", n.hidden},
                                     {"mix", n.mix},
                                     {"layers", n.layers},
                                     {"heads", n.heads},
                                     {"ffn", n.ffn},
                                     {"reach", n.reach},
                                     {"max_positions", n.positions},
                                     {"shapes", n.shapes},
                                     {"arc_dim", n.arc},
                                     {"rel_dim", n.rel}}) {
        config += std::string(key) + " = " + std::to_string(value) + "\n";
    }
    b.text("config", config);
    std::uint32_t state = 1;
    for (const auto& [name, rows] :
         {std::pair{"emb.piece", n.pieces}, {"emb.word", n.words}, {"emb.affix", n.affixes}}) {
        std::vector<std::int8_t> values(std::size_t{rows} * n.embedding);
        for (std::int8_t& v : values) {
            state = state * 1664525u + 1013904223u;
            v = static_cast<std::int8_t>(static_cast<int>(state >> 24) - 128);
        }
        b.bytes(name, {rows, n.embedding}, values);
        b.floats(std::string(name) + ".scale", {rows}, std::vector<float>(rows, 0.01f));
    }
    b.random("emb.shape", {n.shapes, n.embedding}, 0.3f);
    b.random("emb.class", {6, n.embedding}, 0.3f);
    const auto norm = [&b](const std::string& name, std::uint32_t width) {
        b.floats(name + ".weight", {width}, std::vector<float>(width, 1.1f));
        b.random(name + ".bias", {width}, 0.1f);
    };
    const auto linear = [&b](const std::string& name, std::uint32_t out, std::uint32_t in) {
        b.random(name + ".weight", {out, in}, 1.5f / std::sqrt(static_cast<float>(in)));
        b.random(name + ".bias", {out}, 0.1f);
    };
    norm("emb.norm", n.embedding);
    linear("type", 3 * n.mix + n.hidden, n.embedding);
    linear("mixed", n.hidden, n.mix);
    for (std::uint32_t k = 0; k < n.layers; ++k) {
        const std::string layer = "layer." + std::to_string(k) + ".";
        norm(layer + "attn.norm", n.hidden);
        linear(layer + "attn.qkv", 3 * n.hidden, n.hidden);
        b.random(layer + "attn.distance", {n.heads, 2 * n.reach + 1}, 0.5f);
        linear(layer + "attn.out", n.hidden, n.hidden);
        norm(layer + "ffn.norm", n.hidden);
        linear(layer + "ffn.up", n.ffn, n.hidden);
        b.random(layer + "ffn.near.weight", {3, n.ffn}, 0.6f);
        b.random(layer + "ffn.near.bias", {n.ffn}, 0.1f);
        linear(layer + "ffn.down", n.hidden, n.ffn);
    }
    norm("norm", n.hidden);
}

} // namespace kadesh::test
