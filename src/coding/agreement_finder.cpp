#include "coding/agreement_finder.hpp"

#include "base/ascii.hpp"
#include "base/text_hash.hpp"
#include "coding/act_finder.hpp"
#include "coding/attribution.hpp"
#include "coding/truth.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace kadesh {

namespace {

template <std::size_t N> bool in(std::string_view word, const std::array<std::string_view, N>& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Words before an agreement noun that say nothing about which agreement it is.
constexpr std::array<std::string_view, 34> kGeneric = {
    "new",           "comprehensive", "landmark", "historic", "multinational", "multilateral",  "bilateral",
    "international", "major",         "final",    "draft",    "long-term",     "key",           "latest",
    "current",       "existing",      "previous", "old",      "original",      "controversial", "proposed",
    "planned",       "signed",        "joint",    "mutual",   "formal",        "own",           "several",
    "other",         "such",          "similar",  "separate", "tentative",     "preliminary"};

/// Kinds in order of how much they say; the most telling word of a cluster names its kind.
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kKinds = {{{"treaty", "treaty"},
                                                                                   {"convention", "convention"},
                                                                                   {"protocol", "protocol"},
                                                                                   {"ceasefire", "ceasefire"},
                                                                                   {"cease-fire", "ceasefire"},
                                                                                   {"truce", "ceasefire"},
                                                                                   {"armistice", "ceasefire"},
                                                                                   {"memorandum", "memorandum"},
                                                                                   {"mou", "memorandum"},
                                                                                   {"accord", "accord"},
                                                                                   {"accords", "accord"},
                                                                                   {"pact", "pact"},
                                                                                   {"charter", "charter"},
                                                                                   {"declaration", "declaration"},
                                                                                   {"communique", "declaration"},
                                                                                   {"concordat", "treaty"},
                                                                                   {"compact", "pact"},
                                                                                   {"covenant", "convention"},
                                                                                   {"roadmap", "roadmap"},
                                                                                   {"settlement", "settlement"},
                                                                                   {"contract", "contract"},
                                                                                   {"deal", "deal"},
                                                                                   {"arrangement", "arrangement"},
                                                                                   {"agreement", "agreement"},
                                                                                   {"partnership", "partnership"},
                                                                                   {"understanding", "understanding"}}};

/// Verbs whose object or complement lists what an agreement is about.
constexpr std::array<std::string_view, 22> kCoverVerbs = {
    "cover",     "include", "provide",  "encompass", "span",       "involve", "address", "regulate",
    "govern",    "concern", "envisage", "envision",  "outline",    "contain", "focus",   "pledge",
    "establish", "foresee", "limit",    "expand",    "strengthen", "deepen"};

constexpr std::array<std::string_view, 10> kSucceedVerbs = {"replace", "supersede", "succeed", "update", "extend",
                                                            "build",   "renew",     "follow",  "expand", "supplant"};

int number_word(std::string_view w) {
    int value = 0;
    const auto [end, error] = std::from_chars(w.data(), w.data() + w.size(), value);
    if (error == std::errc{} && end == w.data() + w.size()) return value;
    static constexpr std::array<std::string_view, 13> kWords = {
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
    for (std::size_t i = 0; i < kWords.size(); ++i)
        if (w == kWords[i]) return static_cast<int>(i);
    if (w == "twenty") return 20;
    if (w == "thirty") return 30;
    if (w == "fifty") return 50;
    if (w == "a" || w == "an") return 1;
    return 0;
}

} // namespace

AgreementFinder::AgreementFinder(const Document& document, const Tree& tree, const Mentions& mentions,
                                 const World& world, const Lexicon& lexicon, const Attributions& attributions,
                                 const std::vector<TimeExpression>& times, std::optional<Day> day)
    : doc_(document), tree_(tree), a_(tree.annotation()), mentions_(mentions), world_(world), lexicon_(lexicon),
      attributions_(attributions), times_(times), day_(day) {}

bool AgreementFinder::agreement_word(Token t) const {
    if (a_.upos[t] != Upos::NOUN && a_.upos[t] != Upos::PROPN) return false;
    const std::string l = lower_ascii(a_.lemma[t]);
    return std::any_of(kKinds.begin(), kKinds.end(), [&](const auto& k) { return k.first == l; }) &&
           l != "partnership" && l != "understanding" && l != "arrangement" && l != "contract" && l != "settlement" &&
           l != "roadmap";
}

void AgreementFinder::collect() {
    for (Token t = 0; t < a_.size(); ++t) {
        const NameUse* name = mentions_.name_at(t);
        const bool named = name != nullptr && name->kind == EntryKind::Agreement && name->entry != kNoEntry;
        if (named && name->tokens.first != t) continue;
        Reference r;
        if (named) {
            // The head of the name in the tree.
            r.head = t;
            for (Token k = name->tokens.first; k < name->tokens.last; ++k)
                if (a_.head[k] == kNoToken || !name->tokens.contains(a_.head[k])) r.head = k;
            r.known = name->entry;
            r.phrase = {std::min(name->tokens.first, tree_.core_phrase(r.head).first),
                        std::max(name->tokens.last, tree_.core_phrase(r.head).last)};
            if (const auto k = world_.agreement(name->entry)) r.kind = std::string(k->kind);
        } else {
            if (name != nullptr && name->entry != kNoEntry && name->kind != EntryKind::Agreement &&
                name->tokens.size() > 1)
                continue;
            if (!agreement_word(t)) continue;
            if (a_.rel[t] == Rel::Compound || a_.rel[t] == Rel::Flat || a_.rel[t] == Rel::Amod) continue;
            if (a_.xpos[t] == "NNS" && lower_ascii(a_.form[t]) != "accords") continue;
            const std::string p = tree_.preposition(t);
            if (p == "in" && !tree_.has_child(t, Rel::Det)) continue; // "in agreement"
            r.head = t;
            r.phrase = tree_.core_phrase(t);
            r.kind = lower_ascii(a_.lemma[t]);
        }
        bool skip = false;
        for (const Token c : tree_.children(r.head)) {
            const std::string form = lower_ascii(a_.form[c]);
            if (a_.rel[c] == Rel::Det) {
                if (form == "the" || form == "this" || form == "that") r.definite = true;
                if (form == "a" || form == "an" || form == "another") r.indefinite = true;
                if (form == "no" || form == "any" || form == "every" || form == "each" || form == "some") skip = true;
            }
            if (a_.rel[c] == Rel::NmodPoss) r.definite = true;
            if (c < r.head && (a_.rel[c] == Rel::Amod || a_.rel[c] == Rel::Compound || a_.rel[c] == Rel::Nummod ||
                               a_.rel[c] == Rel::NmodPoss || a_.rel[c] == Rel::NmodDesc)) {
                if (const auto e = mentions_.modifier_entity(c); e && !e->code.empty()) {
                    add_entities(r.parties, {*e});
                    for (const Token k : tree_.children(c))
                        if (a_.rel[k] == Rel::Conj || a_.rel[k] == Rel::Compound)
                            if (const auto other = mentions_.modifier_entity(k)) add_entities(r.parties, {*other});
                } else if (a_.upos[c] != Upos::NUM && a_.upos[c] != Upos::PUNCT && a_.upos[c] != Upos::PRON &&
                           !in(form, kGeneric) && number_word(form.substr(0, form.find('-'))) == 0) {
                    r.modifiers.push_back(lower_ascii(a_.lemma[c]));
                }
            }
            if (a_.rel[c] == Rel::Nmod || a_.rel[c] == Rel::Obl) {
                const std::string p = tree_.preposition(c);
                std::vector<Entity> found;
                if (p == "between" || p == "with" || p == "among") {
                    mentions_.entities(c, found);
                    add_entities(r.parties, found);
                } else if (p == "on" || p == "over") {
                    r.modifiers.push_back(lower_ascii(a_.lemma[c]));
                }
            }
        }
        if (skip) continue;
        for (const TimeExpression& e : times_) {
            const Token up = a_.head[e.head];
            if (up == r.head && e.range.length() >= 28 && !e.duration &&
                (e.head < r.head || tree_.preposition(e.head) == "of"))
                r.year = e.range;
        }
        references_.push_back(std::move(r));
    }
}

void AgreementFinder::cluster(const std::vector<EventOfAct>& events) {
    const auto shares = [](const std::vector<std::string>& x, const std::vector<std::string>& y) {
        return std::any_of(x.begin(), x.end(),
                           [&](const std::string& w) { return std::find(y.begin(), y.end(), w) != y.end(); });
    };
    const auto codes_agree = [](const std::vector<Entity>& x, const std::vector<Entity>& y) {
        // Every party of the smaller side is among the larger's.
        if (x.empty() || y.empty()) return true;
        const auto& small = x.size() <= y.size() ? x : y;
        const auto& large = x.size() <= y.size() ? y : x;
        return std::all_of(small.begin(), small.end(), [&](const Entity& e) {
            return std::any_of(large.begin(), large.end(), [&](const Entity& o) { return o.code == e.code; });
        });
    };
    // Who signs a mentioned agreement is party to it.
    for (Reference& r : references_)
        for (const EventOfAct& e : events) {
            if (e.act->type != EventType::Support || !e.act->cameo.starts_with("057") || e.act->actors.size() < 2)
                continue;
            if (std::find(e.act->objects.begin(), e.act->objects.end(), r.head) != e.act->objects.end() ||
                e.act->trigger == r.head)
                add_entities(r.parties, e.act->actors);
        }
    for (std::size_t i = 0; i < references_.size(); ++i) {
        Reference& r = references_[i];
        int chosen = -1;
        // The world's agreement, by name or by the year and words that describe it.
        if (r.known == kNoEntry && r.year && !r.modifiers.empty()) {
            for (const std::string& m : r.modifiers) {
                std::vector<NameHit> hits;
                world_.find(std::to_string(r.year->first.year()) + " " + m + " " + r.kind, hits);
                for (const NameHit& h : hits)
                    if (world_.entry(h.entry).kind == EntryKind::Agreement) r.known = h.entry;
            }
        }
        double top = 0;
        for (std::size_t c = 0; c < clusters_.size(); ++c) {
            const Cluster& k = clusters_[c];
            if (r.known != kNoEntry && k.known != kNoEntry && r.known != k.known) continue;
            if (r.known != kNoEntry && r.known == k.known) {
                chosen = static_cast<int>(c);
                break;
            }
            if (r.year && k.year && !(r.year->first <= k.year->last && k.year->first <= r.year->last)) continue;
            if (r.year && !k.year && r.year->last < (day_ ? day_->plus(-60) : Day{INT32_MAX})) continue;
            if (!codes_agree(r.parties, k.parties)) continue;
            const std::uint32_t gap = tree_.sentence_of(r.head) - tree_.sentence_of(k.last);
            double score = 1.0 - 0.05 * static_cast<double>(std::min<std::uint32_t>(gap, 15));
            if (shares(r.modifiers, k.modifiers))
                score += 2;
            else if (!r.modifiers.empty() && !k.modifiers.empty())
                score -= 0.8;
            if (!r.parties.empty() && !k.parties.empty()) score += 1;
            if (r.indefinite && r.parties.empty() && gap > 2) score -= 1;
            if (r.year && k.year)
                score += 2;
            else if (k.year && !r.year && k.year->last < (day_ ? day_->plus(-60) : Day{INT32_MIN}) &&
                     !shares(r.modifiers, k.modifiers))
                score -= 0.7; // an agreement of the past is named again by its date
            score += 0.15 * static_cast<double>(std::min<std::size_t>(k.references.size(), 4));
            if (score > top && score > 0.35) {
                top = score;
                chosen = static_cast<int>(c);
            }
        }
        if (chosen < 0) {
            clusters_.emplace_back();
            chosen = static_cast<int>(clusters_.size()) - 1;
        }
        Cluster& k = clusters_[static_cast<std::size_t>(chosen)];
        k.references.push_back(i);
        for (const std::string& m : r.modifiers)
            if (std::find(k.modifiers.begin(), k.modifiers.end(), m) == k.modifiers.end()) k.modifiers.push_back(m);
        for (const Entity& e : r.parties)
            if (std::none_of(k.parties.begin(), k.parties.end(), [&](const Entity& o) { return o.code == e.code; }))
                k.parties.push_back(e);
        if (r.year) k.year = r.year;
        if (r.known != kNoEntry) k.known = r.known;
        k.last = r.head;
        r.cluster = chosen;
    }
}

const AgreementFinder::Reference* AgreementFinder::reference_at(Token t) const {
    for (const Reference& r : references_)
        if (r.head == t) return &r;
    return nullptr;
}

void AgreementFinder::subjects_in(TokenRange range, std::vector<std::string>& out) const {
    const auto add = [&](std::string_view words) {
        for (const std::string_view subject : lexicon_.subjects(words))
            if (std::ranges::find(out, subject) == out.end()) out.emplace_back(subject);
        return !lexicon_.subjects(words).empty();
    };
    for (Token t = range.first; t < range.last; ++t) {
        if (a_.upos[t] != Upos::NOUN && a_.upos[t] != Upos::ADJ && a_.upos[t] != Upos::PROPN &&
            a_.upos[t] != Upos::VERB)
            continue;
        if (mentions_.name_at(t) != nullptr) continue;
        const std::string lemma = lower_ascii(a_.lemma[t]);
        if (t + 1 < range.last && add(lemma + ' ' + lower_ascii(a_.lemma[t + 1]))) {
            ++t;
            continue;
        }
        add(lemma);
        // "political-military"
        for (std::string_view rest = lemma; rest.find('-') != std::string_view::npos;) {
            add(rest.substr(0, rest.find('-')));
            rest.remove_prefix(rest.find('-') + 1);
            if (rest.find('-') == std::string_view::npos) add(rest);
        }
    }
}

void AgreementFinder::facts(Agreement& agreement, const Cluster& cluster) {
    for (const std::size_t index : cluster.references) {
        const Reference& r = references_[index];
        subjects_in(r.phrase, agreement.subjects);
        // What hangs on the noun: "agreement on trade", "a deal to limit enrichment".
        for (const Token c : tree_.children(r.head)) {
            const std::string p = tree_.preposition(c);
            if ((a_.rel[c] == Rel::Nmod && (p == "on" || p == "for" || p == "in" || p == "about")) ||
                a_.rel[c] == Rel::Acl || a_.rel[c] == Rel::AclRelcl)
                subjects_in(tree_.subtree(c), agreement.subjects);
            // "a memorandum of understanding to rebuild the pipeline"
            if (const Token aim = p == "of" ? tree_.child(c, Rel::Acl) : kNoToken; aim != kNoToken)
                subjects_in(tree_.subtree(aim), agreement.subjects);
        }
        // What it is made for: "sign an accord to exchange workers", "allowing visits of troops".
        const Token maker = a_.head[r.head];
        if (maker != kNoToken && (a_.rel[r.head] == Rel::Obj || a_.rel[r.head] == Rel::NsubjPass)) {
            for (const Token c : tree_.children(maker)) {
                const bool purpose =
                    a_.rel[c] == Rel::Xcomp || (a_.rel[c] == Rel::Advcl && !tree_.has_child(c, Rel::Nsubj));
                const bool for_what = a_.rel[c] == Rel::Obl && tree_.preposition(c) == "for";
                if (c > r.head && (purpose || for_what)) subjects_in(tree_.subtree(c), agreement.subjects);
            }
        }
        // The clause that it is the subject of.
        if (a_.rel[r.head] == Rel::Nsubj && a_.head[r.head] != kNoToken) {
            const Token verb = a_.head[r.head];
            if (in(lower_ascii(a_.lemma[verb]), kCoverVerbs)) {
                for (const Token c : tree_.children(verb))
                    if (a_.rel[c] == Rel::Obj || a_.rel[c] == Rel::Obl || a_.rel[c] == Rel::Xcomp ||
                        a_.rel[c] == Rel::Advcl)
                        subjects_in(tree_.subtree(c), agreement.subjects);
            }
        }
        const std::uint32_t s = tree_.sentence_of(r.head);
        const TokenRange sentence = a_.sentences[s];
        // Term: a span of years in a sentence that says how long it holds.
        if (agreement.term.empty()) {
            bool holds = false;
            for (Token t = sentence.first; t < sentence.last; ++t) {
                const std::string l = lower_ascii(a_.lemma[t]);
                if (l == "effect" || l == "force" || l == "valid" || l == "term" || l == "last" || l == "expire" ||
                    l == "run" || l == "duration" || l == "period" || l == "remain" || l == "extend" || l == "renew" ||
                    l == "prolong")
                    holds = true;
            }
            for (Token t = sentence.first; t < sentence.last; ++t) {
                std::string l = lower_ascii(a_.lemma[t]);
                int n = 0;
                char unit = 0;
                bool adjective = false;
                if (const std::size_t hyphen = l.find('-'); hyphen != std::string::npos) {
                    const std::string tail = l.substr(hyphen + 1);
                    n = number_word(l.substr(0, hyphen));
                    unit = tail.starts_with("year")    ? 'Y'
                           : tail.starts_with("month") ? 'M'
                           : tail.starts_with("day")   ? 'D'
                                                       : 0;
                    adjective = true;
                } else if (l == "year" || l == "month" || l == "day") {
                    if (t > sentence.first) n = number_word(lower_ascii(a_.form[t - 1]));
                    if (n == 0 && t >= sentence.first + 2 && a_.form[t - 1] == "-") {
                        n = number_word(lower_ascii(a_.form[t - 2]));
                        adjective = true;
                    }
                    unit = static_cast<char>(std::toupper(static_cast<unsigned char>(l[0])));
                }
                if (n <= 0 || unit == 0) continue;
                const bool of_it = adjective && r.phrase.contains(t);
                const std::string p = tree_.preposition(t);
                const bool measure =
                    p.empty() && (a_.rel[t] == Rel::Obj || a_.rel[t] == Rel::OblUnmarked || a_.rel[t] == Rel::Obl);
                const bool clause = !adjective && holds && (p == "for" || p == "of" || p == "by" || measure) &&
                                    tree_.below(t, a_.head[r.head] == kNoToken ? r.head : a_.head[r.head]);
                if (!of_it && !clause) continue;
                agreement.term = "P" + std::to_string(n) + std::string(1, unit);
                agreement.term_attribution = attributions_.of(t, mentions_);
                agreement.evidence.push_back({s, tree_.text_span(sentence), a_.span[t]});
                break;
            }
        }
        // Details kept from the public.
        for (Token t = sentence.first; t < sentence.last; ++t) {
            const std::string l = lower_ascii(a_.lemma[t]);
            const std::string form = lower_ascii(a_.form[t]);
            const bool about = l == "detail" || l == "text" || l == "content" || l == "term" || l == "provision";
            if (!about) continue;
            for (Token k = sentence.first; k < sentence.last; ++k) {
                const std::string w = lower_ascii(a_.form[k]);
                if (w == "undisclosed" || w == "secret" || w == "confidential" || w == "unpublished")
                    agreement.disclosed = false;
                if (w == "disclosed" || w == "released" || w == "published" || w == "public") {
                    bool negated = false;
                    for (const Token c : tree_.children(k))
                        if (a_.lemma[c] == "not" || a_.lemma[c] == "never") negated = true;
                    if (negated)
                        agreement.disclosed = false;
                    else if (!agreement.disclosed && w != "public" && tree_.passive(k))
                        agreement.disclosed = true;
                }
            }
        }
    }
}

void AgreementFinder::add_action(Agreement& agreement, std::string_view what, const EventOfAct& e) const {
    for (const AgreementAction& known : agreement.actions)
        if (known.what == what && known.event == e.event->id) return;
    // Told again, the same step by the same parties is no further step; the telling with names stands.
    const auto codes = [](const std::vector<Entity>& list) {
        std::vector<std::string> out;
        for (const Entity& x : list) out.push_back(x.code);
        std::sort(out.begin(), out.end());
        return out;
    };
    for (AgreementAction& known : agreement.actions) {
        if (known.what != what || codes(known.by) != codes(e.event->actors)) continue;
        if (known.date && e.event->date && known.date->first != e.event->date->first) continue;
        if (!known.by.empty() && known.by.front().identifier_text.empty() &&
            !e.event->actors.front().identifier_text.empty()) {
            known.by = e.event->actors;
            known.event = e.event->id;
            known.evidence = e.event->evidence;
        }
        return;
    }
    AgreementAction action;
    action.what = what;
    action.by = e.event->actors;
    action.date = e.event->date;
    action.attribution = e.event->attribution;
    action.event = e.event->id;
    action.evidence = e.event->evidence;
    agreement.actions.push_back(std::move(action));
}

void AgreementFinder::lineage(std::vector<Agreement>& agreements) const {
    for (const Reference& r : references_) {
        const Token verb = a_.head[r.head];
        if (verb == kNoToken || a_.rel[r.head] != Rel::Nsubj || !in(lower_ascii(a_.lemma[verb]), kSucceedVerbs))
            continue;
        for (const Token c : tree_.children(verb)) {
            const std::string p = tree_.preposition(c);
            const bool base =
                a_.rel[c] == Rel::Obj || (a_.rel[c] == Rel::Obl && (p == "on" || p == "upon" || p == "to"));
            if (!base) continue;
            const Reference* other = reference_at(c);
            if (other == nullptr || other->cluster == r.cluster) continue;
            Agreement& newer = agreements[static_cast<std::size_t>(r.cluster)];
            Agreement& older = agreements[static_cast<std::size_t>(other->cluster)];
            newer.predecessor = older.id;
            older.successor = newer.id;
            if (newer.parties.empty()) newer.parties = older.parties;
            if (older.parties.empty()) older.parties = newer.parties;
        }
    }
}

std::string AgreementFinder::status_of(const Agreement& agreement) const {
    // The furthest stage that the document tells, the end outranking the course.
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kStages = {
        {{"terminate", "terminated"},
         {"expire", "expired"},
         {"violate", "broken"},
         {"withdraw", "withdrawn from"},
         {"suspend", "suspended"},
         {"renew", "renewed"},
         {"extend", "renewed"},
         {"enter", "in force"},
         {"ratify", "ratified"},
         {"sign", "signed"},
         {"announce", "announced"},
         {"negotiate", "negotiated"}}};
    for (const auto& [what, status] : kStages)
        for (const AgreementAction& action : agreement.actions)
            if (action.what == what) {
                std::string out(status);
                if (what == "withdraw" && !action.by.empty()) out = "withdrawn by " + action.by.front().code;
                return out;
            }
    if (agreement.signed_on) return "signed";
    return {};
}

std::vector<Agreement> AgreementFinder::find(const std::vector<EventOfAct>& events) {
    collect();
    cluster(events);
    std::vector<Agreement> out;
    for (const Cluster& k : clusters_) {
        Agreement agreement;
        const Reference& first = references_[k.references.front()];
        const TextSpan first_span = tree_.text_span(first.phrase);
        agreement.id = "agr-" + hex(hash64(doc_.id + "#" + std::to_string(first_span.start)), 12);
        // The most telling kind, and the longest description as a name.
        std::size_t best_kind = kKinds.size();
        std::size_t longest = 0;
        for (const std::size_t index : k.references) {
            const Reference& r = references_[index];
            for (std::size_t i = 0; i < kKinds.size(); ++i)
                if (kKinds[i].first == r.kind && i < best_kind) best_kind = i;
            TokenRange phrase = r.phrase;
            while (phrase.first < r.head &&
                   (a_.upos[phrase.first] == Upos::DET || a_.upos[phrase.first] == Upos::PUNCT))
                ++phrase.first;
            const TextSpan span = tree_.text_span(phrase);
            agreement.mentions.push_back(tree_.text_span(r.phrase));
            if (phrase.size() > longest) {
                longest = phrase.size();
                agreement.name = doc_.text.substr(span.start, span.end - span.start);
            }
            agreement.evidence.push_back({tree_.sentence_of(r.head),
                                          tree_.text_span(a_.sentences[tree_.sentence_of(r.head)]),
                                          tree_.text_span(r.phrase)});
        }
        agreement.kind = best_kind < kKinds.size() ? std::string(kKinds[best_kind].second) : std::string("agreement");
        agreement.parties = k.parties;
        facts(agreement, k);

        for (const EventOfAct& e : events) {
            const bool acts_on = std::any_of(k.references.begin(), k.references.end(), [&](std::size_t index) {
                const Token head = references_[index].head;
                return e.act->trigger == head ||
                       std::find(e.act->objects.begin(), e.act->objects.end(), head) != e.act->objects.end();
            });
            if (!acts_on) continue;
            e.event->agreement = agreement.id;
            // What did not or may not happen is no step of its life; a step to come may be announced.
            if ((e.event->auxiliary & (kNegated | kHypothetical)) != 0) continue;
            if ((e.event->auxiliary & kFuture) != 0 && e.act->type != EventType::Agree) continue;
            const std::string verb = lower_ascii(a_.lemma[e.act->trigger]);
            if (e.act->cameo.starts_with("057")) {
                const bool ratified = verb == "ratify" || verb == "approve" || verb == "ratification";
                const bool renewed = verb == "renew" || verb == "extend" || verb == "prolong" || verb == "renewal";
                add_action(agreement, ratified ? "ratify" : renewed ? "renew" : "sign", e);
                if (!ratified && !renewed && (e.event->auxiliary & (kFuture | kNegated | kHypothetical)) == 0) {
                    for (const Entity& actor : e.event->actors) {
                        if (std::none_of(agreement.parties.begin(), agreement.parties.end(),
                                         [&](const Entity& p) { return p.code == actor.code; }))
                            agreement.parties.push_back(actor);
                        if (!actor.office.empty() && !actor.identifier_text.empty() &&
                            std::none_of(agreement.signatories.begin(), agreement.signatories.end(),
                                         [&](const Entity& p) { return p.identifier_text == actor.identifier_text; }))
                            agreement.signatories.push_back(actor);
                    }
                    if (e.event->date && (!agreement.signed_on || e.event->date_basis == DateBasis::Text))
                        agreement.signed_on = DatedFact{*e.event->date, e.event->date_basis};
                    if (e.event->place && agreement.place.empty()) agreement.place = e.event->place->name;
                }
            } else if (e.act->type == EventType::Sanction || e.act->type == EventType::Reject) {
                const bool suspends = verb == "suspend" || verb == "freeze" || verb == "pause";
                // A mere rejection is no step in the life of what was never agreed.
                if (e.act->type == EventType::Reject && verb != "withdraw") continue;
                add_action(agreement, suspends ? "suspend" : "withdraw", e);
                if (agreement.parties.empty() ||
                    std::none_of(agreement.parties.begin(), agreement.parties.end(), [&](const Entity& p) {
                        return !e.event->actors.empty() && p.code == e.event->actors.front().code;
                    }))
                    for (const Entity& actor : e.event->actors) agreement.parties.push_back(actor);
            } else if (e.act->type == EventType::Agree) {
                add_action(agreement, "announce", e);
            } else if (e.act->type == EventType::Consult) {
                add_action(agreement, "negotiate", e);
            }
        }
        // Verbs on the agreement that make no event of their own: "has been periodically renewed", "violated the
        // truce".
        for (const std::size_t index : k.references) {
            const Reference& r = references_[index];
            const auto note = [&](Token verb) {
                static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kActions = {
                    {{"renew", "renew"},
                     {"extend", "extend"},
                     {"amend", "amend"},
                     {"ratify", "ratify"},
                     {"violate", "violate"},
                     {"breach", "violate"},
                     {"break", "violate"},
                     {"suspend", "suspend"},
                     {"terminate", "terminate"},
                     {"expire", "expire"},
                     {"lapse", "expire"},
                     {"negotiate", "negotiate"},
                     {"scrap", "terminate"},
                     {"abandon", "withdraw"}}};
                const std::string l = lower_ascii(a_.lemma[verb]);
                Act told;
                told.trigger = told.carrier = verb;
                told.trigger_tokens = {verb, verb + 1};
                if (truth_of(told, tree_, lexicon_) != 0) return;
                // "refused to ratify", "wants to renew": the governing word decides.
                for (Token t = verb; a_.head[t] != kNoToken && (a_.rel[t] == Rel::Xcomp || a_.rel[t] == Rel::Ccomp);
                     t = a_.head[t]) {
                    const Effect effect = lexicon_.effect(lower_ascii(tree_.predicate_lemma(a_.head[t])), LexPos::Verb);
                    if (effect != Effect::None && effect != Effect::Report && effect != Effect::GoOn &&
                        effect != Effect::Begin)
                        return;
                }
                for (const auto& [word, what] : kActions) {
                    if (l != word) continue;
                    if (std::any_of(
                            agreement.actions.begin(), agreement.actions.end(),
                            [&, action_name = what](const AgreementAction& x) { return x.what == action_name; }))
                        continue;
                    AgreementAction action;
                    action.what = what;
                    const std::uint32_t s = tree_.sentence_of(verb);
                    action.evidence = {s, tree_.text_span(a_.sentences[s]), a_.span[verb]};
                    action.attribution = attributions_.of(verb, mentions_);
                    bool inherited = false;
                    if (const Token subject = tree_.subject(verb, inherited); subject != kNoToken && subject != r.head)
                        mentions_.entities(subject, action.by);
                    agreement.actions.push_back(std::move(action));
                }
            };
            if ((a_.rel[r.head] == Rel::Obj || a_.rel[r.head] == Rel::NsubjPass || a_.rel[r.head] == Rel::Nsubj) &&
                a_.head[r.head] != kNoToken && a_.upos[a_.head[r.head]] == Upos::VERB)
                note(a_.head[r.head]);
            for (const Token c : tree_.children(r.head))
                if ((a_.rel[c] == Rel::AclRelcl || a_.rel[c] == Rel::Acl) && tree_.passive(c)) note(c);
        }
        if (k.known != kNoEntry) {
            const Entry e = world_.entry(k.known);
            agreement.name = e.name;
            if (const auto known = world_.agreement(k.known)) {
                for (const std::string_view code : known->parties)
                    if (std::none_of(agreement.parties.begin(), agreement.parties.end(),
                                     [&](const Entity& p) { return p.code == code; })) {
                        Entity party;
                        party.code = code;
                        if (const EntryId state = world_.country(code); state != kNoEntry)
                            party.identifier_text = world_.entry(state).name;
                        agreement.parties.push_back(std::move(party));
                    }
                for (const std::string_view s : known->subjects)
                    if (std::find(agreement.subjects.begin(), agreement.subjects.end(), s) == agreement.subjects.end())
                        agreement.subjects.emplace_back(s);
                if (known->signed_on && !agreement.signed_on)
                    agreement.signed_on = DatedFact{*known->signed_on, DateBasis::Context};
                if (known->in_force) agreement.in_force = DatedFact{*known->in_force, DateBasis::Context};
                if (known->expires) agreement.expires = DatedFact{*known->expires, DateBasis::Context};
            }
        }
        if (!agreement.signed_on && k.year) agreement.signed_on = DatedFact{*k.year, DateBasis::Text};
        if (agreement.signed_on && !agreement.term.empty() && !agreement.expires && agreement.term.back() == 'Y') {
            const int years = number_word(std::string_view(agreement.term).substr(1, agreement.term.size() - 2));
            agreement.expires = DatedFact{{agreement.signed_on->range.first.plus_months(12 * years),
                                           agreement.signed_on->range.last.plus_months(12 * years)},
                                          DateBasis::Context};
        }
        agreement.status = status_of(agreement);
        out.push_back(std::move(agreement));
    }
    lineage(out);
    for (Agreement& agreement : out)
        for (Entity& party : agreement.parties) {
            // States are parties; the people who signed are signatories.
            if (party.office.empty()) continue;
            if (const EntryId state = world_.country(party.code); state != kNoEntry) {
                const Entry e = world_.entry(state);
                const TextSpan span = party.span;
                party = Entity{};
                party.code = e.code;
                party.identifier_text = e.name;
                party.identifier_id = e.wikidata;
                party.span = span;
            }
        }
    // A bare noun with no party, date or act is talk of agreements in general.
    std::erase_if(out, [](const Agreement& x) {
        return x.parties.empty() && x.actions.empty() && !x.signed_on && x.predecessor.empty() && x.successor.empty();
    });
    return out;
}

} // namespace kadesh
