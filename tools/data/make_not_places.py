#!/usr/bin/env python3
"""Makes data/places/not_places.tsv: names of cities and regions that are ordinary words of English.

usage: make_not_places.py DATA_DIR CONLLU...

A word counts as ordinary when it stands in lower case, and not as a proper noun, in the given treebanks (plain or gzip).
The population from which a city of that name is one all the same is kept by hand in DATA_DIR/places/kept_places.txt.
"""

import collections
import csv
import gzip
import sys
import unicodedata
from pathlib import Path

LEAST_COUNT = 2


def folded(name):
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in decomposed if c.isalnum())


def treebank_words(paths):
    count = collections.Counter()
    for path in paths:
        opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
        with opened as file:
            for line in file:
                fields = line.split("\t")
                if len(fields) == 10 and fields[0].isdigit() and fields[3] not in ("PROPN", "X", "PUNCT", "NUM"):
                    for word in {fields[1], fields[2]}:
                        if word.islower() and word.isalpha():
                            count[folded(word)] += 1
    return {word for word, n in count.items() if n >= LEAST_COUNT}


def rows(path):
    if path.exists():
        with open(path, encoding="utf-8") as file:
            lines = (line for line in file if not line.startswith("#"))
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def names_in_tables(data):
    """Single words that are names of places, and acronyms that could be words."""
    for table in ("places/cities.tsv", "places/regions.tsv"):
        for row in rows(data / table):
            for name in [row["name"], *row["aliases"].split("|")]:
                if name and " " not in name and "-" not in name:
                    yield folded(name)
    for table in ("organisations/organisations.tsv", "organisations/groups.tsv"):
        for row in rows(data / table):
            for name in row["acronyms"].split("|"):
                yield folded(name)
    for row in rows(data / "countries/countries.tsv"):
        for name in row["aliases"].split("|"):
            if name.isupper():
                yield folded(name)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    data = Path(sys.argv[1])
    words = treebank_words(sys.argv[2:])
    least = {}
    for line in (data / "places/kept_places.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, population = line.split("\t")
            least[name] = population
    names = (set(names_in_tables(data)) & words) | set(least)
    names -= {name for name, population in least.items() if population == "0"}
    with open(data / "places/not_places.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by tools/data/make_not_places.py. Ordinary words that are also names: no city or province is called so\n")
        out.write("# below least_population (empty: none is), and in text that is all capitals they are no names at all.\n")
        out.write("name\tleast_population\n")
        for name in sorted(names - {""}):
            out.write(f"{name}\t{least.get(name, '')}\n")


if __name__ == "__main__":
    main()
