#include "coding/mentions.hpp"

#include "base/ascii.hpp"
#include "knowledge/place_context.hpp"
#include "knowledge/place_resolver.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace kadesh {

namespace {

/// How likely another place must be before it is meant instead: of a town, of a state.
constexpr double kSureOfPlace = 0.5, kSureOfTown = 0.9;

bool capital(std::string_view word) {
    return !word.empty() &&
           ((word.front() >= 'A' && word.front() <= 'Z') || static_cast<unsigned char>(word.front()) >= 0xC3);
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

void add_sector(std::vector<std::string>& sectors, std::string_view sector) {
    if (!sector.empty() && std::find(sectors.begin(), sectors.end(), sector) == sectors.end())
        sectors.emplace_back(sector);
}

bool state_kind(EntryKind kind) {
    return kind == EntryKind::Country;
}

bool body_kind(EntryKind kind) {
    return kind == EntryKind::Organisation || kind == EntryKind::Group || kind == EntryKind::Agency ||
           kind == EntryKind::Media;
}

bool place_kind(EntryKind kind) {
    return kind == EntryKind::City || kind == EntryKind::Region;
}

/// The word that a role table knows: the lemma, but for proper nouns ("Envoys") the singular in lower case.
std::string role_word(const Annotation& a, Token t) {
    if (a.upos[t] != Upos::PROPN) return lower_ascii(a.lemma[t]);
    std::string w = lower_ascii(a.form[t]);
    if (a.xpos[t] != "NNPS") return w;
    if (w.ends_with("ies")) return w.substr(0, w.size() - 3) + "y";
    if (w.ends_with("men")) return w.substr(0, w.size() - 2) + "an";
    if (w.ends_with("s") && !w.ends_with("ss")) w.pop_back();
    return w;
}

/// A role that is an office of the state.
bool holds_office(const AgentHit& agent) {
    return std::find(agent.sectors.begin(), agent.sectors.end(), "GOV") != agent.sectors.end() &&
           std::find(agent.sectors.begin(), agent.sectors.end(), "ELI") == agent.sectors.end();
}

/// Nouns for what someone is to another: what follows "of" is the other.
bool relational(std::string_view lemma) {
    return one_of(lemma, {"ally", "enemy", "foe", "rival", "opponent", "critic", "supporter", "partner", "neighbour",
                          "neighbor", "friend", "adversary", "admirer", "backer", "sympathizer", "sympathiser",
                          "counterpart"});
}

/// How well a kind of entry agrees with what the tagger called the name.
int agreement(EntryKind kind, NameForm form, std::optional<NameType> type) {
    if (!type) return form == NameForm::Surname ? -4 : 0;
    switch (*type) {
    case NameType::PER:
        if (kind == EntryKind::Person) return form == NameForm::Surname ? 2 : 4;
        // A lone name of a state or body that the tagger took for a person's is still that state's.
        if (state_kind(kind) && form == NameForm::Demonym) return 0;
        return state_kind(kind) || body_kind(kind) ? 1 : -3;
    case NameType::LOC:
        return state_kind(kind) || place_kind(kind) ? (form == NameForm::Demonym ? 0 : 3)
                                                    : (kind == EntryKind::Person ? -4 : 0);
    case NameType::ORG: return body_kind(kind) ? 3 : (kind == EntryKind::Person ? -4 : -1);
    case NameType::MISC:
        return form == NameForm::Demonym || kind == EntryKind::Agreement ? 3 : (kind == EntryKind::Person ? -4 : 0);
    }
    return 0;
}

/// Number words and quantifiers of "the two leaders", "both countries"; 0: none.
unsigned counted(const Tree& tree, Token head) {
    const Annotation& a = tree.annotation();
    for (const Token c : tree.children(head)) {
        if (a.rel[c] == Rel::Nummod || a.rel[c] == Rel::Det || a.rel[c] == Rel::DetPredet || a.rel[c] == Rel::Amod) {
            const std::string w = lower_ascii(a.form[c]);
            if (w == "both" || w == "two" || w == "2") return 2;
            if (w == "three" || w == "3") return 3;
            if (w == "four" || w == "4") return 4;
        }
    }
    return 0;
}

bool definite(const Tree& tree, Token head) {
    const Annotation& a = tree.annotation();
    for (const Token c : tree.children(head))
        if (a.rel[c] == Rel::Det || a.rel[c] == Rel::DetPredet) {
            const std::string w = lower_ascii(a.form[c]);
            if (w == "the" || w == "this" || w == "that" || w == "these" || w == "those" || w == "both") return true;
        }
    return false;
}

} // namespace

Mentions::Mentions(const Document& document, const Tree& tree, const World& world, const Lexicon& lexicon, Day day,
                   const PlaceResolver* places)
    : doc_(document), tree_(tree), a_(tree.annotation()), world_(world), lexicon_(lexicon), day_(day) {
    find_names();
    find_focus();
    // Once more, now that it is known which country the document is about.
    find_names();
    if (places != nullptr) settle_places(*places);
    find_focus();
    index_chains();
    build();
}

void Mentions::settle_places(const PlaceResolver& places) {
    std::vector<TextSpan> spans;
    std::vector<NameUse*> named;
    for (NameUse& use : uses_) {
        if (use.form == NameForm::Demonym || use.form == NameForm::Metonym) continue;
        if (use.entry == kNoEntry ? use.type != NameType::LOC : !state_kind(use.kind) && !place_kind(use.kind))
            continue;
        const TextSpan span = tree_.text_span(use.tokens);
        if (span.empty() || (!spans.empty() && span.start < spans.back().end)) continue;
        spans.push_back(span);
        named.push_back(&use);
    }
    const auto ranked = places.rank(doc_.text, spans);
    for (std::size_t i = 0; i < named.size(); ++i) {
        if (ranked[i].empty() || ranked[i].front().partial || ranked[i].front().inside) continue;
        const PlaceCandidate& best = ranked[i].front();
        NameUse& use = *named[i];
        const bool state = use.entry != kNoEntry && state_kind(use.kind);
        // A state is seldom a town of its name; a town is another one as soon as the text speaks for that.
        if (best.entry == use.entry || best.probability < (state ? kSureOfTown : kSureOfPlace)) continue;
        // A town and the province of its name: the better known one stays.
        if (use.entry != kNoEntry && !state &&
            (lies_in(world_, world_.entry(use.entry), best.entry) ||
             lies_in(world_, world_.entry(best.entry), use.entry)))
            continue;
        use.entry = best.entry;
        use.kind = world_.entry(best.entry).kind;
        use.form = NameForm::Name;
    }
}

void Mentions::index_chains() {
    chain_at_.assign(a_.size(), 0);
    for (const ChainMention& m : a_.coreference) {
        bool joined = false; // "Russia and Iran": the head is the first one's own
        for (const Token c : tree_.children(m.head)) joined |= a_.rel[c] == Rel::Conj && m.tokens.contains(c);
        if (!joined) chain_at_[m.head] = m.chain + 1;
    }
}

const Mention* Mentions::at(Token head) const {
    if (head >= mention_at_.size() || mention_at_[head] == 0) return nullptr;
    return &mentions_[mention_at_[head] - 1];
}

const NameUse* Mentions::name_at(Token t) const {
    if (t >= use_at_.size() || use_at_[t] == 0) return nullptr;
    return &uses_[use_at_[t] - 1];
}

void Mentions::find_names() {
    const std::size_t n = a_.size();
    use_at_.assign(n, 0);
    name_type_.assign(n, 0);
    separate_name_.assign(n, 0);
    uses_.clear();
    for (const NameSpan& span : a_.names) {
        separate_name_[span.tokens.first] = 1;
        for (Token t = span.tokens.first; t < span.tokens.last; ++t)
            name_type_[t] = static_cast<std::uint8_t>(static_cast<int>(span.type) + 1);
    }

    std::vector<NameHit> hits;
    const auto add = [&](NameUse use) {
        uses_.push_back(use);
        for (Token t = use.tokens.first; t < use.tokens.last; ++t)
            use_at_[t] = static_cast<std::uint32_t>(uses_.size());
    };
    for (const TokenRange& sentence : a_.sentences) {
        for (Token t = sentence.first; t < sentence.last;) {
            hits.clear();
            const std::span<const std::string_view> rest(a_.form.data() + t, sentence.last - t);
            const std::size_t words = world_.find(rest, hits);
            const std::optional<NameType> type =
                name_type_[t] ? std::optional(static_cast<NameType>(name_type_[t] - 1)) : std::nullopt;
            if (words > 0) {
                TokenRange range{t, t + static_cast<Token>(words)};
                NameUse use = choose(range, hits, type);
                if (use.entry != kNoEntry) {
                    add(use);
                    t = range.last;
                    continue;
                }
            }
            ++t;
        }
    }
    // Names that only the tagger knows; a person named by surname after a full name is the same person.
    std::map<std::string, std::size_t> by_surname;
    std::map<std::string, std::size_t> by_kind; // "the League" after "the Arab League"
    for (std::size_t i = 0; i < uses_.size(); ++i)
        if (uses_[i].kind == EntryKind::Organisation && uses_[i].tokens.size() > 1)
            by_kind.emplace(lower_ascii(a_.form[uses_[i].tokens.last - 1]), i);
    for (std::size_t i = 0; i < uses_.size(); ++i)
        if (uses_[i].kind == EntryKind::Person && uses_[i].tokens.size() > 1)
            by_surname.emplace(lower_ascii(a_.form[uses_[i].tokens.last - 1]), i);
    for (const NameSpan& span : a_.names) {
        bool taken = false;
        for (Token t = span.tokens.first; t < span.tokens.last; ++t) taken |= use_at_[t] != 0;
        if (taken && span.type != NameType::PER) continue;
        if (taken) {
            // A person's name that merely contains a known word ("Jordan Smith", "Georgia Meloni"): the whole span is
            // one unknown person unless the world knew the person.
            // A body's or a state's name that the tagger took for a person's ("Boko Haram") stays what it is.
            const NameUse* first = name_at(span.tokens.first);
            if (first != nullptr && first->tokens.first == span.tokens.first && first->tokens.last >= span.tokens.last)
                continue;
            bool person = false;
            for (Token t = span.tokens.first; t < span.tokens.last; ++t)
                if (use_at_[t] != 0 && (uses_[use_at_[t] - 1].kind == EntryKind::Person ||
                                        uses_[use_at_[t] - 1].form == NameForm::Demonym))
                    person = true;
            if (person || span.tokens.size() < 2) continue;
        }
        NameUse use{span.tokens, kNoEntry, NameForm::Name, span.type, EntryKind::City};
        use.kind = span.type == NameType::PER   ? EntryKind::Person
                   : span.type == NameType::ORG ? EntryKind::Organisation
                   : span.type == NameType::LOC ? EntryKind::City
                                                : EntryKind::Agreement;
        if (span.type == NameType::PER) {
            const auto it = by_surname.find(lower_ascii(a_.form[span.tokens.last - 1]));
            if (it != by_surname.end() && span.tokens.size() == 1) use.entry = uses_[it->second].entry;
        }
        const bool article = span.tokens.size() == 2 && lower_ascii(a_.form[span.tokens.first]) == "the";
        if (span.type == NameType::ORG && (span.tokens.size() == 1 || article)) {
            const auto it = by_kind.find(lower_ascii(a_.form[span.tokens.last - 1]));
            if (it != by_kind.end() && uses_[it->second].tokens.first < span.tokens.first)
                use.entry = uses_[it->second].entry;
        }
        add(use);
    }
    std::sort(uses_.begin(), uses_.end(),
              [](const NameUse& x, const NameUse& y) { return x.tokens.first < y.tokens.first; });
    std::fill(use_at_.begin(), use_at_.end(), 0U);
    for (std::size_t i = 0; i < uses_.size(); ++i)
        for (Token t = uses_[i].tokens.first; t < uses_[i].tokens.last; ++t)
            use_at_[t] = static_cast<std::uint32_t>(i + 1);
}

NameUse Mentions::choose(TokenRange tokens, const std::vector<NameHit>& hits, std::optional<NameType> type) const {
    NameUse best;
    best.tokens = tokens;
    best.type = type;
    double best_score = -1e9;
    // The tagger's span may go on beyond the match: "Washington Irving", "Jordan Bardella".
    const bool longer_person =
        type == NameType::PER &&
        ((tokens.last < a_.size() && name_type_[tokens.last] == static_cast<int>(NameType::PER) + 1 &&
          tree_.sentence_of(tokens.last) == tree_.sentence_of(tokens.first)) ||
         (tokens.first > 0 && name_type_[tokens.first - 1] == static_cast<int>(NameType::PER) + 1 &&
          tree_.sentence_of(tokens.first - 1) == tree_.sentence_of(tokens.first)));
    const auto same_name = [&](Token t) {
        return t < a_.size() && tree_.sentence_of(t) == tree_.sentence_of(tokens.first) &&
               name_type_[t] == name_type_[tokens.first] && !separate_name_[t];
    };
    const bool longer_name = name_type_[tokens.first] != 0 &&
                             ((same_name(tokens.last)) || (tokens.first > 0 && !separate_name_[tokens.first] &&
                                                           name_type_[tokens.first - 1] == name_type_[tokens.first]));
    // A nationality before a person's name speaks for the holder of that state's office.
    std::string nationality;
    for (Token t = tokens.first;
         t-- > 0 && tokens.first - t <= 5 && tree_.sentence_of(t) == tree_.sentence_of(tokens.first);) {
        const NameUse* before = name_at(t);
        if (before != nullptr && before->entry != kNoEntry && before->kind == EntryKind::Country) {
            nationality = world_.entry(before->entry).code;
            break;
        }
        if (a_.upos[t] == Upos::PUNCT || a_.upos[t] == Upos::VERB || a_.upos[t] == Upos::ADP) break;
    }
    const bool state_too = std::any_of(hits.begin(), hits.end(), [&](const NameHit& h) {
        return state_kind(world_.entry(h.entry).kind) && h.form != NameForm::Demonym;
    });
    // The parser joins the next word to it: "Van Gogh", "Jordan Bardella".
    const bool joined = tokens.last < a_.size() && a_.upos[tokens.last] == Upos::PROPN &&
                        a_.rel[tokens.last] == Rel::Flat && a_.head[tokens.last] != kNoToken &&
                        tokens.contains(a_.head[tokens.last]);
    // "Tripoli, northern Lebanon": the country named right after a town is its own.
    std::string country_after;
    if (std::any_of(hits.begin(), hits.end(),
                    [&](const NameHit& h) { return world_.entry(h.entry).kind == EntryKind::City; }) &&
        tokens.last < a_.size() && (a_.form[tokens.last] == "," || lower_ascii(a_.form[tokens.last]) == "in")) {
        std::vector<NameHit> next;
        for (Token t = tokens.last + 1; t < a_.size() && t <= tokens.last + 3 && country_after.empty() &&
                                        tree_.sentence_of(t) == tree_.sentence_of(tokens.first);
             ++t) {
            next.clear();
            const Token limit = a_.sentences[tree_.sentence_of(t)].last;
            world_.find(std::span<const std::string_view>(a_.form.data() + t, limit - t), next);
            for (const NameHit& h : next)
                if (world_.entry(h.entry).kind == EntryKind::Country && h.form != NameForm::Demonym &&
                    h.form != NameForm::Metonym) {
                    country_after = world_.entry(h.entry).code;
                    break;
                }
        }
    }
    const bool demonym_too =
        std::any_of(
            hits.begin(), hits.end(),
            [&](const NameHit& h) { return state_kind(world_.entry(h.entry).kind) && h.form == NameForm::Demonym; }) &&
        tokens.last < a_.size() && (a_.upos[tokens.last] == Upos::NOUN || a_.upos[tokens.last] == Upos::PROPN) &&
        a_.rel[tokens.first] != Rel::Obl && a_.rel[tokens.first] != Rel::Nsubj;
    std::vector<Tenure> tenures;
    for (std::size_t rank = 0; rank < hits.size(); ++rank) {
        const Entry e = world_.entry(hits[rank].entry);
        double score = agreement(e.kind, hits[rank].form, type) + (e.kind == EntryKind::Country ? 1.0 : 0.0) -
                       0.1 * static_cast<double>(std::min<std::size_t>(rank, 20));
        if (e.from > day_ || e.to < day_.plus(-3650)) score -= 1.5;
        if (e.kind == EntryKind::Person) {
            const bool seen =
                std::any_of(uses_.begin(), uses_.end(), [&](const NameUse& u) { return u.entry == hits[rank].entry; });
            if (seen) score += 4;
            tenures.clear();
            world_.tenures(hits[rank].entry, tenures);
            bool now = false;
            bool ever_before = false;
            for (const Tenure& t : tenures) {
                now |= t.from <= day_ && day_ <= t.to;
                ever_before |= t.from <= day_;
            }
            if (now) score += 1.5;
            if (!nationality.empty() && !tenures.empty()) {
                const bool theirs = std::any_of(tenures.begin(), tenures.end(),
                                                [&](const Tenure& t) { return t.country == nationality; });
                score += theirs ? 2.5 : -2.5;
            }
            if (!tenures.empty() && !ever_before) score -= 3;
            if (hits[rank].form == NameForm::Surname) {
                if (longer_person) score -= 6; // a different given name stands beside it
                if (state_too && !seen) score -= 3;
                if (!seen && !now) score -= 2;
                if (!seen && !type) score -= 3;
                // "Foreign Minister X": a title just before speaks for the person.
                if (tokens.first > 0 && now) {
                    const std::array<std::string_view, 1> before = {a_.lemma[tokens.first - 1]};
                    const std::string title = lower_ascii(before[0]);
                    for (const Tenure& t : tenures)
                        if (t.from <= day_ && day_ <= t.to && t.title.find(title) != std::string_view::npos) score += 3;
                }
            }
        } else if (longer_person) {
            score -= 5;
        } else if (type == NameType::PER && e.is_capital) {
            score += 4; // "Phnom Penh accuses": the whole name is a capital's
        }
        // Parties and parliaments of one name exist in many states; the document's own comes first.
        if (body_kind(e.kind) && hits.size() > 1 && !focus_.empty() && e.code.size() == 3)
            score += e.code == focus_ ? 1.0 : -1.0;
        if (e.kind == EntryKind::City && !country_after.empty()) score += e.code == country_after ? 4 : -3;
        if (place_kind(e.kind) && demonym_too) score -= 3;
        if (place_kind(e.kind)) {
            // Part of a longer name ("Plaza de Mayo"), or a small town far from what the document is about.
            if ((type && longer_name) || joined) score -= 3;
            if (!focus_.empty())
                score += e.code == focus_ ? 1.0 : e.population < 50000 && e.kind == EntryKind::City ? -1.5 : 0.0;
            if (!type && !capital(a_.form[tokens.first])) score -= 6;
            const std::uint32_t townspeople = e.kind == EntryKind::City ? e.population : 0;
            if (!type && townspeople < 100000) score -= 3;
            if (type == NameType::LOC && townspeople > 300000) score += 0.5;
        }
        if (hits[rank].form == NameForm::Demonym && a_.upos[tokens.first] == Upos::ADJ) score += 1;
        if (score > best_score) {
            best_score = score;
            best.entry = hits[rank].entry;
            best.form = hits[rank].form;
            best.kind = e.kind;
        }
    }
    if (best_score < -1.9) best.entry = kNoEntry;
    return best;
}

bool Mentions::in_station(const NameUse& use) const {
    const auto station = [&](Token t) {
        return t < a_.size() && tree_.sentence_of(t) == tree_.sentence_of(use.tokens.first) &&
               one_of(a_.form[t], {"Radio", "Television", "TV"});
    };
    return station(use.tokens.last) || (use.tokens.first > 0 && station(use.tokens.first - 1));
}

void Mentions::find_focus() {
    std::map<std::string, double> weight;
    for (const NameUse& use : uses_) {
        if (use.entry == kNoEntry) continue;
        const Entry e = world_.entry(use.entry);
        if (e.code.empty() || e.code.size() != 3 || one_of(e.code, {"IGO", "UNO", "NGO", "ISM", "IMG", "MNC", "EUR"}))
            continue;
        const double early = tree_.sentence_of(use.tokens.first) < 3 ? 2.0 : 1.0;
        if (e.kind == EntryKind::City && !e.is_capital) {
            // An ambiguous town speaks a little for every country that has one of its name.
            std::vector<NameHit> hits;
            world_.find(std::span<const std::string_view>(a_.form.data() + use.tokens.first, use.tokens.size()), hits);
            std::vector<std::string_view> seen;
            for (const NameHit& h : hits) {
                const Entry other = world_.entry(h.entry);
                if (other.kind != EntryKind::City || other.code == e.code ||
                    std::find(seen.begin(), seen.end(), other.code) != seen.end())
                    continue;
                seen.push_back(other.code);
                weight[std::string(other.code)] += 0.3;
            }
        }
        const bool town = e.kind == EntryKind::City && e.population < 300000 && !e.is_capital;
        // "an Albanian": one of a people tells less of where things happen than what is that state's.
        const Token last = use.tokens.last - 1;
        const bool someone = use.form == NameForm::Demonym && heads_phrase(last) && a_.upos[last] != Upos::ADJ;
        weight[std::string(lexicon_.current_code(e.code))] +=
            early * (e.kind == EntryKind::Media || in_station(use) ? 0.1
                     : town                                        ? 0.3
                     : someone                                     ? 0.5
                     : e.kind == EntryKind::Person                 ? 0.7
                                                                   : 1.0);
    }
    focus_.clear();
    double best = 0.9; // a town's name alone says too little
    for (const auto& [code, w] : weight)
        if (w > best) {
            best = w;
            focus_ = code;
        }
}

bool Mentions::heads_phrase(Token t) const {
    const Upos u = a_.upos[t];
    if (u != Upos::NOUN && u != Upos::PROPN && u != Upos::PRON && u != Upos::NUM && u != Upos::ADJ && u != Upos::DET)
        return false;
    switch (a_.rel[t]) {
    case Rel::Compound:
    case Rel::Flat:
    case Rel::Amod:
    case Rel::Fixed:
    case Rel::Goeswith:
    case Rel::Det:
    case Rel::Nummod:
    case Rel::Case:
    case Rel::Mark:
    case Rel::Advmod: return false;
    default: break;
    }
    if (u == Upos::ADJ || u == Upos::NUM) return name_at(t) != nullptr || u == Upos::ADJ;
    return true;
}

bool Mentions::patron(Token name_end) const {
    if (name_end + 1 >= a_.size()) return false;
    const std::string_view dash = a_.form[name_end];
    if (dash != "-" && dash != "‑" && dash != "–") return false;
    return one_of(lower_ascii(a_.form[name_end + 1]),
                  {"backed",  "supported",  "aligned",      "funded",    "sponsored",  "occupied",
                   "held",    "controlled", "allied",       "linked",    "affiliated", "friendly",
                   "armed",   "annexed",    "administered", "installed", "inspired",   "proposed",
                   "trained", "made",       "built",        "supplied"});
}

std::optional<Entity> Mentions::modifier_entity(Token t) const {
    const NameUse* use = name_at(t);
    if (use == nullptr) {
        // "US-led": the name hangs on the participle.
        if (!one_of(lower_ascii(a_.form[t]), {"led", "based", "born", "run", "brokered", "mediated"}))
            return std::nullopt;
        for (const Token c : tree_.children(t))
            if (c < t && name_at(c) != nullptr && name_at(c)->entry != kNoEntry)
                return entity_of(*name_at(c), name_at(c)->tokens);
        return std::nullopt;
    }
    if (patron(use->tokens.last)) return std::nullopt;
    if (use->entry == kNoEntry) return std::nullopt;
    return entity_of(*use, use->tokens);
}

Entity Mentions::focus_entity() const {
    Entity e;
    if (focus_.empty()) return e;
    e.code = focus_;
    e.sectors = {"GOV"};
    e.via = Via::Coreference;
    if (const EntryId state = world_.country(focus_); state != kNoEntry) {
        const Entry s = world_.entry(state);
        e.identifier_text = s.name;
        e.identifier_id = s.wikidata;
    }
    // Its first mention is the evidence.
    for (const NameUse& use : uses_)
        if (use.entry != kNoEntry && world_.entry(use.entry).code == focus_) {
            e.span = tree_.text_span(use.tokens);
            break;
        }
    return e;
}

std::optional<Entity> Mentions::role_modifier(Token modifier, Token noun) const {
    const TokenRange phrase = tree_.core_phrase(noun);
    std::vector<std::string> words;
    for (Token t = phrase.first; t <= modifier; ++t) words.push_back(role_word(a_, t));
    const std::vector<std::string_view> views(words.begin(), words.end());
    const auto role = world_.agent(views);
    if (!role) return std::nullopt;
    Entity e;
    e.code = country_in({phrase.first, modifier + 1}, modifier);
    if (e.code.empty()) {
        const auto known = role_country_.find(role_word(a_, modifier));
        e.code = known != role_country_.end() ? known->second : focus_;
    }
    if (e.code.empty()) return std::nullopt;
    for (const std::string_view s : role->sectors) add_sector(e.sectors, s);
    e.span = tree_.text_span({phrase.first, modifier + 1});
    return e;
}

Entity Mentions::entity_of(const NameUse& use, TokenRange phrase) const {
    Entity entity;
    entity.span = tree_.text_span(phrase);
    if (use.entry == kNoEntry) {
        const TextSpan name = tree_.text_span(use.tokens);
        entity.identifier_text = doc_.text.substr(name.start, name.end - name.start);
        return entity;
    }
    const Entry e = world_.entry(use.entry);
    entity.code = e.code;
    entity.identifier_text = e.name;
    entity.identifier_id = e.wikidata;
    for (const std::string_view s : e.sectors) add_sector(entity.sectors, s);
    switch (e.kind) {
    case EntryKind::Country:
        if (use.form != NameForm::Demonym) add_sector(entity.sectors, "GOV");
        if (use.form == NameForm::Metonym) entity.via = Via::Metonym;
        break;
    case EntryKind::City:
        if (e.is_capital) {
            entity.via = Via::Metonym;
            add_sector(entity.sectors, "GOV");
            if (const EntryId state = world_.country(e.code); state != kNoEntry) {
                const Entry s = world_.entry(state);
                entity.identifier_text = s.name;
                entity.identifier_id = s.wikidata;
            }
        }
        break;
    case EntryKind::Person: {
        std::vector<Tenure> tenures;
        world_.tenures(use.entry, tenures);
        const Tenure* current = nullptr;
        const Tenure* last = nullptr;
        for (const Tenure& t : tenures) {
            if (t.from <= day_ && day_ <= t.to) {
                if (current == nullptr || t.from >= current->from) current = &t;
            } else if (t.to < day_ && (last == nullptr || t.to > last->to)) {
                last = &t;
            }
        }
        // The entry's own sectors are those of the last office; what counts is the day.
        if (!tenures.empty()) entity.sectors.clear();
        if (current != nullptr) {
            entity.code = current->country;
            entity.office = current->title;
            for (const std::string_view s : current->sectors) add_sector(entity.sectors, s);
        } else if (last != nullptr) {
            entity.code = last->country;
            const bool state = std::find(last->sectors.begin(), last->sectors.end(), "GOV") != last->sectors.end();
            if (state)
                add_sector(entity.sectors, "ELI");
            else
                for (const std::string_view s : last->sectors) add_sector(entity.sectors, s);
        } else if (entity.code.empty() && !tenures.empty()) {
            entity.code = tenures.front().country;
        }
        break;
    }
    default: break;
    }
    entity.code = lexicon_.current_code(entity.code);
    return entity;
}

bool Mentions::alien(Token head) const {
    for (const Token c : tree_.children(head))
        if (c < head && a_.rel[c] == Rel::Amod && lexicon_.in_class(lower_ascii(a_.lemma[c]), "foreign")) return true;
    return false;
}

bool Mentions::former(TokenRange words) const {
    for (Token t = words.first; t < words.last; ++t)
        if (one_of(lower_ascii(a_.form[t]), {"former", "ex", "ousted", "deposed", "exiled", "retired", "ex-president"}))
            return true;
    return false;
}

const NameUse* Mentions::group_of(TokenRange phrase, Token head) const {
    const auto group = [&](Token t) -> const NameUse* {
        const NameUse* use = name_at(t);
        return use != nullptr && use->entry != kNoEntry && use->kind == EntryKind::Group ? use : nullptr;
    };
    for (Token t = phrase.first; t < head; ++t)
        if (const NameUse* use = group(t)) return use;
    for (const Token c : tree_.children(head))
        if (c > head && a_.rel[c] == Rel::Nmod && one_of(tree_.preposition(c), {"of", "from"}))
            if (const NameUse* use = group(c)) return use;
    return nullptr;
}

const NameUse* Mentions::called(Token head) const {
    for (const Token c : tree_.children(head)) {
        if (c < head || (a_.rel[c] != Rel::Appos && a_.rel[c] != Rel::Flat && a_.rel[c] != Rel::NmodDesc)) continue;
        if (const NameUse* use = name_at(c); use != nullptr && use->tokens.first > head) return use;
    }
    return nullptr;
}

std::vector<std::string> Mentions::countries_in(TokenRange phrase, Token head, int depth) const {
    std::vector<std::string> codes;
    const auto add = [&](std::string_view code) {
        code = lexicon_.current_code(code);
        if (!code.empty() && std::find(codes.begin(), codes.end(), code) == codes.end()) codes.emplace_back(code);
    };
    const auto of_name = [&](const NameUse* use) {
        if (use == nullptr || use->entry == kNoEntry) return;
        const Entry e = world_.entry(use->entry);
        if ((e.kind == EntryKind::Country || place_kind(e.kind) || body_kind(e.kind)) && e.kind != EntryKind::Media)
            add(e.code);
    };
    for (Token t = phrase.first; t < phrase.last; ++t) {
        // "the US ambassador to Germany": whom he is sent to does not own him.
        if (a_.upos[t] == Upos::ADP && lower_ascii(a_.form[t]) == "to") break;
        const NameUse* use = name_at(t);
        if (use != nullptr && use->tokens.first == t && !patron(use->tokens.last))
            of_name(use);
        else if (use == nullptr)
            if (const auto e = modifier_entity(t)) add(e->code);
    }
    if (!codes.empty() || depth > 3) return codes;
    // An ally or a critic of a state is not that state's.
    if (relational(lower_ascii(a_.lemma[head]))) return codes;
    for (const Token c : tree_.children(head)) {
        if (a_.rel[c] != Rel::Nmod && a_.rel[c] != Rel::NmodPoss) continue;
        const std::string p = tree_.preposition(c);
        const bool owner = a_.rel[c] == Rel::NmodPoss || p == "of" || p == "in" || p == "from" || p == "for";
        if (!owner) continue;
        // The members of a list hang on its first, on each other, or as names that the parser took for explanations.
        std::vector<Token> members{c};
        const auto state = [&](Token t) {
            const NameUse* use = name_at(t);
            return use != nullptr && use->entry != kNoEntry && use->kind == EntryKind::Country;
        };
        for (std::size_t i = 0; i < members.size() && members.size() < 32; ++i)
            for (const Token k : tree_.children(members[i])) {
                const bool listed = a_.rel[k] == Rel::Appos || a_.rel[k] == Rel::NmodUnmarked || a_.rel[k] == Rel::List;
                if (a_.rel[k] == Rel::Conj || (listed && state(k) && state(members[i]))) members.push_back(k);
            }
        std::sort(members.begin(), members.end());
        for (const Token m : members) {
            if (const NameUse* use = name_at(m); use != nullptr) {
                of_name(use);
            } else if (a_.upos[m] == Upos::PRON) {
                if (const Mention* known = at(m); known != nullptr)
                    for (const Entity& e : known->entities) add(e.code);
            } else {
                const std::vector<std::string> named = countries_in(tree_.core_phrase(m), m, depth + 1);
                for (const std::string& code : named) add(code);
                // "negotiators of the two countries"
                Mention described;
                described.head = m;
                described.tokens = tree_.core_phrase(m);
                described.plural = a_.xpos[m] == "NNS";
                if (named.empty() && described.plural && resolve_description(described))
                    for (const Entity& e : described.entities) add(e.code);
            }
        }
        if (!codes.empty()) return codes;
    }
    return codes;
}

std::string Mentions::country_in(TokenRange phrase, Token head) const {
    // The nearest to the head is the owner: "US-trained Iraqi troops".
    std::vector<std::string> codes = countries_in(phrase, head);
    return codes.empty() ? std::string() : codes.back();
}

std::string Mentions::local_country(Token head) {
    // The same role named before with its country ("Somali pirates … a pirate"), the clause's place, the document's
    // subject.
    if (const auto it = role_country_.find(role_word(a_, head)); it != role_country_.end()) return it->second;
    // An ambassador stands for another state than the one that he lives in.
    if (lexicon_.in_class(role_word(a_, head), "diplomat")) return focus_;
    Token clause = head;
    while (clause != kNoToken && a_.upos[clause] != Upos::VERB) clause = a_.head[clause];
    const TokenRange sentence = a_.sentences[tree_.sentence_of(head)];
    for (Token t = sentence.first; t < sentence.last; ++t) {
        const NameUse* use = name_at(t);
        if (use == nullptr || use->tokens.first != t || use->entry == kNoEntry) continue;
        const Entry e = world_.entry(use->entry);
        if ((!place_kind(e.kind) && e.kind != EntryKind::Country) || e.code.empty() || use->form == NameForm::Demonym)
            continue;
        const std::string p = tree_.preposition(t);
        if (p != "in" && p != "at" && p != "near" && p != "across" && p != "outside" && p != "around") continue;
        Token governor = a_.head[t];
        while (governor != kNoToken && a_.upos[governor] != Upos::VERB) governor = a_.head[governor];
        if (governor == clause) {
            role_country_[role_word(a_, head)] = e.code;
            return std::string(e.code);
        }
    }
    return focus_;
}

void Mentions::build() {
    mention_at_.assign(a_.size(), 0);
    for (const TokenRange& sentence : a_.sentences) {
        for (Token t = sentence.first; t < sentence.last; ++t) {
            if (!heads_phrase(t)) continue;
            Mention m = resolve(t);
            if (m.kind == MentionKind::None) continue;
            remember(m);
            mentions_.push_back(std::move(m));
            mention_at_[t] = static_cast<std::uint32_t>(mentions_.size());
        }
    }
    find_speakers();
}

void Mentions::find_speakers() {
    std::vector<Entity> found;
    const auto says = [&](Token verb, Token below) {
        if (a_.upos[verb] != Upos::VERB || lexicon_.effect(lower_ascii(a_.lemma[verb]), LexPos::Verb) != Effect::Report)
            return false;
        const Token subject = tree_.child(verb, Rel::Nsubj);
        if (subject == kNoToken || tree_.below(below, subject)) return false;
        entities(subject, found);
        // Of whom nothing but the nationality is known (a coach, a singer), no act is told by "we".
        std::erase_if(found, [](const Entity& e) { return e.code.empty() || e.sectors.empty(); });
        return !found.empty();
    };
    for (Token t = 0; t < a_.size(); ++t) {
        if (a_.upos[t] != Upos::PRON || mention_at_[t] != 0 ||
            !one_of(lower_ascii(a_.form[t]), {"i", "we", "me", "us", "my", "our"}))
            continue;
        bool known = false;
        Token below = t;
        for (Token up = a_.head[t]; up != kNoToken && !known; below = up, up = a_.head[up]) {
            known = says(up, below);
            // "I will not resign," he said, with the words on top and the speaker beside them.
            for (const Token c : tree_.children(up))
                if (!known && a_.rel[c] == Rel::Parataxis && c != below) known = says(c, t);
        }
        if (!known) continue;
        Mention m;
        m.head = t;
        m.tokens = {t, t + 1};
        m.kind = MentionKind::Pronoun;
        for (Entity e : found) {
            e.via = Via::Coreference;
            e.span = tree_.text_span(m.tokens);
            m.entities.push_back(std::move(e));
        }
        mentions_.push_back(std::move(m));
        mention_at_[t] = static_cast<std::uint32_t>(mentions_.size());
    }
}

Mention Mentions::resolve(Token head) {
    Mention m;
    m.head = head;
    m.tokens = tree_.core_phrase(head);
    m.plural = a_.xpos[head] == "NNS" || a_.xpos[head] == "NNPS";
    if (a_.upos[head] == Upos::PRON || a_.upos[head] == Upos::DET) {
        resolve_pronoun(m);
        return m;
    }
    // The name that the phrase is about: a person anywhere in it, else the name over its head.
    const NameUse* primary = nullptr;
    for (Token t = m.tokens.first; t < m.tokens.last; ++t) {
        const NameUse* use = name_at(t);
        if (use == nullptr || use->kind != EntryKind::Person) continue;
        bool possessor = false;
        for (Token up = t; up != head && up != kNoToken; up = a_.head[up]) possessor |= a_.rel[up] == Rel::NmodPoss;
        // "the Trump administration", "Assad forces": the head is another thing than the person.
        const bool modifies =
            use->tokens.last <= head && a_.upos[head] == Upos::NOUN &&
            (a_.rel[use->tokens.last - 1] == Rel::Compound || a_.rel[use->tokens.first] == Rel::Compound);
        if (!possessor && !modifies) primary = use;
    }
    if (primary == nullptr && m.tokens.last < a_.size() && m.tokens.last == head + 1 && a_.upos[head] != Upos::PRON) {
        // "Chilean President Gabriel Boric" whose parts the parser did not join: a title, then a person's name.
        const NameUse* next = name_at(head + 1);
        if (next != nullptr && next->tokens.first == head + 1 && next->kind == EntryKind::Person &&
            tree_.sentence_of(head + 1) == tree_.sentence_of(head)) {
            std::vector<std::string> words;
            for (Token t = m.tokens.first; t <= head; ++t) words.push_back(role_word(a_, t));
            const std::vector<std::string_view> views(words.begin(), words.end());
            if (world_.agent(views)) primary = next;
        }
    }
    if (primary == nullptr && m.tokens.last == head + 1) {
        // "US Secretary of State Colin Powell": the name hangs on its title without a preposition or a comma.
        for (const Token c : tree_.children(head)) {
            const NameUse* next = c > head ? name_at(c) : nullptr;
            if (next == nullptr || next->kind != EntryKind::Person || a_.rel[c] != Rel::Nmod ||
                !tree_.preposition(c).empty() || a_.form[next->tokens.first - 1] == ",")
                continue;
            primary = next;
            break;
        }
    }
    if (primary == nullptr) {
        primary = name_at(head);
        if (primary != nullptr && primary->form == NameForm::Demonym && a_.upos[head] == Upos::ADJ &&
            a_.rel[head] != Rel::Conj)
            primary = nullptr;
    }

    // Role words that end at the head, or before the name for a title.
    std::vector<std::string_view> lemmas;
    std::vector<std::string> lowered;
    const Token role_end = primary != nullptr && primary->kind == EntryKind::Person
                               ? std::min(primary->tokens.first, m.tokens.last)
                               : head + 1;
    for (Token t = m.tokens.first; t < role_end && t < m.tokens.last; ++t) lowered.push_back(role_word(a_, t));
    // "attorneys general", "consuls general"
    if (role_end == head + 1 && role_end < a_.size() && a_.head[role_end] == head && a_.lemma[role_end] == "general")
        lowered.emplace_back("general");
    // "India's commerce secretary, X"
    while (!lowered.empty() && !lowered.back().empty() && one_of(lowered.back(), {",", "(", "\"", "“", "-", "–"}))
        lowered.pop_back();
    for (const std::string& l : lowered) lemmas.push_back(l);
    std::optional<AgentHit> agent;
    if (!lemmas.empty()) agent = world_.agent(lemmas);
    if (!agent && role_end < head + 1) {
        // "US Ambassador to Germany X": the title stands before its preposition.
        for (std::size_t i = 0; i < lemmas.size() && !agent; ++i)
            if (a_.upos[m.tokens.first + i] == Upos::ADP) agent = world_.agent(std::span(lemmas).first(i));
    }

    if (primary != nullptr && primary->kind == EntryKind::Person) {
        m.kind = MentionKind::Person;
        m.entry = primary->entry;
        Entity e = entity_of(*primary, m.tokens);
        e.span = tree_.text_span(primary->tokens);
        if (agent) {
            // "President X resigned": the words say that he was in office, whatever he was by the day of the report.
            if (holds_office(*agent) && !e.sectors.empty() && e.sectors.front() == "ELI") e.sectors.clear();
            for (const std::string_view s : agent->sectors) add_sector(e.sectors, s);
            if (e.office.empty()) e.office = agent->office;
        }
        if (!e.code.empty() && agent && primary->entry != kNoEntry && primary->tokens.first > m.tokens.first) {
            // "Finnish President Martti Ahtisaari": the words know better than the table what he is here.
            const std::vector<std::string> said =
                countries_in(TokenRange{m.tokens.first, primary->tokens.first}, kNoToken, 9);
            if (said.size() == 1 && said.front() != e.code) {
                e.code = said.front();
                e.office = agent->office;
                e.sectors.assign(agent->sectors.begin(), agent->sectors.end());
            }
        }
        if (former(TokenRange{m.tokens.first, primary->tokens.first}) &&
            std::find(e.sectors.begin(), e.sectors.end(), "GOV") != e.sectors.end()) {
            e.sectors = {"ELI"};
            e.office.clear();
        }
        if (e.code.empty()) {
            e.code = country_in(TokenRange{m.tokens.first, std::max(m.tokens.first, primary->tokens.first)}, head);
            // "X, the Chilean ambassador to Peru"
            for (const Token c : tree_.children(head)) {
                if (a_.rel[c] != Rel::Appos) continue;
                const TokenRange phrase = tree_.core_phrase(c);
                if (e.code.empty()) e.code = country_in(phrase, c);
                std::vector<std::string> words;
                for (Token t = phrase.first; t <= c; ++t) words.push_back(role_word(a_, t));
                std::vector<std::string_view> views(words.begin(), words.end());
                if (const auto role = world_.agent(views)) {
                    for (const std::string_view s : role->sectors) add_sector(e.sectors, s);
                    if (e.office.empty()) e.office = role->office;
                }
            }
            // "his Turkish counterpart, Ismail Cem"
            if (e.code.empty() && a_.rel[head] == Rel::Appos && a_.head[head] != kNoToken)
                if (const Mention* described = at(a_.head[head]);
                    described != nullptr && described->entities.size() == 1) {
                    e.code = described->entities.front().code;
                    for (const std::string& sector : described->entities.front().sectors) add_sector(e.sectors, sector);
                }
            // The same unknown person earlier in the document.
            if (e.code.empty() && primary->entry == kNoEntry) {
                const std::string last = lower_ascii(a_.form[primary->tokens.last - 1]);
                for (auto it = recent_.rbegin(); it != recent_.rend(); ++it) {
                    if (it->kind != MentionKind::Person) continue;
                    const std::string known = lower_ascii(it->entity.identifier_text);
                    if (known == last || known.ends_with(" " + last)) {
                        const TextSpan span = e.span;
                        e = it->entity;
                        e.span = span;
                        break;
                    }
                }
            }
            // A private person may be of any country; a holder of public office is of the one that the text is about.
            if (e.code.empty() && agent && !agent->sectors.empty() && !one_of(agent->sectors.front(), {"CVL", "BUS"})) {
                e.code = local_country(head);
                m.guessed_country = true;
            }
        }
        m.entities.push_back(std::move(e));
        return m;
    }

    if (primary != nullptr && primary->entry != kNoEntry && primary->tokens.contains(head)) {
        m.entry = primary->entry;
        const EntryKind kind = primary->kind;
        if (kind == EntryKind::Agreement) {
            m.kind = MentionKind::Agreement;
            return m;
        }
        Entity e = entity_of(*primary, primary->tokens);
        if (primary->form == NameForm::Demonym) {
            // "Russians", "the Dutch"
            m.plural = true;
            e.sectors.clear();
            add_sector(e.sectors, "CVL");
        }
        m.kind = kind == EntryKind::Country                                           ? MentionKind::State
                 : kind == EntryKind::City && world_.entry(primary->entry).is_capital ? MentionKind::State
                 : place_kind(kind)                                                   ? MentionKind::Place
                                                                                      : MentionKind::Body;
        m.entities.push_back(std::move(e));
        return m;
    }
    if (primary != nullptr && primary->entry == kNoEntry && primary->type == NameType::LOC) {
        m.kind = MentionKind::Place;
        Entity e = entity_of(*primary, primary->tokens);
        e.code = country_in(m.tokens, head);
        for (const Token c : tree_.children(head))
            if ((a_.rel[c] == Rel::Appos || a_.rel[c] == Rel::NmodUnmarked) && e.code.empty())
                e.code = country_in(tree_.core_phrase(c), c);
        if (e.code.empty()) {
            e.code = local_country(head);
            m.guessed_country = true;
        }
        m.entities.push_back(std::move(e));
        return m;
    }
    if (primary != nullptr && primary->entry == kNoEntry && primary->type == NameType::ORG) {
        m.kind = MentionKind::Body;
        Entity e = entity_of(*primary, primary->tokens);
        e.code = country_in(m.tokens, head);
        if (agent)
            for (const std::string_view s : agent->sectors) add_sector(e.sectors, s);
        // "the X, a Syrian rebel group"
        for (const Token c : tree_.children(head))
            if (a_.rel[c] == Rel::Appos && e.code.empty()) e.code = country_in(tree_.core_phrase(c), c);
        const bool worldwide =
            std::any_of(a_.form.begin() + m.tokens.first, a_.form.begin() + m.tokens.last, [](std::string_view w) {
                return one_of(
                    w, {"International", "World", "United", "Global", "Organisation", "Organization", "Association"});
            });
        if (e.code.empty() && agent && !worldwide) {
            e.code = local_country(head);
            m.guessed_country = true;
        }
        m.entities.push_back(std::move(e));
        return m;
    }

    // "the party leaders", "three rebel groups" are told by their own words, not by who was spoken of before.
    const bool told = agent && agent->words > 1 && !agent->sectors.empty() && agent->sectors.front() != "GOV";
    if (!told && resolve_description(m)) return m;

    if (agent) {
        m.kind = MentionKind::Role;
        Entity e;
        e.span = tree_.text_span(m.tokens);
        for (const std::string_view s : agent->sectors) add_sector(e.sectors, s);
        if (agent->words == 1 && lower_ascii(a_.lemma[head]) == "officer") name_service(e);
        // A militant holds no office.
        if (std::find(agent->sectors.begin(), agent->sectors.end(), "GOV") != agent->sectors.end())
            e.office = agent->office;
        const std::vector<std::string> codes = countries_in(m.tokens, head);
        if (codes.empty() && m.plural && definite(tree_, head)) {
            // "the presidents" after "the presidents of Russia and Iran"
            for (std::size_t i = recent_.size(); i-- > 0 && m.entities.empty();) {
                if (recent_[i].kind != MentionKind::Role || role_word(a_, recent_[i].head) != role_word(a_, head))
                    continue;
                for (std::size_t k = 0; k <= i; ++k)
                    if (recent_[k].head == recent_[i].head && !recent_[k].entity.code.empty())
                        m.entities.push_back(recent_[k].entity);
                if (m.entities.size() < 2) m.entities.clear();
                break;
            }
            for (Entity& known : m.entities) {
                known.via = Via::Coreference;
                known.span = tree_.text_span(m.tokens);
            }
            if (!m.entities.empty()) return m;
        }
        if (!codes.empty()) {
            e.code = codes.back();
            role_country_[role_word(a_, head)] = e.code;
        } else if (!m.plural && definite(tree_, head) && m.tokens.size() == 2) {
            // "the court" after "the International Criminal Court"
            const std::string word = ' ' + role_word(a_, head);
            for (std::size_t i = recent_.size(); i-- > 0;) {
                const Recent& r = recent_[i];
                if (tree_.sentence_of(head) - tree_.sentence_of(r.head) > 5) break;
                if (r.kind != MentionKind::Body || r.entity.code.empty() ||
                    !lower_ascii(r.entity.identifier_text).ends_with(word))
                    continue;
                const TextSpan span = e.span;
                const std::vector<std::string> sectors = e.sectors;
                e = r.entity;
                for (const std::string& s : sectors) add_sector(e.sectors, s);
                e.span = span;
                e.via = Via::Coreference;
                m.kind = MentionKind::Description;
                m.entities.push_back(std::move(e));
                return m;
            }
        }
        // "Taliban fighters", "rebels of the RUF": what the group is comes before what a fighter is.
        if (const NameUse* use = group_of(m.tokens, head); use != nullptr) {
            const Entry group = world_.entry(use->entry);
            std::vector<std::string> sectors;
            for (const std::string_view s : group.sectors) add_sector(sectors, s);
            for (const std::string& s : e.sectors) add_sector(sectors, s);
            e.sectors = std::move(sectors);
            e.identifier_text = group.name;
            e.identifier_id = group.wikidata;
        }
        if (former(TokenRange{m.tokens.first, head}) && !e.sectors.empty() && e.sectors.front() == "GOV") {
            e.sectors = {"ELI"};
            e.office.clear();
        }
        if (const NameUse* name = m.plural ? nullptr : called(head); name != nullptr) {
            // "a senator from Borno, X"; "the paramilitary group X"
            const Entity known = entity_of(*name, name->tokens);
            const bool body = name->entry != kNoEntry && body_kind(name->kind) && name->kind != EntryKind::Media;
            if (body) {
                m.kind = MentionKind::Body;
                m.entry = name->entry;
                m.entities.push_back(known);
                return m;
            }
            if (name->kind == EntryKind::Person || name->type == NameType::ORG) {
                e.identifier_text = known.identifier_text;
                e.identifier_id = known.identifier_id;
                if (e.code.empty()) e.code = known.code;
            }
        }
        if (codes.size() > 1 && m.plural) {
            // "presidents of Russia and Iran", "US and Israeli officials": one of each.
            for (const std::string& code : codes) {
                Entity one = e;
                one.code = code;
                m.entities.push_back(std::move(one));
            }
            return m;
        }
        // "Western officials": of a part of the world that has no code; nothing may be guessed.
        bool elsewhere = relational(lower_ascii(a_.lemma[head]));
        for (Token t = m.tokens.first; t < head; ++t)
            if (const NameUse* use = name_at(t);
                use != nullptr && use->entry != kNoEntry && use->kind == EntryKind::Region)
                elsewhere |= world_.entry(use->entry).code.empty();
        // "aid agencies" of no named country are those of no one state.
        if (e.code.empty() && head > m.tokens.first) {
            const std::string words = lower_ascii(a_.lemma[head - 1]) + ' ' + lower_ascii(a_.lemma[head]);
            if (lexicon_.in_class(words, "ngo")) e.code = "NGO";
        }
        if (e.code.empty() && !elsewhere) {
            e.code = local_country(head);
            m.guessed_country = !e.code.empty();
        }
        // "foreign aid agencies", "international companies": of no state.
        const bool abroad = codes.empty() && alien(head);
        if (abroad) {
            const bool business = !e.sectors.empty() && e.sectors.front() == "BUS";
            const bool society = !e.sectors.empty() && one_of(e.sectors.front(), {"SOC", "NGO", "MED"});
            if (business || society) {
                e.code = business ? "MNC" : "NGO";
                m.guessed_country = false;
            }
        }
        // "the president": who holds the office.
        if (!e.office.empty() && !m.plural && !e.code.empty() && e.identifier_text.empty() && definite(tree_, head)) {
            if (const EntryId holder = world_.holder(e.code, e.office, day_); holder != kNoEntry) {
                const Entry p = world_.entry(holder);
                e.identifier_text = p.name;
                e.identifier_id = p.wikidata;
                e.via = Via::Coreference;
                m.entry = holder;
            }
        }
        m.entities.push_back(std::move(e));
        return m;
    }

    // "a Tunisian boatman", "two Chinese engineers": people of a nationality, though their trade is not known.
    if (a_.upos[head] == Upos::NOUN && lexicon_.in_class(lower_ascii(a_.lemma[head]), "person")) {
        Entity e;
        e.span = tree_.text_span(m.tokens);
        e.code = country_in(m.tokens, head);
        e.sectors = {"CVL"};
        if (!e.code.empty()) {
            m.kind = MentionKind::Role;
            m.entities.push_back(std::move(e));
        }
    }
    return m;
}

void Mentions::clause_others(Token pronoun, std::vector<Entity>& out) const {
    out.clear();
    const std::string word = lower_ascii(a_.form[pronoun]);
    const Rel rel = a_.rel[pronoun];
    if (word.ends_with("self") || word.ends_with("selves")) return;
    const Token verb = a_.head[pronoun];
    if (verb == kNoToken || a_.upos[verb] != Upos::VERB) return;
    if (rel == Rel::Nsubj) {
        // "they called on Turkey": the other way round.
        for (const Token c : tree_.children(verb)) {
            const NameUse* use = name_at(c);
            const std::string p = tree_.preposition(c);
            const bool other = a_.rel[c] == Rel::Obj || a_.rel[c] == Rel::Iobj ||
                               (a_.rel[c] == Rel::Obl && one_of(p, {"on", "with", "against", "to"}));
            if (other && use != nullptr && use->entry != kNoEntry) out.push_back(entity_of(*use, use->tokens));
        }
        return;
    }
    if (rel != Rel::Obj && rel != Rel::Iobj && rel != Rel::Obl) return;
    Token subject = tree_.child(verb, Rel::NsubjPass);
    bool inherited = false;
    if (subject == kNoToken) subject = tree_.subject(verb, inherited);
    // Only what stands before is known by now.
    if (subject == kNoToken || subject >= pronoun) return;
    entities(subject, out);
}

void Mentions::resolve_pronoun(Mention& m) const {
    const std::string word = lower_ascii(a_.form[m.head]);
    const std::uint32_t sentence = tree_.sentence_of(m.head);
    const auto take = [&](const Recent& r) {
        Entity e = r.entity;
        e.via = Via::Coreference;
        e.span = tree_.text_span(m.tokens);
        m.entities.push_back(std::move(e));
        m.kind = MentionKind::Pronoun;
    };
    const auto near = [&](const Recent& r, std::uint32_t window) {
        return sentence - tree_.sentence_of(r.head) <= window;
    };
    // "Bush congratulated him": within a clause an object that is no reflexive is another than the subject.
    std::vector<Entity> others;
    clause_others(m.head, others);
    const auto other_side = [&](const Recent& r) {
        return std::any_of(others.begin(), others.end(), [&](const Entity& s) {
            return s.code == r.entity.code && s.identifier_text == r.entity.identifier_text &&
                   s.sectors == r.entity.sectors;
        });
    };
    const auto best = [&](auto fits, std::uint32_t window) -> const Recent* {
        const Recent* chosen = nullptr;
        double top = -1;
        for (std::size_t i = recent_.size(); i-- > 0;) {
            const Recent& r = recent_[i];
            if (!near(r, window)) break;
            if (!fits(r) || other_side(r)) continue;
            const double distance = static_cast<double>(sentence - tree_.sentence_of(r.head));
            const double score = (r.subject ? 2.0 : 1.0) - 1.2 * distance + 0.001 * static_cast<double>(i);
            if (score > top + 1e-9) {
                top = score;
                chosen = &r;
            }
        }
        return chosen;
    };
    // Where the last sentences hold nobody, the language layer's chain leads farther.
    const auto chained = [&](auto fits) -> const Recent* {
        if (chain_at_[m.head] == 0) return nullptr;
        for (std::size_t i = recent_.size(); i-- > 0;)
            if (chain_at_[recent_[i].head] == chain_at_[m.head] && fits(recent_[i]) && !other_side(recent_[i]))
                return &recent_[i];
        return nullptr;
    };
    if (one_of(word, {"he", "she", "him", "her", "his", "hers", "himself", "herself"})) {
        const auto person = [&](const Recent& x) {
            if (x.plural) return false;
            if (x.kind == MentionKind::Person) return true;
            return x.kind == MentionKind::Role &&
                   !one_of(lower_ascii(a_.lemma[x.head]),
                           {"government", "police",     "army",    "military", "parliament", "court",    "party",
                            "opposition", "ministry",   "force",   "group",    "council",    "union",    "company",
                            "agency",     "commission", "cabinet", "media",    "coalition",  "congress", "senate",
                            "navy",       "militia",    "team",    "crowd",    "public"});
        };
        const Recent* r = best(person, 3);
        if (r == nullptr) r = chained(person);
        if (r != nullptr) take(*r);
    } else if (one_of(word, {"it", "its", "itself"})) {
        if (const Recent* r = best(
                [](const Recent& x) {
                    return (x.kind == MentionKind::State || x.kind == MentionKind::Body) && !x.plural &&
                           !x.entity.code.empty();
                },
                1))
            take(*r);
    } else if (one_of(word, {"they", "them", "their", "theirs", "themselves", "both"})) {
        const Recent* r = best([](const Recent& x) { return x.plural || x.kind == MentionKind::Body; }, 1);
        if (r != nullptr) {
            take(*r);
            // Others of the same coordination, or of the same phrase ("the presidents of Russia and Iran").
            std::vector<Token> members;
            tree_.conjuncts(r->head, members);
            for (const Recent& other : recent_)
                if (&other != r && std::find(members.begin(), members.end(), other.head) != members.end()) take(other);
        }
    }
}

void Mentions::name_service(Entity& officer) const {
    for (auto it = recent_.rbegin(); it != recent_.rend(); ++it) {
        const std::vector<std::string>& sectors = it->entity.sectors;
        if (sectors.empty() || (sectors.front() != "COP" && sectors.front() != "MIL")) continue;
        officer.sectors = {sectors.front()};
        return;
    }
}

bool Mentions::resolve_description(Mention& m) const {
    const std::string word = lower_ascii(a_.lemma[m.head]);
    const unsigned count = counted(tree_, m.head);
    const bool countries =
        one_of(word, {"country", "nation", "state", "neighbour", "neighbor", "republic", "power", "ally"});
    const bool leaders = one_of(word, {"leader", "president", "minister", "premier", "diplomat", "man", "politician",
                                       "official", "counterpart"});
    const bool sides = one_of(word, {"side", "party", "government", "capital", "rival", "foe", "army", "partner",
                                     "group", "delegation", "camp", "negotiator", "team", "force", "enemy"});
    const bool pair =
        m.plural && definite(tree_, m.head) && count == 0 &&
        one_of(word, {"country", "nation", "neighbour", "neighbor", "rival", "side", "leader", "foe", "ally"});
    // "three rebel groups", "two earlier presidents": others, that are introduced here.
    const bool introduced = !definite(tree_, m.head) && tree_.child(m.head, Rel::NmodPoss) == kNoToken &&
                            (tree_.has_child(m.head, Rel::Amod) || tree_.has_child(m.head, Rel::Compound));
    if ((count >= 2 || pair) && !introduced && (countries || leaders || sides) && m.plural) {
        if (!country_in(m.tokens, m.head).empty() && !one_of(word, {"neighbour", "neighbor", "rival", "foe"}))
            return false;
        const std::size_t wanted = count >= 2 ? count : 2;
        // Who has been spoken of most, lately more than long ago; the same participant once.
        struct Candidate {
            const Recent* recent;
            double weight;
            bool state;
        };
        std::vector<Candidate> candidates;
        double decay = 1;
        for (std::size_t i = recent_.size(); i-- > 0; decay *= 0.94) {
            const Recent& r = recent_[i];
            if (r.entity.code.empty()) continue;
            if (leaders && (r.kind != MentionKind::Person || (r.entity.office.empty() && word != "man"))) continue;
            if (countries && r.kind != MentionKind::State && r.kind != MentionKind::Person) continue;
            if (sides && !leaders && !countries && r.kind == MentionKind::Place) continue;
            const auto known = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& c) {
                return leaders ? c.recent->entity.identifier_text == r.entity.identifier_text
                               : c.recent->entity.code == r.entity.code;
            });
            const bool state = r.kind == MentionKind::State;
            if (known == candidates.end()) {
                candidates.push_back({&r, decay, state});
            } else {
                known->weight += decay;
                known->state |= state;
            }
        }
        // A state is rather one that is named itself than one whose president is.
        if (countries &&
            std::count_if(candidates.begin(), candidates.end(), [](const Candidate& c) { return c.state; }) >= 2)
            std::erase_if(candidates, [](const Candidate& c) { return !c.state; });
        std::stable_sort(candidates.begin(), candidates.end(),
                         [](const Candidate& x, const Candidate& y) { return x.weight > y.weight; });
        std::vector<const Recent*> chosen;
        for (std::size_t i = 0; i < candidates.size() && i < wanted; ++i) chosen.push_back(candidates[i].recent);
        if (chosen.size() < 2) return false;
        m.kind = MentionKind::Description;
        const bool armed = one_of(word, {"army", "force", "military", "navy"});
        for (auto it = chosen.rbegin(); it != chosen.rend(); ++it) {
            Entity e = (*it)->entity;
            if (!leaders && (*it)->kind != MentionKind::State) {
                const EntryId state = world_.country(e.code);
                if (state == kNoEntry) continue;
                const Entry s = world_.entry(state);
                e = Entity{};
                e.code = s.code;
                e.identifier_text = s.name;
                e.identifier_id = s.wikidata;
                e.sectors = {"GOV"};
            }
            if (armed) e.sectors = {"MIL"};
            e.via = Via::Membership;
            e.span = tree_.text_span(m.tokens);
            m.entities.push_back(std::move(e));
        }
        return true;
    }
    if (m.plural || !definite(tree_, m.head)) return false;
    if (word == "capital" && !focus_.empty() && country_in(m.tokens, m.head).empty()) {
        Entity e;
        e.code = focus_;
        e.via = Via::Coreference;
        e.span = tree_.text_span(m.tokens);
        m.kind = MentionKind::Place;
        m.guessed_country = true;
        m.entities.push_back(std::move(e));
        return true;
    }
    if (!country_in(m.tokens, m.head).empty()) return false;
    const bool group = one_of(word, {"group", "organisation", "organization", "movement", "militia", "party", "company",
                                     "bloc", "alliance", "body", "agency", "front", "coalition", "faction", "league",
                                     "union", "airline", "firm"});
    if (!countries && !group) return false;
    for (std::size_t i = recent_.size(); i-- > 0;) {
        const Recent& r = recent_[i];
        if (tree_.sentence_of(m.head) - tree_.sentence_of(r.head) > 3) break;
        if (r.entity.code.empty()) continue;
        if (group ? r.kind != MentionKind::Body : r.kind != MentionKind::State && r.kind != MentionKind::Place)
            continue;
        Entity e = r.entity;
        if (!group) {
            e.sectors = {"GOV"};
            if (const EntryId state = world_.country(e.code); state != kNoEntry)
                e.identifier_text = world_.entry(state).name;
        }
        e.via = Via::Coreference;
        e.span = tree_.text_span(m.tokens);
        m.kind = MentionKind::Description;
        m.entities.push_back(std::move(e));
        return true;
    }
    return false;
}

void Mentions::remember(const Mention& m) {
    if (m.kind == MentionKind::Agreement) return;
    const Rel rel = a_.rel[tree_.first_conjunct(m.head)];
    const bool subject = rel == Rel::Nsubj || rel == Rel::NsubjPass;
    const bool coordinated = a_.rel[m.head] == Rel::Conj || tree_.has_child(m.head, Rel::Conj);
    for (const Entity& e : m.entities) {
        MentionKind kind = m.kind;
        if (kind == MentionKind::Pronoun || kind == MentionKind::Description)
            kind = e.office.empty() && e.code.size() == 3 && e.identifier_text.empty() ? MentionKind::Role : kind;
        if (m.kind == MentionKind::Pronoun || m.kind == MentionKind::Description) {
            // Keep the kind of what was referred to.
            for (auto it = recent_.rbegin(); it != recent_.rend(); ++it)
                if (it->entity.identifier_text == e.identifier_text && it->entity.code == e.code) {
                    kind = it->kind;
                    break;
                }
        }
        Recent r{e, kind, m.head, subject, m.plural || (coordinated && m.kind != MentionKind::Person)};
        if (m.kind == MentionKind::Role && m.entry != kNoEntry) r.kind = MentionKind::Person;
        recent_.push_back(std::move(r));
    }
}

void Mentions::entities(Token filler, std::vector<Entity>& out) const {
    out.clear();
    std::vector<Token> members;
    // A conjunct that is itself the filler brings those after it; the first brings all.
    members.push_back(filler);
    for (std::size_t i = 0; i < members.size() && members.size() < 32; ++i)
        for (const Token c : tree_.children(members[i]))
            if (a_.rel[c] == Rel::Conj) members.push_back(c);
    std::sort(members.begin(), members.end());
    const auto add = [&](const Entity& e) {
        for (Entity& known : out)
            if (known.code == e.code && known.identifier_text == e.identifier_text && known.sectors == e.sectors)
                return;
        out.push_back(e);
    };
    for (const Token t : members) {
        if (const Mention* m = at(t); m != nullptr && !m->entities.empty()) {
            for (const Entity& e : m->entities) add(e);
            continue;
        }
        bool found = false;
        for (const Token c : tree_.children(t))
            if (a_.rel[c] == Rel::Appos)
                if (const Mention* m = at(c);
                    m != nullptr && !m->entities.empty() && !m->entities.front().code.empty()) {
                    for (const Entity& e : m->entities) add(e);
                    found = true;
                }
        if (found) continue;
        // "allies such as X", "members of X": the name inside.
        if (a_.upos[t] == Upos::ADJ || a_.rel[t] == Rel::Amod || a_.rel[t] == Rel::Compound) {
            if (const auto e = modifier_entity(t)) add(*e);
        }
    }
}

bool Mentions::is_actor(Token filler) const {
    std::vector<Entity> found;
    entities(filler, found);
    return std::any_of(found.begin(), found.end(), [](const Entity& e) { return !e.code.empty(); });
}

} // namespace kadesh
