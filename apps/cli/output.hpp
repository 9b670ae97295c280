// Where records go: standard output or a file.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace kadesh::cli {

class Output {
  public:
    static Output standard() { return Output(stdout, "standard output", false); }
    /// Empty on failure, with the reason in `error`.
    static Output file(const std::string& path, std::string& error);

    Output() = default;
    Output(Output&& other) noexcept;
    Output& operator=(Output&& other) noexcept;
    ~Output();

    [[nodiscard]] bool is_open() const { return stream_ != nullptr; }
    /// False once something could not be written.
    bool write(std::string_view bytes);
    bool flush();
    /// What went wrong; empty when nothing did, and when the reader of a pipe has gone, which is no fault.
    [[nodiscard]] const std::string& problem() const { return problem_; }

  private:
    Output(std::FILE* stream, std::string name, bool owned) : stream_(stream), name_(std::move(name)), owned_(owned) {}
    bool failed();

    std::FILE* stream_ = nullptr;
    std::string name_;
    bool owned_ = false;
    std::string problem_;
};

} // namespace kadesh::cli
