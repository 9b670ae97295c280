#include "document/json_writer.hpp"
#include "kadesh/records.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <string>

namespace kadesh {
namespace {

TEST(JsonWriter, EscapesWhatJsonDoesNotAllow) {
    std::string out;
    JsonWriter(out).value(std::string_view("a\"b\\c\nd\te\x01 é"));
    EXPECT_EQ(out, "\"a\\\"b\\\\c\\nd\\te\\u0001 é\"");
}

TEST(JsonWriter, PutsCommasBetweenAndNowhereElse) {
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("a", 1).key("b").begin_array().end_array().key("c").begin_array();
    json.begin_object().end_object().value(true).end_array().field_if("d", "").field("e", "x").end_object();
    EXPECT_EQ(out, R"({"a":1,"b":[],"c":[{},true],"e":"x"})");
}

TEST(ShortNumber, DropsWhatSaysNothing) {
    EXPECT_EQ(short_number(8, 2), "8");
    EXPECT_EQ(short_number(-3.40, 2), "-3.4");
    EXPECT_EQ(short_number(0.87512, 3), "0.875");
    EXPECT_EQ(short_number(100, 0), "100");
    EXPECT_EQ(short_number(-0.0001, 2), "0");
    EXPECT_EQ(short_number(std::numeric_limits<double>::quiet_NaN(), 2), "0");
}

/// "Zoë: Iran struck Israel." -- the ë makes bytes and code points differ.
Document document() {
    Document d;
    d.id = "d1";
    d.text = "Zo\u00eb: Iran struck Israel.";
    d.date = Day::of(2025, 1, 17);
    return d;
}

TextSpan span(const Document& d, std::string_view words) {
    const auto at = static_cast<std::uint32_t>(d.text.find(words));
    return {at, at + static_cast<std::uint32_t>(words.size())};
}

Entity entity(const Document& d, std::string_view words, std::string code) {
    Entity e;
    e.code = std::move(code);
    e.span = span(d, words);
    return e;
}

Event strike(const Document& d) {
    Event event;
    event.id = "E1";
    event.date = DayRange::of_year(2024);
    event.date_basis = DateBasis::Text;
    event.type = EventType::Assault;
    event.auxiliary = kNegated | kHistorical;
    event.cameo = "190";
    event.scale = -9;
    event.goldstein = -10;
    event.actors = {entity(d, "Iran", "IRN")};
    event.recipients = {entity(d, "Israel", "ISR")};
    event.evidence = {0, span(d, "Iran struck Israel"), span(d, "struck")};
    event.confidence = 0.875;
    return event;
}

TEST(PloverEvents, KeysOrderOffsetsAndAbsence) {
    const Document d = document();
    Findings findings;
    findings.events.push_back(strike(d));
    std::string out;
    write_plover_events(d, findings, "kadesh 1", out);
    EXPECT_EQ(
        out,
        R"({"id":"E1","date":"2024-01-01","enddate":"2024-12-31","date_basis":"text","event":["ASSAULT"],"mode":[],)"
        R"("context":[],"auxiliary":["historical","negated"],"cameo":"190","quad_code":4,"event_scale":-9,)"
        R"("goldstein":-10,"actor":[{"code":"IRN","entity_text":"Iran","start":5,"end":9}],)"
        R"("recipient":[{"code":"ISR","entity_text":"Israel","start":17,"end":23}],"event_text":"struck",)"
        R"("attribution":[],"text_info":{"document":"d1","sequence":0,"start":5,"end":23,"trigger_start":10,)"
        R"("trigger_end":16},"confidence":0.875,"coder":"kadesh 1"})"
        "\n");
}

TEST(PloverEvents, FullEntityPlaceAttributionAndEvidence) {
    const Document d = document();
    Event event = strike(d);
    Entity& actor = event.actors.front();
    actor.sectors = {"GOV", "MIL"};
    actor.identifier_text = "Iran";
    actor.identifier_id = "Q794";
    actor.office = "president";
    actor.via = Via::Metonym;
    Entity source = entity(d, "Zo\u00eb", "");
    source.cue = "said";
    event.attribution = {source};
    event.place = Place{"Tehran", "IRN", 35.694391234, 51.42151, true, 112931, {}, "dateline"};
    event.agreement = "A1";
    event.further = {{3, span(d, "Israel"), {}}};
    event.rule = "verb:strike#1";
    Findings findings;
    findings.events.push_back(event);
    std::string out;
    write_plover_events(d, findings, "k", out);
    for (
        const char* part :
        {R"("actor":[{"code":"IRN","sector":["GOV","MIL"],"entity_text":"Iran","start":5,"end":9,"identifier_text":"Iran","identifier_id":"Q794","office":"president","via":"metonym"}])",
         R"("event_loc":{"name":"Tehran","country":"IRN","lat":35.69439,"lon":51.42151,"geonames":112931,"basis":"dateline"})",
         R"("attribution":[{"entity_text":"Zoë","start":0,"end":3,"cue":"said"}],"agreement":"A1",)",
         R"("evidence":[{"sequence":3,"start":17,"end":23}],"confidence":0.875,"rule":"verb:strike#1")"})
        EXPECT_NE(out.find(part), std::string::npos) << part << "\nin " << out;
}

TEST(Agreements, KeysOrderAndAbsence) {
    const Document d = document();
    Agreement agreement;
    agreement.id = "A1";
    agreement.kind = "treaty";
    agreement.parties = {entity(d, "Iran", "IRN")};
    agreement.signed_on = DatedFact{DayRange::on(Day::of(2001, 3, 12)), DateBasis::Context};
    agreement.term = "P20Y";
    agreement.disclosed = false;
    agreement.status = "signed";
    AgreementAction action;
    action.what = "sign";
    action.event = "E1";
    action.evidence = {0, span(d, "Iran struck Israel"), {}};
    agreement.actions = {action};
    agreement.mentions = {span(d, "Israel")};
    Findings findings;
    findings.agreements.push_back(agreement);
    std::string out;
    write_agreements(d, findings, "k", out);
    EXPECT_EQ(
        out,
        R"({"id":"A1","kind":"treaty","parties":[{"code":"IRN","entity_text":"Iran","start":5,"end":9}],)"
        R"("signatories":[],"subjects":[],"signed":{"date":"2001-03-12","enddate":"2001-03-12","basis":"context"},)"
        R"("term":"P20Y","disclosed":false,"status":"signed","status_date":"2025-01-17","actions":[{"action":"sign",)"
        R"("event":"E1","actor":[],"attribution":[],"sequence":0,"start":5,"end":23}],)"
        R"("mentions":[{"text":"Israel","start":17,"end":23}],"document":"d1","coder":"k"})"
        "\n");
}

TEST(Cameo, EveryRowHasTheHeadersColumnsWhateverStandsInTheFields) {
    Document d = document();
    d.id = "a\tb\nc";
    Findings findings;
    findings.events = {strike(d), strike(d)};
    findings.events[1].actors.push_back(entity(d, "Israel", "ISR"));
    findings.events[1].recipients.clear();
    findings.events[1].reciprocal = true;
    std::string out;
    write_cameo_header(out);
    write_cameo(d, findings, "k", out);
    std::size_t lines = 0;
    for (std::size_t begin = 0; begin < out.size(); begin = out.find('\n', begin) + 1, ++lines) {
        const std::string line = out.substr(begin, out.find('\n', begin) - begin);
        EXPECT_EQ(std::count(line.begin(), line.end(), '\t'), 24) << line;
    }
    EXPECT_EQ(lines, 3U);
    // Where all take part alike, the first stands as source and the others as target.
    EXPECT_NE(out.find("\tIRN\tIran\t---\tISR\tIsrael\t---\t190\t4\t-10\tASSAULT\t"), std::string::npos) << out;
}

} // namespace
} // namespace kadesh
