"""The commands about the world: actors, places, and a user's own actors, built, added and imported."""
import gzip
import json
import pathlib
import tempfile
import unittest

from program import SOURCE, ProgramTest, records

HEADER = "name\tkind\taliases\tcode\tsectors\tcountry\toffice\tfrom\tto\n"


def item(identifier, label, claims, aliases=()):
    """An entity as it stands in Wikidata's dump."""
    return {"type": "item", "id": identifier, "labels": {"en": {"language": "en", "value": label}},
            "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]}, "claims": claims}


def link(target, **qualifiers):
    return {"mainsnak": {"datavalue": {"value": {"id": target}}}, "rank": "normal",
            "qualifiers": {key: [{"datavalue": {"value": {"time": f"+{day}T00:00:00Z", "precision": 11}}}]
                           for key, day in qualifiers.items()}}


DUMP = [
    item("Q999001", "Ann Example", {"P31": [link("Q5")], "P39": [link("Q999002", P580="2031-02-03", P582="2033-04-05"),
                                                                link("Q999009")]}, ["A. Example"]),
    item("Q999002", "President of France", {"P1001": [link("Q142")]}),
    item("Q142", "France", {"P298": [{"mainsnak": {"datavalue": {"value": "FRA"}}}]}),
    item("Q999003", "Example Liberation Front", {"P31": [link("Q17149090")], "P17": [link("Q142")]}),
]


class World(ProgramTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.environment = {"KADESH_LAYERS": str(self.folder / "layers")}

    def program(self, *arguments, status=0, stdin=b""):
        return self.run_program(*arguments, status=status, stdin=stdin, environment=self.environment)

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def actors(self, *arguments, status=0):
        return records(self.program("actors", "--json", *arguments, status=status).stdout)


class Actors(World):
    def test_have_the_office_of_the_day(self):
        elect = self.actors("Trump", "--on", "2025-01-17")[0]
        self.assertEqual(elect["name"], "Donald Trump")
        self.assertEqual([o["office"] for o in elect["offices"] if o["held"]], ["president-elect"])
        president = self.actors("Trump", "--on", "2018-06-01")[0]
        self.assertEqual([o["office"] for o in president["offices"] if o["held"]], ["president"])
        self.assertTrue(all(o["source"] for o in president["offices"]))

    def test_are_found_by_their_office(self):
        for query in ("foreign minister of Iran", "Iranian foreign minister"):
            self.assertEqual(self.actors(query, "--on", "2014-06-01")[0]["name"], "Mohammad Javad Zarif")

    def test_unknown_ones_are_not_invented(self):
        result = self.program("actors", "Xyzzy Plugh", status=1)
        self.assertEqual(result.stdout, b"")
        self.assertIn(b"nobody and nothing", result.stderr)

    def test_are_answered_line_by_line(self):
        lines = self.program("actors", "-", stdin=b"Putin\t2001-01-01\nXyzzy\t2001-01-01\n").stdout.splitlines()
        self.assertEqual(json.loads(lines[0])[0]["code"], "RUS")
        self.assertEqual(json.loads(lines[1]), [])


class Places(World):
    def test_of_given_names_come_one_for_one(self):
        text = "Paris, Texas, and Xyzzyville"
        question = {"id": 7, "text": text, "spans": [[0, 5], [7, 12], [18, 28]]}
        answer = records(self.program("places", "--spans", "-q", stdin=json.dumps(question).encode()).stdout)[0]
        self.assertEqual(answer["id"], 7)
        paris, texas, unknown = answer["places"]
        self.assertEqual((paris["country"], paris["admin1"], paris["kind"]), ("USA", "Texas", "city"))
        self.assertEqual((texas["kind"], texas["geonames"]), ("province", 4736286))
        self.assertEqual((unknown["text"], unknown.get("name"), unknown["country"]), ("Xyzzyville", None, "USA"))

    def test_of_a_text_are_found(self):
        text = "KYIV, Jan 17 (Reuters) - Shelling hit Kharkiv in eastern Ukraine, German officials said."
        places = records(self.program("places", "-q", stdin=text.encode()).stdout)[0]["places"]
        found = {place["text"]: (place.get("country"), place.get("use")) for place in places}
        self.assertEqual(found.get("Kharkiv"), ("UKR", None))
        self.assertEqual(found.get("German"), ("DEU", "people"))

    def test_in_names_of_bodies_are_found(self):
        text = "Officers from the Huntsville Police Department and the Walker County Sheriff's Office came to Texas."
        places = records(self.program("places", "-q", stdin=text.encode()).stdout)[0]["places"]
        found = {place["text"]: (place.get("admin1"), place.get("use")) for place in places}
        self.assertEqual(found, {"Huntsville": ("Texas", "name"), "Walker County": ("Texas", "name"),
                                 "Texas": ("Texas", None)})  # fmt: skip

    def test_on_roads_are_none(self):
        text = "The crash on Cedar Street in Dallas closed the road."
        places = records(self.program("places", "-q", stdin=text.encode()).stdout)[0]["places"]
        self.assertEqual([place["text"] for place in places if "name" in place], ["Dallas"])

    def test_bad_questions_are_named_and_answered(self):
        lines = b'{"id":1,"text":"Paris","spans":[[0,99]]}\nnonsense\n'
        result = self.program("places", "--spans", stdin=lines, status=1)
        self.assertEqual([r["places"] for r in records(result.stdout)], [[], []])
        self.assertIn(b"line 1", result.stderr)
        self.assertIn(b"line 2", result.stderr)


class Layers(World):
    def test_are_kept_and_used_by_every_run(self):
        table = self.file("mine.tsv", HEADER + "Xyzzy Front\tgroup\tXFZ\tSYR\tREB\t\t\t\t\n")
        self.program("knowledge", "add", table)
        self.assertEqual(self.actors("Xyzzy Front")[0]["sector"], ["REB"])
        text = b"DAMASCUS - Xyzzy Front attacked Israel on Monday."
        events = records(self.program("code", "-q", "--date", "2024-05-01", stdin=text).stdout)
        self.assertEqual(events[0]["actor"][0]["code"], "SYR")
        self.assertEqual(events[0]["actor"][0]["sector"], ["REB"])
        self.program("actors", "--no-own-layers", "Xyzzy Front", status=1)

    def test_with_unknown_codes_are_refused_with_the_valid_ones(self):
        table = self.file("bad.tsv", HEADER + "Xyzzy Front\tgroup\t\tXQX\tREB\t\t\t\t\n")
        message = self.program("knowledge", "add", table, status=2).stderr.decode()
        self.assertIn(f"{table}:2: code: unknown code \"XQX\"", message)
        self.assertIn("valid codes:", message)
        self.assertIn(" FRA ", message)
        self.assertFalse((self.folder / "layers").exists())

    def test_packs_are_built_and_bad_rows_named(self):
        data, pack = self.folder / "data", self.folder / "world.kdk"
        (data / "places").mkdir(parents=True)
        (data / "places/not_places.tsv").write_text("name\tleast_population\nx\tmany\n", encoding="utf-8")
        message = self.program("knowledge", "build", data, pack, status=2).stderr.decode()
        self.assertIn("places/not_places.tsv:2: least_population", message)
        self.assertFalse(pack.exists())
        self.program("knowledge", "build", SOURCE / "data", pack)
        self.assertEqual(self.actors("--knowledge", pack, "Putin", "--on", "2001-01-01")[0]["code"], "RUS")


class Imports(World):
    def imported(self, kind, path, status=0):
        result = self.program("knowledge", "import", kind, path, status=status)
        header, *rows = result.stdout.decode().splitlines()
        return [dict(zip(header.split("\t"), row.split("\t"))) for row in rows], result.stderr.decode()

    def test_petrarch_actors_keep_their_dates(self):
        dictionary = self.file("actors.txt", """<!-- a comment
            over lines -->
ANN_EXAMPLE_  # a comment
+A._EXAMPLE_
\t[FRAELI 770101-930627]
\t[FRAGOV 930627-941006]
\t[FRAOPP >941006]
EXAMPLE_FRONT_(XMF)_ [FRAREB]
+FRONT_OF_EXAMPLES_
NOWHERE [XQX]
GALLIA [FRA]
""")
        rows, notes = self.imported("petrarch", dictionary)
        ann = [row for row in rows if row["name"] == "Ann Example"]
        self.assertEqual([(r["sectors"], r["from"], r["to"]) for r in ann],
                         [("ELI", "1977-01-01", "1993-06-27"), ("GOV", "1993-06-27", "1994-10-06"), ("OPP", "1994-10-06", "")])
        self.assertEqual(ann[0]["aliases"], "A. Example")
        front = next(row for row in rows if row["name"] == "Example Front")
        self.assertEqual((front["kind"], front["aliases"], front["code"]), ("group", "XMF|Front of Examples", "FRA"))
        self.assertEqual(next(row for row in rows if row["name"] == "Gallia")["kind"], "country")
        self.assertIn("XQX", notes)
        table = self.file("layer.tsv", self.program("knowledge", "import", "petrarch", dictionary).stdout.decode())
        self.program("knowledge", "add", table)
        self.assertEqual(self.actors("Ann Example", "--on", "1994-01-01")[0]["sector"], ["GOV"])
        self.assertEqual(self.actors("Ann Example", "--on", "2000-01-01")[0]["sector"], ["OPP"])
        self.assertEqual(self.actors("Gallia")[0]["name"], "France")

    def test_petrarch_agents_are_roles(self):
        rows, _ = self.imported("petrarch", self.file("agents.txt", "!PERSON! = MAN, WOMAN\nPOLICE!PERSON! [~COP]\n"))
        self.assertEqual([(r["name"], r["aliases"], r["kind"], r["sectors"]) for r in rows],
                         [("policeman", "policewoman", "role", "COP")])

    def test_wikidata_is_read_packed_or_not(self):
        text = "[\n" + ",\n".join(json.dumps(entity) for entity in DUMP) + "\n]\n"
        packed = self.folder / "dump.json.gz"
        packed.write_bytes(gzip.compress(text.encode()))
        for path in (self.file("dump.json", text), packed):
            rows, notes = self.imported("wikidata", path)
            person, front = rows
            self.assertEqual((person["name"], person["country"], person["office"], person["from"], person["to"]),
                             ("Ann Example", "FRA", "president", "2031-02-03", "2033-04-05"))
            self.assertEqual((person["aliases"], person["wikidata"]), ("A. Example", "Q999001"))
            self.assertEqual((front["kind"], front["country"], front["sectors"]), ("group", "FRA", "REB"))
            self.assertIn("1 terms of office left out", notes)

    def test_a_cut_dump_gives_what_is_whole_and_says_where_it_stops(self):
        text = "[\n" + ",\n".join(json.dumps(entity) for entity in [DUMP[1], DUMP[2], DUMP[3], DUMP[0]])
        rows, notes = self.imported("wikidata", self.file("cut.json", text[:-40]), status=1)
        self.assertEqual([row["name"] for row in rows], ["Example Liberation Front"])
        self.assertIn("cut short: line 5", notes)
        packed = self.folder / "cut.json.gz"
        packed.write_bytes(gzip.compress(text.encode())[:-9])
        self.assertIn("after line", self.imported("wikidata", packed, status=1)[1])

    def test_geonames_dumps_give_cities(self):
        line = "99\tXyzzyville\tXyzzyville\tXyzville,Ксиз,xyz\t48.5\t2.5\tP\tPPL\tFR\t\t11\t\t\t\t{}\t\t\tEurope/Paris\t2020-01-01\n"
        rows, _ = self.imported("geonames", self.file("fr.txt", line.format(1200) + line.format(20)))
        self.assertEqual([(r["name"], r["code"], r["aliases"], r["population"]) for r in rows],
                         [("Xyzzyville", "FRA", "Xyzville", "1200")])
        rows, notes = self.imported("geonames", self.file("cut.txt", line.format(1200) + line[:30]), status=1)
        self.assertEqual(len(rows), 1)
        self.assertIn("cut short: line 2", notes)


if __name__ == "__main__":
    unittest.main()
