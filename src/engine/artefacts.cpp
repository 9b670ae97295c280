#include "engine/artefacts.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace kadesh {

const ArtefactKind kModelArtefact{"model", "english.kdm", "KADESH_MODEL", "--model"};
const ArtefactKind kEventModelArtefact{"event model", "events.kdm", "KADESH_EVENT_MODEL", "--event-model"};
const ArtefactKind kKnowledgeArtefact{"knowledge pack", "world.kdk", "KADESH_KNOWLEDGE", "--knowledge"};

namespace {

bool is_file(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

Error missing(const ArtefactKind& kind, const std::string& where) {
    return Error{ErrorCode::NotFound, std::string("no ") + kind.noun + " at " + where + "; name it with " + kind.flag +
                                          " or " + kind.variable};
}

} // namespace

Result<std::string> find_artefact(const ArtefactKind& kind, const std::string& given) {
    if (!given.empty()) return is_file(given) ? Result<std::string>(given) : missing(kind, given);
    if (const char* named = std::getenv(kind.variable); named != nullptr && *named != '\0') {
        if (is_file(named)) return std::string(named);
        return missing(kind, std::string(named) + " (named by " + kind.variable + ")");
    }
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return missing(kind, "an unknown place (the program's own path cannot be read)");
    const std::filesystem::path beside = program.parent_path().parent_path() / "share" / "kadesh" / kind.file;
    if (is_file(beside)) return beside.string();
    return missing(kind, beside.string());
}

} // namespace kadesh
