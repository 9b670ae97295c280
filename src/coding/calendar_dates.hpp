// Dates that a text names by the calendar: days, months, years, decades, centuries, seasons, holidays.
#pragma once

#include "coding/time_expressions.hpp"
#include "coding/time_reader.hpp"
#include "coding/tree.hpp"

#include <optional>
#include <string_view>

namespace kadesh {

/// Reads one sentence after the other. All functions return the token after what they found, or `t` itself.
class CalendarDates {
  public:
    CalendarDates(const Tree& tree, const TimeWords& words, std::optional<Day> day)
        : tree_(tree), a_(tree.annotation()), words_(words), read_(a_, words), day_(day) {}

    void begin(TokenRange sentence);

    /// "2025-01-17", "17 January", "mid-November", "March 2022", "Thanksgiving Day", "the summer of 1989"
    Token match(Token t, TimeExpression& e);
    /// "in 2014", "2001 to 2005", "the 1990s", "the 20th century"
    Token match_year(Token t, TimeExpression& e);
    /// A season after `direction` ("last", "next", "this"; empty: with its year or "the" alone).
    Token season(Token t, std::string_view direction, TimeExpression& e) const;

  private:
    [[nodiscard]] std::string word(Token t) const { return t < end_ ? read_.word(t) : std::string(); }
    [[nodiscard]] std::string word_before(Token t) const { return t > first_ ? read_.word(t - 1) : std::string(); }
    [[nodiscard]] int month(std::string_view w) const { return words_.number(TimeWord::Month, w).value_or(0); }
    [[nodiscard]] int day_number(Token t) const;
    [[nodiscard]] int year_for(int month, int day_of_month, Token t) const;
    [[nodiscard]] bool year_context(Token t, Token next) const;
    [[nodiscard]] bool given_name(Token t) const;
    Token month_date(Token t, TimeExpression& e) const;
    Token holiday(Token t, TimeExpression& e) const;
    Token decade(Token t, TimeExpression& e) const;

    const Tree& tree_;
    const Annotation& a_;
    const TimeWords& words_;
    TimeReader read_;
    std::optional<Day> day_;
    Token first_ = 0;
    Token end_ = 0;
    Token after_year_ = kNoToken; ///< the token after the last year, for lists of years
};

/// The early, middle or late third of a stretch of days.
DayRange part_of_range(DayRange r, std::string_view which);

} // namespace kadesh
