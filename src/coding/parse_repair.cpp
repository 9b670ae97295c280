#include "coding/parse_repair.hpp"

#include <cctype>
#include <string>

namespace kadesh {

namespace {

std::string lower(std::string_view s) {
    std::string out(s);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

/// "a plot to assassinate him had succeeded": an infinitive right after a noun of intent belongs to the noun.
void attach_infinitives(Annotation& a, const Lexicon& lexicon) {
    for (Token t = 2; t < a.size(); ++t) {
        if (a.xpos[t] != "VB" || a.form[t - 1] != "to" || a.head[t - 1] != t || a.rel[t - 1] != Rel::Mark) continue;
        const Token noun = t - 2;
        if (a.upos[noun] != Upos::NOUN || a.head[t] == noun || a.head[t] == kNoToken) continue;
        if (a.rel[t] != Rel::Advcl && a.rel[t] != Rel::Xcomp && a.rel[t] != Rel::Obl && a.rel[t] != Rel::Acl) continue;
        if (lexicon.effect(lower(a.lemma[noun]), LexPos::Noun) == Effect::None) continue;
        // Never under itself.
        bool cycle = false;
        for (Token up = noun; up != kNoToken; up = a.head[up]) cycle |= up == t;
        if (cycle) continue;
        // "asked the opposition to leave": an object-control verb keeps its infinitive.
        if (a.rel[t] == Rel::Xcomp && a.head[noun] == a.head[t] && a.rel[noun] == Rel::Obj) continue;
        a.head[t] = noun;
        a.rel[t] = Rel::Acl;
    }
}

/// "Turkey, Brazil and Chile condemn": a name after a comma that leads on to "and", or straight to the verb, is another
/// member, not an explanation of the first.
void join_members(Annotation& a) {
    const auto named = [&](Token t) {
        for (const NameSpan& n : a.names)
            if (n.tokens.contains(t)) return n.type == NameType::LOC || n.type == NameType::ORG || n.type == NameType::PER;
        return false;
    };
    for (Token t = 2; t < a.size(); ++t) {
        if (a.rel[t] != Rel::Appos && a.rel[t] != Rel::NmodUnmarked && a.rel[t] != Rel::List) continue;
        const Token first = a.head[t];
        if (first == kNoToken || first >= t || a.upos[t] != Upos::PROPN || a.upos[first] != Upos::PROPN) continue;
        if (!named(t) || !named(first) || t - first > 6) continue;
        bool comma = false;
        for (Token k = first + 1; k < t; ++k) comma |= a.form[k] == ",";
        if (!comma) continue;
        bool more = false;
        for (Token k = t + 1; k < a.size() && k < t + 12; ++k)
            if (a.head[k] == t && a.rel[k] == Rel::Conj && a.upos[k] == Upos::PROPN) more = true;
        const bool to_verb = t + 1 < a.size() && (a.upos[t + 1] == Upos::VERB || a.upos[t + 1] == Upos::AUX);
        if (more || to_verb) a.rel[t] = Rel::Conj;
    }
}

} // namespace

Annotation repaired(const Annotation& annotation, const Lexicon& lexicon) {
    Annotation a;
    a.span = annotation.span;
    a.form = annotation.form;
    a.lemma = annotation.lemma;
    a.upos = annotation.upos;
    a.xpos = annotation.xpos;
    a.head = annotation.head;
    a.rel = annotation.rel;
    a.space_after = annotation.space_after;
    a.sentences = annotation.sentences;
    a.names = annotation.names;
    attach_infinitives(a, lexicon);
    join_members(a);
    return a;
}

} // namespace kadesh
