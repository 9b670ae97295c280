#include "support.hpp"

namespace kadesh::ledger::test {
namespace {

class Questions : public ::testing::Test {
  protected:
    void SetUp() override {
        Text one("one", "2025-01-10", "Reuters");
        Event& strike = one.event("Russia bombed a market in Kharkiv with drones.", EventType::Assault,
                                  {entity("RUS", "Russia")}, {entity("UKR", "Ukraine")});
        strike.modes = {"drone"};
        strike.contexts = {"military"};
        strike.place = Place{"Kharkiv", "UKR", 49.98, 36.25, true, 706483, {}, "clause"};
        one.event("Putin met Pezeshkian in Moscow.", EventType::Consult,
                  {entity("RUS", "Vladimir Putin", "president"), entity("IRN", "Masoud Pezeshkian", "president")}, {})
            .confidence = 0.6;
        Text two("two", "2025-02-20", "IRNA");
        Event& planned = two.event("Iran will ban imports of Russian wheat.", EventType::Sanction,
                                   {entity("IRN", "Iran")}, {entity("RUS", "Russia")});
        planned.auxiliary = kFuture;
        write(file(), {one.entry(), two.entry()});
    }
    std::string file() const { return folder_.path("a"); }
    std::string ids(const EventQuery& query) const {
        const auto held = Ledger::open(file(), LedgerAccess::Read);
        Rows rows;
        const Status status = held->events(query, rows);
        EXPECT_TRUE(status) << status.error().message;
        std::string found;
        for (std::size_t i = 0; i < rows.rows.size(); ++i) found += (i > 0 ? " " : "") + rows.text(i, "id").substr(4);
        return found;
    }
    Folder folder_;
};

TEST_F(Questions, EveryFilterFilters) {
    EventQuery query;
    EXPECT_EQ(ids(query), "two-0 one-0 one-1");
    const auto with = [](const std::function<void(EventQuery&)>& fill) {
        EventQuery filled;
        fill(filled);
        return filled;
    };
    EXPECT_EQ(ids(with([](auto& q) { q.actors = {"RUS"}; })), "one-0 one-1");
    EXPECT_EQ(ids(with([](auto& q) { q.actors = {"vladimir putin"}; })), "one-1");
    EXPECT_EQ(ids(with([](auto& q) { q.recipients = {"RUS"}; })), "two-0");
    EXPECT_EQ(ids(with([](auto& q) { q.participants = {"RUS"}; })), "two-0 one-0 one-1");
    EXPECT_EQ(ids(with([](auto& q) { q.pair = {"IRN", "RUS"}; })), "two-0 one-1");
    EXPECT_EQ(ids(with([](auto& q) { q.pair = {"RUS", "IRN"}; })), "two-0 one-1");
    EXPECT_EQ(ids(with([](auto& q) { q.types = {"ASSAULT", "SANCTION"}; })), "two-0 one-0");
    EXPECT_EQ(ids(with([](auto& q) { q.modes = {"drone"}; })), "one-0");
    EXPECT_EQ(ids(with([](auto& q) { q.contexts = {"military"}; })), "one-0");
    EXPECT_EQ(ids(with([](auto& q) { q.sectors = {"GOV"}; })), "two-0 one-0 one-1");
    EXPECT_EQ(ids(with([](auto& q) { q.countries = {"UKR"}; })), "one-0");
    EXPECT_EQ(ids(with([](auto& q) { q.places = {"kharkiv"}; })), "one-0");
    EXPECT_EQ(ids(with([](auto& q) { q.sources = {"IRNA"}; })), "two-0");
    EXPECT_EQ(ids(with([](auto& q) { q.since = Day::of(2025, 2, 1); })), "two-0");
    EXPECT_EQ(ids(with([](auto& q) { q.until = Day::of(2025, 2, 1); })), "one-0 one-1");
    EXPECT_EQ(ids(with([](auto& q) { q.min_confidence = 0.7; })), "two-0 one-0");
    EXPECT_EQ(ids(with([](auto& q) { q.happened = true; })), "one-0 one-1");
    EXPECT_EQ(ids(with([](auto& q) { q.limit = 1; })), "two-0");
    EXPECT_EQ(ids(with([](auto& q) { q.actors = {"Nobody"}; })), "");
}

TEST_F(Questions, WordsOfTheEvidence) {
    EventQuery query;
    query.text = "drones market";
    EXPECT_EQ(ids(query), "one-0");
    query.text = "\"met Pezeshkian\"";
    EXPECT_EQ(ids(query), "one-1");
    query.text = "import*";
    query.since = Day::of(2025, 1, 1);
    EXPECT_EQ(ids(query), "two-0");
    query.text = "russia OR imports"; // stems: Russian is another word
    EXPECT_EQ(ids(query), "two-0 one-0");
    query.actors = {"RUS"};
    EXPECT_EQ(ids(query), "one-0");
}

TEST_F(Questions, AQuestionThatIsNoneIsAUsageError) {
    const auto held = Ledger::open(file(), LedgerAccess::Read);
    Rows rows;
    EventQuery query;
    query.text = "\"open";
    const Status status = held->events(query, rows);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::Usage);
    EXPECT_EQ(ids({}), "two-0 one-0 one-1") << "and the next question is answered";
}

TEST_F(Questions, RelationsCountWhatHappened) {
    const auto held = Ledger::open(file(), LedgerAccess::Read);
    const auto relations = held->relations("RUS", "UKR", std::nullopt, std::nullopt);
    ASSERT_TRUE(relations);
    ASSERT_EQ(relations->months.size(), 1U);
    EXPECT_EQ(relations->months[0].month, "2025-01");
    EXPECT_EQ(relations->months[0].events[3], 1);
    EXPECT_DOUBLE_EQ(relations->months[0].mean_scale, -9);
    // The planned ban is no conflict yet.
    EXPECT_EQ(held->relations("IRN", "RUS", std::nullopt, std::nullopt)->months.size(), 1U);
}

TEST_F(Questions, ActorsByEvents) {
    const auto held = Ledger::open(file(), LedgerAccess::Read);
    Rows rows;
    ASSERT_TRUE(held->actors(false, "", 10, rows));
    ASSERT_EQ(rows.rows.size(), 3U);
    EXPECT_EQ(rows.text(0, "actor"), "RUS");
    EXPECT_EQ(rows.text(0, "events"), "3");
    EXPECT_EQ(rows.text(0, "as_recipient"), "1");
    Rows named;
    ASSERT_TRUE(held->actors(true, "putin", 10, named));
    ASSERT_EQ(named.rows.size(), 1U);
}

TEST_F(Questions, ExportsHaveTheirColumns) {
    const auto held = Ledger::open(file(), LedgerAccess::Read);
    const auto exported = [&](ExportFormat format) {
        std::string out;
        EXPECT_TRUE(held->export_events(format, [&](std::string_view bytes) {
            out += bytes;
            return true;
        }));
        return out;
    };
    const std::string gdelt = exported(ExportFormat::Gdelt);
    EXPECT_EQ(std::ranges::count(gdelt, '\n'), 2) << "what is planned is left out";
    EXPECT_EQ(std::ranges::count(gdelt.substr(0, gdelt.find('\n')), '\t'), 60);
    EXPECT_NE(gdelt.find("\t20250110\t202501\t2025\t"), std::string::npos);
    const std::string polecat = exported(ExportFormat::Polecat);
    const auto tabs = std::ranges::count(polecat.substr(0, polecat.find('\n')), '\t');
    EXPECT_EQ(std::ranges::count(polecat, '\t'), 3 * tabs);
    const std::string lines = exported(ExportFormat::Jsonl);
    EXPECT_EQ(std::ranges::count(lines, '\n'), 3);
    EXPECT_TRUE(lines.starts_with(R"({"id":"evt-one-0","coder":"test","ledger":{"reports":[{"id":"evt-one-0")"))
        << lines;
}

TEST_F(Questions, UnknownIdsAreNotFound) {
    const auto held = Ledger::open(file(), LedgerAccess::Read);
    EXPECT_EQ(held->explain("evt-none", false, false, 80).error().code, ErrorCode::NotFound);
}

} // namespace
} // namespace kadesh::ledger::test
