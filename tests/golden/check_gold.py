#!/usr/bin/env python3
"""Validates the gold records beside this script (NAME.txt with NAME.json).

usage: check_gold.py [--shared DIR] [--show] [--counts] [NAME...]

--shared DIR  folder with ontology/ and data/knowledge/ (default: ../shared beside the project root)
--show        print each item with the text that every event's span covers
--counts      print events by type, mode, context and auxiliary
NAME          only the items whose name starts with NAME (a01, b, ...)

Where the shared folder has the scorer, each item's gold is also scored as if it were a coder's answer: all of it must be
found. That finds gold which no coder could satisfy.

Exit status: 0 all valid, 1 errors found (one a line), 2 bad usage.
"""
import argparse
import collections
import csv
import datetime
import gzip
import io
import json
import pathlib
import re
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tools"))
import score_golden  # noqa: E402  the folder of tools has to be on the path first
AUXILIARY = {"historical", "future", "hypothetical", "negated", "alleged"}
FIELDS = {"key", "within", "event", "actor", "recipient", "required", "reciprocal", "cameo", "mode_any", "context_any",
          "date", "event_loc", "auxiliary", "attribution", "same_as", "size"}
SIZES = {"dead", "injured", "arrested"}  # manual, table 6.4
ENTITY_FIELDS = {"entity_text", "code", "sector", "identifier_text"}
NON_STATE = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}


class Ontology:
    def __init__(self, shared):
        onto = shared / "ontology"
        rows = lambda name: list(csv.DictReader(io.StringIO((onto / name).read_text("utf-8")), delimiter="\t"))
        manual = (onto / "plover_manual_2024.txt").read_text("utf-8")
        self.types = {r["type"] for r in rows("plover_types.tsv")}
        self.modes = collections.defaultdict(set)
        for r in rows("plover_modes.tsv"):
            self.modes[r["type"]].add(r["mode"])
        # Chapter 4 has one section for each context; the names are those of the headings.
        self.contexts = {re.sub(r"[ -]", "_", m.lower()) for m in re.findall(r"^4\.\d+ +(\S.*?) *$", manual, re.M)}
        table = manual[manual.index("Table 5.2: Sector Codes"):manual.index("5.2.1   Sector code notes")]
        self.sectors = set(re.findall(r"^ +([A-Z]{3}) +\S", table, re.M))
        crosswalk = (onto / "cameo_to_plover_2021.txt").read_text("utf-8")
        self.cameo = {}
        for code, kind in re.findall(r"^(\d+): *(\w+)", crosswalk, re.M):
            self.cameo.setdefault(code, kind)
        with gzip.open(shared / "data/knowledge/countries-mledoze/countries.csv.gz", "rt", encoding="utf-8") as f:
            self.codes = {r["cca3"] for r in csv.DictReader(f)} - {"UNK"} | {"KOS"} | NON_STATE  # Kosovo: manual 5.1


def check_interval(value, where, errors):
    try:
        first, last = (datetime.date.fromisoformat(x) for x in value)
        if first > last:
            errors.append(f"{where}: interval ends before it begins: {value}")
    except (TypeError, ValueError):
        errors.append(f"{where}: not an interval of two dates: {value!r}")


def check_size(size, where, errors):
    """Each figure is [least, most]; most is null where the text leaves it open ("at least 12")."""
    if not isinstance(size, dict) or not size or set(size) - SIZES:
        errors.append(f"{where}: size should have some of {sorted(SIZES)}: {size!r}")
        return
    for name, bounds in size.items():
        if not (isinstance(bounds, list) and len(bounds) == 2 and isinstance(bounds[0], int)
                and (bounds[1] is None or isinstance(bounds[1], int) and bounds[0] <= bounds[1]) and bounds[0] >= 0):
            errors.append(f"{where}: {name} should be [least, most or null]: {bounds!r}")


def check_entity(e, where, text, onto, errors, notes):
    code = e.get("code")
    if code is not None and code != "***" and code not in onto.codes:
        errors.append(f"{where}: unknown code {code!r}")
    for s in e.get("sector", []):
        if s not in onto.sectors:
            errors.append(f"{where}: unknown sector {s!r}")
    for k in set(e) - ENTITY_FIELDS:
        notes.append(f"{where}: field {k!r} is not compared")
    said = e.get("entity_text")
    if not isinstance(said, str):
        errors.append(f"{where}: no entity_text")
    elif said not in text:
        notes.append(f"{where}: {said!r} does not stand in the text")


def check_event(g, where, text, onto, errors, notes):
    for k in ("key", "within", "event", "actor", "recipient", "required"):
        if k not in g:
            errors.append(f"{where}: no {k!r}")
            return
    for k in set(g) - FIELDS:
        notes.append(f"{where}: field {k!r} is not compared")
    span = g["within"]
    if not (isinstance(span, list) and len(span) == 2 and all(isinstance(x, int) for x in span)
            and 0 <= span[0] < span[1] <= len(text)):
        errors.append(f"{where}: span {span} is not within the text (0..{len(text)})")
    elif text[span[0]:span[1]] != text[span[0]:span[1]].strip():
        errors.append(f"{where}: span {span} begins or ends with white space")
    if not isinstance(g["required"], bool):
        errors.append(f"{where}: required is neither true nor false")
    if not g["event"]:
        errors.append(f"{where}: no type")
    for t in g["event"]:
        if t not in onto.types:
            errors.append(f"{where}: unknown type {t!r}")
    for m in g.get("mode_any", []):
        if not any(m in onto.modes[t] for t in g["event"]):
            errors.append(f"{where}: mode {m!r} belongs to none of {g['event']}")
    for c in g.get("context_any", []):
        if c not in onto.contexts:
            errors.append(f"{where}: unknown context {c!r}")
    for c in g.get("cameo", []):
        if c not in onto.cameo and not (len(c) == 2 and any(k.startswith(c) for k in onto.cameo)):
            errors.append(f"{where}: unknown CAMEO code {c!r}")
    for a in g.get("auxiliary", []):
        if a not in AUXILIARY:
            errors.append(f"{where}: unknown auxiliary {a!r}")
    if "date" in g:
        check_interval(g["date"], where + " date", errors)
    if "size" in g:
        check_size(g["size"], where, errors)
    if "event_loc" in g:
        loc = g["event_loc"]
        if not loc.get("name"):
            errors.append(f"{where}: event_loc without a name")
        if loc.get("country") is not None and loc["country"] not in onto.codes - NON_STATE:
            errors.append(f"{where}: unknown country {loc['country']!r} in event_loc")
    for side in ("actor", "recipient", "attribution"):
        for i, e in enumerate(g.get(side, [])):
            check_entity(e, f"{where} {side}[{i}]", text, onto, errors, notes)
    if g.get("reciprocal") and any(e.get("code") == "***" for e in g["actor"] + g["recipient"]):
        errors.append(f"{where}: the scorer knows no '***' in a reciprocal event")


def check_item(path, onto, errors, notes):
    name = path.stem
    try:
        doc = json.loads(path.read_text("utf-8"))
    except ValueError as e:
        errors.append(f"{name}: {e}")
        return None, ""
    source = path.with_suffix(".txt")
    if doc.get("document") != source.name or not source.exists():
        errors.append(f"{name}: document should be {source.name!r}, which should exist")
        return doc, ""
    text = source.read_bytes().decode("utf-8")
    if "\r" in text:
        errors.append(f"{name}: carriage return in the text")
    try:
        datetime.date.fromisoformat(doc.get("document_date", ""))
    except (TypeError, ValueError):
        errors.append(f"{name}: document_date {doc.get('document_date')!r} is no date")
    keys = [g.get("key") for g in doc.get("events", [])]
    for k, n in collections.Counter(keys).items():
        if n > 1:
            errors.append(f"{name}: key {k!r} is used {n} times")
    for g in doc.get("events", []):
        where = f"{name} {g.get('key')}"
        check_event(g, where, text, onto, errors, notes)
        if "same_as" in g and (g["same_as"] not in keys or g["same_as"] == g["key"] or g.get("required")):
            errors.append(f"{where}: same_as must name another event, and required must be false")
    agreements = doc.get("agreements", [])
    agreed = [a.get("key") for a in agreements]
    for a in agreements:
        where = f"{name} agreement {a.get('key')}"
        if not a.get("key") or agreed.count(a["key"]) > 1:
            errors.append(f"{where}: key missing or used twice")
        for c in a.get("parties", []) + a.get("parties_include", []):
            if c not in onto.codes:
                errors.append(f"{where}: unknown party {c!r}")
        for k in ("signed", "in_force", "expires"):
            if k in a:
                check_interval(a[k], f"{where} {k}", errors)
        for m in a.get("mentions", []):
            if m.lower() not in text.lower():
                errors.append(f"{where}: mention {m!r} does not stand in the text")
        for x in a.get("actions", []):
            if isinstance(x, dict) and "date" in x:
                check_interval(x["date"], f"{where} action {x.get('what')}", errors)
        for k in ("predecessor", "successor"):
            if a.get(k) is not None and a[k] not in agreed:
                errors.append(f"{where}: {k} {a[k]!r} is no agreement of this item")
    return doc, text


def as_answer(g, document):
    """The record of a coder that answers one gold event with the first of each list."""
    known = lambda side: [e for e in g[side] if e.get("code") != "***"]
    start, end = g["within"]
    first, last = g.get("date", (None, None))
    return {
        "event": g["event"][:1], "actor": known("actor"), "recipient": known("recipient"),
        "date": first, "enddate": last, "mode": g.get("mode_any", [])[:1], "context": g.get("context_any", [])[:1],
        "cameo": g.get("cameo", [None])[0], "auxiliary": g.get("auxiliary", []),
        "attribution": g.get("attribution", []), "event_loc": g.get("event_loc"),
        "text_info": {"document": document, "start": start, "end": end},
    }


def check_against_itself(path, doc, scorer, errors):
    """Scores the gold as its own answer; whatever is missed, spurious or wrong then is a fault of the gold."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as answers:
        answers.write("".join(json.dumps(as_answer(g, doc["document"])) + "\n" for g in doc["events"]))
        answers.flush()
        output = score_golden.run_scorer(scorer, [str(path), answers.name, "--verbose"])
    for line in output.splitlines():
        if line.startswith(("missed", "partial", "spurious")):
            errors.append(f"{path.stem}: scored against itself: {line}")


def entity(e):
    sector = "/".join(e.get("sector", []))
    return f"{e.get('entity_text')} <{e.get('code')}{' ' + sector if sector else ''}>"


def show(name, doc, text):
    print(f"== {name} ({doc['document_date']})\n{text}")
    for g in doc["events"]:
        mark = "*" if g["required"] else " "
        line = f"{mark} {g['key']}: {'/'.join(g['event'])} {'; '.join(map(entity, g['actor']))}"
        line += f" {'<->' if g.get('reciprocal') else '->'} {'; '.join(map(entity, g['recipient']))}"
        for k in ("mode_any", "context_any", "cameo", "date", "auxiliary", "size", "same_as"):
            if k in g:
                line += f" {k}={g[k]}"
        if "attribution" in g:
            line += f" says={'; '.join(map(entity, g['attribution']))}"
        print(f"{line}\n      [{text[g['within'][0]:g['within'][1]]}]")
    for a in doc.get("agreements", []):
        print("  agreement", json.dumps(a, ensure_ascii=False))
    print()


def main():
    parser = argparse.ArgumentParser(description="Validates the gold records of tests/golden.")
    parser.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent.parent / "shared")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--counts", action="store_true")
    parser.add_argument("--notes", action="store_true", help="also print what is odd but allowed")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    if not (args.shared / "ontology").is_dir():
        parser.error(f"no ontology in {args.shared}: name the folder with --shared")
    onto = Ontology(args.shared)
    errors, notes, counts = [], [], collections.defaultdict(lambda: [0, 0])
    paths = [p for p in sorted(HERE.glob("*.json")) if not args.names or any(p.stem.startswith(n) for n in args.names)]
    for stray in sorted(p for p in HERE.glob("*.txt") if p.name != "CMakeLists.txt"):
        if not stray.with_suffix(".json").exists():
            errors.append(f"{stray.stem}: text without gold")
    scorer = args.shared / "score/score_events.py"
    for path in paths:
        known = len(errors)
        doc, text = check_item(path, onto, errors, notes)
        if doc is None or not text:
            continue
        if len(errors) == known and scorer.exists():
            check_against_itself(path, doc, scorer, errors)
        for g in doc["events"]:
            labels = [f"type {g['event'][0]}"] + [f"mode {m}" for m in g.get("mode_any", [])]
            labels += [f"context {c}" for c in g.get("context_any", [])] + [f"auxiliary {a}" for a in g.get("auxiliary", [])]
            for label in labels + ["events"]:
                counts[label][0] += g["required"]
                counts[label][1] += 1
        if args.show:
            show(path.stem, doc, text)
    if args.counts:
        for label in sorted(counts):
            print(f"{label}\t{counts[label][0]} required\t{counts[label][1]} in all")
    if args.notes:
        print("\n".join(notes))
    print("\n".join(errors), end="\n" if errors else "")
    print(f"{len(paths)} items, {counts['events'][0]} required events of {counts['events'][1]}, {len(errors)} errors, {len(notes)} notes")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
