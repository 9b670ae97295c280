#include "document/dateline.hpp"

#include <gtest/gtest.h>
#include <string>

namespace kadesh {
namespace {

struct Case {
    const char* text;
    const char* place;
    const char* region;
    const char* agency;
    int month, day, year;
};

std::string_view part(std::string_view text, TextSpan span) {
    return text.substr(span.start, span.end - span.start);
}

class DatelineForms : public testing::TestWithParam<Case> {};

TEST_P(DatelineForms, AreTakenApart) {
    const Case& expected = GetParam();
    const std::string body =
        "The two sides met on Friday, officials said, and agreed to meet again before the end of the month.";
    const std::string text = expected.text + body;
    const auto found = find_dateline(text);
    ASSERT_TRUE(found) << text;
    EXPECT_EQ(part(text, found->place), expected.place) << text;
    EXPECT_EQ(part(text, found->region), expected.region) << text;
    EXPECT_EQ(part(text, found->agency), expected.agency) << text;
    EXPECT_EQ(found->month, expected.month) << text;
    EXPECT_EQ(found->day, expected.day) << text;
    EXPECT_EQ(found->year, expected.year) << text;
    EXPECT_EQ(text.substr(found->skip.end), body);
    EXPECT_EQ(found->skip.start, 0u);
}

INSTANTIATE_TEST_SUITE_P(
    Agencies, DatelineForms,
    testing::Values(Case{"MOSCOW, Jan 17 (Reuters) - ", "MOSCOW", "", "Reuters", 1, 17, 0},
                    Case{"LIMA (Reuters) - ", "LIMA", "", "Reuters", 0, 0, 0},
                    Case{"CARACAS, March 2 (2008) - ", "CARACAS", "", "", 3, 2, 2008},
                    Case{"KYIV, Ukraine (AP) \xE2\x80\x94 ", "KYIV", "Ukraine", "AP", 0, 0, 0},
                    Case{"Bamako (AFP) \xE2\x80\x93 ", "Bamako", "", "AFP", 0, 0, 0},
                    Case{"BEIJING, Oct. 3 (Xinhua) -- ", "BEIJING", "", "Xinhua", 10, 3, 0},
                    Case{"MINSK, September 9. /BelTA/. ", "MINSK", "", "BelTA", 9, 9, 0},
                    Case{"Jan 17 (Reuters) - ", "", "", "Reuters", 1, 17, 0},
                    Case{"(Reuters) - ", "", "", "Reuters", 0, 0, 0},
                    Case{"TEHRAN, Feb. 2 (MNA) \xE2\x80\x93 ", "TEHRAN", "", "MNA", 2, 2, 0},
                    Case{"Isfahan, IRNA \xE2\x80\x93 ", "Isfahan", "", "IRNA", 0, 0, 0},
                    Case{"JERUSALEM/CAIRO, June 1 (Reuters) - ", "JERUSALEM", "", "Reuters", 6, 1, 0},
                    Case{"UNITED NATIONS, 24 October 2022 (AFP) \xE2\x80\x94 ", "UNITED NATIONS", "", "AFP", 10, 24,
                         2022},
                    Case{"PORT-AU-PRINCE, Haiti (AP) \xE2\x80\x94 ", "PORT-AU-PRINCE", "Haiti", "AP", 0, 0, 0},
                    Case{"OSLO, March 5 (Harbour Wire) \xE2\x80\x93 ", "OSLO", "", "Harbour Wire", 3, 5, 0},
                    Case{"Lusaka (CNN) ", "Lusaka", "", "CNN", 0, 0, 0},
                    Case{"MIAMI BEACH, Fla. (Reuters) - ", "MIAMI BEACH", "Fla", "Reuters", 0, 0, 0},
                    Case{"KABUL (Pajhwok): ", "KABUL", "", "Pajhwok", 0, 0, 0},
                    Case{"DAKAR, Senegal (Thomson Reuters Foundation) - ", "DAKAR", "Senegal",
                         "Thomson Reuters Foundation", 0, 0, 0}));

INSTANTIATE_TEST_SUITE_P(
    Papers, DatelineForms,
    testing::Values(Case{"(Beirut) \xE2\x80\x93 ", "Beirut", "", "", 0, 0, 0},
                    Case{"(Port of Spain, May 4, 2020) \xE2\x80\x93 ", "Port of Spain", "", "", 5, 4, 2020},
                    Case{"NAIROBI \xE2\x80\x94 ", "NAIROBI", "", "", 0, 0, 0},
                    Case{"WASHINGTON, D.C. \xE2\x80\x94 ", "WASHINGTON", "D.C.", "", 0, 0, 0},
                    Case{"ST. PETERSBURG, Russia \xE2\x80\x94 ", "ST. PETERSBURG", "Russia", "", 0, 0, 0},
                    Case{"HELENA, Mont. \xE2\x80\x94 ", "HELENA", "Mont", "", 0, 0, 0},
                    Case{"CAIRO \xE2\x80\x93 26 July 2022: ", "CAIRO", "", "", 7, 26, 2022},
                    Case{"SINGAPORE (May 6, 2021) \xE2\x80\x94 ", "SINGAPORE", "", "", 5, 6, 2021},
                    Case{"SRINAGAR, Mar 03: ", "SRINAGAR", "", "", 3, 3, 0},
                    Case{"ISLAMABAD: ", "ISLAMABAD", "", "", 0, 0, 0},
                    Case{"NEW DELHI -- ", "NEW DELHI", "", "", 0, 0, 0},
                    Case{"ASUNCI\xC3\x93N \xE2\x80\x93 ", "ASUNCI\xC3\x93N", "", "", 0, 0, 0},
                    Case{"Brasilia, June 3 - ", "Brasilia", "", "", 6, 3, 0},
                    Case{"HANOI, Friday, Aug 7 - ", "HANOI", "", "", 8, 7, 0}));

TEST(Dateline, MayFollowAHeadline) {
    const std::string text =
        "Talks open on grain\n\nOfficials hope for a deal\n\nCAIRO, June 3 (MENA) - Egypt said on Monday.";
    const auto found = find_dateline(text);
    ASSERT_TRUE(found);
    EXPECT_EQ(part(text, found->place), "CAIRO");
    EXPECT_EQ(part(text, found->skip), "CAIRO, June 3 (MENA) - ");
}

TEST(Dateline, IsNotSeenInOrdinaryWriting) {
    for (const char* text :
         {"",
          "\n\n",
          "Russia and Iran signed a treaty on Friday.",
          "Vladimir Putin \xE2\x80\x94 who spoke first \xE2\x80\x94 thanked his guest.",
          "Joe Smith (pictured) \xE2\x80\x93 the minister who resigned last week, is to stand trial.",
          "Hassan Ali (Somalia) - the champion of last year, did not take part in the race.",
          "EXCLUSIVE: the ministers of both countries met in secret last week, three people who know of the talks said",
          "UPDATE \xE2\x80\x94 the number of dead has risen to twelve, officials said.",
          "BRAZIL AND EGYPT HOLD GRAIN TALKS - OFFICIALS SAY SO",
          "TRADE WAR - CHINA HITS BACK",
          "UKRAINE: what we know so far",
          "May 9 was a quiet day in the capital, said the mayor.",
          "The European Union (EU) \xE2\x80\x94 a bloc of 27 \xE2\x80\x94 voted for it.",
          "(see page 3) - and other notes",
          "In Paris, on June 3, the two ministers met.",
          "MOSCOW",
          "MOSCOW (",
          "MOSCOW, Jan",
          "(",
          "(Beirut",
          "MOSCOW (Reuters) -"})
        EXPECT_FALSE(find_dateline(text)) << text;
}

TEST(Dateline, LooksOnlyAtTheFirstLines) {
    std::string text;
    for (int i = 0; i < 20; ++i) text += "A line of the report.\n";
    text += "CAIRO, June 3 (MENA) - Egypt said on Monday.";
    EXPECT_FALSE(find_dateline(text));
}

} // namespace
} // namespace kadesh
