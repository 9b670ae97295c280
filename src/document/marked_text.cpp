#include "document/marked_text.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>

namespace kadesh {
namespace {

struct Dress {
    std::string_view colour; ///< ANSI: begins the look; empty: none
    std::string_view open;   ///< brackets where there is no colour
    std::string_view close;
};

constexpr std::string_view kReset = "\x1b[0m";

const Dress& dress(Look look) {
    static constexpr std::array<Dress, 10> kDresses{{{"", "", ""},
                                                     {"\x1b[35m", "<", ">"},
                                                     {"\x1b[36m", "[", "]"},
                                                     {"\x1b[1;33m", "{", "}"},
                                                     {"\x1b[1m", "", ""},
                                                     {"\x1b[2m", "", ""},
                                                     {"\x1b[32m", "", ""},
                                                     {"\x1b[34m", "", ""},
                                                     {"\x1b[33m", "", ""},
                                                     {"\x1b[31m", "", ""}}};
    return kDresses[static_cast<std::size_t>(look)];
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The text with spaces for its control characters: what a document holds must not steer the reader's terminal.
std::string without_controls(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool pair =
            c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0; // U+0080-9F
        out += c < 0x20 || c == 0x7F || pair ? ' ' : text[i];
        i += pair ? 1 : 0;
    }
    return out;
}

/// Lays words out on lines; a word may hold pieces of several looks.
class Wrapper {
  public:
    Wrapper(std::string& out, std::string_view first, Look first_look, int indent, int width, bool colour)
        : out_(out), indent_(indent), width_(width), colour_(colour) {
        const std::string_view begin = colour ? dress(first_look).colour : std::string_view();
        out_ += begin;
        out_ += first;
        if (!begin.empty()) out_ += kReset;
        column_ = static_cast<int>(count_code_points(first));
    }

    /// White space, of the look that it stands in.
    void space(Look look) {
        if (look != look_) close();
        flush();
    }

    void word(std::string_view text, Look look) {
        if (look != look_) change(look);
        word_ += text;
        columns_ += static_cast<int>(count_code_points(text));
    }

    /// The close of the current look belongs to the word before it.
    void change(Look look) {
        close();
        look_ = look;
        const Dress& d = dress(look);
        word_ += colour_ ? d.colour : d.open;
        if (!colour_) columns_ += static_cast<int>(d.open.size());
    }

    void close() {
        const Dress& d = dress(look_);
        if (colour_ && !d.colour.empty()) pending() += kReset;
        if (!colour_ && !d.close.empty()) {
            pending() += d.close;
            if (word_.empty())
                column_ += static_cast<int>(d.close.size());
            else
                columns_ += static_cast<int>(d.close.size());
        }
        look_ = Look::Plain;
    }

    void flush() {
        if (word_.empty()) return;
        if (begun_ && column_ + 1 + columns_ > width_) {
            out_ += '\n';
            out_.append(static_cast<std::size_t>(indent_), ' ');
            column_ = indent_;
        } else if (begun_) {
            out_ += ' ';
            ++column_;
        }
        out_ += word_;
        column_ += columns_;
        word_.clear();
        columns_ = 0;
        begun_ = true;
    }

    void finish() {
        close();
        flush();
        out_ += '\n';
    }

  private:
    std::string& pending() { return word_.empty() ? out_ : word_; }

    std::string& out_;
    int indent_;
    int width_;
    bool colour_;
    int column_ = 0;
    std::string word_;
    int columns_ = 0; ///< of word_
    bool begun_ = false;
    Look look_ = Look::Plain;
};

} // namespace

StyledLine& StyledLine::add(std::string_view text, Look look) {
    if (!text.empty()) pieces_.push_back({without_controls(text), look});
    return *this;
}

void StyledLine::write(std::string& out, std::string_view first, Look first_look, int indent, int width,
                       bool colour) const {
    Wrapper wrapper(out, first, first_look, indent, width, colour);
    for (const Piece& piece : pieces_) {
        std::string_view rest = piece.text;
        if (rest.find_first_not_of(" \t\r\n") == std::string_view::npos) {
            wrapper.space(piece.look);
            continue;
        }
        while (!rest.empty()) {
            if (is_space(rest.front())) {
                wrapper.space(piece.look);
                rest.remove_prefix(1);
                continue;
            }
            const std::size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
            wrapper.word(rest.substr(0, end), piece.look);
            rest.remove_prefix(end);
        }
    }
    wrapper.finish();
}

StyledLine marked_sentence(std::string_view text, TextSpan sentence, const std::vector<Mark>& marks) {
    sentence.end = std::min(sentence.end, static_cast<std::uint32_t>(text.size()));
    StyledLine line;
    if (sentence.empty()) return line;
    std::vector<Look> looks(sentence.end - sentence.start, Look::Plain);
    for (const Mark& mark : marks) {
        const std::uint32_t begin = std::max(mark.span.start, sentence.start);
        const std::uint32_t end = std::min(mark.span.end, sentence.end);
        for (std::uint32_t at = begin; at < end; ++at) {
            Look& look = looks[at - sentence.start];
            look = std::max(look, mark.look);
        }
    }
    for (std::size_t begin = 0; begin < looks.size();) {
        std::size_t end = begin;
        while (end < looks.size() && looks[end] == looks[begin]) ++end;
        line.add(text.substr(sentence.start + begin, end - begin), looks[begin]);
        begin = end;
    }
    return line;
}

} // namespace kadesh
