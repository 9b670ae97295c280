#!/usr/bin/env python3
"""Fits data/places/weights.tsv: which place a name means, from half of the documents of the news collections.

usage: fit_places.py [--program build/dev/bin/kadesh] [--shared ../shared] [--write]

Each marked name is a choice among the program's candidates; the weights are those under which the right ones (the place
itself, or within 161 km of it; of places that are in no table, the state) are likeliest, with a little pull towards zero. The other half is never read here: it is what
tools/eval_world.py reports. Without --write it only prints. Needs numpy. Since what one name says of others depends on the
weights, run it twice or three times, compiling the pack in between.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import geo_news
import numpy

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "data/places/weights.tsv"
PULL = 0.3


def questions(texts):
    for text in texts:
        spans = [[name.start, name.end] for name in text.names]
        yield json.dumps({"id": text.id, "text": text.text, "spans": spans}, ensure_ascii=False) + "\n"


def ask(program, texts, *flags):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(questions(texts))
        file.flush()
        run = subprocess.run([program, "places", "--spans", "--quiet", *flags, file.name], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{program} places: exit {run.returncode}: {run.stderr[-500:]}")
    return [json.loads(line)["places"] for line in run.stdout.splitlines()]


def choices(program, texts, features):
    """For each name with a right and a wrong candidate: the candidates' features, which are right, and its weight."""
    each = {}
    for text, answers in zip(texts, ask(program, texts, "--candidates")):
        for name, answer in zip(text.names, answers):
            right = numpy.array([name.is_met(c) for c in answer["candidates"]])
            if not right.any():  # not in the tables: the answer is its state
                right = numpy.array(["name" not in c and c.get("country") == name.country for c in answer["candidates"]])
            if right.any() and not right.all():
                rows = numpy.array([[c["features"].get(f, 0.0) for f in features] for c in answer["candidates"]])
                each.setdefault(text.collection, []).append((rows, right))
    return [(rows, right, 500 / len(found)) for found in each.values() for rows, right in found]


def slope(weights, data):
    """How well the weights do, and which way they should change."""
    good, change = 0.0, numpy.zeros_like(weights)
    for rows, right, share in data:
        scores = rows @ weights
        odds = numpy.exp(scores - scores.max())
        odds /= odds.sum()
        met = odds * right
        total = max(met.sum(), 1e-12)
        good += share * numpy.log(total)
        change += share * ((met / total - odds) @ rows)
    return good - PULL * (weights**2).sum(), change - 2 * PULL * weights


def fit(weights, data, steps=400):
    """Steps along the slope, each weight at its own pace."""
    first, second = numpy.zeros_like(weights), numpy.zeros_like(weights)
    for step in range(1, steps + 1):
        _, change = slope(weights, data)
        first = 0.9 * first + 0.1 * change
        second = 0.99 * second + 0.01 * change**2
        weights = weights + 0.1 * (first / (1 - 0.9**step)) / (numpy.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=ROOT / "build/dev/bin/kadesh")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    features = [row[0] for row in table]
    texts = [text for text in geo_news.load(args.shared)[0] if text.fitted]
    data = choices(args.program, texts, features)
    weights = numpy.array([float(row[1]) for row in table])
    before, _ = slope(weights, data)
    weights = fit(weights, data)
    after, _ = slope(weights, data)
    print(f"{len(data)} names; fit {before:.1f} before, {after:.1f} after", file=sys.stderr)
    head = [line for line in lines if line.startswith("#")] + ["feature\tweight\tnote"]
    out = "\n".join(head + [f"{f}\t{w:.2f}\t{row[2]}" for f, w, row in zip(features, weights, table)]) + "\n"
    print(out, end="")
    if args.write:
        WEIGHTS.write_text(out, encoding="utf-8")


if __name__ == "__main__":
    main()
