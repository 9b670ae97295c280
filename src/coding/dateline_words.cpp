#include "coding/dateline_words.hpp"

#include "document/dateline.hpp"

namespace kadesh {

void set_dateline_apart(std::string_view text, Annotation& a) {
    const std::optional<Dateline> line = find_dateline(text);
    if (!line) return;
    for (const TokenRange& sentence : a.sentences) {
        if (a.span[sentence.first].start >= line->skip.end) break;
        Token end = sentence.first; // the first word behind the dateline
        while (end < sentence.last && a.span[end].start < line->skip.end) ++end;
        if (a.span[sentence.first].start < line->skip.start || end == sentence.last) continue;
        const auto apart = [&](Token t) { return t >= sentence.first && t < end; };
        // The dateline took the root: the predicate that hangs on it, else the first word that does, has it now.
        Token root = kNoToken;
        for (Token t = end; t < sentence.last; ++t) {
            if (a.head[t] == kNoToken || !apart(a.head[t])) continue;
            if (root == kNoToken || (a.upos[t] == Upos::VERB && a.upos[root] != Upos::VERB)) root = t;
        }
        for (Token t = end; t < sentence.last; ++t)
            if (a.head[t] == kNoToken) root = t;
        if (root == kNoToken) continue;
        for (Token t = end; t < sentence.last; ++t)
            if (t != root && a.head[t] != kNoToken && apart(a.head[t])) a.head[t] = root;
        if (a.head[root] != kNoToken && apart(a.head[root])) {
            a.head[root] = kNoToken;
            a.rel[root] = Rel::Root;
        }
        for (Token t = sentence.first; t < end; ++t) {
            if (a.head[t] != kNoToken && apart(a.head[t])) continue;
            a.head[t] = root;
            a.rel[t] = Rel::Dep;
        }
    }
}

} // namespace kadesh
