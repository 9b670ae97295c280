#include "row_output.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace kadesh::cli {
namespace {

std::string number_text(double number) {
    if (!std::isfinite(number)) return "0";
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

std::string plain(const Cell& cell, std::string_view separator) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) return std::to_string(*integer);
    if (const auto* number = std::get_if<double>(&cell)) return number_text(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    std::string joined;
    if (const auto* list = std::get_if<std::vector<std::string>>(&cell))
        for (const std::string& item : *list) {
            if (!joined.empty()) joined += separator;
            joined += item;
        }
    return joined;
}

void append_json(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", byte);
            out += escape.data();
        } else {
            out += c;
        }
    }
    out += '"';
}

class JsonRows final : public RowOutput {
  public:
    void columns(std::span<const std::string_view> names) override { names_.assign(names.begin(), names.end()); }
    bool row(std::span<const Cell> cells) override {
        line_ = "{";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (std::holds_alternative<std::monostate>(cells[i])) continue; // absent, as in records
            if (line_.size() > 1) line_ += ',';
            append_json(line_, names_[i]);
            line_ += ':';
            if (const auto* list = std::get_if<std::vector<std::string>>(&cells[i])) {
                line_ += '[';
                for (std::size_t item = 0; item < list->size(); ++item) {
                    if (item > 0) line_ += ',';
                    append_json(line_, (*list)[item]);
                }
                line_ += ']';
            } else if (const auto* text = std::get_if<std::string>(&cells[i])) {
                append_json(line_, *text);
            } else {
                line_ += plain(cells[i], {});
            }
        }
        line_ += "}\n";
        ++rows_;
        return output_.write(line_);
    }
    bool finish() override { return output_.flush(); }

  private:
    std::vector<std::string> names_;
    std::string line_;
};

class CsvRows final : public RowOutput {
  public:
    void columns(std::span<const std::string_view> names) override {
        std::string line;
        for (const std::string_view name : names) add(line, std::string(name));
        output_.write(line + "\n");
    }
    bool row(std::span<const Cell> cells) override {
        std::string line;
        bool first = true;
        for (const Cell& cell : cells) {
            if (!first && line.empty())
                line = ",";
            else if (!first)
                line += ',';
            first = false;
            quote(line, plain(cell, "|"));
        }
        ++rows_;
        return output_.write(line + "\n");
    }
    bool finish() override { return output_.flush(); }

  private:
    static void quote(std::string& line, const std::string& text) {
        if (text.find_first_of(",\"\r\n") == std::string::npos) {
            line += text;
            return;
        }
        line += '"';
        for (const char c : text) {
            if (c == '"') line += '"';
            line += c;
        }
        line += '"';
    }
    static void add(std::string& line, const std::string& text) {
        if (!line.empty()) line += ',';
        quote(line, text);
    }
};

/// Cut to so many characters, with an ellipsis.
std::string cut(const std::string& text, std::size_t most) {
    if (characters(text) <= most) return text;
    std::string kept;
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size() && count + 1 < most; ++count) {
        std::size_t end = i + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        kept.append(text, i, end - i);
        i = end;
    }
    return kept + "…";
}

class TableRows final : public RowOutput {
  public:
    TableRows(std::vector<TableColumn> shown, std::size_t width) : shown_(std::move(shown)), width_(width) {}

    void columns(std::span<const std::string_view> names) override {
        for (const TableColumn& column : shown_) {
            const auto found = std::ranges::find(names, column.name);
            places_.push_back(static_cast<std::size_t>(found - names.begin()));
            widths_.push_back(column.title.size());
        }
    }
    bool row(std::span<const Cell> cells) override {
        std::vector<std::string> row;
        for (std::size_t i = 0; i < shown_.size(); ++i) {
            std::string text = places_[i] < cells.size() ? plain(cells[places_[i]], " ") : std::string();
            for (char& c : text)
                if (static_cast<unsigned char>(c) < 0x20) c = ' ';
            const bool last = i + 1 == shown_.size();
            if (!last) text = cut(text, shown_[i].most);
            widths_[i] = std::max(widths_[i], last ? 0 : characters(text));
            row.push_back(std::move(text));
        }
        table_.push_back(std::move(row));
        ++rows_;
        return true;
    }
    bool finish() override {
        if (table_.empty()) return output_.flush();
        std::string line;
        for (std::size_t i = 0; i < shown_.size(); ++i) add(line, i, std::string(shown_[i].title));
        output_.write(line + "\n");
        for (const auto& row : table_) {
            line.clear();
            for (std::size_t i = 0; i < row.size(); ++i) add(line, i, row[i]);
            if (!output_.write(line + "\n")) return false;
        }
        return output_.flush();
    }

  private:
    void add(std::string& line, std::size_t column, const std::string& text) const {
        if (column + 1 == shown_.size()) {
            const std::size_t used = characters(line);
            line += cut(text, used + 10 < width_ ? width_ - used : 10);
            return;
        }
        line += text;
        line.append(widths_[column] - characters(text) + 2, ' ');
    }

    std::vector<TableColumn> shown_;
    std::size_t width_;
    std::vector<std::size_t> places_, widths_;
    std::vector<std::vector<std::string>> table_;
};

} // namespace

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::unique_ptr<RowOutput> RowOutput::make(RowFormat format, std::vector<TableColumn> shown, std::size_t width) {
    switch (format) {
    case RowFormat::Json: return std::make_unique<JsonRows>();
    case RowFormat::Csv: return std::make_unique<CsvRows>();
    case RowFormat::Table: break;
    }
    return std::make_unique<TableRows>(std::move(shown), width);
}

} // namespace kadesh::cli
