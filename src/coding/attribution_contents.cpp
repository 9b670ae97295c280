// The contents half of AttributionCandidates: where what is said may begin and end, beside the cue and its source.
#include "coding/attribution_candidates.hpp"
#include "coding/attribution_words.hpp"

#include <algorithm>

namespace kadesh {

/// The words from the cue to its source, with what stands between them.
TokenRange AttributionCandidates::zone(Token cue, TokenRange source) const {
    TokenRange out = cue_words(cue);
    const TokenRange sentence = a_.sentences[tree_.sentence_of(cue)];
    // "as X reported": the conjunction is no part of what was reported.
    if (const Token mark = tree_.child(cue, Rel::Mark); mark != kNoToken && a_.lemma[mark] == "as" && mark < out.first)
        out.first = mark;
    if (source.size() > 0 && source.first >= sentence.first && source.last <= sentence.last) {
        out.first = std::min(out.first, source.first);
        out.last = std::max(out.last, source.last);
    }
    return out;
}

std::vector<AttributionCandidates::Edge> AttributionCandidates::right_starts(Token cue, TokenRange zone) const {
    std::vector<Edge> out;
    const auto add = [&](Token t, const std::string& kind) {
        if (t >= a_.size()) return;
        if (std::none_of(out.begin(), out.end(), [&](const Edge& e) { return e.at == t; })) out.push_back({t, kind});
    };
    const TokenRange sentence = a_.sentences[tree_.sentence_of(cue)];
    for (const Token c : tree_.children(cue)) {
        if (c < cue || a_.upos[c] == Upos::PUNCT || a_.rel[c] == Rel::CompoundPrt || a_.rel[c] == Rel::Fixed) continue;
        Token first = tree_.subtree(c).first;
        if (first < zone.last) {
            if (c < zone.last) continue;
            first = zone.last;
        }
        while (first < sentence.last && a_.upos[first] == Upos::PUNCT && quotes_.at(first) == Quotations::kNone)
            ++first;
        const std::string kind = path_of(c);
        add(first, kind);
        if (a_.upos[first] == Upos::ADP && first + 1 < sentence.last) add(first + 1, kind + "+1");
    }
    // A noun's clause stands behind a copula; a cue's object may hold the clause.
    Token next = zone.last;
    bool colon = false;
    while (next < sentence.last && a_.upos[next] == Upos::PUNCT && quotes_.at(next) == Quotations::kNone) {
        colon |= a_.form[next] == ":";
        ++next;
    }
    if (next < sentence.last) {
        add(next, colon ? "colon" : next > zone.last ? "comma" : "next");
        if (a_.upos[next] == Upos::ADP && next + 1 < sentence.last) add(next + 1, "next+1");
    }
    for (Token t = next; t < sentence.last; ++t) {
        const std::uint32_t q = quotes_.at(t);
        if (q != Quotations::kNone && quotes_.all()[q].first == t) {
            add(t, "quotation");
            break;
        }
        if (a_.form[t] == ":" && t + 1 < sentence.last) {
            add(t + 1, "later colon");
            break;
        }
    }
    // The quotation, or the whole paragraph, that the next sentence begins.
    if (sentence.last < a_.size()) {
        const std::uint32_t q = quotes_.at(sentence.last);
        if (q != Quotations::kNone && quotes_.all()[q].first == sentence.last) add(sentence.last, "next quotation");
    }
    // "that X is Y" hangs on the verb above a noun cue ("his view is that ...").
    const Token up = a_.head[cue];
    if (up != kNoToken)
        for (const Token c : tree_.children(up))
            if (c > cue && c != cue && a_.upos[c] != Upos::PUNCT && tree_.subtree(c).first >= zone.last)
                add(tree_.subtree(c).first, "up " + std::string(name(a_.rel[c])));
    // A noun within the cue may hold the content: "raised questions about X", "made a promise that X".
    for (const Token c : tree_.children(cue)) {
        if (c < zone.last || (a_.rel[c] != Rel::Obj && a_.rel[c] != Rel::Obl && a_.rel[c] != Rel::Xcomp)) continue;
        for (const Token g : tree_.children(c)) {
            const Token first = tree_.subtree(g).first;
            if (g < c || a_.upos[g] == Upos::PUNCT || first <= c) continue;
            const std::string kind = std::string(name(a_.rel[c])) + '>' + path_of(g);
            add(first, kind);
            if (a_.upos[first] == Upos::ADP && first + 1 < sentence.last) add(first + 1, kind + "+1");
        }
    }
    for (Edge& e : out) e.adjacent = e.at == next || e.at == sentence.last;
    return out;
}

std::vector<AttributionCandidates::Edge> AttributionCandidates::left_starts(Token cue, TokenRange zone,
                                                                            Token last) const {
    std::vector<Edge> out;
    const TokenRange sentence = a_.sentences[tree_.sentence_of(cue)];
    const auto add = [&](Token t, const std::string& kind) {
        if (t >= last) return;
        if (std::none_of(out.begin(), out.end(), [&](const Edge& e) { return e.at == t; })) out.push_back({t, kind});
    };
    if (last == 0) return out;
    const std::uint32_t q = quotes_.at(last - 1);
    if (q != Quotations::kNone) {
        add(quotes_.all()[q].first, "quotation");
        // Words before the quotation that belong to it: "It was 'a mistake. A big one', he said".
        const TokenRange opened = a_.sentences[tree_.sentence_of(quotes_.all()[q].first)];
        if (opened.first < quotes_.all()[q].first && opened.last <= sentence.first)
            add(opened.first, "quotation sentence");
    }
    for (const Token c : tree_.children(cue))
        if (c < zone.first && a_.upos[c] != Upos::PUNCT) add(tree_.subtree(c).first, std::string(name(a_.rel[c])));
    int step = 0;
    for (Token t = cue; a_.head[t] != kNoToken && step < 3; t = a_.head[t], ++step) {
        const Token up = a_.head[t];
        const Token first = tree_.subtree(up).first;
        if (first < zone.first) add(first, "up " + std::string(name(a_.rel[t])) + std::to_string(step));
        for (const Token c : tree_.children(up))
            if (c < zone.first && a_.upos[c] != Upos::PUNCT && tree_.subtree(c).last <= zone.first && step == 0)
                add(tree_.subtree(c).first, "beside " + std::string(name(a_.rel[c])));
    }
    Token first = sentence.first;
    while (first < last && a_.upos[first] == Upos::PUNCT && quotes_.at(first) == Quotations::kNone) ++first;
    add(first, "sentence");
    if (first + 1 < last && a_.upos[first] == Upos::CCONJ) add(first + 1, "sentence+1");
    for (Token t = first + 1; t + 1 < last && t < first + 12; ++t)
        if (sets_off(a_, t)) {
            add(t + 1, "sentence>comma");
            break;
        }
    return out;
}

std::vector<AttributionCandidates::Edge> AttributionCandidates::ends(Token cue, Token start, TokenRange zone) const {
    std::vector<Edge> out;
    const TokenRange sentence = a_.sentences[tree_.sentence_of(start)];
    const auto add = [&](Token t, const std::string& kind) {
        if (t <= start) return;
        t = trimmed_end(start, t);
        if (t <= start) return;
        for (Edge& e : out)
            if (e.at == t) {
                if (e.kind.find(kind) == std::string::npos) (e.kind += '&') += kind;
                return;
            }
        out.push_back({t, kind});
    };
    const std::uint32_t q = quotes_.at(start);
    if (q != Quotations::kNone)
        add(quotes_.all()[q].last, quotes_.all()[q].first == start ? "quotation" : "in quotation");
    add(sentence.last, "sentence");
    if (a_.upos[cue] == Upos::PUNCT) {
        // What a colon opens may run to the end of the paragraph.
        Token t = sentence.last;
        while (t < a_.size() && !quotes_.begins_paragraph(t) && t < start + 400) ++t;
        add(t, "paragraph");
    }
    add(tree_.subtree(cue).last, "cue");
    if (const Token up = a_.head[cue]; up != kNoToken && tree_.subtree(up).last > start)
        add(tree_.subtree(up).last, "up");
    for (const Token c : tree_.children(cue))
        if (c > cue) add(tree_.subtree(c).last, std::string(name(a_.rel[c])));
    // The phrase that begins here, and what it hangs on below the cue.
    for (Token t = start; t != kNoToken && t != cue && tree_.subtree(t).first >= start; t = a_.head[t])
        add(tree_.subtree(t).last, "own");
    // Ends before what a comma sets off, and before further clauses.
    int cuts = 0;
    for (Token t = std::max(start + 1, zone.last); t + 1 < sentence.last && cuts < 6; ++t) {
        if (quotes_.at(t) != Quotations::kNone && quotes_.at(t) == quotes_.at(start) && q != Quotations::kNone)
            continue;
        if (sets_off(a_, t)) {
            add(t, "before comma " + word_kind(a_, t + 1));
            ++cuts;
        } else if (a_.upos[t] == Upos::CCONJ || a_.upos[t] == Upos::SCONJ || a_.rel[t] == Rel::Mark ||
                   (a_.rel[t] == Rel::Case && a_.head[t] != kNoToken && a_.rel[a_.head[t]] == Rel::Obl)) {
            add(t, "before " + word_kind(a_, t));
            ++cuts;
        }
    }
    return out;
}

std::vector<ContentCandidate> AttributionCandidates::contents(Token cue, TokenRange source) const {
    std::vector<ContentCandidate> out;
    const TokenRange z = zone(cue, source);
    const TokenRange sentence = a_.sentences[tree_.sentence_of(cue)];
    const std::string w = cue_name(cue);
    const std::string kind = w.substr(w.size() - 1);
    const std::string fr = frame(cue);
    const bool after = source.size() > 0 && source.first > cue;

    const auto emit = [&](const std::string& shape, const std::string& start_kind, const std::string& end_kind,
                          std::vector<TokenRange> pieces) {
        std::erase_if(pieces, [](const TokenRange& p) { return p.size() == 0; });
        if (pieces.empty()) return;
        for (const TokenRange& p : pieces)
            if (p.contains(cue)) return;
        for (const ContentCandidate& c : out)
            if (c.pieces == pieces) return;
        ContentCandidate c{pieces, {}};
        const auto add = [&](const std::string& f) { c.features.push_back("con " + f); };
        const Token first = pieces.front().first;
        const Token last = pieces.back().last;
        const std::string s = shape + '|' + start_kind;
        const std::string e = shape + '|' + end_kind;
        add(shape);
        add(shape + ' ' + kind);
        add(shape + ' ' + w);
        add(shape + " frame " + fr);
        add(s);
        add(s + ' ' + kind);
        add(s + ' ' + w);
        add(s + " frame " + fr);
        add(e);
        add(e + ' ' + kind);
        add("end " + end_kind + ' ' + w);
        add(s + '|' + end_kind);
        add(s + ' ' + word_kind(a_, first));
        add(w + " first " + word_kind(a_, first));
        if (first > 0) add("before " + word_kind(a_, first - 1) + " first " + word_kind(a_, first));
        const std::string next =
            last < a_.size()
                ? (last < a_.sentences[tree_.sentence_of(last - 1)].last ? word_kind(a_, last) : std::string("END"))
                : std::string("END");
        add("next " + next);
        add(shape + " next " + next);
        add("last " + word_kind(a_, last - 1) + " next " + next);
        if (last < a_.size() && next != "END") {
            // What is cut off: how it hangs on what goes before.
            Token t = last;
            if (sets_off(a_, t) && t + 1 < a_.size()) ++t;
            Token top = t;
            while (a_.head[top] != kNoToken && a_.head[top] >= last) top = a_.head[top];
            const Token on = a_.head[top];
            const std::string where = on == kNoToken ? "root" : on == cue ? "cue" : on >= first ? "inside" : "outside";
            add("cut " + std::string(name(a_.rel[top])) + ' ' + where);
            add("cut " + std::string(name(a_.rel[top])) + ' ' + where + ' ' + next);
            add("cut " + std::string(name(a_.rel[top])) + ' ' + where + ' ' + word_kind(a_, t));
        }
        // What stands between the cue and the content.
        if (shape.front() == 'R' && first > z.last) {
            std::string gap;
            for (const Token k : tree_.children(cue))
                if (k > cue && k >= z.last && k < first) gap += ' ' + path_of(k);
            add("gap" + gap);
            add("gap" + gap + ' ' + w);
            add("gap words " + size_kind(first - z.last));
        }
        Token words = 0;
        bool cut_quotation = false;
        std::string marks;
        for (const TokenRange& p : pieces) {
            words += p.size();
            const std::uint32_t open = quotes_.at(p.first);
            const std::uint32_t close = quotes_.at(p.last - 1);
            const bool starts = open != Quotations::kNone && quotes_.all()[open].first == p.first;
            const bool stops = close != Quotations::kNone && quotes_.all()[close].last == p.last;
            marks += starts ? 'S' : open != Quotations::kNone ? 'i' : 'o';
            marks += stops ? 'S' : close != Quotations::kNone ? 'i' : 'o';
            cut_quotation |= (open != Quotations::kNone && !starts && quotes_.at(cue) != open) ||
                             (close != Quotations::kNone && !stops && quotes_.at(cue) != close);
        }
        add("marks " + marks);
        add(shape + " marks " + marks);
        add("marks " + marks + " frame " + fr);
        if (cut_quotation) add("cuts a quotation");
        add(shape + " size " + size_kind(words));
        // A dependent of the cue that is left out on the right.
        for (const Token k : tree_.children(cue))
            if (k >= last && k > cue && a_.upos[k] != Upos::PUNCT) {
                add("leaves " + std::string(name(a_.rel[k])));
                add("leaves " + path_of(k));
                break;
            }
        bool left = false;
        for (const Token k : tree_.children(cue)) left |= k < z.first && a_.rel[k] == Rel::Ccomp;
        if (left) add(shape + " with clause before");
        if (after) add(s + " source after");
        add(s + " as " + std::string(name(a_.rel[cue])));
        add(shape + " as " + std::string(name(a_.rel[cue])));
        if (z.first == sentence.first) add(shape + " at start");
        if (trimmed_end(z.first, sentence.last) == z.last) add(shape + " at end");
        if (quotes_.at(cue) != Quotations::kNone) {
            bool leaves = false;
            for (const TokenRange& p : pieces) leaves |= quotes_.at(p.first) != quotes_.at(cue);
            add(leaves ? "leaves its quotation" : "stays in its quotation");
        }
        out.push_back(std::move(c));
    };

    const std::vector<Edge> starts = right_starts(cue, z);
    std::vector<std::pair<std::size_t, Edge>> right; // start, end
    for (std::size_t i = 0; i < starts.size(); ++i)
        for (Edge& e : ends(cue, starts[i].at, z)) right.emplace_back(i, std::move(e));
    for (const auto& [i, e] : right) emit("R", starts[i].kind, e.kind, {{starts[i].at, e.at}});

    // Before the cue and its source.
    Token last = z.first;
    while (last > 0 && a_.upos[last - 1] == Upos::PUNCT && quotes_.at(last - 1) == Quotations::kNone &&
           a_.form[last - 1] != ")" && last > sentence.first)
        --last;
    for (const Edge& l : left_starts(cue, z, last)) {
        const TokenRange before{l.at, last};
        emit("L", l.kind, "zone", {before});
        // "X," he said, "Y."
        for (const auto& [i, e] : right)
            if (starts[i].adjacent) emit("LR", l.kind + ' ' + starts[i].kind, e.kind, {before, {starts[i].at, e.at}});
    }
    // What is said of somebody: "Trump is expected to win", "they called him a liar".
    for (const Token c : tree_.children(cue)) {
        const Rel r = a_.rel[c];
        if (c > cue || (r != Rel::Nsubj && r != Rel::NsubjPass && r != Rel::Obj && r != Rel::Csubj)) continue;
        const TokenRange phrase = trimmed(tree_.subtree(c));
        if (phrase.first < source.last && source.first < phrase.last) continue;
        emit("S", std::string(name(r)), "zone", {phrase});
        for (const auto& [i, e] : right)
            emit("SR", std::string(name(r)) + ' ' + starts[i].kind, e.kind, {phrase, {starts[i].at, e.at}});
    }
    // A relative clause: what is said is what the noun means.
    if (a_.rel[cue] == Rel::AclRelcl || a_.rel[cue] == Rel::Acl || a_.rel[cue] == Rel::Amod) {
        const Token noun = a_.head[cue];
        if (noun != kNoToken && noun < cue) {
            TokenRange phrase = tree_.subtree(noun);
            phrase.last = std::min(phrase.last, tree_.subtree(cue).first);
            if (phrase.size() > 0) {
                phrase = trimmed(phrase);
                while (phrase.size() > 1 && a_.rel[phrase.first] == Rel::Case) ++phrase.first;
                if (phrase.last <= source.first || phrase.first >= source.last) {
                    emit("N", std::string(name(a_.rel[cue])), "zone", {phrase});
                    for (const auto& [i, e] : right)
                        if (starts[i].kind != "next+1")
                            emit("NR", std::string(name(a_.rel[cue])) + ' ' + starts[i].kind, e.kind,
                                 {phrase, {starts[i].at, e.at}});
                }
            }
        } else if (noun != kNoToken) {
            TokenRange phrase{cue + 1, tree_.subtree(noun).last};
            emit("M", std::string(name(a_.rel[cue])), "noun", {trimmed(phrase)});
            emit("M", std::string(name(a_.rel[cue])), "core", {{cue + 1, noun + 1}});
        }
    }
    return out;
}

} // namespace kadesh
