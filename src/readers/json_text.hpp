// Makes JSON that people's programs write acceptable to a strict parser.
#pragma once

#include <cstdint>
#include <string>

namespace kadesh::readers {

/// Replaces malformed UTF-8 and escapes of lone surrogates (`\ud83d` without its partner) by U+FFFD; returns how many.
std::uint32_t repair_json(std::string& json);

} // namespace kadesh::readers
