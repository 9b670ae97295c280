#include "kadesh/ledger.hpp"

#include "ledger/ledger_impl.hpp"
#include "ledger/schema.hpp"

#include <utility>

namespace kadesh {

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Result<Ledger> Ledger::open(const std::string& path, LedgerAccess access) {
    const ledger::Access way = access == LedgerAccess::Read    ? ledger::Access::Read
                               : access == LedgerAccess::Write ? ledger::Access::Write
                                                               : ledger::Access::Create;
    auto database = ledger::open_ledger(path, way);
    if (!database) return database.error();
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->database = std::move(database).value();
    if (access != LedgerAccess::Read) impl->writer = std::make_unique<ledger::Writer>(*impl->database);
    return Ledger(std::move(impl));
}

Result<LedgerCounts> Ledger::counts() const {
    LedgerCounts counts;
    ledger::Database& database = *impl_->database;
    const std::pair<const char*, std::uint64_t*> tables[] = {
        {"SELECT count(*) FROM documents", &counts.documents},
        {"SELECT count(*) FROM stories", &counts.stories},
        {"SELECT count(*) FROM reports", &counts.reports},
        {"SELECT count(*) FROM events", &counts.events},
        {"SELECT count(*) FROM agreement_reports", &counts.agreement_reports},
        {"SELECT count(*) FROM agreements", &counts.agreements},
        {"SELECT count(*) FROM corrections WHERE NOT undone", &counts.corrections}};
    for (const auto& [sql, count] : tables) *count = static_cast<std::uint64_t>(database.pragma(sql));
    if (auto problem = database.take_problem()) return *problem;
    return counts;
}

} // namespace kadesh
