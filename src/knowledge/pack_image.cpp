#include "knowledge/pack_image.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace kadesh {
namespace {

/// The records of a section; nullopt if it does not lie in the file or holds no whole number of them.
template <typename Record>
std::optional<std::span<const Record>> section(std::string_view file, const pack::Header& header, pack::Section which) {
    const pack::SectionRef ref = header.section[which];
    if (ref.offset % alignof(Record) != 0 || ref.size % sizeof(Record) != 0) return std::nullopt;
    if (ref.offset > file.size() || ref.size > file.size() - ref.offset) return std::nullopt;
    return std::span(reinterpret_cast<const Record*>(file.data() + ref.offset), ref.size / sizeof(Record));
}

bool within(std::uint32_t first, std::uint32_t count, std::size_t size) {
    return first <= size && count <= size - first;
}

} // namespace

Result<PackImage> PackImage::open(const std::string& path) {
    auto mapped = MappedFile::open(path);
    if (!mapped) return mapped.error();
    PackImage image;
    image.file_ = std::move(*mapped);
    const std::string_view file = image.file_.text();
    return checked(std::move(image), file, path);
}

Result<PackImage> PackImage::of(std::string bytes, const std::string& name) {
    PackImage image;
    image.bytes_ = std::move(bytes);
    const std::string_view file = image.bytes_; // long enough to stay in place when the image moves
    return checked(std::move(image), file, name);
}

Result<PackImage> PackImage::checked(PackImage image, std::string_view file, const std::string& path) {
    const auto damaged = [&](const std::string& what) { return Error{ErrorCode::BadArtefact, path + ": " + what}; };

    pack::Header header;
    if (file.size() < header.magic.size() || std::memcmp(file.data(), header.magic.data(), header.magic.size()) != 0)
        return damaged("not a knowledge pack");
    if (file.size() < sizeof header) return damaged("cut short in its header");
    std::memcpy(&header, file.data(), sizeof header);
    if (header.version != pack::kVersion)
        return damaged("format version " + std::to_string(header.version) + ", this program reads " +
                       std::to_string(pack::kVersion));
    if (header.sections != pack::kSectionCount) return damaged("wrong number of sections");
    if (header.size != file.size())
        return damaged(std::to_string(file.size()) + " bytes, its header says " + std::to_string(header.size));
    if (pack::checksum(std::as_bytes(std::span(file)).subspan(pack::kChecked)) != header.checksum)
        return damaged("damaged: the checksum does not match");
    image.checksum = header.checksum;

    bool fits = true;
    const auto take = [&](auto& records, pack::Section which) {
        using Record = typename std::remove_reference_t<decltype(records)>::value_type;
        const auto found = section<Record>(file, header, which);
        fits = fits && found;
        if (found) records = *found;
    };
    std::span<const char> text;
    take(text, pack::kText);
    take(image.entries, pack::kEntries);
    take(image.slots, pack::kNameSlots);
    take(image.hits, pack::kNameHits);
    take(image.tenures, pack::kTenures);
    take(image.holders, pack::kHolders);
    take(image.offices, pack::kOffices);
    take(image.agents, pack::kAgents);
    take(image.countries, pack::kCountries);
    take(image.agreements, pack::kAgreements);
    take(image.lists, pack::kLists);
    take(image.list_items, pack::kListItems);
    take(image.tables, pack::kTables);
    if (!fits) return damaged("a section lies outside the file");
    image.text_ = {text.data(), text.size()};

    // Every reference is checked once here, so that reading needs no checks.
    const auto text_ok = [&](pack::TextRef ref) { return within(ref.offset, ref.size, image.text_.size()); };
    const auto list_ok = [&](std::uint32_t list) { return list < image.lists.size(); };
    const auto table_ok = [](const auto& table) { // there is an empty slot for every search to end at
        return std::has_single_bit(table.size()) &&
               std::any_of(table.begin(), table.end(), [](const auto& slot) { return slot.hash == 0; });
    };
    const auto all = [](const auto& records, auto ok) { return std::all_of(records.begin(), records.end(), ok); };
    const auto phrase_ok = [&](const pack::PhraseSlot& slot) {
        return slot.hash == 0 || (text_ok(slot.office) && (slot.sectors == pack::kNone || list_ok(slot.sectors)));
    };
    const bool sound =
        table_ok(image.slots) && table_ok(image.offices) && table_ok(image.agents) && all(image.list_items, text_ok) &&
        all(image.lists,
            [&](const pack::ListRecord& r) { return within(r.first, r.count, image.list_items.size()); }) &&
        all(image.entries,
            [&](const pack::EntryRecord& r) {
                const bool person = r.kind == 1, agreement = r.kind == 8;
                return r.kind <= 8 && text_ok(r.name) && list_ok(r.origin) && list_ok(r.aliases) &&
                       list_ok(r.sectors) && list_ok(r.members) &&
                       (r.capital == pack::kNone || r.capital < image.entries.size()) &&
                       (r.within == pack::kNone || r.within < image.entries.size()) && r.division <= 2 &&
                       (!person || within(r.first, r.count, image.tenures.size())) &&
                       (!agreement || r.first < image.agreements.size());
            }) &&
        all(image.slots, [&](const pack::NameSlot& r) { return within(r.first, r.count, image.hits.size()); }) &&
        all(image.hits, [&](const pack::NameHitRecord& r) { return r.entry < image.entries.size() && r.form <= 5; }) &&
        all(image.tenures,
            [&](const pack::TenureRecord& r) {
                return text_ok(r.title) && text_ok(r.country) && text_ok(r.source) && list_ok(r.sectors);
            }) &&
        all(image.holders, [&](const pack::HolderRecord& r) { return r.person < image.entries.size(); }) &&
        all(image.offices, phrase_ok) && all(image.agents, phrase_ok) &&
        all(image.countries, [&](const pack::CountryRecord& r) { return r.entry < image.entries.size(); }) &&
        all(image.agreements,
            [&](const pack::AgreementRecord& r) {
                return text_ok(r.kind) && list_ok(r.parties) && list_ok(r.subjects);
            }) &&
        all(image.tables, [&](const pack::TableRecord& r) { return text_ok(r.name) && text_ok(r.text); });
    if (!sound) return damaged("a reference points outside the pack");
    return image;
}

} // namespace kadesh
