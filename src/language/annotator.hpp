// The face of the language layer: documents to annotations.
#pragma once

#include "base/result.hpp"
#include "kadesh/annotation.hpp"
#include "kadesh/document.hpp"
#include "language/coreference.hpp"
#include "language/sentence_model.hpp"
#include "language/tokenizer.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

struct AnnotatorOptions {
    bool coreference = true; ///< fill Annotation::coreference, where the model can
};

/// Tokenizes, splits, tags, parses, lemmatises, finds names and what speaks of the same entity. Immutable after `load`
/// and shared by all threads, each with a Scratch of its own. Annotations hold views of Document::text and of the
/// annotator: both must outlive them.
class Annotator {
  public:
    /// Reads a model. Errors name the file and what is wrong with it.
    static Result<Annotator> load(const std::string& model_path, const AnnotatorOptions& options = {});
    Annotator(Annotator&&) noexcept;
    Annotator& operator=(Annotator&&) noexcept;
    ~Annotator();

    /// Buffers of one thread; they grow to what the longest document needs.
    struct Scratch {
        std::vector<RawWord> words;
        std::vector<SentenceSlot> sentences;
        SentenceModel::Scratch model;
        Coreference::Scratch coreference;
    };

    Annotation annotate(const Document& document, Scratch& scratch) const;
    /// Several documents at once, their sentences in common batches. The result is the same as one by one.
    void annotate(std::span<const Document> documents, std::span<Annotation> annotations, Scratch& scratch) const;
    /// Twelve hexadecimal digits of the model's checksum.
    [[nodiscard]] std::string_view hash() const;
    /// Analyses the model's own test sentences; an error tells the first that comes out otherwise than recorded.
    [[nodiscard]] Status self_test() const;

  private:
    struct Impl;
    explicit Annotator(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace kadesh
