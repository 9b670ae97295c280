#include "knowledge/place_context.hpp"

#include "base/ascii.hpp"
#include "base/text_hash.hpp"
#include "knowledge/name_key.hpp"
#include "knowledge/table_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace kadesh {
namespace {

/// Words of a container's name at most.
constexpr std::size_t kLongestContainer = 4;
/// Words of a cue at most.
constexpr std::size_t kLongestCue = 3;
/// Bytes behind a name that are looked at for what it lies in.
constexpr std::size_t kContainerReach = 60;

bool is_word_byte(char c) {
    return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool begins_large(std::string_view word) {
    return is_ascii_upper(word.front()) || static_cast<unsigned char>(word.front()) >= 0x80;
}

/// Words as World::find takes them: letters and digits, "U.S." whole, `'s` and other signs apart.
std::vector<std::string_view> split_words(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        if (is_ascii_space(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        if (is_word_byte(text[at])) {
            while (end < text.size() && is_word_byte(text[end])) ++end;
            while (end - at == 1 + 2 * ((end - at) / 2) && end < text.size() && text[end] == '.' &&
                   is_ascii_upper(text[end - 1])) { // "U.S."
                ++end;
                if (end + 1 >= text.size() || !is_ascii_upper(text[end]) || text[end + 1] != '.') break;
                ++end;
            }
        } else if (text[at] == '\'' && end < text.size() && text[end] == 's') {
            ++end;
        }
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

std::string joined(std::span<const std::string_view> words) {
    std::string phrase;
    for (const std::string_view word : words) {
        if (!phrase.empty()) phrase += ' ';
        phrase += word;
    }
    return phrase;
}

bool ends_sentence(std::string_view word) {
    return word == "." || word == ";" || word == "!" || word == "?";
}

std::string key_of(std::string_view word) {
    std::string key;
    for (const char c : word)
        if (c != '.' && c != ' ') key += c;
    return key;
}

/// "000 - 000 - 0000" for a telephone number, "£" for a sum: what it says of a state is in its shape.
std::string shape_at(std::span<const std::string_view> words) {
    if (words.front().starts_with("£")) return "£";
    constexpr std::array<std::size_t, 3> kDigits = {3, 3, 4};
    std::string shape;
    for (std::size_t i = 0; i < 2 * kDigits.size() - 1; ++i) {
        if (i >= words.size()) return {};
        const std::string_view word = words[i];
        if (i % 2 == 1 ? word != "-"
                       : word.size() != kDigits[i / 2] ||
                             !std::all_of(word.begin(), word.end(), [](char c) { return is_ascii_digit(c); }))
            return {};
        shape += i % 2 == 1 ? " - " : std::string(word.size(), '0');
    }
    return shape;
}

/// Words that tell of which state a text speaks; those with a capital as they stand, others in any case.
void count_cues(const PlaceWords& known, std::span<const std::string_view> words, PlaceEvidence& evidence) {
    std::unordered_set<std::string> counted;
    const auto count = [&](const std::string& phrase) {
        const std::vector<std::string_view>* codes = known.cue(phrase);
        if (codes == nullptr || !counted.insert(phrase).second) return;
        evidence.cue_total += 1;
        for (const std::string_view code : *codes) evidence.cues[code] += 1.0 / static_cast<double>(codes->size());
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        for (std::size_t n = 1; n <= kLongestCue && i + n <= words.size(); ++n) {
            const std::string phrase = joined(words.subspan(i, n));
            count(phrase);
            if (std::string lower = lower_ascii(phrase); lower != phrase) count(lower);
        }
        if (const std::string shape = shape_at(words.subspan(i)); !shape.empty()) count(shape);
    }
}

/// The state or division that a code of countries.tsv and a name stand for.
EntryId division_of(const World& world, std::string_view country, std::string_view name) {
    std::vector<NameHit> hits;
    world.find_places(name, hits);
    for (const NameHit& hit : hits) {
        const Entry entry = world.entry(hit.entry);
        if (entry.kind != EntryKind::City && entry.code == country && hit.form != NameForm::Metonym) return hit.entry;
    }
    return kNoEntry;
}

} // namespace

PlaceWords PlaceWords::load(const World& world) {
    PlaceWords words;
    std::vector<TableProblem> problems; // the compiler of the pack has checked the tables
    TableReader abbreviations("places/abbreviations.tsv", world.table("places/abbreviations.tsv"),
                              {"abbreviations", "country", "name"}, {}, problems);
    while (abbreviations.next()) {
        const EntryId entry = division_of(world, abbreviations["country"], abbreviations["name"]);
        if (entry == kNoEntry) continue;
        for (const std::string_view word : abbreviations.list("abbreviations"))
            words.abbreviations_.emplace(key_of(word), entry);
    }
    TableReader generic("places/generic_words.tsv", world.table("places/generic_words.tsv"), {"word", "place"}, {},
                        problems);
    while (generic.next()) {
        const std::string word = lower_ascii(generic["word"]);
        for (const std::string_view place : generic.list("place")) {
            if (place == "before") words.before_.push_back(word + ' ');
            if (place == "after") words.after_.push_back(' ' + word);
            if (place == "completes") words.completions_.push_back(' ' + word);
            if (place == "institution") words.institutions_.insert(word);
            if (place == "road") words.roads_.insert(word);
        }
    }
    TableReader cues("places/cues.tsv", world.table("places/cues.tsv"), {"countries", "cues"}, {}, problems);
    while (cues.next())
        for (const std::string_view cue : cues.list("cues"))
            words.cues_.emplace(joined(split_words(cue)), cues.list("countries"));
    return words;
}

EntryId PlaceWords::abbreviation(std::string_view word) const {
    const auto it = abbreviations_.find(key_of(word));
    return it == abbreviations_.end() ? kNoEntry : it->second;
}

bool PlaceWords::institution(std::string_view word) const {
    return institutions_.contains(lower_ascii(word));
}

bool PlaceWords::road(std::string_view word) const {
    return roads_.contains(lower_ascii(word));
}

const std::vector<std::string_view>* PlaceWords::cue(const std::string& phrase) const {
    const auto it = cues_.find(phrase);
    return it == cues_.end() ? nullptr : &it->second;
}

std::string_view PlaceWords::without_generic(std::string_view name) const {
    const std::string lower = lower_ascii(name);
    for (const std::string& word : before_)
        if (lower.size() > word.size() && lower.starts_with(word)) return name.substr(word.size());
    for (const std::string& word : after_)
        if (lower.size() > word.size() && lower.ends_with(word)) return name.substr(0, name.size() - word.size());
    return name;
}

PlaceEvidence evidence_in(const World& world, const PlaceWords& known, std::string_view text,
                          std::span<const TextSpan> names) {
    PlaceEvidence evidence;
    const std::vector<std::string_view> words = split_words(text);
    count_cues(known, words, evidence);
    std::vector<NameHit> hits;
    std::size_t next_name = 0;
    for (std::size_t i = 0; i < words.size();) {
        const auto at = static_cast<std::uint32_t>(words[i].data() - text.data());
        while (next_name < names.size() && names[next_name].end <= at) ++next_name;
        const bool in_name = next_name < names.size() && names[next_name].start <= at;
        hits.clear();
        std::size_t taken = 0;
        if (!in_name && begins_large(words[i])) {
            std::size_t last = i + 1;
            while (last < words.size() && last < i + 12 && !ends_sentence(words[last])) ++last;
            taken = world.find(std::span(words).subspan(i, last - i), hits);
        }
        if (taken == 0) {
            ++i;
            continue;
        }
        i += taken;
        const Entry best = world.entry(hits.front().entry);
        if (best.code.size() != 3) continue;
        if (best.kind == EntryKind::Country)
            evidence.countries[best.code] += 1;
        else if (best.kind == EntryKind::Region && best.division == Division::Province) {
            evidence.countries[best.code] += 1;
            evidence.provinces[hits.front().entry] += 1;
        } else if (best.kind != EntryKind::City && hits.front().form != NameForm::Surname)
            evidence.countries[best.code] += 0.5;
    }
    return evidence;
}

std::vector<EntryId> containers_after(const World& world, const PlaceWords& words, std::string_view text,
                                      TextSpan name) {
    std::string_view rest = text.substr(name.end, kContainerReach);
    const bool comma = rest.starts_with(", ") || rest.starts_with(" ,");
    if (comma || rest.starts_with(" ("))
        rest.remove_prefix(2);
    else if (rest.starts_with(" in "))
        rest.remove_prefix(4);
    else
        return {};
    std::vector<std::string_view> next = split_words(rest);
    std::vector<EntryId> found;
    // "in Lebanon's Bekaa", "southern Lebanon": a small word may come first.
    if (!next.empty() && !begins_large(next.front())) {
        if (words.without_generic(rest) == rest) return {};
        rest = words.without_generic(rest);
        next = split_words(rest);
    }
    if (next.empty() || !begins_large(next.front())) return {};
    const std::string_view first = next.front();
    const bool dotted = first.data() + first.size() < rest.data() + rest.size() && first.data()[first.size()] == '.';
    if (comma || dotted)
        if (const EntryId meant = words.abbreviation(first); meant != kNoEntry && (first.size() == 2 || dotted))
            return {meant};
    for (std::size_t count = std::min(next.size(), kLongestContainer); count > 0; --count) {
        const std::string_view last = next[count - 1];
        const auto size = static_cast<std::size_t>(last.data() + last.size() - rest.data());
        std::vector<NameHit> hits;
        world.find_places(rest.substr(0, size), hits);
        for (const NameHit& hit : hits)
            if (world.entry(hit.entry).kind != EntryKind::City && hit.form != NameForm::Demonym &&
                hit.form != NameForm::Metonym)
                found.push_back(hit.entry);
        if (!found.empty()) return found;
    }
    if (const EntryId meant = words.abbreviation(first); meant != kNoEntry && comma) found.push_back(meant);
    return found;
}

bool lies_in(const World& world, const Entry& place, EntryId container) {
    const Entry holder = world.entry(container);
    if (holder.kind == EntryKind::Country) return place.kind != EntryKind::Country && place.code == holder.code;
    for (EntryId at = place.within; at != kNoEntry; at = world.entry(at).within)
        if (at == container) return true;
    // Districts of cities are not known: near is within.
    return holder.division == Division::District && place.kind == EntryKind::City && place.within == holder.within &&
           place.code == holder.code && holder.has_coordinates &&
           kilometres(place.lat, place.lon, holder.lat, holder.lon) < 60;
}

double kilometres(double lat_a, double lon_a, double lat_b, double lon_b) {
    constexpr double kDegree = std::numbers::pi / 180, kEarth = 6371;
    const double lat = std::sin((lat_b - lat_a) * kDegree / 2), lon = std::sin((lon_b - lon_a) * kDegree / 2);
    const double chord = lat * lat + std::cos(lat_a * kDegree) * std::cos(lat_b * kDegree) * lon * lon;
    return 2 * kEarth * std::asin(std::min(1.0, std::sqrt(chord)));
}

} // namespace kadesh
