#include "ledger/features.hpp"

#include "base/ascii.hpp"
#include "base/text_hash.hpp"
#include "ledger/signature.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <type_traits>

namespace kadesh::ledger {
namespace {

constexpr std::size_t kSentenceWords = 40;
constexpr std::size_t kTitleWords = 16;
constexpr std::size_t kWhoWords = 24;
constexpr std::size_t kTriggerWords = 8;
constexpr std::size_t kAboutWords = 16;
constexpr std::size_t kMostParties = 8; ///< of which keys are made

std::uint32_t hash32(std::string_view text) {
    return static_cast<std::uint32_t>(mixed(hash64(text)) >> 32) | 1U; // never 0
}

std::string_view first_of(std::string_view list) {
    return list.substr(0, list.find('|'));
}

/// The lemma behind "verb:sign#7" or "verb:warn>verb:retaliate#2"; other rules give nothing.
std::string_view lemma_of(std::string_view rule) {
    const std::size_t colon = rule.find(':');
    if (colon == std::string_view::npos) return {};
    rule.remove_prefix(colon + 1);
    return rule.substr(0, rule.find_first_of("#>"));
}

class Encoder {
  public:
    template <typename T> Encoder& operator<<(T value) {
        static_assert(std::is_integral_v<T>);
        using Unsigned = std::make_unsigned_t<T>;
        auto bits = static_cast<std::uint64_t>(static_cast<Unsigned>(value));
        for (std::size_t i = 0; i < sizeof(T); ++i, bits >>= 8) bytes += static_cast<char>(bits & 0xFF);
        return *this;
    }
    Encoder& operator<<(const std::vector<WeighedWord>& list) {
        *this << static_cast<std::uint8_t>(std::min<std::size_t>(list.size(), 255));
        for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), 255); ++i)
            *this << list[i].word << list[i].weight;
        return *this;
    }
    Encoder& operator<<(const std::vector<std::uint32_t>& list) {
        *this << static_cast<std::uint8_t>(std::min<std::size_t>(list.size(), 255));
        for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), 255); ++i) *this << list[i];
        return *this;
    }
    std::string bytes;
};

class Decoder {
  public:
    explicit Decoder(std::string_view bytes) : bytes_(bytes) {}
    template <typename T> Decoder& operator>>(T& value) {
        static_assert(std::is_integral_v<T>);
        if (bytes_.size() < sizeof(T)) {
            bytes_ = {};
            return *this;
        }
        std::uint64_t bits = 0;
        for (std::size_t i = sizeof(T); i-- > 0;) bits = (bits << 8) | static_cast<unsigned char>(bytes_[i]);
        value = static_cast<T>(bits);
        bytes_.remove_prefix(sizeof(T));
        return *this;
    }
    Decoder& operator>>(std::vector<WeighedWord>& list) {
        std::uint8_t size = 0;
        *this >> size;
        list.resize(size);
        for (WeighedWord& value : list) *this >> value.word >> value.weight;
        return *this;
    }
    Decoder& operator>>(std::vector<std::uint32_t>& list) {
        std::uint8_t size = 0;
        *this >> size;
        list.resize(size);
        for (std::uint32_t& value : list) *this >> value;
        return *this;
    }

  private:
    std::string_view bytes_;
};

void encode_sides(Encoder& out, const std::vector<EventFeatures::Side>& sides) {
    const auto size = static_cast<std::uint8_t>(std::min<std::size_t>(sides.size(), 255));
    out << size;
    for (std::size_t i = 0; i < size; ++i) out << sides[i].code << sides[i].name << sides[i].sector << sides[i].person;
}

void decode_sides(Decoder& in, std::vector<EventFeatures::Side>& sides) {
    std::uint8_t size = 0;
    in >> size;
    sides.resize(size);
    for (auto& side : sides) in >> side.code >> side.name >> side.sector >> side.person;
}

/// Whether a title is a proper name, as its capitals tell: "Abraham Accords", not "trade deal".
bool is_proper(std::string_view title) {
    int capitals = 0;
    bool at_begin = true;
    for (std::size_t i = 0; i < title.size(); ++i) {
        if (at_begin && is_ascii_upper(title[i])) ++capitals;
        at_begin = title[i] == ' ';
    }
    return capitals >= 2;
}

void weigh_words(EventFeatures& features) {
    for (const std::uint32_t word : features.words) features.word_weights.push_back(word_weight(word));
    for (const std::uint32_t word : features.who) features.who_weights.push_back(word_weight(word));
}

bool is_generic_kind(std::string_view kind) {
    constexpr std::array<std::string_view, 5> kGeneric{"agreement", "deal", "pact", "accord", ""};
    return std::ranges::find(kGeneric, kind) != kGeneric.end();
}

} // namespace

std::uint32_t name_hash(std::string_view name) {
    return name.empty() ? 0 : hash32(lower_ascii(name));
}

DocumentFeatures document_features(std::string_view name, std::string_view date, std::string_view text) {
    DocumentFeatures features;
    features.name = name_hash(name);
    if (const auto day = Day::parse(date)) features.day = day->days;
    features.about = weightiest_words(text, kAboutWords);
    return features;
}

EventFeatures features_of(const Report& report, std::string_view sentence, const DocumentFeatures& document,
                          std::uint64_t order) {
    EventFeatures features;
    features.order = order;
    features.reported = document.day;
    features.document = document.name;
    features.about = document.about;
    features.trigger_words = content_words(report.event_text, kTriggerWords);
    std::string who;
    if (report.date) {
        features.first = report.date->first.days;
        features.last = report.date->last.days;
    }
    features.type = static_cast<std::uint8_t>(report.type);
    features.auxiliary = report.auxiliary;
    features.cameo = name_hash(report.cameo);
    features.mode = name_hash(first_of(report.mode));
    const std::string_view lemma = lemma_of(report.rule);
    features.trigger = lemma.empty() ? name_hash(report.event_text) : name_hash(lemma);
    features.country = name_hash(report.country);
    features.place = name_hash(report.place);
    if (report.located) {
        features.lat = static_cast<std::int32_t>(std::lround(report.lat * 1e4));
        features.lon = static_cast<std::int32_t>(std::lround(report.lon * 1e4));
        features.town = report.geonames != 0 ? 1 : 0;
    }
    for (const Number& number : report.numbers) {
        std::int32_t* slot = number.what == "killed"    ? &features.killed
                             : number.what == "injured" ? &features.injured
                                                        : nullptr;
        if (slot != nullptr && *slot < 0)
            *slot = static_cast<std::int32_t>(std::min<std::int64_t>(number.value, 1 << 30));
    }
    for (const Participant& participant : report.participants) {
        if (participant.role == Role::Attribution) continue;
        EventFeatures::Side side;
        side.code = name_hash(participant.code);
        side.name = name_hash(participant.wikidata.empty() ? participant.name : participant.wikidata);
        side.sector = name_hash(first_of(participant.sectors));
        side.person = participant.office.empty() ? 0 : 1;
        (participant.role == Role::Actor ? features.actors : features.recipients).push_back(side);
        who += participant.name + ' ' + participant.text + ' ';
    }
    features.words = content_words(sentence, kSentenceWords);
    features.who = content_words(who, kWhoWords);
    weigh_words(features);
    return features;
}

AgreementFeatures features_of(const AgreementReport& report, std::string_view sentence, const std::string& date,
                              std::uint64_t order) {
    AgreementFeatures features;
    features.order = order;
    if (is_proper(report.title)) features.title = name_hash(report.title);
    features.kind = name_hash(report.kind);
    features.generic = is_generic_kind(report.kind) ? 1 : 0;
    if (report.signed_on) {
        features.signed_first = report.signed_on->range.first.days;
        features.signed_last = report.signed_on->range.last.days;
    }
    if (const auto day = Day::parse(date)) features.reported = day->days;
    for (const Participant& participant : report.participants)
        if (participant.role == Role::Party && !participant.code.empty())
            features.parties.push_back(name_hash(participant.code));
    for (std::string_view rest = report.subjects; !rest.empty();) {
        features.subjects.push_back(name_hash(first_of(rest)));
        const std::size_t bar = rest.find('|');
        rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
    }
    for (auto* list : {&features.parties, &features.subjects}) {
        std::ranges::sort(*list);
        list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    features.title_words = content_words(report.title, kTitleWords);
    features.words = content_words(sentence, kSentenceWords);
    return features;
}

std::string encoded(const EventFeatures& f) {
    Encoder out;
    out << f.order << f.first << f.last << f.type << f.auxiliary << f.cameo << f.mode << f.trigger << f.country
        << f.place << f.lat << f.lon << f.town << f.killed << f.injured;
    encode_sides(out, f.actors);
    encode_sides(out, f.recipients);
    out << f.words << f.reported << f.document << f.trigger_words << f.who << f.about;
    return std::move(out.bytes);
}

EventFeatures decoded_event(std::string_view bytes) {
    EventFeatures f;
    Decoder in(bytes);
    in >> f.order >> f.first >> f.last >> f.type >> f.auxiliary >> f.cameo >> f.mode >> f.trigger >> f.country >>
        f.place >> f.lat >> f.lon >> f.town >> f.killed >> f.injured;
    decode_sides(in, f.actors);
    decode_sides(in, f.recipients);
    in >> f.words >> f.reported >> f.document >> f.trigger_words >> f.who >> f.about;
    weigh_words(f);
    return f;
}

std::string encoded(const AgreementFeatures& f) {
    Encoder out;
    out << f.order << f.title << f.kind << f.generic << f.signed_first << f.signed_last << f.reported << f.parties
        << f.subjects << f.title_words << f.words;
    return std::move(out.bytes);
}

AgreementFeatures decoded_agreement(std::string_view bytes) {
    AgreementFeatures f;
    Decoder in(bytes);
    in >> f.order >> f.title >> f.kind >> f.generic >> f.signed_first >> f.signed_last >> f.reported >> f.parties >>
        f.subjects >> f.title_words >> f.words;
    return f;
}

std::vector<std::uint32_t> key_words(const EventFeatures& features) {
    std::vector<WeighedWord> words = features.about;
    std::ranges::sort(words, [](const WeighedWord& x, const WeighedWord& y) {
        return x.weight != y.weight ? x.weight > y.weight : x.word < y.word;
    });
    if (words.size() > kAboutKeys) words.resize(kAboutKeys);
    std::vector<std::uint32_t> hashes;
    for (const WeighedWord& word : words) hashes.push_back(word.word);
    std::ranges::sort(hashes);
    return hashes;
}

BlockKeys block_keys(const EventFeatures& features) {
    std::vector<std::uint32_t> codes;
    for (const auto* sides : {&features.actors, &features.recipients})
        for (const auto& side : *sides)
            if (side.code != 0) codes.push_back(side.code);
    std::ranges::sort(codes);
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    if (codes.size() > kMostParties) codes.resize(kMostParties);

    enum Kind : std::uint32_t { kAlone = 1, kAmong = 2, kPair = 3, kNobody = 4, kAbout = 5 };
    const auto key = [&](Kind kind, std::uint64_t a, std::uint64_t b) {
        const std::uint64_t start = (std::uint64_t{features.type} << 8) | kind;
        return static_cast<std::uint32_t>(mixed(mixed(start * 0x9E3779B97F4A7C15ULL + a) + b) >> 32);
    };
    BlockKeys keys;
    if (codes.empty()) {
        // Nobody is known: the country of the place, or nothing at all, must do.
        keys.filed = keys.sought = {key(kNobody, features.country, 0)};
    } else if (codes.size() == 1) {
        keys.filed = {key(kAlone, codes[0], 0)};
        keys.sought = {keys.filed[0], key(kAmong, codes[0], 0)};
    } else {
        for (std::size_t i = 0; i < codes.size(); ++i) {
            keys.filed.push_back(key(kAmong, codes[i], 0));
            keys.sought.push_back(key(kAlone, codes[i], 0));
            for (std::size_t j = i + 1; j < codes.size(); ++j) {
                keys.filed.push_back(key(kPair, codes[i], codes[j]));
                keys.sought.push_back(keys.filed.back());
            }
        }
    }
    for (const std::uint32_t word : key_words(features)) keys.about.push_back(key(kAbout, word, 0));
    keys.filed.insert(keys.filed.end(), keys.about.begin(), keys.about.end());
    std::ranges::sort(keys.filed); // a word's key may be another's by chance, and rows are unique
    keys.filed.erase(std::unique(keys.filed.begin(), keys.filed.end()), keys.filed.end());
    return keys;
}

Days days_of(const EventFeatures& features) {
    if (features.first != kNoDay) return {features.first, features.last};
    return {features.reported, features.reported};
}

std::int32_t block_day(const EventFeatures& features) {
    const Days days = days_of(features);
    return days.first == kNoDay ? 0 : days.first;
}

Days sought_days(const EventFeatures& features, int window) {
    constexpr int kWeek = 7; // one of a week may begin some days before one of a day within it
    const Days days = days_of(features);
    if (days.first == kNoDay) return {0, 0};
    return {days.first - window - kWeek, days.first + window + (days.last > days.first ? kWeek : 0)};
}

std::vector<std::int64_t> block_keys(const AgreementFeatures& features) {
    std::vector<std::int64_t> keys;
    const auto add = [&](std::uint64_t kind, std::uint64_t a, std::uint64_t b, std::uint64_t when) {
        const std::uint64_t key = mixed(mixed(mixed(kind * 0x9E3779B97F4A7C15ULL + a) + b) + when);
        keys.push_back(static_cast<std::int64_t>(key >> 20));
    };
    if (features.title != 0) add(1, features.title, 0, 0);
    std::vector<std::uint32_t> parties = features.parties;
    if (parties.size() > kMostParties) parties.resize(kMostParties);
    if (parties.size() == 1) parties.push_back(0);
    // Years in which it may have been signed; undated ones count as of the year they are told of, and of its
    // neighbours.
    std::vector<int> years;
    if (features.signed_first != kNoDay) {
        for (int year = Day{features.signed_first}.year(); year <= Day{features.signed_last}.year() && years.size() < 3;
             ++year)
            years.push_back(year);
    }
    if (features.reported != kNoDay && features.signed_first == kNoDay) {
        years.push_back(Day{features.reported}.plus(-183).year());
        years.push_back(Day{features.reported}.plus(183).year());
    }
    if (years.empty()) years.push_back(0);
    years.erase(std::unique(years.begin(), years.end()), years.end());
    for (std::size_t i = 0; i < parties.size(); ++i)
        for (std::size_t j = i + 1; j < parties.size(); ++j)
            for (const int year : years) add(2, parties[i], parties[j], static_cast<std::uint64_t>(year));
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

} // namespace kadesh::ledger
