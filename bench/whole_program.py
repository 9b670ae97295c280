#!/usr/bin/env python3
"""Measures the whole program on a corpus: documents, sentences and words a second, stage by stage, peak memory, start.

usage: whole_program.py [--program PATH] [--corpus FILE...] [--documents N] [--threads N...] [--runs N] [--json]

The corpus is CSV with url, date, title and text columns (gzip or not); without --corpus it is the shared folder's
Wikinews 2019-2020, where that is there. Each figure is the median of --runs runs.
"""
import argparse
import csv
import gzip
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SKIPPED = 77


def rows(path):
    opener = gzip.open if path.suffix == ".gz" else open
    csv.field_size_limit(1 << 30)
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def make_corpus(paths, limit, out):
    """Writes CSV files as JSON Lines; returns the number of documents."""
    count = 0
    for path in paths:
        for row in rows(path):
            if count == limit:
                return count
            if row["text"].strip():
                fields = {"id": row["url"], "date": row["date"], "title": row["title"], "text": row["text"]}
                out.write(json.dumps(fields) + "\n")
                count += 1
    return count


def run(program, arguments):
    """Seconds, peak memory in MiB, and what the program said of itself."""
    begun = time.perf_counter()
    process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begun
    if process.returncode not in (0, 1):
        sys.exit(f"{program} ended with {process.returncode}: {said}")
    return seconds, usage.ru_maxrss / 1024, said


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def measure(program, corpus, threads, runs):
    results = []
    for _ in range(runs):
        seconds, memory, said = run(program, ["code", "--stats", "--threads", str(threads), str(corpus)])
        documents = int(re.search(r"(\d+) documents? read", said)[1])
        sentences, words, size = map(int, re.search(r"(\d+) sentences?, (\d+) words?, (\d+) bytes", said).groups())
        stages = {name: float(value) for name, value in re.findall(r"(read|annotate|code|write) ([\d.]+)", said)}
        results.append((seconds, memory, documents, sentences, words, size, stages))
    seconds = statistics.median(result[0] for result in results)
    _, _, documents, sentences, words, size, stages = min(results, key=lambda result: abs(result[0] - seconds))
    return {"threads": threads, "seconds": round(seconds, 2), "documents": documents,
            "documents_a_second": round(documents / seconds, 1), "sentences_a_second": round(sentences / seconds, 1),
            "words_a_second": round(words / seconds), "kilobytes_a_second": round(size / seconds / 1000, 1),
            "peak_mib": round(max(result[1] for result in results), 1),
            "stage_seconds": stages}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/bin/kadesh"))
    parser.add_argument("--corpus", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--documents", type=int, default=400, help="of the corpus, from its beginning")
    parser.add_argument("--threads", type=int, nargs="*", default=sorted({1, os.cpu_count() or 1}))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()

    corpus = arguments.corpus
    if not corpus:
        shared = pathlib.Path(os.environ.get("KADESH_SHARED", ROOT / "../shared"))
        corpus = sorted((shared / "data/text/wikinews-2019-2020").glob("*.csv.gz"))
    if not corpus:
        print("skipped: no corpus; name one with --corpus")
        return SKIPPED
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        make_corpus(corpus, arguments.documents, file)
        file.flush()
        starts = [run(arguments.program, ["--version"]) for _ in range(5)]
        table = {"processor": processor(), "start_seconds": round(statistics.median(s[0] for s in starts), 3),
                 "runs": [measure(arguments.program, file.name, threads, arguments.runs)
                          for threads in arguments.threads]}
    if arguments.json:
        print(json.dumps(table, indent=1))
        return 0
    print(f"{table['processor']}; start {1000 * table['start_seconds']:.0f} ms; "
          f"{table['runs'][0]['documents']} documents; median of {arguments.runs}")
    print("threads  documents/s  sentences/s  words/s   kB/s  peak MiB  read + annotate + code + write, s")
    for line in table["runs"]:
        stages = " + ".join(f"{line['stage_seconds'][name]:.2f}" for name in ("read", "annotate", "code", "write"))
        print(f"{line['threads']:7}  {line['documents_a_second']:11}  {line['sentences_a_second']:11}  "
              f"{line['words_a_second']:7}  {line['kilobytes_a_second']:5}  {line['peak_mib']:8}  {stages}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
