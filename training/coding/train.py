"""Trains the classifier of pairs and writes models/events.kdm.

usage: train.py [--build ../../build/release] [--vectors build/word_vectors.npz] [--out ../../models/events.kdm]

The features come from the engine (`pair_features_dump`), so run it again whenever the language model, the knowledge
tables or src/coding change. Seeds are fixed: the same inputs give the same file on the same machine.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import torch

from pairs import LABELS, QUAD, ROOT, TYPES, dump, folds, read_cameo, read_plv

sys.path.insert(0, str(ROOT / "training"))
import container  # noqa: E402

GROUPS = ("rules", "lexicon", "predicate", "path", "between", "sentence", "participant")
VIEWS = ("predicates", "objects", "path", "between", "sentence")
WEIGHT = {"plv": 1.0, "cameo": 0.5, "aw": 0.5}
VIEW_WEIGHT, PENALTY, LEAST = 0.4, 0.08, 2
FNV, PRIME, MASK = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1


def hash64(word):
    """As src/base/text_hash.hpp; only word forms are hashed here, features come with their keys."""
    h = FNV
    for byte in word.encode():
        h = ((h ^ byte) * PRIME) & MASK
    return h


class Words:
    def __init__(self, path, count=22000):
        stored = np.load(path)
        self.index = {str(form): i for i, form in enumerate(stored["forms"][:count])}
        self.vectors = stored["vectors"][:count]
        # What the engine will read: whole numbers with a scale a row.
        self.scales = (np.abs(self.vectors).max(1) / 127 + 1e-12).astype(np.float32)
        self.rows = np.rint(self.vectors / self.scales[:, None]).astype(np.int8)
        self.vectors = self.rows * self.scales[:, None]

    def mean(self, forms):
        found = [self.vectors[self.index[f]] for f in forms if f in self.index]
        if not found:
            return np.zeros(self.vectors.shape[1], np.float32)
        total = np.sum(found, 0)
        return total / (np.linalg.norm(total) or 1.0)


class Matrix:
    """Pairs as rows: known features of a group together have length one, then the views' vectors."""

    def __init__(self, seen, words, groups=GROUPS, views=VIEWS):
        self.groups, self.views = groups, views
        self.keys = [{g: s[0].get(g, []) for g in groups} for s in seen]
        self.dense = np.stack([np.concatenate([words.mean(s[1][v]) for v in views] or [np.zeros(1)]) for s in seen])

    def vocabulary(self, rows):
        count = Counter(key for i in rows for g in self.groups for key in self.keys[i][g])
        return {key: n for n, key in enumerate(sorted(k for k, c in count.items() if c >= LEAST))}

    def sparse(self, rows, vocabulary):
        where, what, value = [], [], []
        for n, i in enumerate(rows):
            for group in self.groups:
                known = [vocabulary[key] for key in self.keys[i][group] if key in vocabulary]
                where += [n] * len(known)
                what += known
                value += [max(1, len(known)) ** -0.5] * len(known)
        return torch.sparse_coo_tensor([where, what], value, (len(rows), max(1, len(vocabulary))), dtype=torch.float32)


class Model:
    def __init__(self, matrix, rows, targets, weights):
        """Multinomial logistic regression with an L2 penalty; a row's target is a set of classes, any of them right."""
        self.matrix, self.vocabulary = matrix, matrix.vocabulary(rows)
        x = matrix.sparse(rows, self.vocabulary)
        dense = matrix.dense[rows] * VIEW_WEIGHT**0.5
        gram = torch.sparse.mm(x, x.t().to_dense()).numpy().astype(np.float64) + dense @ dense.T
        values, vectors = np.linalg.eigh(gram + 1e-8 * np.eye(len(rows)))
        keep = values > 1e-6
        z = torch.tensor(vectors[:, keep] * np.sqrt(values[keep]))
        w = torch.zeros(z.shape[1], len(LABELS), dtype=torch.float64, requires_grad=True)
        b = torch.zeros(len(LABELS), dtype=torch.float64, requires_grad=True)
        allowed, weights = torch.log(torch.tensor(targets) + 1e-30), torch.tensor(weights)
        search = torch.optim.LBFGS([w, b], lr=1, max_iter=60, history_size=8, line_search_fn="strong_wolfe")

        def loss():
            search.zero_grad()
            scores = torch.log_softmax(z @ w + b, 1)
            total = -(weights * torch.logsumexp(scores + allowed, 1)).sum() + 0.5 * PENALTY * (w * w).sum()
            total.backward()
            return total

        search.step(loss)
        share = (vectors[:, keep] / np.sqrt(values[keep])) @ w.detach().numpy()
        self.features = torch.sparse.mm(x.t(), torch.tensor(share, dtype=torch.float32)).numpy()
        self.words = (dense.T @ share * VIEW_WEIGHT**0.5).astype(np.float32)
        self.bias = b.detach().numpy().astype(np.float32)

    def probabilities(self, rows):
        x = self.matrix.sparse(rows, self.vocabulary)
        scores = torch.sparse.mm(x, torch.tensor(self.features)).numpy() + self.matrix.dense[rows] @ self.words
        scores = np.exp(scores + self.bias - (scores + self.bias).max(1, keepdims=True))
        return scores / scores.sum(1, keepdims=True)

    def write(self, path, words, curve, config):
        scales = (np.abs(self.features).max(1) / 127 + 1e-12).astype(np.float32)
        keys = np.array([hash64(form) for form in words.index], np.uint64)
        order = np.argsort(keys)
        views = self.matrix.views
        container.write(path, {
            "config": "".join(f"{k} = {v}\n" for k, v in {**config, "vector": words.rows.shape[1]}.items()),
            "labels": "".join(" ".join(TYPES[label]) + "\n" for label in LABELS),
            "features.keys": np.array(sorted(self.vocabulary), np.uint64),
            "features.weights": np.rint(self.features / scales[:, None]).astype(np.int8),
            "features.weights.scale": scales,
            "bias": self.bias,
            "words.keys": keys[order],
            "words.vectors": words.rows[order],
            "words.vectors.scale": words.scales[order],
            "views": "".join(v + "\n" for v in views),
            "views.weights": self.words.reshape(len(views), -1, len(LABELS)),
            "calibration": curve,
        })  # fmt: skip


def targets_of(pairs):
    return np.array([[float(label in p["labels"]) for label in LABELS] for p in pairs])


def weights_of(pairs):
    """Rare classes weigh more, so that each class of the table counts alike."""
    count = Counter(p["labels"][0] for p in pairs if p["set"] == "plv")
    mean = sum(count.values()) / len(count)
    return np.array([WEIGHT[p["set"]] * (mean / count[p["labels"][0]] if p["set"] == "plv" else 1.0) for p in pairs])


def curve_of(probability, right):
    """A rising curve from the leading probability to the share that is right, fitted by two numbers (Platt)."""
    p = torch.tensor(np.clip(probability, 1e-4, 1 - 1e-4))
    x, y = torch.log(p / (1 - p)), torch.tensor(np.asarray(right, np.float64))
    ab = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([ab], max_iter=100, line_search_fn="strong_wolfe")

    def loss():
        search.zero_grad()
        total = torch.nn.functional.binary_cross_entropy_with_logits(ab[0] * x + ab[1], y)
        total.backward()
        return total

    search.step(loss)
    a, b = ab.detach().numpy()
    knots = np.concatenate([[0.05], np.arange(0.1, 0.95, 0.05), [0.97, 0.99, 0.999]])
    return np.stack([knots, 1 / (1 + np.exp(-(max(a, 0.0) * np.log(knots / (1 - knots)) + b)))], 1).astype(np.float32)


def out_of_fold(pairs, matrix, fold):
    """A model a fold, trained on the others, and the probabilities that they give to the pairs left out."""
    targets, weights = targets_of(pairs), weights_of(pairs)
    models, probabilities = [], np.zeros((len(pairs), len(LABELS)))
    for f in range(fold.max() + 1):
        rows, rest = np.where(fold != f)[0], np.where(fold == f)[0]
        models.append(Model(matrix, rows, targets[rows], weights[rows]))
        probabilities[rest] = models[-1].probabilities(rest)
    return models, probabilities


def leading(pairs, probabilities, rows):
    """Leading probability, and whether it is right, of those rows that have one right class."""
    rows = [i for i in rows if pairs[i]["set"] == "plv"]
    best = probabilities[rows].argmax(1)
    return probabilities[rows].max(1), [LABELS[b] in pairs[i]["labels"] for b, i in zip(best, rows)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build/release")
    parser.add_argument("--vectors", type=Path, default=ROOT / "training/build/word_vectors.npz")
    parser.add_argument("--out", type=Path, default=ROOT / "models/events.kdm")
    args = parser.parse_args()
    torch.set_num_threads(1)
    pairs = list(read_plv())
    pairs += read_cameo([p["text"] for p in pairs])
    words = Words(args.vectors)
    with tempfile.TemporaryDirectory() as folder:
        matrix = Matrix(dump(pairs, args.build, folder), words)
    fold = folds(pairs)
    _, probabilities = out_of_fold(pairs, matrix, fold)
    curve = curve_of(*leading(pairs, probabilities, range(len(pairs))))
    everything = np.arange(len(pairs))
    model = Model(matrix, everything, targets_of(pairs), weights_of(pairs))
    config = {"kind": "pair classifier", "name": "kadesh-events", "version": 1, "licence": "CC BY-NC-SA 4.0",
              "trained": f"{len(pairs)} pairs of PLV and cameo_class"}  # fmt: skip
    model.write(args.out, words, curve, config)
    gold = [i for i, p in enumerate(pairs) if p["set"] == "plv"]
    right = [LABELS[probabilities[i].argmax()] in pairs[i]["labels"] for i in gold]
    quad = [QUAD[LABELS[probabilities[i].argmax()]] == pairs[i]["quad"] for i in gold]
    print(f"{len(model.vocabulary)} features, {args.out.stat().st_size / 1e6:.1f} MB; out of fold: "
          f"root {100 * np.mean(right):.1f} %, quad {100 * np.mean(quad):.1f} % right")  # fmt: skip


if __name__ == "__main__":
    main()
