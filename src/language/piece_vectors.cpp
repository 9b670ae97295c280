#include "language/piece_vectors.hpp"

#include <algorithm>
#include <string>

namespace kadesh {

Result<PieceVectors> PieceVectors::load(const neural::ModelFile& file) {
    Result<neural::Encoder> encoder = neural::Encoder::load(file);
    if (!encoder) return encoder.error();
    Result<WordPieces> pieces = WordPieces::load(file, encoder->words());
    if (!pieces) return pieces.error();
    if (encoder->max_positions() < kMaxPieces + 2 || encoder->shapes() < 19) {
        return Error{ErrorCode::BadArtefact, file.name() + ": config: max_positions or shapes is too small"};
    }
    return PieceVectors(std::move(encoder).value(), std::move(pieces).value());
}

void PieceVectors::cut(std::span<const SentenceSlot> sentences, std::vector<SentenceWindow>& windows,
                       Scratch& s) const {
    windows.clear();
    s.pieces.clear();
    s.shapes.clear();
    s.counts.clear();
    const std::uint32_t room = encoder_.max_positions();
    for (std::size_t k = 0; k < sentences.size(); ++k) {
        const TokenRange tokens = sentences[k].tokens;
        if (tokens.size() == 0) continue;
        // [CLS] and [SEP] take two rows.
        SentenceWindow window{k, {tokens.first, tokens.first}, 2, s.pieces.size(), s.counts.size()};
        for (Token t = tokens.first; t < tokens.last; ++t) {
            const std::string_view form = sentences[k].annotation->form[t];
            const std::size_t before = s.pieces.size();
            pieces_.encode(form, s.pieces, s.word_pieces);
            const auto count = static_cast<std::uint32_t>(s.pieces.size() - before);
            const auto shape = static_cast<std::uint8_t>(2 * word_shape(form, t == tokens.first));
            s.shapes.push_back(shape);
            s.shapes.insert(s.shapes.end(), count - 1, static_cast<std::uint8_t>(shape + 1));
            if (window.rows + count > room) {
                windows.push_back(window);
                window = {k, {t, t}, 2, before, s.counts.size()};
            }
            s.counts.push_back(static_cast<std::uint8_t>(count));
            window.tokens.last = t + 1;
            window.rows += count;
        }
        windows.push_back(window);
    }
}

/// Row 0 of each window: the vector of [CLS], which stands for the root; then its words', means over their pieces.
void PieceVectors::pool(const float* encoded, std::span<const SentenceWindow> windows, Scratch& s) const {
    const std::size_t hidden = encoder_.hidden();
    std::size_t word = windows.front().first_word;
    float* out = s.vectors.data();
    for (const SentenceWindow& window : windows) {
        std::copy(encoded, encoded + hidden, out);
        out += hidden;
        encoded += hidden;
        for (Token t = window.tokens.first; t < window.tokens.last; ++t, out += hidden) {
            const std::size_t count = s.counts[word++];
            std::copy(encoded, encoded + hidden, out);
            for (std::size_t p = 1; p < count; ++p) {
                for (std::size_t i = 0; i < hidden; ++i) out[i] += encoded[p * hidden + i];
            }
            if (count > 1) {
                const float share = 1.0f / static_cast<float>(count);
                for (std::size_t i = 0; i < hidden; ++i) out[i] *= share;
            }
            encoded += count * hidden;
        }
        encoded += hidden; // [SEP]
    }
}

const float* PieceVectors::run(std::span<const SentenceSlot>, std::span<const SentenceWindow> windows,
                               Scratch& s) const {
    const auto edge = static_cast<std::uint8_t>(encoder_.shapes() - 1);
    s.ids.clear();
    s.id_shapes.clear();
    s.sequences.clear();
    std::size_t vectors = 0;
    for (const SentenceWindow& window : windows) {
        const auto begin = static_cast<std::uint32_t>(s.ids.size());
        const auto from = static_cast<std::ptrdiff_t>(window.first_part);
        const auto to = from + static_cast<std::ptrdiff_t>(window.rows - 2);
        s.ids.push_back(pieces_.cls());
        s.ids.insert(s.ids.end(), s.pieces.begin() + from, s.pieces.begin() + to);
        s.ids.push_back(pieces_.sep());
        s.id_shapes.push_back(edge);
        s.id_shapes.insert(s.id_shapes.end(), s.shapes.begin() + from, s.shapes.begin() + to);
        s.id_shapes.push_back(edge);
        s.sequences.push_back({begin, window.rows});
        vectors += 1 + window.tokens.size();
    }
    const float* const encoded = encoder_.run(s.ids, s.id_shapes, s.sequences, s.encoder);
    s.vectors.reserve(vectors * encoder_.hidden());
    pool(encoded, windows, s);
    return s.vectors.data();
}

} // namespace kadesh
