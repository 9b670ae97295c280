#!/usr/bin/env python3
"""Writes src/language/unicode_tables.inc: character classes and normal forms of code points beyond ASCII.

usage: make_unicode_tables.py > src/language/unicode_tables.inc
"""

import unicodedata

# In the order of CharClass in src/language/unicode.hpp.
CLASSES = ["Other", "Letter", "Capital", "Digit", "Mark", "Punctuation", "Symbol", "Space", "Ignorable", "Number"]
HANGUL = range(0xAC00, 0xD7A4)  # decomposed by arithmetic


def char_class(char):
    category = unicodedata.category(char)
    if char.isspace():
        return "Space"
    if category in ("Cf", "Cc"):
        return "Ignorable"
    if char.isalpha():
        return "Capital" if char.isupper() else "Letter"
    if char.isdigit():
        return "Digit"
    return {"M": "Mark", "P": "Punctuation", "S": "Symbol", "N": "Number"}.get(category[0], "Other")


def folded(char):
    """Compatibility decomposition without non-spacing marks and ignorable characters, in lower case."""
    kept = (c for c in unicodedata.normalize("NFKD", char) if unicodedata.category(c) not in ("Mn", "Cf", "Cc"))
    return "".join(kept).lower()


def main():
    points = [c for c in range(0x80, 0x110000) if not 0xD800 <= c < 0xE000]
    ranges = []
    for c in points:
        kind = char_class(chr(c))
        if ranges and ranges[-1][1] == c - 1 and ranges[-1][2] == kind:
            ranges[-1][1] = c
        else:
            ranges.append([c, c, kind])
    ranges = [r for r in ranges if r[2] != "Other"]
    entries, blob = [], b""
    for c in points:
        form = folded(chr(c))
        if form == chr(c) or c in HANGUL:
            continue
        form = form.encode("utf-8")
        at = blob.find(form)
        if at < 0:
            at = len(blob)
            blob += form
        entries.append((c, at, len(form)))
    pairs = [(c, chr(c).lower()) for c in points if chr(c).lower() != chr(c)]
    print(f"// Written by tools/make_unicode_tables.py from Unicode {unicodedata.unidata_version}; not edited by hand.")
    print("// clang-format off")
    print("constexpr ClassRange kClassRanges[] = {")
    lines(f"{{{a:#x},{b:#x},{CLASSES.index(k)}}}," for a, b, k in ranges)
    print("};")
    print("constexpr FoldEntry kFoldEntries[] = {")
    lines(f"{{{c:#x},{at},{size}}}," for c, at, size in entries)
    print("};")
    print("constexpr LowerPair kLowerPairs[] = {")
    lines(f"{{{c:#x},{ord(low):#x}}}," for c, low in pairs if len(low) == 1)
    print("};")
    print("constexpr unsigned char kFoldBytes[] = {")
    lines(f"{b}," for b in blob)
    print("};")
    print("// clang-format on")


def lines(items):
    line = ""
    for item in items:
        if len(line) + len(item) > 118:
            print(line)
            line = ""
        line += item
    print(line)


if __name__ == "__main__":
    main()
