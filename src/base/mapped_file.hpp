// A file's bytes, mapped read-only into memory.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kadesh {

/// Owns the mapping; its views live as long as the object and survive moves. The file must not be shortened meanwhile.
class MappedFile {
  public:
    /// Errors name the file: NotFound when there is none, Io when it cannot be read or is no regular file.
    static Result<MappedFile> open(const std::string& path);

    MappedFile() = default;
    MappedFile(MappedFile&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    MappedFile& operator=(MappedFile&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~MappedFile();

    [[nodiscard]] std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(data_), size_}; }
    [[nodiscard]] std::string_view text() const { return {static_cast<const char*>(data_), size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    void* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace kadesh
