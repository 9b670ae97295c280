// How a text comes to name a place.
#pragma once

#include <cstdint>

namespace kadesh {

enum class PlaceUse : std::uint8_t {
    Place,  ///< "in Huntsville", "Iran said"
    Name,   ///< in the name of a body there: "Huntsville Police Department"
    People, ///< by the word for its people or what is theirs: "Georgian police"
};

} // namespace kadesh
