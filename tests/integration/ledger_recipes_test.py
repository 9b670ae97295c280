"""The recipes of docs/ledger.md for other programs, run as they stand there, each where its program is installed.

KADESH_TOOLS_PYTHON names another Python that has pandas, zstandard, duckdb or datasette, such as one of a virtual environment.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from program import ARTICLE, SKIPPED, SOURCE, ProgramTest

PYTHON = os.environ.get("KADESH_TOOLS_PYTHON", sys.executable)


def recipe(language):
    """The block of this language among the recipes."""
    text = (SOURCE / "docs/ledger.md").read_text(encoding="utf-8")
    text = text[text.index("## Tables"):]
    blocks = re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return next(block[2] for block in blocks if block[1] == language)


class Recipes(ProgramTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.ledger = self.folder / "news.kadesh"
        self.run_program("add", self.ledger, "--quiet", "--date", "2025-01-17", ARTICLE)
        self.events = len(self.run_program("events", self.ledger, "--json", "--limit", "1000").stdout.splitlines())
        self.before = self.ledger.read_bytes()

    def tearDown(self):
        self.assertEqual(self.ledger.read_bytes(), self.before, "others only read")

    def run_tool(self, command, code=None):
        result = subprocess.run(command, input=code, capture_output=True, text=True, cwd=self.folder, timeout=600,
                                check=False)
        self.assertEqual(result.returncode, 0, result.stderr[-2000:])
        return result.stdout

    def need(self, command):
        """Skips the test where a trial of the tool fails."""
        try:
            tried = subprocess.run(command, capture_output=True, timeout=120, check=False)
        except OSError as error:
            self.skipTest(str(error))
        if tried.returncode != 0:
            self.skipTest(tried.stderr.decode(errors="replace").strip()[-200:])

    def test_pandas(self):
        self.need([PYTHON, "-c", "import pandas, zstandard"])
        written = self.run_tool([PYTHON, "-"], recipe("python") + "\nprint(len(events), events.date.dtype.kind)\n")
        self.assertIn(ARTICLE.read_text(encoding="utf-8").strip()[:200], written)
        self.assertEqual(written.splitlines()[-1], f"{self.events} M")

    def test_duckdb(self):
        self.need([PYTHON, "-c", "import duckdb; duckdb.connect().execute('INSTALL sqlite; LOAD sqlite')"])
        code = f"import duckdb, json\nprint(json.dumps(duckdb.connect().execute('''{recipe('sql')}''').fetchall()))"
        rows = dict(json.loads(self.run_tool([PYTHON, "-"], code)))
        self.assertGreater(len(rows), 0)
        self.assertLessEqual(sum(rows.values()), self.events)

    def test_r(self):
        self.need(["Rscript", "-e", "library(RSQLite)"])
        code = recipe("r") + "\ncat(nrow(dbGetQuery(base, 'SELECT id FROM events')), is.data.frame(events))\n"
        self.assertEqual(self.run_tool(["Rscript", "-"], code).splitlines()[-1], f"{self.events} TRUE")

    def test_datasette(self):
        beside = pathlib.Path(PYTHON).with_name("datasette")
        program = str(beside) if beside.exists() else shutil.which("datasette")
        if program is None:
            self.skipTest("datasette is not there")
        command = next(line for line in recipe("").splitlines() if line.startswith("datasette")).split("#")[0].split()
        table = self.run_tool([program, *command[1:], "--get", "/news/events.json?_shape=array&_size=1000"])
        self.assertEqual(len(json.loads(table)), self.events)


if __name__ == "__main__":
    outcome = unittest.main(exit=False).result
    if not outcome.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if len(outcome.skipped) == outcome.testsRun else 0)
