#include "coding/attribution_model.hpp"

#include "base/text_hash.hpp"
#include "knowledge/world.hpp"

#include <charconv>

namespace kadesh {

Result<AttributionModel> AttributionModel::load(const World& world) {
    AttributionModel model;
    std::string_view text = world.table("lexicon/attribution.tsv");
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
        const std::size_t tab = line.find('\t');
        double weight = 0;
        const std::string_view number = tab == std::string_view::npos ? std::string_view{} : line.substr(tab + 1);
        const auto read = std::from_chars(number.data(), number.data() + number.size(), weight);
        if (read.ec != std::errc() || read.ptr != number.data() + number.size())
            return Error{ErrorCode::BadArtefact, "lexicon/attribution.tsv: no weight in '" + std::string(line) + "'"};
        model.set(line.substr(0, tab), weight);
    }
    return model;
}

double AttributionModel::score(const FeatureNames& features) const {
    double sum = 0;
    for (const std::string& f : features)
        if (const auto it = weights_.find(hash64(f)); it != weights_.end()) sum += it->second;
    return sum;
}

bool AttributionModel::knows(std::string_view feature) const {
    return weights_.contains(hash64(feature));
}

void AttributionModel::set(std::string_view feature, double weight) {
    weights_[hash64(feature)] = weight;
}

} // namespace kadesh
