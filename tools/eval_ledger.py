"""What the ledger merges, measured: one event told by many (pairs), agreements' fields, against gold.

    make eval-ledger    or: python3 tools/eval_ledger.py --program build/release/bin/kadesh [--part ecb|stories|pairs|agreements]

The measure of merging is pair F1: of all pairs of event reports in different documents, those that stand in one event of
the ledger against those that are one event in the gold. Only reports that the coder gave can be merged, so that pairs of
gold mentions of which it coded none or one are no pairs here; how many of all gold pairs (chain, document, document) were
merged is told beside it.

`ecb`: event coreference of the ECB+ development topics: reports whose trigger is a gold mention. The corpus has lost its
dates of publication; those of the ecbplus pages are taken from their addresses and heads (a page without one: the
middle date of its event's pages), the ecb pages stay undated. `--undated` leaves all undated. Weights were fitted on the
odd topics; the even ones are held out. `stories`: five stories of one day, told by three papers each
(tests/ledger/stories.tsv); three stories are held out. `pairs`: pairs of reports from Wikipedia's current events judged
by hand (tests/ledger/pairs.tsv), all of them seen in fitting. `agreements`: fields of agreements written down from the
reports first (tests/ledger/agreements.jsonl). Parts whose data is not there are left out.
"""
import argparse
import collections
import csv
import datetime
import gzip
import itertools
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHARED = pathlib.Path(os.environ.get("KADESH_SHARED", ROOT / "../shared"))
ECB = SHARED / "data/coref/ecbplus"


def add(program, ledger, documents):
    """Writes documents into a ledger."""
    text = "".join(json.dumps(document) + "\n" for document in documents)
    subprocess.run([program, "add", "--quiet", str(ledger), "-"], input=text.encode(), check=False)


def reports(ledger):
    """Event reports: document, trigger, event."""
    base = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    rows = base.execute("SELECT d.name, r.trigger_start, r.trigger_end, r.event, r.name, r.type FROM reports r JOIN "
                        "documents d ON d.id = r.document").fetchall()
    base.close()
    return rows


def scores(right, wrong, missed):
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {100 * precision:.1f}  R {100 * recall:.1f}  F1 {100 * f1:.1f}  ({right} right, {wrong} wrong, {missed} missed)"


# --- ECB+ -----------------------------------------------------------------------------------------------------------

def ecb_document(name, xml, chosen):
    """Text, and gold mentions of actions as (start, end, chain) in the chosen sentences."""
    root = ElementTree.fromstring(xml)
    text = ""
    spans = {}
    sentence_of = {}
    first = None
    for token in root.iter("token"):
        word = token.text or ""
        sentence = int(token.get("sentence"))
        if name.endswith("plus") and sentence == 0:
            continue  # the page's address
        if first is None or sentence != first:
            text += "\n" if text else ""
            first = sentence
        word = {"``": "\"", "''": "\""}.get(word, word)
        glue = not text or text[-1] in "\n($" or re.fullmatch(r"[.,;:!?)%]|'s|n't|'re|'ve|'ll|'d|'m|'", word)
        text += "" if glue else " "
        spans[token.get("t_id")] = (len(text), len(text) + len(word))
        sentence_of[token.get("t_id")] = sentence
        text += word
    chains = {}
    for relation in root.find("Relations"):
        if relation.tag == "CROSS_DOC_COREF":
            for source in relation.findall("source"):
                chains[source.get("m_id")] = relation.get("note")
    mentions = []
    for markable in root.find("Markables"):
        tokens = [anchor.get("t_id") for anchor in markable.findall("token_anchor")]
        tokens = [token for token in tokens if token in spans]
        if not tokens or not markable.tag.startswith(("ACTION", "NEG")):
            continue
        if sentence_of[tokens[0]] not in chosen:
            continue
        chain = chains.get(markable.get("m_id"), f"{name}:{markable.get('m_id')}")
        mentions.append((spans[tokens[0]][0], spans[tokens[-1]][1], chain))
    return text, mentions


MONTHS = {name: i + 1 for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATES = [(re.compile(rf"\b{MONTH} (\d{{1,2}})(?:st|nd|rd|th)? ?,? ((?:19|20)\d\d)\b", re.I), (3, 1, 2)),
         (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {MONTH},? ((?:19|20)\d\d)\b", re.I), (3, 2, 1)),
         (re.compile(r"\b(20[01]\d) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{1,2})\b"), (1, 2, 3))]


def first_date(text):
    """The first full date in a text."""
    found = []
    for pattern, (year, month, day) in DATES:
        for match in pattern.finditer(text):
            number = MONTHS.get(match[month][:3].lower()) or int(match[month])
            try:
                found.append((match.start(), datetime.date(int(match[year]), number, int(match[day]))))
            except ValueError:
                pass
    return min(found)[1] if found else None


def ecb_address(xml):
    root = ElementTree.fromstring(xml)
    words = [token.text or "" for token in root.iter("token") if token.get("sentence") == "0"]
    return re.sub(r" ?([/.-]) ?", r"\1", " ".join(words))


def ecb_documents(dated):
    """Documents for `kadesh add`, and {name: gold mentions}."""
    chosen = collections.defaultdict(set)
    with open(ECB / "ECBplus_coreference_sentences.csv", encoding="utf-8") as source:
        for row in csv.DictReader(source):
            chosen[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    documents, gold, dates = [], {}, collections.defaultdict(list)
    with tarfile.open(ECB / "ecbplus-xml.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if not member.name.endswith(".xml"):
                continue
            name = pathlib.Path(member.name).stem
            xml = archive.extractfile(member).read()
            text, gold[name] = ecb_document(name, xml, chosen[name])
            documents.append({"id": name, "source": name, "text": text})
            if dated and name.endswith("plus"):
                documents[-1]["date"] = first_date(ecb_address(xml)) or first_date(text[:300])
                dates[topic(name)].append(documents[-1]["date"])
    for document in documents:
        if "date" in document:
            told = sorted(date for date in dates[topic(document["id"])] if date)
            document["date"] = (document["date"] or told[(len(told) - 1) // 2]).isoformat()
    return documents, gold


def topic(name):
    return int(name.split("_")[0])


def pair_counts(found):
    """Right, wrong, missed, and of the missed those coded as two types, of reports (document, event, truth, type)."""
    counts = collections.Counter()
    for a, b in itertools.combinations(found, 2):
        if a[0] == b[0]:
            continue
        same, merged = a[2] == b[2], a[1] == b[1]
        if same or merged:
            counts["right" if same and merged else "wrong" if merged else "missed"] += 1
            counts["typed"] += same and not merged and a[3] != b[3]
    return counts


def told(counts):
    return scores(counts["right"], counts["wrong"], counts["missed"]) + f", {counts['typed']} of these as two types"


def ecb(program, folder, dump, dated):
    documents, gold = ecb_documents(dated)
    ledger = folder / ("ecb.kadesh" if dated else "ecb-undated.kadesh")
    add(program, ledger, documents)
    found, names = [], []
    for document, start, end, event, report, kind in reports(ledger):
        best = max(gold[document], key=lambda m: min(end, m[1]) - max(start, m[0]), default=None)
        if best and min(end, best[1]) > max(start, best[0]):
            found.append((document, event, best[2], kind))
            names.append(report)
    print(f"ECB+ development topics, {'dated' if dated else 'undated'}: {len(documents)} documents, {len(found)} reports "
          "with a gold mention")
    for title, odd in (("even topics, held out", 0), ("odd topics, seen in fitting", 1)):
        mine = [report for report in found if topic(report[0]) % 2 == odd]
        print(f"  {title}:", told(pair_counts(mine)))
        chains = collections.defaultdict(set)
        for name, mentions in gold.items():
            if topic(name) % 2 == odd:
                for mention in mentions:
                    chains[mention[2]].add(name)
        everything = sum(len(names) * (len(names) - 1) // 2 for names in chains.values())
        merged = {(a[2], *sorted((a[0], b[0]))) for a, b in itertools.combinations(mine, 2)
                  if a[0] != b[0] and a[2] == b[2] and a[1] == b[1]}
        print(f"    of {everything} gold pairs of documents that mention one event, coded or not, {len(merged)} merged")
    if dump:
        with open(dump, "a", encoding="utf-8") as out:
            for (a, left), (b, right) in itertools.combinations(zip(found, names), 2):
                if topic(a[0]) == topic(b[0]):
                    out.write(f"{left}\t{right}\t{int(a[2] == b[2])}\t{a[0]}\t{b[0]}\n")


# --- stories in several papers --------------------------------------------------------------------------------------

def stories(program, folder, dump):
    path = ROOT / "tests/ledger/stories.tsv"
    with path.open(encoding="utf-8") as source:
        rows = list(csv.DictReader((line for line in source if not line.startswith("#")), delimiter="\t"))
    part = {row["document"]: row["part"] for row in rows if not row["event"]}
    label = {(row["document"], int(row["trigger"])): row["event"] for row in rows if row["event"]}
    documents = list(allsides(set(part)))
    if len(documents) < len(part):
        print("stories: the articles are not there; left out")
        return
    ledger = folder / "stories.kadesh"
    add(program, ledger, documents)
    found, names = collections.defaultdict(list), collections.defaultdict(list)
    seen = set()
    for document, start, end, event, report, kind in reports(ledger):
        places = [place for place in range(start, max(end, start + 1)) if (document, place) in label]
        seen.update((document, place) for place in places)
        truth = label[document, places[0]] if places else (document, start)
        found[part[document]].append((document, event, truth, kind))
        names[part[document]].append(report)
    print(f"stories in several papers: {len(documents)} articles, {sum(map(len, found.values()))} reports, "
          f"{len(set(label) - seen)} of {len(label)} listed are no longer coded")
    for title in ("held-out", "fit"):
        print(f"  {title}:", told(pair_counts(found[title])))
    if dump:
        with open(dump, "a", encoding="utf-8") as out:
            for title, reports_ in found.items():
                for (a, left), (b, right) in itertools.combinations(zip(reports_, names[title]), 2):
                    out.write(f"{left}\t{right}\t{int(a[2] == b[2])}\t{a[0]}\t{b[0]}\n")


# --- pairs judged by hand -------------------------------------------------------------------------------------------

def current_events():
    path = SHARED / "data/text/wikipedia-current-events/current_events_2025-2026.jsonl.gz"
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as source:
        for line in source:
            item = json.loads(line)
            publisher, url = (item["sources"] or [["", ""]])[0]
            yield {"id": item["id"], "date": item["date"], "source": publisher, "url": url, "text": item["text"]}


def allsides(wanted):
    folder = SHARED / "data/restricted/allsides-37k"
    for path in sorted(folder.glob("*.jsonl.gz")) if folder.exists() else []:
        with gzip.open(path, "rt", encoding="utf-8") as source:
            for line in source:
                item = json.loads(line)
                name = "allsides-" + str(item.get("ID") or item.get("id"))
                if name in wanted:
                    yield {"id": name, "date": item["date"], "source": item.get("source", ""), "text": item["text"],
                           "title": item.get("title", "")}


def pairs(program, folder, dump):
    path = ROOT / "tests/ledger/pairs.tsv"
    if not path.exists():
        return
    judged = []
    with path.open(encoding="utf-8") as source:
        for row in csv.DictReader((line for line in source if not line.startswith("#")), delimiter="\t"):
            judged.append(row)
    wanted = {row[side] for row in judged for side in ("document_a", "document_b")}
    documents = [document for document in current_events() if document["id"] in wanted]
    documents += list(allsides(wanted))
    if len(documents) < len(wanted):
        print(f"pairs judged by hand: {len(wanted) - len(documents)} documents are not there; left out")
        return
    ledger = folder / "pairs.kadesh"
    add(program, ledger, documents)
    triggers = collections.defaultdict(list)
    for document, start, end, event, report, _ in reports(ledger):
        triggers[document].append((start, end, event, report))

    def report_at(document, start):
        for begin, end, event, report in triggers[document]:
            if begin <= start < max(end, begin + 1):
                return event, report
        return None, None

    right = wrong = missed = unfound = kept_apart = 0
    dumped = []
    for row in judged:
        a, left = report_at(row["document_a"], int(row["trigger_a"]))
        b, other = report_at(row["document_b"], int(row["trigger_b"]))
        same = row["judged"] == "same"
        if a is None or b is None:
            unfound += 1
            missed += same
            continue
        dumped.append(f"{left}\t{other}\t{int(same)}\t{row['document_a']}\t{row['document_b']}\n")
        right += same and a == b
        wrong += not same and a == b
        missed += same and a != b
        kept_apart += not same and a != b
    print(f"pairs judged by hand: {len(judged)} pairs from {len(wanted)} documents, {unfound} no longer coded")
    print("  ", scores(right, wrong, missed), f", {kept_apart} rightly apart")
    if dump:
        with open(dump, "a", encoding="utf-8") as out:
            out.writelines(dumped)


# --- agreements -----------------------------------------------------------------------------------------------------

def agreements(program, folder):
    path = ROOT / "tests/ledger/agreements.jsonl"
    if not path.exists():
        return
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    wanted = {name for item in gold for name in item["documents"]}
    documents = [document for document in current_events() if document["id"] in wanted]
    if len(documents) < len(wanted):
        print("agreements: texts are not there; left out")
        return
    ledger = folder / "agreements.kadesh"
    add(program, ledger, documents)
    base = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    rows = base.execute("SELECT a.id, a.parties, a.signed, a.signed_end, a.subjects, a.term, a.status, a.kind FROM agreements "
                        "a").fetchall()
    members = collections.defaultdict(set)
    for agreement, document in base.execute("SELECT agreement, d.name FROM agreement_reports r JOIN documents d ON d.id = "
                                            "r.document"):
        members[agreement].add(document)
    fields = ["found", "one", "parties", "kind", "signed", "subjects", "term", "status"]
    right, told = collections.Counter(), collections.Counter()
    for item in gold:
        expected = set(item["documents"])
        candidates = [row for row in rows if members[row[0]] & expected]

        def fit(row):
            parties = set((row[1] or "").split("|"))
            return (len(members[row[0]] & expected), len(parties & set(item["parties"])), row[7] == item["kind"])

        best = max(candidates, key=fit, default=None)
        told["found"] += 1
        wrong = []
        if best is None:
            for field in fields[1:]:
                told[field] += field in ("one", "parties", "kind") or field in item
            print(f"  {item['documents'][0]}: no agreement found")
            continue
        right["found"] += 1

        def judge(field, ok, seen):
            told[field] += 1
            right[field] += bool(ok)
            if not ok:
                wrong.append(f"{field} {seen!r} for {item.get(field)!r}")

        judge("one", members[best[0]] >= expected, sorted(members[best[0]]))
        judge("parties", set((best[1] or "").split("|")) - {""} == set(item["parties"]), best[1])
        judge("kind", best[7] in item["kind"].split("|"), best[7])
        if "signed" in item:
            judge("signed", (best[2] or "") == item["signed"], best[2])
        if "subjects" in item:
            judge("subjects", bool(set(item["subjects"]) & set((best[4] or "").split("|"))), best[4])
        if "term" in item:
            judge("term", (best[5] or "") == item["term"], best[5])
        if "status" in item:
            judge("status", (best[6] or "") in item["status"].split("|"), best[6])
        if wrong:
            print(f"  {item['documents'][0]}: " + "; ".join(wrong))
    print(f"agreements: {len(gold)} written down from {len(wanted)} reports")
    for field in fields:
        if told[field]:
            print(f"  {field:9} {right[field]} of {told[field]}  {100 * right[field] / told[field]:.0f}")
    scored = [field for field in fields if field not in ("found", "one")]
    total = sum(told[field] for field in scored)
    print(f"  all fields {sum(right[field] for field in scored)} of {total}  "
          f"{100 * sum(right[field] for field in scored) / max(total, 1):.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / "build/release/bin/kadesh"))
    parser.add_argument("--part", choices=["ecb", "stories", "pairs", "agreements"])
    parser.add_argument("--keep", help="folder for the ledgers; thrown away if not given")
    parser.add_argument("--dump-pairs", help="appends pairs of report ids with their truth, for fitting")
    parser.add_argument("--undated", action="store_true", help="ECB+ without dates of publication only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(options.keep or name)
        folder.mkdir(parents=True, exist_ok=True)
        if options.part in (None, "ecb") and ECB.exists():
            if not options.undated:
                ecb(options.program, folder, options.dump_pairs, True)
            ecb(options.program, folder, options.dump_pairs, False)
        if options.part in (None, "stories"):
            stories(options.program, folder, options.dump_pairs)
        if options.part in (None, "pairs"):
            pairs(options.program, folder, options.dump_pairs)
        if options.part in (None, "agreements"):
            agreements(options.program, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
