// Which documents a ledger holds already; asked by the thread that reads while another writes.
#pragma once

#include "base/result.hpp"
#include "kadesh/document.hpp"
#include "ledger/database.hpp"

#include <memory>
#include <string>

namespace kadesh::ledger {

class KnownDocuments {
  public:
    static Result<KnownDocuments> open(const std::string& path);
    /// Whether a committed document has this id and content. A file that cannot be read answers no: the writer asks
    /// again.
    bool holds(const Document& document);

  private:
    explicit KnownDocuments(std::unique_ptr<Database> database) : database_(std::move(database)) {}
    std::unique_ptr<Database> database_;
};

} // namespace kadesh::ledger
