"""Input that cannot be read: a clear line for each on standard error, the other documents' records intact."""
import gzip
import json
import pathlib
import random
import runpy
import tempfile
import unittest

from program import ARTICLE, SOURCE, ProgramTest, kadesh

GOOD = {"id": "good", "date": "2025-01-17", "text": ARTICLE.read_text(encoding="utf-8")}


def bad_inputs(folder):
    """Files by name, each of which gives no document."""
    truncated = gzip.compress(json.dumps(GOOD).encode())
    inputs = {
        "empty.txt": b"",
        "junk.bin": random.Random(1).randbytes(1 << 20),
        "zeros.bin": bytes(1 << 16),
        "truncated.jsonl.gz": truncated[: len(truncated) // 2],
        "half.json": json.dumps(GOOD).encode()[:500],
        "deep.json": b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "deep.html": b"<!DOCTYPE html><html><body>" + b"<div>" * 200_000 + b"deep" + b"</div>" * 200_000,
        "no_text.jsonl": b'{"id": "x", "date": "2025-01-17"}\n',
        "program.elf": b"\x7fELF" + bytes(range(256)) * 64,
    }
    for name, content in inputs.items():
        path = pathlib.Path(folder, name)
        path.write_bytes(content)
        yield path


class BadInput(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.good = pathlib.Path(cls.folder.name, "good.jsonl")
        cls.good.write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
        cls.expected = kadesh("code", cls.good).stdout

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_each_is_named_and_the_rest_is_coded(self):
        for path in bad_inputs(self.folder.name):
            with self.subTest(path.name):
                result = self.run_program("code", "--quiet", path, self.good, status=1)
                self.assertEqual(result.stdout, self.expected)
                message = result.stderr.decode()
                self.assertEqual(len(message.splitlines()), 1, message[:500])
                self.assertIn(path.name, message)
                self.assertGreater(len(message.split(path.name, 1)[1]), 10, message)
                self.assertTrue(message.isprintable() or message.strip().isprintable(), repr(message[:300]))

    def test_all_at_once(self):
        paths = list(bad_inputs(self.folder.name))
        result = self.run_program("code", *paths, self.good, "--threads", "4", status=1)
        self.assertEqual(result.stdout, self.expected)
        lines = result.stderr.decode().splitlines()
        self.assertEqual(len(lines), len(paths) + 1)
        self.assertIn(f"{len(paths) + 1} documents read: 1 coded, 0 empty, {len(paths)} skipped, 0 failed", lines[-1])

    def test_a_bad_record_does_not_stop_its_file(self):
        lines = [json.dumps(GOOD), "{broken", json.dumps({"id": "no text"}), json.dumps({**GOOD, "text": 5})]
        path = pathlib.Path(self.folder.name, "mixed.jsonl")
        path.write_text("\n".join([lines[1], lines[0], lines[2], lines[3]]) + "\n", encoding="utf-8")
        result = self.run_program("code", "--quiet", path, status=1)
        self.assertEqual(result.stdout, self.expected)
        self.assertEqual(len(result.stderr.splitlines()), 3)

    def test_another_language_is_skipped(self):
        french = json.dumps({"id": "fr", "language": "fr", "text": "La France a signé un traité avec l'Allemagne."})
        result = self.run_program("code", "--quiet", "-", stdin=french.encode(), status=1)
        self.assertEqual(result.stdout, b"")
        self.assertIn(b"fr", result.stderr)

    def test_a_line_of_fifty_megabytes_is_refused(self):
        path = pathlib.Path(self.folder.name, "long.txt")
        path.write_bytes(b"Iran and Russia signed a treaty in Moscow. " * (50 * 1024 * 1024 // 43))
        result = self.run_program("code", "--quiet", path, self.good, status=1)
        self.assertEqual(result.stdout, self.expected)
        self.assertIn(b"long.txt", result.stderr)

    def test_large_and_hostile_inputs_are_refused_as_their_table_says(self):
        make = runpy.run_path(str(SOURCE / "tests/fault/make_large_inputs.py"))["inputs"]
        for name, content, documents, errors, words in make():
            with self.subTest(name):
                path = pathlib.Path(self.folder.name, name)
                path.write_bytes(content)
                result = self.run_program("annotate", path, status=1)
                path.unlink()
                *messages, count = result.stderr.decode().splitlines()
                self.assertEqual(len(messages), errors, messages[:3])
                self.assertIn(words, messages[0])
                self.assertRegex(count, rf"{documents + errors} documents? read: {documents} coded, ")

    def test_a_folder_and_an_unreadable_file_are_named(self):
        result = self.run_program("code", "--quiet", self.folder.name, self.good, status=1)
        self.assertEqual(result.stdout, self.expected)
        self.assertIn(self.folder.name.encode(), result.stderr)


if __name__ == "__main__":
    unittest.main()
