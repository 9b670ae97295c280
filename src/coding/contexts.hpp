// PLOVER contexts by weighted cues (data/ontology/contexts.tsv): what a sentence, and the document around it, is about.
#pragma once

#include "base/result.hpp"
#include "kadesh/annotation.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kadesh {

class World;

class ContextTable {
  public:
    static Result<ContextTable> load(const World& world);

    /// Scores of all contexts for tokens [first, last).
    [[nodiscard]] std::vector<double> score(const Annotation& annotation, TokenRange range) const;
    [[nodiscard]] std::string_view name(std::size_t context) const { return names_[context]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

  private:
    struct Cue {
        std::uint32_t context;
        double weight;
    };
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::vector<Cue>> cues_; ///< lower-case lemmas joined by a space
    std::size_t longest_ = 1;                                ///< words of the longest cue
};

} // namespace kadesh
