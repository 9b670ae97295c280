#include "knowledge/place_resolver.hpp"

#include "base/ascii.hpp"
#include "knowledge/name_key.hpp"
#include "knowledge/table_reader.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <unordered_map>

namespace kadesh {
namespace {

enum Feature : std::size_t {
    kPopulation,
    kUnpeopled,
    kCountry,
    kProvince,
    kDistrict,
    kArea,
    kCapital,
    kAlias,
    kDemonym,
    kCompleted,
    kPartial,
    kCountryShare,
    kProvinceShare,
    kNear,
    kNotFar,
    kContained,
    kContradicted,
    kContainer,
    kCues
};

/// How often what names say of each other is weighed anew.
constexpr int kRounds = 4;
/// Kilometres over which nearness fades.
constexpr double kNearby = 60, kInReach = 500;
/// Options of a name that are looked at for nearness.
constexpr std::size_t kLocatedOptions = 24;
/// States of the text that a place which the world does not know may lie in.
constexpr std::size_t kStates = 2;
/// Bytes between a name and what it lies in: ", "
constexpr std::uint32_t kSideBySide = 3;

struct Option {
    PlaceCandidate candidate;
    Entry entry;
};

/// Equal names of a text: one place.
struct Group {
    std::vector<Option> options; ///< likeliest first after each round
    std::vector<EntryId> containers;
    std::vector<std::size_t> preceding; ///< groups that stand right before it: "Paris" of "Paris, Texas"
    double weight = 0;                  ///< how much it says of others
};

bool is_place(const Entry& entry) {
    return entry.kind == EntryKind::Country || entry.kind == EntryKind::Region || entry.kind == EntryKind::City;
}

void add_option(const World& world, std::vector<Option>& options, EntryId id, NameForm form,
                std::optional<Feature> as = std::nullopt) {
    for (const Option& option : options)
        if (option.candidate.entry == id) return;
    Option option{{}, world.entry(id)};
    const Entry& entry = option.entry;
    if (!is_place(entry)) return;
    option.candidate.entry = id;
    auto& features = option.candidate.features;
    features[kPopulation] = std::log10(1.0 + entry.population) / 7;
    features[kUnpeopled] = entry.population == 0 ? 1 : 0;
    features[kCountry] = entry.kind == EntryKind::Country ? 1 : 0;
    features[kProvince] = entry.division == Division::Province ? 1 : 0;
    features[kDistrict] = entry.division == Division::District ? 1 : 0;
    features[kArea] = entry.kind == EntryKind::Region && entry.division == Division::None ? 1 : 0;
    features[kCapital] = entry.is_capital ? 1 : 0;
    features[kAlias] = form == NameForm::Alias || form == NameForm::Acronym ? 1 : 0;
    features[kDemonym] = form == NameForm::Demonym ? 1 : 0;
    if (as) features[*as] = 1;
    option.candidate.partial = as == kPartial;
    options.push_back(option);
}

/// Some place of a state that the world does not know.
void add_unlisted(const World& world, Group& group, EntryId state) {
    for (const Option& option : group.options)
        if (option.candidate.inside && option.candidate.entry == state) return;
    Option option{{}, world.entry(state)};
    option.candidate.entry = state;
    option.candidate.inside = true;
    const bool held = std::any_of(group.containers.begin(), group.containers.end(),
                                  [&](EntryId container) { return world.entry(container).code == option.entry.code; });
    option.candidate.features[kContained] = held ? 1 : 0;
    group.options.push_back(std::move(option));
}

void add_named(const World& world, std::vector<Option>& options, std::string_view name,
               std::optional<Feature> as = std::nullopt) {
    std::vector<NameHit> hits;
    world.find_places(name, hits);
    for (const NameHit& hit : hits) {
        EntryId id = hit.entry;
        // A capital's or palace's name stands for a government; the place is the city.
        if (hit.form == NameForm::Metonym && world.entry(id).kind == EntryKind::Country) id = world.entry(id).capital;
        if (id != kNoEntry) add_option(world, options, id, hit.form, as);
    }
}

/// "Walker County Sheriff's Office", "Neches River": places by the longest part of a name that names one.
void add_parts(const World& world, std::vector<Option>& options, std::string_view name) {
    const std::vector<std::string_view> pieces = name_pieces(name);
    for (std::size_t count = std::min<std::size_t>(pieces.size(), 6); count-- > 1 && options.empty();)
        for (std::size_t first = 0; first + count <= pieces.size(); ++first) {
            const std::string_view last = pieces[first + count - 1];
            if (!is_ascii_upper(pieces[first].front()) || last == "'s") continue;
            const auto begin = static_cast<std::size_t>(pieces[first].data() - name.data());
            const auto end = static_cast<std::size_t>(last.data() + last.size() - name.data());
            add_named(world, options, name.substr(begin, end - begin), kPartial);
        }
}

std::vector<Option> options_of(const World& world, const PlaceWords& words, std::string_view name) {
    std::vector<Option> options;
    if (name.ends_with("'s")) name.remove_suffix(2);
    add_named(world, options, name);
    for (const std::string& completion : words.completions())
        add_named(world, options, std::string(name) + completion, kCompleted);
    const bool short_form = name.ends_with('.') || (name.size() == 2 && is_ascii_upper(name[1]));
    if (short_form || options.empty())
        if (const EntryId meant = words.abbreviation(name); meant != kNoEntry)
            add_option(world, options, meant, NameForm::Name);
    for (std::string_view shorter = words.without_generic(name); options.empty() && shorter.size() < name.size();
         shorter = words.without_generic(name)) {
        name = shorter;
        add_named(world, options, name);
    }
    if (options.empty()) add_parts(world, options, name);
    return options;
}

/// What the other names of a text say: where they lie, as far as that is known.
class Neighbourhood {
  public:
    Neighbourhood(const std::vector<Group>& groups, const PlaceEvidence& outside, bool first_round)
        : outside_(&outside), countries_(outside.countries), provinces_(outside.provinces) {
        for (const auto& [code, weight] : outside.countries) total_ += weight;
        if (!first_round)
            for (std::size_t i = 0; i < groups.size(); ++i) count(groups[i], 1);
        for (std::size_t i = 0; i < groups.size() && !first_round; ++i) locate(i, groups[i]);
    }

    void count(const Group& group, double sign) {
        for (const Option& option : group.options) {
            if (option.candidate.inside) continue;
            const double weight = sign * group.weight * option.candidate.probability;
            countries_[option.entry.code] += weight;
            if (option.entry.code.size() == 3) total_ += weight;
            const EntryId province = province_of(option);
            if (province != kNoEntry) provinces_[province] += weight;
        }
    }

    [[nodiscard]] double country_share(const Option& option) const {
        const auto it = countries_.find(option.entry.code);
        return it == countries_.end() || option.entry.code.empty() ? 0 : std::max(0.0, it->second) / (total_ + 0.5);
    }
    /// How much of the words that tell a state without naming it speak for its own.
    [[nodiscard]] double cues(const Option& option) const {
        const auto it = outside_->cues.find(option.entry.code);
        return it == outside_->cues.end() ? 0 : it->second / (outside_->cue_total + 1);
    }
    /// The states that the text is about most.
    [[nodiscard]] std::vector<EntryId> leading_states(const World& world, std::size_t count) const {
        std::vector<std::pair<double, EntryId>> ranked;
        for (const auto& [code, weight] : countries_) {
            const EntryId state = code.size() == 3 ? world.country(code) : kNoEntry;
            if (state != kNoEntry && weight > 0) ranked.emplace_back(weight, state);
        }
        for (const auto& [code, weight] : outside_->cues)
            if (const EntryId state = world.country(code); state != kNoEntry) ranked.emplace_back(weight, state);
        std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<EntryId> states;
        for (const auto& [weight, state] : ranked)
            if (states.size() < count && std::find(states.begin(), states.end(), state) == states.end())
                states.push_back(state);
        return states;
    }
    [[nodiscard]] double province_share(const Option& option) const {
        const auto it = provinces_.find(province_of(option));
        return it == provinces_.end() ? 0 : std::max(0.0, it->second) / (total_ + 0.5);
    }
    /// How near the other names may be to it: of each the option that fits best, as far as it is likely.
    [[nodiscard]] double near(std::size_t group, const Option& option, double reach) const {
        if (option.entry.kind == EntryKind::Country || !option.entry.has_coordinates) return 0;
        double sum = 0, all = 0.5;
        for (const Points& others : points_) {
            if (others.group == group) continue;
            all += others.weight;
            double best = 0;
            for (const Point& other : others.points)
                best = std::max(
                    best, other.odds *
                              std::exp(-kilometres(option.entry.lat, option.entry.lon, other.lat, other.lon) / reach));
            sum += others.weight * best;
        }
        return sum / all;
    }

  private:
    static EntryId province_of(const Option& option) {
        return option.entry.division == Division::Province ? option.candidate.entry : option.entry.within;
    }
    struct Point {
        double lat, lon, odds;
    };
    struct Points {
        std::size_t group;
        double weight;
        std::vector<Point> points;
    };
    void locate(std::size_t index, const Group& group) {
        if (group.options.empty() || group.options.front().entry.kind == EntryKind::Country) return;
        Points here{index, group.weight, {}};
        for (std::size_t i = 0; i < std::min(group.options.size(), kLocatedOptions); ++i) {
            const Option& option = group.options[i];
            if (!option.candidate.inside && option.entry.kind != EntryKind::Country && option.entry.has_coordinates)
                here.points.push_back({option.entry.lat, option.entry.lon, std::sqrt(option.candidate.probability)});
        }
        points_.push_back(std::move(here));
    }

    const PlaceEvidence* outside_;
    std::map<std::string_view, double> countries_;
    std::map<EntryId, double> provinces_;
    double total_ = 0;
    std::vector<Points> points_;
};

/// What stands beside a name does not change from round to round.
void weigh_surroundings(const World& world, std::vector<Group>& groups) {
    for (Group& group : groups) {
        const auto held = [&](const Option& option) {
            return std::any_of(group.containers.begin(), group.containers.end(),
                               [&](EntryId container) { return lies_in(world, option.entry, container); });
        };
        const bool any = std::any_of(group.options.begin(), group.options.end(), held);
        for (Option& option : group.options) {
            auto& features = option.candidate.features;
            features[kContained] = any && held(option) ? 1 : 0;
            features[kContradicted] = any && !held(option) ? 1 : 0;
            const auto holds = [&](std::size_t before) {
                return std::any_of(groups[before].options.begin(), groups[before].options.end(),
                                   [&](const Option& o) { return lies_in(world, o.entry, option.candidate.entry); });
            };
            features[kContainer] = std::any_of(group.preceding.begin(), group.preceding.end(), holds) ? 1 : 0;
        }
    }
}

} // namespace

Result<PlaceResolver> PlaceResolver::load(const World& world) {
    PlaceResolver resolver(world, PlaceWords::load(world));
    std::vector<TableProblem> problems;
    TableReader rows("places/weights.tsv", world.table("places/weights.tsv"), {"feature", "weight"}, {"note"},
                     problems);
    std::array<bool, kPlaceFeatures.size()> set{};
    while (rows.next()) {
        const auto it = std::find(kPlaceFeatures.begin(), kPlaceFeatures.end(), rows["feature"]);
        const auto weight = rows.number("weight", -100, 100);
        if (it == kPlaceFeatures.end() || !weight) continue;
        const auto index = static_cast<std::size_t>(it - kPlaceFeatures.begin());
        resolver.weights_[index] = *weight;
        set[index] = true;
    }
    for (std::size_t i = 0; i < set.size(); ++i)
        if (!set[i])
            return Error{ErrorCode::BadArtefact,
                         "the knowledge pack has no weight for the feature \"" + std::string(kPlaceFeatures[i]) + "\""};
    return resolver;
}

std::vector<std::vector<PlaceCandidate>> PlaceResolver::rank(std::string_view text,
                                                             std::span<const TextSpan> names) const {
    std::vector<Group> groups;
    std::vector<std::size_t> group_of(names.size());
    std::unordered_map<std::uint64_t, std::size_t> by_name;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string_view name = text.substr(names[i].start, names[i].end - names[i].start);
        NameKey key;
        key.add(name);
        const auto [it, fresh] = by_name.try_emplace(key.folded(), groups.size());
        if (fresh) groups.push_back({options_of(*world_, words_, name), {}, {}, 0});
        group_of[i] = it->second;
        Group& group = groups[it->second];
        group.weight = std::log2(2.0 + group.weight);
        for (const EntryId container : containers_after(*world_, words_, text, names[i]))
            group.containers.push_back(container);
        if (i > 0 && group_of[i - 1] != group_of[i] && names[i].start - names[i - 1].end <= kSideBySide)
            group.preceding.push_back(group_of[i - 1]);
    }
    const PlaceEvidence outside = evidence_in(*world_, words_, text, names);
    weigh_surroundings(*world_, groups);
    for (int round = 0; round < kRounds; ++round) {
        const std::vector<Group> before = groups;
        Neighbourhood others(before, outside, round == 0);
        if (round == 1) {
            const std::vector<EntryId> states = others.leading_states(*world_, kStates);
            for (Group& group : groups) {
                if (!group.options.empty()) continue;
                for (const EntryId container : group.containers)
                    if (const EntryId state = world_->country(world_->entry(container).code); state != kNoEntry)
                        add_unlisted(*world_, group, state);
                for (const EntryId state : states) add_unlisted(*world_, group, state);
            }
        }
        for (std::size_t g = 0; g < groups.size(); ++g) {
            Group& group = groups[g];
            if (group.options.empty()) continue;
            if (round > 0) others.count(before[g], -1);
            double top = -1e9, sum = 0;
            for (Option& option : group.options) {
                auto& features = option.candidate.features;
                features[kCountryShare] = others.country_share(option);
                features[kProvinceShare] = others.province_share(option);
                features[kNear] = others.near(g, option, kNearby);
                features[kNotFar] = others.near(g, option, kInReach);
                features[kCues] = others.cues(option);
                double& score = option.candidate.probability;
                score = 0;
                for (std::size_t f = 0; f < features.size(); ++f) score += weights_[f] * features[f];
                top = std::max(top, score);
            }
            for (Option& option : group.options) sum += std::exp(option.candidate.probability - top);
            for (Option& option : group.options)
                option.candidate.probability = std::exp(option.candidate.probability - top) / sum;
            std::stable_sort(group.options.begin(), group.options.end(), [](const Option& a, const Option& b) {
                return a.candidate.probability > b.candidate.probability;
            });
            if (round > 0) others.count(before[g], 1);
        }
    }
    std::vector<std::vector<PlaceCandidate>> ranked(names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        for (const Option& option : groups[group_of[i]].options) ranked[i].push_back(option.candidate);
    return ranked;
}

} // namespace kadesh
