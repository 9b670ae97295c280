// What the classifier of pairs makes of the acts that the rules found: it bears them out, or not. It never changes a
// type: where the two differ in running text the rules are right more often (docs/accuracy.md).
#pragma once

#include "coding/act.hpp"
#include "coding/mentions.hpp"
#include "coding/pair_classifier.hpp"
#include "coding/tree.hpp"
#include "knowledge/lexicon.hpp"

#include <optional>
#include <span>

namespace kadesh {

class SecondOpinion {
  public:
    /// @param acts of the document, with their final types; all arguments must outlive the object
    SecondOpinion(const PairClassifier& classifier, const Tree& tree, const Mentions& mentions, const Lexicon& lexicon,
                  std::span<const Act> acts)
        : classifier_(classifier), tree_(tree), mentions_(mentions), lexicon_(lexicon), acts_(acts) {}

    /// Nothing for an act without a participant whose words stand in its sentence.
    [[nodiscard]] std::optional<PairOpinion> of(const Act& act) const;
    /// How sure an event of this act is, given the rules' own `confidence` in it.
    [[nodiscard]] double confidence(const Act& act, double confidence) const;

  private:
    const PairClassifier& classifier_;
    const Tree& tree_;
    const Mentions& mentions_;
    const Lexicon& lexicon_;
    std::span<const Act> acts_;
};

} // namespace kadesh
