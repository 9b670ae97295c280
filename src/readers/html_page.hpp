// HTML: the whole input is one page with one article.
#pragma once

#include "readers/document_format.hpp"
#include "readers/input_buffer.hpp"
#include "readers/reader.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace kadesh::readers {

std::unique_ptr<DocumentFormat> html_page(InputBuffer input, std::string id, const ReadOptions& options);

/// The article of a page: its text is the headline and the paragraphs, each apart by an empty line, and all spans of
/// the document point into that. Errors: TooLarge beyond a limit, BadInput when there is no text.
Result<Document> read_page(std::string_view bytes, std::string id, const ReadOptions& options);

} // namespace kadesh::readers
