// Who says so: the sources that an act is laid to, from the innermost to the outermost.
#pragma once

#include "coding/act.hpp"
#include "coding/attribution_finder.hpp"
#include "coding/mentions.hpp"
#include "coding/tree.hpp"
#include "knowledge/lexicon.hpp"

#include <string_view>
#include <vector>

namespace kadesh {

/// The attributions of one document, to be asked word by word. Keeps references to tree and lexicon.
class Attributions {
  public:
    /// @param text Document::text
    Attributions(const Tree& tree, std::string_view text, const AttributionModel& model, const Lexicon& lexicon);

    /// Sources of what the clause of `token` says, each with its cue; empty when the document itself asserts it. Only
    /// cues that report count: who merely wants or praises something does not vouch for it.
    [[nodiscard]] std::vector<Entity> of(Token token, const Mentions& mentions) const;

  private:
    [[nodiscard]] bool reports(const FoundAttribution& found) const;

    const Tree& tree_;
    const Lexicon& lexicon_;
    std::vector<FoundAttribution> reports_;
};

} // namespace kadesh
