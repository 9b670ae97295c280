"""Scores expressions of time against the development part of TempEval-3 (TimeBank and AQUAINT, TIMEX3).

usage: eval_times.py [--program build/release/bin/kadesh] [--missed N]

Relaxed span F1: a found expression counts when it overlaps a gold one, each once. Value F1: its value must be the gold's,
too. Exit status 77 without the shared data (KADESH_SHARED).
"""

import argparse
import html
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KADESH_SHARED", ROOT.parent / "shared"))


def read_document(source):
    """Text, day and gold expressions (start, end, value) of a TimeML document."""
    day = re.search(r"<DCT>.*?value=\"(\d{4}-\d\d-\d\d)", source, re.S)
    body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.S)[1]
    text, gold, started = "", [], None
    for piece in re.split(r"(<[^>]*>)", body):
        if piece.startswith("<TIMEX3"):
            started = (len(text), re.search(r'value="([^"]*)"', piece)[1])
        elif piece == "</TIMEX3>" and started:
            gold.append((started[0], len(text), started[1]))
            started = None
        elif not piece.startswith("<"):
            text += html.unescape(piece)
    return text, day and day[1], gold


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "build/release/bin/kadesh")
    parser.add_argument("--missed", type=int, default=0, help="shows so many kinds of missed, spurious and wrong ones")
    args = parser.parse_args()
    archive = SHARED / "data/restricted/tempeval3/TBAQ-cleaned.tar.gz"
    if not archive.exists():
        print("eval_times: no shared data here", file=sys.stderr)
        return 77
    gold = {}
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as tar:
        corpus = Path(folder, "documents.jsonl")
        with corpus.open("w", encoding="utf-8") as out:
            for member in sorted((m for m in tar if m.name.endswith(".tml")), key=lambda m: m.name):
                text, day, expressions = read_document(tar.extractfile(member).read().decode("utf-8", "replace"))
                gold[member.name] = (text, expressions)
                out.write(json.dumps({"id": member.name, "date": day, "text": text}) + "\n")
        command = [args.program, "annotate", "--quiet", "--format", "times", corpus]
        found = [json.loads(line) for line in subprocess.run(command, check=True, capture_output=True).stdout.splitlines()]
    found = {row["document"]: row["times"] for row in found}
    overlap = right = said = wanted = 0
    missed, spurious, wrong = Counter(), Counter(), Counter()
    for name, (text, expressions) in gold.items():
        free = list(found.get(name, []))
        said += len(free)
        wanted += len(expressions)
        for start, end, value in expressions:
            mine = next((t for t in free if t["start"] < end and start < t["end"]), None)
            shown = re.sub(r"\d", "0", text[start:end].lower())
            if mine is None:
                missed[shown] += 1
                continue
            free.remove(mine)
            overlap += 1
            right += mine["value"] == value
            if mine["value"] != value:
                wrong[f"{shown}: {re.sub('[0-9]', '0', value)} not {re.sub('[0-9]', '0', mine['value'])}"] += 1
        spurious.update(re.sub(r"\d", "0", t["text"].lower()) for t in free)
    f1 = lambda n: 200 * n / max(1, said + wanted)
    print(f"times, {len(gold)} documents, {wanted} expressions: relaxed span F1 {f1(overlap):.1f} "
          f"(P {100 * overlap / max(1, said):.1f}, R {100 * overlap / max(1, wanted):.1f}), value F1 {f1(right):.1f}; "
          f"HeidelTime 90.3 and 77.6 on the test part")  # fmt: skip
    for noun, counts in (("missed", missed), ("spurious", spurious), ("wrong", wrong)):
        for shown, number in counts.most_common(args.missed):
            print(f"  {noun:<9}{number:>4}  {shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
