// What the words around a place's name say of it: what it may be called in full, what it lies in, which states the text
// speaks of.
#pragma once

#include "base/result.hpp"
#include "kadesh/document.hpp"
#include "knowledge/world.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace kadesh {

/// Words about places that the pack carries: data/places/abbreviations.tsv, generic_words.tsv and cues.tsv.
class PlaceWords {
  public:
    static PlaceWords load(const World& world);

    /// What "La." or "LA" stands for after a comma ("Baton Rouge, La."); kNoEntry if nothing.
    [[nodiscard]] EntryId abbreviation(std::string_view word) const;
    /// A name without a word that only says what it is ("Idlib" for "Idlib province", "Syria" for "northern Syria");
    /// the name itself when it has none.
    [[nodiscard]] std::string_view without_generic(std::string_view name) const;
    /// Words that complete the name of a division: "County".
    [[nodiscard]] std::span<const std::string> completions() const { return completions_; }
    /// Words behind a place in the name of a body of that place: "Police" of "Huntsville Police Department".
    [[nodiscard]] bool institution(std::string_view word) const;
    /// Words that make a name one of a road: "Cedar Street".
    [[nodiscard]] bool road(std::string_view word) const;
    /// The codes of the states that a text is likely about in which a word or phrase stands ("taoiseach", "school
    /// district"); nullptr if it says nothing.
    [[nodiscard]] const std::vector<std::string_view>* cue(const std::string& phrase) const;

  private:
    std::unordered_map<std::string, EntryId> abbreviations_;
    std::vector<std::string> before_, after_, completions_;
    std::unordered_set<std::string> institutions_, roads_;
    std::unordered_map<std::string, std::vector<std::string_view>> cues_;
};

/// What a text says of the world outside the given names.
struct PlaceEvidence {
    std::map<std::string_view, double> countries; ///< by code
    std::map<EntryId, double> provinces;
    std::map<std::string_view, double> cues; ///< by code: words that tell a state without naming it, each once
    double cue_total = 0;
};
PlaceEvidence evidence_in(const World& world, const PlaceWords& words, std::string_view text,
                          std::span<const TextSpan> names);

/// The states and divisions that stand right behind a name as what it lies in: "Paris, Texas"; "Paris (Texas)"; "Paris
/// in Texas". Empty if none.
std::vector<EntryId> containers_after(const World& world, const PlaceWords& words, std::string_view text,
                                      TextSpan name);

/// Whether a place lies in a state or division.
bool lies_in(const World& world, const Entry& place, EntryId container);

/// Kilometres between two points.
double kilometres(double lat_a, double lon_a, double lat_b, double lon_b);

} // namespace kadesh
