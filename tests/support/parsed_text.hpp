// Builds a Document and its Annotation from a few lines of dependency-parsed text, for tests that need no model.
#pragma once

#include "kadesh/annotation.hpp"
#include "kadesh/document.hpp"

#include <cctype>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace kadesh::test {

struct Parsed {
    std::unique_ptr<Document> document = std::make_unique<Document>();
    std::unique_ptr<Annotation> annotation = std::make_unique<Annotation>();
    std::deque<std::string> xpos;
};

/// Each line is `form lemma UPOS XPOS head relation`, head counted from 1 within the sentence, 0 for the root; an empty
/// line ends a sentence. Words are joined by spaces.
inline Parsed parsed(const std::string& lines) {
    Parsed out;
    Document& d = *out.document;
    Annotation& a = *out.annotation;
    struct Row {
        std::string form, lemma, upos, xpos, rel;
        unsigned head = 0;
    };
    std::vector<std::vector<Row>> sentences(1);
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        std::istringstream fields(line);
        Row r;
        if (!(fields >> r.form >> r.lemma >> r.upos >> r.xpos >> r.head >> r.rel)) {
            if (!sentences.back().empty()) sentences.emplace_back();
            continue;
        }
        sentences.back().push_back(r);
    }
    if (sentences.back().empty()) sentences.pop_back();
    for (const auto& s : sentences)
        for (const Row& r : s) {
            if (!d.text.empty()) d.text += ' ';
            a.span.push_back(
                {static_cast<std::uint32_t>(d.text.size()), static_cast<std::uint32_t>(d.text.size() + r.form.size())});
            d.text += r.form;
        }
    std::size_t t = 0;
    for (const auto& s : sentences) {
        const auto first = static_cast<Token>(t);
        for (const Row& r : s) {
            a.form.push_back(std::string_view(d.text).substr(a.span[t].start, a.span[t].end - a.span[t].start));
            a.owned.push_back(r.lemma);
            a.lemma.push_back(a.owned.back());
            a.upos.push_back(upos_from(r.upos));
            out.xpos.push_back(r.xpos);
            a.xpos.push_back(out.xpos.back());
            a.head.push_back(r.head == 0 ? kNoToken : first + r.head - 1);
            a.rel.push_back(rel_from(r.rel));
            a.space_after.push_back(1);
            ++t;
        }
        a.sentences.push_back({first, static_cast<Token>(t)});
    }
    return out;
}

} // namespace kadesh::test
