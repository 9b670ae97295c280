#include "output.hpp"

#include <cerrno>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kadesh::cli {

Output Output::file(const std::string& path, std::string& error) {
    std::FILE* stream = std::fopen(path.c_str(), "wb");
    if (stream == nullptr) {
        error = path + ": cannot be written: " + std::generic_category().message(errno);
        return {};
    }
    return {stream, path, true};
}

Output::Output(Output&& other) noexcept
    : stream_(std::exchange(other.stream_, nullptr)), name_(std::move(other.name_)), owned_(other.owned_),
      problem_(std::move(other.problem_)) {}

Output& Output::operator=(Output&& other) noexcept {
    std::swap(stream_, other.stream_);
    std::swap(name_, other.name_);
    std::swap(owned_, other.owned_);
    std::swap(problem_, other.problem_);
    return *this;
}

Output::~Output() {
    if (stream_ != nullptr && owned_) std::fclose(stream_);
}

bool Output::write(std::string_view bytes) {
    if (bytes.empty()) return true;
    if (std::fwrite(bytes.data(), 1, bytes.size(), stream_) != bytes.size()) return failed();
    // Someone watches a terminal; a pipe or file is better served in large pieces.
    return ::isatty(::fileno(stream_)) == 0 || flush();
}

bool Output::flush() {
    return std::fflush(stream_) == 0 || failed();
}

bool Output::failed() {
    if (errno != EPIPE && problem_.empty())
        problem_ = name_ + ": cannot be written: " + std::generic_category().message(errno);
    return false;
}

} // namespace kadesh::cli
