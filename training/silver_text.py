"""Chooses unlabelled news for the teacher to label: build/silver.jsonl, shuffled, one document a line.

usage: silver_text.py [--words 5000000] [--seed 1]

Each source gives a fixed share; a source that has less gives all. Held-out documents of name corpora are not among them.
"""

import argparse
import csv
import html
import json
import random
import re
import tarfile
from pathlib import Path

import data

BUILD = Path(__file__).resolve().parent / "build"
LONGEST = 1200  # words of one document: enough of it, and more documents for the rest


def wikinews():
    csv.field_size_limit(1 << 30)
    for path in sorted((data.DATA / "text/wikinews-2019-2020").glob("*.csv.gz")):
        with data.open_text(path) as lines:
            for row in csv.DictReader(lines):
                yield row["title"] + ".\n\n" + row["text"]


def json_lines(pattern):
    for path in sorted(data.DATA.glob(pattern)):
        with data.open_text(path) as lines:
            for line in lines:
                fields = json.loads(line)
                yield (fields.get("title") or "") + "\n\n" + (fields["text"] or "")


def newswire():
    """AFP, AP, Xinhua and others, with the markup of times and events taken off."""
    with tarfile.open(data.DATA / "restricted/tempeval3/TE3-Silver-data.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if member.name.endswith(".tml"):
                page = archive.extractfile(member).read().decode("utf-8", "replace")
                title = re.search(r"<TITLE>(.*?)</TITLE>", page, re.S)
                body = re.search(r"<TEXT>(.*?)</TEXT>", page, re.S)
                if body:
                    text = (title[1].strip() + "\n\n" if title else "") + body[1]
                    yield html.unescape(re.sub(r"<[^>]+>", "", text))


def reuters():
    with tarfile.open(data.DATA / "restricted/reuters21578/reuters21578.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if member.name.endswith(".sgm"):
                page = archive.extractfile(member).read().decode("latin-1")
                for body in re.findall(r"<BODY>(.*?)</BODY>", page, re.S):
                    yield html.unescape(body).replace("\x03", "").replace(" Reuter\n", "\n")


SOURCES = (
    (0.10, wikinews),
    (0.10, lambda: json_lines("text/wikipedia-current-events/*.jsonl.gz")),
    (0.35, newswire),
    (0.10, reuters),
    (0.60, lambda: json_lines("restricted/allsides-37k/*.jsonl.gz")),
)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=5_000_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    chosen = []
    for share, source in SOURCES:
        texts = list(source())
        rng.shuffle(texts)
        room, taken = share * args.words, 0
        for text in texts:
            words = text.split(" ")
            if len(words) < 12 or taken >= room:
                continue
            chosen.append(" ".join(words[:LONGEST]))
            taken += min(len(words), LONGEST)
        print(f"{taken} words of {room:.0f} asked")
    rng.shuffle(chosen)
    with open(BUILD / "silver.jsonl", "w", encoding="utf-8") as out:
        for number, text in enumerate(chosen):
            out.write(json.dumps({"id": f"silver-{number}", "text": text}, ensure_ascii=False) + "\n")
    print(f"{len(chosen)} documents")


if __name__ == "__main__":
    main()
