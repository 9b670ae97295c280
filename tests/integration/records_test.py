"""The records against docs/records.md: keys and their order, offsets, formats, agreements, confidence."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

from program import ARTICLE, SHARED, ProgramTest, records

EVENT_KEYS = ["id", "date", "enddate", "date_basis", "event", "mode", "context", "auxiliary", "cameo", "quad_code",
              "event_scale", "goldstein", "actor", "recipient", "event_loc", "event_text", "attribution", "agreement",
              "text_info", "evidence", "confidence", "rule", "coder"]
AGREEMENT_KEYS = ["id", "kind", "name", "parties", "signatories", "subjects", "signed", "in_force", "expires", "term",
                  "term_attribution", "disclosed", "place", "status", "status_date", "predecessor", "successor",
                  "actions", "mentions", "evidence", "document", "coder"]
ENTITY_KEYS = ["code", "sector", "entity_text", "start", "end", "identifier_text", "identifier_id", "office", "via",
               "cue"]
PLACE_KEYS = ["name", "country", "lat", "lon", "geonames", "entity_text", "start", "end", "basis"]
ALWAYS = {"id", "event", "mode", "context", "auxiliary", "quad_code", "event_scale", "goldstein", "actor", "recipient",
          "attribution", "text_info", "confidence", "coder"}


def ordered(test, record, keys):
    """Keys stand in the contract's order, and none is null."""
    positions = [keys.index(key) for key in record]
    test.assertEqual(positions, sorted(positions), list(record))
    test.assertNotIn(None, record.values())


class Plover(ProgramTest):
    @classmethod
    def setUpClass(cls):
        # Emoji, a combining accent and an astral letter before the text shift bytes, UTF-16 units and code points apart.
        cls.text = "\U0001f30d e\u0301 \U0001d4d0 \u2014 " + ARTICLE.read_text(encoding="utf-8")
        cls.document = json.dumps({"id": "shifted", "date": "2025-01-17", "text": cls.text}).encode()

    def events(self, *arguments):
        return records(self.run_program("code", *arguments, stdin=self.document).stdout)

    def test_keys(self):
        for event in self.events():
            ordered(self, event, EVENT_KEYS)
            self.assertLessEqual(ALWAYS, set(event))
            for entity in event["actor"] + event["recipient"] + event["attribution"]:
                ordered(self, entity, ENTITY_KEYS)
            if "event_loc" in event:
                ordered(self, event["event_loc"], PLACE_KEYS)

    def test_offsets_are_code_points_of_the_text(self):
        seen = 0
        for event in self.events():
            info = event["text_info"]
            self.assertEqual(info["document"], "shifted")
            self.assertLess(info["start"], info["end"])
            self.assertEqual(self.text[info["trigger_start"]:info["trigger_end"]], event["event_text"])
            for entity in event["actor"] + event["recipient"] + event["attribution"]:
                if "entity_text" in entity:
                    seen += 1
                    self.assertEqual(self.text[entity["start"]:entity["end"]], entity["entity_text"])
        self.assertGreater(seen, 10)

    def test_ids_are_unique_and_stable(self):
        first, second = self.events(), self.events("--threads", "3")
        self.assertEqual([e["id"] for e in first], [e["id"] for e in second])
        self.assertEqual(len({e["id"] for e in first}), len(first))

    def test_values_are_in_range(self):
        for event in self.events():
            self.assertIn(event["quad_code"], (1, 2, 3, 4))
            self.assertTrue(0 <= event["confidence"] <= 1)
            if "date" in event:
                self.assertLessEqual(event["date"], event["enddate"])
                self.assertIn(event["date_basis"], ("text", "context", "document"))

    def test_min_confidence_leaves_out_exactly_what_is_below(self):
        everything = self.events()
        threshold = sorted(e["confidence"] for e in everything)[len(everything) // 2]
        kept = self.events("--min-confidence", str(threshold))
        self.assertTrue(0 < len(kept) < len(everything))
        self.assertTrue(all(e["confidence"] >= threshold for e in kept))

    def test_the_date_option_is_a_fallback_only(self):
        dated = self.events("--date", "1999-01-01")
        self.assertEqual(dated, self.events())
        undated = records(self.run_program("code", "--date", "2025-01-17", ARTICLE).stdout)
        self.assertIn("2025-01-17", {e.get("date") for e in undated})

    def test_the_default_stream_suits_the_shared_scorer(self):
        scorer = SHARED / "score/score_events.py"
        if not scorer.exists():
            self.skipTest(f"{scorer} is not there")
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as predicted:
            predicted.write(self.run_program("code", "--date", "2025-01-17", SHARED / "seed/article.txt").stdout)
            predicted.flush()
            command = [sys.executable, scorer, SHARED / "seed/gold.json", predicted.name]
            score = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        self.assertRegex(score, r"\((?!0 )\d+ found")


class Agreements(ProgramTest):
    def test_agreements_apart_and_in_the_stream_are_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            apart = pathlib.Path(folder, "agreements.jsonl")
            events = self.run_program("code", "--agreements", apart, "--date", "2025-01-17", ARTICLE).stdout
            agreements = apart.read_bytes()
        run = lambda kind: self.run_program("code", "--records", kind, "--date", "2025-01-17", ARTICLE).stdout
        self.assertEqual(run("agreements"), agreements)
        self.assertEqual(run("events"), events)
        self.assertEqual(run("all"), events + agreements)
        text = ARTICLE.read_text(encoding="utf-8")
        self.assertGreaterEqual(len(records(agreements)), 1)
        for agreement in records(agreements):
            ordered(self, agreement, AGREEMENT_KEYS)
            self.assertEqual(agreement["document"], "article.txt")
            for mention in agreement["mentions"]:
                self.assertEqual(text[mention["start"]:mention["end"]], mention["text"])


class OtherFormats(ProgramTest):
    def test_cameo_is_one_table_with_a_row_an_event(self):
        events = records(self.run_program("code", ARTICLE, ARTICLE).stdout)
        header, *rows = self.run_program("code", "--format", "cameo", ARTICLE, ARTICLE).stdout.decode().splitlines()
        columns = header.split("\t")
        self.assertEqual(len(rows), len(events))
        for row, event in zip(rows, events):
            fields = dict(zip(columns, row.split("\t"), strict=True))
            self.assertEqual(fields["id"], event["id"])
            self.assertEqual(fields["cameo"], event.get("cameo", ""))
            self.assertEqual(int(fields["start"]), event["text_info"]["start"])

    def test_text_has_brackets_and_no_colour_off_a_terminal(self):
        report = self.run_program("code", "--format", "text", "--date", "2025-01-17", ARTICLE).stdout.decode()
        self.assertNotIn("\x1b", report)
        self.assertIn("17 January 2025", report)
        self.assertRegex(report, r"\{\w")
        self.assertRegex(report, r"\[\w")
        self.assertTrue(all(len(line) <= 100 for line in report.splitlines()))

    def test_annotate_writes_conllu(self):
        lines = self.run_program("annotate", ARTICLE).stdout.decode().splitlines()
        words = [line.split("\t") for line in lines if line and not line.startswith("#")]
        self.assertGreater(len(words), 400)
        self.assertTrue(all(len(word) == 10 for word in words))
        self.assertTrue(any("NER=B-PER" in word[9] for word in words))
        roots = sum(word[7] == "root" for word in words)
        self.assertEqual(roots, sum(line.startswith("# text") for line in lines))


class Times(ProgramTest):
    def test_days_and_lengths(self):
        line = json.dumps({"id": "d", "date": "2025-01-17", "text": "Kenya left on Monday. It took three weeks."})
        row = records(self.run_program("annotate", "--format", "times", stdin=(line + "\n").encode()).stdout)[0]
        self.assertEqual(row["document"], "d")
        monday, weeks = row["times"]
        self.assertEqual((monday["text"], monday["value"], monday["from"]), ("Monday", "2025-01-13", "2025-01-13"))
        self.assertEqual((weeks["text"], weeks["value"]), ("three weeks", "P3W"))
        self.assertNotIn("from", weeks)


class Status(ProgramTest):
    def test_what_is_so_and_what_is_not(self):
        text = "\U0001f30d Kenya refused to sign the treaty. Somalia will leave."
        line = json.dumps({"id": "d", "text": text})
        row = records(self.run_program("annotate", "--format", "status", stdin=(line + "\n").encode()).stdout)[0]
        self.assertEqual(row["document"], "d")
        told = {p["lemma"]: p for p in row["predicates"]}
        self.assertEqual(told["refuse"]["status"], [])
        self.assertEqual(told["sign"]["status"], ["negated"])
        self.assertEqual(told["leave"]["status"], ["future"])
        self.assertNotIn("Kenya", told)
        for p in row["predicates"]:
            self.assertEqual(text[p["start"] : p["end"]], p["text"])


class Attributions(ProgramTest):
    def test_source_cue_and_content(self):
        text = "\U0001f30d Kenya said on Monday that Somalia had closed the border."
        line = json.dumps({"id": "d", "text": text})
        row = records(self.run_program("annotate", "--format", "attributions", stdin=(line + "\n").encode()).stdout)[0]
        self.assertEqual(row["document"], "d")
        (one,) = row["attributions"]
        self.assertEqual((one["source"]["text"], one["cue"]["text"]), ("Kenya", "said"))
        self.assertEqual([piece["text"] for piece in one["content"]], ["that Somalia had closed the border"])
        self.assertEqual((one["direct"], one["depth"]), (False, 0))
        for span in (one["source"], one["cue"], *one["content"]):
            self.assertEqual(text[span["start"] : span["end"]], span["text"])

    def test_who_stands_nearer_said_it_to_the_other(self):
        text = ("Chad and Niger signed a transit treaty in Niamey on Friday. The treaty will remain in effect for 12 years, "
                "according to Idriss Garba, the Chadian ambassador to Niger, as reported by the state news agency ANP.")
        line = json.dumps({"id": "d", "date": "2024-05-03", "text": text})
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "agreements.jsonl")
            self.run_program("code", "--quiet", "--agreements", path, stdin=(line + "\n").encode())
            (agreement,) = records(path.read_bytes())
        self.assertEqual(agreement["term"], "P12Y")
        said, reported = (source["entity_text"] for source in agreement["term_attribution"])
        self.assertEqual(said, "Idriss Garba")
        self.assertRegex(reported, r"\bANP$")  # with or without what it is


class Classify(ProgramTest):
    QUESTIONS = [
        {"id": 1, "text": "Iran threatened to attack Israel.", "source": [0, 4], "target": [26, 32]},
        {"id": "two", "text": "\U0001f30d France signed an agreement with Germany.", "source": [2, 8], "target": [33, 40]},
    ]

    def ask(self, lines, **options):
        return self.run_program("classify", stdin="".join(line + "\n" for line in lines).encode(), **options)

    def test_one_answer_a_question_in_order(self):
        answers = records(self.ask([json.dumps(question) for question in self.QUESTIONS] * 40).stdout)
        self.assertEqual([answer["id"] for answer in answers], [1, "two"] * 40)
        for answer in answers:
            self.assertEqual(list(answer), ["id", "event", "mode", "cameo", "quad_code", "confidence", "rule"])
        self.assertEqual(answers[0]["event"], ["THREATEN"])
        self.assertIn(answers[1]["quad_code"], (1, 2))

    def test_always_answers_with_the_classifier_and_says_who_decided(self):
        nothing_known = json.dumps({"id": 3, "text": "Ghana is near Togo.", "source": [0, 5], "target": [14, 18]})
        answer = records(self.ask([nothing_known]).stdout)[0]
        self.assertEqual(len(answer["event"]), 1)
        self.assertTrue(answer["rule"].startswith("classifier"), answer["rule"])
        self.assertTrue(0 < answer["confidence"] < 1)
        alone = records(self.run_program("classify", "--rules-only", stdin=(nothing_known + "\n").encode()).stdout)[0]
        self.assertEqual(alone["event"], [])
        threat = records(self.ask([json.dumps(self.QUESTIONS[0])]).stdout)[0]
        self.assertTrue(threat["rule"].startswith("verb:threaten"), threat["rule"])

    def test_a_bad_line_answers_no_event_and_is_named(self):
        good = json.dumps(self.QUESTIONS[0])
        bad = ['{"id": 7, "text": "Iran.", "source": [0, 4], "target": [3, 99]}', '{"id": 8}', "not json", "[1, 2]",
               '{"id": 9, "text": "", "source": [0, 1], "target": [0, 1]}']
        result = self.ask([bad[0], good, *bad[1:], good], status=1)
        answers = records(result.stdout)
        self.assertEqual([answer.get("id") for answer in answers], [7, 1, 8, None, None, 9, 1])
        for answer in [answers[0], *answers[2:6]]:
            self.assertEqual(answer["event"], [])
        self.assertEqual(answers[1]["event"], answers[6]["event"])
        for line in (1, 3, 4, 5, 6):
            self.assertIn(f"line {line}: ".encode(), result.stderr)


if __name__ == "__main__":
    unittest.main()
