// Findings as the bytes that users get: records for programs and a report for people. docs/records.md is the contract.
#pragma once

#include "kadesh/annotation.hpp"
#include "kadesh/attribution.hpp"
#include "kadesh/document.hpp"
#include "kadesh/findings.hpp"
#include "kadesh/predicates.hpp"

#include <span>
#include <string>
#include <string_view>

namespace kadesh {

// Every function appends to `out`, depends on nothing but its arguments, and writes offsets in Unicode code points.
// Spans of the findings must lie within the document's text. `coder` names program and artefacts, see Engine::coder().

/// PLOVER event records, one JSON object a line.
void write_plover_events(const Document& document, const Findings& findings, std::string_view coder, std::string& out);

/// Agreement records, one JSON object a line.
void write_agreements(const Document& document, const Findings& findings, std::string_view coder, std::string& out);

/// The header line of the CAMEO table.
void write_cameo_header(std::string& out);
/// Events as rows of a tab-separated table with CAMEO codes; tabs and line ends within fields become spaces.
void write_cameo(const Document& document, const Findings& findings, std::string_view coder, std::string& out);

struct ReportStyle {
    bool colour = false; ///< ANSI colours; otherwise spans stand in brackets
    int width = 100;     ///< columns to wrap at
};
/// A report to read: the sentences that tell something with their spans marked, each event in plain words, then the
/// agreements.
void write_report(const Document& document, const Annotation& annotation, const Findings& findings,
                  const ReportStyle& style, std::string& out);

/// Appends the expressions of time of a document as one JSON object and a line feed: `{"document", "date", "times":
/// [{"start", "end", "text", "value", "from", "to"}]}`, offsets in code points, days inclusive.
void write_times(const Document& document, std::span<const TimeMention> times, std::string& out);

/// Appends the predicates of a document as one JSON object and a line feed: `{"document", "predicates": [{"start",
/// "end", "text", "lemma", "status"}]}`, offsets in code points; `status` is empty for what is asserted.
void write_statuses(const Document& document, std::span<const PredicateStatus> predicates, std::string& out);
/// Appends the attributions of a document as one JSON object and a line feed: `{"document", "attributions": [{"source",
/// "cue", "content", "direct", "depth", "probability"}]}`; a span is `{"start", "end", "text"}`, offsets in code
/// points, `content` a list of spans; `source` is left out where the text names none.
void write_attributions(const Document& document, std::span<const Attribution> attributions, std::string& out);

} // namespace kadesh
