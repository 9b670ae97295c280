#!/usr/bin/env python3
"""Makes the model's section `coref.words` from data/names: lines of a word and its kind.

usage: coreference_words.py OUT
"""

import csv
import sys
from pathlib import Path

NAMES = Path(__file__).resolve().parent.parent / "data/names"
GENDERS = {"m": "man", "f": "woman", "": "person"}


def rows(path):
    with open(path, encoding="utf-8") as lines:
        yield from csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = [(row["name"], {"m": "man-name", "f": "woman-name"}.get(row["gender"], "either-name"))
           for row in rows(NAMES / "given_names.tsv")]  # fmt: skip
    for row in rows(NAMES / "nouns.tsv"):
        out.append((row["noun"], GENDERS[row["gender"] or ""] if row["kind"] == "person" else row["kind"]))
    Path(sys.argv[1]).write_text("".join(f"{word}\t{kind}\n" for word, kind in sorted(out)), encoding="utf-8")


if __name__ == "__main__":
    main()
