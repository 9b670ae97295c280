#include "ledger/known_documents.hpp"

#include "ledger/entry.hpp"

namespace kadesh::ledger {

Result<KnownDocuments> KnownDocuments::open(const std::string& path) {
    auto database = Database::open(path, Access::Read);
    if (!database) return database.error();
    return KnownDocuments(std::move(database).value());
}

bool KnownDocuments::holds(const Document& document) {
    Statement& row = database_->statement("SELECT hash FROM documents WHERE name = ?").with(document.id);
    const bool known = row.step() && row.text(0) == content_hash(document);
    row.restart();
    database_->clear();
    return known;
}

} // namespace kadesh::ledger
