// A guard before the HTML parser, whose time grows with the square of the attributes of one tag.
#pragma once

#include <cstddef>
#include <string_view>

namespace kadesh::readers {

/// Whether a tag of the page has more attributes than `limit`. Linear in the page.
bool has_tag_with_more_attributes(std::string_view page, std::size_t limit);

} // namespace kadesh::readers
