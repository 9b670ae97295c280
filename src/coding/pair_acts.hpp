// Which of a text's acts is the one between two marked participants.
#pragma once

#include "coding/act.hpp"
#include "coding/act_finder.hpp"
#include "coding/mentions.hpp"
#include "coding/tree.hpp"
#include "knowledge/lexicon.hpp"

#include <vector>

namespace kadesh {

class Attributions;

/// The relation that is asked for: bytes of Document::text. A target that is empty or lies within the source is none.
struct PairSpans {
    TextSpan source;
    TextSpan target;
};

/// An act of the text with how well it fits the pair.
struct RankedAct {
    Act act;
    double fit = 0;         ///< about 5 when both have their parts in it, below 0 when neither has
    bool actor = false;     ///< the source is an actor
    bool recipient = false; ///< the target is a recipient, or the other side of a mutual act
    bool swapped = false;   ///< the target acts, or the source receives
};

/// How well an act with its final type and participants fits the pair.
RankedAct fit_to_pair(Act act, const Tree& tree, const PairSpans& pair);

/// All acts of the text, those without a known participant too, the best fit first; ties in text order.
std::vector<RankedAct> rank_acts(const Tree& tree, const Mentions& mentions, const Lexicon& lexicon,
                                 const Attributions& attributions, const PairSpans& pair);

} // namespace kadesh
