#include "language/name_repair.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

namespace kadesh {
namespace {

// How often, and how many times as often as all others together, a type must come to be a name's type throughout.
constexpr int kOften = 2;
constexpr int kTimes = 2;

void trim(Annotation& a) {
    const auto hangs = [&a](Token t) {
        return a.upos[t] == Upos::PUNCT || (a.upos[t] == Upos::PART && a.xpos[t] == "POS");
    };
    for (NameSpan& name : a.names) {
        TokenRange& r = name.tokens;
        while (r.last > r.first && hangs(r.last - 1)) --r.last;
        while (r.last > r.first && a.upos[r.first] == Upos::PUNCT) ++r.first;
    }
    std::erase_if(a.names, [](const NameSpan& name) { return name.tokens.size() == 0; });
}

void join_articles(Annotation& a) {
    for (std::size_t i = 0; i < a.names.size(); ++i) {
        TokenRange& r = a.names[i].tokens;
        if (r.size() != 1 || a.upos[r.first] != Upos::DET) continue;
        if (i + 1 < a.names.size() && a.names[i + 1].tokens.first == r.last && a.head[r.first] != kNoToken &&
            a.names[i + 1].tokens.contains(a.head[r.first])) {
            a.names[i + 1].tokens.first = r.first;
        }
        r.last = r.first;
    }
    std::erase_if(a.names, [](const NameSpan& name) { return name.tokens.size() == 0; });
}

void agree_on_types(Annotation& a) {
    std::unordered_map<std::string_view, std::array<int, 4>> counts;
    const auto text_of = [&a](const NameSpan& name) {
        const std::string_view first = a.form[name.tokens.first];
        const std::uint32_t size = a.span[name.tokens.last - 1].end - a.span[name.tokens.first].start;
        return std::string_view(first.data(), size); // the forms of a name stand in one text
    };
    for (const NameSpan& name : a.names) ++counts[text_of(name)][static_cast<std::size_t>(name.type)];
    for (NameSpan& name : a.names) {
        const std::array<int, 4>& count = counts[text_of(name)];
        const auto top = std::max_element(count.begin(), count.end());
        const int others = count[0] + count[1] + count[2] + count[3] - *top;
        if (*top >= kOften && *top >= kTimes * others) name.type = static_cast<NameType>(top - count.begin());
    }
}

} // namespace

void repair_names(Annotation& annotation) {
    trim(annotation);
    join_articles(annotation);
    agree_on_types(annotation);
}

} // namespace kadesh
