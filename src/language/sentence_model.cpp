#include "language/sentence_model.hpp"

#include "language/tree_decoder.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>

namespace kadesh {
namespace {

using neural::padded;

// Rows of a batch: enough to keep the weights in the near caches busy, few enough for the activations to stay there.
constexpr std::size_t kBatchRows = 224;
// Rows whose relation scores are worked out at once; each takes some thousand floats.
constexpr std::size_t kRelationRows = 16;
// Sentences whose word pieces are held at once.
constexpr std::size_t kSlice = 1024;
constexpr float kLeak = 0.1f;

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
    Result<neural::Encoder> encoder = neural::Encoder::load(file);
    if (!encoder) return encoder.error();
    Result<WordPieces> pieces = WordPieces::load(file, encoder->words());
    if (!pieces) return pieces.error();
    Result<NameDecoder> names = NameDecoder::load(file);
    if (!names) return names.error();
    SentenceModel out(std::move(encoder).value(), std::move(pieces).value(), std::move(names).value());
    const auto bad = [&file](const std::string& what) {
        return Error{ErrorCode::BadArtefact, file.name() + ": " + what};
    };
    if (out.encoder_.max_positions() < kMaxPieces + 2 || out.encoder_.shapes() < 19) {
        return bad("config: max_positions or shapes is too small");
    }

    const Result<std::vector<std::string_view>> upos = labels_of(file, "labels.upos");
    if (!upos) return upos.error();
    for (const std::string_view label : *upos) out.upos_.push_back(upos_from(label));
    const Result<std::vector<std::string_view>> xpos = labels_of(file, "labels.xpos");
    if (!xpos) return xpos.error();
    for (const std::string_view label : *xpos) {
        const auto* const known = std::find(std::begin(kPennTags), std::end(kPennTags), label);
        out.xpos_.push_back(known != std::end(kPennTags) ? *known : label);
    }
    const Result<std::vector<std::string_view>> rels = labels_of(file, "labels.deprel");
    if (!rels) return rels.error();
    for (const std::string_view label : *rels) out.rels_.push_back(rel_from(label));
    const auto place = [&rels](std::string_view label) {
        return static_cast<std::size_t>(std::find(rels->begin(), rels->end(), label) - rels->begin());
    };
    out.root_ = place("root");
    out.parataxis_ = place("parataxis");
    if (out.root_ == rels->size() || out.parataxis_ == rels->size() || rels->size() < 3) {
        return bad("labels.deprel: root or parataxis is missing");
    }

    constexpr std::uint32_t kMaxDim = 4096;
    const Result<std::uint32_t> arc_dim = file.config_number("arc_dim", kMaxDim);
    if (!arc_dim) return arc_dim.error();
    const Result<std::uint32_t> rel_dim = file.config_number("rel_dim", kMaxDim);
    if (!rel_dim) return rel_dim.error();
    out.arc_dim_ = *arc_dim;
    out.rel_dim_ = *rel_dim;
    const std::uint32_t hidden = out.encoder_.hidden();
    const std::tuple<const char*, neural::PackedLinear*, std::size_t> layers[] = {
        {"head.upos", &out.upos_head_, upos->size()},      {"head.xpos", &out.xpos_head_, xpos->size()},
        {"head.ner", &out.ner_head_, out.names_.labels()}, {"head.arc.dep", &out.arc_dep_, out.arc_dim_},
        {"head.arc.head", &out.arc_head_, out.arc_dim_},   {"head.rel.dep", &out.rel_dep_, out.rel_dim_},
        {"head.rel.head", &out.rel_head_, out.rel_dim_},
    };
    for (const auto& [name, target, size] : layers) {
        Result<neural::PackedLinear> layer = neural::load_linear(file, name, static_cast<std::uint32_t>(size), hidden);
        if (!layer) return layer.error();
        *target = std::move(layer).value();
    }

    // U as a linear layer on dep: the outputs are the columns of U, the last row of U is the bias.
    const Result<std::vector<float>> arc = file.floats("head.arc.biaffine", {*arc_dim + 1, *arc_dim});
    if (!arc) return arc.error();
    const std::size_t a = out.arc_dim_;
    std::vector<float> weights(a * a), bias(arc->end() - static_cast<std::ptrdiff_t>(a), arc->end());
    for (std::size_t i = 0; i < a; ++i) {
        for (std::size_t j = 0; j < a; ++j) weights[j * a + i] = (*arc)[i * a + j];
    }
    out.arc_biaffine_ = neural::PackedLinear(weights, bias, a, a);

    const auto count = static_cast<std::uint32_t>(rels->size());
    const Result<std::vector<float>> rel = file.floats("head.rel.biaffine", {count, *rel_dim + 1, *rel_dim + 1});
    if (!rel) return rel.error();
    const std::size_t d = out.rel_dim_;
    const std::size_t width = padded(count);
    weights.assign((d + 1) * width * d, 0.0f);
    bias.assign((d + 1) * width, 0.0f);
    for (std::size_t r = 0; r < count; ++r) {
        for (std::size_t k = 0; k <= d; ++k) {
            const auto u = [&](std::size_t i) { return (*rel)[(r * (d + 1) + i) * (d + 1) + k]; };
            for (std::size_t i = 0; i < d; ++i) weights[(k * width + r) * d + i] = u(i);
            bias[k * width + r] = u(d);
        }
    }
    out.rel_biaffine_ = neural::PackedLinear(weights, bias, (d + 1) * width, d);
    return out;
}

void SentenceModel::cut_windows(std::span<const SentenceSlot> sentences, Scratch& s) const {
    s.windows.clear();
    s.pieces.clear();
    s.shapes.clear();
    s.counts.clear();
    const std::uint32_t room = encoder_.max_positions() - 2;
    for (std::size_t k = 0; k < sentences.size(); ++k) {
        const TokenRange tokens = sentences[k].tokens;
        if (tokens.size() == 0) continue;
        Scratch::Window window{k, tokens.first,   tokens.first, static_cast<std::uint32_t>(s.pieces.size()),
                               0, s.counts.size()};
        for (Token t = tokens.first; t < tokens.last; ++t) {
            const std::string_view form = sentences[k].annotation->form[t];
            const std::size_t before = s.pieces.size();
            pieces_.encode(form, s.pieces, s.word_pieces);
            const auto count = static_cast<std::uint32_t>(s.pieces.size() - before);
            const auto shape = static_cast<std::uint8_t>(2 * word_shape(form, t == tokens.first));
            s.shapes.push_back(shape);
            s.shapes.insert(s.shapes.end(), count - 1, static_cast<std::uint8_t>(shape + 1));
            if (window.piece_count + count > room) {
                s.windows.push_back(window);
                window = {k, t, t, static_cast<std::uint32_t>(before), 0, s.counts.size()};
            }
            s.counts.push_back(static_cast<std::uint8_t>(count));
            window.last = t + 1;
            window.piece_count += count;
        }
        s.windows.push_back(window);
    }
}

void SentenceModel::analyse(std::span<const SentenceSlot> sentences, Scratch& s) const {
    for (std::size_t at = 0; at < sentences.size(); at += kSlice) {
        analyse_slice(sentences.subspan(at, std::min(kSlice, sentences.size() - at)), s);
    }
}

void SentenceModel::analyse_slice(std::span<const SentenceSlot> sentences, Scratch& s) const {
    cut_windows(sentences, s);
    s.roots.assign(sentences.size(), kNoToken);
    std::size_t first = 0, rows = 0;
    for (std::size_t w = 0; w < s.windows.size(); ++w) {
        const std::size_t more = s.windows[w].piece_count + 2;
        if (rows > 0 && rows + more > kBatchRows) {
            run_batch(sentences, first, w, s);
            first = w;
            rows = 0;
        }
        rows += more;
    }
    if (first < s.windows.size()) run_batch(sentences, first, s.windows.size(), s);
}

/// Row 0 of each window: the vector of [CLS], which stands for the root; then its words', means over their pieces.
void SentenceModel::pool(const float* encoded, std::span<const Scratch::Window> windows, Scratch& s) const {
    const std::size_t hidden = encoder_.hidden();
    std::size_t word = windows.front().counts;
    float* out = s.vectors.data();
    for (const Scratch::Window& window : windows) {
        std::copy(encoded, encoded + hidden, out);
        out += hidden;
        encoded += hidden;
        for (Token t = window.first; t < window.last; ++t, out += hidden) {
            const std::size_t count = s.counts[word++];
            std::copy(encoded, encoded + hidden, out);
            for (std::size_t p = 1; p < count; ++p) {
                for (std::size_t i = 0; i < hidden; ++i) out[i] += encoded[p * hidden + i];
            }
            if (count > 1) {
                const float share = 1.0f / static_cast<float>(count);
                for (std::size_t i = 0; i < hidden; ++i) out[i] *= share;
            }
            encoded += count * hidden;
        }
        encoded += hidden; // [SEP]
    }
}

void SentenceModel::run_batch(std::span<const SentenceSlot> sentences, std::size_t first, std::size_t last,
                              Scratch& s) const {
    const std::span<const Scratch::Window> windows(s.windows.data() + first, last - first);
    const auto edge = static_cast<std::uint8_t>(encoder_.shapes() - 1);
    s.ids.clear();
    s.labels.clear(); // shapes of the rows
    s.sequences.clear();
    std::size_t rows = 0; // of word vectors
    for (const Scratch::Window& window : windows) {
        const auto begin = static_cast<std::uint32_t>(s.ids.size());
        const auto from = static_cast<std::ptrdiff_t>(window.pieces);
        const auto to = from + static_cast<std::ptrdiff_t>(window.piece_count);
        s.ids.push_back(pieces_.cls());
        s.ids.insert(s.ids.end(), s.pieces.begin() + from, s.pieces.begin() + to);
        s.ids.push_back(pieces_.sep());
        s.labels.push_back(edge);
        s.labels.insert(s.labels.end(), s.shapes.begin() + from, s.shapes.begin() + to);
        s.labels.push_back(edge);
        s.sequences.push_back({begin, window.piece_count + 2});
        rows += 1 + (window.last - window.first);
    }
    const float* const encoded = encoder_.run(s.ids, s.labels, s.sequences, s.encoder);
    const std::size_t hidden = encoder_.hidden();
    s.vectors.reserve(rows * hidden);
    pool(encoded, windows, s);

    neural::quantise(s.vectors.data(), rows, hidden, hidden, s.quantised);
    const std::pair<const neural::PackedLinear*, neural::AlignedBuffer<float>*> heads[] = {
        {&upos_head_, &s.upos},    {&xpos_head_, &s.xpos},  {&ner_head_, &s.ner},      {&arc_dep_, &s.arc_dep},
        {&arc_head_, &s.arc_head}, {&rel_dep_, &s.rel_dep}, {&rel_head_, &s.rel_head},
    };
    for (const auto& [layer, buffer] : heads) {
        const std::size_t width = layer->padded_out();
        neural::linear(*layer, s.quantised, 0, rows, buffer->reserve(rows * width), width);
    }
    const std::size_t arc_width = padded(arc_dim_);
    const std::size_t rel_width = padded(rel_dim_);
    for (neural::AlignedBuffer<float>* const buffer : {&s.arc_dep, &s.arc_head}) {
        neural::leaky_relu(buffer->data(), rows * arc_width, kLeak);
    }
    for (neural::AlignedBuffer<float>* const buffer : {&s.rel_dep, &s.rel_head}) {
        neural::leaky_relu(buffer->data(), rows * rel_width, kLeak);
    }
    neural::quantise(s.arc_dep.data(), rows, arc_dim_, arc_width, s.quantised);
    neural::linear(arc_biaffine_, s.quantised, 0, rows, s.arc_mixed.reserve(rows * arc_width), arc_width);
    neural::quantise(s.rel_dep.data(), rows, rel_dim_, rel_width, s.quantised);

    std::size_t row = 0;
    for (const Scratch::Window& window : windows) {
        const SentenceSlot& sentence = sentences[window.sentence];
        Annotation& a = *sentence.annotation;
        const std::size_t words = window.last - window.first;
        const std::size_t nodes = words + 1;
        for (std::size_t i = 0; i < words; ++i) {
            const std::size_t r = row + 1 + i;
            a.upos[window.first + i] = upos_[best_of(s.upos.data() + r * upos_head_.padded_out(), upos_.size())];
            a.xpos[window.first + i] = xpos_[best_of(s.xpos.data() + r * xpos_head_.padded_out(), xpos_.size())];
        }
        // Arcs.
        const std::size_t width = padded(nodes);
        float* const transposed = s.transposed.reserve(arc_width * width);
        for (std::size_t i = 0; i < arc_dim_; ++i) {
            for (std::size_t j = 0; j < nodes; ++j)
                transposed[i * width + j] = s.arc_head.data()[(row + j) * arc_width + i];
            std::fill(transposed + i * width + nodes, transposed + (i + 1) * width, 0.0f);
        }
        float* const scores = s.scores.reserve(nodes * width);
        neural::multiply(s.arc_mixed.data() + row * arc_width, arc_width, transposed, width, scores, width, nodes,
                         arc_dim_, width);
        s.heads.resize(nodes);
        decode_tree({scores, nodes * width}, width, s.heads);
        relate(sentence, window, row, s);
        // Names.
        const std::size_t ner_width = ner_head_.padded_out();
        s.labels.resize(words);
        names_.decode(s.ner.data() + (row + 1) * ner_width, ner_width, s.labels, s.names);
        names_.spans(s.labels, window.first, a.names);
        row += nodes;
    }
}

/// Heads and relations of a window whose tree is in s.heads; the roots of later windows hang on the first one's.
void SentenceModel::relate(const SentenceSlot& sentence, const Scratch::Window& window, std::size_t row,
                           Scratch& s) const {
    Annotation& a = *sentence.annotation;
    const std::size_t words = window.last - window.first;
    const std::size_t mixed_width = rel_biaffine_.padded_out();
    const std::size_t count = rels_.size();
    const std::size_t width = padded(count);
    const std::size_t rel_width = padded(rel_dim_);
    float* const mixed = s.rel_mixed.reserve(kRelationRows * mixed_width + width);
    float* const scores = mixed + kRelationRows * mixed_width;
    for (std::size_t begin = 0; begin < words; begin += kRelationRows) {
        const std::size_t end = std::min(words, begin + kRelationRows);
        neural::linear(rel_biaffine_, s.quantised, row + 1 + begin, end - begin, mixed, mixed_width);
        for (std::size_t i = begin; i < end; ++i) {
            const Token token = window.first + static_cast<Token>(i);
            const std::uint32_t head = s.heads[i + 1];
            if (head == 0) {
                std::uint32_t& first_root = s.roots[window.sentence];
                a.head[token] = first_root;
                a.rel[token] = first_root == kNoToken ? Rel::Root : Rel::Parataxis;
                if (first_root == kNoToken) first_root = token;
                continue;
            }
            const float* const own = mixed + (i - begin) * mixed_width;
            neural::multiply(s.rel_head.data() + (row + head) * rel_width, rel_width, own, width, scores, width, 1,
                             rel_dim_, width);
            for (std::size_t r = 0; r < count; ++r) scores[r] += own[rel_dim_ * width + r];
            scores[root_] = -std::numeric_limits<float>::infinity();
            a.head[token] = window.first + head - 1;
            a.rel[token] = rels_[best_of(scores, count)];
        }
    }
}

} // namespace kadesh
