#include "readers/json_layout.hpp"
#include "readers/json_text.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

using namespace testing_support;
using namespace std::string_literals;

std::vector<Result<Document>> read(const std::string& json, const ReadOptions& options = {}) {
    const TemporaryFolder folder;
    return read_all(folder.file("records.jsonl", json), options);
}

TEST(JsonRecords, FillAllFields) {
    const auto all =
        read(R"({"id":"r-1","date":"2024-11-05T08:00:00Z","title":"Pact signed","text":"Oman signed.",)"
             R"("url":"https://a.example/1","source":"Wire","language":"en","author":["A. Said","B. Haj"],)"
             R"("unknown":{"deep":[1,2,{"text":"not this"}]}})");
    ASSERT_EQ(all.size(), 1u);
    ASSERT_TRUE(all[0]) << all[0].error().message;
    const Document& d = *all[0];
    EXPECT_EQ(d.id, "r-1");
    EXPECT_EQ(d.date, Day::of(2024, 11, 5));
    EXPECT_EQ(d.title, "Pact signed");
    EXPECT_EQ(d.text, "Oman signed.");
    EXPECT_EQ(d.url, "https://a.example/1");
    EXPECT_EQ(d.source, "Wire");
    EXPECT_EQ(d.language, "en");
    EXPECT_EQ(d.author, "A. Said, B. Haj");
}

TEST(JsonRecords, LeaveTheTextUntouched) {
    const auto all = read(R"({"text":"A\u00a0B\u00adC\r\n\tD \"E\" \u2019 \ud83d\ude00 /\/ end "})");
    ASSERT_TRUE(all.at(0));
    EXPECT_EQ(all[0]->text, "A\xC2\xA0"
                            "B\xC2\xAD"
                            "C\r\n\tD \"E\" \xE2\x80\x99 \xF0\x9F\x98\x80 // end ");
    EXPECT_EQ(all[0]->repaired, 0u);
}

TEST(JsonRecords, TakeTheFilesNameAndLineAsId) {
    const auto all =
        read("\n{\"text\":\"One.\"}\r\n\r\n{\"text\":\"Two.\",\"id\":null}\n{\"text\":\"Three.\",\"id\":77}");
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0]->id, "records.jsonl#2");
    EXPECT_EQ(all[1]->id, "records.jsonl#4");
    EXPECT_EQ(all[2]->id, "77");
}

TEST(JsonRecords, DropATitleThatTheTextBeginsWith) {
    const auto all = read(R"({"title":"Pact signed","text":"Pact signed\n\nOman signed."})");
    EXPECT_EQ(all.at(0)->title, "");
}

struct Bad {
    const char* record;
    const char* reason;
    ErrorCode code = ErrorCode::BadInput;
};

TEST(JsonRecords, NameLineAndReasonAndGoOn) {
    const Bad bad[] = {
        {R"({"id":"x"})", "\"text\" is missing"},
        {R"({"text":""})", "\"text\" is empty"},
        {R"({"text":" \n "})", "\"text\" is empty"},
        {R"({"text":7})", "\"text\" is not a string"},
        {R"({"text":null})", "\"text\" is not a string"},
        {R"({"text":"a","date":"yesterday"})", "\"date\" is no ISO date: \"yesterday\""},
        {R"({"text":"a","date":"2025-02-30"})", "2025-02-30"},
        {R"({"text":"a","date":20250117})", "\"date\" is not a string"},
        {R"({"text":"a","id":[1]})", "\"id\" is neither"},
        {R"(["text"])", "is not a JSON object"},
        {R"("text")", "is not a JSON object"},
        {R"(17)", "is not a JSON object"},
        {R"({"text":"a")", "is not valid JSON"},
        {R"({"text":"a"} {"text":"b"})", "is not valid JSON"},
        {R"({"text":"a)", "is not valid JSON: a string is not closed"},
        {R"({"text":"a\q"})", "is not valid JSON: a string has a wrong escape"},
        {"{\"text\":\"a\tb\"}", "control character"},
        {R"({"text":"a","n":01})", "a number is malformed"},
        {R"({"text":"a","n":nul})", "none of true, false and null"},
        {"not json at all", "is not valid JSON"},
    };
    std::string lines = "{\"text\":\"First.\"}\n";
    for (const Bad& b : bad) lines += std::string(b.record) + "\n{\"text\":\"Between.\"}\n";
    const auto all = read(lines);
    ASSERT_EQ(all.size(), 1 + 2 * std::size(bad));
    for (std::size_t i = 0; i < std::size(bad); ++i) {
        const auto& error = all[1 + 2 * i];
        ASSERT_FALSE(error) << bad[i].record;
        EXPECT_EQ(error.error().code, bad[i].code);
        EXPECT_NE(error.error().message.find("records.jsonl: line " + std::to_string(2 + 2 * i) + ": "),
                  std::string::npos)
            << error.error().message;
        EXPECT_NE(error.error().message.find(bad[i].reason), std::string::npos) << error.error().message;
        ASSERT_TRUE(all[2 + 2 * i]);
        EXPECT_EQ(all[2 + 2 * i]->text, "Between.");
    }
}

TEST(JsonRecords, RepairBytesAndLoneSurrogates) {
    const auto all = read("{\"text\":\"a\\ud83dz \\udc00 \\ud83d\\ud83d\\ude00 \\\\ud83d \xFF\xE2\x80\"}");
    ASSERT_TRUE(all.at(0)) << all[0].error().message;
    EXPECT_EQ(all[0]->text,
              "a\xEF\xBF\xBDz \xEF\xBF\xBD \xEF\xBF\xBD\xF0\x9F\x98\x80 \\ud83d \xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(all[0]->repaired, 5u);
}

TEST(JsonRecords, ComeFromOneObjectOverManyLines) {
    const auto all =
        read("{\n  \"id\": \"one\",\n  \"text\": \"Oman } signed {.\",\n  \"tags\": [\n    {\"a\": 1}\n  ]\n}\n");
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0]->text, "Oman } signed {.");
}

TEST(JsonRecords, ComeFromObjectsInARow) {
    const auto all =
        read("{\n\"text\": \"One.\"\n}\n{\n\"text\": \"Two.\"\n}\n{\n\"text\": 3\n}\n{\"text\": \"Four.\"}");
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0]->id, "records.jsonl#1");
    EXPECT_EQ(all[1]->text, "Two.");
    ASSERT_FALSE(all[2]);
    EXPECT_NE(all[2].error().message.find("record 3: "), std::string::npos) << all[2].error().message;
    EXPECT_EQ(all[3]->text, "Four.");
}

TEST(JsonRecords, ComeFromAnArray) {
    const auto all = read(" [ {\"text\":\"One [1].\"},\n {\"text\":\"\"} , 17 ,{\"id\":\"d\",\"text\":\"Four.\"} ]\n");
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0]->text, "One [1].");
    EXPECT_EQ(all[0]->id, "records.jsonl#1");
    EXPECT_FALSE(all[1]);
    ASSERT_FALSE(all[2]);
    EXPECT_NE(all[2].error().message.find("record 3: is not a JSON object"), std::string::npos);
    EXPECT_EQ(all[3]->text, "Four.");
}

TEST(JsonRecords, TellWhenAnArrayIsBroken) {
    for (const auto& [json, reason] : {std::pair{"[{\"text\":\"One.\"}", "not closed"},
                                       std::pair{"[{\"text\":\"One.\"},{\"text\":\"Tw", "not closed"},
                                       std::pair{"[{\"text\":\"One.\"} {\"text\":\"Two.\"}]", "no comma"},
                                       std::pair{"[{\"text\":\"One.\"}] {\"text\":\"Two.\"}", "after the end"},
                                       std::pair{"[{\"text\":\"One.\"}, }", "bracket too many"}}) {
        const auto all = read(json);
        ASSERT_EQ(all.size(), 2u) << json;
        EXPECT_EQ(all[0]->text, "One.");
        ASSERT_FALSE(all[1]);
        EXPECT_NE(all[1].error().message.find(reason), std::string::npos) << all[1].error().message;
    }
}

TEST(JsonRecords, RefuseDeepNestingWithoutHarm) {
    const std::string deep(100000, '[');
    const std::string closed = deep + std::string(100000, ']');
    auto all = read("{\"text\":\"a\",\"x\":" + closed + "}\n{\"text\":\"Next.\"}\n");
    ASSERT_EQ(all.size(), 2u);
    ASSERT_FALSE(all[0]);
    EXPECT_EQ(all[0].error().code, ErrorCode::TooLarge);
    EXPECT_NE(all[0].error().message.find("256 levels"), std::string::npos) << all[0].error().message;
    EXPECT_EQ(all[1]->text, "Next.");
    all = read(deep);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_FALSE(all[0]);
    all = read(closed);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].error().code, ErrorCode::TooLarge);
}

TEST(JsonRecords, RefuseARecordBeyondItsLimitAndGoOn) {
    ReadOptions options;
    options.max_document_bytes = 200000;
    options.max_text_bytes = 1000;
    const std::string huge(300000, 'a');
    const std::string large(150000, 'a');
    for (const bool array : {false, true}) {
        const std::string separator = array ? ",\n" : "\n";
        std::string json = "{\"text\":\"One.\"}" + separator + "{\"text\":\"" + huge + "\"}" + separator +
                           "{\"text\":\"" + large + "\"}" + separator + "{\"text\":\"Four.\",\"x\":\"" + large + "\"}";
        if (array) json = "[" + json + "]";
        const auto all = read(json, options);
        ASSERT_EQ(all.size(), 4u);
        EXPECT_TRUE(all[0]);
        ASSERT_FALSE(all[1]);
        EXPECT_EQ(all[1].error().code, ErrorCode::TooLarge);
        EXPECT_NE(all[1].error().message.find("one record"), std::string::npos);
        ASSERT_FALSE(all[2]);
        EXPECT_EQ(all[2].error().code, ErrorCode::TooLarge);
        EXPECT_NE(all[2].error().message.find("\"text\" is larger"), std::string::npos);
        EXPECT_EQ(all[3]->text, "Four.");
    }
}

TEST(JsonRecords, ReadADamagedFirstLineAsOneRecord) {
    const auto all = read("{\"id\":\"a\",\"text\":\"cut of\n{\"text\":\"Two.\"}\n{\"text\":\"Three.\"}\n");
    ASSERT_EQ(all.size(), 3u);
    EXPECT_FALSE(all[0]);
    EXPECT_EQ(all[1]->text, "Two.");
    EXPECT_EQ(all[2]->text, "Three.");
}

TEST(JsonLayout, TellsLinesFromValuesAndArrays) {
    using readers::json_layout;
    using readers::JsonLayout;
    EXPECT_EQ(json_layout("{\"a\":1}\n{\"a\":2}"), JsonLayout::Lines);
    EXPECT_EQ(json_layout("{\"a\":1}"), JsonLayout::Lines);
    EXPECT_EQ(json_layout("{\"a\":\"}\\\"{\"}\n"), JsonLayout::Lines);
    EXPECT_EQ(json_layout("{\n\"a\":1}"), JsonLayout::Values);
    EXPECT_EQ(json_layout("{\"a\":\n{\"b\":2}}"), JsonLayout::Values);
    EXPECT_EQ(json_layout("{\"a\":[\n{\"b\":2}]}"), JsonLayout::Values);
    EXPECT_EQ(json_layout("{\"a\":\"cut\n{\"b\":2}"), JsonLayout::Lines);
    EXPECT_EQ(json_layout("[{\"a\":1}]"), JsonLayout::Array);
}

TEST(JsonValueEnd, GivesTheSameEndWhateverThePieces) {
    const std::string value = R"({"a":"x\"}]\\","b":[1,{"c":"["}]})";
    const std::string json = value + ", 5";
    for (std::size_t piece = 1; piece <= json.size(); ++piece) {
        readers::JsonValueEnd end;
        std::size_t at = 0;
        for (;;) {
            const auto found = end.feed(std::string_view(json).substr(at, piece));
            if (found != readers::JsonValueEnd::npos) {
                EXPECT_EQ(at + found, value.size()) << piece;
                break;
            }
            at += piece;
            ASSERT_LT(at, json.size());
        }
    }
}

} // namespace
} // namespace kadesh
