#include "ledger/likeness.hpp"

#include "kadesh/findings.hpp"
#include "ledger/features.hpp"
#include "ledger/signature.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <span>
#include <utility>

namespace kadesh::ledger {
namespace {

/// Of each Sign, in the enum's order: its weight, fitted by logistic regression on pairs of reports of known truth
/// (docs/ledger.md), and its words in an explanation. Some only explain: they told nothing beside the others.
struct SignRow {
    int weight;
    std::string_view words;
};
constexpr std::array<SignRow, kSigns> kRows{{
    {69, "documents alike"},                  // DocumentsAlike
    {-39, ""},                                // DocumentsVeryAlike
    {3, "words alike"},                       // WordsAlike
    {23, "words told in the other document"}, // WordsTold
    {1090, "same act"},                       // SameAct
    {990, "like act"},                        // SharedActWord
    {590, "same CAMEO code"},                 // SameCameo
    {0, "same mode"},                         // SameMode
    {-530, "other mode"},                     // OtherMode
    {9, "participants alike"},                // WhoAlike
    {0, "same code"},                         // SameCode
    {0, "same name"},                         // SameName
    {-310, "other code"},                     // OtherCode
    {-660, "other name"},                     // OtherName
    {360, "same place"},                      // SameTown
    {0, "near places"},                       // NearTown
    {-690, "other country"},                  // OtherPlace
    {0, "same number"},                       // SameNumber
    {-1260, "other number"},                  // OtherNumber
    {0, "same day"},                          // SameDay
    {0, "next day"},                          // NextDay
    {-300, "days apart"},                     // Later
    {0, "undated"},                           // NoDay
    {-1900, "told apart in one document"},    // SameDocument
    {-4570, ""},                              // Constant
}};

/// Hundredths of likeness of documents above which more says less.
constexpr int kVeryAlike = 35;

using Side = EventFeatures::Side;

/// Acts in which both sides take part alike, however the sentence puts them.
bool is_mutual(std::uint8_t type) {
    const auto event = static_cast<EventType>(type);
    return event == EventType::Agree || event == EventType::Consult || event == EventType::Cooperate;
}

std::vector<Side> both(const EventFeatures& f) {
    std::vector<Side> sides = f.actors;
    sides.insert(sides.end(), f.recipients.begin(), f.recipients.end());
    return sides;
}

/// Who does it to whom is compared, but where both sides take part alike, whichever way the sentence puts them.
bool as_one_side(const EventFeatures& a, const EventFeatures& b) {
    return is_mutual(a.type) || (a.recipients.empty() && a.actors.size() > 1) ||
           (b.recipients.empty() && b.actors.size() > 1);
}

/// What two sides of one role have in common.
struct SideMatch {
    bool name = false, code = false, other_code = false, other_name = false;
};

struct Shared {
    bool any = false, both = false; ///< a value in common; values on both sides
};

Shared shared(const std::vector<Side>& a, const std::vector<Side>& b, std::uint32_t Side::*key) {
    Shared result;
    const auto told = [&](const Side& side) { return side.*key != 0; };
    result.both = std::ranges::any_of(a, told) && std::ranges::any_of(b, told);
    result.any = std::ranges::any_of(a, [&](const Side& x) {
        return told(x) && std::ranges::any_of(b, [&](const Side& y) { return y.*key == x.*key; });
    });
    return result;
}

SideMatch match(const std::vector<Side>& a, const std::vector<Side>& b) {
    const auto names = shared(a, b, &Side::name);
    const auto codes = shared(a, b, &Side::code);
    SideMatch result;
    result.name = names.any;
    result.code = !names.any && codes.any;
    result.other_code = !names.any && !codes.any && codes.both;
    result.other_name = names.both && !names.any;
    return result;
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

bool is_long(const Days& days) {
    return days.last - days.first > 7;
}

/// Days between the two, 0 when they overlap or neither has any; nothing when they cannot be one time.
std::optional<int> days_apart(const Days& a, const Days& b) {
    if (a.first == kNoDay || b.first == kNoDay) return a.first == b.first ? std::optional(0) : std::nullopt;
    if (is_long(a) != is_long(b)) return std::nullopt;
    if (is_long(a)) return a.first == b.first && a.last == b.last ? std::optional(0) : std::nullopt;
    const int gap = std::max(a.first, b.first) - std::min(a.last, b.last);
    return gap > kDayWindow ? std::nullopt : std::optional(std::max(gap, 0));
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

/// Words with their weights; a word without one counts as a rare one.
struct Words {
    const std::vector<std::uint32_t>& words;
    const std::vector<std::uint8_t>& weights;

    std::size_t size() const { return words.size(); }
    std::uint32_t word(std::size_t i) const { return words[i]; }
    std::int64_t weight(std::size_t i) const { return i < weights.size() ? weights[i] : 100; }
};

struct About {
    const std::vector<WeighedWord>& words;

    std::size_t size() const { return words.size(); }
    std::uint32_t word(std::size_t i) const { return words[i].word; }
    std::int64_t weight(std::size_t i) const { return words[i].weight; }
};

/// Calls `each` with the places of the words that both have; both are sorted.
template <typename A, typename B, typename Each> void for_shared(const A& a, const B& b, Each each) {
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a.word(i) == b.word(j))
            each(i++, j++);
        else if (a.word(i) < b.word(j))
            ++i;
        else
            ++j;
    }
}

template <typename List> std::int64_t sum_of(const List& list, bool squared) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < list.size(); ++i) sum += squared ? list.weight(i) * list.weight(i) : list.weight(i);
    return sum;
}

/// Hundredths of the cosine of two lists.
template <typename List> int cosine_of(const List& a, const List& b) {
    std::int64_t dot = 0;
    for_shared(a, b, [&](std::size_t i, std::size_t j) { dot += a.weight(i) * b.weight(j); });
    if (dot == 0) return 0;
    const double norm = std::sqrt(static_cast<double>(sum_of(a, true)) * static_cast<double>(sum_of(b, true)));
    return hundredths(static_cast<double>(dot) / norm);
}

int cosine(const Words& a, const Words& b) {
    return cosine_of(a, b);
}

int cosine(const std::vector<WeighedWord>& a, const std::vector<WeighedWord>& b) {
    return cosine_of(About{a}, About{b});
}

/// Hundredths of the weight of the words that both have by that of the lighter list.
int overlap(const Words& a, const Words& b) {
    const std::int64_t least = std::min(sum_of(a, false), sum_of(b, false));
    if (least == 0) return 0;
    std::int64_t both = 0;
    for_shared(a, b, [&](std::size_t i, std::size_t) { both += a.weight(i); });
    return hundredths(static_cast<double>(both) / static_cast<double>(least));
}

/// Hundredths of the weight of a sentence's words that a document is about.
int told_in(const Words& sentence, const std::vector<WeighedWord>& about) {
    const std::int64_t all = sum_of(sentence, false);
    if (all == 0) return 0;
    std::int64_t told = 0;
    for_shared(sentence, About{about}, [&](std::size_t i, std::size_t) { told += sentence.weight(i); });
    return hundredths(static_cast<double>(told) / static_cast<double>(all));
}

bool share_any(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    return std::ranges::any_of(a, [&](std::uint32_t x) { return std::ranges::binary_search(b, x); });
}

} // namespace

std::optional<Evidence> event_evidence(const EventFeatures& a, const EventFeatures& b) {
    if (a.type != b.type || reality(a) != reality(b)) return std::nullopt;
    Evidence evidence{};
    at(evidence, Sign::Constant) = 1;

    const Days days = days_of(a);
    const auto gap = days_apart(days, days_of(b));
    if (!gap) return std::nullopt;
    const bool one_document = a.document != 0 && a.document == b.document;
    if (one_document && *gap > 0) return std::nullopt; // who tells of two days tells of two events
    const Sign when = days.first == kNoDay ? Sign::NoDay
                      : *gap == 0          ? Sign::SameDay
                      : *gap == 1          ? Sign::NextDay
                                           : Sign::Later;
    at(evidence, when) = 1;

    switch (match_places(a, b)) {
    case PlaceMatch::None:
    case PlaceMatch::Country: break;
    case PlaceMatch::SameTown: at(evidence, Sign::SameTown) = 1; break;
    case PlaceMatch::Near: at(evidence, Sign::NearTown) = 1; break;
    case PlaceMatch::Abroad: at(evidence, Sign::OtherPlace) = 1; break; // the coder's places are not that sure
    case PlaceMatch::Apart: return std::nullopt;
    }

    std::array<SideMatch, 2> sides{};
    if (as_one_side(a, b)) {
        sides[0] = match(both(a), both(b));
    } else {
        sides[0] = match(a.actors, b.actors);
        sides[1] = match(a.recipients, b.recipients);
    }
    for (const SideMatch& side : sides) {
        at(evidence, Sign::SameCode) += side.code ? 1 : 0;
        at(evidence, Sign::SameName) += side.name ? 1 : 0;
        at(evidence, Sign::OtherCode) += side.other_code ? 1 : 0;
        at(evidence, Sign::OtherName) += side.other_name ? 1 : 0;
    }
    at(evidence, Sign::WhoAlike) = overlap({a.who, a.who_weights}, {b.who, b.who_weights});

    at(evidence, Sign::SameAct) = a.trigger != 0 && a.trigger == b.trigger ? 1 : 0;
    at(evidence, Sign::SharedActWord) = share_any(a.trigger_words, b.trigger_words) ? 1 : 0;
    at(evidence, Sign::SameCameo) = a.cameo != 0 && a.cameo == b.cameo ? 1 : 0;
    if (a.mode != 0 && b.mode != 0) at(evidence, a.mode == b.mode ? Sign::SameMode : Sign::OtherMode) = 1;

    const Words words_a{a.words, a.word_weights};
    const Words words_b{b.words, b.word_weights};
    const int alike = cosine(words_a, words_b);
    // Reports of older ledgers do not know what their documents are about: the sentence must do.
    const int about = a.about.empty() || b.about.empty() ? alike : cosine(a.about, b.about);
    at(evidence, Sign::DocumentsAlike) = about;
    at(evidence, Sign::DocumentsVeryAlike) = std::max(0, about - kVeryAlike);
    at(evidence, Sign::WordsAlike) = alike;
    at(evidence, Sign::WordsTold) = (told_in(words_a, b.about) + told_in(words_b, a.about)) / 2;
    at(evidence, Sign::SameDocument) = one_document ? 1 : 0;
    for (const auto& [x, y] : {std::pair(a.killed, b.killed), std::pair(a.injured, b.injured)}) {
        const NumberMatch numbers = match_numbers(x, y);
        if (numbers == NumberMatch::Same) at(evidence, Sign::SameNumber) = 1;
        if (numbers == NumberMatch::Other) at(evidence, Sign::OtherNumber) = 1;
    }
    return evidence;
}

int weighed(const Evidence& evidence) {
    int sum = 0;
    for (std::size_t i = 0; i < kSigns; ++i) sum += kRows[i].weight * evidence[i];
    return sum;
}

std::string in_words(const Evidence& evidence) {
    constexpr int kWorthTelling = 20; // hundredths
    std::string words;
    for (const bool against : {false, true}) {
        bool first = true;
        for (std::size_t i = 0; i < kSigns; ++i) {
            const SignRow& row = kRows[i];
            const auto sign = static_cast<Sign>(i);
            const bool share = sign == Sign::DocumentsAlike || sign == Sign::WordsAlike || sign == Sign::WordsTold ||
                               sign == Sign::WhoAlike;
            if (row.words.empty() || (row.weight < 0) != against || evidence[i] < (share ? kWorthTelling : 1)) continue;
            if (!words.empty()) words += first && against ? "; " : ", ";
            first = false;
            words += row.words;
            if (share) words += ' ' + std::to_string(evidence[i]) + '%';
        }
    }
    return words;
}

Compared::Compared(const EventFeatures& f) : features(&f), days(days_of(f)) {
    const std::vector<std::uint32_t> found = key_words(f);
    keys_used = std::min(found.size(), keys.size());
    std::copy_n(found.begin(), keys_used, keys.begin());
    const Words list{f.words, f.word_weights};
    words = sum_of(list, false);
    words_squared = static_cast<double>(sum_of(list, true));
    sides = both(f);
    who = sum_of(Words{f.who, f.who_weights}, false);
    about_squared = static_cast<double>(sum_of(About{f.about}, true));
}

bool may_meet(const Compared& a, const Compared& b) {
    const auto gap = days_apart(a.days, b.days);
    if (!gap || *gap <= kPartyDays) return gap.has_value();
    const std::span own(a.keys.data(), a.keys_used);
    const std::span its(b.keys.data(), b.keys_used);
    return std::ranges::any_of(own, [&](std::uint32_t key) { return std::ranges::find(its, key) != its.end(); });
}

namespace {

constexpr int weight_of(Sign sign) {
    return kRows[static_cast<std::size_t>(sign)].weight;
}

/// The most that evidence of one kind can add, of which there are `most` units.
constexpr int best(Sign sign, int most) {
    return std::max(0, weight_of(sign) * most);
}

/// What documents alike by so many hundredths add; and the most that any likeness adds.
constexpr int of_documents(int about) {
    return weight_of(Sign::DocumentsAlike) * about +
           weight_of(Sign::DocumentsVeryAlike) * std::max(0, about - kVeryAlike);
}
constexpr int kBestDocuments =
    std::max({of_documents(0), of_documents(kVeryAlike), of_documents(100), of_documents(101)});

/// Sum of the weights of a's words that b has.
template <typename A, typename B> std::int64_t weight_shared(const A& a, const B& b) {
    std::int64_t sum = 0;
    for_shared(a, b, [&](std::size_t i, std::size_t) { sum += a.weight(i); });
    return sum;
}

int part_of(std::int64_t some, std::int64_t all) {
    return all == 0 ? 0 : hundredths(static_cast<double>(some) / static_cast<double>(all));
}

} // namespace

QuickBound::Table::Table(std::size_t words) {
    std::size_t size = 2;
    for (; size < 4 * words; size *= 2) --shift_;
    slots_.resize(size);
}

void QuickBound::Table::add(std::uint32_t word, std::int64_t weight) {
    std::size_t at = start(word);
    while (slots_[at].weight >= 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {word, static_cast<std::int32_t>(weight)};
}

std::int64_t QuickBound::Table::weight(std::uint32_t word) const {
    for (std::size_t at = start(word); slots_[at].weight >= 0; at = (at + 1) & (slots_.size() - 1))
        if (slots_[at].word == word) return slots_[at].weight;
    return -1;
}

QuickBound::QuickBound(const Compared& own)
    : own_(own), about_(own.features->about.size()), words_(own.features->words.size()) {
    for (const WeighedWord& word : own.features->about) about_.add(word.word, word.weight);
    const Words words{own.features->words, own.features->word_weights};
    for (std::size_t i = 0; i < words.size(); ++i) words_.add(words.word(i), words.weight(i));
}

bool QuickBound::may_be_linked(const Compared& other) const {
    const EventFeatures& a = *own_.features;
    const EventFeatures& b = *other.features;
    if (a.type != b.type || reality(a) != reality(b)) return false;
    const auto gap = days_apart(own_.days, other.days);
    if (!gap) return false;
    int score = weight_of(Sign::Constant);
    if (a.document != 0 && a.document == b.document) {
        if (*gap > 0) return false;
        score += weight_of(Sign::SameDocument);
    }
    score += weight_of(own_.days.first == kNoDay ? Sign::NoDay
                       : *gap == 0               ? Sign::SameDay
                       : *gap == 1               ? Sign::NextDay
                                                 : Sign::Later);
    if (a.place != 0 && b.place != 0) {
        const PlaceMatch places = match_places(a, b);
        if (places == PlaceMatch::Apart) return false;
        if (places == PlaceMatch::SameTown) score += weight_of(Sign::SameTown);
        if (places == PlaceMatch::Near) score += weight_of(Sign::NearTown);
        if (places == PlaceMatch::Abroad) score += weight_of(Sign::OtherPlace);
    }
    if (a.trigger != 0 && a.trigger == b.trigger) score += weight_of(Sign::SameAct);
    if (a.cameo != 0 && a.cameo == b.cameo) score += weight_of(Sign::SameCameo);
    if (a.mode != 0 && b.mode != 0) score += weight_of(a.mode == b.mode ? Sign::SameMode : Sign::OtherMode);
    if (share_any(a.trigger_words, b.trigger_words)) score += weight_of(Sign::SharedActWord);
    const auto side = [&](const SideMatch& match) {
        score += (match.code ? weight_of(Sign::SameCode) : 0) + (match.name ? weight_of(Sign::SameName) : 0) +
                 (match.other_code ? weight_of(Sign::OtherCode) : 0) +
                 (match.other_name ? weight_of(Sign::OtherName) : 0);
    };
    if (as_one_side(a, b)) {
        side(match(own_.sides, other.sides));
    } else {
        side(match(a.actors, b.actors));
        side(match(a.recipients, b.recipients));
    }
    // Numbers may still be the same, or others.
    int rest = best(Sign::SameNumber, 1) + best(Sign::OtherNumber, 1) + best(Sign::WhoAlike, 100) +
               best(Sign::WordsAlike, 100) + best(Sign::WordsTold, 100);
    if (score + rest + kBestDocuments <= 0) return false;
    const Words who{a.who, a.who_weights};
    score += weight_of(Sign::WhoAlike) *
             part_of(weight_shared(who, Words{b.who, b.who_weights}), std::min(own_.who, other.who));
    rest -= best(Sign::WhoAlike, 100);
    if (score + rest + kBestDocuments <= 0) return false;
    // Without the documents' words the sentences stand for them, and nothing is cut short.
    if (a.about.empty() || b.about.empty()) return true;
    std::int64_t dot = 0;
    std::int64_t told = 0;
    for (const WeighedWord& word : b.about) {
        dot += std::max<std::int64_t>(about_.weight(word.word), 0) * word.weight;
        told += std::max<std::int64_t>(words_.weight(word.word), 0);
    }
    const int about =
        dot == 0 ? 0 : hundredths(static_cast<double>(dot) / std::sqrt(own_.about_squared * other.about_squared));
    score += of_documents(about);
    if (score + rest <= 0) return false;
    const int half = part_of(told, own_.words);
    if (score + rest - best(Sign::WordsTold, 100) + best(Sign::WordsTold, (half + 100) / 2) <= 0) return false;
    const Words words{b.words, b.word_weights};
    told = 0;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (about_.weight(words.word(i)) >= 0) told += words.weight(i);
    rest -= best(Sign::WordsTold, 100);
    return score + rest + weight_of(Sign::WordsTold) * ((half + part_of(told, other.words)) / 2) > 0;
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
