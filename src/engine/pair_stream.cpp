#include "engine/pair_stream.hpp"

#include "base/utf8.hpp"
#include "engine/json_span.hpp"
#include "readers/json_text.hpp"

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
    PairQuestion question;
    std::string json(line);
    readers::repair_json(json);
    dom::element root;
    if (const auto status = impl_->parser.parse(json).get(root); status != simdjson::SUCCESS) {
        question.problem = std::string("is no JSON object: ") + simdjson::error_message(status);
        return question;
    }
    dom::element field;
    if (root["id"].get(field) == simdjson::SUCCESS && (field.is_string() || field.is_number()))
        question.id_json = simdjson::minify(field);
    std::string_view text;
    if (root["text"].get(text) != simdjson::SUCCESS || text.empty()) {
        question.problem = "has no text";
        return question;
    }
    question.text = text;
    const CodePointIndex index(question.text);
    for (const auto& [key, span] : {std::pair{"source", &question.source}, std::pair{"target", &question.target}}) {
        std::optional<TextSpan> found;
        if (root[key].get(field) == simdjson::SUCCESS) found = span_of(field, index);
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
