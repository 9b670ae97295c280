// Answers as a table for people, JSON Lines or CSV.
#pragma once

#include "kadesh/ledger.hpp"
#include "output.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh::cli {

enum class RowFormat : std::uint8_t { Table, Json, Csv };

/// Columns that a table shows, of those that there are; JSON and CSV carry all.
struct TableColumn {
    std::string_view name;
    std::string_view title;
    std::size_t most = 40; ///< characters
};

/// A sink that writes to standard output; a table is written by finish().
class RowOutput : public RowSink {
  public:
    static std::unique_ptr<RowOutput> make(RowFormat format, std::vector<TableColumn> shown, std::size_t width);
    /// False when something could not be written.
    virtual bool finish() = 0;
    [[nodiscard]] const std::string& problem() const { return output_.problem(); }
    [[nodiscard]] std::size_t rows() const { return rows_; }

  protected:
    Output output_ = Output::standard();
    std::size_t rows_ = 0;
};

/// The characters of a text, UTF-8.
std::size_t characters(std::string_view text);

} // namespace kadesh::cli
