// What the language layer says of a document: columns over its tokens, not objects.
#pragma once

#include "kadesh/document.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// Universal parts of speech.
enum class Upos : std::uint8_t {
    ADJ,
    ADP,
    ADV,
    AUX,
    CCONJ,
    DET,
    INTJ,
    NOUN,
    NUM,
    PART,
    PRON,
    PROPN,
    PUNCT,
    SCONJ,
    SYM,
    VERB,
    X
};
inline constexpr int kUposCount = 17;
std::string_view name(Upos tag);
/// Upos::X for an unknown name.
Upos upos_from(std::string_view name);

/// Universal dependency relations; a subtype (`nsubj:pass`) is kept beside the base relation.
enum class Rel : std::uint8_t {
    Root,
    Acl,
    AclRelcl,
    Advcl,
    AdvclRelcl,
    Advmod,
    Amod,
    Appos,
    Aux,
    AuxPass,
    Case,
    Cc,
    CcPreconj,
    Ccomp,
    Compound,
    CompoundPrt,
    Conj,
    Cop,
    Csubj,
    CsubjPass,
    Dep,
    Det,
    DetPredet,
    Discourse,
    Dislocated,
    Expl,
    Fixed,
    Flat,
    Goeswith,
    Iobj,
    List,
    Mark,
    Nmod,
    NmodDesc,
    NmodPoss,
    NmodUnmarked,
    Nsubj,
    NsubjOuter,
    NsubjPass,
    Nummod,
    Obj,
    Obl,
    OblAgent,
    OblUnmarked,
    Orphan,
    Parataxis,
    Punct,
    Reparandum,
    Vocative,
    Xcomp
};
/// `nsubj:pass` and the like.
std::string_view name(Rel rel);
/// Maps a label, known subtypes kept, unknown subtypes to their base, unknown labels to Rel::Dep.
Rel rel_from(std::string_view label);

/// Classes of names.
enum class NameType : std::uint8_t { PER, ORG, LOC, MISC };
std::string_view name(NameType type);

using Token = std::uint32_t; ///< index into the columns of one Annotation
inline constexpr Token kNoToken = UINT32_MAX;

/// Tokens [first, last) of one document.
struct TokenRange {
    Token first = 0;
    Token last = 0;
    bool operator==(const TokenRange&) const = default;
    [[nodiscard]] std::uint32_t size() const { return last - first; }
    [[nodiscard]] bool contains(Token t) const { return first <= t && t < last; }
};

struct NameSpan {
    TokenRange tokens;
    NameType type = NameType::MISC;
};

/// A phrase that speaks of an entity which the document speaks of more than once.
struct ChainMention {
    TokenRange tokens;       ///< the whole phrase; phrases may lie inside one another
    Token head = kNoToken;   ///< its syntactic head; of "Russia and Iran" the first name
    std::uint32_t chain = 0; ///< all mentions of one entity have the same
    bool operator==(const ChainMention&) const = default;
};

/// All columns have one entry a syntactic word (UD word: `n't` and `'s` are words of their own).
struct Annotation {
    std::vector<TextSpan> span;          ///< where the word stands in Document::text
    std::vector<std::string_view> form;  ///< as written
    std::vector<std::string_view> lemma; ///< UD English lemma: lower-case but for proper nouns
    std::vector<Upos> upos;
    std::vector<std::string_view> xpos; ///< Penn Treebank tag, static storage
    std::vector<Token> head;            ///< kNoToken for a sentence's root
    std::vector<Rel> rel;
    std::vector<std::uint8_t> space_after; ///< 0 when the next word of the sentence follows without white space
    std::vector<TokenRange> sentences;     ///< in text order, together all tokens
    std::vector<NameSpan> names;           ///< in text order, not overlapping

    /// Coreference, by first token, outer phrases before inner ones; empty when it was not asked for.
    std::vector<ChainMention> coreference;
    std::uint32_t chains = 0; ///< chains are numbered from 0 to here, by their first mention

    std::deque<std::string> owned; ///< storage behind views that Document::text does not hold

    Annotation() = default;
    /// A copy's views still point into the original's storage, which must outlive it.
    Annotation(const Annotation&) = default;
    Annotation& operator=(const Annotation&) = default;
    /// Views stay valid. Said to be noexcept, which a deque's move alone is not, lest vectors copy when they grow.
    Annotation(Annotation&&) noexcept = default;
    Annotation& operator=(Annotation&&) noexcept = default;

    [[nodiscard]] Token size() const { return static_cast<Token>(span.size()); }
};

} // namespace kadesh
