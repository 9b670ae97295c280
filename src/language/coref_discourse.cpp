#include "language/coref_discourse.hpp"

#include <algorithm>

namespace kadesh {
namespace {

constexpr std::size_t kMostOptions = 40;
constexpr std::uint32_t kScan = 400;        // candidates looked at for words in common
constexpr std::uint32_t kPronounScan = 90;  // candidates looked at for a pronoun
constexpr std::uint32_t kPronounWindow = 5; // sentences
constexpr std::uint32_t kNounWindow = 3;    // sentences, for a noun without words in common
constexpr std::uint32_t kTalkScan = 40;

} // namespace

void Discourse::begin(const Annotation& annotation, std::span<const Candidate> candidates,
                      std::span<const Token> speakers) {
    a_ = &annotation;
    candidates_ = candidates;
    speakers_ = speakers;
    chains_.clear();
    named_.clear();
    talking_.clear();
    chain_.assign(candidates.size(), UINT32_MAX);
    offered_.assign(candidates.size(), 0);
    at_head_.assign(annotation.size(), 0);
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
        if (!candidates[i].joined) at_head_[candidates[i].head] = i + 1;
    }
}

Discourse::NameMatch Discourse::compare(const Candidate& x, const Candidate& y) {
    if ((x.acronym != 0 && x.acronym == y.initials) || (y.acronym != 0 && y.acronym == x.initials)) {
        return NameMatch::Acronym;
    }
    const Candidate& small = x.word_count <= y.word_count ? x : y;
    const Candidate& large = x.word_count <= y.word_count ? y : x;
    if (small.word_count == 0) return NameMatch::None;
    std::size_t shared = 0;
    for (std::size_t i = 0; i < small.word_count; ++i) {
        const auto* const end = large.words.begin() + large.word_count;
        shared += std::find(large.words.begin(), end, small.words[i]) != end;
    }
    if (shared == 0) return NameMatch::None;
    if (shared == small.word_count) {
        if (small.word_count == large.word_count) return NameMatch::Exact;
        if (small.word_count == 1) {
            if (small.words[0] == large.words[large.word_count - 1U]) return NameMatch::Last;
            if (small.words[0] == large.words[0]) return NameMatch::First;
        }
        return NameMatch::Part;
    }
    // "Thomas Sam" and "Manju Sam".
    const bool last = small.words[small.word_count - 1U] == large.words[large.word_count - 1U];
    if (last && shared + 1 == small.word_count && small.words[0] != large.words[0]) return NameMatch::Clash;
    return NameMatch::Shared;
}

Discourse::NameMatch Discourse::compare(const Candidate& c, const Chain& chain, bool& clash) const {
    NameMatch best = NameMatch::None;
    clash = false;
    for (std::size_t k = 0; k < chain.name_count; ++k) {
        const NameMatch match = compare(c, candidates_[chain.names[k]]);
        if (match == NameMatch::Clash) clash = true;
        if (match != NameMatch::None && (best == NameMatch::None || match < best)) best = match;
    }
    return best;
}

/// Apposition and "X is a Y".
bool Discourse::structural(const Candidate& c, const Candidate& before) const {
    if (c.sentence != before.sentence || c.joined || before.joined) return false;
    if (c.role == RefRole::Apposition) return c.governor == before.head;
    if (c.role == RefRole::Predicate) {
        return before.governor == c.head && (before.role == RefRole::Subject || before.role == RefRole::PassiveSubject);
    }
    return false;
}

std::uint32_t Discourse::sort_of(const Chain& chain) {
    constexpr std::uint32_t men = 1U << number(RefForm::He), women = 1U << number(RefForm::She);
    switch (chain.kind) {
    case RefKind::Man:
    case RefKind::ManName: return 1;
    case RefKind::Woman:
    case RefKind::WomanName: return 2;
    case RefKind::Person:
    case RefKind::PersonName:
        if (chain.number == GramNumber::Plural) return 4;
        return chain.forms & men ? 1 : chain.forms & women ? 2 : 3;
    case RefKind::Several: return 4;
    case RefKind::Group:
    case RefKind::OrgName: return 5;
    case RefKind::Place:
    case RefKind::PlaceName: return 6;
    case RefKind::Time: return 7;
    default: break;
    }
    if (chain.forms & men) return 1;
    if (chain.forms & women) return 2;
    return chain.number == GramNumber::Plural ? 8 : 9;
}

/// Men and persons compete with each other, and so do women and persons.
void Discourse::count_alike() {
    std::array<std::uint32_t, 10> seen{};
    like_.clear();
    for (const std::uint32_t option : options_) {
        const std::uint32_t sort = sort_of(chains_[chain_[option]]);
        std::uint32_t alike = seen[sort];
        if (sort == 1 || sort == 2) alike += seen[3];
        if (sort == 3) alike += seen[1] + seen[2];
        like_.push_back(static_cast<std::uint8_t>(std::min(alike, 255U)));
        ++seen[sort];
    }
}

void Discourse::offer(std::uint32_t i, std::uint32_t j) {
    const std::uint32_t chain = chain_[j];
    if (offered_[chain] == i + 1 || options_.size() == kMostOptions) return;
    // A phrase does not speak of what it is a part of.
    const Candidate& before = candidates_[j];
    if (before.tokens.contains(candidates_[i].head) || candidates_[i].tokens.contains(before.head)) return;
    offered_[chain] = i + 1;
    options_.push_back(j);
}

std::span<const std::uint32_t> Discourse::options(std::uint32_t i) {
    options_.clear();
    matches_ = 0;
    gather(i);
    count_alike();
    return options_;
}

std::uint32_t Discourse::speaker_of(std::uint32_t i) const {
    const std::uint32_t quote = candidates_[i].quote;
    if (quote == 0 || quote >= speakers_.size() || speakers_[quote] == kNoToken) return UINT32_MAX;
    const std::uint32_t at = at_head_[speakers_[quote]];
    return at != 0 && at - 1 < i ? at - 1 : UINT32_MAX;
}

void Discourse::gather(std::uint32_t i) {
    const Candidate& c = candidates_[i];
    if (c.expletive || c.form == RefForm::Indefinite) return;
    if (talks(c.form)) {
        if (const std::uint32_t speaker = speaker_of(i); speaker != UINT32_MAX) {
            offer(i, speaker);
            if (c.form == RefForm::I) return;
        }
        std::uint32_t left = kTalkScan;
        for (std::size_t k = talking_.size(); k-- > 0 && left > 0; --left) offer(i, talking_[k]);
        return;
    }
    if (c.pronoun()) {
        for (std::uint32_t j = i; j-- > 0 && i - j <= kPronounScan;) {
            const Candidate& before = candidates_[j];
            if (c.sentence - before.sentence > kPronounWindow) break;
            if (before.form == RefForm::Number || before.expletive) continue;
            offer(i, j);
        }
        return;
    }
    if (c.joined) {
        for (std::uint32_t j = i; j-- > 0 && i - j <= kScan;) {
            if (candidates_[j].text_hash == c.text_hash) offer(i, j);
        }
        return;
    }
    // Nouns and names: what shares words, then what stands near.
    const bool name = is_name(c.form);
    const auto matched = [&](std::uint32_t j) {
        const Candidate& before = candidates_[j];
        if ((before.filter & c.filter) == 0 || before.pronoun()) return;
        if (name && is_name(before.form) ? compare(c, before) == NameMatch::None : c.head_hash != before.head_hash)
            return;
        const std::size_t size = options_.size();
        offer(i, j);
        matches_ += options_.size() > size;
    };
    if (name) {
        for (std::size_t k = named_.size(), left = kScan; k-- > 0 && left > 0; --left) matched(named_[k]);
    } else {
        for (std::uint32_t j = i; j-- > 0 && i - j <= kScan;) matched(j);
    }
    const bool refers = c.definite == Definite::The || c.definite == Definite::Demonstrative ||
                        (c.definite == Definite::Owned && c.kind != RefKind::Unknown);
    const bool near = !name && refers && c.form == RefForm::Noun;
    for (std::uint32_t j = i; j-- > 0 && options_.size() < kMostOptions;) {
        const Candidate& before = candidates_[j];
        const std::uint32_t distance = c.sentence - before.sentence;
        if (distance > (near ? kNounWindow : 0U)) break;
        if (structural(c, before) || (near && !talks(before.form) && before.form != RefForm::Number)) offer(i, j);
    }
    return;
}

bool Discourse::forbidden(std::uint32_t i, std::uint32_t option) const {
    const Candidate& c = candidates_[i];
    if (c.form == RefForm::It)
        return is_person(chains_[chain_[option]].kind) && candidates_[option].form != RefForm::It;
    if (!is_name(c.form) || chains_[chain_[option]].name_count == 0) return false;
    const Chain& chain = chains_[chain_[option]];
    bool clash = false;
    const NameMatch match = compare(c, chain, clash);
    if (match == NameMatch::Clash || clash) return true;
    // A person named otherwise.
    return match == NameMatch::None && is_person(c.kind) && is_person(chain.kind) &&
           !structural(c, candidates_[option]);
}

bool Discourse::names(std::uint32_t i, std::uint32_t option) const {
    const Chain& chain = chains_[chain_[option]];
    if (candidates_[i].form == RefForm::I) return option == speaker_of(i);
    if (chain.name_count == 0) return false;
    switch (candidates_[i].form) {
    case RefForm::He: return chain.kind == RefKind::PersonName || chain.kind == RefKind::ManName;
    case RefForm::She: return chain.kind == RefKind::PersonName || chain.kind == RefKind::WomanName;
    case RefForm::It: return !is_person(chain.kind) && chain.kind != RefKind::Time;
    case RefForm::They: return !is_person(chain.kind) && chain.kind != RefKind::Time;
    default: return false;
    }
}

void Discourse::add(std::uint32_t i, Chain& chain) {
    const Candidate& c = candidates_[i];
    chain.last = i;
    ++chain.size;
    if (c.sentence != chain.recent) {
        chain.before = c.sentence == chain.recent + 1 ? chain.here : 0;
        chain.here = 0;
        chain.recent = c.sentence;
    }
    ++chain.here;
    chain.forms |= bit(c.form);
    if (c.role == RefRole::Subject || c.role == RefRole::PassiveSubject) chain.subject = c.sentence;
    if (is_name(c.form) && !c.joined) {
        if (chain.name_count == 0 || chain.kind < c.kind) chain.kind = c.kind;
        const auto* const end = chain.names.cbegin() + chain.name_count;
        const bool known = std::any_of(chain.names.cbegin(), end,
                                       [&](std::uint32_t k) { return compare(candidates_[k], c) == NameMatch::Exact; });
        if (!known && chain.name_count < Chain::kNames) chain.names[chain.name_count++] = i;
        chain.number = c.number;
    } else if (!c.pronoun()) {
        if (chain.kind == RefKind::Unknown || (chain.kind == RefKind::Person && c.kind != RefKind::Unknown)) {
            chain.kind = c.kind;
        } else if (chain.kind == RefKind::PersonName && (c.kind == RefKind::Man || c.kind == RefKind::Woman)) {
            chain.kind = c.kind == RefKind::Man ? RefKind::ManName : RefKind::WomanName;
        }
        if (chain.number == GramNumber::Unknown) chain.number = c.number;
        chain.noun = c.head_hash;
    } else if (chain.number == GramNumber::Unknown) {
        chain.number = c.number;
    }
    if (is_name(c.form)) named_.push_back(i);
    if (talks(c.form)) talking_.push_back(i);
}

void Discourse::open(std::uint32_t i) {
    chain_[i] = static_cast<std::uint32_t>(chains_.size());
    chains_.emplace_back();
    add(i, chains_.back());
}

void Discourse::join(std::uint32_t i, std::uint32_t option) {
    chain_[i] = chain_[option];
    add(i, chains_[chain_[i]]);
}

} // namespace kadesh
