#include "ledger/quantities.hpp"

#include <gtest/gtest.h>

namespace kadesh::ledger {
namespace {

std::string told(std::string_view sentence) {
    std::string text;
    for (const Quantity& quantity : quantities_in(sentence))
        text += (text.empty() ? "" : ", ") + std::string(quantity.what) + ' ' + std::to_string(quantity.value);
    return text;
}

TEST(Quantities, NearestWordTellsWhatIsCounted) {
    EXPECT_EQ(told("A man kills 14 people and injures 35 others in New Orleans."), "killed 14, injured 35");
    EXPECT_EQ(told("At least 26 Palestinians were killed and dozens wounded."), "killed 26");
    EXPECT_EQ(told("The death toll rose to 1,204."), "killed 1204");
    EXPECT_EQ(told("Police arrested twelve protesters."), "arrested 12");
    EXPECT_EQ(told("Five people died."), "killed 5");
}

TEST(Quantities, DaysYearsAgesAndMoneyAreNoCounts) {
    EXPECT_EQ(told("On 17 January 2025 he was killed."), "");
    EXPECT_EQ(told("A 35-year-old man was killed in 2019."), "");
    EXPECT_EQ(told("They killed the plan to spend $40 million."), "");
    EXPECT_EQ(told("Prices rose 12% after soldiers were killed."), "");
}

TEST(Quantities, ScalesMultiply) {
    EXPECT_EQ(told("Some 2 million people have been displaced."), "displaced 2000000");
}

} // namespace
} // namespace kadesh::ledger
