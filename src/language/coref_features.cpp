// What speaks for and against a decision: the features of the coreference ranker.
#include "language/coref_discourse.hpp"

#include <algorithm>
#include <bit>

namespace kadesh {
namespace {

/// 0, 1, 2, 3, 4-5, 6-8, 9-15, 16-40, more.
std::uint32_t bucket(std::uint32_t n) {
    constexpr std::uint32_t ends[] = {0, 1, 2, 3, 5, 8, 15, 40};
    std::uint32_t b = 0;
    while (b < std::size(ends) && n > ends[b]) ++b;
    return b;
}

/// The classes that features are told apart by.
std::uint32_t anaphor_class(const Candidate& c) {
    if (c.joined) return 0;
    if (c.pronoun()) return 1 + static_cast<std::uint32_t>(c.form) + (c.role == RefRole::Owner ? 32U : 0U);
    if (is_name(c.form)) {
        switch (c.kind) {
        case RefKind::PersonName:
        case RefKind::ManName:
        case RefKind::WomanName: return 64;
        case RefKind::OrgName: return 65;
        case RefKind::PlaceName: return 66;
        case RefKind::Time: return 67;
        default: return 68;
        }
    }
    if (c.form == RefForm::Number) return 69;
    return 70 + static_cast<std::uint32_t>(c.definite);
}

/// A multiplicative mix whose high bits are the place.
std::uint32_t place(std::uint64_t key) {
    key ^= key >> 31;
    key *= 0x9e3779b97f4a7c15ULL;
    return static_cast<std::uint32_t>(key >> (64 - std::bit_width(kCorefWeights - 1)));
}

class Emitter {
  public:
    Emitter(FeatureList& out, std::uint32_t anaphor, std::uint32_t antecedent)
        : out_(out), narrow_(0xd6e8feb86659fd93ULL * (anaphor + 1)),
          wide_(narrow_ ^ (0xa0761d6478bd642fULL * (antecedent + 2))) {}

    /// For the anaphor's class, and for both classes.
    void add(std::uint32_t feature, std::uint64_t value) {
        const std::uint64_t key = key_of(feature, value);
        out_.push(place(key + narrow_));
        out_.push(place(key + wide_));
    }
    /// For the anaphor's class alone.
    void add_once(std::uint32_t feature, std::uint64_t value) { out_.push(place(key_of(feature, value) + narrow_)); }

  private:
    static std::uint64_t key_of(std::uint32_t feature, std::uint64_t value) {
        return (value + 1) * 0xbf58476d1ce4e5b9ULL + (feature + 1) * 0x94d049bb133111ebULL;
    }
    FeatureList& out_;
    std::uint64_t narrow_, wide_;
};

} // namespace

/// How many verbs up from a phrase an earlier one is the subject: 1 its own verb's ("X shaved him"), 2 the next one's
/// ("X said he"), 0 none.
std::uint32_t Discourse::clause_distance(const Candidate& c, const Candidate& before) const {
    if (before.role != RefRole::Subject && before.role != RefRole::PassiveSubject) return 0;
    std::uint32_t verbs = 0;
    Token up = c.governor;
    for (int depth = 0; depth < 10 && up < a_->size(); ++depth, up = a_->head[up]) {
        const bool predicate = a_->upos[up] == Upos::VERB || a_->upos[up] == Upos::AUX || up == before.governor;
        verbs += predicate;
        if (up == before.governor) return verbs;
    }
    return 0;
}

void Discourse::pair_features(std::uint32_t i, std::uint32_t option, std::size_t rank, FeatureList& out) const {
    const Candidate& c = candidates_[i];
    const Candidate& b = candidates_[option];
    const Chain& chain = chains_[chain_[option]];
    const std::uint32_t sentences = c.sentence - b.sentence;
    const bool pronoun = c.pronoun();
    // What the chain is known by: its kind when it has a noun or name, else its pronouns.
    const std::uint32_t chain_class = chain.kind != RefKind::Unknown || chain.noun != 0 || chain.name_count > 0
                                          ? number(chain.kind)
                                          : 32 + number(b.form);
    Emitter emit(out, anaphor_class(c), chain_class);

    emit.add(0, 0);
    emit.add(1, std::min(sentences, 12U) > 8 ? 9 : sentences);
    emit.add_once(2, bucket(i - option));
    emit.add(3, bucket(static_cast<std::uint32_t>(rank)));
    emit.add(4, number(b.role));
    emit.add_once(5, number(c.role) * 16 + number(b.role) + 256 * std::min(sentences, 2U));
    emit.add(6, number(chain.number) * 4 + number(c.number));
    emit.add_once(7, number(chain.kind) * 4 + number(chain.number));
    emit.add(8, bucket(chain.size));
    constexpr std::uint32_t kThird = 0x1E0; // He, She, It, They
    emit.add(9, (chain.forms & kThird) >> 5);
    emit.add_once(10, (chain.forms & (bit(RefForm::I) | bit(RefForm::We) | bit(RefForm::You))) >> 3);
    emit.add_once(11, number(b.definite) * 16 + number(b.form));
    const std::uint32_t subject = chain.subject == UINT32_MAX ? 9 : std::min(c.sentence - chain.subject, 5U);
    emit.add(12, subject);
    emit.add_once(13, (b.first ? 1U : 0U) + 2 * std::min(sentences, 2U) + (c.first ? 8U : 0U));
    emit.add_once(14, (option == chain.last ? 0U : 1U) + 2 * number(chain.kind));
    emit.add_once(15, (chain.name_count > 0 ? 1U : 0U) + 2 * bucket(chain.size) + 32 * std::min(sentences, 4U));

    const std::uint32_t alike = std::min<std::uint32_t>(like_[rank], 4);
    const std::uint32_t sort = sort_of(chain);
    emit.add(40, alike);
    emit.add_once(41, alike * 16 + sort);
    emit.add_once(42, (alike * 16 + sort) * 16 + std::min(sentences, 3U) * 4 + (chain.name_count > 0 ? 1U : 0U));
    const std::uint32_t recent = c.sentence - chain.recent;
    const std::uint32_t lately = recent > 1 ? 0 : recent == 0 ? chain.here + chain.before : chain.here;
    emit.add_once(43, std::min(lately, 4U) * 16 + sort);
    if (sentences == 0) {
        const std::uint32_t clause = clause_distance(c, b);
        emit.add(44, clause * 2 + (c.reflexive ? 1U : 0U));
        emit.add_once(45, clause * 16 + number(c.role));
    }
    emit.add_once(46, (std::min(sentences, 3U) * 16 + number(b.role)) * 8 + std::min(alike, 2U));
    const Candidate& known_as = candidates_[chain.name_count > 0 ? chain.names[0] : option];
    emit.add_once(47, number(known_as.given) * 16 + number(chain.kind) + (known_as.full ? 256U : 0U));
    emit.add_once(49, (known_as.full ? 1U : 0U) + 2 * number(known_as.kind));

    // Structure.
    std::uint32_t link = 0;
    if (structural(c, b)) {
        link = c.role == RefRole::Apposition ? 1 : 2;
    } else if (sentences == 0) {
        if (c.governor != kNoToken && c.governor == b.governor)
            link = 3;
        else if (c.governor == b.head)
            link = 4;
        else if (b.governor == c.head)
            link = 5;
        else if (b.governor != kNoToken && c.governor != kNoToken && a_->head[c.governor] == b.governor)
            link = 6;
        else
            link = 7;
    }
    emit.add(16, link * 2 + (c.reflexive ? 1U : 0U));
    if (link == 3) emit.add_once(17, number(c.role) * 16 + number(b.role) + (c.reflexive ? 256U : 0U));

    // Quotations: who speaks of himself says "I".
    std::uint32_t said = (c.quote != 0 ? 1U : 0U) + (b.quote != 0 ? 2U : 0U) + (c.quote == b.quote ? 4U : 0U);
    const auto speaker_of = [&](const Candidate& x) {
        return x.quote != 0 && x.quote < speakers_.size() ? speakers_[x.quote] : kNoToken;
    };
    const Token speaker = speaker_of(c);
    if (speaker != kNoToken) {
        const std::uint32_t at = at_head_[speaker];
        if (at != 0 && at - 1 < i && chain_[at - 1] == chain_[option]) said += 8;
        if (speaker_of(b) == speaker) said += 16;
        if (speaker_of(b) != kNoToken) said += 32;
    }
    emit.add_once(18, said);
    emit.add_once(19, said * 16 + number(b.form));

    if (pronoun) {
        emit.add_once(20, b.pronoun() ? number(b.form) : b.head_hash);
        emit.add_once(21, chain.noun);
        if (c.governor != kNoToken) {
            emit.add_once(22, folded_hash(a_->lemma[c.governor]) * 31 + number(chain.kind) + 64 * number(c.role));
        }
        emit.add_once(23, number(c.role == b.role) + 2 * std::min(sentences, 3U));
        emit.add_once(24, b.pronoun() && b.form == c.form ? 1 : b.pronoun() ? 2 : 0);
        emit.add_once(25, number(chain.kind) * 32 + ((chain.forms & kThird) >> 5) * 1024 + number(chain.number));
        return;
    }
    // Words.
    bool clash = false;
    const NameMatch chain_match = is_name(c.form) ? compare(c, chain, clash) : NameMatch::None;
    const bool head = c.head_hash == b.head_hash;
    const bool same = c.text_hash == b.text_hash;
    const NameMatch match = is_name(c.form) && is_name(b.form) ? compare(c, b) : NameMatch::None;
    const std::uint32_t words = number(match) * 4 + (head ? 2U : 0U) + (same ? 1U : 0U);
    emit.add(26, words);
    emit.add(27, words * 16 + number(c.kind));
    emit.add(28, number(chain_match) * 2 + (clash ? 1U : 0U));
    emit.add_once(29, words * 8 + number(b.definite));
    std::uint32_t common = 0, apart = 0;
    for (std::size_t k = 0; k < c.modifier_count; ++k) {
        const auto* const end = b.modifiers.begin() + b.modifier_count;
        std::find(b.modifiers.begin(), end, c.modifiers[k]) != end ? ++common : ++apart;
    }
    const std::uint32_t extra = b.modifier_count - common;
    emit.add(30, std::min(common, 2U) * 9 + std::min(apart, 2U) * 3 + std::min(extra, 2U) + (head ? 32U : 0U));
    emit.add_once(31, (head ? 1U : 0U) + (c.modified ? 2U : 0U) + (b.modified ? 4U : 0U) + 8 * std::min(sentences, 3U));
    emit.add_once(32, number(c.kind) * 16 + number(chain.kind) + (head ? 256U : 0U));
    if (head || same) {
        emit.add_once(33, c.head_hash);
    } else {
        emit.add_once(34, c.head_hash * 3 + b.head_hash);
        emit.add_once(35, c.head_hash * 3 + number(chain.kind));
        if (chain.noun != 0) emit.add_once(36, c.head_hash * 3 + chain.noun);
    }
    emit.add_once(37, link * 64 + words);
}

void Discourse::new_features(std::uint32_t i, FeatureList& out) const {
    const Candidate& c = candidates_[i];
    Emitter emit(out, anaphor_class(c), 63);
    const auto count = static_cast<std::uint32_t>(options_.size());
    emit.add_once(64, 0);
    emit.add_once(65, bucket(count));
    emit.add_once(66, bucket(matches_));
    emit.add_once(67, number(c.kind) * 4 + number(c.number));
    emit.add_once(68, number(c.role));
    emit.add_once(69, number(c.definite) * 2 + (matches_ > 0 ? 1U : 0U));
    emit.add_once(70, c.head_hash);
    emit.add_once(71, std::min(c.sentence, 3U));
    emit.add_once(72, (c.modified ? 1U : 0U) + (c.first ? 2U : 0U) + (c.quote != 0 ? 4U : 0U));
    emit.add_once(73, c.modifier_count * 2U + (matches_ > 0 ? 1U : 0U));
    emit.add_once(74, c.head_hash * 2 + (matches_ > 0 ? 1U : 0U));
    emit.add_once(75, c.word_count);
    if (c.pronoun() && c.governor != kNoToken) {
        emit.add_once(76, folded_hash(a_->lemma[c.governor]) + number(c.role));
        // "it is clear that": a clause is what it stands for.
        const Token next = c.head + 1;
        if (next < a_->size()) emit.add_once(77, folded_hash(a_->form[next]));
        emit.add_once(78, number(a_->upos[c.governor]) * 16 + number(c.role));
    }
}

} // namespace kadesh
