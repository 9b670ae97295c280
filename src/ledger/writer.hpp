// Writes documents into a ledger, batch by batch: what is committed is whole, what is not never was.
#pragma once

#include "ledger/agreement_identity.hpp"
#include "ledger/database.hpp"
#include "ledger/event_identity.hpp"
#include "ledger/stories.hpp"
#include "ledger/types.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kadesh::ledger {

class Writer {
  public:
    explicit Writer(Database& database)
        : database_(database), events_(database), agreements_(database), stories_(database) {}
    /// What was not committed is undone.
    ~Writer() = default;
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    enum class Outcome : std::uint8_t { Added, Replaced, Known };
    /// Begins a transaction where none is open. A document of a known id with the same content and, unless `anew`, is
    /// left alone; with other content it takes the old one's place.
    Outcome put(Entry entry, bool anew = false);
    /// Takes a document out, with all that only it told. False when there is none of this name.
    bool remove(const std::string& document);

    /// Work of another kind on the same transaction.
    void begin();
    EventIdentity& events() { return events_; }
    AgreementIdentity& agreements() { return agreements_; }

    /// Brings events, agreements and indexes in step and commits. An error undoes the batch.
    Status commit();

  private:
    void forget();
    void index_sentences();
    void remove_rows(std::int64_t document);
    void delete_rows(std::int64_t document);
    void refold_moved(const std::vector<std::int64_t>& moved);
    void write_report(Report& report, const std::vector<std::int64_t>& sentences);
    void write_agreement(AgreementReport& report, const std::vector<std::int64_t>& sentences);
    std::int64_t entity(const Participant& participant);
    std::int64_t coder(const std::string& name);

    Database& database_;
    EventIdentity events_;
    AgreementIdentity agreements_;
    Stories stories_;
    std::unique_ptr<Transaction> transaction_;
    std::int64_t data_version_ = 0; ///< other programs' commits change it
    std::unordered_map<std::string, std::int64_t> entities_, coders_;
    std::string entity_key_;                                      ///< kept for its memory
    std::vector<std::pair<std::int64_t, std::string>> unindexed_; ///< sentences for the full-text index
};

} // namespace kadesh::ledger
