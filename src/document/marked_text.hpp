// Text for a terminal: spans marked by colour or brackets, wrapped to a width.
#pragma once

#include "kadesh/document.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// Looks of a stretch of text. The first three are marks of spans: a later one hides an earlier one where they overlap.
enum class Look : std::uint8_t { Plain, Recipient, Actor, Trigger, Bold, Faint, Green, Blue, Yellow, Red };

/// A line of pieces with looks, wrapped when it is written.
class StyledLine {
  public:
    /// Adds a piece; control characters in it become spaces.
    StyledLine& add(std::string_view text, Look look = Look::Plain);
    [[nodiscard]] bool empty() const { return pieces_.empty(); }

    /// Appends the line, broken at spaces to fit `width` columns (code points count as one). The first line begins with
    /// `first`, kept as it is, the others with `indent` spaces.
    /// @param colour ANSI colours; without it marks are brackets: [actor] {trigger} <recipient>
    void write(std::string& out, std::string_view first, Look first_look, int indent, int width, bool colour) const;

  private:
    struct Piece {
        std::string text;
        Look look;
    };
    std::vector<Piece> pieces_;
};

struct Mark {
    TextSpan span;
    Look look;
};

/// The words of `text` within a sentence's span with marks, white space made single spaces.
StyledLine marked_sentence(std::string_view text, TextSpan sentence, const std::vector<Mark>& marks);

} // namespace kadesh
