// Carries batches of items from one source through N workers to one sink, in the order they came.
//
//   reader thread -> queue -> workers (each takes a batch through all stages) -> the caller's thread writes in order
//
// At most a fixed number of batches is under way at once: when the sink is slow the workers wait, when they are slow
// the reader waits. What comes out does not depend on the number of workers.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace kadesh {

struct PipelineOptions {
    unsigned workers = 1;
    std::size_t batch_items = 16; ///< most items a batch
    std::size_t batch_weight =
        std::size_t{256} * 1024;      ///< a batch is closed once its items weigh so much (bytes of text)
    std::size_t batches_a_worker = 4; ///< how many batches may be under way, a worker
};

template <typename Item> struct PipelineStages {
    /// The next item, nothing at the end. Called by the reader thread alone.
    std::function<std::optional<Item>()> source;
    /// What an item weighs, in bytes of text.
    std::function<std::size_t(const Item&)> weight;
    /// Takes a batch through all stages; called by several threads, each with its own number 0..workers-1. May throw:
    /// the items are then handed over one by one, and one that throws alone goes to `failed`.
    std::function<void(std::span<Item>, unsigned worker)> process;
    /// Marks an item that could not be processed.
    std::function<void(Item&, const char* reason)> failed;
    /// Takes an item in input order, on the caller's thread; false ends the run early.
    std::function<bool(Item&)> sink;
};

/// Runs until the source is dry or the sink has had enough. An exception of `source` or `sink` ends the run and is
/// thrown again here, after all threads have stopped.
template <typename Item> class OrderedPipeline {
  public:
    OrderedPipeline(PipelineStages<Item> stages, const PipelineOptions& options)
        : stages_(std::move(stages)), options_(options),
          limit_(options.workers * (options.batches_a_worker == 0 ? 1 : options.batches_a_worker) + 1) {}

    void run() {
        std::vector<std::jthread> threads;
        threads.emplace_back([this] { read(); });
        for (unsigned worker = 0; worker < options_.workers; ++worker)
            threads.emplace_back([this, worker] { work(worker); });
        try {
            write();
        } catch (...) {
            remember(std::current_exception());
        }
        stop();
        threads.clear(); // joins
        if (error_) std::rethrow_exception(error_);
    }

  private:
    using Batch = std::vector<Item>;

    void read() {
        try {
            for (;;) {
                Batch batch;
                std::size_t weight = 0;
                while (batch.size() < options_.batch_items && weight < options_.batch_weight) {
                    std::optional<Item> item = stages_.source();
                    if (!item) break;
                    weight += stages_.weight(*item);
                    batch.push_back(std::move(*item));
                }
                std::unique_lock lock(mutex_);
                if (batch.empty()) break;
                room_.wait(lock, [this] { return stopped_ || under_way_ < limit_; });
                if (stopped_) break;
                ++under_way_;
                waiting_.emplace_back(read_++, std::move(batch));
                work_.notify_one();
            }
        } catch (...) {
            remember(std::current_exception());
            stop();
        }
        const std::lock_guard lock(mutex_);
        dry_ = true;
        work_.notify_all();
        done_.notify_all();
    }

    void work(unsigned worker) {
        for (;;) {
            std::unique_lock lock(mutex_);
            work_.wait(lock, [this] { return stopped_ || dry_ || !waiting_.empty(); });
            if (stopped_ || waiting_.empty()) return;
            auto [number, batch] = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            process(batch, worker);
            lock.lock();
            finished_.emplace(number, std::move(batch));
            done_.notify_all();
        }
    }

    void process(Batch& batch, unsigned worker) {
        try {
            stages_.process(batch, worker);
            return;
        } catch (const std::exception& error) {
            if (batch.size() == 1) return stages_.failed(batch.front(), error.what());
        }
        for (Item& item : batch) {
            try {
                stages_.process({&item, 1}, worker);
            } catch (const std::exception& error) {
                stages_.failed(item, error.what());
            }
        }
    }

    void write() {
        for (std::size_t next = 0;; ++next) {
            std::unique_lock lock(mutex_);
            done_.wait(lock, [&] { return stopped_ || finished_.contains(next) || (dry_ && next == read_); });
            const auto found = finished_.find(next);
            if (stopped_ || found == finished_.end()) return;
            Batch batch = std::move(found->second);
            finished_.erase(found);
            --under_way_;
            room_.notify_one();
            lock.unlock();
            for (Item& item : batch)
                if (!stages_.sink(item)) return;
        }
    }

    void stop() {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        work_.notify_all();
        room_.notify_all();
        done_.notify_all();
    }

    void remember(std::exception_ptr error) {
        const std::lock_guard lock(mutex_);
        if (!error_) error_ = std::move(error);
    }

    PipelineStages<Item> stages_;
    PipelineOptions options_;
    std::size_t limit_;

    std::mutex mutex_;
    std::condition_variable work_; ///< for workers: a batch waits, or none will come
    std::condition_variable room_; ///< for the reader: a batch has left
    std::condition_variable done_; ///< for the writer: a batch is finished, or none will come
    std::deque<std::pair<std::size_t, Batch>> waiting_;
    std::map<std::size_t, Batch> finished_;
    std::size_t read_ = 0;
    std::size_t under_way_ = 0;
    bool dry_ = false;
    bool stopped_ = false;
    std::exception_ptr error_;
};

} // namespace kadesh
