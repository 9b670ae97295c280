// What is filed under days and keys: one row each in the file, and the days that are asked after kept in memory.
#pragma once

#include "ledger/database.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kadesh::ledger {

/// Keys as bytes and back; what does not fill a key is left out.
template <typename Key> std::string key_bytes(std::span<const Key> keys) {
    std::string bytes;
    bytes.reserve(keys.size() * sizeof(Key));
    for (const Key key : keys) {
        auto rest = static_cast<std::uint64_t>(key);
        for (std::size_t i = 0; i < sizeof(Key); ++i, rest >>= 8) bytes += static_cast<char>(rest & 0xFF);
    }
    return bytes;
}

template <typename Key> void keys_of(std::string_view bytes, std::vector<Key>& keys) {
    keys.clear();
    for (std::size_t at = 0; at + sizeof(Key) <= bytes.size(); at += sizeof(Key)) {
        std::uint64_t key = 0;
        for (std::size_t i = sizeof(Key); i-- > 0;) key = (key << 8) | static_cast<unsigned char>(bytes[at + i]);
        keys.push_back(static_cast<Key>(key));
    }
}

/// @tparam Extra what the user keeps with each in memory
template <typename Key, typename Extra> class DayIndex {
  public:
    struct Sql {
        const char* read;  ///< day, id and keys of those between ?1 and ?2
        const char* file;  ///< takes day, id, keys
        const char* erase; ///< takes day, id
    };
    struct Member {
        std::int64_t id = 0;
        std::int32_t day = 0;
        std::uint32_t seen = 0; ///< the last question that it was shown to
        bool gone = false;
        Extra extra{};
    };
    /// @param most members that are kept in memory
    DayIndex(Database& database, const Sql& sql, std::size_t most = 1'000'000)
        : database_(database), sql_(sql), most_(most) {}

    void file(std::int64_t id, std::int32_t day, std::span<const Key> keys) {
        const std::string bytes = key_bytes(keys);
        database_.statement(sql_.file).with(day, id).bind_blob(3, bytes).run();
        const auto held = buckets_.find(bucket(day));
        if (held != buckets_.end()) add(held->second, id, day, keys);
    }

    void erase(std::int64_t id, std::int32_t day) {
        database_.statement(sql_.erase).with(day, id).run();
        const auto held = buckets_.find(bucket(day));
        if (held == buckets_.end()) return;
        for (Member& member : held->second.members) member.gone = member.gone || member.id == id;
    }

    /// Calls `each` with the members that are filed under one of the keys and a day between the two, each once in a
    /// question. `each` must not file or erase.
    template <typename Each> void visit(std::span<const Key> keys, std::int32_t from, std::int32_t to, Each&& each) {
        for (std::int32_t number = bucket(from); number <= bucket(to); ++number) {
            Bucket& held = loaded(number);
            for (const Key key : keys) {
                const auto head = held.heads.find(key);
                if (head == held.heads.end()) continue;
                for (std::uint32_t at = head->second; at != kNone; at = held.nodes[at].next) {
                    if (held.nodes[at].day < from || held.nodes[at].day > to) continue;
                    Member& member = held.members[held.nodes[at].member];
                    if (member.gone || member.seen == question_) continue;
                    member.seen = question_;
                    each(member);
                }
            }
        }
    }
    /// What was shown may be shown again. Members that were shown before may be in memory no more.
    void next_question() {
        ++question_;
        while (members_ > most_ && !buckets_.empty()) {
            const auto oldest =
                std::ranges::min_element(buckets_, {}, [](const auto& entry) { return entry.second.used; });
            members_ -= oldest->second.members.size();
            buckets_.erase(oldest);
        }
    }

    template <typename Each> void for_all(Each&& each) {
        for (auto& [number, held] : buckets_)
            for (Member& member : held.members) each(member);
    }
    void forget() {
        buckets_.clear();
        members_ = 0;
    }

  private:
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    struct Node {
        std::uint32_t member = 0, next = kNone;
        std::int32_t day = 0; ///< the member's: most are of other days, and need not be looked at
    };
    struct Bucket {
        std::vector<Member> members;
        std::vector<Node> nodes;
        std::unordered_map<Key, std::uint32_t> heads;
        std::uint64_t used = 0;
    };
    static std::int32_t bucket(std::int32_t day) { return day >> 4; }

    void add(Bucket& held, std::int64_t id, std::int32_t day, std::span<const Key> keys) {
        const auto place = static_cast<std::uint32_t>(held.members.size());
        held.members.push_back({id, day});
        ++members_;
        for (const Key key : keys) {
            const auto node = static_cast<std::uint32_t>(held.nodes.size());
            const auto [head, fresh] = held.heads.try_emplace(key, kNone);
            held.nodes.push_back({place, head->second, day});
            head->second = node;
        }
    }

    Bucket& loaded(std::int32_t number) {
        const auto known = buckets_.find(number);
        if (known != buckets_.end()) {
            known->second.used = ++clock_;
            return known->second;
        }
        Bucket& held = buckets_[number];
        held.used = ++clock_;
        std::vector<Key> keys;
        const std::int64_t first = std::int64_t{number} * 16;
        Statement& rows = database_.statement(sql_.read).with(first, first + 15);
        while (rows.step()) {
            keys_of(rows.blob(2), keys);
            add(held, rows.integer(1), static_cast<std::int32_t>(rows.integer(0)), std::span<const Key>(keys));
        }
        return held;
    }

    Database& database_;
    Sql sql_;
    std::size_t most_, members_ = 0;
    std::unordered_map<std::int32_t, Bucket> buckets_;
    std::uint32_t question_ = 1;
    std::uint64_t clock_ = 0;
};

} // namespace kadesh::ledger
