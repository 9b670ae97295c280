"""Scores a model file on the development parts, words given: tags, lemmas, trees, names.

usage: evaluate.py [../models/english.kdm] [--every N]      N: take only each N-th sentence
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

import container
import data
from reference import reference as load_reference

HERE = Path(__file__).resolve().parent
COLUMNS = ("upos", "xpos", "lemma", "UAS", "LAS", "LAS+subtype", "sentences right")


def universal(relation):
    return relation.split(":")[0]


def score_trees(reference, name, every):
    """Prints a row for the treebank and one for each genre."""
    rows = defaultdict(Counter)
    for s in data.treebank(name, "dev")[::every]:
        a = reference.analyse(s.words)
        good = [h == g for h, g in zip(a["heads"], s.heads)]
        las = [ok and universal(r) == universal(g) for ok, r, g in zip(good, a["deprels"], s.deprels)]
        full = [ok and r == g for ok, r, g in zip(good, a["deprels"], s.deprels)]
        counts = {
            "words": len(s.words),
            "sentences": 1,
            "upos": sum(x == y for x, y in zip(a["upos"], s.upos)),
            "xpos": sum(x == y for x, y in zip(a["xpos"], s.xpos)),
            "lemma": sum(x == y or y == "_" for x, y in zip(a["lemmas"], s.lemmas)),
            "UAS": sum(good),
            "LAS": sum(las),
            "LAS+subtype": sum(full),
            "sentences right": all(las),
        }
        for row in (f"{name} dev", f"  {data.genre(s)}"):
            rows[row].update(counts)
    for row, c in rows.items():
        shares = (100 * c[k] / c["sentences" if k == "sentences right" else "words"] for k in COLUMNS)
        print(f"| {row} | {c['words']} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")


def spans(tags):
    found, start = set(), None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and tag[:2] != "I-":
            found.add((start, i, tags[start][2:]))
            start = None
        if tag[:2] == "B-":
            start = i
    return found


def score_names(reference, name, sentences, kinds=("PER", "ORG", "LOC", "MISC")):
    right, guessed, true = Counter(), Counter(), Counter()
    for s in sentences:
        gold = {e for e in spans(s.ner) if e[2] in kinds}
        guess = {e for e in spans(reference.analyse(s.words)["ner"]) if e[2] in kinds}
        for counter, entities in ((right, gold & guess), (guessed, guess), (true, gold)):
            counter.update(kind for _, _, kind in entities)
    for kind in ("all", *kinds):
        r, g, t = (c.total() if kind == "all" else c[kind] for c in (right, guessed, true))
        print(f"| {name} {kind} | {t} | {100 * r / max(g, 1):.2f} | {100 * r / max(t, 1):.2f} | "
              f"{200 * r / max(g + t, 1):.2f} |")  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", default=HERE.parent / "models/english.kdm")
    parser.add_argument("--every", type=int, default=1)
    args = parser.parse_args()
    reference = load_reference(container.read(args.model))
    print("| set | words | " + " | ".join(COLUMNS) + " |\n" + "| --- " * (2 + len(COLUMNS)) + "|")
    for name in ("EWT", "GUM"):
        score_trees(reference, name, args.every)
    print("\n| names | entities | precision | recall | F1 |\n| --- | --- | --- | --- | --- |")
    score_names(reference, "en-worldwide held out", data.en_worldwide("dev")[:: args.every])
    score_names(reference, "EWT dev (UNER)", data.ewt_names()[:: args.every], ("PER", "ORG", "LOC"))


if __name__ == "__main__":
    main()
