// A ledger's own documents, to be coded anew, and what that changes.
#pragma once

#include "base/result.hpp"
#include "kadesh/document.hpp"
#include "ledger/database.hpp"
#include "ledger/types.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kadesh::ledger {

/// Records of documents before and after.
struct Comparison {
    std::uint64_t kept = 0, changed = 0, gone = 0, come = 0;
};

class Recoding {
  public:
    /// @param database the writer's @param except documents of this coder are left out; empty: none is
    Recoding(Database& database, const std::string& path, std::string_view except);

    /// The next document as it was added. May be called by another thread than the writer's: it reads by a connection
    /// of its own.
    std::optional<Result<Document>> next();
    /// Compares a document's records with those that stand, before it is written.
    void compare(const Entry& entry, Comparison& comparison);
    /// Corrections that do not find their record any more.
    std::uint64_t corrections_lost();

  private:
    Database& database_;
    std::unique_ptr<Database> reading_;
    std::optional<Error> problem_;
    std::string except_;
    std::int64_t last_ = 0;
};

} // namespace kadesh::ledger
