#include "readers/html_tree.hpp"

#include "base/ascii.hpp"
#include "readers/tag_size.hpp"

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <optional>
#include <string>
#include <utility>

namespace kadesh::readers {
namespace {

using namespace std::string_view_literals;

/// Sorted by name.
constexpr std::array kTags{
    std::pair{"a"sv, Tag::A},
    std::pair{"address"sv, Tag::Address},
    std::pair{"article"sv, Tag::Article},
    std::pair{"aside"sv, Tag::Aside},
    std::pair{"audio"sv, Tag::Audio},
    std::pair{"blockquote"sv, Tag::Blockquote},
    std::pair{"body"sv, Tag::Body},
    std::pair{"br"sv, Tag::Br},
    std::pair{"button"sv, Tag::Button},
    std::pair{"canvas"sv, Tag::Canvas},
    std::pair{"caption"sv, Tag::Caption},
    std::pair{"center"sv, Tag::Center},
    std::pair{"dd"sv, Tag::Dd},
    std::pair{"details"sv, Tag::Details},
    std::pair{"dialog"sv, Tag::Dialog},
    std::pair{"div"sv, Tag::Div},
    std::pair{"dl"sv, Tag::Dl},
    std::pair{"dt"sv, Tag::Dt},
    std::pair{"embed"sv, Tag::Embed},
    std::pair{"fieldset"sv, Tag::Fieldset},
    std::pair{"figcaption"sv, Tag::Figcaption},
    std::pair{"figure"sv, Tag::Figure},
    std::pair{"footer"sv, Tag::Footer},
    std::pair{"form"sv, Tag::Form},
    std::pair{"h1"sv, Tag::H1},
    std::pair{"h2"sv, Tag::H2},
    std::pair{"h3"sv, Tag::H3},
    std::pair{"h4"sv, Tag::H4},
    std::pair{"h5"sv, Tag::H5},
    std::pair{"h6"sv, Tag::H6},
    std::pair{"head"sv, Tag::Head},
    std::pair{"header"sv, Tag::Header},
    std::pair{"hgroup"sv, Tag::Hgroup},
    std::pair{"hr"sv, Tag::Hr},
    std::pair{"html"sv, Tag::Html},
    std::pair{"iframe"sv, Tag::Iframe},
    std::pair{"input"sv, Tag::Input},
    std::pair{"label"sv, Tag::Label},
    std::pair{"li"sv, Tag::Li},
    std::pair{"link"sv, Tag::Link},
    std::pair{"main"sv, Tag::Main},
    std::pair{"math"sv, Tag::Math},
    std::pair{"menu"sv, Tag::Menu},
    std::pair{"meta"sv, Tag::Meta},
    std::pair{"nav"sv, Tag::Nav},
    std::pair{"noscript"sv, Tag::Noscript},
    std::pair{"object"sv, Tag::Object},
    std::pair{"ol"sv, Tag::Ol},
    std::pair{"option"sv, Tag::Option},
    std::pair{"p"sv, Tag::P},
    std::pair{"picture"sv, Tag::Picture},
    std::pair{"pre"sv, Tag::Pre},
    std::pair{"q"sv, Tag::Q},
    std::pair{"script"sv, Tag::Script},
    std::pair{"section"sv, Tag::Section},
    std::pair{"select"sv, Tag::Select},
    std::pair{"style"sv, Tag::Style},
    std::pair{"sup"sv, Tag::Sup},
    std::pair{"svg"sv, Tag::Svg},
    std::pair{"table"sv, Tag::Table},
    std::pair{"tbody"sv, Tag::Tbody},
    std::pair{"td"sv, Tag::Td},
    std::pair{"template"sv, Tag::Template},
    std::pair{"textarea"sv, Tag::Textarea},
    std::pair{"tfoot"sv, Tag::Tfoot},
    std::pair{"th"sv, Tag::Th},
    std::pair{"thead"sv, Tag::Thead},
    std::pair{"time"sv, Tag::Time},
    std::pair{"title"sv, Tag::Title},
    std::pair{"tr"sv, Tag::Tr},
    std::pair{"ul"sv, Tag::Ul},
    std::pair{"video"sv, Tag::Video},
};
static_assert(std::is_sorted(kTags.begin(), kTags.end(),
                             [](const auto& a, const auto& b) { return a.first < b.first; }));

Tag tag_of(std::string_view name) {
    const auto at = std::lower_bound(kTags.begin(), kTags.end(), name,
                                     [](const auto& entry, std::string_view key) { return entry.first < key; });
    return at != kTags.end() && at->first == name ? at->second : Tag::Other;
}

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

} // namespace

/// Receives what the parser finds. The parser is C: nothing here may throw but for want of memory.
class HtmlTreeBuilder {
  public:
    HtmlTreeBuilder(HtmlTree& tree, const HtmlLimits& limits) : tree_(tree), limits_(limits) {
        tree_.strings_ = std::make_unique<std::pmr::monotonic_buffer_resource>();
        tree_.nodes_.push_back({.tag = Tag::Other});
        open_.push_back({0, {}});
    }

    void attach(xmlParserCtxtPtr parser) {
        parser_ = parser;
        parser->userData = this;
        std::memset(parser->sax, 0, sizeof(*parser->sax));
        parser->sax->startElement = [](void* self, const xmlChar* name, const xmlChar** attributes) {
            static_cast<HtmlTreeBuilder*>(self)->start(view(name), attributes);
        };
        parser->sax->endElement = [](void* self, const xmlChar* name) {
            static_cast<HtmlTreeBuilder*>(self)->end(view(name));
        };
        const auto characters = [](void* self, const xmlChar* text, int size) {
            static_cast<HtmlTreeBuilder*>(self)->characters(
                {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
        };
        parser->sax->characters = characters;
        parser->sax->cdataBlock = characters;
        parser->sax->ignorableWhitespace = characters;
    }

    void finish() {
        flush_text();
        while (!open_.empty()) close_last();
    }

    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  private:
    struct Open {
        NodeId node;
        std::string_view name;
    };

    std::string_view keep(std::string_view text) {
        if (text.empty()) return {};
        char* const copy = static_cast<char*>(tree_.strings_->allocate(text.size(), 1));
        std::memcpy(copy, text.data(), text.size());
        return {copy, text.size()};
    }

    void stop(std::string message) {
        if (error_) return;
        error_ = Error{ErrorCode::TooLarge, std::move(message)};
        xmlStopParser(parser_);
    }

    void flush_text() {
        if (pending_.empty()) return;
        const auto id = static_cast<NodeId>(tree_.nodes_.size());
        tree_.nodes_.push_back({.tag = Tag::Text, .parent = open_.back().node, .end = id + 1, .text = keep(pending_)});
        pending_.clear();
    }

    void start(std::string_view name, const xmlChar** attributes) {
        if (error_) return;
        flush_text();
        if (open_.size() > limits_.depth)
            return stop("has elements nested deeper than " + std::to_string(limits_.depth) + " levels");
        if (tree_.nodes_.size() >= limits_.elements)
            return stop("has more than " + std::to_string(limits_.elements) + " elements");
        const std::string lower = lower_ascii(name);
        const auto id = static_cast<NodeId>(tree_.nodes_.size());
        HtmlNode node{.tag = tag_of(lower), .parent = open_.back().node};
        node.first_attribute = static_cast<std::uint32_t>(tree_.attributes_.size());
        for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
            tree_.attributes_.push_back({keep(lower_ascii(view(attributes[0]))), keep(view(attributes[1]))});
            ++node.attributes;
        }
        tree_.nodes_.push_back(node);
        open_.push_back({id, keep(lower)});
    }

    void end(std::string_view name) {
        if (error_) return;
        flush_text();
        const std::string lower = lower_ascii(name);
        // The parser pairs its calls; should one not fit, it closes nothing here or all down to its partner.
        const auto fits =
            std::find_if(open_.rbegin(), open_.rend() - 1, [&](const Open& element) { return element.name == lower; });
        if (fits == open_.rend() - 1) return;
        const auto left = static_cast<std::size_t>(open_.rend() - fits) - 1;
        while (open_.size() > left) close_last();
    }

    void characters(std::string_view text) {
        if (error_) return;
        const NodeId inside = open_.back().node;
        const Tag tag = tree_.nodes_[inside].tag;
        if (tag == Tag::Style) return;
        if (tag == Tag::Script &&
            !equals_ignoring_case(trim_ascii(tree_.attribute(inside, "type")), "application/ld+json"))
            return;
        pending_ += text;
    }

    void close_last() {
        tree_.nodes_[open_.back().node].end = static_cast<NodeId>(tree_.nodes_.size());
        open_.pop_back();
    }

    HtmlTree& tree_;
    const HtmlLimits limits_;
    xmlParserCtxtPtr parser_ = nullptr;
    std::vector<Open> open_;
    std::string pending_;
    std::optional<Error> error_;
};

Result<HtmlTree> HtmlTree::parse(std::string_view page, const HtmlLimits& limits) {
    constexpr std::size_t kMaxAttributes = 256; // the parser compares each with all others of its tag
    if (has_tag_with_more_attributes(page, kMaxAttributes))
        return Error{ErrorCode::TooLarge, "has a tag with more than " + std::to_string(kMaxAttributes) + " attributes"};
    if (page.size() > INT_MAX) return Error{ErrorCode::TooLarge, "is larger than the HTML parser can read"};

    xmlInitParser();
    HtmlTree tree;
    HtmlTreeBuilder builder(tree, limits);
    const std::unique_ptr<xmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(htmlNewParserCtxt(),
                                                                               &htmlFreeParserCtxt);
    if (parser == nullptr) return Error{ErrorCode::Io, "no memory to read HTML"};
    builder.attach(parser.get());
    constexpr int kOptions =
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC;
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> none(
        htmlCtxtReadMemory(parser.get(), page.data(), static_cast<int>(page.size()), nullptr, "UTF-8", kOptions),
        &xmlFreeDoc);
    builder.finish();
    if (builder.error()) return *builder.error();
    return tree;
}

std::string_view HtmlTree::attribute(NodeId id, std::string_view name) const {
    for (const HtmlAttribute& attribute : attributes(id)) {
        if (attribute.name == name) return attribute.value;
    }
    return {};
}

bool HtmlTree::has_attribute(NodeId id, std::string_view name) const {
    const auto all = attributes(id);
    return std::any_of(all.begin(), all.end(), [&](const HtmlAttribute& a) { return a.name == name; });
}

} // namespace kadesh::readers
