"""Help, version, exit status and messages of every command."""
import json
import os
import pathlib
import pty
import re
import subprocess
import tempfile
import termios
import unittest

from program import ARTICLE, PROGRAM, ProgramTest, kadesh, records

COMMANDS = ("code", "annotate", "classify", "places")


class Help(ProgramTest):
    def test_program_help_names_every_command_and_shows_examples(self):
        text = self.run_program("--help").stdout.decode()
        for command in COMMANDS:
            self.assertIn(f"\n  {command} ", text)
        self.assertIn("Examples:", text)
        self.assertIn("Exit status:", text)

    def test_every_command_has_help_with_an_example(self):
        for command in COMMANDS:
            result = self.run_program(command, "--help")
            self.assertIn("Example", result.stdout.decode())
            self.assertIn("--threads", result.stdout.decode())
            self.assertEqual(result.stderr, b"")

    def test_version_tells_program_and_artefacts(self):
        text = self.run_program("--version").stdout.decode()
        self.assertRegex(text, r"^kadesh \d+\.\d+\.\d+\nmodel [0-9a-f]{12}\nevents [0-9a-f]{12}\nknowledge [0-9a-f]{12}\n$")

    def test_records_name_the_same_coder_as_version(self):
        version = self.run_program("--version").stdout.decode().split("\n")
        coder = records(self.run_program("code", ARTICLE).stdout)[0]["coder"]
        self.assertEqual(coder, " ".join(version).strip())


class Usage(ProgramTest):
    def test_wrong_use_ends_with_2_and_says_why(self):
        for arguments in ((), ("nonsense",), ("code", "--date", "2025-13-40", ARTICLE), ("code", "--date", "yesterday"),
                          ("code", "--format", "xml"), ("code", "--threads", "0"), ("code", "--min-confidence", "7"),
                          ("code", "--no-such-flag"), ("annotate", "--format", "json"),
                          ("code", "--agreements", "/no/such/folder/file", ARTICLE)):
            result = self.run_program(*arguments, status=2)
            self.assertEqual(result.stdout, b"", arguments)
            self.assertGreater(len(result.stderr), 10, arguments)

    def test_missing_artefacts_are_named(self):
        for flag, variable in (("--model", "KADESH_MODEL"), ("--knowledge", "KADESH_KNOWLEDGE")):
            result = self.run_program("code", flag, "/no/such/file", ARTICLE, status=2)
            self.assertIn(b"/no/such/file", result.stderr)
            result = self.run_program("code", ARTICLE, status=2, environment={variable: "/no/such/file"})
            self.assertIn(variable.encode(), result.stderr)

    def test_damaged_artefacts_are_refused(self):
        for flag in ("--model", "--knowledge"):
            result = self.run_program("code", flag, ARTICLE, ARTICLE, status=2)
            self.assertIn(b"article.txt", result.stderr)

    def test_unknown_file_is_named_and_the_others_are_coded(self):
        result = self.run_program("code", "/no/such/report.txt", ARTICLE, status=1)
        self.assertIn(b"/no/such/report.txt", result.stderr)
        self.assertEqual(result.stdout, kadesh("code", ARTICLE).stdout)


class Terminal(ProgramTest):
    def on_terminal(self, *arguments, environment=None):
        """Everything that a terminal of 90 columns would get."""
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 90))
        with subprocess.Popen([PROGRAM, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                              env={**os.environ, **(environment or {})}) as run:
            os.close(theirs)
            seen = b""
            try:
                while block := os.read(ours, 65536):
                    seen += block
            except OSError:  # how Linux tells that nobody has the terminal open any more
                pass
            os.close(ours)
        self.assertEqual(run.returncode, 0, seen[-2000:])
        return seen.decode()

    def test_a_report_has_colours_and_fits(self):
        report = self.on_terminal("code", "--quiet", "--format", "text", ARTICLE)
        self.assertIn("\x1b[1;33m", report)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", report)
        self.assertTrue(all(len(line) <= 90 for line in plain.splitlines()), plain)
        self.assertNotIn("\x1b", self.on_terminal("code", "--quiet", "--format", "text", ARTICLE,
                                                  environment={"NO_COLOR": "1"}))

    def test_a_long_run_shows_a_bar_and_clears_it(self):
        with tempfile.TemporaryDirectory() as folder:
            many = pathlib.Path(folder, "many.jsonl")
            line = json.dumps({"text": ARTICLE.read_text(encoding="utf-8"), "date": "2025-01-17"})
            many.write_text("\n".join([line] * 40), encoding="utf-8")
            seen = self.on_terminal("code", "--threads", "1", "--agreements", "/dev/null", "--records", "agreements",
                                    many)
        self.assertRegex(seen, r"\[=+> *\] +\d+%  \d+ documents?, ")
        self.assertRegex(seen, r"\r\x1b\[Kkadesh: 40 documents read: 40 coded, ")


class Streams(ProgramTest):
    def test_standard_input_is_read_with_and_without_a_dash(self):
        text = ARTICLE.read_bytes()
        plain = self.run_program("code", stdin=text).stdout
        dash = self.run_program("code", "-", stdin=text).stdout
        self.assertEqual(plain, dash)
        self.assertGreater(len(records(plain)), 5)

    def test_standard_output_carries_records_only_and_quiet_silences_the_count(self):
        result = self.run_program("code", ARTICLE)
        records(result.stdout)
        self.assertRegex(result.stderr.decode(), r"^kadesh: 1 document read: 1 coded, 0 empty, 0 skipped, 0 failed; ")
        self.assertEqual(self.run_program("code", "--quiet", ARTICLE).stderr, b"")

    def test_broken_pipe_is_quiet(self):
        with tempfile.TemporaryDirectory() as folder:
            many = pathlib.Path(folder, "many.jsonl")
            line = json.dumps({"text": ARTICLE.read_text(encoding="utf-8"), "date": "2025-01-17"})
            many.write_text("\n".join([line] * 60), encoding="utf-8")
            with subprocess.Popen([PROGRAM, "code", str(many)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
                self.assertTrue(run.stdout.readline())
                run.stdout.close()
                self.assertNotIn(b"rror", run.stderr.read())
                self.assertIn(run.wait(timeout=300), (0, -13))

    def test_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            run = subprocess.run([PROGRAM, "code", str(ARTICLE)], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"cannot be written", run.stderr)


if __name__ == "__main__":
    unittest.main()
