#!/usr/bin/env python3
"""Scores the language layer from raw text: trees on EWT and GUM dev, names on held-out en-worldwide documents,
coreference on GUM dev.

usage: eval_language.py [--program build/release/bin/kadesh] [--shared ../shared] [--keep FOLDER] [--layout blocks|lines]

Texts are rebuilt from the corpora (paragraphs apart by a blank line, or one a line), `kadesh annotate` reads them, the
shared scorer compares; names are compared here, by where they stand in the text without white space. Needs the corpora.
"""

import argparse
import gzip
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training"))
import coreference_data  # noqa: E402
import coreference_score  # noqa: E402
NAME_TYPES = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC", "NORP": "MISC",
              "Misc": "MISC", "Product": "MISC"}  # fmt: skip
NO_SPACE_BEFORE = {".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "’s", "n't", "n’t", "'", "’", "”", "'re",
                   "'ve", "'ll", "'d", "'m", "’re", "’ve", "’ll", "’d", "’m", "..."}  # fmt: skip
NO_SPACE_AFTER = {"(", "[", "{", "$", "€", "£", "“", "‘", "#"}


def open_text(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")


def raw_text(conllu, paragraph):
    """The text of a treebank file: sentences apart by a space, paragraphs and documents as asked."""
    out, fresh = [], False
    for line in conllu.splitlines():
        if line.startswith(("# newpar", "# newdoc")):
            fresh = True
        elif line.startswith("# text = "):
            out.append((paragraph if fresh else " ") if out else "")
            out.append(line[9:])
            fresh = False
    return "".join(out) + "\n"


def annotate(program, files):
    run = subprocess.run([program, "annotate", *map(str, files)], capture_output=True, text=True)
    if run.returncode not in (0, 1) or not run.stdout:
        sys.exit(f"{program} annotate: exit {run.returncode}: {run.stderr[-500:]}")
    return run.stdout


def score_trees(args, folder):
    print("corpus\tTokens\tSentences\tWords\tUPOS\tLemmas\tUAS\tLAS")
    for name in ("EWT", "GUM"):
        gold = folder / f"{name}.gold.conllu"
        with open_text(next((args.shared / "data/ud" / name).glob("*-dev.conllu*"))) as lines:
            gold.write_text(lines.read(), encoding="utf-8")
        text = folder / f"{name}.txt"
        paragraph = "\n\n" if args.layout == "blocks" else "\n"
        text.write_text(raw_text(gold.read_text(encoding="utf-8"), paragraph), encoding="utf-8")
        found = folder / f"{name}.conllu"
        found.write_text(annotate(args.program, [text]), encoding="utf-8")
        scorer = args.shared / "score/score_conllu.py"
        run = subprocess.run([sys.executable, scorer, gold, found], capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"{name}: {run.stderr.strip()}")
        print(f"{name} dev\t" + "\t".join(line.split("\t")[1] for line in run.stdout.splitlines()))


def detokenised(lines):
    """Text and names (start, end, type; without white space) of an en-worldwide file."""
    text, names, at, quote_open, glue = [], [], 0, False, True
    current = None
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 2 or not cells[0].strip():
            text.append("\n")
            glue = True
            current = None
            continue
        word, tag = cells[0].strip(), cells[1].strip()
        opening = word == '"' and not quote_open
        if word == '"':
            quote_open = not quote_open
        if not glue and word not in NO_SPACE_BEFORE and not (word == '"' and not opening):
            text.append(" ")
        glue = word in NO_SPACE_AFTER or opening
        text.append(word)
        size = len("".join(word.split()))
        prefix, _, kind = tag.partition("-")
        kind = NAME_TYPES.get(kind)
        if kind is None:
            current = None
        elif prefix == "B" or current is None or current[2] != kind:
            current = [at, at + size, kind]
            names.append(current)
        else:
            current[1] = at + size
        at += size
    return "".join(text).strip() + "\n", {tuple(n) for n in names}


def names_of(conllu):
    """{document: (text without white space, names)} of annotated documents."""
    found, words, names, at, current = {}, [], set(), 0, None
    document = None

    def close():
        if document is not None:
            found[document] = ("".join(words), names)

    for line in conllu.splitlines():
        if line.startswith("# newdoc id = "):
            close()
            document, words, names, at, current = line[14:], [], set(), 0, None
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            if not line and current:
                names.add(tuple(current))
                current = None
            continue
        size = len("".join(cells[1].split()))
        words.append("".join(cells[1].split()))
        tag = next((m[4:] for m in cells[9].split("|") if m.startswith("NER=")), "O")
        if current and tag == "I-" + current[2]:
            current[1] = at + size
        else:
            if current:
                names.add(tuple(current))
            current = [at, at + size, tag[2:]] if tag != "O" else None
        at += size
    close()
    return found


def score_names(args, folder):
    wanted = set((ROOT / "training/en_worldwide_dev.txt").read_text(encoding="utf-8").split())
    gold, files = {}, []
    with tarfile.open(next((args.shared / "data/restricted/en-worldwide-ner").glob("*.tar.gz"))) as archive:
        for member in archive.getmembers():
            name = Path(member.name).name
            if name not in wanted:
                continue
            lines = archive.extractfile(member).read().decode("utf-8").splitlines()
            text, names = detokenised(lines[1:])  # the first line is the address
            file = folder / (name.removesuffix(".tsv").removesuffix(".txt") + ".txt")
            file.write_text(text, encoding="utf-8")
            files.append(file)
            gold[file.name] = ("".join(text.split()), names)
    found = names_of(annotate(args.program, files))
    counts, skipped = Counter(), 0
    for document, (text, names) in found.items():
        key = Path(document).name
        key = key if key in gold else key + ".txt"
        if key not in gold or gold[key][0] != text:
            skipped += 1
            continue
        for kind in ("PER", "ORG", "LOC", "MISC"):
            right = {n for n in gold[key][1] if n[2] == kind}
            ours = {n for n in names if n[2] == kind}
            counts[kind, "gold"] += len(right)
            counts[kind, "found"] += len(ours)
            counts[kind, "both"] += len(right & ours)
    print(f"\nnames, en-worldwide, {len(found) - skipped} held-out documents ({skipped} with another text skipped)")
    print("type\tprecision\trecall\tF1\tgold")
    for kind in ("PER", "ORG", "LOC", "MISC", "all"):
        kinds = ("PER", "ORG", "LOC", "MISC") if kind == "all" else (kind,)
        both, ours, right = (sum(counts[k, c] for k in kinds) for c in ("both", "found", "gold"))
        precision, recall = 100 * both / max(1, ours), 100 * both / max(1, right)
        print(f"{kind}\t{precision:.2f}\t{recall:.2f}\t{200 * both / max(1, ours + right):.2f}\t{right}")


def score_coreference(args, folder):
    gold = coreference_data.read_gum(args.shared, "dev")
    files = coreference_data.write_texts(gold, folder)
    found = coreference_data.annotate(args.program, files)
    scores = coreference_score.score(gold, list(found.values()))
    print("\ncoreference, GUM dev, from raw text (tools/coreference_score.py says what the columns are)")
    coreference_score.show({g: scores[g] for g in ("all", "news", "interview")})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("KADESH_PROGRAM", ROOT / "build/release/bin/kadesh")
    parser.add_argument("--program", default=default)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("KADESH_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--keep", type=Path, help="folder that receives texts and annotations")
    parser.add_argument("--layout", choices=("blocks", "lines"), default="blocks")
    args = parser.parse_args()
    if not args.shared.is_dir():
        sys.exit(f"{args.shared}: no corpora here; give --shared")
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        score_trees(args, folder)
        score_names(args, folder)
        score_coreference(args, folder)


if __name__ == "__main__":
    main()
