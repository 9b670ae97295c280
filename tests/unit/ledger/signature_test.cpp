#include "ledger/signature.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace kadesh::ledger {
namespace {

constexpr const char* kWire =
    "Russian President Vladimir Putin and his Iranian counterpart signed a strategic partnership treaty in Moscow on "
    "Friday, deepening military and economic ties between two of the world's most heavily sanctioned nations. The pact "
    "covers trade, energy and defence and will run for twenty years, officials in both capitals said after the talks.";
constexpr const char* kCopy =
    "MOSCOW - Russian President Vladimir Putin and his Iranian counterpart signed a strategic partnership treaty in "
    "Moscow on Friday, deepening military and economic ties between two of the world's most heavily sanctioned "
    "nations. "
    "The pact covers trade, energy and defence and will run for 20 years, officials said.";
constexpr const char* kOther =
    "The central bank of Turkey raised its interest rate on Thursday for the third month in a row, saying that "
    "inflation "
    "was still far above its target and that it would keep policy tight until prices came down for good.";

TEST(Signature, CopiesAreAlikeAndOtherTextsAreNot) {
    EXPECT_DOUBLE_EQ(likeness(signature_of(kWire), signature_of(kWire)), 1);
    EXPECT_GT(likeness(signature_of(kWire), signature_of(kCopy)), 0.5);
    EXPECT_LT(likeness(signature_of(kWire), signature_of(kOther)), 0.1);
}

TEST(Signature, CopiesMeetInABand) {
    const auto a = bands_of(signature_of(kWire));
    const auto b = bands_of(signature_of(kCopy));
    int shared = 0;
    for (std::size_t i = 0; i < kBands; ++i) shared += a[i] == b[i] ? 1 : 0;
    EXPECT_GT(shared, 0);
}

TEST(Signature, IsTheSameOnEveryMachine) {
    // Stored in ledgers: a change here is a change of the file format.
    EXPECT_EQ(signature_of("one two three")[0], signature_of("One  TWO, three!")[0]);
    EXPECT_EQ(unpacked_signature(packed(signature_of(kWire))), signature_of(kWire));
    EXPECT_EQ(signature_of("two words")[0], 0U);
    EXPECT_DOUBLE_EQ(likeness(signature_of("two words"), signature_of("two words")), 0);
}

TEST(Signature, ContentWordsLeaveOutFunctionWordsAndEndings) {
    EXPECT_EQ(content_words("The ministers signed the treaty", 20), content_words("minister signs treaties", 20));
    EXPECT_TRUE(content_words("and of the to", 20).empty());
    EXPECT_DOUBLE_EQ(jaccard(content_words("troops attack town", 9), content_words("troops leave town", 9)), 0.5);
    EXPECT_DOUBLE_EQ(overlap(content_words("troops", 9), content_words("troops leave town", 9)), 1);
}

TEST(Signature, WeightyWordsAreRareOrOften) {
    const auto word = [](std::string_view one) { return content_words(one, 1).at(0); };
    EXPECT_LT(word_weight(word("people")), word_weight(word("Kharkiv")));
    EXPECT_EQ(word_weight(word("Zzyzx")), 100);
    const auto all = weightiest_words("People of Kharkiv fled. Kharkiv was hit by a missile, people said.", 20);
    EXPECT_TRUE(std::ranges::is_sorted(all, {}, &WeighedWord::word));
    const auto top = weightiest_words("People of Kharkiv fled. Kharkiv was hit by a missile, people said.", 1);
    ASSERT_EQ(top.size(), 1U);
    EXPECT_EQ(top[0].word, word("Kharkiv"));
    EXPECT_TRUE(weightiest_words("", 5).empty());
}

TEST(Signature, WordsKeepLettersBeyondAscii) {
    std::string storage;
    const auto words = comparison_words("Erdo\xC4\x9F"
                                        "an\xE2\x80\x99s visit",
                                        storage);
    ASSERT_EQ(words.size(), 2U);
    EXPECT_EQ(words[0], "erdo\xC4\x9F"
                        "an");
    EXPECT_EQ(words[1], "visit");
}

} // namespace
} // namespace kadesh::ledger
