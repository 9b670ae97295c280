#include "readers/json_layout.hpp"

#include "base/ascii.hpp"

namespace kadesh::readers {

std::size_t JsonValueEnd::feed(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (in_string_) {
            if (escaped_) {
                escaped_ = false;
            } else if (c == '\\') {
                escaped_ = true;
            } else if (c == '"') {
                in_string_ = false;
                if (depth_ == 0) return i + 1;
            }
            continue;
        }
        switch (c) {
        case '"':
            if (scalar_) return i;
            in_string_ = true;
            break;
        case '{':
        case '[':
            if (scalar_) return i;
            ++depth_;
            break;
        case '}':
        case ']':
            if (depth_ == 0) return i;
            if (--depth_ == 0) return i + 1;
            break;
        default:
            if (depth_ > 0) break;
            if (scalar_ && (c == ',' || is_ascii_space(c))) return i;
            scalar_ = true;
        }
    }
    return npos;
}

JsonLayout json_layout(std::string_view head) {
    if (head.starts_with('[')) return JsonLayout::Array;
    const auto line_end = head.find('\n');
    const std::string_view line = head.substr(0, line_end);
    if (JsonValueEnd{}.feed(line) != JsonValueEnd::npos) return JsonLayout::Lines;
    if (line_end == std::string_view::npos) return JsonLayout::Lines;
    // The first line does not close what it opens. Either the value runs over several lines, or this is a damaged
    // record and the next line begins another: no object has an opening brace right after one of its own or a comma.
    const std::string_view rest = trim_ascii_front(head.substr(line_end));
    const std::string_view start = trim_ascii(line);
    const bool awaits_value = start.ends_with(':') || start.ends_with('[');
    return rest.starts_with('{') && !awaits_value ? JsonLayout::Lines : JsonLayout::Values;
}

} // namespace kadesh::readers
