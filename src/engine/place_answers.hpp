// Places as answers: from candidates of the knowledge room to what the public face and its JSON say.
#pragma once

#include "base/result.hpp"
#include "kadesh/document.hpp"
#include "kadesh/knowledge.hpp"
#include "knowledge/place_resolver.hpp"
#include "knowledge/world.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

class JsonWriter;

/// The likeliest of a name's candidates, or an answer without a name.
NamedPlace place_answer(const World& world, TextSpan span, std::span<const PlaceCandidate> candidates);

/// `"places": [{"start", "end", "text", "name", …}]`, offsets in code points, as a field of the object that `out` ends
/// in.
/// @param candidates with each place its candidates and their features as well; empty: without
void write_places(const World& world, std::string_view text, std::span<const NamedPlace> places,
                  std::span<const std::vector<PlaceCandidate>> candidates, JsonWriter& json);

} // namespace kadesh
