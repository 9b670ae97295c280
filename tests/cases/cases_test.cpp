// Runs the .case files: texts with the records that they must give, end to end. See README.md for the format.

#include "coding/coder.hpp"
#include "knowledge/world.hpp"
#include "language/annotator.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace kadesh {
namespace {

struct Side {
    bool any = false;
    std::vector<std::pair<std::string, std::string>> entities; ///< code, sector or empty
};

struct Wanted {
    std::string type, mode, line;
    Side actors, recipients;
    std::map<std::string, std::string> keys;
};

struct Case {
    std::string file, title, text;
    int line = 0;
    std::optional<Day> date;
    std::vector<Wanted> events;
    std::vector<std::string> never;
    bool none = false;
    bool exact = false;
    std::string known_failure;
};

std::vector<std::string> split(const std::string& s, char separator) {
    std::vector<std::string> out;
    std::stringstream in(s);
    for (std::string part; std::getline(in, part, separator);) out.push_back(part);
    return out;
}

Side side(const std::string& text) {
    Side s;
    if (text == "*") s.any = true;
    if (text == "*" || text == "-") return s;
    for (const std::string& e : split(text, '+')) {
        const auto parts = split(e, ':');
        s.entities.emplace_back(parts[0], parts.size() > 1 ? parts[1] : "");
    }
    return s;
}

Wanted wanted(const std::string& rest) {
    Wanted w;
    w.line = rest;
    std::istringstream in(rest);
    std::string word;
    in >> word;
    const auto type = split(word, '/');
    w.type = type[0];
    if (type.size() > 1) w.mode = type[1];
    in >> word;
    w.actors = side(word);
    while (in >> word) {
        if (word == ">") {
            in >> word;
            w.recipients = side(word);
        } else if (const auto eq = word.find('='); eq != std::string::npos) {
            w.keys[word.substr(0, eq)] = word.substr(eq + 1);
        }
    }
    return w;
}

std::vector<Case> read_cases(const std::filesystem::path& path) {
    std::vector<Case> cases;
    std::ifstream in(path);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty() || line[0] == '#') continue;
        if (line.starts_with("== ")) {
            cases.push_back({});
            cases.back().file = path.filename().string();
            cases.back().title = line.substr(3);
            cases.back().line = number;
            continue;
        }
        if (cases.empty()) continue;
        Case& c = cases.back();
        const auto space = line.find(' ');
        const std::string key = line.substr(0, space);
        const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
        if (key == "date")
            c.date = Day::parse(rest);
        else if (key == "text")
            c.text += (c.text.empty() ? "" : "\n\n") + rest;
        else if (key == "event")
            c.events.push_back(wanted(rest));
        else if (key == "never")
            c.never.push_back(rest);
        else if (key == "none")
            c.none = true;
        else if (key == "exact")
            c.exact = true;
        else if (key == "known-failure")
            c.known_failure = rest;
        else
            ADD_FAILURE() << path << ":" << number << ": unknown key " << key;
    }
    return cases;
}

bool fits(const Side& want, const std::vector<Entity>& got) {
    if (want.any) return true;
    std::vector<std::string> codes;
    for (const Entity& e : got)
        if (!e.code.empty()) codes.push_back(e.code);
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    std::vector<std::string> expected;
    for (const auto& [code, sector] : want.entities) expected.push_back(code);
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    if (codes != expected) return false;
    return std::all_of(want.entities.begin(), want.entities.end(), [&](const auto& w) {
        return w.second.empty() || std::any_of(got.begin(), got.end(), [&](const Entity& e) {
                   return e.code == w.first &&
                          std::find(e.sectors.begin(), e.sectors.end(), w.second) != e.sectors.end();
               });
    });
}

std::string aux_names(std::uint8_t bits) {
    std::string out;
    const std::pair<std::uint8_t, const char*> all[] = {{kHistorical, "historical"},
                                                        {kFuture, "future"},
                                                        {kHypothetical, "hypothetical"},
                                                        {kNegated, "negated"},
                                                        {kAlleged, "alleged"}};
    for (const auto& [bit, text] : all)
        if ((bits & bit) != 0) out += (out.empty() ? "" : "+") + std::string(text);
    return out;
}

bool matches(const Wanted& w, const Event& e, const std::string& text) {
    if (name(e.type) != w.type) return false;
    if (!w.mode.empty() && std::find(e.modes.begin(), e.modes.end(), w.mode) == e.modes.end()) return false;
    if (!fits(w.actors, e.actors) || !fits(w.recipients, e.recipients)) return false;
    for (const auto& [key, value] : w.keys) {
        if (key == "cameo" && !e.cameo.starts_with(value)) return false;
        if (key == "aux" && aux_names(e.auxiliary) != (value == "none" ? "" : value)) return false;
        if (key == "from" && (!e.date || e.date->first.iso() != value)) return false;
        if (key == "to" && (!e.date || e.date->last.iso() != value)) return false;
        if (key == "place" && (!e.place || e.place->name.find(value) == std::string::npos)) return false;
        if (key == "context" && std::find(e.contexts.begin(), e.contexts.end(), value) == e.contexts.end())
            return false;
        if (key == "by" && std::none_of(e.attribution.begin(), e.attribution.end(), [&](const Entity& a) {
                return (text.substr(a.span.start, a.span.end - a.span.start) + " " + a.identifier_text).find(value) !=
                       std::string::npos;
            }))
            return false;
    }
    return true;
}

std::string describe(const Event& e) {
    std::string out(name(e.type));
    for (const std::string& m : e.modes) out += "/" + m;
    const auto list = [&](const std::vector<Entity>& side_) {
        std::string s;
        for (const Entity& x : side_) {
            s += (s.empty() ? "" : "+") + x.code;
            for (const std::string& sector : x.sectors) s += ":" + sector;
        }
        return s.empty() ? std::string("-") : s;
    };
    out += " " + list(e.actors) + " > " + list(e.recipients) + " cameo=" + e.cameo;
    if (e.auxiliary != 0) out += " aux=" + aux_names(e.auxiliary);
    if (e.date) out += " from=" + e.date->first.iso() + " to=" + e.date->last.iso();
    if (e.place) out += " place=" + e.place->name;
    return out + " [" + e.rule + "]";
}

/// Empty when the case is met, else what is wrong.
std::string check(const Case& c, const Annotator& annotator, const Coder& coder) {
    Document d;
    d.id = "case";
    d.text = c.text;
    d.date = c.date;
    Annotator::Scratch scratch;
    const Annotation a = annotator.annotate(d, scratch);
    const Findings f = coder.code(d, a, {});
    std::string problem;
    std::vector<bool> used(f.events.size(), false);
    for (const Wanted& w : c.events) {
        bool found = false;
        for (std::size_t i = 0; i < f.events.size() && !found; ++i)
            if (!used[i] && matches(w, f.events[i], d.text)) found = used[i] = true;
        if (!found) problem += "  missing: " + w.line + "\n";
    }
    for (std::size_t i = 0; i < f.events.size(); ++i) {
        const bool forbidden = c.none || (c.exact && !used[i]) ||
                               std::find(c.never.begin(), c.never.end(), name(f.events[i].type)) != c.never.end();
        if (forbidden) problem += "  unwanted: " + describe(f.events[i]) + "\n";
    }
    if (!problem.empty())
        for (const Event& e : f.events) problem += "  got: " + describe(e) + "\n";
    return problem;
}

TEST(Cases, GiveTheirRecords) {
    const char* model = std::getenv("KADESH_MODEL");
    const char* pack = std::getenv("KADESH_KNOWLEDGE");
    const char* folder = std::getenv("KADESH_CASES");
    ASSERT_NE(model, nullptr);
    ASSERT_NE(pack, nullptr);
    ASSERT_NE(folder, nullptr);
    auto annotator = Annotator::load(model);
    ASSERT_TRUE(annotator.ok()) << annotator.error().message;
    auto world = World::open(pack);
    ASSERT_TRUE(world.ok()) << world.error().message;
    auto coder = Coder::load(*world);
    ASSERT_TRUE(coder.ok()) << coder.error().message;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".case") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    ASSERT_FALSE(files.empty());
    int count = 0;
    for (const auto& file : files)
        for (const Case& c : read_cases(file)) {
            ++count;
            const std::string problem = check(c, *annotator, *coder);
            if (c.known_failure.empty())
                EXPECT_EQ(problem, "") << c.file << ":" << c.line << ": " << c.title << "\n  " << c.text;
            else
                EXPECT_NE(problem, "") << c.file << ":" << c.line << ": passes now, drop known-failure: " << c.title;
        }
    EXPECT_GT(count, 0);
}

} // namespace
} // namespace kadesh
