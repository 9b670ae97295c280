#include "language/lemmatizer.hpp"
#include "small_model.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class LemmatizerTest : public testing::Test {
  protected:
    LemmatizerTest() : bytes_(test::small_model().build()) {
        file_ = std::make_unique<neural::ModelFile>(neural::ModelFile::over(test::bytes_of(bytes_), "test").value());
        lemmatizer_ = std::make_unique<Lemmatizer>(Lemmatizer::load(*file_).value());
    }
    std::string_view lemma(std::string_view word, Upos upos, std::string_view xpos = "") {
        return lemmatizer_->lemma(word, upos, xpos, owned_);
    }

    std::vector<std::uint64_t> bytes_;
    std::unique_ptr<neural::ModelFile> file_;
    std::unique_ptr<Lemmatizer> lemmatizer_;
    std::deque<std::string> owned_;
};

TEST_F(LemmatizerTest, LooksFormsUpByTag) {
    EXPECT_EQ(lemma("was", Upos::VERB), "be");
    EXPECT_EQ(lemma("WAS", Upos::VERB), "be");
    EXPECT_EQ(lemma("men", Upos::NOUN), "man");
    EXPECT_EQ(lemma("men's", Upos::NOUN), "men's") << "a form that begins with another";
    EXPECT_EQ(lemma("men", Upos::X), "men");
    EXPECT_EQ(lemma("'s", Upos::PART), "'s");
}

TEST_F(LemmatizerTest, TakesTheLongestSuffix) {
    EXPECT_EQ(lemma("treaties", Upos::NOUN), "treaty");
    EXPECT_EQ(lemma("deals", Upos::NOUN), "deal");
    EXPECT_EQ(lemma("Crisiss", Upos::NOUN), "crisiss");
    EXPECT_EQ(lemma("signed", Upos::VERB), "sign");
    EXPECT_EQ(lemma("s", Upos::NOUN), "s") << "a rule never leaves nothing";
}

TEST_F(LemmatizerTest, ProperNounsKeepTheirCase) {
    EXPECT_EQ(lemma("Moscow", Upos::PROPN), "Moscow");
    EXPECT_EQ(lemma("Emirates", Upos::PROPN, "NNPS"), "Emirate");
    EXPECT_EQ(lemma("Emirates", Upos::PROPN, "NNP"), "Emirates");
}

TEST_F(LemmatizerTest, PronounsGoByTheirFineTag) {
    EXPECT_EQ(lemma("her", Upos::PRON, "PRP"), "she");
    EXPECT_EQ(lemma("Her", Upos::PRON, "PRP"), "she");
    EXPECT_EQ(lemma("her", Upos::PRON, "PRP$"), "her");
}

TEST_F(LemmatizerTest, WordsOfNamesKeepTheirCapital) {
    EXPECT_EQ(lemma("Signed", Upos::VERB, "NNP"), "Sign");
    EXPECT_EQ(lemma("Signed", Upos::VERB, "VBD"), "sign");
    EXPECT_EQ(lemma("signed", Upos::VERB, "NNP"), "sign");
    EXPECT_EQ(lemma("Deals", Upos::NOUN, "NNPS"), "Deal");
}

TEST_F(LemmatizerTest, NumbersLoseTheirCommas) {
    EXPECT_EQ(lemma("1,100", Upos::NUM, "CD"), "1100");
    EXPECT_EQ(lemma("2,000.5", Upos::NUM, "CD"), "2000.5");
    EXPECT_EQ(lemma("4,x", Upos::NUM, "CD"), "4,x");
    EXPECT_EQ(lemma("1,100", Upos::SYM, "CD"), "1,100");
}

TEST_F(LemmatizerTest, ViewsOutliveMovesOfTheirStore) {
    const std::string_view first = lemma("deals", Upos::NOUN);
    for (int i = 0; i < 1000; ++i) (void)lemma("Pacts", Upos::NOUN);
    const std::deque<std::string> moved = std::move(owned_);
    EXPECT_EQ(first, "deal");
}

TEST_F(LemmatizerTest, DropsSoftHyphens) {
    EXPECT_EQ(lemma("trea\u00ADties", Upos::NOUN), "treaty");
}

TEST(Lemmatizer, RefusesDamagedTables) {
    for (const char* const rules : {"NOUN\ts\t1\n", "NOUN\ts\tx\t\n", "NOUN\ts\t2\t\n"}) {
        test::ModelBuilder b;
        b.text("lemma.forms", "a\tNOUN\ta\n");
        b.text("lemma.suffix", rules);
        const std::vector<std::uint64_t> bytes = b.build();
        EXPECT_FALSE(Lemmatizer::load(*neural::ModelFile::over(test::bytes_of(bytes), "test"))) << rules;
    }
    test::ModelBuilder b;
    b.text("lemma.forms", "a\tNOUN\n");
    b.text("lemma.suffix", "");
    const std::vector<std::uint64_t> bytes = b.build();
    EXPECT_FALSE(Lemmatizer::load(*neural::ModelFile::over(test::bytes_of(bytes), "test")));
}

} // namespace
} // namespace kadesh
