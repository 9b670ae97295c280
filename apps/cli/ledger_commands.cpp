#include "ledger_commands.hpp"

namespace kadesh::cli {

void add_ledger_commands(CLI::App& app, int& status) {
    add_ledger_writing(app, status);
    add_ledger_questions(app, status);
    add_ledger_care(app, status);
}

} // namespace kadesh::cli
