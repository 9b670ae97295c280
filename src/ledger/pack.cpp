#include "ledger/pack.hpp"

#include <memory>
#include <zstd.h>

namespace kadesh::ledger {
namespace {
constexpr int kLevel = 3;
constexpr unsigned long long kMostBytes = 1ULL << 31;
} // namespace

std::string pack(std::string_view bytes) {
    thread_local const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(),
                                                                                       ZSTD_freeCCtx);
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compressCCtx(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size(), kLevel);
    packed.resize(ZSTD_isError(size) != 0U ? 0 : size);
    return packed;
}

Result<std::string> unpack(std::string_view packed) {
    const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size > kMostBytes) return Error{ErrorCode::BadArtefact, "a stored text is damaged"};
    std::string bytes(static_cast<std::size_t>(size), '\0');
    const std::size_t got = ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
    if (ZSTD_isError(got) != 0U || got != size) return Error{ErrorCode::BadArtefact, "a stored text is damaged"};
    return bytes;
}

} // namespace kadesh::ledger
