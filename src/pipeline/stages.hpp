// One worker's way through the stages: documents to annotations, findings and the bytes that are written.
#pragma once

#include "coding/coder.hpp"
#include "kadesh/annotation.hpp"
#include "kadesh/document.hpp"
#include "kadesh/findings.hpp"
#include "kadesh/result.hpp"
#include "language/annotator.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

enum class Outcome : std::uint8_t {
    Coded,   ///< gave records
    Empty,   ///< told nothing to record
    Skipped, ///< could not be read, or is in another language
    Failed,  ///< broke a stage
    Known    ///< has been taken before, as it is; passes through untouched
};

/// What a renderer makes for its sink beside bytes.
struct Product {
    virtual ~Product() = default;
};

/// A document on its way from reader to writer; what is behind it is let go early.
struct DocumentItem {
    Document document;
    Outcome outcome = Outcome::Empty;
    Error reason; ///< for Skipped and Failed
    std::string records;
    std::string agreements;
    std::unique_ptr<Product> product;
    std::uint64_t events_found = 0, agreements_found = 0;
    std::uint64_t sentences = 0, words = 0, bytes = 0;
    std::uint64_t input_read = 0; ///< bytes of the input files when it had been read
};

/// Turns what was found into bytes: fills `records` and `agreements`.
using Render = std::function<void(const Document&, const Annotation&, const Findings&, DocumentItem&)>;

struct StageClock {
    double annotate = 0, code = 0, write = 0; ///< seconds
};

/// Holds scratch: one a worker. What it points at is const and shared, and must outlive it.
class DocumentStages {
  public:
    /// @param coder nothing: annotate only @param render called for every document that is not skipped
    DocumentStages(const Annotator& annotator, const Coder* coder, CodeOptions options, Render render)
        : annotator_(&annotator), coder_(coder), options_(options), render_(std::move(render)) {}

    /// Items that come in as Skipped or Known pass through as they are. May be called again for items of a call that
    /// threw.
    void process(std::span<DocumentItem> items);

    [[nodiscard]] const StageClock& clock() const { return clock_; }

  private:
    const Annotator* annotator_;
    const Coder* coder_;
    CodeOptions options_;
    Render render_;
    Annotator::Scratch scratch_;
    std::vector<Annotation> annotations_;
    StageClock clock_;
};

/// Whether a document's stated language is one that Kadesh reads; none stated counts as English.
bool is_readable_language(std::string_view tag);

} // namespace kadesh
