// Bytes to documents: the face of this room.
#pragma once

#include "base/result.hpp"
#include "kadesh/date.hpp"
#include "kadesh/document.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace kadesh {

struct ReadOptions {
    std::optional<Day> fallback_date; ///< for documents that carry no date

    // Budgets. A document beyond one is refused with an Error TooLarge; the next is read where the format allows it.
    std::size_t max_text_bytes = std::size_t{8} << 20;      ///< text of one document
    std::size_t max_document_bytes = std::size_t{64} << 20; ///< one JSON record, unpacked
    std::size_t max_html_bytes = std::size_t{16} << 20;     ///< one HTML page, unpacked
    std::uint64_t max_input_bytes = std::uint64_t{1} << 40; ///< one file, unpacked
    std::size_t max_html_depth = 512;                       ///< elements within elements
    std::size_t max_json_depth = 256;                       ///< arrays and objects within each other
};

/// The documents of one file or stream, in order. What it is (plain text, HTML, JSON Lines, a JSON object or array;
/// each also packed with gzip or zstd) is known by its content; the name only decides where the content leaves it open.
///
/// Memory stays bounded by one document. Not for use by two threads at once.
class DocumentSource {
  public:
    /// Errors: NotFound, Io when the file cannot be opened or is a folder, BadInput when it is empty or of a kind that
    /// Kadesh does not read. All name the file.
    static Result<DocumentSource> open(const std::string& path, const ReadOptions& options = {});

    /// Reads from an open descriptor, which stays the caller's and must outlive the source.
    /// @param name stands for the file's name in ids and messages.
    static Result<DocumentSource> from_descriptor(int descriptor, const std::string& name,
                                                  const ReadOptions& options = {});

    DocumentSource(DocumentSource&&) noexcept;
    DocumentSource& operator=(DocumentSource&&) noexcept;
    ~DocumentSource();

    /// The next document, or why it cannot be read (the message names file and line or record), or nothing at the end.
    /// After an Error the following call goes on with the next record, if there is one.
    std::optional<Result<Document>> next();

    /// How many bytes of the file, as it lies there, have been read so far; 0 for a pipe.
    [[nodiscard]] std::uint64_t position() const;

  private:
    struct State;
    explicit DocumentSource(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace kadesh
