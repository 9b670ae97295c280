// Files that are no ledgers, older and newer ones, and writers in each other's way.
#include "ledger/migrations.hpp"
#include "support.hpp"

#include <fstream>

namespace kadesh::ledger::test {
namespace {

std::string problem(const std::string& path, Access access) {
    const auto opened = open_ledger(path, access);
    return opened ? "" : opened.error().message;
}

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Schema, OtherFilesAreRefusedAndKept) {
    const Folder folder;
    std::ofstream(folder.path("text"), std::ios::binary) << std::string(5000, 'x');
    const std::string before = bytes_of(folder.path("text"));
    EXPECT_NE(problem(folder.path("text"), Access::Create).find("not a SQLite file"), std::string::npos);
    EXPECT_EQ(bytes_of(folder.path("text")), before);
    {
        auto database = Database::open(folder.path("other"), Access::Create);
        (*database)->execute("CREATE TABLE mine (x); INSERT INTO mine VALUES (1)");
        ASSERT_FALSE((*database)->problem());
    }
    EXPECT_NE(problem(folder.path("other"), Access::Create).find("no ledger of Kadesh"), std::string::npos);
    EXPECT_NE(problem(folder.path("none"), Access::Read).find("no such ledger"), std::string::npos);
    EXPECT_NE(problem(folder.path("none"), Access::Write).find("no such ledger"), std::string::npos);
    EXPECT_NE(problem(folder.path("none/deep"), Access::Create), "");
}

TEST(Schema, NewerFilesAreRefusedAndKept) {
    const Folder folder;
    write(folder.path("a"), {});
    {
        auto database = Database::open(folder.path("a"), Access::Write);
        (*database)->execute("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)");
    }
    const std::string before = bytes_of(folder.path("a"));
    for (const Access access : {Access::Read, Access::Write, Access::Create})
        EXPECT_NE(problem(folder.path("a"), access).find("newer Kadesh (schema 99"), std::string::npos);
    EXPECT_EQ(bytes_of(folder.path("a")), before);
}

/// A file of an older schema, with a document in it, as the program of its time left it.
class OlderSchema : public ::testing::TestWithParam<int> {};

TEST_P(OlderSchema, IsBroughtUpToDate) {
    const Folder folder;
    const std::string path = folder.path("old");
    {
        auto database = Database::open(path, Access::Create);
        (*database)->execute("PRAGMA journal_mode = WAL");
        for (int step = 0; step < GetParam(); ++step)
            (*database)->execute(migrations()[static_cast<std::size_t>(step)]);
        const std::string marks = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                                  "; PRAGMA user_version = " + std::to_string(GetParam());
        (*database)->execute(marks.c_str());
        (*database)->execute("INSERT INTO coders VALUES (1, 'old'); INSERT INTO stories VALUES (1, 'doc', 1);"
                             "INSERT INTO documents (id, name, hash, date, characters, text, records, signature, "
                             "story, coder) VALUES (1, "
                             "'doc', '0123456789abcdef', '2020-01-01', 0, x'', x'', x'', 1, 1)");
        ASSERT_FALSE((*database)->problem()) << (*database)->problem()->message;
    }
    const auto held = Ledger::open(path, LedgerAccess::Read); // reading is enough to bring it up to date
    ASSERT_TRUE(held) << held.error().message;
    EXPECT_EQ(held->counts()->documents, 1U);
    auto database = open_ledger(path, Access::Read);
    EXPECT_EQ((*database)->pragma("PRAGMA user_version"), schema_version());
    write(path, {Text("new", "2025-01-01").entry()});
    EXPECT_EQ(Ledger::open(path, LedgerAccess::Read)->counts()->documents, 2U);
    expect_sound(path);
}

INSTANTIATE_TEST_SUITE_P(Versions, OlderSchema, ::testing::Range(1, schema_version() + 1));

/// Files that earlier schemas left, with the rows of three documents (tests/unit/ledger/data/README.md).
class StoredSchema : public ::testing::TestWithParam<int> {};

TEST_P(StoredSchema, IsBroughtUpToDate) {
    const Folder folder;
    const std::string path = folder.path("old.kadesh");
    const std::string stored =
        std::string(KADESH_TEST_DATA) + "/data/version-" + std::to_string(GetParam()) + ".kadesh";
    std::filesystem::copy_file(stored, path);
    {
        auto before = Database::open(path, Access::Read);
        ASSERT_EQ((*before)->pragma("PRAGMA user_version"), GetParam());
    }
    const auto held = Ledger::open(path, LedgerAccess::Read);
    ASSERT_TRUE(held) << held.error().message;
    const auto counts = held->counts();
    EXPECT_EQ(counts->documents, 3U);
    EXPECT_EQ(counts->reports, 4U);
    EXPECT_EQ(counts->events, 3U);
    EXPECT_EQ(counts->agreements, 1U);
    EventQuery query;
    query.text = "missile";
    Rows rows;
    ASSERT_TRUE(held->events(query, rows));
    ASSERT_EQ(rows.rows.size(), 1U);
    EXPECT_EQ(rows.text(0, "reports"), "2");
    expect_sound(path);
    EXPECT_EQ(open_ledger(path, Access::Read).value()->pragma("PRAGMA user_version"), schema_version());

    // What was stored then and what is written now is one ledger: a document leaves, another takes its place.
    Text changed("strike-2", "2025-04-04", "CNN");
    changed.event("A strike on Odesa.", EventType::Assault, {entity("RUS", "Russia")}, {entity("UKR", "Ukraine")});
    write(path, {changed.entry()});
    EXPECT_EQ(Ledger::open(path, LedgerAccess::Read)->counts()->documents, 3U);
    expect_sound(path);
}

INSTANTIATE_TEST_SUITE_P(Versions, StoredSchema, ::testing::Range(1, schema_version()));

TEST(Schema, EveryOlderVersionIsStored) {
    for (int version = 1; version < schema_version(); ++version)
        EXPECT_TRUE(std::filesystem::exists(std::string(KADESH_TEST_DATA) + "/data/version-" + std::to_string(version) +
                                            ".kadesh"))
            << version;
}

TEST(Schema, TwoWritersDoNotMix) {
    const Folder folder;
    write(folder.path("a"), {});
    auto first = open_ledger(folder.path("a"), Access::Write);
    auto second = Database::open(folder.path("a"), Access::Write);
    const Transaction held(**first);
    (*second)->execute("PRAGMA busy_timeout = 50; BEGIN IMMEDIATE");
    ASSERT_TRUE((*second)->problem());
    EXPECT_NE((*second)->problem()->message.find("locked by another program"), std::string::npos);
    // Readers are not kept out.
    EXPECT_TRUE(Ledger::open(folder.path("a"), LedgerAccess::Read)->counts());
}

TEST(Schema, NamesWithSignsOfAddressesOpenReadOnly) {
    const Folder folder;
    write(folder.path("what?#100%"), {});
    EXPECT_EQ(problem(folder.path("what?#100%"), Access::Read), "");
}

} // namespace
} // namespace kadesh::ledger::test
