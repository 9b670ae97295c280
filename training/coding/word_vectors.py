"""Vectors of word forms from news text: positive pointwise mutual information with near words, reduced by an SVD.

usage: word_vectors.py OUT.npz [--words N] [--size N]

Reads the news text of the shared data folder. OUT holds `forms` (lower case, by frequency) and `vectors` (unit rows).
"""

import argparse
import gzip
import io
import json
import os
import re
import tarfile
from collections import Counter
from pathlib import Path

import numpy as np

SHARED = Path(os.environ.get("KADESH_SHARED", Path(__file__).parents[3] / "shared")) / "data"
WORD = re.compile(r"[a-z]+(?:[-.][a-z]+)*|[0-9]+|[^\sa-z0-9]")
CONTEXTS, WINDOW, CHUNK = 8000, 4, 3_000_000


def texts():
    for path in sorted((SHARED / "restricted/allsides-37k").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield f"{row.get('title') or ''} . {row.get('text') or row.get('content') or ''}"
    with gzip.open(SHARED / "text/wikipedia-current-events/current_events_2025-2026.jsonl.gz", "rt") as lines:
        for line in lines:
            yield json.loads(line)["text"]
    for archive, keep in (("reuters21578/reuters21578", ".sgm"), ("tempeval3/TE3-Silver-data", ".tml")):
        with tarfile.open(SHARED / f"restricted/{archive}.tar.gz") as tar:
            for member in tar:
                if member.name.endswith(keep):
                    text = tar.extractfile(member).read().decode("utf-8", "replace")
                    for body in re.findall(r"<(?:BODY|TEXT)>(.*?)</(?:BODY|TEXT)>", text, re.S):
                        yield re.sub(r"<[^>]*>|&#?\w+;", " ", body)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--words", type=int, default=30000)
    parser.add_argument("--size", type=int, default=96)
    args = parser.parse_args()

    ids, numbers, counts, stream = {}, [], Counter(), []
    for text in texts():
        words = WORD.findall(text.lower())
        block = np.fromiter((ids.setdefault(w, len(ids)) for w in words), np.int32, len(words))
        stream.append(block)
    tokens = np.concatenate(stream)
    numbers = np.bincount(tokens)
    print(f"{len(tokens)} tokens, {len(ids)} forms", flush=True)
    order = np.argsort(-numbers, kind="stable")[: args.words]
    rank = np.full(len(ids), -1, np.int32)
    rank[order] = np.arange(len(order))
    tokens = rank[tokens]
    forms = np.array(list(ids), dtype=object)[order]

    # Left and right contexts are told apart.
    pairs = np.zeros((args.words, 2 * CONTEXTS), np.float32)
    flat = pairs.ravel()
    for start in range(0, len(tokens), CHUNK):
        part = tokens[start : start + CHUNK]
        for distance in range(1, WINDOW + 1):
            left, right = part[:-distance], part[distance:]
            for word, context, side in ((right, left, 0), (left, right, CONTEXTS)):
                good = (word >= 0) & (context >= 0) & (context < CONTEXTS)
                keys, found = np.unique(word[good].astype(np.int64) * (2 * CONTEXTS) + context[good] + side, return_counts=True)
                flat[keys] += found / distance
    print("counted", flush=True)
    total = pairs.sum(dtype=np.float64)
    of_word = pairs.sum(1, dtype=np.float64)
    of_context = pairs.sum(0, dtype=np.float64) ** 0.75
    of_context *= total / of_context.sum()
    for i in range(len(pairs)):
        row = pairs[i]
        at = np.nonzero(row)[0]
        value = np.log(row[at].astype(np.float64) * total / (of_word[i] * of_context[at]))
        row[at] = np.maximum(value, 0)
    random = np.random.default_rng(1).standard_normal((2 * CONTEXTS, args.size + 24)).astype(np.float32)
    basis = np.linalg.qr(pairs @ random)[0]
    for _ in range(2):
        basis = np.linalg.qr(pairs @ np.linalg.qr(pairs.T @ basis)[0])[0]
    u, s, _ = np.linalg.svd(basis.T @ pairs, full_matrices=False)
    vectors = (basis @ u[:, : args.size]) * np.sqrt(s[: args.size])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    np.savez(args.out, forms=forms.astype(str), vectors=vectors.astype(np.float32))
    index = {w: i for i, w in enumerate(forms)}
    for word in ("condemned", "shelled", "pledged", "sanctions", "talks"):
        near = np.argsort(-(vectors @ vectors[index[word]]))[1:9]
        print(word, " ".join(forms[near]))


if __name__ == "__main__":
    main()
