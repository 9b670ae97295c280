// What all runs over documents share: threads, the count, and its balance at the end.
#pragma once

#include "kadesh/engine.hpp"
#include "pipeline/ordered_pipeline.hpp"
#include "pipeline/stages.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace kadesh {

inline unsigned thread_count(unsigned wanted) {
    return wanted != 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
}

inline PipelineOptions pipeline_options(unsigned threads) {
    PipelineOptions options;
    options.workers = thread_count(threads);
    return options;
}

/// Books one item that leaves.
inline void count(const DocumentItem& item, Tally& tally) {
    switch (item.outcome) {
    case Outcome::Coded: ++tally.coded; break;
    case Outcome::Empty: ++tally.empty; break;
    case Outcome::Skipped: ++tally.skipped; break;
    case Outcome::Failed: ++tally.failed; break;
    case Outcome::Known: ++tally.known; break;
    }
    tally.events += item.events_found;
    tally.agreements += item.agreements_found;
    tally.sentences += item.sentences;
    tally.words += item.words;
    tally.bytes += item.bytes;
    tally.input_read = item.input_read;
}

/// Nothing vanishes: every item that was read has left by one of the doors.
inline Result<Tally> balanced(const Tally& tally, std::uint64_t read, bool ended_early) {
    if (!ended_early &&
        (read != tally.read || read != tally.coded + tally.empty + tally.skipped + tally.failed + tally.known))
        return Error{ErrorCode::Io, "the count of documents does not balance: " + std::to_string(read) + " read, " +
                                        std::to_string(tally.read) + " written"};
    return tally;
}

/// Runs a pipeline; what breaks the run itself (memory at its end, say) becomes an Error.
template <typename Item> std::optional<Error> run_through(PipelineStages<Item> stages, unsigned threads) {
    try {
        OrderedPipeline<Item>(std::move(stages), pipeline_options(threads)).run();
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::TooLarge, "out of memory"};
    } catch (const std::exception& error) {
        return Error{ErrorCode::Io, error.what()};
    }
    return std::nullopt;
}

inline double seconds_since(std::chrono::steady_clock::time_point begun) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

} // namespace kadesh
