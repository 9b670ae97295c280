#include "language/type_memory.hpp"

#include "base/text_hash.hpp"

#include <algorithm>

namespace kadesh {
namespace {

constexpr std::size_t kSlots = 4 * TypeMemory::kCapacity; // a power of two; a quarter full at most

} // namespace

void TypeMemory::reset(std::size_t width) {
    slots_.assign(kSlots, {});
    keys_.clear();
    values_.reserve(kCapacity * width);
    width_ = width;
    rows_ = 0;
}

TypeMemory::Found TypeMemory::find(std::string_view word, bool first) {
    // A sentence's first word is a type of its own: its capital says less.
    const std::uint64_t hash = (hash64(word) << 1) | static_cast<std::uint64_t>(first);
    std::size_t at = (hash ^ (hash >> 32)) % kSlots;
    for (; slots_[at].row != UINT32_MAX; at = (at + 1) % kSlots) {
        const Slot& slot = slots_[at];
        if (slot.hash == hash && std::string_view(keys_).substr(slot.key, slot.size) == word) {
            return {values_.data() + slot.row * width_, false};
        }
    }
    slots_[at] = {hash, static_cast<std::uint32_t>(keys_.size()), static_cast<std::uint32_t>(word.size()),
                  static_cast<std::uint32_t>(rows_)};
    keys_ += word;
    return {values_.data() + rows_++ * width_, true};
}

} // namespace kadesh
