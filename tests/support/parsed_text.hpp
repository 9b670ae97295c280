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

/// The same from a shorter notation: a line a sentence, words as `form/XPOS/head/relation`, `form=lemma/…` where the
/// lemma is not the form in lower case (proper nouns keep theirs). `@PER` after the relation begins a name, `+PER` goes
/// on with it. The universal part of speech follows from the two tags.
inline Parsed tagged(const std::string& text) {
    const auto upos = [](const std::string& x, const std::string& rel) -> std::string {
        if (rel.starts_with("aux") || rel == "cop" || x == "MD") return "AUX";
        if (x == "IN" || x == "RP") return rel == "mark" ? "SCONJ" : "ADP";
        if (x == "TO") return rel == "case" ? "ADP" : "PART";
        if (x == "NNP" || x == "NNPS") return "PROPN";
        if (x.starts_with("NN")) return "NOUN";
        if (x.starts_with("VB")) return "VERB";
        if (x == "DT" || x == "PDT") return rel == "nsubj" || rel == "obj" ? "PRON" : "DET";
        if (x.starts_with("PRP") || x == "WP" || x == "WDT" || x == "EX") return "PRON";
        if (x == "CD") return "NUM";
        if (x.starts_with("JJ")) return "ADJ";
        if (x.starts_with("RB") || x == "WRB") return "ADV";
        if (x == "CC") return "CCONJ";
        if (x == "POS") return "PART";
        return "PUNCT";
    };
    std::string lines;
    std::vector<std::string> marks; // '@' or '+' and the type, by token
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        std::istringstream tokens(line);
        bool any = false;
        for (std::string token; tokens >> token; any = true) {
            std::string field[3]; // relation, head, tag, from the right: the form may hold a slash
            for (std::string& f : field) {
                const std::size_t slash = token.rfind('/');
                f = token.substr(slash + 1);
                token.resize(slash);
            }
            const std::size_t mark = field[0].find_first_of("@+");
            marks.push_back(mark == std::string::npos ? "" : field[0].substr(mark));
            field[0] = field[0].substr(0, mark);
            std::string lemma = token;
            if (const std::size_t equals = token.find('='); equals != std::string::npos) {
                lemma = token.substr(equals + 1);
                token.resize(equals);
            } else if (!field[2].starts_with("NNP")) {
                for (char& c : lemma) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            }
            lines += token + ' ' + lemma + ' ' + upos(field[2], field[0]) + ' ' + field[2] + ' ' + field[1] + ' ' +
                     field[0] + '\n';
        }
        if (any) lines += '\n';
    }
    Parsed out = parsed(lines);
    for (Token t = 0; t < marks.size(); ++t) {
        if (marks[t].empty()) continue;
        if (marks[t].front() == '+' && !out.annotation->names.empty()) {
            out.annotation->names.back().tokens.last = t + 1;
            continue;
        }
        const std::string type = marks[t].substr(1);
        out.annotation->names.push_back({{t, t + 1},
                                         type == "PER"   ? NameType::PER
                                         : type == "ORG" ? NameType::ORG
                                         : type == "LOC" ? NameType::LOC
                                                         : NameType::MISC});
    }
    return out;
}

/// The n-th token with a form; the test's own mistake if there is none, told by a value out of range.
inline Token token(const Annotation& a, std::string_view form, int n = 1) {
    for (Token t = 0; t < a.size(); ++t)
        if (a.form[t] == form && --n == 0) return t;
    return kNoToken;
}

} // namespace kadesh::test
