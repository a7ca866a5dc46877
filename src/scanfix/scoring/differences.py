"""An alignment as people read it: word beside word, split words together, each difference with its kind.

The counts stay those of the alignment. Only what an edit distance leaves open is chosen: which words of a stretch
without hits stand beside each other, and which is left over.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import NamedTuple
from unicodedata import category

import regex

from scanfix.model.comparison import AlignedWords, DifferenceKind, Letters
from scanfix.model.score import Edit, EditCounts, Op
from scanfix.scoring import edits

_GRAPHEME = regex.compile(r"\X")
# The space inside a split word, made visible.
_SPACE = "␣"
# A word falls into four pieces at most; longer chains are other words that happen to begin alike.
_LONGEST_SPLIT = 4
# Comparisons of words in one stretch: a page of rubbish is one long stretch, and no pairing makes sense of it.
_MOST_COMPARISONS = 1000
# Two words in a row occur by chance on any page; three seldom do.
_SHORTEST_MOVE = 3
_ERRORS: frozenset[Op] = frozenset({"substitute", "delete", "insert"})


class Pair(NamedTuple):
    """Words that stand beside each other: one on each side or none; several where a word was split or joined."""

    op: Op
    reference: tuple[str, ...]
    hypothesis: tuple[str, ...]
    counts: EditCounts


def pair(alignment: Sequence[Edit]) -> tuple[Pair, ...]:
    """Put the words of an alignment beside each other; the pairs' counts add up to the alignment's."""
    pairs: list[Pair] = []
    for is_hit, run in groupby(alignment, key=lambda edit: edit.op == "equal"):
        found = list(run)
        is_open = not is_hit and all(edit.op != "masked" for edit in found)
        pairs.extend(_joined(tuple(_nearest(found))) if is_open else _singles(found))
    return tuple(pairs)


def name(pairs: Sequence[Pair], *, markings: Collection[str] = ()) -> tuple[AlignedWords, ...]:
    """Say of each pair what kind of difference it is, and which letters differ.

    Parameters
    ----------
    pairs
        The pairs of a page, in order.
    markings
        Words of the page's markings, without punctuation: an error with one of them is of the kind ``marking``.
    """
    moved = _moved(pairs)
    return tuple(
        _named(pair, (_kind(pair, markings) if index not in moved else "order") if pair.op in _ERRORS else None)
        for index, pair in enumerate(pairs)
    )


def bare(word: str) -> str:
    """Return a word without punctuation and symbols, case kept."""
    return "".join(sign for sign in word if category(sign)[0] not in "PS")


# Word beside word


def _singles(run: Iterable[Edit]) -> Iterator[Pair]:
    """Give the words of edits one by one, paired as they are."""
    for edit in run:
        for wanted, read in zip_longest(edit.reference, edit.hypothesis):
            yield _single(wanted, read, is_masked=edit.op == "masked")


def _single(wanted: str | None, read: str | None, *, is_masked: bool = False) -> Pair:
    """Make a pair of a word on each side or none."""
    reference = () if wanted is None else (wanted,)
    hypothesis = () if read is None else (read,)
    if is_masked:
        return Pair("masked", reference, hypothesis, EditCounts())
    if wanted == read:
        return Pair("equal", reference, hypothesis, EditCounts(hits=1))
    if wanted is None:
        return Pair("insert", reference, hypothesis, EditCounts(insertions=1))
    if read is None:
        return Pair("delete", reference, hypothesis, EditCounts(deletions=1))
    return Pair("substitute", reference, hypothesis, EditCounts(substitutions=1))


def _nearest(run: Sequence[Edit]) -> Iterator[Pair]:
    """Put the words of a stretch without hits beside those most like them.

    An optimal alignment has as many substitutions there as the shorter side has words, wherever they fall: any other
    choice costs the same.
    """
    wanted = tuple(word for edit in run for word in edit.reference)
    read = tuple(word for edit in run for word in edit.hypothesis)
    shorter, longer = sorted((wanted, read), key=len)
    if len(shorter) * (len(longer) - len(shorter) + 1) > _MOST_COMPARISONS:
        yield from _singles(run)
        return
    beside = dict(zip(_places(shorter, longer), shorter, strict=True))
    for index, word in enumerate(longer):
        other = beside.get(index)
        yield _single(word, other) if longer is wanted else _single(other, word)


def _places(shorter: Sequence[str], longer: Sequence[str]) -> tuple[int, ...]:
    """Say beside which word of the longer side each word of the shorter one stands; the order is kept."""
    slack = len(longer) - len(shorter)
    if not slack:
        return tuple(range(len(shorter)))
    # best[offset]: likeness and places of the words so far, of which the last is moved by no more than the offset.
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * (slack + 1)
    for index, word in enumerate(shorter):
        row: list[tuple[float, tuple[int, ...]]] = []
        for offset, (likeness, places) in enumerate(best):
            here = (likeness + _likeness(word, longer[index + offset]), (*places, index + offset))
            row.append(here if not row or here[0] > row[-1][0] else row[-1])
        best = row
    return best[-1][1]


def _likeness(one: str, other: str) -> float:
    """Return how like two words are, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


# Split and joined words


def _joined(run: Sequence[Pair]) -> Iterator[Pair]:
    """Take pairs together that have the same letters only together: a split word, a joined one."""
    index = 0
    while index < len(run):
        sizes = range(1, min(_LONGEST_SPLIT, len(run) - index) + 1)
        size = next((size for size in sizes if _is_same(run[index : index + size])), 1)
        yield _together(run[index : index + size])
        index += size


def _is_same(pairs: Sequence[Pair]) -> bool:
    """Tell whether both sides have the same letters, wherever the words are parted."""
    wanted, read = _sides(pairs)
    return bare("".join(wanted)).casefold() == bare("".join(read)).casefold()


def _together(pairs: Sequence[Pair]) -> Pair:
    """Make one pair of several, with their counts."""
    if len(pairs) == 1:
        return pairs[0]
    return Pair("substitute", *_sides(pairs), sum((pair.counts for pair in pairs), EditCounts()))


def _sides(pairs: Sequence[Pair]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of each side."""
    return (
        tuple(word for pair in pairs for word in pair.reference),
        tuple(word for pair in pairs for word in pair.hypothesis),
    )


# Kinds


def _moved(pairs: Sequence[Pair]) -> frozenset[int]:
    """Find the pairs in error whose words stand elsewhere on the other side, among words that do so too."""
    wanted = _stretches([(index, word) for index, pair in enumerate(pairs) for word in pair.reference], pairs)
    read = _stretches([(index, word) for index, pair in enumerate(pairs) for word in pair.hypothesis], pairs)
    return frozenset(index for words in wanted.keys() & read.keys() for index in wanted[words] | read[words])


def _stretches(words: Sequence[tuple[int, str]], pairs: Sequence[Pair]) -> dict[tuple[str, ...], set[int]]:
    """Collect the stretches of words in error, and the pairs in which they stand."""
    found: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for start in range(len(words) - _SHORTEST_MOVE + 1):
        stretch = words[start : start + _SHORTEST_MOVE]
        if all(pairs[index].op in _ERRORS for index, _ in stretch):
            found[tuple(word for _, word in stretch)].update(index for index, _ in stretch)
    return found


def _kind(pair: Pair, markings: Collection[str]) -> DifferenceKind:
    """Name the kind of an error; the first that holds."""
    wanted, read = "".join(pair.reference), "".join(pair.hypothesis)
    if any(bare(word) in markings for word in (*pair.reference, *pair.hypothesis)):
        return "marking"
    if len(pair.reference) + len(pair.hypothesis) > 2:
        return "spacing" if wanted.count("-") == read.count("-") else "hyphen"
    if bare(wanted).casefold() == bare(read).casefold():
        return _small_kind(wanted, read)
    if any(sign.isnumeric() for sign in wanted + read):
        return "number"
    return "substitution" if wanted and read else "deletion" if wanted else "insertion"


def _small_kind(wanted: str, read: str) -> DifferenceKind:
    """Name the kind of an error in which the letters are the same."""
    if wanted.casefold() == read.casefold():
        return "case"
    # A dash that stands alone is a sign like any other.
    return "hyphen" if bare(wanted) and wanted.replace("-", "") == read.replace("-", "") else "punctuation"


# Letters


def _named(pair: Pair, kind: DifferenceKind | None) -> AlignedWords:
    """Describe a pair."""
    reference, hypothesis = _SPACE.join(pair.reference), _SPACE.join(pair.hypothesis)
    sides = _letters(reference, hypothesis) if pair.op == "substitute" else (_whole(reference), _whole(hypothesis))
    return AlignedWords(op=pair.op, reference=sides[0], hypothesis=sides[1], counts=pair.counts, kind=kind)


def _whole(text: str) -> tuple[Letters, ...]:
    """Return a word in one piece."""
    return (Letters(text, is_different=False),) if text else ()


def _letters(reference: str, hypothesis: str) -> tuple[tuple[Letters, ...], tuple[Letters, ...]]:
    """Part two words where their letters differ."""
    alignment = edits.align(_GRAPHEME.findall(reference), _GRAPHEME.findall(hypothesis))
    wanted = ((edit.op != "equal", "".join(edit.reference)) for edit in alignment)
    read = ((edit.op != "equal", "".join(edit.hypothesis)) for edit in alignment)
    return _pieces(wanted), _pieces(read)


def _pieces(parts: Iterable[tuple[bool, str]]) -> tuple[Letters, ...]:
    """Join neighbouring parts of one sort; empty ones fall away."""
    filled = (part for part in parts if part[1])
    runs = groupby(filled, key=lambda part: part[0])
    return tuple(Letters("".join(text for _, text in run), is_different) for is_different, run in runs)
