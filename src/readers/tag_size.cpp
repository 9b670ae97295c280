#include "readers/tag_size.hpp"

#include "base/ascii.hpp"

#include <string>

namespace kadesh::readers {
namespace {

/// One past the next `what` at or after `from`; the page's end when there is none.
std::size_t after(std::string_view page, std::string_view what, std::size_t from) {
    const auto at = page.find(what, from);
    return at == std::string_view::npos ? page.size() : at + what.size();
}

/// Where the closing tag of a script or style begins.
std::size_t find_close(std::string_view page, std::string_view name, std::size_t from) {
    for (auto at = page.find("</", from); at != std::string_view::npos; at = page.find("</", at + 2)) {
        if (equals_ignoring_case(page.substr(at + 2, name.size()), name)) return at;
    }
    return page.size();
}

struct TagEnd {
    std::size_t at;         ///< one past the tag
    std::size_t attributes; ///< at least as many as the tag has
};

/// Walks the attributes that begin at page[at].
TagEnd walk_attributes(std::string_view page, std::size_t at, std::size_t limit) {
    std::size_t attributes = 0;
    while (at < page.size() && page[at] != '>' && attributes <= limit) {
        if (is_ascii_space(page[at]) || page[at] == '/') {
            ++at;
            continue;
        }
        ++attributes;
        while (at < page.size() && !is_ascii_space(page[at]) && page[at] != '=' && page[at] != '>' && page[at] != '/')
            ++at;
        std::size_t value = at;
        while (value < page.size() && is_ascii_space(page[value])) ++value;
        if (value >= page.size() || page[value] != '=') continue;
        at = value + 1;
        while (at < page.size() && is_ascii_space(page[at])) ++at;
        if (at < page.size() && (page[at] == '"' || page[at] == '\'')) {
            at = after(page, page.substr(at, 1), at + 1);
        } else {
            while (at < page.size() && !is_ascii_space(page[at]) && page[at] != '>') ++at;
        }
    }
    return {at < page.size() ? at + 1 : at, attributes};
}

} // namespace

bool has_tag_with_more_attributes(std::string_view page, std::size_t limit) {
    for (auto at = page.find('<'); at != std::string_view::npos && at < page.size(); at = page.find('<', at)) {
        ++at;
        if (page.substr(at).starts_with("!--")) {
            at = after(page, "-->", at + 3);
            continue;
        }
        std::size_t name_end = at;
        while (name_end < page.size() && (is_ascii_alnum(page[name_end]) || page[name_end] == ':' ||
                                          page[name_end] == '-' || page[name_end] == '_'))
            ++name_end;
        if (name_end == at || !is_ascii_letter(page[at])) continue;
        const std::string name = name_end - at < 16 ? lower_ascii(page.substr(at, name_end - at)) : std::string();
        const TagEnd tag = walk_attributes(page, name_end, limit);
        if (tag.attributes > limit) return true;
        at = tag.at;
        if (name == "script" || name == "style") at = find_close(page, name, at);
    }
    return false;
}

} // namespace kadesh::readers
