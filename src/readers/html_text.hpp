// Characters of a page to running text.
#pragma once

#include "readers/html_tree.hpp"

#include <string>
#include <string_view>

namespace kadesh::readers {

/// Collects running text: runs of white space (no-break spaces too) become one space, soft hyphens and other invisible
/// marks go, C1 controls are read as the windows-1252 characters that pages mean by them.
class RunningText {
  public:
    void append(std::string_view utf8);
    void append_space() { space_ = true; }
    /// Ends the line; the next text begins a new one. Any number of calls in a row ends one line only.
    void append_line_end() { line_end_ = true; }

    [[nodiscard]] const std::string& text() const { return text_; }
    /// Gives the text away and starts anew.
    std::string take();

  private:
    std::string text_;
    bool space_ = false;
    bool line_end_ = false;
};

std::string running_text(std::string_view utf8);

/// The running text of a node and all within it, scripts and the like left out. Empty when it is longer than
/// `max_bytes`: what should be short there is something else then.
std::string text_within(const HtmlTree& tree, NodeId node, std::size_t max_bytes = 1000);

} // namespace kadesh::readers
