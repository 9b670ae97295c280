#!/usr/bin/env python3
"""Makes data/lexicon/veridicality.tsv from the train part of MegaVeridicality (MIT): what verbs promise of an infinitive.

usage: make_veridicality.py MEGAVERIDICALITY_TRAIN_JSONL[.gz] PROGRAM > data/lexicon/veridicality.tsv

The set has sentences like "A particular person refused to do a particular thing" with a rating from -3 (the thing was not
done) to 3 (it was). A row is a verb, its frame (`to`, or `obj`: with an object, or passive), and its mean ratings, held and
negated; empty where the set has none. Clauses with "that" are left out: on the train parts of the factuality data what the
ratings say of them holds in no half of the cases. Lemmas are Kadesh's own.
"""

import collections
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path


def governor(words):
    """Frame and words of the governing predicate of one of the set's sentences, or nothing."""
    if "that" in words or "to" not in words:
        return None
    start = 1 if words[0] in ("John", "Someone") else 3
    object_at = next((i for i in range(start, len(words)) if words[i : i + 2] == ["a", "particular"]), len(words))
    end = min(words.index("to"), object_at)
    frame = "obj" if end == object_at or "was" in words[:end] else "to"
    return frame, [w for w in words[start:end] if w not in ("did", "was", "n't")]


def lemmas_of(sentences, program):
    """For each sentence a map from its words to their lemmas."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as corpus:
        for number, text in enumerate(sentences):
            corpus.write(json.dumps({"id": str(number), "text": text}) + "\n")
        corpus.flush()
        command = [program, "annotate", "--quiet", corpus.name]
        output = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    found = []
    for line in output.splitlines():
        if line.startswith("# newdoc"):
            found.append({})
        fields = line.split("\t")
        if len(fields) == 10 and fields[0].isdigit():
            found[-1].setdefault(fields[1], fields[2].lower())
    return found


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    with (gzip.open if source.suffix == ".gz" else open)(source, "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    lemmas = lemmas_of([i["text"].replace(" n't", "n't").replace(" .", ".") for i in items], sys.argv[2])
    ratings = collections.defaultdict(lambda: ([], []))
    for item, lemma in zip(items, lemmas, strict=True):
        words = item["text"].split()
        told = governor(words)
        if told is None:
            continue
        frame, verb = told
        ratings[" ".join(lemma.get(w, w) for w in verb), frame]["n't" in words].append(item["targets"][0]["label"])
    print("lemma\tframe\theld\tnegated")
    for (lemma, frame), means in sorted(ratings.items()):
        told = [f"{sum(r) / len(r):.1f}" if r else "" for r in means]
        print(lemma, frame, *told, sep="\t")


if __name__ == "__main__":
    main()
