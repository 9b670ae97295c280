// Finds the acts that a document's clauses tell: frames of verbs, nouns and adjectives, light verbs, and operators that
// change what their complement means.
#pragma once

#include "coding/act.hpp"
#include "coding/mentions.hpp"
#include "coding/tree.hpp"
#include "knowledge/lexicon.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kadesh {

class ActFinder {
  public:
    ActFinder(const Tree& tree, const Mentions& mentions, const Lexicon& lexicon);

    /// Acts in text order of their triggers. Acts without any known participant are left out and named in `discarded`.
    std::vector<Act> find(std::vector<Discard>& discarded);
    /// Acts without a known participant are kept too, for classification.
    void keep_all(bool keep) { keep_all_ = keep; }

    /// The noun behind a quantity ("hundreds of soldiers" → soldiers).
    [[nodiscard]] Token semantic_head(Token t) const;
    /// Who would do what a conditional clause below either verb supposes.
    [[nodiscard]] std::vector<Entity> conditional_actors(Token inner, Token outer) const;

  private:
    struct Predicate {
        Token token = kNoToken;
        Token carrier = kNoToken;
        LexPos pos = LexPos::Verb;
        std::vector<Filler> slots;
    };

    void acts_at(Token t, Token carrier, std::vector<Act>& out, int depth);
    void frame_acts(const Predicate& p, std::vector<Act>& out);
    [[nodiscard]] const Frame* match(const Predicate& p, std::string& lemma, TokenRange& words) const;
    [[nodiscard]] bool holds(const Condition& c, const Predicate& p) const;
    [[nodiscard]] bool holds_for(const Condition& c, const Filler& f) const;
    /// Gives a bare definite noun ("the attack") the participants of the last act of its kind.
    void recall(Act& act) const;
    void fill(const std::vector<Slot>& wanted, const Predicate& p, bool all, std::vector<Entity>& out) const;
    void slot_entities(const Filler& f, std::vector<Entity>& out) const;
    /// Whose a thing is: its possessor, the name or role before it; with `after` also what follows "of", "in", "from".
    void owner_entities(Token thing, bool after, std::vector<Entity>& out, int depth = 0) const;
    /// Gives a noun beside a verb the verb's subject: "flew in for talks with X", "closed the shop in protest".
    void lend_subject(Act& act) const;
    /// Gives an attack without a named side the people of the place where it happened.
    void strike_place(Act& act, const Predicate& p) const;
    /// Fills the recipient where the frame's own slots had none.
    void find_recipient(Act& act, const Predicate& p) const;
    [[nodiscard]] std::optional<LexPos> lexical_pos(Token t) const;
    [[nodiscard]] Effect effect_at(const Predicate& p, std::vector<Token>& complements) const;
    void apply(Effect effect, const Predicate& op, Act act, std::vector<Act>& out) const;
    [[nodiscard]] Predicate predicate(Token t, Token carrier) const;
    [[nodiscard]] bool names_acts(Token noun) const;
    [[nodiscard]] bool prevented(Token verb) const;  ///< "barred him from leaving"
    [[nodiscard]] bool negated(Token verb) const;    ///< by an adverb of its own
    [[nodiscard]] bool infinitive(Token verb) const; ///< "to leave"

    const Tree& tree_;
    const Annotation& a_;
    const Mentions& mentions_;
    const Lexicon& lexicon_;
    std::vector<Act> told_; ///< acts of the sentences so far
    std::vector<std::uint8_t> done_;
    bool keep_all_ = false;
};

/// Whether two entities are the same participant.
bool same_entity(const Entity& a, const Entity& b);
/// Takes from the recipients those who are actors, and a state whose government acts.
void drop_self(Act& act);
/// Adds entities that are not there yet.
void add_entities(std::vector<Entity>& to, const std::vector<Entity>& from);

} // namespace kadesh
