// schema.org descriptions of articles in JSON-LD.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh::readers {

struct LinkedArticle {
    std::string headline, author, publisher, url, language, date_published, body;
};

/// The first object of an article type in one JSON-LD block; nothing when there is none or it is malformed.
std::optional<LinkedArticle> linked_article(std::string_view json_ld, std::size_t max_depth);

} // namespace kadesh::readers
