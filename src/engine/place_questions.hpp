// The questions of `places --spans`: one JSON object a line.
#pragma once

#include "kadesh/document.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

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
