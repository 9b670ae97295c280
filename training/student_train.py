"""Trains the shipped network on gold treebanks and names and on the teacher's silver news.

usage: student_train.py --minutes 100 [--silver build/silver-0 build/silver-1] [--seed 1] [--out build/student.pt] [--resume]
       [--start ../models/english.kdm]

--start begins with the weights of a model file, at --peak of the usual learning rate; layers and units that the file lacks
are added so that the network first computes what it did.

The learning rate follows the part of the budget of processor time that is used, so a run always ends decayed, however busy
the machine is. One thread (OPENBLAS_NUM_THREADS=1) is the most efficient.
"""

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import data
from model import read_safetensors
from pieces import normalise
from student_model import Size, Student
from student_export import read as read_weights
from student_words import Types, read_classes

BUILD = Path(__file__).resolve().parent / "build"
IGNORE = -100
LONGEST = 160  # words; longer sentences are not trained on
BATCH_WORDS = 2400
LOWER_SHARE, CAPS_SHARE, HEADLINE_SHARE = 0.04, 0.03, 0.03
UNKNOWN_SHARE = 0.1
RATES = {"dense": 2e-3, "tables": 2e-3}
SHARES = {"silver": 0.6, "trees": 0.27, "names": 0.13}
WARMUP = 0.03
KINDS = ("heads", "deprel", "upos", "xpos", "ner")
WEIGHTS = {"arc": 1.0, "rel": 1.0, "upos": 0.5, "xpos": 0.5, "ner": 1.0}
RAREST, MOST_WORDS = 4, 30000


class Opinions:
    """A teacher's opinions of a sentence's words (silver_label.py): for each kind indices and shares of 255."""

    def __init__(self, arrays, start, end):
        self.arrays, self.start, self.end = arrays, start, end

    def __getitem__(self, kind):
        index, share = self.arrays[kind]
        return index[self.start : self.end], share[self.start : self.end]

    def without_last(self):
        return Opinions(self.arrays, self.start, self.end - 1)

    def heads(self):
        return self["heads"][0][:, 0]


def read_silver(stem):
    """(words, opinions) of each sentence of a part, and the labels that the teacher knows."""
    stored = np.load(stem.with_suffix(".npz"))
    arrays = {kind: (stored[kind], stored[kind + ".share"]) for kind in KINDS}
    labels = {kind: [x.split(" ")[1] for x in stored["labels"] if x.startswith(kind + " ")] for kind in KINDS[1:]}
    found, start = [], 0
    for line in stem.with_suffix(".txt").read_text(encoding="utf-8").split("\n")[:-1]:
        words = [sys.intern(word) for word in line.split(" ")]
        found.append((words, Opinions(arrays, start, start + len(words))))
        start += len(words)
    return found, labels


class Corpus:
    """Sentences as arrays, served forever in shuffled batches alike in length."""

    def __init__(self, types, labels, rng):
        self.types, self.rng, self.words, self.gold = types, rng, [], []
        self.index = {kind: {label: i for i, label in enumerate(names)} for kind, names in labels.items()}

    def add(self, words, upos=None, xpos=None, heads=None, deprels=None, ner=None):
        if len(words) > LONGEST:
            return
        n = len(words)
        look = lambda kind, values: [self.index[kind].get(v, IGNORE) for v in values]  # noqa: E731
        gold = np.full((5, n), IGNORE, np.int16)
        if heads:
            gold[0], gold[1] = heads, look("deprel", deprels)
            gold[2], gold[3] = look("upos", upos), look("xpos", xpos)
        if ner:
            gold[4] = look("ner", ner)
        self.words.append(words)
        self.gold.append(gold)

    def batches(self):
        while True:
            order = self.rng.sample(range(len(self.words)), len(self.words))
            for start in range(0, len(order), 4000):
                pool = sorted(order[start : start + 4000], key=lambda i: len(self.words[i]))
                cut, batch = [], []
                for i in pool:
                    if batch and (len(batch) + 1) * (len(self.words[i]) + 1) > BATCH_WORDS:
                        cut.append(batch)
                        batch = []
                    batch.append(i)
                cut.append(batch)
                self.rng.shuffle(cut)
                for batch in cut:
                    yield [(self.words[i], self.gold[i]) for i in batch]


def augment(words, gold, rng):
    """Sometimes changes the case of a whole sentence, or makes a headline of it."""
    draw = rng.random()
    if draw > LOWER_SHARE + CAPS_SHARE + HEADLINE_SHARE:
        return words, gold
    if draw < LOWER_SHARE:
        return [w.lower() for w in words], gold
    if draw < LOWER_SHARE + CAPS_SHARE:
        return [w.upper() for w in words], gold
    soft = isinstance(gold, Opinions)
    heads = gold.heads() if soft else gold[0]
    if len(words) > 3 and words[-1] in ".!?" and not (heads == len(words)).any():
        words, gold = words[:-1], gold.without_last() if soft else gold[:, :-1]
    return [w if len(w) < 4 and rng.random() < 0.5 else w[:1].upper() + w[1:] for w in words], gold


def tensors(items, types, rng=None):
    if rng:
        items = [augment(words, gold, rng) for words, gold in items]
    length = 1 + max(len(words) for words, _ in items)
    at = np.zeros((len(items), length), np.int64)
    keep = np.zeros((len(items), length, 1), np.float32)
    for i, (words, _) in enumerate(items):
        at[i, 1 : len(words) + 1] = [types.of(w, k == 0) for k, w in enumerate(words)]
        keep[i, : len(words) + 1] = 1
    unique, inverse = np.unique(at, return_inverse=True)
    gathered = types.gather(unique)
    if rng:
        gathered["word"][torch.rand(len(unique)) < UNKNOWN_SHARE] = 0
    batch = {
        "types": gathered,
        "at": torch.from_numpy(inverse.reshape(at.shape)),
        "keep": torch.from_numpy(keep),
    }
    if isinstance(items[0][1], Opinions):
        # Of the words alone, in the order of the batch's rows.
        join = lambda kind, k: np.concatenate([gold[kind][k] for _, gold in items])  # noqa: E731
        opinions = {kind: (join(kind, 0).astype(np.int64), join(kind, 1).astype(np.float32) / 255) for kind in KINDS}
        # Heads that the sentence does not have: what filled up a short one's list, or the full stop of a headline.
        lengths = np.repeat([len(words) for words, _ in items], [len(words) for words, _ in items])
        beyond = opinions["heads"][0] > lengths[:, None]
        for values in opinions["heads"]:
            values[beyond] = 0
        batch["opinions"] = {kind: tuple(map(torch.from_numpy, pair)) for kind, pair in opinions.items()}
        return batch
    gold = np.full((5, len(items), length), IGNORE, np.int64)
    for i, (words, labels) in enumerate(items):
        gold[:, i, 1 : len(words) + 1] = labels
    batch["gold"] = dict(zip(KINDS, torch.from_numpy(gold)))
    return batch


def arc_scores(model, vectors, batch):
    keep = batch["keep"][:, :, 0] > 0
    scores = model.arcs(vectors).masked_fill(~keep[:, None, :], -1e4)
    return scores.masked_fill(torch.eye(keep.shape[1], dtype=torch.bool), -1e4)


def losses(model, batch):
    gold, vectors, found = batch["gold"], model.vectors(batch), {}
    words = gold["heads"] != IGNORE
    if words.any():
        flat, heads = vectors[words], gold["heads"][words]
        rows = torch.arange(len(words))[:, None].expand_as(words)[words]
        found["arc"] = F.cross_entropy(arc_scores(model, vectors, batch)[words], heads)
        relations = model.relations(flat, vectors[rows, heads])
        found["rel"] = F.cross_entropy(relations, gold["deprel"][words], ignore_index=IGNORE)
        for kind in ("upos", "xpos"):
            found[kind] = F.cross_entropy(getattr(model, kind)(flat), gold[kind][words], ignore_index=IGNORE)
    named = gold["ner"] != IGNORE
    if named.any():
        found["ner"] = F.cross_entropy(model.ner(vectors[named]), gold["ner"][named])
    return found


def soft_losses(model, batch):
    """Cross-entropies with the teacher's opinions."""
    vectors, opinions = model.vectors(batch), batch["opinions"]
    words = batch["keep"][:, :, 0] > 0
    words[:, 0] = False
    flat = vectors[words]

    def loss(scores, kind):
        index, share = opinions[kind]
        return -(scores.log_softmax(-1).gather(1, index) * share).sum(-1).mean()

    rows = torch.arange(len(words))[:, None].expand_as(words)[words]
    found = {"arc": loss(arc_scores(model, vectors, batch)[words], "heads")}
    found["rel"] = loss(model.relations(flat, vectors[rows, opinions["heads"][0][:, 0]]), "deprel")
    return found | {kind: loss(getattr(model, kind)(flat), kind) for kind in ("upos", "xpos", "ner")}


@torch.no_grad()
def quick_scores(model, corpora, types):
    """UAS, LAS (universal relations), UPOS of the tree corpora and tag F1 of names, all greedy."""
    model.eval()
    universal = [r.split(":")[0] for r in model.labels["deprel"]]
    code = torch.tensor([universal.index(r) for r in universal])
    report = []
    for name, corpus in corpora:
        right = np.zeros(4)
        order = sorted(range(len(corpus.words)), key=lambda i: len(corpus.words[i]))
        for start in range(0, len(order), 48):
            batch = tensors([(corpus.words[i], corpus.gold[i]) for i in order[start : start + 48]], types)
            gold, vectors = batch["gold"], model.vectors(batch)
            words = gold["heads"] != IGNORE
            if not words.any():
                words = gold["ner"] != IGNORE
                guess, truth = model.ner(vectors[words]).argmax(-1), gold["ner"][words]
                right += [((guess == truth) & (truth > 0)).sum(), (guess > 0).sum(), (truth > 0).sum(), 0]
                continue
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


def start_pieces(model, vocabulary):
    """The piece table from the encoder's, turned to its main directions and cut to our width."""
    folder = BUILD / "encoder"
    full = {piece: i for i, piece in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    table = read_safetensors(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
    table = table[torch.tensor([full[piece] for piece in vocabulary])]
    table = table - table.mean(0)
    _, _, v = torch.linalg.svd(table, full_matrices=False)
    reduced = table @ v[: model.size.embedding].T
    with torch.no_grad():
        model.pieces.weight.copy_(0.04 * reduced / reduced.std())


def frequent_words(corpora, pieces):
    """Normalised words of several pieces, the most frequent first: they get a row of their own."""
    counts = Counter()
    for corpus in corpora:
        for words in corpus.words:
            counts.update(words)
    merged = Counter()
    for word, n in counts.items():
        if len(pieces.word(word)) > 1:
            merged[normalise(word)] += n
    return [word for word, n in merged.most_common(MOST_WORDS) if n >= RAREST]


def grow(model, weights):
    """Sets the model to weights that may have fewer layers; a new layer adds nothing until it has learnt."""
    state = model.state_dict()
    for name, value in state.items():
        if name in weights:
            value.copy_(weights[name])
        elif name.endswith(("out.weight", "out.bias", "down.weight", "down.bias")):
            value.zero_()
    model.load_state_dict(state)


def rate(fraction):
    return fraction / WARMUP if fraction < WARMUP else max(0.0, (1 - fraction) / (1 - WARMUP))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=100)
    parser.add_argument("--silver", type=Path, nargs="*", default=[BUILD / "silver"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=BUILD / "student.pt")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--start", type=Path)
    parser.add_argument("--peak", type=float, default=0.5)
    for key, value in vars(Size()).items():
        parser.add_argument(f"--{key}", type=int, default=value)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)

    begun = read_weights(args.start) if args.start else None
    vocabulary = begun["pieces"] if begun else (BUILD / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    trees = data.treebank("EWT", "train") + data.treebank("GUM", "train")
    labels = {
        "upos": sorted({t for s in trees for t in s.upos}),
        "xpos": sorted({t for s in trees for t in s.xpos}),
        "deprel": sorted({r for s in trees for r in s.deprels}),
        "ner": data.NER_LABELS,
    }
    types = Types(vocabulary, [], read_classes(BUILD / "classes.tsv"))
    corpora = {name: Corpus(types, labels, rng) for name in SHARES}
    for stem in args.silver:
        sentences, known = read_silver(stem)
        if known != labels:
            parser.error(f"{stem}: its teacher knew other labels")
        for words, opinions in sentences:
            corpora["silver"].words.append(words)
            corpora["silver"].gold.append(opinions)
    for s in trees:
        corpora["trees"].add(s.words, s.upos, s.xpos, s.heads, s.deprels)
    names = []
    for _, share, sentences in data.name_corpora():
        part = Corpus(types, labels, rng)
        for s in sentences:
            part.add(s.words, ner=s.ner)
        names.append((share, part))
    kept = torch.load(args.out) if args.resume and args.out.exists() else None
    # A run that goes on keeps its own words, also where more silver has come since.
    if kept or begun:
        words = (kept or begun)["words"]
    else:
        words = frequent_words([*corpora.values(), *(part for _, part in names)], types.pieces)
    types.words |= {word: i + 1 for i, word in enumerate(words)}
    print({name: sum(map(len, c.words)) for name, c in corpora.items()}, len(words), "words of their own", flush=True)

    model = Student(types.rows(), labels, Size(**{key: getattr(args, key) for key in vars(Size())}))
    if begun:
        grow(model, begun["model"])
    else:
        start_pieces(model, vocabulary)
    dev = []
    for name in ("EWT", "GUM"):
        corpus = Corpus(types, labels, rng)
        for s in data.treebank(name, "dev")[::4]:
            corpus.add(s.words, s.upos, s.xpos, s.heads, s.deprels)
        dev.append((name, corpus))
    corpus = Corpus(types, labels, rng)
    for s in data.en_worldwide("dev"):
        corpus.add(s.words, ner=s.ner)
    dev.append(("names", corpus))

    serve = {name: c.batches() for name, c in corpora.items() if name != "names" and c.words}
    name_serve = [(share, part.batches()) for share, part in names]
    sources = [name for name in SHARES if name in serve or name == "names"]
    sparse = model.tables()
    dense = [p for p in model.parameters() if all(p is not table for table in sparse)]
    optimizers = [
        torch.optim.AdamW(dense, lr=RATES["dense"], betas=(0.9, 0.98), weight_decay=0.01),
        torch.optim.SparseAdam(sparse, lr=RATES["tables"], betas=(0.9, 0.99)),
    ]
    rates = [o.param_groups[0]["lr"] * (args.peak if begun else 1) for o in optimizers]
    before, step = 0.0, 0
    if kept:
        model.load_state_dict(kept["model"])
        for optimizer, state in zip(optimizers, kept["optimizers"]):
            optimizer.load_state_dict(state)
        before, step = kept["elapsed"], kept["step"]

    def save(elapsed):
        state = model.state() | {"pieces": vocabulary, "words": words, "elapsed": elapsed, "step": step}
        state["optimizers"] = [o.state_dict() for o in optimizers]
        torch.save(state, args.out.with_suffix(".part"))
        args.out.with_suffix(".part").rename(args.out)

    budget, started = 60 * args.minutes, time.process_time()
    saved = reported = scored = before
    sums, counts, seen = Counter(), Counter(), Counter()
    model.train()
    while (elapsed := before + time.process_time() - started) < budget:
        for optimizer, top in zip(optimizers, rates):
            for group in optimizer.param_groups:
                group["lr"] = top * rate(elapsed / budget)
            optimizer.zero_grad(set_to_none=True)
        source = rng.choices(sources, [SHARES[name] for name in sources])[0]
        if source == "names":
            items = next(rng.choices([b for _, b in name_serve], [share for share, _ in name_serve])[0])
        else:
            items = next(serve[source])
        batch = tensors(items, types, rng)
        found = (soft_losses if "opinions" in batch else losses)(model, batch)
        sum(WEIGHTS[name] * loss for name, loss in found.items()).backward()
        torch.nn.utils.clip_grad_norm_(dense, 2.0)
        for optimizer in optimizers:
            optimizer.step()
        step += 1
        seen[source] += sum(len(words) for words, _ in items)
        if source != "silver":
            for name, loss in found.items():
                sums[name] += loss.item()
                counts[name] += 1
        if elapsed - reported > 60:
            means = " ".join(f"{name} {sums[name] / counts[name]:.3f}" for name in sums)
            print(f"{elapsed:.0f} s, step {step}, words {dict(seen)}: {means}", flush=True)
            reported = elapsed
            sums.clear(), counts.clear()
        if elapsed - saved > 240:
            save(elapsed)
            saved = elapsed
        if elapsed - scored > 300:
            print(quick_scores(model, dev, types), flush=True)
            scored = elapsed
    save(budget)
    print(quick_scores(model, dev, types), flush=True)


if __name__ == "__main__":
    main()
