#include "coding/attribution_words.hpp"

#include "base/ascii.hpp"

#include <array>

namespace kadesh {

bool opening(const Annotation& a, const Quotations& q, Token t) {
    return q.mark(t) && q.at(t) != Quotations::kNone && (t + 1 < a.size()) && q.at(t + 1) == q.at(t) &&
           (t == 0 || q.at(t - 1) != q.at(t) || q.begins_paragraph(t));
}

bool sets_off(const Annotation& a, Token t) {
    return a.upos[t] == Upos::PUNCT && (a.form[t] == "," || a.form[t] == ";" || a.form[t] == ":" || a.form[t] == "-" ||
                                        a.form[t] == "--" || a.form[t] == "—" || a.form[t] == "–");
}

std::string word_kind(const Annotation& a, Token t) {
    switch (a.upos[t]) {
    case Upos::PUNCT: return std::string(a.form[t]);
    case Upos::ADP:
    case Upos::SCONJ:
    case Upos::PART:
    case Upos::PRON:
    case Upos::CCONJ:
    case Upos::AUX: return lower_ascii(a.lemma[t]);
    case Upos::DET: return a.lemma[t] == "the" || a.lemma[t] == "a" ? "DET" : lower_ascii(a.lemma[t]);
    default: return std::string(name(a.upos[t]));
    }
}

std::string size_kind(Token n) {
    constexpr std::array<Token, 9> kSteps = {1, 2, 3, 4, 6, 9, 14, 22, 40};
    std::size_t i = 0;
    while (i < kSteps.size() && n > kSteps[i]) ++i;
    return std::to_string(i);
}

} // namespace kadesh
