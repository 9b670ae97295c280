#include "coding/attribution_model.hpp"

#include "base/text_hash.hpp"
#include "knowledge/table_rows.hpp"
#include "knowledge/world.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kadesh {

namespace {

constexpr std::string_view kTable = "lexicon/attribution.tsv";

} // namespace

Result<AttributionModel> AttributionModel::load(const World& world) {
    AttributionModel model;
    std::optional<Error> fault;
    each_table_row(world.table(kTable), 2, [&](const TableFields& row) {
        double weight = 0;
        const auto read = std::from_chars(row[1].data(), row[1].data() + row[1].size(), weight);
        if (row[1].empty() || read.ec != std::errc() || read.ptr != row[1].data() + row[1].size())
            fault = Error{ErrorCode::BadArtefact, std::string(kTable) + ": no weight of '" + std::string(row[0]) + "'"};
        else
            model.set(row[0], weight);
    });
    if (fault) return *fault;
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
