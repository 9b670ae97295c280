// Which sentences a question to the full text is true of, asked one by one and in any order.
#pragma once

#include "ledger/database.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace kadesh::ledger {

/// What stands in few sentences is read whole; of what stands in many, only the stretches of the file that are asked
/// about, which are few where neighbours are asked one after the other.
class EvidenceWords {
  public:
    struct Stretches {
        std::int64_t sentences = 8192; ///< of one: a look into the index costs as much as reading some 1,500 of it
        std::size_t most = 32;         ///< after so many all is read
    };
    /// @param question in the language of the full-text index
    EvidenceWords(Database& database, std::string question, Stretches stretches)
        : database_(database), question_(std::move(question)), limits_(stretches) {}
    EvidenceWords(Database& database, std::string question)
        : EvidenceWords(database, std::move(question), Stretches{}) {}

    /// Reads up to `most` sentences. True when there are no more: then `contains` reads nothing any more.
    bool read(std::int64_t most);
    /// Sentences read so far by `read`.
    [[nodiscard]] std::int64_t found() const { return static_cast<std::int64_t>(found_.size()); }

    /// Whether the question is true of the sentence of this number. False after an error of the database.
    bool contains(std::int64_t sentence);

  private:
    const std::vector<bool>& stretch(std::int64_t number);

    Database& database_;
    std::string question_;
    Stretches limits_;
    std::vector<std::int64_t> found_; ///< ascending
    bool whole_ = false;              ///< found_ has all
    std::unordered_map<std::int64_t, std::vector<bool>> stretches_;
};

} // namespace kadesh::ledger
