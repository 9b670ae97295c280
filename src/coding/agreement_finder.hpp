// Agreements of a document: their mentions brought together, with parties, signatories, subjects, term, status and
// lineage.
#pragma once

#include "coding/act.hpp"
#include "coding/attribution.hpp"
#include "coding/mentions.hpp"
#include "coding/time_expressions.hpp"
#include "coding/tree.hpp"
#include "kadesh/findings.hpp"
#include "knowledge/lexicon.hpp"
#include "knowledge/world.hpp"

#include <string>
#include <vector>

namespace kadesh {

/// An event record together with the act behind it, as far as agreements need it.
struct EventOfAct {
    const Act* act = nullptr;
    Event* event = nullptr;
};

class AgreementFinder {
  public:
    AgreementFinder(const Document& document, const Tree& tree, const Mentions& mentions, const World& world,
                    const Lexicon& lexicon, const Attributions& attributions, const std::vector<TimeExpression>& times,
                    std::optional<Day> day);

    /// Agreements in order of first mention; sets Event::agreement of the events that act on one.
    std::vector<Agreement> find(const std::vector<EventOfAct>& events);

  private:
    struct Reference {
        Token head = kNoToken;
        TokenRange phrase;
        std::string kind;                   ///< class word: "treaty"
        std::vector<std::string> modifiers; ///< words that tell it from other agreements: "nuclear"
        std::optional<DayRange> year;
        EntryId known = kNoEntry;
        std::vector<Entity> parties;
        bool definite = false;
        bool indefinite = false;
        int cluster = -1;
    };
    struct Cluster {
        std::vector<std::size_t> references;
        std::vector<std::string> modifiers;
        std::vector<Entity> parties;
        std::optional<DayRange> year;
        EntryId known = kNoEntry;
        Token last = kNoToken;
    };

    void collect();
    void cluster(const std::vector<EventOfAct>& events);
    [[nodiscard]] bool agreement_word(Token t) const;
    [[nodiscard]] const Reference* reference_at(Token t) const;
    void facts(Agreement& agreement, const Cluster& cluster);
    void subjects_in(TokenRange range, std::vector<std::string>& out) const;
    void add_action(Agreement& agreement, std::string_view what, const EventOfAct& e) const;
    void lineage(std::vector<Agreement>& agreements) const;
    [[nodiscard]] std::string status_of(const Agreement& agreement) const;

    const Document& doc_;
    const Tree& tree_;
    const Annotation& a_;
    const Mentions& mentions_;
    const World& world_;
    const Lexicon& lexicon_;
    const Attributions& attributions_;
    const std::vector<TimeExpression>& times_;
    std::optional<Day> day_;
    std::vector<Reference> references_;
    std::vector<Cluster> clusters_;
};

} // namespace kadesh
