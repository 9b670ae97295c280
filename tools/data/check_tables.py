#!/usr/bin/env python3
"""Checks the hand-kept and generated tables about offices, organisations and agreements.

Run: tools/data/check_tables.py [--quiet]. Exit status 1 when anything is wrong; each problem is named with file and row.
"""

import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"

WORLD_CODES = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
SECTORS = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
           "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"}
KINDS = {"igo", "ngo", "company", "agency", "party", "media"}
AGREEMENT_KINDS = {"treaty", "pact", "accord", "memorandum", "ceasefire", "deal", "protocol", "declaration", "convention"}
SUBJECTS = {"politics", "security", "trade", "transport", "energy", "military", "science", "culture", "education", "nuclear",
            "environment", "territory", "water", "migration", "law", "health", "fishing", "religion"}
SOLE = {"president", "prime minister", "chancellor", "king", "queen", "emperor", "sultan", "emir", "prince", "grand duke",
        "supreme leader", "pope", "governor-general", "secretary-general", "general secretary"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

COLUMNS = {
    "offices/people.tsv": ["person", "name", "aliases", "wikidata"],
    "offices/tenures.tsv": ["person", "country", "office", "sectors", "from", "to", "source"],
    "offices/titles.tsv": ["office", "phrases", "sectors"],
    "organisations/organisations.tsv": ["name", "aliases", "acronyms", "kind", "code", "sectors", "country", "from", "to",
                                        "wikidata", "source"],
    "organisations/groups.tsv": ["name", "aliases", "acronyms", "kind", "code", "sectors", "country", "from", "to",
                                 "wikidata", "source"],
    "agreements/agreements.tsv": ["name", "aliases", "kind", "parties", "subjects", "signed", "in_force", "expires",
                                  "wikidata", "source"],
}


class Report:
    def __init__(self):
        self.problems = []

    def bad(self, table, line, text):
        self.problems.append(f"data/{table}:{line}: {text}")


def first_day(date):
    return date + "-01-01"[: 10 - len(date)] if len(date) == 4 else date + "-01" if len(date) == 7 else date


def last_day(date):
    if not date:
        return "9999-12-31"
    return date + "-12-31" if len(date) == 4 else date + "-31" if len(date) == 7 else date


def rows(table, report):
    path = DATA / table
    with open(path, encoding="utf-8") as lines:
        header = None
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if header is None:
                header = fields
                if header != COLUMNS[table]:
                    report.bad(table, number, f"columns {header}, expected {COLUMNS[table]}")
                    return
                continue
            if len(fields) != len(header):
                report.bad(table, number, f"{len(fields)} fields, expected {len(header)}")
                continue
            row = dict(zip(header, fields))
            for name, value in row.items():
                if value != value.strip() or "  " in value or '"' == value[:1] == value[-1:]:
                    report.bad(table, number, f"{name}: stray space or quotes in {value!r}")
            yield number, row


def listed(text):
    return text.split("|") if text else []


def country_codes():
    """Codes of countries.tsv, empty when that table is not there."""
    path = DATA / "countries" / "countries.tsv"
    if not path.exists():
        return set()
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()
             if line and not line.startswith("#")]
    return {line[0] for line in lines[1:]}


def check_common(table, number, row, report, codes):
    for name in ("aliases", "acronyms", "phrases"):
        values = listed(row.get(name, ""))
        if any(not v or v != v.strip() for v in values):
            report.bad(table, number, f"{name}: empty or padded item")
        if len(set(values)) != len(values):
            report.bad(table, number, f"{name}: repeats {[v for v in values if values.count(v) > 1][0]!r}")
    if row.get("name") and row["name"] in listed(row.get("aliases", "")):
        report.bad(table, number, f"aliases: repeats the name {row['name']!r}")
    for sector in listed(row.get("sectors", "")):
        if sector not in SECTORS:
            report.bad(table, number, f"sectors: unknown {sector!r}")
    for name in ("code", "country"):
        code = row.get(name)
        if code and code not in WORLD_CODES and codes and code not in codes:
            report.bad(table, number, f"{name}: unknown {code!r}")
    for name in ("from", "to", "signed", "in_force", "expires"):
        if row.get(name) and not DATE.fullmatch(row[name]):
            report.bad(table, number, f"{name}: {row[name]!r} is no date")
    if row.get("from") and row.get("to") and first_day(row["from"]) > last_day(row["to"]):
        report.bad(table, number, f"from {row['from']} is after to {row['to']}")
    if row.get("wikidata") and not re.fullmatch(r"Q[1-9]\d*", row["wikidata"]):
        report.bad(table, number, f"wikidata: {row['wikidata']!r}")


def check_offices(report, codes):
    people, names, ids = {}, defaultdict(list), {}
    for number, row in rows("offices/people.tsv", report):
        check_common("offices/people.tsv", number, row, report, codes)
        if row["person"] in people:
            report.bad("offices/people.tsv", number, f"person {row['person']} twice")
        if not re.fullmatch(r"[a-z0-9-]+", row["person"]):
            report.bad("offices/people.tsv", number, f"person: {row['person']!r} is no slug")
        people[row["person"]] = row["name"]
        names[row["name"]].append(row["person"])
        if row["wikidata"]:
            if row["wikidata"] in ids:
                report.bad("offices/people.tsv", number, f"{row['wikidata']} is also {ids[row['wikidata']]}")
            ids[row["wikidata"]] = row["person"]
    titles, phrases = {}, {}
    for number, row in rows("offices/titles.tsv", report):
        check_common("offices/titles.tsv", number, row, report, codes)
        if row["office"] in titles:
            report.bad("offices/titles.tsv", number, f"office {row['office']} twice")
        titles[row["office"]] = row
        if not row["phrases"] or not row["sectors"]:
            report.bad("offices/titles.tsv", number, f"office {row['office']}: no phrases or sectors")
        for phrase in listed(row["phrases"]):
            if phrase != phrase.lower():
                report.bad("offices/titles.tsv", number, f"phrase {phrase!r} is not lower case")
    held, seen, used = defaultdict(list), set(), set()
    for number, row in rows("offices/tenures.tsv", report):
        table = "offices/tenures.tsv"
        check_common(table, number, row, report, codes)
        used.add(row["person"])
        if row["person"] not in people:
            report.bad(table, number, f"nobody is {row['person']}")
        if row["office"] not in titles:
            report.bad(table, number, f"office {row['office']!r} is not in titles.tsv")
        if not row["sectors"] or not row["from"] or not row["source"]:
            report.bad(table, number, "sectors, from or source is empty")
        key = (row["person"], row["country"], row["office"], row["from"])
        if key in seen:
            report.bad(table, number, f"{key} twice")
        seen.add(key)
        if row["office"] in SOLE:
            held[row["country"], row["office"]].append((first_day(row["from"]), last_day(row["to"]), row, number))
    for person in sorted(set(people) - used):
        report.bad("offices/people.tsv", 0, f"{person} holds no office")
    for (country, office), spans in held.items():
        spans.sort(key=lambda s: s[:2])
        for (a_from, a_to, a, _), (b_from, b_to, b, number) in zip(spans, spans[1:]):
            if b_from <= a_to and a["person"] != b["person"]:
                # two holders may share the month or year of the handover, where it is not known more exactly
                if len(a["to"]) in (4, 7) and b["from"][: len(a["to"])] == a["to"]:
                    continue
                report.bad("offices/tenures.tsv", number, f"{country} {office}: {a['person']} until {a['to'] or 'today'}, "
                                                          f"{b['person']} from {b['from']}")
    return len(people), len(seen), len(titles)


def check_organisations(table, report, codes):
    seen, count = {}, 0
    for number, row in rows(table, report):
        count += 1
        check_common(table, number, row, report, codes)
        if not row["name"] or not row["code"] or not row["source"]:
            report.bad(table, number, "name, code or source is empty")
        if table.endswith("organisations.tsv") and row["kind"] not in KINDS:
            report.bad(table, number, f"kind: unknown {row['kind']!r}")
        if row["kind"] in {"agency", "party", "media"} and row["code"] != row["country"]:
            report.bad(table, number, f"code {row['code']} and country {row['country']} differ")
        if row["kind"] == "company" and row["code"] != "MNC":
            report.bad(table, number, "a company has the code MNC")
        if row["kind"] == "party" and "PTY" not in listed(row["sectors"]):
            report.bad(table, number, "a party has the sector PTY")
        key = (row["name"].lower(), row["kind"], row["country"], row["from"])
        if key in seen:
            report.bad(table, number, f"{row['name']} ({row['kind']}, {row['country']}) is also in line {seen[key]}")
        seen[key] = number
    return count


def check_agreements(report, codes):
    table, seen, count = "agreements/agreements.tsv", {}, 0
    for number, row in rows(table, report):
        count += 1
        check_common(table, number, row, report, codes)
        if row["kind"] not in AGREEMENT_KINDS:
            report.bad(table, number, f"kind: unknown {row['kind']!r}")
        for subject in listed(row["subjects"]):
            if subject not in SUBJECTS:
                report.bad(table, number, f"subjects: unknown {subject!r}")
        for party in listed(row["parties"]):
            if party not in WORLD_CODES and codes and party not in codes:
                report.bad(table, number, f"parties: unknown {party!r}")
        if row["signed"] and row["in_force"] and first_day(row["signed"]) > last_day(row["in_force"]):
            report.bad(table, number, "in force before it was signed")
        if row["expires"] and row["signed"] and last_day(row["expires"]) < first_day(row["signed"]):
            report.bad(table, number, "expires before it was signed")
        for form in [row["name"], *listed(row["aliases"])]:
            key = form.lower().replace("–", "-").replace("-", " ")
            if key in seen and seen[key] != number:
                report.bad(table, number, f"{form!r} is also in line {seen[key]}")
            seen[key] = number
    return count


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quiet", action="store_true", help="print problems only")
    args = options.parse_args()
    report, codes = Report(), country_codes()
    people, tenures, titles = check_offices(report, codes)
    organisations = check_organisations("organisations/organisations.tsv", report, codes)
    groups = check_organisations("organisations/groups.tsv", report, codes)
    agreements = check_agreements(report, codes)
    for problem in report.problems:
        print(problem)
    if not args.quiet:
        print(f"{people} people, {tenures} tenures, {titles} titles, {organisations} organisations, {groups} groups, "
              f"{agreements} agreements; {len(report.problems)} problems", file=sys.stderr)
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
