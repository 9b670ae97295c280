"""Reference inference from a model file alone, in plain fp32: slow, clear, the twin of src/language.

usage: reference.py MODEL.kdm < WORDS      one sentence a line, words separated by blanks; writes CoNLL-U
       reference.py MODEL.kdm --selftest   compares the model with its own self-test lines
"""

import argparse
import sys

import numpy as np
import torch
from torch.nn import functional as F

import container
import lemma
from decode import tree, viterbi
from pieces import WordPieces, encode
from student_words import CLASS_BITS, Types, fnv1a_64

LEAK, NORM_EPS = 0.1, 1e-12


class Reference:
    def __init__(self, sections):
        torch.set_num_threads(1)
        self.sections = sections
        self.config = dict(line.split(" = ", 1) for line in sections["config"].splitlines())
        self.pieces = WordPieces(sections["vocab"].splitlines())
        self.labels = {kind: sections[f"labels.{kind}"].splitlines() for kind in ("upos", "xpos", "deprel", "ner")}
        self.tables = lemma.parse(sections["lemma.forms"], sections["lemma.suffix"])
        self.weights = {}
        for name, value in sections.items():
            if isinstance(value, np.ndarray) and value.dtype in (np.float16, np.float32, np.int8):
                array = value.astype(np.float32)
                if value.dtype == np.int8:
                    array *= sections[name + ".scale"][:, None]
                self.weights[name] = torch.from_numpy(array)
        self.root_relation = self.labels["deprel"].index("root")

    def _linear(self, x, name):
        return F.linear(x, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def _norm(self, x, name):
        return F.layer_norm(x, x.shape[-1:], self.weights[name + ".weight"], self.weights[name + ".bias"], NORM_EPS)

    def spans(self, words):
        """(first word, end word, vectors) of each window of a sentence."""
        ids, shapes, counts = encode(words, self.pieces)
        offsets = np.cumsum([0, *counts])
        for start, end in self._windows(counts):
            cut = slice(offsets[start], offsets[end])
            yield start, end, self.vectors(ids[cut], shapes[cut], counts[start:end])

    def vectors(self, ids, shapes, counts):
        """[1 + words, hidden]: [CLS]'s vector, then the words'."""
        edge = int(self.config["shapes"]) - 1
        ids = [self.pieces.cls, *ids, self.pieces.sep]
        shapes = [edge, *shapes, edge]
        w = self.weights
        x = self._norm(w["emb.word"][ids] + w["emb.position"][: len(ids)] + w["emb.shape"][shapes], "emb.norm")
        heads = int(self.config["heads"])
        for k in range(int(self.config["layers"])):
            q, k_, v = (
                part.view(len(ids), heads, -1).transpose(0, 1)
                for part in self._linear(x, f"layer.{k}.attn.qkv").chunk(3, dim=-1)
            )
            mixed = (q @ k_.transpose(1, 2) / q.shape[-1] ** 0.5).softmax(-1) @ v
            mixed = mixed.transpose(0, 1).reshape(len(ids), -1)
            x = self._norm(x + self._linear(mixed, f"layer.{k}.attn.out"), f"layer.{k}.attn.norm")
            up = F.gelu(self._linear(x, f"layer.{k}.ffn.up"))
            x = self._norm(x + self._linear(up, f"layer.{k}.ffn.down"), f"layer.{k}.ffn.norm")
        words = [part.mean(0) for part in x[1:-1].split(counts)]
        return torch.stack([x[0], *words])

    def _mlp(self, x, name):
        return F.leaky_relu(self._linear(x, name), LEAK)

    def scores(self, vectors):
        """(upos, xpos, ner, arc) scores; arc is [1 + words, 1 + words], dependent by head."""
        words = vectors[1:]
        tags = (self._linear(words, f"head.{kind}") for kind in ("upos", "xpos", "ner"))
        dep = _one(self._mlp(vectors, "head.arc.dep"))
        arc = dep @ self.weights["head.arc.biaffine"] @ self._mlp(vectors, "head.arc.head").T
        return (*tags, arc)

    def relation_scores(self, dependents, heads):
        dep, head = _one(self._mlp(dependents, "head.rel.dep")), _one(self._mlp(heads, "head.rel.head"))
        return torch.einsum("ni,rij,nj->nr", dep, self.weights["head.rel.biaffine"], head)

    def relations(self, vectors, heads):
        scores = self.relation_scores(vectors[1:], vectors[torch.as_tensor(heads)])
        at_root = torch.as_tensor(heads) == 0
        scores[~at_root, self.root_relation] = -torch.inf
        others = torch.arange(scores.shape[1]) != self.root_relation
        scores[at_root[:, None] & others] = -torch.inf
        return scores

    def _windows(self, counts):
        """(first word, end word) spans whose pieces fit into max_positions."""
        room = int(self.config["max_positions"]) - 2
        start, used = 0, 0
        for i, count in enumerate(counts):
            if used + count > room:
                yield start, i
                start, used = i, 0
            used += count
        yield start, len(counts)

    @torch.no_grad()
    def analyse(self, words):
        """Dict of lists: upos, xpos, lemmas, heads, deprels, ner."""
        out = {kind: [] for kind in ("upos", "xpos", "lemmas", "heads", "deprels", "ner")}
        first_root = 0
        for start, _, vectors in self.spans(words):
            upos, xpos, ner, arc = self.scores(vectors)
            heads = tree(arc.numpy())
            relations = self.relations(vectors, heads).argmax(-1)
            w = self.weights
            names = viterbi(ner.numpy(), *(w[f"ner.{k}"].numpy() for k in ("transitions", "start", "end")))
            for i, head in enumerate(heads):
                out["upos"].append(self.labels["upos"][upos[i].argmax()])
                out["xpos"].append(self.labels["xpos"][xpos[i].argmax()])
                out["ner"].append(self.labels["ner"][names[i]])
                later_root = head == 0 and first_root
                if head == 0 and not first_root:
                    first_root = start + i + 1
                    out["heads"].append(0)
                else:
                    out["heads"].append(first_root if later_root else start + int(head))
                out["deprels"].append("parataxis" if later_root else self.labels["deprel"][relations[i]])
        for word, upos, xpos in zip(words, out["upos"], out["xpos"]):
            out["lemmas"].append(lemma.lemmatise(word, upos, xpos, *self.tables))
        return out

    def margin(self, words):
        """The smallest lead of a best choice over the second (tags, arcs, relations) in a sentence."""
        with torch.no_grad():
            _, _, vectors = next(self.spans(words))
            upos, xpos, ner, arc = self.scores(vectors)
            arc = arc.fill_diagonal_(-1e4)[1:]
            tables = [upos, xpos, ner, arc, self.relations(vectors, tree(self.scores(vectors)[3].numpy()))]
            return min(float((t.topk(2).values @ torch.tensor([1.0, -1.0])).min()) for t in tables)


class ClassTable:
    """Reads what student_words.class_table made, as a dict does."""

    def __init__(self, table):
        self.table = table

    def get(self, word, default):
        h = fnv1a_64(word.encode())
        at = h & (len(self.table) - 1)
        while entry := int(self.table[at]):
            if entry >> CLASS_BITS == h >> 38:
                return entry & ((1 << CLASS_BITS) - 1)
            at = (at + 1) & (len(self.table) - 1)
        return default


class WordReference(Reference):
    """The narrow network ("Word types" in docs/model-format.md)."""

    def __init__(self, sections):
        super().__init__(sections)
        self.types = Types(sections["vocab"].splitlines(), sections["words"].splitlines(), ClassTable(sections["class.table"]))

    def _norm(self, x, name):
        return F.layer_norm(x, x.shape[-1:], self.weights[name + ".weight"], self.weights[name + ".bias"], 1e-5)

    def spans(self, words):
        room = int(self.config["max_positions"]) - 1
        types = [self.types.of(word, i == 0) for i, word in enumerate(words)]
        for start in range(0, len(words), room):
            end = min(start + room, len(words))
            yield start, end, self.vectors([0, *types[start:end]])

    def vectors(self, types):
        w, config, t = self.weights, self.config, self.types
        rows = []
        for k in types:
            row = w["emb.piece"][t.pieces_of(k)].mean(0) + w["emb.word"][t.word.array[k]]
            rows.append(row + w["emb.affix"][t.affixes.array[k]].sum(0) + w["emb.shape"][t.shape.array[k]])
            rows[-1] = rows[-1] + torch.from_numpy(t.bits.array[k]) @ w["emb.class"]
        parts = self._linear(self._norm(torch.stack(rows), "emb.norm"), "type")
        left, here, right, base = parts.split([int(config["mix"])] * 3 + [int(config["hidden"])], dim=1)
        here = here + F.pad(left[:-1], (0, 0, 1, 0)) + F.pad(right[1:], (0, 0, 0, 1))
        x = base + self._linear(F.relu(here), "mixed")
        heads, reach, n = int(config["heads"]), int(config["reach"]), len(types)
        steps = (torch.arange(n)[None] - torch.arange(n)[:, None]).clamp(-reach, reach) + reach
        for k in range(int(config["layers"])):
            q, k_, v = (
                part.view(n, heads, -1).transpose(0, 1)
                for part in self._linear(self._norm(x, f"layer.{k}.attn.norm"), f"layer.{k}.attn.qkv").chunk(3, dim=-1)
            )
            scores = q @ k_.transpose(1, 2) / q.shape[-1] ** 0.5 + w[f"layer.{k}.attn.distance"][:, steps]
            mixed = (scores.softmax(-1) @ v).transpose(0, 1).reshape(n, -1)
            x = x + self._linear(mixed, f"layer.{k}.attn.out")
            inner = F.pad(self._linear(self._norm(x, f"layer.{k}.ffn.norm"), f"layer.{k}.ffn.up"), (0, 0, 1, 1))
            near = w[f"layer.{k}.ffn.near.weight"]
            inner = w[f"layer.{k}.ffn.near.bias"] + sum(inner[i : i + n] * near[i] for i in range(3))
            x = x + self._linear(F.relu(inner), f"layer.{k}.ffn.down")
        return self._norm(x, "norm")

    def _mlp(self, x, name):
        return F.relu(self._linear(x, name))

    def relation_scores(self, dependents, heads):
        return self._linear(
            F.relu(self._linear(dependents, "head.rel.dep") + self._linear(heads, "head.rel.head")), "head.rel.out"
        )


def reference(sections):
    """The reference of either network."""
    return WordReference(sections) if "encoder = words\n" in sections["config"] else Reference(sections)


def _one(x):
    return torch.cat([x, torch.ones(len(x), 1)], -1)


def conllu(words, a):
    rows = zip(words, a["lemmas"], a["upos"], a["xpos"], a["heads"], a["deprels"], a["ner"])
    return "".join(
        f"{i}\t{word}\t{lem}\t{upos}\t{xpos}\t_\t{head}\t{rel}\t_\tNER={ner}\n"
        for i, (word, lem, upos, xpos, head, rel, ner) in enumerate(rows, 1)
    )


def selftest_line(text, words, a):
    columns = (words, a["upos"], map(str, a["heads"]), a["deprels"], a["ner"])
    return "\t".join([text, *(" ".join(column) for column in columns)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--selftest", action="store_true")
    args = parser.parse_args()
    model = reference(container.read(args.model))
    if args.selftest:
        lines = model.sections["selftest"].splitlines()
        for line in lines:
            text, words = line.split("\t")[:2]
            if selftest_line(text, words.split(" "), model.analyse(words.split(" "))) != line:
                sys.exit(f"self-test failed: {text}")
        print(f"{len(lines)} self-test sentences agree")
        return
    for line in sys.stdin:
        if words := line.split():
            print(conllu(words, model.analyse(words)))


if __name__ == "__main__":
    main()
