#include "language/sentence_splitter.hpp"
#include "neural/model_file.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <optional>

namespace kadesh {
namespace {

std::vector<std::string> sentences_of(const SentenceSplitter& splitter, std::string_view text) {
    std::vector<RawWord> words;
    tokenize(text, words);
    std::vector<TokenRange> ranges;
    splitter.split(text, words, ranges);
    std::vector<std::string> out;
    Token next = 0;
    for (const TokenRange r : ranges) {
        EXPECT_EQ(r.first, next);
        EXPECT_LT(r.first, r.last);
        next = r.last;
        const std::uint32_t start = words[r.first].span.start;
        out.emplace_back(text.substr(start, words[r.last - 1].span.end - start));
    }
    EXPECT_EQ(next, words.size()) << "sentences cover all words";
    return out;
}

using Sentences = std::vector<std::string>;

// Weights of zero never see an end: what is left are the rules.
TEST(SentenceSplitter, BlankLinesAlwaysEndASentence) {
    const SentenceSplitter none{std::vector<float>(16, -1.0f)};
    EXPECT_EQ(sentences_of(none, "One two.\nThree\n\nfour five. Six\n \n\nseven"),
              (Sentences{"One two.\nThree", "four five. Six", "seven"}));
    EXPECT_EQ(sentences_of(none, ""), Sentences{});
    EXPECT_EQ(sentences_of(none, "\n\n"), Sentences{});
}

TEST(SentenceSplitter, CutsVeryLongSentencesAtACommaIfThereIsOne) {
    const SentenceSplitter none{std::vector<float>(16, -1.0f)};
    std::string text;
    for (int i = 0; i < 450; ++i) text += i == 170 ? "word , " : "word ";
    std::vector<RawWord> words;
    tokenize(text, words);
    std::vector<TokenRange> ranges;
    none.split(text, words, ranges);
    ASSERT_EQ(ranges.size(), 3u);
    EXPECT_EQ(ranges[0].last, 172u);
    EXPECT_EQ(ranges[1].size(), kMaxSentence);
    EXPECT_EQ(ranges[2].last, words.size());
}

TEST(SentenceSplitter, NeverCutsBeforeAClitic) {
    const SentenceSplitter all{std::vector<float>(16, 1.0f)};
    std::vector<RawWord> words;
    std::string text;
    for (int i = 0; i < 400; ++i) text += "don't ";
    tokenize(text, words);
    std::vector<TokenRange> ranges;
    all.split(text, words, ranges);
    for (const TokenRange r : ranges) {
        EXPECT_FALSE(words[r.first].has(RawWord::kClitic));
        EXPECT_LE(r.size(), kMaxSentence);
    }
}

struct Case {
    std::string_view text;
    Sentences sentences;
};

/// With the shipped weights, whose file the environment names.
class TrainedSplitterTest : public testing::TestWithParam<Case> {};

TEST_P(TrainedSplitterTest, SplitsNews) {
    const char* const path = std::getenv("KADESH_MODEL");
    if (path == nullptr) GTEST_SKIP() << "KADESH_MODEL is not set";
    const Result<neural::ModelFile> file = neural::ModelFile::open(path);
    if (!file && file.error().code == ErrorCode::NotFound) GTEST_SKIP() << file.error().message;
    ASSERT_TRUE(file) << file.error().message;
    const Result<SentenceSplitter> splitter = SentenceSplitter::load(*file);
    ASSERT_TRUE(splitter) << splitter.error().message;
    EXPECT_EQ(sentences_of(*splitter, GetParam().text), GetParam().sentences);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, TrainedSplitterTest,
    testing::Values(
        Case{"Iran signed it. Russia did too.", {"Iran signed it.", "Russia did too."}},
        Case{"Two U.S. officials met Gen. Ali Khan in St. Petersburg. They talked.",
             {"Two U.S. officials met Gen. Ali Khan in St. Petersburg.", "They talked."}},
        Case{"MOSCOW, Jan 17 (Reuters) - Russia and Iran signed a treaty on Friday. It covers trade.",
             {"MOSCOW, Jan 17 (Reuters) - Russia and Iran signed a treaty on Friday.", "It covers trade."}},
        Case{"Leaders Sign Pact in Moscow\nThe new deal covers trade and energy.\nIt will last 20 years.",
             {"Leaders Sign Pact in Moscow", "The new deal covers trade and energy.", "It will last 20 years."}},
        Case{"“We agree.” He left the room. “This is a breakthrough,” he said.",
             {"“We agree.”", "He left the room.", "“This is a breakthrough,” he said."}},
        Case{"The ministers of the two countries met in Geneva on Tuesday for\n"
             "talks on the border, officials said. The talks are to go on\nuntil Thursday, a statement said.",
             {"The ministers of the two countries met in Geneva on Tuesday for\ntalks on the border, officials said.",
              "The talks are to go on\nuntil Thursday, a statement said."}},
        Case{"Is it war? No! It is not.", {"Is it war?", "No!", "It is not."}},
        Case{"Prices rose 3.5 percent to $1.2 billion. Analysts had expected less.",
             {"Prices rose 3.5 percent to $1.2 billion.", "Analysts had expected less."}},
        Case{"WASHINGTON (AP) — The White House said on Monday it would act.",
             {"WASHINGTON (AP) — The White House said on Monday it would act."}},
        Case{"Talks fail again\nMinisters from six nations left Geneva without a deal on Friday\nBy John Smith\n"
             "GENEVA (Reuters) - Ministers left on Friday. They had met since Monday.",
             {"Talks fail again", "Ministers from six nations left Geneva without a deal on Friday", "By John Smith",
              "GENEVA (Reuters) - Ministers left on Friday.", "They had met since Monday."}},
        Case{"TRUMP SAYS TARIFFS WILL RISE\nTRUMP: WE WILL WIN",
             {"TRUMP SAYS TARIFFS WILL RISE", "TRUMP: WE WILL WIN"}},
        Case{"1. The parties agree to a ceasefire. 2. The parties shall meet.",
             {"1. The parties agree to a ceasefire.", "2. The parties shall meet."}},
        Case{"The U.S. Navy sailed to the U.S. Virgin Islands. The U.N. Security Council met.",
             {"The U.S. Navy sailed to the U.S. Virgin Islands.", "The U.N. Security Council met."}},
        Case{"He works for Acme Inc. in the U.S. and lives in Washington, D.C. with his wife.",
             {"He works for Acme Inc. in the U.S. and lives in Washington, D.C. with his wife."}}));

} // namespace
} // namespace kadesh
