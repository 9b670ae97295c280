#!/usr/bin/env python3
"""Makes data/places/not_places.tsv: names that are also ordinary words of English, or given names.

usage: make_not_places.py DATA_DIR CONLLU...

A word counts as ordinary when it stands in lower case, and not as a proper noun, in the given treebanks (plain or gzip);
as a function word when nearly all its tokens have a closed word class; as a given name when several people of
DATA_DIR/offices/people.tsv bear it. DATA_DIR/places/kept_places.txt overrides: name, least population, class.
"""

import collections
import csv
import gzip
import sys
import unicodedata
from pathlib import Path

LEAST_COUNT = 2
CLOSED = {"ADP", "DET", "PRON", "SCONJ", "CCONJ", "AUX", "PART"}
LEAST_BEARERS = 3
GIVEN_NAME_POPULATION = 200_000  # from which a city called like a given name is heard of


def folded(name):
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in decomposed if c.isalnum())


def treebank_words(paths):
    """Ordinary words, and those of them that are function words."""
    count, closed = collections.Counter(), collections.Counter()
    for path in paths:
        opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
        with opened as file:
            for line in file:
                fields = line.split("\t")
                if len(fields) == 10 and fields[0].isdigit() and fields[3] not in ("PROPN", "X", "PUNCT", "NUM"):
                    for word in {fields[1], fields[2]}:
                        if word.islower() and word.isalpha():
                            count[folded(word)] += 1
                            closed[folded(word)] += fields[3] in CLOSED
    words = {word for word, n in count.items() if n >= LEAST_COUNT}
    return words, {word for word in words if closed[word] >= 0.8 * count[word] and count[word] >= 5}


def rows(path):
    if path.exists():
        with open(path, encoding="utf-8") as file:
            lines = (line for line in file if not line.startswith("#"))
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def names_in_tables(data):
    """Single words that are names of places or people, and acronyms that could be words."""
    for table in ("places/cities.tsv", "places/regions.tsv"):
        for row in rows(data / table):
            for name in [row["name"], *row["aliases"].split("|")]:
                if name and " " not in name:
                    yield folded(name)
    for table in ("organisations/organisations.tsv", "organisations/groups.tsv"):
        for row in rows(data / table):
            for name in [*row["acronyms"].split("|"), *row["aliases"].split("|")]:
                if " " not in name:
                    yield folded(name)
    for row in rows(data / "countries/countries.tsv"):
        for name in row["aliases"].split("|"):
            if name.isupper():
                yield folded(name)
    for row in rows(data / "offices/people.tsv"):
        for name in [*row["name"].split(), *row["aliases"].split("|")]:
            yield folded(name)


def given_names(data):
    bearers = collections.Counter(folded(row["name"].split()[0]) for row in rows(data / "offices/people.tsv"))
    return {name for name, n in bearers.items() if n >= LEAST_BEARERS and len(name) > 1}


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    data = Path(sys.argv[1])
    words, function_words = treebank_words(sys.argv[2:])
    names = set(names_in_tables(data))
    cities = {folded(row["name"]) for row in rows(data / "places/cities.tsv")}
    table = {name: ("", "") for name in names & words}
    table |= {name: ("", "function") for name in names & function_words}
    for name in (given_names(data) & cities) - set(table):
        table[name] = (str(GIVEN_NAME_POPULATION), "given")
    for line in (data / "places/kept_places.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, population, kind = line.split("\t")
            table[name] = (population, kind)
    with open(data / "places/not_places.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by tools/data/make_not_places.py. Names that are ordinary words or given names too: no city or province is\n")
        out.write("# called so below least_population (empty: none is), and in text that is all capitals they are no names at all.\n")
        out.write("# Words of class function are never names but as acronyms; those of class given are only given names.\n")
        out.write("name\tleast_population\tclass\n")
        for name, (population, kind) in sorted(table.items()):
            if name and population != "0":
                out.write(f"{name}\t{population}\t{kind}\n")


if __name__ == "__main__":
    main()
