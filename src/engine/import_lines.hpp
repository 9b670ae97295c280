// The lines of a dump, packed or not, one at a time in constant memory.
#pragma once

#include "base/result.hpp"
#include "readers/input_buffer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kadesh {

class ImportLines {
  public:
    static Result<ImportLines> open(const std::string& path);

    /// The next line without its end, valid until the next call; nothing after the last, and where the file breaks off.
    /// Lines of more than 64 MiB are passed over.
    std::optional<std::string_view> next();
    [[nodiscard]] std::uint64_t line() const { return line_; }
    /// Whether the last line had an end, as the lines of a whole file have.
    [[nodiscard]] bool ended() const { return ended_; }
    /// Why the file breaks off; nothing when it was read to its end.
    [[nodiscard]] const std::optional<Error>& broken() const { return input_.error(); }

  private:
    explicit ImportLines(readers::InputBuffer input) : input_(std::move(input)) {}

    readers::InputBuffer input_;
    std::size_t taken_ = 0; ///< bytes of the line that was given
    std::uint64_t line_ = 0;
    bool ended_ = true;
};

} // namespace kadesh
