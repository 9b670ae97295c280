// Short lines that pages put between the paragraphs of an article.
#pragma once

#include <string_view>

namespace kadesh::readers {

/// "Advertisement", "Read more: ...", "Follow us on ...", "© 2025 ...", a byline or a line that only dates the page.
bool is_boilerplate_line(std::string_view text);

/// "Related stories", "More on this story": a heading of what is not the article.
bool is_boilerplate_heading(std::string_view text);

} // namespace kadesh::readers
