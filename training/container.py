"""The container of docs/model-format.md: named sections behind a table, padded, checksummed."""

import struct
from pathlib import Path

import numpy as np

MAGIC, VERSION, ALIGN, ENTRY = b"KADESHM1", 1, 64, 128
DTYPES = {"text": (0, np.uint8), "f32": (1, np.float32), "f16": (2, np.float16), "i8": (3, np.int8),
          "u32": (4, np.uint32), "i32": (5, np.int32), "u64": (6, np.uint64)}  # fmt: skip
_NUMPY = dict(DTYPES.values())


def checksum(body):
    """FNV-1a-64 over 8-byte words."""
    h = 0xCBF29CE484222325
    for (word,) in struct.iter_unpack("<Q", body):
        h = ((h ^ word) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def write(path, sections):
    """sections: dict of name to text or numpy array, in the order they shall have; replaces the file at once."""
    table, blobs = [], []
    offset = ALIGN + _padded(ENTRY * len(sections))
    for name, value in sections.items():
        if isinstance(value, str):
            value = np.frombuffer(value.encode("utf-8"), np.uint8)
        code = next(code for code, kind in DTYPES.values() if kind == value.dtype)
        dims = list(value.shape) + [1] * (4 - value.ndim)
        table.append(struct.pack("<64sII4IQQ24x", name.encode(), code, value.ndim, *dims, offset, value.nbytes))
        blob = np.ascontiguousarray(value).tobytes()
        blobs.append(blob.ljust(_padded(len(blob)), b"\0"))
        offset += len(blobs[-1])
    rows = b"".join(table)
    body = rows.ljust(_padded(len(rows)), b"\0") + b"".join(blobs)
    header = MAGIC + struct.pack("<IIQQ32x", VERSION, len(sections), ALIGN + len(body), checksum(body))
    path = Path(path)
    part = path.with_suffix(".part")
    part.write_bytes(header + body)
    part.rename(path)


def read(path):
    """Dict of name to text (dtype 0) or numpy array, after checking magic, version, size and checksum."""
    blob = Path(path).read_bytes()
    version, count, size, expected = struct.unpack("<IIQQ", blob[8:32])
    if blob[:8] != MAGIC or version != VERSION or size != len(blob) or checksum(blob[ALIGN:]) != expected:
        raise ValueError(f"{path}: not a sound model file of format {VERSION}")
    sections = {}
    for i in range(count):
        name, code, rank, *dims, offset, nbytes = struct.unpack_from("<64sII4IQQ", blob, ALIGN + ENTRY * i)
        data = blob[offset : offset + nbytes]
        name = name.rstrip(b"\0").decode()
        if code == 0:
            sections[name] = data.decode("utf-8")
        else:
            sections[name] = np.frombuffer(data, _NUMPY[code]).reshape(dims[:rank])
    return sections


def _padded(size):
    return (size + ALIGN - 1) // ALIGN * ALIGN
