// Looks for faults in a ledger: of the file, and of what should follow from the reports.
#include "ledger/ledger_impl.hpp"

#include <array>
#include <utility>

namespace kadesh {
namespace {

/// Questions that a sound ledger answers with 0, and what it means when it does not.
constexpr std::array<std::pair<const char*, const char*>, 12> kQuestions{{
    {"SELECT count(*) FROM reports WHERE event IS NULL", "event reports stand in no event"},
    {"SELECT count(*) FROM events e WHERE reports <> (SELECT count(*) FROM reports r WHERE r.event = e.id)",
     "events count other reports than they have"},
    {"SELECT count(*) FROM events e WHERE documents <> (SELECT count(DISTINCT document) FROM reports r WHERE r.event = "
     "e.id)",
     "events count other documents than they have"},
    {"SELECT count(*) FROM agreement_reports WHERE agreement IS NULL", "agreement reports stand in no agreement"},
    {"SELECT count(*) FROM agreements a WHERE reports <> (SELECT count(*) FROM agreement_reports r WHERE r.agreement = "
     "a.id)",
     "agreements count other reports than they have"},
    {"SELECT count(*) FROM stories s WHERE documents <> (SELECT count(*) FROM documents d WHERE d.story = s.id)",
     "stories count other documents than they have"},
    {"SELECT count(*) FROM terms t WHERE events <> (SELECT count(*) FROM postings p WHERE p.term = t.id)",
     "terms count other events than they have"},
    {"SELECT count(*) FROM (SELECT DISTINCT event FROM postings) WHERE event NOT IN (SELECT id FROM events)",
     "postings point at events that are not there"},
    {"SELECT count(*) FROM relations WHERE events < 0", "months of relations count fewer than no events"},
    {"SELECT count(*) FROM blocks WHERE report NOT IN (SELECT id FROM reports)",
     "blocks point at reports that are not there"},
    {"SELECT count(*) FROM agreement_blocks WHERE report NOT IN (SELECT id FROM agreement_reports)",
     "agreement blocks point at reports that are not there"},
    {"SELECT abs((SELECT count(*) FROM sentences) - (SELECT count(*) FROM evidence_docsize))",
     "sentences are not in the full-text index, or the other way"},
}};

} // namespace

Result<std::vector<std::string>> Ledger::check() const {
    std::vector<std::string> faults;
    ledger::Database& database = *impl_->database;
    ledger::Statement& pages = database.statement("PRAGMA integrity_check(20)").with();
    while (pages.step())
        if (pages.text(0) != "ok") faults.emplace_back(pages.text(0));
    ledger::Statement& keys = database.statement("PRAGMA foreign_key_check").with();
    while (keys.step())
        faults.push_back("a row of " + std::string(keys.text(0)) + " points at one of " + std::string(keys.text(2)) +
                         " that is not there");
    for (const auto& [sql, meaning] : kQuestions) {
        const std::int64_t count = database.pragma(sql);
        if (count != 0) faults.push_back(std::to_string(count) + " " + meaning);
    }
    if (auto problem = database.take_problem()) {
        if (problem->code != ErrorCode::BadArtefact) return *problem;
        faults.push_back(problem->message);
    }
    return faults;
}

} // namespace kadesh
