#include "readers/json_ld.hpp"

#include "base/ascii.hpp"
#include "readers/json_text.hpp"

#include <simdjson.h>

namespace kadesh::readers {
namespace {

namespace dom = simdjson::dom;

std::string string_at(dom::object object, std::string_view key) {
    std::string_view text;
    if (object[key].get(text) != simdjson::SUCCESS) return {};
    return std::string(text);
}

/// A name, an object with a name (or address), or a list of these.
std::string names_at(dom::object object, std::string_view key) {
    dom::element value;
    if (object[key].get(value) != simdjson::SUCCESS) return {};
    const auto name_of = [](dom::element e) {
        std::string_view text;
        if (e.get(text) == simdjson::SUCCESS) return std::string(text);
        dom::object named;
        if (e.get(named) == simdjson::SUCCESS) return string_at(named, "name");
        return std::string();
    };
    dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return name_of(value);
    std::string names;
    for (const dom::element item : list) {
        const std::string name = name_of(item);
        if (name.empty()) continue;
        if (!names.empty()) names += ", ";
        names += name;
    }
    return names;
}

bool is_article_type(std::string_view type) {
    return type == "Article" || type == "BlogPosting" || type == "Report" || type.ends_with("NewsArticle");
}

bool is_article(dom::object object) {
    dom::element type;
    if (object["@type"].get(type) != simdjson::SUCCESS) return false;
    std::string_view one;
    if (type.get(one) == simdjson::SUCCESS) return is_article_type(one);
    dom::array many;
    if (type.get(many) != simdjson::SUCCESS) return false;
    for (const dom::element item : many) {
        if (item.get(one) == simdjson::SUCCESS && is_article_type(one)) return true;
    }
    return false;
}

LinkedArticle article_of(dom::object object) {
    LinkedArticle article;
    article.headline = string_at(object, "headline");
    article.author = names_at(object, "author");
    article.publisher = names_at(object, "publisher");
    article.url = string_at(object, "url");
    article.language = string_at(object, "inLanguage");
    article.date_published = string_at(object, "datePublished");
    article.body = string_at(object, "articleBody");
    dom::object page;
    if (article.url.empty()) article.url = string_at(object, "mainEntityOfPage");
    if (article.url.empty() && object["mainEntityOfPage"].get(page) == simdjson::SUCCESS)
        article.url = string_at(page, "@id");
    return article;
}

/// The first article among the items of a list.
std::optional<LinkedArticle> article_in(dom::array items) {
    for (const dom::element item : items) {
        dom::object object;
        if (item.get(object) == simdjson::SUCCESS && is_article(object)) return article_of(object);
    }
    return std::nullopt;
}

/// Content systems often leave line ends unescaped in strings, which JSON forbids.
std::string with_escaped_controls(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '\\' && in_string && i + 1 < json.size() && static_cast<unsigned char>(json[i + 1]) >= 0x20) {
            out += c;
            out += json[++i];
            continue;
        }
        if (c == '"') in_string = !in_string;
        if (c == '\n' && in_string) {
            out += "\\n";
        } else {
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    return out;
}

} // namespace

std::optional<LinkedArticle> linked_article(std::string_view json_ld, std::size_t max_depth) {
    std::string json(trim_ascii(json_ld));
    if (json.empty()) return std::nullopt;
    repair_json(json);
    json = with_escaped_controls(json);
    const std::size_t size = json.size();
    json.resize(size + simdjson::SIMDJSON_PADDING);
    dom::parser parser;
    if (parser.allocate(size, max_depth + 1) != simdjson::SUCCESS) return std::nullopt;
    dom::element root;
    if (parser.parse(json.data(), size, false).get(root) != simdjson::SUCCESS) return std::nullopt;
    dom::array items;
    if (root.get(items) == simdjson::SUCCESS) {
        if (auto article = article_in(items)) return article;
        // Some sites wrap their graph in a list.
        if (items.size() != 1 || items.at(0).get(root) != simdjson::SUCCESS) return std::nullopt;
    }
    dom::object object;
    if (root.get(object) != simdjson::SUCCESS) return std::nullopt;
    if (is_article(object)) return article_of(object);
    if (object["@graph"].get(items) == simdjson::SUCCESS) return article_in(items);
    if (object["mainEntity"].get(object) == simdjson::SUCCESS && is_article(object)) return article_of(object);
    return std::nullopt;
}

} // namespace kadesh::readers
