#include "language/sentence_splitter.hpp"

#include "base/text_hash.hpp"
#include "base/utf8.hpp"
#include "language/abbreviations.hpp"
#include "language/unicode.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace kadesh {
namespace {

enum Shape : std::uint8_t {
    kNoWord,
    kLower,
    kTitle,
    kInitial,
    kCaps,
    kMixed,
    kNumber,
    kAlnum,
    kStop,
    kMark,
    kEllipsis,
    kColon,
    kSemicolon,
    kComma,
    kDash,
    kOpenQuote,
    kCloseQuote,
    kPlainQuote,
    kApostrophe,
    kOpenBracket,
    kCloseBracket,
    kBullet,
    kOtherPunct
};

Shape shape_of(std::string_view form) {
    std::size_t letters = 0, capitals = 0, digits = 0, count = 0;
    bool first_capital = false;
    for (std::size_t i = 0; i < form.size();) {
        const CodePoint c = decode_utf8(form, i);
        const CharClass kind = char_class(c.value);
        letters += is_letter(kind);
        capitals += kind == CharClass::Capital;
        digits += kind == CharClass::Digit;
        if (letters == 1 && kind == CharClass::Capital) first_capital = true;
        i += c.bytes;
        ++count;
    }
    if (letters > 0) {
        if (digits > 0) return kAlnum;
        if (capitals == 0) return kLower;
        if (capitals == letters) return letters == 1 ? kInitial : kCaps;
        return capitals == 1 && first_capital ? kTitle : kMixed;
    }
    if (digits > 0) return kNumber;
    const char32_t c = decode_utf8(form, 0).value;
    switch (c) {
    case '.': return count == 1 ? kStop : form.find_first_of("!?") == std::string_view::npos ? kEllipsis : kMark;
    case '!':
    case '?': return kMark;
    case U'\u2026': return kEllipsis;
    case ':': return count == 1 ? kColon : kOtherPunct;
    case ';': return count == 1 ? kSemicolon : kOtherPunct;
    case ',': return kComma;
    case '-':
    case U'\u2013':
    case U'\u2014': return kDash;
    case U'\u201C':
    case U'\u2018':
    case U'\u00AB': return kOpenQuote;
    case U'\u201D':
    case U'\u00BB': return kCloseQuote;
    case '"': return kPlainQuote;
    case '\'':
    case U'\u2019': return count == 2 ? kPlainQuote : kApostrophe;
    case '(':
    case '[':
    case '{': return kOpenBracket;
    case ')':
    case ']':
    case '}': return kCloseBracket;
    case '*':
    case '#':
    case U'\u2022':
    case U'\u00B7':
    case U'\u25CF':
    case U'\u25A0':
    case '>': return kBullet;
    default: return kOtherPunct;
    }
}

std::uint64_t lowered_hash(std::string_view form) {
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (const char c : form) {
        char plain = c;
        if (c >= 'A' && c <= 'Z') plain = static_cast<char>(c + ('a' - 'A'));
        if (c >= '0' && c <= '9') plain = '0';
        h = (h ^ static_cast<unsigned char>(plain)) * 0x100000001b3ULL;
    }
    return h;
}

std::uint64_t bucket(std::uint64_t n) {
    return n <= 4 ? n : 3 + static_cast<std::uint64_t>(std::bit_width(n));
}

std::uint32_t mix(std::uint64_t kind, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) {
    std::uint64_t h = (kind + 1) * 0x9E3779B97F4A7C15ULL;
    for (const std::uint64_t v : {a, b, c}) {
        h = (h ^ v) * 0xBF58476D1CE4E5B9ULL;
        h ^= h >> 29;
    }
    return static_cast<std::uint32_t>(h >> 32);
}

std::uint64_t abbreviation_kind(std::string_view form) {
    if (form.size() < 2 || form.back() != '.') return 0;
    const std::string_view word = form.substr(0, form.size() - 1);
    if (const Abbreviation kind = abbreviation(word); kind != Abbreviation::None) {
        return 1 + static_cast<std::uint64_t>(kind);
    }
    if (word.size() == 1) return 20;
    return word.find('.') != std::string_view::npos ? 21 : 22;
}

} // namespace

BoundaryContext::BoundaryContext(std::string_view text, std::span<const RawWord> words) : raw_(words) {
    words_.resize(words.size());
    bool open = false;
    std::uint8_t brackets = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        Word& w = words_[i];
        w.form = text.substr(words[i].span.start, words[i].span.end - words[i].span.start);
        w.lowered = lowered_hash(w.form);
        w.shape = shape_of(w.form);
        if (words[i].has(RawWord::kBlankLineBefore)) {
            open = false;
            brackets = 0;
        }
        if (w.shape == kPlainQuote) open = !open;
        if (w.shape == kOpenQuote && w.form != "\u2018") open = true;
        if (w.shape == kCloseQuote) open = false;
        if (w.shape == kOpenBracket && brackets < 3) ++brackets;
        if (w.shape == kCloseBracket && brackets > 0) --brackets;
        w.quotes_open = open;
        w.brackets = brackets;
    }
    measure_lines();
}

void BoundaryContext::measure_lines() {
    line_.resize(raw_.size());
    std::size_t block = 0;
    const auto close_block = [&] {
        std::uint32_t widest = 0;
        for (std::size_t l = block; l < lines_.size(); ++l) widest = std::max(widest, lines_[l].width);
        for (std::size_t l = block; l < lines_.size(); ++l) {
            lines_[l].block_max = widest;
            lines_[l].block_lines = static_cast<std::uint32_t>(lines_.size() - block);
        }
        block = lines_.size();
    };
    for (std::size_t i = 0; i < raw_.size(); ++i) {
        if (i == 0 || raw_[i].has(RawWord::kNewlineBefore)) {
            if (i > 0 && raw_[i].has(RawWord::kBlankLineBefore)) close_block();
            lines_.emplace_back();
            line_begin_.push_back(static_cast<std::uint32_t>(i));
        }
        Line& line = lines_.back();
        line.width = raw_[i].span.end - raw_[line_begin_.back()].span.start;
        ++line.words;
        line_[i] = static_cast<std::uint32_t>(lines_.size() - 1);
    }
    close_block();
}

const BoundaryContext::Word& BoundaryContext::word(std::ptrdiff_t i) const {
    static const Word none{};
    return i < 0 || i >= static_cast<std::ptrdiff_t>(words_.size()) ? none : words_[static_cast<std::size_t>(i)];
}

bool BoundaryContext::certain(std::size_t i) const {
    return i + 1 >= raw_.size() || raw_[i + 1].has(RawWord::kBlankLineBefore);
}

bool BoundaryContext::candidate(std::size_t i) const {
    if (certain(i) || raw_[i + 1].has(RawWord::kClitic)) return false;
    if (raw_[i + 1].has(RawWord::kNewlineBefore)) return true;
    const Word& here = words_[i];
    switch (here.shape) {
    case kLower:
    case kTitle:
    case kCaps:
    case kMixed:
    case kNumber:
    case kAlnum:
    case kInitial:
        if (here.form.back() == '.') return raw_[i + 1].has(RawWord::kSpaceBefore);
        // A list's bullet may begin a sentence without a stop before it.
        return words_[i + 1].shape == kBullet && raw_[i + 1].has(RawWord::kSpaceBefore);
    case kComma:
    case kOpenBracket:
    case kOpenQuote: return false;
    case kStop:
    case kMark:
    case kEllipsis: return true;
    default: return raw_[i + 1].has(RawWord::kSpaceBefore);
    }
}

void BoundaryContext::features(std::size_t i, std::size_t begin, std::vector<std::uint32_t>& out) const {
    const auto at = static_cast<std::ptrdiff_t>(i);
    const Word& w0 = word(at);
    const Word &p1 = word(at - 1), &p2 = word(at - 2);
    const Word &n1 = word(at + 1), &n2 = word(at + 2), &n3 = word(at + 3);
    const RawWord& next = raw_[i + 1];
    const bool newline = next.has(RawWord::kNewlineBefore);
    const std::uint64_t gap = newline ? 2 : next.has(RawWord::kSpaceBefore) ? 1 : 0;
    const std::uint64_t abbreviated = abbreviation_kind(w0.form);
    const std::uint64_t length = bucket(i + 1 - begin);
    const std::uint64_t state = (w0.quotes_open ? 1u : 0u) | (w0.brackets > 0 ? 2u : 0u);
    // Shapes of the four words around and the gap carry most of the decision; forms refine it.
    std::uint64_t k = 0;
    const auto add = [&](std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) {
        out.push_back(mix(k++, a, b, c));
    };
    const std::uint64_t here = w0.shape | (abbreviated << 8) | (gap << 16);
    add(0);
    add(here);
    add(here, n1.shape);
    add(here, n1.shape, n2.shape);
    add(here, n1.shape, p1.shape);
    add(here, p1.shape | (std::uint64_t{p2.shape} << 8), n1.shape);
    add(here, n1.shape, state);
    add(here, length);
    add(here, n1.shape, length);
    add(w0.lowered, gap);
    add(w0.lowered, n1.shape, gap);
    add(n1.lowered, gap);
    add(n1.lowered, here);
    add(n1.lowered, n1.shape, here);
    add(n1.lowered, n2.lowered, here);
    add(n2.lowered, n1.shape, here);
    add(n2.shape | (std::uint64_t{n3.shape} << 8), n1.shape, here);
    add(p1.lowered, here);
    add(p1.lowered, n1.shape, here);
    add(p1.lowered, n1.lowered, here);
    add(p2.lowered, here, n1.shape);
    add(std::min<std::size_t>(w0.form.size(), 6), here, n1.shape);
    add(std::min<std::size_t>(p1.form.size(), 6), here, n1.shape);
    add(state, here);
    // The sentence so far.
    const Word& first = word(static_cast<std::ptrdiff_t>(begin));
    add(first.shape, here, n1.shape);
    add(first.lowered, here);
    // The line.
    const Line& line = lines_[line_[i]];
    const std::size_t place = i - line_begin_[line_[i]];
    add(bucket(place), here, n1.shape);
    if (newline) {
        const std::uint32_t needed = line.width + 1 + (next.span.end - next.span.start);
        const std::uint64_t fitted = line.block_lines < 3 ? 2u : needed <= line.block_max ? 1u : 0u;
        const std::uint64_t widest = line.block_max < 40 ? 0u : line.block_max < 110 ? 1u : 2u;
        const std::uint64_t layout = fitted | (widest << 4);
        const Line& following = lines_[line_[i + 1]];
        add(layout, bucket(line.words));
        add(layout, here, n1.shape);
        add(layout, here, n1.lowered);
        add(layout, p1.shape, here);
        add(layout, bucket(following.words), n1.shape);
        add(layout, bucket(line.words), bucket(following.words));
        add(layout, bucket(line.block_lines), here);
        const Word& line_first = word(static_cast<std::ptrdiff_t>(line_begin_[line_[i]]));
        add(line_first.shape, n1.shape, layout);
    }
}

Result<SentenceSplitter> SentenceSplitter::load(const neural::ModelFile& file) {
    const neural::Section* const section = file.find("splitter.weights");
    if (section == nullptr) return Error{ErrorCode::BadArtefact, file.name() + ": section splitter.weights is missing"};
    Result<std::vector<float>> weights = file.floats("splitter.weights", {section->dims[0]});
    if (!weights) return weights.error();
    if (!std::has_single_bit(weights->size())) {
        return Error{ErrorCode::BadArtefact, file.name() + ": section splitter.weights: size is no power of two"};
    }
    return SentenceSplitter(std::move(weights).value());
}

double SentenceSplitter::score(const BoundaryContext& context, std::size_t i, std::size_t begin,
                               std::vector<std::uint32_t>& features) const {
    features.clear();
    context.features(i, begin, features);
    const std::size_t mask = weights_.size() - 1;
    double sum = 0;
    for (const std::uint32_t f : features) sum += static_cast<double>(weights_[f & mask]);
    return 1.0 / (1.0 + std::exp(-sum));
}

void SentenceSplitter::split(std::string_view text, std::span<const RawWord> words,
                             std::vector<TokenRange>& out) const {
    const BoundaryContext context(text, words);
    std::vector<std::uint32_t> features;
    std::size_t begin = 0;
    const auto close = [&](std::size_t end) {
        out.push_back({static_cast<Token>(begin), static_cast<Token>(end)});
        begin = end;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool ends = context.certain(i) || (context.candidate(i) && score(context, i, begin, features) > 0.5);
        if (!ends && i + 1 - begin < kMaxSentence) continue;
        std::size_t end = i + 1;
        if (!ends) {
            // Too long: cut behind the last comma, semicolon or dash of its last third, never before a clitic.
            std::size_t cut = end;
            while (cut > begin + kMaxSentence * 2 / 3) {
                const std::string_view form = text.substr(words[cut - 1].span.start, 1);
                if ((form == "," || form == ";" || form == ":") && !words[cut].has(RawWord::kClitic)) break;
                --cut;
            }
            if (cut > begin + kMaxSentence * 2 / 3) {
                end = cut;
            } else {
                while (end > begin + 1 && words[end].has(RawWord::kClitic)) --end;
            }
        }
        close(end);
        i = end - 1;
    }
}

} // namespace kadesh
