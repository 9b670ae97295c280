#include "ledger/evidence_words.hpp"

#include <algorithm>

namespace kadesh::ledger {
namespace {

constexpr std::int64_t kAll = INT64_MAX;

} // namespace

bool EvidenceWords::read(std::int64_t most) {
    Statement& rows = database_.statement("SELECT rowid FROM evidence WHERE evidence MATCH ? ORDER BY rowid LIMIT ?")
                          .with(question_, most);
    found_.clear();
    while (rows.step()) found_.push_back(rows.integer(0));
    rows.restart();
    whole_ = most == kAll || found() < most;
    return whole_;
}

bool EvidenceWords::contains(std::int64_t sentence) {
    if (sentence < 0) return false; // a damaged file may say anything
    if (!whole_ && stretches_.size() >= limits_.most) read(kAll);
    if (whole_) return std::ranges::binary_search(found_, sentence);
    const std::int64_t number = sentence / limits_.sentences;
    return stretch(number)[static_cast<std::size_t>(sentence % limits_.sentences)];
}

const std::vector<bool>& EvidenceWords::stretch(std::int64_t number) {
    const auto [place, fresh] = stretches_.try_emplace(number);
    if (!fresh) return place->second;
    place->second.resize(static_cast<std::size_t>(limits_.sentences));
    const std::int64_t first = number * limits_.sentences;
    Statement& rows = database_.statement("SELECT rowid FROM evidence WHERE evidence MATCH ? AND rowid BETWEEN ? AND ?")
                          .with(question_, first, first + limits_.sentences - 1);
    while (rows.step()) place->second[static_cast<std::size_t>(rows.integer(0) - first)] = true;
    return place->second;
}

} // namespace kadesh::ledger
