#!/usr/bin/env python3
"""Fits the weights of src/ledger/likeness.cpp: logistic regression on what `kadesh-ledger-evidence` prints.

usage: fit_ledger.py WEIGHT:EVIDENCE.tsv... [--ridge 1]

Evidence comes from `eval_ledger.py --keep FOLDER --dump-pairs PAIRS.tsv` and `kadesh-ledger-evidence LEDGER < PAIRS.tsv`;
WEIGHT is that of each pair of the file. Leave the held-out topics and stories out of it first. A sign whose weight comes out
against its sense (same name: less likely) is given none, the worst first. Printed: thousandths of the logarithm of the
odds, by unit of each sign, in the order of the enum; the constant is 250 above what was fitted, what a link asks for.
"""
import argparse
import pathlib
import re
import sys

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[1]
AGAINST = {"OtherMode", "OtherCode", "OtherName", "OtherPlace", "OtherNumber", "NextDay", "Later", "SameDocument"}
FREE = {"Constant", "DocumentsVeryAlike"}
NEVER = {"SameDay", "NoDay"}  # the others say it
LESS = 0.25


def signs():
    text = (ROOT / "src/ledger/likeness.hpp").read_text(encoding="utf-8")
    body = re.search(r"enum class Sign[^{]*\{(.*?)\};", text, re.S)[1]
    return re.findall(r"^\s*(\w+)", re.sub(r"///.*", "", body), re.M)


def fitted(x, y, weights, ridge):
    beta = numpy.zeros(x.shape[1])
    penalty = ridge * numpy.eye(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + numpy.exp(-numpy.clip(x @ beta, -30, 30)))
        step = numpy.linalg.solve((x.T * (weights * p * (1 - p))) @ x + penalty,
                                  x.T @ (weights * (p - y)) + penalty @ beta)
        beta -= step
        if abs(step).max() < 1e-6:
            break
    return beta


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--ridge", type=float, default=1.0)
    options = parser.parse_args()
    rows, weights = [], []
    for item in options.files:
        weight, path = item.split(":", 1)
        for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
            rows.append([int(field) for field in line.split("\t")])
            weights.append(float(weight))
    data = numpy.array(rows, float)
    names, weights = signs(), numpy.array(weights)
    y, x = data[:, 0], data[:, 2:]
    unit = numpy.where(abs(x).max(axis=0) > 10, 100.0, 1.0)
    x = x / unit
    left_out = set(NEVER)
    while True:
        columns = [i for i, name in enumerate(names) if name not in left_out]
        beta = numpy.zeros(len(names))
        beta[columns] = fitted(x[:, columns], y, weights, options.ridge)
        wrong = [(abs(beta[i]), name) for i, name in enumerate(names)
                 if name not in FREE and beta[i] * (-1 if name in AGAINST else 1) < 0]
        if not wrong:
            break
        left_out.add(max(wrong)[1])
    beta[names.index("Constant")] += LESS
    for name, value in zip(names, 1000 * beta / unit):
        print(f"{round(value):7} {name}")
    print(f"{len(y)} pairs, {int(y.sum())} of one event")
    return 0


if __name__ == "__main__":
    sys.exit(main())
