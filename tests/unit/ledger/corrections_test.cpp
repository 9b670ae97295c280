#include "support.hpp"

namespace kadesh::ledger::test {
namespace {

Text strike(const std::string& id, const std::string& words) {
    Text text(id, "2025-04-04", "Source " + id);
    text.event(words, EventType::Assault, {entity("RUS", "Russia")}, {entity("UKR", "Ukraine")});
    return text;
}

class Corrections : public ::testing::Test {
  protected:
    void SetUp() override {
        write(file(), {strike("a", "Russia attacked a convoy near the town with missiles.").entry(),
                       strike("b", "Russia attacked a convoy near the town with missiles today.").entry(),
                       strike("c", "Workers and farmers elsewhere hit by distant shelling.").entry()});
        before_ = derived(file());
        ASSERT_EQ(events().rows.size(), 2U);
    }
    std::string file() const { return folder_.path("a"); }
    Rows events() const {
        Rows rows;
        EXPECT_TRUE(Ledger::open(file(), LedgerAccess::Read)->events({}, rows));
        return rows;
    }
    std::string correct(const Correction& correction) const {
        auto held = Ledger::open(file(), LedgerAccess::Write);
        const auto done = held->correct(correction);
        return done ? "" : done.error().message;
    }
    static Correction about(const std::string& id) {
        Correction correction;
        correction.id = id;
        correction.why = "read the report";
        correction.made = "2025-05-01";
        return correction;
    }
    Folder folder_;
    std::vector<std::string> before_;
};

TEST_F(Corrections, LieOnTopAndAreTakenBack) {
    Correction correction = about("evt-b-0"); // any report of the event will do
    correction.fields = {{"type", "THREATEN"}, {"recipients", "POL"}};
    EXPECT_EQ(correct(correction), "");
    Rows rows;
    EventQuery query;
    query.types = {"THREATEN"};
    query.recipients = {"POL"};
    ASSERT_TRUE(Ledger::open(file(), LedgerAccess::Read)->events(query, rows));
    ASSERT_EQ(rows.rows.size(), 1U);
    EXPECT_EQ(rows.text(0, "quad_code"), "3");
    EXPECT_EQ(rows.text(0, "corrected"), "1");
    expect_sound(file());
    {
        auto held = Ledger::open(file(), LedgerAccess::Write);
        ASSERT_TRUE(held->undo_correction(1));
        ASSERT_TRUE(held->undo_correction(2));
        EXPECT_FALSE(held->undo_correction(2));
    }
    EXPECT_EQ(derived(file()), before_);
}

TEST_F(Corrections, SplitAndJoinAreUndone) {
    Correction split = about("evt-a-0");
    split.split = {"evt-b-0"};
    EXPECT_EQ(correct(split), "");
    EXPECT_EQ(events().rows.size(), 3U);
    Correction join = about("evt-b-0");
    join.join = "evt-c-0";
    EXPECT_EQ(correct(join), "");
    EXPECT_EQ(events().rows.size(), 2U);
    expect_sound(file());
    auto held = Ledger::open(file(), LedgerAccess::Write);
    ASSERT_TRUE(held->undo_correction(2));
    ASSERT_TRUE(held->undo_correction(1));
    EXPECT_EQ(derived(file()), before_);
}

TEST_F(Corrections, SurviveAnotherCoding) {
    Correction correction = about("evt-a-0");
    correction.fields = {{"type", "THREATEN"}};
    EXPECT_EQ(correct(correction), "");
    Text again = strike("a", "Russia attacked a convoy near the town with missiles.");
    again.findings.events[0].id = "evt-other-id"; // another model gives other ids
    {
        auto database = open_ledger(file(), Access::Write);
        Writer writer(**database);
        EXPECT_EQ(writer.put(again.entry(), true), Writer::Outcome::Replaced);
        ASSERT_TRUE(writer.commit());
    }
    Rows rows;
    EventQuery query;
    query.types = {"THREATEN"};
    ASSERT_TRUE(Ledger::open(file(), LedgerAccess::Read)->events(query, rows));
    EXPECT_EQ(rows.rows.size(), 1U);
}

TEST_F(Corrections, WhatCannotBeIsRefusedAndChangesNothing) {
    Correction wrong = about("evt-a-0");
    wrong.fields = {{"type", "NONSENSE"}};
    EXPECT_NE(correct(wrong).find("NONSENSE"), std::string::npos);
    wrong.fields = {{"date", "2025-02-30"}};
    EXPECT_NE(correct(wrong).find("2025-02-30"), std::string::npos);
    wrong.fields.clear();
    EXPECT_NE(correct(wrong), "");
    wrong.join = "evt-none";
    EXPECT_NE(correct(wrong).find("evt-none"), std::string::npos);
    wrong.join.clear();
    wrong.split = {"evt-c-0"};
    EXPECT_NE(correct(wrong).find("evt-c-0"), std::string::npos);
    wrong.split = {"evt-a-0", "evt-b-0"};
    EXPECT_NE(correct(wrong), "");
    wrong.why.clear();
    EXPECT_NE(correct(wrong).find("--why"), std::string::npos);
    EXPECT_EQ(derived(file()), before_);
}

} // namespace
} // namespace kadesh::ledger::test
