#include "coding/event_office.hpp"
#include "support/coding_world.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class EventOffices : public test::CodingTest {
  protected:
    /// Code, sectors and office of a person of the tables in an event of that time, told on the day of the report.
    static std::string of(const std::string& person, std::optional<DayRange> when) {
        Event event;
        Entity entity;
        entity.identifier_text = person;
        entity.code = "RUS";
        entity.sectors = {"ELI"};
        event.actors = {entity};
        event.date = when;
        settle_offices(event, world(), lexicon(), day());
        const Entity& e = event.actors.front();
        std::string out = e.code;
        for (const std::string& sector : e.sectors) out += " " + sector;
        return e.office.empty() ? out : out + " " + e.office;
    }
};

TEST_F(EventOffices, AreThoseOfItsDay) {
    EXPECT_EQ(of("Dmitry Medvedev", DayRange::on(Day::of(2010, 4, 8))), "RUS GOV president");
    EXPECT_EQ(of("Vladimir Putin", DayRange::on(Day::of(2010, 4, 8))), "RUS GOV prime minister");
    EXPECT_EQ(of("Dmitry Medvedev", DayRange::of_year(2010)), "RUS GOV president");
}

TEST_F(EventOffices, AreHeldOnTheDayOfLeaving) {
    EXPECT_EQ(of("Bashar al-Assad", DayRange::on(Day::of(2024, 12, 8))), "SYR GOV MIL president");
    EXPECT_EQ(of("Bashar al-Assad", DayRange::on(Day::of(2024, 12, 9))), "SYR GOV MIL president");
    EXPECT_EQ(of("Bashar al-Assad", DayRange::on(Day::of(2024, 12, 11))), "RUS ELI");
}

TEST_F(EventOffices, StayAsTheyAreWithoutADateOrOffice) {
    EXPECT_EQ(of("Dmitry Medvedev", std::nullopt), "RUS ELI");
    EXPECT_EQ(of("Dmitry Medvedev", DayRange::on(Day::of(2026, 4, 8))), "RUS ELI"); // after the report
    EXPECT_EQ(of("Dmitry Medvedev", DayRange{Day::of(2009, 1, 1), Day::of(2012, 1, 1)}), "RUS ELI");
    EXPECT_EQ(of("Nobody Known", DayRange::on(Day::of(2010, 4, 8))), "RUS ELI");
}

} // namespace
} // namespace kadesh
