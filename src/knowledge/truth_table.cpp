#include "knowledge/truth_table.hpp"

#include "kadesh/findings.hpp"
#include "knowledge/table_rows.hpp"
#include "knowledge/world.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace kadesh {

namespace {

constexpr std::array<std::pair<std::string_view, TruthCue>, 20> kCues{{
    {"negator", TruthCue::Negator},
    {"negative_pronoun", TruthCue::NegativePronoun},
    {"near_miss", TruthCue::NearMiss},
    {"not_alone", TruthCue::NotAlone},
    {"alleged_adverb", TruthCue::AllegedAdverb},
    {"alleged_adjective", TruthCue::AllegedAdjective},
    {"possible_adverb", TruthCue::PossibleAdverb},
    {"possible_adjective", TruthCue::PossibleAdjective},
    {"future_adjective", TruthCue::FutureAdjective},
    {"future_modal", TruthCue::FutureModal},
    {"possible_modal", TruthCue::PossibleModal},
    {"would", TruthCue::Would},
    {"condition", TruthCue::Condition},
    {"negative_mark", TruthCue::NegativeMark},
    {"before", TruthCue::Before},
    {"time_mark", TruthCue::TimeMark},
    {"free_choice", TruthCue::FreeChoice},
    {"occurrence", TruthCue::Occurrence},
    {"negative_phrase", TruthCue::NegativePhrase},
    {"perception", TruthCue::Perception},
}};

/// `+` is so, `-` is not, `?` open, `>` yet to come, `!` alleged, `=` as the governor; several may stand together.
std::optional<Promise> promise_from(std::string_view text) {
    Promise p;
    for (const char c : text) switch (c) {
        case '+': break;
        case '-': p.bits |= kNegated; break;
        case '?': p.bits |= kHypothetical; break;
        case '>': p.bits |= kFuture; break;
        case '!': p.bits |= kAlleged; break;
        case '=': p.inherits = true; break;
        default: return std::nullopt;
        }
    if (text.empty()) return std::nullopt;
    return p;
}

std::string key(std::string_view lemma, std::string_view pos, std::string_view frame) {
    std::string k(pos);
    (((k += ':') += lemma) += ':') += frame;
    return k;
}

/// A rating of -3 (did not happen) to 3 (happened), in three equal parts; without one, as the governor.
std::optional<Promise> promise_of(std::string_view text) {
    if (text.empty()) return Promise{0, true};
    double rating = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), rating).ec != std::errc{}) return std::nullopt;
    return Promise{static_cast<std::uint8_t>(rating >= 1 ? 0 : rating <= -1 ? kNegated : kHypothetical), false};
}

} // namespace

Result<TruthTable> TruthTable::load(const World& world) {
    TruthTable table;
    std::optional<Error> error;
    const auto bad = [&](std::string_view file, std::string_view what) {
        error = Error{ErrorCode::BadArtefact, std::string(file) + ": cannot read '" + std::string(what) + "'"};
    };
    TableFields items;
    each_table_row(world.table("lexicon/truth_words.tsv"), 2, [&](const TableFields& f) {
        const auto* const cue =
            std::find_if(kCues.begin(), kCues.end(), [&](const auto& c) { return c.first == f[0]; });
        if (cue == kCues.end()) return bad("lexicon/truth_words.tsv", f[0]);
        split_fields(f[1], '|', items);
        for (const std::string_view word : items)
            if (!word.empty()) table.cues_[word] |= static_cast<std::uint32_t>(cue->second);
    });
    each_table_row(world.table("lexicon/signatures.tsv"), 5, [&](const TableFields& f) {
        const auto held = promise_from(f[3]);
        const auto negated = promise_from(f[4]);
        if (!held || !negated) return bad("lexicon/signatures.tsv", f[0]);
        split_fields(f[2], '|', items);
        for (const std::string_view frame : items) table.signatures_[key(f[0], f[1], frame)] = {*held, *negated};
    });
    // Ratings speak where no row was written by hand.
    each_table_row(world.table("lexicon/veridicality.tsv"), 4, [&](const TableFields& f) {
        const auto held = promise_of(f[2]);
        const auto negated = promise_of(f[3]);
        if (!held || !negated) return bad("lexicon/veridicality.tsv", f[0]);
        table.signatures_.try_emplace(key(f[0], "verb", f[1]), Signature{*held, *negated});
    });
    if (error) return *error;
    return table;
}

const Signature* TruthTable::signature(std::string_view lemma, LexPos pos, std::string_view frame, bool past) const {
    const auto find = [&](std::string_view f) -> const Signature* {
        for (const std::string_view p : {name_of(pos), std::string_view("any")})
            if (const auto it = signatures_.find(key(lemma, p, f)); it != signatures_.end()) return &it->second;
        return nullptr;
    };
    if (past)
        if (const Signature* s = find(std::string(frame) + ":past")) return s;
    return find(frame);
}

} // namespace kadesh
