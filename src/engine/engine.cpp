#include "kadesh/engine.hpp"

#include "base/text_hash.hpp"
#include "base/utf8.hpp"
#include "coding/coder.hpp"
#include "document/json_writer.hpp"
#include "engine/artefacts.hpp"
#include "engine/document_stream.hpp"
#include "engine/engine_impl.hpp"
#include "engine/layers.hpp"
#include "engine/pair_stream.hpp"
#include "engine/place_answers.hpp"
#include "engine/run_support.hpp"
#include "language/conllu.hpp"
#include "pipeline/stages.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace kadesh {

std::string_view version() {
    return KADESH_VERSION;
}

namespace {

/// Documents of files through stages to a listener.
Result<Tally> run_documents(std::span<const std::string> inputs, const RunOptions& options, RunListener& listener,
                            const Annotator& annotator, const Coder* coder, const Render& render,
                            std::string_view header) {
    ReadOptions reading;
    reading.fallback_date = options.fallback_date;
    DocumentStream stream(inputs, reading);
    CodeOptions coding;
    coding.fallback_date = options.fallback_date;
    coding.min_confidence = options.min_confidence;
    std::vector<DocumentStages> workers;
    for (unsigned i = 0; i < thread_count(options.threads); ++i) workers.emplace_back(annotator, coder, coding, render);

    Tally tally;
    tally.input_size = stream.size();
    std::uint64_t read = 0;
    double seconds_read = 0;
    bool ended_early = !header.empty() && !listener.records(header);
    if (ended_early) return tally;

    PipelineStages<DocumentItem> stages;
    stages.source = [&]() -> std::optional<DocumentItem> {
        const auto begun = std::chrono::steady_clock::now();
        auto next = stream.next();
        seconds_read += seconds_since(begun);
        if (!next) return std::nullopt;
        ++read;
        DocumentItem item;
        item.input_read = stream.position();
        if (*next) {
            item.document = std::move(*next).value();
        } else {
            item.outcome = Outcome::Skipped;
            item.reason = next->error();
        }
        return item;
    };
    stages.weight = [](const DocumentItem& item) { return item.document.text.size(); };
    stages.process = [&](std::span<DocumentItem> items, unsigned worker) { workers[worker].process(items); };
    stages.failed = [](DocumentItem& item, const char* reason) {
        item.outcome = Outcome::Failed;
        item.reason = {ErrorCode::BadInput, item.document.id + ": could not be coded: " + reason};
        item.records.clear();
        item.agreements.clear();
    };
    stages.sink = [&](DocumentItem& item) {
        ++tally.read;
        count(item, tally);
        if (item.outcome == Outcome::Skipped || item.outcome == Outcome::Failed) listener.refused(item.reason);
        ended_early = (!item.records.empty() && !listener.records(item.records)) ||
                      (!item.agreements.empty() && !listener.agreements(item.agreements));
        listener.progress(tally);
        return !ended_early;
    };
    if (auto error = run_through(std::move(stages), options.threads)) return *error;
    tally.seconds.read = seconds_read;
    for (const DocumentStages& worker : workers) {
        tally.seconds.annotate += worker.clock().annotate;
        tally.seconds.code += worker.clock().code;
        tally.seconds.write += worker.clock().write;
    }
    return balanced(tally, read, ended_early);
}

struct PairItem {
    PairQuestion question;
    bool unread = false; ///< a file that gave no questions; `question.problem` says why
    std::string failure;
    std::string answer;
    bool found = false;
};

void write_answer(const PairQuestion& question, const PairRelation& relation, std::string& out) {
    JsonWriter json(out);
    json.begin_object();
    if (!question.id_json.empty()) json.key("id").raw(question.id_json);
    json.key("event").begin_array();
    if (relation.type) json.value(name(*relation.type));
    json.end_array();
    if (relation.type) {
        json.key("mode").begin_array();
        if (!relation.mode.empty()) json.value(relation.mode);
        json.end_array();
        json.field_if("cameo", relation.cameo).field("quad_code", quad_code(*relation.type));
        json.key("confidence").value(relation.confidence, 3);
        json.field_if("rule", relation.rule);
    }
    json.end_object();
    out += '\n';
}

void render_language(const Document& document, const Annotation& annotation, DocumentItem& item) {
    write_conllu(document, annotation, item.records);
    // There are no findings to go by: a document with words in it has given its records.
    item.outcome = annotation.size() > 0 ? Outcome::Coded : Outcome::Empty;
}

PairRelation relation_of(Classification classification) {
    return {classification.type, std::move(classification.mode), std::move(classification.cameo),
            classification.confidence, std::move(classification.rule)};
}

Result<Document> checked(Document document) {
    if (!is_valid_utf8(document.text)) return Error{ErrorCode::BadInput, document.id + ": its text is not valid UTF-8"};
    return document;
}

} // namespace

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::open(const EngineOptions& options) {
    const auto model_path = find_artefact(kModelArtefact, options.model);
    if (!model_path) return model_path.error();
    auto world = open_world(options);
    if (!world) return world.error();
    auto annotator = Annotator::load(*model_path, {options.coreference});
    if (!annotator) return annotator.error();
    const auto event_path = find_artefact(kEventModelArtefact, options.events);
    if (!event_path) return event_path.error();
    auto event_model = neural::ModelFile::open(*event_path);
    if (!event_model) return event_model.error();
    auto impl = std::make_unique<Impl>(Impl{std::move(world).value(), std::move(annotator).value(),
                                            std::move(event_model).value(), std::nullopt, std::nullopt, std::string(),
                                            std::string()});
    auto classifier = PairClassifier::load(impl->event_model);
    if (!classifier) return classifier.error();
    impl->classifier = std::move(classifier).value();
    auto coder = Coder::load(impl->world, &*impl->classifier);
    if (!coder) return coder.error();
    impl->coder = std::move(coder).value();
    impl->events_hash = hex(impl->event_model.checksum()).substr(0, 12);
    impl->name = "kadesh " + std::string(version()) + " model " + std::string(impl->annotator.hash()) + " events " +
                 impl->events_hash + " knowledge " + std::string(impl->world.hash());
    return Engine(std::move(impl));
}

std::string_view Engine::model_hash() const {
    return impl_->annotator.hash();
}

std::string_view Engine::event_model_hash() const {
    return impl_->events_hash;
}

std::string_view Engine::knowledge_hash() const {
    return impl_->world.hash();
}

std::string_view Engine::coder() const {
    return impl_->name;
}

Result<std::unique_ptr<CodedDocument>> Engine::annotate(Document document) const {
    auto valid = checked(std::move(document));
    if (!valid) return valid.error();
    auto coded = std::make_unique<CodedDocument>();
    coded->document = std::move(valid).value();
    Annotator::Scratch scratch;
    impl_->annotator.annotate({&coded->document, 1}, {&coded->annotation, 1}, scratch);
    return coded;
}

Result<std::unique_ptr<CodedDocument>> Engine::code(Document document) const {
    auto coded = annotate(std::move(document));
    if (coded) (*coded)->findings = impl_->coder->code((*coded)->document, (*coded)->annotation, {});
    return coded;
}

Result<PairRelation> Engine::classify(std::string text, TextSpan source, TextSpan target) const {
    if (source.empty() || target.empty() || std::max(source.end, target.end) > text.size())
        return Error{ErrorCode::Usage, "source and target must be words of the text"};
    Document document;
    document.text = std::move(text);
    auto coded = annotate(std::move(document));
    if (!coded) return coded.error();
    return relation_of(impl_->coder->classify((*coded)->document, (*coded)->annotation, source, target));
}

Result<Tally> Engine::code(std::span<const std::string> inputs, const RunOptions& options,
                           RunListener& listener) const {
    const std::string_view coder = impl_->name;
    const Render render = [&](const Document& document, const Annotation& annotation, const Findings& findings,
                              DocumentItem& item) {
        switch (options.format) {
        case RecordFormat::Plover:
            if (options.kinds != RecordKinds::Agreements) write_plover_events(document, findings, coder, item.records);
            if (options.kinds != RecordKinds::Events) write_agreements(document, findings, coder, item.records);
            break;
        case RecordFormat::Cameo: write_cameo(document, findings, coder, item.records); break;
        case RecordFormat::Text: write_report(document, annotation, findings, options.report, item.records); break;
        }
        if (options.agreements_apart) write_agreements(document, findings, coder, item.agreements);
    };
    std::string header;
    if (options.format == RecordFormat::Cameo) write_cameo_header(header);
    return run_documents(inputs, options, listener, impl_->annotator, &*impl_->coder, render, header);
}

Result<Tally> Engine::annotate(std::span<const std::string> inputs, const RunOptions& options,
                               RunListener& listener) const {
    const Render render = [&](const Document& document, const Annotation& annotation, const Findings&,
                              DocumentItem& item) {
        if (options.annotation == AnnotationFormat::Times)
            write_times(document, impl_->coder->times(document, annotation, options.fallback_date), item.records);
        else if (options.annotation == AnnotationFormat::Truth)
            write_statuses(document, impl_->coder->statuses(annotation), item.records);
        else if (options.annotation == AnnotationFormat::Attributions)
            write_attributions(document, impl_->coder->attributions(document, annotation), item.records);
        else
            return render_language(document, annotation, item);
        item.outcome = annotation.size() > 0 ? Outcome::Coded : Outcome::Empty;
    };
    return run_documents(inputs, options, listener, impl_->annotator, nullptr, render, {});
}

Result<Tally> Engine::places(std::span<const std::string> inputs, const RunOptions& options,
                             RunListener& listener) const {
    const Render render = [&](const Document& document, const Annotation& annotation, const Findings&,
                              DocumentItem& item) {
        std::vector<NamedPlace> places;
        for (const ResolvedPlace& place : impl_->coder->places(document, annotation)) {
            places.push_back(place_answer(impl_->world, place.name.span, place.candidates));
            places.back().use = place.name.use;
        }
        JsonWriter json(item.records);
        json.begin_object().field("id", std::string_view(document.id));
        write_places(impl_->world, document.text, places, {}, json);
        json.end_object();
        item.records += '\n';
        item.outcome = places.empty() ? Outcome::Empty : Outcome::Coded;
    };
    return run_documents(inputs, options, listener, impl_->annotator, nullptr, render, {});
}

Result<Tally> Engine::classify(std::span<const std::string> inputs, const RunOptions& options,
                               RunListener& listener) const {
    PairStream stream(inputs);
    std::vector<Annotator::Scratch> scratch(thread_count(options.threads));
    Tally tally;
    std::uint64_t read = 0;
    bool ended_early = false;

    PipelineStages<PairItem> stages;
    stages.source = [&]() -> std::optional<PairItem> {
        auto next = stream.next();
        if (!next) return std::nullopt;
        ++read;
        PairItem item;
        item.unread = !*next;
        if (*next)
            item.question = std::move(*next).value();
        else
            item.question.problem = next->error().message;
        return item;
    };
    stages.weight = [](const PairItem& item) { return item.question.text.size(); };
    stages.process = [&](std::span<PairItem> items, unsigned worker) {
        std::vector<Document> documents(items.size());
        std::vector<Annotation> annotations(items.size());
        for (std::size_t i = 0; i < items.size(); ++i)
            if (items[i].question.problem.empty()) documents[i].text = items[i].question.text;
        impl_->annotator.annotate(documents, annotations, scratch[worker]);
        for (std::size_t i = 0; i < items.size(); ++i) {
            const PairQuestion& question = items[i].question;
            PairRelation relation;
            if (question.problem.empty())
                relation = relation_of(impl_->coder->classify(documents[i], annotations[i], question.source,
                                                              question.target, options.rules_only));
            items[i].found = relation.type.has_value();
            items[i].answer.clear();
            if (!items[i].unread) write_answer(question, relation, items[i].answer);
        }
    };
    stages.failed = [](PairItem& item, const char* reason) {
        item.failure = reason;
        item.answer.clear();
        if (!item.unread) write_answer(item.question, {}, item.answer);
    };
    stages.sink = [&](PairItem& item) {
        ++tally.read;
        const bool failed = !item.failure.empty();
        const bool skipped = !failed && !item.question.problem.empty();
        ++(failed ? tally.failed : skipped ? tally.skipped : item.found ? tally.coded : tally.empty);
        tally.events += item.found ? 1U : 0U;
        tally.bytes += item.question.text.size();
        if (skipped) listener.refused({ErrorCode::BadInput, item.question.problem});
        if (failed) listener.refused({ErrorCode::BadInput, "pair " + item.question.id_json + ": " + item.failure});
        ended_early = !item.answer.empty() && !listener.records(item.answer);
        listener.progress(tally);
        return !ended_early;
    };
    if (auto error = run_through(std::move(stages), options.threads)) return *error;
    return balanced(tally, read, ended_early);
}

Result<Tally> annotate_language(const EngineOptions& artefacts, std::span<const std::string> inputs,
                                const RunOptions& options, RunListener& listener) {
    const auto path = find_artefact(kModelArtefact, artefacts.model);
    if (!path) return path.error();
    const auto annotator = Annotator::load(*path, {artefacts.coreference});
    if (!annotator) return annotator.error();
    const Render render = [](const Document& document, const Annotation& annotation, const Findings&,
                             DocumentItem& item) { render_language(document, annotation, item); };
    return run_documents(inputs, options, listener, *annotator, nullptr, render, {});
}

} // namespace kadesh
