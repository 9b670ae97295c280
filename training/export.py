"""Writes a checkpoint as a model file: quantised weights, labels, lemma tables, self-test.

usage: export.py [--checkpoint build/model.pt] [--out ../models/english.kdm] [--bytes]      --bytes: layers of i8, half the size

Sections of an existing output file that training does not make (the sentence splitter's) are kept; a new file takes
them from models/english.kdm.
"""

import argparse
import datetime
from pathlib import Path

import numpy as np
import torch

import container
import lemma
import train
from model import ARC_DIM, HEADS, HIDDEN, MAX_POSITIONS, REL_DIM, Model
from pieces import SHAPES
from reference import reference, selftest_line

HERE = Path(__file__).resolve().parent
MODEL_VERSION = "1.0.0"
LICENCE = "CC BY-NC-SA 4.0 (treebanks); encoder Apache-2.0"
ILLEGAL = -1e4
SMALLEST_MARGIN = 0.5
FOREIGN_SECTIONS = ("splitter.", "coref.")
SELFTEST = (
    ("French President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin on Friday.",
     "French President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin on Friday ."),
    ("Russia attacked the city with missiles.", "Russia attacked the city with missiles ."),
    ("The United Nations condemned the attack.", "The United Nations condemned the attack ."),
    ("Iran didn't sign the agreement.", "Iran did n't sign the agreement ."),
    ("The ceasefire was signed by both sides in Geneva.", "The ceasefire was signed by both sides in Geneva ."),
    ("Police arrested three protesters in Nairobi.", "Police arrested three protesters in Nairobi ."),
    ("China imposed tariffs on American goods.", "China imposed tariffs on American goods ."),
    ("Israeli soldiers killed two Palestinians near Jenin, the army said.",
     "Israeli soldiers killed two Palestinians near Jenin , the army said ."),
    ("Kenya and Uganda agreed to cooperate.", "Kenya and Uganda agreed to cooperate ."),
    ("The minister resigned.", "The minister resigned ."),
    ("NATO leaders will meet in Brussels next week.", "NATO leaders will meet in Brussels next week ."),
    ("Turkey has threatened to close its border.", "Turkey has threatened to close its border ."),
    ("The government rejected the proposal because it was weak.",
     "The government rejected the proposal because it was weak ."),
    ("Rebels seized the town that the army had left.", "Rebels seized the town that the army had left ."),
)  # fmt: skip


def quantise(matrix):
    scale = np.abs(matrix).max(1, keepdims=True) / 127
    scale[scale == 0] = 1
    return np.rint(matrix / scale).astype(np.int8), scale[:, 0].astype(np.float32)


def name_transitions(labels):
    """Zero where a label may follow another, ILLEGAL before an I- without its B- or I-."""
    matrix, start = np.zeros((len(labels), len(labels)), np.float32), np.zeros(len(labels), np.float32)
    for j, label in enumerate(labels):
        if label.startswith("I-"):
            start[j] = ILLEGAL
            for i, before in enumerate(labels):
                if before[2:] != label[2:]:
                    matrix[i, j] = ILLEGAL
    return {"ner.transitions": matrix, "ner.start": start, "ner.end": np.zeros_like(start)}


# Sections and what they are in the network, {k} for each layer.
LAYER = {
    "attn.qkv": "qkv", "attn.out": "out", "attn.norm": "attn_norm", "ffn.up": "up", "ffn.down": "down",
    "ffn.norm": "ffn_norm",
}  # fmt: skip
HEADS_OF = {
    "upos": "upos", "xpos": "xpos", "ner": "ner", "arc.dep": "arc_dep", "arc.head": "arc_head", "rel.dep": "rel_dep",
    "rel.head": "rel_head",
}  # fmt: skip


def linear_parts(layers):
    """(section, module) of every part that has a weight and a bias."""
    yield "emb.norm", "emb_norm"
    for k in range(layers):
        yield from ((f"layer.{k}.{section}", f"layers.{k}.{module}") for section, module in LAYER.items())
    yield from (("head." + section, module) for section, module in HEADS_OF.items())


def weights(model, layers_as_bytes):
    state = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    sections = {}
    sections["emb.word"], sections["emb.word.scale"] = quantise(state["word.weight"])
    sections["emb.position"] = state["position"].astype(np.float16)
    sections["emb.shape"] = state["shape.weight"].astype(np.float16)
    for section, module in linear_parts(len(model.layers)):
        weight = state[module + ".weight"]
        if section.endswith("norm"):
            sections[section + ".weight"] = weight.astype(np.float32)
        elif layers_as_bytes and section.startswith("layer."):
            sections[section + ".weight"], sections[section + ".weight.scale"] = quantise(weight)
        else:
            sections[section + ".weight"] = weight.astype(np.float16)
        sections[section + ".bias"] = state[module + ".bias"].astype(np.float32)
    for kind in ("arc", "rel"):
        sections[f"head.{kind}.biaffine"] = state[f"{kind}_biaffine"].astype(np.float16)
    return sections


def read(path):
    """(network, vocabulary) of a model file of the transformer: what `train.load` gives of a checkpoint."""
    sections = container.read(path)
    config = dict(line.split(" = ", 1) for line in sections["config"].splitlines())
    labels = {kind: sections[f"labels.{kind}"].splitlines() for kind in ("upos", "xpos", "deprel", "ner")}
    vocabulary = sections["vocab"].splitlines()
    model = Model(len(vocabulary), labels, int(config["layers"]), int(config["ffn"]))

    def tensor(name):
        value = sections[name].astype(np.float32)
        return torch.from_numpy(value * sections[name + ".scale"][:, None] if name + ".scale" in sections else value)

    state = model.state_dict()
    state |= {"word.weight": tensor("emb.word"), "position": tensor("emb.position"), "shape.weight": tensor("emb.shape")}
    for section, module in linear_parts(len(model.layers)):
        state |= {f"{module}.{part}": tensor(f"{section}.{part}") for part in ("weight", "bias")}
    state |= {f"{kind}_biaffine": tensor(f"head.{kind}.biaffine") for kind in ("arc", "rel")}
    model.load_state_dict(state)
    return model.eval(), vocabulary


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, default=HERE / "build/model.pt")
    parser.add_argument("--out", type=Path, default=HERE.parent / "models/english.kdm")
    parser.add_argument("--bytes", action="store_true")
    args = parser.parse_args()
    model, vocabulary = train.load(args.checkpoint)
    config = {
        "name": args.out.stem, "version": MODEL_VERSION, "trained": datetime.date.today().isoformat(), "licence": LICENCE,
        "encoder": "transformer", "layers": len(model.layers), "hidden": HIDDEN, "heads": HEADS, "ffn": model.ffn,
        "max_positions": MAX_POSITIONS, "arc_dim": ARC_DIM, "rel_dim": REL_DIM, "shapes": SHAPES,
    }  # fmt: skip
    sections = {"config": lines(f"{key} = {value}" for key, value in config.items()), "vocab": lines(vocabulary)}
    for kind in ("upos", "xpos", "deprel", "ner"):
        sections[f"labels.{kind}"] = lines(model.labels[kind])
    sections |= weights(model, args.bytes)
    sections |= name_transitions(model.labels["ner"])
    finish(sections, args.out)


def lines(items):
    return "".join(f"{item}\n" for item in items)


def finish(sections, out):
    """Adds lemma tables, self-test and the kept sections of the file that is replaced, and writes."""
    sections["lemma.forms"], sections["lemma.suffix"] = lemma.render(*lemma.build())
    model = reference(sections)
    tests = [(text, words.split()) for text, words in SELFTEST]
    tests = [(t, w) for t, w in tests if model.margin(w) >= SMALLEST_MARGIN]
    sections["selftest"] = lines(selftest_line(t, w, model.analyse(w)) for t, w in tests)
    keep = out if out.exists() else HERE.parent / "models/english.kdm"
    if keep.exists():
        before = container.read(keep)
        sections |= {name: before[name] for name in before if name.startswith(FOREIGN_SECTIONS)}
    out.parent.mkdir(exist_ok=True)
    container.write(out, sections)
    print(f"{out.name}: {out.stat().st_size} bytes, {len(sections)} sections, {len(tests)} self-tests")


if __name__ == "__main__":
    main()
