#include "knowledge/world.hpp"

#include "base/text_hash.hpp"
#include "knowledge/name_key.hpp"
#include "knowledge/pack_image.hpp"
#include "knowledge/pack_writer.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>

namespace kadesh {
namespace {

/// Words of a role phrase at most, hyphens counted.
constexpr std::size_t kLongestAgent = 10;

bool has_lower_or_capital(std::string_view word, bool& lower, bool& capital) {
    NameKey key;
    key.add(word);
    lower = key.letters() > key.capitals();
    capital = key.capitals() > 0;
    return key.letters() > 0;
}

/// Whether the words after a name are capitals throughout, as headlines in capitals are: at least three words of at
/// least three letters, and no lower-case letter among the first twelve words.
bool is_shouting(std::span<const std::string_view> words) {
    std::size_t long_words = 0;
    for (const std::string_view word : words.first(std::min<std::size_t>(words.size(), 12))) {
        bool lower = false, capital = false;
        if (!has_lower_or_capital(word, lower, capital)) continue;
        if (lower) return false;
        if (word.size() >= 3) ++long_words;
    }
    return long_words >= 3;
}

/// A pack, and where its entries stand among those of the packs before it.
struct Part {
    PackImage image;
    std::vector<std::string_view> list_items;
    EntryId first = 0;
    std::unordered_map<EntryId, EntryId>
        stands_for; ///< entries of it that only bring names for another, by its own ids
    [[nodiscard]] std::span<const std::string_view> list(std::uint32_t id) const {
        const pack::ListRecord record = image.lists[id];
        return std::span(list_items).subspan(record.first, record.count);
    }
};

Part part_of(PackImage image, EntryId first) {
    Part part;
    part.image = std::move(image);
    part.first = first;
    part.list_items.reserve(part.image.list_items.size());
    for (const pack::TextRef item : part.image.list_items) part.list_items.push_back(part.image.text(item));
    return part;
}

} // namespace

struct World::Impl {
    std::vector<Part> parts;                       ///< the pack, then the user's layers, latest last
    std::unordered_map<EntryId, EntryId> replaced; ///< entries that a layer has anew
    std::string hash;

    [[nodiscard]] const PackImage& base() const { return parts.front().image; }
    [[nodiscard]] const Part& part(EntryId id) const {
        std::size_t at = parts.size() - 1;
        while (parts[at].first > id) --at;
        return parts[at];
    }
    [[nodiscard]] EntryId current(EntryId id) const {
        for (auto it = replaced.find(id); it != replaced.end(); it = replaced.find(id)) id = it->second;
        return id;
    }

    /// What the text shows of the name's spelling.
    struct Spelling {
        NameKey key;
        bool had_the = false, had_large_the = false;
        bool whole_string = false; ///< not running text: capitals say nothing
        bool place = false;        ///< known to name a place
        std::span<const std::string_view> after;
    };
    static bool accepts(const pack::NameHitRecord& hit, const Spelling& spelling) {
        if ((hit.flags & pack::kPlaceOnly) != 0 && !spelling.place) return false;
        if ((hit.flags & pack::kNeedsThe) != 0 && !spelling.had_the) return false;
        if ((hit.flags & pack::kNeedsLargeThe) != 0 && !spelling.had_large_the) return false;
        const NameKey& key = spelling.key;
        if ((key.breaks() & ~hit.pieces) != 0) return false;                  // "In a" is not Ina
        if ((hit.spaces & ~(key.breaks() | key.joints())) != 0) return false; // "Salti" is not SALT I
        if ((hit.flags & pack::kExactCase) != 0) {
            if (hit.cased != spelling.key.cased() && !spelling.key.all_capitals()) return false;
        } else if (spelling.whole_string) {
            return true;
        } else if ((hit.flags & pack::kNoCapitals) == 0) {
            if (spelling.key.capitals() == 0) return false;
            if (!spelling.key.begins_large() && (hit.flags & pack::kMayBeginSmall) == 0) return false; // "east London"
            // "IT", "WHO" are no towns called It and Who.
            if (spelling.key.all_capitals() && spelling.key.letters() <= 3 && (hit.flags & pack::kWrittenAsCaps) == 0)
                return false;
        }
        const bool ordinary_in_capitals = (hit.flags & pack::kOrdinaryWord) != 0 && spelling.key.all_capitals();
        return spelling.whole_string || !ordinary_in_capitals || !is_shouting(spelling.after);
    }
    static std::span<const pack::NameHitRecord> hits(const Part& part, const pack::NameSlot& slot) {
        return part.image.hits.subspan(slot.first, slot.count);
    }
    static bool any_accepted(const Part& part, const pack::NameSlot& slot, const Spelling& spelling) {
        const auto all = hits(part, slot);
        return std::any_of(all.begin(), all.end(), [&](const auto& hit) { return accepts(hit, spelling); });
    }
    /// Hits of one key in all parts, those of the latest layer first.
    template <typename Accept> void append(std::uint64_t key, Accept accept, std::vector<NameHit>& out) const {
        const std::size_t before = out.size();
        for (std::size_t at = parts.size(); at-- > 0;) {
            const Part& part = parts[at];
            const pack::NameSlot* slot = PackImage::lookup(part.image.slots, key);
            if (slot == nullptr) continue;
            for (const pack::NameHitRecord& hit : hits(part, *slot)) {
                const auto form = static_cast<NameForm>(hit.form);
                if (!accept(part, hit)) continue;
                EntryId id = part.first + hit.entry;
                if (const auto other = part.stands_for.find(hit.entry); other != part.stands_for.end())
                    id = other->second;
                id = current(id);
                const bool repeated =
                    parts.size() > 1 && std::any_of(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
                                                    [&](const NameHit& o) { return o.entry == id; });
                if (!repeated) out.push_back({id, form});
            }
        }
    }
    void append_accepted(const Spelling& spelling, std::vector<NameHit>& out) const {
        // Last names rarely follow "the": "the Hague" is first the city.
        const auto of_kind = [&](bool surnames) {
            append(
                spelling.key.folded(),
                [&](const Part&, const pack::NameHitRecord& hit) {
                    const bool surname = static_cast<NameForm>(hit.form) == NameForm::Surname;
                    return (!spelling.had_the || surname == surnames) && accepts(hit, spelling);
                },
                out);
        };
        of_kind(false);
        if (spelling.had_the) of_kind(true);
    }
};

World::World(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
World::World(World&&) noexcept = default;
World& World::operator=(World&&) noexcept = default;
World::~World() = default;

Result<World> World::open(const std::string& path) {
    auto image = PackImage::open(path);
    if (!image) return image.error();
    auto impl = std::make_unique<Impl>();
    impl->hash = hex(image->checksum, 12);
    impl->parts.push_back(part_of(std::move(*image), 0));
    return World(std::move(impl));
}

Status World::add_layer(LayerPack layer, const std::string& name) {
    auto image = PackImage::of(std::move(layer.bytes), name);
    if (!image) return image.error();
    const auto first = static_cast<EntryId>(size());
    impl_->hash = hex(hash64(hex(image->checksum), hash64(impl_->hash)), 12);
    impl_->parts.push_back(part_of(std::move(*image), first));
    impl_->parts.back().stands_for = std::move(layer.stands_for);
    for (const auto& [old, local] : layer.replaces) impl_->replaced[old] = first + local;
    return Ok{};
}

std::size_t World::find(std::span<const std::string_view> words, std::vector<NameHit>& out) const {
    if (words.empty()) return 0;
    Impl::Spelling spelling;
    spelling.had_the = words.size() > 1 && is_the(words[0]);
    spelling.had_large_the = spelling.had_the && words[0][0] == 'T';
    Impl::Spelling best_spelling;
    std::size_t taken = 0;
    bool parted = false; // whether the next word begins after a space
    for (std::size_t i = spelling.had_the ? 1 : 0; i < words.size(); ++i) {
        if (parted) spelling.key.add_break();
        parted = spelling.key.add(words[i]);
        if (spelling.key.empty()) break;
        if (!parted) continue; // a hyphen or period apart joins its neighbours; a name does not end in it
        spelling.after = words.subspan(i + 1);
        bool known = false, goes_on = false;
        for (const Part& part : impl_->parts) {
            const pack::NameSlot* slot = PackImage::lookup(part.image.slots, spelling.key.folded());
            if (slot == nullptr) continue;
            known = known || (slot->count > 0 && Impl::any_accepted(part, *slot, spelling));
            goes_on = goes_on || (slot->flags & pack::kIsPrefix) != 0;
        }
        if (known) {
            best_spelling = spelling;
            taken = i + 1;
        }
        if (!goes_on) break;
    }
    if (taken > 0) impl_->append_accepted(best_spelling, out);
    return taken;
}

void World::find(std::string_view name, std::vector<NameHit>& out) const {
    Impl::Spelling spelling;
    spelling.whole_string = true;
    if (name.size() > 4 && name[3] == ' ' && is_the(name.substr(0, 3))) {
        spelling.had_the = true;
        spelling.had_large_the = name[0] == 'T';
        name.remove_prefix(4);
    }
    spelling.key.add(name);
    if (!spelling.key.empty()) impl_->append_accepted(spelling, out);
}

void World::find_places(std::string_view name, std::vector<NameHit>& out) const {
    Impl::Spelling spelling;
    spelling.whole_string = true;
    spelling.place = true;
    spelling.had_the = name.size() > 4 && name[3] == ' ' && is_the(name.substr(0, 3));
    if (spelling.had_the) name.remove_prefix(4);
    spelling.key.add(name);
    if (spelling.key.empty()) return;
    const auto is_place = [&](const Part& part, const pack::NameHitRecord& hit) {
        const auto kind = static_cast<EntryKind>(part.image.entries[hit.entry].kind);
        return (kind == EntryKind::Country || kind == EntryKind::Region || kind == EntryKind::City) &&
               Impl::accepts(hit, spelling);
    };
    impl_->append(spelling.key.folded(), is_place, out);
}

Entry World::entry(EntryId id) const {
    const Part& part = impl_->part(id);
    const PackImage& image = part.image;
    const pack::EntryRecord& record = image.entries[id - part.first];
    Entry entry;
    entry.kind = static_cast<EntryKind>(record.kind);
    entry.name = image.text(record.name);
    entry.code = {record.code.data(), ::strnlen(record.code.data(), record.code.size())};
    entry.sectors = part.list(record.sectors);
    entry.members = part.list(record.members);
    entry.aliases = part.list(record.aliases);
    const std::span<const std::string_view> origin = part.list(record.origin);
    if (!origin.empty()) entry.wikidata = origin[0];
    if (origin.size() > 1) entry.source = origin[1];
    entry.from = Day{record.from};
    entry.to = Day{record.to};
    entry.lat = record.lat / 1e6;
    entry.lon = record.lon / 1e6;
    entry.has_coordinates = (record.flags & pack::kHasCoordinates) != 0;
    entry.geonames = record.geonames;
    entry.population = record.population;
    entry.capital = record.capital == pack::kNone ? kNoEntry : part.first + record.capital;
    entry.is_capital = (record.flags & pack::kIsCapital) != 0;
    entry.division = static_cast<Division>(record.division);
    entry.within = record.within == pack::kNone ? kNoEntry : part.first + record.within;
    return entry;
}

std::size_t World::size() const {
    const Part& last = impl_->parts.back();
    return last.first + last.image.entries.size();
}

void World::tenures(EntryId person, std::vector<Tenure>& out) const {
    const Part& part = impl_->part(person);
    const PackImage& image = part.image;
    const pack::EntryRecord& record = image.entries[person - part.first];
    if (static_cast<EntryKind>(record.kind) != EntryKind::Person) return;
    for (const pack::TenureRecord& tenure : image.tenures.subspan(record.first, record.count))
        out.push_back({image.text(tenure.title), image.text(tenure.country), part.list(tenure.sectors),
                       Day{tenure.from}, Day{tenure.to}, image.text(tenure.source)});
}

EntryId World::holder(std::string_view country, std::string_view office, Day on) const {
    NameKey phrase;
    phrase.add(office);
    if (const pack::PhraseSlot* slot = PackImage::lookup(impl_->base().offices, phrase.folded()))
        office = impl_->base().text(slot->office);
    const std::uint64_t key = holder_key(country, office);
    EntryId holder = kNoEntry;
    Day since{INT32_MIN};
    for (const Part& part : impl_->parts) {
        const auto& holders = part.image.holders;
        auto it =
            std::lower_bound(holders.begin(), holders.end(), key,
                             [](const pack::HolderRecord& record, std::uint64_t value) { return record.key < value; });
        // Sorted by first day: on the day of a change the one who comes in holds the office.
        for (; it != holders.end() && it->key == key && it->from <= on.days; ++it)
            if (on.days <= it->to && since.days <= it->from) {
                holder = impl_->current(part.first + it->person);
                since.days = it->from;
            }
    }
    return holder;
}

EntryId World::country(std::string_view code) const {
    std::array<char, 4> wanted{};
    if (code.empty() || code.size() > wanted.size()) return kNoEntry;
    std::copy(code.begin(), code.end(), wanted.begin());
    const auto& countries = impl_->base().countries;
    const auto it =
        std::lower_bound(countries.begin(), countries.end(), wanted,
                         [](const pack::CountryRecord& record, const auto& value) { return record.code < value; });
    return it != countries.end() && it->code == wanted ? it->entry : kNoEntry;
}

std::vector<std::string> World::country_codes() const {
    std::vector<std::string> codes;
    for (const pack::CountryRecord& record : impl_->base().countries)
        codes.emplace_back(record.code.data(), ::strnlen(record.code.data(), record.code.size()));
    return codes;
}

std::optional<KnownAgreement> World::agreement(EntryId id) const {
    const PackImage& image = impl_->base();
    if (id >= image.entries.size() || static_cast<EntryKind>(image.entries[id].kind) != EntryKind::Agreement)
        return std::nullopt;
    const pack::AgreementRecord& record = image.agreements[image.entries[id].first];
    const auto days = [&](std::size_t i) -> std::optional<DayRange> {
        if ((record.known >> i & 1U) == 0) return std::nullopt;
        return DayRange{Day{record.days[2 * i]}, Day{record.days[2 * i + 1]}};
    };
    return KnownAgreement{image.text(record.kind),
                          impl_->parts.front().list(record.parties),
                          impl_->parts.front().list(record.subjects),
                          days(0),
                          days(1),
                          days(2)};
}

std::optional<AgentHit> World::agent(std::span<const std::string_view> lemmas) const {
    if (lemmas.empty()) return std::nullopt;
    // Most words end no role phrase.
    const std::string_view last = lemmas.back().substr(lemmas.back().rfind('-') + 1);
    std::optional<AgentHit> best;
    for (std::size_t at = impl_->parts.size(); at-- > 0;) {
        const Part& part = impl_->parts[at];
        const auto slot_of = [&](std::span<const std::string_view> phrase) -> const pack::PhraseSlot* {
            NameKey key;
            bool starts = false, ends = false;
            for (std::size_t i = 0; i < phrase.size(); ++i) {
                ends = key.add(phrase[i]);
                if (i == 0) starts = ends;
            }
            return starts && ends ? PackImage::lookup(part.image.agents, key.folded()) : nullptr;
        };
        if (slot_of(std::span(&last, 1)) == nullptr) continue;
        for (std::size_t count = std::min(lemmas.size(), kLongestAgent); count > (best ? best->words : 0); --count) {
            const pack::PhraseSlot* slot = slot_of(lemmas.last(count));
            if (slot == nullptr || slot->sectors == pack::kNone) continue;
            best = AgentHit{part.list(slot->sectors), part.image.text(slot->office), static_cast<std::uint32_t>(count)};
            break;
        }
    }
    return best;
}

std::string_view World::table(std::string_view name) const {
    for (const pack::TableRecord& table : impl_->base().tables)
        if (impl_->base().text(table.name) == name) return impl_->base().text(table.text);
    return {};
}

std::string_view World::hash() const {
    return impl_->hash;
}

} // namespace kadesh
