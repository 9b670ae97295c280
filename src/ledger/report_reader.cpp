#include "ledger/report_reader.hpp"

#include "document/record_names.hpp"
#include "ledger/features.hpp"

namespace kadesh::ledger {
namespace {

Role role_from(std::string_view word) {
    if (word == "recipient") return Role::Recipient;
    if (word == "attribution") return Role::Attribution;
    if (word == "party") return Role::Party;
    if (word == "signatory") return Role::Signatory;
    return Role::Actor;
}

std::optional<DatedFact> fact(const Statement& row, int at) {
    const auto range = days_from(row.text(at), row.text(at + 1));
    if (!range) return std::nullopt;
    return DatedFact{*range, date_basis_from(row.text(at + 2))};
}

} // namespace

const char* name(Role role) {
    switch (role) {
    case Role::Actor: return "actor";
    case Role::Recipient: return "recipient";
    case Role::Attribution: return "attribution";
    case Role::Party: return "party";
    case Role::Signatory: return "signatory";
    }
    return "";
}

std::uint8_t auxiliary_bits(std::string_view list) {
    std::uint8_t bits = 0;
    for (const std::uint8_t bit : {kHistorical, kFuture, kHypothetical, kNegated, kAlleged})
        if (list.find(auxiliary_names(bit).front()) != std::string_view::npos) bits |= bit;
    return bits;
}

DateBasis date_basis_from(std::string_view word) {
    for (const DateBasis basis : {DateBasis::Text, DateBasis::Context})
        if (word == name(basis)) return basis;
    return DateBasis::Document;
}

std::optional<DayRange> days_from(std::string_view first, std::string_view last) {
    const auto begin = Day::parse(first);
    const auto end = Day::parse(last);
    if (!begin) return std::nullopt;
    return DayRange{*begin, end.value_or(*begin)};
}

Report read_report(Database& database, std::int64_t id) {
    Report report;
    Statement& row =
        database
            .statement("SELECT name, document, ordinal, sentence, event, type, mode, context, auxiliary, "
                       "date, enddate, date_basis, cameo, event_scale, goldstein, place, country, lat, lon, "
                       "geonames, event_text, agreement, confidence, features FROM reports WHERE id = ?")
            .with(id);
    if (!row.step()) return report;
    report.id = id;
    report.name = row.text(0);
    report.document = row.integer(1);
    report.ordinal = static_cast<int>(row.integer(2));
    report.sentence = row.integer(3);
    report.event = row.integer(4);
    report.type = event_type_from(row.text(5)).value_or(EventType::Consult);
    report.mode = row.text(6);
    report.context = row.text(7);
    report.auxiliary_text = row.text(8);
    report.auxiliary = auxiliary_bits(report.auxiliary_text);
    report.date = days_from(row.text(9), row.text(10));
    report.date_basis = date_basis_from(row.text(11));
    report.cameo = row.text(12);
    report.scale = row.real(13);
    report.goldstein = row.real(14);
    report.place = row.text(15);
    report.country = row.text(16);
    report.located = !row.is_null(17);
    report.lat = row.real(17);
    report.lon = row.real(18);
    report.geonames = static_cast<std::uint32_t>(row.integer(19));
    report.event_text = row.text(20);
    report.agreement = row.text(21);
    report.confidence = row.real(22);
    report.features = decoded_event(row.blob(23));
    row.restart();
    Statement& people = database
                            .statement("SELECT role, code, sectors, e.name, wikidata, office, p.text, via, cue FROM "
                                       "participants p JOIN entities e ON e.id = p.entity WHERE report = ? "
                                       "ORDER BY role, ordinal")
                            .with(id);
    std::size_t actors = 0;
    std::size_t recipients = 0;
    while (people.step()) {
        Participant one{role_from(people.text(0)),   std::string(people.text(1)), std::string(people.text(2)),
                        std::string(people.text(3)), std::string(people.text(4)), std::string(people.text(5)),
                        std::string(people.text(6)), std::string(people.text(7)), std::string(people.text(8))};
        actors += one.role == Role::Actor ? 1U : 0U;
        recipients += one.role == Role::Recipient ? 1U : 0U;
        report.participants.push_back(std::move(one));
    }
    report.reciprocal = recipients == 0 && actors > 1;
    return report;
}

Told read_told(Database& database, std::int64_t document) {
    Told told;
    Statement& row = database.statement("SELECT name, date, source, story FROM documents WHERE id = ?").with(document);
    if (row.step()) {
        told.document = row.text(0);
        told.date = row.text(1);
        told.source = row.text(2);
        told.story = row.integer(3);
    }
    row.restart();
    return told;
}

AgreementReport read_agreement_report(Database& database, std::int64_t id) {
    AgreementReport report;
    Statement& row =
        database
            .statement("SELECT name, document, ordinal, agreement, kind, title, subjects, signed, "
                       "signed_end, signed_basis, in_force, in_force_end, in_force_basis, expires, "
                       "expires_end, expires_basis, term, disclosed, place, status, predecessor, successor, "
                       "sentence, features FROM agreement_reports WHERE id = ?")
            .with(id);
    if (!row.step()) return report;
    report.id = id;
    report.name = row.text(0);
    report.document = row.integer(1);
    report.ordinal = static_cast<int>(row.integer(2));
    report.agreement = row.integer(3);
    report.kind = row.text(4);
    report.title = row.text(5);
    report.subjects = row.text(6);
    report.signed_on = fact(row, 7);
    report.in_force = fact(row, 10);
    report.expires = fact(row, 13);
    report.term = row.text(16);
    if (!row.is_null(17)) report.disclosed = row.integer(17) != 0;
    report.place = row.text(18);
    report.status = row.text(19);
    report.predecessor = row.text(20);
    report.successor = row.text(21);
    report.sentence = row.is_null(22) ? -1 : row.integer(22);
    report.features = decoded_agreement(row.blob(23));
    row.restart();
    Statement& people = database
                            .statement("SELECT role, code, sectors, e.name, wikidata, office, p.text FROM "
                                       "agreement_participants p JOIN entities e ON e.id = p.entity WHERE report = ? "
                                       "ORDER BY role, ordinal")
                            .with(id);
    while (people.step())
        report.participants.push_back({role_from(people.text(0)),
                                       std::string(people.text(1)),
                                       std::string(people.text(2)),
                                       std::string(people.text(3)),
                                       std::string(people.text(4)),
                                       std::string(people.text(5)),
                                       std::string(people.text(6)),
                                       {},
                                       {}});
    Statement& actions = database
                             .statement("SELECT action, date, enddate, actors, attribution, event, sentence FROM "
                                        "agreement_actions WHERE report = ? ORDER BY ordinal")
                             .with(id);
    while (actions.step()) {
        ActionRow action;
        action.action = actions.text(0);
        action.date = days_from(actions.text(1), actions.text(2));
        action.actors = actions.text(3);
        action.attribution = actions.text(4);
        action.event = actions.text(5);
        action.sentence = actions.is_null(6) ? -1 : actions.integer(6);
        report.actions.push_back(std::move(action));
    }
    return report;
}

} // namespace kadesh::ledger
