// The lines of many files in order, whatever packs them is not looked at: records of which each is a line.
#pragma once

#include "base/result.hpp"
#include "readers/input_buffer.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace kadesh {

struct InputLine {
    std::string text;
    bool too_long = false; ///< longer than 4 MiB; then without text
    std::string where;     ///< "news.jsonl, line 12"
};

class LineStream {
  public:
    static constexpr std::size_t kMaxLineBytes = std::size_t{4} << 20;

    /// @param inputs paths, `-` for standard input; must outlive the stream
    explicit LineStream(std::span<const std::string> inputs) : inputs_(inputs) {}

    /// The next line that is not blank, or why a file cannot be read, or nothing after the last.
    std::optional<Result<InputLine>> next();

  private:
    std::optional<InputLine> next_line();

    std::span<const std::string> inputs_;
    std::size_t at_ = 0;
    std::string name_;
    std::optional<readers::InputBuffer> input_;
    std::uint64_t line_ = 0;
};

} // namespace kadesh
