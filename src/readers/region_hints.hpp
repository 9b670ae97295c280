// What an element's class, id, role and microdata say about the part of a page that it holds.
#pragma once

#include "readers/html_tree.hpp"

namespace kadesh::readers {

struct RegionHints {
    bool around = false;   ///< navigation, advertisements, teasers, captions, share buttons, bylines and their like
    bool comments = false; ///< what readers wrote
    bool body = false;     ///< the article's text
    bool microdata_body = false; ///< the article's text, by schema.org's `articleBody`
    bool standfirst = false;     ///< the summary below the headline
    bool hidden = false;
};

RegionHints region_hints(const HtmlTree& tree, NodeId node);

} // namespace kadesh::readers
