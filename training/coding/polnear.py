"""PolNeAR's articles with their attributions; as a program, the files that attribution_train reads.

usage: polnear.py FOLDER

Writes, for the parts train and dev, FOLDER/PART.jsonl (for `kadesh annotate`), FOLDER/PART/ID.txt (the texts) and
FOLDER/PART.gold.tsv: id, source, cue, content; spans in code points, `start-end`, several joined by `;`.
"""

import json
import os
import re
import sys
import tarfile
from pathlib import Path

SHARED = Path(os.environ.get("KADESH_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
ARCHIVE = SHARED / "data/restricted/polnear/polnear-text-attributions.tar.gz"


def merged(spans, text):
    """Spans in order, those with nothing but white space between them as one."""
    out = []
    for start, end in sorted(spans):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def read_annotations(source, text):
    """Attributions of one brat file: source, cue and content, each a tuple of spans, empty where there is none."""
    spans, attributions = {}, []
    for line in source.split("\n"):
        if match := re.match(r"(T\d+)\t\S+ ([\d ;]+)\t", line):
            spans[match[1]] = [tuple(map(int, piece.split())) for piece in match[2].split(";")]
        elif re.match(r"E\d+\t", line):
            roles = {"Source": [], "Cue": [], "Content": []}
            for role, name in (cell.split(":") for cell in line.split("\t")[1].split()):
                if (role := role.rstrip("0123456789")) in roles:
                    roles[role] += spans.get(name, [])
            attributions.append({role.lower(): merged(found, text) for role, found in roles.items()})
    return attributions


def articles(part):
    """(id, text, annotations by annotator) of `train` or `dev`, by id; some articles have several annotators."""
    texts, found = {}, {}
    with tarfile.open(ARCHIVE) as tar:
        for member in tar:
            path = Path(member.name)
            if member.isfile() and path.parts[-3:-1] == (part, "text"):
                texts[path.stem] = tar.extractfile(member).read().decode("utf-8")
            elif member.isfile() and path.parts[-3:-1] == (part, "attributions"):
                name, annotator = path.stem.rsplit("_", 1)
                found.setdefault(name, {})[annotator] = tar.extractfile(member).read().decode("utf-8")
    for name in sorted(found):
        yield name, texts[name], {who: read_annotations(a, texts[name]) for who, a in sorted(found[name].items())}


def main():
    folder = Path(sys.argv[1])
    written = lambda spans: ";".join(f"{start}-{end}" for start, end in spans)
    for part in ("train", "dev"):
        (folder / part).mkdir(parents=True, exist_ok=True)
        with open(folder / f"{part}.jsonl", "w", encoding="utf-8") as texts, \
             open(folder / f"{part}.gold.tsv", "w", encoding="utf-8") as gold:  # fmt: skip
            for name, text, annotations in articles(part):
                (folder / part / f"{name}.txt").write_bytes(text.encode("utf-8"))
                texts.write(json.dumps({"id": name, "text": text}) + "\n")
                for a in next(iter(annotations.values())):
                    gold.write("\t".join([name, *(written(a[role]) for role in ("source", "cue", "content"))]) + "\n")


if __name__ == "__main__":
    main()
