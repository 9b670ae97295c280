// The documents of many files, one after the other.
#pragma once

#include "base/result.hpp"
#include "kadesh/document.hpp"
#include "readers/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace kadesh {

class DocumentStream {
  public:
    /// @param inputs paths, `-` for standard input; must outlive the stream
    DocumentStream(std::span<const std::string> inputs, ReadOptions options);

    /// The next document, or why a file or record gives none, or nothing after the last file.
    std::optional<Result<Document>> next();

    /// Bytes of all files as they lie there, and how many of them have been read; a size of 0: not known, as of a pipe.
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] std::uint64_t position() const;

  private:
    std::span<const std::string> inputs_;
    ReadOptions options_;
    std::size_t at_ = 0;
    std::uint64_t size_ = 0;
    std::uint64_t before_ = 0; ///< bytes of the files that have been left
    std::optional<DocumentSource> source_;
};

} // namespace kadesh
