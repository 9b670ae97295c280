// An act found in a clause, on its way to become an event record.
#pragma once

#include "kadesh/annotation.hpp"
#include "kadesh/findings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

struct Act {
    Token trigger = kNoToken; ///< the predicate that names the act
    Token carrier =
        kNoToken; ///< the verb whose tense, negation and clause are the act's (itself, a light verb or an operator)
    TokenRange trigger_tokens; ///< the words that name it, compound and particle included
    EventType type = EventType::Consult;
    std::string_view mode;
    std::string_view cameo;
    std::vector<std::string_view> contexts;
    std::vector<Entity> actors;
    std::vector<Entity> recipients;
    std::vector<Token> objects; ///< fillers that are things, not entities (an agreement, weapons), heads
    bool reciprocal = false;
    std::uint8_t auxiliary = 0;
    bool settled = false;      ///< an operator has decided its status: tense is not asked again
    bool partner_only = false; ///< a mutual act of which only the other side is named ("talks with X")
    bool anaphoric = false;    ///< its participants were taken from an earlier act that it names again ("the invasion")
    std::vector<Entity> alleged_by;
    double confidence = 0.8;
    std::string rule;
};

} // namespace kadesh
