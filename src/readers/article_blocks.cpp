#include "readers/article_blocks.hpp"

#include "base/ascii.hpp"
#include "readers/html_text.hpp"

#include <algorithm>
#include <utility>

namespace kadesh::readers {

bool is_block_element(Tag tag) {
    switch (tag) {
    case Tag::Address:
    case Tag::Article:
    case Tag::Aside:
    case Tag::Blockquote:
    case Tag::Body:
    case Tag::Caption:
    case Tag::Center:
    case Tag::Dd:
    case Tag::Details:
    case Tag::Dialog:
    case Tag::Div:
    case Tag::Dl:
    case Tag::Dt:
    case Tag::Fieldset:
    case Tag::Figcaption:
    case Tag::Figure:
    case Tag::Footer:
    case Tag::Form:
    case Tag::H1:
    case Tag::H2:
    case Tag::H3:
    case Tag::H4:
    case Tag::H5:
    case Tag::H6:
    case Tag::Header:
    case Tag::Hgroup:
    case Tag::Hr:
    case Tag::Html:
    case Tag::Li:
    case Tag::Main:
    case Tag::Menu:
    case Tag::Nav:
    case Tag::Ol:
    case Tag::P:
    case Tag::Pre:
    case Tag::Section:
    case Tag::Table:
    case Tag::Tbody:
    case Tag::Td:
    case Tag::Tfoot:
    case Tag::Th:
    case Tag::Thead:
    case Tag::Tr:
    case Tag::Ul: return true;
    default: return false;
    }
}

bool is_heading(Tag tag) {
    return tag >= Tag::H1 && tag <= Tag::H6;
}

bool is_never_text(Tag tag) {
    switch (tag) {
    case Tag::Audio:
    case Tag::Button:
    case Tag::Canvas:
    case Tag::Dialog:
    case Tag::Embed:
    case Tag::Head:
    case Tag::Iframe:
    case Tag::Input:
    case Tag::Link:
    case Tag::Math:
    case Tag::Meta:
    case Tag::Noscript:
    case Tag::Object:
    case Tag::Option:
    case Tag::Script:
    case Tag::Select:
    case Tag::Style:
    case Tag::Svg:
    case Tag::Template:
    case Tag::Textarea:
    case Tag::Title:
    case Tag::Video: return true;
    default: return false;
    }
}

namespace {

class BlockCutter {
  public:
    BlockCutter(const HtmlTree& tree, std::span<const std::uint8_t> unseen) : tree_(tree), unseen_(unseen) {}

    std::vector<TextBlock> cut() {
        open_.push_back(0);
        for (NodeId id = 1; id < tree_.size(); ++id) {
            close_before(id);
            const HtmlNode& node = tree_[id];
            if (node.tag == Tag::Text) {
                add(id);
            } else if (is_never_text(node.tag) || is_note_mark(id) || is_unseen(id)) {
                text_.append_space();
                id = node.end - 1;
            } else if (node.tag == Tag::Br) {
                break_line();
            } else if (is_block_element(node.tag)) {
                end_block();
                open_.push_back(id);
            } else if (node.tag == Tag::Q) {
                text_.append("\xE2\x80\x9C");
                quotes_.push_back(id);
            } else if (node.tag == Tag::A) {
                link_end_ = std::max(link_end_, node.end);
            }
        }
        close_before(tree_.size());
        end_block();
        return std::move(blocks_);
    }

  private:
    /// Ends the quotations and blocks that node `id` is not in.
    void close_before(NodeId id) {
        while (!quotes_.empty() && tree_[quotes_.back()].end <= id) {
            text_.append("\xE2\x80\x9D");
            quotes_.pop_back();
        }
        while (open_.size() > 1 && tree_[open_.back()].end <= id) {
            end_block();
            open_.pop_back();
        }
    }

    /// `[1]` and the like, set high.
    bool is_note_mark(NodeId id) const {
        if (tree_[id].tag != Tag::Sup) return false;
        const std::string text = text_within(tree_, id, 16);
        return text.size() > 2 && text.front() == '[' && text.back() == ']';
    }

    bool is_unseen(NodeId id) const {
        return !unseen_.empty() && unseen_[id] != 0 && !is_block_element(tree_[id].tag) && tree_[id].tag != Tag::Br;
    }

    void add(NodeId id) {
        const std::string_view characters = tree_[id].text;
        const std::size_t before = text_.text().size();
        if (tree_[open_.back()].tag == Tag::Pre) {
            add_preformatted(characters);
        } else {
            text_.append(characters);
        }
        if (text_.text().size() > before) {
            breaks_ = 0;
            if (id < link_end_) link_bytes_ += text_.text().size() - before;
        }
    }

    /// Lines of preformatted text run on; an empty line ends a block.
    void add_preformatted(std::string_view characters) {
        for (;;) {
            const auto line_end = characters.find('\n');
            text_.append(characters.substr(0, line_end));
            if (line_end == std::string_view::npos) return;
            text_.append_space();
            characters.remove_prefix(line_end + 1);
            const auto next_end = characters.find('\n');
            if (next_end != std::string_view::npos && trim_ascii(characters.substr(0, next_end)).empty()) end_block();
        }
    }

    void break_line() {
        if (text_.text().empty()) return;
        if (++breaks_ >= 2) {
            end_block();
        } else {
            text_.append_line_end();
        }
    }

    void end_block() {
        std::string text = text_.take();
        breaks_ = 0;
        const std::size_t link_bytes = std::exchange(link_bytes_, 0);
        if (text.empty()) return;
        blocks_.push_back({std::move(text), open_.back(), link_bytes});
    }

    const HtmlTree& tree_;
    std::span<const std::uint8_t> unseen_;
    std::vector<NodeId> open_;   ///< block elements around the present place
    std::vector<NodeId> quotes_; ///< open `q` elements, whose quotation marks the page leaves to the browser
    std::vector<TextBlock> blocks_;
    RunningText text_;
    std::size_t link_bytes_ = 0;
    NodeId link_end_ = 0;
    int breaks_ = 0;
};

} // namespace

std::vector<TextBlock> text_blocks(const HtmlTree& tree, std::span<const std::uint8_t> unseen) {
    return BlockCutter(tree, unseen).cut();
}

bool ends_like_sentence(std::string_view text) {
    for (;;) {
        bool stripped = false;
        for (const std::string_view closing : {"\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"}) {
            if (!text.ends_with(closing)) continue;
            text.remove_suffix(closing.size());
            stripped = true;
        }
        if (!stripped) break;
    }
    return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':') ||
           text.ends_with("\xE2\x80\xA6");
}

} // namespace kadesh::readers
