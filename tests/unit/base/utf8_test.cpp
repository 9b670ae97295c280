#include "base/utf8.hpp"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace kadesh {
namespace {

TEST(Utf8, DecodesEveryLength) {
    const std::string text = "a\u00E9\u20AC\U0001F600";
    EXPECT_EQ(decode_utf8(text, 0).value, U'a');
    EXPECT_EQ(decode_utf8(text, 1).value, U'\u00E9');
    EXPECT_EQ(decode_utf8(text, 3).value, U'\u20AC');
    EXPECT_EQ(decode_utf8(text, 6).value, U'\U0001F600');
    EXPECT_EQ(decode_utf8(text, 6).bytes, 4u);
    EXPECT_EQ(decode_utf8_before(text, 10).value, U'\U0001F600');
    EXPECT_EQ(decode_utf8_before(text, 6).value, U'\u20AC');
    EXPECT_EQ(decode_utf8_before(text, 1).value, U'a');
}

TEST(Utf8, EveryCodePointSurvivesTheRoundTrip) {
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        std::string text;
        append_utf8(text, c);
        const CodePoint found = decode_utf8(text, 0);
        ASSERT_EQ(found.value, c);
        ASSERT_EQ(found.bytes, text.size());
        ASSERT_TRUE(is_valid_utf8(text));
    }
    std::string text;
    append_utf8(text, 0xD800);
    append_utf8(text, 0x110000);
    EXPECT_EQ(text, "\uFFFD\uFFFD");
}

TEST(Utf8, TellsMalformedTextAndAGenuineReplacementCharacterApart) {
    EXPECT_TRUE(is_valid_utf8("long enough text with \uFFFD in it"));
    for (const std::string_view bad :
         {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5", "abcdefgh\xC3"}) {
        EXPECT_FALSE(is_valid_utf8(bad));
        EXPECT_TRUE(is_valid_utf8(repair_utf8(bad).text));
        EXPECT_GT(repair_utf8(bad).repaired, 0u);
    }
    EXPECT_EQ(repair_utf8("ok \uFFFD").repaired, 0u);
}

TEST(CodePointIndex, AgreesWithCounting) {
    std::mt19937 random(1);
    const char32_t alphabet[] = {U'a', U' ', U'\u00E9', U'\u20AC', U'\U0001F600'};
    for (int round = 0; round < 40; ++round) {
        std::string text;
        const std::size_t kinds = round % 4 == 0 ? 2 : 5; // some texts are ASCII
        for (int i = 0; i < round * 12; ++i) append_utf8(text, alphabet[random() % kinds]);
        const CodePointIndex index(text);
        ASSERT_EQ(index.size(), count_code_points(text));
        std::uint32_t n = 0;
        for (std::uint32_t at = 0; at < text.size(); at += decode_utf8(text, at).bytes, ++n) {
            ASSERT_EQ(index.code_point(at), n);
            ASSERT_EQ(index.byte(n), at);
        }
        EXPECT_EQ(index.code_point(static_cast<std::uint32_t>(text.size())), n);
        EXPECT_EQ(index.byte(n), text.size());
        EXPECT_EQ(index.code_point(1u << 30), n);
        EXPECT_EQ(index.byte(1u << 30), text.size());
    }
}

} // namespace
} // namespace kadesh
