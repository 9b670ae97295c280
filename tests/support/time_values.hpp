// Expressions of time of a text with their TIMEX3 values, for tests of the coding room.
#pragma once

#include "coding/time_expressions.hpp"
#include "support/coding_world.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace kadesh::test {

class TimeValues : public CodingTest {
  protected:
    /// "two weeks = P2W; now = PRESENT_REF": all of a text, in order.
    static std::string of(const std::string& text, std::optional<Day> report = day()) {
        const Reading r(world(), lexicon(), text, report.value_or(day()));
        const Annotation& a = r.tree.annotation();
        const std::vector<TimeExpression> dated = find_times(r.tree, r.mentions, world(), time_words(), report);
        const std::vector<LooseTime> loose = find_loose_times(r.tree, time_words(), dated, report);
        std::string out;
        for (const ResolvedTime& e : resolve_times(r.tree, time_words(), dated, loose, report)) {
            if (!out.empty()) out += "; ";
            for (Token k = e.tokens.first; k < e.tokens.last; ++k) (out += a.form[k]) += ' ';
            out += "= " + e.value;
        }
        return out;
    }

    /// "Troops left …" or "Troops will leave …" in the notation of `tagged`, the words hung flat on the verb: enough
    /// for rules that ask only for tense and for the words themselves.
    static std::string flat(std::string_view words, bool future = false) {
        static const std::set<std::string, std::less<>> kPrepositions = {
            "in",    "on", "since",  "until",   "by", "from", "before",
            "after", "of", "during", "between", "at", "for",  "to"};
        static const std::set<std::string, std::less<>> kPlurals = {"weeks",   "days",  "months", "years",
                                                                    "decades", "hours", "nights"};
        std::string text = future ? "Troops=troop/NNS/3/nsubj will/MD/3/aux leave/VB/0/root"
                                  : "Troops=troop/NNS/2/nsubj left=leave/VBD/0/root";
        const std::string verb = future ? "3" : "2";
        for (const std::string_view w : kadesh::testing::words(words)) {
            const std::string form(w);
            std::string tag = "NN";
            std::string lemma;
            if (kPrepositions.contains(form))
                tag = "IN";
            else if (form == "the" || form == "a" || form == "an" || form == "this")
                tag = "DT";
            else if (form == "ago" || form == "earlier" || form == "overnight")
                tag = "RB";
            else if (form.front() >= 'A' && form.front() <= 'Z')
                tag = "NNP";
            else if (form.front() >= '0' && form.front() <= '9')
                tag = "CD";
            else if (kPlurals.contains(form)) {
                tag = "NNS";
                lemma = form.substr(0, form.size() - 1);
            }
            text += ' ' + form + (lemma.empty() ? "" : "=" + lemma) + '/' + tag + '/' + verb + '/' +
                    (tag == "IN"   ? "case"
                     : tag == "DT" ? "det"
                                   : "obl");
        }
        return text;
    }

    static std::string after_verb(std::string_view words, std::optional<Day> report = day(), bool future = false) {
        return of(flat(words, future), report);
    }
};

} // namespace kadesh::test
