#include "coding/pair_features.hpp"

#include "base/ascii.hpp"
#include "base/text_hash.hpp"

#include <algorithm>
#include <optional>

namespace kadesh {

namespace {

constexpr std::size_t kActsTold = 3;
constexpr std::size_t kMostBetween = 30;
constexpr std::size_t kMostBeside = 7;
constexpr int kMostSteps = 12;

std::string_view slot_name(const Slot& slot) {
    switch (slot.kind) {
    case SlotKind::Subject: return "subj";
    case SlotKind::Object: return "obj";
    case SlotKind::IndirectObject: return "iobj";
    case SlotKind::Possessive: return "poss";
    case SlotKind::Modifier: return "mod";
    case SlotKind::Clause: return "clause";
    case SlotKind::Apposition: return "appos";
    case SlotKind::Preposition: return slot.preposition;
    case SlotKind::Self: return "self";
    case SlotKind::LightVerb: return "verb";
    }
    return {};
}

std::optional<LexPos> lex_pos(Upos tag) {
    switch (tag) {
    case Upos::VERB: return LexPos::Verb;
    case Upos::NOUN:
    case Upos::PROPN: return LexPos::Noun;
    case Upos::ADJ: return LexPos::Adjective;
    default: return std::nullopt;
    }
}

bool content(Upos tag) {
    return tag == Upos::VERB || tag == Upos::NOUN || tag == Upos::ADJ || tag == Upos::ADV;
}

/// One of the two: its words and the one that governs them.
struct Side {
    TextSpan span;
    std::vector<Token> tokens;
    Token head = kNoToken;
};

class Extractor {
  public:
    Extractor(const Tree& tree, const Mentions& mentions, const Lexicon& lexicon, const PairSpans& pair,
              std::span<const RankedAct> acts)
        : tree_(tree), a_(tree.annotation()), mentions_(mentions), lexicon_(lexicon), acts_(acts) {
        source_ = side(pair.source);
        const bool none = pair.target.end <= pair.target.start + 1 || pair.source.contains(pair.target);
        if (!none) target_ = side(pair.target);
    }

    PairFeatures run() {
        rules();
        participants();
        sequences();
        predicates();
        path();
        out_.words[static_cast<std::size_t>(WordView::Source)] = source_.tokens;
        out_.words[static_cast<std::size_t>(WordView::Target)] = target_.tokens;
        std::sort(out_.features.begin(), out_.features.end(), [](const PairFeature& x, const PairFeature& y) {
            return x.group != y.group ? x.group < y.group : x.name < y.name;
        });
        out_.features.erase(std::unique(out_.features.begin(), out_.features.end(),
                                        [](const PairFeature& x, const PairFeature& y) {
                                            return x.group == y.group && x.name == y.name;
                                        }),
                            out_.features.end());
        return std::move(out_);
    }

  private:
    void add(FeatureGroup group, std::string name) { out_.features.push_back({group, std::move(name)}); }

    void see(WordView view, Token t) {
        auto& seen = out_.words[static_cast<std::size_t>(view)];
        if (content(a_.upos[t]) && std::find(seen.begin(), seen.end(), t) == seen.end()) seen.push_back(t);
    }

    [[nodiscard]] Side side(TextSpan span) const {
        Side s;
        s.span = span;
        const auto first =
            std::partition_point(a_.span.begin(), a_.span.end(), [&](TextSpan word) { return word.end <= span.start; });
        for (auto it = first; it != a_.span.end() && it->start < span.end; ++it)
            s.tokens.push_back(static_cast<Token>(it - a_.span.begin()));
        const auto inside = [&](Token t) { return std::find(s.tokens.begin(), s.tokens.end(), t) != s.tokens.end(); };
        for (const Token t : s.tokens) {
            if (a_.head[t] != kNoToken && inside(a_.head[t])) continue;
            const bool nominal = a_.upos[t] == Upos::NOUN || a_.upos[t] == Upos::PROPN || a_.upos[t] == Upos::PRON;
            if (s.head == kNoToken || nominal) s.head = t;
            if (nominal) break;
        }
        return s;
    }

    [[nodiscard]] bool in(const Side& side, Token t) const {
        return !side.tokens.empty() && t >= side.tokens.front() && t <= side.tokens.back();
    }

    [[nodiscard]] std::string lemma(Token t) const {
        return a_.upos[t] == Upos::VERB ? lower_ascii(tree_.predicate_lemma(t)) : lower_ascii(a_.lemma[t]);
    }

    /// A word as the classifier may know it: the two and names are masked.
    [[nodiscard]] std::string symbol(Token t) const {
        if (in(source_, t)) return "<S>";
        if (in(target_, t)) return "<T>";
        if (a_.upos[t] == Upos::PROPN) return "<N>";
        if (a_.upos[t] == Upos::NUM) return "<#>";
        return lower_ascii(a_.lemma[t]);
    }

    void rules();
    void participants();
    void sequences();
    void predicates();
    void path();
    void predicate_at(Token p);
    [[nodiscard]] std::string role(const Side& side, std::span<const Filler> slots) const;
    [[nodiscard]] std::vector<std::string> types_of(const std::string& word, LexPos pos) const;
    void grams(FeatureGroup group, const std::string& prefix, std::span<const std::string> words, std::size_t most);

    const Tree& tree_;
    const Annotation& a_;
    const Mentions& mentions_;
    const Lexicon& lexicon_;
    std::span<const RankedAct> acts_;
    Side source_, target_;
    PairFeatures out_;
};

void Extractor::rules() {
    const auto group = FeatureGroup::Rules;
    if (acts_.empty()) add(group, "none");
    for (std::size_t i = 0; i < std::min(acts_.size(), kActsTold); ++i) {
        const RankedAct& ranked = acts_[i];
        const Act& act = ranked.act;
        const std::string type(name(act.type));
        const std::string at = i == 0 ? "0:" : "1:";
        std::string fit;
        if (ranked.actor) fit += 'A';
        if (ranked.recipient) fit += 'R';
        if (ranked.swapped) fit += 'x';
        add(group, at + type);
        add(group, at + type + '/' + fit);
        add(group, at + "q" + std::to_string(quad_code(act.type)) + '/' + fit);
        if (!act.mode.empty()) add(group, at + type + '.' + std::string(act.mode));
        if (!act.cameo.empty()) add(group, at + std::string(act.cameo));
        if (act.cameo.size() > 2) add(group, at + std::string(act.cameo.substr(0, 2)) + '*');
        for (const auto& [bit, word] : {std::pair{kFuture, "future"},
                                        {kNegated, "negated"},
                                        {kHypothetical, "hypothetical"},
                                        {kAlleged, "alleged"}})
            if ((act.auxiliary & bit) != 0) {
                add(group, at + word);
                add(group, at + type + '+' + word);
                add(group, at + "q" + std::to_string(quad_code(act.type)) + '+' + word);
            }
        if (act.reciprocal) add(group, at + type + "=both");
        // "verb:agree>verb:release#2": each step without the number of the sense.
        std::string_view rest = act.rule;
        std::string chain;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('>'), rest.size());
            std::string_view step = rest.substr(0, end);
            step = step.substr(0, step.find('#'));
            if (end < rest.size()) add(group, at + "op=" + std::string(step));
            chain += std::string(step) + '>';
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        add(group, at + "by=" + chain);
    }
    for (const RankedAct& ranked : acts_) add(group, "any:" + std::string(name(ranked.act.type)));
    if (!acts_.empty()) {
        add(group, "fit=" + std::to_string(static_cast<int>(acts_.front().fit)));
        if (acts_.size() > 1)
            add(group, std::string(name(acts_[0].act.type)) + '&' + std::string(name(acts_[1].act.type)));
    }
}

void Extractor::participants() {
    const auto group = FeatureGroup::Participant;
    std::array<std::string, 2> codes;
    for (const Side* s : {&source_, &target_}) {
        const std::string at = s == &source_ ? "S:" : "T:";
        if (s->head == kNoToken) {
            add(group, at + "none");
            continue;
        }
        if (a_.upos[s->head] == Upos::NOUN) add(group, at + lower_ascii(a_.lemma[s->head]));
        add(group, at + std::string(name(a_.upos[s->head])));
        std::vector<Entity> entities;
        mentions_.entities(s->head, entities);
        if (const Mention* m = mentions_.at(s->head); m != nullptr)
            add(group, at + "kind" + std::to_string(static_cast<int>(m->kind)));
        for (const Entity& e : entities) {
            add(group, at + (e.sectors.empty() ? std::string("-") : e.sectors.front()));
            if (!e.code.empty()) codes[s == &source_ ? 0 : 1] = e.code;
        }
        if (entities.empty()) add(group, at + "unknown");
        if (entities.size() > 1) add(group, at + "several");
        for (const Token t : s->tokens)
            if (a_.upos[t] == Upos::NOUN || a_.upos[t] == Upos::ADJ) add(group, at + '~' + lower_ascii(a_.lemma[t]));
    }
    if (!codes[0].empty() && !codes[1].empty()) add(group, codes[0] == codes[1] ? "same state" : "other state");
    if (source_.head != kNoToken && target_.head != kNoToken)
        add(group, source_.head < target_.head ? "S first" : "T first");
}

void Extractor::grams(FeatureGroup group, const std::string& prefix, std::span<const std::string> words,
                      std::size_t most) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string gram;
        for (std::size_t n = 0; n < most && i + n < words.size(); ++n) {
            gram += (n == 0 ? "" : " ") + words[i + n];
            add(group, prefix + gram);
        }
    }
}

void Extractor::sequences() {
    if (source_.head == kNoToken) return;
    TokenRange around = a_.sentences[tree_.sentence_of(source_.head)];
    if (target_.head != kNoToken) {
        const TokenRange other = a_.sentences[tree_.sentence_of(target_.head)];
        around = {std::min(around.first, other.first), std::max(around.last, other.last)};
    }
    std::vector<std::string> words;
    std::vector<Token> tokens;
    for (Token t = around.first; t < around.last; ++t) {
        if (a_.upos[t] == Upos::PUNCT) continue;
        std::string s = symbol(t);
        if (!words.empty() && s.front() == '<' && s == words.back()) continue;
        words.push_back(std::move(s));
        tokens.push_back(t);
        if (words.back().front() == '<') continue;
        see(WordView::Sentence, t);
        if (content(a_.upos[t]) && words.back().size() > 5)
            add(FeatureGroup::Sentence, words.back().substr(0, 5) + '-');
    }
    grams(FeatureGroup::Sentence, "", words, 3);

    const auto find = [&](const char* what) {
        return static_cast<std::size_t>(std::find(words.begin(), words.end(), what) - words.begin());
    };
    const std::size_t s = find("<S>");
    const std::size_t t = std::min(find("<T>"), words.size());
    const std::span<const std::string> all(words);
    const auto slice = [&](std::size_t first, std::size_t last) {
        return all.subspan(std::min(first, all.size()),
                           std::min(last, all.size()) - std::min({first, last, all.size()}));
    };
    if (s >= words.size()) return;
    const bool both = t < words.size();
    const std::size_t first = both ? std::min(s, t) : s;
    const std::size_t last = both ? std::max(s, t) : s;
    const std::string way = !both ? "1" : s < t ? ">" : "<";
    if (both) {
        const auto between = slice(first, std::min(last + 1, first + kMostBetween));
        grams(FeatureGroup::Between, way, between, 3);
        if (between.size() > 2) grams(FeatureGroup::Between, "", between.subspan(1, between.size() - 2), 2);
        for (std::size_t i = first + 1; i < last && i < first + kMostBetween; ++i) see(WordView::Between, tokens[i]);
        add(FeatureGroup::Between, way + "far" + std::to_string(std::min<std::size_t>((last - first) / 3, 8)));
        if (between.size() <= 6) {
            std::string whole;
            for (const std::string& w : between) whole += w + ' ';
            add(FeatureGroup::Between, way + "= " + whole);
        }
    } else {
        for (std::size_t i = s + 1; i < words.size() && i < s + kMostBetween; ++i) see(WordView::Between, tokens[i]);
    }
    grams(FeatureGroup::Between, way + "before ", slice(first > kMostBeside ? first - kMostBeside : 0, first + 1), 2);
    grams(FeatureGroup::Between, way + "after ", slice(last, last + 1 + kMostBeside), 2);
}

std::vector<std::string> Extractor::types_of(const std::string& word, LexPos pos) const {
    std::vector<std::string> types;
    for (const Frame& f : lexicon_.frames(word, pos)) {
        std::string type(f.type ? name(*f.type) : std::string_view("-"));
        if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(std::move(type));
    }
    return types;
}

std::string Extractor::role(const Side& side, std::span<const Filler> slots) const {
    std::string found = "-";
    if (side.head == kNoToken) return found;
    for (const Filler& f : slots) {
        const bool it = in(side, f.token);
        if (it && !f.inherited) return std::string(slot_name(f.slot));
        if (it) found = slot_name(f.slot);
    }
    if (found != "-") return found;
    // One of several, or whose the thing is.
    for (const Filler& f : slots) {
        if (f.slot.kind == SlotKind::Clause) continue;
        const TokenRange below = tree_.subtree(f.token);
        if (!below.contains(side.head)) continue;
        int steps = 0;
        bool clause = false;
        for (Token t = side.head; t != f.token && t != kNoToken && steps < kMostSteps; t = a_.head[t], ++steps)
            clause |= t != side.head && a_.upos[t] == Upos::VERB;
        if (clause || steps > 3) continue;
        return std::string(slot_name(f.slot)) + '~';
    }
    return found;
}

void Extractor::predicate_at(Token p) {
    const auto group = FeatureGroup::Predicate;
    const auto pos = lex_pos(a_.upos[p]);
    if (!pos || in(source_, p) || in(target_, p)) return;
    std::vector<Filler> slots;
    if (*pos == LexPos::Noun) {
        const Token up = a_.head[p];
        const bool carried = up != kNoToken && a_.upos[up] == Upos::VERB && a_.rel[p] == Rel::Obj;
        tree_.noun_slots(p, carried ? up : kNoToken, slots);
    } else {
        tree_.verb_slots(p, slots);
    }
    const std::string s = role(source_, slots);
    const std::string t = role(target_, slots);
    if (s == "-" && t == "-") return;
    const std::string word = lemma(p);
    const std::string kind = *pos == LexPos::Verb ? "v:" : *pos == LexPos::Noun ? "n:" : "a:";
    see(WordView::Predicates, p);
    add(group, kind + word);
    add(group, kind + "S=" + s + " T=" + t);
    add(group, kind + word + " S=" + s + " T=" + t);
    add(group, kind + word + " S=" + s);
    if (t != "-") add(group, kind + word + " T=" + t);
    std::vector<std::string> types = types_of(word, *pos);
    if (types.empty()) types.emplace_back("?");
    for (const std::string& type : types) {
        add(FeatureGroup::Lexicon, kind + type);
        add(FeatureGroup::Lexicon, kind + type + " S=" + s + " T=" + t);
    }
    const Effect effect = lexicon_.effect(word, *pos);
    const std::string operation = "e" + std::to_string(static_cast<int>(effect));
    if (effect != Effect::None) add(FeatureGroup::Lexicon, operation + " S=" + s + " T=" + t);
    if (*pos == LexPos::Verb) {
        for (const Token c : tree_.children(p)) {
            const bool tells = a_.rel[c] == Rel::Aux || a_.rel[c] == Rel::AuxPass || a_.rel[c] == Rel::Mark ||
                               (a_.rel[c] == Rel::Advmod && (a_.lemma[c] == "not" || a_.lemma[c] == "never"));
            if (!tells) continue;
            add(group, "with " + lower_ascii(a_.lemma[c]));
            add(group, kind + word + " with " + lower_ascii(a_.lemma[c]));
        }
        add(group, "form " + std::string(a_.xpos[p]));
    }
    for (const Filler& f : slots) {
        if (in(source_, f.token) || in(target_, f.token) || !content(a_.upos[f.token])) continue;
        const std::string other = lemma(f.token);
        const std::string slot(slot_name(f.slot));
        see(WordView::Objects, f.token);
        add(group, word + ' ' + slot + ':' + other);
        add(group, "S=" + s + ' ' + slot + ':' + other);
        if (f.slot.kind != SlotKind::Clause && f.slot.kind != SlotKind::Object && f.slot.kind != SlotKind::Preposition)
            continue;
        const auto inner_pos = lex_pos(a_.upos[f.token]);
        if (!inner_pos) continue;
        std::vector<Filler> inner;
        if (*inner_pos == LexPos::Noun)
            tree_.noun_slots(f.token, kNoToken, inner);
        else
            tree_.verb_slots(f.token, inner);
        const std::string inner_s = role(source_, inner);
        const std::string inner_t = role(target_, inner);
        add(group, word + '>' + other + " S=" + s + " T=" + inner_t);
        for (const std::string& type : types_of(other, *inner_pos)) {
            add(FeatureGroup::Lexicon, slot + '>' + type);
            add(FeatureGroup::Lexicon, word + '>' + type);
            add(FeatureGroup::Lexicon, operation + '>' + type);
            for (const std::string& outer : types) add(FeatureGroup::Lexicon, outer + '>' + type);
            add(FeatureGroup::Lexicon, operation + '>' + type + " S=" + s + '/' + inner_s + " T=" + t + '/' + inner_t);
        }
    }
}

void Extractor::predicates() {
    if (source_.head == kNoToken) return;
    std::vector<std::uint32_t> sentences{tree_.sentence_of(source_.head)};
    if (target_.head != kNoToken && tree_.sentence_of(target_.head) != sentences.front())
        sentences.push_back(tree_.sentence_of(target_.head));
    for (const std::uint32_t s : sentences)
        for (Token t = a_.sentences[s].first; t < a_.sentences[s].last; ++t) predicate_at(t);
}

void Extractor::path() {
    const auto group = FeatureGroup::Path;
    if (source_.head == kNoToken) return;
    const auto upwards = [&](Token t) {
        std::vector<Token> way;
        for (int i = 0; t != kNoToken && i < kMostSteps; ++i, t = a_.head[t]) way.push_back(t);
        return way;
    };
    const std::vector<Token> from = upwards(source_.head);
    for (std::size_t i = 1; i < from.size() && i < 4; ++i) {
        const std::string step = std::to_string(i);
        add(group, "S^" + step + ' ' + symbol(from[i]));
        add(group, "S^ " + symbol(from[i]));
        see(WordView::Path, from[i]);
    }
    if (from.size() > 1) {
        add(group, "S." + std::string(name(a_.rel[source_.head])) + ' ' + symbol(from[1]));
        add(group, "S." + std::string(name(a_.rel[source_.head])));
    }
    if (target_.head == kNoToken) return;
    const std::vector<Token> to = upwards(target_.head);
    for (std::size_t i = 1; i < to.size() && i < 4; ++i) {
        add(group, "T^" + std::to_string(i) + ' ' + symbol(to[i]));
        see(WordView::Path, to[i]);
    }
    const std::string preposition = tree_.preposition(target_.head);
    if (to.size() > 1)
        add(group, "T." + std::string(name(a_.rel[target_.head])) + ' ' + preposition + ' ' + symbol(to[1]));
    add(group, "T." + std::string(name(a_.rel[target_.head])) + ' ' + preposition);
    const auto meet = std::find_first_of(from.begin(), from.end(), to.begin(), to.end());
    if (meet == from.end()) {
        add(group, "apart");
        return;
    }
    std::string relations = std::string(name(a_.rel[source_.head]));
    std::string words;
    for (auto it = from.begin(); it != meet; ++it) {
        if (it != from.begin()) {
            add(group, "on " + symbol(*it));
            words += symbol(*it) + '<';
            relations += '<' + std::string(name(a_.rel[*it]));
        }
    }
    const auto down = std::find(to.begin(), to.end(), *meet);
    std::string top = symbol(*meet);
    words += top;
    relations += '^';
    for (auto it = down; it != to.begin();) {
        --it;
        if (it != to.begin()) {
            add(group, "on " + symbol(*it));
            words += '>' + symbol(*it);
        }
        relations += '>' + std::string(name(a_.rel[*it]));
    }
    relations += preposition;
    add(group, "top " + top);
    add(group, "words " + words);
    add(group, "way " + relations);
    add(group, "way " + relations + ' ' + top);
}

} // namespace

std::string_view name(FeatureGroup group) {
    static constexpr std::array<std::string_view, kFeatureGroups> kNames = {"rules",   "lexicon",  "predicate",  "path",
                                                                            "between", "sentence", "participant"};
    return kNames[static_cast<std::size_t>(group)];
}

std::string_view name(WordView view) {
    static constexpr std::array<std::string_view, kWordViews> kNames = {"predicates", "objects", "path",  "between",
                                                                        "sentence",   "source",  "target"};
    return kNames[static_cast<std::size_t>(view)];
}

std::uint64_t feature_key(const PairFeature& feature) {
    return hash64(feature.name, hash64(name(feature.group)) ^ 0x1f);
}

PairFeatures pair_features(const Tree& tree, const Mentions& mentions, const Lexicon& lexicon, const PairSpans& pair,
                           std::span<const RankedAct> acts) {
    return Extractor(tree, mentions, lexicon, pair, acts).run();
}

} // namespace kadesh
