#include "readers/html_text.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "readers/charset.hpp"

#include <utility>

namespace kadesh::readers {
namespace {

bool is_space(char32_t c) {
    return c == 0x20 || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// Soft hyphens, zero-width spaces and joins of no meaning in English, marks of direction, byte order marks.
bool is_invisible(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c < 0x20 || c == 0x7F;
}

} // namespace

void RunningText::append(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size();) {
        CodePoint c = decode_utf8(utf8, i);
        i += c.bytes;
        if (c.value >= 0x80 && c.value < 0xA0) c.value = windows_1252(static_cast<unsigned char>(c.value));
        if (is_space(c.value)) {
            space_ = true;
            continue;
        }
        if (is_invisible(c.value)) continue;
        if (!text_.empty()) {
            if (line_end_) {
                text_ += '\n';
            } else if (space_) {
                text_ += ' ';
            }
        }
        space_ = line_end_ = false;
        append_utf8(text_, c.value);
    }
}

std::string RunningText::take() {
    space_ = line_end_ = false;
    return std::exchange(text_, {});
}

std::string running_text(std::string_view utf8) {
    RunningText text;
    text.append(utf8);
    return text.take();
}

std::string text_within(const HtmlTree& tree, NodeId node, std::size_t max_bytes) {
    RunningText text;
    // Nested elements may each be asked for their text: without this end to it that would take quadratic time.
    std::size_t left = max_bytes * 4;
    for (NodeId id = node; id < tree[node].end; ++id) {
        const std::size_t cost = tree[id].text.size() + 1;
        if (cost > left || text.text().size() > max_bytes) return {};
        left -= cost;
        switch (tree[id].tag) {
        case Tag::Text: text.append(tree[id].text); break;
        case Tag::Script:
        case Tag::Style:
        case Tag::Svg: id = tree[id].end - 1; break;
        case Tag::Br:
        case Tag::Div:
        case Tag::P: text.append_space(); break;
        default: break;
        }
    }
    return text.take();
}

} // namespace kadesh::readers
