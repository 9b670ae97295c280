#!/usr/bin/env python3
"""Makes data/organisations/{organisations,groups}.tsv from the hand-kept tables beside them and from public sources.

Run: KADESH_SHARED=... tools/data/make_organisations.py
KADESH_SHARED is the folder that holds data/knowledge (see data/SOURCES.md). Output depends on the inputs alone. A
hand-kept row wins over a source's row of the same name.
"""

import csv
import gzip
import json
import os
import re
import sys
import tarfile
from collections import defaultdict
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))
from make_people import FACTBOOK_NAMES, ROOT, ascii_form, fold, read_tsv, write  # noqa: E402

FOLDER = ROOT / "data" / "organisations"
HEADER = ["name", "aliases", "acronyms", "kind", "code", "sectors", "country", "from", "to", "wikidata", "source"]

UN_FAMILIES = {"UN and affiliates", "UN Environment Programme entities"}
EU_FAMILIES = {"EU institutions and bodies"}
# A party's name from the Factbook is taken only if it says what it is; "Dignity" or "New Hope" would match common words.
PARTYISH = re.compile(r"\b(Party|Front|Movement|Union|Alliance|Congress|Democrats|League|Coalition|Rally|Greens|Forum|Bloc)\b")
# Acronyms that mean something better known than a party.
TAKEN_ACRONYMS = {"UN", "EU", "US", "UK", "USA", "UAE", "NATO", "IMF", "ICC", "AU", "CIA", "FBI", "PM", "TV", "GDP", "CEO",
                  "CNN", "BBC", "AIDS", "HIV", "IRA", "UNO", "WHO", "IAEA", "OIC", "ANC", "IS", "ISIS", "AP", "PLO", "PA",
                  "MP", "AM", "CAR", "DRC", "IDF", "SDF", "RSF", "PLA", "ISI", "FSB", "MIT", "PKK", "AFP", "NGO", "UNITA"}


QUALIFIER = re.compile(r" \((?!Marxist|Maoist|Unified|N\)|F\)|ML\))[^)]*\)$")  # " (Israel)" is no part of a name, " (Maoist)" is


def organisation_id(value):
    return value if isinstance(value, str) and re.fullmatch(r"Q\d+", value) else ""


class Table:
    """Rows by country and name; the first row of a name stays, later ones lend it what it lacks."""

    def __init__(self):
        self.rows, self.at = [], {}

    def add(self, name, aliases=(), acronyms=(), kind="igo", code="", sectors="", country="", start="", end="",
            wikidata="", source="hand"):
        title, name = name, QUALIFIER.sub("", name.strip())
        scope = country if kind in {"agency", "party", "media"} else ""
        keys = [(scope, kind == "party", fold(form)) for form in [title, name, *aliases]]
        row = next((self.rows[self.at[key]] for key in keys if key in self.at), None)
        if row is None or source == "hand":
            row = [name, [], [], kind, code, sectors, country, start, end, wikidata, source]
            self.rows.append(row)
            index = len(self.rows) - 1
        else:
            index = self.rows.index(row)
            row[9] = row[9] or wikidata
            row[7] = row[7] or start
        forms = [form.strip() for form in [name, *aliases]]
        forms += [ascii_form(form) for form in forms if ascii_form(form) != form and not form.isascii()]
        for form in forms:
            if form and form != row[0] and form not in row[1]:
                row[1].append(form)
        for form in acronyms:
            if form and form not in row[2] and re.fullmatch(r"[\w&+/ -]+", form):
                row[2].append(form)
        for key in keys:
            self.at.setdefault(key, index)

    def lines(self):
        out = []
        for name, aliases, acronyms, *rest in self.rows:
            plain = [a for a in aliases if fold(a) != fold(name) or a.isascii() and not name.isascii()]
            out.append([name, "|".join(plain), "|".join(acronyms), *rest])
        return sorted(out, key=lambda r: (r[3], r[4], fold(r[0]), r[0], r[7]))


def hand(table):
    for row in read_tsv(FOLDER / "extra_organisations.tsv"):
        table.add(row["name"], row["aliases"].split("|"), row["acronyms"].split("|"), row["kind"], row["code"],
                  row["sectors"], row["country"], wikidata=row["wikidata"])
    for row in read_tsv(FOLDER / "extra_parties.tsv"):
        table.add(row["name"], row["aliases"].split("|"), row["acronyms"].split("|"), "party", row["country"], "PTY",
                  row["country"], row["from"], row["to"])


def bodies(table, folder):
    """International bodies with Wikidata ids (SupraVerden)."""
    listed = yaml.safe_load(gzip.open(folder / "intl-bodies" / "general_list.yaml.gz", "rt", encoding="utf-8"))
    for name, body in listed.items():
        family = body.get("Org_family") or ""
        code = "UNO" if family in UN_FAMILIES else "EUR" if family in EU_FAMILIES else "IGO"
        aliases = [body[k] for k in ("Name_other_en", "Name_other_2_en", "Name_other_3_en") if isinstance(body.get(k), str)]
        acronyms = [body[k] for k in ("Abbreviation_en",) if isinstance(body.get(k), str)]
        acronyms = [a for a in acronyms if len(a) > 1 and a.upper() != a.lower() and a not in TAKEN_ACRONYMS]
        sector = "JUD" if re.search(r"\bCourt\b|Tribunal", name) else "LEG" if re.search(r"Parliament", name) else \
            "BUS" if re.search(r"\bBank\b|Monetary Fund", name) else "EDU" if re.search(r"University|College", name) else \
            "MED" if re.search(r"\bHealth\b", name) else ""
        year = str(body.get("Year_established") or "")
        table.add(name, aliases, acronyms, "igo", code, sector, start=year if re.fullmatch(r"\d{4}", year) else "",
                  wikidata=organisation_id(body.get("Wikidata_code")), source="supraverden")


def cow(table, folder):
    """Intergovernmental organisations of the Correlates of War."""
    seen = {}
    with gzip.open(folder / "igo" / "igo_year_format3.tsv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            seen[row["ioname"]] = row  # the last year tells whether it ended
    for short, row in sorted(seen.items()):
        name = (row.get("longorgname") or row["orgname"]).strip()
        forms = [re.sub(r"\s*\([^)]*\)?", "", form).strip() for form in name.split("/")]
        forms = [re.sub(r"\s+", " ", form) for form in forms if " " in form and len(form) > 10 and "." not in form]
        if len(name) >= 79 or not forms:  # cut off by the source
            forms = [form for form in forms[:-1] if form]
        if not forms or not all(form.isprintable() for form in forms) or "marchs" in name:
            continue
        name, others = forms[0], forms[1:]
        start = row["sdate"] if re.fullmatch(r"\d{4}", row.get("sdate", "")) else ""
        end = row["deaddate"] if row.get("dead") == "1" and re.fullmatch(r"\d{4}", row.get("deaddate", "")) else ""
        if end and end < "1990":
            continue
        acronym = short if re.fullmatch(r"[A-Z]{3,8}", short) and short not in TAKEN_ACRONYMS else ""
        sector = "BUS" if re.search(r"\bBank\b|\bFund\b", name) else "JUD" if re.search(r"\bCourt\b", name) else ""
        table.add(name, others, [acronym] if acronym else [], "igo", "IGO",
                  sector, start=start, end=end, source="cow-igo")


def parties(table, folder, iso):
    """Parties that the World Factbook lists."""
    archive = tarfile.open(folder / "factbook" / "factbook-json.tar.gz")
    names = {}
    for row in csv.DictReader(gzip.open(folder / "factbook" / "factbook_gov.tsv.gz", "rt", encoding="utf-8"), delimiter="\t"):
        code = FACTBOOK_NAMES.get(row["short_name"]) or iso.get(row["short_name"].lower())
        if code:
            names[row["file"]] = code
    for member in sorted(archive.getmembers(), key=lambda m: m.name):
        key = re.sub(r"^\./|^factbook[^/]*/|\.json$", "", member.name)
        code = names.get(key)
        if not code:
            continue
        page = json.load(archive.extractfile(member))
        text = page.get("Government", {}).get("Political parties", {}).get("text", "")
        for item in re.split(r"<br ?/?>|;", text):
            item = re.sub(r"<[^>]+>", "", item).strip()
            item = re.split(r"\bnote\b| - also known as |\(coalition", item)[0].strip()
            if not item[:1].isupper():
                continue
            native = re.findall(r"\(([^)]*)\)", item)
            item = re.sub(r"\s*\[[^\]]*\]|\s*\([^)]*\)", "", item).strip()
            parts = [p.strip() for p in re.split(r"\s+or\s+", item) if p.strip()]
            if not parts or not PARTYISH.search(parts[0]) or len(parts[0].split()) < 2 or len(parts[0]) > 70:
                continue
            acronyms = [p for p in parts[1:] if re.fullmatch(r"[A-Z][A-Za-z&+-]{1,9}", p) and sum(c.isupper() for c in p) > 1]
            acronyms = [a for a in acronyms if len(a) > 2 and a not in TAKEN_ACRONYMS]
            aliases = [p for p in parts[1:] if p not in acronyms and len(p.split()) > 1 and PARTYISH.search(p)]
            for form in native:
                form = re.sub(r"^(formerly|also known as|includes.*|electoral coalition.*|alliance.*|coalition.*)\s*", "", form)
                if len(form.split()) > 1 and PARTYISH.search(form) and "," not in form and " or " not in form:
                    aliases.append(form.strip())
            table.add(parts[0], aliases, acronyms, "party", code, "PTY", code, source="factbook")


def armed_forces(table, folder, iso):
    """The armed forces of each state under their own name."""
    rows = csv.DictReader(gzip.open(folder / "factbook" / "factbook_gov.tsv.gz", "rt", encoding="utf-8"), delimiter="\t")
    for row in rows:
        code = FACTBOOK_NAMES.get(row["short_name"]) or iso.get(row["short_name"].lower())
        match = re.match(r"(?:the )?([A-Z][^(:;,]+?(?:Forces?|Army|Guard))\s*(?:\(([^)]*)\))?\s*[:;(]", row["military_forces"])
        if not code or not match or " claims " in match[1] or re.match(r"(Federal|Revolutionary|National|Armed) ", match[1]):
            continue
        name = match[1].strip()
        acronyms = re.findall(r"\b([A-Z]{3,6})\b", match[2] or "")
        aliases = [re.sub(r"Defense", "Defence", name)] if "Defense" in name else []
        table.add(name, aliases, [a for a in acronyms if a not in TAKEN_ACRONYMS][:1], "agency", code, "MIL", code,
                  source="factbook")


def groups():
    table = Table()
    table.at = defaultdict(int)
    rows = []
    for row in read_tsv(FOLDER / "extra_groups.tsv"):
        name = QUALIFIER.sub("", row["name"])
        aliases = [a for a in row["aliases"].split("|") if a]
        aliases += [ascii_form(f) for f in [name, *aliases] if not f.isascii() and ascii_form(f) not in aliases]
        country = "" if row["code"] in {"IMG", "ISM"} else row["code"]
        rows.append([name, "|".join(dict.fromkeys(a for a in aliases if a != name)), row["acronyms"], "group", row["code"],
                     row["sectors"], country, row["from"], row["to"], row["wikidata"], "hand"])
    return sorted(rows, key=lambda r: (r[4], fold(r[0]), r[7]))


def main():
    shared = os.environ.get("KADESH_SHARED")
    if not shared:
        sys.exit("set KADESH_SHARED to the folder that holds data/knowledge")
    folder = Path(shared) / "data" / "knowledge"
    iso = {}
    for country in json.load(gzip.open(folder / "countries-mledoze" / "countries.json.gz", "rt", encoding="utf-8")):
        for form in [country["name"]["common"], country["name"]["official"], *country["altSpellings"]]:
            iso.setdefault(form.lower(), country["cca3"])
    table = Table()
    hand(table)
    bodies(table, folder)
    cow(table, folder)
    parties(table, folder, iso)
    armed_forces(table, folder, iso)
    write(FOLDER / "organisations.tsv", HEADER, table.lines())
    write(FOLDER / "groups.tsv", HEADER, groups())


if __name__ == "__main__":
    main()
