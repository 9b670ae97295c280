// What the ledger writes: a document with its records, made ready by any thread, and the rows that come of it.
#pragma once

#include "kadesh/date.hpp"
#include "kadesh/findings.hpp"
#include "ledger/signature.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace kadesh::ledger {

enum class Role : std::uint8_t { Actor, Recipient, Attribution, Party, Signatory };
const char* name(Role role);

struct Participant {
    Role role = Role::Actor;
    std::string code, sectors, name, wikidata, office; ///< sectors joined by `|`
    std::string text;                                  ///< its words, where they are not its name
    std::string via, cue;
};

struct Number {
    std::string what;
    std::int64_t value = 0;
    auto operator<=>(const Number&) const = default;
};

inline constexpr std::int32_t kNoDay = std::numeric_limits<std::int32_t>::min();

/// What the merge compares of one event report. Names are hashes.
struct EventFeatures {
    struct Side {
        std::uint32_t code = 0;   ///< 0: unknown
        std::uint32_t name = 0;   ///< 0: none
        std::uint32_t sector = 0; ///< the first; 0: none
        std::uint8_t person = 0;  ///< holds an office
        bool operator==(const Side&) const = default;
    };
    std::uint64_t order = 0; ///< the same wherever and whenever the report arrives
    std::int32_t first = kNoDay, last = kNoDay;
    std::uint8_t type = 0, auxiliary = 0;
    std::uint32_t cameo = 0, mode = 0, trigger = 0;
    std::uint32_t country = 0, place = 0;
    std::int32_t lat = 0, lon = 0; ///< ten-thousandths of a degree
    std::uint8_t town = 0;         ///< the place is smaller than a country
    std::int32_t killed = -1, injured = -1;
    std::vector<Side> actors, recipients;
    std::vector<std::uint32_t> words; ///< of the sentence
    // What follows came later: reports of older ledgers lack it until they are recoded.
    std::int32_t reported = kNoDay;                      ///< the document's day
    std::uint32_t document = 0;                          ///< 0: unknown
    std::vector<std::uint32_t> trigger_words, who;       ///< of the act, of actors and recipients
    std::vector<WeighedWord> about;                      ///< what the document is about: its weightiest words, by hash
    std::vector<std::uint8_t> word_weights, who_weights; ///< of `words` and `who`; not kept in the file
};

struct Report {
    std::string name;
    std::int64_t id = 0, document = 0, event = 0;
    std::int64_t sentence = 0; ///< index into Entry::sentences before it is written, its row after
    int ordinal = 0;
    std::optional<DayRange> date;
    DateBasis date_basis = DateBasis::Document;
    EventType type = EventType::Consult;
    std::string mode, context, auxiliary_text; ///< lists joined by `|`
    std::uint8_t auxiliary = 0;
    std::string cameo;
    double scale = 0, goldstein = 0;
    bool reciprocal = false;
    std::string place, country;
    double lat = 0, lon = 0;
    bool located = false;
    std::uint32_t geonames = 0;
    std::string event_text;
    std::uint32_t start = 0, end = 0, trigger_start = 0, trigger_end = 0; ///< code points
    std::string agreement;
    double confidence = 0;
    std::string rule;
    std::vector<Participant> participants;
    std::vector<Number> numbers;
    EventFeatures features;
    // Of the features, made ready outside the writer; not read back.
    std::string feature_bytes;
    std::vector<std::uint32_t> keys; ///< under which it is filed
};

/// What the merge compares of one agreement report.
struct AgreementFeatures {
    std::uint64_t order = 0;
    std::uint32_t title = 0; ///< of a proper name; 0: it has none
    std::uint32_t kind = 0;
    std::uint8_t generic = 0; ///< the kind says little: deal, agreement, pact
    std::int32_t signed_first = kNoDay, signed_last = kNoDay;
    std::int32_t reported = kNoDay;
    std::vector<std::uint32_t> parties, subjects; ///< sorted
    std::vector<std::uint32_t> title_words, words;
};

struct ActionRow {
    std::string action;
    std::optional<DayRange> date;
    std::string actors;      ///< codes joined by `|`
    std::string attribution; ///< names joined by `|`
    std::string event;
    std::int64_t sentence = -1;
};

struct AgreementReport {
    std::string name;
    std::int64_t id = 0, document = 0, agreement = 0;
    std::int64_t sentence = -1;
    int ordinal = 0;
    std::string kind, title, subjects;
    std::optional<DatedFact> signed_on, in_force, expires;
    std::string term;
    std::optional<bool> disclosed;
    std::string place, status, predecessor, successor;
    std::vector<Participant> participants;
    std::vector<ActionRow> actions;
    AgreementFeatures features;
};

struct SentenceRow {
    std::uint32_t sequence = 0, start = 0, end = 0; ///< code points
    std::string text;
};

/// A document made ready for the writer.
struct Entry {
    std::string name, hash, date, source, title, url, author, language; ///< date empty: none
    std::uint32_t characters = 0;
    std::string text, records; ///< packed
    Signature signature{};
    std::string coder;
    std::vector<SentenceRow> sentences;
    std::vector<Report> reports;
    std::vector<AgreementReport> agreements;
};

} // namespace kadesh::ledger
