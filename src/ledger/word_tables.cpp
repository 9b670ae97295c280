#include "ledger/word_tables.hpp"

#include "base/text_hash.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string>
#include <vector>

namespace kadesh::ledger {
namespace {

#include "ledger/word_tables.inc"

/// Calls `each` with the rows of a table but its header.
template <typename Each> void for_rows(std::string_view table, Each each) {
    bool header = true; // the first row that is no comment
    while (!table.empty()) {
        const std::size_t end = table.find('\n');
        const std::string_view row = table.substr(0, end);
        table = end == std::string_view::npos ? std::string_view() : table.substr(end + 1);
        if (row.empty() || row.front() == '#') continue;
        if (!header) each(row);
        header = false;
    }
}

std::vector<std::string> columns(std::string_view row) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at <= row.size();) {
        const std::size_t tab = std::min(row.find('\t', at), row.size());
        found.emplace_back(row.substr(at, tab - at));
        at = tab + 1;
    }
    return found;
}

/// Scores by "TYPE" and "TYPE mode".
const std::unordered_map<std::string, double>& scores() {
    static const auto map = [] {
        std::unordered_map<std::string, double> made;
        for_rows(kTypeTable, [&](std::string_view row) {
            const auto fields = columns(row);
            if (fields.size() > 3) made[fields[0]] = std::strtod(fields[3].c_str(), nullptr);
        });
        for_rows(kModeTable, [&](std::string_view row) {
            const auto fields = columns(row);
            if (fields.size() > 2) made[fields[0] + ' ' + fields[1]] = std::strtod(fields[2].c_str(), nullptr);
        });
        return made;
    }();
    return map;
}

} // namespace

const std::unordered_set<std::string_view>& function_words() {
    static const auto words = [] {
        std::unordered_set<std::string_view> set;
        for_rows(kFunctionWordTable, [&](std::string_view row) { set.insert(row); });
        return set;
    }();
    return words;
}

const std::unordered_map<std::uint32_t, std::uint8_t>& word_weights() {
    static const auto weights = [] {
        std::unordered_map<std::uint32_t, std::uint8_t> map;
        for_rows(kWordWeightTable, [&](std::string_view row) {
            const std::size_t tab = row.find('\t');
            if (tab == std::string_view::npos) return;
            int weight = 0;
            std::from_chars(row.data() + tab + 1, row.data() + row.size(), weight);
            map.emplace(static_cast<std::uint32_t>(hash64(row.substr(0, tab)) >> 32),
                        static_cast<std::uint8_t>(std::clamp(weight, 1, 100)));
        });
        return map;
    }();
    return weights;
}

const std::unordered_map<std::string_view, std::string_view>& quantity_words() {
    static const auto words = [] {
        std::unordered_map<std::string_view, std::string_view> map;
        for_rows(kQuantityTable, [&](std::string_view row) {
            const std::size_t tab = row.find('\t');
            if (tab == std::string_view::npos) return;
            const std::string_view quantity = row.substr(0, tab);
            for (std::string_view rest = row.substr(tab + 1); !rest.empty();) {
                const std::size_t bar = rest.find('|');
                map.emplace(rest.substr(0, bar), quantity);
                rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
            }
        });
        return map;
    }();
    return words;
}

std::optional<double> plover_score(std::string_view type, std::string_view mode) {
    const auto exact = scores().find(std::string(type) + ' ' + std::string(mode));
    if (exact != scores().end()) return exact->second;
    const auto plain = scores().find(std::string(type));
    return plain == scores().end() ? std::nullopt : std::optional(plain->second);
}

bool is_mode(std::string_view type, std::string_view mode) {
    return scores().contains(std::string(type) + ' ' + std::string(mode));
}

} // namespace kadesh::ledger
