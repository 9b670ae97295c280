#include "kadesh/knowledge.hpp"

#include "document/json_writer.hpp"
#include "engine/artefacts.hpp"
#include "engine/line_stream.hpp"
#include "engine/place_answers.hpp"
#include "knowledge/place_resolver.hpp"
#include "knowledge/world.hpp"

#include <utility>

namespace kadesh {

struct Knowledge::Impl {
    World world;
    std::optional<PlaceResolver> resolver; ///< after `world` has its place
};

Knowledge::Knowledge(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Knowledge::Knowledge(Knowledge&&) noexcept = default;
Knowledge& Knowledge::operator=(Knowledge&&) noexcept = default;
Knowledge::~Knowledge() = default;

Result<Knowledge> Knowledge::open(const std::string& pack) {
    const auto path = find_artefact(kKnowledgeArtefact, pack);
    if (!path) return path.error();
    auto world = World::open(*path);
    if (!world) return world.error();
    auto impl = std::make_unique<Impl>(Impl{std::move(world).value(), std::nullopt});
    auto resolver = PlaceResolver::load(impl->world);
    if (!resolver) return resolver.error();
    impl->resolver = std::move(resolver).value();
    return Knowledge(std::move(impl));
}

std::vector<NamedPlace> Knowledge::places(std::string_view text, std::span<const TextSpan> names) const {
    const auto ranked = impl_->resolver->rank(text, names);
    std::vector<NamedPlace> places;
    for (std::size_t i = 0; i < names.size(); ++i) places.push_back(place_answer(impl_->world, names[i], ranked[i]));
    return places;
}

Result<Tally> Knowledge::places(std::span<const std::string> inputs, const PlaceOptions& options,
                                RunListener& listener) const {
    LineStream lines(inputs);
    PlaceQuestionReader reader;
    Tally tally;
    std::string answer;
    while (auto line = lines.next()) {
        ++tally.read;
        PlaceQuestion question;
        Error refusal{ErrorCode::BadInput, {}};
        if (!*line)
            refusal = line->error();
        else if ((*line)->too_long)
            question.problem = "is longer than 4 MiB";
        else
            question = reader.read((*line)->text);
        if (!question.problem.empty()) refusal.message = (*line)->where + ": " + question.problem;
        const bool refused = !refusal.message.empty();
        if (refused) listener.refused(refusal);
        answer.clear();
        if (*line) {
            const auto ranked = impl_->resolver->rank(question.text, question.names);
            std::vector<NamedPlace> places;
            for (std::size_t i = 0; i < question.names.size(); ++i)
                places.push_back(place_answer(impl_->world, question.names[i], ranked[i]));
            JsonWriter json(answer);
            json.begin_object();
            if (!question.id_json.empty()) json.key("id").raw(question.id_json);
            write_places(impl_->world, question.text, places, options.candidates ? ranked : decltype(ranked){}, json);
            json.end_object();
            answer += '\n';
        }
        ++(refused ? tally.skipped : question.names.empty() ? tally.empty : tally.coded);
        tally.bytes += question.text.size();
        if (!answer.empty() && !listener.records(answer)) break;
        listener.progress(tally);
    }
    return tally;
}

} // namespace kadesh
