"""The column of running text: where typed lines begin and end on this page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from scanfix.layout import machine as machines
from scanfix.layout.machine import Machine
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word

# A line that surely is text has this many words, read this well.
_WORDS_OF_TEXT = 4
_CONFIDENCE_OF_TEXT = 0.8
# The edge that all but this share of the sure lines keep within; the rest are lines with a note beside them.
_OUTSIDE = 0.04
# Short typed lines (verse, speakers, tables) widen the column where this many begin or end as near to each other,
# and hold this share of the page's typing: a stamp of three lines holds less.
_ALIKE = 3
_ALIKE_LETTERS = 2.0
_ALIKE_SHARE = 0.05
# Middles of pieces on one row differ by less than this share of a line's height, ascenders or none.
_LEVEL = 0.55
# Lines that begin alike within this many letters, at most this many line heights apart (three to five rows), are one
# block.
_ALIGNED_LETTERS = 0.7
_ALIGNED_ROWS = 10.0
# The letters of a turned stamp stand below each other as well, but make no words.
_WORD_LETTERS = 2.5
_CENTRED_LETTERS = 3.0
# A catchword starts in the last part of the column.
_RIGHT_SHARE = 0.7
# One or two signs alone ("1" over a table's column) count as typing when they are this sure.
_CONFIDENCE_OF_NUMBER = 0.9
# A gap this wide parts a line in two pieces; typists set two spaces after a stop, some three.
_GAP_LETTERS = 3.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The running text's left and right edge, the usual width of a letter and height of a line, in pixels.

    ``machine`` is what typed it, where that could be measured; ``typed`` are the places of all pieces of lines that
    surely are typed.
    """

    left: int
    right: int
    letter_px: float
    line_px: float
    machine: Machine | None = None
    typed: tuple[Box, ...] = ()

    @property
    def is_fixed(self) -> bool:
        """Whether all letters are of one width."""
        return self.machine is not None and self.machine.is_fixed

    def crosses(self, box: Box) -> bool:
        """Tell whether a box reaches into the column."""
        return box.right >= self.left and box.left <= self.right

    def is_level(self, box: Box) -> bool:
        """Tell whether other typing stands on the row of a box."""
        reach = _LEVEL * self.line_px
        return any(
            abs(other.centre[1] - box.centre[1]) < reach and (other.right <= box.left or other.left >= box.right)
            for other in self.typed
        )

    def is_aligned(self, box: Box) -> bool:
        """Tell whether a box begins where the column does, or a row of typing close above or below."""
        reach = _ALIGNED_ROWS * self.line_px
        return abs(self.left - box.left) < _ALIGNED_LETTERS * self.letter_px or any(
            other.width > _WORD_LETTERS * self.letter_px
            and abs(other.left - box.left) < _ALIGNED_LETTERS * self.letter_px
            and _LEVEL * self.line_px < abs(other.centre[1] - box.centre[1]) < reach
            for other in self.typed
        )

    def is_below(self, box: Box) -> bool:
        """Tell whether a box stands at the right below all typing, where a catchword does."""
        start = self.left + _RIGHT_SHARE * (self.right - self.left)
        return box.left > start and all(other.bottom <= box.top or other == box for other in self.typed)

    def is_centred(self, box: Box) -> bool:
        """Tell whether a box stands in the middle of the column."""
        return abs(box.centre[0] - (self.left + self.right) / 2) < _CENTRED_LETTERS * self.letter_px


def find(lines: Sequence[Line]) -> Column | None:
    """Find the column of running text; ``None`` on a page with fewer than three lines that surely are text."""
    sure = [words for words in (_sure_words(line) for line in lines) if len(words) >= _WORDS_OF_TEXT]
    if len(sure) < 3:
        return None
    lefts = [words[0].box.left for words in sure]
    rights = [words[-1].box.right for words in sure]
    left = int(np.quantile(lefts, _OUTSIDE))
    right = int(np.quantile(rights, 1 - _OUTSIDE))
    words = [word for line in sure for word in line]
    letter_px = median(word.box.width / len(word.text) for word in words)
    machine = machines.measure(lines)
    typed = _typed(lines, letter_px, machine) if machine and machine.is_fixed else []
    reach = _ALIKE_LETTERS * letter_px
    left = min(left, _outermost([(piece.left, piece.width) for piece in typed], reach, default=left))
    right = max(right, -_outermost([(-piece.right, piece.width) for piece in typed], reach, default=-right))
    return Column(
        left=left,
        right=right,
        letter_px=letter_px,
        line_px=median(word.box.height for word in words),
        machine=machine,
        typed=tuple(piece for piece in typed if piece.left < right and piece.right > left),
    )


def pieces(words: Sequence[Word], letter_px: float) -> list[tuple[Word, ...]]:
    """Part the words of a line, in order, at wide gaps."""
    found: list[list[Word]] = []
    for before, word in pairwise((None, *words)):
        if word is None:
            continue
        if before is None or word.box.left - before.box.right > _GAP_LETTERS * letter_px:
            found.append([])
        found[-1].append(word)
    return [tuple(piece) for piece in found]


def _sure_words(line: Line) -> list[Word]:
    """Keep the words that surely are words: several letters, well read."""
    return [word for word in line.words if word.confidence >= _CONFIDENCE_OF_TEXT and len(word.text) > 1]


def _typed(lines: Sequence[Line], letter_px: float, machine: Machine) -> list[Box]:
    """Return the places of the pieces that surely are typed."""
    found = [piece for line in lines for piece in pieces(line.words, letter_px) if _is_typed(piece, machine)]
    return [Box.around(word.box for word in piece) for piece in found]


def _is_typed(words: Sequence[Word], machine: Machine) -> bool:
    """Tell whether a piece of a line surely is typed: read well, and as wide as the machine sets it."""
    sure = [word for word in words if word.confidence >= _CONFIDENCE_OF_TEXT]
    if 2 * len(sure) < len(words):
        return False
    share = machines.share(words, machine)
    is_number = all(word.text.isalnum() and word.confidence >= _CONFIDENCE_OF_NUMBER for word in words)
    return is_number if share is None else share > 0.5


def _outermost(edges: Sequence[tuple[int, int]], reach: float, *, default: int) -> int:
    """Return the smallest edge that enough others are near to; each comes with the length of its piece."""
    enough = _ALIKE_SHARE * sum(length for _, length in edges)
    for first, _ in sorted(edges):
        near = [length for edge, length in edges if 0 <= edge - first <= reach]
        if len(near) >= _ALIKE and sum(near) >= enough:
            return first
    return default
