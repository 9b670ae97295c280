#include "coding/event_merge.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace kadesh {

namespace {

std::set<std::string> codes(const std::vector<Entity>& list) {
    std::set<std::string> out;
    for (const Entity& e : list)
        if (!e.code.empty()) out.insert(e.code);
    return out;
}

std::set<std::string> sectors(const std::vector<Entity>& list) {
    std::set<std::string> out;
    for (const Entity& e : list)
        if (!e.sectors.empty()) out.insert(e.sectors.front());
    return out;
}

bool subset(const std::set<std::string>& small, const std::set<std::string>& large) {
    return std::includes(large.begin(), large.end(), small.begin(), small.end());
}

bool compatible(const std::vector<Entity>& a, const std::vector<Entity>& b) {
    const auto x = codes(a);
    const auto y = codes(b);
    if (x.empty() || y.empty()) return true;
    if (!(subset(x, y) || subset(y, x))) return false;
    // Two people are two participants, though both act for one state.
    for (const Entity& e : a)
        for (const Entity& f : b)
            if (e.code == f.code && !e.office.empty() && !f.office.empty() && !e.identifier_text.empty() &&
                !f.identifier_text.empty() && e.identifier_text != f.identifier_text &&
                std::none_of(b.begin(), b.end(),
                             [&](const Entity& g) { return g.identifier_text == e.identifier_text; }))
                return false;
    // "Police" and "the government" of one country are different actors.
    const auto s = sectors(a);
    const auto t = sectors(b);
    if (s.empty() || t.empty()) return true;
    std::set<std::string> both;
    std::set_intersection(s.begin(), s.end(), t.begin(), t.end(), std::inserter(both, both.begin()));
    if (!both.empty()) return true;
    // Names of both sides that differ are different people.
    return a.front().identifier_text.empty() || b.front().identifier_text.empty();
}

bool dates_meet(const Event& a, const Event& b) {
    if (!a.date || !b.date) return true;
    if (a.date_basis == DateBasis::Document || b.date_basis == DateBasis::Document) {
        // One is only assumed to be of the day of the report.
        const int gap = std::abs(a.date->last.days - b.date->last.days);
        return gap <= 7;
    }
    return a.date->first <= b.date->last && b.date->first <= a.date->last;
}

bool same(const Event& a, const Event& b) {
    if (a.type != b.type || a.reciprocal != b.reciprocal || a.auxiliary != b.auxiliary) return false;
    if (!a.agreement.empty() && !b.agreement.empty() && a.agreement != b.agreement) return false;
    if (!a.modes.empty() && !b.modes.empty() && a.modes != b.modes) return false;
    const std::string x = a.cameo.substr(0, 3);
    const std::string y = b.cameo.substr(0, 3);
    if (!x.empty() && !y.empty() && x.substr(0, 2) != y.substr(0, 2)) return false;
    if (codes(a.actors) != codes(b.actors) && (codes(a.actors).empty() || codes(b.actors).empty())) return false;
    const bool exact = codes(a.actors) == codes(b.actors) && codes(a.recipients) == codes(b.recipients);
    if (!exact && a.evidence.sequence != b.evidence.sequence + 1 && b.evidence.sequence != a.evidence.sequence + 1)
        return false;
    return compatible(a.actors, b.actors) && compatible(a.recipients, b.recipients) && dates_meet(a, b);
}

int worth(const Event& e) {
    int score = 0;
    for (const Entity& a : e.actors) score += a.identifier_text.empty() ? 1 : (a.office.empty() ? 2 : 4);
    for (const Entity& a : e.recipients) score += a.identifier_text.empty() ? 1 : 3;
    if (e.date_basis == DateBasis::Text) score += 2;
    if (e.place) score += 2;
    if (!e.modes.empty()) score += 1;
    return score;
}

void absorb(Event& lead, Event other) {
    if (worth(other) > worth(lead)) std::swap(lead, other);
    lead.further.push_back(other.evidence);
    for (const EvidenceSpan& s : other.further) lead.further.push_back(s);
    if (!lead.place && other.place) lead.place = other.place;
    if (lead.date_basis != DateBasis::Text && other.date_basis == DateBasis::Text) {
        lead.date = other.date;
        lead.date_basis = other.date_basis;
    }
    if (lead.modes.empty()) {
        lead.modes = other.modes;
        if (!other.modes.empty() && other.cameo.size() > lead.cameo.size()) lead.cameo = other.cameo;
    }
    // The finer code of the same root says more.
    if (lead.cameo.ends_with('0') && !other.cameo.ends_with('0') &&
        lead.cameo.substr(0, 2) == other.cameo.substr(0, 2)) {
        lead.cameo = other.cameo;
        lead.goldstein = other.goldstein;
    }
    for (const std::string& c : other.contexts)
        if (std::find(lead.contexts.begin(), lead.contexts.end(), c) == lead.contexts.end()) lead.contexts.push_back(c);
    if (lead.attribution.empty()) lead.attribution = other.attribution;
    if (lead.agreement.empty()) lead.agreement = other.agreement;
    if (lead.recipients.empty()) lead.recipients = other.recipients;
    // Told twice is told surer.
    lead.confidence = 1 - (1 - lead.confidence) * (1 - 0.4 * other.confidence);
}

} // namespace

void merge_events(std::vector<Event>& events) {
    // A merged record may fit one that neither of its parts did: until nothing fits any more.
    for (std::size_t before = events.size() + 1; events.size() < before;) {
        before = events.size();
        std::vector<Event> out;
        out.reserve(events.size());
        for (Event& e : events) {
            const auto known = std::find_if(out.begin(), out.end(), [&](const Event& o) { return same(o, e); });
            if (known == out.end())
                out.push_back(std::move(e));
            else
                absorb(*known, std::move(e));
        }
        events = std::move(out);
    }
    for (Event& e : events)
        std::sort(e.further.begin(), e.further.end(), [](const EvidenceSpan& a, const EvidenceSpan& b) {
            return a.span.start != b.span.start ? a.span.start < b.span.start : a.trigger.start < b.trigger.start;
        });
}

} // namespace kadesh
