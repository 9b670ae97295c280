#include "ledger/features.hpp"
#include "ledger/likeness.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace kadesh::ledger {
namespace {

EventFeatures some(std::mt19937& random) {
    EventFeatures f;
    f.type = static_cast<std::uint8_t>(random() % 2);
    f.first = f.last = static_cast<std::int32_t>(random() % 4);
    if (random() % 5 == 0) f.last += static_cast<std::int32_t>(random() % 12);
    f.place = static_cast<std::uint32_t>(random() % 3);
    f.country = f.place == 0 ? 0 : 1 + f.place % 2;
    f.town = random() % 2 == 0 ? 1 : 0;
    f.lat = static_cast<std::int32_t>(random() % 3) * 10'000;
    f.killed = static_cast<std::int32_t>(random() % 9) - 1;
    f.cameo = static_cast<std::uint32_t>(random() % 2);
    f.mode = static_cast<std::uint32_t>(random() % 3);
    const auto side = [&] {
        return EventFeatures::Side{static_cast<std::uint32_t>(random() % 3), static_cast<std::uint32_t>(random() % 3),
                                   1, static_cast<std::uint8_t>(random() % 2)};
    };
    for (std::size_t i = random() % 3; i > 0; --i) f.actors.push_back(side());
    for (std::size_t i = random() % 3; i > 0; --i) f.recipients.push_back(side());
    for (std::uint32_t word = 0; word < 8; ++word)
        if (random() % 2 == 0) f.words.push_back(word);
    return f;
}

TEST(Likeness, IsTheSameInEitherOrder) {
    std::mt19937 random(3);
    int linked = 0;
    for (int i = 0; i < 20'000; ++i) {
        const EventFeatures a = some(random);
        const EventFeatures b = some(random);
        const auto forth = event_evidence(a, b);
        const auto back = event_evidence(b, a);
        ASSERT_EQ(forth.has_value(), back.has_value());
        ASSERT_EQ(events_conflict(a, b), events_conflict(b, a));
        if (!forth) continue;
        ++linked;
        ASSERT_EQ(weighed(*forth), weighed(*back)) << in_words(*forth) << " / " << in_words(*back);
    }
    EXPECT_GT(linked, 1000);
}

TEST(Likeness, LinkedReportsMeetInTheIndex) {
    std::mt19937 random(4);
    int linked = 0;
    for (int i = 0; i < 40'000; ++i) {
        const EventFeatures a = some(random);
        const EventFeatures b = some(random);
        const auto evidence = event_evidence(a, b);
        if (!evidence || weighed(*evidence) <= 0) continue;
        ++linked;
        const BlockKeys mine = block_keys(a);
        const BlockKeys other = block_keys(b);
        const auto meet = [](const BlockKeys& x, const BlockKeys& y) {
            return std::ranges::any_of(
                x.sought, [&](std::uint32_t key) { return std::ranges::find(y.filed, key) != y.filed.end(); });
        };
        // Whoever arrives later must find the other.
        ASSERT_EQ(meet(mine, other), meet(other, mine));
    }
    EXPECT_GT(linked, 100);
}

TEST(Likeness, FeaturesAreReadBackAsTheyWere) {
    std::mt19937 random(5);
    for (int i = 0; i < 500; ++i) {
        const EventFeatures f = some(random);
        const EventFeatures read = decoded_event(encoded(f));
        ASSERT_EQ(encoded(read), encoded(f));
        ASSERT_EQ(read.words, f.words);
        ASSERT_EQ(read.actors, f.actors);
        ASSERT_EQ(read.killed, f.killed);
    }
    (void)decoded_event("cut off");
}

} // namespace
} // namespace kadesh::ledger
