#include "coding/place_names.hpp"

#include "base/ascii.hpp"
#include "knowledge/name_key.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>

namespace kadesh {
namespace {

/// Words of a place's name at most.
constexpr Token kLongestName = 5;

/// Whether the words are the name of that city, rather than of a palace in it.
bool names_city(const World& world, std::string_view words, EntryId city) {
    std::vector<NameHit> hits;
    world.find_places(words, hits);
    return std::any_of(hits.begin(), hits.end(), [&](const NameHit& hit) { return hit.entry == city; });
}

bool names_place(const NameUse& use, std::string_view words, const World& world) {
    if (use.entry == kNoEntry) return use.type == NameType::LOC;
    if (use.form == NameForm::Demonym) return false;
    const Entry entry = world.entry(use.entry);
    if (entry.kind == EntryKind::Country) {
        // A capital is a place where it stands for its government, too; a palace is not.
        if (use.form == NameForm::Metonym)
            return entry.capital != kNoEntry && use.type == NameType::LOC && names_city(world, words, entry.capital);
        return true;
    }
    return entry.kind == EntryKind::City || entry.kind == EntryKind::Region;
}

bool names_people(const NameUse& use, const World& world) {
    if (use.entry == kNoEntry || use.form != NameForm::Demonym) return false;
    const EntryKind kind = world.entry(use.entry).kind;
    return kind == EntryKind::Country || kind == EntryKind::Region;
}

bool begins_large(std::string_view word) {
    return is_ascii_upper(word.front()) || static_cast<unsigned char>(word.front()) >= 0xC3;
}

/// Finds the names of one document.
class Finder {
  public:
    Finder(const Document& document, const Tree& tree, const Mentions& mentions, const World& world,
           const PlaceWords& words)
        : text_(document.text), tree_(tree), a_(tree.annotation()), mentions_(mentions), world_(world), words_(words),
          taken_(a_.size(), false) {}

    std::vector<PlaceName> find() {
        for (const NameUse& use : mentions_.names())
            if (use.entry != kNoEntry && names_place(use, text_of(use.tokens), world_))
                known_.insert(key(completed(use)));
        for (const NameUse& use : mentions_.names()) {
            if (names_people(use, world_)) {
                add(use.tokens, PlaceUse::People);
            } else if (names_place(use, text_of(use.tokens), world_)) {
                const TokenRange name = completed(use);
                if (use.entry == kNoEntry && bodies_within(name)) continue;
                if (!on_road(name)) add(name, PlaceUse::Place);
            }
        }
        for (const NameSpan& name : a_.names)
            if (name.type != NameType::PER) bodies_within(name.tokens);
        constituencies();
        std::sort(names_.begin(), names_.end(),
                  [](const PlaceName& x, const PlaceName& y) { return x.span.start < y.span.start; });
        return std::move(names_);
    }

  private:
    [[nodiscard]] std::string_view text_of(TokenRange range) const {
        const TextSpan span = tree_.text_span(range);
        return std::string_view(text_).substr(span.start, span.end - span.start);
    }
    [[nodiscard]] std::uint64_t key(TokenRange range) const {
        NameKey folded;
        folded.add(text_of(range));
        return folded.folded();
    }
    [[nodiscard]] Token sentence_end(Token t) const { return a_.sentences[tree_.sentence_of(t)].last; }

    void add(TokenRange range, PlaceUse use) {
        const TextSpan span = tree_.text_span(range);
        if (span.empty()) return;
        for (Token t = range.first; t < range.last; ++t)
            if (taken_[t]) return;
        std::fill(taken_.begin() + range.first, taken_.begin() + range.last, true);
        names_.push_back({span, use});
    }

    [[nodiscard]] bool known_district(TokenRange range) const {
        std::vector<NameHit> hits;
        world_.find_places(text_of(range), hits);
        return std::any_of(hits.begin(), hits.end(), [&](const NameHit& hit) {
            const Entry entry = world_.entry(hit.entry);
            return entry.kind == EntryKind::Region && hit.form != NameForm::Demonym;
        });
    }

    /// The longest name of a place that begins there: "Anderson County" rather than "Anderson".
    [[nodiscard]] TokenRange with_completion(TokenRange name, Token end) const {
        if (name.last >= end || !begins_large(a_.form[name.last])) return name;
        const std::string next = ' ' + lower_ascii(a_.form[name.last]);
        for (const std::string& completion : words_.completions())
            if (completion == next && known_district({name.first, name.last + 1})) return {name.first, name.last + 1};
        return name;
    }
    [[nodiscard]] TokenRange completed(const NameUse& use) const {
        // What the tagger takes for one name: "Ridge Farm" rather than "Ridge".
        for (const NameSpan& span : a_.names) {
            if (span.type != NameType::LOC || span.tokens.size() <= use.tokens.size()) continue;
            if (span.tokens.first > use.tokens.first || span.tokens.last < use.tokens.last) continue;
            std::vector<NameHit> hits;
            world_.find_places(text_of(span.tokens), hits);
            if (!hits.empty()) return span.tokens;
        }
        return with_completion(use.tokens, sentence_end(use.tokens.first));
    }

    /// "Cedar Street", "Rivers and Stokes avenues"
    [[nodiscard]] bool on_road(TokenRange name) const {
        const Token end = sentence_end(name.first);
        if (name.last < end && words_.road(a_.form[name.last]) && begins_large(a_.form[name.last])) return true;
        return name.size() > 1 && words_.road(a_.form[name.last - 1]);
    }

    /// What running text means by the words, if that is a place.
    [[nodiscard]] std::optional<NameHit> place_at(TokenRange range) const {
        // "Western Pennsylvania" lies in the state, and not in a province that is called Western.
        if (range.size() == 1 && words_.without_generic(std::string(a_.form[range.first]) + " X") == "X")
            return std::nullopt;
        std::vector<NameHit> hits;
        world_.find(text_of(range), hits);
        for (const NameHit& hit : hits) {
            const EntryKind kind = world_.entry(hit.entry).kind;
            if (kind == EntryKind::Country || kind == EntryKind::Region || kind == EntryKind::City) return hit;
        }
        return std::nullopt;
    }

    /// Adds the places in the name of a body: "Huntsville Police Department", "University of Texas".
    bool bodies_within(TokenRange name) {
        bool found = false;
        for (Token t = name.first; t < name.last; ++t) {
            if (taken_[t] || a_.form[t].empty() || !begins_large(a_.form[t]) || lower_ascii(a_.form[t]) == "the")
                continue;
            for (Token end = std::min(name.last, t + kLongestName); end > t; --end) {
                TokenRange part{t, end};
                if (!begins_large(a_.form[end - 1])) continue;
                const TokenRange longer = with_completion(part, sentence_end(t));
                const bool district = longer.last > part.last || (part.size() > 1 && known_district(part));
                const std::optional<NameHit> hit = place_at(part);
                if (!hit && !district) continue;
                part = longer;
                if (district || belongs(name, part, *hit)) {
                    add(part, hit && hit->form == NameForm::Demonym ? PlaceUse::People : PlaceUse::Name);
                    found = true;
                    t = part.last - 1;
                }
                break;
            }
        }
        return found;
    }

    /// Whether a place in a name is where the body is, and not part of what it is called after.
    [[nodiscard]] bool belongs(TokenRange name, TokenRange part, const NameHit& hit) const {
        if (on_road(part)) return false;
        if (world_.entry(hit.entry).kind != EntryKind::City) return true;
        if (known_.contains(key(part))) return true;
        const std::string_view next = part.last < sentence_end(part.first) ? a_.form[part.last] : std::string_view();
        const std::string before = part.first > 0 ? lower_ascii(a_.form[part.first - 1]) : std::string();
        const bool first = part.first == name.first || before == "the";
        if (first && part.last < name.last && !next.empty() && words_.institution(next)) return true;
        return (before == "of" || before == "in" || before == "at") && part.first > name.first &&
               part.last == name.last;
    }

    /// "D-Charleston": what a member of a parliament stands for.
    void constituencies() {
        for (Token t = 0; t + 2 < a_.size(); ++t) {
            const std::string_view party = a_.form[t];
            if ((party != "D" && party != "R") || a_.form[t + 1] != "-" || a_.form[t + 2].empty()) continue;
            const Token end = sentence_end(t);
            for (Token last = std::min(end, t + 2 + kLongestName); last > t + 2; --last)
                if (place_at({t + 2, last})) {
                    add({t + 2, last}, PlaceUse::Place);
                    break;
                }
        }
    }

    std::string_view text_;
    const Tree& tree_;
    const Annotation& a_;
    const Mentions& mentions_;
    const World& world_;
    const PlaceWords& words_;
    std::vector<bool> taken_;
    std::unordered_set<std::uint64_t> known_; ///< names that the text has for places elsewhere
    std::vector<PlaceName> names_;
};

} // namespace

std::vector<PlaceName> place_names(const Document& document, const Tree& tree, const Mentions& mentions,
                                   const World& world, const PlaceWords& words) {
    return Finder(document, tree, mentions, world, words).find();
}

} // namespace kadesh
