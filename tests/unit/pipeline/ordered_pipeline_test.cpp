#include "pipeline/ordered_pipeline.hpp"

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace kadesh {
namespace {

struct Item {
    int number = 0;
    int squared = 0;
    std::string failure;
};

/// Numbers 0..count-1 through a stage that squares them, at a pace that differs from item to item.
struct SquaresRun {
    int count = 1000;
    PipelineOptions options;
    std::function<void(Item&)> stage = [](Item& item) { item.squared = item.number * item.number; };
    std::size_t stop_after = SIZE_MAX;

    std::vector<Item> out;
    int read = 0;

    void operator()() {
        PipelineStages<Item> stages;
        stages.source = [this]() -> std::optional<Item> {
            if (read == count) return std::nullopt;
            Item item;
            item.number = read++;
            return item;
        };
        stages.weight = [](const Item& item) { return static_cast<std::size_t>(item.number % 7); };
        stages.process = [this](std::span<Item> items, unsigned) {
            if (items.front().number % 5 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
            for (Item& item : items) stage(item);
        };
        stages.failed = [](Item& item, const char* reason) { item.failure = reason; };
        stages.sink = [this](Item& item) {
            out.push_back(item);
            return out.size() < stop_after;
        };
        OrderedPipeline<Item>(std::move(stages), options).run();
    }
};

TEST(OrderedPipeline, KeepsOrderOnAnyNumberOfWorkers) {
    for (const unsigned workers : {1U, 2U, 8U}) {
        SquaresRun run;
        run.options = {.workers = workers, .batch_items = 3, .batch_weight = 10, .batches_a_worker = 2};
        run();
        ASSERT_EQ(run.out.size(), 1000U) << workers;
        for (int i = 0; i < 1000; ++i) {
            EXPECT_EQ(run.out[static_cast<std::size_t>(i)].number, i);
            EXPECT_EQ(run.out[static_cast<std::size_t>(i)].squared, i * i);
        }
    }
}

TEST(OrderedPipeline, NothingInNothingOut) {
    SquaresRun run;
    run.count = 0;
    run();
    EXPECT_TRUE(run.out.empty());
}

TEST(OrderedPipeline, AnItemThatThrowsLeavesAloneAndItsBatchGoesOn) {
    SquaresRun run;
    run.count = 100;
    run.options = {.workers = 3, .batch_items = 10};
    run.stage = [](Item& item) {
        if (item.number % 10 == 4) throw std::runtime_error("four");
        item.squared = item.number * item.number;
    };
    run();
    ASSERT_EQ(run.out.size(), 100U);
    for (const Item& item : run.out) {
        EXPECT_EQ(item.failure, item.number % 10 == 4 ? "four" : "");
        EXPECT_EQ(item.squared, item.number % 10 == 4 ? 0 : item.number * item.number);
    }
}

TEST(OrderedPipeline, ASlowSinkHoldsTheReaderBack) {
    std::atomic<int> read = 0;
    int written = 0;
    int furthest = 0;
    PipelineStages<Item> stages;
    stages.source = [&]() -> std::optional<Item> {
        if (read == 500) return std::nullopt;
        Item item;
        item.number = read++;
        return item;
    };
    stages.weight = [](const Item&) { return std::size_t{1}; };
    stages.process = [](std::span<Item>, unsigned) {};
    stages.failed = [](Item&, const char*) {};
    stages.sink = [&](Item&) {
        if (written % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        furthest = std::max(furthest, read - written);
        ++written;
        return true;
    };
    OrderedPipeline<Item>(std::move(stages), {.workers = 2, .batch_items = 4, .batches_a_worker = 2}).run();
    EXPECT_EQ(written, 500);
    // Five batches under way, one in the reader's hands, one at the writer.
    EXPECT_LE(furthest, 7 * 4);
}

TEST(OrderedPipeline, TheSinkMayEndTheRun) {
    SquaresRun run;
    run.count = 100000;
    run.options = {.workers = 4, .batch_items = 2};
    run.stop_after = 5;
    run();
    EXPECT_EQ(run.out.size(), 5U);
    EXPECT_LT(run.read, 200);
}

TEST(OrderedPipeline, AnErrorOfTheSourceEndsTheRunAndIsThrown) {
    PipelineStages<Item> stages;
    stages.source = []() -> std::optional<Item> { throw std::runtime_error("source"); };
    stages.weight = [](const Item&) { return std::size_t{1}; };
    stages.process = [](std::span<Item>, unsigned) {};
    stages.failed = [](Item&, const char*) {};
    stages.sink = [](Item&) { return true; };
    OrderedPipeline<Item> pipeline(std::move(stages), {.workers = 2});
    EXPECT_THROW(pipeline.run(), std::runtime_error);
}

TEST(OrderedPipeline, AnErrorOfTheSinkEndsTheRunAndIsThrown) {
    PipelineStages<Item> stages;
    stages.source = []() -> std::optional<Item> { return Item{}; };
    stages.weight = [](const Item&) { return std::size_t{1}; };
    stages.process = [](std::span<Item>, unsigned) {};
    stages.failed = [](Item&, const char*) {};
    stages.sink = [](Item&) -> bool { throw std::runtime_error("sink"); };
    OrderedPipeline<Item> pipeline(std::move(stages), {.workers = 2});
    EXPECT_THROW(pipeline.run(), std::runtime_error);
}

} // namespace
} // namespace kadesh
