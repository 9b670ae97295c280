// Places as answers: from candidates of the knowledge room to what the public face and its JSON say.
#pragma once

#include "base/result.hpp"
#include "kadesh/document.hpp"
#include "kadesh/knowledge.hpp"
#include "knowledge/place_resolver.hpp"
#include "knowledge/world.hpp"

#include <memory>
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

/// A question of `places --spans`: a line of JSON with `id`, `text` and `spans`.
struct PlaceQuestion {
    std::string id_json; ///< as it stood there; empty when there is none
    std::string text;
    std::vector<TextSpan> names; ///< bytes of `text`, as given
    std::string problem;         ///< why the line asks nothing; empty when it does
};
class PlaceQuestionReader {
  public:
    PlaceQuestionReader();
    ~PlaceQuestionReader();
    PlaceQuestionReader(const PlaceQuestionReader&) = delete;
    PlaceQuestionReader& operator=(const PlaceQuestionReader&) = delete;

    PlaceQuestion read(std::string_view line);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace kadesh
