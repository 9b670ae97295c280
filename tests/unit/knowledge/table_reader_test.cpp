#include "knowledge/table_reader.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

TEST(TableReader, ReadsRowsByColumnName) {
    std::vector<TableProblem> problems;
    TableReader table("t.tsv", "# intro\nname\tcodes\textra\n\nA\tx| y |\t1\r\n# between\nB\t\t2\n", {"name", "codes"},
                      {"extra", "more"}, problems);
    ASSERT_TRUE(table.next());
    EXPECT_EQ(table["name"], "A");
    EXPECT_EQ(table.list("codes"), (std::vector<std::string_view>{"x", "y"}));
    EXPECT_EQ(table["extra"], "1");
    EXPECT_EQ(table["more"], "");
    ASSERT_TRUE(table.next());
    EXPECT_EQ(table["name"], "B");
    EXPECT_TRUE(table.list("codes").empty());
    EXPECT_EQ(table.line(), 6U);
    EXPECT_FALSE(table.next());
    EXPECT_TRUE(problems.empty());
}

TEST(TableReader, NamesBadRowsAndGoesOn) {
    std::vector<TableProblem> problems;
    TableReader table("t.tsv", "a\tb\n1\t2\t3\n4\t5\nonly\n\xFF\t1\n6\t7", {"a", "b"}, {}, problems);
    ASSERT_TRUE(table.next());
    EXPECT_EQ(table["a"], "4");
    ASSERT_TRUE(table.next());
    EXPECT_EQ(table["a"], "6");
    EXPECT_FALSE(table.next());
    ASSERT_EQ(problems.size(), 3U);
    EXPECT_EQ(problems[0].line, 2U);
    EXPECT_EQ(problems[0].reason, "3 fields, the header has 2");
    EXPECT_EQ(problems[1].line, 4U);
    EXPECT_EQ(problems[2].reason, "not UTF-8");
}

TEST(TableReader, NamesABadHeader) {
    const auto problems_of = [](std::string_view text) {
        std::vector<TableProblem> problems;
        TableReader table("t.tsv", text, {"a", "b"}, {}, problems);
        EXPECT_FALSE(table.next());
        std::string reasons;
        for (const TableProblem& problem : problems) reasons += problem.reason + ";";
        return reasons;
    };
    EXPECT_EQ(problems_of(""), "no header line;");
    EXPECT_EQ(problems_of("a\n1\n"), "no column \"b\";");
    EXPECT_EQ(problems_of("a\tb\tc\n1\t2\t3\n"), "unknown column \"c\";");
    EXPECT_EQ(problems_of("a\tb\ta\n1\t2\t3\n"), "column \"a\" stands twice in the header;");
}

TEST(TableReader, ReadsDatesOfThreePrecisions) {
    EXPECT_EQ(read_days("2024-12-08"), DayRange::on(Day::of(2024, 12, 8)));
    EXPECT_EQ(read_days("2024-02"), (DayRange{Day::of(2024, 2, 1), Day::of(2024, 2, 29)}));
    EXPECT_EQ(read_days("1999"), DayRange::of_year(1999));
    for (const char* wrong :
         {"", "99", "2024-13", "2024-02-30", "2024-2-3", "2024-12-08-01", "soon", "-2024", "20 4", "2024-"})
        EXPECT_FALSE(read_days(wrong)) << wrong;
}

TEST(TableReader, ReportsValuesThatItCannotTake) {
    std::vector<TableProblem> problems;
    TableReader table("t.tsv", "a\tb\nx\t91\n", {"a", "b"}, {}, problems);
    ASSERT_TRUE(table.next());
    EXPECT_FALSE(table.days("a"));
    EXPECT_FALSE(table.number("b", -90, 90));
    EXPECT_FALSE(table.number("a", -90, 90));
    ASSERT_EQ(problems.size(), 3U);
    EXPECT_EQ(problems[0].reason, "a: \"x\" is not a date");
    EXPECT_EQ(problems[1].reason, "b: \"91\" is not a number in range");
}

} // namespace
} // namespace kadesh
