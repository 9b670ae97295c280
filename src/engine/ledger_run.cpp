// Runs that write into a ledger: documents of files, and a ledger's own documents coded anew.
#include "engine/document_stream.hpp"
#include "engine/engine_impl.hpp"
#include "engine/run_support.hpp"
#include "kadesh/ledger.hpp"
#include "ledger/entry.hpp"
#include "ledger/known_documents.hpp"
#include "ledger/ledger_impl.hpp"
#include "ledger/recoding.hpp"

#include <utility>
#include <vector>

namespace kadesh {
namespace {

using LedgerEntry = ledger::Entry;
using ledger::Writer;

/// A batch is committed when it is so large, or so old: a kill costs no more than that.
constexpr std::size_t kBatchDocuments = 512;
constexpr std::size_t kBatchBytes = std::size_t{4} << 20;
constexpr double kBatchSeconds = 5;

struct EntryProduct final : Product {
    explicit EntryProduct(LedgerEntry made) : entry(std::move(made)) {}
    LedgerEntry entry;
};

Render entry_renderer(std::string_view coder) {
    return
        [coder](const Document& document, const Annotation& annotation, const Findings& findings, DocumentItem& item) {
            std::string records;
            write_plover_events(document, findings, coder, records);
            write_agreements(document, findings, coder, records);
            std::vector<TextSpan> sentences;
            sentences.reserve(annotation.sentences.size());
            for (const TokenRange range : annotation.sentences)
                sentences.push_back({annotation.span[range.first].start, annotation.span[range.last - 1].end});
            item.product =
                std::make_unique<EntryProduct>(ledger::make_entry(document, sentences, findings, records, coder));
            // The text has been packed; the batch need not carry it on.
            item.document.text.clear();
        };
}

/// Gathers entries into batches and commits them.
class Batcher {
  public:
    explicit Batcher(Writer& writer) : writer_(writer), begun_(std::chrono::steady_clock::now()) {}

    Writer::Outcome put(LedgerEntry entry, bool anew) {
        bytes_ += entry.text.size() + entry.records.size();
        ++documents_;
        return writer_.put(std::move(entry), anew);
    }
    [[nodiscard]] bool is_full() const {
        return documents_ >= kBatchDocuments || bytes_ >= kBatchBytes ||
               (documents_ > 0 && seconds_since(begun_) >= kBatchSeconds);
    }
    Status commit() {
        documents_ = bytes_ = 0;
        begun_ = std::chrono::steady_clock::now();
        return writer_.commit();
    }

  private:
    Writer& writer_;
    std::size_t documents_ = 0, bytes_ = 0;
    std::chrono::steady_clock::time_point begun_;
};

using Source = std::function<std::optional<DocumentItem>()>;
/// Sees an entry before it is written.
using Seen = std::function<void(const LedgerEntry&)>;

struct Ledgered {
    const Annotator& annotator;
    const Coder& coder;
    std::string_view name;
};

Result<Tally> write_documents(const Ledgered& engine, Writer& writer, const RunOptions& options, RunListener& listener,
                              Source source, std::uint64_t input_size, bool anew, const Seen& seen) {
    CodeOptions coding;
    coding.fallback_date = options.fallback_date;
    coding.min_confidence = options.min_confidence;
    std::vector<DocumentStages> workers;
    for (unsigned i = 0; i < thread_count(options.threads); ++i)
        workers.emplace_back(engine.annotator, &engine.coder, coding, entry_renderer(engine.name));
    Tally tally;
    tally.input_size = input_size;
    std::uint64_t read = 0;
    std::optional<Error> broken;
    Batcher batcher(writer);

    PipelineStages<DocumentItem> stages;
    stages.source = [&]() -> std::optional<DocumentItem> {
        auto item = source();
        read += item ? 1U : 0U;
        return item;
    };
    stages.weight = [](const DocumentItem& item) {
        return item.outcome == Outcome::Known ? 0 : item.document.text.size();
    };
    stages.process = [&](std::span<DocumentItem> items, unsigned worker) { workers[worker].process(items); };
    stages.failed = [](DocumentItem& item, const char* reason) {
        item.outcome = Outcome::Failed;
        item.reason = {ErrorCode::BadInput, item.document.id + ": could not be coded: " + reason};
        item.product.reset();
    };
    stages.sink = [&](DocumentItem& item) {
        if (item.product) {
            const auto begun = std::chrono::steady_clock::now();
            LedgerEntry& entry = static_cast<EntryProduct&>(*item.product).entry;
            if (seen) seen(entry);
            const Writer::Outcome outcome = batcher.put(std::move(entry), anew);
            if (outcome == Writer::Outcome::Known) {
                item.outcome = Outcome::Known;
                item.events_found = item.agreements_found = 0;
            }
            tally.replaced += outcome == Writer::Outcome::Replaced ? 1U : 0U;
            if (batcher.is_full())
                if (auto status = batcher.commit(); !status) broken = status.error();
            tally.seconds.write += seconds_since(begun);
        }
        if (broken) return false;
        ++tally.read;
        count(item, tally);
        if (item.outcome == Outcome::Skipped || item.outcome == Outcome::Failed) listener.refused(item.reason);
        listener.progress(tally);
        return true;
    };
    auto error = run_through(std::move(stages), options.threads);
    if (!broken) {
        const auto begun = std::chrono::steady_clock::now();
        if (auto status = batcher.commit(); !status) broken = status.error();
        tally.seconds.write += seconds_since(begun);
    }
    if (broken) return *broken;
    if (error) return *error;
    for (const DocumentStages& worker : workers) {
        tally.seconds.annotate += worker.clock().annotate;
        tally.seconds.code += worker.clock().code;
    }
    return balanced(tally, read, false);
}

Error not_for_writing(const std::string& path) {
    return {ErrorCode::Usage, path + ": is open for reading only"};
}

} // namespace

Result<Tally> Engine::add(Ledger& ledger, std::span<const std::string> inputs, const RunOptions& options,
                          RunListener& listener) const {
    if (!ledger.impl_->writer) return not_for_writing(ledger.impl_->path);
    auto known = ledger::KnownDocuments::open(ledger.impl_->path);
    if (!known) return known.error();
    ReadOptions reading;
    reading.fallback_date = options.fallback_date;
    DocumentStream stream(inputs, reading);
    const Source source = [&]() -> std::optional<DocumentItem> {
        auto next = stream.next();
        if (!next) return std::nullopt;
        DocumentItem item;
        item.input_read = stream.position();
        if (*next) {
            item.document = std::move(*next).value();
            if (known->holds(item.document)) item.outcome = Outcome::Known;
        } else {
            item.outcome = Outcome::Skipped;
            item.reason = next->error();
        }
        return item;
    };
    return write_documents({impl_->annotator, *impl_->coder, impl_->name}, *ledger.impl_->writer, options, listener,
                           source, stream.size(), false, {});
}

Result<RecodeSummary> Engine::recode(Ledger& ledger, bool all, const RunOptions& options, RunListener& listener) const {
    if (!ledger.impl_->writer) return not_for_writing(ledger.impl_->path);
    auto counts = ledger.counts();
    if (!counts) return counts.error();
    ledger::Recoding recoding(*ledger.impl_->database, ledger.impl_->path, all ? std::string_view() : impl_->name);
    const Source source = [&]() -> std::optional<DocumentItem> {
        auto next = recoding.next();
        if (!next) return std::nullopt;
        DocumentItem item;
        if (*next) {
            item.document = std::move(*next).value();
        } else {
            item.outcome = Outcome::Skipped;
            item.reason = next->error();
        }
        return item;
    };
    ledger::Comparison compared;
    auto tally =
        write_documents({impl_->annotator, *impl_->coder, impl_->name}, *ledger.impl_->writer, options, listener,
                        source, 0, true, [&](const LedgerEntry& entry) { recoding.compare(entry, compared); });
    if (!tally) return tally.error();
    auto after = ledger.counts();
    if (!after) return after.error();
    RecodeSummary summary;
    summary.tally = *tally;
    summary.kept = compared.kept;
    summary.changed = compared.changed;
    summary.gone = compared.gone;
    summary.come = compared.come;
    summary.reports_before = counts->reports;
    summary.reports_after = after->reports;
    summary.events_before = counts->events;
    summary.events_after = after->events;
    summary.agreements_before = counts->agreements;
    summary.agreements_after = after->agreements;
    summary.corrections_lost = recoding.corrections_lost();
    return summary;
}

} // namespace kadesh
