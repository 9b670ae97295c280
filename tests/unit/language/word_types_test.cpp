#include "language/word_types.hpp"
#include "small_model.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class WordTypesTest : public testing::Test {
  protected:
    WordTypesTest()
        : bytes_(test::small_model("", test::Network::Words).build()),
          file_(neural::ModelFile::over(test::bytes_of(bytes_), "test").value()),
          encoder_(neural::WordEncoder::load(file_).value()), types_(WordTypes::load(file_, encoder_).value()) {}

    neural::WordType of(std::string_view word, bool first = false) { return types_.of(word, first, pieces_, scratch_); }

    std::vector<std::uint64_t> bytes_;
    neural::ModelFile file_;
    neural::WordEncoder encoder_;
    WordTypes types_;
    std::vector<std::uint32_t> pieces_;
    WordTypes::Scratch scratch_;
};

TEST_F(WordTypesTest, FoldsBeforeItLooksUp) {
    EXPECT_EQ(of("Unable").word, 1u);
    EXPECT_EQ(of("CAFÉ").word, 2u);
    EXPECT_EQ(of("cafe").affixes, of("Café").affixes);
    EXPECT_EQ(of("unheard").word, 0u);
}

TEST_F(WordTypesTest, CountsPieces) {
    const neural::WordType type = of("unable");
    EXPECT_EQ(type.pieces, 2u);
    EXPECT_EQ(pieces_.size(), 2u);
    EXPECT_EQ(of("treaty").first_piece, 2u);
}

TEST_F(WordTypesTest, ShapeKnowsTheFirstWord) {
    EXPECT_EQ(of("Treaty", true).shape, 2);
    EXPECT_EQ(of("Treaty", false).shape, 3);
    EXPECT_EQ(types_.root(pieces_).shape, 9);
}

TEST_F(WordTypesTest, TellsClassesOfNames) {
    EXPECT_EQ(of("Moscow").classes, 4);
    EXPECT_EQ(of("IRAN").classes, 6);
    EXPECT_EQ(of("treaty").classes, 0);
}

TEST_F(WordTypesTest, AffixesAreOfCharactersNotBytes) {
    // Two words with the same last two characters, one of several bytes.
    EXPECT_EQ(of("сиб").affixes[2], of("риб").affixes[2]);
    EXPECT_NE(of("сиб").affixes[0], of("риб").affixes[0]);
    EXPECT_EQ(of("a").affixes[0], of("a").affixes[0]);
}

TEST_F(WordTypesTest, RefusesAWordListOfAnotherLength) {
    test::ModelBuilder bare;
    test::add_word_encoder(bare);
    bare.text("vocab", test::kSmallVocabulary);
    bare.text("words", "only\none\n");
    bare.numbers32("class.table", test::class_table());
    const std::vector<std::uint64_t> bytes = bare.build();
    const neural::ModelFile file = neural::ModelFile::over(test::bytes_of(bytes), "bare").value();
    const neural::WordEncoder encoder = neural::WordEncoder::load(file).value();
    const Result<WordTypes> types = WordTypes::load(file, encoder);
    ASSERT_FALSE(types);
    EXPECT_NE(types.error().message.find("words: has 2 lines, expected 5"), std::string::npos);
}

} // namespace
} // namespace kadesh
