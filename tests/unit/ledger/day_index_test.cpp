// The index in memory against looking at everything that was filed.
#include "ledger/day_index.hpp"
#include "support.hpp"

#include <map>
#include <random>
#include <set>

namespace kadesh::ledger::test {
namespace {

struct Nothing {};
using Index = DayIndex<std::uint32_t, Nothing>;

constexpr Index::Sql kSql{"SELECT day, report, keys FROM blocks WHERE day BETWEEN ? AND ?",
                          "INSERT INTO blocks (day, report, keys) VALUES (?, ?, ?)",
                          "DELETE FROM blocks WHERE day = ? AND report = ?"};

TEST(DayIndex, KeysAreReadBackAsTheyWere) {
    const std::vector<std::uint32_t> keys{0, 1, 0xFFFFFFFF, 0x01020304};
    std::vector<std::uint32_t> read;
    keys_of(key_bytes(std::span<const std::uint32_t>(keys)), read);
    EXPECT_EQ(read, keys);
    const std::vector<std::int64_t> wide{-1, 1, std::int64_t{1} << 43};
    std::vector<std::int64_t> wide_read;
    keys_of(key_bytes(std::span<const std::int64_t>(wide)), wide_read);
    EXPECT_EQ(wide_read, wide);
    keys_of(std::string_view("cut off"), read);
    EXPECT_EQ(read.size(), 1U);
}

TEST(DayIndex, FindsWhatAWalkFinds) {
    for (const std::size_t most : {std::size_t{0}, std::size_t{20}, std::size_t{1000}}) {
        const Folder folder;
        auto database = open_ledger(folder.path("a"), Access::Create);
        ASSERT_TRUE(database);
        Index index(**database, kSql, most); // with little room, days leave the memory and come back
        std::mt19937 random(9);
        struct Filed {
            std::int32_t day = 0;
            std::vector<std::uint32_t> keys;
        };
        std::map<std::int64_t, Filed> all;
        for (std::int64_t id = 1; id <= 300; ++id) {
            Filed filed{static_cast<std::int32_t>(random() % 80) - 40, {}};
            for (std::size_t i = 1 + random() % 4; i > 0; --i)
                filed.keys.push_back(static_cast<std::uint32_t>(random() % 12));
            index.file(id, filed.day, std::span<const std::uint32_t>(filed.keys));
            all[id] = filed;
            if (random() % 5 == 0) {
                const auto gone = all.find(1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(id)));
                if (gone != all.end()) {
                    index.erase(gone->first, gone->second.day);
                    all.erase(gone);
                }
            }
            if (random() % 50 == 0) index.forget();
            const std::vector<std::uint32_t> sought{static_cast<std::uint32_t>(random() % 12),
                                                    static_cast<std::uint32_t>(random() % 12)};
            const std::int32_t from = static_cast<std::int32_t>(random() % 80) - 40;
            const std::int32_t to = from + static_cast<std::int32_t>(random() % 30);
            std::vector<std::int64_t> found;
            index.next_question();
            index.visit(std::span<const std::uint32_t>(sought), from, to,
                        [&](const Index::Member& member) { found.push_back(member.id); });
            std::ranges::sort(found);
            std::vector<std::int64_t> expected;
            for (const auto& [number, filed_there] : all)
                if (filed_there.day >= from && filed_there.day <= to &&
                    std::ranges::any_of(filed_there.keys, [&](std::uint32_t key) {
                        return std::ranges::find(sought, key) != sought.end();
                    }))
                    expected.push_back(number);
            ASSERT_EQ(found, expected) << "report " << id;
        }
        EXPECT_FALSE((*database)->problem());
    }
}

} // namespace
} // namespace kadesh::ledger::test
