#include "coding/tree.hpp"

#include <algorithm>
#include <array>

namespace kadesh {

namespace {

/// Verbs whose infinitive is done by the subject even though they have an object ("promised him to leave").
constexpr std::array<std::string_view, 6> kSubjectControl = {"promise", "vow", "threaten", "pledge", "swear", "use"};

bool one_of(std::string_view word, std::span<const std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool relativizer(const Annotation& a, Token t) {
    return a.upos[t] == Upos::PRON &&
           (a.lemma[t] == "which" || a.lemma[t] == "who" || a.lemma[t] == "that" || a.lemma[t] == "whom");
}

} // namespace

Tree::Tree(const Annotation& annotation) : a_(annotation) {
    const std::size_t n = a_.size();
    first_child_.assign(n + 1, 0);
    child_.resize(n);
    sentence_.assign(n, 0);
    subtree_.resize(n);
    for (std::uint32_t s = 0; s < a_.sentences.size(); ++s)
        for (Token t = a_.sentences[s].first; t < a_.sentences[s].last; ++t) sentence_[t] = s;
    std::size_t edges = 0;
    for (Token t = 0; t < n; ++t)
        if (a_.head[t] != kNoToken) {
            ++first_child_[a_.head[t] + 1];
            ++edges;
        }
    child_.resize(edges);
    for (std::size_t i = 1; i <= n; ++i) first_child_[i] += first_child_[i - 1];
    std::vector<std::uint32_t> fill(first_child_.begin(), first_child_.end() - 1);
    for (Token t = 0; t < n; ++t)
        if (a_.head[t] != kNoToken) child_[fill[a_.head[t]]++] = t;
    // Subtrees: each token widens all its ancestors; trees are shallow.
    for (Token t = 0; t < n; ++t) subtree_[t] = {t, t + 1};
    for (Token t = 0; t < n; ++t) {
        Token up = a_.head[t];
        for (int guard = 0; up != kNoToken && guard < 512; ++guard, up = a_.head[up]) {
            subtree_[up].first = std::min(subtree_[up].first, t);
            subtree_[up].last = std::max(subtree_[up].last, t + 1);
        }
    }
}

std::span<const Token> Tree::children(Token t) const {
    return std::span<const Token>(child_).subspan(first_child_[t], first_child_[t + 1] - first_child_[t]);
}

Token Tree::child(Token t, Rel rel) const {
    for (const Token c : children(t))
        if (a_.rel[c] == rel) return c;
    return kNoToken;
}

TokenRange Tree::subtree(Token t) const {
    return subtree_[t];
}

bool Tree::below(Token t, Token ancestor) const {
    for (int guard = 0; t != kNoToken && guard < 512; ++guard, t = a_.head[t])
        if (t == ancestor) return true;
    return false;
}

Token Tree::first_conjunct(Token t) const {
    for (int guard = 0; guard < 64 && a_.rel[t] == Rel::Conj && a_.head[t] != kNoToken; ++guard) t = a_.head[t];
    return t;
}

void Tree::conjuncts(Token t, std::vector<Token>& out) const {
    out.clear();
    const Token first = first_conjunct(t);
    out.push_back(first);
    // Later members hang on the first, or in a chain.
    for (std::size_t i = 0; i < out.size() && out.size() < 64; ++i)
        for (const Token c : children(out[i]))
            if (a_.rel[c] == Rel::Conj) out.push_back(c);
    std::sort(out.begin(), out.end());
}

std::string Tree::preposition(Token t) const {
    std::string words;
    for (const Token c : children(t)) {
        if (a_.rel[c] != Rel::Case || a_.xpos[c] == "POS") continue;
        if (!words.empty()) {
            // "from inside", "out of": the first names the relation.
            if (a_.lemma[c] == "of" && (words == "out" || words == "because" || words == "instead")) words += " of";
            continue;
        }
        words = a_.form[c];
        for (const Token f : children(c))
            if (a_.rel[f] == Rel::Fixed) (words += ' ') += a_.form[f];
    }
    for (char& ch : words)
        if (ch >= 'A' && ch <= 'Z') ch = static_cast<char>(ch + 32);
    return words;
}

TextSpan Tree::text_span(TokenRange range) const {
    if (range.size() == 0) return {};
    return {a_.span[range.first].start, a_.span[range.last - 1].end};
}

TokenRange Tree::core_phrase(Token head) const {
    TokenRange range{head, head + 1};
    for (const Token c : children(head)) {
        switch (a_.rel[c]) {
        case Rel::Det:
        case Rel::Amod:
        case Rel::Compound:
        case Rel::Nummod:
        case Rel::NmodPoss:
        case Rel::NmodDesc:
        case Rel::DetPredet:
            if (c < head) range.first = std::min(range.first, subtree_[c].first);
            [[fallthrough]];
        case Rel::Flat:
        case Rel::Goeswith:
            if (c > head) range.last = std::max(range.last, subtree_[c].last);
            break;
        case Rel::Appos:
            // A name right after its title or description, without a comma, is one phrase with it.
            if (c > head && a_.upos[c] == Upos::PROPN && subtree_[c].first == head + 1)
                range.last = std::max(range.last, core_phrase(c).last);
            break;
        default: break;
        }
    }
    // A preposition or a subject clause may have been swept in from the left.
    while (range.first < head &&
           (a_.rel[range.first] == Rel::Case || a_.upos[range.first] == Upos::PUNCT || a_.rel[range.first] == Rel::Cc))
        ++range.first;
    return range;
}

bool Tree::passive(Token verb) const {
    if (has_child(verb, Rel::NsubjPass) || has_child(verb, Rel::AuxPass) || has_child(verb, Rel::CsubjPass) ||
        has_child(verb, Rel::OblAgent))
        return true;
    if (a_.xpos[verb] != "VBN" || has_child(verb, Rel::Aux)) return false;
    // A headline drops the auxiliary: "Ministers arrested over maize".
    if (has_child(verb, Rel::Nsubj))
        return !has_child(verb, Rel::Obj) && !has_child(verb, Rel::Cop) && a_.rel[verb] != Rel::AclRelcl;
    if (a_.rel[verb] == Rel::Acl || a_.rel[verb] == Rel::Amod) return true;
    if (a_.rel[verb] == Rel::Advcl && !has_child(verb, Rel::Obj)) return true;
    if (a_.rel[verb] == Rel::Conj && a_.head[verb] != kNoToken && a_.xpos[a_.head[verb]] == "VBN")
        return passive(a_.head[verb]) && !has_child(verb, Rel::Obj);
    // A headline drops the auxiliary: "Minister killed in raid".
    return a_.rel[verb] == Rel::Root && !has_child(verb, Rel::Obj) && !has_child(verb, Rel::Aux) &&
           !has_child(verb, Rel::Nsubj);
}

bool Tree::verbal(Token t) const {
    return a_.upos[t] == Upos::VERB;
}

std::string Tree::predicate_lemma(Token verb) const {
    std::string lemma(a_.lemma[verb]);
    if (const Token particle = child(verb, Rel::CompoundPrt); particle != kNoToken)
        (lemma += ' ') += a_.lemma[particle];
    return lemma;
}

Token Tree::resolve_relative(Token t, Token verb) const {
    if (t != kNoToken && relativizer(a_, t))
        if (const Token noun = antecedent(t, verb); noun != kNoToken) return noun;
    return t;
}

Token Tree::antecedent(Token pronoun, Token verb) const {
    // The relative clause's verb may be coordinated or embedded below the one that hangs on the noun.
    for (Token v = verb; v != kNoToken; v = a_.head[v]) {
        if ((a_.rel[v] == Rel::AclRelcl || a_.rel[v] == Rel::Acl) && a_.head[v] != kNoToken && a_.head[v] < pronoun)
            return a_.head[v];
        if (a_.rel[v] == Rel::AdvclRelcl) return kNoToken;
    }
    return kNoToken;
}

bool Tree::first_to(Token verb) const {
    const Token noun = a_.head[verb];
    if (a_.rel[verb] != Rel::Acl || noun == kNoToken || noun > verb || a_.xpos[verb] != "VB") return false;
    static constexpr std::array<std::string_view, 5> kOrdinals = {"first", "second", "last", "latest", "only"};
    for (const Token c : children(noun))
        if (c < noun && (a_.rel[c] == Rel::Amod || a_.rel[c] == Rel::Advmod) && one_of(a_.lemma[c], kOrdinals))
            return true;
    return false;
}

Token Tree::subject(Token verb, bool& inherited) const {
    return subject_at(verb, inherited, 0);
}

Token Tree::subject_at(Token verb, bool& inherited, int depth) const {
    if (depth > 12) return kNoToken;
    const bool is_passive = passive(verb);
    const auto resolved = [&](Token t) { return resolve_relative(t, verb); };
    if (is_passive) {
        if (const Token agent = child(verb, Rel::OblAgent); agent != kNoToken) return agent;
        for (const Token c : children(verb))
            if ((a_.rel[c] == Rel::Obl || a_.rel[c] == Rel::Nmod) && preposition(c) == "by") return c;
        return kNoToken;
    }
    if (const Token s = child(verb, Rel::Nsubj); s != kNoToken) return resolved(s);
    if (const Token s = child(verb, Rel::NsubjOuter); s != kNoToken) return resolved(s);
    const Token up = a_.head[verb];
    if (up == kNoToken) return kNoToken;
    inherited = true;
    switch (a_.rel[verb]) {
    case Rel::Conj:
        if (a_.upos[up] == Upos::NOUN || a_.upos[up] == Upos::PROPN) return kNoToken;
        if (passive(up)) {
            const Token s = child(up, Rel::NsubjPass);
            if (s != kNoToken) return resolved(s);
            if (a_.rel[up] == Rel::Acl) return a_.head[up];
        }
        return subject_at(up, inherited, depth + 1);
    case Rel::Xcomp:
    case Rel::Ccomp: {
        if (a_.rel[verb] == Rel::Ccomp && has_child(verb, Rel::Mark) && a_.lemma[child(verb, Rel::Mark)] != "to")
            return kNoToken;
        Token controller = child(up, Rel::Obj);
        if (controller == kNoToken) controller = child(up, Rel::Iobj);
        if (controller != kNoToken && !one_of(a_.lemma[up], kSubjectControl)) return resolved(controller);
        if (passive(up)) {
            if (const Token s = child(up, Rel::NsubjPass); s != kNoToken) return resolved(s);
            if (a_.rel[up] == Rel::Acl || a_.rel[up] == Rel::AclRelcl) return a_.head[up];
        }
        // "called on X to do", "appealed to X to do"
        for (const Token c : children(up))
            if (a_.rel[c] == Rel::Obl && c < verb && c > up) {
                const std::string p = preposition(c);
                if (p == "on" || p == "upon" || (p == "for" && a_.lemma[up] == "call") ||
                    (p == "to" && a_.lemma[up] == "appeal") || (p == "with" && a_.lemma[up] == "plead"))
                    return c;
            }
        return subject_at(up, inherited, depth + 1);
    }
    case Rel::Advcl:
    case Rel::Parataxis:
        // A headline strings its verbs: "Army seizes power, detains president".
        if (a_.rel[verb] == Rel::Parataxis && a_.xpos[verb] != "VBG" &&
            (a_.xpos[verb] != a_.xpos[up] || up > verb || has_child(verb, Rel::Mark)))
            return kNoToken;
        if (a_.upos[up] != Upos::VERB && a_.upos[up] != Upos::AUX && !has_child(up, Rel::Nsubj)) return kNoToken;
        // "accused Syria of attacking": whoever the gerund is laid to.
        if (const Token mark = child(verb, Rel::Mark);
            mark != kNoToken && a_.xpos[verb] == "VBG" && verb > up &&
            (a_.lemma[mark] == "of" || a_.lemma[mark] == "for" || a_.lemma[mark] == "from"))
            if (const Token accused = child(up, Rel::Obj); accused != kNoToken && accused < verb)
                return resolved(accused);
        if (passive(up)) {
            if (const Token s = child(up, Rel::NsubjPass); s != kNoToken) return resolved(s);
        }
        return subject_at(up, inherited, depth + 1);
    case Rel::Acl:
        if (a_.xpos[verb] == "VBG") return up; // "forces attacking the town"
        if (has_child(verb, Rel::Mark)) {
            // "the first state to recognise": the noun itself, or what is said to be it.
            if (first_to(verb)) {
                const Token s = has_child(up, Rel::Cop) ? child(up, Rel::Nsubj) : kNoToken;
                return s != kNoToken ? resolved(s) : up;
            }
            // "a plan to attack": whoever has the plan.
            if (const Token p = child(up, Rel::NmodPoss); p != kNoToken) return p;
            for (const Token c : children(up))
                if (a_.rel[c] == Rel::Nmod && (preposition(c) == "by" || preposition(c) == "of") && c < verb) return c;
            for (const Token c : children(up))
                if ((a_.rel[c] == Rel::Amod || a_.rel[c] == Rel::Compound) && a_.upos[c] != Upos::VERB &&
                    (a_.upos[c] == Upos::PROPN || (a_.form[c].front() >= 'A' && a_.form[c].front() <= 'Z')))
                    return c;
            const Token governor = a_.head[up];
            if (governor != kNoToken && (a_.rel[up] == Rel::Obj || a_.rel[up] == Rel::NsubjPass) && verbal(governor))
                return subject_at(governor, inherited, depth + 1);
        }
        return kNoToken;
    case Rel::AclRelcl: {
        // "the missiles Russia fired" has its subject; without one and with an object the noun is the subject.
        return has_child(verb, Rel::Obj) ? up : kNoToken;
    }
    default: return kNoToken;
    }
}

void Tree::oblique_slots(Token head, bool inherited, std::vector<Filler>& out) const {
    for (const Token c : children(head)) {
        const Rel rel = a_.rel[c];
        if (rel != Rel::Obl && rel != Rel::Nmod && rel != Rel::OblAgent) continue;
        std::string p = preposition(c);
        if (p.empty()) continue;
        if (const std::size_t space = p.find(' '); space != std::string::npos) {
            // "along with", "together with", "in favor of"
            if (p == "out of")
                p = "from";
            else if (p.ends_with(" with"))
                p = "with";
            else if (p.ends_with(" against"))
                p = "against";
            else if (p == "on to" || p == "up to")
                p = "to";
        }
        if (p == "towards") p = "toward";
        // Interned in static storage so that the slot's view stays valid.
        static constexpr std::array<std::string_view, 34> kPrepositions = {
            "with",    "against", "on",     "to",      "of",        "by",     "from",  "in",    "into",
            "at",      "over",    "for",    "between", "among",     "toward", "about", "under", "upon",
            "through", "after",   "during", "since",   "near",      "via",    "as",    "amid",  "before",
            "within",  "off",     "across", "along",   "alongside", "onto",   "behind"};
        const auto it = std::find(kPrepositions.begin(), kPrepositions.end(), std::string_view(p));
        if (it == kPrepositions.end()) continue;
        Token filler = c;
        if (relativizer(a_, c))
            if (const Token noun = antecedent(c, head); noun != kNoToken) filler = noun;
        out.push_back({{SlotKind::Preposition, *it}, filler, inherited});
    }
}

void Tree::verb_slots(Token verb, std::vector<Filler>& out) const {
    out.clear();
    bool inherited = false;
    const bool is_passive = passive(verb);
    if (const Token s = subject(verb, inherited); s != kNoToken) out.push_back({{SlotKind::Subject, {}}, s, inherited});

    const auto resolved = [&](Token t) { return resolve_relative(t, verb); };
    bool has_object = false;
    if (is_passive) {
        Token patient = child(verb, Rel::NsubjPass);
        if (patient == kNoToken) patient = child(verb, Rel::Nsubj);
        bool far = false;
        if (patient == kNoToken) {
            const Token up = a_.head[verb];
            far = true;
            if (up != kNoToken &&
                (a_.rel[verb] == Rel::Acl || a_.rel[verb] == Rel::AclRelcl || a_.rel[verb] == Rel::Amod))
                patient = up;
            else if (up != kNoToken && a_.rel[verb] == Rel::Conj && verbal(up))
                patient = passive(up) ? child(up, Rel::NsubjPass) : child(up, Rel::Nsubj);
            else if (up != kNoToken && (a_.rel[verb] == Rel::Xcomp || a_.rel[verb] == Rel::Advcl)) {
                patient = passive(up) ? child(up, Rel::NsubjPass) : child(up, Rel::Nsubj);
                if (a_.rel[verb] == Rel::Xcomp && child(up, Rel::Obj) != kNoToken) patient = child(up, Rel::Obj);
            }
            if (patient == kNoToken && up != kNoToken && a_.rel[verb] == Rel::Conj && passive(up) &&
                (a_.rel[up] == Rel::Acl || a_.rel[up] == Rel::AclRelcl))
                patient = a_.head[up];
        }
        if (patient != kNoToken) {
            out.push_back({{SlotKind::Object, {}}, resolved(patient), far});
            has_object = true;
        }
    }
    for (const Token c : children(verb)) {
        switch (a_.rel[c]) {
        case Rel::Obj:
            // The object that a passive keeps ("was given weapons") stands beside its subject, the receiver.
            out.push_back({{SlotKind::Object, {}}, resolved(c), false});
            if (is_passive && has_object) {
                for (Filler& f : out)
                    if (f.slot.kind == SlotKind::Object && f.token != c) f.slot.kind = SlotKind::IndirectObject;
            }
            has_object = true;
            break;
        case Rel::Iobj: out.push_back({{SlotKind::IndirectObject, {}}, resolved(c), false}); break;
        case Rel::Xcomp:
        case Rel::Ccomp: out.push_back({{SlotKind::Clause, {}}, c, false}); break;
        default: break;
        }
    }
    if (!has_object && a_.rel[verb] == Rel::AclRelcl && a_.head[verb] != kNoToken && has_child(verb, Rel::Nsubj)) {
        // "the drones Moscow used": the gap is the object.
        const Token s = child(verb, Rel::Nsubj);
        if (!relativizer(a_, s)) {
            bool gap_elsewhere = false;
            for (const Token c : children(verb))
                if ((a_.rel[c] == Rel::Obl || a_.rel[c] == Rel::Advmod) &&
                    (relativizer(a_, c) || a_.lemma[c] == "where"))
                    gap_elsewhere = true;
            if (!gap_elsewhere) {
                out.push_back({{SlotKind::Object, {}}, a_.head[verb], true});
                has_object = true;
            }
        }
    }
    // Coordinated verbs share the last one's object: "planned and carried out the raid".
    if (!has_object && !is_passive)
        for (const Token c : children(verb))
            if (a_.rel[c] == Rel::Conj && verbal(c) && !has_child(c, Rel::Nsubj) && c == verb + 2)
                if (const Token o = child(c, Rel::Obj); o != kNoToken) out.push_back({{SlotKind::Object, {}}, o, true});
    oblique_slots(verb, false, out);
    // A preposition that the parser hung on the object ("signed a deal with Iran") serves the verb as well.
    const std::size_t direct = out.size();
    for (std::size_t i = 0; i < direct; ++i)
        if (out[i].slot.kind == SlotKind::Object && !out[i].inherited) oblique_slots(out[i].token, true, out);
}

void Tree::noun_slots(Token noun, Token carrier, std::vector<Filler>& out) const {
    out.clear();
    for (const Token c : children(noun)) {
        switch (a_.rel[c]) {
        case Rel::NmodPoss: out.push_back({{SlotKind::Possessive, {}}, c, false}); break;
        case Rel::Amod:
        case Rel::Compound:
        case Rel::NmodDesc:
        case Rel::Nmod:
        case Rel::NmodUnmarked:
            if (c < noun && preposition(c).empty()) out.push_back({{SlotKind::Modifier, {}}, c, false});
            break;
        case Rel::Appos: out.push_back({{SlotKind::Apposition, {}}, c, false}); break;
        case Rel::Acl:
        case Rel::Ccomp: out.push_back({{SlotKind::Clause, {}}, c, false}); break;
        default: break;
        }
    }
    oblique_slots(noun, false, out);
    // "the shelling of a market by gunners", "the visit of a leader to the town": what follows may hang on the first.
    const std::size_t own = out.size();
    for (std::size_t i = 0; i < own; ++i) {
        if (out[i].slot.kind != SlotKind::Preposition) continue;
        const std::string_view outer = out[i].slot.preposition;
        const bool agent = outer == "of" || outer == "by";
        if (!agent && outer != "on" && outer != "against") continue;
        for (const Token c : children(out[i].token)) {
            if (a_.rel[c] != Rel::Nmod) continue;
            const std::string p = preposition(c);
            for (const std::string_view lifted : {"by", "to", "on", "against"})
                if (p == lifted && (agent || lifted == "by")) out.push_back({{SlotKind::Preposition, lifted}, c, true});
        }
    }
    // "the miners are on strike", "both armies are on alert".
    if (carrier == kNoToken && has_child(noun, Rel::Cop))
        if (const std::string p = preposition(noun); p == "on" || p == "at" || p == "in")
            if (const Token s = child(noun, Rel::Nsubj); s != kNoToken)
                out.push_back({{SlotKind::Subject, {}}, resolve_relative(s, noun), true});
    // "attacks carried out by X", "sanctions imposed by X on Y"
    for (const Token c : children(noun))
        if (a_.rel[c] == Rel::Acl && a_.xpos[c] == "VBN") oblique_slots(c, true, out);
    if (carrier != kNoToken) {
        std::vector<Filler> verb;
        verb_slots(carrier, verb);
        for (const Filler& f : verb) {
            if (f.token == noun) continue;
            if (f.slot.kind == SlotKind::Subject || f.slot.kind == SlotKind::IndirectObject ||
                f.slot.kind == SlotKind::Preposition) {
                const bool known =
                    std::any_of(out.begin(), out.end(), [&](const Filler& o) { return o.token == f.token; });
                if (!known) out.push_back({f.slot, f.token, true});
            }
        }
    }
}

} // namespace kadesh
