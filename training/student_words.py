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


class Types:
    """Grows as words are met. Type 0 is the root."""

    def __init__(self, pieces_vocabulary, words_vocabulary, classes):
        self.classes = classes
        self.pieces = WordPieces(pieces_vocabulary)
        self.words = {word: i + 1 for i, word in enumerate(words_vocabulary)}  # 0: none of them
        self.ids, self.piece_lists, self.word, self.affixes, self.shape, self.bits = {}, [], [], [], [], []
        self._add([self.pieces.cls], 0, [0] * len(AFFIXES), ROOT_SHAPE, 0)
        self._frozen = None

    def _add(self, pieces, word, affixes, kind, bits):
        self.piece_lists.append(pieces)
        self.word.append(word)
        self.affixes.append(affixes)
        self.shape.append(kind)
        self.bits.append([bits >> k & 1 for k in range(CLASS_BITS)])
        self._frozen = None
        return len(self.word) - 1

    def of(self, word, first):
        """The type of a word; first: whether it is its sentence's first."""
        kind = shape(word, first)
        key = (word, kind)
        found = self.ids.get(key)
        if found is None:
            text = normalise(word)
            bits = self.classes.get(text, 0)
            found = self._add(self.pieces.word(word), self.words.get(text, 0), affix_rows(text), kind, bits)
            self.ids[key] = found
        return found

    def rows(self):
        return {"pieces": len(self.pieces.vocabulary), "words": len(self.words) + 1, "shapes": SHAPES, "classes": CLASS_BITS}

    def gather(self, types):
        """Tensors of some types (an array of their numbers), for Student.embed."""
        if self._frozen is None:
            counts = np.array([len(p) for p in self.piece_lists])
            self._frozen = (
                np.concatenate([np.array(p) for p in self.piece_lists]),
                np.concatenate([[0], np.cumsum(counts)]), counts,
                np.array(self.word), np.array(self.affixes), np.array(self.shape),
                np.array(self.bits, np.float32),
            )  # fmt: skip
        flat, starts, counts, word, affixes, kinds, bits = self._frozen
        some = counts[types]
        offsets = np.concatenate([[0], np.cumsum(some)[:-1]])
        index = np.repeat(starts[types] - offsets, some) + np.arange(some.sum())
        return {
            "pieces": torch.from_numpy(flat[index]),
            "piece_starts": torch.from_numpy(offsets),
            "word": torch.from_numpy(word[types]),
            "affixes": torch.from_numpy(affixes[types]),
            "shape": torch.from_numpy(kinds[types]),
            "classes": torch.from_numpy(bits[types]),
        }
