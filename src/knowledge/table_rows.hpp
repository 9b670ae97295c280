// Rows of a knowledge table as they stand in the pack: tab-separated, `#` for remarks, the first line names the
// columns.
#pragma once

#include <string_view>
#include <vector>

namespace kadesh {

using TableFields = std::vector<std::string_view>;

inline void split_fields(std::string_view text, char separator, TableFields& out) {
    out.clear();
    while (true) {
        const std::size_t at = text.find(separator);
        out.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return;
        text.remove_prefix(at + 1);
    }
}

inline std::string_view trim_blanks(std::string_view s) {
    while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\r')) s.remove_suffix(1);
    return s;
}

/// Calls `row(fields)` for each data row of a table; short rows are padded to `columns`.
template <typename Row> void each_table_row(std::string_view table, std::size_t columns, Row row) {
    TableFields fields;
    bool header = true;
    while (!table.empty()) {
        const std::size_t end = table.find('\n');
        const std::string_view line = table.substr(0, end);
        table.remove_prefix(end == std::string_view::npos ? table.size() : end + 1);
        if (line.empty() || line.front() == '#') continue;
        if (header) {
            header = false;
            continue;
        }
        split_fields(line, '\t', fields);
        for (std::string_view& f : fields) f = trim_blanks(f);
        if (fields.size() < columns) fields.resize(columns);
        row(fields);
    }
}

} // namespace kadesh
