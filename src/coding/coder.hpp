// The coding room's face: an annotated document in, findings out.
#pragma once

#include "base/result.hpp"
#include "coding/attribution_model.hpp"
#include "coding/contexts.hpp"
#include "coding/pair_classifier.hpp"
#include "coding/pair_features.hpp"
#include "coding/place_names.hpp"
#include "coding/time_words.hpp"
#include "kadesh/annotation.hpp"
#include "kadesh/attribution.hpp"
#include "kadesh/document.hpp"
#include "kadesh/findings.hpp"
#include "kadesh/predicates.hpp"
#include "knowledge/lexicon.hpp"
#include "knowledge/place_resolver.hpp"
#include "knowledge/world.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kadesh {

struct CodeOptions {
    std::optional<Day> fallback_date; ///< for documents without a date of their own
    double min_confidence = 0;        ///< events below it are left out
};

/// A place that a text names, and which of the world's it may be, likeliest first.
struct ResolvedPlace {
    PlaceName name;
    std::vector<PlaceCandidate> candidates;
};

/// The relation between two marked participants of a text.
struct Classification {
    std::optional<EventType> type;
    std::string mode;
    std::string cameo;
    double confidence = 0;
    std::string rule;
};

/// Const and shared by all threads. The World and the classifier must outlive it.
class Coder {
  public:
    /// @param classifier nullptr: rules alone
    static Result<Coder> load(const World& world, const PairClassifier* classifier = nullptr);

    [[nodiscard]] Findings code(const Document& document, const Annotation& annotation,
                                const CodeOptions& options) const;

    /// What `source` does to `target`; always answers, without a classifier only when the text holds any act at all.
    /// The rule tells who decided: `verb:sign#5` where the classifier bears the rules out, else `classifier(...)`.
    /// @param source,target bytes of Document::text
    [[nodiscard]] Classification classify(const Document& document, const Annotation& annotation, TextSpan source,
                                          TextSpan target, bool rules_only = false) const;
    /// The expressions of time that can be resolved, in text order; `fallback` is for documents without a date.
    [[nodiscard]] std::vector<TimeMention> times(const Document& document, const Annotation& annotation,
                                                 std::optional<Day> fallback) const;
    /// Whether the predicates of a text are told as done, in text order.
    [[nodiscard]] std::vector<PredicateStatus> statuses(const Annotation& annotation) const;
    /// Who is said to say, think or ask what, in the order of the cues.
    [[nodiscard]] std::vector<Attribution> attributions(const Document& document, const Annotation& annotation) const;
    /// What the classifier of pairs sees; for its training.
    [[nodiscard]] PairFeatures features(const Document& document, const Annotation& annotation,
                                        const PairSpans& pair) const;

    /// Where the text names places, in order, and which they may be.
    [[nodiscard]] std::vector<ResolvedPlace> places(const Document& document, const Annotation& annotation) const;

  private:
    Coder(const World& world, const PairClassifier* classifier, Lexicon lexicon, ContextTable contexts,
          PlaceResolver resolver, TimeWords time_words, AttributionModel attributions);

    const World* world_;
    const PairClassifier* classifier_;
    Lexicon lexicon_;
    ContextTable contexts_;
    PlaceResolver resolver_;
    TimeWords time_words_;
    AttributionModel attributions_;
};

} // namespace kadesh
