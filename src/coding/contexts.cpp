#include "coding/contexts.hpp"

#include "knowledge/table_rows.hpp"
#include "knowledge/world.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace kadesh {

namespace {

constexpr std::string_view kTable = "ontology/contexts.tsv";

} // namespace

Result<ContextTable> ContextTable::load(const World& world) {
    ContextTable table;
    std::unordered_map<std::string, std::uint32_t> index;
    std::optional<Error> fault;
    each_table_row(world.table(kTable), 3, [&](const TableFields& row) {
        const std::string context(row[0]);
        const std::string cue(row[1]);
        double weight = 1;
        if (cue.empty() || std::from_chars(row[2].data(), row[2].data() + row[2].size(), weight).ec != std::errc()) {
            fault = Error{ErrorCode::BadArtefact, std::string(kTable) + ": no weight: " + context + '\t' + cue};
            return;
        }
        const auto [it, added] = index.emplace(context, static_cast<std::uint32_t>(table.names_.size()));
        if (added) table.names_.push_back(context);
        table.cues_[cue].push_back({it->second, weight});
        table.longest_ =
            std::max(table.longest_, static_cast<std::size_t>(std::count(cue.begin(), cue.end(), ' ')) + 1);
    });
    if (fault) return *fault;
    table.longest_ = std::min<std::size_t>(table.longest_, 4);
    return table;
}

std::vector<double> ContextTable::score(const Annotation& annotation, TokenRange range) const {
    std::vector<double> scores(names_.size(), 0.0);
    std::string key;
    for (Token t = range.first; t < range.last; ++t) {
        key.clear();
        for (std::size_t n = 0; n < longest_ && t + n < range.last; ++n) {
            if (n > 0) key += ' ';
            for (const char c : annotation.lemma[t + n])
                key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            const auto it = cues_.find(key);
            if (it == cues_.end()) continue;
            for (const Cue& cue : it->second) scores[cue.context] += cue.weight;
        }
    }
    return scores;
}

} // namespace kadesh
