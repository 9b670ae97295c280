#include "knowledge/pack_writer.hpp"

#include "knowledge/name_key.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <tuple>

namespace kadesh {
namespace {

std::int32_t micro_degrees(double degrees) {
    return static_cast<std::int32_t>(std::lround(degrees * 1e6));
}

std::uint64_t phrase_key(std::string_view phrase) {
    NameKey key;
    key.add(phrase);
    return key.folded();
}

/// Articles and particles that begin names and that texts write small: "al-Bab", "de Gaulle".
bool is_particle(std::string_view word) {
    constexpr auto kParticles = std::to_array<std::string_view>(
        {"Ad", "Al", "An", "Ar", "As", "Ash", "At", "Az", "Bin", "De", "Del", "El", "La", "Le", "Les", "Van", "Von"});
    return std::find(kParticles.begin(), kParticles.end(), word) != kParticles.end();
}

/// Places records in an open-addressing table at most five sixths full. `hash` must be non-zero and unique.
template <typename Slot> std::vector<Slot> hash_table(const std::vector<Slot>& filled) {
    std::vector<Slot> slots(std::bit_ceil(filled.size() + filled.size() / 5 + 1));
    for (const Slot& slot : filled) {
        std::size_t at = slot.hash & (slots.size() - 1);
        while (slots[at].hash != 0) at = (at + 1) & (slots.size() - 1);
        slots[at] = slot;
    }
    return slots;
}

} // namespace

std::uint64_t holder_key(std::string_view country, std::string_view office) {
    return hash64(office, hash64({"", 1}, hash64(country)));
}

pack::TextRef PackWriter::text(std::string_view value) {
    if (value.empty()) return {};
    const auto [it, fresh] = texts_.try_emplace(std::string(value));
    if (fresh) {
        it->second = {static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(value.size())};
        pool_ += value;
    }
    return it->second;
}

std::uint32_t PackWriter::list(std::span<const std::string_view> values) {
    std::vector<std::string> key(values.begin(), values.end());
    const auto [it, fresh] = list_ids_.try_emplace(std::move(key), static_cast<std::uint32_t>(lists_.size()));
    if (fresh) {
        lists_.push_back({static_cast<std::uint32_t>(list_items_.size()), static_cast<std::uint32_t>(values.size())});
        for (const std::string_view value : values) list_items_.push_back(text(value));
    }
    return it->second;
}

EntryId PackWriter::add_entry(const EntryDraft& draft) {
    pack::EntryRecord record;
    record.kind = static_cast<std::uint8_t>(draft.kind);
    record.sectors = list(draft.sectors);
    record.members = list(draft.members);
    record.aliases = list(draft.aliases);
    record.name = text(draft.name);
    std::copy_n(draft.code.begin(), std::min(draft.code.size(), record.code.size()), record.code.begin());
    std::vector<std::string_view> origin{draft.wikidata, draft.source};
    while (!origin.empty() && origin.back().empty()) origin.pop_back();
    record.origin = list(origin);
    if (draft.from) record.from = draft.from->first.days;
    if (draft.to) record.to = draft.to->last.days;
    if (draft.lat && draft.lon) {
        record.flags |= pack::kHasCoordinates;
        record.lat = micro_degrees(*draft.lat);
        record.lon = micro_degrees(*draft.lon);
    }
    record.geonames = draft.geonames;
    record.population = draft.population;
    record.division = static_cast<std::uint8_t>(draft.division);
    entries_.push_back(record);
    return static_cast<EntryId>(entries_.size() - 1);
}

void PackWriter::set_capital(EntryId country, EntryId city) {
    entries_[country].capital = city;
    entries_[city].flags |= pack::kIsCapital;
    if ((entries_[country].flags & pack::kHasCoordinates) != 0 || (entries_[city].flags & pack::kHasCoordinates) == 0)
        return;
    entries_[country].flags |= pack::kHasCoordinates;
    entries_[country].lat = entries_[city].lat;
    entries_[country].lon = entries_[city].lon;
}

void PackWriter::add_name(EntryId entry, std::string_view name, NameForm form, std::uint8_t flags, double score) {
    NameKey key;
    const std::vector<std::string_view> pieces = name_pieces(name);
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0) {
            prefixes_.push_back(key.folded());
            const NameKey before = key;
            key.add_break();
            all |= key.breaks();
            if (pieces[i].data()[-1] != ' ') key = before; // parted by a hyphen or the like, which texts treat freely
        }
        key.add(pieces[i]);
    }
    if (key.empty()) return;
    if (key.capitals() == 0) flags |= pack::kNoCapitals;
    if (key.all_capitals()) flags |= pack::kWrittenAsCaps;
    if (!key.begins_large() || is_particle(pieces.front())) flags |= pack::kMayBeginSmall;
    names_.push_back({key.folded(), key.cased(), all, key.breaks(), score, entry, form, flags});
}

void PackWriter::add_tenure(const TenureDraft& draft) {
    pack::TenureRecord record;
    record.title = text(draft.office);
    record.country = text(draft.country);
    record.sectors = list(draft.sectors);
    record.from = draft.from.days;
    record.to = draft.to.days;
    record.source = text(draft.source);
    tenure_drafts_.emplace_back(draft.person, record);
    pack::HolderRecord holder;
    holder.key = holder_key(draft.of, draft.office);
    holder.from = record.from;
    holder.to = record.to;
    holder.person = draft.person;
    holders_.push_back(holder);
}

void PackWriter::add_agreement(EntryId entry, const AgreementDraft& draft) {
    pack::AgreementRecord record;
    record.kind = text(draft.kind);
    record.parties = list(draft.parties);
    record.subjects = list(draft.subjects);
    for (std::size_t i = 0; i < draft.days.size(); ++i) {
        if (!draft.days[i]) continue;
        record.known |= 1U << i;
        record.days[2 * i] = draft.days[i]->first.days;
        record.days[2 * i + 1] = draft.days[i]->last.days;
    }
    entries_[entry].first = static_cast<std::uint32_t>(agreements_.size());
    agreements_.push_back(record);
}

void PackWriter::add_country_code(std::string_view code, EntryId entry) {
    pack::CountryRecord record;
    std::copy_n(code.begin(), std::min(code.size(), record.code.size()), record.code.begin());
    record.entry = entry;
    countries_.push_back(record);
}

void PackWriter::add_office_phrase(std::string_view phrase, std::string_view office) {
    office_phrases_.try_emplace(phrase_key(phrase), Phrase{std::string(office), {}});
}

void PackWriter::add_agent(std::string_view phrase, std::span<const std::string_view> sectors,
                           std::string_view office) {
    agents_.try_emplace(phrase_key(phrase), Phrase{std::string(office), {sectors.begin(), sectors.end()}});
    const std::vector<std::string_view> pieces = name_pieces(phrase);
    if (!pieces.empty()) agent_ends_.insert(phrase_key(pieces.back()));
}

void PackWriter::add_table(std::string_view name, std::string_view content) {
    tables_.emplace(name, content);
}

void PackWriter::lay_names() {
    std::sort(names_.begin(), names_.end(), [](const Name& a, const Name& b) {
        return std::tuple(a.folded, -a.score, a.entry, a.form, a.cased) <
               std::tuple(b.folded, -b.score, b.entry, b.form, b.cased);
    });
    std::vector<pack::NameSlot> filled;
    for (std::size_t begin = 0; begin < names_.size();) {
        std::size_t end = begin;
        pack::NameSlot slot;
        slot.hash = names_[begin].folded;
        slot.first = static_cast<std::uint32_t>(hits_.size());
        for (; end < names_.size() && names_[end].folded == slot.hash; ++end) {
            const Name& name = names_[end];
            const bool repeated =
                std::any_of(hits_.begin() + slot.first, hits_.end(), [&](const pack::NameHitRecord& other) {
                    return other.entry == name.entry &&
                           (other.flags & pack::kPlaceOnly) <= (name.flags & pack::kPlaceOnly) &&
                           (other.flags & pack::kExactCase) == (name.flags & pack::kExactCase) &&
                           ((other.flags & pack::kExactCase) == 0 || other.cased == name.cased);
                });
            if (!repeated && hits_.size() - slot.first < UINT16_MAX)
                hits_.push_back({name.cased, name.pieces, name.spaces, name.entry, static_cast<std::uint8_t>(name.form),
                                 name.flags, 0});
        }
        slot.count = static_cast<std::uint16_t>(hits_.size() - slot.first);
        filled.push_back(slot);
        begin = end;
    }
    std::sort(prefixes_.begin(), prefixes_.end());
    prefixes_.erase(std::unique(prefixes_.begin(), prefixes_.end()), prefixes_.end());
    const std::size_t named = filled.size();
    std::size_t at = 0;
    for (const std::uint64_t prefix : prefixes_) {
        while (at < named && filled[at].hash < prefix) ++at;
        if (at < named && filled[at].hash == prefix)
            filled[at].flags |= pack::kIsPrefix;
        else
            filled.push_back({prefix, 0, 0, pack::kIsPrefix});
    }
    slots_ = hash_table(filled);
}

void PackWriter::lay_tenures() {
    std::stable_sort(tenure_drafts_.begin(), tenure_drafts_.end(), [](const auto& a, const auto& b) {
        return std::tuple(a.first, a.second.from, a.second.to) < std::tuple(b.first, b.second.from, b.second.to);
    });
    for (const auto& [person, record] : tenure_drafts_) {
        pack::EntryRecord& entry = entries_[person];
        if (entry.count == 0) entry.first = static_cast<std::uint32_t>(tenures_.size());
        ++entry.count;
        tenures_.push_back(record);
    }
    std::sort(holders_.begin(), holders_.end(), [](const pack::HolderRecord& a, const pack::HolderRecord& b) {
        return std::tuple(a.key, a.from, a.to, a.person) < std::tuple(b.key, b.from, b.to, b.person);
    });
}

std::vector<pack::PhraseSlot> PackWriter::lay_phrases(const std::map<std::uint64_t, Phrase>& phrases,
                                                      const std::set<std::uint64_t>& ends) {
    std::vector<pack::PhraseSlot> filled;
    for (const auto& [hash, phrase] : phrases) {
        const std::vector<std::string_view> sectors(phrase.sectors.begin(), phrase.sectors.end());
        filled.push_back({hash, text(phrase.office), list(sectors), 0});
    }
    for (const std::uint64_t end : ends)
        if (!phrases.contains(end)) filled.push_back({end, {}, pack::kNone, 0});
    return hash_table(filled);
}

std::string PackWriter::finish() {
    lay_names();
    lay_tenures();
    const std::vector<pack::PhraseSlot> offices = lay_phrases(office_phrases_, {});
    const std::vector<pack::PhraseSlot> agents = lay_phrases(agents_, agent_ends_);
    std::sort(countries_.begin(), countries_.end(),
              [](const auto& a, const auto& b) { return std::tuple(a.code, a.entry) < std::tuple(b.code, b.entry); });
    std::vector<pack::TableRecord> tables;
    for (const auto& [name, content] : tables_) tables.push_back({text(name), text(content)});

    pack::Header header;
    std::string bytes(sizeof header, '\0');
    const auto lay = [&](pack::Section section, const void* data, std::size_t size) {
        bytes.resize((bytes.size() + pack::kAlignment - 1) / pack::kAlignment * pack::kAlignment);
        header.section[section] = {bytes.size(), size};
        bytes.append(static_cast<const char*>(data), size);
    };
    const auto lay_records = [&](pack::Section section, const auto& records) {
        lay(section, records.data(), records.size() * sizeof(records[0]));
    };
    lay_records(pack::kEntries, entries_);
    lay_records(pack::kNameSlots, slots_);
    lay_records(pack::kNameHits, hits_);
    lay_records(pack::kTenures, tenures_);
    lay_records(pack::kHolders, holders_);
    lay_records(pack::kOffices, offices);
    lay_records(pack::kAgents, agents);
    lay_records(pack::kCountries, countries_);
    lay_records(pack::kAgreements, agreements_);
    lay_records(pack::kLists, lists_);
    lay_records(pack::kListItems, list_items_);
    lay_records(pack::kTables, tables);
    lay(pack::kText, pool_.data(), pool_.size());
    header.size = bytes.size();
    std::memcpy(bytes.data(), &header, sizeof header);
    header.checksum = pack::checksum(std::as_bytes(std::span(bytes)).subspan(pack::kChecked));
    std::memcpy(bytes.data(), &header, sizeof header);
    return bytes;
}

} // namespace kadesh
