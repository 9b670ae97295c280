#include "kadesh/findings.hpp"
#include "knowledge/truth_table.hpp"
#include "support/scratch_data.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

/// A world with these tables and no others of truth.
class TruthTables : public ::testing::Test {
  protected:
    Result<TruthTable> load(const std::string& words, const std::string& signatures, const std::string& ratings) {
        testing::write_small_world(data_);
        data_.rows("lexicon/truth_words.tsv", "kind,words\n" + words);
        data_.rows("lexicon/signatures.tsv", "lemma,pos,frame,held,negated\n" + signatures);
        data_.rows("lexicon/veridicality.tsv", "lemma,frame,held,negated\n" + ratings);
        world_.emplace(testing::open_world(data_));
        return TruthTable::load(*world_);
    }

  private:
    testing::ScratchFolder data_;
    std::optional<World> world_;
};

TEST_F(TruthTables, AWordMayBeOfSeveralKinds) {
    auto table = load("before,before\ntime_mark,when|before\n", "", "");
    ASSERT_TRUE(table.ok());
    EXPECT_TRUE(table->is("before", TruthCue::Before));
    EXPECT_TRUE(table->is("before", TruthCue::TimeMark));
    EXPECT_FALSE(table->is("when", TruthCue::Before));
    EXPECT_FALSE(table->is("if", TruthCue::Condition));
}

TEST_F(TruthTables, SignaturesByFramePartOfSpeechAndTense) {
    auto table = load("", "fail,verb,to|ing,-,+\nable,any,to,?,>-\nable,any,to:past,+,=\n", "");
    ASSERT_TRUE(table.ok());
    const Signature* fail = table->signature("fail", LexPos::Verb, "ing", false);
    ASSERT_NE(fail, nullptr);
    EXPECT_EQ(fail->held.bits, kNegated);
    EXPECT_EQ(fail->negated.bits, 0);
    EXPECT_FALSE(fail->negated.inherits);
    EXPECT_EQ(table->signature("fail", LexPos::Noun, "to", false), nullptr);
    EXPECT_EQ(table->signature("fail", LexPos::Verb, "that", false), nullptr);
    EXPECT_EQ(table->signature("able", LexPos::Adjective, "to", false)->held.bits, kHypothetical);
    EXPECT_EQ(table->signature("able", LexPos::Adjective, "to", false)->negated.bits, kFuture | kNegated);
    EXPECT_EQ(table->signature("able", LexPos::Adjective, "to", true)->held.bits, 0);
    EXPECT_TRUE(table->signature("able", LexPos::Adjective, "to", true)->negated.inherits);
    EXPECT_EQ(table->signature("fail", LexPos::Verb, "to", true)->held.bits, kNegated); // no row for the past
}

TEST_F(TruthTables, RatingsInThreePartsWhereNoRowIsWritten) {
    auto table = load("", "fail,verb,to,-,+\n", "fail,to,3.0,3.0\nlong,to,-0.9,-1.0\nstart,to,1.0,\n");
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(table->signature("fail", LexPos::Verb, "to", false)->held.bits, kNegated);
    EXPECT_EQ(table->signature("long", LexPos::Verb, "to", false)->held.bits, kHypothetical);
    EXPECT_EQ(table->signature("long", LexPos::Verb, "to", false)->negated.bits, kNegated);
    EXPECT_EQ(table->signature("start", LexPos::Verb, "to", false)->held.bits, 0);
    EXPECT_TRUE(table->signature("start", LexPos::Verb, "to", false)->negated.inherits);
}

TEST_F(TruthTables, BadRowsAreNamed) {
    const auto fault = [&](const std::string& words, const std::string& signatures, const std::string& ratings) {
        auto table = load(words, signatures, ratings);
        return table.ok() ? std::string() : table.error().message;
    };
    EXPECT_NE(fault("colour,red\n", "", "").find("truth_words.tsv: cannot read 'colour'"), std::string::npos);
    EXPECT_NE(fault("", "fail,verb,to,x,+\n", "").find("signatures.tsv: cannot read 'fail'"), std::string::npos);
    EXPECT_NE(fault("", "fail,verb,to,-,\n", "").find("signatures.tsv: cannot read 'fail'"), std::string::npos);
    EXPECT_NE(fault("", "", "start,to,much,\n").find("veridicality.tsv: cannot read 'start'"), std::string::npos);
}

} // namespace
} // namespace kadesh
