// Questions by words: however the ledger goes about them, the answer is that of looking at every sentence.
#include "ledger/evidence_words.hpp"
#include "ledger/signature.hpp"
#include "support.hpp"

#include <functional>
#include <set>

namespace kadesh::ledger::test {
namespace {

constexpr int kSentences = 2500;

/// Words that stand in most, in half, in some and in few of the sentences.
std::vector<std::string> words_of_sentence(int n) {
    std::vector<std::string> words{"report"};
    const auto chance = [&](int word) { return mixed(static_cast<std::uint64_t>(n * 8 + word)) % 1000; };
    if (chance(0) < 800) words.emplace_back("often");
    if (chance(1) < 500) words.emplace_back("half");
    if (chance(2) < 60) words.emplace_back("some");
    if (chance(3) < 4) words.emplace_back("seldom");
    return words;
}

bool russian(int n) {
    return mixed(static_cast<std::uint64_t>(n) + 77) % 10 < 3;
}

bool has(int n, const std::string& word) {
    const auto words = words_of_sentence(n);
    return std::ranges::find(words, word) != words.end();
}

class Words : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<Folder>();
        Text text("long", "2025-01-01");
        for (int n = 0; n < kSentences; ++n) {
            std::string words;
            for (const std::string& word : words_of_sentence(n)) words += word + ' ';
            Event& event = text.event(words, EventType::Consult, {entity(russian(n) ? "RUS" : "KEN")}, {});
            event.date = DayRange::on(day(n)); // too far apart to be one event
        }
        write(path(), {text.entry()});
    }
    static void TearDownTestSuite() { folder_.reset(); }
    static std::string path() { return folder_->path("a"); }
    /// Of sentences next to each other the days are far apart.
    static Day day(int n) { return Day::of(1980, 1, 1).plus((n * 7 % kSentences) * 5); }

    static std::unique_ptr<Folder> folder_;
};
std::unique_ptr<Folder> Words::folder_;

TEST_F(Words, AnswersAreThoseOfLookingAtEverySentence) {
    const auto held = Ledger::open(path(), LedgerAccess::Read);
    ASSERT_TRUE(held);
    for (const std::string word : {"often", "half", "some", "seldom", "never"}) {
        for (const bool only_russian : {false, true}) {
            for (const std::uint64_t limit : {1U, 7U, 100U, 100'000U}) {
                std::vector<int> expected;
                for (int n = 0; n < kSentences; ++n)
                    if (has(n, word) && (!only_russian || russian(n))) expected.push_back(n);
                std::ranges::sort(expected, std::greater<>(), [](int n) { return day(n).days; });
                if (expected.size() > limit) expected.resize(limit);
                EventQuery query;
                query.text = word;
                query.limit = limit;
                if (only_russian) query.actors = {"RUS"};
                Rows rows;
                ASSERT_TRUE(held->events(query, rows));
                ASSERT_EQ(rows.rows.size(), expected.size()) << word << ' ' << only_russian << ' ' << limit;
                for (std::size_t i = 0; i < expected.size(); ++i)
                    ASSERT_EQ(rows.text(i, "date"), day(expected[i]).iso())
                        << word << ' ' << only_russian << ' ' << limit;
            }
        }
    }
}

TEST_F(Words, StretchesAndTheWholeAgree) {
    auto database = open_ledger(path(), Access::Read);
    ASSERT_TRUE(database);
    EvidenceWords whole(**database, "half");
    EXPECT_FALSE(whole.read(100)) << "there are more";
    EXPECT_TRUE(whole.read(INT64_MAX));
    EvidenceWords small(**database, "half", {.sentences = 10, .most = 1000});
    EvidenceWords impatient(**database, "half", {.sentences = 10, .most = 3});
    std::int64_t found = 0;
    for (std::int64_t sentence = kSentences + 50; sentence >= -1; --sentence) {
        const bool there = whole.contains(sentence);
        found += there ? 1 : 0;
        ASSERT_EQ(small.contains(sentence), there) << sentence;
        ASSERT_EQ(impatient.contains(sentence), there) << sentence;
    }
    EXPECT_EQ(found, whole.found());
    EXPECT_FALSE((*database)->problem());
}

} // namespace
} // namespace kadesh::ledger::test
