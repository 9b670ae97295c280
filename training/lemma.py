"""Lemma tables: learns `lemma.forms` and `lemma.suffix`, applies them, measures them.

usage: lemma.py [MODEL.kdm]     accuracy on the development parts, given the right UPOS and XPOS; writes into the model file

How a lemma is found (docs/model-format.md): numbers lose their commas; else the word as written, then lower-cased, in the
forms (pronouns first with their XPOS: "her" is "she" or "her"); else the longest matching suffix rule of the UPOS (of `NNPS`
for proper nouns so tagged), applied to the lower-cased word, or for PROPN to the word as written; else that word unchanged.
A capitalised adjective, verb or the like inside a name (XPOS NNP or NNPS) keeps its capital.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

import container
import data

WORDNET = Path(__file__).resolve().parent / "build/wordnet/usr/share/wordnet"
RULED = ("VERB", "NOUN", "ADJ", "ADV", "NNPS")
LONGEST_SUFFIX = 7
VOWELS = "aeiou"
NAMED = ("NNP", "NNPS")
# Where the treebanks differ (EWT people, GUM person) or one of them errs.
SETTLED = {("people", "NOUN"): "people", ("fled", "VERB"): "flee"}
_FILES = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj", "ADV": "adv"}


def lemmatise(word, upos, xpos, forms, suffixes):
    """forms: {(form, UPOS): lemma}; suffixes: {(key, suffix): (cut, add)}."""
    if upos == "NUM" and "," in word and all(c in "0123456789,." for c in word):
        return word.replace(",", "")
    if upos != "PROPN" and xpos in NAMED and word[:1].isupper():
        lemma = lemmatise(word, upos, "", forms, suffixes)
        return lemma[:1].upper() + lemma[1:]
    lower = word.lower()
    found = forms.get((lower, xpos)) if upos == "PRON" else None
    found = found or forms.get((word, upos)) or forms.get((lower, upos))
    if found:
        return found
    key = "NNPS" if upos == "PROPN" and xpos == "NNPS" else upos
    base = word if upos == "PROPN" else lower
    for size in range(min(len(lower), LONGEST_SUFFIX), 0, -1):
        rule = suffixes.get((key, lower[-size:]))
        if rule:
            return base[: len(base) - rule[0]] + rule[1]
    return base


def parse(forms_text, suffix_text):
    forms = {(f, u): lemma for f, u, lemma in (line.split("\t") for line in forms_text.splitlines())}
    rows = (line.split("\t") for line in suffix_text.splitlines())
    return forms, {(key, suffix): (int(cut), add) for key, suffix, cut, add in rows}


def render(forms, suffixes):
    lines = sorted(f"{form}\t{upos}\t{lemma}\n" for (form, upos), lemma in forms.items())
    lines.sort(key=lambda line: line.rsplit("\t", 1)[0].encode())
    rules = sorted(f"{key}\t{suffix}\t{cut}\t{add}\n" for (key, suffix), (cut, add) in suffixes.items())
    return "".join(lines), "".join(rules)


def build():
    """(forms, suffixes) from the training treebanks and WordNet's lists."""
    seen, pronouns = defaultdict(Counter), defaultdict(Counter)
    for name in ("EWT", "GUM"):
        for s in data.treebank(name, "train"):
            for word, upos, xpos, lemma in zip(s.words, s.upos, s.xpos, s.lemmas):
                if lemma == "_" or upos != "PROPN" and xpos in NAMED and word[:1].isupper():
                    continue
                if upos == "PRON" and xpos in ("PRP", "PRP$"):
                    pronouns[word.lower(), xpos][lemma] += 1
                seen[word, upos, "NNPS" if xpos == "NNPS" else upos][lemma] += 1
    listed = _wordnet_pairs()
    evidence = defaultdict(Counter)
    for (word, _, key), lemmas in seen.items():
        for lemma, count in lemmas.items():
            if key in RULED:
                evidence[key, word.lower()][lemma if key == "NNPS" else lemma.lower()] += min(count, 3)
    for (form, upos), lemma in listed.items():
        evidence[upos, form][lemma] += 1
    suffixes = _suffix_rules(evidence)
    forms = {}

    def correct(form, upos, xpos, lemma):
        if lemmatise(form, upos, xpos, forms, suffixes) != lemma:
            forms[form, upos] = lemma

    for (form, upos), lemma in listed.items():
        if (form, upos, upos) not in seen:
            correct(form, upos, "", lemma)
    for adjective in _capitalised("adj"):
        correct(adjective.lower(), "ADJ", "", adjective)
    lower, exact = defaultdict(Counter), defaultdict(Counter)
    for (word, upos, _), lemmas in seen.items():
        for lemma, count in lemmas.items():
            exact[word, upos][lemma] += count
            if upos != "PROPN":
                lower[word.lower(), upos][lemma] += count
    for (form, upos), lemmas in lower.items():
        lemma = SETTLED.get((form, upos)) or lemmas.most_common(1)[0][0]
        if upos == "VERB" and lemmas.total() <= 2:
            lemma = listed.get((form, upos), lemma)
        correct(form, upos, "", lemma)
    for (word, upos), lemmas in sorted(exact.items(), key=lambda item: not item[0][0].islower()):
        lemma, count = lemmas.most_common(1)[0]
        lemma = SETTLED.get((word.lower(), upos), lemma)
        if count >= 2 or upos == "PROPN" and lemma[:1].isupper() and not word.isupper():
            correct(word, upos, "NNPS" if (word, upos, "NNPS") in seen else "", lemma)
    for (form, xpos), lemmas in pronouns.items():
        lemma, count = lemmas.most_common(1)[0]
        if count >= 2 and forms.get((form, "PRON"), form) != lemma:
            forms[form, xpos] = lemma
    return forms, suffixes


def _suffix_rules(evidence):
    """Majority transformations of suffixes, kept where they differ from the next shorter suffix's."""
    votes = defaultdict(Counter)
    for (key, form), lemmas in evidence.items():
        lemma, count = lemmas.most_common(1)[0]
        same = 0
        while same < min(len(form), len(lemma)) and form[same].lower() == lemma[same].lower():
            same += 1
        if same < 2 and form != lemma:
            continue
        change = (len(form) - same, lemma[same:])
        for size in range(1, min(LONGEST_SUFFIX, len(form)) + 1):
            if size >= change[0]:
                votes[key, form[-size:]][change] += min(count, 3)
    rules = {}
    for key, suffix in sorted(votes, key=lambda entry: len(entry[1])):
        (change, count), total = votes[key, suffix].most_common(1)[0], votes[key, suffix].total()
        if not suffix.isascii() or total < 3 or count < 0.55 * total:
            continue
        shorter = next((rules[key, suffix[i:]] for i in range(1, len(suffix)) if (key, suffix[i:]) in rules), (0, ""))
        if change != shorter:
            rules[key, suffix] = change
    return rules


def _index(kind):
    with open(WORDNET / f"index.{kind}", encoding="utf-8") as lines:
        words = [line.split(" ", 1)[0] for line in lines if line[0] != " "]
    return [w for w in words if w.isalpha() and w.isascii() and len(w) > 2]


def _capitalised(kind):
    """Words that WordNet writes only with a capital, as data files show them."""
    spelt = defaultdict(set)
    with open(WORDNET / f"data.{kind}", encoding="utf-8") as lines:
        for line in lines:
            if line[0] != " ":
                cells = line.split()
                for word in cells[4 : 4 + 2 * int(cells[3], 16) : 2]:
                    spelt[word.split("(")[0].lower()].add(word.split("(")[0])
    single = (next(iter(s)) for s in spelt.values() if len(s) == 1)
    return sorted(w for w in single if w.istitle() and w.isalpha() and w.isascii())


def _exceptions(kind):
    with open(WORDNET / f"{kind}.exc", encoding="utf-8") as lines:
        for line in lines:
            form, lemma = line.split()[:2]
            if form.isalpha() and lemma.isalpha():
                yield form, lemma


def _wordnet_pairs():
    """{(form, UPOS): lemma}: base forms, regular inflections, listed exceptions."""
    pairs = {}
    for upos, kind in _FILES.items():
        bases = _index(kind)
        irregular = dict(_exceptions(kind))
        doubling = {lemma for form, lemma in irregular.items() if form.startswith(lemma + lemma[-1])}
        for base in bases:
            for form in _inflections(base, upos, base in doubling):
                pairs.setdefault((form, upos), base)
        pairs.update({(form, upos): lemma for form, lemma in irregular.items()})
        if upos != "VERB":
            pairs.update({(base, upos): base for base in bases if base not in irregular})
    return pairs


def _inflections(base, upos, doubling):
    consonant_y = base[-1] == "y" and base[-2] not in VOWELS
    plural = base[:-1] + "ies" if consonant_y else base + ("es" if base.endswith(("s", "x", "z", "ch", "sh")) else "s")
    stem = base + base[-1] if doubling else base[:-1] + "i" if consonant_y else base[:-1] if base[-1] == "e" else base
    if upos == "NOUN":
        return [] if base.endswith("ss") else [plural]
    if upos == "VERB":
        dropped = base[-1] == "e" and base[-2:] not in ("ee", "oe", "ye")
        participle = stem if doubling else base[:-1] if dropped else base
        return [base, plural, stem + "ed", participle + "ing"]
    if upos == "ADJ" and len(base) <= 6:
        return [stem + "er", stem + "est"]
    return []


def main():
    forms, suffixes = build()
    texts = render(forms, suffixes)
    if len(sys.argv) > 1:
        sections = container.read(sys.argv[1])
        sections["lemma.forms"], sections["lemma.suffix"] = texts
        container.write(sys.argv[1], sections)
    print(f"{len(forms)} forms ({len(texts[0])} bytes), {len(suffixes)} suffix rules ({len(texts[1])} bytes)")
    forms, suffixes = parse(*texts)
    for name in ("EWT", "GUM"):
        right, total, wrong = 0, 0, Counter()
        for s in data.treebank(name, "dev"):
            for word, upos, xpos, lemma in zip(s.words, s.upos, s.xpos, s.lemmas):
                guess = lemmatise(word, upos, xpos, forms, suffixes)
                right += guess == lemma or lemma == "_"
                total += 1
                if guess != lemma != "_":
                    wrong[upos, word, guess, lemma] += 1
        print(f"{name} dev: {100 * right / total:.2f} % of {total} words; commonest errors:")
        for (upos, word, guess, lemma), count in wrong.most_common(12):
            print(f"    {count} x {upos} {word}: {guess}, should be {lemma}")


if __name__ == "__main__":
    main()
