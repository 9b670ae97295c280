#include "ledger/stories.hpp"

#include "kadesh/date.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>

namespace kadesh::ledger {
namespace {

constexpr std::int32_t kNoDate = 0;

bool near(std::int32_t a, std::int32_t b) {
    return std::abs(a - b) <= kStoryDays;
}

} // namespace

std::int32_t story_day(std::string_view date) {
    const auto day = Day::parse(date);
    return day ? day->days : kNoDate;
}

Stories::Stories(Database& database)
    : database_(database), bands_(database, {"SELECT day, document, bands FROM story_bands WHERE day BETWEEN ? AND ?",
                                             "INSERT INTO story_bands (day, document, bands) VALUES (?, ?, ?)",
                                             "DELETE FROM story_bands WHERE day = ? AND document = ?"}) {}

std::int64_t Stories::begin(const std::string& document) {
    database_.statement("INSERT INTO stories (name, documents) VALUES (?, 1)").with(document).run();
    return database_.last_id();
}

void Stories::file(std::int64_t document, const std::string& date, const Signature& signature,
                   std::vector<std::int64_t>& moved) {
    if (signature[0] == 0) return;
    const std::int32_t day = story_day(date);
    const auto bands = bands_of(signature);
    std::vector<std::int64_t> candidates;
    bands_.next_question();
    bands_.visit(std::span<const std::int64_t>(bands), day - kStoryDays, day + kStoryDays,
                 [&](const auto& member) { candidates.push_back(member.id); });
    bands_.file(document, day, bands);
    std::ranges::sort(candidates);
    std::int64_t own = 0;
    {
        Statement& row = database_.statement("SELECT story FROM documents WHERE id = ?").with(document);
        if (row.step()) own = row.integer(0);
        row.restart();
    }
    for (const std::int64_t candidate : candidates) {
        Statement& row =
            database_.statement("SELECT story, date, signature FROM documents WHERE id = ?").with(candidate);
        if (!row.step()) continue;
        const std::int64_t story = row.integer(0);
        const bool alike = story != own && near(story_day(row.text(1)), day) &&
                           likeness(unpacked_signature(row.blob(2)), signature) >= kStoryLikeness;
        row.restart();
        if (!alike) continue;
        join(story, own, moved);
        own = story;
    }
    if (!moved.empty()) refresh(own);
}

void Stories::join(std::int64_t into, std::int64_t from, std::vector<std::int64_t>& moved) {
    Statement& rows = database_.statement("SELECT id FROM documents WHERE story = ?").with(from);
    const std::size_t before = moved.size();
    while (rows.step()) moved.push_back(rows.integer(0));
    // Row by row: a statement that changes many makes the full-text index write out what it holds back.
    Statement& update = database_.statement("UPDATE documents SET story = ? WHERE id = ?");
    for (std::size_t i = before; i < moved.size(); ++i) update.with(into, moved[i]).run();
    database_.statement("DELETE FROM stories WHERE id = ?").with(from).run();
}

void Stories::refresh(std::int64_t story) {
    // The name of one may be that of another for a moment: this one gives way first.
    std::string name;
    std::int64_t count = 0;
    {
        Statement& row = database_
                             .statement("SELECT name, (SELECT count(*) FROM documents WHERE story = ?1) FROM documents "
                                        "WHERE story = ?1 ORDER BY coalesce(date, '9999'), name LIMIT 1")
                             .with(story);
        if (row.step()) {
            name = row.text(0);
            count = row.integer(1);
        }
        row.restart();
    }
    if (count == 0) {
        database_.statement("DELETE FROM stories WHERE id = ?").with(story).run();
        return;
    }
    database_.statement("UPDATE stories SET name = ?2, documents = ?3 WHERE id = ?1").with(story, name, count).run();
}

void Stories::leaving(std::int64_t document, std::vector<std::int64_t>& moved) {
    struct Item {
        std::int64_t document;
        std::int32_t day;
        Signature signature;
        std::array<std::int64_t, kBands> bands;
        std::string name;
    };
    std::vector<Item> items;
    std::int64_t story = 0;
    {
        Statement& rows = database_
                              .statement("SELECT id, date, signature, story, name FROM documents WHERE story = (SELECT "
                                         "story FROM documents WHERE id = ?) ORDER BY coalesce(date, '9999'), name")
                              .with(document);
        while (rows.step()) {
            story = rows.integer(3);
            Item item{rows.integer(0),
                      story_day(rows.text(1)),
                      unpacked_signature(rows.blob(2)),
                      {},
                      std::string(rows.text(4))};
            item.bands = bands_of(item.signature);
            items.push_back(std::move(item));
        }
    }
    const auto own = std::ranges::find(items, document, &Item::document);
    if (own == items.end()) return;
    bands_.erase(document, own->day);
    items.erase(own);
    // The leaving document gets a story of its own until it is gone, so that no row points nowhere.
    if (items.empty()) return;
    std::vector<std::size_t> group(items.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
        while (group[i] != i) i = group[i];
        return i;
    };
    for (std::size_t i = 0; i < items.size(); ++i) {
        for (std::size_t j = i + 1; j < items.size(); ++j) {
            bool meet = false;
            for (std::size_t band = 0; band < kBands; ++band)
                meet = meet || items[i].bands[band] == items[j].bands[band];
            if (meet && near(items[i].day, items[j].day) &&
                likeness(items[i].signature, items[j].signature) >= kStoryLikeness)
                group[std::max(root(i), root(j))] = std::min(root(i), root(j));
        }
    }
    std::map<std::size_t, std::int64_t> stories;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::size_t r = root(i);
        if (r == 0) {
            moved.push_back(items[i].document); // fewer copies than before
            continue;
        }
        if (!stories.contains(r)) {
            // Its first document may still lend its name to the story that is left.
            database_.statement("INSERT INTO stories (name, documents) VALUES (?, 1)")
                .with("\x01" + std::to_string(items[i].document))
                .run();
            stories[r] = database_.last_id();
        }
        database_.statement("UPDATE documents SET story = ? WHERE id = ?").with(stories[r], items[i].document).run();
        moved.push_back(items[i].document);
    }
    database_.statement("UPDATE documents SET story = ? WHERE id = ?").with(story, document).run();
    for (const auto& [r, id] : stories) refresh(id);
}

} // namespace kadesh::ledger
