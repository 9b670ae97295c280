// Numbers, years and clock times as a text writes them, token by token.
#pragma once

#include "coding/time_calendar.hpp"
#include "coding/time_words.hpp"
#include "kadesh/annotation.hpp"

#include <optional>
#include <string>

namespace kadesh {

/// The count of a length: "three", "twenty-four", "a couple of", "several", "2 1/2".
struct TimeCount {
    int n = 0;            ///< -1: open ("several")
    bool half = false;    ///< and a half
    bool article = false; ///< "a", "an"
    Token next = 0;       ///< the token after it
    [[nodiscard]] std::string written() const { return n < 0 ? "X" : std::to_string(n); }
};

struct TimeYear {
    int year = 0;
    Token next = 0;
};

/// A view of one document's words; everything beyond its end is an empty word.
class TimeReader {
  public:
    TimeReader(const Annotation& annotation, const TimeWords& words) : a_(annotation), words_(words) {}

    [[nodiscard]] std::string word(Token t) const;
    [[nodiscard]] std::string lemma(Token t) const;
    [[nodiscard]] bool hyphen(Token t) const;

    [[nodiscard]] std::optional<TimeCount> count(Token t) const;
    /// Unit of a length by lemma ("month"), `night` counted as a day; None for other words.
    [[nodiscard]] TimeUnit unit(Token t) const;
    /// 1800 to 2100, in digits or spelled out ("nineteen ninety-six", "two thousand").
    [[nodiscard]] std::optional<TimeYear> year(Token t) const;
    /// Longest phrase of a kind that begins here, with the token after it.
    [[nodiscard]] std::optional<std::pair<std::string_view, Token>> phrase(TimeWord kind, Token t) const;

  private:
    [[nodiscard]] std::optional<int> tens_and_units(Token& t) const;

    const Annotation& a_;
    const TimeWords& words_;
};

/// A number of four digits from 1800 to 2100.
std::optional<int> year_in_digits(std::string_view word);

/// A length as TIMEX3 writes it: `P3Y`, `PT5H`, `PXD`. @param unit value of TimeWord::Unit
std::string timex_length(std::string_view unit, const TimeCount& count);

} // namespace kadesh
