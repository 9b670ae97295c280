// Which reports tell of one agreement: keeps the agreements table in step, as EventIdentity does for events.
#pragma once

#include "ledger/agreement_row.hpp"
#include "ledger/database.hpp"
#include "ledger/types.hpp"

#include <cstdint>
#include <set>
#include <unordered_map>
#include <vector>

namespace kadesh::ledger {

class AgreementIdentity {
  public:
    explicit AgreementIdentity(Database& database) : database_(database) {}

    void add(std::int64_t report) { dirty_.insert(report); }
    void leaving(std::int64_t document);
    void refold_document(std::int64_t document);
    void refold(std::int64_t agreement) { refold_.insert(agreement); }
    void settle();
    void forget();

    struct Neighbour {
        std::int64_t report = 0;
        int score = 0;
        bool forced = false;
    };
    std::vector<Neighbour> neighbours(std::int64_t report);
    const AgreementFeatures& features(std::int64_t report);

  private:
    void settle_component(std::int64_t seed);
    void write(std::int64_t agreement, const std::vector<std::int64_t>& members);

    Database& database_;
    std::unordered_map<std::int64_t, AgreementFeatures> features_;
    std::set<std::int64_t> dirty_, refold_, visited_, taken_, touched_;
};

} // namespace kadesh::ledger
