"""The ledger through the program: adding, questions, corrections, recoding, and what goes wrong with files."""
import csv
import io
import json
import os
import pathlib
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest

from program import ARTICLE, PROGRAM, SOURCE, ProgramTest, kadesh, records

DOCUMENTS = [
    {"id": "treaty", "date": "2025-01-17", "source": "Gazette", "text": ARTICLE.read_text(encoding="utf-8")},
    {"id": "strike-1", "date": "2025-04-04", "source": "Reuters",
     "text": "A Russian missile strike on Kryvyi Rih, Ukraine, killed 14 people on Friday."},
    {"id": "strike-2", "date": "2025-04-04", "source": "CNN",
     "text": "A Russian ballistic missile strike on Kryvyi Rih in Ukraine killed 18 people."},
    {"id": "visit", "date": "2025-05-02", "source": "AP",
     "text": "The president of France visited Kenya. Kenya recalled its ambassador from Somalia on Monday."},
]


def lines(documents):
    return "".join(json.dumps(document) + "\n" for document in documents)


def dump(path):
    """What follows from the documents, without the numbers of rows."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        tables = [
            "SELECT name, hash, date, source, characters FROM documents",
            "SELECT e.name, e.type, e.date, e.actors, e.recipients, e.reports, e.sources, r.name FROM events e JOIN reports "
            "r ON r.event = e.id",
            "SELECT a.name, a.kind, a.title, a.parties, a.status, a.expires, r.name FROM agreements a JOIN agreement_reports "
            "r ON r.agreement = a.id",
            "SELECT a, b, month, direction, quad_code, events, scale_sum FROM relations",
            "SELECT kind, value, events FROM terms WHERE events <> 0",
        ]
        return [sorted(map(str, base.execute(sql))) for sql in tables]


class Ledger(ProgramTest):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.news = self.path("news.jsonl")
        self.news.write_text(lines(DOCUMENTS), encoding="utf-8")
        self.ledger = self.path("news.kadesh")

    def path(self, name):
        return pathlib.Path(self.folder.name, name)

    def add(self, *arguments, **options):
        return self.run_program("add", self.ledger, *arguments, **options)

    def rows(self, command, *arguments):
        return records(self.run_program(command, self.ledger, "--json", *arguments).stdout)

    def sound(self, ledger=None):
        self.assertEqual(self.run_program("check", ledger or self.ledger).stdout, b"")


class Adding(Ledger):
    def test_twice_is_once(self):
        first = self.add(self.news).stderr.decode()
        self.assertIn("4 documents read: 4 coded", first)
        before = dump(self.ledger)
        again = self.add(self.news).stderr.decode()
        self.assertIn("4 known", again)
        self.assertEqual(dump(self.ledger), before)
        self.sound()

    def test_order_and_threads_do_not_matter(self):
        self.add(self.news, "--threads", "1")
        expected = dump(self.ledger)
        for number, order in enumerate((DOCUMENTS[::-1], DOCUMENTS[2:] + DOCUMENTS[:2])):
            other = self.path(f"{number}.kadesh")
            for document in order:
                self.run_program("add", other, "--quiet", "--threads", "3", stdin=lines([document]).encode())
            self.assertEqual(dump(other), expected)

    def test_a_changed_document_takes_its_place(self):
        self.add(self.news)
        changed = dict(DOCUMENTS[1], text="A Russian missile strike on Odesa, Ukraine, killed two people.")
        self.add("--quiet", stdin=lines([changed]).encode())
        places = {row.get("place") for row in self.rows("events", "--type", "ASSAULT", "--since", "2025-04-01")}
        self.assertEqual(places, {"Kryvyi Rih", "Odesa"})
        self.sound()

    def test_records_are_those_of_code(self):
        self.add(self.news)
        coded = {record["id"]: record for record in records(kadesh("code", self.news).stdout)}
        kept = set()
        for row in records(self.run_program("export", self.ledger, "--format", "jsonl").stdout):
            extra = row.pop("ledger")
            self.assertEqual(row, coded[row["id"]])
            kept.update(report["id"] for report in extra["reports"])
        self.assertEqual(kept, set(coded))

    def test_bad_documents_are_named_and_the_rest_is_written(self):
        self.news.write_text("{broken\n" + lines(DOCUMENTS[:1]), encoding="utf-8")
        result = self.add(self.news, status=1)
        self.assertIn(b"1 coded, 0 empty, 1 skipped", result.stderr)
        self.sound()


class Questions(Ledger):
    def setUp(self):
        super().setUp()
        self.add(self.news, "--quiet")

    def test_one_event_told_twice(self):
        rows = self.rows("events", "--type", "ASSAULT", "--pair", "UKR", "RUS", "--since", "2025-04-01")
        self.assertEqual(len(rows), 1)
        self.assertEqual((rows[0]["reports"], rows[0]["sources"]), (2, 2))
        text = self.run_program("explain", self.ledger, rows[0]["id"]).stdout.decode()
        for part in ("strike-1", "strike-2", "14", "18", "merged as"):
            self.assertIn(part, text)
        explained = json.loads(self.run_program("explain", self.ledger, rows[0]["id"], "--json").stdout)
        self.assertEqual(len(explained["reports"]), 2)

    def test_the_state_on_a_date(self):
        rows = self.rows("agreements", "--between", "RUS", "IRN", "--on", "2030-01-01")
        treaty = [row for row in rows if row["kind"] == "treaty"]
        self.assertEqual(len(treaty), 1)
        self.assertEqual(treaty[0]["expires"], "2045-01-17")
        self.assertIn(treaty[0]["state"], ("signed", "in force"))
        late = self.rows("agreements", "--between", "RUS", "IRN", "--on", "2050-01-01")
        self.assertIn("expired", [row["state"] for row in late if row["kind"] == "treaty"])
        expiring = self.rows("agreements", "--on", "2044-06-01", "--expiring-within", "1y")
        self.assertEqual([row["id"] for row in expiring], [treaty[0]["id"]])
        self.assertEqual(self.rows("agreements", "--on", "2040-06-01", "--expiring-within", "1y"), [])

    def test_formats_agree(self):
        rows = self.rows("events")
        table = list(csv.DictReader(io.StringIO(
            self.run_program("events", self.ledger, "--csv").stdout.decode("utf-8"))))
        self.assertEqual([row["id"] for row in rows], [row["id"] for row in table])
        text = self.run_program("events", self.ledger).stdout.decode("utf-8").splitlines()
        self.assertEqual(len(text), len(rows) + 1)

    def test_relations_and_actors(self):
        chart = self.run_program("relations", self.ledger, "RUS", "UKR").stdout.decode()
        self.assertIn("2025-04", chart)
        rows = self.rows("relations", "RUS", "UKR")
        april = [row for row in rows if row["month"] == "2025-04"]
        self.assertEqual(april[0]["material_conflict"], 1)
        self.assertGreater(self.rows("actors")[0]["events"], 1)

    def test_words(self):
        rows = self.rows("events", "--text", "ambassador")
        self.assertEqual({row["actors"][0] for row in rows}, {"KEN"})

    def test_unknown_and_bad_questions(self):
        self.run_program("explain", self.ledger, "evt-none", status=2)
        self.run_program("events", self.ledger, "--since", "yesterday", status=2)
        self.run_program("agreements", self.ledger, "--expiring-within", "soon", status=2)
        self.run_program("events", self.ledger, "--text", '"open', status=2)
        self.run_program("events", self.path("none.kadesh"), status=2)


class Correcting(Ledger):
    def test_survives_recoding_and_is_taken_back(self):
        self.add(self.news, "--quiet")
        before = dump(self.ledger)
        event = self.rows("events", "--type", "ASSAULT", "--since", "2025-04-01")[0]["id"]
        self.run_program("correct", self.ledger, event, "--type", "THREATEN", "--why", "a warning shot")
        summary = self.run_program("recode", self.ledger, "--all", "--quiet").stdout.decode()
        self.assertIn("records new\t0", summary)
        self.assertIn("corrections without their record\t0", summary)
        rows = self.rows("events", "--type", "THREATEN", "--since", "2025-04-01")
        self.assertEqual([row["id"] for row in rows], [event])
        self.run_program("correct", self.ledger, "--undo", "1")
        self.assertEqual(dump(self.ledger), before)
        self.sound()
        self.run_program("correct", self.ledger, event, "--type", "PEACE", "--why", "x", status=2)


class Trouble(Ledger):
    """A clear message each, and a file that is as it was."""

    def fails(self, *arguments, needle, **options):
        result = self.run_program(*arguments, status=2, **options)
        message = result.stderr.decode()
        self.assertIn(needle, message)
        self.assertEqual(len(message.strip().splitlines()), 1, message)
        return message

    def test_no_space(self):
        self.add("--quiet", stdin=lines(DOCUMENTS[:1]).encode())
        before = dump(self.ledger)
        size = self.ledger.stat().st_size
        many = self.path("many.jsonl")
        many.write_text(lines({**DOCUMENTS[0], "id": f"copy-{n}", "text": DOCUMENTS[0]["text"] * 3 + str(n)}
                              for n in range(40)), encoding="utf-8")

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + 200_000, size + 200_000))

        result = subprocess.run([PROGRAM, "add", self.ledger, "--quiet", many], capture_output=True, preexec_fn=limit,
                                timeout=600, check=False)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn(b"no space is left", result.stderr)
        self.sound()
        # Whole batches only: what was there is there, and the rest can be added once there is room.
        self.assertLessEqual(set(before[0]), set(dump(self.ledger)[0]))
        self.add(many, "--quiet")
        whole = self.path("whole.kadesh")
        self.run_program("add", whole, "--quiet", many)
        self.run_program("add", whole, "--quiet", stdin=lines(DOCUMENTS[:1]).encode())
        self.assertEqual(dump(self.ledger), dump(whole))
        self.sound()

    def as_nobody(self, *arguments):
        """Runs the program as one who may write neither the ledger nor its folder."""
        self.ledger.chmod(0o444)
        os.chmod(self.folder.name, 0o555)
        self.addCleanup(os.chmod, self.folder.name, 0o755)

        def nobody():
            if os.geteuid() == 0:  # root may write everywhere
                os.setgid(65534)
                os.setuid(65534)

        return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, preexec_fn=nobody, timeout=600,
                              check=False)

    def test_read_only(self):
        self.add(self.news, "--quiet")
        before = self.ledger.read_bytes()
        refused = self.as_nobody("add", self.ledger, "--quiet", self.news)
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn(b"read-only", refused.stderr)
        answered = self.as_nobody("events", self.ledger, "--json")
        self.assertEqual(answered.returncode, 0, answered.stderr)
        self.assertGreater(len(records(answered.stdout)), 0)
        self.assertEqual(self.ledger.read_bytes(), before)

    def test_locked(self):
        self.add(self.news, "--quiet")
        with sqlite3.connect(self.ledger, isolation_level=None) as base:
            base.execute("BEGIN IMMEDIATE")
            self.assertGreater(len(self.rows("events")), 0)
            self.fails("add", self.ledger, "--quiet", stdin=lines([dict(DOCUMENTS[1], id="new")]).encode(),
                       needle="is locked by another program")
            base.execute("ROLLBACK")
        base.close()
        self.sound()

    def test_corrupt_pages(self):
        self.add(self.news, "--quiet")
        whole = bytearray(self.ledger.read_bytes())
        for page in range(1, len(whole) // 8192):
            whole[page * 8192:page * 8192 + 64] = bytes([0xA5]) * 64
        damaged = self.path("damaged.kadesh")
        damaged.write_bytes(whole)
        self.fails("events", damaged, needle="is damaged")
        self.fails("add", damaged, "--quiet", stdin=lines([dict(DOCUMENTS[1], id="new")]).encode(), needle="damaged")
        self.assertEqual(damaged.read_bytes(), bytes(whole))
        self.assertIn(kadesh("check", damaged).returncode, (1, 2))

    def test_older_schema(self):
        for stored in sorted((SOURCE / "tests/unit/ledger/data").glob("version-*.kadesh")):
            shutil.copy(stored, self.ledger)
            self.assertEqual(len(self.rows("events")), 3, stored)
            self.sound()
            shutil.copy(stored, self.ledger)
            self.add("--quiet", stdin=lines([DOCUMENTS[1]]).encode())
            self.assertEqual(len(self.rows("events")), 3, stored)
            self.sound()

    def test_older_schema_that_cannot_be_brought_up_to_date(self):
        stored = SOURCE / "tests/unit/ledger/data/version-1.kadesh"
        before = stored.read_bytes()
        shutil.copy(stored, self.ledger)
        refused = self.as_nobody("events", self.ledger)
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn(b"older schema", refused.stderr)
        self.assertEqual(self.ledger.read_bytes(), before)
        os.chmod(self.folder.name, 0o755)
        self.ledger.chmod(0o644)
        # No space for the change either.
        full = subprocess.run([PROGRAM, "events", self.ledger], capture_output=True, timeout=600, check=False,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
        self.assertEqual(full.returncode, 2, full.stderr)
        self.assertIn(b"no space is left", full.stderr)
        self.assertEqual(self.ledger.read_bytes(), before)
        self.assertEqual(len(self.rows("events")), 3)
        self.sound()

    def test_newer_schema_and_other_files(self):
        self.add(self.news, "--quiet")
        with sqlite3.connect(self.ledger) as base:
            base.execute("PRAGMA user_version = 1000")
        base.close()
        before = self.ledger.read_bytes()
        self.fails("events", self.ledger, needle="newer Kadesh")
        self.fails("add", self.ledger, "--quiet", self.news, needle="newer Kadesh")
        self.assertEqual(self.ledger.read_bytes(), before)
        self.fails("add", self.news, "--quiet", self.news, needle="not a SQLite file")
        self.assertEqual(self.news.read_text(encoding="utf-8"), lines(DOCUMENTS))


class Killed(Ledger):
    def test_at_random_instants(self):
        """A few kills here; tools/crash_ledger.py does hundreds."""
        documents = [{**document, "id": f"{document['id']}-{n}", "text": document["text"] + f" It was report {n}."}
                     for n in range(40) for document in DOCUMENTS[1:]]
        self.news.write_text(lines(documents), encoding="utf-8")
        whole = self.path("whole.kadesh")
        begun = time.monotonic()
        self.run_program("add", whole, "--quiet", self.news)
        seconds = time.monotonic() - begun
        for attempt in range(8):
            process = subprocess.Popen([PROGRAM, "add", str(self.ledger), "--quiet", str(self.news)],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(seconds * (attempt + 0.5) / 8)
            process.send_signal(signal.SIGKILL)
            process.wait()
            if self.ledger.exists() and self.ledger.stat().st_size > 0:
                self.assertLess(kadesh("check", self.ledger).returncode, 3)
        self.add(self.news, "--quiet")
        self.assertEqual(dump(self.ledger), dump(whole))
        self.sound()


if __name__ == "__main__":
    unittest.main()
