// A window over a byte stream that grows on demand: formats look ahead in it and take what they have read.
#pragma once

#include "base/result.hpp"
#include "readers/byte_stream.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kadesh::readers {

class InputBuffer {
  public:
    /// @param max_bytes the stream may give in all; more is an Error TooLarge.
    InputBuffer(std::unique_ptr<ByteStream> stream, std::uint64_t max_bytes);

    /// What was read and not yet taken. Valid until the next fill().
    [[nodiscard]] std::string_view bytes() const { return std::string_view(buffer_).substr(taken_); }
    /// Reads more; false at the end of the stream and after an error.
    bool fill();
    /// Reads until `count` bytes are there or the stream ends.
    void fill_to(std::size_t count);
    /// Removes the first `count` bytes.
    void take(std::size_t count) { taken_ += count; }

    [[nodiscard]] bool at_end() const { return ended_; }
    /// Why the stream ended before its time.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  private:
    std::unique_ptr<ByteStream> stream_;
    std::string buffer_;
    std::size_t taken_ = 0;
    std::uint64_t max_bytes_;
    std::uint64_t left_;
    bool ended_ = false;
    std::optional<Error> error_;
};

} // namespace kadesh::readers
