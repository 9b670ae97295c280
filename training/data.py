"""Readers of the treebanks and name corpora under the shared data folder (KADESH_SHARED)."""

import csv
import gzip
import hashlib
import json
import os
import re
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

SHARED = Path(os.environ.get("KADESH_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
DATA = SHARED / "data"
NER_LABELS = ["O"] + [f"{p}-{t}" for t in ("PER", "ORG", "LOC", "MISC") for p in "BI"]
DEV_LIST = Path(__file__).resolve().parent / "en_worldwide_dev.txt"

_TYPES = {
    # en-worldwide, re3d, btc, CoNLL style
    "person": "PER", "per": "PER", "organization": "ORG", "organisation": "ORG", "org": "ORG",
    "location": "LOC", "loc": "LOC", "facility": "LOC", "norp": "MISC", "misc": "MISC", "product": "MISC",
    "militaryplatform": "MISC", "nationality": "MISC",
    # CrossNER politics
    "politician": "PER", "politicalparty": "ORG", "country": "LOC", "election": "MISC", "event": "MISC",
}  # fmt: skip


@dataclass
class Sentence:
    words: list
    upos: list = field(default_factory=list)
    xpos: list = field(default_factory=list)
    lemmas: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    deprels: list = field(default_factory=list)
    ner: list = field(default_factory=list)
    source: str = ""


def open_text(path):
    path = Path(path)
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")


def read_conllu(path):
    """Sentences of syntactic words; multi-word ranges and empty nodes are skipped."""
    source, rows, found = "", [], []

    def close():
        if rows:
            form, lemma, upos, xpos, head, rel = (list(c) for c in zip(*rows))
            found.append(Sentence(form, upos, xpos, lemma, [int(h) for h in head], rel, source=source))
        rows.clear()

    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id = "):
                source = line[12:]
            elif not line:
                close()
            elif line[0] != "#":
                c = line.split("\t")
                if c[0].isdigit():
                    rows.append((c[1], c[2], c[3], c[4], c[6], c[7]))
    close()
    return found


def treebank(name, part):
    folder = DATA / "ud" / name
    return read_conllu(next(folder.glob(f"en_{name.lower()}-ud-{part}.conllu*")))


def genre(sentence):
    """GUM's genre, EWT's section."""
    return sentence.source.split("_")[1] if sentence.source.startswith("GUM_") else sentence.source.split("-")[0]


def map_tags(tags):
    """Any BIO/IO tags to our nine labels, with an entity's first tag made B-."""
    out, before = [], "O"
    for tag in tags:
        prefix, _, kind = tag.partition("-")
        kind = _TYPES.get(kind.lower())
        if kind is None:
            out.append("O")
        elif prefix == "B" or not before.endswith("-" + tag.partition("-")[2]):
            out.append("B-" + kind)
        else:
            out.append("I-" + kind)
        before = tag
    return out


def _join_clitics(words, tags):
    """A quote and an s apart (as en-worldwide cuts) become 's, as in the treebanks."""
    out_words, out_tags = [], []
    for word, tag in zip(words, tags):
        if word in ("s", "S") and out_words and out_words[-1] in ("\u2019", "'") and len(out_words) > 1:
            out_words[-1] += word
        else:
            out_words.append(word)
            out_tags.append(tag)
    return out_words, out_tags


# Hyphens stay inside words after these, as in the treebanks; elsewhere parts and hyphens are words.
_PREFIXES = {"e", "non", "pre", "pro", "anti", "re", "co", "post", "ex", "multi", "mid", "semi", "al", "x"}


def _split_hyphens(words, tags):
    out_words, out_tags = [], []
    for word, tag in zip(words, tags):
        parts = re.split("(-)", word)
        whole = not all(p.isalpha() or p == "-" for p in parts) or parts[0].lower() in _PREFIXES
        parts = [word] if whole else parts
        out_words += parts
        out_tags += [tag] + [re.sub("^B-", "I-", tag)] * (len(parts) - 1)
    return out_words, out_tags


def _sentences(lines, source, word_column=0, tag_column=-1):
    words, tags = [], []
    for line in [*lines, ""]:
        cells = line.split()
        if len(cells) > word_column + 1 and not line.startswith("-DOCSTART-"):
            words.append(cells[word_column])
            tags.append(cells[tag_column])
        elif words:
            words, tags = _split_hyphens(*_join_clitics(words, tags))
            yield Sentence(words, ner=map_tags(tags), source=source)
            words, tags = [], []


def is_dev_document(name):
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10 == 0


def en_worldwide(part):
    """part: 'train' or 'dev', a tenth of the documents by the hash of their names."""
    found = []
    with tarfile.open(next((DATA / "restricted/en-worldwide-ner").glob("*.tar.gz"))) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            name = Path(member.name).name
            if not name.endswith(".tsv") or is_dev_document(name) != (part == "dev"):
                continue
            lines = archive.extractfile(member).read().decode("utf-8").splitlines()
            found += _sentences(lines, name, tag_column=1)  # a third column holds names inside names
    return found


def column_names(relative, word_column=0, tag_column=-1):
    with open_text(DATA / "ner" / relative) as lines:
        rows = [line.rstrip("\n") for line in lines if not re.match("# [a-z_ ]+ = ", line)]
    return list(_sentences(rows, relative, word_column, tag_column))


def ewt_names():
    """PER, ORG and LOC of EWT's development part."""
    return column_names("uner-ewt/en_ewt-ud-dev.iob2.gz", 1, 2)


def name_corpora():
    """(corpus, share of the name batches, sentences); test parts are not among the shared data."""
    wikineural = [s for part in ("val", "test") for s in column_names(f"wikineural-en/{part}.conllu.gz", 1)]
    politics = [s for part in ("train", "dev") for s in column_names(f"crossner/politics/{part}.txt")]
    re3d = [s for part in ("train", "test") for s in column_names(f"re3d/re3d-{part}.conll")]
    return [
        ("en-worldwide", 0.62, en_worldwide("train")),
        ("wikineural", 0.22, wikineural),
        ("crossner-politics", 0.07, politics),
        ("wikigold", 0.06, column_names("wikigold/wikigold.conll.txt.gz")),
        ("re3d", 0.03, re3d),
    ]


def plain_texts():
    """Unlabelled news for counting word pieces."""
    csv.field_size_limit(1 << 30)
    for path in sorted((DATA / "text/wikinews-2019-2020").glob("*.csv.gz")):
        with open_text(path) as lines:
            for row in csv.DictReader(lines):
                yield row["title"] + "\n" + row["text"]
    for path in sorted(DATA.glob("text/*/*.jsonl.gz")) + sorted(DATA.glob("restricted/allsides-37k/*.jsonl.gz")):
        with open_text(path) as lines:
            for line in lines:
                yield json.loads(line)["text"] or ""
    with tarfile.open(DATA / "restricted/reuters21578/reuters21578.tar.gz") as archive:
        for member in archive.getmembers():
            if member.name.endswith(".sgm"):
                text = archive.extractfile(member).read().decode("latin-1")
                yield from re.findall(r"<BODY>(.*?)</BODY>", text, re.S)


if __name__ == "__main__":
    DEV_LIST.write_text("".join(f"{name}\n" for name in sorted({s.source for s in en_worldwide("dev")})))
    for name in ("EWT", "GUM"):
        sentences = treebank(name, "train")
        print(name, len(sentences), sum(len(s.words) for s in sentences))
    for name, share, sentences in [*name_corpora(), ("en-worldwide dev", 0, en_worldwide("dev"))]:
        count = sum(t[0] == "B" for s in sentences for t in s.ner)
        print(name, share, len(sentences), sum(len(s.words) for s in sentences), count)
