#include "coding/place_names.hpp"

#include <algorithm>

namespace kadesh {
namespace {

bool names_place(const NameUse& use, const World& world) {
    if (use.entry == kNoEntry) return use.type == NameType::LOC;
    if (use.form == NameForm::Demonym) return false;
    const Entry entry = world.entry(use.entry);
    if (entry.kind == EntryKind::Country) {
        // A capital is a place where it stands for its government, too; a palace is not.
        if (use.form == NameForm::Metonym) return entry.capital != kNoEntry && use.type == NameType::LOC;
        return true;
    }
    return entry.kind == EntryKind::City || entry.kind == EntryKind::Region;
}

} // namespace

std::vector<TextSpan> place_names(const Tree& tree, const Mentions& mentions, const World& world) {
    std::vector<TextSpan> names;
    for (const NameUse& use : mentions.names()) {
        if (!names_place(use, world)) continue;
        const TextSpan span = tree.text_span(use.tokens);
        if (!span.empty() && (names.empty() || names.back().end <= span.start)) names.push_back(span);
    }
    return names;
}

} // namespace kadesh
