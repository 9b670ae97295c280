// JSON Lines, single JSON objects and arrays of objects: one record is one document.
//
// Fields: `text` (needed, not empty), `id`, `date` (ISO 8601), `title`, `url`, `source`, `language`, `author` (a name
// or a list of names). All others are passed over, as are values of title to author that are not strings.
#pragma once

#include "readers/document_format.hpp"
#include "readers/input_buffer.hpp"
#include "readers/reader.hpp"

#include <memory>
#include <string>

namespace kadesh::readers {

/// @param name a record without an id gets `NAME#n` with its line, or its number where records are not lines.
std::unique_ptr<DocumentFormat> json_records(InputBuffer input, std::string name, const ReadOptions& options);

} // namespace kadesh::readers
