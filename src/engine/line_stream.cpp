#include "engine/line_stream.hpp"

#include "readers/byte_stream.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kadesh {
namespace {

constexpr std::uint64_t kMaxInputBytes = std::uint64_t{1} << 40;

} // namespace

std::optional<InputLine> LineStream::next_line() {
    readers::InputBuffer& input = *input_;
    InputLine line;
    bool any = false;
    for (;;) {
        const std::string_view bytes = input.bytes();
        const auto end = bytes.find('\n');
        any = any || !bytes.empty();
        line.text += bytes.substr(0, end);
        line.too_long = line.too_long || line.text.size() > kMaxLineBytes;
        if (line.too_long) line.text.clear();
        input.take(end == std::string_view::npos ? bytes.size() : end + 1);
        if (end != std::string_view::npos) return line;
        if (!input.fill()) return any ? std::optional(std::move(line)) : std::nullopt;
    }
}

std::optional<Result<InputLine>> LineStream::next() {
    for (;;) {
        if (!input_) {
            if (at_ == inputs_.size()) return std::nullopt;
            const std::string& path = inputs_[at_++];
            const bool standard = path == "-";
            const int descriptor = standard ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
            if (descriptor < 0) {
                const int reason = errno;
                return Error{reason == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                             path + ": cannot be opened: " + std::generic_category().message(reason)};
            }
            name_ = standard ? "standard input" : path;
            line_ = 0;
            input_.emplace(readers::descriptor_stream(descriptor, !standard), kMaxInputBytes);
        }
        auto line = next_line();
        if (!line) {
            const std::optional<Error> error = input_->error();
            input_.reset();
            if (error) return Error{error->code, name_ + ": " + error->message};
            continue;
        }
        ++line_;
        if (!line->too_long && line->text.find_first_not_of(" \t\r") == std::string::npos) continue;
        line->where = name_ + ", line " + std::to_string(line_);
        return *std::move(line);
    }
}

} // namespace kadesh
