#include "language/coref_words.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

namespace kadesh {
namespace {

// Sets names apart from nouns of the same letters.
constexpr std::uint64_t kNameSalt = 0x9e3779b97f4a7c15ULL;

constexpr std::array<std::string_view, 11> kKinds{"none", "person", "man",         "woman",    "group",     "place",
                                                  "time", "animal", "either-name", "man-name", "woman-name"};

bool is_name(WordKind kind) {
    return kind >= WordKind::EitherName;
}

} // namespace

std::uint64_t folded_hash(std::string_view word) {
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (const char c : word) h = (h ^ static_cast<unsigned char>(lower_ascii(c))) * 0x100000001b3ULL;
    h ^= h >> 29; // the table and the filters take the low bits
    return h == 0 ? 1 : h;
}

Result<CorefWords> CorefWords::parse(std::string_view lines) {
    CorefWords out;
    const auto count = static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')) + 1;
    out.slots_.resize(std::bit_ceil(2 * count + 2));
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, std::min(lines.find('\n'), lines.size()));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        if (line.empty()) continue;
        const std::size_t tab = line.find('\t');
        const std::string_view label = tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1);
        const auto* const kind = std::find(kKinds.begin() + 1, kKinds.end(), label);
        if (tab == std::string_view::npos || tab == 0 || kind == kKinds.end()) {
            return Error{ErrorCode::BadArtefact, "not a word and its kind: '" + std::string(line) + "'"};
        }
        const auto value = static_cast<WordKind>(kind - kKinds.begin());
        const std::uint64_t key = folded_hash(line.substr(0, tab));
        out.insert(is_name(value) ? key ^ kNameSalt : key, value);
    }
    return out;
}

void CorefWords::insert(std::uint64_t key, WordKind kind) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(key) & mask;
    while (slots_[at].kind != WordKind::None && slots_[at].key != key) at = (at + 1) & mask;
    slots_[at] = {key, kind};
}

WordKind CorefWords::find(std::uint64_t key) const {
    if (slots_.empty()) return WordKind::None;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = static_cast<std::size_t>(key) & mask;; at = (at + 1) & mask) {
        if (slots_[at].kind == WordKind::None) return WordKind::None;
        if (slots_[at].key == key) return slots_[at].kind;
    }
}

WordKind CorefWords::noun(std::string_view lemma) const {
    return find(folded_hash(lemma));
}

WordKind CorefWords::given_name(std::string_view word) const {
    return find(folded_hash(word) ^ kNameSalt);
}

} // namespace kadesh
