"""Characters that are right wherever their lines stand: the flexible character accuracy.

Lines of the reference, the longest first, each take the part of a line of the hypothesis that has the smallest
penalty; what a pair leaves of either line is a line again. What is left in the end was missed, or invented. The
penalty weighs four quantities, and of many weights those with the fewest errors count.

    Clausner, C., Pletschacher, S. and Antonacopoulos, A. (2020), Flexible character accuracy measure for
    reading-order-independent evaluation, Pattern Recognition Letters 131, 390-397, doi 10.1016/j.patrec.2020.02.003.

Deviations, for a page of a newspaper must take less than a second and lines need not break alike on both sides:

- Equal lines meet before all others.
- The common part of two lines is found by aligning them, where the paper moves the shorter one along the longer; it
  may be shorter than both. Lines with hardly anything in common are missed and invented, never substituted.
- A line is compared with those few that share most triples of letters with it.
- The search over weights ends when it has placed a fixed number of lines. It visits the whole range early: 100 of
  the 768 weights where fifteen lines are faulty, fifteen where a hundred are.
- The page in its own order is one of the pairings, so that the accuracy is never below that of the characters in order.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush, nlargest
from itertools import product
from typing import NamedTuple

import regex
from rapidfuzz.distance import Indel, Levenshtein

from scanfix.model.score import EditCounts

# The ranges of the paper: edit distance, difference of lengths, offset, length.
_Weights = tuple[int, int, int, int]
_WEIGHTS: tuple[_Weights, ...] = tuple(product(range(15, 31, 5), range(0, 24, 3), range(4), range(6)))
# Without a common divisor with their number: steps of it visit all, far apart.
_STRIDE = 311
_MOST_PLACED = 1_500
_CANDIDATES = 3
_TRIPLE = 3
# A triple of more lines than these tells none from another.
_MOST_HOLDERS = 16
# Letters at an end of a line.
_SLACK = 3
# Of the shorter line, hits beyond edits.
_ENOUGH = 0.2
_GRAPHEME = regex.compile(r"\X")
# A plane of private characters, for what a reader takes for one letter and Unicode writes with several.
_PRIVATE = 0xF0000


class _Match(NamedTuple):
    """The parts of two lines that meet, and the edits of the lines beyond those that their lengths ask for.

    Edits are insertions and deletions; the paper leaves substitutions out of this distance, so that they cost two.
    """

    own: slice
    other: slice
    indels: int


class _Pairing(NamedTuple):
    """Parts of lines that met, and what was left of the reference and of the hypothesis."""

    met: tuple[tuple[str, str], ...]
    missed: tuple[str, ...]
    invented: tuple[str, ...]


def count_flexible(reference: Sequence[str], hypothesis: Sequence[str], *, in_order: EditCounts) -> EditCounts:
    """Count characters of lines; where the lines stand does not matter.

    Parameters
    ----------
    reference, hypothesis
        Lines of words with single spaces between them. Characters are grapheme clusters; line breaks are none.
    in_order
        The characters of the same page in order.
    """
    wanted, read = _coded(reference, hypothesis)
    equal = Counter(wanted) & Counter(read)
    hits = sum(len(line) * times for line, times in equal.items())
    search = _Search()
    pairing = search.best(list((Counter(wanted) - equal).elements()), list((Counter(read) - equal).elements()))
    deletions = sum(map(len, pairing.missed))
    insertions = sum(map(len, pairing.invented))
    whole = EditCounts(hits=hits, deletions=deletions, insertions=insertions)
    found = sum((_counts(one, other) for one, other in pairing.met), whole)
    return min(in_order, found, key=lambda counts: counts.rate or 0)


def _coded(*texts: Sequence[str]) -> list[list[str]]:
    """Write each grapheme cluster of several texts as one sign; empty lines are left out."""
    codes: dict[str, str] = {}

    def sign(cluster: str) -> str:
        is_plain = len(cluster) == 1 and ord(cluster) < _PRIVATE
        return cluster if is_plain else codes.setdefault(cluster, chr(_PRIVATE + len(codes)))

    return [
        [line if line.isascii() else "".join(map(sign, _GRAPHEME.findall(line))) for line in text if line]
        for text in texts
    ]


def _counts(wanted: str, read: str) -> EditCounts:
    """Count the characters of two parts that met."""
    tags = Counter(op.tag for op in Levenshtein.editops(wanted, read))
    return EditCounts(
        hits=len(wanted) - tags["replace"] - tags["delete"],
        substitutions=tags["replace"],
        deletions=tags["delete"],
        insertions=tags["insert"],
    )


class _Search:
    """Pairs lines under many weights, and remembers what it has compared."""

    def __init__(self) -> None:
        self._matches: dict[tuple[str, str], _Match | None] = {}
        self._triples: dict[str, frozenset[str]] = {}
        self._placed = 0

    def best(self, wanted: Sequence[str], read: Sequence[str]) -> _Pairing:
        """Return the pairing with the fewest errors among those that were tried; the first of equal ones."""
        bags = Counter("".join(wanted)), Counter("".join(read))
        fewest = max((bags[0] - bags[1]).total(), (bags[1] - bags[0]).total())
        best, errors = _Pairing((), tuple(wanted), tuple(read)), sum(map(len, (*wanted, *read)))
        for index in range(len(_WEIGHTS)):
            if errors <= fewest or self._placed > _MOST_PLACED:
                break
            pairing = self._pair(wanted, read, _WEIGHTS[index * _STRIDE % len(_WEIGHTS)])
            found = self._errors(pairing)
            if found < errors:
                best, errors = pairing, found
        return best

    def _errors(self, pairing: _Pairing) -> int:
        """Count all errors of a pairing."""
        lost = sum(map(len, (*pairing.missed, *pairing.invented)))
        return lost + sum(Levenshtein.distance(one, other) for one, other in pairing.met)

    def _pair(self, wanted: Sequence[str], read: Sequence[str], weights: _Weights) -> _Pairing:
        """Pair lines, the longest of the reference first."""
        lines = [(-len(line), line) for line in wanted]
        heapify(lines)
        others = _Waiting(self._of, read)
        met: list[tuple[str, str]] = []
        missed: list[str] = []
        while lines:
            self._placed += 1
            _, line = heappop(lines)
            candidates = [
                (_penalty(line, others.lines[number], match, weights), number, match)
                for number in others.like(line)
                if (match := self._match(line, others.lines[number]))
            ]
            if not candidates:
                missed.append(line)
                continue
            _, number, match = min(candidates, key=lambda one: one[0])
            other = others.lines.pop(number)
            met.append((line[match.own], other[match.other]))
            for rest in _rest(line, match.own):
                heappush(lines, (-len(rest), rest))
            for rest in _rest(other, match.other):
                others.add(rest)
        return _Pairing(tuple(met), tuple(missed), tuple(others.lines.values()))

    def _of(self, line: str) -> frozenset[str]:
        """Return the triples of letters of a line; a shorter line is its own."""
        found = self._triples.get(line)
        if found is None:
            starts = range(max(1, len(line) - _TRIPLE + 1))
            found = self._triples[line] = frozenset(line[start : start + _TRIPLE] for start in starts)
        return found

    def _match(self, line: str, other: str) -> _Match | None:
        """Return how two lines meet, ``None`` where they have too little in common."""
        key = (line, other)
        if key not in self._matches:
            self._matches[key] = _meet(line, other)
        return self._matches[key]


class _Waiting:
    """Lines and parts of lines of the hypothesis that wait for a partner."""

    def __init__(self, triples: Callable[[str], frozenset[str]], lines: Iterable[str]) -> None:
        self.lines: dict[int, str] = {}
        self._triples = triples
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        self._next = 0
        for line in lines:
            self.add(line)

    def add(self, line: str) -> None:
        """Let a line wait."""
        self.lines[self._next] = line
        for triple in self._triples(line):
            self._holders[triple].append(self._next)
        self._next += 1

    def like(self, line: str) -> list[int]:
        """Return the few lines that share most triples of letters with another, the most like first."""
        shared: Counter[int] = Counter()
        for triple in self._triples(line):
            holders = self._holders.get(triple, ())
            if len(holders) <= _MOST_HOLDERS:
                shared.update(holders)
        waiting = [(times, -number) for number, times in shared.items() if number in self.lines]
        # Holders keep the number of a line that has gone.
        # Of equal ones the first: the result must not depend on the order of a set.
        return [-number for _, number in nlargest(_CANDIDATES, waiting)]


def _penalty(line: str, other: str, match: _Match, weights: _Weights) -> int:
    """Return the penalty of a pair: the paper's four quantities, weighed (twice, to stay with whole numbers)."""
    difference = abs(len(line) - len(other))
    place = max(match.own.start, match.other.start)
    # The distance of the part from the nearer end of the longer line.
    offset = difference - abs(2 * place - difference) if difference > 1 else 0
    distance, length_difference, at, length = weights
    return (
        2 * match.indels * distance
        + 2 * difference * length_difference
        + offset * at
        - 2 * min(len(line), len(other)) * length
    )


def _meet(line: str, other: str) -> _Match | None:
    """Find the parts that two lines have in common: of their alignment the stretch with most hits beyond its edits."""
    best, most = _Match(slice(0), slice(0), 0), 0
    worth = begin = other_begin = edits = 0
    for code in Indel.opcodes(line, other):
        if worth <= 0:
            worth, begin, other_begin = 0, code.src_start, code.dest_start
        length = max(code.src_end - code.src_start, code.dest_end - code.dest_start)
        if code.tag != "equal":
            worth -= length
            edits += length
            continue
        worth += length
        if worth > most:
            best, most = _Match(slice(begin, code.src_end), slice(other_begin, code.dest_end), 0), worth
    if most < _ENOUGH * min(len(line), len(other)):
        return None
    return _grown(best, len(line), len(other))._replace(indels=edits - abs(len(line) - len(other)))


def _grown(match: _Match, length: int, other_length: int) -> _Match:
    """Take the ends of both lines in where only a few letters are left of each: they were read for each other."""
    own, other = match.own, match.other
    if max(own.start, other.start) <= _SLACK:
        own, other = slice(0, own.stop), slice(0, other.stop)
    if max(length - own.stop, other_length - other.stop) <= _SLACK:
        own, other = slice(own.start, length), slice(other.start, other_length)
    return _Match(own, other, match.indels)


def _rest(line: str, part: slice) -> Iterator[str]:
    """Give what stands before and after a part."""
    yield from (rest for rest in (line[: part.start], line[part.stop :]) if rest)
