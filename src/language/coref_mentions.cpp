#include "language/coref_mentions.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace kadesh {
namespace {

// A quotation that is not closed ends here, in words.
constexpr Token kLongestQuote = 300;
// Persons named in full that lone surnames are compared with.
constexpr std::size_t kMostPersons = 64;
// How far up a tree is climbed; deeper trees are cut, cycles end.
constexpr int kDeepest = 64;

struct PronounRow {
    std::string_view word;
    RefForm form;
    bool reflexive;
};
constexpr PronounRow kPronouns[] = {
    {"he", RefForm::He, false},        {"him", RefForm::He, false},
    {"his", RefForm::He, false},       {"himself", RefForm::He, true},
    {"she", RefForm::She, false},      {"her", RefForm::She, false},
    {"hers", RefForm::She, false},     {"herself", RefForm::She, true},
    {"it", RefForm::It, false},        {"its", RefForm::It, false},
    {"itself", RefForm::It, true},     {"they", RefForm::They, false},
    {"them", RefForm::They, false},    {"their", RefForm::They, false},
    {"theirs", RefForm::They, false},  {"themselves", RefForm::They, true},
    {"themself", RefForm::They, true}, {"'em", RefForm::They, false},
    {"i", RefForm::I, false},          {"me", RefForm::I, false},
    {"my", RefForm::I, false},         {"mine", RefForm::I, false},
    {"myself", RefForm::I, true},      {"you", RefForm::You, false},
    {"your", RefForm::You, false},     {"yours", RefForm::You, false},
    {"yourself", RefForm::You, true},  {"yourselves", RefForm::You, true},
    {"we", RefForm::We, false},        {"us", RefForm::We, false},
    {"our", RefForm::We, false},       {"ours", RefForm::We, false},
    {"ourselves", RefForm::We, true},  {"this", RefForm::This, false},
    {"that", RefForm::That, false},    {"these", RefForm::These, false},
    {"those", RefForm::Those, false},
};

GramNumber number_of(RefForm form) {
    switch (form) {
    case RefForm::I:
    case RefForm::He:
    case RefForm::She:
    case RefForm::It:
    case RefForm::This:
    case RefForm::That: return GramNumber::Singular;
    case RefForm::They:
    case RefForm::We:
    case RefForm::These:
    case RefForm::Those: return GramNumber::Plural;
    default: return GramNumber::Unknown;
    }
}

RefRole role_of(Rel rel) {
    switch (rel) {
    case Rel::Nsubj:
    case Rel::NsubjOuter: return RefRole::Subject;
    case Rel::NsubjPass: return RefRole::PassiveSubject;
    case Rel::Obj:
    case Rel::Iobj: return RefRole::Object;
    case Rel::Obl:
    case Rel::OblAgent:
    case Rel::OblUnmarked: return RefRole::Oblique;
    case Rel::Nmod:
    case Rel::NmodDesc:
    case Rel::NmodUnmarked: return RefRole::Modifier;
    case Rel::NmodPoss: return RefRole::Owner;
    case Rel::Appos: return RefRole::Apposition;
    case Rel::Compound: return RefRole::Compound;
    default: return RefRole::Other;
    }
}

/// Whether a phrase takes in what hangs on its head by this relation, before or behind it.
bool inside(Rel rel, bool before) {
    switch (rel) {
    case Rel::Det:
    case Rel::DetPredet:
    case Rel::Amod:
    case Rel::Nummod:
    case Rel::Compound:
    case Rel::NmodPoss:
    case Rel::NmodDesc:
    case Rel::NmodUnmarked:
    case Rel::Flat:
    case Rel::Fixed:
    case Rel::Goeswith: return true;
    case Rel::Nmod:
    case Rel::Acl:
    case Rel::AclRelcl:
    case Rel::Case: return !before; // "Iran's": the clitic is a part
    default: return false;
    }
}

bool is_article(std::string_view form) {
    return equals_ignoring_case(form, "the") || equals_ignoring_case(form, "a") || equals_ignoring_case(form, "an");
}

RefKind kind_of(WordKind kind) {
    switch (kind) {
    case WordKind::Person: return RefKind::Person;
    case WordKind::Man: return RefKind::Man;
    case WordKind::Woman: return RefKind::Woman;
    case WordKind::Group: return RefKind::Group;
    case WordKind::Place: return RefKind::Place;
    case WordKind::Time: return RefKind::Time;
    case WordKind::Animal: return RefKind::Animal;
    default: return RefKind::Unknown;
    }
}

std::uint64_t bit_of(std::uint64_t hash) {
    return std::uint64_t{1} << (hash & 63);
}

void add_word(Candidate& c, std::uint64_t hash) {
    if (c.word_count == Candidate::kMaxWords) return;
    c.words[c.word_count++] = hash;
    c.filter |= bit_of(hash);
}

/// What makes "UN" and "United Nations" meet.
void add_initials(Candidate& c, const Annotation& a, TokenRange range) {
    char letters[8];
    std::size_t count = 0;
    for (Token t = range.first; t < range.last; ++t) {
        if (!a.form[t].empty() && !is_article(a.form[t]) && is_ascii_upper(a.form[t].front()) &&
            count < sizeof letters) {
            letters[count++] = a.form[t].front();
        }
    }
    if (count >= 2) {
        c.initials = folded_hash({letters, count});
        c.filter |= bit_of(c.initials);
    }
    const std::string_view only = a.form[range.last - 1];
    count = 0;
    bool capitals = only.size() >= 2;
    for (const char letter : only) {
        if (letter == '.') continue;
        capitals = capitals && is_ascii_upper(letter) && count < sizeof letters;
        if (capitals) letters[count++] = letter;
    }
    if (capitals && count >= 2 && c.word_count == 1) {
        c.acronym = folded_hash({letters, count});
        c.filter |= bit_of(c.acronym);
    }
}

} // namespace

void CandidateFinder::index_tree(const Annotation& a) {
    links_.assign(a.size(), {});
    extent_.resize(a.size());
    for (Token t = 0; t < a.size(); ++t) extent_[t] = {t, t + 1};
    for (const TokenRange sentence : a.sentences) {
        for (Token t = sentence.last; t-- > sentence.first;) {
            const Token head = a.head[t];
            if (!sentence.contains(head) || head == t) continue;
            links_[t].next = links_[head].first_child;
            links_[head].first_child = t;
        }
        for (Token t = sentence.first; t < sentence.last; ++t) {
            Token up = a.head[t];
            for (int depth = 0; depth < kDeepest && sentence.contains(up); ++depth, up = a.head[up]) {
                extent_[up].first = std::min(extent_[up].first, t);
                extent_[up].last = std::max(extent_[up].last, t + 1);
            }
        }
    }
}

void CandidateFinder::find_quotes(const Annotation& a) {
    quote_.assign(a.size(), 0);
    std::uint32_t count = 0;
    Token opened = kNoToken;
    for (Token t = 0; t < a.size(); ++t) {
        if (opened != kNoToken && t - opened > kLongestQuote) {
            std::fill(quote_.begin() + opened, quote_.begin() + t, 0U);
            opened = kNoToken;
        }
        const std::string_view form = a.form[t];
        const bool straight = form == "\"" || form == "''" || form == "``";
        const bool opens = form == "\u201C" || form == "``" || (straight && opened == kNoToken && !a.space_after[t]);
        const bool closes = form == "\u201D" || (straight && opened != kNoToken);
        if (opens) {
            opened = t;
            ++count;
        } else if (closes) {
            opened = kNoToken;
        } else if (opened != kNoToken) {
            quote_[t] = count;
        }
    }
    speakers_.assign(count + 1, kNoToken);
}

void CandidateFinder::find_speakers(const Annotation& a) {
    const auto subject_outside = [&](Token verb, std::uint32_t quote) {
        for (Token c = links_[verb].first_child; c != kNoToken; c = links_[c].next) {
            if ((a.rel[c] == Rel::Nsubj || a.rel[c] == Rel::NsubjPass) && quote_[c] != quote) return c;
        }
        return kNoToken;
    };
    std::uint32_t before = 0; // the last quotation that began
    Token before_end = 0;     // its last word
    for (const TokenRange sentence : a.sentences) {
        for (Token t = sentence.first; t < sentence.last; ++t) {
            const std::uint32_t quote = quote_[t];
            if (quote == 0) continue;
            Token& speaker = speakers_[quote];
            // '"We go", he said': the verb of saying is above the quotation's words or below them.
            const Token up = a.head[t];
            if (speaker == kNoToken && sentence.contains(up) && quote_[up] != quote)
                speaker = subject_outside(up, quote);
            for (Token c = links_[t].first_child; speaker == kNoToken && c != kNoToken; c = links_[c].next) {
                if (quote_[c] != quote && a.upos[c] == Upos::VERB) speaker = subject_outside(c, quote);
            }
        }
    }
    for (Token t = 0; t < a.size(); ++t) {
        const std::uint32_t quote = quote_[t];
        if (quote == 0) continue;
        // A quotation that goes on after "he said." is still his.
        if (quote != before && before != 0 && speakers_[quote] == kNoToken && t - before_end < 12) {
            speakers_[quote] = speakers_[before];
        }
        before = quote;
        before_end = t;
    }
}

bool CandidateFinder::heads_phrase(const Annotation& a, Token t) const {
    switch (a.rel[t]) {
    case Rel::Flat:
    case Rel::Fixed:
    case Rel::Goeswith:
    case Rel::Punct:
    case Rel::Discourse:
    case Rel::Reparandum: return false;
    default: break;
    }
    switch (a.upos[t]) {
    case Upos::NOUN: return true;
    case Upos::PROPN:
        // "Red" of "Red Cross": a part of the name, unless it is a place or a name of its own.
        if (a.rel[t] == Rel::Compound && name_[t] != 0 && a.head[t] < a.size() && name_[a.head[t]] == name_[t]) {
            return false;
        }
        return a.rel[t] != Rel::NmodDesc;
    case Upos::NUM:
        return a.rel[t] == Rel::Obl || a.rel[t] == Rel::Nmod || a.rel[t] == Rel::Nsubj || a.rel[t] == Rel::Obj ||
               a.rel[t] == Rel::OblUnmarked || a.rel[t] == Rel::NmodUnmarked;
    case Upos::PRON: {
        const std::string_view tag = a.xpos[t];
        return tag == "PRP" || tag == "PRP$" || tag == "DT" || tag == "NN";
    }
    default: return false;
    }
}

void CandidateFinder::describe_name(const Annotation& a, const CorefWords& words, Candidate& c) const {
    c.form = RefForm::Name;
    c.kind = RefKind::OtherName;
    TokenRange range{c.head, c.head + 1};
    if (const std::uint32_t index = name_[c.head]; index != 0) {
        const NameSpan& span = a.names[index - 1];
        range = {span.tokens.first, std::min(span.tokens.last, a.size())};
        switch (span.type) {
        case NameType::PER: c.kind = RefKind::PersonName; break;
        case NameType::ORG: c.kind = RefKind::OrgName; break;
        case NameType::LOC: c.kind = RefKind::PlaceName; break;
        case NameType::MISC: break;
        }
    } else {
        for (Token child = links_[c.head].first_child; child != kNoToken; child = links_[child].next) {
            if (a.upos[child] != Upos::PROPN || (a.rel[child] != Rel::Flat && a.rel[child] != Rel::Compound)) continue;
            range.first = std::min(range.first, child);
            range.last = std::max(range.last, child + 1);
        }
        const WordKind kind = words.noun(a.form[c.head]);
        if (kind == WordKind::Time) c.kind = RefKind::Time;
    }
    WordKind title = WordKind::None;
    const auto see_title = [&](Token t) {
        const WordKind kind = words.noun(a.form[t]);
        if (kind == WordKind::Man || kind == WordKind::Woman || (kind == WordKind::Person && title == WordKind::None))
            title = kind;
    };
    WordKind given = WordKind::None;
    for (Token t = range.first; t < range.last; ++t) {
        if (a.upos[t] == Upos::PUNCT || a.upos[t] == Upos::DET || a.upos[t] == Upos::PART) continue;
        if (given == WordKind::None && c.word_count == 0) {
            given = words.given_name(a.form[t]);
            if (given == WordKind::None && range.size() > 1) see_title(t);
        }
        add_word(c, folded_hash(a.form[t]));
    }
    add_initials(c, a, range);
    for (Token child = links_[c.head].first_child; child != kNoToken; child = links_[child].next) {
        if (a.rel[child] == Rel::NmodDesc || a.rel[child] == Rel::Compound || a.rel[child] == Rel::Appos) {
            see_title(child);
        }
    }
    c.given = given;
    c.full = c.word_count > 1;
    const bool person = c.kind == RefKind::PersonName ||
                        (c.kind == RefKind::OtherName && given != WordKind::None && name_[c.head] == 0);
    if (person) {
        c.kind = title == WordKind::Man         ? RefKind::ManName
                 : title == WordKind::Woman     ? RefKind::WomanName
                 : given == WordKind::ManName   ? RefKind::ManName
                 : given == WordKind::WomanName ? RefKind::WomanName
                                                : RefKind::PersonName;
    }
    c.number = a.xpos[c.head] == "NNPS" ? GramNumber::Plural : GramNumber::Singular;
    c.head_hash = folded_hash(a.form[range.last - 1]);
}

void CandidateFinder::describe_noun(const Annotation& a, const CorefWords& words, Candidate& c) const {
    c.form = a.upos[c.head] == Upos::NUM ? RefForm::Number : RefForm::Noun;
    c.head_hash = folded_hash(a.lemma[c.head]);
    c.kind = kind_of(words.noun(a.lemma[c.head]));
    c.number = a.xpos[c.head] == "NNS" ? GramNumber::Plural : GramNumber::Singular;
    add_word(c, c.head_hash);
}

Candidate CandidateFinder::describe(const Annotation& a, const CorefWords& words, Token head,
                                    std::uint32_t sentence) const {
    Candidate c;
    const TokenRange bounds = a.sentences[sentence];
    c.tokens = {head, head + 1};
    c.head = head;
    c.governor = bounds.contains(a.head[head]) ? a.head[head] : kNoToken;
    c.sentence = sentence;
    c.quote = quote_[head];
    c.role = role_of(a.rel[head]);
    c.expletive = a.rel[head] == Rel::Expl;
    bool predicate = false;
    for (Token child = links_[head].first_child; child != kNoToken; child = links_[child].next) {
        const Rel rel = a.rel[child];
        if (rel == Rel::Cop) predicate = true;
        if (inside(rel, child < head)) {
            c.tokens.first = std::min(c.tokens.first, extent_[child].first);
            c.tokens.last = std::max(c.tokens.last, extent_[child].last);
        }
        if (rel == Rel::Nmod || rel == Rel::Acl || rel == Rel::AclRelcl) c.modified = true;
        if (rel == Rel::Det || rel == Rel::DetPredet) {
            const std::string_view form = a.form[child];
            if (equals_ignoring_case(form, "the")) {
                c.definite = Definite::The;
            } else if (equals_ignoring_case(form, "a") || equals_ignoring_case(form, "an")) {
                c.definite = Definite::A;
            } else if (a.xpos[child] == "DT" &&
                       (equals_ignoring_case(form, "this") || equals_ignoring_case(form, "that") ||
                        equals_ignoring_case(form, "these") || equals_ignoring_case(form, "those"))) {
                c.definite = Definite::Demonstrative;
            } else {
                c.definite = Definite::Quantified;
            }
        } else if (rel == Rel::NmodPoss) {
            c.definite = Definite::Owned;
        } else if (rel == Rel::Nummod && c.definite == Definite::Bare) {
            c.definite = Definite::Quantified;
        }
        if ((rel == Rel::Amod || rel == Rel::Compound || rel == Rel::Nummod) &&
            c.modifier_count < Candidate::kMaxModifiers) {
            c.modifiers[c.modifier_count++] = folded_hash(a.lemma[child]);
        }
    }
    if (predicate) c.role = RefRole::Predicate;
    switch (a.upos[head]) {
    case Upos::PROPN: describe_name(a, words, c); break;
    case Upos::PRON: {
        c.form = RefForm::Indefinite;
        c.head_hash = folded_hash(a.form[head]);
        for (const PronounRow& row : kPronouns) {
            if (equals_ignoring_case(row.word, a.form[head])) {
                c.form = row.form;
                c.reflexive = row.reflexive;
                c.number = number_of(row.form);
                break;
            }
        }
        if (c.form == RefForm::Indefinite) c.kind = kind_of(words.noun(a.form[head]));
        break;
    }
    default: describe_noun(a, words, c); break;
    }
    c.text_hash = 0xcbf29ce484222325ULL;
    for (Token t = c.tokens.first; t < c.tokens.last; ++t) {
        const bool skipped = (t == c.tokens.first && is_article(a.form[t])) || a.xpos[t] == "POS";
        if (!skipped) c.text_hash = (c.text_hash ^ folded_hash(a.form[t])) * 0x100000001b3ULL;
    }
    return c;
}

void CandidateFinder::agree_on_persons(std::vector<Candidate>& candidates) {
    persons_.clear();
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
        const Candidate& c = candidates[i];
        const bool person = c.kind == RefKind::PersonName || c.kind == RefKind::ManName || c.kind == RefKind::WomanName;
        if (c.form == RefForm::Name && person && c.word_count > 1 && persons_.size() < kMostPersons)
            persons_.push_back(i);
    }
    for (Candidate& c : candidates) {
        if (c.form != RefForm::Name || c.word_count != 1 || c.kind == RefKind::Time) continue;
        for (const std::uint32_t k : persons_) {
            const Candidate& person = candidates[k];
            const bool last = person.words[person.word_count - 1U] == c.words[0];
            if (!last && person.words[0] != c.words[0]) continue;
            if (last || c.kind == RefKind::OtherName) c.kind = person.kind;
            if (last) c.given = person.given;
            c.full = true;
            break;
        }
    }
}

void CandidateFinder::find(const Annotation& a, const CorefWords& words, std::vector<Candidate>& out) {
    out.clear();
    index_tree(a);
    find_quotes(a);
    find_speakers(a);
    name_.assign(a.size(), 0);
    for (std::size_t i = 0; i < a.names.size(); ++i) {
        const TokenRange range = a.names[i].tokens;
        for (Token t = range.first; t < std::min(range.last, a.size()); ++t) {
            name_[t] = static_cast<std::uint32_t>(i + 1);
        }
    }
    for (std::uint32_t s = 0; s < a.sentences.size(); ++s) {
        const TokenRange sentence = a.sentences[s];
        const std::size_t begin = out.size();
        for (Token t = sentence.first; t < sentence.last; ++t) {
            if (!heads_phrase(a, t)) continue;
            out.push_back(describe(a, words, t, s));
            if (a.rel[t] == Rel::Conj || out.back().pronoun()) continue;
            Token last = t;
            for (Token c = links_[t].first_child; c != kNoToken; c = links_[c].next) {
                if (a.rel[c] == Rel::Conj) last = std::max(last, extent_[c].last);
            }
            if (last <= out.back().tokens.last) continue;
            Candidate joined = out.back();
            joined.tokens.last = last;
            joined.joined = true;
            joined.form = RefForm::Noun;
            joined.kind = RefKind::Several;
            joined.number = GramNumber::Plural;
            joined.filter = 0;
            joined.word_count = 0;
            joined.text_hash = folded_hash("and") ^ joined.text_hash;
            out.push_back(joined);
        }
        const auto place = [&](const Candidate& c) {
            const Token speaker = c.form == RefForm::I && c.quote != 0 ? speakers_[c.quote] : kNoToken;
            return sentence.contains(speaker) && speaker > c.head ? speaker + 1 : c.tokens.first;
        };
        std::sort(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(),
                  [&](const Candidate& x, const Candidate& y) {
                      if (place(x) != place(y)) return place(x) < place(y);
                      if (x.tokens.last != y.tokens.last) return x.tokens.last > y.tokens.last;
                      return x.head != y.head ? x.head < y.head : x.joined && !y.joined;
                  });
        if (begin < out.size()) out[begin].first = true;
    }
    agree_on_persons(out);
}

} // namespace kadesh
