#include "language/tokenizer.hpp"

#include <gtest/gtest.h>
#include <string>

namespace kadesh {
namespace {

/// The words of a text joined by single spaces; `_` joins a clitic to the word before.
std::string words_of(std::string_view text) {
    std::vector<RawWord> words;
    tokenize(text, words);
    std::string out;
    for (const RawWord& w : words) {
        if (!out.empty()) out += w.has(RawWord::kClitic) ? "_" : " ";
        out += text.substr(w.span.start, w.span.end - w.span.start);
    }
    return out;
}

struct Case {
    std::string_view text;
    std::string_view words;
};

class TokenizerTest : public testing::TestWithParam<Case> {};

TEST_P(TokenizerTest, FollowsTheTreebanks) {
    EXPECT_EQ(words_of(GetParam().text), GetParam().words);
}

INSTANTIATE_TEST_SUITE_P(
    Clitics, TokenizerTest,
    testing::Values(Case{"don't", "do_n't"}, Case{"can’t", "ca_n’t"}, Case{"DON'T", "DO_N'T"},
                    Case{"it's she'll we're they've he'd I'm", "it_'s she_'ll we_'re they_'ve he_'d I_'m"},
                    Case{"shouldn't've", "should_n't_'ve"}, Case{"cannot", "can_not"},
                    Case{"gonna wanna", "gon_na wan_na"}, Case{"dont", "do_nt"}, Case{"Putin's", "Putin_'s"},
                    Case{"Putin’s", "Putin_’s"}, Case{"the parties' leaders", "the parties_' leaders"},
                    Case{"'the parties'", "' the parties '"}, Case{"Sha'lan", "Sha'lan"}, Case{"o'clock", "o'clock"},
                    Case{"coup d'état", "coup d'état"}, Case{"the 1990s", "the 1990s"}, Case{"the '90s", "the '90s"},
                    Case{"\"Hamas\"'s", "\" Hamas \"_'s"}, Case{"its lets", "its lets"}));

INSTANTIATE_TEST_SUITE_P(Hyphens, TokenizerTest,
                         testing::Values(Case{"state-owned", "state - owned"}, Case{"al-Qaeda", "al - Qaeda"},
                                         Case{"non-aligned", "non-aligned"}, Case{"ex-president", "ex-president"},
                                         Case{"anti-government", "anti-government"}, Case{"e-mail", "e-mail"},
                                         Case{"15-year-old", "15 - year - old"}, Case{"5-10", "5 - 10"},
                                         Case{"2022-02-24", "2022-02-24"}, Case{"713-853-3989", "713-853-3989"},
                                         Case{"555-1234", "555-1234"}, Case{"Moscow–Tehran", "Moscow – Tehran"},
                                         Case{"deal—he said", "deal — he said"}, Case{"deal -- he", "deal -- he"},
                                         Case{"th- the", "th- the"}));

INSTANTIATE_TEST_SUITE_P(Stops, TokenizerTest,
                         testing::Values(Case{"The U.S. said.", "The U.S. said ."}, Case{"He left.", "He left ."},
                                         Case{"Gen. Soleimani", "Gen. Soleimani"}, Case{"Mr. X left.", "Mr. X left ."},
                                         Case{"George W. Bush", "George W. Bush"}, Case{"Acme Corp.", "Acme Corp."},
                                         Case{"No. 5 but no. He", "No. 5 but no . He"}, Case{"etc., and", "etc. , and"},
                                         Case{"on Jan. 5", "on Jan. 5"},
                                         Case{"Portland, Ore. is", "Portland , Ore. is"},
                                         Case{"dig ore. It", "dig ore . It"}, Case{"e.g. this", "e.g. this"},
                                         Case{"a Ph.D. in", "a Ph.D. in"}, Case{"at 5 p.m. today", "at 5 p.m. today"},
                                         Case{"end.The next", "end . The next"}, Case{"what?!", "what ?!"},
                                         Case{"well... yes", "well ... yes"}, Case{"well… yes", "well … yes"},
                                         Case{"in 2.", "in 2 ."}, Case{"Plan B.", "Plan B ."},
                                         Case{"(Reuters) - The", "( Reuters ) - The"}));

INSTANTIATE_TEST_SUITE_P(Numbers, TokenizerTest,
                         testing::Values(Case{"1,234.56", "1,234.56"}, Case{"$20bn", "$ 20 bn"}, Case{"US$5", "US$ 5"},
                                         Case{"€3.5m", "€ 3.5 m"}, Case{"40%", "40 %"}, Case{"10km", "10 km"},
                                         Case{"5pm", "5 pm"}, Case{"21st", "21st"}, Case{"1/2", "1/2"},
                                         Case{"24/02/2022", "24/02/2022"}, Case{"9:30", "9:30"},
                                         Case{"F-16s", "F - 16s"}, Case{"35°C", "35 ° C"}, Case{"#1", "# 1"},
                                         Case{"T-72", "T - 72"}, Case{"$5M", "$ 5 M"}, Case{"3D", "3D"},
                                         Case{"+1", "+1"}));

INSTANTIATE_TEST_SUITE_P(Addresses, TokenizerTest,
                         testing::Values(Case{"see http://x.org/a?b=c.", "see http://x.org/a?b=c ."},
                                         Case{"(https://osf.io),", "( https://osf.io ) ,"},
                                         Case{"http://a.org/x_(y)", "http://a.org/x_(y)"},
                                         Case{"www.un.org", "www.un.org"}, Case{"<a.b@c.com>", "< a.b@c.com >"},
                                         Case{"Gawker.com said", "Gawker.com said"},
                                         Case{"#Iran @POTUS", "#Iran @POTUS"}, Case{"report.pdf", "report.pdf"}));

INSTANTIATE_TEST_SUITE_P(Punctuation, TokenizerTest,
                         testing::Values(Case{"“real breakthrough,”", "“ real breakthrough , ”"},
                                         Case{"and/or", "and / or"}, Case{"AT&T", "AT&T"}, Case{"great :)", "great :)"},
                                         Case{"(see 8)", "( see 8 )"}, Case{"***", "***"}, Case{"----", "----"},
                                         Case{"''Yes,''", "'' Yes , ''"}, Case{"[1], [2]", "[ 1 ] , [ 2 ]"},
                                         Case{"s/he", "s/he"}, Case{"a•b", "a • b"}));

INSTANTIATE_TEST_SUITE_P(Unicode, TokenizerTest,
                         testing::Values(Case{"Erdoğan’ın", "Erdoğan’ın"}, Case{"10\u00A0km", "10 km"},
                                         Case{"nu\u00ADclear", "nu\u00ADclear"}, Case{"\uFEFFMoscow", "Moscow"},
                                         Case{"a\u200Bb", "a\u200Bb"}, Case{"😀 ok", "😀 ok"},
                                         Case{"👨‍👩‍👧", "👨‍👩‍👧"}, Case{"\u200B", ""},
                                         Case{"Москва, 5", "Москва , 5"}));

TEST(Tokenizer, SpansTileTheTextAndFlagsTellTheGaps) {
    const std::string text = "One two.\nThree\r\n\r\nFour\f  Five-six";
    std::vector<RawWord> words;
    tokenize(text, words);
    std::string flags;
    for (const RawWord& w : words) {
        flags += w.has(RawWord::kBlankLineBefore) ? 'B'
                 : w.has(RawWord::kNewlineBefore) ? 'N'
                 : w.has(RawWord::kSpaceBefore)   ? 's'
                                                  : '-';
    }
    EXPECT_EQ(flags, "ss-NBB--");
    std::uint32_t end = 0;
    for (const RawWord& w : words) {
        EXPECT_GE(w.span.start, end);
        EXPECT_LT(w.span.start, w.span.end);
        for (std::uint32_t i = end; i < w.span.start; ++i)
            EXPECT_TRUE(std::isspace(static_cast<unsigned char>(text[i])));
        end = w.span.end;
    }
}

TEST(Tokenizer, TakesWhatIsNoText) {
    EXPECT_EQ(words_of(""), "");
    EXPECT_EQ(words_of(" \n\t \u3000"), "");
    EXPECT_EQ(words_of(std::string_view("a\0b \0 c", 7)), std::string_view("a\0b c", 5));
}

// Long runs are cut; a pattern that made the time grow faster than the text would not end before the test's limit.
TEST(Tokenizer, CutsLongRunsInHostileTexts) {
    for (const std::string_view unit : {"a", "a.", "1-", ":)", "'", "a+", "x@", "www.", "(", "s' ", "a-b", "http://"}) {
        std::string text;
        while (text.size() < (1u << 20)) text += unit;
        std::vector<RawWord> words;
        tokenize(text, words);
        ASSERT_FALSE(words.empty()) << unit;
        for (const RawWord& w : words) ASSERT_LE(w.span.end - w.span.start, kMaxChunk + 4);
    }
}

} // namespace
} // namespace kadesh
