#include "ledger/migrations.hpp"

#include "ledger/day_index.hpp"
#include "ledger/features.hpp"
#include "ledger/signature.hpp"
#include "ledger/stories.hpp"

#include <array>
#include <string>
#include <vector>

namespace kadesh::ledger {
namespace {

// Checks of few values are spelled out: SQLite makes a table in memory for each test of an IN list.
constexpr const char* kFirst = R"sql(
-- What the documents say: texts, and the records as the coder gave them. Nothing here is ever merged or averaged.
CREATE TABLE coders (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE                        -- program, model and knowledge with their hashes
);
CREATE TABLE stories (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,                       -- the id of its earliest document
  documents INTEGER NOT NULL CHECK (documents > 0)
);
CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),    -- the document's own id
  hash TEXT NOT NULL CHECK (length(hash) = 16),    -- of date, title, source, url, language and text
  date TEXT CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  source TEXT, title TEXT, url TEXT, author TEXT, language TEXT,
  characters INTEGER NOT NULL CHECK (characters >= 0),
  text BLOB NOT NULL,                              -- Zstandard
  records BLOB NOT NULL,                           -- Zstandard: event records, then agreement records, JSON Lines
  signature BLOB NOT NULL,
  story INTEGER NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
  coder INTEGER NOT NULL REFERENCES coders (id)
);
CREATE INDEX documents_date ON documents (date);
CREATE INDEX documents_source ON documents (source, date);
CREATE INDEX documents_story ON documents (story);
CREATE TABLE story_bands (                         -- where documents that may be copies meet
  bucket INTEGER NOT NULL,
  band INTEGER NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  PRIMARY KEY (bucket, band, document)
) WITHOUT ROWID;
CREATE TABLE sentences (                           -- those that records point at
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  "start" INTEGER NOT NULL, "end" INTEGER NOT NULL CHECK ("end" >= "start"),
  text TEXT NOT NULL,
  UNIQUE (document, sequence)
);
CREATE VIRTUAL TABLE evidence USING fts5 (text, content = 'sentences', content_rowid = 'id',
                                          tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL, sectors TEXT NOT NULL, name TEXT NOT NULL, wikidata TEXT NOT NULL, office TEXT NOT NULL,
  UNIQUE (name, code, sectors, wikidata, office)
);
CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,                              -- the record's id
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,                        -- number of the record in its document
  sentence INTEGER NOT NULL REFERENCES sentences (id),
  event INTEGER REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
  type TEXT NOT NULL, mode TEXT, context TEXT, auxiliary TEXT,
  date TEXT, enddate TEXT CHECK (enddate >= date), date_basis TEXT CHECK (date_basis = 'text' OR date_basis = 'context' OR date_basis = 'document'),
  cameo TEXT, quad_code INTEGER NOT NULL CHECK (quad_code BETWEEN 1 AND 4), event_scale REAL NOT NULL,
  goldstein REAL NOT NULL,
  place TEXT, country TEXT, lat REAL CHECK (lat BETWEEN -90 AND 90), lon REAL CHECK (lon BETWEEN -180 AND 180),
  geonames INTEGER, event_text TEXT,
  "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
  agreement TEXT,                                  -- the record id of the agreement that it acts on
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  rule TEXT,
  features BLOB NOT NULL                           -- what the merge compares
);
CREATE INDEX reports_document ON reports (document);
CREATE INDEX reports_event ON reports (event);
CREATE INDEX reports_name ON reports (name);
CREATE INDEX reports_sentence ON reports (sentence);
CREATE TABLE participants (
  report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role = 'actor' OR role = 'recipient' OR role = 'attribution'),
  ordinal INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities (id),
  text TEXT,                                       -- its words in the document, where they are not its name
  via TEXT, cue TEXT,
  PRIMARY KEY (report, role, ordinal)
) WITHOUT ROWID;
CREATE TABLE quantities (
  report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  what TEXT NOT NULL, value INTEGER NOT NULL CHECK (value >= 0),
  PRIMARY KEY (report, what, value)
) WITHOUT ROWID;
CREATE TABLE blocks (                              -- where reports that may tell one event meet
  bucket INTEGER NOT NULL, key INTEGER NOT NULL, day INTEGER NOT NULL,
  report INTEGER NOT NULL,
  PRIMARY KEY (bucket, key, day, report)
) WITHOUT ROWID;

-- What happened: one event with all reports of it.
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,                              -- the record id of its leading report
  date TEXT, enddate TEXT CHECK (enddate >= date), date_basis TEXT,
  type TEXT NOT NULL, mode TEXT, context TEXT, auxiliary TEXT, cameo TEXT,
  quad_code INTEGER NOT NULL CHECK (quad_code BETWEEN 1 AND 4), event_scale REAL NOT NULL, goldstein REAL NOT NULL,
  actors TEXT, actor_names TEXT, actor_sectors TEXT, recipients TEXT, recipient_names TEXT, recipient_sectors TEXT,
  place TEXT, country TEXT, lat REAL, lon REAL, geonames INTEGER,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  reports INTEGER NOT NULL CHECK (reports > 0), documents INTEGER NOT NULL CHECK (documents > 0),
  sources INTEGER NOT NULL CHECK (sources > 0),    -- that tell it independently of each other
  first_reported TEXT, last_reported TEXT,
  disputed INTEGER NOT NULL CHECK (disputed = 0 OR disputed = 1), -- some reports say it did not happen, others that it did
  agreement TEXT,
  terms BLOB NOT NULL                              -- under which it stands in postings
);
CREATE INDEX events_date ON events (date, id);
CREATE TABLE terms (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, value TEXT NOT NULL COLLATE NOCASE,
  events INTEGER NOT NULL,
  UNIQUE (kind, value)
);
CREATE TABLE postings (                            -- the index behind the questions, newest first by walking backwards
  term INTEGER NOT NULL, day INTEGER NOT NULL, event INTEGER NOT NULL,
  PRIMARY KEY (term, day, event)
) WITHOUT ROWID;
CREATE TABLE relations (                           -- monthly sums of a pair of codes, a before b
  a TEXT NOT NULL, b TEXT NOT NULL, month TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction = 'both' OR direction = 'forth' OR direction = 'back'), -- back: b acts on a
  quad_code INTEGER NOT NULL,
  events INTEGER NOT NULL, scale_sum INTEGER NOT NULL, goldstein_sum INTEGER NOT NULL, -- in hundredths
  PRIMARY KEY (a, b, month, direction, quad_code)
) WITHOUT ROWID;

-- Agreements: the records, and one agreement under many names.
CREATE TABLE agreement_reports (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  agreement INTEGER REFERENCES agreements (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL, title TEXT, subjects TEXT,
  signed TEXT, signed_end TEXT, signed_basis TEXT,
  in_force TEXT, in_force_end TEXT, in_force_basis TEXT,
  expires TEXT, expires_end TEXT, expires_basis TEXT,
  term TEXT, disclosed INTEGER, place TEXT, status TEXT,
  predecessor TEXT, successor TEXT,
  sentence INTEGER REFERENCES sentences (id),
  features BLOB NOT NULL
);
CREATE INDEX agreement_reports_document ON agreement_reports (document);
CREATE INDEX agreement_reports_agreement ON agreement_reports (agreement);
CREATE INDEX agreement_reports_name ON agreement_reports (name);
CREATE INDEX agreement_reports_sentence ON agreement_reports (sentence);
CREATE TABLE agreement_participants (
  report INTEGER NOT NULL REFERENCES agreement_reports (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role = 'party' OR role = 'signatory' OR role = 'attribution'),
  ordinal INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities (id),
  text TEXT,
  PRIMARY KEY (report, role, ordinal)
) WITHOUT ROWID;
CREATE TABLE agreement_actions (
  report INTEGER NOT NULL REFERENCES agreement_reports (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  action TEXT NOT NULL,
  date TEXT, enddate TEXT,
  actors TEXT, attribution TEXT,
  event TEXT,                                      -- the record id of the event report behind it
  sentence INTEGER REFERENCES sentences (id),
  PRIMARY KEY (report, ordinal)
) WITHOUT ROWID;
CREATE INDEX agreement_actions_sentence ON agreement_actions (sentence);
CREATE TABLE agreement_blocks (
  key INTEGER NOT NULL, report INTEGER NOT NULL,
  PRIMARY KEY (key, report)
) WITHOUT ROWID;
CREATE TABLE agreements (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,                              -- the record id of its leading report
  kind TEXT NOT NULL, title TEXT, parties TEXT, party_names TEXT, subjects TEXT,
  signed TEXT, signed_end TEXT, signed_basis TEXT,
  in_force TEXT, in_force_end TEXT, in_force_basis TEXT,
  expires TEXT, expires_end TEXT, expires_basis TEXT,
  term TEXT, disclosed INTEGER, place TEXT,
  status TEXT, status_date TEXT,                   -- as of the last report
  predecessor TEXT, successor TEXT,
  reports INTEGER NOT NULL CHECK (reports > 0), documents INTEGER NOT NULL, sources INTEGER NOT NULL,
  first_reported TEXT, last_reported TEXT,
  contradictions TEXT                              -- fields on which reports differ
);
CREATE INDEX agreements_expires ON agreements (expires);
CREATE INDEX agreements_signed ON agreements (signed);
CREATE TABLE agreement_parties (
  code TEXT NOT NULL, agreement INTEGER NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
  PRIMARY KEY (code, agreement)
) WITHOUT ROWID;
CREATE TABLE agreement_subjects (
  subject TEXT NOT NULL, agreement INTEGER NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
  PRIMARY KEY (subject, agreement)
) WITHOUT ROWID;
CREATE TABLE agreement_life (                      -- what was done to it, one row a step
  agreement INTEGER NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  action TEXT NOT NULL, date TEXT, enddate TEXT, actors TEXT,
  reports INTEGER NOT NULL,
  PRIMARY KEY (agreement, step)
) WITHOUT ROWID;
)sql";

constexpr const char* kCorrections = R"sql(
-- What analysts say, apart from what the machine coded and on top of it. Each is tied to a record's place in a document,
-- so that it finds its record again when another model has coded the document anew.
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  made TEXT NOT NULL,
  who TEXT,
  why TEXT NOT NULL CHECK (why <> ''),
  subject TEXT NOT NULL CHECK (subject = 'event' OR subject = 'agreement'),
  kind TEXT NOT NULL CHECK (kind = 'field' OR kind = 'join' OR kind = 'split'),
  field TEXT, value TEXT,
  report TEXT NOT NULL, document TEXT NOT NULL, "start" INTEGER NOT NULL,
  other_report TEXT, other_document TEXT, other_start INTEGER,
  target INTEGER,                                  -- the report that it is about now; NULL: not found again
  other_target INTEGER,
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone = 0 OR undone = 1),
  CHECK ((kind = 'field') = (field IS NOT NULL)),
  CHECK ((kind = 'field') = (other_report IS NULL))
);
CREATE INDEX corrections_target ON corrections (target);
CREATE INDEX corrections_other_target ON corrections (other_target) WHERE other_target IS NOT NULL;
CREATE INDEX corrections_document ON corrections (document);
CREATE INDEX corrections_other_document ON corrections (other_document) WHERE other_document IS NOT NULL;
ALTER TABLE events ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0 CHECK (corrected = 0 OR corrected = 1);
ALTER TABLE agreements ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0 CHECK (corrected = 0 OR corrected = 1);
)sql";

// From a sentence to its event and back without reading the report's row: questions by words ask it thousands of times.
constexpr const char* kCoveringIndexes = R"sql(
DROP INDEX reports_event;
DROP INDEX reports_sentence;
CREATE INDEX reports_event ON reports (event, sentence);
CREATE INDEX reports_sentence ON reports (sentence, event);
)sql";

// One row for all keys of a report and all bands of a document: a row for each made up a third of all entries, and each
// look a walk through the file. Filled by after_step.
constexpr const char* kKeysInOneRow = R"sql(
DROP TABLE blocks;
DROP TABLE story_bands;
CREATE TABLE blocks (                              -- where reports that may tell one event meet
  day INTEGER NOT NULL, report INTEGER NOT NULL,
  keys BLOB NOT NULL,                              -- of 4 bytes each
  PRIMARY KEY (day, report)
) WITHOUT ROWID;
CREATE TABLE story_bands (                         -- where documents that may be copies meet
  day INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  bands BLOB NOT NULL,                             -- of 8 bytes each
  PRIMARY KEY (day, document)
) WITHOUT ROWID;
)sql";

constexpr std::array<const char*, 4> kSteps{kFirst, kCorrections, kCoveringIndexes, kKeysInOneRow};

void file_keys(Database& database) {
    Statement& block = database.statement("INSERT INTO blocks (day, report, keys) VALUES (?, ?, ?)");
    Statement& reports = database.statement("SELECT id, features FROM reports");
    while (reports.step()) {
        const EventFeatures features = decoded_event(reports.blob(1));
        const std::vector<std::uint32_t> filed = block_keys(features).filed;
        const std::string keys = key_bytes(std::span<const std::uint32_t>(filed));
        block.with(block_day(features), reports.integer(0)).bind_blob(3, keys).run();
    }
    Statement& band = database.statement("INSERT INTO story_bands (day, document, bands) VALUES (?, ?, ?)");
    Statement& documents = database.statement("SELECT id, date, signature FROM documents");
    while (documents.step()) {
        const Signature signature = unpacked_signature(documents.blob(2));
        if (signature[0] == 0) continue;
        const auto bands = bands_of(signature);
        const std::string keys = key_bytes(std::span<const std::int64_t>(bands));
        band.with(story_day(documents.text(1)), documents.integer(0)).bind_blob(3, keys).run();
    }
}

} // namespace

void after_step(Database& database, std::size_t step) {
    if (step == 3) file_keys(database);
}

std::span<const char* const> migrations() {
    return kSteps;
}

} // namespace kadesh::ledger
