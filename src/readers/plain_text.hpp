// Plain text: the whole input is one document.
#pragma once

#include "readers/document_format.hpp"
#include "readers/input_buffer.hpp"
#include "readers/reader.hpp"

#include <memory>
#include <string>

namespace kadesh::readers {

/// The text is left as it is, headline and dateline included: only malformed UTF-8 is replaced, and a byte order mark
/// at its beginning dropped.
std::unique_ptr<DocumentFormat> plain_text(InputBuffer input, std::string id, const ReadOptions& options);

} // namespace kadesh::readers
