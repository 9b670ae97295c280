#include "engine/pair_stream.hpp"

#include "base/utf8.hpp"
#include "engine/json_question.hpp"

#include <simdjson.h>
#include <utility>

namespace kadesh {
namespace dom = simdjson::dom;

struct PairReader::Impl {
    dom::parser parser{LineStream::kMaxLineBytes * 4};
};

PairReader::PairReader() : impl_(std::make_unique<Impl>()) {}
PairReader::~PairReader() = default;

PairQuestion PairReader::read(std::string_view line) {
    JsonQuestion asked = read_question(impl_->parser, line);
    PairQuestion question{std::move(asked.id_json), std::move(asked.text), {}, {}, std::move(asked.problem)};
    if (!question.problem.empty()) return question;
    const CodePointIndex index(question.text);
    for (const auto& [key, span] : {std::pair{"source", &question.source}, std::pair{"target", &question.target}}) {
        dom::element field;
        std::optional<TextSpan> found;
        if (asked.fields[key].get(field) == simdjson::SUCCESS) found = span_of(field, index);
        if (!found) {
            question.problem = std::string(key) + " is no [start, end] within the text";
            return question;
        }
        *span = *found;
    }
    return question;
}

std::optional<Result<PairQuestion>> PairStream::next() {
    auto line = lines_.next();
    if (!line) return std::nullopt;
    if (!*line) return line->error();
    PairQuestion question;
    if ((*line)->too_long)
        question.problem = "is longer than 4 MiB";
    else
        question = reader_.read((*line)->text);
    if (!question.problem.empty()) question.problem = (*line)->where + ": " + question.problem;
    return question;
}

} // namespace kadesh
