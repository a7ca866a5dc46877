"""The alignment of a page by the lines of the output, so that each line can be shown beside its picture."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from scanfix.model.comparison import AlignedLine, AlignedWords
from scanfix.model.geometry import Box
from scanfix.model.text import PageText, Word
from scanfix.model.transcript import MASK
from scanfix.scoring import differences, edits
from scanfix.scoring.differences import Pair
from scanfix.scoring.policy import Policy

# Of a line's words: a line of the page that has fewer of them only shares a word with it.
_SHARE_OF_LINE = 1 / 3
# A row's place: the output's line, and after it the lines of the reference that were not read.
_Row = tuple[int, int]
_READ = -1


class _Start(NamedTuple):
    """Where a word begins in a text: its line, and its place among what white space parts there, both from 0."""

    line: int
    token: int


class _Places(NamedTuple):
    """Places on the page: words by where they begin in the output, in its order; places of lines by their number."""

    words: Mapping[_Start, Word]
    lines: Mapping[int, Box]


def align_lines(
    reference: str, hypothesis: str, *, policy: Policy, markings: Collection[str] = (), text: PageText | None = None
) -> tuple[AlignedLine, ...]:
    """Align a page, line by line of the output.

    Parameters
    ----------
    reference
        A view of the page's ground truth, with ``MASK`` where it cannot say what is there.
    hypothesis
        The same view of what was read, as it was published.
    policy
        How both become words.
    markings
        The page's markings; errors with their words are told apart.
    text
        What was read, with places. Its lines need not be those of ``hypothesis``: a marking may have been taken out,
        a line parted.

    Returns
    -------
    tuple of AlignedLine
        Every line of the output that is not empty, and after it the lines of the reference that fall there and of
        which no word was read. A word broken over two lines counts where it begins; a missed word stands with its
        neighbours of the same line of the reference. The counts add up to those of the page.
    """
    wanted, read = policy.words(reference), policy.words(hypothesis)
    pairs = differences.pair(edits.align(wanted, read))
    signs = frozenset(bare for text in markings for word in policy.words(text) if (bare := differences.bare(word)))
    starts = [start for word, start in zip(read, _starts(read, hypothesis, policy), strict=True) if MASK not in word]
    places = _find(hypothesis, text) if text else _Places({}, {})
    rows: defaultdict[_Row, list[AlignedWords]] = defaultdict(list)
    for index, line in enumerate(hypothesis.split("\n")):
        if line.strip():
            rows[index, _READ] = []
    found = _rows(pairs, _line_of(wanted, reference, policy), [start.line for start in starts])
    words = _placed(differences.name(pairs, markings=signs), pairs, starts, places.words)
    for row, one in zip(found, words, strict=True):
        rows[row].append(one)
    return tuple(
        AlignedLine(index=line, words=tuple(here), box=places.lines.get(line))
        if missed == _READ
        else AlignedLine(index=None, words=tuple(here))
        for (line, missed), here in sorted(rows.items(), key=lambda entry: entry[0])
    )


# Lines


def _line_of(words: Sequence[str], text: str, policy: Policy) -> list[int]:
    """Say on which line of a text each of its words begins."""
    return _begun(text.split("\n"), "\n", policy)[: len(words)]


def _starts(words: Sequence[str], text: str, policy: Policy) -> list[_Start]:
    """Say where each word of a text begins."""
    lines = Counter(_line_of(words, text, policy))
    starts: list[_Start] = []
    for index, line in enumerate(text.split("\n")):
        own = _begun(line.split(), " ", policy)
        # What ends a word of the line before is no word that begins here.
        own = own[max(0, len(own) - lines[index]) :]
        own += [own[-1] if own else 0] * (lines[index] - len(own))
        starts.extend(_Start(index, token) for token in own)
    return starts


def _begun(parts: Sequence[str], joint: str, policy: Policy) -> list[int]:
    """Say in which part of a text each of its words begins.

    A policy joins words over line ends and leaves some out, so that it is asked how many words have begun by the end
    of each part.
    """
    found: list[int] = []
    for index in range(len(parts)):
        begun = len(policy.words(joint.join(parts[: index + 1])))
        found += [index] * (begun - len(found))
    return found


def _rows(pairs: Sequence[Pair], wanted_lines: Sequence[int], read_lines: Sequence[int]) -> list[_Row]:
    """Say in which row each pair stands."""
    wanted, read = iter(wanted_lines), iter(read_lines)
    places = [([next(wanted) for _ in pair.reference][:1], [next(read) for _ in pair.hypothesis][:1]) for pair in pairs]
    latest: dict[int, int] = {}
    for of, at in places:
        if of and at:
            latest.setdefault(of[0], at[0])
    current = _READ
    rows: list[_Row] = []
    for of, at in places:
        if at:
            current = at[0]
            latest.update(dict.fromkeys(of, current))
            rows.append((current, _READ))
        else:
            home = latest.get(of[0])
            rows.append((current, of[0]) if home is None else (home, _READ))
    return rows


# Places


def _find(hypothesis: str, text: PageText) -> _Places:
    """Find the words and lines of the output on the page, by the words that both have in the same order."""
    lines = [line.split() for line in hypothesis.split("\n")]
    said = [(word, _Start(index, token)) for index, line in enumerate(lines) for token, word in enumerate(line)]
    seen = [
        (part, word, index)
        for index, line in enumerate(text.body_lines)
        for word in line.words
        for part in word.text.split()
    ]
    words: dict[_Start, Word] = {}
    votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    here, there = iter(said), iter(seen)
    for edit in edits.align([word for word, _ in said], [word for word, *_ in seen]):
        own = [next(here)[1] for _ in edit.reference]
        read = [next(there)[1:] for _ in edit.hypothesis]
        if edit.op == "equal":
            for start, (word, line) in zip(own, read, strict=True):
                words[start] = word
                votes[start.line][line] += 1
    return _Places(words, dict(_around(votes, lines, text)))


def _around(
    votes: Mapping[int, Counter[int]], lines: Sequence[Sequence[str]], text: PageText
) -> Iterator[tuple[int, Box]]:
    """Give each line of the output the box around the lines of the page that have enough of its words."""
    boxes = [line.box for line in text.body_lines]
    for index, counts in votes.items():
        enough = [boxes[other] for other, count in counts.items() if count >= _SHARE_OF_LINE * len(lines[index])]
        if enough:
            yield index, Box.around(enough)


def _placed(
    named: Sequence[AlignedWords], pairs: Sequence[Pair], starts: Sequence[_Start], places: Mapping[_Start, Word]
) -> Iterator[AlignedWords]:
    """Give words their places on the page, and their confidences."""
    read = iter(zip(starts, _confidences(starts, places), strict=True))
    for words, pair in zip(named, pairs, strict=True):
        own = [next(read) for _ in pair.hypothesis]
        # A word that ends on the next line is shown where it begins.
        boxes = [places[start].box for start, _ in own if start in places and start.line == own[0][0].line]
        known = tuple(confidence for _, confidence in own if confidence is not None)
        yield replace(words, box=Box.around(boxes) if boxes else None, confidences=known)


def _confidences(starts: Sequence[_Start], places: Mapping[_Start, Word]) -> list[float | None]:
    """Give each word of the output its confidence: the lowest of what stands before the next word begins."""
    tokens = list(places)
    ends = [bisect_left(tokens, start) for start in starts[1:]] + [len(tokens)]
    found: list[float | None] = []
    for start, end in zip(starts, ends, strict=False):
        first = bisect_left(tokens, start)
        parts = (places[token].confidence for token in tokens[first : max(end, first + 1)])
        found.append(min(parts) if start in places else None)
    return found
