#include "knowledge/world.hpp"

#include "base/text_hash.hpp"
#include "knowledge/name_key.hpp"
#include "knowledge/pack_image.hpp"
#include "knowledge/pack_writer.hpp"

#include <algorithm>
#include <cstring>

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

} // namespace

struct World::Impl {
    PackImage image;
    std::vector<std::string_view> list_items;
    std::string hash;

    [[nodiscard]] std::span<const std::string_view> list(std::uint32_t id) const {
        const pack::ListRecord record = image.lists[id];
        return std::span(list_items).subspan(record.first, record.count);
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
    [[nodiscard]] std::span<const pack::NameHitRecord> hits(const pack::NameSlot& slot) const {
        return image.hits.subspan(slot.first, slot.count);
    }
    [[nodiscard]] bool any_accepted(const pack::NameSlot& slot, const Spelling& spelling) const {
        const auto all = hits(slot);
        return std::any_of(all.begin(), all.end(), [&](const auto& hit) { return accepts(hit, spelling); });
    }
    void append_accepted(const pack::NameSlot& slot, const Spelling& spelling, std::vector<NameHit>& out) const {
        // Last names rarely follow "the": "the Hague" is first the city.
        const auto append = [&](bool surnames) {
            for (const pack::NameHitRecord& hit : hits(slot)) {
                const auto form = static_cast<NameForm>(hit.form);
                if (spelling.had_the && (form == NameForm::Surname) != surnames) continue;
                if (accepts(hit, spelling)) out.push_back({hit.entry, form});
            }
        };
        append(false);
        if (spelling.had_the) append(true);
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
    impl->image = std::move(*image);
    impl->list_items.reserve(impl->image.list_items.size());
    for (const pack::TextRef item : impl->image.list_items) impl->list_items.push_back(impl->image.text(item));
    impl->hash = hex(impl->image.checksum, 12);
    return World(std::move(impl));
}

std::size_t World::find(std::span<const std::string_view> words, std::vector<NameHit>& out) const {
    if (words.empty()) return 0;
    Impl::Spelling spelling;
    spelling.had_the = words.size() > 1 && is_the(words[0]);
    spelling.had_large_the = spelling.had_the && words[0][0] == 'T';
    const pack::NameSlot* best = nullptr;
    Impl::Spelling best_spelling;
    std::size_t taken = 0;
    bool parted = false; // whether the next word begins after a space
    for (std::size_t i = spelling.had_the ? 1 : 0; i < words.size(); ++i) {
        if (parted) spelling.key.add_break();
        parted = spelling.key.add(words[i]);
        if (spelling.key.empty()) break;
        if (!parted) continue; // a hyphen or period apart joins its neighbours; a name does not end in it
        const pack::NameSlot* slot = PackImage::lookup(impl_->image.slots, spelling.key.folded());
        if (slot == nullptr) break;
        spelling.after = words.subspan(i + 1);
        if (slot->count > 0 && impl_->any_accepted(*slot, spelling)) {
            best = slot;
            best_spelling = spelling;
            taken = i + 1;
        }
        if ((slot->flags & pack::kIsPrefix) == 0) break;
    }
    if (best != nullptr) impl_->append_accepted(*best, best_spelling, out);
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
    if (spelling.key.empty()) return;
    if (const pack::NameSlot* slot = PackImage::lookup(impl_->image.slots, spelling.key.folded()))
        impl_->append_accepted(*slot, spelling, out);
}

void World::find_places(std::string_view name, std::vector<NameHit>& out) const {
    Impl::Spelling spelling;
    spelling.whole_string = true;
    spelling.place = true;
    spelling.had_the = name.size() > 4 && name[3] == ' ' && is_the(name.substr(0, 3));
    if (spelling.had_the) name.remove_prefix(4);
    spelling.key.add(name);
    if (spelling.key.empty()) return;
    const pack::NameSlot* slot = PackImage::lookup(impl_->image.slots, spelling.key.folded());
    if (slot == nullptr) return;
    for (const pack::NameHitRecord& hit : impl_->hits(*slot)) {
        const auto kind = static_cast<EntryKind>(impl_->image.entries[hit.entry].kind);
        if (kind != EntryKind::Country && kind != EntryKind::Region && kind != EntryKind::City) continue;
        if (Impl::accepts(hit, spelling)) out.push_back({hit.entry, static_cast<NameForm>(hit.form)});
    }
}

Entry World::entry(EntryId id) const {
    const PackImage& image = impl_->image;
    const pack::EntryRecord& record = image.entries[id];
    Entry entry;
    entry.kind = static_cast<EntryKind>(record.kind);
    entry.name = image.text(record.name);
    entry.code = image.text(record.code);
    entry.sectors = impl_->list(record.sectors);
    entry.members = impl_->list(record.members);
    entry.aliases = impl_->list(record.aliases);
    entry.wikidata = image.text(record.wikidata);
    entry.source = image.text(record.source);
    entry.from = Day{record.from};
    entry.to = Day{record.to};
    entry.lat = record.lat / 1e6;
    entry.lon = record.lon / 1e6;
    entry.has_coordinates = (record.flags & pack::kHasCoordinates) != 0;
    entry.geonames = record.geonames;
    entry.population = record.population;
    entry.capital = record.capital;
    entry.is_capital = (record.flags & pack::kIsCapital) != 0;
    entry.division = static_cast<Division>(record.division);
    entry.within = record.within;
    return entry;
}

std::size_t World::size() const {
    return impl_->image.entries.size();
}

void World::tenures(EntryId person, std::vector<Tenure>& out) const {
    const PackImage& image = impl_->image;
    const pack::EntryRecord& record = image.entries[person];
    if (static_cast<EntryKind>(record.kind) != EntryKind::Person) return;
    for (const pack::TenureRecord& tenure : image.tenures.subspan(record.first, record.count))
        out.push_back({image.text(tenure.title), image.text(tenure.country), impl_->list(tenure.sectors),
                       Day{tenure.from}, Day{tenure.to}, image.text(tenure.source)});
}

EntryId World::holder(std::string_view country, std::string_view office, Day on) const {
    const PackImage& image = impl_->image;
    NameKey phrase;
    phrase.add(office);
    if (const pack::PhraseSlot* slot = PackImage::lookup(image.offices, phrase.folded()))
        office = image.text(slot->office);
    const std::uint64_t key = holder_key(country, office);
    auto it =
        std::lower_bound(image.holders.begin(), image.holders.end(), key,
                         [](const pack::HolderRecord& record, std::uint64_t value) { return record.key < value; });
    EntryId holder = kNoEntry;
    // Sorted by first day: on the day of a change the one who comes in holds the office.
    for (; it != image.holders.end() && it->key == key && it->from <= on.days; ++it)
        if (on.days <= it->to) holder = it->person;
    return holder;
}

EntryId World::country(std::string_view code) const {
    std::array<char, 4> wanted{};
    if (code.empty() || code.size() > wanted.size()) return kNoEntry;
    std::copy(code.begin(), code.end(), wanted.begin());
    const auto& countries = impl_->image.countries;
    const auto it =
        std::lower_bound(countries.begin(), countries.end(), wanted,
                         [](const pack::CountryRecord& record, const auto& value) { return record.code < value; });
    return it != countries.end() && it->code == wanted ? it->entry : kNoEntry;
}

std::optional<KnownAgreement> World::agreement(EntryId id) const {
    const PackImage& image = impl_->image;
    if (static_cast<EntryKind>(image.entries[id].kind) != EntryKind::Agreement) return std::nullopt;
    const pack::AgreementRecord& record = image.agreements[image.entries[id].first];
    const auto days = [&](std::size_t i) -> std::optional<DayRange> {
        if ((record.known >> i & 1U) == 0) return std::nullopt;
        return DayRange{Day{record.days[2 * i]}, Day{record.days[2 * i + 1]}};
    };
    return KnownAgreement{
        image.text(record.kind), impl_->list(record.parties), impl_->list(record.subjects), days(0), days(1), days(2)};
}

std::optional<AgentHit> World::agent(std::span<const std::string_view> lemmas) const {
    const auto slot_of = [&](std::span<const std::string_view> phrase) -> const pack::PhraseSlot* {
        NameKey key;
        bool starts = false, ends = false;
        for (std::size_t i = 0; i < phrase.size(); ++i) {
            ends = key.add(phrase[i]);
            if (i == 0) starts = ends;
        }
        return starts && ends ? PackImage::lookup(impl_->image.agents, key.folded()) : nullptr;
    };
    if (lemmas.empty()) return std::nullopt;
    // Most words end no role phrase.
    const std::string_view last = lemmas.back().substr(lemmas.back().rfind('-') + 1);
    if (slot_of(std::span(&last, 1)) == nullptr) return std::nullopt;
    for (std::size_t count = std::min(lemmas.size(), kLongestAgent); count > 0; --count) {
        const pack::PhraseSlot* slot = slot_of(lemmas.last(count));
        if (slot == nullptr || slot->sectors == pack::kNone) continue;
        return AgentHit{impl_->list(slot->sectors), impl_->image.text(slot->office), static_cast<std::uint32_t>(count)};
    }
    return std::nullopt;
}

std::string_view World::table(std::string_view name) const {
    for (const pack::TableRecord& table : impl_->image.tables)
        if (impl_->image.text(table.name) == name) return impl_->image.text(table.text);
    return {};
}

std::string_view World::hash() const {
    return impl_->hash;
}

} // namespace kadesh
