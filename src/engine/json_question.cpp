#include "engine/json_question.hpp"

#include "readers/json_text.hpp"

namespace kadesh {
namespace dom = simdjson::dom;

JsonQuestion read_question(dom::parser& parser, std::string_view line) {
    JsonQuestion question;
    std::string json(line);
    readers::repair_json(json);
    if (const auto status = parser.parse(json).get(question.fields); status != simdjson::SUCCESS) {
        question.problem = std::string("is no JSON object: ") + simdjson::error_message(status);
        return question;
    }
    dom::element id;
    if (question.fields["id"].get(id) == simdjson::SUCCESS && (id.is_string() || id.is_number()))
        question.id_json = simdjson::minify(id);
    std::string_view text;
    if (question.fields["text"].get(text) != simdjson::SUCCESS || text.empty())
        question.problem = "has no text";
    else
        question.text = text;
    return question;
}

std::optional<TextSpan> span_of(dom::element value, const CodePointIndex& index) {
    dom::array pair;
    if (value.get(pair) != simdjson::SUCCESS || pair.size() != 2) return std::nullopt;
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    if (pair.at(0).get(start) != simdjson::SUCCESS || pair.at(1).get(end) != simdjson::SUCCESS) return std::nullopt;
    if (start >= end || end > index.size()) return std::nullopt;
    return TextSpan{index.byte(static_cast<std::uint32_t>(start)), index.byte(static_cast<std::uint32_t>(end))};
}

} // namespace kadesh
