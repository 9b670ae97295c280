// A mapped pack, checked once, as typed spans.
#pragma once

#include "base/mapped_file.hpp"
#include "base/result.hpp"
#include "knowledge/pack_format.hpp"

#include <span>
#include <string>
#include <string_view>

namespace kadesh {

class PackImage {
  public:
    /// Errors name the file: NotFound, Io, or BadArtefact with what is wrong.
    static Result<PackImage> open(const std::string& path);
    /// The same of bytes that were laid out in memory. @param name in messages
    static Result<PackImage> of(std::string bytes, const std::string& name);

    std::span<const pack::EntryRecord> entries;
    std::span<const pack::NameSlot> slots;
    std::span<const pack::NameHitRecord> hits;
    std::span<const pack::TenureRecord> tenures;
    std::span<const pack::HolderRecord> holders;
    std::span<const pack::PhraseSlot> offices, agents;
    std::span<const pack::CountryRecord> countries;
    std::span<const pack::AgreementRecord> agreements;
    std::span<const pack::ListRecord> lists;
    std::span<const pack::TextRef> list_items;
    std::span<const pack::TableRecord> tables;
    std::uint64_t checksum = 0;

    [[nodiscard]] std::string_view text(pack::TextRef ref) const { return text_.substr(ref.offset, ref.size); }
    /// The slot of a hash in an open-addressing table, nullptr if it has none.
    template <typename Slot> static const Slot* lookup(std::span<const Slot> table, std::uint64_t hash) {
        for (std::size_t at = hash & (table.size() - 1); table[at].hash != 0; at = (at + 1) & (table.size() - 1))
            if (table[at].hash == hash) return &table[at];
        return nullptr;
    }

  private:
    static Result<PackImage> checked(PackImage image, std::string_view file, const std::string& path);

    MappedFile file_;
    std::string bytes_; ///< instead of the file
    std::string_view text_;
};

} // namespace kadesh
