"""The same input gives the same bytes on any number of threads, in any company and on every run."""
import json
import os
import pathlib
import tempfile
import unittest

from program import ARTICLE, SOURCE, ProgramTest


class Determinism(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.corpus = pathlib.Path(cls.folder.name, "corpus.jsonl")
        texts = [path.read_text(encoding="utf-8") for path in sorted((SOURCE / "tests/golden").glob("*.txt"))]
        if os.environ.get("KADESH_SANITIZED"):
            texts = texts[:4]
        texts += [ARTICLE.read_text(encoding="utf-8"), "One line.", "?!", texts[0] * (4 if os.environ.get("KADESH_SANITIZED") else 20)]
        with cls.corpus.open("w", encoding="utf-8") as out:
            for number, text in enumerate(texts):
                out.write(json.dumps({"id": f"d{number}", "date": "2024-05-01", "text": text}) + "\n")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def output(self, *arguments):
        result = self.run_program(*arguments, self.corpus, "--quiet")
        self.assertGreater(len(result.stdout), 1000)
        return result.stdout

    def test_threads_do_not_change_a_byte(self):
        for command in (("code", "--records", "all"), ("code", "--format", "text"), ("annotate",)):
            one = self.output(*command, "--threads", "1")
            self.assertEqual(one, self.output(*command, "--threads", "8"), command)
            self.assertEqual(one, self.output(*command, "--threads", "3"), command)

    def test_a_document_is_coded_alone_as_in_company(self):
        together = self.output("code").decode().splitlines()
        lines = self.corpus.read_text(encoding="utf-8").splitlines()
        for number in (0, 7, len(lines) - 3):
            alone = self.run_program("code", stdin=lines[number].encode()).stdout.decode().splitlines()
            mine = [line for line in together if f'"document":"d{number}"' in line]
            self.assertEqual(alone, mine)


if __name__ == "__main__":
    unittest.main()
