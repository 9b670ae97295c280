#!/usr/bin/env python3
"""Scores coreference chains: `kadesh annotate` against gold, both with `Coref=` or `Entity=` in CoNLL-U.

usage: coreference_score.py GOLD.conllu FOUND.conllu [--exact] [--genres]

Chains of one mention are left out on both sides. A mention is its head's place in the text (and whether it names
several: "Russia and Iran"), or with --exact its first and last word.

CoNLL F1 is the mean of the F1 of MUC (links), B3 (mentions) and CEAFe (best assignment of chains to chains).

Pronoun to name: of all third-person pronouns (he, she, it, they and their forms) whose gold chain names its entity
before them, how many stand in a found chain that holds a name of the same gold chain and none of another one. A name is
a mention whose head is a proper noun in the gold trees. That asks for the whole chain to be of one entity; `nearest`
asks only that the last name before the pronoun in its found chain is the right one.
"""

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))
import coreference_data  # noqa: E402

THIRD = set("he him his himself she her hers herself it its itself they them their theirs themselves themself "
            "'em".split())  # fmt: skip


def key_of(document, mention, exact):
    words = document.words
    if exact:
        last = words[mention.last - 1]
        return words[mention.first].start, last.start + len("".join(last.form.split()))
    return words[mention.head].start, mention.joined


def chains_of(document, exact):
    """{mention: chain}, chains of one mention left out."""
    chain = {}
    for mention in document.mentions:
        chain.setdefault(key_of(document, mention, exact), mention.chain)
    size = Counter(chain.values())
    return {k: c for k, c in chain.items() if size[c] > 1}


def groups(chain):
    out = defaultdict(set)
    for key, c in chain.items():
        out[c].add(key)
    return list(out.values())


def muc(keys, other):
    right = total = 0
    for group in keys:
        parts = {other[m] for m in group if m in other}
        alone = sum(1 for m in group if m not in other)
        right += len(group) - len(parts) - alone
        total += len(group) - 1
    return right, total


def b3(chain, other):
    sets, others = defaultdict(set), defaultdict(set)
    for key, c in chain.items():
        sets[c].add(key)
    for key, c in other.items():
        others[c].add(key)
    right = sum(len(sets[c] & others[other[m]]) / len(sets[c]) for m, c in chain.items() if m in other)
    return right, len(chain)


def best_assignment(weights):
    """The largest sum of weights, {(row, column): weight > 0}, that takes a row and a column at most once."""
    rows, columns = sorted({r for r, _ in weights}), sorted({c for _, c in weights})
    n, m = len(rows), max(len(rows), len(columns))
    at = {c: j + 1 for j, c in enumerate(columns)}
    cost = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i, r in enumerate(rows):
        for c in columns:
            cost[i + 1][at[c]] = -weights.get((r, c), 0.0)
    # The Hungarian algorithm with potentials; column 0 stands for none.
    u, v, taken, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        taken[0], j0 = i, 0
        least, used = [float("inf")] * (m + 1), [False] * (m + 1)
        while taken[j0]:
            used[j0] = True
            i0, delta, j1 = taken[j0], float("inf"), 0
            for j in range(1, m + 1):
                if used[j]:
                    continue
                reduced = cost[i0][j] - u[i0] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, j0
                if least[j] < delta:
                    delta, j1 = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[taken[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
        while j0:
            taken[j0], j0 = taken[way[j0]], way[j0]
    return -sum(cost[taken[j]][j] for j in range(1, m + 1) if taken[j])


def ceaf(gold, found):
    place = {m: i for i, g in enumerate(gold) for m in g}
    weights = {}
    for j, group in enumerate(found):
        for i, n in Counter(place[m] for m in group if m in place).items():
            weights[i, j] = 2 * n / (len(gold[i]) + len(group))
    # Chains that share no mention cannot be matched: each connected part by itself.
    part = {}

    def root(x):
        while part.setdefault(x, x) != x:
            x = part[x]
        return x

    for i, j in weights:
        part[root(("gold", i))] = root(("found", j))
    parts = defaultdict(dict)
    for (i, j), weight in weights.items():
        parts[root(("gold", i))][i, j] = weight
    return sum(best_assignment(p) for p in parts.values())


class Score:
    def __init__(self):
        self.sums = Counter()

    def add(self, gold_document, found_document, exact):
        gold, found = chains_of(gold_document, exact), chains_of(found_document, exact)
        gold_groups, found_groups = groups(gold), groups(found)
        s = self.sums
        for name, value in zip(("muc_r", "muc_rt"), muc(gold_groups, found)):
            s[name] += value
        for name, value in zip(("muc_p", "muc_pt"), muc(found_groups, gold)):
            s[name] += value
        for name, value in zip(("b3_r", "b3_rt"), b3(gold, found)):
            s[name] += value
        for name, value in zip(("b3_p", "b3_pt"), b3(found, gold)):
            s[name] += value
        similarity = ceaf(gold_groups, found_groups)
        s["ceaf_r"] += similarity
        s["ceaf_rt"] += len(gold_groups)
        s["ceaf_p"] += similarity
        s["ceaf_pt"] += len(found_groups)
        s["mention_r"] += len(gold.keys() & found.keys())
        s["mention_rt"] += len(gold)
        s["mention_p"] += len(gold.keys() & found.keys())
        s["mention_pt"] += len(found)
        self.add_pronouns(gold_document, found_document)

    def add_pronouns(self, gold_document, found_document):
        words = gold_document.words
        named = {words[m.head].start: m.chain for m in gold_document.mentions
                 if words[m.head].upos == "PROPN" and not m.joined}  # fmt: skip
        found = {}
        for m in found_document.mentions:
            if not m.joined:
                found.setdefault(found_document.words[m.head].start, m.chain)
        names = defaultdict(list)  # found chain: (where, gold chain) of its names
        for start, chain in sorted(named.items()):
            if start in found:
                names[found[start]].append((start, chain))
        first_name = {}
        for start, chain in sorted(named.items(), reverse=True):
            first_name[chain] = start
        for m in gold_document.mentions:
            word = words[m.head]
            if not word.xpos.startswith("PRP") or word.form.lower() not in THIRD:
                continue
            if first_name.get(m.chain, word.start) >= word.start:
                continue
            ours = names.get(found.get(word.start), [])
            before = [c for s, c in ours if s < word.start] or [c for _, c in ours[:1]]
            self.sums["pronouns"] += 1
            self.sums["resolved"] += bool(ours)
            self.sums["pure"] += bool(ours) and all(c == m.chain for _, c in ours)
            self.sums["nearest"] += bool(before) and before[-1] == m.chain

    def f1(self, measure):
        s = self.sums
        recall = s[measure + "_r"] / max(1, s[measure + "_rt"])
        precision = s[measure + "_p"] / max(1, s[measure + "_pt"])
        return 200 * recall * precision / max(1e-9, recall + precision)

    def row(self):
        s = self.sums
        parts = [self.f1(m) for m in ("mention", "muc", "b3", "ceaf")]
        of = max(1, s["pronouns"])
        return [*parts, sum(parts[1:]) / 3, 100 * s["pure"] / of, 100 * s["nearest"] / of, s["pronouns"]]


HEAD = "mentions\tMUC\tB3\tCEAFe\tCoNLL F1\tpronoun to name\tnearest\tpronouns"


def score(gold, found, exact=False):
    """{genre: Score} of documents with the same ids, "all" among them; documents with another text are refused."""
    by_id = {Path(d.id).stem: d for d in found}
    out = defaultdict(Score)
    for document in gold:
        other = by_id.get(Path(document.id).stem)
        if other is None or other.letters() != document.letters():
            sys.exit(f"{document.id}: not the same text")
        for genre in ("all", document.genre):
            out[genre].add(document, other, exact)
    return out


def show(scores, genres=True):
    print("genre\t" + HEAD)
    for genre in sorted(scores, key=lambda g: (g != "all", g)) if genres else ["all"]:
        *figures, count = scores[genre].row()
        print(genre + "\t" + "\t".join(f"{f:.1f}" for f in figures) + f"\t{count}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("found", type=Path)
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--genres", action="store_true")
    args = parser.parse_args()
    gold, found = (coreference_data.read_documents(p.read_text(encoding="utf-8").splitlines())
                   for p in (args.gold, args.found))  # fmt: skip
    show(score(gold, found, args.exact), args.genres)


if __name__ == "__main__":
    main()
