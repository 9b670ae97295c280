#!/usr/bin/env python3
"""Checks every #include against tools/layers.toml; names each include that a room may not make.

usage: check_layers.py [--root DIR]
"""
import argparse
import pathlib
import re
import sys
import tomllib

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)
SUFFIXES = {".hpp", ".cpp", ".inc", ".h"}


def check(root):
    """Yields (file, line, reason) for every wrong include."""
    rooms = tomllib.loads((root / "tools/layers.toml").read_text())["rooms"]
    folders = {room["path"].removeprefix("src/"): name for name, room in rooms.items() if room["path"].startswith("src/")}
    for folder in sorted(path for path in (root / "src").iterdir() if path.is_dir()):
        if folder.name not in folders and any(f.suffix in SUFFIXES for f in folder.rglob("*")):
            yield folder.relative_to(root), 0, "is no room of tools/layers.toml"
    for name, room in rooms.items():
        if unknown := set(room["may"]) - set(rooms):
            yield "tools/layers.toml", 0, f"{name} may include {', '.join(sorted(unknown))}, which is no room"
        for path in sorted((root / room["path"]).rglob("*")):
            if path.suffix not in SUFFIXES:
                continue
            text = path.read_text(encoding="utf-8")
            for match in INCLUDE.finditer(text):
                if reason := wrong(root, path, name, room, folders, match[1], match[2]):
                    yield path.relative_to(root), text.count("\n", 0, match.start()) + 1, reason


def wrong(root, path, name, room, folders, bracket, target):
    """Why a room may not include a header; None when it may."""
    first = target.split("/")[0]
    if target.startswith("kadesh/"):
        header = target.removeprefix("kadesh/").removesuffix(".hpp")
        if "face" in room and header not in room["face"]:
            return f"{name} may not include {target}"
    elif "/" in target and first in folders:
        if folders[first] != name and folders[first] not in room["may"]:
            return f"{name} may not include {target}"
    elif bracket == '"' and ("/" in target or not (path.parent / target).exists()):
        return f"{target}: name headers of other folders from src/ or include/"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    arguments = parser.parse_args()
    found = list(check(arguments.root))
    for path, line, reason in found:
        print(f"{path}:{line}: {reason}" if line else f"{path}: {reason}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
