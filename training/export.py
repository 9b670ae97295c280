"""Writes a checkpoint as a model file: quantised weights, labels, lemma tables, self-test.

usage: export.py [--checkpoint build/model.pt] [--out ../models/english.kdm]

Sections of an existing output file that training does not make (the sentence splitter's) are kept; a new file takes
them from models/english.kdm.
"""

import argparse
import datetime
from pathlib import Path

import numpy as np

import container
import lemma
import train
from model import ARC_DIM, HEADS, HIDDEN, MAX_POSITIONS, REL_DIM
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


def weights(model):
    state = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    sections = {}
    sections["emb.word"], sections["emb.word.scale"] = quantise(state["word.weight"])
    sections["emb.position"] = state["position"].astype(np.float16)
    sections["emb.shape"] = state["shape.weight"].astype(np.float16)

    def pair(target, source, dtype=np.float16):
        sections[target + ".weight"] = state[source + ".weight"].astype(dtype)
        sections[target + ".bias"] = state[source + ".bias"].astype(np.float32)

    pair("emb.norm", "emb_norm", np.float32)
    for k in range(len(model.layers)):
        pair(f"layer.{k}.attn.qkv", f"layers.{k}.qkv")
        pair(f"layer.{k}.attn.out", f"layers.{k}.out")
        pair(f"layer.{k}.attn.norm", f"layers.{k}.attn_norm", np.float32)
        pair(f"layer.{k}.ffn.up", f"layers.{k}.up")
        pair(f"layer.{k}.ffn.down", f"layers.{k}.down")
        pair(f"layer.{k}.ffn.norm", f"layers.{k}.ffn_norm", np.float32)
    for kind in ("upos", "xpos", "ner"):
        pair(f"head.{kind}", kind)
    for kind in ("arc", "rel"):
        pair(f"head.{kind}.dep", f"{kind}_dep")
        pair(f"head.{kind}.head", f"{kind}_head")
        sections[f"head.{kind}.biaffine"] = state[f"{kind}_biaffine"].astype(np.float16)
    return sections


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, default=HERE / "build/model.pt")
    parser.add_argument("--out", type=Path, default=HERE.parent / "models/english.kdm")
    args = parser.parse_args()
    model, vocabulary = train.load(args.checkpoint)
    config = {
        "name": "english", "version": MODEL_VERSION, "trained": datetime.date.today().isoformat(), "licence": LICENCE,
        "encoder": "transformer", "layers": len(model.layers), "hidden": HIDDEN, "heads": HEADS, "ffn": model.ffn,
        "max_positions": MAX_POSITIONS, "arc_dim": ARC_DIM, "rel_dim": REL_DIM, "shapes": SHAPES,
    }  # fmt: skip
    sections = {"config": lines(f"{key} = {value}" for key, value in config.items()), "vocab": lines(vocabulary)}
    for kind in ("upos", "xpos", "deprel", "ner"):
        sections[f"labels.{kind}"] = lines(model.labels[kind])
    sections |= weights(model)
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
