"""Writes a checkpoint of the narrow network as a model file.

usage: student_export.py [--checkpoint build/student.pt] [--out ../models/english.kdm]
"""

import argparse
import datetime
from pathlib import Path

import numpy as np
import torch

import container
from export import HERE, LICENCE, MODEL_VERSION, finish, lines, name_transitions, quantise
from student_model import Size, Student
from student_words import SHAPES, class_table, read_classes

MAX_POSITIONS = 192


def weights(model):
    state = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    sections = {}
    for target, source in (("piece", "pieces"), ("word", "words"), ("affix", "affixes")):
        sections[f"emb.{target}"], sections[f"emb.{target}.scale"] = quantise(state[source + ".weight"])
    sections["emb.shape"] = state["shapes.weight"].astype(np.float16)
    sections["emb.class"] = state["classes.weight"].T.astype(np.float16).copy()

    def pair(target, source, dtype=np.float16):
        sections[target + ".weight"] = state[source + ".weight"].astype(dtype)
        bias = state.get(source + ".bias")
        if bias is None:
            bias = np.zeros(len(state[source + ".weight"]), np.float32)
        sections[target + ".bias"] = bias.astype(np.float32)

    pair("emb.norm", "type_norm", np.float32)
    parts = ("left", "here", "right", "base")
    sections["type.weight"] = np.concatenate([state[p + ".weight"] for p in parts]).astype(np.float16)
    zero = np.zeros(model.size.mix, np.float32)
    sections["type.bias"] = np.concatenate([zero, state["here.bias"], zero, state["base.bias"]])
    pair("mixed", "mixed")
    for k in range(model.size.layers):
        source, target = f"layers.{k}.", f"layer.{k}."
        pair(target + "attn.norm", source + "norm1", np.float32)
        pair(target + "attn.qkv", source + "qkv")
        sections[target + "attn.distance"] = state[source + "distance"]
        pair(target + "attn.out", source + "out")
        pair(target + "ffn.norm", source + "norm2", np.float32)
        pair(target + "ffn.up", source + "up")
        sections[target + "ffn.near.weight"] = np.ascontiguousarray(state[source + "near.weight"][:, 0].T)
        sections[target + "ffn.near.bias"] = state[source + "near.bias"]
        pair(target + "ffn.down", source + "down")
    pair("norm", "last_norm", np.float32)
    for kind in ("upos", "xpos", "ner"):
        pair(f"head.{kind}", kind)
    for name in ("arc.dep", "arc.head", "rel.dep", "rel.head", "rel.out"):
        pair("head." + name, name.replace(".", "_"))
    biaffine = np.concatenate([state["arc_biaffine.weight"].T, state["arc_biaffine.bias"][None]])
    sections["head.arc.biaffine"] = biaffine.astype(np.float16)
    return sections


def read(path):
    """The weights of a model file with its pieces and words: what weights() wrote, without the rounding."""
    sections = container.read(path)
    state = {}

    def tensor(name):
        return torch.from_numpy(sections[name].astype(np.float32))

    for target, source in (("piece", "pieces"), ("word", "words"), ("affix", "affixes")):
        state[source + ".weight"] = tensor(f"emb.{target}") * tensor(f"emb.{target}.scale")[:, None]
    state["shapes.weight"], state["classes.weight"] = tensor("emb.shape"), tensor("emb.class").T

    def pair(target, source):
        state[source + ".weight"], state[source + ".bias"] = tensor(target + ".weight"), tensor(target + ".bias")

    pair("emb.norm", "type_norm")
    mix = len(sections["mixed.weight"][0])
    for k, part in enumerate(("left", "here", "right", "base")):
        rows = slice(k * mix, (k + 1) * mix if k < 3 else None)
        state[part + ".weight"], state[part + ".bias"] = tensor("type.weight")[rows], tensor("type.bias")[rows]
    pair("mixed", "mixed")
    layers = sum(name.endswith(".attn.distance") for name in sections)
    for k in range(layers):
        source, target = f"layers.{k}.", f"layer.{k}."
        for there, here in (("attn.norm", "norm1"), ("attn.qkv", "qkv"), ("attn.out", "out"), ("ffn.norm", "norm2"),
                            ("ffn.up", "up"), ("ffn.down", "down")):  # fmt: skip
            pair(target + there, source + here)
        state[source + "distance"] = tensor(target + "attn.distance")
        state[source + "near.weight"] = tensor(target + "ffn.near.weight").T[:, None]
        state[source + "near.bias"] = tensor(target + "ffn.near.bias")
    pair("norm", "last_norm")
    for kind in ("upos", "xpos", "ner"):
        pair(f"head.{kind}", kind)
    for name in ("arc.dep", "arc.head", "rel.dep", "rel.head", "rel.out"):
        pair("head." + name, name.replace(".", "_"))
    biaffine = tensor("head.arc.biaffine")
    state["arc_biaffine.weight"], state["arc_biaffine.bias"] = biaffine[:-1].T, biaffine[-1]
    state = {name: value.contiguous() for name, value in state.items()}
    return {"model": state, "pieces": sections["vocab"].splitlines(), "words": sections["words"].splitlines()}


def load(path):
    state = torch.load(path)
    model = Student(state["rows"], state["labels"], Size(**state["size"]))
    model.load_state_dict(state["model"])
    return model.eval(), state["pieces"], state["words"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, default=HERE / "build/student.pt")
    parser.add_argument("--out", type=Path, default=HERE.parent / "models/english.kdm")
    args = parser.parse_args()
    model, pieces, words = load(args.checkpoint)
    size = model.size
    config = {
        "name": "english", "version": MODEL_VERSION, "trained": datetime.date.today().isoformat(), "licence": LICENCE,
        "encoder": "words", "relations": "sum", "embedding": size.embedding, "hidden": size.hidden, "mix": size.mix,
        "layers": size.layers, "heads": size.heads, "ffn": size.ffn, "reach": size.reach,
        "max_positions": MAX_POSITIONS, "arc_dim": size.arc, "rel_dim": size.rel, "shapes": SHAPES,
    }  # fmt: skip
    sections = {"config": lines(f"{key} = {value}" for key, value in config.items())}
    sections |= {"vocab": lines(pieces), "words": lines(words)}
    for kind in ("upos", "xpos", "deprel", "ner"):
        sections[f"labels.{kind}"] = lines(model.labels[kind])
    sections |= weights(model)
    sections["class.table"] = class_table(read_classes(HERE / "build/classes.tsv"))
    sections |= name_transitions(model.labels["ner"])
    finish(sections, args.out)


if __name__ == "__main__":
    main()
