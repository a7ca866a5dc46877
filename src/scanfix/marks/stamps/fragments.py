"""Fragments of known stamps in what was read: which printed words, and where they lie.

A fragment alone proves nothing; fragments that agree about where their stamp must lie do (`sites`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from scanfix.marks.stamps.printed import Item, Printed, PrintedLine
from scanfix.marks.wordings import fold, likeness
from scanfix.model.geometry import Affine, Box

# A fragment has so many letters of a printed line, and they agree to that share: CHANGE IN CLA is one, DATE none.
_LEAST_LETTERS = 6
_LEAST_LIKENESS = 0.7
# What a coarse comparison (of substrings, 0 to 100) must give before a careful one is made.
_COARSE = 64.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """Printed words of a known wording that were read somewhere.

    Parameters
    ----------
    printed, line
        The wording and the line of it.
    start, end
        Where the letters lie in the line, in capitals.
    box
        Where they were read, level, in the pixels of a patch or of the frame.
    to_frame
        The map from these pixels to the frame's; its turn is that of the stamp.
    letters, likeness
        How many letters agree, and how well.
    share
        Share of what was read there that they are, 0 to 1.
    """

    printed: Printed
    line: PrintedLine
    start: float
    end: float
    box: Box
    to_frame: Affine
    angle_deg: float
    letters: int
    likeness: float
    share: float

    @property
    def capital_px(self) -> float:
        """The height of a capital that its width speaks for, in pixels."""
        return self.box.width / max(0.1, self.end - self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A text that was read on a level row: ``box`` in the pixels that ``to_frame`` leads to the frame from."""

    text: str
    box: Box
    to_frame: Affine
    angle_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchor:
    """A printed run of words to be recognised."""

    printed: Printed
    line: PrintedLine
    item: Item
    folded: str


class Anchors:
    """All printed words of the known wordings, to be recognised in poor readings."""

    def __init__(self, wordings: Iterable[Printed]) -> None:
        self._anchors = tuple(
            _Anchor(printed=one, line=line, item=item, folded=folded)
            for one in wordings
            for line in one.lines
            for item in line.prints
            if len(folded := fold(item.text)) >= _LEAST_LETTERS
        )
        self._texts = tuple(dict.fromkeys(anchor.folded for anchor in self._anchors))
        self._by_text: dict[str, list[_Anchor]] = {}
        for anchor in self._anchors:
            self._by_text.setdefault(anchor.folded, []).append(anchor)

    def find(self, reads: Sequence[Read]) -> tuple[Fragment, ...]:
        """Find the fragments in some readings."""
        texts = [fold(read.text) for read in reads]
        if not texts or not self._texts:
            return ()
        coarse = process.cdist(texts, self._texts, scorer=fuzz.partial_ratio, score_cutoff=_COARSE)
        found = []
        for row, column in zip(*coarse.nonzero(), strict=True):
            if len(texts[row]) >= _LEAST_LETTERS:
                found.extend(self._fragments(reads[row], texts[row], self._texts[column]))
        return tuple(found)

    def _fragments(self, read: Read, text: str, anchor: str) -> list[Fragment]:
        """Compare a reading with a printed run carefully."""
        way = fuzz.partial_ratio_alignment(text, anchor)
        if way is None:
            return []
        here, there = text[way.src_start : way.src_end], anchor[way.dest_start : way.dest_end]
        alike = likeness(here, there)
        letters = round(alike * len(there))
        if letters < _LEAST_LETTERS or alike < _LEAST_LIKENESS:
            return []
        box = _part(read.box, way.src_start / len(text), way.src_end / len(text))
        found = []
        for known in self._by_text[anchor]:
            width = known.item.end - known.item.start
            fragment = Fragment(
                printed=known.printed,
                line=known.line,
                start=known.item.start + width * way.dest_start / len(anchor),
                end=known.item.start + width * way.dest_end / len(anchor),
                box=box,
                to_frame=read.to_frame,
                angle_deg=read.angle_deg,
                letters=letters,
                likeness=alike,
                share=len(here) / len(text),
            )
            found.append(fragment)
        return found


def line_likeness(text: str, line: PrintedLine) -> float:
    """Return how well a reading of a line shows its printed words, 0 to 1; what stands in its fields is left out."""
    folded = fold(text)
    weights = [len(fold(item.text)) for item in line.prints]
    shares = [printed_likeness(folded, fold(item.text)) for item in line.prints]
    total = sum(weights)
    return sum(weight * share for weight, share in zip(weights, shares, strict=True)) / total if total else 0.0


def printed_likeness(text: str, anchor: str) -> float:
    """Return how well a printed run stands somewhere in a reading, both folded, 0 to 1."""
    if not text or not anchor:
        return 0.0
    if len(text) <= len(anchor):
        return likeness(text, anchor)
    way = fuzz.partial_ratio_alignment(anchor, text)
    return likeness(anchor, text[way.dest_start : way.dest_end]) if way else 0.0


def _part(box: Box, start: float, end: float) -> Box:
    """Return the part of a row from one share of its width to another."""
    return Box(
        left=round(box.left + start * box.width),
        top=box.top,
        right=max(round(box.left + end * box.width), round(box.left + start * box.width) + 1),
        bottom=box.bottom,
    )
