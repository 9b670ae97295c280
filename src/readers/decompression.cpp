#include "readers/decompression.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>
#include <zlib.h>
#include <zstd.h>

namespace kadesh::readers {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 16;
/// Frames that need more memory than this to unpack are refused (the default of the zstd tool is 2^27 bytes).
constexpr int kZstdWindowLog = 27;

Error ends_early(const char* format) {
    return {ErrorCode::BadInput, std::string("ends early: the ") + format + " data is cut off"};
}

class GzipStream final : public ByteStream {
  public:
    explicit GzipStream(std::unique_ptr<ByteStream> packed) : packed_(std::move(packed)), buffer_(kChunk) {
        constexpr int kGzipWrapper = 16;
        ready_ = inflateInit2(&state_, MAX_WBITS + kGzipWrapper) == Z_OK;
    }
    ~GzipStream() override {
        if (ready_) inflateEnd(&state_);
    }

    Result<std::size_t> read(std::span<char> out) override {
        if (!ready_) return Error{ErrorCode::Io, "cannot be unpacked: no memory for gzip"};
        state_.next_out = reinterpret_cast<Bytef*>(out.data());
        state_.avail_out = static_cast<uInt>(std::min(out.size(), kChunk * 16));
        const uInt room = state_.avail_out;
        while (state_.avail_out == room && !done_) {
            if (state_.avail_in == 0) {
                const auto n = packed_->read(buffer_);
                if (!n) return n.error();
                if (*n == 0) {
                    if (in_member_) return ends_early("gzip");
                    done_ = true;
                    break;
                }
                state_.next_in = reinterpret_cast<Bytef*>(buffer_.data());
                state_.avail_in = static_cast<uInt>(*n);
            }
            if (!in_member_) {
                // After a member stands another one, or padding with zeros.
                if (members_ > 0 && *state_.next_in == 0) {
                    ++state_.next_in;
                    --state_.avail_in;
                    continue;
                }
                inflateReset(&state_);
                in_member_ = true;
            }
            const int status = inflate(&state_, Z_NO_FLUSH);
            if (status == Z_STREAM_END) {
                in_member_ = false;
                ++members_;
            } else if (status != Z_OK && status != Z_BUF_ERROR) {
                done_ = true;
                return Error{ErrorCode::BadInput, std::string("is damaged: the gzip data cannot be unpacked (") +
                                                      (state_.msg != nullptr ? state_.msg : "unknown reason") + ")"};
            }
        }
        return static_cast<std::size_t>(room - state_.avail_out);
    }

  private:
    std::unique_ptr<ByteStream> packed_;
    std::vector<char> buffer_;
    z_stream state_{};
    std::size_t members_ = 0;
    bool ready_ = false;
    bool in_member_ = true;
    bool done_ = false;
};

class ZstdStream final : public ByteStream {
  public:
    explicit ZstdStream(std::unique_ptr<ByteStream> packed)
        : packed_(std::move(packed)), buffer_(kChunk), state_(ZSTD_createDStream()) {
        if (state_ != nullptr) ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, kZstdWindowLog);
    }
    ~ZstdStream() override { ZSTD_freeDStream(state_); }

    Result<std::size_t> read(std::span<char> out) override {
        if (state_ == nullptr) return Error{ErrorCode::Io, "cannot be unpacked: no memory for zstd"};
        ZSTD_outBuffer unpacked{out.data(), out.size(), 0};
        while (unpacked.pos == 0 && !done_) {
            if (input_.pos == input_.size && !more_output_) {
                const auto n = packed_->read(buffer_);
                if (!n) return n.error();
                if (*n == 0) {
                    done_ = true;
                    if (in_frame_) return ends_early("zstd");
                    break;
                }
                input_ = {buffer_.data(), *n, 0};
            }
            const std::size_t status = ZSTD_decompressStream(state_, &unpacked, &input_);
            if (ZSTD_isError(status) != 0) {
                done_ = true;
                return Error{ErrorCode::BadInput, std::string("is damaged: the zstd data cannot be unpacked (") +
                                                      ZSTD_getErrorName(status) + ")"};
            }
            in_frame_ = status != 0;
            more_output_ = unpacked.pos == unpacked.size;
        }
        return unpacked.pos;
    }

  private:
    std::unique_ptr<ByteStream> packed_;
    std::vector<char> buffer_;
    ZSTD_DStream* state_;
    ZSTD_inBuffer input_{nullptr, 0, 0};
    bool in_frame_ = true;
    bool more_output_ = false; ///< the last call filled its output: the decoder may hold more
    bool done_ = false;
};

} // namespace

Compression compression_of(std::string_view bytes) {
    if (bytes.starts_with("\x1f\x8b\x08")) return Compression::Gzip;
    if (bytes.starts_with("\x28\xb5\x2f\xfd")) return Compression::Zstd;
    // A zstd file may begin with a skippable frame.
    if (bytes.size() >= 4 && (static_cast<unsigned char>(bytes[0]) & 0xF0) == 0x50 &&
        bytes.substr(1, 3) == "\x2a\x4d\x18")
        return Compression::Zstd;
    return Compression::None;
}

std::unique_ptr<ByteStream> gzip_stream(std::unique_ptr<ByteStream> packed) {
    return std::make_unique<GzipStream>(std::move(packed));
}

std::unique_ptr<ByteStream> zstd_stream(std::unique_ptr<ByteStream> packed) {
    return std::make_unique<ZstdStream>(std::move(packed));
}

} // namespace kadesh::readers
