#include "readers/reader.hpp"

#include "base/ascii.hpp"
#include "readers/content_kind.hpp"
#include "readers/decompression.hpp"
#include "readers/html_page.hpp"
#include "readers/input_buffer.hpp"
#include "readers/json_records.hpp"
#include "readers/plain_text.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kadesh {
namespace readers {
namespace {

/// Gives bytes that were looked at again, then the rest of their stream.
class RestoredStream final : public ByteStream {
  public:
    explicit RestoredStream(InputBuffer seen) : seen_(std::move(seen)) {}

    Result<std::size_t> read(std::span<char> out) override {
        if (seen_.bytes().empty() && !seen_.fill()) {
            if (seen_.error()) return *seen_.error();
            return std::size_t{0};
        }
        const std::size_t n = std::min(out.size(), seen_.bytes().size());
        std::memcpy(out.data(), seen_.bytes().data(), n);
        seen_.take(n);
        return n;
    }

  private:
    InputBuffer seen_;
};

/// The stream, unpacked if it is packed. A packed stream is not limited itself; what comes out of it is.
InputBuffer unpacked(std::unique_ptr<ByteStream> stream, std::uint64_t max_bytes) {
    InputBuffer input(std::move(stream), UINT64_MAX);
    input.fill_to(4);
    const Compression compression = compression_of(input.bytes());
    auto restored = std::make_unique<RestoredStream>(std::move(input));
    switch (compression) {
    case Compression::Gzip: return {gzip_stream(std::move(restored)), max_bytes};
    case Compression::Zstd: return {zstd_stream(std::move(restored)), max_bytes};
    case Compression::None: break;
    }
    return {std::move(restored), max_bytes};
}

std::string_view file_name(std::string_view path) {
    const auto slash = path.find_last_of('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

Result<std::unique_ptr<DocumentFormat>> format_of(std::unique_ptr<ByteStream> stream, const std::string& name,
                                                  const ReadOptions& options) {
    InputBuffer input = unpacked(std::move(stream), options.max_input_bytes);
    input.fill_to(kSniffBytes);
    const std::string_view head = input.bytes();
    if (head.empty() && input.error()) return *input.error();
    if (head.empty()) return Error{ErrorCode::BadInput, "is empty"};
    if (const auto kind = unreadable_kind(head))
        return Error{ErrorCode::BadInput,
                     "looks like " + *kind + "; Kadesh reads plain text, HTML and JSON (gzip or zstd, too)"};
    std::string id(file_name(name));
    switch (content_kind(head, name)) {
    case ContentKind::Json: return json_records(std::move(input), std::move(id), options);
    case ContentKind::Html: return html_page(std::move(input), std::move(id), options);
    case ContentKind::PlainText: break;
    }
    return plain_text(std::move(input), std::move(id), options);
}

Error named(const std::string& name, Error error) {
    error.message = name + ": " + error.message;
    return error;
}

} // namespace
} // namespace readers

struct DocumentSource::State {
    std::string name;
    int descriptor; ///< open as long as the format's stream is
    std::unique_ptr<readers::DocumentFormat> format;
};

DocumentSource::DocumentSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
DocumentSource::DocumentSource(DocumentSource&&) noexcept = default;
DocumentSource& DocumentSource::operator=(DocumentSource&&) noexcept = default;
DocumentSource::~DocumentSource() = default;

Result<DocumentSource> DocumentSource::open(const std::string& path, const ReadOptions& options) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        const int reason = errno;
        const bool missing = reason == ENOENT || reason == ENOTDIR;
        return Error{missing ? ErrorCode::NotFound : ErrorCode::Io,
                     path + ": cannot be opened: " + std::generic_category().message(reason)};
    }
    auto stream = readers::descriptor_stream(descriptor, true);
    struct stat about {};
    if (::fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode))
        return Error{ErrorCode::Io, path + ": is a folder; name the files in it"};
    auto format = readers::format_of(std::move(stream), path, options);
    if (!format) return readers::named(path, format.error());
    return DocumentSource(std::make_unique<State>(State{path, descriptor, std::move(format).value()}));
}

Result<DocumentSource> DocumentSource::from_descriptor(int descriptor, const std::string& name,
                                                       const ReadOptions& options) {
    auto format = readers::format_of(readers::descriptor_stream(descriptor, false), name, options);
    if (!format) return readers::named(name, format.error());
    return DocumentSource(std::make_unique<State>(State{name, descriptor, std::move(format).value()}));
}

std::optional<Result<Document>> DocumentSource::next() {
    auto document = state_->format->next();
    if (document && !*document) return readers::named(state_->name, document->error());
    return document;
}

std::uint64_t DocumentSource::position() const {
    const off_t at = ::lseek(state_->descriptor, 0, SEEK_CUR);
    return at < 0 ? 0 : static_cast<std::uint64_t>(at);
}

} // namespace kadesh
