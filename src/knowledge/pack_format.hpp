// The bytes of a knowledge pack: a header, then sections of fixed-size little-endian records and one pool of text.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace kadesh::pack {

static_assert(std::endian::native == std::endian::little, "packs are mapped as they are");

inline constexpr std::array<char, 8> kMagic{'K', 'D', 'K', 'W', 'O', 'R', 'L', 'D'};
inline constexpr std::uint32_t kVersion = 2;
inline constexpr std::size_t kAlignment = 8;

enum Section : std::uint32_t {
    kText,       ///< bytes that TextRefs point into
    kEntries,    ///< EntryRecord
    kNameSlots,  ///< NameSlot, open addressing, a power of two many
    kNameHits,   ///< NameHitRecord
    kTenures,    ///< TenureRecord, by person, oldest first
    kHolders,    ///< HolderRecord, by key, from, to
    kOffices,    ///< PhraseSlot: words for an office to its canonical name
    kAgents,     ///< PhraseSlot: role phrases
    kCountries,  ///< CountryRecord, by code
    kAgreements, ///< AgreementRecord
    kLists,      ///< ListRecord
    kListItems,  ///< TextRef
    kTables,     ///< TableRecord
    kSectionCount
};

struct SectionRef {
    std::uint64_t offset = 0; ///< from the file's begin
    std::uint64_t size = 0;   ///< bytes
};

struct Header {
    std::array<char, 8> magic = kMagic;
    std::uint32_t version = kVersion;
    std::uint32_t sections = kSectionCount;
    std::uint64_t checksum = 0; ///< of all bytes after this field
    std::uint64_t size = 0;     ///< of the file
    std::array<SectionRef, kSectionCount> section{};
};
inline constexpr std::size_t kChecked = offsetof(Header, size); ///< first byte that the checksum covers

struct TextRef {
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
};

inline constexpr std::uint32_t kNone = UINT32_MAX;

enum EntryFlag : std::uint8_t { kHasCoordinates = 1, kIsCapital = 2 };

struct EntryRecord {
    std::uint8_t kind = 0;
    std::uint8_t flags = 0;
    std::uint8_t division = 0; ///< Division of a Region
    std::uint8_t reserved = 0;
    std::uint32_t sectors = 0; ///< list
    std::uint32_t members = 0; ///< list
    std::uint32_t aliases = 0; ///< list; empty for places
    std::uint32_t origin = 0;  ///< list: Wikidata id and source, without empty ones at the end
    std::array<char, 4> code{};
    TextRef name;
    std::int32_t from = INT32_MIN, to = INT32_MAX;
    std::int32_t lat = 0, lon = 0; ///< millionths of a degree
    std::uint32_t geonames = 0, population = 0;
    std::uint32_t capital = kNone;
    std::uint32_t first = 0;      ///< Person: first tenure. Agreement: its record
    std::uint32_t count = 0;      ///< Person: tenures
    std::uint32_t within = kNone; ///< City and Region: the division that holds it
};

enum SlotFlag : std::uint16_t { kIsPrefix = 1 };

/// hash 0 marks an empty slot. A slot with no hits is the beginning of longer names only.
struct NameSlot {
    std::uint64_t hash = 0;
    std::uint32_t first = 0;
    std::uint16_t count = 0;
    std::uint16_t flags = 0;
};

enum HitFlag : std::uint8_t {
    kExactCase = 1,      ///< matches with these capitals only
    kNeedsThe = 2,       ///< only after "the"
    kOrdinaryWord = 4,   ///< also a word of the language: not to be read out of text that is all capitals
    kNoCapitals = 8,     ///< written without capitals: needs none in the text
    kWrittenAsCaps = 16, ///< written in capitals only: may match a short word in capitals
    kNeedsLargeThe = 64, ///< only after "The": newspapers called by one ordinary word
    kPlaceOnly = 128,    ///< only where the text is known to name a place: never read out of running text
    kMayBeginSmall = 32, ///< its first word may be written without a capital: "al-Bab"
};

struct NameHitRecord {
    std::uint64_t cased = 0;
    std::uint64_t pieces = 0; ///< where the text may part words, as in NameKey::breaks
    std::uint64_t spaces = 0; ///< where the text must part or join words: the name itself has a space there
    std::uint32_t entry = 0;
    std::uint8_t form = 0;
    std::uint8_t flags = 0;
    std::uint16_t reserved = 0;
};

struct TenureRecord {
    TextRef title, country;
    std::uint32_t sectors = 0;
    std::int32_t from = INT32_MIN, to = INT32_MAX;
    TextRef source;
    std::uint32_t reserved = 0;
};

/// key: hash of country, a zero byte and office.
struct HolderRecord {
    std::uint64_t key = 0;
    std::int32_t from = 0, to = 0;
    std::uint32_t person = 0;
    std::uint32_t reserved = 0;
};

/// hash 0 marks an empty slot; sectors kNone one that is no phrase itself but the last word of some.
struct PhraseSlot {
    std::uint64_t hash = 0;
    TextRef office;
    std::uint32_t sectors = 0; ///< list
    std::uint32_t reserved = 0;
};

struct CountryRecord {
    std::array<char, 4> code{};
    std::uint32_t entry = 0;
};

struct AgreementRecord {
    TextRef kind;
    std::uint32_t parties = 0, subjects = 0;
    std::array<std::int32_t, 6> days{}; ///< first and last day of signed_on, in_force, expires
    std::uint32_t known = 0;            ///< bit i: the i-th pair of days is known
    std::uint32_t reserved = 0;
};

struct ListRecord {
    std::uint32_t first = 0, count = 0;
};

struct TableRecord {
    TextRef name, text;
};

/// Checksum of bytes, four lanes of 64 bits wide.
std::uint64_t checksum(std::span<const std::byte> bytes);

} // namespace kadesh::pack
