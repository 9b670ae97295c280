#!/usr/bin/env python3
"""Makes data/offices/{people,tenures,titles}.tsv from the hand-kept tables beside them and from public sources.

Run: KADESH_SHARED=... tools/data/make_people.py [--report]
KADESH_SHARED is the folder that holds data/knowledge (see data/SOURCES.md). Output depends on the inputs alone.
A hand-kept succession wins over every source for its state and office from its first date on.
"""

import argparse
import csv
import functools
import gzip
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
OFFICES = ROOT / "data" / "offices"
START = "1945-01-01"

HEADS = {"president", "prime minister", "chancellor", "king", "queen", "emperor", "sultan", "emir", "prince", "grand duke",
         "supreme leader", "pope"}

# COW/Gleditsch-Ward style three-letter abbreviations and country names of the sources that are not ISO 3166 alpha-3.
FACTBOOK_NAMES = {
    "Congo (Brazzaville)": "COG", "DRC": "COD", "The Gambia": "GMB", "Guinea-Bissau": "GNB", "The Bahamas": "BHS",
    "The Dominican": "DOM", "Czechia": "CZE", "North Macedonia": "MKD", "Holy See (Vatican City)": "VAT",
    "Timor-Leste": "TLS", "Cabo Verde": "CPV", "Eswatini": "SWZ", "Kosovo": "KOS", "Cote d'Ivoire": "CIV",
    "Côte d'Ivoire": "CIV", "Burma": "MMR", "Turkey": "TUR", "South Korea": "KOR", "North Korea": "PRK", "Laos": "LAO",
    "Vietnam": "VNM", "Russia": "RUS", "Syria": "SYR", "Iran": "IRN", "Moldova": "MDA", "Bolivia": "BOL",
    "Venezuela": "VEN", "Tanzania": "TZA", "Taiwan": "TWN", "Brunei": "BRN", "Sao Tome and Principe": "STP",
}

SECTIONS = {  # headings of CountryInfo's <Leaders> -> office
    "Presidents": "president", "President": "president", "Prime ministers": "prime minister",
    "Prime minister": "prime minister", "Premiers": "prime minister", "Kings": "king", "King": "king",
    "Kings/QUEENS": "king", "Governors-GENERAL": "governor-general", "Emirs": "emir", "Sultans": "sultan",
    "Chancellors": "chancellor", "Emperors/EMPRESSES": "emperor", "Heads of state": "president",
    "Chairmen of the state council": "president", "General secretaries of the communist party": "general secretary",
}

# Countries whose <Leaders> are another's (Kiribati's, Mauritania's) or whose code is their sovereign's.
MISPLACED = {"KOSOVO", "MAURITIUS", "JERSEY"}

MINISTRIES = [  # titles of CountryInfo's <Government>, first match wins
    (r"Deputy|Vice|Assistant|State for|State in|Junior|Under", None),
    (r"^(Minister|Secretary)( of State)?( of| for)?( the)? (State for )?(Foreign( and Commonwealth)?|External) (Affairs|Relations)", "foreign minister"),
    (r"^(Minister|Secretary)( of State)?( of| for)?( the)? (National )?Defen[sc]e", "defence minister"),
    (r"^(Minister|Secretary)( of| for)?( the)? (Interior|Home Affairs|Internal Affairs|Home Department)", "interior minister"),
    (r"^(Minister|Secretary)( of State)?( of| for)?( the)? (Finance|Economy and Finance|Treasury|Economy, Finance)", "finance minister"),
    (r"^(Minister|Secretary)( of| for)?( the)? (Justice)", "justice minister"),
    (r"^(Minister|Secretary)( of| for)?( the)? (Energy|Oil|Petroleum)", "energy minister"),
    (r"^(Minister|Secretary)( of| for)?( the)? (Trade|Commerce|Foreign Trade)", "trade minister"),
    (r"^(Governor|President|Chairman), ?(Central|National|Reserve|State) ?Bank|^Governor, Bank|^Chairman, Federal Reserve", "central bank governor"),
    (r"^Permanent Representative to the UN", "ambassador to the United Nations"),
    (r"^Ambassador to the US$", "ambassador to the United States"),
    (r"^Attorney General$", "attorney general"),
]

HONORIFICS = {"sir", "dame", "dr", "gen", "general", "col", "colonel", "maj", "major", "lt", "capt", "captain", "brig",
              "brigadier", "hojatolislam", "ayatollah", "sayyed", "lord", "hon", "prof", "ret", "adm", "admiral", "marshal",
              "lieutenant", "commodore", "hojjat", "ol", "eslam", "tan", "datuk", "dato", "seri", "king", "queen", "prince", "sheikh", "shaikh", "pope", "sultan", "emir"}
PARTICLES = {"de", "da", "do", "dos", "das", "del", "della", "di", "la", "le", "van", "von", "der", "den", "bin", "bint",
             "ibn", "y", "e", "of", "the", "ould", "wa", "al", "el", "ul", "ben", "zu", "af", "du"}

FAMILY_FIRST = {"CHN", "TWN", "HKG", "KOR", "PRK", "VNM"}

VARIANTS = [  # spellings of one given name
    ("Sergey", "Sergei"), ("Andrey", "Andrei"), ("Alexey", "Alexei", "Aleksei", "Aleksey"), ("Dmitry", "Dmitri", "Dmitriy"),
    ("Yury", "Yuri", "Yuriy"), ("Yevgeny", "Evgeny", "Yevgeni"), ("Nikolay", "Nikolai"), ("Valery", "Valeri", "Valeriy"),
    ("Vasily", "Vassily", "Vasiliy"), ("Anatoly", "Anatoliy", "Anatoli"), ("Gennady", "Gennadiy", "Gennadi"),
    ("Vitaly", "Vitaliy", "Vitali"), ("Aleksandr", "Alexander"), ("Oleksiy", "Oleksii"), ("Andriy", "Andrii"),
    ("Serhiy", "Serhii"), ("Yuriy", "Yurii"), ("Mohammed", "Mohammad", "Mohamed", "Muhammad"), ("Ahmed", "Ahmad"),
    ("Khaled", "Khalid"), ("Youssef", "Yousef", "Yusuf"), ("Hussein", "Hossein", "Husain"), ("Mahmoud", "Mahmud"),
    ("Hassan", "Hasan"), ("Abdullah", "Abdallah"), ("Esmail", "Esmaeil", "Ismail"), ("Ebrahim", "Ibrahim"),
    ("Masoud", "Massoud"), ("Mohsen", "Muhsin"), ("Aleksandar", "Alexander"), ("Sheikh", "Shaikh"),
]
VARIANT_OF = defaultdict(list)
for group in VARIANTS:
    for one in group:
        VARIANT_OF[one] += [other for other in group if other != one]

ASCII_LETTERS = str.maketrans({
    "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "ə": "a",
    "ʻ": "'", "ʼ": "'", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "’": "'"})


@functools.cache
def fold(text):
    """Lower case without accents; hyphens are spaces; punctuation is gone."""
    text = unicodedata.normalize("NFD", text.translate(ASCII_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub(r"[-‐–_/]", " ", text)
    return re.sub(r"[^a-z0-9 ]", "", text)


def ascii_form(text):
    text = unicodedata.normalize("NFD", text.translate(ASCII_LETTERS))
    return "".join(c for c in text if not unicodedata.combining(c))


@functools.cache
def tokens(name):
    return [t for t in fold(name).split() if t not in HONORIFICS and t not in {"al", "el", "jr", "sr", "iii", "ii"}]


@functools.cache
def skeleton(token):
    """A token without what transliterations disagree on."""
    for a, b in (("kh", "h"), ("gh", "g"), ("ph", "f"), ("dj", "j"), ("zh", "j"), ("q", "k"), ("ck", "k"), ("c", "k"),
                 ("th", "t"), ("dh", "d"), ("sh", "s"), ("tz", "s"), ("z", "s"), ("w", "v"), ("x", "ks")):
        token = token.replace(a, b)
    head, rest = token[:1], re.sub(r"[aeiouyh]", "", token[1:])
    head = "i" if head in "eiy" else "u" if head in "ou" else head
    return re.sub(r"(.)\1+", r"\1", head + rest)


COMMON = {"mohammed", "mohammad", "mohamed", "muhammad", "ali", "ahmed", "ahmad", "hassan", "hussein", "hossein", "ibrahim",
          "abdullah", "abdallah", "abdul", "khan", "singh", "kumar", "said", "salem", "saleh", "omar", "khalid", "khaled",
          "maria", "jose", "jean", "luis", "carlos", "juan", "pierre", "nguyen", "kim", "lee", "park"}


def same_person(a, b, country=""):
    """Whether two spellings, of one country, name one person."""
    ta, tb = tokens(a), tokens(b)
    if not ta or not tb:
        return False
    if ta == tb:
        return True
    initials = [[t for t in names if len(t) == 1] for names in (ta, tb)]
    if initials[0] and initials[1] and initials[0] != initials[1]:
        return False  # George W. Bush, George H. W. Bush
    if {"bin", "ibn", "bint"} & {*ta, *tb}:  # the order tells father from son
        return [skeleton(t) for t in ta] == [skeleton(t) for t in tb]
    if len(ta) > 1 and set(ta) == set(tb):
        return True
    if country in FAMILY_FIRST:
        return "".join(ta) == "".join(tb)
    small, large = sorted((ta, tb), key=len)
    if len(small) >= 2 and set(small) <= set(large) and small[0] == large[0]:
        if small[-1] == large[-1] or small[-1] not in COMMON and len(small[-1]) > 3:
            return True
    if len(ta) >= 2 and len(ta) == len(tb):
        ka, kb = sorted(skeleton(t) for t in ta), sorted(skeleton(t) for t in tb)
        return ka == kb and any(len(k) >= 3 for k in ka)
    return False


def shares_token(a, b):
    ka = {skeleton(t) for t in tokens(a) if len(t) > 2}
    kb = {skeleton(t) for t in tokens(b) if len(t) > 2}
    return bool(ka & kb)


def read_tsv(path):
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]
    header, body = rows[0], rows[1:]
    for number, row in enumerate(body, 2):
        if len(row) > len(header):
            sys.exit(f"{path}: row {number}: {len(row)} fields, expected {len(header)}: {row}")
        yield dict(zip(header, row + [""] * (len(header) - len(row))))


def day_before(date):
    """The day before a full date; a coarser date is returned as it is: both holders share that month or year."""
    if len(date) != 10:
        return date
    import datetime
    return (datetime.date.fromisoformat(date) - datetime.timedelta(days=1)).isoformat()


def first_day(date):
    return {4: "-01-01", 7: "-01"}.get(len(date), "") and date + {4: "-01-01", 7: "-01"}[len(date)] or date


def last_day(date):
    if not date:
        return "9999-12-31"
    if len(date) == 4:
        return date + "-12-31"
    if len(date) == 7:
        return date + "-31"
    return date


WORLD = {"IGO", "UNO", "EUR", "NGO", "IMG"}
FORMER = defaultdict(set, {"RUS": {"SUN"}, "SRB": {"YUG", "SCG", "MNE"}, "MNE": {"YUG", "SCG", "SRB"}, "CZE": {"CSK"},
                           "SVK": {"CSK"}, "DEU": {"DDR"}, "FRA": {"EUR"}})


class People:
    """Persons by slug, with their names and tenures."""

    def __init__(self):
        self.name, self.slug_of, self.by_name = {}, {}, {}
        self.aliases, self.wikidata = defaultdict(list), {}
        self.tenures = []  # slug, country, office, sectors, from, to, source
        self.countries = defaultdict(set)
        self.by_country = defaultdict(list)

    def add(self, title, country=None):
        """The slug of an English title; the same title is the same person."""
        if title not in self.slug_of:
            slug = re.sub(r" +", "-", fold(title).strip())
            while slug in self.name:
                slug += "-" + (country or "x").lower()
            self.slug_of[title] = slug
            self.by_name.setdefault(fold(re.sub(r" \([^)]*\)$", "", title)), title)
            self.name[slug] = re.sub(r" \([^)]*\)$", "", title)
        slug = self.slug_of[title]
        if country and country not in self.countries[slug]:
            self.countries[slug].add(country)
            self.by_country[country].append(slug)
        return slug

    def new(self, name, country):
        """A person of a source who is not known by hand, apart from namesakes of other states."""
        known = self.by_name.get(fold(name))
        if known and self.countries[self.slug_of[known]] <= FORMER[country] | WORLD:
            return self.add(known, country)  # a minister who came to head a body of the world
        title = name if name not in self.slug_of else f"{name} ({country})"
        return self.add(title, country)

    def find(self, name, country):
        """The best-known person of the country with that name, or nothing."""
        for slug in self.by_country[country]:
            if any(tokens(name) == tokens(other) for other in [self.name[slug], *self.aliases[slug]]):
                return slug
        for slug in self.by_country[country]:
            if any(same_person(name, other, country) for other in [self.name[slug], *self.aliases[slug]] if " " in other):
                return slug
        return None

    def alias(self, slug, *names):
        for name in names:
            name = name.strip()
            if name and name != self.name[slug] and name not in self.aliases[slug]:
                self.aliases[slug].append(name)


def parse_chain(text, where):
    """"A 1990 | B 1994-05-01" -> [(name, from, to)]; "--" is a vacancy."""
    items = []
    for part in text.split(" | "):
        match = re.fullmatch(r"(.+?) (\d{4}(?:-\d{2}(?:-\d{2})?)?)", part.strip())
        if not match:
            sys.exit(f"{where}: cannot read holder {part!r}")
        items.append(match.groups())
    for (a, start), (b, after) in zip(items, items[1:]):
        if last_day(after) < first_day(start):
            sys.exit(f"{where}: {b} {after} is before {a} {start}")
    chain = []
    for i, (name, start) in enumerate(items):
        if name == "--":
            continue
        end = day_before(items[i + 1][1]) if i + 1 < len(items) else ""
        if end and last_day(end) < first_day(start):
            end = start
        chain.append((name, start, end))
    return chain


def load_hand(people):
    covered = defaultdict(list)  # (country, office) -> [(first from)]
    for table in ("extra_successions", "extra_ministers", "extra_bodies"):
        path = OFFICES / f"{table}.tsv"
        for row in read_tsv(path):
            where = f"{path.name}: {row['country']} {row['office']}"
            for name, start, end in parse_chain(row["holders"], where):
                slug = people.add(name, row["country"])
                people.tenures.append([slug, row["country"], row["office"], row["sectors"], start, end, "hand"])
                covered[row["country"], row["office"]].append((start, end))
    for row in [*read_tsv(OFFICES / "extra_people.tsv"), *read_tsv(OFFICES / "extra_history.tsv")]:
        slug = people.add(row["name"], row["country"])
        people.tenures.append([slug, row["country"], row["office"], row["sectors"], row["from"], row["to"], "hand"])
    for row in read_tsv(OFFICES / "extra_names.tsv"):
        if row["name"] not in people.slug_of:
            print(f"extra_names.tsv: nobody is called {row['name']}", file=sys.stderr)
            continue
        slug = people.slug_of[row["name"]]
        people.alias(slug, *row["aliases"].split("|"))
        if row["wikidata"]:
            people.wikidata[slug] = row["wikidata"]
    return covered


def cased(raw):
    """"JEAN-PIERRE_DE_LA_TOUR_" -> "Jean-Pierre de la Tour", honorifics left out."""
    words = [w for w in re.split(r"[_\s]+", raw) if w]
    while words and words[0].strip(".").lower() in HONORIFICS:
        words.pop(0)
    out = []
    for i, word in enumerate(words):
        lower = word.lower()
        if i and lower in PARTICLES:
            out.append(lower)
            continue
        parts = []
        for j, part in enumerate(re.split(r"(-|')", lower)):
            if part in {"-", "'"}:
                parts.append(part)
            elif part in {"al", "el"} and len(lower) > 2:
                parts.append(part)
            elif part.startswith("mc") and len(part) > 3:
                parts.append("Mc" + part[2:].capitalize())
            else:
                parts.append(part.capitalize())
        out.append("".join(parts))
    return " ".join(out)


def country_code(block):
    match = re.search(r"<CountryCode>([A-Z]{3})</CountryCode>", block) or re.search(r"<ISO3166-alpha3>(\w{3})", block)
    code = match.group(1) if match else None
    return None if code == "ESH" else {"TMP": "TLS", "KSV": "KOS"}.get(code, code)


def names_of(line):
    head = line.split("[")[0].split("#")[0]
    names = re.findall(r"\{([^}]+)\}", head) or [head.split()[0] if head.split() else ""]
    return [name for name in map(cased, names) if name and len(name.split()[-1].strip(".")) > 1]


def ymd(text):
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}"


def load_countryinfo(people, folder, covered, notes):
    text = gzip.open(folder / "countryinfo" / "CountryInfo.120116.txt.gz", "rt", encoding="utf-8",
                     errors="replace").read()
    # Some countries lack their opening tag: the code begins a country as well.
    for block in re.split(r"(?=<CountryCode>)", text)[1:]:
        code = country_code(block)
        if not code or not re.fullmatch(r"[A-Z]{3}", code):
            continue
        country = re.search(r"<CountryName>(.*?)</CountryName>", block)
        leaders = re.search(r"<Leaders>(.*?)</Leaders>", block, re.S)
        if leaders and not (country and country[1] in MISPLACED):
            office = None
            for line in leaders.group(1).splitlines():
                heading = re.fullmatch(r"\s*<([^/].*?)>?\s*", line)
                if heading:
                    office = SECTIONS.get(heading.group(1))
                    continue
                if "</" in line or office is None or "[" not in line:
                    continue
                add_leader(people, code, office, line, covered)
        government = re.search(r"<Government>(.*?)</Government>", block, re.S)
        if government and not (country and country[1] == "GUINEA"):  # it mixes three states of that name
            for line in government.group(1).splitlines():
                if "[" in line and "#" in line:
                    add_minister(people, code, line, covered)


def spans_free(covered, country, office, start, end):
    """Whether no hand-kept succession speaks about this office at or after its first date."""
    spans = covered.get((country, office))
    if not spans:
        return True
    first = min(first_day(a) for a, _ in spans)
    return last_day(end) < first


def overlaps_hand(covered, country, office, start, end):
    return any(first_day(a) <= last_day(end) and first_day(start) <= last_day(b)
               for a, b in covered.get((country, office), []))


def add_leader(people, code, office, line, covered):
    names = [n for n in names_of(line) if len(n.split()) >= 2 or office in {"king", "emir", "sultan", "emperor"}]
    if not names:
        return
    ranges = [(ymd(a), ymd(b)) for a, b in re.findall(r"\[(\d{8}) ?- ?(\d{8})\]", line)]
    ranges += [(ymd(a), "2009") for a in re.findall(r"\[>(\d{8})\]", line)]
    ranges = [(a, b) for a, b in ranges if last_day(b) >= START and first_day(a) <= last_day(b)]
    if not ranges:
        return
    slug = people.find(names[0], code)
    if slug is None and office in HEADS:
        # one office, one time, a shared name: the same person under another spelling
        for other, country, held, _, start, end, source in people.tenures:
            if source == "hand" and country == code and held == office and any(
                    first_day(start) <= last_day(b) and first_day(a) <= last_day(end) and
                    shares_token(names[0], people.name[other]) for a, b in ranges):
                slug = other
                break
    known = slug is not None
    if not known:
        if not any(spans_free(covered, code, office, a, b) for a, b in ranges):
            return
        slug = people.new(names[0], code)
    people.alias(slug, *names)
    by_hand = [(t[4], t[5]) for t in people.tenures if (t[0], t[2], t[6]) == (slug, office, "hand")]
    for start, end in ranges:
        told = any(first_day(a) <= last_day(end) and first_day(start) <= last_day(b) for a, b in by_hand)
        if not told and spans_free(covered, code, office, start, end):
            people.tenures.append([slug, code, office, "", start, end, "countryinfo"])


def add_minister(people, code, line, covered):
    titles = [t.strip().replace('"Acting"', "").strip() for t in line.split("#", 1)[1].split("&")]
    offices = []
    for title in titles:
        for pattern, office in MINISTRIES:
            if re.search(pattern, title):
                offices.append(office)
                break
        else:
            offices.append(None)
    wanted = {o for o in offices if o}
    if not wanted:
        return
    names = [n for n in names_of(line) if len(n.split()) >= 2]
    if not names:
        return
    ranges = []
    for body in re.findall(r"\[([A-Z]{3}\w* [^\]]+)\]", line):
        tag, span = body.split(" ", 1)
        if match := re.fullmatch(r"(\d{8}) ?- ?(\d{8})", span):
            ranges.append((tag, ymd(match[1])[:7], ymd(match[2])[:7]))
        elif match := re.fullmatch(r">(\d{8})", span):
            ranges.append((tag, ymd(match[1])[:7], "2011-02"))
        elif match := re.fullmatch(r"<(\d{8})", span):
            ranges.append((tag, "2003-01", ymd(match[1])[:7]))
    ranges = [(t, a, b) for t, a, b in ranges if a <= b and a[5:] <= "12" and b[5:] <= "12"]
    if code == "SVN":  # the source has the Solomon Islands' government of that month here
        ranges = [r for r in ranges if r[1:] != ("2003-12", "2003-12")]
    if not ranges:
        return
    if len(set(offices)) > 1 and wanted != {"defence minister"} and people.find(names[0], code) is None:
        return  # which title goes with which time is not told
    slug = people.find(names[0], code) or people.new(names[0], code)
    people.alias(slug, *names)
    if len(set(offices)) == 1:
        held = [(offices[0], a, b) for _, a, b in ranges]
    elif wanted == {"defence minister"}:
        held = [("defence minister", a, b) for t, a, b in ranges if t.endswith("MIL")]
        held += [("minister", a, b) for t, a, b in ranges if not t.endswith("MIL")]
    else:  # which title goes with which time is not told
        held = [("minister", a, b) for _, a, b in ranges]
    for office, start, end in sorted(set(held)):
        if office == "minister":
            sectors = "GOV"
        elif overlaps_hand(covered, code, office, start, end):
            continue
        else:
            sectors = ""
        people.tenures.append([slug, code, office, sectors, start, end, "countryinfo"])


def load_factbook(people, folder, iso, covered, notes):
    """Present governors-general; for the rest only a check of the hand-kept incumbents."""
    rows = list(csv.DictReader(gzip.open(folder / "factbook" / "factbook_gov.tsv.gz", "rt", encoding="utf-8"),
                               delimiter="\t"))
    for row in rows:
        code = FACTBOOK_NAMES.get(row["short_name"]) or iso.get(row["short_name"].lower())
        if not code:
            continue
        match = re.search(r"represented by Governor[- ]General (.+?) \(since (\d+ \w+ \d{4})\)", row["chief_of_state"])
        if match and not covered.get((code, "governor-general")) and "of New Zealand" not in match[1] \
                and "of Australia" not in match[1]:
            raw = re.sub(r"^(Dame|Sir|Grand Chief|Dr\.?|Mrs\.?)\s+|\"", "", match[1])
            raw = re.sub(r"^(Dame|Sir|Grand Chief)\s+", "", raw)
            name = " ".join(w.capitalize() if w.isupper() and len(w) > 2 else w for w in raw.split())
            from datetime import datetime
            start = datetime.strptime(match[2], "%d %B %Y").date().isoformat()
            for tenure in people.tenures:
                if tenure[1] == code and tenure[2] == "governor-general" and last_day(tenure[5]) >= start:
                    tenure[5] = day_before(start)
            slug = people.find(name, code) or people.new(name, code)
            people.tenures.append([slug, code, "governor-general", "", start, "", "factbook"])
        for field, kind in (("chief_of_state", "head of state"), ("head_of_government", "head of government")):
            found = re.match(r"(?:.*?(?:President|Minister|King|Chancellor|Emir|Amir|Sultan)\S*,?) (.+?) \(since",
                             row[field].split(";")[0])
            if not found:
                continue
            names = [people.name[t[0]] for t in people.tenures
                     if t[1] == code and t[2] in HEADS and first_day(t[4]) <= "2026-01-10" <= last_day(t[5])]
            if not any(shares_token(found[1], n) for n in names):
                notes.append(f"factbook {code} {kind}: {found[1]} against {names}")


def load_reign(people, folder, notes, iso3):
    """A check: each leader of REIGN since 1990 should hold an office here."""
    with open(folder / "reign" / "leaderlist_3_21.csv", encoding="utf-8", errors="replace") as lines:
        for row in csv.DictReader(lines):
            if row["eyear"] and int(row["eyear"]) < 1990:
                continue
            code = iso3.get(row["stateabb"])
            if not code:
                notes.append(f"reign: no code for {row['stateabb']}")
                continue
            if not any(shares_token(row["leader"], n) for slug in people.by_country[code]
                       for n in [people.name[slug], *people.aliases[slug]]):
                notes.append(f"reign {code}: {row['leader']} {row['syear']}-{row['smonth']}..{row['eyear']}-{row['emonth']}")


def load_wikidata(people, folder, iso, notes):
    """Identifiers, and office holders of 2022 who are not known yet."""
    for table in ("wikidata.csv", "wikipedia.csv"):
        with open(folder / "world-leaders-2022" / table, encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                label = row.get("officeholderLabel") or row.get("officeholderlabel") or ""
                label = re.sub(r" \([^)]*\)$", "", label)
                code = FACTBOOK_NAMES.get(row["country"]) or iso.get(row["country"].lower())
                if not code or not label or label.startswith("Q") or not row["officeholder"].startswith("Q"):
                    continue
                slug = people.find(label, code)
                if slug is None:
                    notes.append(f"wikidata {code}: nobody for {label} ({row.get('positionLabel') or row.get('positionlabel')})")
                    continue
                people.wikidata.setdefault(slug, row["officeholder"])
                people.alias(slug, label)


def load_us(people, folder):
    base = folder / "us-legislators"
    for person in yaml.safe_load(open(base / "executive.yaml", encoding="utf-8")):
        title = person["id"].get("wikipedia")
        if not title or title not in people.slug_of:
            continue
        people.wikidata.setdefault(people.slug_of[title], person["id"].get("wikidata", ""))
    legislators = yaml.safe_load(gzip.open(base / "legislators-current.yaml.gz", "rt", encoding="utf-8"))
    for person in legislators:
        name = person["name"]
        title = person["id"].get("wikipedia") or name.get("official_full") or f"{name['first']} {name['last']}"
        plain = re.sub(r" \([^)]*\)$", "", title)
        slug = people.slug_of.get(title) or people.slug_of.get(plain) if plain in people.slug_of and \
            "USA" in people.countries[people.slug_of[plain]] else people.slug_of.get(title)
        if slug is None:
            slug = people.add(title, "USA")
        people.alias(slug, name.get("official_full", ""), f"{name['first']} {name['last']}",
                     f"{name['nickname']} {name['last']}" if name.get("nickname") else "")
        if person["id"].get("wikidata"):
            people.wikidata.setdefault(slug, person["id"]["wikidata"])
        spans = []  # consecutive terms of one chamber are one tenure
        for term in person["terms"]:
            office = "senator" if term["type"] == "sen" else "representative"
            start, end = str(term["start"]), str(term["end"])
            if spans and spans[-1][0] == office and start <= spans[-1][2][:8] + "31":
                spans[-1][2] = end
            else:
                spans.append([office, start, end])
        for office, start, end in spans:
            if end < START:
                continue
            if any(t[0] == slug and t[2] == office for t in people.tenures if t[6] == "hand"):
                continue
            people.tenures.append([slug, "USA", office, "LEG", start, "" if end >= "2026-11" else end, "us-legislators"])


def derived_aliases(people):
    """Forms that follow from the name: other letters, no middle initial, no article, other spellings of a given name."""
    taken = defaultdict(set)
    for slug, name in people.name.items():
        for form in [name, *people.aliases[slug]]:
            taken[fold(form)].add(slug)
    for slug, name in people.name.items():
        forms = []
        for form in [name, *list(people.aliases[slug])]:
            plain = ascii_form(form)
            if plain.lower() != "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c)).lower():
                forms.append(plain)
        if people.countries[slug] & {"DEU", "AUT", "CHE"} and re.search("[äöüÄÖÜß]", name):
            forms.append(name.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})))
        if "," in name:
            forms.append(name.split(",")[0])
        if re.search(r" [A-Z]\. ", name):
            forms.append(re.sub(r" (?:[A-Z]\. )+", " ", name))
        if re.search(r" (Jr|Sr)\.$", name):
            forms.append(re.sub(r" (Jr|Sr)\.$", "", name))
        if re.search(r" (al|el|Al|El)-", name):
            forms.append(re.sub(r" (al|el|Al|El)-", " ", name))
        if match := re.fullmatch(r"(.+ b(?:in|int) .+?) Al (?!-)\S+(?: \S+)?", name):
            forms.append(match[1])
        if not people.countries[slug] & FAMILY_FIRST:
            first, _, rest = name.partition(" ")
            if rest:
                forms += [f"{other} {rest}" for other in VARIANT_OF.get(first, [])]
        words = name.split()
        if people.countries[slug] & FAMILY_FIRST and 2 <= len(words) <= 3 and any(
                t[0] == slug and (t[2] in HEADS | {"foreign minister", "defence minister", "general secretary"})
                for t in people.tenures) and words[0][0].isupper() and not words[0].isascii() is None:
            if people.countries[slug] & {"VNM"}:
                forms.append(words[-1])
            elif words[0] not in {"Sean", "Vincent", "Frank", "Annette", "James", "Francisco", "Timothy", "David",
                                  "Joseph", "Wellington", "Carrie", "Donald", "Chris", "John", "Jimmy"}:
                forms.append(words[0])
        for form in forms:
            if taken[fold(form)] - {slug} and " " in form:
                continue  # somebody else's name
            taken[fold(form)].add(slug)
            people.alias(slug, form)


def close_handovers(people):
    """In an office for one, a source's holder ends on the day before the next begins."""
    held = defaultdict(list)
    for tenure in people.tenures:
        if tenure[2] in HEADS | {"governor-general", "general secretary"}:
            held[tenure[1], tenure[2]].append(tenure)
    for spans in held.values():
        spans.sort(key=lambda t: (first_day(t[4]), last_day(t[5])))
        for a, b in zip(spans, spans[1:]):
            if a[6] != "hand" and a[0] != b[0] and first_day(b[4]) <= last_day(a[5]):
                end = day_before(b[4])
                a[5] = end if last_day(end) >= first_day(a[4]) else a[4]


def title_rows(people):
    rows = {row["office"]: [row["phrases"], row["sectors"]] for row in read_tsv(OFFICES / "extra_titles.tsv")}
    # The order counts: of two offices that share a phrase, the first has it. Hand-kept offices stand first.
    for office, sectors in sorted({(t[2], t[3]) for t in people.tenures}, key=lambda o: (o[0].lower(), o)):
        if office in rows:
            continue
        phrases = [office.lower()]
        match = re.fullmatch(r"(leader|deputy leader|head|president|commander|chairman|chairperson|secretary[- ]general"
                             r"|director-general|executive director|prosecutor|prime minister|founder|acting president"
                             r"|co-founder|vice president|secretary of state|chief minister|foreign minister) of (?:the )?(.+)",
                             office)
        if match:
            role, body = match[1], match[2].lower()
            phrases.append(f"{body} {role}")
            if role == "leader":
                phrases += [f"{body} chief", f"head of {body}", f"{body} head"]
            elif role.startswith("secretary"):
                other = role.replace("-", " ") if "-" in role else role.replace(" ", "-")
                phrases += [f"{body} {other}", f"{other} of {body}", f"{body} chief"]
            elif role == "director-general":
                phrases += [f"{body} chief", f"{body} director general"]
            if "the " + body in phrases[0]:
                phrases.append(phrases[0].replace("the " + body, body))
        elif match := re.fullmatch(r"(UN )?envoy for (.+)", office):
            place = match[2].lower()
            phrases += [f"un special envoy for {place}", f"un envoy to {place}", f"un special envoy to {place}",
                        f"un special representative for {place}"]
        elif re.fullmatch(r"[A-Z]{2,}\b.* (director[- ]general|secretary-general|administrator|executive director"
                          r"|commissioner-general|managing director)", office):
            body = office.split()[0].lower()
            phrases += [f"{body} chief", f"{body} head", f"head of {body}"]
        rows[office] = ["|".join(dict.fromkeys(phrases)), sectors or "GOV"]
    return rows


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--report", action="store_true", help="print where sources and hand-kept tables differ")
    args = options.parse_args()
    shared = os.environ.get("KADESH_SHARED")
    if not shared:
        sys.exit("set KADESH_SHARED to the folder that holds data/knowledge")
    folder = Path(shared) / "data" / "knowledge"
    countries = json.load(gzip.open(folder / "countries-mledoze" / "countries.json.gz", "rt", encoding="utf-8"))
    iso = {}
    for country in countries:
        for form in [country["name"]["common"], country["name"]["official"], *country["altSpellings"]]:
            iso.setdefault(form.lower(), country["cca3"])
    iso3 = {}
    for line in csv.DictReader(open(folder / "peacesciencer" / "cow_states.tsv", encoding="utf-8"), delimiter="\t"):
        code = iso.get(line["statenme"].lower())
        if code:
            iso3[line["stateabb"]] = code
    iso3.update({"UKG": "GBR", "DRC": "COD", "CON": "COG", "CZR": "CZE", "RUM": "ROU", "MAC": "MKD", "BOS": "BIH",
                 "ROK": "KOR", "PRK": "PRK", "DRV": "VNM", "CDI": "CIV", "GMY": "DEU", "GFR": "DEU", "SWA": "SWZ",
                 "YPR": "YEM", "YAR": "YEM", "KOS": "KOS", "TAW": "TWN", "ETM": "TLS", "MYA": "MMR", "STP": "STP",
                 "CAP": "CPV", "BHM": "BHS", "GAM": "GMB", "FSM": "FSM", "WSM": "WSM", "RUS": "RUS", "YUG": "SRB",
                 "SER": "SRB", "TUR": "TUR", "SLU": "LCA", "SVG": "VCT", "AAB": "ATG", "SKN": "KNA", "CZE": "CSK", "GDR": "DDR", "ZAN": "TZA", "USA": "USA", "IRE": "IRL"})

    people, notes = People(), []
    covered = load_hand(people)
    load_countryinfo(people, folder, covered, notes)
    load_factbook(people, folder, iso, covered, notes)
    load_wikidata(people, folder, iso, notes)
    load_us(people, folder)
    load_reign(people, folder, notes, iso3)
    close_handovers(people)
    derived_aliases(people)

    titles = title_rows(people)
    people.tenures = merged(people.tenures, titles)
    write(OFFICES / "people.tsv", ["person", "name", "aliases", "wikidata"],
          [[s, people.name[s], "|".join(people.aliases[s]), people.wikidata.get(s, "")] for s in sorted(people.name)
           if any(t[0] == s for t in people.tenures)])
    write(OFFICES / "tenures.tsv", ["person", "country", "office", "sectors", "from", "to", "source"],
          sorted(people.tenures, key=lambda t: (t[0], first_day(t[4]), t[2], t[5])))
    write(OFFICES / "titles.tsv", ["office", "phrases", "sectors"],
          [[office, *titles[office]] for office in titles])
    if args.report:
        print("\n".join(notes))


def merged(tenures, titles):
    """Sectors filled from the office, duplicates dropped, touching spans of one person, office and source joined."""
    groups = defaultdict(list)
    for slug, country, office, sectors, start, end, source in tenures:
        groups[slug, country, office, sectors or titles[office][1], source].append((start, end))
    out = []
    for (slug, country, office, sectors, source), spans in groups.items():
        spans = sorted(set(spans), key=lambda s: first_day(s[0]))
        joined = []
        for start, end in spans:
            if source == "countryinfo" and joined and first_day(start) <= following(joined[-1][1]):
                if last_day(end) > last_day(joined[-1][1]):
                    joined[-1][1] = end
            else:
                joined.append([start, end])
        out += [[slug, country, office, sectors, a, b, source] for a, b in joined]
    return out


def following(date):
    """The first day after a date."""
    if len(date) == 10:
        import datetime
        return (datetime.date.fromisoformat(date) + datetime.timedelta(days=1)).isoformat()
    year, month = int(date[:4]), int(date[5:7] or 12) if len(date) > 4 else 12
    return f"{year + (month == 12):04d}-{month % 12 + 1:02d}-01"


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(header) + "\n")
        for row in rows:
            out.write("\t".join(row) + "\n")
    print(f"{path.relative_to(ROOT)}: {len(rows)} rows", file=sys.stderr)


if __name__ == "__main__":
    main()
