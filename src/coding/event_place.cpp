#include "coding/event_place.hpp"

#include "document/dateline.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace kadesh {

namespace {

bool names_place(const Entry& e) {
    return e.kind == EntryKind::City || e.kind == EntryKind::Region || e.kind == EntryKind::Country;
}

Place make(const World& world, EntryId id, TextSpan span, std::string_view basis) {
    const Entry e = world.entry(id);
    Place p;
    p.name = e.name;
    p.country = e.code;
    p.lat = e.lat;
    p.lon = e.lon;
    p.has_coordinates = e.has_coordinates;
    p.geonames = e.geonames;
    p.span = span;
    p.basis = basis;
    return p;
}

/// The city behind a name that also stands for a government; the country when it is one.
EntryId place_entry(const NameUse& use, const World& world) {
    if (use.entry == kNoEntry || use.form == NameForm::Demonym) return kNoEntry;
    const Entry e = world.entry(use.entry);
    if (!names_place(e)) return kNoEntry;
    if (use.form == NameForm::Metonym && e.kind == EntryKind::Country) return e.capital;
    return use.entry;
}

bool locative(std::string_view p) {
    return p == "in" || p == "at" || p == "near" || p == "outside" || p == "inside" || p == "around" || p == "across" ||
           p == "within" || p == "throughout";
}

} // namespace

std::optional<Place> place_of(const Act& act, const Tree& tree, const Mentions& mentions, const World& world) {
    const Annotation& a = tree.annotation();
    const TokenRange sentence = a.sentences[tree.sentence_of(act.trigger)];
    struct Choice {
        const NameUse* use = nullptr;
        EntryId entry = kNoEntry;
        Token head = kNoToken;
        double score = -1e9;
    };
    Choice best, finest; // of all; of places within a state
    // They stand in text order.
    const std::vector<NameUse>& names = mentions.names();
    const auto first = std::lower_bound(names.begin(), names.end(), sentence.first,
                                        [](const NameUse& use, Token t) { return use.tokens.first < t; });
    for (auto it = first; it != names.end() && it->tokens.first < sentence.last; ++it) {
        const NameUse& use = *it;
        const EntryId id = place_entry(use, world);
        // A place that the world does not know ("Plaza de Mayo") is still where it happened.
        const bool unknown = use.entry == kNoEntry && use.type == NameType::LOC;
        if (id == kNoEntry && !unknown) continue;
        // The token that links the name upwards.
        Token head = use.tokens.first;
        for (Token t = use.tokens.first; t < use.tokens.last; ++t)
            if (a.head[t] == kNoToken || !use.tokens.contains(a.head[t])) {
                head = t;
                break;
            }
        // "between Russia and Iran": a member of a coordination stands where its first does.
        const std::string p = tree.preposition(tree.first_conjunct(head));
        if (a.rel[head] == Rel::Conj && !locative(p)) continue;
        double score = 0;
        const bool place_word = locative(p);
        if (place_word)
            score += 3;
        else if (a.rel[head] == Rel::Appos || a.rel[head] == Rel::Conj || a.rel[head] == Rel::NmodUnmarked)
            score += 0.5;
        else if (act.type == EventType::Assault &&
                 std::any_of(act.recipients.begin(), act.recipients.end(),
                             [&](const Entity& e) { return e.span.overlaps(tree.text_span(use.tokens)); }))
            score += 1.5;
        else if (p == "to" && act.mode == "visit")
            score += 2;
        else if (p == "from" && act.mode == "withdraw")
            score += 1.5;
        else if (p == "of" && (act.type == EventType::Assault || act.mode == "visit"))
            score += 1;
        else
            continue;
        // Attached to the act itself, to its clause, or elsewhere.
        const Token up = a.head[head];
        if (up == act.trigger)
            score += 3;
        else if (up == act.carrier)
            score += 2.5;
        else if (tree.below(head, act.trigger))
            score += 2;
        else if (tree.below(head, act.carrier))
            score += 1.5;
        else {
            // A clause of its own, not the act's.
            bool other = false;
            for (Token t = up; t != kNoToken; t = a.head[t])
                if (a.upos[t] == Upos::VERB && t != act.carrier && !tree.below(act.carrier, t)) other = true;
            score -= other ? 2.5 : 0.5;
        }
        const EntryKind kind = unknown ? EntryKind::City : world.entry(id).kind;
        if (kind == EntryKind::City) score += 0.6;
        if (kind == EntryKind::Region) score += 0.3;
        if (score > best.score) best = {&use, id, head, score};
        if (kind != EntryKind::Country && !unknown && score > finest.score) finest = {&use, id, head, score};
    }
    // "a strike on Kryvyi Rih in Ukraine": the town says more, wherever the state hangs.
    constexpr double kOfTheAct = 3.5;
    if (best.entry != kNoEntry && finest.score >= kOfTheAct && world.entry(best.entry).kind == EntryKind::Country &&
        world.entry(finest.entry).code == world.entry(best.entry).code)
        best = finest;
    const std::string_view basis = best.score >= 4 ? "clause" : "sentence";
    // "in the capital", "in Madagascar's capital": the capital's name.
    for (Token t = sentence.first; t < sentence.last; ++t) {
        if (a.lemma[t] != "capital" || a.upos[t] != Upos::NOUN || !locative(tree.preposition(t)) || best.score >= 5)
            continue;
        if (!tree.below(t, act.carrier) && !tree.below(t, act.trigger)) continue;
        std::string code = mentions.focus();
        if (const Token owner = tree.child(t, Rel::NmodPoss); owner != kNoToken)
            if (const Mention* m = mentions.at(owner); m != nullptr && !m->entities.empty())
                code = m->entities.front().code;
        const EntryId state = world.country(code);
        if (state == kNoEntry || world.entry(state).capital == kNoEntry) continue;
        return make(world, world.entry(state).capital, a.span[t], "clause");
    }
    if (best.use == nullptr || best.score < 1.0) return std::nullopt;
    if (best.entry != kNoEntry) return make(world, best.entry, tree.text_span(best.use->tokens), basis);
    const Mention* mention = mentions.at(best.head);
    if (mention == nullptr || mention->entities.empty()) return std::nullopt;
    Place p;
    p.name = mention->entities.front().identifier_text;
    p.country = mention->entities.front().code;
    p.span = tree.text_span(best.use->tokens);
    p.basis = basis;
    return p;
}

std::optional<Place> place_there(const Act& act, const Tree& tree, const Mentions& mentions, const World& world) {
    const Annotation& a = tree.annotation();
    bool there = false;
    for (const Token t : {act.trigger, act.carrier})
        for (const Token c : tree.children(t))
            there |= a.rel[c] == Rel::Advmod && (a.lemma[c] == "there" || a.lemma[c] == "here");
    if (!there) return std::nullopt;
    std::optional<Place> last;
    for (const NameUse& use : mentions.names()) {
        if (use.tokens.first >= act.trigger) break;
        if (const EntryId id = place_entry(use, world); id != kNoEntry)
            last = make(world, id, tree.text_span(use.tokens), "context");
    }
    return last;
}

std::optional<Place> dateline_place(const Document& document, const World& world, const PlaceResolver& resolver) {
    const std::optional<Dateline> line = find_dateline(document.text);
    if (!line || line->place.empty()) return std::nullopt;
    const auto ranked = resolver.rank(document.text, {&line->place, 1});
    if (ranked.front().empty() || ranked.front().front().inside || ranked.front().front().partial) return std::nullopt;
    return make(world, ranked.front().front().entry, line->place, "dateline");
}

} // namespace kadesh
