// The container of docs/model-format.md: one memory-mapped file of named sections, checked before anything is used.
#pragma once

#include "base/mapped_file.hpp"
#include "base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh::neural {

enum class DType : std::uint32_t { Bytes, F32, F16, I8, U32, I32, U64 };

/// A named array; views into the mapped file.
struct Section {
    std::string_view name;
    DType dtype = DType::Bytes;
    std::uint32_t rank = 1;
    std::array<std::uint32_t, 4> dims{1, 1, 1, 1};
    std::span<const std::byte> bytes;

    [[nodiscard]] std::string_view text() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

/// Immutable after `open`; sections live as long as the object and survive moves.
class ModelFile {
  public:
    /// Maps a file and checks magic, version, size, table, bounds and checksum. Errors name the file and what is wrong.
    static Result<ModelFile> open(const std::string& path);
    /// The same over bytes in memory, which must begin on an 8-byte boundary and outlive the object; `name` stands in
    /// error messages.
    static Result<ModelFile> over(std::span<const std::byte> bytes, const std::string& name);

    /// nullptr when there is no such section.
    [[nodiscard]] const Section* find(std::string_view name) const;
    /// The contents of a text section.
    [[nodiscard]] Result<std::string_view> text(std::string_view name) const;
    /// A tensor of exactly these dimensions as f32; f16 is expanded, i8 multiplied with its row scales.
    [[nodiscard]] Result<std::vector<float>> floats(std::string_view name,
                                                    std::initializer_list<std::uint32_t> dims) const;
    /// The section itself, when it has this type and exactly these dimensions.
    [[nodiscard]] Result<const Section*> tensor(std::string_view name, DType dtype,
                                                std::initializer_list<std::uint32_t> dims) const;

    /// `key = value` lines of the `config` section; empty when the key is absent.
    [[nodiscard]] std::string_view config(std::string_view key) const;
    /// A positive number of the `config` section, at most `limit`.
    [[nodiscard]] Result<std::uint32_t> config_number(std::string_view key, std::uint32_t limit) const;

    [[nodiscard]] std::uint64_t checksum() const { return checksum_; }
    [[nodiscard]] std::span<const Section> sections() const { return sections_; }
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    [[nodiscard]] Error damaged(std::string_view what) const;

    MappedFile file_;
    std::string name_;
    std::uint64_t checksum_ = 0;
    std::vector<Section> sections_; ///< sorted by name
};

} // namespace kadesh::neural
