#!/usr/bin/env python3
"""Reads coreference: GUM's `Entity=` brackets, Kadesh's `Coref=`; writes the files that coreference_train learns from.

usage: coreference_data.py --program build/release/bin/kadesh [--shared ../shared] [--out training/build/coreference]

GUM's MISC column holds entity spans in brackets, `(CHAIN-etype-infstat-salience-centering-minspan-link-identity` where
a span opens (`# global.Entity` names the fields; the identity, a Wikipedia title, is there for named entities alone)
and `CHAIN)` where it closes; a span of one word has both. All spans of a document with one CHAIN speak of the same.

For each part (train, dev) two files of CoNLL-U are written with `Coref=(CHAIN`... in MISC: PART.gold.conllu has the
treebank's words and trees and Kadesh's names; PART.own.conllu has Kadesh's analysis of the text throughout, with the
gold chains put on the words where the heads of their mentions stand.
"""

import argparse
import gzip
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BRACKET = re.compile(r"\(([^()|]+)(\))?|([^()|]+)\)")


@dataclass
class Word:
    form: str
    upos: str
    xpos: str
    head: int  # index into the document's words, -1 for a root
    rel: str
    start: int  # in the text without white space
    cells: list
    lemma: str = ""


@dataclass
class Mention:
    first: int
    last: int  # behind the last word
    chain: str
    head: int = -1
    joined: bool = False  # names several: "Russia and Iran"
    kind: str = ""  # the corpus' entity type


@dataclass
class Document:
    id: str
    words: list = field(default_factory=list)
    sentences: list = field(default_factory=list)  # (first, last)
    mentions: list = field(default_factory=list)
    text: list = field(default_factory=list)  # (sentence text, new paragraph)

    @property
    def genre(self):
        return self.id.split("_")[1] if self.id.startswith("GUM_") else "other"

    def letters(self):
        return "".join("".join(w.form.split()) for w in self.words)


def head_of(words, first, last):
    """The first word of a span whose own head is outside."""
    return next((t for t in range(first, last) if not first <= words[t].head < last), first)


def read_documents(lines):
    """Documents of CoNLL-U lines, their mentions from `Entity=` or `Coref=`."""
    out, document, base, at = [], None, 0, 0
    open_spans = {}
    paragraph = True
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            document = Document(line[14:])
            out.append(document)
            open_spans, base, at = {}, 0, 0
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("# text = "):
            document.text.append((line[9:], paragraph))
            paragraph = False
        elif not line and document is not None and len(document.words) > base:
            document.sentences.append((base, len(document.words)))
            base = len(document.words)
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            continue
        index = len(document.words)
        head = int(cells[6])
        document.words.append(
            Word(cells[1], cells[3], cells[4], base + head - 1 if head else -1, cells[7], at, cells, cells[2]))
        at += len("".join(cells[1].split()))
        misc = next((m for m in cells[9].split("|") if m.startswith(("Entity=", "Coref="))), None)
        if misc is None:
            continue
        for opened, closed, ended in BRACKET.findall(misc.partition("=")[2]):
            if opened:
                fields = opened.split("-", 7)
                mention = Mention(index, index + 1, fields[0], kind=fields[1] if len(fields) > 1 else "")
                document.mentions.append(mention)
                if not closed:
                    open_spans.setdefault(fields[0], []).append(mention)
            elif open_spans.get(ended):
                open_spans[ended].pop().last = index + 1
    for document in out:
        for mention in document.mentions:
            mention.head = head_of(document.words, mention.first, mention.last)
        for mention in document.mentions:
            mention.joined = any(w.rel == "conj" and w.head == mention.head
                                 for w in document.words[mention.head + 1 : mention.last])
    return out


def read_gum(shared, part):
    with gzip.open(Path(shared) / "data/ud/GUM" / f"en_gum-ud-{part}.conllu.gz", "rt", encoding="utf-8") as lines:
        return read_documents(lines)


def write_texts(documents, folder):
    """One text file a document, named after its id: paragraphs apart by a blank line."""
    files = []
    for document in documents:
        text = "".join(("\n\n" if fresh else " ") * (i > 0) + sentence
                       for i, (sentence, fresh) in enumerate(document.text))
        file = Path(folder) / f"{document.id}.txt"
        file.write_text(text + "\n", encoding="utf-8")
        files.append(file)
    return files


def annotate(program, files):
    """Kadesh's documents by id."""
    run = subprocess.run([program, "annotate", *map(str, files)], capture_output=True, text=True)
    if run.returncode not in (0, 1) or not run.stdout:
        sys.exit(f"{program} annotate: exit {run.returncode}: {run.stderr[-500:]}")
    return {Path(d.id).stem: d for d in read_documents(run.stdout.splitlines())}


def names_by_start(document):
    """Name labels by where a word starts."""
    found = {}
    for word in document.words:
        label = next((m[4:] for m in word.cells[9].split("|") if m.startswith("NER=")), "O")
        if label != "O":
            found[word.start] = label
    return found


def brackets(mentions, index):
    """The `Coref=` cell of a word: longer spans open first, shorter ones close first."""
    opening = sorted((m for m in mentions if m.first == index), key=lambda m: -m.last)
    closing = sorted((m for m in mentions if m.last == index + 1 and m.first < index), key=lambda m: -m.first)
    return "".join(f"({m.chain})" if m.last == index + 1 else f"({m.chain}" for m in opening) + "".join(
        f"{m.chain})" for m in closing)


def write_conllu(document, mentions, names, out):
    at = {}
    for m in mentions:
        at.setdefault(m.first, []).append(m)
        if m.last - 1 != m.first:
            at.setdefault(m.last - 1, []).append(m)
    out.write(f"# newdoc id = {document.id}\n")
    for first, last in document.sentences:
        for t in range(first, last):
            word = document.words[t]
            misc = ["SpaceAfter=No"] if "SpaceAfter=No" in word.cells[9] else []
            misc.append("NER=" + names.get(word.start, "O"))
            if t in at:
                misc.append("Coref=" + brackets(at[t], t))
            head = word.head - first + 1 if word.head >= 0 else 0
            out.write("\t".join([str(t - first + 1), word.form, word.lemma, word.upos, word.xpos, "_", str(head),
                                 word.rel, "_", "|".join(misc)]) + "\n")  # fmt: skip
        out.write("\n")


def transferred(gold, own):
    """The gold mentions on the words of another analysis of the text, by where they and their heads start and end."""
    starts = {w.start: i for i, w in enumerate(own.words)}
    ends = {w.start + len("".join(w.form.split())): i + 1 for i, w in enumerate(own.words)}
    out = []
    for m in gold.mentions:
        head = starts.get(gold.words[m.head].start)
        if head is None:
            continue
        final = gold.words[m.last - 1]
        first = starts.get(gold.words[m.first].start, head)
        last = ends.get(final.start + len("".join(final.form.split())), head + 1)
        if head_of(own.words, first, last) != head:
            first, last = head, head + 1
        out.append(Mention(first, last, m.chain, head))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.environ.get("KADESH_PROGRAM", ROOT / "build/release/bin/kadesh"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("KADESH_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--out", type=Path, default=ROOT / "training/build/coreference")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for part in ("train", "dev"):
        documents = read_gum(args.shared, part)
        with tempfile.TemporaryDirectory() as folder:
            found = annotate(args.program, write_texts(documents, folder))
        with open(args.out / f"{part}.gold.conllu", "w", encoding="utf-8") as gold_file, open(
                args.out / f"{part}.own.conllu", "w", encoding="utf-8") as own_file:
            for document in documents:
                own = found.get(document.id)
                if own is None or own.letters() != document.letters():
                    print(f"{document.id}: another text, left out", file=sys.stderr)
                    continue
                names = names_by_start(own)
                write_conllu(document, document.mentions, names, gold_file)
                own.id = document.id
                write_conllu(own, transferred(document, own), names, own_file)
        print(f"{part}: {len(documents)} documents, {sum(len(d.mentions) for d in documents)} mentions")


if __name__ == "__main__":
    main()
