#include "engine/import_lines.hpp"

#include "readers/byte_stream.hpp"
#include "readers/decompression.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace kadesh {
namespace {

constexpr std::uint64_t kMaxInputBytes = std::uint64_t{1} << 44; // the whole of Wikidata, unpacked, some times over
constexpr std::size_t kMaxLineBytes = std::size_t{64} << 20;

} // namespace

Result<ImportLines> ImportLines::open(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        const int reason = errno;
        return Error{reason == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                     path + ": cannot be opened: " + std::generic_category().message(reason)};
    }
    std::array<char, 4> first{};
    const ssize_t size = ::pread(descriptor, first.data(), first.size(), 0);
    auto stream = readers::descriptor_stream(descriptor, true);
    switch (readers::compression_of({first.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))})) {
    case readers::Compression::Gzip: stream = readers::gzip_stream(std::move(stream)); break;
    case readers::Compression::Zstd: stream = readers::zstd_stream(std::move(stream)); break;
    case readers::Compression::None: break;
    }
    return ImportLines(readers::InputBuffer(std::move(stream), kMaxInputBytes));
}

std::optional<std::string_view> ImportLines::next() {
    input_.take(taken_);
    taken_ = 0;
    std::size_t searched = 0;
    for (bool too_long = false;;) {
        const std::string_view bytes = input_.bytes();
        const std::size_t end = bytes.find('\n', searched);
        if (end != std::string_view::npos) {
            ++line_;
            if (too_long) {
                input_.take(end + 1);
                too_long = false;
                searched = 0;
                continue;
            }
            taken_ = end + 1;
            std::string_view line = bytes.substr(0, end);
            if (line.ends_with('\r')) line.remove_suffix(1);
            return line;
        }
        searched = bytes.size();
        if (too_long || bytes.size() > kMaxLineBytes) {
            too_long = true;
            input_.take(bytes.size());
            searched = 0;
        }
        if (!input_.fill()) {
            const std::string_view rest = input_.bytes();
            if (rest.empty()) return std::nullopt;
            ++line_;
            ended_ = false;
            taken_ = rest.size();
            return rest;
        }
    }
}

} // namespace kadesh
