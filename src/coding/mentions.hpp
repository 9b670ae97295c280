// Who the noun phrases of a document speak of: names, roles, pronouns and descriptions resolved to coded entities on
// the day of the report.
#pragma once

#include "coding/tree.hpp"
#include "kadesh/annotation.hpp"
#include "kadesh/findings.hpp"
#include "knowledge/world.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kadesh {

class PlaceResolver;

/// A name of the world or of the document that stands at some tokens.
struct NameUse {
    TokenRange tokens;
    EntryId entry = kNoEntry; ///< kNoEntry: a name that the world does not know
    NameForm form = NameForm::Name;
    std::optional<NameType> type; ///< what the tagger called it
    EntryKind kind = EntryKind::City;
};

enum class MentionKind : std::uint8_t {
    None, ///< not an actor: things, times, abstractions
    Person,
    State,       ///< a country, or its capital or seat of power as its government
    Body,        ///< organisation, armed group, agency, media
    Place,       ///< city or region that is no capital
    Role,        ///< "police", "two Iranian officials"
    Pronoun,     ///< resolved pronoun
    Description, ///< "the two leaders", "both countries", "the group"
    Agreement    ///< a named agreement of the world
};

struct Mention {
    Token head = kNoToken;
    TokenRange tokens; ///< core noun phrase
    MentionKind kind = MentionKind::None;
    EntryId entry = kNoEntry;
    std::vector<Entity> entities; ///< what it refers to; several for "both countries"; empty when unresolved
    bool plural = false;
    bool guessed_country = false; ///< the code comes from the document's focus, not from the phrase
};

/// All mentions of one document. Built once; const afterwards. Keeps references to its arguments.
class Mentions {
  public:
    /// @param places which place a name means; nullptr: the best known one
    Mentions(const Document& document, const Tree& tree, const World& world, const Lexicon& lexicon, Day day,
             const PlaceResolver* places = nullptr);

    /// The mention whose noun phrase has this head, nullptr if none.
    [[nodiscard]] const Mention* at(Token head) const;
    /// Entities of a slot filler: itself and what is coordinated with it, an apposition when the phrase itself has
    /// none.
    void entities(Token filler, std::vector<Entity>& out) const;
    /// Whether the filler or one of its conjuncts is a coded entity.
    [[nodiscard]] bool is_actor(Token filler) const;
    [[nodiscard]] const std::vector<NameUse>& names() const { return uses_; }
    /// The name that covers a token, nullptr if none.
    [[nodiscard]] const NameUse* name_at(Token t) const;
    /// Country that the document is about, by mentions; empty if none.
    [[nodiscard]] const std::string& focus() const { return focus_; }
    [[nodiscard]] const std::vector<Mention>& all() const { return mentions_; }
    /// A country or person named by an adjective or compound before a noun ("Iranian", "US-led").
    [[nodiscard]] std::optional<Entity> modifier_entity(Token t) const;

    /// A role in the compound before a noun: "Syrian opposition" of "Syrian opposition offensive".
    [[nodiscard]] std::optional<Entity> role_modifier(Token modifier, Token noun) const;
    /// The entity of the country that the document is about, when that is clear; empty code otherwise.
    [[nodiscard]] Entity focus_entity() const;

  private:
    void find_names();
    void index_chains();
    /// "Iran-backed", "Russian-occupied": the name is a patron's or an occupier's, not the one who acts.
    [[nodiscard]] bool patron(Token name_end) const;
    [[nodiscard]] bool alien(Token head) const;        ///< "foreign companies"
    [[nodiscard]] bool former(TokenRange words) const; ///< "former", "ousted", …
    [[nodiscard]] NameUse choose(TokenRange tokens, const std::vector<NameHit>& hits,
                                 std::optional<NameType> type) const;
    /// "Bahrain Radio": the state of a station that is quoted, not one that the text is about.
    [[nodiscard]] bool in_station(const NameUse& use) const;
    void find_focus();
    /// Which place each name of one means, by all that the document says of it.
    void settle_places(const PlaceResolver& places);
    void build();
    /// Gives "I" and "we" in reported words to whoever says them.
    void find_speakers();
    [[nodiscard]] bool heads_phrase(Token t) const;
    Mention resolve(Token head);
    void resolve_pronoun(Mention& m) const;
    /// Whom a pronoun cannot stand for: the subject of its clause for an object, a named object for a subject.
    void clause_others(Token pronoun, std::vector<Entity>& out) const;
    bool resolve_description(Mention& m) const;
    /// Officers are those of the police or the army that the text has spoken of last.
    void name_service(Entity& officer) const;
    [[nodiscard]] Entity entity_of(const NameUse& use, TokenRange phrase) const;
    /// Codes of the countries that a phrase names as owners of its head, in text order: before it, else after it.
    [[nodiscard]] std::vector<std::string> countries_in(TokenRange phrase, Token head, int depth = 0) const;
    /// The armed or political group whose people a role names: "Taliban fighters", "rebels of the RUF"; nullptr if
    /// none.
    [[nodiscard]] const NameUse* group_of(TokenRange phrase, Token head) const;
    /// The name that stands behind a role: "the senator, Ali Ndume", "the campaign group Just Stop Oil"; nullptr if
    /// none.
    [[nodiscard]] const NameUse* called(Token head) const;
    [[nodiscard]] std::string country_in(TokenRange phrase, Token head) const;
    [[nodiscard]] std::string local_country(Token head);
    void remember(const Mention& m);

    const Document& doc_;
    const Tree& tree_;
    const Annotation& a_;
    const World& world_;
    const Lexicon& lexicon_;
    Day day_;

    std::vector<NameUse> uses_;
    std::vector<std::uint32_t> use_at_;   ///< token → index into uses_ + 1
    std::vector<std::uint8_t> name_type_; ///< token → NameType + 1, 0 outside names
    std::vector<Mention> mentions_;
    std::vector<std::uint32_t> mention_at_; ///< token → index into mentions_ + 1
    std::vector<std::uint32_t> chain_at_;   ///< token → coreference chain of the phrase that it heads + 1
    std::string focus_;
    std::vector<std::uint8_t> separate_name_;         ///< 1 where a name of the tagger begins
    std::map<std::string, std::string> role_country_; ///< role lemma → the country last named with it

    struct Recent {
        Entity entity;
        MentionKind kind;
        Token head;
        bool subject;
        bool plural;
    };
    std::vector<Recent> recent_;
};

} // namespace kadesh
