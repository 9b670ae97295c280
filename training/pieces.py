"""From words to word pieces and shape ids, as docs/model-format.md lays down."""

import unicodedata

MAX_PIECES_PER_WORD = 16
SHAPES = 19
EDGE_SHAPE = SHAPES - 1
TITLE_FIRST, TITLE, ALL_CAPS, LOWER = 2, 3, 5, 1
_NUMBER_CHARS = set(".,:-/%")
_QUOTES_AND_DASHES = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)


def normalise(word):
    """Quotes and dashes to ASCII, compatibility decomposition, accents off, lower case."""
    word = unicodedata.normalize("NFKD", word.translate(_QUOTES_AND_DASHES))
    return "".join(c for c in word if unicodedata.category(c) not in ("Mn", "Cf", "Cc")).lower()


def is_punctuation(char):
    if char.isascii():
        return char.isprintable() and not char.isalnum() and char != " "
    return unicodedata.category(char).startswith("P")


def chunks(text):
    """Cuts at white space and makes every punctuation character a chunk of its own."""
    found, current = [], ""
    for char in text:
        if char.isspace() or is_punctuation(char):
            if current:
                found.append(current)
            current = ""
            if not char.isspace():
                found.append(char)
        else:
            current += char
    return found + [current] if current else found


class WordPieces:
    """Greedy longest-match word pieces over a vocabulary; remembers the words it has seen."""

    def __init__(self, vocabulary):
        self.vocabulary = list(vocabulary)
        self.ids = {piece: i for i, piece in enumerate(self.vocabulary)}
        self.pad, self.unk, self.cls, self.sep = (self.ids[p] for p in ("[PAD]", "[UNK]", "[CLS]", "[SEP]"))
        self._memory = {}

    def _chunk(self, chunk):
        out, start = [], 0
        while start < len(chunk):
            for end in range(len(chunk), start, -1):
                piece = self.ids.get(("##" if start else "") + chunk[start:end])
                if piece is not None:
                    break
            else:
                return [self.unk]
            out.append(piece)
            start = end
        return out

    def word(self, word):
        """Ids of a word's pieces: at least one, at most MAX_PIECES_PER_WORD."""
        found = self._memory.get(word)
        if found is None:
            found = [piece for chunk in chunks(normalise(word)) for piece in self._chunk(chunk)]
            found = found[:MAX_PIECES_PER_WORD] or [self.unk]
            self._memory[word] = found
        return found


def shape(word, first_in_sentence):
    """The shape s of a word, 0..8 (docs/model-format.md, "From words to vectors", 4)."""
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if not letters:
        if not digits:
            return 0
        return 7 if all(c.isdigit() or c in _NUMBER_CHARS for c in word) else 8
    if digits:
        return 8
    capitals = sum(c.isupper() for c in letters)
    if capitals == 0:
        return LOWER
    if capitals == len(letters):
        return 4 if capitals == 1 else ALL_CAPS
    if capitals == 1 and letters[0].isupper():
        return TITLE_FIRST if first_in_sentence else TITLE
    return 6


def encode(words, pieces):
    """(piece ids, shape ids, number of pieces of each word), without [CLS] and [SEP]."""
    ids, shapes, counts = [], [], []
    for i, word in enumerate(words):
        found = pieces.word(word)
        base = 2 * shape(word, i == 0)
        ids += found
        shapes += [base] + [base + 1] * (len(found) - 1)
        counts.append(len(found))
    return ids, shapes, counts
