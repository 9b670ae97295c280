#include "ledger/signature.hpp"

#include "base/ascii.hpp"
#include "base/text_hash.hpp"
#include "ledger/word_tables.hpp"

#include <algorithm>
#include <cmath>

namespace kadesh::ledger {
namespace {

bool is_word_byte(char c) {
    return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool ends_with(std::string_view word, std::string_view ending, std::size_t least) {
    return word.size() >= least + ending.size() && word.ends_with(ending);
}

std::uint32_t word_hash(std::string_view word) {
    return static_cast<std::uint32_t>(hash64(stem(word)) >> 32);
}

constexpr std::uint32_t kEmptyBin = 0xFFFFFFFFU;

} // namespace

std::vector<std::string_view> comparison_words(std::string_view text, std::string& storage) {
    storage.resize(text.size());
    std::vector<std::string_view> words;
    words.reserve(text.size() / 6 + 1);
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_word_byte(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = used;
        // The typographic apostrophe is three bytes that would pass as letters.
        for (; at < text.size() && is_word_byte(text[at]); ++at) {
            const std::string_view rest = text.substr(at);
            if (rest.starts_with("\xE2\x80")) break;
            storage[used++] = lower_ascii(text[at]);
        }
        if (at < text.size() && text.substr(at).starts_with("\xE2\x80"))
            at += std::min<std::size_t>(3, text.size() - at);
        const std::string_view word(storage.data() + begin, used - begin);
        if (!word.empty() && word != "s") words.push_back(word);
    }
    return words;
}

std::string_view stem(std::string_view word) {
    if (ends_with(word, "ies", 3)) return word.substr(0, word.size() - 3);
    if (ends_with(word, "y", 4)) return word.substr(0, word.size() - 1);
    if (ends_with(word, "ing", 4)) return word.substr(0, word.size() - 3);
    if (ends_with(word, "ed", 3)) return word.substr(0, word.size() - 2);
    if (ends_with(word, "es", 4)) return word.substr(0, word.size() - 2);
    if (ends_with(word, "s", 3) && !word.ends_with("ss")) word.remove_suffix(1);
    if (ends_with(word, "e", 4)) word.remove_suffix(1);
    return word;
}

bool is_function_word(std::string_view word) {
    return function_words().contains(word);
}

std::vector<std::uint32_t> content_words(std::string_view text, std::size_t most) {
    std::string storage;
    std::vector<std::uint32_t> hashes;
    for (const std::string_view word : comparison_words(text, storage)) {
        if (hashes.size() == most) break;
        if (is_function_word(word)) continue;
        hashes.push_back(word_hash(word));
    }
    std::ranges::sort(hashes);
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    return hashes;
}

std::uint8_t word_weight(std::uint32_t word) {
    constexpr std::uint8_t kRare = 100;
    const auto found = word_weights().find(word);
    return found == word_weights().end() ? kRare : found->second;
}

std::vector<WeighedWord> weightiest_words(std::string_view text, std::size_t most) {
    std::string storage;
    std::vector<std::uint32_t> hashes;
    for (const std::string_view word : comparison_words(text, storage))
        if (!is_function_word(word)) hashes.push_back(word_hash(word));
    std::ranges::sort(hashes);
    // Hundredths of 1 + ln(n) for n occurrences: whole numbers, the same on every machine.
    constexpr std::array<std::uint16_t, 11> kOften{0, 100, 169, 210, 239, 261, 279, 295, 308, 320, 330};
    std::vector<WeighedWord> words;
    for (std::size_t at = 0; at < hashes.size();) {
        std::size_t end = at;
        while (end < hashes.size() && hashes[end] == hashes[at]) ++end;
        const int often = kOften[std::min(end - at, kOften.size() - 1)];
        words.push_back({hashes[at], static_cast<std::uint16_t>(often * word_weight(hashes[at]) / 100)});
        at = end;
    }
    std::ranges::sort(words, [](const WeighedWord& x, const WeighedWord& y) {
        return x.weight != y.weight ? x.weight > y.weight : x.word < y.word;
    });
    if (words.size() > most) words.resize(most);
    std::ranges::sort(words, {}, &WeighedWord::word);
    return words;
}

namespace {
std::size_t shared(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    std::size_t n = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j])
            ++n, ++i, ++j;
        else if (a[i] < b[j])
            ++i;
        else
            ++j;
    }
    return n;
}
} // namespace

double jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    const std::size_t both = shared(a, b);
    const std::size_t any = a.size() + b.size() - both;
    return any == 0 ? 0 : static_cast<double>(both) / static_cast<double>(any);
}

double overlap(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    const std::size_t least = std::min(a.size(), b.size());
    return least == 0 ? 0 : static_cast<double>(shared(a, b)) / static_cast<double>(least);
}

Signature signature_of(std::string_view text) {
    std::string storage;
    const auto words = comparison_words(text, storage);
    Signature bins{};
    if (words.size() < 3) return bins;
    bins.fill(kEmptyBin);
    std::uint64_t before = mixed(hash64(words[0]));
    std::uint64_t last = mixed(hash64(words[1]));
    for (std::size_t i = 2; i < words.size(); ++i) {
        const std::uint64_t now = mixed(hash64(words[i]));
        const std::uint64_t run = mixed(before * 3 + last * 5 + now * 7);
        std::uint32_t& bin = bins[(run >> 32) % kSignatureBins];
        bin = std::min(bin, static_cast<std::uint32_t>(run) & 0x7FFFFFFFU);
        before = last;
        last = now;
    }
    const Signature filled = bins;
    for (std::size_t i = 0; i < kSignatureBins; ++i) {
        for (std::size_t step = 1; bins[i] == kEmptyBin && step < kSignatureBins; ++step) {
            const std::uint32_t other = filled[(i + step) % kSignatureBins];
            if (other != kEmptyBin)
                bins[i] = static_cast<std::uint32_t>(mixed(other + (std::uint64_t{step} << 32))) & 0x7FFFFFFFU;
        }
    }
    for (std::uint32_t& bin : bins) ++bin; // zero stays the mark of no signature
    return bins;
}

double likeness(const Signature& a, const Signature& b) {
    if (a[0] == 0 || b[0] == 0) return 0;
    std::size_t same = 0;
    for (std::size_t i = 0; i < kSignatureBins; ++i) same += a[i] == b[i] ? 1U : 0U;
    return static_cast<double>(same) / static_cast<double>(kSignatureBins);
}

std::array<std::int64_t, kBands> bands_of(const Signature& signature) {
    constexpr std::size_t kRows = kSignatureBins / kBands;
    std::array<std::int64_t, kBands> keys{};
    for (std::size_t band = 0; band < kBands; ++band) {
        std::uint64_t key = band + 1;
        for (std::size_t row = 0; row < kRows; ++row) key = mixed(key ^ signature[band * kRows + row]);
        keys[band] = static_cast<std::int64_t>(key >> 16); // 48 bits: shorter in the file
    }
    return keys;
}

std::string packed(const Signature& signature) {
    std::string bytes;
    bytes.reserve(kSignatureBins * 4);
    for (const std::uint32_t bin : signature)
        for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((bin >> shift) & 0xFF);
    return bytes;
}

Signature unpacked_signature(std::string_view bytes) {
    Signature signature{};
    if (bytes.size() != kSignatureBins * 4) return signature;
    for (std::size_t i = 0; i < kSignatureBins; ++i)
        for (std::size_t byte = 4; byte-- > 0;)
            signature[i] = (signature[i] << 8) | static_cast<unsigned char>(bytes[i * 4 + byte]);
    return signature;
}

} // namespace kadesh::ledger
