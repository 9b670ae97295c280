// What PLOVER's precedence makes of an act once its truth status is known: future cooperation is AGREE, an announced
// withdrawal CONCEDE, a refusal REJECT, an obligation laid on another REQUEST, one's own hostile intent THREATEN.
#pragma once

#include "coding/act.hpp"
#include "coding/tree.hpp"
#include "knowledge/lexicon.hpp"

#include <vector>

namespace kadesh {

/// Applies PLOVER's precedence (manual 3.1.1, 3.4.2): a future cooperative act is AGREE, a future retreat CONCEDE.
/// Returns true when the act became another.
bool settle_future(Act& act, const Lexicon& lexicon);

/// "Will not join", "would not hand over": a cooperative act that is not to be is a refusal. Returns true when the act
/// became REJECT.
bool settle_refusal(Act& act, const Lexicon& lexicon);

/// "X says Y must leave": an obligation laid on another is a request (manual 3.8). The speaker becomes the actor.
bool settle_obligation(Act& act, const Tree& tree, const std::vector<Entity>& sources, const Lexicon& lexicon);

/// A hostile act that its own side says it would or will do is a threat (manual 2.3). The speaker becomes the actor.
/// Returns true when the act became THREATEN.
bool settle_threat(Act& act, const Tree& tree, const std::vector<Entity>& sources, const Lexicon& lexicon);

/// All of these in their order of precedence. Returns true when the act became a threat.
bool settle(Act& act, const Tree& tree, const std::vector<Entity>& sources, const Lexicon& lexicon);

} // namespace kadesh
