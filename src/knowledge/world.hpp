// The world as the engine knows it: states, offices and who held them when, organisations, groups, places, agreements.
// Compiled from data/ to one memory-mapped pack; const and shared by all threads.
#pragma once

#include "base/result.hpp"
#include "kadesh/date.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kadesh {

using EntryId = std::uint32_t;
inline constexpr EntryId kNoEntry = UINT32_MAX;

enum class EntryKind : std::uint8_t {
    Country,      ///< a state, past state or disputed territory with a code
    Person,       ///< someone with dated offices
    Organisation, ///< intergovernmental, non-governmental, company
    Group,        ///< armed, militant or opposition group
    Agency,       ///< a body of one state: ministry, parliament, court, army, service, party
    Media,        ///< news outlet or agency
    Region,       ///< a part of the world or of a state ("Middle East", "Crimea", "Punjab")
    City,
    Agreement ///< a named agreement
};

/// What a Region is in the order of a state.
enum class Division : std::uint8_t {
    None,     ///< a part of the world, or of states in no such order: "Donbas", "Sahel"
    Province, ///< first order: province, state, governorate
    District  ///< second order: county, district
};

/// Which of an entry's names matched.
enum class NameForm : std::uint8_t {
    Name,    ///< canonical or official name
    Alias,   ///< other full name, transliteration or short form
    Acronym, ///< matched with its capitals only
    Demonym, ///< adjective or inhabitant: "Iranian", "Iranians"
    Metonym, ///< seat of power that stands for a government: "the Kremlin"
    Surname  ///< last name alone; ambiguous by nature
};

struct NameHit {
    EntryId entry = kNoEntry;
    NameForm form = NameForm::Name;
};

/// An office held over a time. Views live as long as the World.
struct Tenure {
    std::string_view title;   ///< "president", "foreign minister"
    std::string_view country; ///< code of the state or body
    std::span<const std::string_view> sectors;
    Day from{INT32_MIN};
    Day to{INT32_MAX};         ///< INT32_MAX: still held when the table was made
    std::string_view source{}; ///< where it is from, as in data/SOURCES.md; empty when not told
};

/// Views into the pack.
struct Entry {
    EntryKind kind = EntryKind::Country;
    std::string_view name; ///< canonical: "Sergey Lavrov", "Russia"
    std::string_view code; ///< ISO alpha-3 or PLOVER's IGO, UNO, EUR, NGO, ISM, IMG, MNC; empty for stateless
    std::span<const std::string_view> sectors;
    std::span<const std::string_view> members; ///< Region that is a grouping of states ("Baltic states"): their codes
    std::span<const std::string_view> aliases; ///< other names as the tables have them; empty for places
    std::string_view wikidata;                 ///< `Q…` or empty
    std::string_view source;                   ///< where it is from, as in data/SOURCES.md; empty when not told
    Day from{INT32_MIN};                       ///< existence, where known
    Day to{INT32_MAX};
    // City, Region and Country (its capital's or centroid coordinates)
    double lat = 0, lon = 0;
    bool has_coordinates = false;
    std::uint32_t geonames = 0;
    std::uint32_t population = 0;
    EntryId capital = kNoEntry; ///< Country: its capital's City entry. City: kNoEntry
    bool is_capital = false;    ///< City: capital of `code`
    Division division = Division::None;
    EntryId within = kNoEntry; ///< City and Region: the smallest known division that holds it; kNoEntry: the state
};

/// A named agreement of the world.
struct KnownAgreement {
    std::string_view kind;
    std::span<const std::string_view> parties; ///< codes
    std::span<const std::string_view> subjects;
    std::optional<DayRange> signed_on, in_force, expires;
};

/// What a common noun or phrase for a role means: "foreign minister" -> GOV; "rebels" -> REB; "protesters" -> CVL.
struct AgentHit {
    std::span<const std::string_view> sectors;
    std::string_view office; ///< canonical office when the phrase names one ("foreign minister"), else empty
    std::uint32_t words = 0; ///< how many of the given words it took
};

/// A user's layer over the pack, laid out by build_layer().
struct LayerPack {
    std::string bytes;
    std::unordered_map<EntryId, EntryId> stands_for; ///< its entries that only bring names for one of the world's
    std::unordered_map<EntryId, EntryId> replaces;   ///< the world's entries that it has anew: to its own
};

class World {
  public:
    /// Maps a pack. Errors name the file and what is wrong with it.
    static Result<World> open(const std::string& path);
    /// Lays a user's layer over what is there; what it says comes first. Not to be called once others use the World.
    /// @param name in messages
    Status add_layer(LayerPack layer, const std::string& name);
    World(World&&) noexcept;
    World& operator=(World&&) noexcept;
    ~World();

    /// The longest name that begins at words[0]. Words are as written in the text (UD words, `'s` apart); matching
    /// ignores case (but for acronyms and entries marked case-sensitive), accents, curly quotes and hyphens, and skips
    /// a leading "the". Appends all entries of that longest name to `out` (best known first) and returns the number of
    /// words taken, 0 if none.
    std::size_t find(std::span<const std::string_view> words, std::vector<NameHit>& out) const;
    /// Names that a whole string has.
    void find(std::string_view name, std::vector<NameHit>& out) const;

    /// States, regions and cities that a whole string names, those among them that running text is not read for: small
    /// places, districts, names that are ordinary words, other languages' spellings. Best known first.
    void find_places(std::string_view name, std::vector<NameHit>& out) const;

    [[nodiscard]] Entry entry(EntryId id) const;
    [[nodiscard]] std::size_t size() const;
    /// Offices of a person, oldest first.
    void tenures(EntryId person, std::vector<Tenure>& out) const;
    /// Who holds an office of a state on a day ("foreign minister", "IRN"), kNoEntry if unknown.
    [[nodiscard]] EntryId holder(std::string_view country, std::string_view office, Day on) const;
    /// The country entry of a code.
    [[nodiscard]] EntryId country(std::string_view code) const;
    /// All codes of states, past ones and dependencies, sorted.
    [[nodiscard]] std::vector<std::string> country_codes() const;
    [[nodiscard]] std::optional<KnownAgreement> agreement(EntryId id) const;

    /// The longest role phrase that ENDS at words.back() (lemmas, lower case): {"iranian","foreign","minister"}
    /// takes 2.
    [[nodiscard]] std::optional<AgentHit> agent(std::span<const std::string_view> lemmas) const;

    /// A table carried as text, with comment lines dropped: "lexicon/frames.tsv", "ontology/modes.tsv"; empty if
    /// absent.
    [[nodiscard]] std::string_view table(std::string_view name) const;

    /// Hash of the pack's bytes, and those of its layers, hexadecimal, 12 digits.
    [[nodiscard]] std::string_view hash() const;

  private:
    struct Impl;
    explicit World(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace kadesh
