// Annotations written down by hand, for the tests of coreference.
#pragma once

#include "kadesh/annotation.hpp"

#include <sstream>
#include <string>

namespace kadesh::test {

/// Words as `form/lemma/UPOS/XPOS/head/relation` parted by spaces, heads counted from 1 within the sentence; a line is
/// a sentence. A form may be followed by `@PER`, `@ORG`…: a name begins; `@+`: it goes on.
inline Annotation parsed(const std::string& lines) {
    Annotation a;
    std::istringstream text(lines);
    const auto keep = [&a](const std::string& s) { return std::string_view(a.owned.emplace_back(s)); };
    for (std::string line; std::getline(text, line);) {
        const Token first = a.size();
        std::istringstream words(line);
        for (std::string word; words >> word;) {
            std::istringstream cells(word);
            std::string cell[6];
            for (std::string& c : cell) std::getline(cells, c, '/');
            const std::size_t mark = cell[0].find('@');
            const std::string name = mark == std::string::npos ? "" : cell[0].substr(mark + 1);
            const Token t = a.size();
            if (name == "+") {
                a.names.back().tokens.last = t + 1;
            } else if (!name.empty()) {
                const NameType type = name == "PER"   ? NameType::PER
                                      : name == "ORG" ? NameType::ORG
                                      : name == "LOC" ? NameType::LOC
                                                      : NameType::MISC;
                a.names.push_back({{t, t + 1}, type});
            }
            a.span.push_back({});
            a.form.push_back(keep(cell[0].substr(0, mark)));
            a.lemma.push_back(keep(cell[1]));
            a.upos.push_back(upos_from(cell[2]));
            a.xpos.push_back(keep(cell[3]));
            const auto head = static_cast<Token>(std::stoul(cell[4]));
            a.head.push_back(head == 0 ? kNoToken : first + head - 1);
            a.rel.push_back(rel_from(cell[5]));
            a.space_after.push_back(1);
        }
        if (a.size() > first) a.sentences.push_back({first, a.size()});
    }
    return a;
}

/// The words of a range, joined by spaces.
inline std::string words_of(const Annotation& a, TokenRange range) {
    std::string out;
    for (Token t = range.first; t < range.last; ++t) {
        if (t > range.first) out += ' ';
        out += a.form[t];
    }
    return out;
}

inline constexpr const char* kCorefWords =
    "angela\twoman-name\nminister\tperson\npresident\tperson\nspokesman\tman\nvladimir\tman-name\nyear\ttime\n";

} // namespace kadesh::test
