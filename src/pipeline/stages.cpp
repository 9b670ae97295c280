#include "pipeline/stages.hpp"

#include <chrono>
#include <utility>

namespace kadesh {
namespace {

/// Adds the time of its life to a clock.
class Stopwatch {
  public:
    explicit Stopwatch(double& seconds) : seconds_(seconds), begun_(std::chrono::steady_clock::now()) {}
    ~Stopwatch() { seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count(); }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

  private:
    double& seconds_;
    std::chrono::steady_clock::time_point begun_;
};

bool passes_by(const DocumentItem& item) {
    return item.outcome == Outcome::Skipped || item.outcome == Outcome::Known;
}

/// Lends the documents of some items as one row, and gives them back whatever happens.
class LentDocuments {
  public:
    explicit LentDocuments(std::span<DocumentItem> items) {
        for (DocumentItem& item : items) {
            if (passes_by(item)) continue;
            owners_.push_back(&item);
            documents_.push_back(std::move(item.document));
        }
    }
    ~LentDocuments() {
        for (std::size_t i = 0; i < owners_.size(); ++i) owners_[i]->document = std::move(documents_[i]);
    }
    LentDocuments(const LentDocuments&) = delete;
    LentDocuments& operator=(const LentDocuments&) = delete;

    [[nodiscard]] std::span<const Document> documents() const { return documents_; }
    [[nodiscard]] DocumentItem& owner(std::size_t i) { return *owners_[i]; }

  private:
    std::vector<DocumentItem*> owners_;
    std::vector<Document> documents_;
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

bool is_readable_language(std::string_view tag) {
    std::string primary;
    for (const char c : tag.substr(0, tag.find_first_of("-_"))) primary += lower(c);
    return primary.empty() || primary == "en" || primary == "eng" || primary == "english" || primary == "und";
}

void DocumentStages::process(std::span<DocumentItem> items) {
    for (DocumentItem& item : items) {
        if (passes_by(item) || is_readable_language(item.document.language)) continue;
        item.outcome = Outcome::Skipped;
        item.reason = {ErrorCode::BadInput, item.document.id + ": is in another language (" + item.document.language +
                                                "); Kadesh reads English"};
    }
    LentDocuments lent(items);
    const std::span<const Document> documents = lent.documents();
    annotations_.assign(documents.size(), {});
    {
        const Stopwatch watch(clock_.annotate);
        annotator_->annotate(documents, annotations_, scratch_);
    }
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const Document& document = documents[i];
        const Annotation& annotation = annotations_[i];
        DocumentItem& item = lent.owner(i);
        Findings findings;
        if (coder_ != nullptr) {
            const Stopwatch watch(clock_.code);
            findings = coder_->code(document, annotation, options_);
        }
        item.outcome = findings.events.empty() && findings.agreements.empty() ? Outcome::Empty : Outcome::Coded;
        item.events_found = findings.events.size();
        item.agreements_found = findings.agreements.size();
        item.sentences = annotation.sentences.size();
        item.words = annotation.size();
        item.bytes = document.text.size();
        item.records.clear();
        item.agreements.clear();
        item.product.reset();
        const Stopwatch watch(clock_.write);
        render_(document, annotation, findings, item);
    }
    annotations_.clear();
}

} // namespace kadesh
