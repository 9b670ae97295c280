"""Scores the coding of marked pairs by 5-fold cross-validation, the program answering with models that never saw the
pair's story, and prints the reference figures beside.

usage: eval_coding.py [--build build/release] [--vectors training/build/word_vectors.npz] [--seed N] [--errors FILE]

Needs the shared data folder (KADESH_SHARED), numpy and PyTorch. Exit status 77 where they are not there.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training/coding"))
try:
    import numpy as np
    import pairs as table
    import torch
    import train
except ImportError as problem:
    print(f"eval_coding: {problem}", file=sys.stderr)
    sys.exit(77)

# Published or measured elsewhere, macro-F1: PLV root, PLV quad, A/W binary. Held-out test parts, not these folds.
ANCHORS = (
    ("UniversalPetrarch (dictionary)", 46.3, 51.8, 67.2),
    ("GPT-4, codebook summary", 61.5, 76.7, 87.0),
    ("Gemma2-9B, enriched codebook", 71.4, 86.8, None),
    ("ZSP Tree (roberta-large-mnli)", 82.4, 89.6, 88.0),
    ("ConfliBERT fine-tuned", 86.7, 96.3, 89.3),
)


def ask(build, pairs, rows, folder, *options):
    """The program's answers to these pairs."""
    questions = Path(folder) / "questions.jsonl"
    table.write_questions([pairs[i] for i in rows], questions)
    command = [build / "bin/kadesh", "classify", "-q", "--threads", "1", *options, questions]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return {int(i): json.loads(line) for i, line in zip(rows, lines)}


def answers(build, pairs, fold, models, words, folder):
    """Each fold's pairs answered with its model, calibrated on the other folds."""
    probabilities = np.zeros((len(pairs), len(table.LABELS)))
    for f, model in enumerate(models):
        rows = np.where(fold == f)[0]
        probabilities[rows] = model.probabilities(rows)
    given = {}
    for f, model in enumerate(models):
        curve = train.curve_of(*train.leading(pairs, probabilities, np.where(fold != f)[0]))
        path = Path(folder) / f"fold{f}.kdm"
        model.write(path, words, curve, {"kind": "pair classifier"})
        rows = [i for i in np.where(fold == f)[0] if pairs[i]["set"] != "cameo"]
        given |= ask(build, pairs, rows, folder, "--event-model", path)
    return given


def label(answer):
    event = (answer.get("event") or ["ACCUSE"])[0]  # only the rules alone may have no answer; some label must stand
    return table.CLASS_OF.get(event, event)


def score(pairs, given):
    """(root, root accuracy, quad, A/W binary) of these answers; None where the set is not among them."""
    plv = [i for i in given if pairs[i]["set"] == "plv"]
    aw = [i for i in given if pairs[i]["set"] == "aw"]
    out = [None] * 4
    if plv:
        gold, said = [pairs[i]["labels"][0] for i in plv], [label(given[i]) for i in plv]
        out[0] = table.macro_f1(gold, said)
        out[1] = 100 * sum(map(str.__eq__, gold, said)) / len(plv)
        out[2] = table.macro_f1([pairs[i]["quad"] for i in plv], [given[i].get("quad_code", 3) for i in plv])
    if aw:
        said = [given[i].get("quad_code", 3) > 2 for i in aw]
        out[3] = table.macro_f1([str(pairs[i]["conflict"]) for i in aw], [str(s) for s in said])
    return out


def show(name, figures):
    cells = [f"{x:9.1f}" if x is not None else f"{'–':>9}" for x in figures]
    print(f"{name:<44}" + "".join(cells), flush=True)


def tell_calibration(pairs, given):
    plv = [i for i in given if pairs[i]["set"] == "plv"]
    right = [label(given[i]) in pairs[i]["labels"] for i in plv]
    error, rows = table.calibration_error([given[i]["confidence"] for i in plv], right)
    print(f"\ncalibration error {error:.3f}\n{'confidence from':>16}{'pairs':>7}{'mean':>7}{'right':>7}")
    for least, number, mean, share in rows:
        print(f"{least:>16.1f}{number:>7}{mean:>7.2f}{share:>7.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build/release")
    parser.add_argument("--vectors", type=Path, default=ROOT / "training/build/word_vectors.npz")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=Path, help="writes the wrong answers there, one JSON object a line")
    args = parser.parse_args()
    if not (table.SHARED / "data").is_dir():
        print("eval_coding: no shared data here", file=sys.stderr)
        sys.exit(77)
    torch.set_num_threads(1)
    words = train.Words(args.vectors)
    plv = list(table.read_plv())
    plv += table.read_cameo([p["text"] for p in plv])
    both = plv + list(table.read_aw())
    with tempfile.TemporaryDirectory() as folder:
        seen = table.dump(both, args.build, folder)
        fold, fold_both = table.folds(plv, seed=args.seed), table.folds(both, seed=args.seed)
        asked = [i for i, p in enumerate(both) if p["set"] != "cameo"]

        print(f"{'macro-F1, 5-fold (reference: test parts)':<44}{'root':>9}{'(acc.)':>9}{'quad':>9}{'A/W':>9}")
        for name, root, quad, binary in ANCHORS:
            show(name, (root, None, quad, binary))
        show("rules only", score(both, ask(args.build, both, asked, folder, "--rules-only")))

        def trained(name, pairs, fold, **parts):
            models, _ = train.out_of_fold(pairs, train.Matrix(seen[: len(pairs)], words, **parts), fold)
            given = answers(args.build, pairs, fold, models, words, folder)
            show(name, score(pairs, given))
            return given

        no_rules = [g for g in train.GROUPS if g != "rules"]
        trained("classifier only", plv, fold, groups=no_rules)
        given = trained("both (as shipped)", plv, fold)
        trained("both, trained on A/W folds too", both, fold_both)
        if (args.build / "share/kadesh/events.kdm").exists():
            aw = [i for i in asked if both[i]["set"] == "aw"]
            show("shipped model on A/W, which it never saw", score(both, ask(args.build, both, aw, folder)))
        tell_calibration(plv, given)
        if args.errors:
            with args.errors.open("w", encoding="utf-8") as out:
                for i, answer in given.items():
                    if label(answer) not in plv[i]["labels"]:
                        out.write(json.dumps({"gold": plv[i]["labels"], "answer": answer, "pair": plv[i]}) + "\n")


if __name__ == "__main__":
    main()
