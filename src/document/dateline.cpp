#include "document/dateline.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kadesh {
namespace {

using namespace std::string_view_literals;

/// News agencies and services as datelines write them. Others are believed where the place is in capitals or a date
/// stands beside them.
constexpr std::array kAgencies{
    "AA"sv,        "AAP"sv,     "ABC"sv,   "AFP"sv,      "AKI"sv,       "ANI"sv,     "ANSA"sv,    "AP"sv,
    "APA"sv,       "APP"sv,     "ATTA"sv,  "Agencies"sv, "Anadolu"sv,   "Antara"sv,  "Azertac"sv, "BBC"sv,
    "BNA"sv,       "BTA"sv,     "BelTA"sv, "Bernama"sv,  "Bloomberg"sv, "CNN"sv,     "CP"sv,      "CTK"sv,
    "DPA"sv,       "EFE"sv,     "GNA"sv,   "Interfax"sv, "IANS"sv,      "INA"sv,     "IPS"sv,     "IRIN"sv,
    "IRNA"sv,      "ISNA"sv,    "JNA"sv,   "KCNA"sv,     "KUNA"sv,      "KNA"sv,     "Kyodo"sv,   "MENA"sv,
    "MNA"sv,       "MTI"sv,     "NAN"sv,   "NNA"sv,      "ONA"sv,       "PA"sv,      "PAP"sv,     "PNA"sv,
    "PTI"sv,       "Pajhwok"sv, "QNA"sv,   "RFE/RL"sv,   "RIA"sv,       "Reuters"sv, "SANA"sv,    "SPA"sv,
    "Sputnik"sv,   "Tanjug"sv,  "TAP"sv,   "TASS"sv,     "Tasnim"sv,    "Trend"sv,   "UNI"sv,     "UPI"sv,
    "Ukrinform"sv, "VNA"sv,     "VOA"sv,   "WAFA"sv,     "WAM"sv,       "Xinhua"sv,  "Yonhap"sv,  "dpa"sv,
};

/// Capitals before a dash or colon that name no place.
constexpr std::array kLabels{
    "ADVISORY"sv, "ALERT"sv,     "ANALYSIS"sv,  "BACKGROUND"sv, "BREAKING"sv, "BRIEF"sv,  "COMMENT"sv, "CORRECTION"sv,
    "EDITOR"sv,   "EDITORIAL"sv, "EXCLUSIVE"sv, "EXPLAINER"sv,  "FACTBOX"sv,  "FACT"sv,   "FEATURE"sv, "FILE"sv,
    "FOCUS"sv,    "INTERVIEW"sv, "LIVE"sv,      "LETTER"sv,     "MORE"sv,     "NEWS"sv,   "NOTE"sv,    "OPINION"sv,
    "PHOTOS"sv,   "PODCAST"sv,   "POLL"sv,      "PROFILE"sv,    "QUOTE"sv,    "READ"sv,   "REPORT"sv,  "REVIEW"sv,
    "SOURCE"sv,   "SPECIAL"sv,   "STORY"sv,     "SUMMARY"sv,    "TIMELINE"sv, "UPDATE"sv, "UPDATED"sv, "URGENT"sv,
    "VIDEO"sv,    "VIEW"sv,      "WARNING"sv,   "WATCH"sv,      "WRAPUP"sv,
};

/// Capitals that only sentences have.
constexpr std::array kSentenceWords{
    "A"sv,  "AND"sv, "ARE"sv, "AS"sv, "AT"sv, "BY"sv,   "FOR"sv, "FROM"sv, "HAS"sv, "IN"sv,
    "IS"sv, "IT"sv,  "NOT"sv, "ON"sv, "OR"sv, "SAYS"sv, "TO"sv,  "VS"sv,   "WAS"sv, "WITH"sv,
};

/// Small words within names of places.
constexpr std::array kJoiningWords{
    "al"sv, "am"sv,  "bin"sv, "da"sv,  "de"sv,  "del"sv, "des"sv, "di"sv,  "do"sv,  "dos"sv,  "du"sv,  "el"sv,  "es"sv,
    "la"sv, "las"sv, "le"sv,  "les"sv, "los"sv, "of"sv,  "on"sv,  "sur"sv, "the"sv, "upon"sv, "van"sv, "von"sv,
};

constexpr std::array kMonths{"jan"sv, "feb"sv, "mar"sv, "apr"sv, "may"sv, "jun"sv,
                             "jul"sv, "aug"sv, "sep"sv, "oct"sv, "nov"sv, "dec"sv};
constexpr std::array kMonthRests{"uary"sv, "ruary"sv, "ch"sv,     "il"sv,   ""sv,      "e"sv,
                                 "y"sv,    "ust"sv,   "tember"sv, "ober"sv, "ember"sv, "ember"sv};

constexpr std::array kWeekdays{"monday"sv, "tuesday"sv,  "wednesday"sv, "thursday"sv,
                               "friday"sv, "saturday"sv, "sunday"sv};

template <std::size_t N> bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_high(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}
bool is_letter(char c) {
    return is_upper(c) || is_lower(c) || is_high(c);
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

/// 1..12 for `January`, `Jan`, `Sept` in any case; else 0.
int month_of(std::string_view word) {
    const std::string name = lower(word);
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (!name.starts_with(kMonths[i])) continue;
        const std::string_view rest = std::string_view(name).substr(3);
        if (rest.empty() || rest == kMonthRests[i] || (i == 8 && rest == "t")) return static_cast<int>(i) + 1;
    }
    return 0;
}

/// Two bytes of Latin letters with marks (U+00C0..U+024F): `Ó` is a capital for these purposes as well as `ó`.
bool is_latin_pair(std::string_view text, std::size_t i) {
    return i + 1 < text.size() && static_cast<unsigned char>(text[i]) >= 0xC3 &&
           static_cast<unsigned char>(text[i]) <= 0xC9;
}

/// Walks one dateline from left to right.
class Scanner {
  public:
    Scanner(std::string_view text, std::size_t start) : text_(text), at_(start), start_(start) {
        constexpr std::size_t kLongest = 120;
        const auto line_end = std::min(text.find('\n', start), text.size());
        line_end_ = line_end;
        end_ = std::min(line_end, start + kLongest);
    }

    std::optional<Dateline> scan() {
        skip_spaces();
        line_.skip.start = pos(at_);
        if (peek() == '(') {
            if (!bracketed_start()) return std::nullopt;
        } else {
            if (!date()) place();
            while (date() || agency()) {
            }
        }
        if (!delimiter() || !is_believable()) return std::nullopt;
        skip_spaces();
        date_after_dash();
        line_.skip.end = pos(at_);
        if (!sentence_follows()) return std::nullopt;
        return line_;
    }

  private:
    enum class Delimiter { None, Dash, Hyphen, Colon, Stop, Bracket };

    static std::uint32_t pos(std::size_t at) { return static_cast<std::uint32_t>(at); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const { return at_ + ahead < end_ ? text_[at_ + ahead] : '\0'; }
    [[nodiscard]] bool next_is(std::string_view what) const {
        return text_.substr(at_, end_ - std::min(at_, end_)).starts_with(what);
    }

    bool take(std::string_view what) {
        if (!next_is(what)) return false;
        at_ += what.size();
        return true;
    }

    void skip_spaces() {
        while (take(" ") || take("\t") || take("\xC2\xA0")) {
        }
    }

    /// The word at the present place: letters, with `.`, `'`, `’` and `-` between them; also initials such as `D.C.`
    [[nodiscard]] std::string_view word() const {
        std::size_t i = at_;
        while (i < end_) {
            if (text_.substr(i, 2) == "\xE2\x80") {
                const bool apostrophe = text_.substr(i, 3) == "\xE2\x80\x99";
                if (!apostrophe) break;
                i += 3;
            } else if (text_.substr(i, 2) == "\xC2\xA0") {
                break;
            } else if (is_letter(text_[i])) {
                ++i;
            } else if (i > at_ && (text_[i] == '\'' || text_[i] == '-') && i + 1 < end_ && is_letter(text_[i + 1]) &&
                       text_[i + 1] != '\xE2') {
                ++i;
            } else if (i > at_ && text_[i] == '.' && is_initial_or_saint(i)) {
                ++i;
            } else {
                break;
            }
        }
        return text_.substr(at_, i - at_);
    }

    /// Whether the stop at text_[i] belongs to initials (`D.C.`) or to `St.`, `Ft.`, `Mt.`
    [[nodiscard]] bool is_initial_or_saint(std::size_t i) const {
        const std::string_view before = text_.substr(at_, i - at_);
        if (i - at_ == 1 || (i - at_ >= 2 && text_[i - 2] == '.')) return is_upper(text_[i - 1]);
        const std::string name = lower(before);
        return name == "st" || name == "ft" || name == "mt";
    }

    static bool is_capitals(std::string_view word) {
        int capitals = 0;
        for (std::size_t i = 0; i < word.size(); ++i) {
            if (is_latin_pair(word, i)) {
                ++capitals;
                ++i;
            } else if (is_lower(word[i])) {
                return false;
            } else {
                capitals += is_upper(word[i]) ? 1 : 0;
            }
        }
        return capitals > 0;
    }

    static bool begins_large(std::string_view word) {
        return !word.empty() && (is_upper(word[0]) || is_latin_pair(word, 0));
    }

    /// Words with large letters, small joining words between them. Returns where they are and whether all are capitals.
    TextSpan name(int max_words, bool& capitals) {
        TextSpan span{pos(at_), pos(at_)};
        capitals = true;
        std::size_t resume = at_;
        for (int n = 0; n < max_words; ++n) {
            const std::string_view next = word();
            if (next.empty()) break;
            const bool joining = n > 0 && contains(kJoiningWords, next);
            if (!joining && !begins_large(next)) break;
            if (month_of(next) != 0 && n > 0) break;
            at_ += next.size();
            if (!joining) {
                capitals = capitals && is_capitals(next);
                sentence_word_ = sentence_word_ || contains(kSentenceWords, next);
                label_ = label_ || contains(kLabels, next);
                span.end = pos(at_);
                resume = at_;
            }
            const std::size_t before_space = at_;
            skip_spaces();
            if (at_ == before_space) break;
        }
        at_ = resume;
        return span;
    }

    void place() {
        bool capitals = false;
        line_.place = name(4, capitals);
        capitals_ = capitals && line_.place.end - line_.place.start >= 3;
        // Further places of "JERUSALEM/CAIRO" are passed over.
        while (!line_.place.empty() && take("/")) {
            bool ignored = false;
            if (name(4, ignored).empty()) return;
        }
        const std::size_t before = at_;
        if (line_.place.empty() || !take(",")) return;
        skip_spaces();
        if (month_of(word()) == 0 && !contains(kAgencies, word()) && !is_weekday(word())) {
            bool ignored = false;
            const TextSpan region = name(4, ignored);
            if (!region.empty()) {
                line_.region = region;
                // The stop of `Fla.` stays out of the span, like that of `Jan.`
                if (peek() == '.' && peek(1) != '\0' && peek(2) != '\0') take(".");
                return;
            }
        }
        at_ = before;
    }

    static bool is_weekday(std::string_view word) {
        const std::string name = lower(word);
        return name.size() >= 3 && std::any_of(kWeekdays.begin(), kWeekdays.end(), [&](std::string_view day) {
                   return day == name || (name.size() == 3 && day.starts_with(name));
               });
    }

    int number(int max_digits) {
        int value = 0;
        std::size_t i = at_;
        while (i < end_ && is_digit(text_[i]) && i - at_ < static_cast<std::size_t>(max_digits))
            value = value * 10 + (text_[i++] - '0');
        if (i == at_ || (i < end_ && is_digit(text_[i]))) return 0;
        at_ = i;
        return value;
    }

    /// `, Jan. 17, 2025`, `17 January`; moves on only if there is one.
    bool date() {
        if (line_.month != 0) return false;
        const std::size_t before = at_;
        take(",");
        skip_spaces();
        if (is_weekday(word())) {
            at_ += word().size();
            take(",");
            skip_spaces();
        }
        int day = number(2);
        skip_spaces();
        const std::string_view month_word = plain_word();
        const int month = month_of(month_word);
        if (month != 0) {
            at_ += month_word.size();
            take(".");
            skip_spaces();
            if (day == 0) day = number(2);
        }
        if (month == 0 || day < 1 || day > 31) {
            at_ = before;
            return false;
        }
        line_.month = month;
        line_.day = day;
        const std::size_t after_day = at_;
        take(",");
        skip_spaces();
        const bool bracket = take("("); // "March 2 (2008)", as archives write it
        line_.year = number(4);
        if (bracket && !take(")")) line_.year = 0;
        if (line_.year < 1000) {
            line_.year = 0;
            at_ = after_day;
        }
        return true;
    }

    /// Letters only: the stop of `Jan.` is not in it.
    [[nodiscard]] std::string_view plain_word() const {
        std::size_t i = at_;
        while (i < end_ && (is_upper(text_[i]) || is_lower(text_[i]))) ++i;
        return text_.substr(at_, i - at_);
    }

    /// ` (Reuters)`, `, (MNA)`, `. /TASS/`, `, IRNA`; moves on only if there is one.
    bool agency() {
        if (!line_.agency.empty()) return false;
        const std::size_t before = at_;
        if (!take(",")) take(".");
        skip_spaces();
        if (take("(")) {
            if (bracketed_date() || bracketed(')', 40)) return true;
        } else if (take("/")) {
            if (bracketed('/', 20)) return true;
        } else if (contains(kAgencies, plain_word())) {
            line_.agency = {pos(at_), pos(at_ + plain_word().size())};
            at_ += plain_word().size();
            return true;
        }
        at_ = before;
        return false;
    }

    /// `(May 6, 2021)` after the place.
    bool bracketed_date() {
        const std::size_t before = at_;
        if (date() && take(")")) return true;
        if (at_ != before) line_.month = line_.day = line_.year = 0;
        at_ = before;
        return false;
    }

    bool bracketed(char close, std::size_t longest) {
        const auto closing = text_.find(close, at_);
        if (closing == std::string_view::npos || closing >= end_ || closing - at_ > longest || closing - at_ < 2)
            return false;
        const std::string_view inside = text_.substr(at_, closing - at_);
        const bool known = is_known_agency(inside);
        if (!known && !begins_large(inside)) return false;
        line_.agency = {pos(at_), pos(closing)};
        known_agency_ = known;
        at_ = closing + 1;
        return true;
    }

    /// `Reuters`, also as a part of `AP/Reuters` and `Thomson Reuters Foundation`.
    static bool is_known_agency(std::string_view inside) {
        if (contains(kAgencies, inside)) return true;
        for (std::size_t i = 0; i < inside.size();) {
            std::size_t end = i;
            while (end < inside.size() && (is_upper(inside[end]) || is_lower(inside[end]))) ++end;
            if (end > i && contains(kAgencies, inside.substr(i, end - i))) return true;
            i = std::max(end, i + 1);
        }
        return false;
    }

    /// `(Reuters)` or `(Beirut, January 17)` before the dash.
    bool bracketed_start() {
        take("(");
        const auto closing = text_.find(')', at_);
        constexpr std::size_t kLongest = 60;
        if (closing == std::string_view::npos || closing >= end_ || closing - at_ > kLongest) return false;
        if (is_known_agency(text_.substr(at_, closing - at_))) {
            line_.agency = {pos(at_), pos(closing)};
            known_agency_ = true;
            at_ = closing + 1;
            return true;
        }
        bracketed_place_ = true;
        place();
        date();
        return !line_.place.empty() && take(")");
    }

    bool delimiter() {
        const std::size_t before = at_;
        skip_spaces();
        const bool spaced = at_ > before || (before > 0 && text_[before - 1] == ')');
        if (take("\xE2\x80\x94") || take("\xE2\x80\x93") || take("--") || take("\xE2\x80\x95") ||
            take("\xE2\x80\x92")) {
            take("-");
            delimiter_ = Delimiter::Dash;
        } else if (spaced && next_is("-") && (peek(1) == ' ' || peek(1) == '\xC2')) {
            take("-");
            delimiter_ = Delimiter::Hyphen;
        } else if (!spaced || text_[before - 1] == ')') {
            if (take(":")) delimiter_ = Delimiter::Colon;
            if (delimiter_ == Delimiter::None && !line_.agency.empty() && take(".")) delimiter_ = Delimiter::Stop;
        }
        // "Washington (CNN) Congress voted": the agency alone ends the dateline.
        if (delimiter_ == Delimiter::None && known_agency_ && text_[before - 1] == ')' && is_upper(peek()))
            delimiter_ = Delimiter::Bracket;
        return delimiter_ != Delimiter::None;
    }

    /// `CAIRO – 26 July 2022: The`
    void date_after_dash() {
        const std::size_t before = at_;
        if (delimiter_ == Delimiter::Colon || !date()) return;
        if (take(":")) {
            skip_spaces();
            return;
        }
        line_.month = line_.day = line_.year = 0;
        at_ = before;
    }

    [[nodiscard]] bool is_believable() const {
        if (sentence_word_ || label_) return false;
        const bool has_date = line_.month != 0;
        if (!line_.agency.empty()) {
            const auto agency = text_.substr(line_.agency.start, line_.agency.end - line_.agency.start);
            return known_agency_ || capitals_ || has_date || contains(kAgencies, agency);
        }
        if (line_.place.empty()) return false;
        if (bracketed_place_) return delimiter_ == Delimiter::Dash || delimiter_ == Delimiter::Hyphen;
        if (has_date) return true;
        if (!capitals_) return false;
        // A colon after capitals also introduces headlines; a paragraph is longer than those.
        constexpr std::size_t kParagraph = 100;
        return delimiter_ != Delimiter::Colon || line_end_ - start_ >= kParagraph;
    }

    /// A dateline in capitals stands before ordinary writing, not within a line of capitals.
    [[nodiscard]] bool sentence_follows() const {
        constexpr std::size_t kLooked = 60;
        const std::string_view rest = text_.substr(at_, std::min(kLooked, line_end_ - std::min(at_, line_end_)));
        const auto small = std::count_if(rest.begin(), rest.end(), is_lower);
        const auto large = std::count_if(rest.begin(), rest.end(), is_upper);
        return small > large;
    }

    std::string_view text_;
    std::size_t at_;
    std::size_t start_;
    std::size_t end_;
    std::size_t line_end_;
    Dateline line_;
    Delimiter delimiter_ = Delimiter::None;
    bool capitals_ = false; ///< the place is written in capitals
    bool known_agency_ = false;
    bool bracketed_place_ = false;
    bool sentence_word_ = false;
    bool label_ = false;
};

} // namespace

std::optional<Dateline> dateline_at(std::string_view text, std::size_t start) {
    if (start >= text.size()) return std::nullopt;
    return Scanner(text, start).scan();
}

std::optional<Dateline> find_dateline(std::string_view text) {
    constexpr int kLines = 8;
    std::size_t start = 0;
    for (int lines = 0; lines < kLines && start < text.size();) {
        const auto line_end = std::min(text.find('\n', start), text.size());
        const std::string_view line = text.substr(start, line_end - start);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            ++lines;
            if (auto found = dateline_at(text, start)) return found;
        }
        start = line_end + 1;
    }
    return std::nullopt;
}

} // namespace kadesh
