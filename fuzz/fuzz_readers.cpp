// Any bytes, as a file of any name: the readers give documents with well-formed text or errors, never more.
#include "base/utf8.hpp"
#include "document/dateline.hpp"
#include "readers/reader.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <unistd.h>

namespace {

/// Bytes as an open descriptor.
class Input {
  public:
    Input(const std::uint8_t* data, std::size_t size) : file_(std::tmpfile()) {
        if (file_ == nullptr || std::fwrite(data, 1, size, file_) != size || std::fflush(file_) != 0) std::abort();
        ::lseek(descriptor(), 0, SEEK_SET);
    }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    ~Input() { std::fclose(file_); }
    [[nodiscard]] int descriptor() const { return ::fileno(file_); }

  private:
    std::FILE* file_;
};

void check(bool holds) {
    if (!holds) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    // The first byte picks what the name may decide, the rest is the file.
    constexpr const char* kNames[] = {"input", "input.json", "input.html", "input.txt"};
    const char* const name = kNames[data[0] % 4];
    const Input input(data + 1, size - 1);
    kadesh::ReadOptions options;
    options.max_text_bytes = 1 << 16;
    options.max_document_bytes = 1 << 16;
    options.max_html_bytes = 1 << 17;
    options.max_input_bytes = 1 << 20;
    auto source = kadesh::DocumentSource::from_descriptor(input.descriptor(), name, options);
    if (!source) {
        check(source.error().message.find(name) == 0);
        return 0;
    }
    while (auto next = source->next()) {
        if (!*next) {
            check(next->error().message.find(name) == 0);
            continue;
        }
        const kadesh::Document& document = **next;
        check(!document.text.empty() && document.text.size() <= options.max_text_bytes);
        check(!document.id.empty());
        for (const std::string* field : {&document.text, &document.id, &document.title, &document.source, &document.url,
                                         &document.author, &document.language})
            check(kadesh::is_valid_utf8(*field));
        if (const auto line = kadesh::find_dateline(document.text)) {
            check(line->skip.end <= document.text.size());
            check(kadesh::is_valid_utf8(std::string_view(document.text).substr(line->skip.end)));
            for (const kadesh::TextSpan span : {line->place, line->region, line->agency}) {
                check(span.end <= document.text.size());
                if (!span.empty())
                    check(kadesh::is_valid_utf8(
                        std::string_view(document.text).substr(span.start, span.end - span.start)));
            }
        }
    }
    return 0;
}
