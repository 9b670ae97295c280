// Bytes of a text or page in any of the usual encodings to UTF-8.
#pragma once

#include "base/utf8.hpp"

#include <string_view>

namespace kadesh::readers {

/// Plain text is UTF-8, or UTF-16 when it begins with that byte order mark. The mark itself is no text and goes.
RepairedUtf8 decode_text(std::string_view bytes);

/// A page is what its byte order mark says, else UTF-8 if it is well-formed as that, else what its `meta` element says,
/// else windows-1252. Encodings that are none of UTF-8, UTF-16 and windows-1252 (with its subset ISO 8859-1) are read
/// as UTF-8 with repairs.
RepairedUtf8 decode_page(std::string_view bytes);

/// The character that windows-1252 has at a byte of 0x80..0x9F; pages also mean it by a reference such as `&#146;`.
char32_t windows_1252(unsigned char byte);

} // namespace kadesh::readers
