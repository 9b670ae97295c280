#!/usr/bin/env python3
"""Makes data/names/given_names.tsv and data/names/nouns.tsv: what pronoun a name or noun can take.

usage: make_coreference_words.py --census FOLDER --wordnet FOLDER [--shared ../shared] [--data data]

Given names: the US census of 1990 as in the PyPI package `names` 0.3.0 (FOLDER holds dist.male.first and
dist.female.first), and members of parliaments with their gender (shared data/knowledge). A name has a gender when
nine in ten of its bearers do. Nouns: WordNet's first sense of a noun (FOLDER holds index.noun and data.noun) names a
person, a group, a place, a time or an animal; men and women are what WordNet puts below "male person" and "female
person". Only nouns that the treebanks and news texts use are kept. data/names/nouns_by_hand.tsv overrides.
"""

import argparse
import collections
import csv
import gzip
import re
import unicodedata
from pathlib import Path

KINDS = {"05": "animal", "14": "group", "15": "place", "18": "person", "28": "time"}
WOMAN, MAN = "09619168", "09624168"  # WordNet 3.0: female person, male person
SURE = 0.9
LEAST_BEARERS = 2
LEAST_COUNT = 2


def plain(name):
    """Lower case without accents, as Kadesh looks names up."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))


def given_names(census, shared):
    bearers = collections.defaultdict(lambda: [0.0, 0.0])
    for column, file in enumerate(("dist.male.first", "dist.female.first")):
        for line in (census / file).read_text(encoding="utf-8").splitlines():
            name, percent, *_ = line.split()
            bearers[name.lower()][column] += 1000 * float(percent) + 1
    with gzip.open(shared / "data/knowledge/everypolitician-2015/politicians.tsv.gz", "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            gender = row["gender"].strip().lower()[:1]
            column = {"m": 0, "h": 0, "f": 1}.get(gender)
            words = [plain(w) for w in row["name"].replace(",", " ").split()]
            words = [w for w in words if w not in {"mr", "mrs", "ms", "dr", "hon", "sir", "prof"}]
            if column is None or len(words) < 2 or not re.fullmatch(r"[a-z'-]{2,}", words[0]):
                continue
            bearers[words[0]][column] += 1
    out = {}
    for name, (men, women) in bearers.items():
        if men + women >= LEAST_BEARERS:
            out[name] = "m" if men >= SURE * (men + women) else "f" if women >= SURE * (men + women) else "both"
    return out


def used_nouns(shared):
    counts = collections.Counter()
    for corpus in ("EWT", "GUM"):
        for path in (shared / "data/ud" / corpus).glob("*-train.conllu.gz"):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    cells = line.split("\t")
                    if len(cells) == 10 and cells[3] == "NOUN":
                        counts[cells[2].lower()] += LEAST_COUNT
    for path in sorted((shared / "data/text").glob("*/*.gz")):
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
            for line in lines:
                counts.update(re.findall(r"[a-z][a-z-]+", line))
    return {word for word, count in counts.items() if count >= LEAST_COUNT}


def nouns(wordnet, shared):
    kind, parents = {}, collections.defaultdict(list)
    for line in (wordnet / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        cells = line.split("|")[0].split()
        kind[cells[0]] = KINDS.get(cells[1])
        parents[cells[0]] = [cells[i + 1] for i, c in enumerate(cells[:-1]) if c in ("@", "@i")]

    def ancestors(synset):
        found, todo = set(), [synset]
        while todo:
            for parent in parents[todo.pop()]:
                if parent not in found:
                    found.add(parent)
                    todo.append(parent)
        return found

    used = used_nouns(shared)
    out = {}
    for line in (wordnet / "index.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        cells = line.split()
        lemma, synset = cells[0], cells[-int(cells[2])]
        if lemma not in used or not re.fullmatch(r"[a-z-]+", lemma) or kind[synset] is None:
            continue
        above = ancestors(synset) | {synset}
        gender = "m" if MAN in above and WOMAN not in above else "f" if WOMAN in above and MAN not in above else ""
        out[lemma] = (kind[synset], gender if kind[synset] == "person" else "")
    return out


def write(path, head, comment, rows):
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"# {comment}\n" + "\t".join(head) + "\n")
        for row in rows:
            out.write("\t".join(row) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--census", type=Path, required=True)
    parser.add_argument("--wordnet", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--data", type=Path, default=Path("data"))
    args = parser.parse_args()
    folder = args.data / "names"
    made = "Made by tools/data/make_coreference_words.py; do not edit."
    names = given_names(args.census, args.shared)
    write(folder / "given_names.tsv", ("name", "gender"), made, sorted(names.items()))
    table = nouns(args.wordnet, args.shared)
    with open(folder / "nouns_by_hand.tsv", encoding="utf-8") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        for row in rows:
            table[row["noun"]] = (row["kind"], row["gender"] or "")
    write(folder / "nouns.tsv", ("noun", "kind", "gender"), made,
          sorted((noun, *value) for noun, value in table.items() if value[0] != "thing"))  # fmt: skip
    print(f"{len(names)} given names, {len(table)} nouns")


if __name__ == "__main__":
    main()
