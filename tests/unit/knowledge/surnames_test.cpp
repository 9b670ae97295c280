#include "knowledge/surnames.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

using Forms = std::vector<std::string>;

TEST(Surnames, AreLastNames) {
    EXPECT_EQ(surnames("Vladimir Putin", "RUS"), Forms{"Putin"});
    EXPECT_EQ(surnames("Sergey Viktorovich Lavrov", "RUS"), Forms{"Lavrov"});
    EXPECT_EQ(surnames("Ferdinand Marcos Jr.", "PHL"), Forms{"Marcos"});
}

TEST(Surnames, KeepParticles) {
    EXPECT_EQ(surnames("Bashar al-Assad", "SYR"), (Forms{"al-Assad", "Assad"}));
    EXPECT_EQ(surnames("Abdel Fattah el-Sisi", "EGY"), (Forms{"el-Sisi", "Sisi"}));
    EXPECT_EQ(surnames("Nouri al Maliki", "IRQ"), (Forms{"al Maliki", "Maliki"}));
    EXPECT_EQ(surnames("Mohammed bin Salman", "SAU"), Forms{"bin Salman"});
    EXPECT_EQ(surnames("Ursula von der Leyen", "EUR"), (Forms{"von der Leyen", "der Leyen", "Leyen"}));
    EXPECT_EQ(surnames("Charles de Gaulle", "FRA"), (Forms{"de Gaulle", "Gaulle"}));
}

TEST(Surnames, StandFirstInEastAsia) {
    EXPECT_EQ(surnames("Xi Jinping", "CHN"), Forms{"Xi"});
    EXPECT_EQ(surnames("Kim Jong Un", "PRK"), Forms{"Kim"});
    EXPECT_EQ(surnames("Yoon Suk Yeol", "KOR"), Forms{"Yoon"});
    EXPECT_EQ(surnames("Lai Ching-te", "TWN"), Forms{"Lai"});
    EXPECT_EQ(surnames("Carrie Lam", "HKG"), Forms{"Lam"});
    EXPECT_EQ(surnames("Nguyen Phu Trong", "VNM"), Forms{"Trong"});
    EXPECT_EQ(surnames("Shinzo Abe", "JPN"), Forms{"Abe"});
}

TEST(Surnames, MayBeTwoInSpanish) {
    EXPECT_EQ(surnames("Andrés Manuel López Obrador", "MEX"), (Forms{"Obrador", "López Obrador", "López"}));
    EXPECT_EQ(surnames("Enrique Peña Nieto", "MEX"), (Forms{"Nieto", "Peña Nieto", "Peña"}));
    EXPECT_EQ(surnames("Juan Manuel Santos", "COL"), Forms{"Santos"});
    EXPECT_EQ(surnames("Gustavo Petro", "COL"), Forms{"Petro"});
}

TEST(Surnames, AreNoneForRulersAndSingleNames) {
    EXPECT_EQ(surnames("Charles III", "GBR"), Forms{});
    EXPECT_EQ(surnames("Pope Francis", "VAT"), Forms{});
    EXPECT_EQ(surnames("Abdullah II of Jordan", "JOR"), Forms{});
    EXPECT_EQ(surnames("Francis", "VAT"), Forms{});
    EXPECT_EQ(surnames("Aung San Suu Kyi", "MMR"), Forms{});
    EXPECT_EQ(surnames("", ""), Forms{});
}

} // namespace
} // namespace kadesh
