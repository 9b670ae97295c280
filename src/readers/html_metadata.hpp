// What a page says of its article outside the article's text.
#pragma once

#include "kadesh/date.hpp"
#include "readers/html_tree.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kadesh::readers {

struct PageMetadata {
    std::vector<std::string> titles; ///< of the article, the most reliable first; may carry the site's name at the end
    std::string page_title;          ///< the `title` element
    std::string author;
    std::string url;          ///< canonical address
    std::string site;         ///< publisher's name
    std::string language;     ///< BCP 47
    std::optional<Day> date;  ///< publication
    std::string article_body; ///< the text in JSON-LD, empty on most pages
};

/// Reads Open Graph and other `meta` elements, JSON-LD (schema.org articles), microdata, `time`, `link` and `html`.
/// @param max_json_depth of JSON-LD; blocks that are nested deeper or malformed are passed over.
PageMetadata page_metadata(const HtmlTree& tree, std::size_t max_json_depth);

} // namespace kadesh::readers
