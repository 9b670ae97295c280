// Stories: documents that are copies or rewritings of one text.
#pragma once

#include "ledger/database.hpp"
#include "ledger/day_index.hpp"
#include "ledger/signature.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kadesh::ledger {

/// Least likeness of two documents of one story, and the most days between them.
inline constexpr double kStoryLikeness = 0.35;
inline constexpr int kStoryDays = 14;

/// The day under which a document's bands are filed; 0 without a date.
std::int32_t story_day(std::string_view date);

class Stories {
  public:
    explicit Stories(Database& database);

    /// A number for a document's story before it is told which: it stands alone.
    std::int64_t begin(const std::string& document);
    /// Files a document that has been written and joins it with what is like it. Documents that have come to another
    /// story are added to `moved`.
    void file(std::int64_t document, const std::string& date, const Signature& signature,
              std::vector<std::int64_t>& moved);
    /// Before a document is deleted: takes it out; what it held together may fall apart.
    void leaving(std::int64_t document, std::vector<std::int64_t>& moved);

    /// Names a story after its earliest document and counts anew; one without documents is deleted.
    void refresh(std::int64_t story);
    /// Forgets what it knows of the file.
    void forget() { bands_.forget(); }

  private:
    void join(std::int64_t into, std::int64_t from, std::vector<std::int64_t>& moved);

    struct Nothing {};
    Database& database_;
    DayIndex<std::int64_t, Nothing> bands_;
};

} // namespace kadesh::ledger
