#include "language/type_vectors.hpp"

#include <algorithm>

namespace kadesh {

Result<TypeVectors> TypeVectors::load(const neural::ModelFile& file) {
    Result<neural::WordEncoder> encoder = neural::WordEncoder::load(file);
    if (!encoder) return encoder.error();
    Result<WordTypes> types = WordTypes::load(file, *encoder);
    if (!types) return types.error();
    if (encoder->max_positions() > TypeMemory::kCapacity / 8) {
        return Error{ErrorCode::BadArtefact, file.name() + ": config: max_positions is too large"};
    }
    return TypeVectors(std::move(encoder).value(), std::move(types).value());
}

void TypeVectors::cut(std::span<const SentenceSlot> sentences, std::vector<SentenceWindow>& windows, Scratch&) const {
    windows.clear();
    const std::uint32_t room = encoder_.max_positions() - 1;
    for (std::size_t k = 0; k < sentences.size(); ++k) {
        const TokenRange tokens = sentences[k].tokens;
        for (Token t = tokens.first; t < tokens.last; t += room) {
            const Token last = std::min(t + room, tokens.last);
            windows.push_back({k, {t, last}, last - t + 1, 0, 0});
        }
    }
}

const float* TypeVectors::run(std::span<const SentenceSlot> sentences, std::span<const SentenceWindow> windows,
                              Scratch& s) const {
    std::size_t total = 0;
    for (const SentenceWindow& window : windows) total += window.rows;
    // Never within a batch: the rows of its types must stay.
    if (s.memory.width() != encoder_.type_width() || !s.memory.has_room(total)) s.memory.reset(encoder_.type_width());
    s.rows.clear();
    s.sequences.clear();
    s.fresh.clear();
    s.fresh_rows.clear();
    s.pieces.clear();
    for (const SentenceWindow& window : windows) {
        s.sequences.push_back({static_cast<std::uint32_t>(s.rows.size()), window.rows});
        const Annotation& a = *sentences[window.sentence].annotation;
        const Token start = sentences[window.sentence].tokens.first;
        const TypeMemory::Found root = s.memory.find({}, true); // no word is empty
        if (root.fresh) {
            s.fresh.push_back(types_.root(s.pieces));
            s.fresh_rows.push_back(root.row);
        }
        s.rows.push_back(root.row);
        for (Token t = window.tokens.first; t < window.tokens.last; ++t) {
            const TypeMemory::Found found = s.memory.find(a.form[t], t == start);
            if (found.fresh) {
                s.fresh.push_back(types_.of(a.form[t], t == start, s.pieces, s.types));
                s.fresh_rows.push_back(found.row);
            }
            s.rows.push_back(found.row);
        }
    }
    if (!s.fresh.empty()) encoder_.embed(s.fresh, s.pieces, s.fresh_rows, s.encoder);
    return encoder_.run(s.rows, s.sequences, s.encoder);
}

} // namespace kadesh
