"""Word types: what the shipped network reads of a word by itself (docs/model-format.md, "Word types")."""

import numpy as np
import torch

from pieces import WordPieces, normalise, shape
from student_model import AFFIX_ROWS, AFFIXES

ROOT_SHAPE, SHAPES = 9, 10
CLASS_BITS = 6  # of name_classes.py


def fnv1a(data):
    h = 0x811C9DC5
    for byte in data:
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


def fnv1a_64(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def read_classes(path):
    """Classes of folded words, as bits."""
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return {word: int(bits) for word, bits in (line.split("\t") for line in lines)}


def class_table(classes):
    """An open-addressing hash table: 26 bits of the word's hash and its classes; 0 is empty."""
    size = 1 << (3 * len(classes) // 2).bit_length()
    table = np.zeros(size, np.uint32)
    for word, bits in classes.items():
        h = fnv1a_64(word.encode())
        at = h & (size - 1)
        while table[at]:
            at = (at + 1) & (size - 1)
        table[at] = (h >> 38) << CLASS_BITS | bits
    return table


def affix_rows(text):
    """Rows of a normalised word's beginnings and ends; too short a word has its whole self in each."""
    rows = []
    for k, (end, count) in enumerate(AFFIXES):
        part = text[-count:] if end else text[:count]
        rows.append(fnv1a(bytes([k]) + part.encode()) % AFFIX_ROWS)
    return rows


class Rows:
    """An array that grows at its end."""

    def __init__(self, dtype, *shape):
        self.array, self.size = np.zeros((1024, *shape), dtype), 0

    def add(self, *rows):
        while self.size + len(rows) > len(self.array):
            self.array = np.concatenate([self.array, np.zeros_like(self.array)])
        for row in rows:
            self.array[self.size] = row
            self.size += 1


class Types:
    """Grows as words are met. Type 0 is the root."""

    def __init__(self, pieces_vocabulary, words_vocabulary, classes):
        self.classes = classes
        self.pieces = WordPieces(pieces_vocabulary)
        self.words = {word: i + 1 for i, word in enumerate(words_vocabulary)}  # 0: none of them
        self.ids, self.met = {}, {}  # of (word, shape); of (word, whether it is first)
        self.flat, self.starts, self.counts = Rows(np.int64), Rows(np.int64), Rows(np.int64)  # of pieces
        self.word, self.affixes, self.shape = Rows(np.int64), Rows(np.int64, len(AFFIXES)), Rows(np.int64)
        self.bits = Rows(np.float32, CLASS_BITS)
        self._add([self.pieces.cls], 0, [0] * len(AFFIXES), ROOT_SHAPE, 0)

    def _add(self, pieces, word, affixes, kind, bits):
        self.starts.add(self.flat.size)
        self.counts.add(len(pieces))
        self.flat.add(*pieces)
        self.word.add(word)
        self.affixes.add(affixes)
        self.shape.add(kind)
        self.bits.add([bits >> k & 1 for k in range(CLASS_BITS)])
        return self.word.size - 1

    def of(self, word, first):
        """The type of a word; first: whether it is its sentence's first."""
        known = self.met.get((word, first))
        if known is not None:
            return known
        kind = shape(word, first)
        key = (word, kind)
        found = self.ids.get(key)
        if found is None:
            text = normalise(word)
            bits = self.classes.get(text, 0)
            found = self._add(self.pieces.word(word), self.words.get(text, 0), affix_rows(text), kind, bits)
            self.ids[key] = found
        self.met[word, first] = found
        return found

    def pieces_of(self, type):
        return self.flat.array[self.starts.array[type] :][: self.counts.array[type]]

    def rows(self):
        return {"pieces": len(self.pieces.vocabulary), "words": len(self.words) + 1, "shapes": SHAPES, "classes": CLASS_BITS}

    def gather(self, types):
        """Tensors of some types (an array of their numbers), for Student.embed."""
        some = self.counts.array[types]
        offsets = np.concatenate([[0], np.cumsum(some)[:-1]])
        index = np.repeat(self.starts.array[types] - offsets, some) + np.arange(some.sum())
        return {
            "pieces": torch.from_numpy(self.flat.array[index]),
            "piece_starts": torch.from_numpy(offsets),
            "word": torch.from_numpy(self.word.array[types]),
            "affixes": torch.from_numpy(self.affixes.array[types]),
            "shape": torch.from_numpy(self.shape.array[types]),
            "classes": torch.from_numpy(self.bits.array[types]),
        }
