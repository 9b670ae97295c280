#include "language/word_pieces.hpp"

#include "base/text_hash.hpp"
#include "base/utf8.hpp"
#include "language/unicode.hpp"

#include <algorithm>
#include <bit>

namespace kadesh {
namespace {

/// Punctuation as BERT counts it: every printable ASCII character that is no letter or digit, and Unicode's.
bool is_piece_punctuation(char32_t c) {
    if (c < 128) {
        const CharClass kind = char_class(c);
        return kind == CharClass::Punctuation || kind == CharClass::Symbol;
    }
    return char_class(c) == CharClass::Punctuation;
}

} // namespace

std::uint8_t word_shape(std::string_view word, bool first_in_sentence) {
    std::size_t letters = 0, capitals = 0, digits = 0;
    bool first_letter_capital = false, number = true;
    for (std::size_t i = 0; i < word.size();) {
        const CodePoint c = decode_utf8(word, i);
        const CharClass kind = char_class(c.value);
        if (is_letter(kind)) {
            if (letters == 0) first_letter_capital = kind == CharClass::Capital;
            ++letters;
            capitals += kind == CharClass::Capital;
        } else if (kind == CharClass::Digit) {
            ++digits;
        }
        const bool in_number = kind == CharClass::Digit || c.value == '.' || c.value == ',' || c.value == ':' ||
                               c.value == '-' || c.value == '/' || c.value == '%';
        number = number && in_number;
        i += c.bytes;
    }
    if (letters == 0) return digits == 0 ? 0 : number ? 7 : 8;
    if (digits > 0) return 8;
    if (capitals == 0) return 1;
    if (capitals == letters) return capitals == 1 ? 4 : 5;
    if (capitals == 1 && first_letter_capital) return first_in_sentence ? 2 : 3;
    return 6;
}

void WordPieces::Table::build(const std::vector<std::pair<std::string_view, std::uint32_t>>& pieces) {
    slots_.assign(std::bit_ceil(2 * pieces.size() + 1), {});
    const std::size_t mask = slots_.size() - 1;
    for (const auto& [piece, id] : pieces) {
        std::size_t at = hash64(piece) & mask;
        while (!slots_[at].piece.empty()) at = (at + 1) & mask;
        slots_[at] = {piece, id};
    }
}

const std::uint32_t* WordPieces::Table::find(std::string_view piece) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash64(piece) & mask; !slots_[at].piece.empty(); at = (at + 1) & mask) {
        if (slots_[at].piece == piece) return &slots_[at].id;
    }
    return nullptr;
}

Result<WordPieces> WordPieces::load(const neural::ModelFile& file, std::uint32_t words) {
    const Result<std::string_view> text = file.text("vocab");
    if (!text) return text.error();
    WordPieces out;
    std::vector<std::pair<std::string_view, std::uint32_t>> first, rest;
    bool has_unk = false, has_cls = false, has_sep = false;
    std::uint32_t id = 0;
    for (std::string_view left = *text; !left.empty(); ++id) {
        const std::size_t end = std::min(left.find('\n'), left.size());
        std::string_view piece = left.substr(0, end);
        left.remove_prefix(std::min(end + 1, left.size()));
        if (piece.empty()) return Error{ErrorCode::BadArtefact, file.name() + ": vocab: an empty line"};
        const auto special = [&](std::string_view name, std::uint32_t& where, bool& found) {
            if (piece != name) return;
            where = id;
            found = true;
        };
        special("[UNK]", out.unk_, has_unk);
        special("[CLS]", out.cls_, has_cls);
        special("[SEP]", out.sep_, has_sep);
        const bool continues = piece.size() > 2 && piece.starts_with("##");
        if (continues) piece.remove_prefix(2);
        (continues ? rest : first).emplace_back(piece, id);
        out.longest_ = std::max(out.longest_, piece.size());
    }
    if (id != words || !has_unk || !has_cls || !has_sep) {
        return Error{ErrorCode::BadArtefact, file.name() + ": vocab: has " + std::to_string(id) + " lines, expected " +
                                                 std::to_string(words) + " with [UNK], [CLS] and [SEP]"};
    }
    out.first_.build(first);
    out.rest_.build(rest);
    return out;
}

void WordPieces::encode_chunk(std::string_view chunk, std::vector<std::uint32_t>& out) const {
    const std::size_t before = out.size();
    for (std::size_t start = 0; start < chunk.size();) {
        std::size_t end = std::min(chunk.size(), start + longest_);
        const std::uint32_t* found = nullptr;
        for (; end > start; --end) {
            if (end < chunk.size() && is_continuation_byte(chunk[end])) continue;
            found = (start == 0 ? first_ : rest_).find(chunk.substr(start, end - start));
            if (found != nullptr) break;
        }
        if (found == nullptr) {
            out.resize(before);
            out.push_back(unk_);
            return;
        }
        out.push_back(*found);
        start = end;
    }
}

void WordPieces::encode(std::string_view word, std::vector<std::uint32_t>& out, Scratch& scratch) const {
    std::string& folded = scratch.folded;
    folded.clear();
    for (std::size_t i = 0; i < word.size();) {
        const CodePoint c = decode_utf8(word, i);
        append_folded(folded, c.value);
        i += c.bytes;
    }
    const std::size_t before = out.size();
    std::size_t start = 0;
    for (std::size_t i = 0; i < folded.size();) {
        const CodePoint c = decode_utf8(folded, i);
        const bool space = char_class(c.value) == CharClass::Space;
        if (space || is_piece_punctuation(c.value)) {
            if (i > start) encode_chunk(std::string_view(folded).substr(start, i - start), out);
            if (!space) encode_chunk(std::string_view(folded).substr(i, c.bytes), out);
            start = i + c.bytes;
        }
        i += c.bytes;
    }
    if (start < folded.size()) encode_chunk(std::string_view(folded).substr(start), out);
    if (out.size() == before) out.push_back(unk_);
    if (out.size() > before + kMaxPieces) out.resize(before + kMaxPieces);
}

} // namespace kadesh
