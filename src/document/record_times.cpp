#include "base/utf8.hpp"
#include "document/json_writer.hpp"
#include "kadesh/records.hpp"

#include <string_view>

namespace kadesh {

void write_times(const Document& document, std::span<const TimeMention> times, std::string& out) {
    const CodePointIndex index(document.text);
    JsonWriter json(out);
    json.begin_object().field("document", document.id);
    if (document.date) json.field("date", document.date->iso());
    json.key("times").begin_array();
    for (const TimeMention& t : times) {
        json.begin_object().field("start", index.code_point(t.span.start)).field("end", index.code_point(t.span.end));
        json.field("text", std::string_view(document.text).substr(t.span.start, t.span.end - t.span.start));
        json.field("value", t.value);
        if (t.range) json.field("from", t.range->first.iso()).field("to", t.range->last.iso());
        json.end_object();
    }
    json.end_array().end_object();
    out += '\n';
}

} // namespace kadesh
