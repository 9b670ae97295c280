#include "language/unicode.hpp"
#include "language/word_pieces.hpp"
#include "small_model.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class WordPiecesTest : public testing::Test {
  protected:
    WordPiecesTest() {
        test::ModelBuilder b;
        b.text("vocab", test::kSmallVocabulary);
        bytes_ = b.build();
        file_ = std::make_unique<neural::ModelFile>(neural::ModelFile::over(test::bytes_of(bytes_), "test").value());
        pieces_ = std::make_unique<WordPieces>(WordPieces::load(*file_, 40).value());
        for (std::string_view left = test::kSmallVocabulary; !left.empty();) {
            const std::size_t end = left.find('\n');
            vocabulary_.emplace_back(left.substr(0, end));
            left.remove_prefix(end + 1);
        }
    }

    std::string pieces_of(std::string_view word) {
        std::vector<std::uint32_t> ids;
        pieces_->encode(word, ids, scratch_);
        std::string out;
        for (const std::uint32_t id : ids) out += (out.empty() ? "" : " ") + vocabulary_[id];
        return out;
    }

    std::vector<std::uint64_t> bytes_;
    std::unique_ptr<neural::ModelFile> file_;
    std::unique_ptr<WordPieces> pieces_;
    WordPieces::Scratch scratch_;
    std::vector<std::string> vocabulary_;
};

TEST_F(WordPiecesTest, CutsGreedily) {
    EXPECT_EQ(pieces_of("the"), "the");
    EXPECT_EQ(pieces_of("Ministers"), "minister ##s");
    EXPECT_EQ(pieces_of("unable"), "un ##able");
    EXPECT_EQ(pieces_of("signed"), "sign ##ed");
}

TEST_F(WordPiecesTest, NormalisesFirst) {
    EXPECT_EQ(pieces_of("Café"), "cafe");
    EXPECT_EQ(pieces_of("ｔｈｅ"), "the") << "full-width letters";
    EXPECT_EQ(pieces_of("’s"), "' [UNK]");
    EXPECT_EQ(pieces_of("—"), "-");
    EXPECT_EQ(pieces_of("“"), "\"");
    EXPECT_EQ(pieces_of("the\u00AD"), "the") << "soft hyphen";
    EXPECT_EQ(pieces_of("x\u00B2"), "x ##2") << "superscript";
}

TEST_F(WordPiecesTest, PunctuationStandsAlone) {
    EXPECT_EQ(pieces_of("a.b"), "a . b");
    EXPECT_EQ(pieces_of("-,-"), "- , -");
}

TEST_F(WordPiecesTest, AnUnknownChunkIsOnePiece) {
    EXPECT_EQ(pieces_of("theq"), "[UNK]");
    EXPECT_EQ(pieces_of("a.qq"), "a . [UNK]");
    EXPECT_EQ(pieces_of("\u200B"), "[UNK]") << "nothing left";
}

TEST_F(WordPiecesTest, CutsLongWords) {
    std::vector<std::uint32_t> ids;
    pieces_->encode(std::string(1000, 'b'), ids, scratch_);
    EXPECT_EQ(ids.size(), kMaxPieces);
}

TEST_F(WordPiecesTest, RefusesAVocabularyOfAnotherSize) {
    EXPECT_FALSE(WordPieces::load(*file_, 39));
}

TEST(WordShape, TellsNineShapes) {
    const std::pair<std::string_view, int> words[] = {
        {"...", 0},  {"minister", 1}, {"Moscow", 3}, {"I", 4},    {"UN", 5},     {"McDonald", 6},
        {"2022", 7}, {"3.5%", 7},     {"F16", 8},    {"1st", 8},  {"10$", 8},    {"é", 1},
        {"Île", 3},  {"$", 0},        {"'s", 1},     {"U.S.", 5}, {"москва", 1}, {"½", 0},
    };
    for (const auto& [word, shape] : words) EXPECT_EQ(int{word_shape(word, false)}, shape) << word;
    EXPECT_EQ(int{word_shape("Moscow", true)}, 2);
    EXPECT_EQ(int{word_shape("moscow", true)}, 1);
}

TEST(Unicode, ClassesAndFolding) {
    EXPECT_EQ(char_class(U'ß'), CharClass::Letter);
    EXPECT_EQ(char_class(U'Ğ'), CharClass::Capital);
    EXPECT_EQ(char_class(0x0301), CharClass::Mark);
    EXPECT_EQ(char_class(0x00A0), CharClass::Space);
    EXPECT_EQ(char_class(0x200B), CharClass::Ignorable);
    EXPECT_EQ(char_class(U'“'), CharClass::Punctuation);
    EXPECT_EQ(char_class(U'€'), CharClass::Symbol);
    EXPECT_EQ(char_class(U'½'), CharClass::Number);
    EXPECT_EQ(char_class(0x10FFFF), CharClass::Other);
    const auto folded = [](char32_t c) {
        std::string out;
        append_folded(out, c);
        return out;
    };
    EXPECT_EQ(folded(U'Ğ'), "g");
    EXPECT_EQ(folded(U'İ'), "i");
    EXPECT_EQ(folded(U'ﬁ'), "fi");
    EXPECT_EQ(folded(U'가'), "\u1100\u1161");
    EXPECT_EQ(folded(0x0301), "");
    EXPECT_EQ(folded(U'ж'), "ж");
    EXPECT_EQ(lower("ÉCOLE Ğ"), "école ğ");
}

} // namespace
} // namespace kadesh
