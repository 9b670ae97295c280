#include "coding/attribution.hpp"

#include "base/ascii.hpp"
#include "coding/act_finder.hpp"

#include <algorithm>
#include <string>

namespace kadesh {

namespace {

class Finder {
  public:
    Finder(const Tree& tree, const Mentions& mentions, const Lexicon& lexicon)
        : tree_(tree), a_(tree.annotation()), mentions_(mentions), lexicon_(lexicon) {}

    std::vector<Entity> run(Token token) {
        for (Token t = token; t != kNoToken; t = a_.head[t]) {
            beside(t);
            if (a_.head[t] == kNoToken) edges(t);
            const Token up = a_.head[t];
            if (up == kNoToken) break;
            if ((a_.rel[t] == Rel::Ccomp || a_.rel[t] == Rel::Xcomp || a_.rel[t] == Rel::Obj ||
                 a_.rel[t] == Rel::Parataxis) &&
                reports(up) && t != up)
                source_of(up);
        }
        return std::move(sources_);
    }

  private:
    [[nodiscard]] bool reports(Token verb) const {
        return a_.upos[verb] == Upos::VERB &&
               lexicon_.effect(lower_ascii(tree_.predicate_lemma(verb)), LexPos::Verb) == Effect::Report;
    }

    void add(Token source, const std::string& cue) {
        std::vector<Entity> found;
        mentions_.entities(source, found);
        if (found.empty()) {
            // Someone without a code is still a source: keep the words.
            if (a_.upos[source] == Upos::PRON || a_.upos[source] == Upos::DET) return;
            Entity e;
            e.span = tree_.text_span(tree_.core_phrase(source));
            found.push_back(std::move(e));
        }
        // "Ukrainian and Western officials" is one source in the text.
        for (Entity& e : found) {
            e.cue = cue;
            const bool known = std::any_of(sources_.begin(), sources_.end(),
                                           [&](const Entity& s) { return s.span == e.span && s.code == e.code; });
            if (!known) sources_.push_back(std::move(e));
        }
    }

    void source_of(Token verb) {
        bool inherited = false;
        if (const Token s = tree_.subject(verb, inherited); s != kNoToken) add(s, std::string(a_.form[verb]));
    }

    /// "According to X" at the sentence's start or end speaks for all of it, wherever the parser hung it.
    void edges(Token root) {
        const TokenRange s = a_.sentences[tree_.sentence_of(root)];
        for (Token t = s.first; t < s.last; ++t) {
            if ((a_.rel[t] != Rel::Obl && a_.rel[t] != Rel::Nmod) || tree_.preposition(t) != "according to") continue;
            const TokenRange phrase = tree_.subtree(t);
            bool to_end = true;
            for (Token k = phrase.last; k < s.last; ++k) to_end &= a_.upos[k] == Upos::PUNCT;
            if (!to_end && phrase.first != s.first) continue;
            add(t, "according to");
            beside(t);
        }
    }

    /// Sources that hang on a clause: "according to X", ", X said", "as reported by Y".
    void beside(Token t) {
        for (const Token c : tree_.children(t)) {
            if (a_.rel[c] == Rel::Obl || a_.rel[c] == Rel::Nmod || a_.rel[c] == Rel::Parataxis ||
                a_.rel[c] == Rel::Advcl) {
                const std::string p = tree_.preposition(c);
                if (p == "according to" || p == "according") {
                    add(c, "according to");
                    beside(c);
                    continue;
                }
                // The parser may hang "according" as a verb with "to X" below it.
                if (lower_ascii(a_.form[c]) == "according") {
                    for (const Token k : tree_.children(c))
                        if (a_.rel[k] == Rel::Obl || a_.rel[k] == Rel::Nmod || a_.rel[k] == Rel::Obj) {
                            add(k, "according to");
                            beside(k);
                        }
                    continue;
                }
            }
            if (a_.rel[c] == Rel::Parataxis && reports(c)) {
                source_of(c);
                continue;
            }
            if ((a_.rel[c] == Rel::Advcl || a_.rel[c] == Rel::Acl || a_.rel[c] == Rel::Parataxis) && reports(c)) {
                for (const Token m : tree_.children(c))
                    if (a_.rel[m] == Rel::Mark && a_.lemma[m] == "as") {
                        source_of(c);
                        break;
                    }
            }
        }
    }

    const Tree& tree_;
    const Annotation& a_;
    const Mentions& mentions_;
    const Lexicon& lexicon_;
    std::vector<Entity> sources_;
};

} // namespace

std::vector<Entity> attribution_of(Token token, const Tree& tree, const Mentions& mentions, const Lexicon& lexicon) {
    return Finder(tree, mentions, lexicon).run(token);
}

} // namespace kadesh
