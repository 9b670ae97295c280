// The report for people: sentences with marks, events and agreements in plain words.
#include "base/utf8.hpp"
#include "document/marked_text.hpp"
#include "document/plain_words.hpp"
#include "document/record_names.hpp"
#include "kadesh/records.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <vector>

namespace kadesh {
namespace {

constexpr int kIndent = 5;
constexpr int kTypeColumn = 11; ///< the longest type's name and a space
constexpr std::string_view kDot = " · ";

Look look_of(EventType type) {
    switch (quad_code(type)) {
    case 1: return Look::Green;
    case 2: return Look::Blue;
    case 3: return Look::Yellow;
    default: return Look::Red;
    }
}

std::string plural(std::size_t n, std::string_view noun) {
    return std::to_string(n) + ' ' + std::string(noun) + (n == 1 ? "" : "s");
}

std::string padded(std::string text, std::size_t columns) {
    const std::size_t have = count_code_points(text);
    if (have < columns) text.append(columns - have, ' ');
    return text;
}

/// The whole span's words on one line.
std::string one_line(std::string_view words) {
    std::string text;
    for (const char c : words) {
        const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!space)
            text += c;
        else if (!text.empty() && text.back() != ' ')
            text += ' ';
    }
    return text;
}

class Report {
  public:
    Report(const Document& document, const Annotation& annotation, const Findings& findings, const ReportStyle& style,
           std::string& out)
        : document_(document), annotation_(annotation), findings_(findings), style_(style), out_(out) {}

    void write() {
        heading();
        std::map<std::uint32_t, std::vector<const Event*>> by_sentence;
        for (const Event& event : findings_.events) by_sentence[event.evidence.sequence].push_back(&event);
        for (const auto& [sequence, events] : by_sentence) {
            sentence(sequence, events);
            for (const Event* event : events) this->event(*event);
            out_ += '\n';
        }
        for (const Agreement& agreement : findings_.agreements) this->agreement(agreement);
    }

  private:
    void line(const StyledLine& text, std::string_view first, int indent, Look first_look = Look::Plain) {
        text.write(out_, first, first_look, indent, style_.width, style_.colour);
    }

    void heading() {
        StyledLine head;
        head.add(document_.title.empty() ? document_.id : one_line(document_.title), Look::Bold);
        std::string facts;
        if (!document_.title.empty()) facts += std::string(kDot) + document_.id;
        if (!document_.source.empty()) facts += std::string(kDot) + document_.source;
        if (document_.date) facts += std::string(kDot) + in_words(DayRange::on(*document_.date));
        facts += std::string(kDot) + plural(annotation_.sentences.size(), "sentence");
        facts += std::string(kDot) + plural(findings_.events.size(), "event");
        facts += std::string(kDot) + plural(findings_.agreements.size(), "agreement");
        head.add(facts, Look::Faint);
        line(head, "", 2);
        StyledLine legend;
        if (!findings_.events.empty()) {
            legend.add("who", Look::Actor)
                .add(" ")
                .add("did what", Look::Trigger)
                .add(" ")
                .add("to whom", Look::Recipient);
            legend.add(style_.colour ? "" : " -- as marked in the sentences", Look::Faint);
            line(legend, "", 2);
        }
        out_ += '\n';
    }

    TextSpan sentence_span(std::uint32_t sequence, std::span<const Event* const> events) const {
        if (sequence < annotation_.sentences.size()) {
            const TokenRange tokens = annotation_.sentences[sequence];
            if (tokens.size() > 0 && tokens.last <= annotation_.size())
                return {annotation_.span[tokens.first].start, annotation_.span[tokens.last - 1].end};
        }
        return events.front()->evidence.span;
    }

    void sentence(std::uint32_t sequence, std::span<const Event* const> events) {
        std::vector<Mark> marks;
        for (const Event* event : events) {
            marks.push_back({event->evidence.trigger, Look::Trigger});
            for (const Entity& entity : event->actors) marks.push_back({entity.span, Look::Actor});
            for (const Entity& entity : event->recipients) marks.push_back({entity.span, Look::Recipient});
        }
        const std::string number = std::to_string(sequence);
        const std::size_t gap = number.size() < 3 ? 3 - number.size() : 0;
        line(marked_sentence(document_.text, sentence_span(sequence, events), marks),
             std::string(gap, ' ') + number + "  ", kIndent, Look::Faint);
    }

    std::string named(std::span<const Entity> entities) const {
        std::vector<std::string> items;
        for (const Entity& entity : entities) items.push_back(in_words(document_, entity));
        return listed(items);
    }

    std::string said_by(std::span<const Entity> sources) const {
        std::string text;
        for (const Entity& source : sources) {
            const std::string words = in_words(document_, source);
            if (words.empty()) continue;
            text += (text.empty() ? "according to " : ", as reported by ") + words;
        }
        return text;
    }

    /// `A → B "struck"`, then when, where, how and who says so.
    void event(const Event& event) {
        StyledLine text;
        text.add(event.actors.empty() ? "someone" : named(event.actors), Look::Bold);
        if (!event.recipients.empty())
            text.add(event.reciprocal ? " ↔ " : " → ").add(named(event.recipients), Look::Bold);
        else if (event.reciprocal && event.actors.size() > 1)
            text.add(" together");
        const std::string trigger = one_line(words_of(document_, event.evidence.trigger));
        if (!trigger.empty()) text.add(" “" + trigger + "”");
        line(text, std::string(kIndent, ' ') + padded(std::string(name(event.type)), kTypeColumn),
             kIndent + kTypeColumn, look_of(event.type));

        std::vector<std::string> facts;
        for (const std::string_view auxiliary : auxiliary_names(event.auxiliary)) facts.emplace_back(auxiliary);
        if (event.date) {
            facts.push_back(in_words(*event.date));
            if (event.date_basis == DateBasis::Context) facts.back() += " (from context)";
        }
        if (event.place && !event.place->name.empty())
            facts.push_back(event.place->name +
                            (event.place->country.empty() || event.place->country == event.place->name
                                 ? ""
                                 : " (" + event.place->country + ")"));
        for (const std::string& mode : event.modes) facts.push_back(mode);
        if (!event.contexts.empty()) facts.push_back("context " + listed(event.contexts));
        if (!event.cameo.empty()) facts.push_back("CAMEO " + event.cameo);
        if (const std::string said = said_by(event.attribution); !said.empty()) facts.push_back(said);
        if (!event.further.empty()) facts.push_back("told again in " + plural(event.further.size(), "place"));
        facts.push_back(std::to_string(std::lround(event.confidence * 100)) + "%");
        StyledLine rest;
        for (std::size_t i = 0; i < facts.size(); ++i)
            rest.add((i == 0 ? "" : std::string(kDot)) + facts[i], Look::Faint);
        line(rest, std::string(kIndent + kTypeColumn, ' '), kIndent + kTypeColumn);
    }

    std::string agreement_name(const std::string& id) const {
        for (const Agreement& other : findings_.agreements)
            if (other.id == id) return other.name.empty() ? other.kind : one_line(other.name);
        return id;
    }

    void fact(std::string_view label, std::string_view value) {
        if (value.empty()) return;
        StyledLine text;
        text.add(value);
        line(text, std::string(kIndent, ' ') + padded(std::string(label), kTypeColumn), kIndent + kTypeColumn,
             Look::Faint);
    }

    static std::string when(const std::optional<DatedFact>& fact) { return fact ? in_words(fact->range) : ""; }

    void agreement(const Agreement& agreement) {
        StyledLine head;
        head.add(agreement.name.empty() ? agreement.kind : one_line(agreement.name), Look::Bold);
        std::string facts;
        if (!agreement.name.empty()) facts += std::string(kDot) + agreement.kind;
        if (!agreement.status.empty()) facts += std::string(kDot) + agreement.status;
        head.add(facts, Look::Faint);
        line(head, "  ◆  ", kIndent);
        fact("parties", named(agreement.parties));
        fact("signed by", named(agreement.signatories));
        std::string signed_on = when(agreement.signed_on);
        if (!agreement.place.empty()) signed_on += (signed_on.empty() ? "" : ", ") + agreement.place;
        fact("signed", signed_on);
        fact("in force", when(agreement.in_force));
        std::string term = agreement.term.empty() ? "" : duration_in_words(agreement.term);
        if (!term.empty() && !agreement.term_attribution.empty()) term += ", " + said_by(agreement.term_attribution);
        fact("term", term);
        fact("expires", when(agreement.expires));
        fact("covers", listed(agreement.subjects));
        if (agreement.disclosed) fact("text", *agreement.disclosed ? "disclosed" : "not disclosed in full");
        if (!agreement.predecessor.empty()) fact("follows", agreement_name(agreement.predecessor));
        if (!agreement.successor.empty()) fact("followed by", agreement_name(agreement.successor));
        std::string history;
        for (const AgreementAction& action : agreement.actions) {
            if (!history.empty()) history += "; ";
            history += action.what;
            if (!action.by.empty()) history += " by " + named(action.by);
            if (action.date) history += ", " + in_words(*action.date);
        }
        fact("history", history);
        out_ += '\n';
    }

    const Document& document_;
    const Annotation& annotation_;
    const Findings& findings_;
    const ReportStyle& style_;
    std::string& out_;
};

} // namespace

void write_report(const Document& document, const Annotation& annotation, const Findings& findings,
                  const ReportStyle& style, std::string& out) {
    Report(document, annotation, findings, style, out).write();
}

} // namespace kadesh
