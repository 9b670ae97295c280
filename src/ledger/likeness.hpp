// Whether two reports tell of one thing: evidence for and against, weighed. Pure functions of the two, the same in
// either order, in whole numbers, so that no machine or order of arrival decides differently.
#pragma once

#include "ledger/features.hpp"
#include "ledger/types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kadesh::ledger {

/// Kinds of evidence on a pair of event reports; each is counted in its own unit, see kWeights in the source.
enum class Sign : std::uint8_t {
    DocumentsAlike,     ///< hundredths of the cosine of what the documents are about
    DocumentsVeryAlike, ///< what of that is above kVeryAlike
    WordsAlike,         ///< hundredths of the cosine of the sentences' content words
    WordsTold,          ///< hundredths of each sentence's words that the other's document is about
    SameAct,
    SharedActWord, ///< other words for the act that share one
    SameCameo,
    SameMode,
    OtherMode,
    WhoAlike,  ///< hundredths of the words that name the participants and both share
    SameCode,  ///< sides with a common code
    SameName,  ///< sides with a common name
    OtherCode, ///< sides whose codes are others
    OtherName, ///< sides whose names are others
    SameTown,
    NearTown,
    OtherPlace, ///< in another country
    SameNumber,
    OtherNumber,
    SameDay,
    NextDay,
    Later,        ///< two days apart or more
    NoDay,        ///< neither the events nor the documents are dated
    SameDocument, ///< where the coder has told the two apart
    Constant
};
inline constexpr std::size_t kSigns = static_cast<std::size_t>(Sign::Constant) + 1;
using Evidence = std::array<int, kSigns>;

/// The evidence, or nothing when the two cannot be one event: another type, planned against done, days or places too
/// far apart, or two days told of in one document.
std::optional<Evidence> event_evidence(const EventFeatures& a, const EventFeatures& b);
/// Thousandths of the logarithm of the odds that the two tell of one event, less what a link asks for: above 0, they
/// are linked.
int weighed(const Evidence& evidence);
/// Groups are joined when their pairs score more than this in the mean.
inline constexpr int kLeastMean = -500;
/// The evidence that speaks for one event, then what speaks against it: "same day, same act; other mode".
std::string in_words(const Evidence& evidence);

/// A report made ready for being compared with many: what each comparison would find out anew.
struct Compared {
    Compared() = default;
    explicit Compared(const EventFeatures& features);
    const EventFeatures* features = nullptr; ///< must outlive this
    Days days;
    std::vector<EventFeatures::Side> sides;       ///< actors, then recipients
    std::array<std::uint32_t, kAboutKeys> keys{}; ///< key_words
    std::size_t keys_used = 0;
    std::int64_t words = 0, who = 0;             ///< sums of weights
    double words_squared = 0, about_squared = 0; ///< sums of their squares
};

/// Whether each of two that met in the index would have found the other: days apart by more than kPartyDays, they must
/// share one of the words that their documents are about.
bool may_meet(const Compared& a, const Compared& b);

/// A bound that is quickly found, for the many that a report meets and that have little in common with it.
class QuickBound {
  public:
    /// @param own must outlive this
    explicit QuickBound(const Compared& own);
    /// False only where `event_evidence` of the two gives nothing, or what weighs 0 or less.
    [[nodiscard]] bool may_be_linked(const Compared& other) const;

  private:
    /// Words with their weights, found without a walk through a list.
    class Table {
      public:
        explicit Table(std::size_t words);
        void add(std::uint32_t word, std::int64_t weight);
        /// Below 0 for a word that is not there.
        [[nodiscard]] std::int64_t weight(std::uint32_t word) const;

      private:
        struct Slot {
            std::uint32_t word = 0;
            std::int32_t weight = -1; ///< of none
        };
        [[nodiscard]] std::size_t start(std::uint32_t word) const { return (word * 0x9E3779B1U) >> shift_; }
        std::vector<Slot> slots_;
        int shift_ = 31;
    };
    const Compared& own_;
    Table about_, words_;
};

/// Above 0: the two tell of one agreement; nothing: they cannot.
std::optional<int> agreement_likeness(const AgreementFeatures& a, const AgreementFeatures& b);
bool agreements_conflict(const AgreementFeatures& a, const AgreementFeatures& b);
/// What speaks for it, in words.
std::string agreement_reason(const AgreementFeatures& a, const AgreementFeatures& b);

} // namespace kadesh::ledger
