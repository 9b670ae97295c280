// What the merge compares: features of reports, their bytes in the ledger, and the keys under which they meet.
#pragma once

#include "ledger/types.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kadesh::ledger {

/// A name's hash for comparison, whatever its case; 0 for an empty one.
std::uint32_t name_hash(std::string_view name);

/// What all reports of a document share.
struct DocumentFeatures {
    std::uint32_t name = 0;
    std::int32_t day = kNoDay;
    std::vector<WeighedWord> about;
};
DocumentFeatures document_features(std::string_view name, std::string_view date, std::string_view text);

/// Features of a report whose other fields are filled. @param sentence its words @param order see EventFeatures
EventFeatures features_of(const Report& report, std::string_view sentence, const DocumentFeatures& document,
                          std::uint64_t order);
AgreementFeatures features_of(const AgreementReport& report, std::string_view sentence, const std::string& date,
                              std::uint64_t order);

std::string encoded(const EventFeatures& features);
std::string encoded(const AgreementFeatures& features);
/// Bytes that are cut off give what can be read of them.
EventFeatures decoded_event(std::string_view bytes);
AgreementFeatures decoded_agreement(std::string_view bytes);

/// Days that may lie between two reports' days of one event, and between those that only share participants.
inline constexpr int kDayWindow = 7;
inline constexpr int kPartyDays = 2;

/// Keys under which an event report is filed and those under which it looks for others. Two reports that can be one
/// event mostly find each other: whoever names two codes meets those who name the same two, or only one of them;
/// reports of documents about the same meet under the weightiest words of their documents.
struct BlockKeys {
    std::vector<std::uint32_t> filed;  ///< all
    std::vector<std::uint32_t> sought; ///< by participants, within kPartyDays
    std::vector<std::uint32_t> about;  ///< by the document's words, within kDayWindow
};
BlockKeys block_keys(const EventFeatures& features);
/// The words of the document that make the keys, sorted; at most kAboutKeys.
inline constexpr std::size_t kAboutKeys = 4;
std::vector<std::uint32_t> key_words(const EventFeatures& features);
/// The days that count for the merge: the event's own, else its document's; kNoDay without either.
struct Days {
    std::int32_t first = kNoDay, last = kNoDay;
};
Days days_of(const EventFeatures& features);
/// The day it is filed under, 0 without a date.
std::int32_t block_day(const EventFeatures& features);
/// The days under which those are filed that may lie within `window` days of it.
Days sought_days(const EventFeatures& features, int window);

/// The same for agreements, where one list of keys serves both.
std::vector<std::int64_t> block_keys(const AgreementFeatures& features);

} // namespace kadesh::ledger
