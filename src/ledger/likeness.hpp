// Whether two reports tell of one thing: evidence for and against, weighed. Pure functions of the two, the same in
// either order, in whole numbers, so that no machine or order of arrival decides differently.
#pragma once

#include "ledger/types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace kadesh::ledger {

/// Kinds of evidence on a pair of event reports; each is counted in its own unit, see kWeights in the source.
enum class Sign : std::uint8_t {
    SamePerson,  ///< participants who hold an office, the same by name
    SameName,    ///< other participants, the same by name
    SameCode,    ///< participants the same by code alone
    OtherPerson, ///< on one side, persons of one code who are not the same
    OtherSector, ///< on one side, one code but another sector
    Lone,        ///< a side is told by one report only
    SameDay,
    NextDay,
    TwoDays,
    NoDay,    ///< one or both are undated
    SameSpan, ///< the same stretch of more than a week
    SameTown,
    NearTown,
    SameCountry,
    OtherPlace, ///< in another country
    SameCameo,
    SameMode,
    OtherMode,
    SameTrigger,
    WordsAlike,  ///< hundredths of the Jaccard index of the sentences' content words
    WordsWithin, ///< hundredths of their overlap by the shorter sentence
    SameNumber,
    OtherNumber,
    Constant
};
inline constexpr std::size_t kSigns = static_cast<std::size_t>(Sign::Constant) + 1;
using Evidence = std::array<int, kSigns>;

/// The evidence, or nothing when the two cannot be one event: another type, other participants, places or days.
std::optional<Evidence> event_evidence(const EventFeatures& a, const EventFeatures& b);
/// Above 0: the two tell of one event.
int weighed(const Evidence& evidence);
/// The evidence that counted, in words: "same day, same town, words alike 45%".
std::string in_words(const Evidence& evidence);

/// Whether two reports cannot stand in one event even when others speak for it.
bool events_conflict(const EventFeatures& a, const EventFeatures& b);

/// Above 0: the two tell of one agreement; nothing: they cannot.
std::optional<int> agreement_likeness(const AgreementFeatures& a, const AgreementFeatures& b);
bool agreements_conflict(const AgreementFeatures& a, const AgreementFeatures& b);
/// What speaks for it, in words.
std::string agreement_reason(const AgreementFeatures& a, const AgreementFeatures& b);

} // namespace kadesh::ledger
