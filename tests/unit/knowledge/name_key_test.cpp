#include "knowledge/name_key.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace kadesh {
namespace {

NameKey key_of(const std::vector<std::string_view>& words) {
    NameKey key;
    for (const std::string_view word : words) key.add(word);
    return key;
}

TEST(NameKey, IsTheSameHoweverWordsAreSplit) {
    const auto whole = key_of({"Bashar al-Assad"}).folded();
    EXPECT_EQ(whole, key_of({"Bashar", "al-Assad"}).folded());
    EXPECT_EQ(whole, key_of({"Bashar", "al", "-", "Assad"}).folded());
    EXPECT_EQ(whole, key_of({"BASHAR", "Al‑Assad"}).folded()); // a non-breaking hyphen
    EXPECT_EQ(key_of({"Côte d'Ivoire"}).folded(), key_of({"cote", "d’", "ivoire"}).folded());
}

TEST(NameKey, FoldsAccentsOfManyScripts) {
    EXPECT_EQ(key_of({"Élysée"}).folded(), key_of({"elysee"}).folded());
    EXPECT_EQ(key_of({"Erdoğan"}).folded(), key_of({"Erdogan"}).folded());
    EXPECT_EQ(key_of({"Nguyễn"}).folded(), key_of({"Nguyen"}).folded());
    EXPECT_EQ(key_of({"e\xCC\x81lan"}).folded(), key_of({"elan"}).folded()); // a combining accent
    EXPECT_EQ(key_of({"Straße"}).folded(), key_of({"Strasse"}).folded());
    EXPECT_NE(key_of({"Москва"}).folded(), key_of({"Минск"}).folded());
}

TEST(NameKey, DropsPeriodsOfAcronymsAndKeepsTheirCapitals) {
    EXPECT_EQ(key_of({"U.S."}).cased(), key_of({"US"}).cased());
    EXPECT_NE(key_of({"US"}).cased(), key_of({"us"}).cased());
    EXPECT_EQ(key_of({"US"}).folded(), key_of({"us"}).folded());
    EXPECT_TRUE(key_of({"U.N."}).all_capitals());
    EXPECT_FALSE(key_of({"Un"}).all_capitals());
    EXPECT_FALSE(key_of({"1990"}).all_capitals());
    EXPECT_EQ(key_of({"É"}).capitals(), 1U);
}

TEST(NameKey, KeepsThePossessiveAndCommasApart) {
    EXPECT_NE(key_of({"Iranian", "'s"}).folded(), key_of({"Iranians"}).folded());
    EXPECT_EQ(key_of({"People", "’s", "Republic"}).folded(), key_of({"People's Republic"}).folded());
    EXPECT_EQ(key_of({"Sana'a"}).folded(), key_of({"Sanaa"}).folded());
    EXPECT_NE(key_of({"Guinea", ",", "Bissau"}).folded(), key_of({"Guinea-Bissau"}).folded());
    EXPECT_EQ(key_of({"Trinidad & Tobago"}).folded(), key_of({"Trinidad and Tobago"}).folded());
}

TEST(NameKey, SaysWhetherAWordBroughtAnything) {
    NameKey key;
    EXPECT_TRUE(key.empty());
    EXPECT_FALSE(key.add("-"));
    EXPECT_TRUE(key.empty());
    EXPECT_TRUE(key.add("al"));
    EXPECT_FALSE(key.add("."));
    EXPECT_FALSE(key.add(","));
    EXPECT_TRUE(key.add("20"));
}

TEST(NameKey, NotesWhereWordsPart) {
    NameKey key;
    key.add("New");
    key.add_break();
    key.add("York");
    EXPECT_EQ(key.breaks(), 1U << 3);
    EXPECT_TRUE(key.begins_large());
    NameKey small;
    small.add("-al");
    EXPECT_FALSE(small.begins_large());
    NameKey long_key;
    long_key.add(std::string(70, 'a'));
    long_key.add_break(); // past what is noted
    EXPECT_EQ(long_key.breaks(), 0U);
}

TEST(NameKey, TakesMalformedBytes) {
    NameKey key;
    key.add("\xFF\xC3");
    key.add(std::string_view("\0x", 2));
    EXPECT_FALSE(key.empty());
}

TEST(NamePieces, AreTheFinestSplit) {
    using Pieces = std::vector<std::string_view>;
    EXPECT_EQ(name_pieces("Bashar al-Assad"), (Pieces{"Bashar", "al", "Assad"}));
    EXPECT_EQ(name_pieces("People's Republic"), (Pieces{"People", "'s", "Republic"}));
    EXPECT_EQ(name_pieces("Côte d'Ivoire"), (Pieces{"Côte", "d", "Ivoire"}));
    EXPECT_EQ(name_pieces("Washington, D.C."), (Pieces{"Washington", ",", "D", "C"}));
    EXPECT_EQ(name_pieces(""), Pieces{});
}

} // namespace
} // namespace kadesh
