#include "knowledge/surnames.hpp"

#include "base/utf8.hpp"
#include "knowledge/latin_fold.hpp"

#include <algorithm>
#include <array>

namespace kadesh {
namespace {

using Words = std::vector<std::string_view>;

template <std::size_t N> bool among(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Lower case without accents.
std::string lower(std::string_view word) {
    std::string out;
    for (std::size_t at = 0; at < word.size();) {
        const CodePoint c = decode_utf8(word, at);
        const LatinFold fold = fold_latin(c.value);
        if (c.value >= 'A' && c.value <= 'Z')
            out += static_cast<char>(c.value - 'A' + 'a');
        else if (!fold.ascii.empty())
            out += fold.ascii;
        else
            out += word.substr(at, c.bytes);
        at += c.bytes;
    }
    return out;
}

/// Words that belong to the name after them.
constexpr auto kParticles = std::to_array<std::string_view>(
    {"abd",  "abdel", "abdul", "abu", "ait", "al",  "ap",    "ash", "at",    "av",  "az",  "ben",
     "bin",  "bint",  "da",    "dal", "das", "de",  "degli", "del", "della", "den", "der", "di",
     "do",   "dos",   "du",    "e",   "el",  "ibn", "la",    "las", "le",    "los", "mac", "o",
     "ould", "san",   "st",    "st.", "ten", "ter", "van",   "vom", "von",   "zu",  "zum"});
/// Particles without which the rest is no name of this person ("bin Salman" is not "Salman").
constexpr auto kBinding = std::to_array<std::string_view>(
    {"abd", "abdel", "abdul", "abu", "ben", "bin", "bint", "e", "ibn", "mac", "o", "ould", "san"});
constexpr auto kSuffixes =
    std::to_array<std::string_view>({"ii", "iii", "iv", "ix", "jr", "jr.", "sr", "sr.", "v", "vi", "viii"});
/// Numerals of rulers only: "Juan Carlos I".
constexpr auto kRulerNumerals = std::to_array<std::string_view>({"i", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi"});

/// Titles before a given name.
constexpr auto kRulers = std::to_array<std::string_view>(
    {"emperor", "empress", "king", "queen", "pope", "prince", "princess", "patriarch", "sultan"});

/// States whose names put the family name first, as English-language news writes them.
constexpr auto kFamilyFirst = std::to_array<std::string_view>({"CHN", "HKG", "KOR", "MAC", "PRK", "SGP", "TWN"});
constexpr auto kSpanish =
    std::to_array<std::string_view>({"ARG", "BOL", "CHL", "COL", "CRI", "CUB", "DOM", "ECU", "ESP", "GNQ", "GTM",
                                     "HND", "MEX", "NIC", "PAN", "PER", "PHL", "PRY", "SLV", "URY", "VEN"});
/// States whose people mostly have no family name: news keeps the whole name.
constexpr auto kNoFamilyName = std::to_array<std::string_view>({"KHM", "MMR"});

/// Frequent given names in Spanish, so that "Juan Carlos Varela" is no "Carlos Varela".
constexpr auto kSpanishGiven = std::to_array<std::string_view>(
    {"alberto", "alejandro", "alfredo",   "andres",  "antonio", "arturo",  "carlos", "cristina", "daniel",
     "david",   "eduardo",   "enrique",   "ernesto", "evo",     "felipe",  "felix",  "fernando", "francisco",
     "gabriel", "guillermo", "guadalupe", "jaime",   "javier",  "jesus",   "jorge",  "jose",     "juan",
     "julio",   "lucia",     "luis",      "manuel",  "maria",   "mario",   "martin", "miguel",   "nicolas",
     "oscar",   "pablo",     "pedro",     "rafael",  "raul",    "ricardo", "roberto"});

/// The most frequent Chinese and Korean family names, romanised.
constexpr auto kEastAsianFamily = std::to_array<std::string_view>(
    {"ahn",   "bae",   "ban",  "bao",   "bo",   "cai",   "cao",   "chae",  "chan", "chang",  "chen",  "cheng", "cheong",
     "cho",   "choe",  "choi", "chong", "chow", "chu",   "chun",  "chung", "cui",  "dai",    "deng",  "ding",  "dong",
     "du",    "fan",   "fang", "feng",  "fu",   "gao",   "geng",  "goh",   "gong", "gu",     "guo",   "ha",    "han",
     "he",    "heng",  "ho",   "hong",  "hou",  "hsiao", "hsu",   "hu",    "hua",  "huang",  "hwang", "hyon",  "jang",
     "jeong", "ji",    "jia",  "jiang", "jin",  "jo",    "joo",   "ju",    "jung", "kan",    "kang",  "kao",   "kil",
     "kim",   "ko",    "kong", "koo",   "ku",   "kwak",  "kwon",  "lai",   "lam",  "lau",    "lee",   "lei",   "leung",
     "li",    "liang", "liao", "lien",  "lim",  "lin",   "ling",  "liu",   "lo",   "long",   "lu",    "luo",   "ma",
     "mao",   "meng",  "moon", "na",    "nam",  "ng",    "no",    "noh",   "o",    "oh",     "ong",   "pae",   "pak",
     "pan",   "park",  "peng", "qian",  "qiao", "qin",   "qiu",   "qu",    "ri",   "rim",    "ro",    "roh",   "rhee",
     "ryang", "ryu",   "seo",  "shao",  "shen", "shi",   "shin",  "sin",   "so",   "soh",    "song",  "su",    "suh",
     "sun",   "tai",   "tan",  "tang",  "tao",  "teo",   "thae",  "tian",  "tong", "tsai",   "tsang", "tung",  "u",
     "wan",   "wang",  "wei",  "wen",   "won",  "wong",  "woo",   "wu",    "xi",   "xia",    "xiao",  "xie",   "xu",
     "yan",   "yang",  "yao",  "ye",    "yeo",  "yi",    "yim",   "yin",   "yon",  "yoo",    "yoon",  "you",   "yu",
     "yuan",  "yun",   "zeng", "zhang", "zhao", "zheng", "zhong", "zhou",  "zhu",  "zhuang", "zou"});

Words words_of(std::string_view name) {
    Words words;
    while (!name.empty()) {
        const std::size_t end = name.find(' ');
        if (end != 0) words.push_back(name.substr(0, end));
        name.remove_prefix(end == std::string_view::npos ? name.size() : end + 1);
    }
    return words;
}

std::string joined(const Words& words, std::size_t begin) {
    std::string out;
    for (std::size_t i = begin; i < words.size(); ++i) {
        if (i > begin) out += ' ';
        out += words[i];
    }
    return out;
}

void push(std::vector<std::string>& out, std::string form) {
    if (form.empty() || std::find(out.begin(), out.end(), form) != out.end()) return;
    out.push_back(std::move(form));
}

/// "al-Assad" gives "Assad"; empty if there is no such particle.
std::string_view without_article(std::string_view word) {
    const std::size_t hyphen = word.find('-');
    if (hyphen == std::string_view::npos || hyphen + 1 >= word.size()) return {};
    constexpr auto kArticles = std::to_array<std::string_view>(
        {"ad", "al", "an", "ar", "as", "ash", "at", "az", "el", "er", "es", "ez", "ol", "ul"});
    if (!among(kArticles, lower(word.substr(0, hyphen)))) return {};
    return word.substr(hyphen + 1);
}

} // namespace

std::vector<std::string> surnames(std::string_view name, std::string_view country) {
    std::vector<std::string> out;
    Words words = words_of(name);
    if (words.empty() || among(kRulers, lower(words.front()))) return out;
    if (std::find(words.begin(), words.end(), "of") != words.end()) return out; // "Abdullah II of Jordan"
    while (words.size() > 1 && among(kSuffixes, lower(words.back()))) {
        if (words.size() == 2) return out; // a ruler: "Charles III"
        words.pop_back();
    }
    if (words.size() < 2 || among(kNoFamilyName, country)) return out;
    if (among(kRulerNumerals, lower(words.back())) || among(kParticles, lower(words.back()))) return out;

    if (among(kFamilyFirst, country) && among(kEastAsianFamily, lower(words.front()))) {
        push(out, std::string(words.front()));
        return out;
    }
    if (country == "VNM" && words.size() >= 3) { // called by the given name, which stands last
        push(out, std::string(words.back()));
        return out;
    }

    std::size_t begin = words.size() - 1;
    while (begin > 1 && among(kParticles, lower(words[begin - 1]))) --begin;
    push(out, joined(words, begin));
    for (std::size_t i = begin; i + 1 < words.size(); ++i) {
        if (among(kBinding, lower(words[i]))) break;
        push(out, joined(words, i + 1));
    }
    push(out, std::string(without_article(words.back())));

    if (among(kSpanish, country) && begin == words.size() - 1 && words.size() >= 3) {
        const std::string_view before = words[begin - 1];
        const bool initial = before.size() <= 2;
        if (!initial && !among(kSpanishGiven, lower(before))) {
            push(out, joined(words, begin - 1));
            push(out, std::string(before));
        }
    }
    return out;
}

} // namespace kadesh
