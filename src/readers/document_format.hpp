// What every input format gives: documents one by one. To add a format, implement this and name it in content_kind and
// reader.cpp.
#pragma once

#include "base/result.hpp"
#include "kadesh/document.hpp"

#include <optional>

namespace kadesh::readers {

class DocumentFormat {
  public:
    DocumentFormat() = default;
    DocumentFormat(const DocumentFormat&) = delete;
    DocumentFormat& operator=(const DocumentFormat&) = delete;
    virtual ~DocumentFormat() = default;

    /// The next document, an Error in its place, or nothing at the end. Messages of errors leave the file's name out.
    virtual std::optional<Result<Document>> next() = 0;
};

} // namespace kadesh::readers
