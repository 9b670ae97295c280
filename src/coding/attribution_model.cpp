#include "coding/attribution_model.hpp"

#include "base/text_hash.hpp"
#include "knowledge/world.hpp"

#include <algorithm>
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
        if (const Slot* const slot = find(hash64(f)); slot != nullptr) sum += slot->weight;
    return sum;
}

bool AttributionModel::knows(std::string_view feature) const {
    return find(hash64(feature)) != nullptr;
}

void AttributionModel::set(std::string_view feature, double weight) {
    if (2 * (filled_ + 1) > slots_.size()) grow();
    const std::uint64_t key = hash64(feature);
    std::size_t at = key & (slots_.size() - 1);
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].key == 0) ++filled_;
    slots_[at] = {key, weight};
}

const AttributionModel::Slot* AttributionModel::find(std::uint64_t key) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t at = key & (slots_.size() - 1); slots_[at].key != 0; at = (at + 1) & (slots_.size() - 1))
        if (slots_[at].key == key) return &slots_[at];
    return nullptr;
}

void AttributionModel::grow() {
    std::vector<Slot> old(std::max<std::size_t>(64, 2 * slots_.size()));
    std::swap(old, slots_);
    for (const Slot& slot : old) {
        if (slot.key == 0) continue;
        std::size_t at = slot.key & (slots_.size() - 1);
        while (slots_[at].key != 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = slot;
    }
}

} // namespace kadesh
