// Phrases that may speak of an entity, with what coreference asks of them; found from trees and names alone.
#pragma once

#include "kadesh/annotation.hpp"
#include "language/coref_words.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace kadesh {

/// How a phrase refers. Pronouns stand for all their cases: He is he, him, his and himself.
enum class RefForm : std::uint8_t {
    Name,
    Noun,
    Number,
    I,
    You,
    He,
    She,
    It,
    They,
    We,
    This,
    That,
    These,
    Those,
    Indefinite
};
inline constexpr std::uint32_t kRefForms = 15;

/// What a phrase speaks of, as far as its words tell.
enum class RefKind : std::uint8_t {
    Unknown,
    Person,
    Man,
    Woman,
    Group,
    Place,
    Time,
    Animal,
    PersonName,
    ManName,
    WomanName,
    OrgName,
    PlaceName,
    OtherName,
    Several, ///< "Russia and Iran"
};

enum class RefRole : std::uint8_t {
    Other,
    Subject,
    PassiveSubject,
    Object,
    Oblique,
    Modifier,
    Owner,
    Apposition,
    Compound,
    Predicate
};
enum class Definite : std::uint8_t { Bare, The, A, Demonstrative, Owned, Quantified };
enum class GramNumber : std::uint8_t { Unknown, Singular, Plural };

struct Candidate {
    static constexpr std::size_t kMaxWords = 6;
    static constexpr std::size_t kMaxModifiers = 4;

    TokenRange tokens;
    Token head = kNoToken;
    Token governor = kNoToken; ///< head of the phrase's head, kNoToken for a root
    std::uint32_t sentence = 0;
    std::uint32_t quote = 0;     ///< number of the quotation it stands in, 0: none
    std::uint64_t head_hash = 0; ///< of the head's lemma, without case
    std::uint64_t text_hash = 0; ///< of all words but articles
    std::uint64_t filter = 0;    ///< a bit each for words, initials and acronym; without a common bit nothing matches
    std::uint64_t initials = 0;  ///< hash of a name's initials ("United Nations": "UN"), 0: none
    std::uint64_t acronym = 0;   ///< hash of a name of one word in capitals, 0: none
    std::array<std::uint64_t, kMaxWords> words{};         ///< hashes: a name's words, else the head's lemma
    std::array<std::uint64_t, kMaxModifiers> modifiers{}; ///< hashes of adjectives, compounds, numbers before a noun
    std::uint8_t word_count = 0, modifier_count = 0;
    RefForm form = RefForm::Noun;
    RefKind kind = RefKind::Unknown;
    RefRole role = RefRole::Other;
    Definite definite = Definite::Bare;
    GramNumber number = GramNumber::Unknown;
    WordKind given = WordKind::None; ///< gender of a name's first word, if that is a given name
    bool full = false;   ///< a name of several words, or one that the document also has as a part of such a name
    bool joined = false; ///< the phrase names several, joined by "and"; its head is the first one's
    bool reflexive = false;
    bool expletive = false;
    bool first = false;    ///< the sentence's first
    bool modified = false; ///< by a clause or a phrase behind it

    [[nodiscard]] bool pronoun() const { return form > RefForm::Number; }
};

/// First and second person.
constexpr bool talks(RefForm form) {
    return form == RefForm::I || form == RefForm::You || form == RefForm::We;
}

constexpr bool is_name(RefForm form) {
    return form == RefForm::Name;
}

constexpr bool is_person(RefKind kind) {
    return kind == RefKind::PersonName || kind == RefKind::ManName || kind == RefKind::WomanName;
}

/// An enumerator's number, for sets of bits and features.
constexpr std::uint32_t number(auto value) {
    return static_cast<std::uint32_t>(value);
}

/// A set of one form.
constexpr std::uint32_t bit(RefForm form) {
    return std::uint32_t{1} << static_cast<std::uint32_t>(form);
}

/// Finds candidates. Buffers are kept from document to document; any tree is taken, cycles too.
class CandidateFinder {
  public:
    /// Replaces `out` by the document's candidates, sentence by sentence, by first token, outer ones before inner ones;
    /// but "I" stands behind the speaker whom its sentence names later.
    void find(const Annotation& annotation, const CorefWords& words, std::vector<Candidate>& out);
    /// For each quotation (from 1) the head of the phrase that names its speaker, or kNoToken; of the last document.
    [[nodiscard]] const std::vector<Token>& speakers() const { return speakers_; }

  private:
    void index_tree(const Annotation& a);
    void find_quotes(const Annotation& a);
    void find_speakers(const Annotation& a);
    [[nodiscard]] bool heads_phrase(const Annotation& a, Token t) const;
    [[nodiscard]] Candidate describe(const Annotation& a, const CorefWords& words, Token head,
                                     std::uint32_t sentence) const;
    void describe_name(const Annotation& a, const CorefWords& words, Candidate& c) const;
    /// A lone surname of a person named in full before is that person's, whatever the tagger made of it.
    void agree_on_persons(std::vector<Candidate>& candidates);
    void describe_noun(const Annotation& a, const CorefWords& words, Candidate& c) const;

    struct Links {
        Token first_child = kNoToken, next = kNoToken; ///< children in text order
    };
    std::vector<Links> links_;
    std::vector<TokenRange> extent_;   ///< all that is below a token
    std::vector<std::uint32_t> quote_; ///< token → quotation
    std::vector<std::uint32_t> name_;  ///< token → index of its name + 1
    std::vector<Token> speakers_;
    std::vector<std::uint32_t> persons_; ///< candidates that are persons' names of several words
};

} // namespace kadesh
