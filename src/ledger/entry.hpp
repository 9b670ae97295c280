// Makes a coded document ready for the ledger: all that can be done before the one writer, on any thread.
#pragma once

#include "kadesh/document.hpp"
#include "kadesh/findings.hpp"
#include "ledger/types.hpp"

#include <span>
#include <string>
#include <string_view>

namespace kadesh::ledger {

/// What tells whether a document of a known id has changed: 16 hexadecimal digits over its fields and text.
std::string content_hash(const Document& document);

/// @param sentences their spans, in order; the findings' sentence numbers are indices
/// @param records the document's event and agreement records as JSON Lines @param coder Engine::coder()
Entry make_entry(const Document& document, std::span<const TextSpan> sentences, const Findings& findings,
                 std::string_view records, std::string_view coder);

} // namespace kadesh::ledger
