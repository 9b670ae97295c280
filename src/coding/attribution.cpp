#include "coding/attribution.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <string>

namespace kadesh {

namespace {

/// A verb of report needs less to be taken for a cue than any word.
constexpr double kProbableReport = 0.25;

Token words_of(const FoundAttribution& found) {
    Token n = 0;
    for (const TokenRange& piece : found.content) n += piece.size();
    return n;
}

/// Adds the entities that the source's head stands for; its words where it has no code.
void add(std::vector<Entity>& sources, Token head, const std::string& cue, const Tree& tree, const Mentions& mentions) {
    std::vector<Entity> found;
    mentions.entities(head, found);
    if (found.empty()) {
        const Annotation& a = tree.annotation();
        if (a.upos[head] == Upos::PRON || a.upos[head] == Upos::DET) return;
        Entity e;
        e.span = tree.text_span(tree.core_phrase(head));
        found.push_back(std::move(e));
    }
    // "Ukrainian and Western officials" is one source in the text.
    for (Entity& e : found) {
        e.cue = cue;
        const bool known = std::any_of(sources.begin(), sources.end(),
                                       [&](const Entity& s) { return s.span == e.span && s.code == e.code; });
        if (!known) sources.push_back(std::move(e));
    }
}

} // namespace

Attributions::Attributions(const Tree& tree, std::string_view text, const AttributionModel& model,
                           const Lexicon& lexicon)
    : tree_(tree), lexicon_(lexicon), reports_(find_attributions(tree, text, model, kProbableReport, false)) {
    std::erase_if(reports_, [&](const FoundAttribution& f) { return !reports(f); });
    std::stable_sort(reports_.begin(), reports_.end(),
                     [](const FoundAttribution& x, const FoundAttribution& y) { return words_of(x) < words_of(y); });
}

bool Attributions::reports(const FoundAttribution& found) const {
    const Annotation& a = tree_.annotation();
    if (lower_ascii(a.form[found.cue]) == "according" || a.form[found.cue] == ":") return true;
    const std::string lemma = lower_ascii(tree_.predicate_lemma(found.cue));
    if (a.upos[found.cue] == Upos::VERB) return lexicon_.effect(lemma, LexPos::Verb) == Effect::Report;
    return a.upos[found.cue] == Upos::NOUN && lexicon_.effect(lemma, LexPos::Noun) == Effect::Report;
}

std::vector<Entity> Attributions::of(Token token, const Mentions& mentions) const {
    const Annotation& a = tree_.annotation();
    std::vector<const FoundAttribution*> told;
    bool before = false, after = false;
    for (const FoundAttribution& f : reports_) {
        if (f.cue == token || !f.holds(token)) continue;
        told.push_back(&f);
        (f.cue < token ? before : after) = true;
    }
    // "..., according to A, as reported by B", "B reported that A said ...": who stands nearer said it to the other.
    if (before != after)
        std::ranges::stable_sort(
            told, {}, [&](const FoundAttribution* f) { return f->cue < token ? token - f->cue : f->cue - token; });
    std::vector<Entity> sources;
    for (const FoundAttribution* const one : told) {
        const FoundAttribution& f = *one;
        const std::string cue = lower_ascii(a.form[f.cue]) == "according" ? "according to" : std::string(a.form[f.cue]);
        Token source = f.source;
        bool inherited = false;
        // "X, who said": the name, not the pronoun; and where no words tell it, whoever governs the verb.
        const bool bare = source == kNoToken || a.upos[source] == Upos::PRON;
        if (bare && a.upos[f.cue] == Upos::VERB)
            if (const Token subject = tree_.subject(f.cue, inherited); subject != kNoToken) source = subject;
        if (source == kNoToken) continue;
        // "Access: ..." is a heading, "Obama: ..." a speaker.
        if (cue == ":" && !mentions.is_actor(source)) continue;
        add(sources, source, cue, tree_, mentions);
    }
    return sources;
}

} // namespace kadesh
