// Walking a document's dependency trees: children, subtrees, coordination, and the slots of a predicate with passive,
// control, relative clauses and coordination undone.
#pragma once

#include "kadesh/annotation.hpp"
#include "knowledge/lexicon.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// A token that fills a slot of a predicate. A conjunction's other members are reached by Tree::conjuncts.
struct Filler {
    Slot slot;
    Token token = kNoToken;
    bool inherited = false; ///< found through control, coordination or a carrying verb, not directly attached
};

/// Index over one Annotation, which must outlive it.
class Tree {
  public:
    explicit Tree(const Annotation& annotation);

    [[nodiscard]] const Annotation& annotation() const { return a_; }
    [[nodiscard]] std::span<const Token> children(Token t) const;
    [[nodiscard]] Token child(Token t, Rel rel) const; ///< first such child or kNoToken
    [[nodiscard]] bool has_child(Token t, Rel rel) const { return child(t, rel) != kNoToken; }
    [[nodiscard]] std::uint32_t sentence_of(Token t) const { return sentence_[t]; }
    [[nodiscard]] TokenRange subtree(Token t) const; ///< smallest range that holds the token and all below it
    [[nodiscard]] bool below(Token t, Token ancestor) const;
    /// The token and everything coordinated with it, in text order; `t` may be any member.
    void conjuncts(Token t, std::vector<Token>& out) const;
    [[nodiscard]] Token first_conjunct(Token t) const;
    /// The preposition of a nominal, lower case, words of a fixed one joined by a space ("according to"); empty if
    /// none.
    [[nodiscard]] std::string preposition(Token t) const;
    /// Bytes of the document that a range of tokens covers.
    [[nodiscard]] TextSpan text_span(TokenRange range) const;
    /// The noun phrase around a head without relative clauses, appositions and further coordinated members.
    [[nodiscard]] TokenRange core_phrase(Token head) const;

    [[nodiscard]] bool passive(Token verb) const;
    [[nodiscard]] bool verbal(Token t) const; ///< verb, or a participle that heads a clause
    /// Lemma with particle ("step down").
    [[nodiscard]] std::string predicate_lemma(Token verb) const;

    /// Slots of a verb (or copular predicate).
    void verb_slots(Token verb, std::vector<Filler>& out) const;
    /// Slots of a noun; `carrier` is its light verb or kNoToken. The subject of the carrier fills `subj`.
    void noun_slots(Token noun, Token carrier, std::vector<Filler>& out) const;
    /// Whether an infinitive tells what the first, last or only one of a kind did ("the first state to recognise").
    [[nodiscard]] bool first_to(Token verb) const;
    /// Subject of a verb with control and coordination undone, kNoToken if none.
    [[nodiscard]] Token subject(Token verb, bool& inherited) const;

  private:
    void oblique_slots(Token head, bool inherited, std::vector<Filler>& out) const;
    [[nodiscard]] Token antecedent(Token pronoun, Token verb) const;
    /// What a relative pronoun in a verb's clause stands for; other tokens themselves.
    [[nodiscard]] Token resolve_relative(Token t, Token verb) const;
    [[nodiscard]] Token subject_at(Token verb, bool& inherited, int depth) const;

    const Annotation& a_;
    std::vector<std::uint32_t> first_child_; ///< CSR offsets
    std::vector<Token> child_;
    std::vector<std::uint32_t> sentence_;
    std::vector<TokenRange> subtree_;
};

} // namespace kadesh
