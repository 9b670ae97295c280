#include "base/ascii.hpp"
#include "engine/import_lines.hpp"
#include "engine/import_row.hpp"
#include "engine/importers.hpp"
#include "kadesh/date.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kadesh {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// CAMEO's role codes as PLOVER's sectors; those that PLOVER has under the same letters stand for themselves.
constexpr auto kSectorOf = std::to_array<Pair>(
    {{"GOV", "GOV"}, {"MIL", "MIL"}, {"LEG", "LEG"}, {"JUD", "JUD"}, {"COP", "COP"}, {"SPY", "SPY"}, {"PTY", "PTY"},
     {"OPP", "OPP"}, {"REB", "REB"}, {"UAF", "UAF"}, {"CRM", "CRM"}, {"BUS", "BUS"}, {"CVL", "CVL"}, {"EDU", "EDU"},
     {"ELI", "ELI"}, {"LAB", "LAB"}, {"REF", "REF"}, {"REL", "REL"}, {"AGR", "AGR"}, {"MED", "JRN"}, {"HLH", "MED"},
     {"INS", "REB"}, {"SEP", "REB"}, {"RAD", "REB"}, {"TOP", "GOV"}, {"SET", "CVL"}, {"STU", "CVL"}, {"CHR", "REL"},
     {"MOS", "REL"}, {"JEW", "REL"}, {"HIN", "REL"}, {"BUD", "REL"}, {"CTH", "REL"}, {"PRO", "REL"}, {"MNC", "BUS"},
     {"PRM", "PRM"}, {"JRN", "JRN"}, {"SOC", "SOC"}});

/// Codes in the place of a state's.
constexpr auto kWorldCode = std::to_array<Pair>({{"IGO", "IGO"},
                                                 {"NGO", "NGO"},
                                                 {"NGM", "NGO"},
                                                 {"IMG", "IMG"},
                                                 {"MNC", "MNC"},
                                                 {"UNO", "UNO"},
                                                 {"INT", "IGO"},
                                                 {"EUR", "EUR"},
                                                 {"ISM", "ISM"}});

/// Codes of states that CAMEO writes otherwise than ISO 3166.
constexpr auto kStateCode =
    std::to_array<Pair>({{"KSV", "KOS"}, {"TMP", "TLS"}, {"USR", "SUN"}, {"ROM", "ROU"}, {"ZAR", "COD"}});

/// What an office is called that a dictionary only gives a role for.
constexpr auto kOffice = std::to_array<Pair>({{"GOV", "government official"},
                                              {"MIL", "military officer"},
                                              {"LEG", "member of parliament"},
                                              {"JUD", "judge"},
                                              {"COP", "police officer"},
                                              {"SPY", "intelligence officer"},
                                              {"PTY", "party official"},
                                              {"OPP", "opposition figure"},
                                              {"REB", "rebel"},
                                              {"ELI", "public figure"},
                                              {"BUS", "businessman"},
                                              {"REL", "religious leader"},
                                              {"JRN", "journalist"},
                                              {"LAB", "trade unionist"},
                                              {"CRM", "criminal"}});

constexpr auto kBodyOf = std::to_array<Pair>({{"REB", "group"},
                                              {"UAF", "group"},
                                              {"CRM", "group"},
                                              {"OPP", "group"},
                                              {"PRM", "group"},
                                              {"JRN", "media"},
                                              {"BUS", "company"},
                                              {"PTY", "party"}});

template <std::size_t N> std::string_view find(const std::array<Pair, N>& table, std::string_view key) {
    const auto it = std::find_if(table.begin(), table.end(), [&](const Pair& p) { return p.first == key; });
    return it == table.end() ? std::string_view() : it->second;
}

struct Code {
    std::string text;
    std::optional<Day> from, to;
};

struct Reading {
    std::string_view country; ///< PLOVER's code
    std::vector<std::string_view> sectors;
};

/// `YYMMDD` or `YYYYMMDD`; two-digit years from 30 on are of the last century.
std::optional<Day> read_day(std::string_view text) {
    if (text.size() != 6 && text.size() != 8) return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), is_ascii_digit)) return std::nullopt;
    std::string full(text);
    if (full.size() == 6) full.insert(0, full >= "30" ? "19" : "20");
    const int month = std::stoi(full.substr(4, 2)), day = std::stoi(full.substr(6, 2));
    if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    return Day::of(std::stoi(full.substr(0, 4)), month, day);
}

/// `AZEELI 770101-930627`, `AZEGOV >031104`, `RUSGOV <991231`, `~COP`; nothing when the date is none.
std::optional<Code> read_code(std::string_view text) {
    Code code;
    const std::size_t space = text.find(' ');
    for (const char c : text.substr(0, space)) code.text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    std::string date;
    if (space != std::string_view::npos)
        for (const char c : text.substr(space + 1))
            if (!is_ascii_space(c)) date += c;
    if (date.empty()) return code;
    if (date.starts_with('>'))
        code.from = read_day(std::string_view(date).substr(1));
    else if (date.starts_with('<'))
        code.to = read_day(std::string_view(date).substr(1));
    else if (const std::size_t dash = date.find('-'); dash != std::string::npos) {
        code.from = read_day(std::string_view(date).substr(0, dash));
        code.to = read_day(std::string_view(date).substr(dash + 1));
        if (!code.from || !code.to) return std::nullopt;
    }
    return code.from || code.to ? std::optional(code) : std::nullopt;
}

/// "FUAD_GULIYEV_" as "Fuad Guliyev"; short words of a name's middle stay small.
std::string name_of(std::string_view text) {
    std::string name;
    bool begins = true;
    for (const char c : text) {
        const bool space = c == '_' || is_ascii_space(c);
        if (space && (name.empty() || name.back() == ' ')) continue;
        name += space ? ' ' : begins ? c : lower_ascii(c);
        begins = space || c == '-' || c == '.' || c == '(';
    }
    while (name.ends_with(' ')) name.pop_back();
    for (const std::string_view word : {" Of ", " The ", " And ", " For ", " De ", " Al-", " In ", " On "})
        for (std::size_t at = name.find(word); at != std::string::npos; at = name.find(word, at + 1))
            name[at + 1] = lower_ascii(name[at + 1]);
    return name;
}

/// Splits "Aden Abyan Islamic Army (AAIA)" into the name and what stands in brackets.
std::string bracketed(std::string& name) {
    const std::size_t open = name.find('('), close = name.find(')', open);
    if (open == std::string::npos || close == std::string::npos) return {};
    std::string inner = name.substr(open + 1, close - open - 1);
    for (char& c : inner)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    name.erase(open, close + 1 - open);
    while (name.ends_with(' ')) name.pop_back();
    return inner;
}

class PetrarchImport {
  public:
    PetrarchImport(const World& world, ImportLines& lines, const RowSink& rows)
        : world_(world), lines_(lines), rows_(rows) {}

    ImportReport run() {
        go_on_ = rows_(layer_header());
        while (go_on_) {
            const auto line = lines_.next();
            if (!line) break;
            read(*line);
        }
        if (go_on_) finish();
        if (const auto& broken = lines_.broken()) {
            report_.cut = true;
            report_.notes.push_back(broken->message + " after line " + std::to_string(lines_.line()));
        }
        for (const auto& [code, lines] : unknown_)
            report_.notes.push_back(
                "no state or body has the code " + code + ": " + std::to_string(lines.second) +
                (lines.second == 1 ? " entry left out, line " : " entries left out, first in line ") +
                std::to_string(lines.first));
        return std::move(report_);
    }

  private:
    void read(std::string_view line) {
        if (in_comment_) {
            const std::size_t end = line.find("-->");
            if (end == std::string_view::npos) return;
            in_comment_ = false;
            line.remove_prefix(end + 3);
        }
        if (const std::size_t begin = line.find("<!--"); begin != std::string_view::npos) {
            in_comment_ = line.find("-->", begin) == std::string_view::npos;
            line = line.substr(0, begin);
        }
        line = line.substr(0, line.find('#'));
        while (!line.empty() && is_ascii_space(line.back())) line.remove_suffix(1);
        if (line.empty()) return;
        if (line.front() == '!' && line.find('=') != std::string_view::npos) return read_macro(line);
        const bool goes_on = is_ascii_space(line.front());
        while (is_ascii_space(line.front())) line.remove_prefix(1);
        if (line.front() == '+') {
            if (names_.empty()) return;
            names_.emplace_back(
                line.substr(1, line.find('[') == std::string_view::npos ? line.size() : line.find('[') - 1));
            return read_codes(line);
        }
        if (!goes_on) {
            finish();
            if (!go_on_) return;
            ++report_.read;
            first_line_ = lines_.line();
            names_.emplace_back(line.substr(0, line.find_first_of("[{")));
        }
        if (!names_.empty()) read_codes(line);
    }

    void read_codes(std::string_view line) {
        for (std::size_t open = line.find('['); open != std::string_view::npos; open = line.find('[', open + 1)) {
            const std::size_t close = line.find(']', open);
            if (close == std::string_view::npos) {
                if (!lines_.ended()) {
                    report_.cut = true;
                    report_.notes.push_back("cut short: line " + std::to_string(lines_.line()) +
                                            " is not whole; what stands before it is imported");
                } else {
                    report_.notes.push_back("line " + std::to_string(lines_.line()) + ": a bracket is not closed");
                }
                return;
            }
            if (auto code = read_code(line.substr(open + 1, close - open - 1)))
                codes_.push_back(*std::move(code));
            else
                report_.notes.push_back("line " + std::to_string(lines_.line()) +
                                        ": not a date: " + std::string(line.substr(open, close + 1 - open)));
        }
    }

    void read_macro(std::string_view line) {
        const std::size_t equals = line.find('=');
        std::string key(line.substr(0, line.find('!', 1) + 1));
        std::string_view rest = line.substr(equals + 1);
        while (!rest.empty()) {
            std::string_view word = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), word.size() + 1));
            while (word.starts_with(' ')) word.remove_prefix(1);
            if (!word.empty()) macros_[key].emplace_back(word);
        }
    }

    std::optional<Reading> read_actor_code(std::string_view code) {
        Reading reading;
        std::string_view state = code.substr(0, 3);
        if (const std::string_view iso = find(kStateCode, state); !iso.empty()) state = iso;
        if (const std::string_view of_world = find(kWorldCode, state); !of_world.empty())
            reading.country = of_world;
        else if (const EntryId id = world_.country(state); state.size() == 3 && id != kNoEntry)
            reading.country = state;
        else
            return std::nullopt;
        for (std::size_t at = 3; at + 3 <= code.size(); at += 3) {
            if (code.substr(at, 3) == "UNO") reading.country = "UNO";
            const std::string_view sector = find(kSectorOf, code.substr(at, 3));
            if (!sector.empty() &&
                std::find(reading.sectors.begin(), reading.sectors.end(), sector) == reading.sectors.end())
                reading.sectors.push_back(sector);
        }
        return reading;
    }

    /// Writes the entry that has been read.
    void finish() {
        if (!names_.empty() && !codes_.empty()) {
            if (codes_.front().text.starts_with('~'))
                write_agent();
            else
                write_actor();
        }
        names_.clear();
        codes_.clear();
    }

    void write_agent() {
        LayerRow row;
        std::vector<std::string> phrases{""};
        for (const std::string& raw : names_) {
            std::vector<std::string> forms = expanded(raw);
            for (const std::string& form : forms) {
                std::string phrase = lower_ascii(name_of(form));
                if (phrases.front().empty())
                    phrases.front() = phrase;
                else
                    phrases.push_back(phrase);
            }
        }
        std::string_view codes = codes_.front().text;
        codes.remove_prefix(1);
        std::vector<std::string_view> sectors;
        for (std::size_t at = 0; at + 3 <= codes.size(); at += 3)
            if (const std::string_view sector = find(kSectorOf, codes.substr(at, 3)); !sector.empty())
                if (std::find(sectors.begin(), sectors.end(), sector) == sectors.end()) sectors.push_back(sector);
        if (sectors.empty() || phrases.front().empty()) return left_out(std::string(codes_.front().text));
        row.set("name", phrases.front()).set("kind", "role").set("source", "PETRARCH");
        for (std::size_t i = 1; i < phrases.size(); ++i) row.add("aliases", phrases[i]);
        for (const std::string_view sector : sectors) row.add("sectors", sector);
        write(row);
    }

    /// "POLICE!PERSON!" as "POLICEMAN", "POLICEWOMAN" …
    std::vector<std::string> expanded(const std::string& raw) const {
        for (const auto& [key, words] : macros_)
            if (const std::size_t at = raw.find(key); at != std::string::npos) {
                std::vector<std::string> forms;
                for (const std::string& word : words)
                    forms.push_back(raw.substr(0, at) + word + raw.substr(at + key.size()));
                return forms;
            }
        return {raw};
    }

    void left_out(const std::string& code) {
        auto& [line, count] = unknown_.try_emplace(code, first_line_, std::uint64_t{0}).first->second;
        ++count;
    }

    void write_actor() {
        std::string name = name_of(names_.front());
        const std::string acronym = bracketed(name);
        if (name.empty()) return;
        std::vector<std::string> aliases;
        if (!acronym.empty()) aliases.push_back(acronym);
        for (std::size_t i = 1; i < names_.size(); ++i) {
            std::string alias = name_of(names_[i]);
            const std::string short_form = bracketed(alias);
            if (!alias.empty()) aliases.push_back(alias);
            if (!short_form.empty()) aliases.push_back(short_form);
        }
        const bool person = std::any_of(codes_.begin(), codes_.end(), [](const Code& code) {
            return code.from || code.to || code.text.find("ELI", 3) != std::string::npos;
        });
        bool first = true;
        for (const Code& code : codes_) {
            if (code.text.starts_with('-')) continue; // "[---]": no actor
            const auto reading = read_actor_code(code.text);
            if (!reading) {
                left_out(code.text.substr(0, 3));
                continue;
            }
            if (code.from && code.to && *code.to < *code.from) {
                report_.notes.push_back("entry in line " + std::to_string(first_line_) + ": " + code.text +
                                        " ends before it begins");
                continue;
            }
            LayerRow row;
            row.set("name", name).set("source", "PETRARCH");
            if (first)
                for (const std::string& alias : aliases) row.add("aliases", alias);
            for (const std::string_view sector : reading->sectors) row.add("sectors", sector);
            if (person) {
                if (reading->sectors.empty()) continue;
                const std::string_view office = find(kOffice, reading->sectors.front());
                row.set("kind", "person").set("country", reading->country);
                row.set("office", office.empty() ? "public figure" : office);
                if (code.from) row.set("from", code.from->iso());
                if (code.to) row.set("to", code.to->iso());
            } else if (reading->sectors.empty() && reading->country.size() == 3 &&
                       find(kWorldCode, reading->country).empty()) {
                row.set("kind", "country").set("code", reading->country);
            } else {
                const std::string_view kind =
                    reading->country == "NGO"   ? "ngo"
                    : reading->country == "MNC" ? "company"
                    : reading->country == "IMG" ? "group"
                    : reading->country == "IGO" || reading->country == "UNO" || reading->country == "EUR"
                        ? "igo"
                        : find(kBodyOf, reading->sectors.empty() ? "" : reading->sectors.front());
                row.set("kind", kind.empty() ? "agency" : kind).set("code", reading->country);
            }
            write(row);
            first = false;
            if (!person) break;
        }
    }

    void write(const LayerRow& row) {
        ++report_.taken;
        go_on_ = go_on_ && rows_(row.line());
    }

    const World& world_;
    ImportLines& lines_;
    const RowSink& rows_;
    ImportReport report_;
    bool go_on_ = true, in_comment_ = false;
    std::uint64_t first_line_ = 0;
    std::vector<std::string> names_;
    std::vector<Code> codes_;
    std::map<std::string, std::vector<std::string>> macros_;
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> unknown_; ///< by code: first line, entries
};

} // namespace

Result<ImportReport> import_petrarch(const World& world, const std::string& file, const RowSink& rows) {
    auto lines = ImportLines::open(file);
    if (!lines) return lines.error();
    return PetrarchImport(world, *lines, rows).run();
}

} // namespace kadesh
