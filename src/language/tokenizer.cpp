#include "language/tokenizer.hpp"

#include "base/utf8.hpp"
#include "language/abbreviations.hpp"
#include "language/unicode.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace kadesh {
namespace {

using Word = std::string_view;

template <std::size_t N> bool contains(const Word (&list)[N], Word word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Prefixes that stay with their word at a hyphen; every other hyphen is a word of its own.
constexpr Word kPrefixes[] = {
    "anti",   "arch", "bi",    "co",    "counter", "cross", "cyber", "de",  "e",     "ex",   "extra", "hyper", "inter",
    "intra",  "mega", "micro", "mid",   "mini",    "multi", "neo",   "non", "over",  "post", "pre",   "pro",   "proto",
    "psycho", "re",   "semi",  "socio", "sub",     "super", "trans", "tri", "ultra", "un",   "under", "uni"};

// Units that are words of their own behind a number: "35mm", "5pm".
constexpr Word kUnits[] = {"am",   "bn",  "cc", "cm",  "ft",     "gb",   "ghz", "gw",  "gwh", "hp",  "hr",
                           "hrs",  "hz",  "in", "k",   "kb",     "kg",   "khz", "km",  "kph", "kt",  "kv",
                           "kw",   "kwh", "lb", "lbs", "m",      "mb",   "mg",  "mhz", "mi",  "min", "mins",
                           "ml",   "mm",  "mn", "mph", "mw",     "mwh",  "nm",  "oz",  "pm",  "ppm", "sec",
                           "secs", "sq",  "tb", "tn",  "tonnes", "tons", "trn", "yr",  "yrs"};

// Spellings of two words without an apostrophe, and where the second begins.
struct Joined {
    Word form;
    std::size_t cut;
};
constexpr Joined kJoined[] = {
    {"aint", 2},     {"arent", 3},   {"cannot", 3}, {"cant", 2},   {"couldnt", 5}, {"didnt", 3}, {"doesnt", 4},
    {"dont", 2},     {"gimme", 3},   {"gonna", 3},  {"gotta", 3},  {"hadnt", 3},   {"hasnt", 3}, {"havent", 4},
    {"hes", 2},      {"im", 1},      {"isnt", 2},   {"ive", 1},    {"lemme", 3},   {"lotta", 3}, {"outta", 3},
    {"shouldnt", 6}, {"thats", 4},   {"theres", 5}, {"theyre", 4}, {"wanna", 3},   {"wasnt", 3}, {"whats", 4},
    {"wont", 2},     {"wouldnt", 5}, {"youll", 3},  {"youre", 3},  {"youve", 3},
};

constexpr Word kDomains[] = {"com", "org", "net", "gov", "edu", "mil", "info", "int", "biz", "io", "co", "uk", "ca",
                             "au",  "de",  "fr",  "ru",  "cn",  "jp",  "in",   "il",  "ir",  "tv", "eu", "nz", "za"};
constexpr Word kFileTypes[] = {"doc", "docx", "exe", "gif", "htm", "html", "jpeg", "jpg",  "mp3", "mp4", "pdf",
                               "php", "png",  "ppt", "rtf", "txt", "url",  "xls",  "xlsx", "xml", "zip"};

// Longest first.
constexpr Word kEmoticons[] = {":-)", ":-(", ";-)", ":-D", ":-P", ":-/", "^_^", ":'(", ":)", ":(",
                               ";)",  ":D",  ":P",  ":p",  "=)",  "=(",  "=D",  "<3",  ":/", ":|"};

// Contractions that begin with an apostrophe.
constexpr Word kHeadless[] = {"'em", "'til", "'tis", "'twas", "'cause", "'cuz", "'bout", "'round",
                              "'s",  "'re",  "'m",   "'ll",   "'ve",    "'d",   "'n",    "'nt"};

bool is_apostrophe(char32_t c) {
    return c == U'\'' || c == U'\u2019' || c == U'\u02BC';
}
bool is_hyphen(char32_t c) {
    return c == U'-' || c == U'\u2010' || c == U'\u2011';
}

/// One chunk: a run without white space.
class ChunkTokenizer {
  public:
    ChunkTokenizer(std::string_view text, std::vector<RawWord>& out) : text_(text), out_(out) {}

    void run(std::uint32_t start, std::uint32_t end, std::uint8_t flags);
    void new_paragraph() { single_quotes_open_ = 0; }

  private:
    struct Char {
        char32_t value = 0;
        std::uint32_t at = 0;
        CharClass kind = CharClass::Other;
    };

    char32_t value(std::size_t i) const { return i < chars_.size() ? chars_[i].value : 0; }
    CharClass kind(std::size_t i) const { return i < chars_.size() ? chars_[i].kind : CharClass::Space; }
    bool letter(std::size_t i) const { return is_letter(kind(i)); }
    bool digit(std::size_t i) const { return kind(i) == CharClass::Digit; }
    bool word_char(std::size_t i) const {
        switch (kind(i)) {
        case CharClass::Letter:
        case CharClass::Capital:
        case CharClass::Digit:
        case CharClass::Mark:
        case CharClass::Number: return true;
        default: return false;
        }
    }
    bool alnum(std::size_t i) const { return letter(i) || digit(i); }
    std::uint32_t at(std::size_t i) const { return i < chars_.size() ? chars_[i].at : end_; }
    Word view(std::size_t a, std::size_t b) const { return text_.substr(at(a), at(b) - at(a)); }
    /// Lower case with plain apostrophes; only ASCII letters are folded, which is all that the word lists need.
    const std::string& plain(std::size_t a, std::size_t b);

    void emit(std::size_t a, std::size_t b, bool clitic = false);
    void emit_word(std::size_t a, std::size_t b);
    std::size_t address(std::size_t i);
    std::size_t trim_address(std::size_t i, std::size_t end) const;
    bool has_known_suffix(std::size_t a, std::size_t b) const;
    std::size_t emoticon(std::size_t i) const;
    std::size_t punctuation(std::size_t i) const;
    std::size_t scan_word(std::size_t i);
    bool goes_on(std::size_t start, std::size_t i);
    bool keeps_hyphen(std::size_t start, std::size_t i);
    bool keeps_stop(std::size_t start, std::size_t i);
    std::size_t unit_begin(std::size_t a, std::size_t b);

    struct Next {
        CharClass kind = CharClass::Space; ///< of the first character of the next chunk
        bool paragraph_ends = true;        ///< text's end or a line's end before it
    };
    Next next_chunk() const;

    std::string_view text_;
    std::vector<RawWord>& out_;
    std::vector<Char> chars_;
    std::string plain_;
    std::uint32_t end_ = 0;
    std::uint8_t flags_ = 0; ///< of the next word
    bool may_be_address_ = false;
    bool has_bracket_ = false;
    std::uint32_t dots_ = 0;
    std::size_t no_address_before_ = 0; ///< addresses were looked for up to here
    int single_quotes_open_ = 0;
};

const std::string& ChunkTokenizer::plain(std::size_t a, std::size_t b) {
    plain_.clear();
    for (std::size_t i = a; i < b; ++i) {
        const char32_t c = chars_[i].value;
        if (is_apostrophe(c)) {
            plain_.push_back('\'');
        } else if (c >= 'A' && c <= 'Z') {
            plain_.push_back(static_cast<char>(c + ('a' - 'A')));
        } else if (chars_[i].kind != CharClass::Ignorable) {
            plain_.append(view(i, i + 1));
        }
    }
    return plain_;
}

void ChunkTokenizer::emit(std::size_t a, std::size_t b, bool clitic) {
    const auto flags = clitic ? std::uint8_t{RawWord::kClitic} : flags_;
    out_.push_back({{at(a), at(b)}, flags});
    flags_ = 0;
}

ChunkTokenizer::Next ChunkTokenizer::next_chunk() const {
    Next next;
    constexpr std::size_t kFar = 256; // more white space than this is a break
    for (std::size_t i = end_; i < std::min(text_.size(), end_ + kFar);) {
        const CodePoint c = decode_utf8(text_, i);
        if (c.value == '\n' || c.value == '\r') return next;
        next.kind = char_class(c.value);
        if (next.kind != CharClass::Space) {
            next.paragraph_ends = false;
            return next;
        }
        i += c.bytes;
    }
    return next;
}

/// Where an address ends that was found to begin at i: closing punctuation belongs to the sentence.
std::size_t ChunkTokenizer::trim_address(std::size_t i, std::size_t end) const {
    std::size_t opened = 0, closed = 0;
    for (std::size_t k = i; k < end; ++k) {
        opened += value(k) == '(';
        closed += value(k) == ')';
    }
    while (end > i) {
        const char32_t c = value(end - 1);
        const bool extra_bracket = c == ')' && closed > opened;
        if (extra_bracket) --closed;
        if (extra_bracket || c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '\'' ||
            c == ']' || c == '}' || kind(end - 1) == CharClass::Ignorable ||
            (c >= 128 && kind(end - 1) == CharClass::Punctuation)) {
            --end;
        } else {
            break;
        }
    }
    return end;
}

bool ChunkTokenizer::has_known_suffix(std::size_t a, std::size_t b) const {
    std::size_t dot = b;
    while (dot > a && value(dot - 1) != '.') --dot;
    if (dot == a || dot == b || b - dot > 4) return false;
    std::array<char, 4> folded{};
    for (std::size_t k = dot; k < b; ++k) {
        const char32_t c = value(k);
        if (c >= 128) return false;
        folded[k - dot] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    const Word suffix(folded.data(), b - dot);
    return contains(kDomains, suffix) || contains(kFileTypes, suffix);
}

/// End of a web address, e-mail address, domain or file name that begins at i; i if there is none.
std::size_t ChunkTokenizer::address(std::size_t i) {
    if (!may_be_address_ || !(alnum(i) || value(i) == '_')) return i;
    const std::size_t n = chars_.size();
    const auto stops = [this](std::size_t k) {
        const char32_t c = value(k);
        return c == '<' || c == '>' || c == '"' || c == U'\u201C' || c == U'\u201D' || c == '|';
    };
    std::size_t scheme = i;
    while (scheme < n && scheme - i < 10 && letter(scheme)) ++scheme;
    const bool www = scheme == i + 3 && (value(i) | 32u) == 'w' && (value(i + 1) | 32u) == 'w' &&
                     (value(i + 2) | 32u) == 'w' && value(scheme) == '.' && alnum(scheme + 1);
    if (www || (scheme > i && value(scheme) == ':' && value(scheme + 1) == '/' && value(scheme + 2) == '/')) {
        std::size_t end = scheme;
        while (end < n && !stops(end)) ++end;
        return trim_address(i, end);
    }
    const auto inner = [this](std::size_t k) {
        const char32_t c = value(k);
        return alnum(k) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
    };
    if (i < no_address_before_) return i;
    std::size_t end = i;
    while (end < n && inner(end)) ++end;
    no_address_before_ = end;
    if (value(end) == '@' && alnum(end + 1)) {
        ++end;
        while (end < n && (alnum(end) || value(end) == '.' || value(end) == '-' || value(end) == '_')) ++end;
        return trim_address(i, end);
    }
    end = trim_address(i, end);
    // A domain: letters before a known ending, and no capitalised ending as in "end.In".
    if (!has_known_suffix(i, end)) return i;
    if (kind(end - 1) == CharClass::Letter) {
        std::size_t dot = end;
        while (value(dot - 1) != '.') --dot;
        if (kind(dot) == CharClass::Capital) return i;
        const Word suffix = view(dot, end);
        if (suffix.size() == 2 && (value(end) != '/' && dots_ < 2)) return i;
    }
    if (value(end) == '/' && end + 1 < n) {
        while (end < n && !stops(end) && value(end) != ',' && value(end) != ')') ++end;
        end = trim_address(i, end);
    }
    return end;
}

std::size_t ChunkTokenizer::emoticon(std::size_t i) const {
    for (const Word face : kEmoticons) {
        const std::size_t end = i + face.size();
        if (end > chars_.size() || view(i, end) != face) continue;
        const bool ends = end == chars_.size() || kind(end) == CharClass::Punctuation;
        const bool in_brackets = face.back() == ')' && has_bracket_;
        // Letters and strokes make a face only when they stand alone.
        const bool weak = alnum(end - 1) || face.back() == '/' || face.back() == '|';
        if (ends && !in_brackets && (!weak || i == 0)) return end;
    }
    return i;
}

/// End of the punctuation word that begins at i.
std::size_t ChunkTokenizer::punctuation(std::size_t i) const {
    const char32_t c = value(i);
    std::size_t end = i + 1;
    const auto run_of = [&](auto&& same) {
        while (end < chars_.size() && same(value(end))) ++end;
        return end;
    };
    switch (c) {
    case '.':
        if (value(end) != '!' && value(end) != '?') return run_of([](char32_t x) { return x == '.'; });
        [[fallthrough]];
    case '!':
    case '?': return run_of([](char32_t x) { return x == '!' || x == '?'; });
    case '-':
    case '=':
    case '$':
    case '_':
    case '*':
    case '~':
    case '#':
    case '<':
    case '>':
    case '+':
    case '|':
    case U'\u2014':
    case U'\u2026': return run_of([c](char32_t x) { return x == c; });
    case '`': return run_of([](char32_t x) { return x == '`'; });
    case '\'':
    case U'\u2018':
    case U'\u2019': // two single quotes make a double one
        return value(end) == '\'' || value(end) == U'\u2018' || value(end) == U'\u2019' ? end + 1 : end;
    default: break;
    }
    while (end < chars_.size() && (kind(end) == CharClass::Mark || value(end) == 0x200D || value(end - 1) == 0x200D ||
                                   (value(end) >= 0x1F3FB && value(end) <= 0x1F3FF))) {
        ++end; // one picture of several code points
    }
    return end;
}

bool ChunkTokenizer::keeps_hyphen(std::size_t start, std::size_t i) {
    if (digit(i - 1) && digit(i + 1)) {
        // Telephone numbers and ISO dates have three groups, or three and four digits; other hyphens join ranges.
        std::size_t begin = i, end = i + 1, hyphens = 1;
        constexpr std::size_t kFar = 24;
        while (begin > start && i - begin < kFar && (digit(begin - 1) || is_hyphen(value(begin - 1))))
            hyphens += is_hyphen(value(--begin));
        while (end - i < kFar && (digit(end) || (is_hyphen(value(end)) && digit(end + 1))))
            hyphens += is_hyphen(value(end++));
        std::size_t right = i + 1;
        while (right - i < kFar && digit(right)) ++right;
        return hyphens >= 2 || (i - begin == 3 && right - i - 1 == 4);
    }
    if (!letter(i - 1) || !alnum(i + 1)) return false;
    std::size_t begin = i;
    while (begin > start && letter(begin - 1)) --begin;
    return begin == start && contains(kPrefixes, plain(start, i));
}

/// Whether the character at i, which is no letter or digit, belongs to the word that began at start.
bool ChunkTokenizer::goes_on(std::size_t start, std::size_t i) {
    const char32_t c = value(i);
    if (is_apostrophe(c)) return alnum(i - 1) && letter(i + 1);
    if (is_hyphen(c)) return keeps_hyphen(start, i);
    switch (c) {
    case '.': {
        if (digit(i - 1) && digit(i + 1)) return true;
        if (!alnum(i - 1) || !alnum(i + 1)) return false;
        const bool initial = i - start == 1 || value(i - 2) == '.';
        if (initial) return true;
        if (kind(i + 1) != CharClass::Capital)
            return letter(i - 1) == letter(i + 1) || kind(i - 1) == CharClass::Capital;
        std::size_t end = i + 1;
        while (alnum(end)) ++end;
        // "Ph.D" but not "end.The": the part before is short and the one after ends.
        return end - i == 2 && i - start <= 2;
    }
    case ',': return digit(i - 1) && digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4);
    case ':': return digit(i - 1) && digit(i + 1);
    case '/': {
        if (digit(i - 1) && digit(i + 1)) return true;
        const bool lone_left = i - start == 1 || value(i - 2) == '/';
        const bool lone_right = letter(i + 1) && !word_char(i + 2);
        if (!letter(i - 1) || !letter(i + 1)) return false;
        if (lone_left && lone_right) return kind(i - 1) == CharClass::Capital || value(i - 1) != 'c';
        return lone_left && (value(i - 1) | 32u) == 's' && (value(i + 1) | 32u) == 'h' && (value(i + 2) | 32u) == 'e' &&
               !word_char(i + 3);
    }
    case '&': return alnum(i - 1) && alnum(i + 1);
    case '*':
    case '@': return letter(i - 1) && letter(i + 1);
    case '_': return (alnum(i - 1) || value(i - 1) == '_') && (alnum(i + 1) || value(i + 1) == '_');
    default: return kind(i) == CharClass::Ignorable;
    }
}

/// Whether the full stop at i belongs to the word [start, i).
bool ChunkTokenizer::keeps_stop(std::size_t start, std::size_t i) {
    if (value(i) != '.' || word_char(i + 1) || (value(i + 1) == '.' && value(i + 2) == '.')) return false;
    const Next next = next_chunk();
    const bool last_in_chunk = i + 1 == chars_.size();
    const bool digit_follows = last_in_chunk && next.kind == CharClass::Digit && !next.paragraph_ends;
    const bool ends = last_in_chunk ? next.paragraph_ends
                                    : !(value(i + 1) == ',' || value(i + 1) == ';' || value(i + 1) == ':' ||
                                        is_apostrophe(value(i + 1)));
    const auto is_dot = [](const Char& c) { return c.value == '.'; };
    if (std::any_of(chars_.begin() + static_cast<std::ptrdiff_t>(start),
                    chars_.begin() + static_cast<std::ptrdiff_t>(i), is_dot)) {
        // Short groups of letters: "U.S.", "Ph.D.", "a.k.a."
        std::size_t group = 0;
        for (std::size_t k = start; k < i; ++k) {
            if (value(k) == '.') {
                group = 0;
            } else if (!letter(k) || ++group > 2) {
                return false;
            }
        }
        return true;
    }
    if (i - start == 1 && kind(start) == CharClass::Capital) {
        if (ends) return false;
        if (value(start) != 'I') return true;
        // "I." is a numeral or the pronoun unless it stands between names.
        return next.kind == CharClass::Capital && !out_.empty() &&
               char_class(decode_utf8(text_, out_.back().span.start).value) == CharClass::Capital &&
               (flags_ & RawWord::kNewlineBefore) == 0;
    }
    switch (abbreviation(view(start, i))) {
    case Abbreviation::None: return false;
    case Abbreviation::Title: return !ends || !last_in_chunk;
    case Abbreviation::Always: return true;
    case Abbreviation::BeforeDigit: return digit_follows;
    case Abbreviation::AfterComma: return !out_.empty() && text_[out_.back().span.start] == ',';
    case Abbreviation::InSentence: return !ends && (!last_in_chunk || next.kind != CharClass::Capital);
    }
    return false;
}

std::size_t ChunkTokenizer::scan_word(std::size_t i) {
    const std::size_t start = i;
    while (i < chars_.size() && (word_char(i) || (i > start && goes_on(start, i)))) ++i;
    while (i > start + 1 && kind(i - 1) == CharClass::Ignorable) --i;
    // A word broken off in speech: "th- the".
    const bool broken_off =
        i + 1 == chars_.size() && value(i) == '-' && i - start <= 2 && letter(start) && letter(i - 1);
    return broken_off || keeps_stop(start, i) ? i + 1 : i;
}

/// Where the unit begins in "35mm"; b if there is none.
std::size_t ChunkTokenizer::unit_begin(std::size_t a, std::size_t b) {
    if (!digit(a)) return b;
    std::size_t unit = b;
    while (unit > a && (letter(unit - 1) || (value(unit - 1) == '.' && unit < b))) --unit;
    if (unit == a || unit == b || !digit(unit - 1)) return b;
    const std::string& word = plain(unit, b);
    if (word == "a.m." || word == "p.m." || word == "a.m" || word == "p.m") return unit;
    if (!contains(kUnits, word)) {
        const bool money = !out_.empty() && out_.back().span.end == at(a) && a > 0 && kind(a - 1) == CharClass::Symbol;
        return money && (word == "b" || word == "t") ? unit : b;
    }
    // A lone capital is a size, a model or a coin only in money.
    if (b - unit == 1 && kind(unit) == CharClass::Capital) {
        const bool money = a > 0 && kind(a - 1) == CharClass::Symbol;
        return money ? unit : b;
    }
    return unit;
}

/// A word with its clitics cut off.
void ChunkTokenizer::emit_word(std::size_t a, std::size_t b) {
    if (const std::size_t unit = unit_begin(a, b); unit != b) {
        emit(a, unit);
        emit(unit, b);
        return;
    }
    std::array<std::size_t, 4> cuts{};
    std::size_t count = 0;
    std::size_t end = b;
    while (count < cuts.size()) {
        std::size_t quote = end;
        while (quote > a && !is_apostrophe(value(quote - 1))) --quote;
        if (quote <= a + 1) break;
        const std::size_t mark = quote - 1;
        const std::string& tail = plain(mark, end);
        std::size_t cut = mark;
        if (tail == "'t" && mark > a + 1 && (value(mark - 1) | 32u) == 'n') {
            cut = mark - 1;
        } else if (tail != "'s" && tail != "'m" && tail != "'d" && tail != "'ll" && tail != "'re" && tail != "'ve") {
            break;
        }
        // Decades are one word: "60's".
        if (tail == "'s" && digit(a) && value(mark - 1) == '0') break;
        cuts[count++] = cut;
        end = cut;
    }
    if (count == 0 && b - a <= 8) {
        const std::string& word = plain(a, b);
        for (const Joined& joined : kJoined) {
            const bool acronym = joined.cut == 1 && kind(b - 1) == CharClass::Capital; // "IM"
            if (word == joined.form && !acronym) cuts[count++] = a + joined.cut;
        }
    }
    std::size_t from = a;
    for (std::size_t k = count; k-- > 0;) {
        emit(from, cuts[k], from != a);
        from = cuts[k];
    }
    emit(from, b, from != a);
}

void ChunkTokenizer::run(std::uint32_t start, std::uint32_t end, std::uint8_t flags) {
    chars_.clear();
    may_be_address_ = has_bracket_ = false;
    dots_ = 0;
    no_address_before_ = 0;
    end_ = end;
    flags_ = flags;
    for (std::uint32_t i = start; i < end;) {
        const CodePoint c = decode_utf8(text_, i);
        chars_.push_back({c.value, i, char_class(c.value)});
        has_bracket_ |= c.value == '(';
        dots_ += c.value == '.';
        may_be_address_ |= c.value == '.' || c.value == '@' || c.value == '/';
        i += c.bytes;
    }
    const std::size_t n = chars_.size();
    for (std::size_t i = 0; i < n;) {
        if (kind(i) == CharClass::Ignorable) {
            ++i;
            continue;
        }
        if (const std::size_t stop = address(i); stop > i) {
            emit(i, stop);
            i = stop;
            continue;
        }
        if (word_char(i)) {
            std::size_t stop = scan_word(i);
            // "US$", "A$"
            if (value(stop) == '$' && digit(stop + 1) && stop - i <= 3 && kind(stop - 1) == CharClass::Capital) ++stop;
            emit_word(i, stop);
            const char32_t last = stop > i ? value(stop - 1) | 32u : 0;
            const bool possessive = (last == 's' || last == 'z' || last == 'x') && is_apostrophe(value(stop)) &&
                                    !word_char(stop + 1) && !is_apostrophe(value(stop + 1)) && single_quotes_open_ == 0;
            i = stop;
            if (possessive) {
                emit(i, i + 1, true);
                ++i;
            }
            continue;
        }
        if (const std::size_t stop = emoticon(i); stop > i) {
            emit(i, stop);
            i = stop;
            continue;
        }
        const bool opens = i == 0 || (kind(i - 1) == CharClass::Punctuation && !is_apostrophe(value(i - 1)));
        if (is_apostrophe(value(i)) && word_char(i + 1)) {
            std::size_t stop = i + 1;
            while (word_char(stop)) ++stop;
            const bool year = stop == i + 3 && digit(i + 1) && digit(i + 2);
            const bool decade = stop == i + 4 && digit(i + 1) && digit(i + 2) && value(i + 3) == 's';
            if (year || decade || contains(kHeadless, plain(i, stop))) {
                // Behind a closing bracket or quote, 's belongs to what stands before it.
                const bool adjoins = i > 0 && out_.back().span.end == at(i);
                emit(i, stop, adjoins && !year && !decade);
                i = stop;
                continue;
            }
        }
        if (opens && digit(i + 1) && value(i) == '+') {
            const std::size_t stop = scan_word(i + 1);
            emit(i, stop);
            i = stop;
            continue;
        }
        if (i == 0 && (value(i) == '#' || value(i) == '@') && letter(i + 1)) {
            const std::size_t stop = scan_word(i + 1);
            emit(i, stop);
            i = stop;
            continue;
        }
        const std::size_t stop = punctuation(i);
        if (stop == i + 1 && (is_apostrophe(value(i)) || value(i) == U'\u2018')) {
            if (opens && word_char(i + 1)) {
                ++single_quotes_open_;
            } else if (single_quotes_open_ > 0 && !opens) {
                --single_quotes_open_;
            }
        }
        emit(i, stop);
        i = stop;
    }
}

} // namespace

void tokenize(std::string_view text, std::vector<RawWord>& out) {
    ChunkTokenizer chunk(text, out);
    std::uint8_t flags = RawWord::kSpaceBefore;
    std::uint32_t newlines = 0;
    const auto size = static_cast<std::uint32_t>(text.size());
    for (std::uint32_t i = 0; i < size;) {
        CodePoint c = decode_utf8(text, i);
        if (char_class(c.value) == CharClass::Space) {
            flags |= RawWord::kSpaceBefore;
            const bool line_end =
                c.value == '\n' || c.value == 0x2028 || (c.value == '\r' && text.substr(i + 1, 1) != "\n");
            if (line_end || c.value == '\f' || c.value == 0x2029) {
                newlines += line_end ? 1 : 2;
                flags |= RawWord::kNewlineBefore;
                if (newlines >= 2) flags |= RawWord::kBlankLineBefore;
                chunk.new_paragraph();
            }
            i += c.bytes;
            continue;
        }
        const std::uint32_t start = i;
        while (i < size && char_class(c.value) != CharClass::Space && i - start < kMaxChunk) {
            i += c.bytes;
            if (i < size) c = decode_utf8(text, i);
        }
        const std::size_t before = out.size();
        chunk.run(start, i, flags);
        if (out.size() > before) { // not only ignorable characters
            flags = 0;
            newlines = 0;
        }
    }
}

} // namespace kadesh
