#include "language/conllu.hpp"

#include "base/utf8.hpp"
#include "language/unicode.hpp"

#include <string_view>
#include <vector>

namespace kadesh {
namespace {

/// A token of the surface: one word, or a word and its clitics.
struct Surface {
    Token first = 0, last = 0;
};

/// Whether the word is a clitic that is written on to the word before: the tokenizer's rule, seen from its result.
bool is_clitic(const Annotation& a, Token t) {
    if (a.span[t].start != a.span[t - 1].end) return false;
    const std::string form = lower(a.form[t]);
    const std::string before = lower(a.form[t - 1]);
    if (a.upos[t - 1] == Upos::PUNCT || a.upos[t - 1] == Upos::SYM) return false;
    const bool apostrophe =
        form.starts_with("'") || form.starts_with("\u2019") || form.starts_with("n'") || form.starts_with("n\u2019");
    if (apostrophe)
        return a.upos[t] == Upos::PART || a.upos[t] == Upos::AUX || a.upos[t] == Upos::VERB || a.upos[t] == Upos::PRON;
    const char32_t first = decode_utf8(form, 0).value;
    // Two words in one run of letters: "can|not", "gon|na", "do|nt".
    return char_class(first) == CharClass::Letter && !before.empty() &&
           char_class(decode_utf8_before(before, before.size()).value) == CharClass::Letter;
}

std::string one_line(std::string_view text) {
    std::string out;
    bool space = false;
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = decode_utf8(text, i);
        if (char_class(c.value) == CharClass::Space) {
            space = !out.empty();
        } else {
            if (space) out += ' ';
            space = false;
            out.append(text.substr(i, c.bytes));
        }
        i += c.bytes;
    }
    return out;
}

} // namespace

void write_conllu(const Document& document, const Annotation& a, std::string& out) {
    const CodePointIndex index(document.text);
    const std::string_view text = document.text;
    std::vector<std::string> ner(a.size(), "O");
    for (const NameSpan& span : a.names) {
        for (Token t = span.tokens.first; t < span.tokens.last; ++t) {
            ner[t] = (t == span.tokens.first ? "B-" : "I-") + std::string(name(span.type));
        }
    }
    std::vector<std::string> coref(a.chains == 0 ? 0 : a.size());
    for (const ChainMention& m : a.coreference) {
        coref[m.tokens.first] += '(' + std::to_string(m.chain + 1);
        if (m.tokens.size() == 1) coref[m.tokens.first] += ')';
    }
    for (std::size_t i = a.coreference.size(); i-- > 0;) {
        const ChainMention& m = a.coreference[i];
        if (m.tokens.size() > 1) coref[m.tokens.last - 1] += std::to_string(m.chain + 1) + ')';
    }
    const auto labels = [&](Token t) {
        std::string cell = "NER=" + ner[t];
        if (!coref.empty() && !coref[t].empty()) cell += "|Coref=" + coref[t];
        return cell;
    };
    out += "# newdoc id = " + one_line(document.id) + '\n';
    std::size_t number = 0;
    for (const TokenRange sentence : a.sentences) {
        if (sentence.size() == 0) continue;
        ++number;
        const std::uint32_t start = a.span[sentence.first].start;
        out += "# sent_id = " + one_line(document.id) + '-' + std::to_string(number) + '\n';
        out += "# text = " + one_line(text.substr(start, a.span[sentence.last - 1].end - start)) + '\n';
        const auto misc = [&](Token first, Token last, bool with_name) {
            std::string cell;
            if (!a.space_after[last - 1]) cell += "SpaceAfter=No|";
            if (with_name) cell += labels(first) + '|';
            return cell + "TokenRange=" + std::to_string(index.code_point(a.span[first].start)) + ':' +
                   std::to_string(index.code_point(a.span[last - 1].end));
        };
        for (Token t = sentence.first; t < sentence.last;) {
            Surface surface{t, t + 1};
            while (surface.last < sentence.last && is_clitic(a, surface.last)) ++surface.last;
            const auto id = [&](Token word) { return std::to_string(word - sentence.first + 1); };
            const bool several = surface.last - surface.first > 1;
            if (several) {
                const std::uint32_t from = a.span[surface.first].start;
                out += id(surface.first) + '-' + id(surface.last - 1) + '\t' +
                       one_line(text.substr(from, a.span[surface.last - 1].end - from)) + "\t_\t_\t_\t_\t_\t_\t_\t" +
                       misc(surface.first, surface.last, false) + '\n';
            }
            for (; t < surface.last; ++t) {
                const std::string head = a.head[t] == kNoToken ? "0" : id(a.head[t]);
                out += id(t) + '\t' + one_line(a.form[t]) + '\t' + one_line(a.lemma[t]) + '\t' +
                       std::string(name(a.upos[t])) + '\t' + std::string(a.xpos[t]) + "\t_\t" + head + '\t' +
                       std::string(name(a.rel[t])) + "\t_\t";
                if (several) {
                    out += labels(t) + '\n';
                } else {
                    out += misc(t, t + 1, true) + '\n';
                }
            }
        }
        out += '\n';
    }
}

} // namespace kadesh
