#include "ledger/likeness.hpp"

#include "kadesh/findings.hpp"
#include "ledger/features.hpp"
#include "ledger/signature.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace kadesh::ledger {
namespace {

using Side = EventFeatures::Side;

/// Weights of Sign, in the enum's order; fitted on pairs of reports that were judged by hand (docs/ledger.md).
constexpr std::array<int, kSigns> kWeights{
    90,   // SamePerson
    40,   // SameName
    25,   // SameCode
    -150, // OtherPerson
    -60,  // OtherSector
    -25,  // Lone
    40,   // SameDay
    -20,  // NextDay
    -60,  // TwoDays
    20,   // NoDay
    20,   // SameSpan
    70,   // SameTown
    20,   // NearTown
    0,    // SameCountry
    -120, // OtherPlace
    60,   // SameCameo
    70,   // SameMode
    -60,  // OtherMode
    150,  // SameTrigger
    4,    // WordsAlike, a hundredth
    1,    // WordsWithin, a hundredth
    60,   // SameNumber
    -60,  // OtherNumber
    -280, // Constant
};

constexpr std::array<std::string_view, kSigns> kWords{"same person",
                                                      "same name",
                                                      "same code",
                                                      "other person",
                                                      "other sector",
                                                      "a side told by one only",
                                                      "same day",
                                                      "next day",
                                                      "two days apart",
                                                      "undated",
                                                      "same stretch of time",
                                                      "same place",
                                                      "near places",
                                                      "same country",
                                                      "other place",
                                                      "same CAMEO code",
                                                      "same mode",
                                                      "other mode",
                                                      "same act",
                                                      "words alike",
                                                      "words within",
                                                      "same number",
                                                      "other number",
                                                      ""};

/// Acts in which both sides take part alike, however the sentence puts them.
bool is_mutual(std::uint8_t type) {
    const auto event = static_cast<EventType>(type);
    return event == EventType::Agree || event == EventType::Consult || event == EventType::Cooperate;
}

struct SideMatch {
    int persons = 0, names = 0, codes = 0;
    bool other_person = false, other_sector = false;
    bool one_empty = false;
    bool possible = true;
};

bool known(const Side& side) {
    return side.code != 0 || side.name != 0;
}

SideMatch seen_from(const std::vector<Side>& a, const std::vector<Side>& b) {
    SideMatch result;
    const bool any_a = std::ranges::any_of(a, known);
    const bool any_b = std::ranges::any_of(b, known);
    if (!any_a || !any_b) {
        result.one_empty = any_a != any_b;
        return result;
    }
    for (const Side& x : a) {
        if (!known(x)) continue;
        int best = 0;
        bool clash = false;
        bool sector = false;
        bool person = false;
        for (const Side& y : b) {
            if (x.name != 0 && x.name == y.name) {
                best = 2;
                person = person || x.person != 0 || y.person != 0;
                continue;
            }
            if (x.code == 0 || x.code != y.code) continue;
            best = std::max(best, 1);
            clash = clash || (x.person != 0 && y.person != 0 && x.name != 0 && y.name != 0);
            sector = sector || (x.sector != 0 && y.sector != 0 && x.sector != y.sector);
        }
        if (best == 2) ++(person ? result.persons : result.names);
        if (best == 1) {
            ++result.codes;
            result.other_person = result.other_person || clash;
            result.other_sector = result.other_sector || sector;
        }
    }
    result.possible = result.persons + result.names + result.codes > 0;
    if (result.persons + result.names > 0) result.other_person = result.other_sector = false;
    return result;
}

/// The same from either side: what both see.
SideMatch match(const std::vector<Side>& a, const std::vector<Side>& b) {
    SideMatch result = seen_from(a, b);
    const SideMatch other = seen_from(b, a);
    result.persons = std::min(result.persons, other.persons);
    result.names = std::min(result.names, other.names);
    result.codes = std::min(result.codes, other.codes);
    result.other_person = result.other_person && other.other_person;
    result.other_sector = result.other_sector && other.other_sector;
    result.possible = result.possible && other.possible;
    return result;
}

std::vector<Side> both(const EventFeatures& f) {
    std::vector<Side> sides = f.actors;
    sides.insert(sides.end(), f.recipients.begin(), f.recipients.end());
    return sides;
}

/// Kilometres, well enough for near and far.
double distance(const EventFeatures& a, const EventFeatures& b) {
    constexpr double kDegree = 111.2;
    constexpr double kRadians = 3.14159265358979 / 180;
    const double north = (a.lat - b.lat) / 1e4 * kDegree;
    const double east = (a.lon - b.lon) / 1e4 * kDegree * std::cos((a.lat + b.lat) / 2e4 * kRadians);
    return std::sqrt(north * north + east * east);
}

enum class PlaceMatch : std::uint8_t { None, SameTown, Near, Country, Abroad, Apart };

PlaceMatch match_places(const EventFeatures& a, const EventFeatures& b) {
    constexpr double kNear = 60;
    if (a.place == 0 || b.place == 0) return PlaceMatch::None;
    if (a.country != 0 && b.country != 0 && a.country != b.country) {
        if (a.town != 0 && b.town != 0 && distance(a, b) <= kNear) return PlaceMatch::Near; // across a border
        return PlaceMatch::Abroad;
    }
    if (a.place == b.place) return a.town != 0 || b.town != 0 ? PlaceMatch::SameTown : PlaceMatch::Country;
    if (a.town != 0 && b.town != 0) return distance(a, b) <= kNear ? PlaceMatch::Near : PlaceMatch::Apart;
    return a.country != 0 && a.country == b.country ? PlaceMatch::Country : PlaceMatch::None;
}

bool is_long(const EventFeatures& f) {
    return f.last - f.first > 7;
}

/// Days between the two, 0 when they overlap; nothing when they cannot be one time.
std::optional<int> days_apart(const EventFeatures& a, const EventFeatures& b) {
    if (is_long(a) != is_long(b)) return std::nullopt;
    if (is_long(a)) return a.first == b.first && a.last == b.last ? std::optional(0) : std::nullopt;
    const int gap = std::max(a.first, b.first) - std::min(a.last, b.last);
    if (gap > kDayWindow || std::abs(a.first - b.first) > kDayWindow + 7) return std::nullopt;
    return std::max(gap, 0);
}

enum class NumberMatch : std::uint8_t { None, Same, Other };
NumberMatch match_numbers(std::int32_t a, std::int32_t b) {
    if (a < 0 || b < 0) return NumberMatch::None;
    if (a == b) return NumberMatch::Same;
    const auto [low, high] = std::minmax(a, b);
    return high > 2 * low + 2 ? NumberMatch::Other : NumberMatch::None;
}

int hundredths(double share) {
    return static_cast<int>(std::lround(share * 100));
}

/// What is not fact in one may be another thing than what is fact in the other: plans, demands, what-ifs.
std::uint8_t reality(const EventFeatures& f) {
    return f.auxiliary & static_cast<std::uint8_t>(kFuture | kHypothetical);
}

int& at(Evidence& evidence, Sign sign) {
    return evidence[static_cast<std::size_t>(sign)];
}

bool share_any(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    return std::ranges::any_of(a, [&](std::uint32_t x) { return std::ranges::binary_search(b, x); });
}

} // namespace

std::optional<Evidence> event_evidence(const EventFeatures& a, const EventFeatures& b) {
    if (a.type != b.type || reality(a) != reality(b)) return std::nullopt;
    Evidence evidence{};
    at(evidence, Sign::Constant) = 1;

    const bool undated = a.first == kNoDay || b.first == kNoDay;
    if (undated) {
        if (a.first != b.first) return std::nullopt; // they never meet in the index either
        at(evidence, Sign::NoDay) = 1;
    } else {
        const auto gap = days_apart(a, b);
        if (!gap) return std::nullopt;
        if (is_long(a))
            at(evidence, Sign::SameSpan) = 1;
        else
            at(evidence, *gap == 0 ? Sign::SameDay : *gap == 1 ? Sign::NextDay : Sign::TwoDays) = 1;
    }

    const bool whole = is_mutual(a.type) || (a.recipients.empty() && a.actors.size() > 1) ||
                       (b.recipients.empty() && b.actors.size() > 1);
    std::array<SideMatch, 2> sides{};
    if (whole) {
        sides[0] = match(both(a), both(b));
        // Two of two must fit; one of two is as good as a side that only one tells.
        const int fit = sides[0].persons + sides[0].names + sides[0].codes;
        if (fit < 2 && std::max(both(a).size(), both(b).size()) > 1) sides[1].one_empty = true;
    } else {
        sides[0] = match(a.actors, b.actors);
        sides[1] = match(a.recipients, b.recipients);
    }
    for (const SideMatch& side : sides) {
        if (!side.possible) return std::nullopt;
        at(evidence, Sign::SamePerson) += side.persons;
        at(evidence, Sign::SameName) += side.names;
        at(evidence, Sign::SameCode) += side.codes;
        at(evidence, Sign::OtherPerson) += side.other_person ? 1 : 0;
        at(evidence, Sign::OtherSector) += side.other_sector ? 1 : 0;
        at(evidence, Sign::Lone) += side.one_empty ? 1 : 0;
    }
    at(evidence, Sign::SamePerson) = std::min(at(evidence, Sign::SamePerson), 2);
    at(evidence, Sign::SameName) = std::min(at(evidence, Sign::SameName), 2);
    at(evidence, Sign::SameCode) = std::min(at(evidence, Sign::SameCode), 2);

    switch (match_places(a, b)) {
    case PlaceMatch::None: break;
    case PlaceMatch::SameTown: at(evidence, Sign::SameTown) = 1; break;
    case PlaceMatch::Near: at(evidence, Sign::NearTown) = 1; break;
    case PlaceMatch::Country: at(evidence, Sign::SameCountry) = 1; break;
    case PlaceMatch::Abroad: at(evidence, Sign::OtherPlace) = 1; break; // the coder's places are not that sure
    case PlaceMatch::Apart: return std::nullopt;
    }
    at(evidence, Sign::SameCameo) = a.cameo != 0 && a.cameo == b.cameo ? 1 : 0;
    if (a.mode != 0 && b.mode != 0) at(evidence, a.mode == b.mode ? Sign::SameMode : Sign::OtherMode) = 1;
    at(evidence, Sign::SameTrigger) = a.trigger != 0 && a.trigger == b.trigger ? 1 : 0;
    at(evidence, Sign::WordsAlike) = hundredths(jaccard(a.words, b.words));
    at(evidence, Sign::WordsWithin) = hundredths(overlap(a.words, b.words));
    for (const auto& [x, y] : {std::pair(a.killed, b.killed), std::pair(a.injured, b.injured)}) {
        const NumberMatch numbers = match_numbers(x, y);
        if (numbers == NumberMatch::Same) at(evidence, Sign::SameNumber) = 1;
        if (numbers == NumberMatch::Other) at(evidence, Sign::OtherNumber) = 1;
    }
    // Two that share nothing but who, when and what sort of act are two: there is more than one strike a day.
    constexpr int kLeastAlike = 10;
    constexpr int kLeastWithin = 20;
    const bool particular = at(evidence, Sign::SamePerson) > 0 || at(evidence, Sign::SameTown) > 0 ||
                            at(evidence, Sign::SameNumber) > 0 || at(evidence, Sign::WordsAlike) >= kLeastAlike ||
                            at(evidence, Sign::WordsWithin) >= kLeastWithin;
    if (!particular) return std::nullopt;
    return evidence;
}

int weighed(const Evidence& evidence) {
    int sum = 0;
    for (std::size_t i = 0; i < kSigns; ++i) sum += kWeights[i] * evidence[i];
    return sum;
}

std::string in_words(const Evidence& evidence) {
    std::string words;
    for (std::size_t i = 0; i + 1 < kSigns; ++i) {
        if (evidence[i] == 0 || i == static_cast<std::size_t>(Sign::WordsWithin)) continue;
        if (!words.empty()) words += ", ";
        words += kWords[i];
        if (i == static_cast<std::size_t>(Sign::WordsAlike)) words += ' ' + std::to_string(evidence[i]) + '%';
    }
    return words;
}

bool events_conflict(const EventFeatures& a, const EventFeatures& b) {
    if (a.type != b.type || reality(a) != reality(b)) return true;
    if (a.first != kNoDay && b.first != kNoDay && !days_apart(a, b)) return true;
    const PlaceMatch places = match_places(a, b);
    if (places == PlaceMatch::Apart) return true;
    if (places == PlaceMatch::Abroad && jaccard(a.words, b.words) < 0.3) return true;
    if (match_numbers(a.killed, b.killed) == NumberMatch::Other && overlap(a.words, b.words) < 0.5) return true;
    if (is_mutual(a.type)) return false;
    const bool split = !a.recipients.empty() && !b.recipients.empty();
    return (split && (!match(a.actors, b.actors).possible || !match(a.recipients, b.recipients).possible));
}

namespace {

/// Of the days on which two agreements were signed: -1 they differ, 0 nothing known of one, 1 compatible, 2 the same
/// day.
int match_signed(const AgreementFeatures& a, const AgreementFeatures& b) {
    if (a.signed_first == kNoDay || b.signed_first == kNoDay) return 0;
    const bool exact = a.signed_first == a.signed_last && b.signed_first == b.signed_last;
    // A day off is a matter of time zones and of "on Friday".
    if (exact) return std::abs(a.signed_first - b.signed_first) <= 1 ? 2 : -1;
    return a.signed_first <= b.signed_last + 1 && b.signed_first <= a.signed_last + 1 ? 1 : -1;
}

struct Parties {
    std::size_t shared = 0;
    bool equal = false, within = false;
};

Parties match_parties(const AgreementFeatures& a, const AgreementFeatures& b) {
    Parties result;
    for (const std::uint32_t party : a.parties) result.shared += std::ranges::binary_search(b.parties, party) ? 1U : 0U;
    result.equal = result.shared == a.parties.size() && result.shared == b.parties.size() && result.shared > 0;
    result.within = result.shared > 0 && result.shared == std::min(a.parties.size(), b.parties.size());
    return result;
}

bool kinds_differ(const AgreementFeatures& a, const AgreementFeatures& b) {
    return a.kind != b.kind && a.generic == 0 && b.generic == 0;
}

/// Days between the reports, where both are dated.
std::optional<int> reported_apart(const AgreementFeatures& a, const AgreementFeatures& b) {
    if (a.reported == kNoDay || b.reported == kNoDay) return std::nullopt;
    return std::abs(a.reported - b.reported);
}

} // namespace

bool agreements_conflict(const AgreementFeatures& a, const AgreementFeatures& b) {
    if (match_signed(a, b) < 0) return true;
    const bool named = a.title != 0 && b.title != 0;
    if (named && a.title != b.title && jaccard(a.title_words, b.title_words) < 0.5) return true;
    if (named && a.title == b.title) return false;
    return kinds_differ(a, b) || (!a.parties.empty() && !b.parties.empty() && match_parties(a, b).shared == 0);
}

std::optional<int> agreement_likeness(const AgreementFeatures& a, const AgreementFeatures& b) {
    if (agreements_conflict(a, b)) return std::nullopt;
    const Parties parties = match_parties(a, b);
    const int when = match_signed(a, b);
    const int titles = hundredths(jaccard(a.title_words, b.title_words));
    const int words = hundredths(jaccard(a.words, b.words));
    const auto apart = reported_apart(a, b);
    const bool soon = !apart || *apart <= 45;
    int score = -300;
    if (a.title != 0 && a.title == b.title) score += 400;
    if (parties.equal)
        score += a.parties.size() > 1 ? 150 : 60;
    else if (parties.within && parties.shared > 1)
        score += 110;
    else if (parties.within)
        score += 20;
    else if (parties.shared > 1)
        score += 40;
    else if (!a.parties.empty() && !b.parties.empty())
        score -= 60;
    score += when == 2 ? 180 : when == 1 ? 60 : 0;
    if (a.kind == b.kind) score += a.generic != 0 ? 20 : 50;
    if (share_any(a.subjects, b.subjects))
        score += 50;
    else if (!a.subjects.empty() && !b.subjects.empty())
        score -= 50;
    score += titles + 2 * words;
    if (apart && *apart <= 3) score += 60;
    if (!soon && when <= 0) score -= 120;
    return score;
}

std::string agreement_reason(const AgreementFeatures& a, const AgreementFeatures& b) {
    std::string words;
    const auto add = [&](std::string_view what) {
        if (!words.empty()) words += ", ";
        words += what;
    };
    if (a.title != 0 && a.title == b.title) add("same name");
    const Parties parties = match_parties(a, b);
    if (parties.equal)
        add("same parties");
    else if (parties.shared > 0)
        add("shared parties");
    const int when = match_signed(a, b);
    if (when == 2) add("signed on the same day");
    if (when == 1) add("compatible dates of signature");
    if (a.kind == b.kind) add("same kind");
    if (share_any(a.subjects, b.subjects)) add("shared subject");
    const auto apart = reported_apart(a, b);
    if (apart && *apart <= 3) add("reported at the same time");
    return words;
}

} // namespace kadesh::ledger
