#include "commands.hpp"

#include "kadesh/knowledge.hpp"
#include "output.hpp"
#include "progress.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace kadesh::cli {
namespace {

int fail(const std::string& message) {
    std::fprintf(stderr, "kadesh: %s\n", message.c_str());
    return kNotDone;
}

/// Colours only where someone sees them and has not asked for none; as wide as the terminal, within reason.
ReportStyle report_style() {
    ReportStyle style;
    const char* no_colour = std::getenv("NO_COLOR");
    const bool terminal = ::isatty(STDOUT_FILENO) != 0;
    style.colour = terminal && (no_colour == nullptr || *no_colour == '\0');
    winsize size{};
    if (terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        style.width = std::clamp<int>(size.ws_col, 60, 120);
    return style;
}

class Listener final : public RunListener {
  public:
    Listener(Output records, Output agreements, Progress& progress)
        : records_(std::move(records)), agreements_(std::move(agreements)), progress_(progress) {}

    bool records(std::string_view bytes) override { return records_.write(bytes); }
    bool agreements(std::string_view bytes) override { return !agreements_.is_open() || agreements_.write(bytes); }
    void refused(const Error& reason) override { progress_.message(reason.message); }
    void progress(const Tally& so_far) override { progress_.show(so_far); }

    /// What could not be written; empty when all was.
    std::string close() {
        records_.flush();
        if (agreements_.is_open()) agreements_.flush();
        return records_.problem().empty() ? agreements_.problem() : records_.problem();
    }

  private:
    Output records_;
    Output agreements_;
    Progress& progress_;
};

using Run = std::function<Result<Tally>(std::span<const std::string>, const RunOptions&, RunListener&)>;

/// Runs a command over the inputs to its exit status.
int carry_out(Options& options, const Run& command, std::string_view noun) {
    if (options.inputs.empty()) options.inputs.emplace_back("-");
    if (!options.quiet && ::isatty(STDIN_FILENO) != 0 && std::ranges::count(options.inputs, "-") > 0)
        std::fputs("kadesh: reading standard input; Ctrl-D ends it\n", stderr);

    std::string problem;
    Output agreements;
    if (!options.agreements_file.empty()) {
        agreements = Output::file(options.agreements_file, problem);
        if (!agreements.is_open()) return fail(problem);
        options.run.agreements_apart = true;
    }
    Progress progress(!options.quiet, noun);
    Listener listener(Output::standard(), std::move(agreements), progress);
    const auto tally = command(options.inputs, options.run, listener);
    problem = listener.close();
    if (!tally) return fail(tally.error().message);
    progress.finish(*tally, options.stages);
    if (!problem.empty()) return fail(problem);
    return tally->skipped + tally->failed > 0 ? kSomeSkipped : kAllDone;
}

using EngineRun = Result<Tally> (Engine::*)(std::span<const std::string>, const RunOptions&, RunListener&) const;

int run(Options& options, EngineRun command, std::string_view noun) {
    auto engine = Engine::open(options.engine);
    if (!engine) return fail(engine.error().message);
    return carry_out(options, std::bind_front(command, &*engine), noun);
}

} // namespace

int run_code(Options options) {
    options.run.report = report_style();
    return run(options, &Engine::code, "document");
}

int run_annotate(Options options) {
    if (options.run.annotation == AnnotationFormat::Conllu)
        return carry_out(options, std::bind_front(annotate_language, std::cref(options.engine)), "document");
    return run(options, &Engine::annotate, "document");
}

int run_classify(Options options) {
    return run(options, &Engine::classify, "pair");
}

int run_places(Options options) {
    if (!options.spans_given) return run(options, &Engine::places, "document");
    auto knowledge = Knowledge::open(options.engine);
    if (!knowledge) return fail(knowledge.error().message);
    const auto places = [&](std::span<const std::string> inputs, const RunOptions&, RunListener& listener) {
        return knowledge->places(inputs, {.candidates = options.candidates}, listener);
    };
    return carry_out(options, places, "text");
}

std::string version_text(const EngineOptions& options) {
    std::string text = "kadesh " + std::string(version());
    const auto engine = Engine::open(options);
    if (!engine) return text + "\n" + engine.error().message;
    return text + "\nmodel " + std::string(engine->model_hash()) + "\nevents " +
           std::string(engine->event_model_hash()) + "\nknowledge " + std::string(engine->knowledge_hash());
}

} // namespace kadesh::cli
