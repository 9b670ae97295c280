// What an open engine holds.
#pragma once

#include "coding/coder.hpp"
#include "coding/pair_classifier.hpp"
#include "kadesh/engine.hpp"
#include "knowledge/world.hpp"
#include "language/annotator.hpp"
#include "neural/model_file.hpp"

#include <optional>
#include <string>

namespace kadesh {

struct Engine::Impl {
    World world;
    Annotator annotator;
    neural::ModelFile event_model;
    std::optional<PairClassifier> classifier; ///< views `event_model`
    std::optional<Coder> coder;               ///< after `world` has its place
    std::string events_hash;
    std::string name;
};

} // namespace kadesh
