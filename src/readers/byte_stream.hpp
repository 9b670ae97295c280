// Bytes in order from a file, a pipe or another stream. Messages of errors do not name the file: DocumentSource does.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <memory>
#include <span>

namespace kadesh::readers {

class ByteStream {
  public:
    ByteStream() = default;
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;
    virtual ~ByteStream() = default;

    /// Fills the beginning of `out` and returns how many bytes it wrote; 0 means the end. Blocks while there are none.
    virtual Result<std::size_t> read(std::span<char> out) = 0;
};

/// Reads a file descriptor, which it closes in the end if it owns it.
std::unique_ptr<ByteStream> descriptor_stream(int descriptor, bool owned);

} // namespace kadesh::readers
