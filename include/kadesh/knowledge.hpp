// The world without the reader of texts: who is who on a day, which place a name means, and how a user's own actors are
// laid over it. Needs the knowledge pack alone.
#pragma once

#include "kadesh/date.hpp"
#include "kadesh/document.hpp"
#include "kadesh/engine.hpp"
#include "kadesh/place_use.hpp"
#include "kadesh/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// A place that a text names. Views live as long as the Knowledge or Engine that gave it.
struct NamedPlace {
    TextSpan span; ///< bytes of the text
    PlaceUse use = PlaceUse::Place;
    std::string_view name;  ///< canonical; empty: no place of that name is known
    std::string_view kind;  ///< `country`, `province`, `district`, `area`, `city`
    std::string_view code;  ///< of its state, ISO alpha-3; empty when it lies in several. Without a name: of the state
                            ///< that the text lets one think of
    std::string_view admin; ///< the first-order division that holds it, or that it is; empty when not known
    double lat = 0, lon = 0;
    bool has_coordinates = false;
    std::uint32_t geonames = 0; ///< 0: not known
    double confidence = 0;      ///< 0..1
};

struct PlaceOptions {
    bool candidates = false; ///< with each place what else it may be, and what speaks for it
};

/// An office that an actor held. Views live as long as the Knowledge.
struct HeldOffice {
    std::string_view office, country;
    std::vector<std::string_view> sectors;
    std::optional<Day> from, to; ///< nothing: not known; still held when the tables were made
    std::string_view source;
    bool on_day = false; ///< held on the day that was asked for
};

/// Someone or something that a name means. Views live as long as the Knowledge.
struct Actor {
    std::string_view name;
    std::string_view
        kind; ///< `person`, `country`, `organisation`, `agency`, `group`, `media`, `city`, `region`, `agreement`
    std::string_view code;                 ///< on the day
    std::vector<std::string_view> sectors; ///< on the day, primary first
    std::vector<std::string_view> aliases;
    std::string_view matched;        ///< `name`, `alias`, `acronym`, `demonym`, `metonym`, `surname`
    std::vector<HeldOffice> offices; ///< latest first
    std::optional<Day> from, to;     ///< existence
    std::string_view wikidata, source;
};

/// Const after opening; may be used by any number of threads at once.
class Knowledge {
  public:
    /// Opens the pack and the user's layers; of the options only those count. Errors as Engine::open, and BadInput for
    /// a layer with bad rows.
    static Result<Knowledge> open(const EngineOptions& options);
    Knowledge(Knowledge&&) noexcept;
    Knowledge& operator=(Knowledge&&) noexcept;
    ~Knowledge();

    [[nodiscard]] std::string_view hash() const; ///< of the pack and its layers, as in records

    /// Whom a name means on a day, likeliest first: those who hold an office then before those who have left it.
    /// @param query a name, an office ("foreign minister of Iran"), or both ("Iranian foreign minister")
    [[nodiscard]] std::vector<Actor> actors(std::string_view query, Day on) const;

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

/// Actors as lines of JSON, one an actor.
void write_actors(std::span<const Actor> actors, std::string& out);

struct PackSize {
    std::size_t entries = 0, names = 0, bytes = 0;
};
/// Compiles the tables of a data folder to a pack. BadInput with a line for each bad row (file:line: reason).
Result<PackSize> build_knowledge(const std::string& data_folder, const std::string& pack);

/// Checks a table of the user's own actors and keeps a copy among the layers that every run uses. Returns where it is
/// kept.
Result<std::string> add_layer(const std::string& table, const EngineOptions& options);

enum class ImportKind : std::uint8_t {
    Wikidata, ///< JSON dump of entities, one a line
    GeoNames, ///< dump of places, tab-separated
    Petrarch  ///< actor or agent dictionary of TABARI or PETRARCH
};
struct ImportReport {
    std::uint64_t read = 0, taken = 0; ///< entities, lines or entries; rows written
    std::vector<std::string> notes;    ///< what was left out and why, and where a cut file stops
    bool cut = false;                  ///< the file ends before its end; what was whole is imported
};
/// Turns a file, as it is or packed with gzip or zstd, into a table for add_layer, in constant memory.
/// @param rows hears the table's text piece by piece; false ends the import
Result<ImportReport> import_knowledge(ImportKind kind, const std::string& file, const EngineOptions& options,
                                      const std::function<bool(std::string_view)>& rows);

} // namespace kadesh
