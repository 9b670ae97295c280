#include "pipeline/stages.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

TEST(ReadableLanguage, EnglishAndUnstatedAre) {
    for (const char* tag : {"", "en", "EN", "en-GB", "en_US", "eng", "English", "und"})
        EXPECT_TRUE(is_readable_language(tag)) << tag;
}

TEST(ReadableLanguage, OthersAreNot) {
    for (const char* tag : {"fr", "de-DE", "enm", "e", "ru_RU"}) EXPECT_FALSE(is_readable_language(tag)) << tag;
}

} // namespace
} // namespace kadesh
