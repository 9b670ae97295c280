// Reports and documents read back from their rows, as far as folding needs them.
#pragma once

#include "ledger/database.hpp"
#include "ledger/event_row.hpp"
#include "ledger/types.hpp"

#include <cstdint>
#include <string_view>

namespace kadesh::ledger {

Report read_report(Database& database, std::int64_t id);
AgreementReport read_agreement_report(Database& database, std::int64_t id);
Told read_told(Database& database, std::int64_t document);

std::uint8_t auxiliary_bits(std::string_view list);
DateBasis date_basis_from(std::string_view word);
std::optional<DayRange> days_from(std::string_view first, std::string_view last);

} // namespace kadesh::ledger
