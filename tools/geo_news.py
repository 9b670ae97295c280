"""Reads the news collections whose place names are marked: TR-News, LGL, GeoWebNews, GeoVirus (see the shared MANIFEST)."""

import csv
import gzip
import hashlib
import math
import tarfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETS = ("TR-News", "LGL", "GeoWebNews", "GeoVirus")
LITERAL = {"Literal", "Literal_Modifier", "Mixed", "Metonymic", "Coercion", "Non_Literal_Modifier", "Embedded_Literal",
           "Embedded_Non_Lit", "Homonym", "Demonym"}  # fmt: skip


class Name:
    """A marked name: where it stands (code points), its coordinates, GeoNames id and state, each None if not told."""

    def __init__(self, start, end, place=None, geonames=None, country=None):
        self.start, self.end, self.place, self.geonames, self.country = start, end, place, geonames, country
        self.is_state = False  # known to be the state itself, not only in it

    def is_met(self, answer):
        """Whether an answer of `kadesh places` is the same place, or no more than 161 km from it."""
        if self.geonames and answer.get("geonames") == self.geonames:
            return True
        if self.is_state and answer.get("kind") == "country" and answer.get("country") == self.country:
            return True
        return "lat" in answer and kilometres(self.place, (answer["lat"], answer["lon"])) <= 161

    def error(self, answer):
        """Kilometres between an answer and the place; half the earth where there is none."""
        if self.geonames and answer.get("geonames") == self.geonames:
            return 0.0
        return kilometres(self.place, (answer["lat"], answer["lon"])) if "lat" in answer else 20037.5


class Text:
    def __init__(self, collection, identifier, text, names, ignored=()):
        self.collection, self.id, self.text = collection, f"{collection}/{identifier}", text
        self.ignored = ignored  # marks that tell no place: neither found nor missed
        self.names = sorted(without_overlaps(names), key=lambda name: name.start)
        self.fitted = hashlib.sha256(self.id.encode()).digest()[0] % 2 == 0  # half to fit on, half to report


def without_overlaps(names):
    taken = []
    for name in sorted(names, key=lambda name: (name.start - name.end, name.start)):  # longer first
        if all(name.end <= other.start or other.end <= name.start for other in taken):
            taken.append(name)
    return taken


def rows(path):
    with open(path, encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


class Gazetteer:
    """Coordinates and states by GeoNames id, and codes of states by name, of the project's own tables."""

    def __init__(self, shared):
        self.place, self.country, self.code = {}, {}, {}
        for row in rows(ROOT / "data/countries/countries.tsv"):
            for name in [row["name"], row["official"], *row["aliases"].split("|")]:
                if name and row["status"] != "past":
                    self.code.setdefault(name.removeprefix("the ").lower(), row["within"] or row["code"])
        states = {row["code"]: row for row in rows(ROOT / "data/countries/countries.tsv")}
        for line in (shared / "data/knowledge/geonames-admin/countryInfo.txt").read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if not line.startswith("#") and len(fields) > 16 and fields[16].isdigit() and fields[1] in states:
                state = states[fields[1]]
                self.add(int(fields[16]), state, state["within"] or fields[1])
                self.code.setdefault(fields[4].lower(), state["within"] or fields[1])
        for table in ("cities", "regions"):
            for row in rows(ROOT / f"data/places/{table}.tsv"):
                if row["geonames"] not in ("", "0"):
                    state = states.get(row["country"])
                    self.add(int(row["geonames"]), row, (state or {}).get("within") or row["country"])

    def add(self, identifier, row, country):
        self.country[identifier] = country
        if row["lat"]:
            self.place[identifier] = float(row["lat"]), float(row["lon"])


def kilometres(a, b):
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    chord = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(chord)))


def settle(text, start, end, phrase):
    """Where a phrase stands that is marked a few characters off; None if it does not."""
    for shift in (0, -1, 1, -2, 2, -3, 3):
        if start + shift >= 0 and text[start + shift : start + shift + len(phrase)] == phrase:
            return start + shift, start + shift + len(phrase)
    return None


def read_xml(path, collection, gazetteer):
    with gzip.open(path) as file:
        root = ElementTree.parse(file).getroot()
    for number, article in enumerate(root.iter("article")):
        text, names, ignored = article.findtext("text"), [], []
        for mark in [*article.iter("toponym"), *article.iter("location")]:
            phrase = mark.findtext("phrase") or mark.findtext("name")
            where = settle(text, int(mark.findtext("start")), int(mark.findtext("end")), phrase)
            known = mark.find("gaztag")
            source = mark if known is None else known
            if where is None or not source.findtext("lat"):
                ignored += [where] if where else []
                continue
            name = Name(*where, place=(float(source.findtext("lat")), float(source.findtext("lon"))))
            title = (mark.findtext("page") or "").rpartition("/")[2].replace("_", " ").lower()
            if known is None and title in gazetteer.code:
                name.country, name.is_state = gazetteer.code[title], True
            if known is not None:
                name.geonames = int(known.get("geonameid"))
                country = (known.findtext("country") or "?").lower()
                name.country = gazetteer.code.get(country) or gazetteer.country.get(name.geonames)
            names.append(name)
        yield Text(collection, article.get("docid") or str(number), text, names, ignored)


def read_brat(path, collection, gazetteer, unknown):
    """Marks with a GeoNames id; those whose coordinates the project's tables lack are counted in `unknown`."""
    with tarfile.open(path) as archive:
        files = {m.name: archive.extractfile(m).read().decode("utf-8") for m in archive if m.isfile()}
    for file in sorted(name for name in files if name.endswith(".ann")):
        text, marks, notes = files[file[:-4] + ".txt"], {}, {}
        for line in files[file].splitlines():
            cells = line.split("\t")
            if line.startswith("T"):
                kind, offsets = cells[1].split(" ", 1)
                ends = offsets.replace(";", " ").split()
                marks[cells[0]] = kind, int(ends[0]), int(ends[-1])
            elif line.startswith("#"):
                notes[cells[1].split()[1]] = cells[2].strip()
        names, ignored = [], []
        for mark, (kind, start, end) in marks.items():
            note = notes.get(mark, "")
            if kind not in LITERAL or not note.isdigit():
                ignored += [(start, end)] if kind in LITERAL else []
                continue
            identifier = int(note)
            if identifier not in gazetteer.place:
                unknown.append(text[start:end])
                ignored.append((start, end))
                continue
            names.append(Name(start, end, gazetteer.place[identifier], identifier, gazetteer.country.get(identifier)))
        yield Text(collection, Path(file).stem, text, names, ignored)


def load(shared):
    """All texts, and how many marks of GeoWebNews could not be placed."""
    gazetteer, unknown = Gazetteer(shared), []
    news = shared / "data/restricted/geo-news"
    texts = [
        *read_xml(news / "TR-News.xml.gz", "TR-News", gazetteer),
        *read_xml(news / "lgl.xml.gz", "LGL", gazetteer),
        *read_brat(news / "GeoWebNews.tar.gz", "GeoWebNews", gazetteer, unknown),
        *read_xml(shared / "data/geo/geovirus/GeoVirus.xml.gz", "GeoVirus", gazetteer),
    ]
    return [text for text in texts if text.names], unknown
