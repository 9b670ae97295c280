// Streams that undo gzip and zstd.
#pragma once

#include "readers/byte_stream.hpp"

#include <memory>
#include <string_view>

namespace kadesh::readers {

enum class Compression { None, Gzip, Zstd };

/// What the first bytes of a stream (four are enough) say.
Compression compression_of(std::string_view first_bytes);

/// All members or frames of `packed`, one after another. A stream that is cut off or damaged gives what could be
/// unpacked, then an Error.
std::unique_ptr<ByteStream> gzip_stream(std::unique_ptr<ByteStream> packed);
std::unique_ptr<ByteStream> zstd_stream(std::unique_ptr<ByteStream> packed);

} // namespace kadesh::readers
