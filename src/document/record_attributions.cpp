#include "base/utf8.hpp"
#include "document/json_writer.hpp"
#include "kadesh/records.hpp"

#include <string_view>

namespace kadesh {

void write_attributions(const Document& document, std::span<const Attribution> attributions, std::string& out) {
    const CodePointIndex index(document.text);
    JsonWriter json(out);
    const auto span = [&](TextSpan s) {
        json.begin_object().field("start", index.code_point(s.start)).field("end", index.code_point(s.end));
        json.field("text", std::string_view(document.text).substr(s.start, s.end - s.start)).end_object();
    };
    json.begin_object().field("document", document.id).key("attributions").begin_array();
    for (const Attribution& a : attributions) {
        json.begin_object();
        if (a.source) {
            json.key("source");
            span(*a.source);
        }
        json.key("cue");
        span(a.cue);
        json.key("content").begin_array();
        for (const TextSpan& piece : a.content) span(piece);
        json.end_array().field("direct", a.direct).field("depth", a.depth);
        json.key("probability").value(a.probability, 2).end_object();
    }
    json.end_array().end_object();
    out += '\n';
}

} // namespace kadesh
