#include "relations_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

namespace kadesh::cli {
namespace {

constexpr std::size_t kMostLines = 80;

struct Line {
    std::string label;
    std::array<std::int64_t, 4> events{};
    double scale = 0;
    bool change = false;
    [[nodiscard]] std::int64_t total() const { return events[0] + events[1] + events[2] + events[3]; }
};

/// The period of a month: itself, its quarter or its year.
std::string period(const std::string& month, int months) {
    if (months == 12) return month.substr(0, 4);
    if (months == 3) {
        const int number = (month[5] - '0') * 10 + (month[6] - '0');
        return month.substr(0, 4) + " Q" + std::to_string((number - 1) / 3 + 1);
    }
    return month;
}

std::vector<Line> lines_of(const Relations& relations) {
    const std::size_t months = relations.months.size();
    const int step = months <= kMostLines ? 1 : months <= 3 * kMostLines ? 3 : 12;
    std::vector<Line> lines;
    for (const RelationMonth& month : relations.months) {
        const std::string label = period(month.month, step);
        if (lines.empty() || lines.back().label != label) lines.push_back({label, {}, 0, false});
        Line& line = lines.back();
        std::int64_t count = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            line.events[i] += month.events[i];
            count += month.events[i];
        }
        line.scale += month.mean_scale * static_cast<double>(count);
        line.change = line.change || month.change;
    }
    for (Line& line : lines)
        if (line.total() > 0) line.scale /= static_cast<double>(line.total());
    return lines;
}

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
}

} // namespace

void draw_relations(const Relations& relations, std::size_t width, bool colour, std::string& out) {
    if (relations.months.empty()) return;
    const std::vector<Line> lines = lines_of(relations);
    std::int64_t conflict = 1;
    std::int64_t cooperation = 1;
    for (const Line& line : lines) {
        conflict = std::max(conflict, line.events[2] + line.events[3]);
        cooperation = std::max(cooperation, line.events[0] + line.events[1]);
    }
    // One scale for both sides; each gets the room that it needs.
    const std::size_t room = std::max<std::size_t>(width, 70) - 40;
    const double unit = std::min(1.0, static_cast<double>(room) / static_cast<double>(conflict + cooperation));
    const auto bar = [&](std::int64_t events) {
        return static_cast<std::size_t>(std::ceil(static_cast<double>(events) * unit - 1e-9));
    };
    const std::size_t left = bar(conflict) + 1;
    const char* red = colour ? "\033[31m" : "";
    const char* green = colour ? "\033[32m" : "";
    const char* off = colour ? "\033[0m" : "";
    out += relations.a + " and " + relations.b +
           ": conflict (# material, - verbal) | cooperation (= verbal, # material), "
           "mean scale, > a new level\n";
    for (const Line& line : lines) {
        const std::size_t verbal_conflict = bar(line.events[2]);
        const std::size_t all_conflict = bar(line.events[2] + line.events[3]);
        const std::size_t material_conflict = all_conflict - std::min(all_conflict, verbal_conflict);
        const std::size_t verbal = bar(line.events[0]);
        const std::size_t all = bar(line.events[0] + line.events[1]);
        out += line.label + (line.change ? " >" : "  ");
        out.append(left - std::min(left, all_conflict), ' ');
        out += red + repeated("#", material_conflict) + repeated("-", all_conflict - material_conflict) + off + "|";
        out += green + repeated("=", verbal) + repeated("#", all - std::min(all, verbal)) + off;
        std::array<char, 96> numbers{};
        if (line.total() > 0)
            std::snprintf(numbers.data(), numbers.size(), "  %+.1f  (%lld %lld %lld %lld)", line.scale,
                          static_cast<long long>(line.events[0]), static_cast<long long>(line.events[1]),
                          static_cast<long long>(line.events[2]), static_cast<long long>(line.events[3]));
        out += numbers.data();
        out += '\n';
    }
}

} // namespace kadesh::cli
