#!/usr/bin/env python3
"""Formats the project's C++ with clang-format, or with --check names the files that are not formatted."""
import argparse
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("include", "src", "apps", "tests", "bench", "fuzz", "tools", "training")
SUFFIXES = {".hpp", ".cpp"}


def sources():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES and "build" not in path.relative_to(ROOT).parts:
                yield path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    files = [str(path) for path in sources()]
    flags = ["--dry-run", "--Werror"] if arguments.check else ["-i"]
    result = subprocess.run(["clang-format", "--style=file", *flags, *files], cwd=ROOT, capture_output=True, text=True)
    if result.returncode:
        wrong = sorted({line.split(":", 1)[0] for line in result.stderr.splitlines() if ": error:" in line})
        for path in wrong:
            print(f"not formatted: {pathlib.Path(path).relative_to(ROOT)}", file=sys.stderr)
        if not wrong:
            print(result.stderr, file=sys.stderr)
        print("run: make format", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
