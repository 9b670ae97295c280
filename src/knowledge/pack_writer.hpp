// Lays entries, names, offices and tables out as the bytes of a pack. The same calls give the same bytes.
#pragma once

#include "kadesh/date.hpp"
#include "knowledge/pack_format.hpp"
#include "knowledge/world.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kadesh {

/// What an entry is made of; views are copied.
struct EntryDraft {
    EntryKind kind = EntryKind::Country;
    std::string_view name, code, wikidata, source;
    std::vector<std::string_view> sectors, members, aliases;
    std::optional<DayRange> from, to; ///< first day of `from` and last day of `to` count
    std::optional<double> lat, lon;
    std::uint32_t geonames = 0, population = 0;
    Division division = Division::None;
};

struct TenureDraft {
    EntryId person = kNoEntry;
    std::string_view office;
    std::string_view country; ///< code that records give
    std::string_view of;      ///< code by which the holder is asked for: a dependency's own
    std::vector<std::string_view> sectors;
    Day from{INT32_MIN}, to{INT32_MAX};
    std::string_view source{};
};

struct AgreementDraft {
    std::string_view kind;
    std::vector<std::string_view> parties, subjects;
    std::array<std::optional<DayRange>, 3> days; ///< signed_on, in_force, expires
};

class PackWriter {
  public:
    EntryId add_entry(const EntryDraft& draft);
    [[nodiscard]] std::size_t entries() const { return entries_.size(); }
    void set_capital(EntryId country, EntryId city);
    void set_within(EntryId place, EntryId region) { entries_[place].within = region; }
    /// Gives an entry a name. @param flags pack::HitFlag bits @param score higher comes first among equal names
    void add_name(EntryId entry, std::string_view name, NameForm form, std::uint8_t flags, double score);
    [[nodiscard]] std::size_t names() const { return names_.size(); }

    void add_tenure(const TenureDraft& draft);
    void add_agreement(EntryId entry, const AgreementDraft& draft);
    void add_country_code(std::string_view code, EntryId entry);
    /// Words for an office. The first office to claim a phrase keeps it.
    void add_office_phrase(std::string_view phrase, std::string_view office);
    /// A role phrase. The first row to claim a phrase keeps it.
    void add_agent(std::string_view phrase, std::span<const std::string_view> sectors, std::string_view office);
    void add_table(std::string_view name, std::string_view text);

    /// The bytes of the pack; call once, last.
    std::string finish();

  private:
    struct Name {
        std::uint64_t folded, cased, pieces, spaces;
        double score;
        EntryId entry;
        NameForm form;
        std::uint8_t flags;
    };
    struct Phrase {
        std::string office;
        std::vector<std::string> sectors;
    };

    pack::TextRef text(std::string_view value);
    std::uint32_t list(std::span<const std::string_view> values);
    void lay_names();
    void lay_tenures();
    std::vector<pack::PhraseSlot> lay_phrases(const std::map<std::uint64_t, Phrase>& phrases,
                                              const std::set<std::uint64_t>& ends);

    std::string pool_;
    std::unordered_map<std::string, pack::TextRef> texts_;
    std::map<std::vector<std::string>, std::uint32_t> list_ids_;
    std::vector<pack::ListRecord> lists_;
    std::vector<pack::TextRef> list_items_;
    std::vector<pack::EntryRecord> entries_;
    std::vector<Name> names_;
    std::vector<std::uint64_t> prefixes_;
    std::vector<pack::NameSlot> slots_;
    std::vector<pack::NameHitRecord> hits_;
    std::vector<std::pair<EntryId, pack::TenureRecord>> tenure_drafts_;
    std::vector<pack::TenureRecord> tenures_;
    std::vector<pack::HolderRecord> holders_;
    std::vector<pack::AgreementRecord> agreements_;
    std::vector<pack::CountryRecord> countries_;
    std::map<std::uint64_t, Phrase> office_phrases_, agents_;
    std::set<std::uint64_t> agent_ends_; ///< keys of the last words of role phrases
    std::map<std::string, std::string> tables_;
};

/// Key of pack::HolderRecord.
std::uint64_t holder_key(std::string_view country, std::string_view office);

} // namespace kadesh
