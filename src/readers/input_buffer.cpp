#include "readers/input_buffer.hpp"

#include "readers/byte_size.hpp"

#include <utility>

namespace kadesh::readers {
namespace {
constexpr std::size_t kChunk = std::size_t{1} << 16;
} // namespace

InputBuffer::InputBuffer(std::unique_ptr<ByteStream> stream, std::uint64_t max_bytes)
    : stream_(std::move(stream)), max_bytes_(max_bytes), left_(max_bytes) {}

bool InputBuffer::fill() {
    if (ended_) return false;
    // Moving what is left costs no more than what was taken.
    if (taken_ >= buffer_.size() - taken_) {
        buffer_.erase(0, taken_);
        taken_ = 0;
    }
    const std::size_t old = buffer_.size();
    buffer_.resize(old + kChunk);
    auto n = stream_->read({buffer_.data() + old, kChunk});
    if (n && *n > left_)
        n = Error{ErrorCode::TooLarge, "holds more than " + byte_size(max_bytes_) + ", the limit for one input"};
    buffer_.resize(old + (n ? *n : 0));
    if (!n) error_ = n.error();
    if (!n || *n == 0) {
        ended_ = true;
        return false;
    }
    left_ -= *n;
    return true;
}

void InputBuffer::fill_to(std::size_t count) {
    while (bytes().size() < count && fill()) {
    }
}

} // namespace kadesh::readers
