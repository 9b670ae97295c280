// Learns the weights of attributions from PolNeAR: which words are cues (logistic), and of the phrases beside a cue,
// which is its source and which its content (log-linear, one choice of all candidates).
//
// usage: attribution_train KNOWLEDGE FOLDER OUT.tsv [PART...]
//
// FOLDER is that of polnear.py, with PART.conllu beside PART.jsonl (`kadesh annotate PART.jsonl > PART.conllu`). Learns
// from the parts named, `train` by default, and prints how well `dev` is found.
#include "base/utf8.hpp"
#include "coding/attribution_finder.hpp"
#include "coding/parse_repair.hpp"
#include "coding/tree.hpp"
#include "knowledge/lexicon.hpp"
#include "knowledge/world.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <set>
#include <sstream>
#include <unordered_map>
#include <utility>

namespace {

using namespace kadesh;

constexpr int kEpochs = 10;
constexpr int kAveraged = 5; ///< the weights are the mean of those after so many last epochs
constexpr double kRate = 0.15;
constexpr double kDecay = 2e-6;
constexpr double kShrink = 0.03;      ///< taken off every weight after an epoch, so that idle ones vanish
constexpr double kSmallest = 0.15;    ///< weights below it are dropped
constexpr std::uint32_t kSeldom = 10; ///< features seen less often are not learned

struct Gold {
    std::vector<TextSpan> source, cue, content;
};

struct Article {
    std::string id;
    Document document;
    Annotation read; ///< holds the words that `annotation` views
    Annotation annotation;
    std::vector<Gold> gold;
};

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> out;
    for (std::size_t start = 0;;) {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        out.push_back(text.substr(start, end - start));
        if (end == text.size()) return out;
        start = end + 1;
    }
}

std::uint32_t number(std::string_view text) {
    std::uint32_t n = 0;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n;
}

std::string misc(const std::string& cell, const std::string& key) {
    for (const std::string& item : split(cell, '|'))
        if (item.starts_with(key + '=')) return item.substr(key.size() + 1);
    return {};
}

/// Reads back what `kadesh annotate` wrote of one document.
class ConlluReader {
  public:
    ConlluReader(Article& article) : article_(article), index_(article.document.text) {}

    void line(const std::string& text) {
        Annotation& a = article_.read;
        if (text.empty()) {
            for (Token t = first_; t < a.size(); ++t)
                a.head[t] = heads_[t - first_] == 0 ? kNoToken : first_ + heads_[t - first_] - 1;
            if (a.size() > first_) a.sentences.push_back({first_, a.size()});
            first_ = a.size();
            heads_.clear();
            return;
        }
        if (text.front() == '#') return;
        const std::vector<std::string> cells = split(text, '\t');
        const std::string range = misc(cells[9], "TokenRange");
        TextSpan span{};
        if (!range.empty()) {
            const std::vector<std::string> ends = split(range, ':');
            span = {index_.byte(number(ends[0])), index_.byte(number(ends[1]))};
        }
        if (cells[0].find('-') != std::string::npos) {
            whole_ = span;
            parts_ = number(std::string_view(cells[0]).substr(cells[0].find('-') + 1)) - number(cells[0]) + 1;
            return;
        }
        const auto keep = [&](const std::string& s) -> std::string_view { return a.owned.emplace_back(s); };
        a.form.push_back(keep(cells[1]));
        a.lemma.push_back(keep(cells[2]));
        a.upos.push_back(upos_from(cells[3]));
        a.xpos.push_back(keep(cells[4]));
        heads_.push_back(number(cells[6]));
        a.head.push_back(kNoToken);
        a.rel.push_back(rel_from(cells[7]));
        if (parts_ > 0) {
            --parts_;
            const auto size = static_cast<std::uint32_t>(cells[1].size());
            span = {whole_.start, parts_ == 0 ? whole_.end : std::min(whole_.start + size, whole_.end)};
            whole_.start = span.end;
        }
        a.span.push_back(span);
        const std::string ner = misc(cells[9], "NER");
        const Token t = a.size() - 1;
        if (ner.size() > 2) {
            const std::string type = ner.substr(2);
            if (ner[0] == 'I' && !a.names.empty() && a.names.back().tokens.last == t)
                a.names.back().tokens.last = t + 1;
            else
                for (const NameType n : {NameType::PER, NameType::ORG, NameType::LOC, NameType::MISC})
                    if (name(n) == type) a.names.push_back({{t, t + 1}, n});
        }
    }

  private:
    Article& article_;
    CodePointIndex index_;
    Token first_ = 0;
    std::vector<Token> heads_;
    TextSpan whole_;
    std::uint32_t parts_ = 0;
};

std::vector<std::unique_ptr<Article>> read_part(const std::string& folder, const std::string& part) {
    std::vector<std::unique_ptr<Article>> out;
    std::map<std::string, std::vector<std::string>> gold;
    std::ifstream rows(folder + '/' + part + ".gold.tsv");
    for (std::string line; std::getline(rows, line);) gold[split(line, '\t')[0]].push_back(line);
    std::ifstream in(folder + '/' + part + ".conllu");
    std::unique_ptr<ConlluReader> reader;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("# newdoc id = ")) {
            auto article = std::make_unique<Article>();
            article->id = line.substr(14);
            std::ifstream text(folder + '/' + part + '/' + article->id + ".txt", std::ios::binary);
            std::stringstream all;
            all << text.rdbuf();
            article->document.text = all.str();
            const CodePointIndex index(article->document.text);
            const auto spans = [&](const std::string& cell) {
                std::vector<TextSpan> found;
                if (cell.empty()) return found;
                for (const std::string& piece : split(cell, ';'))
                    found.push_back({index.byte(number(piece)),
                                     index.byte(number(std::string_view(piece).substr(piece.find('-') + 1)))});
                return found;
            };
            for (const std::string& row : gold[article->id]) {
                const std::vector<std::string> cells = split(row, '\t');
                article->gold.push_back({spans(cells[1]), spans(cells[2]), spans(cells[3])});
            }
            reader = std::make_unique<ConlluReader>(*article);
            out.push_back(std::move(article));
            continue;
        }
        if (reader) reader->line(line);
    }
    return out;
}

/// Sparse log-linear learning with AdaGrad.
class Learner {
  public:
    using Ids = std::vector<std::uint32_t>;

    Ids ids(const FeatureNames& features) {
        Ids out;
        for (const std::string& f : features) {
            const auto [it, fresh] = index_.emplace(f, static_cast<std::uint32_t>(names_.size()));
            if (fresh) {
                names_.push_back(f);
                seen_.push_back(0);
            }
            ++seen_[it->second];
            out.push_back(it->second);
        }
        return out;
    }
    void begin() {
        weight_.assign(names_.size(), 0);
        square_.assign(names_.size(), 1e-2);
    }
    [[nodiscard]] double score(const Ids& ids) const {
        double sum = 0;
        for (const std::uint32_t i : ids) sum += weight_[i];
        return sum;
    }
    void step(const Ids& ids, double gradient) {
        for (const std::uint32_t i : ids) {
            if (seen_[i] < kSeldom) continue;
            const double g = gradient - kDecay * 100 * weight_[i];
            square_[i] += g * g;
            weight_[i] += kRate * g / std::sqrt(square_[i]);
        }
    }
    /// After an epoch; `counts`: it is one of those whose weights are averaged.
    void end_epoch(bool counts) {
        for (double& w : weight_) w = w > kShrink ? w - kShrink : w < -kShrink ? w + kShrink : 0;
        if (!counts) return;
        sum_.resize(weight_.size());
        for (std::size_t i = 0; i < weight_.size(); ++i) sum_[i] += weight_[i] / kAveraged;
    }
    template <typename Sink> void each(Sink sink) const {
        for (std::size_t i = 0; i < names_.size(); ++i) sink(names_[i], sum_[i]);
    }

  private:
    std::unordered_map<std::string, std::uint32_t> index_;
    std::vector<std::string> names_;
    std::vector<std::uint32_t> seen_;
    std::vector<double> weight_, square_, sum_;
};

struct CueExample {
    Learner::Ids features;
    bool is = false;
};
struct Choice {
    std::vector<Learner::Ids> candidates;
    std::size_t gold = 0;
};

TokenRange tokens_of(const Annotation& a, TextSpan span) {
    TokenRange out{kNoToken, 0};
    for (Token t = 0; t < a.size(); ++t)
        if (a.span[t].start < span.end && span.start < a.span[t].end) {
            out.first = std::min(out.first, t);
            out.last = t + 1;
        }
    return out.last == 0 ? TokenRange{} : out;
}

/// The word of a gold cue that everything else in it hangs on.
Token cue_head(const Annotation& a, const AttributionCandidates& candidates, TokenRange cue) {
    Token best = kNoToken;
    for (Token t = cue.first; t < cue.last; ++t) {
        if (candidates.cue_name(t).empty()) continue;
        if (candidates.cue_name(t) == "according/P") return t;
        const bool top = a.head[t] == kNoToken || !cue.contains(a.head[t]);
        if (top && (best == kNoToken || (a.upos[t] == Upos::VERB && a.upos[best] != Upos::VERB))) best = t;
    }
    if (best == kNoToken)
        for (Token t = cue.first; t < cue.last; ++t)
            if (!candidates.cue_name(t).empty()) best = t;
    return best;
}

std::vector<TextSpan> text_of(const Tree& tree, const std::vector<TokenRange>& pieces) {
    std::vector<TextSpan> out;
    for (const TokenRange& p : pieces)
        if (p.size() > 0) out.push_back(tree.text_span(p));
    return out;
}

struct Counts {
    int right = 0, found = 0, gold = 0;
    [[nodiscard]] double f1() const { return 200.0 * right / std::max(1, found + gold); }
};

using Spans = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
Spans plain(const std::vector<TextSpan>& spans) {
    Spans out;
    for (const TextSpan& s : spans) out.emplace_back(s.start, s.end);
    return out;
}

void measure(const std::vector<std::unique_ptr<Article>>& articles, const AttributionModel& model, double least) {
    Counts source, cue, content, cue_overlap;
    for (const auto& article : articles) {
        const Tree tree(article->annotation);
        std::multiset<Spans> gold_source, gold_content;
        std::vector<TextSpan> gold_cues;
        for (const Gold& g : article->gold) {
            if (!g.source.empty()) gold_source.insert(plain(g.source));
            if (!g.content.empty()) gold_content.insert(plain(g.content));
            if (!g.cue.empty()) gold_cues.push_back(g.cue.front());
        }
        source.gold += static_cast<int>(gold_source.size());
        content.gold += static_cast<int>(gold_content.size());
        cue_overlap.gold += static_cast<int>(gold_cues.size());
        for (const FoundAttribution& f : find_attributions(tree, article->document.text, model, least)) {
            if (f.depth > 0) continue;
            if (f.source_words.size() > 0) {
                ++source.found;
                if (const auto it = gold_source.find(plain({tree.text_span(f.source_words)}));
                    it != gold_source.end()) {
                    ++source.right;
                    gold_source.erase(it);
                }
            }
            ++content.found;
            if (const auto it = gold_content.find(plain(text_of(tree, f.content))); it != gold_content.end()) {
                ++content.right;
                gold_content.erase(it);
            }
            ++cue_overlap.found;
            const TextSpan c = article->annotation.span[f.cue];
            const auto hit = std::find_if(gold_cues.begin(), gold_cues.end(),
                                          [&](const TextSpan& g) { return g.start < c.end && c.start < g.end; });
            if (hit != gold_cues.end()) {
                ++cue_overlap.right;
                gold_cues.erase(hit);
            }
        }
    }
    std::printf("dev, least %.2f: source F1 %.1f, content F1 %.1f, cue (overlap) F1 %.1f (P %.1f R %.1f)\n", least,
                source.f1(), content.f1(), cue_overlap.f1(), 100.0 * cue_overlap.right / std::max(1, cue_overlap.found),
                100.0 * cue_overlap.right / std::max(1, cue_overlap.gold));
}

/// Prints a gold attribution in its text, <S source>, <C cue>, <Q content>.
void show(const Article& article, const Gold& g) {
    std::map<std::uint32_t, std::string> marks;
    std::uint32_t first = UINT32_MAX, last = 0;
    const auto put = [&](const std::vector<TextSpan>& spans, char role) {
        for (const TextSpan& s : spans) {
            (marks[s.start] += '<') += role;
            marks[s.start] += ' ';
            marks[s.end] = ">" + marks[s.end];
            first = std::min(first, s.start);
            last = std::max(last, s.end);
        }
    };
    put(g.source, 'S');
    put(g.cue, 'C');
    put(g.content, 'Q');
    std::string out;
    const std::string& text = article.document.text;
    for (std::uint32_t i = first > 40 ? first - 40 : 0; i < std::min<std::size_t>(last + 40, text.size()); ++i) {
        if (const auto it = marks.find(i); it != marks.end()) out += it->second;
        out += text[i] == '\n' ? '~' : text[i];
    }
    std::printf("  unreached %s\n", out.c_str());
}

int fail(const std::string& message) {
    std::fprintf(stderr, "attribution_train: %s\n", message.c_str());
    return 2;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) return fail("usage: attribution_train KNOWLEDGE FOLDER OUT.tsv [PART...]");
    const auto world = World::open(argv[1]);
    if (!world) return fail(world.error().message);
    const auto lexicon = Lexicon::load(*world);
    if (!lexicon) return fail(lexicon.error().message);
    std::vector<std::string> parts(argv + 4, argv + argc);
    if (parts.empty()) parts = {"train"};
    std::vector<std::unique_ptr<Article>> articles;
    for (const std::string& part : parts)
        for (auto& article : read_part(argv[2], part)) articles.push_back(std::move(article));
    const std::vector<std::unique_ptr<Article>> dev = read_part(argv[2], "dev");
    for (const std::vector<std::unique_ptr<Article>>* list : {&std::as_const(articles), &dev})
        for (const auto& article : *list) article->annotation = repaired(article->read, *lexicon);

    // Which words are cues at all.
    std::map<std::string, int> cue_count;
    for (const auto& article : articles) {
        const Tree tree(article->annotation);
        const Quotations quotations(article->annotation, article->document.text);
        const AttributionCandidates candidates(tree, quotations);
        for (const Gold& g : article->gold)
            if (!g.cue.empty())
                if (const Token t = cue_head(article->annotation, candidates, tokens_of(article->annotation, g.cue[0]));
                    t != kNoToken)
                    ++cue_count[candidates.cue_name(t)];
    }

    Learner learner;
    std::vector<CueExample> cues;
    std::vector<Choice> choices;
    int sources = 0, sources_reached = 0, contents = 0, contents_reached = 0, known = 0, all = 0;
    for (const auto& article : articles) {
        const Annotation& a = article->annotation;
        const Tree tree(a);
        const Quotations quotations(a, article->document.text);
        const AttributionCandidates candidates(tree, quotations);
        std::vector<std::uint8_t> state(a.size(), 0); // 1: within a content, 2: a cue
        for (const Gold& g : article->gold)
            for (const TextSpan& s : g.content) {
                const TokenRange r = tokens_of(a, s);
                for (Token t = r.first; t < r.last; ++t) state[t] = 1;
            }
        for (const Gold& g : article->gold) {
            if (g.cue.empty() || g.content.empty()) continue;
            const Token cue = cue_head(a, candidates, tokens_of(a, g.cue[0]));
            if (cue == kNoToken) continue;
            ++all;
            if (cue_count[candidates.cue_name(cue)] < 2) continue;
            ++known;
            state[cue] = 2;
            ++sources;
            const std::vector<SourceCandidate> from = candidates.sources(cue);
            const Spans wanted = plain(g.source);
            TokenRange words = g.source.empty() ? TokenRange{} : tokens_of(a, g.source[0]);
            for (std::size_t i = 0; i < from.size(); ++i) {
                const Spans here = from[i].head == kNoToken ? Spans{} : plain({tree.text_span(from[i].tokens)});
                if (here != wanted) continue;
                ++sources_reached;
                Choice choice;
                choice.gold = i;
                for (const SourceCandidate& c : from) choice.candidates.push_back(learner.ids(c.features));
                choices.push_back(std::move(choice));
                words = from[i].tokens;
                break;
            }
            ++contents;
            const std::vector<ContentCandidate> said = candidates.contents(cue, words);
            const Spans target = plain(g.content);
            bool reached = false;
            for (std::size_t i = 0; i < said.size() && !reached; ++i) {
                if (plain(text_of(tree, said[i].pieces)) != target) continue;
                reached = true;
                ++contents_reached;
                Choice choice;
                choice.gold = i;
                for (const ContentCandidate& c : said) choice.candidates.push_back(learner.ids(c.features));
                choices.push_back(std::move(choice));
            }
            if (!reached && std::getenv("SHOW") != nullptr) show(*article, g);
        }
        for (Token t = 0; t < a.size(); ++t) {
            if (state[t] == 1) continue;
            const std::string cue = candidates.cue_name(t);
            if (cue.empty() || !cue_count.contains(cue) || cue_count[cue] < 2) continue;
            cues.push_back({learner.ids(candidates.cue_features(t)), state[t] == 2});
        }
    }
    std::printf("%zu articles, %d attributions, %d with a known cue; source reached %d of %d, content %d of %d; %zu "
                "words that may be cues, %zu choices\n",
                articles.size(), all, known, sources_reached, sources, contents_reached, contents, cues.size(),
                choices.size());

    learner.begin();
    std::mt19937 random(7);
    std::vector<std::size_t> order(cues.size() + choices.size());
    std::iota(order.begin(), order.end(), 0);
    std::vector<double> p;
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
        double loss = 0;
        for (const std::size_t at : order) {
            if (at < cues.size()) {
                const double q = 1 / (1 + std::exp(-learner.score(cues[at].features)));
                const double g = (cues[at].is ? 1 : 0) - q;
                loss -= std::log(std::max(1e-9, cues[at].is ? q : 1 - q));
                learner.step(cues[at].features, g);
                continue;
            }
            const Choice& c = choices[at - cues.size()];
            p.clear();
            for (const Learner::Ids& ids : c.candidates) p.push_back(learner.score(ids));
            const double most = *std::max_element(p.begin(), p.end());
            double sum = 0;
            for (double& x : p) sum += x = std::exp(x - most);
            for (double& x : p) x /= sum;
            loss -= std::log(std::max(1e-9, p[c.gold]));
            for (std::size_t i = 0; i < p.size(); ++i) {
                const double g = (i == c.gold ? 1 : 0) - p[i];
                if (std::abs(g) > 2e-3) learner.step(c.candidates[i], g);
            }
        }
        learner.end_epoch(epoch >= kEpochs - kAveraged);
        std::fprintf(stderr, "epoch %d loss %.4f\n", epoch, loss / static_cast<double>(order.size()));
    }

    std::map<std::string, double> kept;
    learner.each([&](const std::string& f, double weight) {
        if (std::abs(weight) >= kSmallest) kept[f] = weight;
    });
    for (const auto& [cue, count] : cue_count)
        if (count > 1) kept.emplace("cue " + cue, 0.0);
    std::ofstream out(argv[3]);
    out << "feature\tweight\n"
           "# Learned from PolNeAR's training part by training/coding/attribution_train.cpp; not for the hand. `cue "
           "X/V`: a "
           "lemma and\n"
           "# its kind of word (V verb, N noun, J adjective, R adverb, P preposition, C colon). What the features see "
           "is in\n"
           "# src/coding/attribution_candidates.cpp.\n";
    AttributionModel model;
    for (const auto& [f, weight] : kept) {
        char shown[32];
        std::snprintf(shown, sizeof shown, "%.2f", weight);
        out << f << '\t' << shown << '\n';
        model.set(f, std::strtod(shown, nullptr));
    }
    std::printf("%zu weights\n", kept.size());
    for (const double least : {0.4, 0.5, 0.6}) measure(dev, model, least);
    return 0;
}
