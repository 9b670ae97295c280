"""Writes large and hostile inputs and expected.tsv into a folder: make_large_inputs.py FOLDER"""

import gzip
import pathlib
import random
import sys


def inputs():
    """Yields name, bytes, documents still read, errors, words of the first error."""
    yield "long_line.txt", b"word " * (10 << 20), 0, 1, "8 MiB"
    yield "long_line.txt.gz", gzip.compress(b"word " * (10 << 20), 1), 0, 1, "8 MiB"
    yield "bomb.gz", gzip.compress(b"\0" * (200 << 20), 1), 0, 1, ""
    deep = b"[" * 100_000 + b"]" * 100_000
    yield "deep.jsonl", b'{"text":"a","x":' + deep + b'}\n{"text":"Next."}\n', 1, 1, "256 levels"
    yield "deep_array.json", deep, 0, 1, "256 levels"
    yield "open_brackets.json", b"[" * 1_000_000, 0, 1, "not closed"
    yield "deep_div.html", b"<html><body>" + b"<div>" * 100_000 + b"<p>Text.", 0, 1, "512 levels"
    yield "deep_bold.html", b"<html><body>" + b"<b>" * 100_000 + b"<p>Text.", 0, 1, "512 levels"
    attributes = b" ".join(b"a%d" % i for i in range(200_000))
    yield "attributes.html", b"<html><body><p " + attributes + b">Text.", 0, 1, "attributes"
    yield "open_tags.html", b"<html><body>" + b"<a" * 5_000_000, 0, 1, ""
    yield "open_comments.html", b"<html><body>" + b"<!--" * 3_000_000, 0, 1, ""
    yield "large_page.html", b"<html><body><p>" + b"word " * (4 << 20), 0, 1, "16 MiB"
    record = b'{"text":"' + b"a" * (70 << 20) + b'"}\n{"text":"Next."}\n'
    yield "large_record.jsonl", record, 1, 1, "64 MiB"
    yield "random.bin", random.Random(1).randbytes(1 << 20), 0, 1, "looks like"


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, content, documents, errors, words in inputs():
        (folder / name).write_bytes(content)
        lines.append(f"{name}\t{documents}\t{errors}\t{words}\n")
    (folder / "expected.tsv").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
