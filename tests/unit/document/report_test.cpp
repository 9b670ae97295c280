#include "base/utf8.hpp"
#include "document/marked_text.hpp"
#include "document/plain_words.hpp"
#include "kadesh/records.hpp"

#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace kadesh {
namespace {

std::string written(const StyledLine& line, int width, bool colour = false) {
    std::string out;
    line.write(out, "> ", Look::Plain, 2, width, colour);
    return out;
}

TEST(StyledLine, MarksSpansWithBrackets) {
    const std::string text = "Iran and Russia signed it.";
    const auto line =
        marked_sentence(text, {0, 26}, {{{0, 4}, Look::Actor}, {{9, 15}, Look::Recipient}, {{16, 22}, Look::Trigger}});
    EXPECT_EQ(written(line, 80), "> [Iran] and <Russia> {signed} it.\n");
}

TEST(StyledLine, NeighboursStayApartAndOverlapsGoToTheStronger) {
    const std::string text = "Iran Russia signed";
    const auto line = marked_sentence(
        text, {0, 18},
        {{{0, 4}, Look::Actor}, {{5, 11}, Look::Actor}, {{5, 18}, Look::Trigger}, {{5, 11}, Look::Recipient}});
    EXPECT_EQ(written(line, 80), "> [Iran] {Russia signed}\n");
    EXPECT_EQ(written(marked_sentence("A B", {0, 3}, {{{0, 1}, Look::Actor}, {{2, 3}, Look::Actor}}), 80),
              "> [A] [B]\n");
}

TEST(StyledLine, WrapsByCodePointsAndBreaksNoWord) {
    StyledLine line;
    line.add("ééé ééé ééé extraordinarily", Look::Plain);
    EXPECT_EQ(written(line, 10), "> ééé ééé\n  ééé\n  extraordinarily\n");
}

TEST(StyledLine, ColoursTakeNoRoomAndAreEnded) {
    StyledLine line;
    line.add("one ", Look::Plain).add("two", Look::Trigger).add(" six", Look::Plain);
    const std::string out = written(line, 10, true);
    EXPECT_EQ(out, "> one \x1b[1;33mtwo\x1b[0m\n  six\n");
}

TEST(StyledLine, ControlCharactersDoNotReachTheTerminal) {
    StyledLine line;
    line.add("Iran\x1b[2J struck\x7f it \xc2\x9b"
             "1m twice\xc2\xa0now",
             Look::Plain);
    EXPECT_EQ(written(line, 80), "> Iran [2J struck it 1m twice\xc2\xa0now\n");
}

TEST(PlainWords, Participants) {
    Document d;
    d.text = "the rebels";
    Entity entity;
    EXPECT_EQ(in_words(d, entity), "");
    entity.code = "EUR";
    EXPECT_EQ(in_words(d, entity), "EUR");
    entity.span = {0, 10};
    entity.code.clear();
    EXPECT_EQ(in_words(d, entity), "the rebels");
    entity.sectors = {"REB", "MIL"};
    EXPECT_EQ(in_words(d, entity), "the rebels (REB)");
    entity.code = "COL";
    entity.identifier_text = "FARC";
    EXPECT_EQ(in_words(d, entity), "FARC (COL REB)");
}

TEST(PlainWords, Dates) {
    EXPECT_EQ(in_words(DayRange::on(Day::of(2025, 1, 17))), "17 January 2025");
    EXPECT_EQ(in_words(DayRange::of_month(2024, 2)), "February 2024");
    EXPECT_EQ(in_words(DayRange::of_year(2022)), "2022");
    EXPECT_EQ(in_words({Day::of(2020, 1, 1), Day::of(2022, 12, 31)}), "2020 to 2022");
    EXPECT_EQ(in_words({Day::of(2025, 1, 13), Day::of(2025, 1, 19)}), "13 to 19 January 2025");
    EXPECT_EQ(in_words({Day::of(2017, 1, 20), Day::of(2021, 1, 20)}), "20 January 2017 to 20 January 2021");
}

TEST(PlainWords, Durations) {
    EXPECT_EQ(duration_in_words("P20Y"), "20 years");
    EXPECT_EQ(duration_in_words("P1Y6M"), "1 year and 6 months");
    EXPECT_EQ(duration_in_words("P2W"), "2 weeks");
    EXPECT_EQ(duration_in_words("PT5H"), "PT5H");
    EXPECT_EQ(duration_in_words("soon"), "soon");
    EXPECT_EQ(duration_in_words("P"), "P");
}

TEST(Report, TellsTheEventUnderItsSentence) {
    Document d;
    d.id = "wire";
    d.text = "Iran struck Israel. It rained.";
    d.date = Day::of(2025, 1, 17);
    Annotation annotation;
    annotation.span = {{0, 4}, {5, 11}, {12, 18}, {18, 19}, {20, 22}, {23, 29}, {29, 30}};
    annotation.sentences = {{0, 4}, {4, 7}};
    Event event;
    event.type = EventType::Assault;
    event.date = DayRange::on(*d.date);
    event.auxiliary = kAlleged;
    event.cameo = "190";
    Entity iran;
    iran.code = "IRN";
    iran.sectors = {"MIL"};
    iran.span = {0, 4};
    Entity israel;
    israel.identifier_text = "State of Israel";
    israel.span = {12, 18};
    event.actors = {iran};
    event.recipients = {israel};
    event.evidence = {0, {0, 19}, {5, 11}};
    event.confidence = 0.754;
    Findings findings;
    findings.events = {event};
    std::string out;
    write_report(d, annotation, findings, {.colour = false, .width = 100}, out);
    EXPECT_NE(out.find("wire · 17 January 2025 · 2 sentences · 1 event · 0 agreements\n"), std::string::npos) << out;
    EXPECT_NE(out.find("  0  [Iran] {struck} <Israel>.\n"), std::string::npos) << out;
    EXPECT_NE(out.find("     ASSAULT    Iran (IRN MIL) → State of Israel “struck”\n"), std::string::npos) << out;
    EXPECT_NE(out.find("alleged · 17 January 2025 · CAMEO 190 · 75% sure\n"), std::string::npos) << out;
    EXPECT_EQ(out.find("rained"), std::string::npos) << out;
}

TEST(Report, TellsWhoSaysSoAndWhatBecameOfAnAgreement) {
    Document d;
    d.id = "wire";
    d.text = "The two signed it, the ministry said.";
    Annotation annotation;
    annotation.span = {{0, 37}};
    annotation.sentences = {{0, 1}};
    Entity ministry;
    ministry.span = {19, 31};
    Event event;
    event.evidence = {0, {0, 17}, {8, 14}};
    event.attribution = {ministry};
    event.contexts = {"diplomatic"};
    event.confidence = 0.5;
    Agreement agreement;
    agreement.kind = "treaty";
    agreement.predecessor = "agr-1";
    AgreementAction signing;
    signing.what = "sign";
    signing.date = DayRange::of_year(2001);
    AgreementAction renewal;
    renewal.what = "renew";
    renewal.by = {ministry};
    agreement.actions = {signing, renewal};
    Findings findings;
    findings.events = {event};
    findings.agreements = {agreement};
    std::string out;
    write_report(d, annotation, findings, {.colour = false, .width = 100}, out);
    EXPECT_NE(out.find("                50% sure · context diplomatic\n"
                       "                according to the ministry\n"),
              std::string::npos)
        << out;
    EXPECT_NE(out.find("     follows      agr-1\n"
                       "     history      signature, 2001\n"
                       "                  renewal by the ministry\n"),
              std::string::npos)
        << out;
}

} // namespace
} // namespace kadesh
