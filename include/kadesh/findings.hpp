// What Kadesh found in one document: events and agreements, each with its evidence. The field contract is
// docs/records.md; the names here are the same.
#pragma once

#include "kadesh/date.hpp"
#include "kadesh/document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

enum class EventType : std::uint8_t {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault
};
inline constexpr int kEventTypeCount = 16;
std::string_view name(EventType type); ///< `AGREE`
std::optional<EventType> event_type_from(std::string_view name);

/// PLOVER's quad code of a type: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
int quad_code(EventType type);

/// Auxiliary modes, as bits.
enum Auxiliary : std::uint8_t { kHistorical = 1, kFuture = 2, kHypothetical = 4, kNegated = 8, kAlleged = 16 };

/// How an entity's identity was found when its own words do not name it.
enum class Via : std::uint8_t { Direct, Coreference, Metonym, Membership };

struct Entity {
    std::string code; ///< ISO 3166 alpha-3 or PLOVER's IGO, UNO, EUR, NGO, ISM, IMG, MNC; empty: unknown
    std::vector<std::string> sectors; ///< PLOVER table 5.2, primary first
    TextSpan span;                    ///< the words, in Document::text
    std::string identifier_text;      ///< canonical name
    std::string identifier_id;        ///< Wikidata id
    std::string office;               ///< held on the event's date
    Via via = Via::Direct;
    std::string cue; ///< only in attributions: the word that lays the claim to this source
};

enum class DateBasis : std::uint8_t { Text, Context, Document };

struct Place {
    std::string name;
    std::string country; ///< ISO alpha-3
    double lat = 0, lon = 0;
    bool has_coordinates = false;
    std::uint32_t geonames = 0; ///< 0: none
    TextSpan span;
    std::string basis; ///< `clause`, `sentence`, `context`, `dateline`
};

/// A stretch of a sentence that tells the event.
struct EvidenceSpan {
    std::uint32_t sequence = 0; ///< sentence number from 0
    TextSpan span;              ///< clause or sentence
    TextSpan trigger;           ///< the words that name the act
};

struct Event {
    std::string id;
    std::optional<DayRange> date;
    DateBasis date_basis = DateBasis::Document;
    EventType type = EventType::Consult;
    std::vector<std::string> modes;    ///< PLOVER's names
    std::vector<std::string> contexts; ///< PLOVER's names
    std::uint8_t auxiliary = 0;        ///< Auxiliary bits
    std::string cameo;
    double scale = 0;     ///< PLOVER score of type and mode
    double goldstein = 0; ///< Goldstein score of the CAMEO code
    bool reciprocal = false;
    std::vector<Entity> actors;
    std::vector<Entity> recipients;
    std::optional<Place> place;
    std::vector<Entity> attribution; ///< outermost last
    std::string agreement;           ///< id of the agreement that it acts on
    EvidenceSpan evidence;
    std::vector<EvidenceSpan> further; ///< other places that tell the same event
    double confidence = 0;
    std::string rule; ///< what made the record
};

struct DatedFact {
    DayRange range;
    DateBasis basis = DateBasis::Text;
};

struct AgreementAction {
    std::string what; ///< negotiate, announce, sign, ratify, enter, amend, renew, extend, suspend, withdraw, violate,
                      ///< terminate, expire
    std::vector<Entity> by;
    std::optional<DayRange> date;
    std::vector<Entity> attribution;
    std::string event; ///< id, empty when no event record stands behind it
    EvidenceSpan evidence;
};

struct Agreement {
    std::string id;
    std::string kind; ///< treaty, pact, accord, memorandum, ceasefire, deal, protocol, declaration, agreement
    std::string name; ///< proper or descriptive name as the document gives it, or the world's name for it
    std::vector<Entity> parties;
    std::vector<Entity> signatories;
    std::vector<std::string> subjects;
    std::optional<DatedFact> signed_on, in_force, expires;
    std::string term; ///< ISO 8601 duration, e.g. `P20Y`
    std::vector<Entity> term_attribution;
    std::optional<bool> disclosed; ///< false: details are said to be undisclosed
    std::string place;
    std::string status;      ///< as of the document's date
    std::string predecessor; ///< agreement id
    std::string successor;   ///< agreement id
    std::vector<AgreementAction> actions;
    std::vector<TextSpan> mentions;
    std::vector<EvidenceSpan> evidence;
};

/// An expression of time, resolved against the document's day.
struct TimeMention {
    TextSpan span;
    std::optional<DayRange> range; ///< nothing where the words fix no days ("three years", "recently")
    std::string value; ///< as TIMEX3 writes it: `2025-01-17`, `2025-W03`, `2025-Q1`, `202`, `P1Y`, `PAST_REF`
};

/// Why a possible record was not made.
struct Discard {
    TextSpan span;
    std::string reason;
};

struct Findings {
    std::vector<Event> events;
    std::vector<Agreement> agreements;
    std::vector<Discard> discarded;
};

} // namespace kadesh
