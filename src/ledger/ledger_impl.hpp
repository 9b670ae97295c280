// What an open ledger holds; the engine writes through it.
#pragma once

#include "kadesh/ledger.hpp"
#include "ledger/database.hpp"
#include "ledger/writer.hpp"

#include <memory>
#include <string>

namespace kadesh {

struct Ledger::Impl {
    std::string path;
    std::unique_ptr<ledger::Database> database;
    std::unique_ptr<ledger::Writer> writer; ///< none in a ledger that is open for reading
};

} // namespace kadesh
