#include "language/annotator.hpp"

#include "base/text_hash.hpp"
#include "document/dateline.hpp"
#include "language/lemmatizer.hpp"
#include "language/name_repair.hpp"
#include "language/sentence_splitter.hpp"
#include "neural/model_file.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace kadesh {
namespace {

/// A dateline ("KYIV, May 2 (Reuters) -") is a sentence of its own: parsed with the first one it would be its subject.
void cut_dateline(std::string_view text, Annotation& a) {
    const std::optional<Dateline> line = find_dateline(text);
    if (!line) return;
    for (std::size_t i = 0; i < a.sentences.size(); ++i) {
        const TokenRange whole = a.sentences[i];
        if (whole.size() == 0 || a.span[whole.first].start >= line->skip.end) return;
        if (a.span[whole.last - 1].end <= line->skip.end) continue;
        Token cut = whole.first;
        while (cut < whole.last && a.span[cut].start < line->skip.end) ++cut;
        if (cut == whole.first || cut == whole.last) return;
        a.sentences[i].last = cut;
        a.sentences.insert(a.sentences.begin() + static_cast<std::ptrdiff_t>(i) + 1, TokenRange{cut, whole.last});
        return;
    }
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> out;
    for (std::size_t start = 0;;) {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        out.emplace_back(text.substr(start, end - start));
        if (end == text.size()) return out;
        start = end + 1;
    }
}

/// Columns for the words of a text; the model fills the rest.
void add_words(std::string_view text, std::span<const RawWord> words, Annotation& a) {
    const std::size_t size = words.size();
    a.span.reserve(size);
    a.form.reserve(size);
    a.space_after.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
        const TextSpan span = words[i].span;
        a.span.push_back(span);
        a.form.push_back(text.substr(span.start, span.end - span.start));
        a.space_after.push_back(i + 1 == size || words[i + 1].has(RawWord::kSpaceBefore));
    }
    a.lemma.resize(size);
    a.upos.resize(size, Upos::X);
    a.xpos.resize(size);
    a.head.resize(size, kNoToken);
    a.rel.resize(size, Rel::Dep);
}

} // namespace

struct Annotator::Impl {
    Impl(neural::ModelFile f, SentenceSplitter s, SentenceModel m, Lemmatizer l, std::optional<Coreference> c)
        : file(std::move(f)), splitter(std::move(s)), model(std::move(m)), lemmatizer(std::move(l)),
          coreference(std::move(c)), hash(hex(file.checksum()).substr(0, 12)) {}

    void finish(Annotation& a, Scratch& scratch) const {
        for (Token t = 0; t < a.size(); ++t) a.lemma[t] = lemmatizer.lemma(a.form[t], a.upos[t], a.xpos[t], a.owned);
        repair_names(a);
        if (coreference) coreference->resolve(a, scratch.coreference);
    }

    /// One sentence of words that single spaces part, as the model alone sees it.
    Annotation analyse_words(std::string_view text, Scratch& scratch) const {
        scratch.words.clear();
        for (std::size_t start = 0; start < text.size();) {
            const std::size_t end = std::min(text.find(' ', start), text.size());
            const TextSpan span{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
            scratch.words.push_back({span, RawWord::kSpaceBefore});
            start = end + 1;
        }
        Annotation a;
        add_words(text, scratch.words, a);
        a.sentences.push_back({0, a.size()});
        const SentenceSlot slot{&a, a.sentences[0]};
        model.analyse({&slot, 1}, scratch.model);
        model.name({&slot, 1}, false, scratch.model);
        return a;
    }

    neural::ModelFile file;
    SentenceSplitter splitter;
    SentenceModel model;
    Lemmatizer lemmatizer;
    std::optional<Coreference> coreference;
    std::string hash;
};

Annotator::Annotator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Annotator::Annotator(Annotator&&) noexcept = default;
Annotator& Annotator::operator=(Annotator&&) noexcept = default;
Annotator::~Annotator() = default;

Result<Annotator> Annotator::load(const std::string& model_path, const AnnotatorOptions& options) {
    Result<neural::ModelFile> file = neural::ModelFile::open(model_path);
    if (!file) return file.error();
    Result<SentenceSplitter> splitter = SentenceSplitter::load(*file);
    if (!splitter) return splitter.error();
    Result<SentenceModel> model = SentenceModel::load(*file);
    if (!model) return model.error();
    Result<Lemmatizer> lemmatizer = Lemmatizer::load(*file);
    if (!lemmatizer) return lemmatizer.error();
    std::optional<Coreference> coreference;
    if (options.coreference && Coreference::present(*file)) {
        Result<Coreference> loaded = Coreference::load(*file);
        if (!loaded) return loaded.error();
        coreference = std::move(loaded).value();
    }
    return Annotator(std::make_unique<Impl>(std::move(file).value(), std::move(splitter).value(),
                                            std::move(model).value(), std::move(lemmatizer).value(),
                                            std::move(coreference)));
}

void Annotator::annotate(std::span<const Document> documents, std::span<Annotation> annotations,
                         Scratch& scratch) const {
    scratch.sentences.clear();
    for (std::size_t k = 0; k < documents.size(); ++k) {
        const std::string_view text = documents[k].text;
        Annotation& a = annotations[k];
        a = {};
        scratch.words.clear();
        tokenize(text, scratch.words);
        add_words(text, scratch.words, a);
        impl_->splitter.split(text, scratch.words, a.sentences);
        cut_dateline(text, a);
        for (const TokenRange sentence : a.sentences) scratch.sentences.push_back({&a, sentence});
    }
    impl_->model.analyse(scratch.sentences, scratch.model);
    impl_->model.name(scratch.sentences, true, scratch.model);
    for (std::size_t k = 0; k < documents.size(); ++k) impl_->finish(annotations[k], scratch);
}

Annotation Annotator::annotate(const Document& document, Scratch& scratch) const {
    Annotation out;
    annotate({&document, 1}, {&out, 1}, scratch);
    return out;
}

std::string_view Annotator::hash() const {
    return impl_->hash;
}

Status Annotator::self_test() const {
    const Result<std::string_view> text = impl_->file.text("selftest");
    if (!text) return text.error();
    Scratch scratch;
    for (const std::string& line : split(*text, '\n')) {
        if (line.empty()) continue;
        const std::vector<std::string> columns = split(line, '\t');
        const auto failed = [&](const std::string& what) {
            return Error{ErrorCode::BadArtefact, impl_->file.name() + ": self-test: " + what + ": " + columns[0]};
        };
        if (columns.size() != 6) return failed("a line has not six columns");
        const Annotation a = impl_->analyse_words(columns[1], scratch);
        std::vector<std::string> ner(a.size(), "O");
        for (const NameSpan& span : a.names) {
            for (Token t = span.tokens.first; t < span.tokens.last; ++t) {
                ner[t] = (t == span.tokens.first ? "B-" : "I-") + std::string(name(span.type));
            }
        }
        std::array<std::string, 4> found;
        for (Token t = 0; t < a.size(); ++t) {
            const std::array<std::string, 4> cells{std::string(name(a.upos[t])),
                                                   std::to_string(a.head[t] == kNoToken ? 0 : a.head[t] + 1),
                                                   std::string(name(a.rel[t])), ner[t]};
            for (std::size_t c = 0; c < 4; ++c) found[c] += (t == 0 ? "" : " ") + cells[c];
        }
        constexpr std::array<const char*, 4> what{"tags differ", "heads differ", "relations differ", "names differ"};
        for (std::size_t c = 0; c < 4; ++c) {
            if (found[c] != columns[2 + c]) return failed(what[c]);
        }
    }
    return Ok{};
}

} // namespace kadesh
