#include "coding/parse_repair.hpp"

#include "base/ascii.hpp"

#include <string>
#include <vector>

namespace kadesh {

namespace {

/// "a plot to assassinate him had succeeded": an infinitive right after a noun of intent belongs to the noun.
void attach_infinitives(Annotation& a, const Lexicon& lexicon) {
    for (Token t = 2; t < a.size(); ++t) {
        if (a.xpos[t] != "VB" || a.form[t - 1] != "to" || a.head[t - 1] != t || a.rel[t - 1] != Rel::Mark) continue;
        const Token noun = t - 2;
        if (a.upos[noun] != Upos::NOUN || a.head[t] == noun || a.head[t] == kNoToken) continue;
        if (a.rel[t] != Rel::Advcl && a.rel[t] != Rel::Xcomp && a.rel[t] != Rel::Obl && a.rel[t] != Rel::Acl) continue;
        if (lexicon.effect(lower_ascii(a.lemma[noun]), LexPos::Noun) == Effect::None) continue;
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
            if (n.tokens.contains(t))
                return n.type == NameType::LOC || n.type == NameType::ORG || n.type == NameType::PER;
        return false;
    };
    for (Token t = 2; t < a.size(); ++t) {
        if (a.rel[t] != Rel::Appos && a.rel[t] != Rel::NmodUnmarked && a.rel[t] != Rel::List) continue;
        const Token first = a.head[t];
        if (first == kNoToken || first >= t || a.upos[t] != Upos::PROPN || a.upos[first] != Upos::PROPN) continue;
        if (!named(t) || !named(first) || t - first > 9) continue;
        bool more = false;
        for (Token k = t + 1; k < a.size() && k < t + 12; ++k)
            if ((a.head[k] == t || a.head[k] == first) && a.rel[k] == Rel::Conj && a.upos[k] == Upos::PROPN)
                more = true;
        // "Aliyev and US vice president Vance": the conjunction says that it is another one.
        bool conjunction = false;
        for (Token k = first + 1; k < t; ++k) {
            if (a.rel[k] != Rel::Cc) continue;
            Token up = a.head[k];
            for (int guard = 0; guard < 4 && up != kNoToken && up != t; ++guard) up = a.head[up];
            conjunction |= up == t;
        }
        if (conjunction) {
            a.rel[t] = Rel::Conj;
            continue;
        }
        const bool to_verb = t + 1 < a.size() && (a.upos[t + 1] == Upos::VERB || a.upos[t + 1] == Upos::AUX);
        bool comma = false;
        for (Token k = first + 1; k < t; ++k) comma |= a.form[k] == ",";
        if (comma && t - first <= 6 && (more || to_verb)) a.rel[t] = Rel::Conj;
    }
}

bool finite(const Annotation& a, Token t) {
    return (a.upos[t] == Upos::VERB || a.upos[t] == Upos::AUX) &&
           (a.xpos[t] == "VBD" || a.xpos[t] == "VBZ" || a.xpos[t] == "VBP");
}

/// Objects that the parser called second subjects or lone indirect objects, and subjects that it joined to what went
/// before.
void mend_arguments(Annotation& a) {
    std::vector<Token> before(a.size(), kNoToken); // first subject of a verb, before it
    std::vector<std::uint8_t> object(a.size(), 0), subject(a.size(), 0), passive(a.size(), 0), auxiliary(a.size(), 0);
    for (Token t = 0; t < a.size(); ++t) {
        const Token up = a.head[t];
        if (up == kNoToken) continue;
        if (a.rel[t] == Rel::Nsubj || a.rel[t] == Rel::NsubjPass) {
            subject[up] = 1;
            if (t < up && before[up] == kNoToken) before[up] = t;
        }
        if (a.rel[t] == Rel::Obj) object[up] = 1;
        if (a.rel[t] == Rel::AuxPass) auxiliary[up] = 1;
        if (a.rel[t] == Rel::AuxPass || a.rel[t] == Rel::NsubjPass) passive[up] = 1;
    }
    for (Token t = 0; t < a.size(); ++t) {
        const Token up = a.head[t];
        if (up == kNoToken) continue;
        // "He and the minister signed" as two subjects: the second belongs to the first.
        if (a.rel[t] == Rel::Nsubj && t < up && before[up] != kNoToken && before[up] < t) {
            bool joined = false;
            for (Token k = before[up] + 1; k < t; ++k)
                joined |= a.rel[k] == Rel::Cc && (a.head[k] == t || (a.head[k] > k && a.head[k] <= t));
            if (joined) {
                a.head[t] = before[up];
                a.rel[t] = Rel::Conj;
                continue;
            }
        }
        if (a.rel[t] == Rel::Nsubj && t > up && before[up] != kNoToken && !object[up] && !passive[up] &&
            a.upos[up] == Upos::VERB) {
            a.rel[t] = Rel::Obj;
            object[up] = 1;
        }
        // "troops trained together": no auxiliary, no participle, so no passive.
        if (a.rel[t] == Rel::NsubjPass && a.xpos[up] == "VBD" && !auxiliary[up]) a.rel[t] = Rel::Nsubj;
        if (a.rel[t] == Rel::Iobj && !object[up] && !passive[up]) {
            a.rel[t] = Rel::Obj;
            object[up] = 1;
        }
        // ", and Peru praised": a member of the list before, right before a verb that has no subject.
        const Token next = t + 1;
        if (next >= a.size() || !finite(a, next) || subject[next] || passive[next] || a.rel[next] == Rel::Xcomp)
            continue;
        const bool nominal = a.upos[t] == Upos::NOUN || a.upos[t] == Upos::PROPN;
        if (!nominal) continue;
        const bool member = a.rel[t] == Rel::Conj && (a.rel[next] == Rel::Conj || a.rel[next] == Rel::Parataxis) &&
                            t > 1 && (a.rel[t - 1] == Rel::Cc || a.form[t - 1] == ",");
        const bool swallowed =
            (a.rel[t] == Rel::Compound && up > next) || (a.rel[t] == Rel::NmodUnmarked && a.upos[t] == Upos::PROPN);
        if (!member && !swallowed) continue;
        bool cycle = false;
        for (Token k = next; k != kNoToken; k = a.head[k]) cycle |= k == t;
        if (cycle) continue;
        a.head[t] = next;
        a.rel[t] = Rel::Nsubj;
        subject[next] = 1;
    }
}

/// What the tagger took for another kind of word: "Rebels free hostages" with an adjective, "cut off the supply" with a
/// preposition, "began shelling positions" with a modifier.
void mend_verbs(Annotation& a, const Lexicon& lexicon) {
    std::vector<std::uint8_t> subject(a.size(), 0), object(a.size(), 0), copula(a.size(), 0), first(a.size(), 1);
    for (Token t = 0; t < a.size(); ++t) {
        const Token up = a.head[t];
        if (up == kNoToken) continue;
        subject[up] |= a.rel[t] == Rel::Nsubj;
        object[up] |= a.rel[t] == Rel::Obj;
        copula[up] |= a.rel[t] == Rel::Cop;
        if (a.rel[t] == Rel::Det || a.rel[t] == Rel::NmodPoss) first[up] = 0;
    }
    for (Token t = 0; t + 1 < a.size(); ++t) {
        const Token up = a.head[t];
        if (a.upos[t] == Upos::ADJ && subject[t] && object[t] && !copula[t] &&
            !lexicon.frames(lower_ascii(a.lemma[t]), LexPos::Verb).empty()) {
            a.upos[t] = Upos::VERB;
            a.xpos[t] = "VBP";
        }
        if (up == kNoToken || t == 0 || a.upos[t - 1] != Upos::VERB) continue;
        const Token verb = t - 1;
        const std::string form = lower_ascii(a.form[t]);
        if (a.rel[t] == Rel::Case && a.rel[up] == Rel::Obl && a.head[up] == verb && !object[verb] &&
            (form == "off" || form == "out" || form == "down" || form == "up" || form == "back") &&
            !lexicon.frames(lower_ascii(a.lemma[verb]) + ' ' + form, LexPos::Verb).empty() && a.xpos[verb] != "VBN") {
            a.head[t] = verb;
            a.rel[t] = Rel::CompoundPrt;
            a.rel[up] = Rel::Obj;
            object[verb] = 1;
            continue;
        }
        if (a.upos[t] == Upos::VERB && a.xpos[t] == "VBG" && a.rel[t] == Rel::Amod && a.rel[up] == Rel::Obj &&
            a.head[up] == verb && first[up]) {
            const Effect effect = lexicon.effect(lower_ascii(a.lemma[verb]), LexPos::Verb);
            if (effect != Effect::Begin && effect != Effect::GoOn && effect != Effect::Stop) continue;
            a.head[t] = verb;
            a.rel[t] = Rel::Xcomp;
            a.head[up] = t;
        }
    }
}

/// "branded the airlift a pretext": what comes after the object of such a verb is what the object is called.
void mend_namings(Annotation& a, const Lexicon& lexicon) {
    for (Token t = 2; t < a.size(); ++t) {
        if (a.upos[t] != Upos::NOUN ||
            (a.rel[t] != Rel::Obj && a.rel[t] != Rel::Nmod && a.rel[t] != Rel::Obl && a.rel[t] != Rel::Appos))
            continue;
        if (a.form[t - 1] == "," || a.form[t - 2] == ",") continue; // a comma makes it an apposition
        Token verb = a.head[t];
        if (verb != kNoToken && a.upos[verb] != Upos::VERB) verb = a.head[verb];
        if (verb == kNoToken || verb >= t || a.upos[verb] != Upos::VERB ||
            !lexicon.in_class(lower_ascii(a.lemma[verb]), "naming"))
            continue;
        Token object = kNoToken;
        bool article = false;
        bool marked = false;
        for (Token k = verb + 1; k < t; ++k) {
            if (a.head[k] == verb && a.rel[k] == Rel::Obj) object = k;
            if (a.head[k] != t) continue;
            article |= a.rel[k] == Rel::Det && (a.form[k] == "a" || a.form[k] == "an");
            marked |= a.rel[k] == Rel::Case;
        }
        if (object == kNoToken || !article || marked || (a.head[t] != verb && a.head[t] != object)) continue;
        a.head[t] = verb;
        a.rel[t] = Rel::Xcomp;
    }
}

/// "Ministers arrested over maize": a headline's past tense of a verb that is done to somebody is a passive.
void mend_headlines(Annotation& a, const Lexicon& lexicon) {
    for (const TokenRange& s : a.sentences) {
        if (s.size() < 3 || a.form[s.last - 1] == "." || a.form[s.last - 1] == "\"" || a.form[s.last - 1] == "”")
            continue;
        for (Token t = s.first; t < s.last; ++t) {
            if (a.head[t] != kNoToken || a.xpos[t] != "VBD" || !lexicon.in_class(lower_ascii(a.lemma[t]), "done_to"))
                continue;
            Token subject = kNoToken;
            bool other = false;
            for (Token k = s.first; k < s.last; ++k) {
                if (a.head[k] != t) continue;
                if (a.rel[k] == Rel::Nsubj) subject = k;
                other |=
                    a.rel[k] == Rel::Obj || a.rel[k] == Rel::Aux || a.rel[k] == Rel::Ccomp || a.rel[k] == Rel::Xcomp;
            }
            if (subject == kNoToken || subject > t || other) continue;
            a.rel[subject] = Rel::NsubjPass;
            a.xpos[t] = "VBN";
        }
    }
}

/// "call on the council to act" with the council as object: what stands behind a preposition is oblique. "concluded on
/// Tuesday an accord", "put to death four activists" with an oblique: what stands behind none is the object.
void mend_cases(Annotation& a, const Lexicon& lexicon) {
    std::vector<std::uint8_t> cased(a.size(), 0), article(a.size(), 0), object(a.size(), 0), closed(a.size(), 0),
        auxiliary(a.size(), 0);
    for (Token t = 0; t < a.size(); ++t) {
        const Token up = a.head[t];
        if (up == kNoToken) continue;
        if (a.rel[t] == Rel::Case && t < up && a.upos[t] == Upos::ADP) cased[up] = 1;
        article[up] |= a.rel[t] == Rel::Det;
        object[up] |= a.rel[t] == Rel::Obj;
        auxiliary[up] |= a.rel[t] == Rel::Aux;
        closed[up] |=
            a.rel[t] == Rel::AuxPass || a.rel[t] == Rel::NsubjPass || a.rel[t] == Rel::Ccomp || a.rel[t] == Rel::Xcomp;
    }
    for (Token t = 1; t < a.size(); ++t) {
        const Token up = a.head[t];
        if (up == kNoToken || up >= t || a.upos[up] != Upos::VERB) continue;
        if (a.rel[t] == Rel::Obj && cased[t]) {
            a.rel[t] = Rel::Obl;
        } else if (a.rel[t] == Rel::Obl && a.upos[t] == Upos::NOUN && !cased[t] && !object[up] && !closed[up] &&
                   (article[t] || lexicon.in_class(lower_ascii(a.lemma[t]), "person")) &&
                   (a.xpos[up] != "VBN" || auxiliary[up])) {
            a.rel[t] = Rel::Obj;
            object[up] = 1;
        }
    }
}

/// "ordered the agencies to leave": an infinitive after the object of a verb that governs acts is its complement.
void mend_complements(Annotation& a, const Lexicon& lexicon) {
    for (Token t = 2; t < a.size(); ++t) {
        const Token up = a.head[t];
        if (a.rel[t] != Rel::Advcl || up == kNoToken || up > t || a.xpos[t] != "VB" || a.upos[up] != Upos::VERB)
            continue;
        bool to = false;
        bool addressed = false;
        bool taken = false;
        bool forth = false;
        for (Token k = up + 1; k < t; ++k) {
            // "called for Israel to withdraw": whoever is to do it stands within the clause.
            forth |= a.head[k] == t && a.rel[k] == Rel::Mark && lower_ascii(a.form[k]) == "for";
            to |= a.head[k] == t && a.rel[k] == Rel::Mark && lower_ascii(a.form[k]) == "to";
            if (a.head[k] != up) continue;
            addressed |= a.rel[k] == Rel::Obj || a.rel[k] == Rel::Iobj || a.rel[k] == Rel::Obl;
            taken |= a.rel[k] == Rel::Xcomp || a.rel[k] == Rel::Ccomp;
        }
        if (!to || taken) continue;
        Effect effect = lexicon.effect(lower_ascii(a.lemma[up]), LexPos::Verb);
        // "the council voted to lift the ban"
        if (!(addressed || forth) && effect != Effect::Cause) continue;
        for (const std::string_view p : {"on", "to", "for"})
            if (effect == Effect::None)
                effect = lexicon.effect(lower_ascii(a.lemma[up]) + ' ' + std::string(p), LexPos::Verb);
        if (effect == Effect::Request || effect == Effect::Cause) a.rel[t] = Rel::Xcomp;
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
    a.coreference = annotation.coreference;
    a.chains = annotation.chains;
    mend_verbs(a, lexicon);
    attach_infinitives(a, lexicon);
    join_members(a);
    mend_arguments(a);
    mend_cases(a, lexicon);
    mend_namings(a, lexicon);
    mend_headlines(a, lexicon);
    mend_complements(a, lexicon);
    return a;
}

} // namespace kadesh
