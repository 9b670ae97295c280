#include "ledger/writer.hpp"

#include "document/record_names.hpp"
#include "ledger/corrections.hpp"
#include "ledger/features.hpp"

#include <array>
#include <utility>

namespace kadesh::ledger {
namespace {

constexpr std::size_t kMostEntities = 500'000;

void bind_text(Statement& s, int at, const std::string& text) {
    text.empty() ? s.bind_null(at) : s.bind(at, text);
}

/// Days as text, alive until the statement has run.
struct DayTexts {
    std::string first, last;
    explicit DayTexts(const std::optional<DayRange>& range) {
        if (!range) return;
        first = range->first.iso();
        last = range->last.iso();
    }
};

} // namespace

void Writer::begin() {
    if (transaction_) return;
    transaction_ = std::make_unique<Transaction>(database_);
    // Another program may have written since the last transaction: what is known of the file may not hold.
    const std::int64_t version = database_.pragma("PRAGMA data_version");
    if (version != std::exchange(data_version_, version)) forget();
    events_.begin();
}

Writer::Outcome Writer::put(Entry entry, bool anew) {
    begin();
    Outcome outcome = Outcome::Added;
    Statement& known = database_.statement("SELECT id, hash FROM documents WHERE name = ?").with(entry.name);
    if (known.step()) {
        const bool same = known.text(1) == entry.hash;
        const std::int64_t id = known.integer(0);
        known.restart();
        if (same && !anew) return Outcome::Known;
        remove_rows(id);
        outcome = Outcome::Replaced;
    }
    const std::int64_t story = stories_.begin(entry.name);
    const std::string signature = packed(entry.signature);
    Statement& insert = database_.statement(
        "INSERT INTO documents (name, hash, date, source, title, url, author, language, characters, text, records, "
        "signature, story, coder) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    const std::int64_t coder_id = coder(entry.coder);
    insert.with(entry.name, entry.hash);
    bind_text(insert, 3, entry.date);
    bind_text(insert, 4, entry.source);
    bind_text(insert, 5, entry.title);
    bind_text(insert, 6, entry.url);
    bind_text(insert, 7, entry.author);
    bind_text(insert, 8, entry.language);
    insert.bind(9, entry.characters).bind_blob(10, entry.text).bind_blob(11, entry.records).bind_blob(12, signature);
    insert.bind(13, story).bind(14, coder_id).run();
    const std::int64_t document = database_.last_id();

    std::vector<std::int64_t> moved;
    stories_.file(document, entry.date, entry.signature, moved);
    refold_moved(moved);

    std::vector<std::int64_t> sentences;
    Statement& sentence = database_.statement(
        "INSERT INTO sentences (document, sequence, \"start\", \"end\", text) VALUES (?, ?, ?, ?, ?)");
    for (const SentenceRow& row : entry.sentences) {
        sentence.with(document, row.sequence, row.start, row.end, row.text).run();
        sentences.push_back(database_.last_id());
        unindexed_.emplace_back(sentences.back(), row.text);
    }
    std::int64_t own_story = story;
    if (!moved.empty()) {
        Statement& row = database_.statement("SELECT story FROM documents WHERE id = ?").with(document);
        if (row.step()) own_story = row.integer(0);
        row.restart();
    }
    const Told told{entry.name, entry.date, entry.source, own_story};
    for (Report& report : entry.reports) {
        report.document = document;
        write_report(report, sentences);
        events_.add(std::move(report), told);
    }
    for (AgreementReport& report : entry.agreements) {
        report.document = document;
        write_agreement(report, sentences);
        agreements_.add(report.id);
    }
    tie_again(database_, document, entry.name);
    return outcome;
}

void Writer::write_report(Report& report, const std::vector<std::int64_t>& sentences) {
    report.sentence = sentences[static_cast<std::size_t>(report.sentence)];
    const DayTexts days(report.date);
    // It begins an event of its own, of the same number; settling may bring it to another.
    report.id = report.event = events_.next_id();
    Statement& s = database_.statement(
        "INSERT INTO reports (id, event, name, document, ordinal, sentence, type, mode, context, auxiliary, date, "
        "enddate, "
        "date_basis, cameo, quad_code, event_scale, goldstein, place, country, lat, lon, geonames, event_text, "
        "\"start\", "
        "\"end\", trigger_start, trigger_end, agreement, confidence, rule, features) "
        "VALUES "
        "(?30,?30,?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26,?27,?"
        "28,?29)");
    s.with(report.name, report.document, report.ordinal, report.sentence, name(report.type));
    bind_text(s, 6, report.mode);
    bind_text(s, 7, report.context);
    bind_text(s, 8, report.auxiliary_text);
    bind_text(s, 9, days.first);
    bind_text(s, 10, days.last);
    if (report.date) s.bind(11, name(report.date_basis));
    bind_text(s, 12, report.cameo);
    s.bind(13, quad_code(report.type)).bind(14, report.scale).bind(15, report.goldstein);
    bind_text(s, 16, report.place);
    bind_text(s, 17, report.country);
    if (report.located) s.bind(18, report.lat).bind(19, report.lon);
    if (report.geonames != 0) s.bind(20, report.geonames);
    bind_text(s, 21, report.event_text);
    s.bind(22, report.start).bind(23, report.end).bind(24, report.trigger_start).bind(25, report.trigger_end);
    bind_text(s, 26, report.agreement);
    s.bind(27, report.confidence);
    bind_text(s, 28, report.rule);
    s.bind_blob(29, report.feature_bytes).bind(30, report.id).run();

    Statement& who = database_.statement(
        "INSERT INTO participants (report, role, ordinal, entity, text, via, cue) VALUES (?, ?, ?, ?, ?, ?, ?)");
    std::array<int, 5> ordinals{};
    for (const Participant& participant : report.participants) {
        const std::int64_t id = entity(participant);
        who.with(report.id, name(participant.role), ordinals[static_cast<std::size_t>(participant.role)]++, id);
        bind_text(who, 5, participant.text);
        bind_text(who, 6, participant.via);
        bind_text(who, 7, participant.cue);
        who.run();
    }
    Statement& number = database_.statement("INSERT INTO quantities (report, what, value) VALUES (?, ?, ?)");
    for (const Number& one : report.numbers) number.with(report.id, one.what, one.value).run();
}

void Writer::write_agreement(AgreementReport& report, const std::vector<std::int64_t>& sentences) {
    const auto row_of = [&](std::int64_t at) { return at < 0 ? 0 : sentences[static_cast<std::size_t>(at)]; };
    report.sentence = row_of(report.sentence);
    Statement& s = database_.statement(
        "INSERT INTO agreement_reports (name, document, ordinal, kind, title, subjects, signed, signed_end, "
        "signed_basis, "
        "in_force, in_force_end, in_force_basis, expires, expires_end, expires_basis, term, disclosed, place, status, "
        "predecessor, successor, sentence, features) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    s.with(report.name, report.document, report.ordinal, report.kind);
    bind_text(s, 5, report.title);
    bind_text(s, 6, report.subjects);
    std::array<std::string, 6> days;
    int at = 7;
    for (const auto* fact : {&report.signed_on, &report.in_force, &report.expires}) {
        if (*fact) {
            const auto slot = static_cast<std::size_t>((at - 7) / 3 * 2);
            days[slot] = (*fact)->range.first.iso();
            days[slot + 1] = (*fact)->range.last.iso();
            s.bind(at, days[slot]).bind(at + 1, days[slot + 1]).bind(at + 2, name((*fact)->basis));
        }
        at += 3;
    }
    bind_text(s, 16, report.term);
    if (report.disclosed) s.bind(17, *report.disclosed ? 1 : 0);
    bind_text(s, 18, report.place);
    bind_text(s, 19, report.status);
    bind_text(s, 20, report.predecessor);
    bind_text(s, 21, report.successor);
    if (report.sentence > 0) s.bind(22, report.sentence);
    const std::string features = encoded(report.features);
    s.bind_blob(23, features).run();
    report.id = database_.last_id();

    Statement& who = database_.statement(
        "INSERT INTO agreement_participants (report, role, ordinal, entity, text) VALUES (?, ?, ?, ?, ?)");
    std::array<int, 5> ordinals{};
    for (const Participant& participant : report.participants) {
        const std::int64_t id = entity(participant);
        who.with(report.id, name(participant.role), ordinals[static_cast<std::size_t>(participant.role)]++, id);
        bind_text(who, 5, participant.text);
        who.run();
    }
    Statement& action = database_.statement("INSERT INTO agreement_actions (report, ordinal, action, date, enddate, "
                                            "actors, attribution, event, sentence) VALUES (?,?,?,?,?,?,?,?,?)");
    int ordinal = 0;
    for (const ActionRow& row : report.actions) {
        const DayTexts range(row.date);
        action.with(report.id, ordinal++, row.action);
        bind_text(action, 4, range.first);
        bind_text(action, 5, range.last);
        bind_text(action, 6, row.actors);
        bind_text(action, 7, row.attribution);
        bind_text(action, 8, row.event);
        if (row.sentence >= 0) action.bind(9, row_of(row.sentence));
        action.run();
    }
    Statement& block = database_.statement("INSERT INTO agreement_blocks (key, report) VALUES (?, ?)");
    for (const std::int64_t key : block_keys(report.features)) block.with(key, report.id).run();
}

std::int64_t Writer::entity(const Participant& participant) {
    entity_key_.clear();
    for (const std::string* field :
         {&participant.name, &participant.code, &participant.sectors, &participant.wikidata, &participant.office}) {
        entity_key_ += *field;
        entity_key_ += '\x1F';
    }
    const auto known = entities_.find(entity_key_);
    if (known != entities_.end()) return known->second;
    std::int64_t id = 0;
    Statement& find =
        database_
            .statement("SELECT id FROM entities WHERE name = ? AND code = ? AND sectors = ? AND "
                       "wikidata = ? AND office = ?")
            .with(participant.name, participant.code, participant.sectors, participant.wikidata, participant.office);
    if (find.step()) {
        id = find.integer(0);
        find.restart();
    } else {
        database_.statement("INSERT INTO entities (name, code, sectors, wikidata, office) VALUES (?, ?, ?, ?, ?)")
            .with(participant.name, participant.code, participant.sectors, participant.wikidata, participant.office)
            .run();
        id = database_.last_id();
    }
    if (entities_.size() > kMostEntities) entities_.clear();
    entities_.emplace(entity_key_, id);
    return id;
}

std::int64_t Writer::coder(const std::string& name) {
    const auto known = coders_.find(name);
    if (known != coders_.end()) return known->second;
    database_.statement("INSERT OR IGNORE INTO coders (name) VALUES (?)").with(name).run();
    Statement& find = database_.statement("SELECT id FROM coders WHERE name = ?").with(name);
    const std::int64_t id = find.step() ? find.integer(0) : 0;
    find.restart();
    coders_.emplace(name, id);
    return id;
}

bool Writer::remove(const std::string& document) {
    begin();
    Statement& known = database_.statement("SELECT id FROM documents WHERE name = ?").with(document);
    if (!known.step()) return false;
    const std::int64_t id = known.integer(0);
    known.restart();
    remove_rows(id);
    return true;
}

void Writer::index_sentences() {
    Statement& index = database_.statement("INSERT INTO evidence (rowid, text) VALUES (?, ?)");
    for (const auto& [id, text] : unindexed_) index.with(id, text).run();
    unindexed_.clear();
}

/// What hangs on a document, before what it hangs on: a writer's connection does not look after references itself.
void Writer::delete_rows(std::int64_t document) {
    for (const char* sql :
         {"DELETE FROM participants WHERE report IN (SELECT id FROM reports WHERE document = ?)",
          "DELETE FROM quantities WHERE report IN (SELECT id FROM reports WHERE document = ?)",
          "DELETE FROM reports WHERE document = ?",
          "DELETE FROM agreement_participants WHERE report IN (SELECT id FROM agreement_reports WHERE document = ?)",
          "DELETE FROM agreement_actions WHERE report IN (SELECT id FROM agreement_reports WHERE document = ?)",
          "DELETE FROM agreement_reports WHERE document = ?", "DELETE FROM sentences WHERE document = ?",
          "DELETE FROM documents WHERE id = ?"})
        database_.statement(sql).with(document).run();
}

void Writer::remove_rows(std::int64_t document) {
    index_sentences();
    events_.leaving(document);
    agreements_.leaving(document);
    let_go(database_, document);
    std::int64_t story = 0;
    {
        Statement& row = database_.statement("SELECT story FROM documents WHERE id = ?").with(document);
        if (row.step()) story = row.integer(0);
        row.restart();
    }
    std::vector<std::int64_t> moved;
    stories_.leaving(document, moved);
    // The index over external content must be told the old words.
    Statement& sentences = database_.statement("SELECT id, text FROM sentences WHERE document = ?").with(document);
    Statement& unindex = database_.statement("INSERT INTO evidence (evidence, rowid, text) VALUES ('delete', ?, ?)");
    while (sentences.step()) unindex.with(sentences.integer(0), sentences.text(1)).run();
    delete_rows(document);
    stories_.refresh(story);
    refold_moved(moved);
}

void Writer::refold_moved(const std::vector<std::int64_t>& moved) {
    for (const std::int64_t document : moved) {
        events_.refold_document(document);
        agreements_.refold_document(document);
    }
}

Status Writer::commit() {
    if (transaction_) {
        events_.settle();
        agreements_.settle();
        // Last: the index holds new words back until a statement of another kind makes it write them out, each time
        // anew.
        index_sentences();
        transaction_->commit();
        transaction_.reset(); // undone when it could not be committed
    }
    if (!database_.problem()) return Ok{};
    const Error problem = *database_.problem();
    database_.clear();
    forget();
    return problem;
}

void Writer::forget() {
    events_.forget();
    agreements_.forget();
    stories_.forget();
    entities_.clear();
    coders_.clear();
    unindexed_.clear();
}

} // namespace kadesh::ledger
