#!/usr/bin/env python3
"""Makes data/ledger/word_weights.tsv: how much a word tells, from how few texts of news its stem stands in.

usage: make_word_weights.py [SHARED] > data/ledger/word_weights.tsv

Words and stems are those of src/ledger/signature.cpp. A text is an article of AllSides (first file) or Wikinews, or six
of Wikipedia's current events.
"""
import collections
import csv
import gzip
import json
import math
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEAST = 8  # texts that a stem must stand in
WORD = re.compile("(?:[0-9A-Za-z]|[^\x00-\x7f\u2000-\u203f])+")
ENDINGS = [("ies", 3), ("y", 4), ("ing", 4), ("ed", 3), ("es", 4)]


def function_words():
    lines = (ROOT / "data/ledger/function_words.tsv").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def stem(word):
    size = len(word.encode())
    for ending, least in ENDINGS:
        if word.endswith(ending) and size >= least + len(ending):
            return word[: -len(ending)]
    if word.endswith("s") and size >= 4 and not word.endswith("ss"):
        word, size = word[:-1], size - 1
    return word[:-1] if word.endswith("e") and size >= 5 else word


def stems(text, without):
    lower = (re.sub("[A-Z]", lambda m: m[0].lower(), word) for word in WORD.findall(text))
    return {stem(word) for word in lower if word != "s" and word not in without}


def texts(shared):
    with gzip.open(shared / "data/restricted/allsides-37k/allsides-0.jsonl.gz", "rt", encoding="utf-8") as source:
        for line in source:
            yield json.loads(line)["text"]
    for year in (2019, 2020):
        path = shared / f"data/text/wikinews-2019-2020/wikinews_{year}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8", newline="") as source:
            for row in csv.DictReader(source):
                yield row["text"]
    path = shared / "data/text/wikipedia-current-events/current_events_2025-2026.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as source:
        items = [json.loads(line)["text"] for line in source]
    for at in range(0, len(items) - len(items) % 6, 6):
        yield " ".join(items[at : at + 6])


def main():
    shared = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    without, counts, total = function_words(), collections.Counter(), 0
    for text in texts(shared):
        counts.update(stems(text, without))
        total += 1
    print("# How much a word tells, by its stem (src/ledger/signature.cpp): 100 ln((N+1)/(n+1)) / 8 for a stem in n of "
          f"N = {total} texts of\n# news, from 5 to 99. Stems in fewer than {LEAST} texts are left out: 100. Made by "
          "tools/data/make_word_weights.py.")
    print("word\tweight")
    for word, count in sorted(counts.items()):
        if count >= LEAST and word.isalnum():
            print(f"{word}\t{min(99, max(5, round(100 * math.log((total + 1) / (count + 1)) / 8)))}")


if __name__ == "__main__":
    main()
