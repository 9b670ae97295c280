// What the classifier of pairs looks at: evidence of the rules, and the words and grammar around two marked
// participants. The trainer (training/coding) reads the same through `pair_features_dump`, so there is one definition.
#pragma once

#include "coding/mentions.hpp"
#include "coding/pair_acts.hpp"
#include "coding/tree.hpp"
#include "knowledge/lexicon.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// Features of one group share a weight; each group's vector has length one.
enum class FeatureGroup : std::uint8_t {
    Rules,      ///< acts that the rules found
    Lexicon,    ///< what the lexicon says of the predicates around the pair, conditions aside
    Predicate,  ///< predicates with the roles that the two have
    Path,       ///< the way between the two in the tree
    Between,    ///< words between and beside the two, they themselves masked
    Sentence,   ///< words of the sentence, the two and names masked
    Participant ///< what kinds of participants the two are
};
inline constexpr std::size_t kFeatureGroups = 7;
std::string_view name(FeatureGroup group);

/// Sets of words whose vectors are averaged.
enum class WordView : std::uint8_t {
    Predicates, ///< predicates that the two are arguments of
    Objects,    ///< what those predicates have besides: objects, complements
    Path,
    Between,
    Sentence,
    Source, ///< the source's own words
    Target
};
inline constexpr std::size_t kWordViews = 7;
std::string_view name(WordView view);

struct PairFeature {
    FeatureGroup group = FeatureGroup::Rules;
    std::string name;
};

/// The number that a model file knows a feature by.
std::uint64_t feature_key(const PairFeature& feature);

struct PairFeatures {
    std::vector<PairFeature> features;                ///< sorted by group and name, each once
    std::array<std::vector<Token>, kWordViews> words; ///< each token once
};

PairFeatures pair_features(const Tree& tree, const Mentions& mentions, const Lexicon& lexicon, const PairSpans& pair,
                           std::span<const RankedAct> acts);

} // namespace kadesh
