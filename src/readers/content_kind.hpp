// Knows what an input is by its first bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kadesh::readers {

enum class ContentKind { PlainText, Html, Json };

/// How many bytes the questions below want to see, if there are so many.
inline constexpr std::size_t kSniffBytes = std::size_t{1} << 16;

/// What the unpacked input that begins with `head` is. The file's name decides only where the content leaves it open.
ContentKind content_kind(std::string_view head, std::string_view name);

/// What the input looks like, when it is nothing that Kadesh reads: `a PDF file`, `an RSS feed`, `binary data`.
std::optional<std::string> unreadable_kind(std::string_view head);

/// Whether bytes, taken as text, are binary data or in an encoding that is not UTF-8; then what they look like.
std::optional<std::string> not_text(std::string_view bytes);

} // namespace kadesh::readers
