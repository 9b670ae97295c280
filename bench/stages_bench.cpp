// Speed of each stage on one thread, in documents, words and bytes a second. The texts are the golden items.
#include "base/utf8.hpp"
#include "coding/coder.hpp"
#include "kadesh/engine.hpp"
#include "kadesh/records.hpp"
#include "knowledge/world.hpp"
#include "language/annotator.hpp"
#include "language/coreference.hpp"
#include "language/tokenizer.hpp"
#include "neural/model_file.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace kadesh {
namespace {

std::vector<Document> read_texts() {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(KADESH_BENCH_TEXTS))
        if (entry.path().extension() == ".txt") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<Document> documents;
    for (const auto& path : paths) {
        std::ifstream in(path, std::ios::binary);
        Document document;
        document.id = path.stem().string();
        document.text.assign(std::istreambuf_iterator<char>(in), {});
        document.date = Day::of(2024, 5, 1);
        documents.push_back(std::move(document));
    }
    return documents;
}

template <typename T> T opened(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(2);
    }
    return std::move(result).value();
}

/// Everything that the benchmarks share, made once.
struct Fixture {
    const std::vector<Document> documents = read_texts();
    const World world = opened(World::open(KADESH_BENCH_ARTEFACTS "/world.kdk"));
    const Annotator annotator = opened(Annotator::load(KADESH_BENCH_ARTEFACTS "/english.kdm"));
    const Coder coder = opened(Coder::load(world));
    std::vector<Annotation> annotations;
    std::vector<Findings> findings;
    std::size_t bytes = 0, words = 0;

    Fixture() {
        annotations.resize(documents.size());
        Annotator::Scratch scratch;
        annotator.annotate(documents, annotations, scratch);
        for (std::size_t i = 0; i < documents.size(); ++i) {
            findings.push_back(coder.code(documents[i], annotations[i], {}));
            bytes += documents[i].text.size();
            words += annotations[i].size();
        }
    }

    void report(benchmark::State& state) const {
        const auto rounds = static_cast<double>(state.iterations());
        state.counters["documents"] =
            benchmark::Counter(rounds * static_cast<double>(documents.size()), benchmark::Counter::kIsRate);
        state.counters["words"] = benchmark::Counter(rounds * static_cast<double>(words), benchmark::Counter::kIsRate);
        state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
    }
};

const Fixture& fixture() {
    static const Fixture instance;
    return instance;
}

void tokenise(benchmark::State& state) {
    const Fixture& f = fixture();
    std::vector<RawWord> words;
    for (auto _ : state)
        for (const Document& document : f.documents) {
            words.clear();
            tokenize(document.text, words);
            benchmark::DoNotOptimize(words.data());
        }
    fixture().report(state);
}
BENCHMARK(tokenise)->Unit(benchmark::kMillisecond);

void annotate(benchmark::State& state) {
    Annotator::Scratch scratch;
    const Fixture& f = fixture();
    std::vector<Annotation> annotations(f.documents.size());
    for (auto _ : state) {
        f.annotator.annotate(f.documents, annotations, scratch);
        benchmark::DoNotOptimize(annotations.data());
    }
    fixture().report(state);
}
BENCHMARK(annotate)->Unit(benchmark::kMillisecond);

void find_chains(benchmark::State& state) {
    const neural::ModelFile file = opened(neural::ModelFile::open(KADESH_BENCH_ARTEFACTS "/english.kdm"));
    const Coreference coreference = opened(Coreference::load(file));
    std::vector<Annotation> annotations = fixture().annotations;
    Coreference::Scratch scratch;
    for (auto _ : state)
        for (Annotation& annotation : annotations) {
            coreference.resolve(annotation, scratch);
            benchmark::DoNotOptimize(annotation.coreference.data());
        }
    fixture().report(state);
}
BENCHMARK(find_chains)->Unit(benchmark::kMillisecond);

void find_names(benchmark::State& state) {
    std::vector<NameHit> hits;
    for (auto _ : state)
        for (const Annotation& annotation : fixture().annotations)
            for (std::size_t i = 0; i < annotation.form.size(); ++i) {
                hits.clear();
                benchmark::DoNotOptimize(fixture().world.find(std::span(annotation.form).subspan(i), hits));
            }
    fixture().report(state);
}
BENCHMARK(find_names)->Unit(benchmark::kMillisecond);

void code(benchmark::State& state) {
    const Fixture& f = fixture();
    for (auto _ : state)
        for (std::size_t i = 0; i < f.documents.size(); ++i)
            benchmark::DoNotOptimize(f.coder.code(f.documents[i], f.annotations[i], {}));
    f.report(state);
}
BENCHMARK(code)->Unit(benchmark::kMillisecond);

void write_records(benchmark::State& state) {
    const Fixture& f = fixture();
    std::string out;
    for (auto _ : state) {
        out.clear();
        for (std::size_t i = 0; i < f.documents.size(); ++i) {
            write_plover_events(f.documents[i], f.findings[i], "bench", out);
            write_agreements(f.documents[i], f.findings[i], "bench", out);
        }
        benchmark::DoNotOptimize(out.data());
    }
    f.report(state);
}
BENCHMARK(write_records)->Unit(benchmark::kMillisecond);

/// Everything from text to findings through the public face.
void whole(benchmark::State& state) {
    static const Engine engine =
        opened(Engine::open({KADESH_BENCH_ARTEFACTS "/english.kdm", KADESH_BENCH_ARTEFACTS "/world.kdk"}));
    for (auto _ : state)
        for (const Document& document : fixture().documents) benchmark::DoNotOptimize(engine.code(document));
    fixture().report(state);
}
BENCHMARK(whole)->Unit(benchmark::kMillisecond);

/// Opening both artefacts, as every start of the program does.
void open_engine(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(
            Engine::open({KADESH_BENCH_ARTEFACTS "/english.kdm", KADESH_BENCH_ARTEFACTS "/world.kdk"}));
}
BENCHMARK(open_engine)->Unit(benchmark::kMillisecond);

/// Opening the knowledge pack alone.
void open_world(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(World::open(KADESH_BENCH_ARTEFACTS "/world.kdk"));
}
BENCHMARK(open_world)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace kadesh

BENCHMARK_MAIN();
