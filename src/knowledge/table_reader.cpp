#include "knowledge/table_reader.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kadesh {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

void split(std::string_view text, char separator, std::vector<std::string_view>& out) {
    out.clear();
    while (true) {
        const std::size_t end = text.find(separator);
        out.push_back(trimmed(text.substr(0, end)));
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.front() == '-' || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

} // namespace

std::vector<std::string_view> split_list(std::string_view field) {
    std::vector<std::string_view> items;
    split(field, '|', items);
    std::erase(items, std::string_view{});
    return items;
}

std::optional<DayRange> read_days(std::string_view field) {
    std::vector<std::string_view> parts;
    split(field, '-', parts);
    if (parts.size() > 3 || parts[0].size() != 4) return std::nullopt;
    const auto year = digits(parts[0]);
    if (!year) return std::nullopt;
    if (parts.size() == 1) return DayRange::of_year(*year);
    const auto month = parts[1].size() == 2 ? digits(parts[1]) : std::nullopt;
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    if (parts.size() == 2) return DayRange::of_month(*year, *month);
    const auto day = parts[2].size() == 2 ? digits(parts[2]) : std::nullopt;
    if (!day || *day < 1 || *day > 31) return std::nullopt;
    const Day on = Day::of(*year, *month, *day);
    if (on.day() != *day) return std::nullopt;
    return DayRange::on(on);
}

TableReader::TableReader(std::string file, std::string_view text, std::vector<std::string_view> required,
                         std::vector<std::string_view> optional, std::vector<TableProblem>& problems)
    : file_(std::move(file)), rest_(text), problems_(problems) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    std::string_view header;
    if (!next_line(header)) {
        problems_.push_back({file_, 1, "no header line"});
        return;
    }
    std::vector<std::string_view> names;
    split(header, '\t', names);
    bool usable = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool twice = std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
                           names.begin() + static_cast<std::ptrdiff_t>(i);
        if (twice) {
            problems_.push_back({file_, line_, "column " + quoted(names[i]) + " stands twice in the header"});
            usable = false;
        }
        index_.emplace_back(names[i], i);
    }
    for (const std::string_view name : required) {
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        problems_.push_back({file_, line_, "no column " + quoted(name)});
        usable = false;
    }
    for (const std::string_view name : names) {
        if (std::find(required.begin(), required.end(), name) != required.end()) continue;
        if (std::find(optional.begin(), optional.end(), name) != optional.end()) continue;
        problems_.push_back({file_, line_, "unknown column " + quoted(name)});
        usable = false;
    }
    if (usable) columns_ = names.size();
}

bool TableReader::next_line(std::string_view& line) {
    while (!rest_.empty()) {
        const std::size_t end = rest_.find('\n');
        line = rest_.substr(0, end);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
        ++line_;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty() && line.front() != '#') return true;
    }
    return false;
}

bool TableReader::next() {
    std::string_view line;
    while (columns_ > 0 && next_line(line)) {
        split(line, '\t', fields_);
        if (fields_.size() != columns_) {
            bad(std::to_string(fields_.size()) + " fields, the header has " + std::to_string(columns_));
        } else if (!is_valid_utf8(line)) {
            bad("not UTF-8");
        } else {
            return true;
        }
    }
    return false;
}

std::string_view TableReader::operator[](std::string_view column) const {
    for (const auto& [name, at] : index_)
        if (name == column) return fields_[at];
    return {};
}

void TableReader::bad(std::string reason) {
    problems_.push_back({file_, line_, std::move(reason)});
}

std::vector<std::string_view> TableReader::list(std::string_view column) const {
    return split_list((*this)[column]);
}

std::optional<DayRange> TableReader::days(std::string_view column) {
    const std::string_view field = (*this)[column];
    if (field.empty()) return std::nullopt;
    auto range = read_days(field);
    if (!range) bad(std::string(column) + ": " + quoted(field) + " is not a date");
    return range;
}

std::optional<double> TableReader::number(std::string_view column, double least, double most) {
    const std::string_view field = (*this)[column];
    if (field.empty()) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error == std::errc{} && end == field.data() + field.size() && value >= least && value <= most) return value;
    bad(std::string(column) + ": " + quoted(field) + " is not a number in range");
    return std::nullopt;
}

} // namespace kadesh
