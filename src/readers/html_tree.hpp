// A page's elements and texts in document order, without recursion at any depth.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

namespace kadesh::readers {

/// The elements that reading tells apart.
enum class Tag : std::uint8_t {
    Text, ///< no element: characters between tags
    Other,
    A,
    Address,
    Article,
    Aside,
    Audio,
    Blockquote,
    Body,
    Br,
    Button,
    Canvas,
    Caption,
    Center,
    Dd,
    Details,
    Dialog,
    Div,
    Dl,
    Dt,
    Embed,
    Fieldset,
    Figcaption,
    Figure,
    Footer,
    Form,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Head,
    Header,
    Hgroup,
    Hr,
    Html,
    Iframe,
    Input,
    Label,
    Li,
    Link,
    Main,
    Math,
    Menu,
    Meta,
    Nav,
    Noscript,
    Object,
    Ol,
    Option,
    P,
    Picture,
    Pre,
    Q,
    Script,
    Section,
    Select,
    Style,
    Sup,
    Svg,
    Table,
    Tbody,
    Td,
    Template,
    Textarea,
    Tfoot,
    Th,
    Thead,
    Time,
    Title,
    Tr,
    Ul,
    Video
};

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = UINT32_MAX;

struct HtmlAttribute {
    std::string_view name; ///< lower-case
    std::string_view value;
};

struct HtmlNode {
    Tag tag = Tag::Text;
    NodeId parent = kNoNode;
    NodeId end = 0;             ///< one past the last node within this one
    std::string_view text = {}; ///< of Tag::Text; references are decoded
    std::uint32_t first_attribute = 0;
    std::uint32_t attributes = 0;
};

struct HtmlLimits {
    std::size_t depth;    ///< elements within elements
    std::size_t elements; ///< in one page
};

/// Nodes in the order in which they begin; node 0 is a root of kind Tag::Other. Scripts are left out, but for JSON-LD.
class HtmlTree {
  public:
    /// @param page well-formed UTF-8. Errors: TooLarge when a limit is exceeded, BadInput when the parser gives up.
    static Result<HtmlTree> parse(std::string_view page, const HtmlLimits& limits);

    [[nodiscard]] NodeId size() const { return static_cast<NodeId>(nodes_.size()); }
    [[nodiscard]] const HtmlNode& operator[](NodeId id) const { return nodes_[id]; }
    [[nodiscard]] std::span<const HtmlAttribute> attributes(NodeId id) const {
        return std::span(attributes_).subspan(nodes_[id].first_attribute, nodes_[id].attributes);
    }
    /// The attribute's value, empty when there is none.
    [[nodiscard]] std::string_view attribute(NodeId id, std::string_view name) const;
    [[nodiscard]] bool has_attribute(NodeId id, std::string_view name) const;
    [[nodiscard]] bool contains(NodeId outer, NodeId inner) const {
        return outer <= inner && inner < nodes_[outer].end;
    }

  private:
    friend class HtmlTreeBuilder;
    std::unique_ptr<std::pmr::monotonic_buffer_resource> strings_;
    std::vector<HtmlNode> nodes_;
    std::vector<HtmlAttribute> attributes_;
};

} // namespace kadesh::readers
