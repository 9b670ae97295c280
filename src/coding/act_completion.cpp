#include "coding/act_completion.hpp"

#include "coding/event_place.hpp"

#include <algorithm>
#include <optional>

namespace kadesh {

bool complete(Act& act, const Tree& tree, const Mentions& mentions, const Lexicon& lexicon, const World& world) {
    const Annotation& annotation = tree.annotation();
    bool guessed = false;
    // A sanction or an aid must have a recipient (manual 3.6.1, 3.13.1): where the clause leaves it out, it is the
    // state that the report is about.
    if ((act.type == EventType::Sanction || act.type == EventType::Aid) && act.recipients.empty() &&
        !act.actors.empty()) {
        const Entity focus = mentions.focus_entity();
        const bool leaves = std::any_of(act.objects.begin(), act.objects.end(), [&](Token t) {
            return lexicon.in_class(annotation.lemma[t], "agreement") ||
                   lexicon.in_class(annotation.lemma[t], "organisation");
        });
        if (!leaves && !focus.code.empty() && act.actors.front().code != focus.code &&
            !act.actors.front().code.empty()) {
            act.recipients = {focus};
            guessed = true;
        }
    }
    // Courts and police that are not named are the country's own where the clause says that it happened.
    if (act.actors.empty() && !act.recipients.empty() && !act.recipients.front().code.empty() &&
        annotation.upos[act.trigger] == Upos::VERB &&
        ((act.type == EventType::Coerce && act.mode == "arrest") ||
         (act.type == EventType::Sanction && act.mode == "convict") ||
         (act.type == EventType::Concede && act.cameo == "081"))) {
        const std::optional<Place> where = place_of(act, tree, mentions, world);
        if (where && where->basis == "clause" && !where->country.empty()) {
            Entity state;
            state.code = where->country;
            state.sectors = {act.type == EventType::Coerce ? "COP" : "JUD"};
            state.span = where->span;
            state.via = Via::Coreference;
            act.actors = {state};
            guessed = true;
        }
    }
    // Protesters of whom nothing is said are people of the place.
    if (act.type == EventType::Protest && act.actors.empty()) {
        Entity people = mentions.focus_entity();
        if (!people.code.empty() && (act.recipients.empty() || act.recipients.front().code == people.code)) {
            people.sectors = {"CVL"};
            people.identifier_text.clear();
            people.identifier_id.clear();
            act.actors = {people};
            guessed = true;
        }
    }
    // A blockade by citizens is a protest (manual 3.12).
    if (act.type == EventType::Coerce && (act.mode == "restrict" || act.mode == "seize") && !act.actors.empty() &&
        !act.actors.front().sectors.empty() && lexicon.in_class(annotation.lemma[act.trigger], "blockade")) {
        const std::string& sector = act.actors.front().sectors.front();
        for (const std::string_view civil :
             {"CVL", "SOC", "LAB", "AGR", "EDU", "STU", "REL", "ETH", "OPP", "NGO", "ENV"})
            if (sector == civil) {
                act.type = EventType::Protest;
                act.mode = "obstruct";
                act.cameo = "144";
            }
    }
    // An opposition that takes to arms is coded as rebels first (manual 5.2).
    if (act.type == EventType::Assault || (act.type == EventType::Coerce && act.mode == "seize"))
        for (Entity& x : act.actors)
            if (!x.sectors.empty() && x.sectors.front() == "OPP" && x.identifier_text.empty())
                x.sectors.insert(x.sectors.begin(), "REB");
    return guessed;
}

} // namespace kadesh
