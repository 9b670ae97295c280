// What an open engine holds.
#pragma once

#include "coding/coder.hpp"
#include "kadesh/engine.hpp"
#include "knowledge/world.hpp"
#include "language/annotator.hpp"

#include <optional>
#include <string>

namespace kadesh {

struct Engine::Impl {
    World world;
    Annotator annotator;
    std::optional<Coder> coder; ///< after `world` has its place
    std::string name;
};

} // namespace kadesh
