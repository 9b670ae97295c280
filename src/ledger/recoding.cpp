#include "ledger/recoding.hpp"

#include "ledger/pack.hpp"

#include <map>
#include <utility>

namespace kadesh::ledger {
namespace {

/// Records by id, without the coder's name at their end.
std::map<std::string, std::string> by_id(std::string_view lines) {
    std::map<std::string, std::string> records;
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        std::string_view line = lines.substr(0, end);
        lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
        constexpr std::string_view kBegin = R"({"id":")";
        if (!line.starts_with(kBegin)) continue;
        const std::string_view id = line.substr(kBegin.size(), line.find('"', kBegin.size()) - kBegin.size());
        records.emplace(id, line.substr(0, line.rfind(R"(,"coder":)")));
    }
    return records;
}

} // namespace

Recoding::Recoding(Database& database, const std::string& path, std::string_view except)
    : database_(database), except_(except) {
    auto opened = Database::open(path, Access::Read);
    if (opened)
        reading_ = std::move(opened).value();
    else
        problem_ = opened.error();
}

std::optional<Result<Document>> Recoding::next() {
    if (problem_) {
        const Error problem = *std::exchange(problem_, std::nullopt);
        return problem;
    }
    if (!reading_) return std::nullopt;
    Statement& row =
        reading_
            ->statement("SELECT d.id, d.name, date, source, title, url, author, language, text FROM "
                        "documents d JOIN coders c ON c.id = d.coder WHERE d.id > ? AND c.name <> ? ORDER BY "
                        "d.id LIMIT 1")
            .with(last_, except_);
    if (!row.step()) {
        if (!reading_->problem()) return std::nullopt;
        const Error problem = *reading_->problem();
        reading_.reset();
        return problem;
    }
    last_ = row.integer(0);
    Document document;
    document.id = row.text(1);
    document.date = Day::parse(row.text(2));
    document.source = row.text(3);
    document.title = row.text(4);
    document.url = row.text(5);
    document.author = row.text(6);
    document.language = row.text(7);
    auto text = unpack(row.blob(8));
    row.restart();
    if (!text) return Error{text.error().code, document.id + ": " + text.error().message};
    document.text = std::move(text).value();
    return document;
}

void Recoding::compare(const Entry& entry, Comparison& comparison) {
    Statement& row = database_.statement("SELECT records FROM documents WHERE name = ?").with(entry.name);
    const auto before = row.step() ? unpack(row.blob(0)) : Result<std::string>(std::string());
    row.restart();
    const auto after = unpack(entry.records);
    if (!before || !after) return;
    const auto old = by_id(*before);
    const auto now = by_id(*after);
    for (const auto& [id, record] : old) {
        const auto same = now.find(id);
        if (same == now.end())
            ++comparison.gone;
        else
            ++(same->second == record ? comparison.kept : comparison.changed);
    }
    for (const auto& [id, record] : now) comparison.come += old.contains(id) ? 0U : 1U;
}

std::uint64_t Recoding::corrections_lost() {
    Statement& row = database_.statement("SELECT count(*) FROM corrections WHERE target IS NULL AND NOT undone").with();
    const auto lost = row.step() ? row.integer(0) : 0;
    row.restart();
    return static_cast<std::uint64_t>(lost);
}

} // namespace kadesh::ledger
