#include "coding/time_direction.hpp"

#include <string>

namespace kadesh {

namespace {

/// "will leave", "would leave".
bool has_future_auxiliary(const Tree& tree, Token verb) {
    const Annotation& a = tree.annotation();
    for (const Token c : tree.children(verb))
        if (a.rel[c] == Rel::Aux && (a.lemma[c] == "will" || a.lemma[c] == "shall" || a.lemma[c] == "would"))
            return true;
    return false;
}

/// "had been due": over when the report was written.
bool past_perfect(const Tree& tree, Token verb) {
    const Annotation& a = tree.annotation();
    for (const Token c : tree.children(verb))
        if (a.rel[c] == Rel::Aux && a.lemma[c] == "have" && a.xpos[c] == "VBD") return true;
    return false;
}

/// "may leave": not "will".
bool has_other_modal(const Tree& tree, Token verb) {
    const Annotation& a = tree.annotation();
    for (const Token c : tree.children(verb))
        if (a.rel[c] == Rel::Aux && a.xpos[c] == "MD") return true;
    return false;
}

/// "is expected", "are planned": a passive of the present.
bool present_passive(const Tree& tree, Token verb) {
    const Token be = tree.child(verb, Rel::AuxPass);
    const std::string_view tag = be == kNoToken ? std::string_view() : tree.annotation().xpos[be];
    return tag == "VBZ" || tag == "VBP";
}

/// The word before the expression, past its article, its time of day and "early", "late", "about".
Token before(const Tree& tree, const TimeWords& words, Token t) {
    const Annotation& a = tree.annotation();
    const Token first = a.sentences[tree.sentence_of(t)].first;
    for (int steps = 0; t > first && steps < 5; ++steps) {
        const std::string w = plain_time_word(a.form[--t]);
        if (w != "the" && w != "early" && w != "late" && w != "about" && w != "around" && w != "at" && w != "least" &&
            w != "a.m" && w != "p.m" && w != "noon" && w != "midnight" && a.upos[t] != Upos::NUM &&
            !words.is(TimeWord::Zone, w))
            return t;
    }
    return kNoToken;
}

} // namespace

TimeWay way_of_time(const Tree& tree, const TimeWords& words, Token t) {
    const Annotation& a = tree.annotation();
    const Token left = before(tree, words, t);
    const std::string preposition = left == kNoToken ? std::string() : plain_time_word(a.form[left]);
    if (preposition == "since") return TimeWay::Back;
    // "as early as Tuesday", "ahead of the weekend"
    const std::string_view further = left == kNoToken || left == 0 ? std::string_view() : a.lemma[left - 1];
    if (preposition == "as" && (further == "soon" || further == "early")) return TimeWay::Ahead;
    if (preposition == "of" && further == "ahead") return TimeWay::Ahead;
    const bool until = preposition == "until" || preposition == "till";
    const bool deadline = words.is(TimeWord::Deadline, preposition);
    const bool bare = left == kNoToken || a.upos[left] != Upos::ADP;
    bool open = false;
    bool first = true;
    for (Token up = t; up != kNoToken; first = false, up = a.head[up]) {
        const std::string lemma = plain_time_word(a.lemma[up]);
        const bool verb = a.upos[up] == Upos::VERB || a.upos[up] == Upos::AUX;
        const std::string_view tag = a.xpos[up];
        const bool past = tag == "VBD" || tag == "VBN";
        if (past_perfect(tree, up)) return TimeWay::Back;
        if (!first && words.is(TimeWord::LooksAhead, lemma) && !(verb && tag == "VBD")) return TimeWay::Ahead;
        if (has_future_auxiliary(tree, up)) return TimeWay::Ahead;
        // "It is a deadline": the copula has the tense of its predicate.
        const Token copula = tree.child(up, Rel::Cop);
        if (!verb && copula == kNoToken) continue;
        const std::string_view looks = words.find(TimeWord::Ahead, lemma).value_or(std::string_view());
        if ((looks == "verb" && (!past || lemma != "expect" || present_passive(tree, up))) ||
            (looks == "with end" && (deadline || preposition == "to")) || (looks == "with bare date" && bare))
            return TimeWay::Ahead;
        if (a.rel[up] == Rel::Xcomp && a.head[up] != kNoToken) {
            const Token governor = a.head[up];
            const auto complement = words.find(TimeWord::Ahead, plain_time_word(a.lemma[governor]));
            if (complement && complement != "with end" && !past_perfect(tree, governor)) return TimeWay::Ahead;
        }
        if (has_other_modal(tree, up)) return deadline ? TimeWay::Ahead : TimeWay::Open;
        const std::string_view tense = verb ? tag : a.xpos[copula];
        if (tense == "VBD" || tense == "VBN") {
            // "has set November 10 as the deadline": what the verb is about is not when it was done.
            const bool object = !first && a.head[t] == up && a.rel[t] == Rel::Obj;
            if (until && tense == "VBN") return TimeWay::Ahead;
            return open || object || deadline ? TimeWay::Open : TimeWay::Back;
        }
        if (tense == "VBZ" || tense == "VBP") return deadline ? TimeWay::Ahead : TimeWay::Open;
        open = true;
    }
    return deadline ? TimeWay::Ahead : TimeWay::Open;
}

} // namespace kadesh
