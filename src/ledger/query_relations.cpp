// Two codes' dealings month by month, and where their level changes.
#include "ledger/change_points.hpp"
#include "ledger/ledger_impl.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace kadesh {
namespace {

std::string next_month(const std::string& month) {
    const auto day = Day::parse(month + "-01");
    return day ? day->plus_months(1).iso().substr(0, 7) : month;
}

/// A stray date far from all others must not stretch the table over centuries.
constexpr std::size_t kMostMonths = 1200;

} // namespace

Result<Relations> Ledger::relations(const std::string& a, const std::string& b, std::optional<Day> since,
                                    std::optional<Day> until) const {
    ledger::Database& database = *impl_->database;
    const bool turned = b < a;
    struct Sum {
        RelationMonth month;
        std::int64_t events = 0, scale = 0, goldstein = 0;
    };
    std::map<std::string, Sum> sums;
    const std::string first = since ? since->iso().substr(0, 7) : std::string();
    const std::string last = until ? until->iso().substr(0, 7) : std::string("9999-99");
    ledger::Statement& rows =
        database
            .statement(
                "SELECT month, quad_code, sum(events), sum(scale_sum), sum(goldstein_sum) FROM relations WHERE a = ? "
                "AND b = ? AND month BETWEEN ? AND ? GROUP BY month, quad_code")
            .with(turned ? b : a, turned ? a : b, first, last);
    while (rows.step()) {
        Sum& sum = sums[std::string(rows.text(0))];
        const auto quad = static_cast<std::size_t>(std::clamp<std::int64_t>(rows.integer(1), 1, 4) - 1);
        sum.month.events[quad] += rows.integer(2);
        sum.events += rows.integer(2);
        sum.scale += rows.integer(3);
        sum.goldstein += rows.integer(4);
    }
    if (auto problem = database.take_problem()) return *problem;
    Relations relations{a, b, {}};
    if (sums.empty()) return relations;
    std::string month = sums.begin()->first;
    std::vector<ledger::Level> levels;
    for (auto& [name, sum] : sums) {
        std::size_t gap = 0;
        for (; month < name && gap < kMostMonths; month = next_month(month), ++gap) {
            if (relations.months.size() >= kMostMonths) break;
            relations.months.push_back({month, {0, 0, 0, 0}, 0, 0, false});
            levels.push_back({});
        }
        month = next_month(name);
        sum.month.month = name;
        const auto events = static_cast<double>(sum.events);
        sum.month.mean_scale = static_cast<double>(sum.scale) / 100 / events;
        sum.month.mean_goldstein = static_cast<double>(sum.goldstein) / 100 / events;
        relations.months.push_back(sum.month);
        levels.push_back({sum.month.mean_scale, events});
    }
    for (const std::size_t at : ledger::change_points(levels)) relations.months[at].change = true;
    return relations;
}

} // namespace kadesh
