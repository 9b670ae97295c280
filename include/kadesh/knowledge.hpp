// The world without the reader of texts: who is who on a day, and which place a name means. Needs the knowledge pack
// alone.
#pragma once

#include "kadesh/date.hpp"
#include "kadesh/document.hpp"
#include "kadesh/engine.hpp"
#include "kadesh/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// A place that a text names. Views live as long as the Knowledge or Engine that gave it.
struct NamedPlace {
    TextSpan span;          ///< bytes of the text
    std::string_view name;  ///< canonical; empty: no place of that name is known
    std::string_view kind;  ///< `country`, `province`, `district`, `area`, `city`
    std::string_view code;  ///< of its state, ISO alpha-3; empty when it lies in several
    std::string_view admin; ///< the first-order division that holds it, or that it is; empty when not known
    double lat = 0, lon = 0;
    bool has_coordinates = false;
    std::uint32_t geonames = 0; ///< 0: not known
    double confidence = 0;      ///< 0..1
};

struct PlaceOptions {
    bool candidates = false; ///< with each place what else it may be, and what speaks for it
};

/// Const after opening; may be used by any number of threads at once.
class Knowledge {
  public:
    /// @param pack path of `world.kdk`; empty: searched for as EngineOptions says
    static Result<Knowledge> open(const std::string& pack);
    Knowledge(Knowledge&&) noexcept;
    Knowledge& operator=(Knowledge&&) noexcept;
    ~Knowledge();

    /// The places that names in a text mean, one for each.
    /// @param names bytes of the text, in order, not overlapping
    [[nodiscard]] std::vector<NamedPlace> places(std::string_view text, std::span<const TextSpan> names) const;

    /// Lines of JSON `{"id", "text", "spans": [[start, end], …]}`, offsets in code points, to lines `{"id", "places"}`,
    /// one for one; a line that asks nothing goes to the listener and has no places.
    Result<Tally> places(std::span<const std::string> inputs, const PlaceOptions& options, RunListener& listener) const;

  private:
    struct Impl;
    explicit Knowledge(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace kadesh
