#include "engine/document_stream.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kadesh {
namespace {

/// Bytes of a regular file, 0 for anything else.
std::uint64_t size_of(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return 0;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    return error ? 0 : size;
}

} // namespace

DocumentStream::DocumentStream(std::span<const std::string> inputs, ReadOptions options)
    : inputs_(inputs), options_(options) {
    if (std::ranges::count(inputs_, "-") > 0) return;
    for (const std::string& input : inputs_) size_ += size_of(input);
}

std::uint64_t DocumentStream::position() const {
    return before_ + (source_ ? source_->position() : 0);
}

std::optional<Result<Document>> DocumentStream::next() {
    for (;;) {
        if (source_) {
            if (auto document = source_->next()) return document;
            before_ += source_->position();
            source_.reset();
        }
        if (at_ == inputs_.size()) return std::nullopt;
        const std::string& input = inputs_[at_++];
        auto source = input == "-" ? DocumentSource::from_descriptor(STDIN_FILENO, "standard input", options_)
                                   : DocumentSource::open(input, options_);
        if (!source) return source.error();
        source_ = std::move(source).value();
    }
}

} // namespace kadesh
