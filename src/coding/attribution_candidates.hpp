// What may be cue, source and content of an attribution, and what is seen of each choice. The trainer links this code.
#pragma once

#include "coding/attribution_model.hpp"
#include "coding/quotations.hpp"
#include "coding/tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// A phrase that may be the source of a cue; no head: the cue has none.
struct SourceCandidate {
    Token head = kNoToken;
    TokenRange tokens;
    FeatureNames features;
};

/// Words that may be the content of a cue, in text order; several pieces where the cue stands within.
struct ContentCandidate {
    std::vector<TokenRange> pieces;
    FeatureNames features;
};

/// Asks one document; keeps references to its arguments.
class AttributionCandidates {
  public:
    AttributionCandidates(const Tree& tree, const Quotations& quotations);

    /// "say/V": lemma with its particle, and kind of word. Empty where a token can be no cue.
    [[nodiscard]] std::string cue_name(Token t) const;
    [[nodiscard]] FeatureNames cue_features(Token cue) const;
    [[nodiscard]] std::vector<SourceCandidate> sources(Token cue) const;
    /// @param source the words of the source; empty where there is none
    [[nodiscard]] std::vector<ContentCandidate> contents(Token cue, TokenRange source) const;
    /// The cue with its auxiliaries, adverbs and particle.
    [[nodiscard]] TokenRange cue_words(Token cue) const;

  private:
    struct Edge {
        Token at = 0;
        std::string kind;
        bool adjacent = false; ///< nothing but marks stands between it and the cue or its source
    };

    [[nodiscard]] std::string path_of(Token child) const;
    [[nodiscard]] std::string frame(Token cue) const;
    [[nodiscard]] bool quote_beside(Token cue) const;
    [[nodiscard]] TokenRange trimmed(TokenRange r) const;
    [[nodiscard]] Token trimmed_end(Token first, Token last) const;
    [[nodiscard]] TokenRange zone(Token cue, TokenRange source) const;
    void source_spans(Token cue, Token head, const std::string& path, std::vector<SourceCandidate>& out) const;
    [[nodiscard]] std::vector<Edge> right_starts(Token cue, TokenRange zone) const;
    [[nodiscard]] std::vector<Edge> left_starts(Token cue, TokenRange zone, Token last) const;
    [[nodiscard]] std::vector<Edge> ends(Token cue, Token start, TokenRange zone) const;

    const Tree& tree_;
    const Annotation& a_;
    const Quotations& quotes_;
    std::vector<std::uint8_t> name_type_; ///< token → NameType + 1, 0 outside names
};

} // namespace kadesh
