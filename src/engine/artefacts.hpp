// Finds the model and the knowledge pack.
#pragma once

#include "base/result.hpp"

#include <string>

namespace kadesh {

/// What is looked for, and by which names.
struct ArtefactKind {
    const char* noun;     ///< in messages
    const char* file;     ///< its name in share/kadesh
    const char* variable; ///< of the environment, holds a path
    const char* flag;     ///< of the program, in messages
};

extern const ArtefactKind kModelArtefact;
extern const ArtefactKind kEventModelArtefact;
extern const ArtefactKind kKnowledgeArtefact;

/// The path of an artefact: `given` if not empty, else what the environment names, else the file in `../share/kadesh`
/// as seen from the running program. NotFound names every place that was looked at.
Result<std::string> find_artefact(const ArtefactKind& kind, const std::string& given);

} // namespace kadesh
