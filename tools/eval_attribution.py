"""Scores attributions against the development part of PolNeAR (source, cue, content).

usage: eval_attribution.py [--program build/release/bin/kadesh] [--part dev] [--agreement] [--missed N]

Exact F1: a found source (cue, content) counts when its spans are those of a gold one of the same article, character
for character, each once; a content in several pieces must have all of them; pieces with only white space between them
are one. "at the edges" leaves out marks and white space at both ends of every piece. Overlap F1 counts characters that
both call a source (cue, content), white space left out. PolNeAR marks no attribution within the content of another, so
found ones with a depth above 0 are left out; of articles with several annotators the first by name is the gold.
--agreement scores these annotators against one another in the same way, each as gold for each. Exit status 77 without
the shared data (KADESH_SHARED).
"""

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training/coding"))

import polnear  # noqa: E402

ROLES = ("source", "cue", "content")


def bare(spans, text):
    """Spans without marks and white space at their edges."""
    out = []
    for start, end in spans:
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not text[end - 1].isalnum():
            end -= 1
        out += [(start, end)] if start < end else []
    return tuple(out)


class Tally:
    def __init__(self):
        self.right, self.found, self.gold = Counter(), Counter(), Counter()

    def add(self, key, found, gold):
        self.right[key] += (found & gold).total()
        self.found[key] += found.total()
        self.gold[key] += gold.total()

    def f1(self, key):
        return 200 * self.right[key] / max(1, self.found[key] + self.gold[key])

    def precision(self, key):
        return 100 * self.right[key] / max(1, self.found[key])

    def recall(self, key):
        return 100 * self.right[key] / max(1, self.gold[key])


def compare(tally, text, found, gold):
    """Adds what two lists of attributions of one article have in common."""
    for role in ROLES:
        mine, theirs = ([a[role] for a in side if a[role]] for side in (found, gold))
        tally.add((role, "exact"), Counter(mine), Counter(theirs))
        tally.add((role, "edges"), *(Counter(bare(spans, text) for spans in side) for side in (mine, theirs)))
        letters = [
            Counter({i for spans in side for start, end in spans for i in range(start, end) if not text[i].isspace()})
            for side in (mine, theirs)
        ]
        tally.add((role, "overlap"), *letters)


def show(title, tally):
    print(title)
    for role in ROLES:
        key = (role, "exact")
        print(f"  {role:<8}exact F1 {tally.f1(key):5.1f} (P {tally.precision(key):.1f}, R {tally.recall(key):.1f}), "
              f"at the edges {tally.f1((role, 'edges')):.1f}, overlap {tally.f1((role, 'overlap')):.1f}")  # fmt: skip


def agreement(part):
    tally, number = Tally(), 0
    for _, text, annotations in polnear.articles(part):
        number += len(annotations) > 1
        for mine, theirs in itertools.permutations(annotations.values(), 2):
            compare(tally, text, mine, theirs)
    show(f"annotators against one another, {part}, {number} articles with several", tally)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "build/release/bin/kadesh")
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--agreement", action="store_true")
    parser.add_argument("--missed", type=int, default=0, help="shows so many contents of each kind of error")
    args = parser.parse_args()
    if not polnear.ARCHIVE.exists():
        print("eval_attribution: no shared data here", file=sys.stderr)
        return 77
    if args.agreement:
        agreement("train")
        agreement("dev")
        return 0
    articles = list(polnear.articles(args.part))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as corpus:
        for name, text, _ in articles:
            corpus.write(json.dumps({"id": name, "text": text}) + "\n")
        corpus.flush()
        command = [args.program, "annotate", "--quiet", "--format", "attributions", corpus.name]
        lines = subprocess.run(command, check=True, capture_output=True).stdout.splitlines()
    spans = lambda pieces, text: polnear.merged([(p["start"], p["end"]) for p in pieces], text)
    found = {row["document"]: row["attributions"] for row in map(json.loads, lines)}
    tally, wanted, errors = Tally(), 0, []
    for name, text, annotations in articles:
        gold = next(iter(annotations.values()))
        wanted += len(gold)
        mine = [
            {
                "source": spans([a["source"]] if "source" in a else [], text),
                "cue": spans([a["cue"]], text),
                "content": spans(a["content"], text),
            }
            for a in found.get(name, [])
            if a["depth"] == 0
        ]
        compare(tally, text, mine, gold)
        said = lambda a: " … ".join(text[start:end] for start, end in a["content"])
        contents = {a["content"] for a in gold}
        for a in mine:
            if a["content"] in contents:
                continue
            near = [g for g in gold if g["cue"] and g["cue"][0][0] < a["cue"][0][1] and a["cue"][0][0] < g["cue"][0][1]]
            kind = "wrong" if near else "spurious"
            errors.append((kind, text[a["cue"][0][0] : a["cue"][0][1]], said(a), said(near[0]) if near else ""))
        cues = [a["cue"][0] for a in mine]
        for g in gold:
            if g["cue"] and not any(c[0] < g["cue"][0][1] and g["cue"][0][0] < c[1] for c in cues):
                errors.append(("missed", text[g["cue"][0][0] : g["cue"][0][1]], said(g), ""))
    show(f"attributions, PolNeAR {args.part}, {len(articles)} articles, {wanted} attributions", tally)
    for kind in ("missed", "spurious", "wrong") if args.missed else ():
        listed = [e for e in errors if e[0] == kind]
        print(f"{kind}: {len(listed)}")
        for _, cue, mine, gold in listed[:: max(1, len(listed) // args.missed)]:
            print(f"  [{cue}] {mine}" + (f"\n      gold: {gold}" if gold else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
