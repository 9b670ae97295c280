// Looking up names in the pack, without what a program does around it: no JSON, no process.
#include "knowledge/world.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace kadesh {
namespace {

const World& world() {
    static const World opened = [] {
        Result<World> result = World::open(KADESH_BENCH_ARTEFACTS "/world.kdk");
        if (!result) {
            std::cerr << result.error().message << '\n';
            std::exit(2);
        }
        return std::move(result).value();
    }();
    return opened;
}

/// The words of the names of all persons of the tables.
const std::vector<std::vector<std::string>>& names() {
    static const std::vector<std::vector<std::string>> read = [] {
        std::vector<std::vector<std::string>> all;
        std::ifstream in(KADESH_BENCH_DATA "/offices/people.tsv");
        for (std::string line; std::getline(in, line);) {
            if (line.empty() || line.front() == '#') continue;
            const std::size_t begin = line.find('\t') + 1;
            const std::string name = line.substr(begin, line.find('\t', begin) - begin);
            std::vector<std::string> words;
            for (std::size_t at = 0; at < name.size();) {
                const std::size_t end = std::min(name.find(' ', at), name.size());
                words.push_back(name.substr(at, end - at));
                at = end + 1;
            }
            all.push_back(std::move(words));
        }
        return all;
    }();
    return read;
}

std::vector<std::vector<std::string_view>> views() {
    std::vector<std::vector<std::string_view>> all;
    for (const auto& words : names()) all.emplace_back(words.begin(), words.end());
    return all;
}

/// One name after another; the time is of one.
void look_up_name(benchmark::State& state) {
    const auto all = views();
    std::vector<NameHit> hits;
    std::size_t i = 0;
    for (auto _ : state) {
        hits.clear();
        benchmark::DoNotOptimize(world().find(all[i], hits));
        if (++i == all.size()) i = 0;
    }
}
BENCHMARK(look_up_name)->Unit(benchmark::kNanosecond);

/// The name, and what offices whoever bears it held.
void look_up_tenures(benchmark::State& state) {
    const auto all = views();
    std::vector<NameHit> hits;
    std::vector<Tenure> tenures;
    std::size_t i = 0;
    for (auto _ : state) {
        hits.clear();
        tenures.clear();
        world().find(all[i], hits);
        for (const NameHit& hit : hits)
            if (world().entry(hit.entry).kind == EntryKind::Person) world().tenures(hit.entry, tenures);
        benchmark::DoNotOptimize(tenures.data());
        if (++i == all.size()) i = 0;
    }
}
BENCHMARK(look_up_tenures)->Unit(benchmark::kNanosecond);

} // namespace
} // namespace kadesh

BENCHMARK_MAIN();
