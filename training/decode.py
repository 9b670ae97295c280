"""Decoding: spanning trees with one root, and names under the BIO constraints."""

import numpy as np

ONE_ROOT = 1e5


def tree(scores):
    """Heads (0 = root) of the words 1..n that maximise the sum of scores[d, h], with one root.

    scores: [n + 1, n + 1]; row 0 is not looked at. Taking the same large amount off every arc
    from the root makes the best arborescence use one such arc, and changes nothing else.
    """
    scores = np.array(scores, np.float64)
    np.fill_diagonal(scores, -np.inf)
    heads = scores.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and _cycle(heads) is None:
        return heads[1:]
    scores[1:, 0] -= ONE_ROOT
    return _arborescence(scores)[1:]


def _cycle(heads):
    """Nodes of some cycle, or None; node 0 is the root."""
    done = {0}
    for start in range(1, len(heads)):
        path, node = [], start
        while node not in done and node not in path:
            path.append(node)
            node = heads[node]
        if node in path:
            return path[path.index(node) :]
        done.update(path)
    return None


def _arborescence(scores):
    """Chu-Liu-Edmonds: contracts a cycle of the greedy choice, solves the rest, breaks the cycle."""
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    size = len(scores)
    outside = [v for v in range(size) if v not in cycle]
    at = len(outside)
    small = np.full((at + 1, at + 1), -np.inf)
    small[:at, :at] = scores[np.ix_(outside, outside)]
    gain = scores[np.ix_(cycle, outside)] - scores[cycle, heads[cycle]][:, None]
    entry = gain.argmax(0)
    small[at, :at] = gain[entry, range(at)]
    leave = scores[np.ix_(outside, cycle)].argmax(1)
    small[:at, at] = scores[outside, np.array(cycle)[leave]]
    small[at, at] = -np.inf
    found = _arborescence(small)
    for i in range(1, at):
        heads[outside[i]] = cycle[leave[i]] if found[i] == at else outside[found[i]]
    heads[cycle[entry[found[at]]]] = outside[found[at]]
    return heads


def viterbi(emissions, transitions, start, end):
    """Best label sequence; emissions [n, labels]."""
    best, back = emissions[0] + start, []
    for row in emissions[1:]:
        table = best[:, None] + transitions
        back.append(table.argmax(0))
        best = table.max(0) + row
    labels = [int((best + end).argmax())]
    for pointers in reversed(back):
        labels.append(int(pointers[labels[-1]]))
    return labels[::-1]
