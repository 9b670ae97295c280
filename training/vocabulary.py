"""Cuts the encoder's vocabulary down to the pieces that occur in our corpora: build/vocab.txt.

usage: vocabulary.py [--size 22000]
"""

import argparse
import re
from collections import Counter
from pathlib import Path

import data
from pieces import WordPieces

BUILD = Path(__file__).resolve().parent / "build"
LABELLED_WEIGHT = 20


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=22000)
    size = parser.parse_args().size
    full = (BUILD / "encoder/vocab.txt").read_text(encoding="utf-8").split("\n")
    full = [piece for piece in full if piece]
    pieces = WordPieces(full)
    words = Counter()
    for text in data.plain_texts():
        words.update(re.findall(r"\w+|[^\w\s]", text))
    for name in ("EWT", "GUM", "ParTUT", "LinES"):
        for sentence in data.treebank(name, "train"):
            words.update(dict.fromkeys(sentence.words, LABELLED_WEIGHT))
    for _, _, sentences in data.name_corpora():
        for sentence in sentences:
            words.update(dict.fromkeys(sentence.words, LABELLED_WEIGHT))
    counts = Counter()
    for word, n in words.items():
        for piece in pieces.word(word):
            counts[piece] += n
    always = {i for i, p in enumerate(full) if p in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")}
    always |= {i for i, p in enumerate(full) if len(p.removeprefix("##")) == 1 and p[-1].isascii()}
    ranked = [i for i, _ in counts.most_common() if i not in always]
    kept = sorted(always | set(ranked[: size - len(always)]))
    (BUILD / "vocab.txt").write_text("".join(full[i] + "\n" for i in kept), encoding="utf-8")
    print(f"{len(kept)} of {len(full)} pieces; rarest kept occurs {counts[ranked[size - len(always) - 1]]} times")


if __name__ == "__main__":
    main()
