// Reads one hand-kept table: UTF-8 TSV, one header line, `#` starts a comment line, no quoting.
#pragma once

#include "kadesh/date.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// A row that cannot be taken, or a table that cannot be read (line 0 or 1).
struct TableProblem {
    std::string file;
    std::size_t line = 0;
    std::string reason;
};

/// Splits a field's list at `|`; spaces around items are dropped, empty items too.
std::vector<std::string_view> split_list(std::string_view field);

/// The days that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` stands for; nullopt if it is none of them or no day of the calendar.
std::optional<DayRange> read_days(std::string_view field);

/// Views stay valid as long as the text that the reader was made with.
class TableReader {
  public:
    /// @param file name in messages @param text the whole file @param required columns that the header must have
    /// @param optional columns that it may have @param problems where problems go; outlives the reader
    TableReader(std::string file, std::string_view text, std::vector<std::string_view> required,
                std::vector<std::string_view> optional, std::vector<TableProblem>& problems);

    /// Goes to the next row that has as many fields as the header; others are reported and passed over.
    bool next();
    /// Field of the current row; empty when an optional column is absent.
    [[nodiscard]] std::string_view operator[](std::string_view column) const;
    /// Reports the current row.
    void bad(std::string reason);
    [[nodiscard]] std::size_t line() const { return line_; }

    // Fields with a meaning. Each reports a value that it cannot take and then gives the empty one.
    std::vector<std::string_view> list(std::string_view column) const;
    std::optional<DayRange> days(std::string_view column);
    std::optional<double> number(std::string_view column, double least, double most);

  private:
    bool next_line(std::string_view& line);

    std::string file_;
    std::string_view rest_;
    std::size_t line_ = 0;
    std::size_t columns_ = 0; ///< 0: no usable header
    std::vector<std::pair<std::string_view, std::size_t>> index_;
    std::vector<std::string_view> fields_;
    std::vector<TableProblem>& problems_;
};

} // namespace kadesh
