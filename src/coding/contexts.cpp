#include "coding/contexts.hpp"

#include "knowledge/world.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace kadesh {

Result<ContextTable> ContextTable::load(const World& world) {
    ContextTable table;
    std::string_view text = world.table("ontology/contexts.tsv");
    std::unordered_map<std::string, std::uint32_t> index;
    bool header = true;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty() || line.front() == '#') continue;
        if (header) {
            header = false;
            continue;
        }
        const std::size_t a = line.find('\t');
        const std::size_t b = a == std::string_view::npos ? a : line.find('\t', a + 1);
        if (b == std::string_view::npos)
            return Error{ErrorCode::BadArtefact,
                         "ontology/contexts.tsv: row without three columns: " + std::string(line)};
        const std::string context(line.substr(0, a));
        const std::string cue(line.substr(a + 1, b - a - 1));
        const std::string_view weight_text = line.substr(b + 1);
        double weight = 1;
        std::from_chars(weight_text.data(), weight_text.data() + weight_text.size(), weight);
        auto [it, added] = index.emplace(context, static_cast<std::uint32_t>(table.names_.size()));
        if (added) table.names_.push_back(context);
        table.cues_[cue].push_back({it->second, weight});
        table.longest_ =
            std::max(table.longest_, static_cast<std::size_t>(std::count(cue.begin(), cue.end(), ' ')) + 1);
    }
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
