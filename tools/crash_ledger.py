"""Kills `kadesh add` at random instants and takes it up again: nothing may be lost, nothing doubled.

    python3 tools/crash_ledger.py --program build/release/bin/kadesh [--kills 500] [--documents 10000] [--input FILE]

Without --input it makes up documents from the golden items' texts. Every other kill comes at an instant of its own, the
others while the journal is written, which is a small part of the time otherwise. Each is followed by a look at the file
(integrity, counts); a ledger that is full is begun anew until all kills are spent. A ledger that was killed again and again
must hold the same as an undisturbed one.
"""
import argparse
import gzip
import json
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]


def made_up(count):
    """Documents of a few sentences each, from the texts of the golden items."""
    sentences = []
    for path in sorted((ROOT / "tests/golden").glob("*.txt")):
        sentences += [s.strip() + "." for s in path.read_text(encoding="utf-8").replace("\n", " ").split(". ") if len(s) > 40]
    chance = random.Random(1)
    for number in range(count):
        text = " ".join(chance.sample(sentences, 2))
        day = 1 + number % 28
        yield {"id": f"doc-{number}", "date": f"2025-{1 + number % 12:02}-{day:02}", "source": f"source-{number % 17}",
               "text": text}


def contents(path):
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        tables = [
            "SELECT name, hash FROM documents",
            "SELECT e.name, e.reports, e.sources, r.name FROM events e JOIN reports r ON r.event = e.id",
            "SELECT a.name, a.reports, r.name FROM agreements a JOIN agreement_reports r ON r.agreement = a.id",
            "SELECT kind, value, events FROM terms WHERE events <> 0",
            "SELECT * FROM relations",
        ]
        return [sorted(map(str, base.execute(sql))) for sql in tables]
    finally:
        base.close()


def journal_of(ledger):
    """What changes whenever the journal is written."""
    try:
        found = ledger.with_name(ledger.name + "-wal").stat()
        return found.st_size, found.st_mtime_ns
    except FileNotFoundError:
        return None


def kill_while_writing(process, ledger, chance):
    """Waits until the journal is being written, then a moment. False when the program ended before."""
    begun = before = None
    while process.poll() is None:
        now = journal_of(ledger)
        if begun is None:
            begun = now is not None
            before = now
        elif now is not None and now != before:
            # The journal's first bytes are there: a commit, or the making of the tables.
            time.sleep(chance.choice([0, chance.random() * 0.02, chance.random() * 0.3]))
            process.send_signal(signal.SIGKILL)
            return process.wait() != 0
        before = now
        time.sleep(0.001)
    return False


def kill_at_random(process, chance, reach):
    try:
        process.wait(timeout=chance.random() * reach + 0.05)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / "build/release/bin/kadesh"))
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--input", help="JSON Lines, plain or gzip, instead of made-up documents")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--minutes", type=float, help="ends after about so long, whatever --kills says")
    options = parser.parse_args()
    chance = random.Random(20250117)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        news = folder / "news.jsonl"
        if options.input:
            opened = gzip.open if options.input.endswith(".gz") else open
            with opened(options.input, "rt", encoding="utf-8") as source:
                kept = [line for _, line in zip(range(options.documents), source)]
            news.write_text("".join(kept), encoding="utf-8")
        else:
            with news.open("w", encoding="utf-8") as out:
                for document in made_up(options.documents):
                    out.write(json.dumps(document) + "\n")
        command = [options.program, "add", "--quiet", "--threads", options.threads]
        whole = folder / "whole.kadesh"
        begun = time.monotonic()
        subprocess.run([*command, str(whole), str(news)], check=False, stderr=subprocess.DEVNULL)
        seconds = time.monotonic() - begun
        expected = contents(whole)
        documents = len(expected[0])
        print(f"undisturbed: {documents} documents, {len(expected[1])} reports, {seconds:.1f} s", flush=True)
        ledger = folder / "killed.kadesh"
        kills = in_journal = rounds = faults = 0
        committed = 0
        # So that a ledger bears about 25 kills before it is full.
        reach = seconds / 12
        end = time.monotonic() + 60 * options.minutes if options.minutes else float("inf")
        while kills < options.kills and time.monotonic() < end:
            process = subprocess.Popen([*command, str(ledger), str(news)], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            if chance.random() < 0.5:
                struck = kill_while_writing(process, ledger, chance)
                in_journal += struck
            else:
                struck = kill_at_random(process, chance, reach)
            kills += struck
            if struck and kills % 25 == 0:
                print(f"{kills} kills, {in_journal} of them while the journal was written, {rounds} ledgers filled, "
                      f"{committed} documents in this one, {faults} faults", flush=True)
            if ledger.exists() and ledger.stat().st_size > 0:
                base = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
                try:
                    sound = base.execute("PRAGMA quick_check").fetchone()[0] == "ok"
                    there = base.execute("SELECT count(*) FROM documents").fetchone()[0]
                    doubled = base.execute("SELECT count(*) FROM (SELECT 1 FROM reports GROUP BY document, ordinal HAVING "
                                           "count(*) > 1)").fetchone()[0]
                    loose = base.execute("SELECT count(*) FROM reports WHERE event IS NULL").fetchone()[0]
                except sqlite3.OperationalError:  # killed before the first commit
                    sound, there, doubled, loose = True, 0, 0, 0
                base.close()
                if not sound or doubled or loose or there < committed:
                    faults += 1
                    print(f"kill {kills}: sound {sound}, {there} documents after {committed}, {doubled} doubled, "
                          f"{loose} loose", flush=True)
                committed = there
            if committed == documents or kills == options.kills or time.monotonic() >= end:
                subprocess.run([*command, str(ledger), str(news)], check=False, stderr=subprocess.DEVNULL)
                rounds += 1
                if contents(ledger) != expected:
                    faults += 1
                    print(f"round {rounds}: the ledger differs from the undisturbed one", flush=True)
                checked = subprocess.run([options.program, "check", str(ledger)], capture_output=True, check=False)
                if checked.returncode != 0:
                    faults += 1
                    print(checked.stdout.decode() + checked.stderr.decode(), flush=True)
                for path in folder.glob("killed.kadesh*"):
                    path.unlink()
                committed = 0
        print(f"{kills} kills, {in_journal} of them while the journal was written, {rounds} ledgers filled, {faults} faults")
        return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
