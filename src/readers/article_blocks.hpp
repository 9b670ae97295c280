// A page cut into blocks of running text.
#pragma once

#include "readers/html_tree.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kadesh::readers {

/// Text between two borders of block elements.
struct TextBlock {
    std::string text;
    NodeId node = 0;            ///< the innermost block element that holds it
    std::size_t link_bytes = 0; ///< of the text, those within links (about)
    [[nodiscard]] bool is_mostly_links() const { return link_bytes * 2 > text.size(); }
};

bool is_block_element(Tag tag);
bool is_heading(Tag tag);
/// Scripts, drawings, controls and other elements whose characters are never an article's text.
bool is_never_text(Tag tag);

/// In document order, without empty ones. Two line breaks in a row end a block; one is a line end within it.
/// @param unseen for each node whether its text is passed over if it stands within a line; may be empty.
std::vector<TextBlock> text_blocks(const HtmlTree& tree, std::span<const std::uint8_t> unseen = {});

/// Ends like a sentence, closing quotation marks and brackets left aside.
bool ends_like_sentence(std::string_view text);

} // namespace kadesh::readers
