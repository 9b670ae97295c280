#include "ledger/agreement_identity.hpp"

#include "document/record_names.hpp"
#include "ledger/clusters.hpp"
#include "ledger/corrections.hpp"
#include "ledger/features.hpp"
#include "ledger/likeness.hpp"
#include "ledger/report_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kadesh::ledger {
namespace {

constexpr std::size_t kMostCached = 100'000;

void bind_fact(Statement& s, int at, const std::optional<DatedFact>& fact, std::string& first, std::string& last) {
    if (!fact) {
        s.bind_null(at).bind_null(at + 1).bind_null(at + 2);
        return;
    }
    first = fact->range.first.iso();
    last = fact->range.last.iso();
    s.bind(at, first).bind(at + 1, last).bind(at + 2, name(fact->basis));
}

/// What an agreement has many of.
void delete_lists(Database& database, std::int64_t agreement) {
    for (const char* sql :
         {"DELETE FROM agreement_parties WHERE agreement = ?", "DELETE FROM agreement_subjects WHERE agreement = ?",
          "DELETE FROM agreement_life WHERE agreement = ?"})
        database.statement(sql).with(agreement).run();
}

} // namespace

const AgreementFeatures& AgreementIdentity::features(std::int64_t id) {
    const auto found = features_.find(id);
    if (found != features_.end()) return found->second;
    Statement& row = database_.statement("SELECT features FROM agreement_reports WHERE id = ?").with(id);
    AgreementFeatures read;
    if (row.step()) read = decoded_agreement(row.blob(0));
    row.restart();
    return features_.emplace(id, std::move(read)).first->second;
}

std::vector<AgreementIdentity::Neighbour> AgreementIdentity::neighbours(std::int64_t id) {
    const AgreementFeatures own = features(id);
    std::vector<std::int64_t> others;
    Statement& rows = database_.statement("SELECT report FROM agreement_blocks WHERE key = ?");
    for (const std::int64_t key : block_keys(own)) {
        rows.with(key);
        while (rows.step()) others.push_back(rows.integer(0));
    }
    std::ranges::sort(others);
    others.erase(std::unique(others.begin(), others.end()), others.end());
    const std::vector<std::int64_t> joined = agreements_linked(database_, id, "join");
    std::vector<Neighbour> found;
    for (const std::int64_t other : others) {
        if (other == id || std::ranges::find(joined, other) != joined.end()) continue;
        const auto score = agreement_likeness(own, features(other));
        if (score && *score > 0) found.push_back({other, *score, false});
    }
    for (const std::int64_t other : joined) found.push_back({other, 0, true});
    return found;
}

void AgreementIdentity::leaving(std::int64_t document) {
    std::vector<std::pair<std::int64_t, std::int64_t>> own;
    Statement& rows =
        database_.statement("SELECT id, agreement FROM agreement_reports WHERE document = ?").with(document);
    while (rows.step()) own.emplace_back(rows.integer(0), rows.integer(1));
    for (const auto& [id, agreement] : own) {
        for (const Neighbour& neighbour : neighbours(id)) dirty_.insert(neighbour.report);
        touched_.insert(agreement);
        Statement& members =
            database_.statement("SELECT id FROM agreement_reports WHERE agreement = ?").with(agreement);
        while (members.step()) dirty_.insert(members.integer(0));
    }
    Statement& erase = database_.statement("DELETE FROM agreement_blocks WHERE key = ? AND report = ?");
    for (const auto& [id, agreement] : own)
        for (const std::int64_t key : block_keys(features(id))) erase.with(key, id).run();
    for (const auto& [id, agreement] : own) {
        dirty_.erase(id);
        features_.erase(id);
    }
}

void AgreementIdentity::refold_document(std::int64_t document) {
    Statement& rows =
        database_
            .statement("SELECT DISTINCT agreement FROM agreement_reports WHERE document = ? AND agreement "
                       "IS NOT NULL")
            .with(document);
    while (rows.step()) refold_.insert(rows.integer(0));
}

void AgreementIdentity::settle() {
    for (const std::int64_t id : std::vector<std::int64_t>(dirty_.begin(), dirty_.end()))
        if (!visited_.contains(id)) settle_component(id);
    for (const std::int64_t agreement : touched_) {
        if (taken_.contains(agreement)) continue;
        Statement& left =
            database_.statement("SELECT 1 FROM agreement_reports WHERE agreement = ? LIMIT 1").with(agreement);
        const bool any = left.step();
        left.restart();
        if (any) continue;
        delete_lists(database_, agreement);
        database_.statement("DELETE FROM agreements WHERE id = ?").with(agreement).run();
    }
    for (const std::int64_t agreement : refold_) {
        if (taken_.contains(agreement)) continue;
        std::vector<std::int64_t> members;
        Statement& rows = database_.statement("SELECT id FROM agreement_reports WHERE agreement = ?").with(agreement);
        while (rows.step()) members.push_back(rows.integer(0));
        if (!members.empty()) write(agreement, members);
    }
    for (auto* set : {&dirty_, &refold_, &visited_, &taken_, &touched_}) set->clear();
    if (features_.size() > kMostCached) features_.clear();
}

void AgreementIdentity::settle_component(std::int64_t seed) {
    Component component = component_of(seed, [this](std::int64_t report) { return neighbours(report); });
    const std::vector<std::int64_t>& members = component.members;
    visited_.insert(members.begin(), members.end());
    std::vector<std::uint64_t> order;
    std::vector<std::vector<std::int64_t>> apart;
    for (const std::int64_t id : members) {
        order.push_back(features(id).order);
        apart.push_back(agreements_linked(database_, id, "split"));
    }
    const auto conflict = [&](std::size_t x, std::size_t y) {
        return std::ranges::find(apart[x], members[y]) != apart[x].end() ||
               agreements_conflict(features(members[x]), features(members[y]));
    };
    const std::vector<std::size_t> groups = grouped(order, std::move(component.links), conflict);
    std::vector<std::vector<std::int64_t>> lists(*std::ranges::max_element(groups) + 1);
    for (std::size_t i = 0; i < members.size(); ++i) lists[groups[i]].push_back(members[i]);
    for (const std::vector<std::int64_t>& list : lists) {
        std::int64_t agreement = 0;
        for (const std::int64_t id : list) {
            Statement& row = database_.statement("SELECT agreement FROM agreement_reports WHERE id = ?").with(id);
            const std::int64_t before = row.step() && !row.is_null(0) ? row.integer(0) : 0;
            row.restart();
            if (before == 0) continue;
            touched_.insert(before);
            if (!taken_.contains(before) && (agreement == 0 || before < agreement)) agreement = before;
        }
        if (agreement != 0) taken_.insert(agreement);
        write(agreement, list);
    }
}

void AgreementIdentity::write(std::int64_t agreement, const std::vector<std::int64_t>& members) {
    std::vector<AgreementReport> reports;
    std::vector<Told> tellers;
    for (const std::int64_t id : members) {
        reports.push_back(read_agreement_report(database_, id));
        tellers.push_back(read_told(database_, reports.back().document));
    }
    std::vector<AgreementMember> list;
    for (std::size_t i = 0; i < reports.size(); ++i) list.push_back({&reports[i], &tellers[i]});
    AgreementRow row = folded(list);
    corrected(database_, members, row);

    Statement& s =
        agreement == 0
            ? database_.statement(
                  "INSERT INTO agreements (name, kind, title, parties, party_names, subjects, signed, "
                  "signed_end, signed_basis, in_force, in_force_end, in_force_basis, expires, "
                  "expires_end, expires_basis, term, disclosed, place, status, status_date, predecessor, "
                  "successor, reports, documents, sources, first_reported, last_reported, "
                  "contradictions, corrected) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
            : database_.statement(
                  "UPDATE agreements SET name=?, kind=?, title=?, parties=?, party_names=?, subjects=?, "
                  "signed=?, signed_end=?, signed_basis=?, in_force=?, in_force_end=?, in_force_basis=?, "
                  "expires=?, expires_end=?, expires_basis=?, term=?, disclosed=?, place=?, status=?, "
                  "status_date=?, predecessor=?, successor=?, reports=?, documents=?, sources=?, "
                  "first_reported=?, last_reported=?, contradictions=?, corrected=? WHERE id=?");
    s.restart();
    std::array<std::string, 6> days;
    int at = 0;
    const auto text = [&](const std::string& value) {
        ++at;
        value.empty() ? s.bind_null(at) : s.bind(at, value);
    };
    s.bind(++at, row.name);
    s.bind(++at, row.kind);
    for (const std::string* value : {&row.title, &row.parties, &row.party_names, &row.subjects}) text(*value);
    bind_fact(s, 7, row.signed_on, days[0], days[1]);
    bind_fact(s, 10, row.in_force, days[2], days[3]);
    bind_fact(s, 13, row.expires, days[4], days[5]);
    at = 15;
    text(row.term);
    if (row.disclosed)
        s.bind(++at, *row.disclosed ? 1 : 0);
    else
        s.bind_null(++at);
    for (const std::string* value : {&row.place, &row.status, &row.status_date, &row.predecessor, &row.successor})
        text(*value);
    s.bind(++at, row.reports);
    s.bind(++at, row.documents);
    s.bind(++at, row.sources);
    for (const std::string* value : {&row.first_reported, &row.last_reported, &row.contradictions}) text(*value);
    s.bind(++at, row.corrected ? 1 : 0);
    if (agreement != 0) s.bind(++at, agreement);
    s.run();
    if (agreement == 0) {
        agreement = database_.last_id();
    } else {
        delete_lists(database_, agreement);
    }
    for (const std::string& code : parts(row.parties))
        database_.statement("INSERT OR IGNORE INTO agreement_parties (code, agreement) VALUES (?, ?)")
            .with(code, agreement)
            .run();
    for (const std::string& subject : parts(row.subjects))
        database_.statement("INSERT OR IGNORE INTO agreement_subjects (subject, agreement) VALUES (?, ?)")
            .with(subject, agreement)
            .run();
    int step = 0;
    for (const LifeStep& life : row.life) {
        const std::optional<std::string> first = life.date ? std::optional(life.date->first.iso()) : std::nullopt;
        const std::optional<std::string> last = life.date ? std::optional(life.date->last.iso()) : std::nullopt;
        database_
            .statement(
                "INSERT INTO agreement_life (agreement, step, action, date, enddate, actors, reports) VALUES (?, "
                "?, ?, ?, ?, ?, ?)")
            .with(agreement, step++, life.action, first, last, life.actors, life.reports)
            .run();
    }
    Statement& update =
        database_.statement("UPDATE agreement_reports SET agreement = ?1 WHERE id = ?2 AND agreement IS NOT ?1");
    for (const std::int64_t id : members) update.with(agreement, id).run();
}

void AgreementIdentity::forget() {
    features_.clear();
    for (auto* set : {&dirty_, &refold_, &visited_, &taken_, &touched_}) set->clear();
}

} // namespace kadesh::ledger
