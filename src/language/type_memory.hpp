// A thread's memory of the word types it has met: most words of a text are old acquaintances.
#pragma once

#include "neural/aligned_buffer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// Rows of floats by word. Holds a fixed number; when it is full the caller forgets all and starts again, so what is in
/// it never changes a result, only the time.
class TypeMemory {
  public:
    static constexpr std::size_t kCapacity = 8192;

    /// Empties the memory and sets the rows' width.
    void reset(std::size_t width);
    [[nodiscard]] std::size_t width() const { return width_; }
    /// Whether `count` more words are sure to find room.
    [[nodiscard]] bool has_room(std::size_t count) const { return rows_ + count <= kCapacity; }

    struct Found {
        float* row = nullptr;
        bool fresh = false; ///< met for the first time: the caller fills the row
    };
    /// The row of a word; there must be room for one more. Rows stay where they are until `reset`.
    Found find(std::string_view word, bool first);

  private:
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t key = 0; ///< place in keys_
        std::uint32_t size = 0;
        std::uint32_t row = UINT32_MAX;
    };

    std::vector<Slot> slots_;
    std::string keys_;
    neural::AlignedBuffer<float> values_;
    std::size_t width_ = 0;
    std::size_t rows_ = 0;
};

} // namespace kadesh
