// The ledger: one SQLite file in which reports become the state of affairs. Documents come in through Engine::add; here
// are the questions to it, corrections, and export. docs/ledger.md has the file's tables.
//
//   auto ledger = kadesh::Ledger::open("news.kadesh", kadesh::LedgerAccess::Read);
//   if (!ledger) return fail(ledger.error().message);
//   kadesh::EventQuery query;
//   query.pair = {"RUS", "IRN"};
//   auto answered = ledger->events(query, sink);
//
// A Ledger is used by one thread at a time; several processes may read while one writes.
#pragma once

#include "kadesh/date.hpp"
#include "kadesh/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kadesh {

enum class LedgerAccess : std::uint8_t {
    Read,
    Write, ///< the file must be there
    Create ///< the file is begun where there is none
};

/// A value of an answer: nothing, a number, a text, or a list of texts.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string, std::vector<std::string>>;

/// Takes an answer, row by row.
class RowSink {
  public:
    virtual ~RowSink() = default;
    /// Before the first row, also when there is none. The names are stable (docs/ledger.md).
    virtual void columns(std::span<const std::string_view> names) = 0;
    /// False ends the answer early.
    virtual bool row(std::span<const Cell> cells) = 0;
};

/// Which events. Fields that are empty ask nothing; several values of one field: any of them; several fields: all.
struct EventQuery {
    std::vector<std::string> actors, recipients; ///< codes (`RUS`) or names, as canonical names go
    std::vector<std::string> participants;       ///< on either side, codes or names
    std::pair<std::string, std::string> pair;    ///< two codes, on whichever sides
    std::vector<std::string> types, modes, contexts, sectors;
    std::vector<std::string> countries, places; ///< where it happened
    std::vector<std::string> sources;           ///< publishers
    std::optional<Day> since, until;            ///< it began on these days or between
    std::string text; ///< full-text question over the evidence: words, "phrases", OR, NOT, word*
    double min_confidence = 0;
    int min_sources = 0;   ///< told independently by at least so many
    bool happened = false; ///< leaves out what is planned, possible or denied
    bool disputed = false; ///< only those that some say happened and others not
    std::uint64_t limit = 100;
};

struct AgreementQuery {
    std::vector<std::string> parties; ///< codes, all of which take part
    std::vector<std::string> subjects, kinds;
    std::string text;                ///< words of its names
    std::optional<Day> on;           ///< its state on that day; those not known of by then are left out
    std::vector<std::string> states; ///< on that day, or as of the last report
    bool standing = false;           ///< binding on that day: signed and not ended
    std::optional<Day> expires_since, expires_until;
    std::uint64_t limit = 1000;
};

/// A month of two codes' dealings with each other.
struct RelationMonth {
    std::string month;                     ///< `YYYY-MM`
    std::int64_t events[4] = {0, 0, 0, 0}; ///< by quad code 1 to 4
    double mean_scale = 0;                 ///< of PLOVER's scores; 0 in months without events
    double mean_goldstein = 0;
    bool change = false; ///< a new level begins here, see docs/ledger.md
};

struct Relations {
    std::string a, b;
    std::vector<RelationMonth> months; ///< all from the first to the last
};

struct LedgerCounts {
    std::uint64_t documents = 0, stories = 0, reports = 0, events = 0, agreement_reports = 0, agreements = 0,
                  corrections = 0;
};

enum class ExportFormat : std::uint8_t {
    Gdelt,   ///< the 61 columns of GDELT 2.0 events, one row a dyad
    Polecat, ///< tab-separated with a header, one row a dyad
    Jsonl    ///< PLOVER JSON Lines, one event a line, with its reports
};

struct Correction {
    std::string id;                                          ///< of an event, agreement, or a report of one
    std::vector<std::pair<std::string, std::string>> fields; ///< new values; lists joined by `|`
    std::string join;                                        ///< id of another: the two are one
    std::vector<std::string> split;                          ///< ids of reports that do not belong to it
    std::string why, who;
    std::string made; ///< `YYYY-MM-DD`
};

class Ledger {
  public:
    /// Brings an older file to the present schema. Errors name the file: NotFound, Io (locked, read-only, no space),
    /// BadArtefact (no ledger, damaged, written by a newer program).
    static Result<Ledger> open(const std::string& path, LedgerAccess access);
    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;
    ~Ledger();

    [[nodiscard]] Result<LedgerCounts> counts() const;

    /// Newest first, then by id.
    Status events(const EventQuery& query, RowSink& sink) const;
    /// By expiry, then by signature, then by id.
    Status agreements(const AgreementQuery& query, RowSink& sink) const;
    [[nodiscard]] Result<Relations> relations(const std::string& a, const std::string& b, std::optional<Day> since,
                                              std::optional<Day> until) const;
    /// Codes or names that take part, most events first. @param names names instead of codes
    Status actors(bool names, const std::string& containing, std::uint64_t limit, RowSink& sink) const;

    /// Everything behind an event, an agreement or a report: its reports with the sentence and its spans marked, each
    /// decision's reason, what was merged and why, contradictions, corrections. NotFound names the id.
    [[nodiscard]] Result<std::string> explain(const std::string& id, bool json, bool colour, int width) const;

    /// Pieces of the export, whole lines; the callback's false ends it.
    Status export_events(ExportFormat format, const std::function<bool(std::string_view)>& write) const;

    /// Writes corrections and applies them; says in one line what was done.
    Result<std::string> correct(const Correction& correction);
    /// Takes a correction back, by its number.
    Result<std::string> undo_correction(std::int64_t number);
    Status corrections(RowSink& sink) const;

    /// Looks at all of the file: pages, foreign keys, and that merged rows follow from the reports. Every line of the
    /// answer is a fault; none: all is well. Changes nothing.
    [[nodiscard]] Result<std::vector<std::string>> check() const;

    struct Impl; ///< the library's own

  private:
    friend class Engine;
    explicit Ledger(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace kadesh
