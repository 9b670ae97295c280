"""Scores the truth status of predicates on the factuality sets: UDS-IH2, MEANTIME and UW, development parts.

usage: eval_factuality.py [--program build/release/bin/kadesh] [--part dev|train] [--wrong N]

Gold is a number from -3 (certainly not so) to 3 (certainly so), a mean of several annotators. It is cut in three equal
parts of that scale: happened (1 and above), did not happen (-1 and below), uncertain (between), so that a mean that leans to
neither side is no certainty. What a status says of the gold depends on what the annotators were asked:
- UDS-IH2 asked whether the thing has happened or is happening: what is to come has not.
- UW and MEANTIME asked what the author holds for so, or to be so: what "will" be is; what "may" be is uncertain to likely.
Two tables from statuses to classes stand side by side. `By meaning` is fixed and learned from nothing: asserted and alleged
happened; negated did not happen; future and hypothetical did not happen where the question was UDS-IH2's, elsewhere future
happened and hypothetical is uncertain. `Learned` takes for each set of statuses (`negated`, `future hypothetical`, ...) the class
that most predicates of the set's TRAIN part have to which Kadesh gives it, and as its number their mean gold, on which Pearson's r
and the mean absolute error are counted; statuses that fewer than ten have go with the negated or the other ones. The figures
are of the other part.

Tokens of the sets are put together as text and read by the program as any text; a gold predicate that it gives no status
(not a verb, noun, adjective or copula to it) counts as asserted. Exit status 77 without the shared data (KADESH_SHARED).
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from math import sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KADESH_SHARED", ROOT.parent / "shared"))
SETS = {
    "UDS-IH2": "factuality/uds-ih2/{}.jsonl.gz",
    "MEANTIME": "factuality/meantime/{}.jsonl",
    "UW": "restricted/uw-factuality-commitmentbank/UW/{}.jsonl.gz",
}
CLASSES = ("happened", "uncertain", "did not happen")
LEAST = 10  # predicates of the train part below which a set of statuses has no number of its own

BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"'}
CLOSING = {*".,:;!?%", "...", ")", "]", "''", "n't", "'s", "'", "'re", "'ve", "'ll", "'d", "'m", "’s", "n’t"}
OPENING = {"(", "[", "``", "$", "#"}


def joined(words):
    """The text of tokens, and where each stands in it."""
    text, spans, glued, quoted = "", [], True, False
    for word in words:
        shown = BRACKETS.get(word, word)
        quoted ^= word == '"'
        closes = shown.lower() in CLOSING or word.lower() in CLOSING or (word == '"' and not quoted)
        if not glued and not closes:
            text += " "
        spans.append((len(text), len(text) + len(shown)))
        text += shown
        glued = shown in OPENING or word in OPENING or (word == '"' and quoted)
    return text, spans


def class_of(number):
    return CLASSES[0] if number >= 1 else CLASSES[2] if number <= -1 else CLASSES[1]


def by_meaning(status, name):
    if "negated" in status:
        return CLASSES[2]
    if name == "UDS-IH2" and ("future" in status or "hypothetical" in status):
        return CLASSES[2]
    return CLASSES[1] if "hypothetical" in status else CLASSES[0]


def read_predicates(path, program):
    """(gold number, statuses, words around it, its word) of each gold predicate of a file."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [joined(row["text"].split(" ")) for row in rows]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as corpus:
        for number, (text, _) in enumerate(texts):
            corpus.write(json.dumps({"id": str(number), "text": text}) + "\n")
        corpus.flush()
        command = [program, "annotate", "--quiet", "--format", "status", corpus.name]
        output = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    found = {d["document"]: d["predicates"] for d in map(json.loads, output.splitlines())}
    predicates = []
    for number, (row, (text, spans)) in enumerate(zip(rows, texts)):
        for target in row["targets"]:
            first, last = target["span1"]
            start, end = spans[first][0], spans[last - 1][1]
            mine = next((p for p in found.get(str(number), []) if p["start"] < end and start < p["end"]), None)
            predicates.append((target["label"], tuple(mine["status"]) if mine else (), text, text[start:end]))
    return predicates


def learned(predicates):
    """From a train part: a function from statuses to (class, number)."""
    golds = defaultdict(list)
    for gold, status, *_ in predicates:
        for key in {status, kin(status)}:
            golds[key].append(gold)
    table = {
        status: (Counter(map(class_of, g)).most_common(1)[0][0], sum(g) / len(g))
        for status, g in golds.items()
        if len(g) >= LEAST
    }
    return lambda status: table.get(status) or table.get(kin(status)) or table[()]


def kin(status):
    """The larger group that rare statuses go with."""
    return "negated" if "negated" in status else "other" if status else ()


def pearson(xs, ys):
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - mx) * (y - my) for x, y in zip(xs, ys))
    below = sqrt(sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys))
    return above / below if below else 0.0


def macro_f1(gold, said):
    scores = []
    for c in CLASSES:
        right = sum(g == s == c for g, s in zip(gold, said))
        scores.append(2 * right / max(1, gold.count(c) + said.count(c)))
    return 100 * sum(scores) / len(scores)


def accuracy(gold, said):
    return 100 * sum(g == s for g, s in zip(gold, said)) / len(gold)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "build/release/bin/kadesh")
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--wrong", type=int, default=0, help="shows so many wrong predicates of each set")
    args = parser.parse_args()
    if not (SHARED / "data/factuality").exists():
        print("eval_factuality: no shared data here", file=sys.stderr)
        return 77
    for name, pattern in SETS.items():
        train = read_predicates(SHARED / "data" / pattern.format("train"), args.program)
        number = learned(train)
        told = train if args.part == "train" else read_predicates(SHARED / "data" / pattern.format(args.part), args.program)
        gold = [class_of(p[0]) for p in told]
        said = [number(p[1])[0] for p in told]
        meant = [by_meaning(p[1], name) for p in told]
        numbers = [number(p[1])[1] for p in told]
        most = [Counter(gold).most_common(1)[0][0]] * len(gold)
        error = sum(abs(p[0] - n) for p, n in zip(told, numbers)) / len(told)
        print(f"factuality, {name} {args.part}, {len(told)} predicates: learned: accuracy {accuracy(gold, said):.1f}, "
              f"macro-F1 {macro_f1(gold, said):.1f}, r {pearson([p[0] for p in told], numbers):.2f}, "
              f"mean absolute error {error:.2f}; by meaning: {accuracy(gold, meant):.1f}, {macro_f1(gold, meant):.1f}; "
              f"all {most[0]}: {accuracy(gold, most):.1f}, {macro_f1(gold, most):.1f}")  # fmt: skip
        counts = Counter(p[1] for p in told)
        print("  " + ", ".join(f"{' '.join(s) or 'asserted'} {number(s)[0]} {number(s)[1]:.1f} ({n})" for s, n in counts.most_common(9)))
        wrong = [(g, p) for g, s, p in zip(gold, said, told) if g != s]
        for g, (value, status, text, word) in wrong[:: max(1, len(wrong) // max(1, args.wrong))][: args.wrong]:
            print(f"    {g} ({value:.1f}), not {' '.join(status) or 'asserted'}: {word} | {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
