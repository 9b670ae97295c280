#include "coding/attribution_candidates.hpp"

#include "base/ascii.hpp"
#include "coding/attribution_words.hpp"

#include <algorithm>

namespace kadesh {

AttributionCandidates::AttributionCandidates(const Tree& tree, const Quotations& quotations)
    : tree_(tree), a_(tree.annotation()), quotes_(quotations), name_type_(a_.size(), 0) {
    for (const NameSpan& n : a_.names)
        for (Token t = n.tokens.first; t < n.tokens.last; ++t)
            name_type_[t] = static_cast<std::uint8_t>(static_cast<int>(n.type) + 1);
}

std::string AttributionCandidates::cue_name(Token t) const {
    char kind = 0;
    switch (a_.upos[t]) {
    case Upos::VERB: kind = 'V'; break;
    case Upos::NOUN:
    case Upos::PROPN: kind = 'N'; break;
    case Upos::ADJ: kind = 'J'; break;
    case Upos::ADV: kind = 'R'; break;
    case Upos::ADP:
    case Upos::SCONJ: kind = 'P'; break;
    case Upos::PUNCT:
        if (a_.form[t] == ":") kind = 'C';
        break;
    default: break;
    }
    if (kind == 0) return {};
    std::string out = lower_ascii(a_.form[t]) == "according" ? "according" : lower_ascii(tree_.predicate_lemma(t));
    if (out == "according") kind = 'P';
    (out += '/') += kind;
    return out;
}

std::string AttributionCandidates::path_of(Token child) const {
    std::string path(name(a_.rel[child]));
    if (a_.rel[child] == Rel::Obl || a_.rel[child] == Rel::Nmod)
        if (const std::string p = tree_.preposition(child); !p.empty()) (path += ':') += p;
    return path;
}

bool AttributionCandidates::quote_beside(Token cue) const {
    const TokenRange s = a_.sentences[tree_.sentence_of(cue)];
    for (Token t = cue + 1; t < s.last && t < cue + 4; ++t)
        if (opening(a_, quotes_, t)) return true;
    // "X," he said.
    for (Token t = cue; t > s.first && t + 8 > cue; --t)
        if (quotes_.at(t - 1) != Quotations::kNone && quotes_.at(t) == Quotations::kNone) return true;
    return s.first > 0 && cue < s.first + 4 && quotes_.at(s.first - 1) != Quotations::kNone &&
           quotes_.at(s.first) == Quotations::kNone;
}

/// Which dependents a cue has: a clause, an infinitive, an object; whether it stands beside its content.
std::string AttributionCandidates::frame(Token cue) const {
    std::string out;
    const auto add = [&](char c) {
        if (out.find(c) == std::string::npos) out += c;
    };
    for (const Token c : tree_.children(cue)) {
        switch (a_.rel[c]) {
        case Rel::Ccomp: {
            const Token mark = tree_.child(c, Rel::Mark);
            add(c < cue ? 'L' : (mark != kNoToken && a_.lemma[mark] == "that" ? 'T' : 'C'));
            break;
        }
        case Rel::Xcomp: add('X'); break;
        case Rel::Obj: add(c < cue ? 'W' : 'O'); break;
        case Rel::Parataxis: add(c < cue ? 'P' : 'p'); break;
        case Rel::Acl: add('A'); break;
        default: break;
        }
    }
    if (a_.rel[cue] == Rel::Parataxis) add('B');
    if (quote_beside(cue)) add('Q');
    if (out.empty()) out = "-";
    std::sort(out.begin(), out.end());
    return out;
}

FeatureNames AttributionCandidates::cue_features(Token cue) const {
    FeatureNames out;
    const std::string w = cue_name(cue);
    const std::string kind = w.substr(w.size() - 1);
    const auto add = [&](const std::string& f) { out.push_back("cue " + f); };
    // A feature alone, with the kind of word, and with the word.
    const auto thrice = [&](const std::string& f) {
        add(kind + ' ' + f);
        add(w + ' ' + f);
    };
    add(kind);
    add(w);
    add(w + ' ' + std::string(a_.xpos[cue]));
    const std::string fr = frame(cue);
    thrice("frame " + fr);
    if (fr != "-")
        for (const char c : fr) thrice(std::string("has ") + c);
    bool subject = false;
    bool inherited = false;
    Token s = kNoToken;
    if (kind == "V") {
        s = tree_.subject(cue, inherited);
        if (s == kNoToken) s = tree_.child(cue, Rel::NsubjPass);
    } else {
        s = tree_.child(cue, Rel::NmodPoss);
        if (s == kNoToken) s = tree_.child(cue, Rel::Nsubj);
    }
    if (s != kNoToken) {
        subject = true;
        std::string who = "noun";
        if (a_.upos[s] == Upos::PRON || a_.upos[s] == Upos::DET)
            who = lower_ascii(a_.lemma[s]);
        else if (name_type_[s] != 0)
            who = name(static_cast<NameType>(name_type_[s] - 1));
        thrice("subject " + who + (inherited ? " inherited" : ""));
        if (who == "noun") add("subject " + lower_ascii(a_.lemma[s]));
    }
    if (!subject) thrice("no subject");
    if (kind == "V" && tree_.passive(cue)) thrice("passive");
    for (const Token c : tree_.children(cue)) {
        const Rel r = a_.rel[c];
        if (r == Rel::Aux || (r == Rel::Advmod && a_.lemma[c] == "not")) {
            thrice("aux " + lower_ascii(a_.lemma[c]));
        } else if (r == Rel::Obl || r == Rel::Nmod) {
            if (c > cue) thrice(path_of(c));
        } else if (r == Rel::Obj) {
            thrice("obj " + (a_.upos[c] == Upos::PRON ? "pron" : name_type_[c] != 0 ? "name" : std::string("noun")));
            add("obj " + lower_ascii(a_.lemma[c]));
            add(w + " obj " + lower_ascii(a_.lemma[c]));
        } else if (r == Rel::Xcomp || r == Rel::Ccomp) {
            thrice("comp " + std::string(a_.xpos[c]));
            if (r == Rel::Xcomp) add(w + " xcomp " + lower_ascii(a_.lemma[c]));
        } else if (r == Rel::Mark || r == Rel::Cop) {
            thrice(std::string(name(r)) + ' ' + lower_ascii(a_.lemma[c]));
        }
    }
    const Token up = a_.head[cue];
    thrice("as " + std::string(name(a_.rel[cue])));
    if (up != kNoToken) {
        add(kind + " as " + std::string(name(a_.rel[cue])) + " of " + lower_ascii(a_.lemma[up]));
        if (kind != "V" && tree_.preposition(cue) != "") thrice("after " + tree_.preposition(cue));
    }
    if (quotes_.at(cue) != Quotations::kNone) thrice("in quotation");
    const TokenRange sentence = a_.sentences[tree_.sentence_of(cue)];
    if (cue + 1 < sentence.last) add(w + " before " + word_kind(a_, cue + 1));
    if (kind == "C") {
        add("colon at " + size_kind(cue - sentence.first));
        if (cue > sentence.first && name_type_[cue - 1] != 0) add("colon after name");
        if (cue > sentence.first) add("colon after " + std::string(name(a_.upos[cue - 1])));
        if (cue + 1 < sentence.last && opening(a_, quotes_, cue + 1)) add("colon before quotation");
        bool verb = false;
        for (Token t = sentence.first; t < cue; ++t) verb |= a_.upos[t] == Upos::VERB || a_.upos[t] == Upos::AUX;
        add(verb ? "colon after verb" : "colon without verb");
        if (quotes_.begins_paragraph(sentence.first)) add("colon in first sentence");
    }
    return out;
}

TokenRange AttributionCandidates::cue_words(Token cue) const {
    TokenRange out{cue, cue + 1};
    const TokenRange sentence = a_.sentences[tree_.sentence_of(cue)];
    if (lower_ascii(a_.form[cue]) == "according" && cue + 1 < sentence.last && a_.form[cue + 1] == "to") ++out.last;
    while (out.first > sentence.first) {
        const Token t = out.first - 1;
        const Rel r = a_.rel[t];
        const bool own = a_.head[t] == cue || (a_.head[t] != kNoToken && out.contains(a_.head[t]));
        if (!own || (r != Rel::Aux && r != Rel::AuxPass && r != Rel::Advmod && r != Rel::Cop)) break;
        --out.first;
    }
    while (out.last < sentence.last && a_.head[out.last] == cue && a_.rel[out.last] == Rel::CompoundPrt) ++out.last;
    return out;
}

TokenRange AttributionCandidates::trimmed(TokenRange r) const {
    while (r.first < r.last && (a_.upos[r.first] == Upos::PUNCT || a_.rel[r.first] == Rel::Cc) &&
           !opening(a_, quotes_, r.first))
        ++r.first;
    r.last = trimmed_end(r.first, r.last);
    return r;
}

/// The end without a full stop, a comma or a bracket that the words do not need.
Token AttributionCandidates::trimmed_end(Token first, Token last) const {
    while (last > first + 1) {
        const Token t = last - 1;
        if (a_.upos[t] != Upos::PUNCT) break;
        // A quotation that ends here keeps its mark; one that only its end reaches into does not.
        if (quotes_.mark(t)) break;
        if (a_.form[t] == ")" || a_.form[t] == "]") {
            bool within = false;
            for (Token k = first; k < t; ++k) within |= a_.form[k] == "(" || a_.form[k] == "[";
            if (within) break;
        }
        // Within a quotation that goes on, the stop belongs to the words.
        --last;
    }
    return last;
}

void AttributionCandidates::source_spans(Token cue, Token head, const std::string& path,
                                         std::vector<SourceCandidate>& out) const {
    TokenRange full = tree_.subtree(head);
    const TokenRange sentence = a_.sentences[tree_.sentence_of(head)];
    // The phrase may hold the cue itself: "a statement saying ...".
    if (full.contains(cue)) {
        Token low = cue;
        for (Token t = cue; t != head && t != kNoToken; t = a_.head[t]) low = std::min(low, tree_.subtree(t).first);
        if (low > head)
            full.last = low;
        else if (cue < head)
            full.first = tree_.below(cue, head) && a_.rel[cue] == Rel::Case ? cue + 1 : head;
        else
            full.last = cue;
    }
    for (bool again = true; again && full.first < head;) {
        again = a_.rel[full.first] == Rel::Case || a_.rel[full.first] == Rel::Fixed ||
                a_.upos[full.first] == Upos::PUNCT || a_.rel[full.first] == Rel::Cc || a_.rel[full.first] == Rel::Mark;
        if (again && opening(a_, quotes_, full.first)) again = false;
        if (again) ++full.first;
    }
    if (full.first > head) full.first = head;
    while (full.last > head + 1 &&
           (a_.rel[full.last - 1] == Rel::Case ||
            (a_.upos[full.last - 1] == Upos::PUNCT && !quotes_.mark(full.last - 1) && a_.form[full.last - 1] != ")")))
        --full.last;
    if (full.last <= head) full.last = head + 1;

    const Token before = cue > head ? 1 : 0;
    const auto emit = [&](TokenRange r, const std::string& variant) {
        if (r.size() == 0) return;
        for (const SourceCandidate& c : out)
            if (c.tokens == r) return;
        SourceCandidate c{head, r, {}};
        const std::string w = cue_name(cue);
        const std::string kind = w.substr(w.size() - 1);
        const auto add = [&](const std::string& f) { c.features.push_back("src " + f); };
        add(path);
        add(path + ' ' + kind + std::to_string(before));
        add(path + ' ' + w);
        add(variant);
        add(variant + ' ' + path);
        std::string held;
        std::string left;
        for (const Token k : tree_.children(head)) {
            const Rel rel = a_.rel[k];
            if (rel != Rel::Appos && rel != Rel::AclRelcl && rel != Rel::Acl && rel != Rel::Conj && rel != Rel::Nmod &&
                rel != Rel::Parataxis && rel != Rel::Advcl && rel != Rel::Obl && rel != Rel::Advmod)
                continue;
            if (r.contains(k))
                held += ' ' + std::string(name(rel));
            else if (!tree_.below(cue, k) && full.contains(k))
                left += ' ' + std::string(name(rel));
        }
        add(variant + " holds" + held);
        add(variant + " leaves" + left);
        add("holds" + held + " leaves" + left);
        const bool pronoun = a_.upos[head] == Upos::PRON || a_.upos[head] == Upos::DET;
        const std::string what = pronoun ? lower_ascii(a_.lemma[head])
                                 : name_type_[head] != 0
                                     ? std::string(name(static_cast<NameType>(name_type_[head] - 1)))
                                     : std::string(name(a_.upos[head]));
        add(what);
        add(path + ' ' + what);
        add(variant + ' ' + what);
        if (!pronoun && name_type_[head] == 0) add("noun " + lower_ascii(a_.lemma[head]));
        add(variant + " size " + size_kind(r.size()));
        const std::string next = r.last < sentence.last ? word_kind(a_, r.last) : "END";
        add(variant + " next " + next);
        add("last " + word_kind(a_, r.last - 1));
        if (quotes_.at(head) != Quotations::kNone && quotes_.at(head) != quotes_.at(cue)) add("in quotation");
        if (kind == "V") add(path + (tree_.passive(cue) ? " passive" : " active"));
        out.push_back(std::move(c));
    };
    emit(full, "full");
    if (full.last < sentence.last && a_.form[full.last] == "," && full.last < cue) {
        bool inner = false;
        for (Token t = full.first; t < full.last; ++t) inner |= a_.form[t] == ",";
        if (inner) emit({full.first, full.last + 1}, "comma");
    }
    emit(tree_.core_phrase(head), "core");
    for (Token t = head + 1; t < full.last; ++t)
        if (a_.upos[t] == Upos::PUNCT && a_.form[t] != "'" && a_.form[t] != "-" && a_.form[t] != "’") {
            emit({full.first, t}, "first");
            break;
        }
    // Without a clause or a phrase of place that hangs on the noun.
    for (const Token k : tree_.children(head))
        if (k > head && full.contains(k) &&
            (a_.rel[k] == Rel::AclRelcl || a_.rel[k] == Rel::Acl || a_.rel[k] == Rel::Nmod || a_.rel[k] == Rel::Appos ||
             a_.rel[k] == Rel::Conj || a_.rel[k] == Rel::Advcl || a_.rel[k] == Rel::Parataxis))
            emit(trimmed({full.first, std::max(head + 1, tree_.subtree(k).first)}), "cut");
}

std::vector<SourceCandidate> AttributionCandidates::sources(Token cue) const {
    std::vector<SourceCandidate> out;
    const std::string w = cue_name(cue);
    const std::string kind = w.substr(w.size() - 1);
    std::vector<Token> seen;
    const auto nominal = [&](Token t) {
        return a_.upos[t] == Upos::NOUN || a_.upos[t] == Upos::PROPN || a_.upos[t] == Upos::PRON ||
               a_.upos[t] == Upos::DET || a_.upos[t] == Upos::NUM || a_.upos[t] == Upos::ADJ || a_.upos[t] == Upos::X ||
               a_.upos[t] == Upos::SYM;
    };
    const auto head = [&](Token t, const std::string& path) {
        if (t == kNoToken || t == cue || !nominal(t)) return;
        if (std::find(seen.begin(), seen.end(), t) != seen.end()) return;
        seen.push_back(t);
        source_spans(cue, t, path, out);
    };
    const auto nominal_rel = [](Rel r) {
        return r == Rel::Nsubj || r == Rel::NsubjPass || r == Rel::NsubjOuter || r == Rel::Obl || r == Rel::OblAgent ||
               r == Rel::Nmod || r == Rel::NmodPoss || r == Rel::Obj || r == Rel::Compound || r == Rel::Amod ||
               r == Rel::Parataxis || r == Rel::Appos || r == Rel::Flat || r == Rel::Dep;
    };
    for (const Token c : tree_.children(cue))
        if (nominal_rel(a_.rel[c])) head(c, path_of(c));
    if (kind == "V") {
        bool inherited = false;
        const Token s = tree_.subject(cue, inherited);
        head(s, "subject " + std::string(name(a_.rel[cue])));
    }
    Token at = cue;
    std::string way;
    for (int step = 0; step < 3; ++step) {
        const Token up = a_.head[at];
        if (up == kNoToken) break;
        way += std::string(name(a_.rel[at])) + '^';
        head(up, way);
        for (const Token c : tree_.children(up))
            if (c != at && (a_.rel[c] == Rel::Nsubj || a_.rel[c] == Rel::NsubjPass || a_.rel[c] == Rel::NmodPoss ||
                            a_.rel[c] == Rel::OblAgent || (step == 0 && a_.rel[c] == Rel::Nmod)))
                head(c, way + path_of(c));
        at = up;
    }
    if (kind == "C") {
        const TokenRange sentence = a_.sentences[tree_.sentence_of(cue)];
        if (sentence.first < cue) {
            for (Token t = sentence.first; t < cue; ++t)
                if (a_.head[t] == kNoToken || a_.head[t] >= cue || a_.head[t] < sentence.first) {
                    SourceCandidate c{t, trimmed({sentence.first, cue}), {"src left of colon"}};
                    if (c.tokens.size() > 0) out.push_back(std::move(c));
                    break;
                }
        }
    }
    SourceCandidate none;
    none.features = {"src none", "src none " + kind, "src none " + w};
    if (kind == "V") {
        bool inherited = false;
        const Token s = tree_.subject(cue, inherited);
        const std::string how = s == kNoToken ? "without subject" : inherited ? "inherited" : "with subject";
        none.features.push_back("src none " + how);
        none.features.push_back("src none as " + std::string(name(a_.rel[cue])));
        if (s != kNoToken && a_.upos[s] == Upos::PRON) none.features.push_back("src none " + lower_ascii(a_.lemma[s]));
        if (tree_.passive(cue)) none.features.emplace_back("src none passive");
    }
    out.push_back(std::move(none));
    return out;
}

} // namespace kadesh
