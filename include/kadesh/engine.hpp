// The engine: documents in, records out. The door that programs come through.
//
//   auto engine = kadesh::Engine::open({});
//   if (!engine) return fail(engine.error().message);
//   auto coded = engine->code(document);
//
// An Engine is const after opening and may be used by any number of threads at once.
#pragma once

#include "kadesh/annotation.hpp"
#include "kadesh/document.hpp"
#include "kadesh/findings.hpp"
#include "kadesh/records.hpp"
#include "kadesh/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// `MAJOR.MINOR.PATCH` of the library.
std::string_view version();

/// Where the artefacts are. An empty path is searched for: the environment variable KADESH_MODEL, KADESH_EVENT_MODEL or
/// KADESH_KNOWLEDGE, then `../share/kadesh/` as seen from the running program.
struct EngineOptions {
    std::string model;               ///< `english.kdm`
    std::string knowledge;           ///< `world.kdk`
    std::string events;              ///< `events.kdm`
    bool coreference = true;         ///< find what speaks of the same entity (Annotation::coreference)
    std::vector<std::string> layers; ///< tables of the user's own actors, laid over the pack in this order
    bool own_layers = true;          ///< those that `kadesh knowledge add` keeps come before them
};

/// A document with all that was found in it. Views of the annotation point into `document`, which must stay in place;
/// so it travels by pointer.
struct CodedDocument {
    Document document;
    Annotation annotation;
    Findings findings;
};

/// What one marked participant does to another.
struct PairRelation {
    std::optional<EventType> type; ///< nothing when the text holds no act
    std::string mode;
    std::string cameo;
    double confidence = 0;
    std::string rule; ///< what decided: a rule's name, or `classifier(...)` with what spoke most for it
};

enum class RecordFormat : std::uint8_t {
    Plover, ///< JSON Lines
    Cameo,  ///< tab-separated table with a header line
    Text    ///< report for people
};

/// Which records a JSON Lines stream carries. The other formats do not look at it.
enum class RecordKinds : std::uint8_t { Events, Agreements, All };

/// What `annotate` writes.
enum class AnnotationFormat : std::uint8_t {
    Conllu,
    Times,        ///< JSON Lines, one object a document: its expressions of time
    Attributions, ///< likewise: who is said to say what
    Truth         ///< likewise: its predicates, and whether they are told as done
};

struct RunOptions {
    RecordFormat format = RecordFormat::Plover;
    RecordKinds kinds = RecordKinds::Events;
    AnnotationFormat annotation = AnnotationFormat::Conllu;
    bool agreements_apart = false;    ///< agreement records also go to RunListener::agreements
    std::optional<Day> fallback_date; ///< for documents that carry no date
    double min_confidence = 0;        ///< events below it are left out
    bool rules_only = false;          ///< pairs are classified by the rules alone
    unsigned threads = 0;             ///< 0: as many as the machine has
    ReportStyle report;
};

/// Seconds that all workers together spent, by stage.
struct StageSeconds {
    double read = 0, annotate = 0, code = 0, write = 0;
};

/// What a run has done. At its end, read = coded + empty + skipped + failed + known.
struct Tally {
    std::uint64_t read = 0;     ///< documents, and files or records that should have been one
    std::uint64_t coded = 0;    ///< gave records
    std::uint64_t empty = 0;    ///< were read and told nothing to record
    std::uint64_t skipped = 0;  ///< could not be read, or are in another language
    std::uint64_t failed = 0;   ///< broke a stage
    std::uint64_t known = 0;    ///< stood in the ledger already, unchanged
    std::uint64_t replaced = 0; ///< of the coded and empty: stood in the ledger with another content
    std::uint64_t events = 0, agreements = 0;
    std::uint64_t sentences = 0, words = 0, bytes = 0; ///< of the documents that were read
    std::uint64_t input_read = 0, input_size = 0;      ///< bytes of the files as they lie there; size 0: not known
    StageSeconds seconds;
};

/// Hears of a run. All calls come from the thread that started it, in the order of the input.
class RunListener {
  public:
    virtual ~RunListener() = default;
    /// Records of one document, whole lines; false ends the run (nobody reads them any more).
    virtual bool records(std::string_view bytes) = 0;
    /// Agreement records of one document, when asked for apart.
    virtual bool agreements(std::string_view /*bytes*/) { return true; }
    /// A document that was skipped or failed, with the reason; the run goes on.
    virtual void refused(const Error& reason) = 0;
    /// After each document.
    virtual void progress(const Tally& /*so_far*/) {}
};

class Ledger;

/// What coding a ledger's documents anew has changed.
struct RecodeSummary {
    Tally tally;
    std::uint64_t reports_before = 0, reports_after = 0;
    std::uint64_t kept = 0;    ///< reports that are the same, word for word but for the coder's name
    std::uint64_t changed = 0; ///< of the same id, with other fields
    std::uint64_t gone = 0, come = 0;
    std::uint64_t events_before = 0, events_after = 0;
    std::uint64_t agreements_before = 0, agreements_after = 0;
    std::uint64_t corrections_lost = 0; ///< that no longer find their record
};

class Engine {
  public:
    /// Errors: NotFound when an artefact is nowhere, BadArtefact when it is damaged or of another version; both name
    /// the file or the places looked at.
    static Result<Engine> open(const EngineOptions& options);
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;
    ~Engine();

    [[nodiscard]] std::string_view model_hash() const;       ///< hexadecimal
    [[nodiscard]] std::string_view event_model_hash() const; ///< hexadecimal
    [[nodiscard]] std::string_view knowledge_hash() const;   ///< hexadecimal
    /// `kadesh VERSION model HASH events HASH knowledge HASH`, as it stands in records.
    [[nodiscard]] std::string_view coder() const;

    /// One document, on the caller's thread. Its text must be valid UTF-8, else BadInput.
    [[nodiscard]] Result<std::unique_ptr<CodedDocument>> code(Document document) const;
    /// The same without events and agreements.
    [[nodiscard]] Result<std::unique_ptr<CodedDocument>> annotate(Document document) const;
    /// @param source,target bytes of the text, on code point boundaries
    [[nodiscard]] Result<PairRelation> classify(std::string text, TextSpan source, TextSpan target) const;

    // Runs over files (`-`: standard input) of any kind that Kadesh reads. Output does not depend on the number of
    // threads. Errors are only those that end a run; what is wrong with one document goes to the listener.

    /// Records of the documents.
    Result<Tally> code(std::span<const std::string> inputs, const RunOptions& options, RunListener& listener) const;
    /// The documents' language layer in `options.annotation`.
    Result<Tally> annotate(std::span<const std::string> inputs, const RunOptions& options, RunListener& listener) const;
    /// The documents' places, a line of JSON `{"id", "places"}` each; see NamedPlace.
    Result<Tally> places(std::span<const std::string> inputs, const RunOptions& options, RunListener& listener) const;
    /// Pairs, JSON Lines of `id`, `text`, `source`, `target`, to what source does to target, line by line.
    Result<Tally> classify(std::span<const std::string> inputs, const RunOptions& options, RunListener& listener) const;

    /// Codes documents into a ledger that is open for writing, in batches that are committed whole. What stands there
    /// already, unchanged, is neither coded nor written again; a document of a known id with another content takes the
    /// old one's place. The ledger that comes of it depends on the documents alone. The listener gets no records.
    Result<Tally> add(Ledger& ledger, std::span<const std::string> inputs, const RunOptions& options,
                      RunListener& listener) const;
    /// Codes the documents of a ledger anew, from the stored texts. @param all false: only those of another coder
    Result<RecodeSummary> recode(Ledger& ledger, bool all, const RunOptions& options, RunListener& listener) const;

  private:
    struct Impl;
    explicit Engine(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// The documents' language layer as CoNLL-U, as Engine::annotate writes it, with nothing opened but the language model:
/// it starts in half the time. Looks at the model's path and at `coreference` alone.
Result<Tally> annotate_language(const EngineOptions& artefacts, std::span<const std::string> inputs,
                                const RunOptions& options, RunListener& listener);

} // namespace kadesh
