"""The shipped network: word types embedded once, a convolution over neighbours, a few narrow attention layers, heads.

What depends on a word alone (its pieces, its whole form, its ends, its shape) is worked out for each type once, with the
convolution's three projections of it; at inference a memory of types makes that nearly free, so only the context layers
cost anything a word.
"""

import math
from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional as F

NORM_EPS = 1e-5
AFFIX_ROWS = 8192
AFFIXES = ((0, 2), (0, 3), (1, 2), (1, 3), (1, 4))  # (0 first letters, 1 last letters), how many


@dataclass
class Size:
    embedding: int = 256
    hidden: int = 192
    mix: int = 192  # inner width of the convolution over neighbours
    layers: int = 2
    heads: int = 6
    ffn: int = 384
    reach: int = 24  # distances beyond this share one attention bias
    arc: int = 96
    rel: int = 96


SPAN = 3  # words of the convolution inside the FFN


class Masks(nn.Module):
    """Dropout whose masks are slices of one random pool: much cheaper on a CPU than fresh masks."""

    def __init__(self, p, size=1 << 22):
        super().__init__()
        self.pool = (torch.rand(size) >= p).float() / (1 - p)

    def forward(self, x):
        if not self.training or x.numel() >= len(self.pool):
            return x
        start = int(torch.randint(len(self.pool) - x.numel(), ()))
        return x * self.pool[start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """Pre-norm attention with a learned bias a distance, then an FFN with a depthwise convolution inside."""

    def __init__(self, size, dropout):
        super().__init__()
        self.size = size
        d = size.hidden
        self.norm1, self.norm2 = nn.LayerNorm(d, NORM_EPS), nn.LayerNorm(d, NORM_EPS)
        self.qkv, self.out = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.distance = nn.Parameter(torch.zeros(size.heads, 2 * size.reach + 1))
        self.up, self.down = nn.Linear(d, size.ffn), nn.Linear(size.ffn, d)
        self.near = nn.Conv1d(size.ffn, size.ffn, SPAN, padding=SPAN // 2, groups=size.ffn)
        with torch.no_grad():
            self.near.weight.mul_(0.1)
            self.near.weight[:, :, SPAN // 2] += 1
            self.near.bias.zero_()
            self.out.weight.mul_(0.5)
            self.down.weight.mul_(0.5)
        self.dropout = dropout

    def forward(self, x, mask, steps, keep):
        batch, length, d = x.shape
        heads, width = self.size.heads, d // self.size.heads
        qkv = self.qkv(self.norm1(x)).view(batch, length, 3, heads, width).permute(2, 0, 3, 1, 4)
        q, k, v = (part.reshape(batch * heads, length, width) for part in qkv)
        scores = torch.bmm(q, k.transpose(1, 2)).view(batch, heads, length, length) / math.sqrt(width)
        scores = scores + self.distance[:, steps] + mask
        mixed = torch.bmm(scores.softmax(-1).view(batch * heads, length, length), v)
        mixed = mixed.view(batch, heads, length, width).transpose(1, 2).reshape(batch, length, d)
        x = x + self.dropout(self.out(mixed))
        inner = self.up(self.norm2(x)) * keep
        # The depthwise convolution as shifted products: torch's own is slow on a CPU.
        weight, reach = self.near.weight[:, 0], SPAN // 2
        padded = F.pad(inner, (0, 0, reach, reach))
        inner = self.near.bias + sum(padded[:, i : i + length] * weight[:, i] for i in range(SPAN))
        return x + self.dropout(self.down(F.relu(inner)))


class Student(nn.Module):
    """labels: dict with the lists upos, xpos, deprel, ner; table: the word types (student_words.Types)."""

    def __init__(self, rows, labels, size, dropout=0.1, type_dropout=0.1, mlp_dropout=0.2):
        """rows: dict with the number of rows of the tables pieces, words, shapes, classes."""
        super().__init__()
        self.labels, self.size, self.rows = labels, size, rows
        e, d = size.embedding, size.hidden
        self.dropout, self.mlp_dropout, self.type_dropout = Masks(dropout), Masks(mlp_dropout), Masks(type_dropout)
        self.pieces = nn.EmbeddingBag(rows["pieces"], e, mode="mean", sparse=True)
        self.words = nn.Embedding(rows["words"], e, sparse=True)
        self.affixes = nn.EmbeddingBag(AFFIX_ROWS, e, mode="sum", sparse=True)
        self.shapes = nn.Embedding(rows["shapes"], e)
        self.classes = nn.Linear(rows["classes"], e, bias=False)
        for table in (self.words, self.affixes, self.shapes, self.classes):
            nn.init.normal_(table.weight, std=0.02)
        self.type_norm = nn.LayerNorm(e, NORM_EPS)
        self.base = nn.Linear(e, d)
        self.left, self.here, self.right = (nn.Linear(e, size.mix, bias=k == 1) for k in range(3))
        self.mixed = nn.Linear(size.mix, d)
        self.layers = nn.ModuleList(Layer(size, self.dropout) for _ in range(size.layers))
        self.last_norm = nn.LayerNorm(d, NORM_EPS)
        self.upos, self.xpos, self.ner = (nn.Linear(d, len(labels[k])) for k in ("upos", "xpos", "ner"))
        self.arc_dep, self.arc_head = nn.Linear(d, size.arc), nn.Linear(d, size.arc)
        self.arc_biaffine = nn.Linear(size.arc, size.arc)
        self.rel_dep, self.rel_head = nn.Linear(d, size.rel), nn.Linear(d, size.rel, bias=False)
        self.rel_out = nn.Linear(size.rel, len(labels["deprel"]))
        nn.init.normal_(self.arc_biaffine.weight, std=1 / size.arc)

    def embed(self, types):
        x = self.pieces(types["pieces"], types["piece_starts"]) + self.words(types["word"])
        x = x + self.affixes(types["affixes"]) + self.shapes(types["shape"])
        x = x + self.classes(types["classes"])
        return self.type_dropout(self.type_norm(x))

    def vectors(self, batch):
        """[B, 1 + words, hidden]; row 0 is the root's."""
        e = self.embed(batch["types"])
        at, keep = batch["at"], batch["keep"]  # [B, L] rows of the types; [B, L, 1] zero on padding
        left, here, right, base = (F.embedding(at, layer(e)) for layer in (self.left, self.here, self.right, self.base))
        left, right = left * keep, right * keep
        here = here + F.pad(left[:, :-1], (0, 0, 1, 0)) + F.pad(right[:, 1:], (0, 0, 0, 1))
        x = base + self.mixed(self.dropout(F.relu(here)))
        length, reach = at.shape[1], self.size.reach
        places = torch.arange(length)
        steps = (places[None] - places[:, None]).clamp(-reach, reach) + reach
        mask = (keep[:, None, :, :].transpose(2, 3) - 1) * 1e4
        for layer in self.layers:
            x = layer(x, mask, steps, keep)
        return self.dropout(self.last_norm(x))

    def arcs(self, vectors):
        """[B, dependent, head] scores."""
        dep = self.mlp_dropout(F.relu(self.arc_dep(vectors)))
        head = self.mlp_dropout(F.relu(self.arc_head(vectors)))
        return torch.bmm(self.arc_biaffine(dep), head.transpose(1, 2))

    def relations(self, dependents, heads):
        """[N, relations] scores of N pairs of vectors."""
        return self.rel_out(self.mlp_dropout(F.relu(self.rel_dep(dependents) + self.rel_head(heads))))

    def tables(self):
        return [self.pieces.weight, self.words.weight, self.affixes.weight]

    def state(self):
        return {"model": self.state_dict(), "labels": self.labels, "size": asdict(self.size), "rows": self.rows}
