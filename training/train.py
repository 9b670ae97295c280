"""Trains the language model for a fixed time and writes checkpoints.

usage: train.py --minutes 80 [--layers 3] [--ffn 768] [--seed 1] [--out build/model.pt] [--resume]

The learning rate follows the elapsed part of the time budget, so a run always ends decayed and on
time; with --resume it goes on from the last checkpoint, at the point of the budget where that stopped.
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import data
from model import MAX_POSITIONS, Model, collate, initialise
from pieces import ALL_CAPS, LOWER, TITLE, TITLE_FIRST, WordPieces, encode

BUILD = Path(__file__).resolve().parent / "build"
TREE_PIECES, NAME_PIECES = 1100, 800
LONGEST = MAX_POSITIONS - 6
PIECE_DROPOUT = 0.03
LOWER_SHARE, CAPS_SHARE, HEADLINE_SHARE = 0.04, 0.03, 0.03
RATES = {"encoder": 3e-4, "heads": 1.5e-3, "shape": 1e-3, "words": 2e-4}
WARMUP = 0.04
IGNORE = -100


class Corpus:
    """Sentences encoded once, served forever in shuffled batches of about as many pieces, alike in length."""

    def __init__(self, sentences, pieces, labels, budget, rng):
        index = {kind: {label: i for i, label in enumerate(names)} for kind, names in labels.items()}
        self.items, self.budget, self.rng = [], budget, rng
        for s in sentences:
            encoded = encode(s.words, pieces)
            if len(encoded[0]) > LONGEST:
                continue
            gold = {"ner": [index["ner"][t] for t in s.ner]} if s.ner else {
                "upos": [index["upos"][t] for t in s.upos],
                "xpos": [index["xpos"].get(t, IGNORE) for t in s.xpos],
                "heads": s.heads,
                "deprel": [index["deprel"].get(r, IGNORE) for r in s.deprels],
            }  # fmt: skip
            self.items.append((encoded, gold))

    def batches(self):
        while True:
            order = self.rng.sample(range(len(self.items)), len(self.items))
            size = lambda i: len(self.items[i][0][0])  # noqa: E731
            for start in range(0, len(order), 3000):
                pool = sorted(order[start : start + 3000], key=size)
                cut, batch = [], []
                for i in pool:
                    if batch and (len(batch) + 1) * (size(i) + 2) > self.budget:
                        cut.append(batch)
                        batch = []
                    batch.append(i)
                cut.append(batch)
                self.rng.shuffle(cut)
                for batch in cut:
                    yield [self.items[i] for i in batch]


def augment(encoded, gold, rng):
    """Sometimes changes the case of a whole sentence: the vocabulary is uncased, only shapes carry case."""
    draw = rng.random()
    if draw > LOWER_SHARE + CAPS_SHARE + HEADLINE_SHARE:
        return encoded, gold
    ids, shapes, counts = encoded
    if draw < LOWER_SHARE:
        change = dict.fromkeys((2, 3, 4, 5, 6), LOWER)
    elif draw < LOWER_SHARE + CAPS_SHARE:
        change = dict.fromkeys((1, 2, 3, 6), ALL_CAPS)
    else:
        change = {LOWER: TITLE}
    starts = np.cumsum([0] + counts[:-1])
    shapes = list(shapes)
    for start, count in zip(starts, counts):
        old = shapes[start] // 2
        new = change.get(old, old)
        if new == TITLE and start == 0:
            new = TITLE_FIRST
        if new == TITLE and old == LOWER and count == 1 and rng.random() < 0.3:
            new = LOWER
        shapes[start : start + count] = [2 * new] + [2 * new + 1] * (count - 1)
    last = len(counts)
    headline = draw >= LOWER_SHARE + CAPS_SHARE
    if headline and last > 3 and shapes[starts[-1]] == 0 and last not in gold.get("heads", ()):
        keep = len(ids) - counts[-1]
        ids, shapes, counts = ids[:keep], shapes[:keep], counts[:-1]
        gold = {kind: values[:-1] for kind, values in gold.items()}
    return (ids, shapes, counts), gold


def padded(golds, kind, width):
    out = np.full((len(golds), width), IGNORE)
    for i, gold in enumerate(golds):
        out[i, 1 : len(gold[kind]) + 1] = gold[kind]
    return torch.from_numpy(out)


def tensors(items, pieces, rng=None):
    if rng:
        items = [augment(encoded, gold, rng) for encoded, gold in items]
    batch = collate([encoded for encoded, _ in items], pieces)
    if rng:
        drop = (torch.rand(batch["ids"].shape) < PIECE_DROPOUT) & (batch["ids"] != pieces.cls)
        batch["ids"].masked_fill_(drop, pieces.unk)
    golds = [gold for _, gold in items]
    batch["gold"] = {kind: padded(golds, kind, batch["pool"].shape[1]) for kind in golds[0]}
    batch["word_mask"] = batch["pool"].sum(-1) > 0
    return batch


def arc_scores(model, vectors, batch):
    mask = batch["word_mask"]
    scores = model.arcs(vectors).masked_fill(~mask[:, None, :], -1e4)
    return scores.masked_fill(torch.eye(mask.shape[1], dtype=torch.bool), -1e4)


def tree_loss(model, batch):
    gold, vectors = batch["gold"], model.vectors(batch)
    words = gold["heads"] != IGNORE
    flat, heads = vectors[words], gold["heads"][words]
    arc = F.cross_entropy(arc_scores(model, vectors, batch)[words], heads)
    rows = torch.arange(len(words))[:, None].expand_as(words)[words]
    rel = F.cross_entropy(model.relations(flat, vectors[rows, heads]), gold["deprel"][words], ignore_index=IGNORE)
    upos = F.cross_entropy(model.upos(flat), gold["upos"][words])
    xpos = F.cross_entropy(model.xpos(flat), gold["xpos"][words], ignore_index=IGNORE)
    return {"arc": arc, "rel": rel, "upos": upos, "xpos": 0.7 * xpos}


def name_loss(model, batch):
    words = batch["gold"]["ner"] != IGNORE
    return {"ner": F.cross_entropy(model.ner(model.vectors(batch)[words]), batch["gold"]["ner"][words])}


@torch.no_grad()
def quick_scores(model, corpora, pieces):
    """UAS, LAS (universal relations), UPOS of the tree corpora and tag accuracy on names, all greedy."""
    model.eval()
    universal = [r.split(":")[0] for r in model.labels["deprel"]]
    code = torch.tensor([universal.index(r) for r in universal])
    report = []
    for name, items in corpora:
        right = np.zeros(4)
        for start in range(0, len(items), 32):
            batch = tensors(items[start : start + 32], pieces)
            gold, vectors = batch["gold"], model.vectors(batch)
            if "ner" in gold:
                words = gold["ner"] != IGNORE
                guess, truth = model.ner(vectors[words]).argmax(-1), gold["ner"][words]
                right += [((guess == truth) & (truth > 0)).sum(), (guess > 0).sum(), (truth > 0).sum(), 0]
                continue
            words = gold["heads"] != IGNORE
            heads = arc_scores(model, vectors, batch)[words].argmax(-1)
            rows = torch.arange(len(words))[:, None].expand_as(words)[words]
            rel = model.relations(vectors[words], vectors[rows, heads]).argmax(-1)
            good = heads == gold["heads"][words]
            known = gold["deprel"][words].clamp(min=0)
            tags = model.upos(vectors[words]).argmax(-1) == gold["upos"][words]
            right += [good.sum(), (good & (code[rel] == code[known])).sum(), tags.sum(), words.sum()]
        if right[3]:
            uas, las, upos = 100 * right[:3] / right[3]
            report.append(f"{name} UAS {uas:.2f} LAS {las:.2f} UPOS {upos:.2f}")
        else:
            report.append(f"{name} tag-F1 {200 * right[0] / (right[1] + right[2]):.2f}")
    model.train()
    return "; ".join(report)


def save(model, optimizers, elapsed, step, vocabulary, path):
    state = {
        "model": model.state_dict(),
        "optimizers": [o.state_dict() for o in optimizers],
        "elapsed": elapsed,
        "step": step,
        "labels": model.labels,
        "layers": len(model.layers),
        "ffn": model.ffn,
        "vocabulary": vocabulary,
    }
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)


def load(path):
    """(model, vocabulary) of a checkpoint, ready for inference."""
    state = torch.load(path)
    model = Model(len(state["vocabulary"]), state["labels"], state["layers"], state["ffn"])
    model.load_state_dict(state["model"])
    return model.eval(), state["vocabulary"]


def rate(fraction):
    return fraction / WARMUP if fraction < WARMUP else max(0.0, (1 - fraction) / (1 - WARMUP))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--ffn", type=int, default=768)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=BUILD / "model.pt")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)

    vocabulary = (BUILD / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    pieces = WordPieces(vocabulary)
    trees = data.treebank("EWT", "train") + data.treebank("GUM", "train")
    labels = {
        "upos": sorted({t for s in trees for t in s.upos}),
        "xpos": sorted({t for s in trees for t in s.xpos}),
        "deprel": sorted({r for s in trees for r in s.deprels}),
        "ner": data.NER_LABELS,
    }
    model = Model(len(vocabulary), labels, args.layers, args.ffn)
    initialise(model, BUILD / "encoder", vocabulary)
    tree_batches = Corpus(trees, pieces, labels, TREE_PIECES, rng).batches()
    names = [(share, Corpus(s, pieces, labels, NAME_PIECES, rng).batches()) for _, share, s in data.name_corpora()]
    shares = [share for share, _ in names]
    dev = [(name, data.treebank(name, "dev")[::4]) for name in ("EWT", "GUM")] + [("names", data.en_worldwide("dev"))]
    dev = [(name, Corpus(s, pieces, labels, 0, rng).items) for name, s in dev]

    groups = [
        {"params": model.encoder_parameters(), "lr": RATES["encoder"]},
        {"params": model.head_parameters(), "lr": RATES["heads"]},
        {"params": [model.shape.weight], "lr": RATES["shape"]},
    ]
    dense = [p for group in groups for p in group["params"]]
    optimizers = [
        torch.optim.AdamW(groups, betas=(0.9, 0.99), weight_decay=0.01),
        torch.optim.SparseAdam([model.word.weight], lr=RATES["words"]),
    ]
    rates = [[group["lr"] for group in o.param_groups] for o in optimizers]
    before, step = 0.0, 0
    if args.resume and args.out.exists():
        state = torch.load(args.out)
        model.load_state_dict(state["model"])
        for optimizer, kept in zip(optimizers, state["optimizers"]):
            optimizer.load_state_dict(kept)
        before, step = state["elapsed"], state["step"]
    budget, started = 60 * args.minutes, time.time()
    saved = reported = scored = before
    first, sums, seen = step, {}, [0, 0]
    model.train()
    while (elapsed := before + time.time() - started) < budget:
        for optimizer, base in zip(optimizers, rates):
            for group, top in zip(optimizer.param_groups, base):
                group["lr"] = top * rate(elapsed / budget)
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        jobs = ((next(tree_batches), tree_loss), (next(rng.choices(names, shares)[0][1]), name_loss))
        for k, (items, loss_of) in enumerate(jobs):
            losses = loss_of(model, tensors(items, pieces, rng))
            sum(losses.values()).backward()
            seen[k] += sum(len(encoded[0]) for encoded, _ in items)
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + loss.item()
        torch.nn.utils.clip_grad_norm_(dense, 2.0)
        for optimizer in optimizers:
            optimizer.step()
        step += 1
        if elapsed - reported > 60:
            means = " ".join(f"{name} {total / (step - first):.3f}" for name, total in sums.items())
            print(f"{elapsed:.0f} s, step {step}, pieces {seen}: {means}", flush=True)
            reported, first, sums = elapsed, step, {}
        if elapsed - saved > 240:
            save(model, optimizers, elapsed, step, vocabulary, args.out)
            saved = elapsed
        if elapsed - scored > 600:
            print(quick_scores(model, dev, pieces), flush=True)
            scored = elapsed
    save(model, optimizers, budget, step, vocabulary, args.out)
    print(quick_scores(model, dev, pieces), flush=True)


if __name__ == "__main__":
    main()
