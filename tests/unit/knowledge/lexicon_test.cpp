#include "knowledge/lexicon.hpp"
#include "knowledge/world.hpp"
#include "support/scratch_data.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

constexpr const char* kFrameColumns = "lemma,pos,type,mode,cameo,actor,recipient,when,context,flags\n";

/// A lexicon from some tables; those that a test does not write are not there.
struct Loaded {
    using Tables = std::vector<std::pair<std::string, std::string>>;
    explicit Loaded(const Tables& tables) {
        for (const auto& [name, rows] : tables) data.rows(name, rows);
        world.emplace(testing::open_world(data));
        result.emplace(Lexicon::load(*world));
    }
    [[nodiscard]] const Lexicon* operator->() const { return &**result; }
    /// Empty when it could be loaded.
    [[nodiscard]] std::string error() const { return result->ok() ? "" : result->error().message; }

    testing::ScratchFolder data;
    std::optional<World> world;
    std::optional<Result<Lexicon>> result;
};

Loaded frames(const std::string& rows, const std::string& classes = "") {
    return Loaded(Loaded::Tables{{"lexicon/frames.tsv", kFrameColumns + rows},
                                 {"lexicon/classes.tsv", "class,words\n" + classes}});
}

TEST(Lexicon, NoTablesMeanNothing) {
    const Loaded lex(Loaded::Tables{});
    ASSERT_EQ(lex.error(), "");
    EXPECT_TRUE(lex->frames("attack", LexPos::Verb).empty());
    EXPECT_FALSE(lex->in_class("troop", "troops"));
    EXPECT_FALSE(lex->light("launch", "attack"));
    EXPECT_EQ(lex->effect("say", LexPos::Verb), Effect::None);
    EXPECT_FALSE(lex->transform(Effect::Agree, EventType::Aid, "").has_value());
    EXPECT_EQ(lex->current_code("SUN"), "SUN");
    EXPECT_EQ(lex->score(EventType::Aid, ""), 0);
    EXPECT_EQ(lex->goldstein("190"), 0);
    EXPECT_EQ(lex->default_cameo(EventType::Aid, ""), "");
}

TEST(Lexicon, SubjectsOfWords) {
    const Loaded lex(
        Loaded::Tables{{"lexicon/subjects.tsv", "subject,words\nlabour,worker\nmigration,asylum seeker|worker\n"}});
    ASSERT_EQ(lex.error(), "");
    EXPECT_EQ(lex->subjects("worker").size(), 2U);
    ASSERT_EQ(lex->subjects("asylum seeker").size(), 1U);
    EXPECT_EQ(lex->subjects("asylum seeker")[0], "migration");
    EXPECT_TRUE(lex->subjects("asylum").empty());
}

TEST(Lexicon, FrameColumns) {
    const Loaded lex = frames("step down,verb,RETREAT,resign,083,subj|by,to|with,!obj,military|elections,mutual\n");
    ASSERT_EQ(lex.error(), "");
    const auto found = lex->frames("step down", LexPos::Verb);
    ASSERT_EQ(found.size(), 1U);
    const Frame& f = found[0];
    EXPECT_EQ(f.type, EventType::Retreat);
    EXPECT_EQ(f.mode, "resign");
    EXPECT_EQ(f.cameo, "083");
    ASSERT_EQ(f.actor.size(), 2U);
    EXPECT_EQ(f.actor[0].kind, SlotKind::Subject);
    EXPECT_EQ(f.actor[1].kind, SlotKind::Preposition);
    EXPECT_EQ(f.actor[1].preposition, "by");
    ASSERT_EQ(f.recipient.size(), 2U);
    EXPECT_EQ(f.recipient[0].preposition, "to");
    ASSERT_EQ(f.contexts.size(), 2U);
    EXPECT_EQ(f.contexts[1], "elections");
    EXPECT_TRUE(f.mutual);
    EXPECT_FALSE(f.both);
    EXPECT_EQ(f.rule, "verb:step down#1");
    EXPECT_TRUE(lex->frames("step down", LexPos::Noun).empty());
    EXPECT_TRUE(lex->frames("step", LexPos::Verb).empty());
}

TEST(Lexicon, SlotNames) {
    const Loaded lex = frames("x,noun,AID,,,subj|obj|iobj|poss|mod|clause|appos|self|verb|against,,,,both\n");
    ASSERT_EQ(lex.error(), "");
    const auto& slots = lex->frames("x", LexPos::Noun)[0].actor;
    const SlotKind expected[] = {
        SlotKind::Subject, SlotKind::Object,     SlotKind::IndirectObject, SlotKind::Possessive, SlotKind::Modifier,
        SlotKind::Clause,  SlotKind::Apposition, SlotKind::Self,           SlotKind::LightVerb,  SlotKind::Preposition};
    ASSERT_EQ(slots.size(), std::size(expected));
    for (std::size_t i = 0; i < slots.size(); ++i) EXPECT_EQ(slots[i].kind, expected[i]) << i;
    EXPECT_TRUE(lex->frames("x", LexPos::Noun)[0].both);
}

TEST(Lexicon, NoActAndNoSlots) {
    const Loaded lex = frames("sign,verb,-,,,-,-,obj:law,,\n");
    ASSERT_EQ(lex.error(), "");
    const Frame& f = lex->frames("sign", LexPos::Verb)[0];
    EXPECT_FALSE(f.type.has_value());
    EXPECT_TRUE(f.actor.empty());
    EXPECT_TRUE(f.recipient.empty());
}

TEST(Lexicon, TheSenseWithMostConditionsComesFirst) {
    const Loaded lex = frames("hit,verb,ACCUSE,,1,subj,obj,,,\n"
                              "hit,verb,ASSAULT,,2,subj,obj,obj;with,,\n"
                              "hit,verb,SANCTION,,3,subj,obj,obj,,\n"
                              "hit,verb,COERCE,,4,subj,obj,with,,\n");
    ASSERT_EQ(lex.error(), "");
    std::string order;
    std::string rules;
    for (const Frame& f : lex->frames("hit", LexPos::Verb)) {
        order += f.cameo;
        rules += f.rule.substr(f.rule.find('#'));
    }
    EXPECT_EQ(order, "2341"); // among equals in the order of the table
    EXPECT_EQ(rules, "#2#3#4#1");
}

TEST(Lexicon, ConditionTests) {
    const Loaded lex =
        frames("hit,verb,ASSAULT,,,subj,obj,"
               "obj:actor; !with:place;subj:person;obj:state;self:plural;to;!from:troop|armed force;,,\n");
    ASSERT_EQ(lex.error(), "");
    const auto& when = lex->frames("hit", LexPos::Verb)[0].when;
    ASSERT_EQ(when.size(), 7U); // the empty one after the last semicolon is none
    using Kind = Condition::Test;
    const Kind tests[] = {Kind::Actor, Kind::Place, Kind::Person, Kind::State, Kind::Plural, Kind::Filled, Kind::Words};
    const bool negated[] = {false, true, false, false, false, false, true};
    for (std::size_t i = 0; i < when.size(); ++i) {
        EXPECT_EQ(when[i].test, tests[i]) << i;
        EXPECT_EQ(when[i].negated, negated[i]) << i;
    }
    EXPECT_EQ(when[1].slot.preposition, "with");
    EXPECT_EQ(when[4].slot.kind, SlotKind::Self);
    ASSERT_NE(when[6].words, nullptr);
    EXPECT_TRUE(when[6].words->contains("armed force"));
    EXPECT_FALSE(when[6].words->contains("armed"));
}

TEST(Lexicon, ConditionsOfClassesAndUnions) {
    const Loaded lex = frames("hit,verb,ASSAULT,,,subj,obj,obj:@arms,,\n"
                              "hit,verb,AID,,,subj,obj,obj:@arms|@food|tent,,\n",
                              "arms,gun|tank\nfood,grain\n");
    ASSERT_EQ(lex.error(), "");
    const auto found = lex->frames("hit", LexPos::Verb);
    ASSERT_EQ(found.size(), 2U);
    const auto* one = found[0].when[0].words;
    EXPECT_TRUE(one->contains("gun"));
    EXPECT_FALSE(one->contains("grain"));
    const auto* all = found[1].when[0].words;
    for (const char* word : {"gun", "tank", "grain", "tent"}) EXPECT_TRUE(all->contains(word)) << word;
    EXPECT_FALSE(all->contains("@food"));
    EXPECT_EQ(all->size(), 4U);
}

TEST(Lexicon, ClassesMaySpreadOverRowsAndNameOthers) {
    const Loaded lex = frames("", "arms,gun\narms,tank|\nall,@arms|knife\nself,@self|x\nnone,@missing|y\n");
    ASSERT_EQ(lex.error(), "");
    EXPECT_TRUE(lex->in_class("gun", "arms"));
    EXPECT_TRUE(lex->in_class("tank", "arms"));
    EXPECT_FALSE(lex->in_class("", "arms"));
    EXPECT_TRUE(lex->in_class("gun", "all"));
    EXPECT_TRUE(lex->in_class("knife", "all"));
    EXPECT_FALSE(lex->in_class("@arms", "all"));
    EXPECT_FALSE(lex->in_class("knife", "arms"));
    EXPECT_TRUE(lex->in_class("x", "self"));
    EXPECT_TRUE(lex->in_class("y", "none"));
    EXPECT_FALSE(lex->in_class("gun", "nothing"));
}

TEST(Lexicon, BadFrames) {
    const auto error = [](const std::string& row) { return frames(row).error(); };
    EXPECT_NE(error("hit,adverb,ASSAULT,,,subj,obj,,,\n").find("unknown part of speech 'adverb'"), std::string::npos);
    EXPECT_NE(error("hit,verb,ASSULT,,,subj,obj,,,\n").find("unknown type 'ASSULT'"), std::string::npos);
    EXPECT_NE(error("hit,verb,ASSAULT,,,subj,obj,obj:@none,,\n").find("obj:@none"), std::string::npos);
    EXPECT_NE(error("hit,verb,ASSAULT,,,subj,obj,obj:gun|@none,,\n").find("obj:gun|@none"), std::string::npos);
    EXPECT_EQ(error("hit,adj,ASSAULT,,,subj,obj,,,\n"), "");
}

TEST(Lexicon, BadOperatorsAndTransforms) {
    const auto error = [](const std::string& table, const std::string& rows) {
        return Loaded(Loaded::Tables{{table, rows}}).error();
    };
    const std::string operators = "lexicon/operators.tsv";
    EXPECT_EQ(error(operators, "lemma,pos,effect\nsay,verb,report\n"), "");
    EXPECT_NE(error(operators, "lemma,pos,effect\nsay,verb,reports\n").find(operators), std::string::npos);
    EXPECT_NE(error(operators, "lemma,pos,effect\nsay,adv,report\n").find("'say'"), std::string::npos);
    const std::string transforms = "lexicon/transforms.tsv";
    const std::string columns = "effect,type,mode,to_type,to_mode,to_cameo\n";
    EXPECT_EQ(error(transforms, columns + "agree,*,*,AGREE,,\n"), "");
    EXPECT_NE(error(transforms, columns + "agrees,,,AGREE,,\n").find("unknown effect 'agrees'"), std::string::npos);
    EXPECT_NE(error(transforms, columns + "agree,AIDS,,AGREE,,\n").find("unknown type 'AIDS'"), std::string::npos);
    EXPECT_NE(error(transforms, columns + "agree,AID,,AGREES,,\n").find("unknown type 'AGREES'"), std::string::npos);
}

TEST(Lexicon, ErrorsAreOfTheArtefact) {
    const Loaded lex = frames("hit,adverb,ASSAULT,,,subj,obj,,,\n");
    ASSERT_FALSE(lex.result->ok());
    EXPECT_EQ(lex.result->error().code, ErrorCode::BadArtefact);
}

TEST(Lexicon, CommentsAndEmptyLinesAreNoRows) {
    const Loaded lex(
        Loaded::Tables{{"lexicon/operators.tsv", "# before\nlemma,pos,effect\n\n# among\nsay,verb,report\n"}});
    ASSERT_EQ(lex.error(), "");
    EXPECT_EQ(lex->effect("say", LexPos::Verb), Effect::Report);
    EXPECT_EQ(lex->effect("lemma", LexPos::Verb), Effect::None);
}

TEST(Lexicon, Effects) {
    const Loaded lex(Loaded::Tables{
        {"lexicon/operators.tsv",
         "lemma,pos,effect\ncall "
         "for,verb,request\nplan,noun,plan\nplan,verb,hope\nkeep,verb,go_on\nstay,verb,none\nplan,verb,deny\n"}});
    ASSERT_EQ(lex.error(), "");
    EXPECT_EQ(lex->effect("call for", LexPos::Verb), Effect::Request);
    EXPECT_EQ(lex->effect("call", LexPos::Verb), Effect::None);
    EXPECT_EQ(lex->effect("plan", LexPos::Noun), Effect::Plan);
    EXPECT_EQ(lex->effect("plan", LexPos::Verb), Effect::Hope); // the first row stands
    EXPECT_EQ(lex->effect("keep", LexPos::Verb), Effect::GoOn);
    EXPECT_EQ(lex->effect("stay", LexPos::Verb), Effect::None);
}

TEST(Lexicon, LightVerbs) {
    const Loaded lex(Loaded::Tables{
        {"lexicon/classes.tsv", "class,words\ntalking,talk|summit\n"},
        {"lexicon/light.tsv", "verb,nouns\nlaunch,\nhold,@talking\ncarry out,attack|raid\nopen,@talking|fire\n"}});
    ASSERT_EQ(lex.error(), "");
    EXPECT_TRUE(lex->light("launch", "anything"));
    EXPECT_TRUE(lex->light("hold", "talk"));
    EXPECT_FALSE(lex->light("hold", "gun"));
    EXPECT_TRUE(lex->light("carry out", "raid"));
    EXPECT_FALSE(lex->light("carry", "raid"));
    EXPECT_TRUE(lex->light("open", "fire"));
    EXPECT_TRUE(lex->light("open", "summit"));
}

class Transforms : public ::testing::Test {
  protected:
    static std::string of(const std::string& rows, Effect effect, EventType type, std::string_view mode) {
        const Loaded lex(
            Loaded::Tables{{"lexicon/transforms.tsv", "effect,type,mode,to_type,to_mode,to_cameo\n" + rows}});
        EXPECT_EQ(lex.error(), "");
        const auto to = lex->transform(effect, type, mode);
        if (!to) return "none";
        return std::string(name(to->type)) + "/" + std::string(to->mode) + "/" + std::string(to->cameo);
    }
};

TEST_F(Transforms, TheFirstRowThatFitsWins) {
    const std::string rows = "agree,RETREAT,withdraw,CONCEDE,,0356\nagree,RETREAT,,CONCEDE,,035\nagree,,,AGREE,,"
                             "030\nagree,AID,,SUPPORT,,9\n";
    EXPECT_EQ(of(rows, Effect::Agree, EventType::Retreat, "withdraw"), "CONCEDE//0356");
    EXPECT_EQ(of(rows, Effect::Agree, EventType::Retreat, "resign"), "CONCEDE//035");
    EXPECT_EQ(of(rows, Effect::Agree, EventType::Retreat, ""), "CONCEDE//035");
    EXPECT_EQ(of(rows, Effect::Agree, EventType::Aid, ""), "AGREE//030"); // a later row cannot
    EXPECT_EQ(of(rows, Effect::Plan, EventType::Aid, ""), "none");
}

TEST_F(Transforms, DashIsNoActOfItsOwn) {
    const std::string rows = "plan,ASSAULT,,-,,\nplan,,,AGREE,,030\n";
    EXPECT_EQ(of(rows, Effect::Plan, EventType::Assault, ""), "none");
    EXPECT_EQ(of(rows, Effect::Plan, EventType::Aid, ""), "AGREE//030");
}

TEST_F(Transforms, EqualsKeeps) {
    EXPECT_EQ(of("threaten,SANCTION,,THREATEN,=,130\n", Effect::Threaten, EventType::Sanction, "expel"),
              "THREATEN/expel/130");
    EXPECT_EQ(of("agree,AGREE,,=,sign,=\n", Effect::Agree, EventType::Agree, "x"), "AGREE/sign/");
    EXPECT_EQ(of("agree,,,=,,\n", Effect::Agree, EventType::Aid, "food"), "AID/food/");
}

TEST(Lexicon, OntologyTables) {
    const Loaded lex(Loaded::Tables{
        {"ontology/types.tsv",
         "type,quad_code,quad_name,score\nASSAULT,4,material conflict,-9\nAID,2,material cooperation,7\n"},
        {"ontology/modes.tsv", "type,mode,score\nASSAULT,aerial,-9.5\n"},
        {"ontology/cameo.tsv", "code,name,goldstein\n190,fight,-10\n195,air strike,-9\n"},
        {"ontology/cameo_defaults.tsv", "type,mode,code\nASSAULT,,190\nASSAULT,aerial,195\n"},
        {"ontology/successors.tsv", "code,successor\nSUN,RUS\n"}});
    ASSERT_EQ(lex.error(), "");
    EXPECT_EQ(lex->score(EventType::Assault, "aerial"), -9.5);
    EXPECT_EQ(lex->score(EventType::Assault, "torture"), -9); // no score of its own: the type's
    EXPECT_EQ(lex->score(EventType::Assault, "unheard-of"), -9);
    EXPECT_EQ(lex->score(EventType::Consult, ""), 0);
    EXPECT_EQ(lex->goldstein("195"), -9);
    EXPECT_EQ(lex->goldstein("1951"), -9); // the longest known prefix
    EXPECT_EQ(lex->goldstein("190"), -10);
    EXPECT_EQ(lex->goldstein("19"), 0);
    EXPECT_EQ(lex->goldstein(""), 0);
    EXPECT_EQ(lex->default_cameo(EventType::Assault, "aerial"), "195");
    EXPECT_EQ(lex->default_cameo(EventType::Assault, "torture"), "190");
    EXPECT_EQ(lex->default_cameo(EventType::Aid, ""), "");
    EXPECT_EQ(lex->current_code("SUN"), "RUS");
    EXPECT_EQ(lex->current_code("IRN"), "IRN");
}

TEST(Lexicon, StaysGoodWhenMoved) {
    Loaded lex = frames("hit,verb,ASSAULT,,,subj,obj,obj:gun|tank,,\n");
    ASSERT_EQ(lex.error(), "");
    const Lexicon moved = std::move(**lex.result);
    ASSERT_EQ(moved.frames("hit", LexPos::Verb).size(), 1U);
    EXPECT_TRUE(moved.frames("hit", LexPos::Verb)[0].when[0].words->contains("tank"));
}

} // namespace
} // namespace kadesh
