#include "coding/time_words.hpp"

#include "base/ascii.hpp"
#include "knowledge/table_rows.hpp"
#include "knowledge/world.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace kadesh {

namespace {

constexpr std::string_view kTable = "lexicon/times.tsv";

constexpr std::array<std::pair<std::string_view, TimeWord>, 17> kKinds = {{{"month", TimeWord::Month},
                                                                           {"weekday", TimeWord::Weekday},
                                                                           {"number", TimeWord::Number},
                                                                           {"ordinal", TimeWord::Ordinal},
                                                                           {"unit", TimeWord::Unit},
                                                                           {"measured", TimeWord::Measured},
                                                                           {"part", TimeWord::Part},
                                                                           {"season", TimeWord::Season},
                                                                           {"decade", TimeWord::Decade},
                                                                           {"reference", TimeWord::Reference},
                                                                           {"repeated", TimeWord::Repeated},
                                                                           {"holiday", TimeWord::Holiday},
                                                                           {"zone", TimeWord::Zone},
                                                                           {"ahead", TimeWord::Ahead},
                                                                           {"looks ahead", TimeWord::LooksAhead},
                                                                           {"deadline", TimeWord::Deadline},
                                                                           {"direction", TimeWord::Direction}}};

} // namespace

Result<TimeWords> TimeWords::load(const World& world) {
    TimeWords out;
    std::optional<Error> fault;
    each_table_row(world.table(kTable), 3, [&](const TableFields& row) {
        const std::string_view word = row[0];
        const auto* const kind =
            std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& k) { return k.first == row[1]; });
        if (word.empty() || kind == kKinds.end()) {
            fault = Error{ErrorCode::BadArtefact, std::string(kTable) + ": bad row of '" + std::string(word) + "'"};
            return;
        }
        out.words_[word].emplace_back(kind->second, row[2]);
        out.longest_ = std::max(out.longest_, 1 + static_cast<int>(std::count(word.begin(), word.end(), ' ')));
    });
    if (fault) return *fault;
    return out;
}

std::optional<std::string_view> TimeWords::find(TimeWord kind, std::string_view word) const {
    const auto it = words_.find(word);
    if (it == words_.end()) return std::nullopt;
    for (const auto& [known, value] : it->second)
        if (known == kind) return value;
    return std::nullopt;
}

std::optional<int> TimeWords::number(TimeWord kind, std::string_view word) const {
    const auto value = find(kind, word);
    return value ? whole_number(*value) : std::nullopt;
}

std::string plain_time_word(std::string_view form) {
    std::string out = lower_ascii(form);
    while (out.size() > 1 && out.back() == '.') out.pop_back();
    return out;
}

std::pair<std::string_view, int> sign_and_number(std::string_view value) {
    const std::size_t bar = value.find('|');
    if (bar == std::string_view::npos) return {value, 0};
    return {value.substr(0, bar), whole_number(value.substr(bar + 1)).value_or(0)};
}

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty() || value < 0) return std::nullopt;
    return value;
}

} // namespace kadesh
