#include "kadesh/findings.hpp"
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
    for (std::uint32_t word = 0; word < 12; ++word)
        if (random() % 3 == 0) f.about.push_back({word, static_cast<std::uint16_t>(1 + random() % 300)});
    for (std::uint32_t word = 0; word < 4; ++word) {
        if (random() % 2 == 0) f.who.push_back(word);
        if (random() % 3 == 0) f.trigger_words.push_back(word);
    }
    f.trigger = static_cast<std::uint32_t>(random() % 3);
    f.document = static_cast<std::uint32_t>(random() % 9);
    if (random() % 4 == 0) f.first = f.last = kNoDay;
    if (random() % 4 != 0) f.reported = static_cast<std::int32_t>(random() % 12);
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
        ASSERT_EQ(may_meet(Compared(a), Compared(b)), may_meet(Compared(b), Compared(a)));
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
        const auto finds = [](const EventFeatures& x, const EventFeatures& y) {
            const BlockKeys own = block_keys(x);
            const BlockKeys other = block_keys(y);
            const auto in = [&](const std::vector<std::uint32_t>& keys, int window) {
                const Days days = sought_days(x, window);
                const std::int32_t day = block_day(y);
                return day >= days.first && day <= days.last && std::ranges::any_of(keys, [&](std::uint32_t key) {
                           return std::ranges::find(other.filed, key) != other.filed.end();
                       });
            };
            return in(own.sought, kPartyDays) || in(own.about, kDayWindow);
        };
        // Whoever arrives later must find the other.
        if (!may_meet(Compared(a), Compared(b))) continue;
        ASSERT_EQ(finds(a, b), finds(b, a));
    }
    EXPECT_GT(linked, 100);
}

TEST(Likeness, TheQuickBoundLosesNoLink) {
    std::mt19937 random(6);
    int linked = 0;
    int refused = 0;
    for (int i = 0; i < 60'000; ++i) {
        const EventFeatures a = some(random);
        const EventFeatures b = some(random);
        const auto evidence = event_evidence(a, b);
        const Compared own(a);
        const bool may = QuickBound(own).may_be_linked(Compared(b));
        if (evidence && weighed(*evidence) > 0) {
            ++linked;
            ASSERT_TRUE(may) << in_words(*evidence);
        }
        refused += may ? 0 : 1;
    }
    EXPECT_GT(linked, 100);
    EXPECT_GT(refused, 10'000);
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
        ASSERT_EQ(read.about, f.about);
        ASSERT_EQ(read.who_weights.size(), f.who.size());
    }
    (void)decoded_event("cut off");
}

TEST(Likeness, ReportsOfOlderLedgersLackWhatCameLater) {
    EventFeatures old;
    old.words = {1, 2, 3};
    // What an older program wrote ends with the words; what follows here are two numbers and three empty lists.
    const std::string bytes = encoded(old);
    const EventFeatures read = decoded_event(std::string_view(bytes).substr(0, bytes.size() - 11));
    EXPECT_EQ(read.words, old.words);
    EXPECT_EQ(read.reported, kNoDay);
    EXPECT_TRUE(read.about.empty());
    // The sentences speak for the documents then.
    const auto evidence = event_evidence(read, read);
    ASSERT_TRUE(evidence);
    EXPECT_EQ((*evidence)[static_cast<std::size_t>(Sign::DocumentsAlike)], 100);
}

TEST(Likeness, WhatTheDocumentsAreAboutDecides) {
    EventFeatures a;
    a.first = a.last = 20'000;
    a.type = 3;
    a.document = 1;
    a.trigger = 7;
    a.trigger_words = {7};
    a.words = {1, 2, 3, 4};
    a.about = {{1, 200}, {2, 150}, {3, 100}};
    EventFeatures b = a;
    b.document = 2;
    b.first = b.last = 20'001;
    ASSERT_TRUE(event_evidence(a, b));
    EXPECT_GT(weighed(*event_evidence(a, b)), 0);
    EXPECT_NE(in_words(*event_evidence(a, b)).find("same act"), std::string::npos);
    b.about = {{11, 200}, {12, 150}, {13, 100}};
    ASSERT_TRUE(event_evidence(a, b));
    EXPECT_LT(weighed(*event_evidence(a, b)), 0) << "the same act in other news";
    b.about = a.about;
    b.first = b.last = 20'000 + kDayWindow + 1;
    EXPECT_FALSE(event_evidence(a, b));
    b.first = b.last = kNoDay;
    b.reported = 20'002;
    ASSERT_TRUE(event_evidence(a, b)) << "the document's day stands for the event's";
    b.auxiliary = kFuture;
    EXPECT_FALSE(event_evidence(a, b)) << "what is planned is not what was done";
}

} // namespace
} // namespace kadesh::ledger
