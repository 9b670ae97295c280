#include "coding/term_of_office.hpp"

#include "coding/time_words.hpp"
#include "knowledge/world.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace kadesh {

namespace {

/// Whose term it is: "Obama's term", "the presidency of Obama"; a pronoun looks ahead to the subject of its clause.
const Mention* holder_of(const Tree& tree, const Mentions& mentions, Token noun) {
    const Annotation& a = tree.annotation();
    Token owner = tree.child(noun, Rel::NmodPoss);
    if (owner == kNoToken)
        for (const Token c : tree.children(noun))
            if (a.rel[c] == Rel::Nmod && tree.preposition(c) == "of") owner = c;
    if (owner == kNoToken) return nullptr;
    const Mention* m = mentions.at(owner);
    if ((m == nullptr || m->entities.empty()) && a.upos[owner] == Upos::PRON) {
        Token verb = noun;
        while (verb != kNoToken && a.upos[verb] != Upos::VERB) verb = a.head[verb];
        bool inherited = false;
        const Token subject = verb == kNoToken ? kNoToken : tree.subject(verb, inherited);
        m = subject == kNoToken ? nullptr : mentions.at(subject);
    }
    return m == nullptr || m->entities.empty() ? nullptr : m;
}

/// "first" 1, "second" 2, …; "current" -1; 0 when nothing tells which.
int which_term(const Tree& tree, Token noun) {
    const Annotation& a = tree.annotation();
    int wanted = 0;
    for (const Token c : tree.children(noun)) {
        const std::string l = plain_time_word(a.lemma[c]);
        if (l == "first")
            wanted = 1;
        else if (l == "second")
            wanted = 2;
        else if (l == "third")
            wanted = 3;
        else if (l == "current" || l == "present")
            wanted = -1;
    }
    return wanted;
}

} // namespace

std::optional<DayRange> term_of_office(const Tree& tree, const Mentions& mentions, const World& world, Token noun,
                                       std::optional<Day> day) {
    const std::string w = plain_time_word(tree.annotation().form[noun]);
    if (w != "term" && w != "presidency" && w != "premiership" && w != "tenure" && w != "reign") return std::nullopt;
    const Mention* holder = holder_of(tree, mentions, noun);
    if (holder == nullptr) return std::nullopt;
    std::vector<NameHit> hits;
    world.find(holder->entities.front().identifier_text, hits);
    const int wanted = which_term(tree, noun);
    for (const NameHit& h : hits) {
        if (world.entry(h.entry).kind != EntryKind::Person) continue;
        std::vector<Tenure> tenures;
        world.tenures(h.entry, tenures);
        std::erase_if(tenures, [](const Tenure& x) {
            return x.title != "president" && x.title != "prime minister" && x.title != "chancellor" &&
                   x.title != "king" && x.title != "supreme leader";
        });
        if (tenures.empty()) continue;
        std::size_t index = 0;
        if (wanted == -1 || (wanted == 0 && w == "term"))
            index = tenures.size() - 1;
        else if (wanted > 0)
            index = std::min<std::size_t>(static_cast<std::size_t>(wanted) - 1, tenures.size() - 1);
        DayRange range{tenures[index].from, tenures[index].to};
        if (w != "term" && wanted == 0) range = {tenures.front().from, tenures.back().to};
        if (day && range.last > *day) range.last = std::max(*day, range.first);
        return range;
    }
    return std::nullopt;
}

} // namespace kadesh
