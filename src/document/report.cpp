// The report for people: sentences with marks, events and agreements in plain words.
#include "base/utf8.hpp"
#include "document/marked_text.hpp"
#include "document/plain_words.hpp"
#include "document/record_names.hpp"
#include "kadesh/records.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace kadesh {
namespace {

constexpr int kIndent = 5;
constexpr int kTypeColumn = 11; ///< the longest type's name and a space
constexpr int kFactColumn = 13; ///< the longest label of an agreement's facts and a space
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

/// What was done to an agreement, as a noun: "withdrawal by X" reads well with and without its doer.
std::string_view action_noun(std::string_view action) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kNouns{
        {{"negotiate", "negotiation"},
         {"announce", "announcement"},
         {"sign", "signature"},
         {"ratify", "ratification"},
         {"enter", "entry into force"},
         {"amend", "amendment"},
         {"renew", "renewal"},
         {"extend", "extension"},
         {"suspend", "suspension"},
         {"withdraw", "withdrawal"},
         {"violate", "violation"},
         {"terminate", "termination"},
         {"expire", "expiry"}}};
    for (const auto& [verb, noun] : kNouns)
        if (verb == action) return noun;
    return action;
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
        if (!findings_.events.empty()) legend();
        out_ += '\n';
    }

    /// What the marks in sentences mean and, where there are colours, those of the types.
    void legend() {
        StyledLine text;
        text.add("who", Look::Actor).add(" ").add("did what", Look::Trigger).add(" ").add("to whom", Look::Recipient);
        if (style_.colour)
            text.add(kDot, Look::Faint)
                .add("verbal cooperation", Look::Green)
                .add(kDot, Look::Faint)
                .add("material cooperation", Look::Blue)
                .add(kDot, Look::Faint)
                .add("verbal conflict", Look::Yellow)
                .add(kDot, Look::Faint)
                .add("material conflict", Look::Red);
        else
            text.add(" -- as marked in the sentences");
        line(text, "", 2);
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

    /// `A → B "struck"`, then when, where and how, then who says so.
    void event(const Event& event) {
        const std::string margin(kIndent + kTypeColumn, ' ');
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
        line(circumstances(event), margin, kIndent + kTypeColumn);
        if (const std::string said = said_by(event.attribution); !said.empty())
            line(StyledLine().add(said, Look::Faint), margin, kIndent + kTypeColumn);
    }

    /// Whether it is so at all, then when, where, how, how sure, and what it is about.
    static StyledLine circumstances(const Event& event) {
        StyledLine text;
        const auto fact = [&text](const std::string& words, Look look = Look::Faint) {
            if (!text.empty()) text.add(kDot, Look::Faint);
            text.add(words, look);
        };
        for (const std::string_view auxiliary : auxiliary_names(event.auxiliary))
            fact(std::string(auxiliary), Look::Bold);
        if (event.date) fact(in_words(*event.date) + (event.date_basis == DateBasis::Context ? " (from context)" : ""));
        if (event.place && !event.place->name.empty()) {
            const Place& place = *event.place;
            const bool told = place.country.empty() || place.country == place.name;
            fact(place.name + (told ? "" : " (" + place.country + ")"));
        }
        for (const std::string& mode : event.modes) fact(mode);
        if (!event.cameo.empty()) fact("CAMEO " + event.cameo);
        fact(std::to_string(std::lround(event.confidence * 100)) + "% sure");
        if (!event.further.empty()) fact("told again in " + plural(event.further.size(), "place"));
        if (!event.contexts.empty()) fact("context " + listed(event.contexts));
        return text;
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
        line(text, std::string(kIndent, ' ') + padded(std::string(label), kFactColumn), kIndent + kFactColumn,
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
        std::string_view label = "history";
        for (const AgreementAction& action : agreement.actions) {
            std::string words(action_noun(action.what));
            if (!action.by.empty()) words += " by " + named(action.by);
            if (action.date) words += ", " + in_words(*action.date);
            if (const std::string said = said_by(action.attribution); !said.empty()) words += ", " + said;
            fact(label, words);
            label = "";
        }
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
