// What words mean as acts: frames, classes, light verbs and operators, from data/lexicon (see its README for meaning).
#pragma once

#include "base/result.hpp"
#include "kadesh/findings.hpp"
#include "knowledge/truth_table.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace kadesh {

class World;

enum class SlotKind : std::uint8_t {
    Subject,
    Object,
    IndirectObject,
    Possessive,
    Modifier,
    Clause,
    Apposition,
    Preposition,
    Self,
    LightVerb
};

struct Slot {
    SlotKind kind = SlotKind::Subject;
    std::string_view preposition; ///< only for SlotKind::Preposition
};

struct Condition {
    enum class Test : std::uint8_t { Filled, Actor, Place, Person, State, Plural, Words };
    Slot slot;
    bool negated = false;
    Test test = Test::Filled;
    const std::unordered_set<std::string_view>* words = nullptr; ///< Test::Words: a class or an inline list
};

struct Frame {
    std::optional<EventType> type; ///< empty: this use is no act
    std::string_view mode;
    std::string_view cameo;
    std::vector<Slot> actor;
    std::vector<Slot> recipient;
    std::vector<Condition> when;
    std::vector<std::string_view> contexts;
    bool both = false;
    bool mutual = false;
    std::string rule; ///< `verb:sign#2`
};

enum class Effect : std::uint8_t {
    None,
    Agree,
    Offer,
    Plan,
    Threaten,
    Request,
    Reject,
    Cause,
    Allege,
    Deny,
    Attempt,
    Begin,
    GoOn,
    Stop,
    Report,
    Hope,
    Support,
    Oppose
};

struct Transformed {
    EventType type;
    std::string_view mode;
    std::string_view cameo;
};

/// Immutable after `load`; its views point into the World's pack, which must outlive it.
class Lexicon {
  public:
    static Result<Lexicon> load(const World& world);
    Lexicon(Lexicon&&) noexcept = default;
    Lexicon& operator=(Lexicon&&) noexcept = default;

    /// Senses of a lemma (for phrasal verbs "step down"), most specific first.
    [[nodiscard]] std::span<const Frame> frames(std::string_view lemma, LexPos pos) const;
    [[nodiscard]] bool in_class(std::string_view lemma, std::string_view name) const;
    /// What agreements are about that are described with this lemma or pair of lemmas ("tariff": trade), by name.
    [[nodiscard]] std::span<const std::string_view> subjects(std::string_view words) const;
    /// Whether the verb lends its subject to this event noun.
    [[nodiscard]] bool light(std::string_view verb, std::string_view noun) const;
    [[nodiscard]] Effect effect(std::string_view lemma, LexPos pos) const;
    /// What an act becomes under an effect; nullopt: no act of its own.
    [[nodiscard]] std::optional<Transformed> transform(Effect effect, EventType type, std::string_view mode) const;

    /// Words that tell whether what is said is so.
    [[nodiscard]] const TruthTable& truth() const { return truth_; }

    /// The code that records use for a past state (manual 5.1: the Soviet Union is RUS); other codes as they are.
    [[nodiscard]] std::string_view current_code(std::string_view code) const;
    /// PLOVER score of a type and mode (mode may be empty).
    [[nodiscard]] double score(EventType type, std::string_view mode) const;
    /// Goldstein score of a CAMEO code, by its longest known prefix.
    [[nodiscard]] double goldstein(std::string_view cameo) const;
    /// CAMEO code that a type and mode map to when no finer one is known.
    [[nodiscard]] std::string_view default_cameo(EventType type, std::string_view mode) const;

  private:
    Lexicon() = default;
    using WordSet = std::unordered_set<std::string_view>;
    std::unordered_map<std::string, std::vector<Frame>> frames_;
    std::unordered_map<std::string, WordSet> classes_;
    std::unordered_map<std::string_view, std::vector<std::string_view>> subjects_;
    std::vector<std::unique_ptr<WordSet>> inline_sets_;
    std::unordered_map<std::string_view, const WordSet*> light_; ///< nullptr: any noun
    std::unordered_map<std::string, Effect> effects_;
    struct TransformRow {
        Effect effect;
        std::optional<EventType> type;
        std::string_view mode;
        std::optional<Transformed> to;
    };
    TruthTable truth_;
    std::vector<TransformRow> transforms_;
    std::unordered_map<std::string_view, std::string_view> successors_;
    std::unordered_map<std::string, double> scores_;
    std::unordered_map<std::string, double> goldstein_;
    std::unordered_map<std::string, std::string_view> default_cameo_;
};

} // namespace kadesh
