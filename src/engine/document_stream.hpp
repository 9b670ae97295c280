// The documents of many files, one after the other.
#pragma once

#include "base/result.hpp"
#include "kadesh/document.hpp"
#include "readers/reader.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace kadesh {

class DocumentStream {
  public:
    /// @param inputs paths, `-` for standard input; must outlive the stream
    DocumentStream(std::span<const std::string> inputs, ReadOptions options) : inputs_(inputs), options_(options) {}

    /// The next document, or why a file or record gives none, or nothing after the last file.
    std::optional<Result<Document>> next();

  private:
    std::span<const std::string> inputs_;
    ReadOptions options_;
    std::size_t at_ = 0;
    std::optional<DocumentSource> source_;
};

} // namespace kadesh
