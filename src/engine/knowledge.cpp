#include "kadesh/knowledge.hpp"

#include "document/json_writer.hpp"
#include "engine/actor_answers.hpp"
#include "engine/layers.hpp"
#include "engine/line_stream.hpp"
#include "engine/place_answers.hpp"
#include "engine/place_questions.hpp"
#include "knowledge/place_resolver.hpp"
#include "knowledge/world.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace kadesh {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// "foreign minister of Iran", "Iranian foreign minister": a state's name before or after the words for an office.
void office_holders(const World& world, std::string_view query, Day on, std::vector<NameHit>& out) {
    const std::vector<std::string_view> words = words_of(query);
    for (std::size_t first = 0; first < words.size() && out.empty(); ++first) {
        std::vector<NameHit> hits;
        const std::size_t count = world.find(std::span(words).subspan(first), hits);
        if (count == 0) continue;
        std::vector<std::string_view> left(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(first));
        const auto linking = [](std::string_view word) { return word == "of" || word == "the" || word == "'s"; };
        while (!left.empty() && linking(left.back())) left.pop_back();
        for (std::size_t i = first + count; i < words.size(); ++i)
            if (!left.empty() || !linking(words[i])) left.push_back(words[i]);
        std::string office;
        for (const std::string_view word : left) office += (office.empty() ? "" : " ") + std::string(word);
        if (office.empty()) continue;
        for (const NameHit& hit : hits) {
            const Entry entry = world.entry(hit.entry);
            if (entry.kind != EntryKind::Country && entry.kind != EntryKind::Organisation) continue;
            const EntryId holder = world.holder(entry.code, office, on);
            if (holder != kNoEntry) out.push_back({holder, NameForm::Alias});
            if (!out.empty()) return;
        }
    }
}

} // namespace

struct Knowledge::Impl {
    World world;
    std::optional<PlaceResolver> resolver; ///< after `world` has its place
};

Knowledge::Knowledge(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Knowledge::Knowledge(Knowledge&&) noexcept = default;
Knowledge& Knowledge::operator=(Knowledge&&) noexcept = default;
Knowledge::~Knowledge() = default;

Result<Knowledge> Knowledge::open(const EngineOptions& options) {
    auto world = open_world(options);
    if (!world) return world.error();
    auto impl = std::make_unique<Impl>(Impl{std::move(world).value(), std::nullopt});
    auto resolver = PlaceResolver::load(impl->world);
    if (!resolver) return resolver.error();
    impl->resolver = std::move(resolver).value();
    return Knowledge(std::move(impl));
}

std::string_view Knowledge::hash() const {
    return impl_->world.hash();
}

std::vector<Actor> Knowledge::actors(std::string_view query, Day on) const {
    const World& world = impl_->world;
    std::vector<NameHit> hits;
    world.find(query, hits);
    if (hits.empty()) office_holders(world, query, on, hits);
    return actors_of(world, hits, on);
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
