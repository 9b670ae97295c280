// Finds the article in a page and gives its text.
#pragma once

#include "readers/html_metadata.hpp"
#include "readers/html_tree.hpp"

#include <string>

namespace kadesh::readers {

/// Headline first, then the paragraphs, each apart by an empty line; without navigation, captions, comments, teasers
/// and advertisements. Empty when the page has no text of its own. Takes time linear in the page.
///
/// How it decides: the page is cut into blocks, each weighed by how much it looks like prose (length outside links,
/// squared); parts that their elements or names mark as surroundings are removed unless most of the prose is in them;
/// then the search goes down from the page, through marked article elements, to the part that still holds nearly all
/// prose.
std::string article_text(const HtmlTree& tree, const PageMetadata& metadata);

} // namespace kadesh::readers
