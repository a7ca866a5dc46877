"""How well a text spells what a reader saw in a crop, whatever it read most surely.

A network with connectionist temporal classification gives a probability of each sign at each step of a line; that of a
whole text is the sum over all ways to lay its signs over the steps (Graves, Fernández, Gomez and Schmidhuber 2006).
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from scanfix.model.text import NATS, Spelling

Logs = NDArray[np.float64]
Numbers = NDArray[np.int64]

# What the network calls a sign of a hand when it is not sure, and how often: a capital J stands like a 5 or a 7, a
# round letter like a nought, and narrow spaces are none. Figures are never taken for each other.
_TAKEN_FOR: Mapping[str, Mapping[str, float]] = {
    " ": {"": 0.5, ".": 0.3, ",": 0.2, "-": 0.1},
    "/": {"1": 0.3, "l": 0.3, "I": 0.3, "-": 0.02, "'": 0.05},
    "-": {".": 0.1, "'": 0.1, ",": 0.1},
    ".": {",": 0.3, "-": 0.1, "'": 0.1},
    "J": {"5": 0.15, "7": 0.15, "T": 0.2, "F": 0.1, "j": 0.3},
    "D": {"0": 0.15, "2": 0.05},
    "a": {"": 0.03, "o": 0.3, "e": 0.2, "0": 0.1, "2": 0.05, "5": 0.05},
    "e": {"c": 0.3, "o": 0.2, "0": 0.1, "": 0.02},
    "c": {"e": 0.3, "C": 0.3, "6": 0.1, "L": 0.1, "2": 0.05},
    "7": {"T": 0.2},
    "0": {"O": 0.5, "o": 0.5, "D": 0.1},
    "1": {"I": 0.5, "l": 0.5, "i": 0.3},
    "4": {"y": 0.2, "Y": 0.2},
    "5": {"S": 0.3, "s": 0.3},
    "8": {"B": 0.2},
    "9": {"g": 0.3, "q": 0.3},
}
# Any letter may be any other sign that rarely: names of months are told by the rest of their letters.
_ANY = 0.02
_TINY = 1e-300


def fits(spelling: Spelling, words: Sequence[str]) -> Logs:
    """Return how well words spell a line, as a whole.

    Returns
    -------
    (words,) float64
        Natural logarithm of each word's probability over that of the likeliest reading free of any grammar; about 0
        for what was read, -9 for each sign that was seen otherwise. Nothing was written: -inf is not given.
    """
    rows = _rows(spelling)
    free = float(np.log(rows.max(axis=1)).sum())
    return _forward(rows @ _mixed(spelling.signs), _spelled(tuple(words), spelling.signs)) - free


def bounds(spelling: Spelling, words: Sequence[str]) -> Logs:
    """Return about how well words may fit at best: each pair of neighbouring signs where it stands best in order.

    Cheaper than `fits` by the number of steps, so that many words can be sifted.
    """
    pairs = _pairs(spelling)
    numbers = np.pad(_spelled(tuple(words), spelling.signs), ((0, 0), (1, 1)))
    found: Logs = pairs[numbers[:, :-1], numbers[:, 1:]].sum(axis=1) / 2
    return found


@lru_cache(maxsize=32)
def _pairs(spelling: Spelling) -> Logs:
    """Return how well one sign stands before another at best: (signs, signs); beyond the ends is nothing."""
    logs = np.log(_rows(spelling) @ _mixed(spelling.signs))
    nothing = np.zeros((len(logs), 1))
    logs = np.hstack([nothing, logs[:, 1:]])
    reached = np.maximum.accumulate(logs, axis=0)
    best = (reached[:-1, :, None] + logs[1:, None, :]).max(axis=0)
    # A sign stands before itself only where something parts them.
    twice = (reached[:-2] + logs[2:]).max(axis=0)
    best[np.diag_indices(len(best))] = twice
    best[0, 0] = 0.0
    found: Logs = best
    return found


def _rows(spelling: Spelling) -> Logs:
    """Return the probabilities of each step: no sign, each sign, any other."""
    steps = np.frombuffer(spelling.steps, np.uint8).reshape(-1, spelling.width)
    rows: Logs = np.exp(-NATS * steps.astype(np.float64))
    return rows


@cache
def _mixed(signs: str) -> Logs:
    """Return the weights with which what was seen counts for each sign: (seen, sign)."""
    columns = {"": 0} | {sign: number for number, sign in enumerate(signs, start=1)}
    weights = np.eye(len(signs) + 2)
    for sign in signs:
        if sign.isalpha():
            weights[1:, columns[sign]] = np.maximum(weights[1:, columns[sign]], _ANY)
            twin = columns.get(sign.swapcase())
            if twin is not None:
                weights[twin, columns[sign]] = 0.1
        for seen, weight in _TAKEN_FOR.get(sign, {}).items():
            if seen in columns:
                weights[columns[seen], columns[sign]] = weight
    return weights


@lru_cache(maxsize=64)
def _spelled(words: tuple[str, ...], signs: str) -> Numbers:
    """Return the numbers of the signs of words: (words, longest), 0 beyond the end; one not told apart is another."""
    columns = {sign: number for number, sign in enumerate(signs, start=1)}
    longest = max(map(len, words), default=0)
    other = len(signs) + 1
    return np.array(
        [[columns.get(sign, other) for sign in word] + [0] * (longest - len(word)) for word in words], np.int64
    )


def _forward(rows: Logs, words: Numbers) -> Logs:
    """Sum over all ways to lay words over steps: the logarithm of each word's probability."""
    count, longest = words.shape
    states = np.zeros((count, 2 * longest + 1), np.int64)
    states[:, 1::2] = words
    skips = np.zeros(states.shape, bool)
    skips[:, 3::2] = words[:, 1:] != words[:, :-1]
    alive = np.zeros(states.shape)
    alive[:, 0] = 1.0
    total = np.zeros(count)
    for number, row in enumerate(rows):
        reached = alive.copy()
        reached[:, 1:] += alive[:, :-1]
        if number:
            reached[:, 2:] += np.where(skips[:, 2:], alive[:, :-2], 0.0)
        alive = reached * row[states]
        scale = np.maximum(alive.max(axis=1), _TINY)
        alive /= scale[:, None]
        total += np.log(scale)
    last = 2 * (words > 0).sum(axis=1)
    each = np.arange(count)
    found: Logs = total + np.log(alive[each, last] + alive[each, last - 1] + _TINY)
    return found
