// Memory on cache-line boundaries that grows and never shrinks: scratch space and packed weights.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

namespace kadesh::neural {

inline constexpr std::size_t kAlignment = 64;

template <typename T> class AlignedBuffer {
    static_assert(std::is_trivially_copyable_v<T>);

  public:
    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t size) { reserve(size); }

    /// Room for at least `size` elements. When it grows, the old contents are lost and the new ones are zero.
    T* reserve(std::size_t size) {
        if (size > size_) {
            data_.reset(static_cast<T*>(::operator new (size * sizeof(T), std::align_val_t{kAlignment})));
            std::uninitialized_value_construct_n(data_.get(), size);
            size_ = size;
        }
        return data_.get();
    }
    [[nodiscard]] T* data() { return data_.get(); }
    [[nodiscard]] const T* data() const { return data_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::span<T> span() { return {data_.get(), size_}; }
    [[nodiscard]] std::span<const T> span() const { return {data_.get(), size_}; }

  private:
    struct Free {
        void operator()(T* p) const { ::operator delete (p, std::align_val_t{kAlignment}); }
    };
    std::unique_ptr<T, Free> data_;
    std::size_t size_ = 0;
};

} // namespace kadesh::neural
