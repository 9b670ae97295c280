#!/usr/bin/env python3
"""Scores kadesh on the golden items (or the founding document) with the shared scorer, score_events.py.

usage: score_golden.py [--program PATH] [--shared DIR] [--seed] [--min-f1 X] [--verbose] [--calibration] [NAME...]

The program runs once over all items; the scorer runs on each item's records and its counts are added up: the totals are
those of one large document. Each part (the first letter of the names: a to f) is printed, then all of them. NAMEs, or
beginnings of names, choose items. --verbose leaves out the items of a held-out part, whose errors nobody should read.
--calibration tells how far confidence is from the share of right records (a record is right when, alone, it is found; one
that only an optional event allows does not count).

Needs the program (--program or KADESH_PROGRAM) and the shared folder (--shared or KADESH_SHARED, else ../shared); without
that it exits with 77.
"""
import argparse
import collections
import contextlib
import io
import json
import os
import pathlib
import re
import runpy
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SKIPPED = 77
HELD_OUT = {"c", "e"}  # parts whose errors are not listed: tests/golden/README.md


class Score:
    """Counts of found, missed and spurious events and of right attributes."""

    def __init__(self):
        self.found = self.missed = self.spurious = 0
        self.attributes = collections.defaultdict(lambda: [0, 0])

    def add(self, output):
        """Adds what score_events.py printed for one item."""
        counts = re.search(r"\((\d+) found, (\d+) missed, (\d+) spurious\)", output)
        self.found, self.missed, self.spurious = (
            have + int(more) for have, more in zip((self.found, self.missed, self.spurious), counts.groups()))
        for name, right, of in re.findall(r"^  (\w+)\t[\d.]+\t\((\d+)/(\d+)\)$", output, re.M):
            self.attributes[name][0] += int(right)
            self.attributes[name][1] += int(of)

    @property
    def precision(self):
        return 100 * self.found / max(1, self.found + self.spurious)

    @property
    def recall(self):
        return 100 * self.found / max(1, self.found + self.missed)

    @property
    def f1(self):
        return 200 * self.found / max(1, 2 * self.found + self.missed + self.spurious)

    def line(self):
        return (f"P {self.precision:5.1f}  R {self.recall:5.1f}  F1 {self.f1:5.1f}   "
                f"{self.found} found, {self.missed} missed, {self.spurious} spurious")

    def attribute_line(self):
        return "  ".join(f"{name} {100 * right / of:.1f} ({right}/{of})"
                         for name, (right, of) in sorted(self.attributes.items()))


def golden_items(names):
    folder = ROOT / "tests/golden"
    for gold in sorted(folder.glob("*.json")):
        if not names or any(gold.stem.startswith(name) for name in names):
            yield gold, gold.with_suffix(".txt")


def run_program(program, items):
    """One run over all items; the records of each, as lines."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = pathlib.Path(folder, "items.jsonl")
        with corpus.open("w", encoding="utf-8") as out:
            for gold, text in items:
                date = json.loads(gold.read_text(encoding="utf-8"))["document_date"]
                # Read as bytes: the gold's offsets count every character, line ends too.
                content = text.read_bytes().decode("utf-8")
                out.write(json.dumps({"id": gold.stem, "date": date, "text": content}) + "\n")
        run = subprocess.run([program, "code", "--quiet", str(corpus)], capture_output=True, check=False)
    if run.returncode != 0:
        sys.exit(f"kadesh ended with {run.returncode}: {run.stderr.decode(errors='replace')}")
    records = {gold.stem: [] for gold, _ in items}
    for line in run.stdout.decode("utf-8").splitlines():
        records[json.loads(line)["text_info"]["document"]].append(line)
    return records


def run_scorer(scorer, arguments):
    """What the scorer prints; within this process, since starting one for each item would take longer than the work."""
    output, before = io.StringIO(), sys.argv
    sys.argv = [str(scorer), *arguments]
    try:
        with contextlib.redirect_stdout(output):
            runpy.run_path(str(scorer), run_name="__main__")
    finally:
        sys.argv = before
    return output.getvalue()


def score_items(scorer, items, records, verbose):
    """Scores by part (the first letter of the name) and in all."""
    total, parts = Score(), collections.defaultdict(Score)
    for gold, _ in items:
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
            predicted.write("".join(line + "\n" for line in records[gold.stem]))
            predicted.flush()
            output = run_scorer(scorer, [str(gold), predicted.name] + ["--verbose"] * verbose)
        total.add(output)
        parts[gold.stem[0]].add(output)
        if verbose and gold.stem[0] not in HELD_OUT:
            item = Score()
            item.add(output)
            print(f"{gold.stem:<28} {item.line()}")
            print("".join(f"    {line}\n" for line in output.splitlines()
                          if line.startswith(("missed", "partial", "spurious"))), end="")
    return total, parts


def tell_calibration(scorer, items, records):
    """Expected calibration error over ten bins, of the parts for development and of the held-out ones."""
    for held_out in (False, True):
        bins = [[0, 0.0, 0] for _ in range(10)]  # records, sum of confidence, right ones
        for gold, _ in items:
            for line in records[gold.stem] if (gold.stem[0] in HELD_OUT) == held_out else ():
                with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
                    predicted.write(line + "\n")
                    predicted.flush()
                    score = Score()
                    score.add(run_scorer(scorer, [str(gold), predicted.name]))
                if score.found or score.spurious:
                    confidence = json.loads(line)["confidence"]
                    one = bins[min(9, int(10 * confidence))]
                    one[0], one[1], one[2] = one[0] + 1, one[1] + confidence, one[2] + score.found
        count = sum(one[0] for one in bins)
        if count == 0:
            continue
        error = sum(abs(one[1] - one[2]) for one in bins) / count
        shown = "  ".join(f"{k / 10:.1f}: {one[2] / one[0]:.2f} of {one[0]}" for k, one in enumerate(bins) if one[0])
        print(f"calibration  {'held out' if held_out else 'development'}: error {error:.3f} over {count} records; "
              f"right from {shown}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.environ.get("KADESH_PROGRAM", str(ROOT / "build/release/bin/kadesh")))
    parser.add_argument("--shared", type=pathlib.Path, default=os.environ.get("KADESH_SHARED", str(ROOT / "../shared")))
    parser.add_argument("--seed", action="store_true", help="the founding document instead of the golden items")
    parser.add_argument("--min-f1", type=float, default=0.0, help="fail below it")
    parser.add_argument("--verbose", action="store_true", help="each item that is not held out, and what was missed, wrong or spurious")
    parser.add_argument("--calibration", action="store_true", help="how far confidence is from the share of right records")
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_args()

    scorer = arguments.shared / "score/score_events.py"
    if not scorer.exists():
        print(f"skipped: no scorer at {scorer}")
        return SKIPPED
    if arguments.seed:
        items = [(arguments.shared / "seed/gold.json", arguments.shared / "seed/article.txt")]
    else:
        items = list(golden_items(arguments.names))
    if not items:
        sys.exit("no such item")
    records = run_program(arguments.program, items)
    total, parts = score_items(scorer, items, records, arguments.verbose)
    if len(parts) > 1:
        for name, score in sorted(parts.items()):
            held_out = "   (held out)" if name in HELD_OUT else ""
            print(f"items {name:<6} {score.line()}{held_out}")
            print(f"  attributes {score.attribute_line()}")
    print(f"{'seed' if arguments.seed else 'total':<12} {total.line()}")
    print(f"attributes   {total.attribute_line()}")
    if arguments.calibration:
        tell_calibration(scorer, items, records)
    if total.f1 < arguments.min_f1:
        print(f"F1 {total.f1:.1f} is below {arguments.min_f1}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
