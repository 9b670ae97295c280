"""What the integration tests share: the program under test, and checks that say what went wrong."""
import json
import os
import pathlib
import subprocess
import sys
import unittest

SKIPPED = 77
PROGRAM = os.environ.get("KADESH_PROGRAM", "kadesh")
SOURCE = pathlib.Path(os.environ.get("KADESH_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("KADESH_BUILD", SOURCE / "build/release"))
SHARED = pathlib.Path(os.environ.get("KADESH_SHARED", SOURCE / "../shared"))
ARTICLE = SOURCE / "examples/article.txt"


def kadesh(*arguments, stdin=b"", environment=None, timeout=600):
    """Runs the program; the result holds bytes."""
    return subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, timeout=timeout,
                          env={**os.environ, **(environment or {})}, check=False)


def records(output):
    """The JSON Lines of an output."""
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


def skip_without(path):
    """Ends the test as skipped when something that it needs is not there."""
    if not pathlib.Path(path).exists():
        print(f"skipped: {path} is not there")
        sys.exit(SKIPPED)


class ProgramTest(unittest.TestCase):
    def run_program(self, *arguments, status=0, **options):
        """Runs the program and checks its exit status."""
        result = kadesh(*arguments, **options)
        message = f"{arguments}: {result.stderr.decode(errors='replace')[-2000:]}"
        self.assertEqual(result.returncode, status, message)
        return result
