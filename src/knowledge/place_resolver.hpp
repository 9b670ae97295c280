// Which place of the world a text means by a name: "Paris" of Texas or of France.
#pragma once

#include "base/result.hpp"
#include "kadesh/document.hpp"
#include "knowledge/place_context.hpp"
#include "knowledge/world.hpp"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace kadesh {

/// What speaks for or against a candidate; data/places/weights.tsv weighs them, and says what each is.
inline constexpr auto kPlaceFeatures =
    std::to_array<std::string_view>({"population", "unpeopled", "country", "province", "district", "area", "capital",
                                     "alias", "demonym", "completed", "partial", "country_share", "province_share",
                                     "near", "not_far", "contained", "contradicted", "container", "cues"});

struct PlaceCandidate {
    EntryId entry = kNoEntry;
    bool inside = false;  ///< not the entry, a state, but some place in it that the world does not know
    bool partial = false; ///< only part of the name names it: "Walker County" of "Walker County Sheriff's Office"
    std::array<double, kPlaceFeatures.size()> features{};
    double probability = 0;
};

/// Const and shared by all threads. The World must outlive it.
class PlaceResolver {
  public:
    /// Reads the weights that the pack carries. BadArtefact when one is missing.
    static Result<PlaceResolver> load(const World& world);

    /// For each name the places that it may be, likeliest first; of a name that the world does not know the states that
    /// the text is about most, as holding it. Empty when nothing can be said. Equal names of one text are one place.
    /// @param names where they stand in the text, in order, not overlapping
    [[nodiscard]] std::vector<std::vector<PlaceCandidate>> rank(std::string_view text,
                                                                std::span<const TextSpan> names) const;
    [[nodiscard]] const PlaceWords& words() const { return words_; }

  private:
    PlaceResolver(const World& world, PlaceWords words) : world_(&world), words_(std::move(words)) {}

    const World* world_;
    PlaceWords words_;
    std::array<double, kPlaceFeatures.size()> weights_{};
};

} // namespace kadesh
