// A complete model of random weights: it knows nothing, but every part of the language layer runs on it.
#pragma once

#include "../neural/model_builder.hpp"
#include "base/text_hash.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace kadesh::test {

inline constexpr const char* kSmallVocabulary =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\nminister\nun\n##able\n##e\n##s\na\nb\n##b\n.\n,\n'\n-\niran\nrussia\nsign\n##ed\n"
    "treaty\n\"\ncafe\n1\n##1\n2\n##2\nof\nand\nin\nto\nmoscow\nt\n##re\nn\n##t\nx\ny\nz\n";

/// Moscow is a place, Iran a place and a surname; docs/model-format.md, "Word types".
inline std::vector<std::uint32_t> class_table() {
    std::vector<std::uint32_t> table(8, 0);
    for (const auto& [word, bits] : {std::pair{"moscow", 4u}, {"iran", 6u}}) {
        const std::uint64_t hash = hash64(word);
        std::size_t at = hash % 8;
        while (table[at] != 0) at = (at + 1) % 8;
        table[at] = static_cast<std::uint32_t>(hash >> 38) << 6 | bits;
    }
    return table;
}

/// The two networks that a model file can hold.
enum class Network { Pieces, Words };

/// @param tests lines of the section `selftest`
inline ModelBuilder small_model(const std::string& tests = "", Network network = Network::Pieces) {
    ModelBuilder b;
    EncoderSize n;
    const auto linear = [&b](const std::string& name, std::uint32_t out, std::uint32_t in) {
        b.random("head." + name + ".weight", {out, in}, 0.2f);
        b.random("head." + name + ".bias", {out}, 0.1f);
    };
    if (network == Network::Words) {
        WordEncoderSize m;
        n.hidden = m.hidden;
        n.arc = m.arc;
        n.rel = m.rel;
        add_word_encoder(b, m);
        b.text("words", "unable\ncafe\ntreaty\nministers\nqwx\n");
        b.numbers32("class.table", class_table());
        linear("rel.out", 6, n.rel);
    } else {
        add_encoder(b, n);
        b.random("head.rel.biaffine", {6, n.rel + 1, n.rel + 1}, 0.3f);
    }
    b.text("vocab", kSmallVocabulary);
    b.text("labels.upos", "NOUN\nVERB\nPROPN\nPUNCT\nPART\n");
    b.text("labels.xpos", "NN\nVB\nNNP\nNNPS\n.\nPOS\n");
    b.text("labels.deprel", "root\nnsubj\nobj\nparataxis\npunct\nnmod:poss\n");
    b.text("labels.ner", "O\nB-PER\nI-PER\nB-ORG\nI-ORG\nB-LOC\nI-LOC\nB-MISC\nI-MISC\n");
    linear("upos", 5, n.hidden);
    linear("xpos", 6, n.hidden);
    linear("ner", 9, n.hidden);
    linear("arc.dep", n.arc, n.hidden);
    linear("arc.head", n.arc, n.hidden);
    linear("rel.dep", n.rel, n.hidden);
    linear("rel.head", n.rel, n.hidden);
    b.random("head.arc.biaffine", {n.arc + 1, n.arc}, 0.3f);
    std::vector<float> transitions(81, 0.0f);
    for (std::size_t to = 2; to < 9; to += 2) { // I-X only behind B-X and I-X
        for (std::size_t from = 0; from < 9; ++from) {
            if (from != to && from != to - 1) transitions[from * 9 + to] = -1e4f;
        }
    }
    b.floats("ner.transitions", {9, 9}, transitions);
    b.floats("ner.start", {9}, {0, 0, -1e4f, 0, -1e4f, 0, -1e4f, 0, -1e4f});
    b.floats("ner.end", {9}, std::vector<float>(9, 0.0f));
    b.text("lemma.forms",
           "'s\tPART\t's\nbe\tVERB\tbe\nher\tPRP\tshe\nmen\tNOUN\tman\nmen's\tNOUN\tmen's\nwas\tVERB\tbe\n");
    b.text("lemma.suffix", "NNPS\ts\t1\t\nNOUN\ties\t3\ty\nNOUN\ts\t1\t\nNOUN\tss\t0\t\nVERB\ted\t2\t\n");
    b.random("splitter.weights", {1024}, 0.3f);
    b.text("splitter.config", "classifier = logistic\n");
    b.text("selftest", tests);
    return b;
}

/// A file in the tests' temporary folder that goes away with the object.
class TemporaryFile {
  public:
    TemporaryFile(const std::string& path, const std::vector<std::uint64_t>& content) : path_(path) {
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size() * 8));
    }
    ~TemporaryFile() { std::remove(path_.c_str()); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

} // namespace kadesh::test
