"""The alignment of a page by the lines of the output, so that each line can be shown beside its picture."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from scanfix.model.comparison import AlignedLine, AlignedWords
from scanfix.model.geometry import Box
from scanfix.model.text import PageText
from scanfix.model.transcript import MASK
from scanfix.scoring import differences, edits
from scanfix.scoring.differences import Pair
from scanfix.scoring.policy import Policy

# Of a line's words: a line of the page that has fewer of them only shares a word with it.
_SHARE_OF_LINE = 1 / 3
# A row's place: the output's line, and after it the lines of the reference that were not read.
_Row = tuple[int, int]
_READ = -1


def align_lines(
    reference: str, hypothesis: str, *, policy: Policy, markings: Collection[str] = ()
) -> tuple[AlignedLine, ...]:
    """Align a page, line by line of the output.

    Parameters
    ----------
    reference
        A view of the page's ground truth, with ``MASK`` where it cannot say what is there.
    hypothesis
        The same view of what was read.
    policy
        How both become words.
    markings
        The page's markings; errors with their words are told apart.

    Returns
    -------
    tuple of AlignedLine
        Every line of the output that is not empty, and after it the lines of the reference that fall there and of
        which no word was read. A word broken over two lines counts where it begins; a missed word stands with its
        neighbours of the same line of the reference. The counts add up to those of the page.
    """
    wanted, read = policy.words(reference), policy.words(hypothesis)
    alignment = differences.pair(edits.align(wanted, read))
    signs = frozenset(bare for text in markings for word in policy.words(text) if (bare := differences.bare(word)))
    named = differences.name(alignment, markings=signs)
    wanted_lines = _lines_of(wanted, reference, policy)
    read_lines = [
        line for word, line in zip(read, _lines_of(read, hypothesis, policy), strict=True) if MASK not in word
    ]
    rows: defaultdict[_Row, list[AlignedWords]] = defaultdict(list)
    for index, line in enumerate(hypothesis.split("\n")):
        if line.strip():
            rows[index, _READ] = []
    for row, words in zip(_rows(alignment, wanted_lines, read_lines), named, strict=True):
        rows[row].append(words)
    return tuple(
        AlignedLine(index=line if missed == _READ else None, words=tuple(words))
        for (line, missed), words in sorted(rows.items(), key=lambda entry: entry[0])
    )


def place_lines(hypothesis: str, text: PageText) -> tuple[Box | None, ...]:
    """Find the places of the output's lines on the page.

    Parameters
    ----------
    hypothesis
        The page's text as it was published.
    text
        What was read, with places. Its lines need not be those of the output: a marking may have been taken out, a
        line parted.

    Returns
    -------
    tuple of Box or None
        One for each line of the output (empty ones too), in the upright frame.
    """
    lines = [line.split() for line in hypothesis.split("\n")]
    said = [(word, index) for index, line in enumerate(lines) for word in line]
    seen = [
        (part, index) for index, line in enumerate(text.body_lines) for word in line.words for part in word.text.split()
    ]
    votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    alignment = differences.pair(edits.align([word for word, _ in said], [word for word, _ in seen]))
    here, there = iter(said), iter(seen)
    for pair in alignment:
        own = [next(here)[1] for _ in pair.reference]
        for index, (_, other) in zip(own, [next(there) for _ in pair.hypothesis], strict=False):
            votes[index][other] += 1
    return tuple(_around(votes[index], len(line), text) for index, line in enumerate(lines))


def _around(votes: Counter[int], length: int, text: PageText) -> Box | None:
    """Return the box around the lines of the page that have enough of a line's words."""
    boxes = [text.body_lines[index].box for index, count in votes.items() if count >= _SHARE_OF_LINE * length]
    return Box.around(boxes) if boxes else None


def _lines_of(words: Sequence[str], text: str, policy: Policy) -> list[int]:
    """Say on which line of a text each of its words begins.

    A policy joins words over line ends and leaves some out, so that it is asked how many words have begun by the end
    of each line.
    """
    lines = text.split("\n")
    found: list[int] = []
    for index in range(len(lines)):
        begun = len(policy.words("\n".join(lines[: index + 1])))
        found += [index] * (begun - len(found))
    return found[: len(words)]


def _rows(pairs: Sequence[Pair], wanted_lines: Sequence[int], read_lines: Sequence[int]) -> list[_Row]:
    """Say in which row each pair stands."""
    wanted, read = iter(wanted_lines), iter(read_lines)
    places = [([next(wanted) for _ in pair.reference][:1], [next(read) for _ in pair.hypothesis][:1]) for pair in pairs]
    first: dict[int, int] = {}
    for of, at in places:
        if of and at:
            first.setdefault(of[0], at[0])
    latest, current = dict(first), _READ
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
