// The learned side of classification: which relation stands between two marked participants, and how sure that is.
// A linear model over PairFeatures and averaged word vectors; docs/model-format.md has the file.
#pragma once

#include "base/result.hpp"
#include "coding/pair_features.hpp"
#include "kadesh/annotation.hpp"
#include "kadesh/findings.hpp"
#include "neural/model_file.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace kadesh {

/// What the classifier says of one pair.
struct PairOpinion {
    std::size_t best = 0;             ///< class, see PairClassifier::type
    double confidence = 0;            ///< calibrated: the share of such answers that are right
    std::vector<float> probabilities; ///< one a class, not calibrated
    std::string reason;               ///< the feature that spoke most for `best`, `group:name`; empty if none was known
};

/// Immutable; views the model file, which must outlive it.
class PairClassifier {
  public:
    /// Errors name the file and what is wrong with it.
    static Result<PairClassifier> load(const neural::ModelFile& file);

    [[nodiscard]] PairOpinion judge(const PairFeatures& features, const Annotation& annotation) const;

    [[nodiscard]] std::size_t classes() const { return classes_.size(); }
    /// The event type that a class answers with.
    [[nodiscard]] EventType type(std::size_t of_class) const { return classes_[of_class].type; }
    /// The class of an event type; several types may share one.
    [[nodiscard]] std::size_t class_of(EventType type) const { return class_of_[static_cast<std::size_t>(type)]; }

  private:
    struct Class {
        EventType type;
    };

    PairClassifier() = default;
    [[nodiscard]] std::size_t find_feature(std::uint64_t key) const;
    void add_words(const PairFeatures& features, const Annotation& annotation, std::span<double> scores) const;
    [[nodiscard]] double calibrated(double probability) const;

    std::vector<Class> classes_;
    std::array<std::size_t, kEventTypeCount> class_of_{};
    std::span<const std::uint64_t> feature_keys_; ///< ascending
    const std::int8_t* feature_weights_ = nullptr;
    std::vector<float> feature_scales_;
    std::vector<float> bias_;
    std::span<const std::uint64_t> word_keys_; ///< ascending
    const std::int8_t* word_vectors_ = nullptr;
    std::vector<float> word_scales_;
    std::size_t word_size_ = 0;
    std::vector<WordView> views_;
    std::vector<float> view_weights_;                  ///< [view][word_size][class]
    std::vector<std::pair<float, float>> calibration_; ///< probability → share that is right, ascending
};

} // namespace kadesh
