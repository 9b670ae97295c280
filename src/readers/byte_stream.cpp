#include "readers/byte_stream.hpp"

#include <cerrno>
#include <system_error>
#include <unistd.h>

namespace kadesh::readers {
namespace {

class DescriptorStream final : public ByteStream {
  public:
    DescriptorStream(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {}
    ~DescriptorStream() override {
        if (owned_) ::close(descriptor_);
    }

    Result<std::size_t> read(std::span<char> out) override {
        for (;;) {
            const ssize_t n = ::read(descriptor_, out.data(), out.size());
            if (n >= 0) return static_cast<std::size_t>(n);
            if (errno == EINTR) continue;
            return Error{ErrorCode::Io, "cannot be read: " + std::generic_category().message(errno)};
        }
    }

  private:
    int descriptor_;
    bool owned_;
};

} // namespace

std::unique_ptr<ByteStream> descriptor_stream(int descriptor, bool owned) {
    return std::make_unique<DescriptorStream>(descriptor, owned);
}

} // namespace kadesh::readers
