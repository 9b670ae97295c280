#include "engine/place_answers.hpp"

#include "base/utf8.hpp"
#include "document/json_writer.hpp"

#include <algorithm>

namespace kadesh {
namespace {

std::string_view kind_of(const Entry& entry) {
    if (entry.kind == EntryKind::Country) return "country";
    if (entry.kind == EntryKind::City) return "city";
    switch (entry.division) {
    case Division::Province: return "province";
    case Division::District: return "district";
    case Division::None: break;
    }
    return "area";
}

std::string_view admin_of(const World& world, const Entry& entry) {
    if (entry.division == Division::Province) return entry.name;
    for (EntryId at = entry.within; at != kNoEntry;) {
        const Entry holder = world.entry(at);
        if (holder.division == Division::Province) return holder.name;
        at = holder.within;
    }
    return {};
}

void write_fields(const NamedPlace& place, JsonWriter& json) {
    json.field_if("name", place.name).field_if("kind", place.kind).field_if("country", place.code);
    json.field_if("admin1", place.admin);
    if (place.has_coordinates) {
        json.key("lat").value(place.lat, 4);
        json.key("lon").value(place.lon, 4);
    }
    if (place.geonames != 0) json.field("geonames", place.geonames);
    if (!place.code.empty() || !place.name.empty()) json.key("confidence").value(place.confidence, 3);
}

} // namespace

NamedPlace place_answer(const World& world, TextSpan span, std::span<const PlaceCandidate> candidates) {
    NamedPlace place;
    place.span = span;
    if (candidates.empty()) return place;
    const Entry entry = world.entry(candidates.front().entry);
    place.confidence = candidates.front().probability;
    if (candidates.front().inside) {
        place.code = entry.code;
        return place;
    }
    place.name = entry.name;
    place.kind = kind_of(entry);
    place.code = entry.code;
    place.admin = admin_of(world, entry);
    place.lat = entry.lat;
    place.lon = entry.lon;
    place.has_coordinates = entry.has_coordinates;
    place.geonames = entry.geonames;
    return place;
}

void write_places(const World& world, std::string_view text, std::span<const NamedPlace> places,
                  std::span<const std::vector<PlaceCandidate>> candidates, JsonWriter& json) {
    const CodePointIndex index(text);
    json.key("places").begin_array();
    for (std::size_t i = 0; i < places.size(); ++i) {
        const NamedPlace& place = places[i];
        json.begin_object();
        json.field("start", index.code_point(place.span.start)).field("end", index.code_point(place.span.end));
        json.field("text", text.substr(place.span.start, place.span.end - place.span.start));
        if (place.use == PlaceUse::Name) json.field("use", "name");
        if (place.use == PlaceUse::People) json.field("use", "people");
        write_fields(place, json);
        if (i < candidates.size()) {
            json.key("candidates").begin_array();
            for (const PlaceCandidate& candidate : candidates[i]) {
                json.begin_object();
                write_fields(place_answer(world, place.span, {&candidate, 1}), json);
                json.key("features").begin_object();
                for (std::size_t f = 0; f < kPlaceFeatures.size(); ++f)
                    if (candidate.features[f] != 0) json.key(kPlaceFeatures[f]).value(candidate.features[f], 4);
                json.end_object().end_object();
            }
            json.end_array();
        }
        json.end_object();
    }
    json.end_array();
}

} // namespace kadesh
