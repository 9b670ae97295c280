#include "base/utf8.hpp"
#include "document/json_writer.hpp"
#include "document/record_names.hpp"
#include "kadesh/records.hpp"

#include <string_view>

namespace kadesh {

void write_statuses(const Document& document, std::span<const PredicateStatus> predicates, std::string& out) {
    const CodePointIndex index(document.text);
    JsonWriter json(out);
    json.begin_object().field("document", document.id);
    json.key("predicates").begin_array();
    for (const PredicateStatus& p : predicates) {
        json.begin_object().field("start", index.code_point(p.span.start)).field("end", index.code_point(p.span.end));
        json.field("text", std::string_view(document.text).substr(p.span.start, p.span.end - p.span.start));
        json.field("lemma", p.lemma).key("status").begin_array();
        for (const std::string_view status : auxiliary_names(p.auxiliary)) json.value(status);
        json.end_array().end_object();
    }
    json.end_array().end_object();
    out += '\n';
}

} // namespace kadesh
