#include "coding/truth.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace kadesh {

namespace {

using Bits = std::uint8_t;

/// Embedding deeper than this is not looked at.
constexpr int kDeepest = 12;

constexpr Bits without(Bits bits, int gone) {
    return static_cast<Bits>(bits & ~gone);
}

/// Reads the standing of predicates off one tree. A predicate's bits are those of its own clause and those that come
/// from above: what its governor promises of its complement, a condition, a modal that coordination shares.
class Reader {
  public:
    Reader(const Tree& tree, const Lexicon& lexicon)
        : tree_(tree), a_(tree.annotation()), lexicon_(lexicon), words_(lexicon.truth()) {}

    [[nodiscard]] Bits standing(Token t, int depth = 0) const {
        if (t == kNoToken || depth > kDeepest) return 0;
        return static_cast<Bits>(own(t) | above(t, depth));
    }
    /// Words at a noun: "alleged", "planned", "no".
    [[nodiscard]] Bits noun(Token noun) const;

  private:
    [[nodiscard]] Bits own(Token t) const;
    [[nodiscard]] Bits clause(Token verb) const;
    [[nodiscard]] Bits modals(Token verb) const;
    [[nodiscard]] bool negative(Token argument) const;
    [[nodiscard]] bool under_report(Token t) const;
    [[nodiscard]] bool commanded(Token t) const;
    [[nodiscard]] bool asked(Token t) const;

    [[nodiscard]] Bits above(Token t, int depth) const;
    [[nodiscard]] Bits complement(Token t, int depth) const;
    [[nodiscard]] Bits adverbial(Token t, int depth) const;
    [[nodiscard]] Bits conjunct(Token t, int depth) const;
    [[nodiscard]] Bits argument(Token t, int depth) const;

    [[nodiscard]] const Signature* signature(Token governor, std::string_view frame) const;
    [[nodiscard]] Bits promised(const Signature& s, Token governor, bool factive, int depth) const;
    [[nodiscard]] bool told_past(Token t) const;

    [[nodiscard]] bool is(Token t, TruthCue cue) const {
        return words_.is(lower_ascii(a_.lemma[t]), cue) || words_.is(lower_ascii(a_.form[t]), cue);
    }
    [[nodiscard]] bool has_subject(Token t) const {
        return tree_.has_child(t, Rel::Nsubj) || tree_.has_child(t, Rel::NsubjPass) ||
               tree_.has_child(t, Rel::NsubjOuter) || tree_.has_child(t, Rel::Csubj) || tree_.has_child(t, Rel::Expl);
    }
    /// "to sign", "in order to sign", "for them to sign"
    [[nodiscard]] bool has_to(Token t) const {
        for (const Token c : tree_.children(t))
            if (a_.rel[c] == Rel::Mark && a_.lemma[c] == "to") return a_.xpos[t] != "VBG";
        return false;
    }
    [[nodiscard]] bool infinitive(Token t) const {
        if (a_.xpos[t] == "VB" || has_to(t)) return true;
        for (const Token c : tree_.children(t))
            if ((a_.rel[c] == Rel::AuxPass || a_.rel[c] == Rel::Cop) && a_.xpos[c] == "VB") return true;
        return false;
    }
    /// "prevented from signing", "committed to signing"
    [[nodiscard]] std::string gerund_frame(Token mark) const {
        return a_.lemma[mark] == "to" ? "to_ing" : lower_ascii(a_.form[mark]);
    }
    [[nodiscard]] bool finite(Token t) const {
        return a_.xpos[t] == "VBD" || a_.xpos[t] == "VBZ" || a_.xpos[t] == "VBP";
    }
    [[nodiscard]] bool nominal(Token t) const { return a_.upos[t] == Upos::NOUN || a_.upos[t] == Upos::PROPN; }
    [[nodiscard]] bool predicative(Token t) const {
        return a_.upos[t] == Upos::VERB || a_.upos[t] == Upos::ADJ || a_.upos[t] == Upos::AUX ||
               tree_.has_child(t, Rel::Cop);
    }

    const Tree& tree_;
    const Annotation& a_;
    const Lexicon& lexicon_;
    const TruthTable& words_;
};

/// "no country", "none of them", "neither side", "nobody".
bool Reader::negative(Token argument) const {
    if (is(argument, TruthCue::NegativePronoun)) return true;
    for (const Token d : tree_.children(argument)) {
        const std::string form = lower_ascii(a_.form[d]);
        if (a_.rel[d] == Rel::Det && form == "no") return true;
        if (a_.rel[argument] != Rel::Obj && form == "neither") return true;
    }
    return false;
}

Bits Reader::noun(Token noun) const {
    Bits bits = 0;
    for (const Token c : tree_.children(noun)) {
        if (a_.rel[c] == Rel::Amod || a_.rel[c] == Rel::Compound || a_.rel[c] == Rel::Acl) {
            if (is(c, TruthCue::AllegedAdjective)) bits |= kAlleged;
            if (is(c, TruthCue::FutureAdjective)) bits |= kFuture;
            if (is(c, TruthCue::PossibleAdjective)) bits |= kHypothetical;
        }
        if (a_.rel[c] == Rel::Det && lower_ascii(a_.form[c]) == "no") bits |= kNegated;
        if (a_.rel[c] == Rel::Case && is(c, TruthCue::NegativeMark)) bits |= kNegated;
    }
    return bits;
}

/// Whether another's words hold this clause: "said it would", "it would, he said".
bool Reader::under_report(Token t) const {
    const auto reports = [&](Token verb) {
        return lexicon_.effect(lower_ascii(tree_.predicate_lemma(verb)), LexPos::Verb) == Effect::Report;
    };
    const Token up = a_.head[t];
    bool under = up != kNoToken &&
                 (a_.rel[t] == Rel::Ccomp || a_.rel[t] == Rel::Xcomp || a_.rel[t] == Rel::Parataxis) && reports(up);
    if (a_.rel[t] == Rel::Root || a_.rel[t] == Rel::Conj)
        for (const Token c : tree_.children(t)) under |= a_.rel[c] == Rel::Parataxis && reports(c);
    return under;
}

/// An imperative: a bare verb without a subject that begins its clause.
bool Reader::commanded(Token t) const {
    if (a_.xpos[t] != "VB" || (a_.rel[t] != Rel::Root && a_.rel[t] != Rel::Parataxis) || has_subject(t)) return false;
    for (const Token c : tree_.children(t)) {
        if (a_.rel[c] == Rel::Mark || a_.rel[c] == Rel::Cop || a_.rel[c] == Rel::AuxPass) return false;
        if (a_.rel[c] == Rel::Aux && a_.lemma[c] != "do") return false;
    }
    return true;
}

/// A question that yes or no answers: the auxiliary stands before the subject and nothing asks who or when.
bool Reader::asked(Token t) const {
    if (a_.rel[t] != Rel::Root) return false;
    const TokenRange sentence = a_.sentences[tree_.sentence_of(t)];
    Token subject = kNoToken;
    Token first = kNoToken;
    for (const Token c : tree_.children(t)) {
        if (a_.rel[c] == Rel::Nsubj || a_.rel[c] == Rel::NsubjPass) subject = c;
        if ((a_.rel[c] == Rel::Aux || a_.rel[c] == Rel::AuxPass || a_.rel[c] == Rel::Cop) && first == kNoToken)
            first = c;
    }
    if (subject == kNoToken || first == kNoToken || first > subject) return false;
    bool mark = false;
    for (Token w = sentence.first; w < sentence.last; ++w) {
        if (w < t && a_.xpos[w].starts_with('W')) return false;
        mark |= a_.form[w] == "?";
    }
    return mark;
}

Bits Reader::modals(Token verb) const {
    Bits bits = 0;
    bool would = false;
    bool future = false;
    bool ability = false;
    bool before = false;
    for (const Token c : tree_.children(verb)) {
        if (a_.rel[c] == Rel::Mark && is(c, TruthCue::Before)) before = true;
        if (a_.rel[c] != Rel::Aux) continue;
        const std::string l = lower_ascii(a_.lemma[c]);
        future |= words_.is(l, TruthCue::FutureModal);
        would |= words_.is(l, TruthCue::Would);
        if (words_.is(l, TruthCue::PossibleModal)) bits |= kHypothetical;
        ability |= l == "can" || l == "could";
    }
    if (future) bits |= kFuture;
    // "before he could sign": he did not.
    if (before && ability) return kNegated;
    if (would) bits |= under_report(verb) ? kFuture : kHypothetical;
    return bits;
}

Bits Reader::clause(Token verb) const {
    Bits bits = modals(verb);
    for (const Token c : tree_.children(verb)) {
        switch (a_.rel[c]) {
        case Rel::Advmod: {
            bool negates = is(c, TruthCue::Negator);
            // "no longer"; and "not only", whose negation stays with the "only".
            for (const Token d : tree_.children(c)) negates |= lower_ascii(a_.form[d]) == "no";
            if (negates && c + 1 < a_.size() && is(c + 1, TruthCue::NotAlone)) negates = false;
            if (negates || is(c, TruthCue::NearMiss)) bits |= kNegated;
            if (is(c, TruthCue::AllegedAdverb)) bits |= kAlleged;
            if (is(c, TruthCue::PossibleAdverb)) bits |= kHypothetical;
            break;
        }
        case Rel::Mark:
        case Rel::Case:
            if (is(c, TruthCue::Condition)) bits |= kHypothetical;
            if (is(c, TruthCue::NegativeMark)) bits |= kNegated;
            break;
        case Rel::Aux:
            // "Had Iran attacked, ...": a condition without its "if".
            if (a_.lemma[c] == "have" && a_.xpos[c] == "VBD" && a_.rel[verb] == Rel::Advcl &&
                !tree_.has_child(verb, Rel::Mark))
                if (const Token s = tree_.child(verb, Rel::Nsubj); s != kNoToken && c < s) bits |= kHypothetical;
            break;
        case Rel::Nsubj:
        case Rel::NsubjPass:
        case Rel::Obj:
            if (negative(c)) bits |= kNegated;
            break;
        case Rel::Obl:
            // "under no circumstances"
            if (negative(c) && is(c, TruthCue::NegativePhrase)) bits |= kNegated;
            break;
        default: break;
        }
    }
    if (commanded(verb) || asked(verb)) bits |= kHypothetical;
    return bits;
}

Bits Reader::own(Token t) const {
    Bits bits = nominal(t) ? noun(t) : Bits{0};
    if (predicative(t)) {
        bits |= clause(t);
        // A headline: "Iran to sign deal".
        if (a_.xpos[t] == "VB" && a_.rel[t] == Rel::Root && tree_.has_child(t, Rel::Mark)) bits |= kFuture;
    }
    return bits;
}

/// Whether a governor is told in the past, by its own form or its copula's.
bool Reader::told_past(Token t) const {
    bool past = a_.xpos[t] == "VBD";
    for (const Token c : tree_.children(t)) {
        if (a_.rel[c] == Rel::Aux && a_.xpos[c] == "MD") return false;
        if (a_.rel[c] == Rel::Cop || a_.rel[c] == Rel::Aux || a_.rel[c] == Rel::AuxPass)
            past |= a_.xpos[c] == "VBD" || (a_.lemma[c] == "have" && a_.xpos[t] == "VBN");
    }
    return past;
}

const Signature* Reader::signature(Token governor, std::string_view frame) const {
    const LexPos pos = a_.upos[governor] == Upos::VERB || a_.upos[governor] == Upos::AUX ? LexPos::Verb
                       : nominal(governor)                                               ? LexPos::Noun
                                                                                         : LexPos::Adjective;
    return words_.signature(lower_ascii(tree_.predicate_lemma(governor)), pos, frame, told_past(governor));
}

Bits Reader::promised(const Signature& s, Token governor, bool factive, int depth) const {
    const Bits g = standing(governor, depth + 1);
    const Promise& p = (g & kNegated) != 0 ? s.negated : s.held;
    if (p.inherits) return static_cast<Bits>(p.bits | g);
    // A finite clause stands as its governor says, whatever the governor's own modality; an infinitive shares that.
    return static_cast<Bits>(p.bits | (factive ? Bits{0} : without(g, kNegated)));
}

Bits Reader::complement(Token t, int depth) const {
    const Token up = a_.head[t];
    const Rel rel = a_.rel[t];
    const std::string governor = lower_ascii(a_.lemma[up]);
    if (governor == "have" || governor == "be")
        for (const Token holder : {t, up})
            for (const Token c : tree_.children(holder))
                if (a_.lemma[c] == "yet") return static_cast<Bits>(kNegated | standing(up, depth + 1)); // "has yet to"
    const Token mark = tree_.child(t, Rel::Mark);
    const bool to = has_to(t);
    const bool gerund = a_.xpos[t] == "VBG" && !tree_.has_child(t, Rel::Nsubj);
    const bool clausal = rel == Rel::Ccomp && !to && !gerund;
    if (clausal) {
        if (const Signature* s = signature(up, "that")) return promised(*s, up, true, depth);
        // "demanded that he leave": a subjunctive.
        if (a_.xpos[t] != "VB" || !has_subject(t) || tree_.has_child(t, Rel::Aux)) return 0;
        return is(up, TruthCue::Perception) ? standing(up, depth + 1) : Bits{kHypothetical};
    }
    const Signature* s = nullptr;
    if (gerund) {
        if (mark != kNoToken) s = signature(up, gerund_frame(mark));
        if (s == nullptr) s = signature(up, "ing");
    } else if (to || infinitive(t)) {
        const Token object = tree_.child(up, Rel::Obj);
        if ((object != kNoToken && object < t) || tree_.passive(up)) s = signature(up, "obj");
        if (s == nullptr) s = signature(up, "to");
    } else {
        s = signature(up, "to"); // "was believed killed"
    }
    if (s != nullptr) return promised(*s, up, false, depth);
    if (rel == Rel::Xcomp) return standing(up, depth + 1);
    if (rel == Rel::Csubj || rel == Rel::CsubjPass) return to ? Bits{kHypothetical} : Bits{0};
    if (rel == Rel::Ccomp) return without(standing(up, depth + 1), kNegated);
    // A noun's infinitive ("a plan to attack") supposes; a negated noun's is not to be.
    if (a_.upos[up] == Upos::VERB || !infinitive(t)) return 0;
    return static_cast<Bits>(kHypothetical | (standing(up, depth + 1) & kNegated));
}

Bits Reader::adverbial(Token t, int depth) const {
    Token up = a_.head[t];
    const Token mark = tree_.child(t, Rel::Mark);
    if (has_to(t)) {
        // The purpose of another act is open; but what one uses a thing to do is done.
        const Signature* s = signature(up, "purpose");
        return s != nullptr ? promised(*s, up, false, depth) : Bits{kHypothetical};
    }
    if (a_.xpos[t] == "VBG" && mark != kNoToken)
        if (const Signature* s = signature(up, gerund_frame(mark))) return promised(*s, up, false, depth);
    // What goes with, or follows on, something yet to come is to come itself.
    const bool participle = (a_.xpos[t] == "VBG" || a_.xpos[t] == "VBN") && !has_subject(t);
    const bool present = a_.xpos[t] == "VBZ" || a_.xpos[t] == "VBP";
    bool timed = false;
    for (const Token c : tree_.children(t))
        timed |= (a_.rel[c] == Rel::Mark || a_.rel[c] == Rel::Advmod) && is(c, TruthCue::TimeMark);
    if (a_.upos[up] == Upos::ADV && a_.head[up] != kNoToken) up = a_.head[up]; // "as soon as"
    if (participle || (present && timed)) return static_cast<Bits>(standing(up, depth + 1) & (kFuture | kHypothetical));
    return 0;
}

Bits Reader::conjunct(Token t, int depth) const {
    const Token up = a_.head[t];
    const Token cc = tree_.child(t, Rel::Cc);
    const bool contrast = cc != kNoToken && a_.lemma[cc] == "but";
    // A condition or a governing word holds for all its clauses, a modal or negation only for those without a subject.
    if (predicative(up) && (has_subject(t) || tree_.has_child(t, Rel::Aux))) {
        if (contrast || tree_.has_child(t, Rel::Mark)) return 0;
        Bits bits = a_.rel[up] == Rel::Advcl ? Bits{0} : above(up, depth + 1);
        for (const Token c : tree_.children(up))
            if (a_.rel[c] == Rel::Mark && is(c, TruthCue::Condition)) bits |= kHypothetical;
        return bits;
    }
    // "It was good and do go there": a command behind a statement.
    if (a_.xpos[t] == "VB" && (a_.xpos[up] == "VBD" || a_.xpos[up] == "VBZ") && !tree_.has_child(t, Rel::Mark))
        return kHypothetical;
    const Bits shared = standing(up, depth + 1);
    if (contrast) return without(shared, kNegated);
    // "did not sign and left": a finite verb does not stand under the auxiliary before the first.
    if (finite(t) && !finite(up) && a_.upos[up] == Upos::VERB)
        for (const Token c : tree_.children(up))
            if (a_.rel[c] == Rel::Aux) return 0;
    return shared;
}

/// A noun that names an act, as subject, object or attribute.
Bits Reader::argument(Token t, int depth) const {
    const Token up = a_.head[t];
    const Rel rel = a_.rel[t];
    if (rel == Rel::Nmod || rel == Rel::Obl) {
        const Signature* s = signature(up, tree_.preposition(t));
        return s != nullptr ? promised(*s, up, false, depth) : Bits{0};
    }
    // "did not sign any deal", "there is not any plan"
    Bits bits = 0;
    if (const Token det = tree_.child(t, Rel::Det); det != kNoToken && a_.lemma[det] == "any")
        bits = static_cast<Bits>(clause(up) & kNegated);
    if (rel == Rel::Nsubj) {
        // A subject exists, whatever it may do; but what may begin may be.
        const bool stands = is(up, TruthCue::Occurrence) || tree_.has_child(up, Rel::Expl);
        return stands ? static_cast<Bits>(bits | without(standing(up, depth + 1), kAlleged)) : bits;
    }
    if (const Signature* s = signature(up, "np")) return static_cast<Bits>(bits | promised(*s, up, false, depth));
    // A verb that only carries the noun lends it its modality: "may launch an attack", not "will discuss the attack".
    const bool carries = lexicon_.light(lower_ascii(tree_.predicate_lemma(up)), lower_ascii(a_.lemma[t]));
    return carries ? static_cast<Bits>(bits | without(standing(up, depth + 1), kAlleged)) : bits;
}

Bits Reader::above(Token t, int depth) const {
    const Token up = a_.head[t];
    if (up == kNoToken || depth > kDeepest) return 0;
    switch (a_.rel[t]) {
    case Rel::Xcomp:
    case Rel::Ccomp:
    case Rel::Csubj:
    case Rel::CsubjPass:
    case Rel::Acl: return complement(t, depth);
    case Rel::Advcl: return adverbial(t, depth);
    case Rel::Conj: return conjunct(t, depth);
    case Rel::AclRelcl: return is(up, TruthCue::FreeChoice) ? Bits{kHypothetical} : Bits{0}; // "anyone who attacks"
    case Rel::Obj:
    case Rel::Nsubj:
    case Rel::NsubjPass:
    case Rel::Nmod:
    case Rel::Obl: return nominal(t) ? argument(t, depth) : Bits{0};
    default: return 0;
    }
}

} // namespace

std::uint8_t truth_of(Token predicate, const Tree& tree, const Lexicon& lexicon) {
    return Reader(tree, lexicon).standing(predicate);
}

std::uint8_t truth_of(const Act& act, const Tree& tree, const Lexicon& lexicon) {
    std::uint8_t bits = act.auxiliary;
    if (act.settled) return bits;
    const Reader reader(tree, lexicon);
    const Upos tag = tree.annotation().upos[act.trigger];
    // Words at the noun that names the act, or that carries it ("an alleged plot to kill").
    if (tag == Upos::NOUN || tag == Upos::PROPN) bits |= reader.noun(act.trigger);
    return static_cast<std::uint8_t>(bits | reader.standing(act.carrier));
}

} // namespace kadesh
