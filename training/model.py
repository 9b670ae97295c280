"""The language model: a small transformer over word pieces with heads for tags, arcs, relations and names."""

import json
import math
import struct
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from pieces import EDGE_SHAPE, SHAPES

HIDDEN, HEADS, MAX_POSITIONS = 384, 12, 256
ARC_DIM, REL_DIM = 192, 64
NORM_EPS = 1e-12
LEAK = 0.1


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one random pool: much cheaper on a CPU than fresh masks."""

    def __init__(self, p, size=1 << 23):
        super().__init__()
        self.pool = (torch.rand(size) >= p).float() / (1 - p)

    def forward(self, x):
        if not self.training:
            return x
        start = int(torch.randint(len(self.pool) - x.numel(), ()))
        return x * self.pool[start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """A post-norm BERT layer."""

    def __init__(self, ffn, dropout):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.attn_norm = nn.LayerNorm(HIDDEN, NORM_EPS)
        self.up = nn.Linear(HIDDEN, ffn)
        self.down = nn.Linear(ffn, HIDDEN)
        self.ffn_norm = nn.LayerNorm(HIDDEN, NORM_EPS)
        self.dropout = dropout

    def forward(self, x, mask):
        batch, length, _ = x.shape
        size = HIDDEN // HEADS
        qkv = self.qkv(x).view(batch, length, 3, HEADS, size).permute(2, 0, 3, 1, 4)
        q, k, v = (part.reshape(batch * HEADS, length, size) for part in qkv)
        scores = torch.bmm(q, k.transpose(1, 2)).view(batch, HEADS, length, length) / math.sqrt(size) + mask
        mixed = torch.bmm(scores.softmax(-1).view(batch * HEADS, length, length), v)
        mixed = mixed.view(batch, HEADS, length, size).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.attn_norm(x + self.dropout(self.out(mixed)))
        return self.ffn_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Model(nn.Module):
    """labels: dict with the lists upos, xpos, deprel, ner; layers and ffn: the encoder's depth and inner width."""

    def __init__(self, vocabulary_size, labels, layers, ffn, dropout=0.1, mlp_dropout=0.25):
        super().__init__()
        self.labels, self.ffn = labels, ffn
        self.dropout, self.mlp_dropout = PooledDropout(dropout), PooledDropout(mlp_dropout)
        self.word = nn.Embedding(vocabulary_size, HIDDEN, sparse=True)
        self.position = nn.Parameter(torch.zeros(MAX_POSITIONS, HIDDEN))
        self.shape = nn.Embedding(SHAPES, HIDDEN)
        nn.init.zeros_(self.shape.weight)
        self.emb_norm = nn.LayerNorm(HIDDEN, NORM_EPS)
        self.layers = nn.ModuleList(Layer(ffn, self.dropout) for _ in range(layers))
        self.upos, self.xpos, self.ner = (nn.Linear(HIDDEN, len(labels[k])) for k in ("upos", "xpos", "ner"))
        self.arc_dep, self.arc_head = nn.Linear(HIDDEN, ARC_DIM), nn.Linear(HIDDEN, ARC_DIM)
        self.rel_dep, self.rel_head = nn.Linear(HIDDEN, REL_DIM), nn.Linear(HIDDEN, REL_DIM)
        self.arc_biaffine = nn.Parameter(torch.randn(ARC_DIM + 1, ARC_DIM) / ARC_DIM)
        self.rel_biaffine = nn.Parameter(torch.randn(len(labels["deprel"]), REL_DIM + 1, REL_DIM + 1) / REL_DIM)

    def vectors(self, batch):
        """[B, 1 + words, HIDDEN]: row 0 is [CLS]'s vector, the root's; the others are means of pieces."""
        ids = batch["ids"]
        x = self.word(ids) + self.position[: ids.shape[1]] + self.shape(batch["shapes"])
        x = self.dropout(self.emb_norm(x))
        mask = (batch["piece_mask"] - 1)[:, None, None, :] * 1e4
        for layer in self.layers:
            x = layer(x, mask)
        return self.dropout(torch.bmm(batch["pool"], x))

    def arcs(self, vectors):
        """[B, dependent, head] scores; row 0 (the root as dependent) means nothing."""
        dep = self.mlp_dropout(F.leaky_relu(self.arc_dep(vectors), LEAK))
        head = self.mlp_dropout(F.leaky_relu(self.arc_head(vectors), LEAK))
        return torch.bmm(_one(dep) @ self.arc_biaffine, head.transpose(1, 2))

    def relations(self, dependents, heads):
        """[N, relations] scores of N pairs of vectors."""
        dep = _one(self.mlp_dropout(F.leaky_relu(self.rel_dep(dependents), LEAK)))
        head = _one(self.mlp_dropout(F.leaky_relu(self.rel_head(heads), LEAK)))
        count, width = self.rel_biaffine.shape[0], REL_DIM + 1
        mixed = dep @ self.rel_biaffine.permute(1, 0, 2).reshape(width, count * width)
        return torch.bmm(mixed.view(-1, count, width), head[:, :, None]).squeeze(-1)

    def encoder_parameters(self):
        heads = {id(p) for p in self.head_parameters()} | {id(self.word.weight), id(self.shape.weight)}
        return [p for p in self.parameters() if id(p) not in heads]

    def head_parameters(self):
        linear = (self.upos, self.xpos, self.ner, self.arc_dep, self.arc_head, self.rel_dep, self.rel_head)
        return [p for m in linear for p in m.parameters()] + [self.arc_biaffine, self.rel_biaffine]


def _one(x):
    return torch.cat([x, x.new_ones(*x.shape[:-1], 1)], -1)


def read_safetensors(path):
    blob = Path(path).read_bytes()
    size = struct.unpack("<Q", blob[:8])[0]
    header = json.loads(blob[8 : 8 + size])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            values = np.frombuffer(blob[8 + size + begin : 8 + size + end], "<f4")
            tensors[name] = torch.tensor(values.reshape(entry["shape"]))
    return tensors


def initialise(model, folder, vocabulary):
    """Fills the encoder from the first layers of a BERT checkpoint, its inner layers pruned to model.ffn neurons."""
    folder = Path(folder)
    full = {piece: i for i, piece in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    t = read_safetensors(folder / "model.safetensors")
    rows = torch.tensor([full[piece] for piece in vocabulary])
    with torch.no_grad():
        model.word.weight.copy_(t["embeddings.word_embeddings.weight"][rows])
        token_type = t["embeddings.token_type_embeddings.weight"][0]
        model.position.copy_(t["embeddings.position_embeddings.weight"][:MAX_POSITIONS] + token_type)
        _copy(model.emb_norm, t, "embeddings.LayerNorm")
        for k, layer in enumerate(model.layers):
            base = f"encoder.layer.{k}."
            for kind in ("weight", "bias"):
                parts = [t[f"{base}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
            _copy(layer.out, t, base + "attention.output.dense")
            _copy(layer.attn_norm, t, base + "attention.output.LayerNorm")
            up, down = t[base + "intermediate.dense.weight"], t[base + "output.dense.weight"]
            kept = (up.norm(dim=1) * down.norm(dim=0)).topk(model.ffn).indices.sort().values
            layer.up.weight.copy_(up[kept])
            layer.up.bias.copy_(t[base + "intermediate.dense.bias"][kept])
            layer.down.weight.copy_(down[:, kept])
            layer.down.bias.copy_(t[base + "output.dense.bias"])
            _copy(layer.ffn_norm, t, base + "output.LayerNorm")


def _copy(module, tensors, name):
    module.weight.copy_(tensors[name + ".weight"])
    module.bias.copy_(tensors[name + ".bias"])


def collate(encoded, pieces):
    """Tensors of a batch from (ids, shapes, counts) triples."""
    length = max(len(ids) for ids, _, _ in encoded) + 2
    words = max(len(counts) for _, _, counts in encoded)
    ids = np.full((len(encoded), length), pieces.pad)
    shapes = np.full((len(encoded), length), EDGE_SHAPE)
    mask = np.zeros((len(encoded), length), np.float32)
    pool = np.zeros((len(encoded), words + 1, length), np.float32)
    for i, (sentence_ids, sentence_shapes, counts) in enumerate(encoded):
        n = len(sentence_ids)
        ids[i, 0], ids[i, 1 : n + 1], ids[i, n + 1] = pieces.cls, sentence_ids, pieces.sep
        shapes[i, 1 : n + 1] = sentence_shapes
        mask[i, : n + 2] = 1
        pool[i, 0, 0] = 1
        word = np.repeat(np.arange(1, len(counts) + 1), counts)
        pool[i, word, np.arange(1, n + 1)] = 1 / np.repeat(counts, counts)
    arrays = {"ids": ids, "shapes": shapes, "piece_mask": mask, "pool": pool}
    return {name: torch.from_numpy(array) for name, array in arrays.items()}
