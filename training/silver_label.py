"""The teacher's opinion of many sentences, with its doubts: what the shipped network learns from.

usage: silver_label.py [--teacher build/teacher.pt or ../models/english-large.kdm] [--sentences build/silver.conllu] [--out build/silver] [--part 0/1]

Reads words and sentences from Kadesh's own CoNLL-U of build/silver.jsonl (any model will do: only its words count), and the
words of the training treebanks and name corpora. Writes OUT.txt, a sentence a line, and OUT.npz, a row a word: the most
probable heads, relations (given the first head), tags and names, with their probabilities in 255ths. --part K/N labels every
N-th sentence, so that N processes share the work; student_train.py reads any number of parts.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch

import data
import export
import train
from model import MAX_POSITIONS, collate
from pieces import WordPieces, encode

BUILD = Path(__file__).resolve().parent / "build"
BATCH_PIECES = 3000
TOP = {"heads": 4, "deprel": 3, "upos": 2, "xpos": 3, "ner": 3}
LONGEST = 160  # words


def words_of(path):
    words = []
    with data.open_text(path) as lines:
        for line in lines:
            if line[0] == "\n":
                if words:
                    yield words
                words = []
            elif line[0] != "#":
                number, form = line.split("\t", 2)[:2]
                if number.isdigit():
                    words.append(form)


def sentences(path):
    if path.exists():
        yield from words_of(path)
    for name in ("EWT", "GUM"):
        yield from (s.words for s in data.treebank(name, "train"))
    for _, _, corpus in data.name_corpora():
        yield from (s.words for s in corpus)


def top(probabilities, count):
    values, index = probabilities.topk(min(count, probabilities.shape[-1]), dim=-1)
    if values.shape[-1] < count:
        values = torch.nn.functional.pad(values, (0, count - values.shape[-1]))
        index = torch.nn.functional.pad(index, (0, count - index.shape[-1]))
    return index.numpy(), (255 * values / values.sum(-1, keepdim=True)).round().byte().numpy()


@torch.no_grad()
def label(model, batch):
    """For each kind (index, probability) arrays [B, 1 + words, top]."""
    vectors = model.vectors(batch)
    arcs = train.arc_scores(model, vectors, batch).softmax(-1)
    found = {"heads": top(arcs, TOP["heads"])}
    heads = torch.from_numpy(found["heads"][0][:, :, 0])
    size = vectors.shape[-1]
    chosen = torch.gather(vectors, 1, heads[:, :, None].expand(-1, -1, size))
    relations = model.relations(vectors.reshape(-1, size), chosen.reshape(-1, size)).view(*heads.shape, -1)
    relations[:, :, model.labels["deprel"].index("root")] -= 1e4 * (heads != 0)
    found["deprel"] = top(relations.softmax(-1), TOP["deprel"])
    for kind in ("upos", "xpos", "ner"):
        found[kind] = top(getattr(model, kind)(vectors).softmax(-1), TOP[kind])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", type=Path, default=BUILD / "teacher.pt")
    parser.add_argument("--sentences", type=Path, default=BUILD / "silver.conllu")
    parser.add_argument("--out", type=Path, default=BUILD / "silver")
    parser.add_argument("--part", default="0/1")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model, vocabulary = (export.read if args.teacher.suffix == ".kdm" else train.load)(args.teacher)
    pieces = WordPieces(vocabulary)
    part, parts = map(int, args.part.split("/"))
    seen, chosen = set(), []
    for words in sentences(args.sentences):
        key = hash(tuple(words))
        if 3 <= len(words) <= LONGEST and key not in seen:
            seen.add(key)
            chosen.append(words)
    chosen = chosen[part::parts]
    encoded = [encode(words, pieces) for words in chosen]
    order = [i for i in range(len(chosen)) if len(encoded[i][0]) <= MAX_POSITIONS - 6]
    order.sort(key=lambda i: len(encoded[i][0]))
    total = sum(len(chosen[i]) for i in order)
    print(f"{len(order)} sentences, {total} words", flush=True)
    kept = {kind: ([], []) for kind in TOP}
    start, done, reported, begun = 0, 0, time.time(), time.time()
    while start < len(order):
        longest, end = 0, start
        while end < len(order):
            longest = max(longest, len(encoded[order[end]][0]) + 2)
            if end > start and longest * (end - start + 1) > BATCH_PIECES:
                break
            end += 1
        batch = collate([encoded[i] for i in order[start:end]], pieces)
        batch["word_mask"] = batch["pool"].sum(-1) > 0
        found = label(model, batch)
        for row, i in enumerate(order[start:end]):
            words = slice(1, 1 + len(chosen[i]))
            for kind, (index, share) in found.items():
                kept[kind][0].append(index[row, words].astype(np.uint8))
                kept[kind][1].append(share[row, words])
            done += len(chosen[i])
        start = end
        if time.time() - reported > 60:
            reported = time.time()
            print(f"{done} of {total} words, {done / (reported - begun):.0f} a second", flush=True)
    name = args.out.with_name(f"{args.out.name}-{part}") if parts > 1 else args.out
    arrays = {}
    for kind, (index, share) in kept.items():
        arrays[kind], arrays[kind + ".share"] = np.concatenate(index), np.concatenate(share)
    np.savez(name.with_suffix(".npz"), labels=np.array([f"{k} {v}" for k in TOP if k != "heads" for v in model.labels[k]]),
             **arrays)  # fmt: skip
    name.with_suffix(".txt").write_text("".join(" ".join(chosen[i]) + "\n" for i in order), encoding="utf-8")
    print(f"{name}: {done} words")


if __name__ == "__main__":
    main()
