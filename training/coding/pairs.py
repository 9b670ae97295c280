"""Pairs of participants with gold relations from the shared tables: reading, story groups, folds, scores."""

import csv
import gzip
import json
import os
import re
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KADESH_SHARED", ROOT.parent / "shared"))
QUAD = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "ACCUSE": 3, "REQUEST": 3,
        "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4}  # fmt: skip
LABELS = sorted(QUAD)
CLASS_OF = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}  # the tables' older label set
# The tables count all yielding as material cooperation; of its two types today RETREAT is.
TYPES = {label: [label] for label in LABELS} | {"YIELD": ["RETREAT", "CONCEDE"]}
SHINGLE = 6


def unmark(marked):
    """Text without <s> and <t> and the two spans in code points; a missing one is the first character."""
    text, at, places = "", 0, {}
    for mark in re.finditer(r"</?[st]>", marked):
        text += marked[at : mark.start()]
        places.setdefault(mark[0], len(text))
        at = mark.end()
    text += marked[at:]
    span = lambda side: [places.get(f"<{side}>", 0), places.get(f"</{side}>", 1)]
    return text, span("s"), span("t")


def pair(text, source, target, story, labels, name):
    return {"text": text, "source": source, "target": target, "story": story, "labels": sorted(labels), "set": name}


def read_plv():
    with gzip.open(SHARED / "data/events/plover-zeroshot/PLV_train.tsv.gz", "rt", encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            made = pair(*unmark(row["marked_sentence"]), None, {row["gold_root"]}, "plv")
            yield made | {"quad": int(row["gold_penta"])}


def read_aw():
    """For measuring alone: its labels say no more than cooperation or conflict."""
    with gzip.open(SHARED / "data/restricted/plover-zeroshot-aw/AW_train.tsv.gz", "rt", encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            conflict = row["gold_binary"] == "1"
            labels = {label for label in LABELS if (QUAD[label] > 2) == conflict}
            made = pair(*unmark(row["marked_sentence"]), row["dataset"] + row["doc_id"], labels, "aw")
            yield made | {"conflict": conflict}


def _letters(text):
    return re.sub(r"\W", "", text.lower())


def read_cameo(known):
    """Sentences of cameo_class with source and target of cameo_ner, those in `known` left out: quad codes alone."""
    folder = SHARED / "data/events/cameo-conflibert"
    quads = {}
    for part in ("train", "test"):
        for line in (folder / f"cameo_class-{part}.tsv").read_text(encoding="utf-8").splitlines():
            text, _, quad = line.rpartition("\t")
            quads[_letters(text)] = (text, int(quad))
    known = {_letters(text) for text in known}
    for part in ("train", "test"):
        for block in re.split(r"\n\s*\n", (folder / f"cameo_ner-{part}.txt").read_text(encoding="utf-8")):
            rows = [line.rsplit(" ", 1) for line in block.splitlines() if " " in line]
            key = _letters("".join(word for word, _ in rows))
            text, quad = quads.get(key, ("", 0))
            if quad == 0 or key in known:
                continue
            at, spans = 0, {"S": [], "T": []}
            for word, tag in rows:
                start = text.find(word, at)
                if start < 0:
                    break
                at = start + len(word)
                if tag[0] == "B" and tag[2:] in spans:
                    spans[tag[2:]].append([start, at])
                elif tag[0] == "I" and spans.get(tag[2:]):
                    spans[tag[2:]][-1][1] = at
            if start >= 0 and spans["S"]:
                target = spans["T"][0] if spans["T"] else [0, 1]
                labels = {label for label in LABELS if QUAD[label] == quad}
                yield pair(text, spans["S"][0], target, None, labels, "cameo")


def stories(pairs):
    """A number for each pair; pairs of one document, or of sentences that share six words in a row, have the same."""
    parent = list(range(len(pairs)))

    def top(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    seen = {}
    for i, p in enumerate(pairs):
        words = re.findall(r"\w+", p["text"].lower())
        keys = [" ".join(words[k : k + SHINGLE]) for k in range(max(1, len(words) - SHINGLE + 1))]
        for key in [*keys, *([("story", p["story"])] if p["story"] else [])]:
            parent[top(i)] = top(seen.setdefault(key, i))
    return [top(i) for i in range(len(pairs))]


def folds(pairs, count=5, seed=1):
    """The fold of each pair: stories stay whole, labels are spread evenly."""
    members = defaultdict(list)
    for i, story in enumerate(stories(pairs)):
        members[story].append(i)
    order = sorted(members)
    np.random.default_rng(seed).shuffle(order)
    order.sort(key=lambda story: -len(members[story]))
    filled = [Counter() for _ in range(count)]
    fold = np.zeros(len(pairs), int)
    for story in order:
        labels = Counter(pairs[i]["set"] + " ".join(pairs[i]["labels"]) for i in members[story])
        best = min(range(count), key=lambda f: (sum(filled[f][k] * n for k, n in labels.items()), filled[f].total()))
        fold[members[story]] = best
        filled[best] += labels
    return fold


def write_questions(pairs, path):
    with open(path, "w", encoding="utf-8") as out:
        for i, p in enumerate(pairs):
            out.write(json.dumps({"id": i, **{k: p[k] for k in ("text", "source", "target")}}) + "\n")


def dump(pairs, build, folder):
    """What the engine sees of each pair: list of (features by group as keys, word forms by view)."""
    questions = Path(folder) / "pairs.jsonl"
    write_questions(pairs, questions)
    artefacts = Path(build) / "share/kadesh"
    command = [Path(build) / "bin/pair_features_dump", artefacts / "english.kdm", artefacts / "world.kdk", questions]
    seen = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        for line in process.stdout:
            row = json.loads(line)
            groups = defaultdict(list)
            for feature in row["features"]:
                group, key, _ = feature.split("\t", 2)
                groups[group].append(int(key, 16))
            words = {view: [row["forms"][t].lower() for t in tokens] for view, tokens in row["words"].items()}
            seen.append((groups, words))
    if process.returncode != 0 or len(seen) != len(pairs):
        raise SystemExit(f"{command[0]} failed")
    return seen


def macro_f1(gold, predicted):
    """Mean F1 over the union of the labels that occur, as scikit-learn's `macro avg`."""
    scores = []
    for label in sorted(set(gold) | set(predicted)):
        right = sum(g == p == label for g, p in zip(gold, predicted))
        scores.append(200.0 * right / (gold.count(label) + predicted.count(label)))
    return sum(scores) / len(scores)


def calibration_error(confidence, right, bins=10):
    """Expected calibration error and the reliability table (least, number, mean confidence, share right)."""
    confidence, right = np.asarray(confidence), np.asarray(right, float)
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    table = [(b / bins, int((place == b).sum()), float(confidence[place == b].mean()), float(right[place == b].mean()))
             for b in range(bins) if (place == b).any()]  # fmt: skip
    return sum(n * abs(c - r) for _, n, c, r in table) / len(right), table
