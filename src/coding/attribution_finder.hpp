// Who says, thinks or asks what: the attributions of a document, with the words of source, cue and content.
#pragma once

#include "coding/attribution_candidates.hpp"
#include "coding/attribution_model.hpp"
#include "coding/tree.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace kadesh {

/// One attribution, in tokens.
struct FoundAttribution {
    Token cue = kNoToken;    ///< the word that decides
    TokenRange cue_words;    ///< with its auxiliaries and particle
    Token source = kNoToken; ///< head of the source; kNoToken: none is told
    TokenRange source_words;
    std::vector<TokenRange> content; ///< in text order
    bool direct = false;             ///< the content is a quotation
    int depth = 0;                   ///< how many other attributions' contents hold the cue
    double probability = 0;          ///< that the cue lays something to somebody

    [[nodiscard]] bool holds(Token t) const {
        for (const TokenRange& p : content)
            if (p.contains(t)) return true;
        return false;
    }
};

/// Cues less probable than this are no attributions when spans are asked for.
inline constexpr double kProbableCue = 0.5;

/// The attributions whose cue is at least so probable, by the place of their cues.
/// @param text Document::text
/// @param settle whether overlapping ones are settled; else all are given, each without regard to the others
std::vector<FoundAttribution> find_attributions(const Tree& tree, std::string_view text, const AttributionModel& model,
                                                double least = kProbableCue, bool settle = true);

/// Of attributions that lay overlapping words to different cues, only one stands: the surer one, or the outer one and
/// what lies within its content. Sets the depths.
void settle_attributions(std::vector<FoundAttribution>& found);

} // namespace kadesh
