#include "kadesh/findings.hpp"

#include <array>

namespace kadesh {

namespace {

constexpr std::array<std::string_view, kEventTypeCount> kTypeNames = {
    "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};

} // namespace

std::string_view name(EventType type) {
    return kTypeNames[static_cast<std::size_t>(type)];
}

std::optional<EventType> event_type_from(std::string_view name) {
    for (std::size_t i = 0; i < kTypeNames.size(); ++i)
        if (kTypeNames[i] == name) return static_cast<EventType>(i);
    return std::nullopt;
}

int quad_code(EventType type) {
    if (type <= EventType::Concede) return 1;
    if (type <= EventType::Retreat) return 2;
    if (type <= EventType::Threaten) return 3;
    return 4;
}

} // namespace kadesh
