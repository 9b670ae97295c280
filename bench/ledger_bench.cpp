// The ledger on made-up news: how fast it is written, how large it gets, and how long each question takes.
//
//   kadesh-ledger-bench FILE EVENTS     writes a ledger of about so many event reports (goes on where it was stopped)
//   kadesh-ledger-bench FILE            asks each question 200 times with changing values: median, p99, worst, of
//                                       processor time (for busy machines) and of wall time
//
// The news: actors, types and words are as unevenly spread as in real news, days go over ten years, a third of the
// events are told by two or three documents, one document in twenty tells of an agreement.
#include "document/json_writer.hpp"
#include "kadesh/ledger.hpp"
#include "ledger/entry.hpp"
#include "ledger/ledger_impl.hpp"
#include "ledger/schema.hpp"
#include "ledger/signature.hpp"
#include "ledger/writer.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace kadesh;

constexpr int kEventsADocument = 5;
constexpr int kDays = 3650;
constexpr std::size_t kCountries = 180, kWords = 30'000, kTowns = 2'000, kSources = 60;

/// Numbers that are the same on every machine.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() { return ledger::mixed(state_ += 0x9E3779B97F4A7C15ULL); }
    double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
    /// Few are common, most are rare: about 1 / (rank + 2).
    std::size_t uneven(std::size_t n) {
        const double top = std::log(static_cast<double>(n) + 2) - std::log(2.0);
        const auto rank = static_cast<std::size_t>(2 * std::exp(share() * top) - 2);
        return std::min(rank, n - 1);
    }

  private:
    std::uint64_t state_;
};

std::string country(std::size_t n) {
    std::string code = "AAA";
    for (std::size_t i = 3; i-- > 0; n /= 26) code[i] = static_cast<char>('A' + n % 26);
    return code;
}

std::string word(std::size_t n) {
    static constexpr std::array<const char*, 12> kSyllables{"ba", "ne", "to", "ri", "su", "ka",
                                                            "lo", "me", "vi", "da", "po", "gu"};
    std::string text;
    for (n += 12; n > 0; n /= 12) text += kSyllables[n % 12];
    return text;
}

struct Happening {
    Event event;
    std::string sentence;
    int tellings = 1;
};

class News {
  public:
    News(std::uint64_t first_document, std::uint64_t documents) : total_(documents), number_(first_document) {}

    /// The next document, with its records.
    void next(Document& document, std::vector<TextSpan>& sentences, Findings& findings);

  private:
    Happening happening(Dice& dice, Day day);

    std::uint64_t total_, number_;
};

Entity entity(Dice& dice, std::size_t land) {
    static constexpr std::array<const char*, 6> kSectors{"GOV", "MIL", "REB", "CVL", "OPP", "BUS"};
    Entity made;
    made.code = country(land);
    made.sectors = {kSectors[dice.uneven(kSectors.size())]};
    const std::size_t person = dice.uneven(12);
    made.identifier_text = person == 0 ? "Land " + made.code : "Person " + made.code + ' ' + std::to_string(person);
    if (person != 0) made.office = "minister";
    return made;
}

Happening News::happening(Dice& dice, Day day) {
    Happening made;
    Event& event = made.event;
    event.type = static_cast<EventType>(dice.uneven(kEventTypeCount));
    const int into = static_cast<int>(dice.below(10));
    event.date = DayRange::on(day.plus(into == 0 ? -static_cast<int>(dice.below(300)) : 0));
    event.date_basis = into == 0 ? DateBasis::Text : DateBasis::Document;
    const std::size_t a = dice.uneven(kCountries);
    const std::size_t b = dice.uneven(kCountries);
    event.actors.push_back(entity(dice, a));
    if (dice.below(4) != 0) event.recipients.push_back(entity(dice, b));
    static constexpr std::array<const char*, 8> kModes{"aerial", "visit", "meet", "arrest",
                                                       "drone",  "riot",  "ban",  "seize"};
    static constexpr std::array<const char*, 6> kContexts{"diplomatic", "military", "economic",
                                                          "legal",      "cbrn",     "health"};
    if (dice.below(2) == 0) event.modes = {kModes[dice.uneven(kModes.size())]};
    event.contexts = {kContexts[dice.uneven(kContexts.size())]};
    event.cameo = "0" + std::to_string(10 + static_cast<int>(event.type));
    event.scale = static_cast<double>(dice.below(20)) - 10;
    event.goldstein = event.scale;
    if (dice.below(3) != 0) {
        const std::size_t town = dice.uneven(kTowns);
        event.place = Place{"Town " + word(town),
                            country(town % kCountries),
                            static_cast<double>(town % 140) - 70,
                            static_cast<double>(town % 300) - 150,
                            true,
                            static_cast<std::uint32_t>(town + 1),
                            {},
                            "clause"};
    }
    event.confidence = 0.5 + dice.share() / 2;
    event.rule = "verb:" + word(dice.uneven(300)) + "#1";
    for (int i = 0; i < 18; ++i) made.sentence += (i > 0 ? " " : "") + word(dice.uneven(kWords));
    const std::size_t tellings = dice.below(6);
    made.tellings = tellings == 0 ? 3 : tellings == 1 ? 2 : 1;
    return made;
}

void News::next(Document& document, std::vector<TextSpan>& sentences, Findings& findings) {
    // Everything follows from the document's number, so that a run can be taken up anywhere. What is told twice or
    // three times is told by neighbours.
    const std::uint64_t n = number_++;
    document = {};
    findings = {};
    sentences.clear();
    const Day day = Day::of(2015, 1, 1).plus(static_cast<int>(n * kDays / std::max<std::uint64_t>(total_, 1)));
    document.id = "news-" + std::to_string(n);
    document.date = day;
    document.source = "Source " + std::to_string(ledger::mixed(n) % kSources);
    for (int i = 0; i < kEventsADocument; ++i) {
        std::uint64_t seed = n * kEventsADocument + static_cast<std::uint64_t>(i);
        // Of two neighbours the second repeats the first's events that are told again.
        for (std::uint64_t back = 1; back <= 2 && n >= back; ++back) {
            const std::uint64_t earlier = (n - back) * kEventsADocument + static_cast<std::uint64_t>(i);
            Dice past(earlier);
            if (happening(past, day).tellings > static_cast<int>(back)) seed = earlier;
        }
        Dice dice(seed);
        Happening told = happening(dice, day);
        Dice words(seed * 31 + n);
        told.sentence += ' ' + word(words.uneven(kWords)) + ' ' + word(words.uneven(kWords));
        const auto begin = static_cast<std::uint32_t>(document.text.size());
        document.text += told.sentence + ". ";
        const TextSpan span{begin, static_cast<std::uint32_t>(begin + told.sentence.size())};
        sentences.push_back(span);
        told.event.id = "evt-" + std::to_string(n) + "-" + std::to_string(i);
        told.event.evidence = {static_cast<std::uint32_t>(i), span, {begin, begin + 4}};
        findings.events.push_back(std::move(told.event));
    }
    if (n % 20 == 0) {
        Dice dice(n + 7);
        Agreement agreement;
        agreement.id = "agr-" + std::to_string(n);
        agreement.kind = dice.below(2) == 0 ? "treaty" : "agreement";
        agreement.name = word(dice.uneven(kWords)) + " agreement";
        for (const std::size_t land : {dice.uneven(kCountries), dice.uneven(kCountries)}) {
            Entity party;
            party.code = country(land);
            agreement.parties.push_back(party);
        }
        agreement.subjects = {dice.below(2) == 0 ? "trade" : "security"};
        agreement.signed_on = DatedFact{DayRange::on(day), DateBasis::Document};
        agreement.expires =
            DatedFact{DayRange::on(day.plus_months(12 * (1 + static_cast<int>(dice.below(20))))), DateBasis::Context};
        agreement.evidence = {{0, sentences.front(), {}}};
        findings.agreements.push_back(agreement);
    }
}

/// Of processor time of this program, which a busy machine does not stretch.
double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double seconds_since(std::chrono::steady_clock::time_point begun) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

int fail(const Error& error) {
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return 1;
}

int write(const std::string& path, std::uint64_t events) {
    auto database = ledger::open_ledger(path, ledger::Access::Create);
    if (!database) return fail(database.error());
    const auto there = static_cast<std::uint64_t>((*database)->pragma("SELECT coalesce(max(id), 0) FROM documents"));
    const std::uint64_t documents = events / kEventsADocument;
    ledger::Writer writer(**database);
    News news(there, documents);
    double ready = 0;
    double written = 0;
    double processor = 0;
    std::uint64_t reports = 0;
    const auto begun = std::chrono::steady_clock::now();
    std::vector<ledger::Entry> batch;
    for (std::uint64_t n = there; n < documents; ++n) {
        Document document;
        std::vector<TextSpan> sentences;
        Findings findings;
        news.next(document, sentences, findings);
        const auto at = std::chrono::steady_clock::now();
        // The records of a real document are about ten times its events' sentences; a stand-in of that kind is packed.
        std::string records;
        for (const Event& event : findings.events) {
            JsonWriter json(records);
            json.begin_object().field("id", event.id).field("event", name(event.type)).end_object();
            records += '\n';
        }
        batch.push_back(ledger::make_entry(document, sentences, findings, records, "bench"));
        reports += findings.events.size();
        ready += seconds_since(at);
        if (batch.size() < 1024 && n + 1 < documents) continue;
        const auto writing = std::chrono::steady_clock::now();
        const double before = processor_seconds();
        for (ledger::Entry& entry : batch) writer.put(std::move(entry));
        batch.clear();
        if (auto status = writer.commit(); !status) return fail(status.error());
        written += seconds_since(writing);
        processor += processor_seconds() - before;
        if ((n / 1024) % 100 == 0)
            std::fprintf(stderr, "%llu reports, %.0f a second written\n", static_cast<unsigned long long>(reports),
                         static_cast<double>(reports) / written);
    }
    if (reports == 0) return 0;
    std::printf(
        "reports written\t%llu\nseconds\t%.1f\nmade ready, reports a second (any thread)\t%.0f\nwritten, reports a "
        "second (one writer)\t%.0f\nwritten, reports a second of processor time\t%.0f\n",
        static_cast<unsigned long long>(reports), seconds_since(begun), static_cast<double>(reports) / ready,
        static_cast<double>(reports) / written, static_cast<double>(reports) / processor);
    return 0;
}

class Count final : public RowSink {
  public:
    void columns(std::span<const std::string_view> /*names*/) override {}
    bool row(std::span<const Cell> /*cells*/) override { return ++rows > 0; }
    std::uint64_t rows = 0;
};

int ask(const std::string& path) {
    constexpr int kTimes = 200;
    auto opened = Ledger::open(path, LedgerAccess::Read);
    if (!opened) return fail(opened.error());
    const Ledger& held = *opened;
    auto counts = held.counts();
    if (!counts) return fail(counts.error());
    Dice dice(42);
    const auto land = [&] { return country(dice.uneven(kCountries)); };
    const auto some_day = [&] { return Day::of(2015, 1, 1).plus(static_cast<int>(dice.below(kDays))); };
    using Ask = std::function<Status(Count&)>;
    const auto events = [&](const std::function<void(EventQuery&)>& fill) -> Ask {
        return [&held, fill](Count& count) {
            EventQuery query;
            fill(query);
            return held.events(query, count);
        };
    };
    std::string some_event;
    const std::vector<std::pair<std::string, Ask>> questions{
        {"events, newest", events([](EventQuery&) {})},
        {"events by actor", events([&](EventQuery& q) { q.actors = {land()}; })},
        {"events by actor's name",
         events([&](EventQuery& q) { q.actors = {"Person " + land() + ' ' + std::to_string(1 + dice.uneven(11))}; })},
        {"events by recipient", events([&](EventQuery& q) { q.recipients = {land()}; })},
        {"events by pair", events([&](EventQuery& q) {
             q.pair = {land(), land()};
         })},
        {"events by pair and type", events([&](EventQuery& q) {
             q.pair = {land(), land()};
             q.types = {std::string(name(static_cast<EventType>(dice.uneven(kEventTypeCount))))};
         })},
        {"events by type", events([&](EventQuery& q) {
             q.types = {std::string(name(static_cast<EventType>(dice.uneven(kEventTypeCount))))};
         })},
        {"events by mode and context", events([&](EventQuery& q) {
             q.modes = {"drone"};
             q.contexts = {"cbrn"};
         })},
        {"events by sector", events([&](EventQuery& q) { q.sectors = {"REB"}; })},
        {"events by place", events([&](EventQuery& q) { q.places = {"Town " + word(dice.uneven(kTowns))}; })},
        {"events by country and date", events([&](EventQuery& q) {
             q.countries = {land()};
             q.since = some_day();
             q.until = q.since->plus(30);
         })},
        {"events by source and date", events([&](EventQuery& q) {
             q.sources = {"Source " + std::to_string(dice.below(kSources))};
             q.until = some_day();
         })},
        {"events by a word", events([&](EventQuery& q) { q.text = word(dice.uneven(kWords)); })},
        {"events by two words",
         events([&](EventQuery& q) { q.text = word(dice.uneven(kWords)) + ' ' + word(dice.uneven(kWords)); })},
        {"events by actor and a word", events([&](EventQuery& q) {
             q.actors = {land()};
             q.text = word(dice.uneven(kWords));
         })},
        {"events by actor and confidence", events([&](EventQuery& q) {
             q.actors = {land()};
             q.min_confidence = 0.9;
         })},
        {"agreements between two",
         [&](Count& count) {
             AgreementQuery query;
             query.parties = {land(), land()};
             query.on = some_day();
             return held.agreements(query, count);
         }},
        {"agreements expiring within a month",
         [&](Count& count) {
             AgreementQuery query;
             query.on = some_day();
             query.expires_since = query.on;
             query.expires_until = query.on->plus(30);
             query.standing = true;
             return held.agreements(query, count);
         }},
        {"relations",
         [&](Count& count) -> Status {
             auto relations = held.relations(land(), land(), std::nullopt, std::nullopt);
             if (!relations) return relations.error();
             count.rows += relations->months.size();
             return Ok{};
         }},
        {"actors", [&](Count& count) { return held.actors(false, "", 100, count); }},
        {"explain",
         [&](Count& count) -> Status {
             const std::uint64_t n = dice.below(counts->documents);
             auto text = held.explain("evt-" + std::to_string(n) + "-2", false, false, 100);
             if (!text) return text.error();
             ++count.rows;
             return Ok{};
         }},
    };
    std::printf("reports %llu, events %llu, agreements %llu, %.2f GB\n",
                static_cast<unsigned long long>(counts->reports), static_cast<unsigned long long>(counts->events),
                static_cast<unsigned long long>(counts->agreements),
                static_cast<double>(std::filesystem::file_size(path)) / 1e9);
    std::printf("%-36s %31s %26s %9s\n", "", "processor's ms", "wall ms", "");
    std::printf("%-36s %9s %9s %9s %9s %9s %9s %9s\n", "question", "median", "p99", "worst", "median", "p99", "worst",
                "rows");
    for (const auto& [what, question] : questions) {
        std::vector<double> times;
        std::vector<double> worked;
        std::uint64_t rows = 0;
        for (int i = 0; i < kTimes; ++i) {
            Count count;
            const auto begun = std::chrono::steady_clock::now();
            const double before = processor_seconds();
            if (auto status = question(count); !status) return fail(status.error());
            worked.push_back((processor_seconds() - before) * 1000);
            times.push_back(seconds_since(begun) * 1000);
            rows += count.rows;
        }
        std::printf("%-36s", what.c_str());
        for (auto* list : {&worked, &times}) {
            std::ranges::sort(*list);
            std::printf(" %9.2f %9.2f %9.2f", (*list)[kTimes / 2], (*list)[kTimes * 99 / 100], list->back());
        }
        std::printf(" %9.1f\n", static_cast<double>(rows) / kTimes);
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3) return write(argv[1], std::strtoull(argv[2], nullptr, 10));
    if (argc == 2) return ask(argv[1]);
    std::fputs("kadesh-ledger-bench FILE [EVENTS]\n", stderr);
    return 2;
}
