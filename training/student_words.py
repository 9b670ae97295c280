"""Word types: what the shipped network reads of a word by itself (docs/model-format.md, "Word types")."""

import numpy as np
import torch

from pieces import WordPieces, normalise, shape
from student_model import AFFIX_ROWS, AFFIXES

ROOT_SHAPE, SHAPES = 9, 10


def fnv1a(data):
    h = 0x811C9DC5
    for byte in data:
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


def affix_rows(text):
    """Rows of a normalised word's beginnings and ends; too short a word has its whole self in each."""
    rows = []
    for k, (end, count) in enumerate(AFFIXES):
        part = text[-count:] if end else text[:count]
        rows.append(fnv1a(bytes([k]) + part.encode()) % AFFIX_ROWS)
    return rows


class Types:
    """Grows as words are met. Type 0 is the root."""

    def __init__(self, pieces_vocabulary, words_vocabulary):
        self.pieces = WordPieces(pieces_vocabulary)
        self.words = {word: i + 1 for i, word in enumerate(words_vocabulary)}  # 0: none of them
        self.ids, self.piece_lists, self.word, self.affixes, self.shape = {}, [], [], [], []
        self._add([self.pieces.cls], 0, [0] * len(AFFIXES), ROOT_SHAPE)
        self._frozen = None

    def _add(self, pieces, word, affixes, kind):
        self.piece_lists.append(pieces)
        self.word.append(word)
        self.affixes.append(affixes)
        self.shape.append(kind)
        self._frozen = None
        return len(self.word) - 1

    def of(self, word, first):
        """The type of a word; first: whether it is its sentence's first."""
        kind = shape(word, first)
        key = (word, kind)
        found = self.ids.get(key)
        if found is None:
            text = normalise(word)
            found = self._add(self.pieces.word(word), self.words.get(text, 0), affix_rows(text), kind)
            self.ids[key] = found
        return found

    def rows(self):
        return {"pieces": len(self.pieces.vocabulary), "words": len(self.words) + 1, "shapes": SHAPES}

    def gather(self, types):
        """Tensors of some types (an array of their numbers), for Student.embed."""
        if self._frozen is None:
            counts = np.array([len(p) for p in self.piece_lists])
            self._frozen = (
                np.concatenate([np.array(p) for p in self.piece_lists]),
                np.concatenate([[0], np.cumsum(counts)]), counts,
                np.array(self.word), np.array(self.affixes), np.array(self.shape),
            )  # fmt: skip
        flat, starts, counts, word, affixes, kinds = self._frozen
        some = counts[types]
        offsets = np.concatenate([[0], np.cumsum(some)[:-1]])
        index = np.repeat(starts[types] - offsets, some) + np.arange(some.sum())
        return {
            "pieces": torch.from_numpy(flat[index]),
            "piece_starts": torch.from_numpy(offsets),
            "word": torch.from_numpy(word[types]),
            "affixes": torch.from_numpy(affixes[types]),
            "shape": torch.from_numpy(kinds[types]),
        }
