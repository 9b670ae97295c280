// Any line as a question of `classify`: it asks about two stretches within its text, or says why it asks nothing.
#include "base/utf8.hpp"
#include "engine/pair_stream.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static kadesh::PairReader reader;
    const kadesh::PairQuestion question = reader.read({reinterpret_cast<const char*>(data), size});
    if (!question.problem.empty()) return 0;
    if (!kadesh::is_valid_utf8(question.text)) std::abort();
    for (const kadesh::TextSpan span : {question.source, question.target}) {
        if (span.empty() || span.end > question.text.size()) std::abort();
        if (kadesh::is_continuation_byte(question.text[span.start])) std::abort();
        if (span.end < question.text.size() && kadesh::is_continuation_byte(question.text[span.end])) std::abort();
    }
    return 0;
}
