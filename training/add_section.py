"""Appends or replaces a section of a model file and renews its checksum.

usage: add_section.py FILE.kdm NAME DTYPE FILE     DTYPE: text, f32, f16, i8, u32, i32, u64 (one-dimensional)
"""

import sys
from pathlib import Path

import numpy as np

import container


def main():
    if len(sys.argv) != 5 or sys.argv[3] not in container.DTYPES:
        sys.exit(__doc__)
    model, name, dtype, source = sys.argv[1:]
    sections = container.read(model)
    blob = Path(source).read_bytes()
    sections[name] = blob.decode("utf-8") if dtype == "text" else np.frombuffer(blob, container.DTYPES[dtype][1])
    container.write(model, sections)


if __name__ == "__main__":
    main()
