// A small world with a small lexicon, and a document read against them, for tests of the coding room.
#pragma once

#include "coding/mentions.hpp"
#include "coding/time_expressions.hpp"
#include "coding/time_words.hpp"
#include "coding/tree.hpp"
#include "knowledge/lexicon.hpp"
#include "support/parsed_text.hpp"
#include "support/scratch_data.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kadesh::test {

/// A table of the source tree: the words of time are few and closed, so that tests read the real ones.
inline std::string source_table(const std::string& name) {
    const char* source = std::getenv("KADESH_SOURCE");
    std::ifstream in(std::string(source == nullptr ? "." : source) + "/data/" + name, std::ios::binary);
    EXPECT_TRUE(in.good()) << name << ": run with KADESH_SOURCE, or in the root of the source tree";
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Tables of meaning: few rows, one of every kind that the act finder knows.
inline void write_small_lexicon(const kadesh::testing::ScratchFolder& data) {
    data.rows("agents/agents.tsv",
              "phrase,sectors,office\n"
              "soldier,MIL,\ntroop,MIL,\nforce,MIL,\narmy,MIL,\nrebel,REB,\npolice,COP,\n"
              "minister,GOV,\ngovernment,GOV,\nofficial,GOV,\nofficer,COP,\nally,GOV,\nenvoy,GOV,\n"
              "ambassador,GOV,\nmilitia,REB,\nopposition,OPP,\nprotester,CVL,\nvice-president,GOV,\n"
              "counterpart,GOV,\n");
    data.rows("lexicon/subjects.tsv", "subject,words\n"
                                      "trade,trade|tariff|market access\n"
                                      "energy,energy|gas\n"
                                      "labour,worker\n"
                                      "migration,worker|asylum\n");
    data.rows("lexicon/classes.tsv", "class,words\n"
                                     "agreement,agreement|treaty|deal|pact|accord|ceasefire\n"
                                     "territory,town|village|city\n"
                                     "building,embassy|consulate\n"
                                     "warplane,jet|warplane\n"
                                     "person,boatman|engineer\n"
                                     "done_to,kill|arrest\n"
                                     "troops,troop|soldier|force\n"
                                     "approach,fly|gather\n");
    data.rows("lexicon/frames.tsv", "lemma,pos,type,mode,cameo,actor,recipient,when,context,flags\n"
                                    "attack,verb,ASSAULT,,190,subj,obj,,military,\n"
                                    "attack,noun,ASSAULT,,190,subj|poss|mod|by,on|against|of,,,\n"
                                    "raid,noun,ASSAULT,,190,subj|poss|mod|by,on|against,,,\n"
                                    "air strike,noun,ASSAULT,aerial,195,subj|poss|mod|by,on|against,,,\n"
                                    "shell,verb,ASSAULT,heavy-weapons,194,subj,obj,,,\n"
                                    "sign,verb,SUPPORT,,057,subj|with,,obj:@agreement,,both\n"
                                    "sign,verb,-,,,,,obj:law,,\n"
                                    "meet,verb,CONSULT,meet,040,subj|obj|with,,,,both\n"
                                    "talk,noun,CONSULT,,036,subj|poss|mod|between|with,,,,both\n"
                                    "cooperate,verb,COOPERATE,,060,subj,,,,mutual\n"
                                    "criticize,verb,ACCUSE,disapprove,111,subj,obj,,,\n"
                                    "withdraw,verb,RETREAT,withdraw,087,subj,from,obj:@troops,,\n"
                                    "withdraw,verb,REJECT,,120,subj,,from:@agreement,,\n"
                                    "expel,verb,SANCTION,expel,166,subj,obj,,,\n"
                                    "visit,verb,CONSULT,visit,042,subj,obj,obj:place,,\n"
                                    "step down,verb,RETREAT,resign,083,subj,,,,\n"
                                    "arrest,verb,COERCE,arrest,173,subj,obj,,,\n"
                                    "aid,verb,AID,,070,subj,obj,,,\n"
                                    "thank,verb,SUPPORT,,051,subj,obj,,,\n"
                                    "protest,verb,PROTEST,demo,141,subj,against,,,\n"
                                    "exercise,noun,MOBILIZE,troops,150,subj|poss|mod|by,,,,\n"
                                    "explosion,noun,ASSAULT,explosives,183,by,on,,,\n"
                                    "threat,noun,THREATEN,,130,subj|poss|mod,against,,,\n");
    data.rows("lexicon/light.tsv", "verb,nouns\nlaunch,\ncarry out,attack|raid\nhold,talk|exercise\n");
    data.rows("lexicon/operators.tsv", "lemma,pos,effect\n"
                                       "promise,verb,agree\nurge,verb,request\ncall for,verb,request\n"
                                       "call on,verb,request\ntell to,verb,request\ntell,verb,report\n"
                                       "refuse,verb,reject\norder,verb,cause\naccuse,verb,allege\ndeny,verb,deny\n"
                                       "try,verb,attempt\nbegin,verb,begin\nstop,verb,stop\nsay,verb,report\n"
                                       "report,verb,report\nwant,verb,hope\npraise,verb,support\ncondemn,verb,oppose\n"
                                       "threaten,verb,threaten\nplan,verb,plan\nplan,noun,plan\nplot,noun,plan\n");
    data.rows("lexicon/transforms.tsv", "effect,type,mode,to_type,to_mode,to_cameo\n"
                                        "agree,RETREAT,withdraw,CONCEDE,,0356\n"
                                        "agree,RETREAT,,CONCEDE,,035\n"
                                        "agree,ASSAULT,,THREATEN,violence,138\n"
                                        "agree,,,AGREE,,030\n"
                                        "plan,RETREAT,,CONCEDE,,035\n"
                                        "plan,CONSULT,,AGREE,,036\n"
                                        "plan,ASSAULT,,-,,\n"
                                        "threaten,ASSAULT,,THREATEN,violence,138\n"
                                        "threaten,SANCTION,,THREATEN,relations,131\n"
                                        "request,RETREAT,,REQUEST,change,1056\n"
                                        "request,,,REQUEST,,100\n"
                                        "reject,,,REJECT,,120\n"
                                        "stop,CONSULT,,SANCTION,discontinue,164\n"
                                        "stop,ASSAULT,,RETREAT,ceasefire,087\n");
    data.rows("lexicon/truth_words.tsv", "kind,words\n"
                                         "negator,not|never|n't|neither|nor|no\n"
                                         "negative_pronoun,nobody|none\n"
                                         "near_miss,almost\n"
                                         "not_alone,only\n"
                                         "alleged_adverb,allegedly|reportedly\n"
                                         "alleged_adjective,alleged|suspected\n"
                                         "possible_adverb,perhaps\n"
                                         "possible_adjective,possible\n"
                                         "future_adjective,planned|upcoming\n"
                                         "future_modal,will|shall\n"
                                         "would,would\n"
                                         "possible_modal,could|may|might|should|must|can\n"
                                         "condition,if|unless|whether\n"
                                         "negative_mark,without|instead\n"
                                         "before,before\n"
                                         "time_mark,when|before\n"
                                         "free_choice,anyone\n"
                                         "occurrence,begin|occur\n"
                                         "negative_phrase,circumstance\n"
                                         "perception,see|let\n");
    data.rows("lexicon/signatures.tsv", "lemma,pos,frame,held,negated\n"
                                        "manage,verb,to,+,-\nfail,verb,to,-,+\nrefuse,verb,to,-,?\n"
                                        "expect,verb,to|obj,>,>-\nplan,verb,to,>,>-\nwant,verb,to|obj,?,?-\n"
                                        "believe,verb,to|obj,!,!\nbelieve,verb,that,+,-\nhope,verb,that,?,?\n"
                                        "deny,verb,that,-,+\nprevent,verb,from,-,+\nprevent,verb,np,-,+\n"
                                        "force,verb,obj,=,?-\nable,any,to,?,-\nable,any,to:past,+,-\n"
                                        "failure,noun,to,-,+\nthreat,noun,of,?,-\n");
    data.rows("lexicon/veridicality.tsv", "lemma,frame,held,negated\n"
                                          "hesitate,to,-1.2,1.5\nplan,to,3.0,3.0\npersuade,obj,0.3,\n");
    data.rows("ontology/contexts.tsv", "context\tcue\tweight\n"
                                       "military\ttroop\t1\nmilitary\tarmed force\t2\n"
                                       "economic\ttrade\t1.5\nelections\tballot\t1\n");
    data.write("lexicon/times.tsv", source_table("lexicon/times.tsv"));
}

/// The World and Lexicon of the small tables, opened once.
struct CodingWorld {
    CodingWorld() {
        kadesh::testing::write_small_world(data);
        write_small_lexicon(data);
        world.emplace(kadesh::testing::open_world(data));
        auto loaded = Lexicon::load(*world);
        EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().message);
        lexicon.emplace(std::move(*loaded));
        auto times = TimeWords::load(*world);
        EXPECT_TRUE(times.ok()) << (times.ok() ? "" : times.error().message);
        time_words.emplace(std::move(*times));
    }
    kadesh::testing::ScratchFolder data;
    std::optional<World> world;
    std::optional<Lexicon> lexicon;
    std::optional<TimeWords> time_words;
};

/// One for all tests of a suite.
class CodingTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { shared_ = std::make_unique<CodingWorld>(); }
    static void TearDownTestSuite() { shared_.reset(); }
    static const World& world() { return *shared_->world; }
    static const Lexicon& lexicon() { return *shared_->lexicon; }
    static const TimeWords& time_words() { return *shared_->time_words; }
    /// The day of the report unless a test says otherwise: Friday, 17 January 2025.
    static Day day() { return Day::of(2025, 1, 17); }

  private:
    static inline std::unique_ptr<CodingWorld> shared_;
};

/// A text in the notation of `tagged`, with its tree and mentions.
struct Reading {
    Reading(const World& world, const Lexicon& lexicon, const std::string& text, Day day)
        : parsed(tagged(text)), tree(*parsed.annotation), mentions(*parsed.document, tree, world, lexicon, day) {}

    [[nodiscard]] Token at(std::string_view form, int n = 1) const { return token(*parsed.annotation, form, n); }
    /// Codes of a filler's entities, joined by spaces.
    [[nodiscard]] std::string codes(std::string_view form, int n = 1) const {
        std::vector<Entity> found;
        mentions.entities(at(form, n), found);
        return codes_of(found);
    }
    [[nodiscard]] static std::string codes_of(const std::vector<Entity>& list) {
        std::string out;
        for (const Entity& e : list) (out += out.empty() ? "" : " ") += e.code.empty() ? "?" : e.code;
        return out;
    }
    /// "RUS GOV president Vladimir Putin" of the only entity at a head; empty if there is none or more than one.
    [[nodiscard]] std::string told(std::string_view form, int n = 1) const {
        std::vector<Entity> found;
        mentions.entities(at(form, n), found);
        if (found.size() != 1) return {};
        const Entity& e = found.front();
        std::string out = e.code.empty() ? "?" : e.code;
        for (const std::string& s : e.sectors) out += " " + s;
        if (!e.office.empty()) out += " " + e.office;
        if (!e.identifier_text.empty()) out += ": " + e.identifier_text;
        return out;
    }

    Parsed parsed;
    Tree tree;
    Mentions mentions;
};

} // namespace kadesh::test
