#include "language/word_types.hpp"

#include "base/text_hash.hpp"
#include "base/utf8.hpp"
#include "language/unicode.hpp"

#include <algorithm>
#include <bit>

namespace kadesh {
namespace {

constexpr std::uint8_t kRootShape = 9;

struct Affix {
    bool end;
    std::size_t characters;
};
constexpr Affix kAffixKinds[neural::kAffixes] = {{false, 2}, {false, 3}, {true, 2}, {true, 3}, {true, 4}};

/// FNV-1a of 32 bits over the affix's kind and its bytes.
std::uint32_t affix_hash(std::size_t kind, std::string_view part) {
    std::uint32_t h = 0x811c9dc5u;
    const auto add = [&h](unsigned char byte) { h = (h ^ byte) * 0x01000193u; };
    add(static_cast<unsigned char>(kind));
    for (const char c : part) add(static_cast<unsigned char>(c));
    return h;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
    std::size_t end = 0;
    for (; count > 0 && end < text.size(); --count) end += decode_utf8(text, end).bytes;
    return text.substr(0, end);
}

std::string_view last_characters(std::string_view text, std::size_t count) {
    std::size_t start = text.size();
    for (; count > 0 && start > 0; --count) {
        do --start;
        while (start > 0 && is_continuation_byte(text[start]));
    }
    return text.substr(start);
}

} // namespace

Result<WordTypes> WordTypes::load(const neural::ModelFile& file, const neural::WordEncoder& encoder) {
    const auto bad = [&file](const std::string& what) {
        return Error{ErrorCode::BadArtefact, file.name() + ": " + what};
    };
    Result<WordPieces> pieces = WordPieces::load(file, encoder.pieces());
    if (!pieces) return pieces.error();
    const Result<std::string_view> words = file.text("words");
    if (!words) return words.error();
    WordTypes out(std::move(pieces).value());
    if (encoder.shapes() <= kRootShape) return bad("config: shapes is too small");
    out.affix_rows_ = encoder.affixes();
    const neural::Section* const classes = file.find("class.table");
    if (classes == nullptr || classes->dtype != neural::DType::U32 || classes->rank != 1 ||
        !std::has_single_bit(classes->dims[0])) {
        return bad("class.table: not a table of a power of two of numbers");
    }
    out.classes_ = reinterpret_cast<const std::uint32_t*>(classes->bytes.data());
    out.class_mask_ = classes->dims[0] - 1;
    if (std::find(out.classes_, out.classes_ + out.class_mask_ + 1, 0u) == out.classes_ + out.class_mask_ + 1) {
        return bad("class.table: full");
    }
    std::uint32_t row = 1;
    for (std::string_view left = *words; !left.empty(); ++row) {
        const std::size_t end = std::min(left.find('\n'), left.size());
        out.words_.emplace(left.substr(0, end), row);
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    if (row != encoder.words()) {
        return bad("words: has " + std::to_string(row - 1) + " lines, expected " + std::to_string(encoder.words() - 1));
    }
    return out;
}

std::uint8_t WordTypes::classes_of(std::string_view folded) const {
    const std::uint64_t hash = hash64(folded);
    for (std::size_t at = hash & class_mask_; classes_[at] != 0; at = (at + 1) & class_mask_) {
        if (classes_[at] >> neural::kClasses == hash >> 38) {
            return static_cast<std::uint8_t>(classes_[at] & ((1u << neural::kClasses) - 1));
        }
    }
    return 0;
}

neural::WordType WordTypes::of(std::string_view word, bool first, std::vector<std::uint32_t>& pieces,
                               Scratch& scratch) const {
    neural::WordType type;
    type.first_piece = static_cast<std::uint32_t>(pieces.size());
    pieces_.encode(word, pieces, scratch.pieces);
    type.pieces = static_cast<std::uint32_t>(pieces.size()) - type.first_piece;
    std::string& folded = scratch.folded;
    folded.clear();
    for (std::size_t i = 0; i < word.size();) {
        const CodePoint c = decode_utf8(word, i);
        append_folded(folded, c.value);
        i += c.bytes;
    }
    const auto known = words_.find(folded);
    type.word = known == words_.end() ? 0 : known->second;
    for (std::size_t k = 0; k < neural::kAffixes; ++k) {
        const auto [end, count] = kAffixKinds[k];
        const std::string_view part = end ? last_characters(folded, count) : first_characters(folded, count);
        type.affixes[k] = affix_hash(k, part) % affix_rows_;
    }
    type.shape = word_shape(word, first);
    type.classes = classes_of(folded);
    return type;
}

neural::WordType WordTypes::root(std::vector<std::uint32_t>& pieces) const {
    neural::WordType type;
    type.first_piece = static_cast<std::uint32_t>(pieces.size());
    type.pieces = 1;
    pieces.push_back(pieces_.cls());
    type.shape = kRootShape;
    return type;
}

} // namespace kadesh
