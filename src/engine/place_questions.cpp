#include "engine/place_questions.hpp"

#include "engine/json_question.hpp"
#include "engine/line_stream.hpp"

#include <utility>

namespace kadesh {
namespace dom = simdjson::dom;

struct PlaceQuestionReader::Impl {
    dom::parser parser{LineStream::kMaxLineBytes * 4};
};

PlaceQuestionReader::PlaceQuestionReader() : impl_(std::make_unique<Impl>()) {}
PlaceQuestionReader::~PlaceQuestionReader() = default;

PlaceQuestion PlaceQuestionReader::read(std::string_view line) {
    JsonQuestion asked = read_question(impl_->parser, line);
    PlaceQuestion question{std::move(asked.id_json), std::move(asked.text), {}, std::move(asked.problem)};
    if (!question.problem.empty()) return question;
    dom::array spans;
    if (asked.fields["spans"].get(spans) != simdjson::SUCCESS) {
        question.problem = "has no list of spans";
        return question;
    }
    const CodePointIndex index(question.text);
    for (const dom::element span : spans) {
        const auto found = span_of(span, index);
        if (!found || (!question.names.empty() && found->start < question.names.back().end)) {
            question.problem = "spans are [start, end] within the text, in order, none in another";
            question.names.clear();
            return question;
        }
        question.names.push_back(*found);
    }
    return question;
}

} // namespace kadesh
