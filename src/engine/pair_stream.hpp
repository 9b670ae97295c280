// The questions of `classify`: one JSON object a line.
#pragma once

#include "base/result.hpp"
#include "engine/line_stream.hpp"
#include "kadesh/document.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kadesh {

struct PairQuestion {
    std::string id_json; ///< the id as it stood there, in JSON; empty when there is none
    std::string text;
    TextSpan source, target; ///< bytes of `text`
    std::string problem;     ///< why the line asks nothing; empty when it does
};

/// Reads one line: `{"id", "text", "source": [start, end], "target": [start, end]}`, offsets in code points. A line
/// that cannot be read gives a question with a problem, and with its id where that can be made out.
class PairReader {
  public:
    PairReader();
    ~PairReader();
    PairReader(const PairReader&) = delete;
    PairReader& operator=(const PairReader&) = delete;

    PairQuestion read(std::string_view line);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The questions of many files in order; blank lines ask nothing and are passed over.
class PairStream {
  public:
    /// @param inputs paths, `-` for standard input; must outlive the stream
    explicit PairStream(std::span<const std::string> inputs) : lines_(inputs) {}

    /// The next question (its problem names file and line), or why a file cannot be read, or nothing after the last.
    std::optional<Result<PairQuestion>> next();

  private:
    LineStream lines_;
    PairReader reader_;
};

} // namespace kadesh
