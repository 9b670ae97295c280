#include "language/sentence_model.hpp"

#include "language/tree_decoder.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

namespace kadesh {
namespace {

// Rows of a batch: enough to keep the weights in the near caches busy, few enough for the activations to stay there.
constexpr std::size_t kBatchRows = 224;
// Sentences whose windows are held at once.
constexpr std::size_t kSlice = 1024;
constexpr float kLeak = 0.1f; ///< of the transformer's heads; the narrow network's have none

// Penn Treebank tags, so that views of them outlive the model.
constexpr std::string_view kPennTags[] = {
    "CC",    "CD",  "DT",  "EX",  "FW",   "IN", "JJ",  "JJR", "JJS", "LS",    "MD",   "NN",   "NNS", "NNP",
    "NNPS",  "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP",  "SYM",   "TO",   "UH",   "VB",  "VBD",
    "VBG",   "VBN", "VBP", "VBZ", "WDT",  "WP", "WP$", "WRB", "AFX", "ADD",   "GW",   "HYPH", "NFP", "-LRB-",
    "-RRB-", "#",   "$",   ".",   ",",    ":",  "``",  "''",  "XX",  "-LSB-", "-RSB-"};

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

Result<std::vector<std::string_view>> labels_of(const neural::ModelFile& file, const std::string& section) {
    const Result<std::string_view> text = file.text(section);
    if (!text) return text.error();
    std::vector<std::string_view> labels = lines_of(*text);
    if (labels.empty() || labels.size() > 255) {
        return Error{ErrorCode::BadArtefact, file.name() + ": " + section + ": no labels, or too many"};
    }
    return labels;
}

std::size_t best_of(const float* scores, std::size_t count) {
    return static_cast<std::size_t>(std::max_element(scores, scores + count) - scores);
}

} // namespace

Result<SentenceModel> SentenceModel::load(const neural::ModelFile& file) {
    const auto bad = [&file](const std::string& what) {
        return Error{ErrorCode::BadArtefact, file.name() + ": " + what};
    };
    const bool narrow = file.config("encoder") == "words";
    const float leak = narrow ? 0.0f : kLeak;
    std::optional<Vectors> vectors;
    std::uint32_t hidden = 0;
    if (narrow) {
        Result<TypeVectors> part = TypeVectors::load(file);
        if (!part) return part.error();
        hidden = part->hidden();
        vectors = std::move(part).value();
    } else {
        Result<PieceVectors> part = PieceVectors::load(file);
        if (!part) return part.error();
        hidden = part->hidden();
        vectors = std::move(part).value();
    }
    Result<NameDecoder> names = NameDecoder::load(file);
    if (!names) return names.error();
    const Result<std::vector<std::string_view>> rels = labels_of(file, "labels.deprel");
    if (!rels) return rels.error();
    const auto root = static_cast<std::size_t>(std::find(rels->begin(), rels->end(), "root") - rels->begin());
    if (root == rels->size() || rels->size() < 3) return bad("labels.deprel: root or others are missing");
    Result<ArcScorer> arcs = ArcScorer::load(file, hidden, leak);
    if (!arcs) return arcs.error();
    Result<RelationScorer> relations = RelationScorer::load(file, hidden, rels->size(), root, leak);
    if (!relations) return relations.error();
    SentenceModel out(std::move(*vectors), std::move(arcs).value(), std::move(relations).value(),
                      std::move(names).value());

    const Result<std::vector<std::string_view>> upos = labels_of(file, "labels.upos");
    if (!upos) return upos.error();
    for (const std::string_view label : *upos) out.upos_.push_back(upos_from(label));
    const Result<std::vector<std::string_view>> xpos = labels_of(file, "labels.xpos");
    if (!xpos) return xpos.error();
    for (const std::string_view label : *xpos) {
        const auto* const known = std::find(std::begin(kPennTags), std::end(kPennTags), label);
        out.xpos_.push_back(known != std::end(kPennTags) ? *known : label);
    }
    for (const std::string_view label : *rels) out.rels_.push_back(rel_from(label));
    const std::tuple<const char*, neural::PackedLinear*, std::size_t> layers[] = {
        {"head.upos", &out.upos_head_, upos->size()},
        {"head.xpos", &out.xpos_head_, xpos->size()},
        {"head.ner", &out.ner_head_, out.names_.labels()},
    };
    for (const auto& [name, target, size] : layers) {
        Result<neural::PackedLinear> layer = neural::load_linear(file, name, static_cast<std::uint32_t>(size), hidden);
        if (!layer) return layer.error();
        *target = std::move(layer).value();
    }
    return out;
}

void SentenceModel::analyse(std::span<const SentenceSlot> sentences, Scratch& s) const {
    s.name_rows.clear();
    std::size_t words = 0;
    for (const SentenceSlot& sentence : sentences) {
        s.name_rows.push_back(words);
        words += sentence.tokens.size();
    }
    s.name_scores.resize(words * names_.labels());
    for (s.first_sentence = 0; s.first_sentence < sentences.size(); s.first_sentence += kSlice) {
        analyse_slice(sentences.subspan(s.first_sentence, std::min(kSlice, sentences.size() - s.first_sentence)), s);
    }
}

void SentenceModel::name(std::span<const SentenceSlot> sentences, bool agree, Scratch& s) const {
    const std::size_t width = names_.labels();
    for (std::size_t first = 0; first < sentences.size();) {
        Annotation& a = *sentences[first].annotation;
        std::size_t end = first + 1;
        while (end < sentences.size() && sentences[end].annotation == &a &&
               sentences[end].tokens.first == sentences[end - 1].tokens.last)
            ++end;
        if (agree) {
            const TokenRange whole{sentences[first].tokens.first, sentences[end - 1].tokens.last};
            NameAgreement::apply(names_, std::span<const std::string_view>(a.form).subspan(whole.first, whole.size()),
                                 std::span(s.name_scores).subspan(s.name_rows[first] * width, whole.size() * width),
                                 s.agreement);
        }
        for (; first < end; ++first) {
            s.labels.resize(sentences[first].tokens.size());
            names_.decode(s.name_scores.data() + s.name_rows[first] * width, width, s.labels, s.names);
            names_.spans(s.labels, sentences[first].tokens.first, a.names);
        }
    }
}

void SentenceModel::analyse_slice(std::span<const SentenceSlot> sentences, Scratch& s) const {
    if (const auto* pieces = std::get_if<PieceVectors>(&vectors_))
        pieces->cut(sentences, s.windows, s.pieces);
    else
        std::get<TypeVectors>(vectors_).cut(sentences, s.windows, s.types);
    s.roots.assign(sentences.size(), kNoToken);
    const std::span<const SentenceWindow> windows(s.windows);
    std::size_t first = 0, rows = 0;
    for (std::size_t w = 0; w < windows.size(); ++w) {
        if (rows > 0 && rows + windows[w].rows > kBatchRows) {
            run_batch(sentences, windows.subspan(first, w - first), s);
            first = w;
            rows = 0;
        }
        rows += windows[w].rows;
    }
    if (first < windows.size()) run_batch(sentences, windows.subspan(first), s);
}

void SentenceModel::run_batch(std::span<const SentenceSlot> sentences, std::span<const SentenceWindow> windows,
                              Scratch& s) const {
    const auto* const pieces = std::get_if<PieceVectors>(&vectors_);
    const float* const vectors = pieces != nullptr ? pieces->run(sentences, windows, s.pieces)
                                                   : std::get<TypeVectors>(vectors_).run(sentences, windows, s.types);
    std::size_t rows = 0;
    for (const SentenceWindow& window : windows) rows += 1 + window.tokens.size();
    neural::quantise(vectors, rows, upos_head_.in(), upos_head_.in(), s.quantised);
    tag(sentences, windows, s);
    parse(sentences, windows, s);
}

/// Tags and name scores of a batch.
void SentenceModel::tag(std::span<const SentenceSlot> sentences, std::span<const SentenceWindow> windows,
                        Scratch& s) const {
    const std::size_t rows = s.quantised.rows;
    const std::size_t upos_width = upos_head_.padded_out();
    const std::size_t xpos_width = xpos_head_.padded_out();
    const std::size_t ner_width = ner_head_.padded_out();
    neural::linear(upos_head_, s.quantised, 0, rows, s.upos.reserve(rows * upos_width), upos_width);
    neural::linear(xpos_head_, s.quantised, 0, rows, s.xpos.reserve(rows * xpos_width), xpos_width);
    neural::linear(ner_head_, s.quantised, 0, rows, s.ner.reserve(rows * ner_width), ner_width);
    std::size_t row = 0;
    for (const SentenceWindow& window : windows) {
        Annotation& a = *sentences[window.sentence].annotation;
        ++row; // the root's
        const std::size_t sentence = s.first_sentence + window.sentence;
        float* kept =
            s.name_scores.data() +
            (s.name_rows[sentence] + window.tokens.first - sentences[window.sentence].tokens.first) * names_.labels();
        for (Token t = window.tokens.first; t < window.tokens.last; ++t, ++row) {
            a.upos[t] = upos_[best_of(s.upos.data() + row * upos_width, upos_.size())];
            a.xpos[t] = xpos_[best_of(s.xpos.data() + row * xpos_width, xpos_.size())];
            kept = std::copy_n(s.ner.data() + row * ner_width, names_.labels(), kept);
        }
    }
}

/// Heads and relations of a batch; the roots of a sentence's later windows hang on the first one's.
void SentenceModel::parse(std::span<const SentenceSlot> sentences, std::span<const SentenceWindow> windows,
                          Scratch& s) const {
    const std::size_t rows = s.quantised.rows;
    arc_scorer_.project(s.quantised, s.arcs);
    s.head_rows.resize(rows);
    std::uint32_t row = 0;
    for (const SentenceWindow& window : windows) {
        const std::uint32_t nodes = 1 + window.tokens.size();
        const float* const scores = arc_scorer_.scores(row, nodes, s.arcs);
        s.heads.resize(nodes);
        const std::size_t width = neural::padded(nodes);
        decode_tree({scores, nodes * width}, width, s.heads);
        s.head_rows[row] = row; // the root's own: nothing is asked of it
        for (std::uint32_t i = 1; i < nodes; ++i) s.head_rows[row + i] = row + s.heads[i];
        row += nodes;
    }
    s.relations.resize(rows);
    rel_scorer_.choose(s.quantised, s.head_rows, s.relations, s.rels);
    row = 0;
    for (const SentenceWindow& window : windows) {
        Annotation& a = *sentences[window.sentence].annotation;
        const std::uint32_t root = row++;
        std::uint32_t& first_root = s.roots[window.sentence];
        for (Token t = window.tokens.first; t < window.tokens.last; ++t, ++row) {
            if (s.head_rows[row] != root) {
                a.head[t] = window.tokens.first + (s.head_rows[row] - root - 1);
                a.rel[t] = rels_[s.relations[row]];
                continue;
            }
            a.head[t] = first_root;
            a.rel[t] = first_root == kNoToken ? Rel::Root : Rel::Parataxis;
            if (first_root == kNoToken) first_root = t;
        }
    }
}

} // namespace kadesh
