#include "coding/pair_classifier.hpp"

#include "base/ascii.hpp"
#include "base/text_hash.hpp"
#include "neural/aligned_buffer.hpp"
#include "neural/kernels.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace kadesh {

namespace {

constexpr std::uint32_t kMostClasses = 64;
constexpr std::uint32_t kLongestVector = 1024;

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::span<const std::uint64_t> numbers(const neural::Section& section) {
    return {reinterpret_cast<const std::uint64_t*>(section.bytes.data()), section.bytes.size() / sizeof(std::uint64_t)};
}

/// The place of a key in an ascending list, or its size.
std::size_t place_of(std::span<const std::uint64_t> keys, std::uint64_t key) {
    const auto it = std::lower_bound(keys.begin(), keys.end(), key);
    return it != keys.end() && *it == key ? static_cast<std::size_t>(it - keys.begin()) : keys.size();
}

std::optional<WordView> view_from(std::string_view word) {
    for (std::size_t v = 0; v < kWordViews; ++v)
        if (name(static_cast<WordView>(v)) == word) return static_cast<WordView>(v);
    return std::nullopt;
}

} // namespace

Result<PairClassifier> PairClassifier::load(const neural::ModelFile& file) {
    const auto damaged = [&](const std::string& what) {
        return Error{ErrorCode::BadArtefact, file.name() + ": " + what};
    };
    PairClassifier c;

    const Result<std::string_view> labels = file.text("labels");
    if (!labels) return labels.error();
    c.class_of_.fill(kEventTypeCount);
    for (const std::string_view line : lines_of(*labels)) {
        // The first type is what the class answers with; the rest share it.
        std::optional<EventType> first;
        for (std::string_view rest = line; !rest.empty();) {
            const std::size_t end = std::min(rest.find(' '), rest.size());
            const std::optional<EventType> type = event_type_from(rest.substr(0, end));
            if (!type) return damaged("section labels: no event type in '" + std::string(line) + "'");
            if (!first) first = type;
            c.class_of_[static_cast<std::size_t>(*type)] = c.classes_.size();
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        c.classes_.push_back({*first});
    }
    if (c.classes_.empty() || c.classes_.size() > kMostClasses) return damaged("section labels: too few or too many");
    for (const std::size_t of_type : c.class_of_)
        if (of_type == kEventTypeCount) return damaged("section labels: an event type is missing");
    const auto classes = static_cast<std::uint32_t>(c.classes_.size());

    // Keys with a row of small integers each, and a scale a row.
    const auto table = [&](const std::string& noun, std::span<const std::uint64_t>& keys, const std::string& rows,
                           std::uint32_t width, const std::int8_t*& values,
                           std::vector<float>& scales) -> std::optional<Error> {
        const neural::Section* const found = file.find(noun + ".keys");
        if (found == nullptr) return damaged("section " + noun + ".keys is missing");
        const std::uint32_t count = found->dims[0];
        const auto key_section = file.tensor(noun + ".keys", neural::DType::U64, {count});
        if (!key_section) return key_section.error();
        keys = numbers(**key_section);
        if (std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) != keys.end())
            return damaged("section " + noun + ".keys: not ascending");
        const auto row_section = file.tensor(noun + '.' + rows, neural::DType::I8, {count, width});
        if (!row_section) return row_section.error();
        values = reinterpret_cast<const std::int8_t*>((*row_section)->bytes.data());
        auto scale = file.floats(noun + '.' + rows + ".scale", {count});
        if (!scale) return scale.error();
        scales = std::move(scale).value();
        return std::nullopt;
    };
    if (auto error = table("features", c.feature_keys_, "weights", classes, c.feature_weights_, c.feature_scales_))
        return *error;
    auto bias = file.floats("bias", {classes});
    if (!bias) return bias.error();
    c.bias_ = std::move(bias).value();

    const auto size = file.config_number("vector", kLongestVector);
    if (!size) return size.error();
    c.word_size_ = *size;
    if (auto error = table("words", c.word_keys_, "vectors", *size, c.word_vectors_, c.word_scales_)) return *error;
    const Result<std::string_view> views = file.text("views");
    if (!views) return views.error();
    for (const std::string_view line : lines_of(*views)) {
        const std::optional<WordView> view = view_from(line);
        if (!view) return damaged("section views: unknown view '" + std::string(line) + "'");
        c.views_.push_back(*view);
    }
    auto weights = file.floats("views.weights", {static_cast<std::uint32_t>(c.views_.size()), *size, classes});
    if (!weights) return weights.error();
    c.view_weights_ = std::move(weights).value();

    const neural::Section* const knots = file.find("calibration");
    if (knots == nullptr || knots->dims[0] < 2) return damaged("section calibration: missing or too short");
    const auto curve = file.floats("calibration", {knots->dims[0], 2});
    if (!curve) return curve.error();
    for (std::size_t i = 0; i + 1 < curve->size(); i += 2) c.calibration_.emplace_back((*curve)[i], (*curve)[i + 1]);
    for (std::size_t i = 0; i < c.calibration_.size(); ++i) {
        const auto [x, y] = c.calibration_[i];
        const bool rises = i == 0 || (x > c.calibration_[i - 1].first && y >= c.calibration_[i - 1].second);
        if (!rises || !(x >= 0) || !(x <= 1) || !(y >= 0) || !(y <= 1))
            return damaged("section calibration: no rising curve from 0 to 1");
    }
    return c;
}

std::size_t PairClassifier::find_feature(std::uint64_t key) const {
    return place_of(feature_keys_, key);
}

double PairClassifier::calibrated(double p) const {
    if (p <= calibration_.front().first) return calibration_.front().second;
    for (std::size_t i = 1; i < calibration_.size(); ++i) {
        const auto [x0, y0] = calibration_[i - 1];
        const auto [x1, y1] = calibration_[i];
        if (p <= x1) return y0 + (p - x0) / (x1 - x0) * (y1 - y0);
    }
    return calibration_.back().second;
}

void PairClassifier::add_words(const PairFeatures& features, const Annotation& a, std::span<double> scores) const {
    std::vector<double> mean(word_size_);
    for (std::size_t v = 0; v < views_.size(); ++v) {
        std::fill(mean.begin(), mean.end(), 0.0);
        for (const Token t : features.words[static_cast<std::size_t>(views_[v])]) {
            const std::size_t at = place_of(word_keys_, hash64(lower_ascii(a.form[t])));
            if (at == word_keys_.size()) continue;
            const std::int8_t* const row = word_vectors_ + at * word_size_;
            for (std::size_t i = 0; i < word_size_; ++i) mean[i] += static_cast<double>(word_scales_[at]) * row[i];
        }
        double length = 0;
        for (const double x : mean) length += x * x;
        if (length <= 0) continue;
        length = std::sqrt(length);
        const float* weights = view_weights_.data() + v * word_size_ * classes();
        for (std::size_t i = 0; i < word_size_; ++i, weights += classes())
            for (std::size_t k = 0; k < classes(); ++k) scores[k] += mean[i] / length * static_cast<double>(weights[k]);
    }
}

PairOpinion PairClassifier::judge(const PairFeatures& features, const Annotation& annotation) const {
    std::vector<double> scores(bias_.begin(), bias_.end());
    std::vector<std::size_t> rows(features.features.size());
    std::array<std::size_t, kFeatureGroups> known{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i] = find_feature(feature_key(features.features[i]));
        if (rows[i] < feature_keys_.size()) ++known[static_cast<std::size_t>(features.features[i].group)];
    }
    // Each group's known features together have length one.
    const auto weight = [&](std::size_t i, std::size_t k) {
        const auto group = static_cast<std::size_t>(features.features[i].group);
        return static_cast<double>(feature_scales_[rows[i]]) * feature_weights_[rows[i] * classes() + k] /
               std::sqrt(static_cast<double>(known[group]));
    };
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i] < feature_keys_.size())
            for (std::size_t k = 0; k < classes(); ++k) scores[k] += weight(i, k);
    add_words(features, annotation, scores);

    PairOpinion opinion;
    neural::AlignedBuffer<float> x(neural::padded(classes()));
    for (std::size_t k = 0; k < classes(); ++k) x.data()[k] = static_cast<float>(scores[k]);
    neural::softmax(x.data(), classes(), 1.0F, nullptr);
    opinion.probabilities.assign(x.data(), x.data() + classes());
    opinion.best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
    opinion.confidence = calibrated(static_cast<double>(opinion.probabilities[opinion.best]));
    double most = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        // What the rules say and who the two are is no reason of its own.
        const PairFeature& f = features.features[i];
        if (rows[i] == feature_keys_.size() || f.group == FeatureGroup::Rules || f.group == FeatureGroup::Participant)
            continue;
        if (const double here = weight(i, opinion.best); here > most) {
            most = here;
            opinion.reason = std::string(name(f.group)) + ':' + f.name;
        }
    }
    return opinion;
}

} // namespace kadesh
