#include "knowledge/lexicon.hpp"

#include "knowledge/table_rows.hpp"
#include "knowledge/world.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace kadesh {

namespace {

using Fields = TableFields;

double number(std::string_view text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

constexpr std::array<std::pair<std::string_view, Effect>, 19> kEffects = {{{"agree", Effect::Agree},
                                                                           {"offer", Effect::Offer},
                                                                           {"plan", Effect::Plan},
                                                                           {"threaten", Effect::Threaten},
                                                                           {"request", Effect::Request},
                                                                           {"reject", Effect::Reject},
                                                                           {"cause", Effect::Cause},
                                                                           {"allege", Effect::Allege},
                                                                           {"deny", Effect::Deny},
                                                                           {"attempt", Effect::Attempt},
                                                                           {"begin", Effect::Begin},
                                                                           {"go_on", Effect::GoOn},
                                                                           {"stop", Effect::Stop},
                                                                           {"report", Effect::Report},
                                                                           {"hope", Effect::Hope},
                                                                           {"support", Effect::Support},
                                                                           {"oppose", Effect::Oppose},
                                                                           {"none", Effect::None},
                                                                           {"", Effect::None}}};

std::optional<Effect> effect_from(std::string_view name) {
    for (const auto& [text, effect] : kEffects)
        if (text == name) return effect;
    return std::nullopt;
}

std::optional<LexPos> pos_from(std::string_view name) {
    if (name == "verb") return LexPos::Verb;
    if (name == "noun") return LexPos::Noun;
    if (name == "adj") return LexPos::Adjective;
    return std::nullopt;
}

std::string key(std::string_view lemma, LexPos pos) {
    std::string k(name_of(pos));
    k += ':';
    k += lemma;
    return k;
}

Slot slot_from(std::string_view name) {
    if (name == "subj") return {SlotKind::Subject, {}};
    if (name == "obj") return {SlotKind::Object, {}};
    if (name == "iobj") return {SlotKind::IndirectObject, {}};
    if (name == "poss") return {SlotKind::Possessive, {}};
    if (name == "mod") return {SlotKind::Modifier, {}};
    if (name == "clause") return {SlotKind::Clause, {}};
    if (name == "appos") return {SlotKind::Apposition, {}};
    if (name == "self") return {SlotKind::Self, {}};
    if (name == "verb") return {SlotKind::LightVerb, {}};
    return {SlotKind::Preposition, name};
}

std::string type_mode(EventType type, std::string_view mode) {
    std::string k(name(type));
    k += ' ';
    k += mode;
    return k;
}

Error bad_row(std::string_view table, std::string_view what, std::string_view value) {
    return {ErrorCode::BadArtefact,
            std::string(table) + ": unknown " + std::string(what) + " '" + std::string(value) + "'"};
}

} // namespace

Result<Lexicon> Lexicon::load(const World& world) {
    Lexicon lex;
    std::optional<Error> error;
    Fields parts;

    each_table_row(world.table("lexicon/classes.tsv"), 2, [&](const Fields& f) {
        WordSet& set = lex.classes_[std::string(f[0])];
        split_fields(f[1], '|', parts);
        for (const std::string_view w : parts)
            if (!w.empty()) set.insert(w);
    });
    each_table_row(world.table("lexicon/subjects.tsv"), 2, [&](const Fields& f) {
        split_fields(f[1], '|', parts);
        for (const std::string_view w : parts) lex.subjects_[w].push_back(f[0]);
    });
    // A class may name others as @class; names of names are followed until nothing changes.
    for (int pass = 0; pass < 3; ++pass)
        for (auto& [class_name, set] : lex.classes_) {
            std::vector<std::string_view> refs;
            for (const std::string_view w : set)
                if (w.front() == '@') refs.push_back(w);
            for (const std::string_view r : refs) {
                set.erase(r);
                const auto it = lex.classes_.find(std::string(r.substr(1)));
                if (it != lex.classes_.end() && it->first != class_name)
                    set.insert(it->second.begin(), it->second.end());
            }
        }

    const auto word_set = [&](std::string_view test) -> const WordSet* {
        if (!test.empty() && test.front() == '@' && test.find('|') == std::string_view::npos) {
            const auto it = lex.classes_.find(std::string(test.substr(1)));
            return it == lex.classes_.end() ? nullptr : &it->second;
        }
        auto set = std::make_unique<WordSet>();
        Fields words;
        split_fields(test, '|', words);
        for (const std::string_view w : words) {
            if (!w.empty() && w.front() == '@') {
                const auto it = lex.classes_.find(std::string(w.substr(1)));
                if (it == lex.classes_.end()) return nullptr;
                set->insert(it->second.begin(), it->second.end());
            } else {
                set->insert(w);
            }
        }
        lex.inline_sets_.push_back(std::move(set));
        return lex.inline_sets_.back().get();
    };

    std::unordered_map<std::string, int> senses;
    Fields items;
    each_table_row(world.table("lexicon/frames.tsv"), 10, [&](const Fields& f) {
        const auto pos = pos_from(f[1]);
        if (!pos) {
            error = bad_row("lexicon/frames.tsv", "part of speech", f[1]);
            return;
        }
        Frame frame;
        if (f[2] != "-") {
            frame.type = event_type_from(f[2]);
            if (!frame.type) {
                error = bad_row("lexicon/frames.tsv", "type", f[2]);
                return;
            }
        }
        frame.mode = f[3];
        frame.cameo = f[4];
        const auto slots = [&](std::string_view text, std::vector<Slot>& out) {
            if (text.empty() || text == "-") return;
            split_fields(text, '|', items);
            for (const std::string_view s : items) out.push_back(slot_from(s));
        };
        slots(f[5], frame.actor);
        slots(f[6], frame.recipient);
        if (!f[7].empty()) {
            Fields conditions;
            split_fields(f[7], ';', conditions);
            for (std::string_view c : conditions) {
                c = trim_blanks(c);
                if (c.empty()) continue;
                Condition condition;
                if (c.front() == '!') {
                    condition.negated = true;
                    c.remove_prefix(1);
                }
                const std::size_t colon = c.find(':');
                condition.slot = slot_from(c.substr(0, colon));
                if (colon != std::string_view::npos) {
                    const std::string_view test = c.substr(colon + 1);
                    using Test = Condition::Test;
                    if (test == "actor")
                        condition.test = Test::Actor;
                    else if (test == "place")
                        condition.test = Test::Place;
                    else if (test == "person")
                        condition.test = Test::Person;
                    else if (test == "state")
                        condition.test = Test::State;
                    else if (test == "plural")
                        condition.test = Test::Plural;
                    else {
                        condition.test = Test::Words;
                        condition.words = word_set(test);
                        if (condition.words == nullptr) {
                            error = bad_row("lexicon/frames.tsv", "class in condition", c);
                            return;
                        }
                    }
                }
                frame.when.push_back(condition);
            }
        }
        split_fields(f[8], '|', items);
        for (const std::string_view c : items)
            if (!c.empty()) frame.contexts.push_back(c);
        frame.both = f[9].find("both") != std::string_view::npos;
        frame.mutual = f[9].find("mutual") != std::string_view::npos;
        const std::string k = key(f[0], *pos);
        frame.rule = k + "#" + std::to_string(++senses[k]);
        lex.frames_[k].push_back(std::move(frame));
    });
    for (auto& [k, frames] : lex.frames_)
        std::stable_sort(frames.begin(), frames.end(),
                         [](const Frame& a, const Frame& b) { return a.when.size() > b.when.size(); });

    each_table_row(world.table("lexicon/light.tsv"), 2,
                   [&](const Fields& f) { lex.light_[f[0]] = f[1].empty() ? nullptr : word_set(f[1]); });
    each_table_row(world.table("lexicon/operators.tsv"), 3, [&](const Fields& f) {
        const auto pos = pos_from(f[1]);
        const auto effect = effect_from(f[2]);
        if (!pos || !effect) {
            error = bad_row("lexicon/operators.tsv", "row", f[0]);
            return;
        }
        lex.effects_.emplace(key(f[0], *pos), *effect);
    });
    each_table_row(world.table("lexicon/transforms.tsv"), 6, [&](const Fields& f) {
        TransformRow row{};
        const auto effect = effect_from(f[0]);
        if (!effect) {
            error = bad_row("lexicon/transforms.tsv", "effect", f[0]);
            return;
        }
        row.effect = *effect;
        if (!f[1].empty() && f[1] != "*") {
            row.type = event_type_from(f[1]);
            if (!row.type) {
                error = bad_row("lexicon/transforms.tsv", "type", f[1]);
                return;
            }
        }
        row.mode = f[2] == "*" ? std::string_view{} : f[2];
        if (f[3] != "-" && !f[3].empty()) {
            const auto to = f[3] == "=" ? row.type : event_type_from(f[3]);
            if (f[3] != "=" && !to) {
                error = bad_row("lexicon/transforms.tsv", "type", f[3]);
                return;
            }
            row.to = Transformed{to.value_or(EventType::Agree), f[4] == "-" ? std::string_view{} : f[4],
                                 f[5] == "-" ? std::string_view{} : f[5]};
            if (f[3] == "=" && !row.type) row.to->mode = "=="; // keeps whatever type comes in
        }
        lex.transforms_.push_back(row);
    });

    each_table_row(world.table("ontology/types.tsv"), 4, [&](const Fields& f) {
        if (const auto type = event_type_from(f[0])) lex.scores_[type_mode(*type, "")] = number(f[3]);
    });
    each_table_row(world.table("ontology/modes.tsv"), 3, [&](const Fields& f) {
        if (const auto type = event_type_from(f[0]); type && !f[2].empty())
            lex.scores_[type_mode(*type, f[1])] = number(f[2]);
    });
    each_table_row(world.table("ontology/cameo.tsv"), 3,
                   [&](const Fields& f) { lex.goldstein_[std::string(f[0])] = number(f[2]); });
    each_table_row(world.table("ontology/cameo_defaults.tsv"), 3, [&](const Fields& f) {
        if (const auto type = event_type_from(f[0])) lex.default_cameo_[type_mode(*type, f[1])] = f[2];
    });
    each_table_row(world.table("ontology/successors.tsv"), 2, [&](const Fields& f) { lex.successors_[f[0]] = f[1]; });
    if (error) return *error;
    auto truth = TruthTable::load(world);
    if (!truth) return truth.error();
    lex.truth_ = std::move(truth).value();
    return lex;
}

std::span<const Frame> Lexicon::frames(std::string_view lemma, LexPos pos) const {
    const auto it = frames_.find(key(lemma, pos));
    if (it == frames_.end()) return {};
    return it->second;
}

std::span<const std::string_view> Lexicon::subjects(std::string_view words) const {
    const auto it = subjects_.find(words);
    return it == subjects_.end() ? std::span<const std::string_view>() : it->second;
}

bool Lexicon::in_class(std::string_view lemma, std::string_view class_name) const {
    const auto it = classes_.find(std::string(class_name));
    return it != classes_.end() && it->second.contains(lemma);
}

bool Lexicon::light(std::string_view verb, std::string_view noun) const {
    const auto it = light_.find(verb);
    return it != light_.end() && (it->second == nullptr || it->second->contains(noun));
}

Effect Lexicon::effect(std::string_view lemma, LexPos pos) const {
    const auto it = effects_.find(key(lemma, pos));
    return it == effects_.end() ? Effect::None : it->second;
}

std::optional<Transformed> Lexicon::transform(Effect effect, EventType type, std::string_view mode) const {
    for (const TransformRow& row : transforms_) {
        if (row.effect != effect || (row.type && *row.type != type) || (!row.mode.empty() && row.mode != mode))
            continue;
        if (!row.to) return std::nullopt;
        Transformed out = *row.to;
        if (out.mode == "==") return Transformed{type, mode, {}};
        if (out.mode == "=") out.mode = mode;
        if (out.cameo == "=") out.cameo = {};
        return out;
    }
    return std::nullopt;
}

std::string_view Lexicon::current_code(std::string_view code) const {
    const auto it = successors_.find(code);
    return it == successors_.end() ? code : it->second;
}

double Lexicon::score(EventType type, std::string_view mode) const {
    auto it = scores_.find(type_mode(type, mode));
    if (it == scores_.end()) it = scores_.find(type_mode(type, ""));
    return it == scores_.end() ? 0 : it->second;
}

double Lexicon::goldstein(std::string_view cameo) const {
    for (std::string code(cameo); !code.empty(); code.pop_back())
        if (const auto it = goldstein_.find(code); it != goldstein_.end()) return it->second;
    return 0;
}

std::string_view Lexicon::default_cameo(EventType type, std::string_view mode) const {
    auto it = default_cameo_.find(type_mode(type, mode));
    if (it == default_cameo_.end()) it = default_cameo_.find(type_mode(type, ""));
    return it == default_cameo_.end() ? std::string_view{} : it->second;
}

} // namespace kadesh
