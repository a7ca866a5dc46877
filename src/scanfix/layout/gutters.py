"""Gutters: the white between columns of text, found from the boxes of words alone.

A place on the page's width is white over a run of lines where none of their words stands on it; a gutter is the
longest such run with prose on both its sides. (White space as the key to layout: Breuel, Two geometric algorithms for
layout analysis, DAS 2002; cutting a page at it again and again: Nagy and Seth, Hierarchical representation of
optically scanned documents, ICPR 1984.)

Typed tables, lists with hanging numbers and forms have white between their pieces as well, but are read in rows: what
tells columns from them is that the lines of prose are broken anywhere, so that most of them begin in small letters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from scanfix.layout.pitch import Pitch, middle
from scanfix.model.text import Line, Word

# A typed blank is one letter wide and the bearings beside it; two of them follow a full stop.
_NARROW_LETTERS, _WIDE_LETTERS = 1.6, 2.5
# Blanks of a few lines stand below each other by chance ("rivers"), so that a narrow gutter must be longer.
_LINES_OF_NARROW, _LINES_OF_WIDE = 8, 4
# Beside a gutter that is known from another place of the page, two lines are enough (signatures of both sides).
_LINES_OF_KNOWN = 2
# Columns keep their own grids of lines: a line has its neighbour within so many steps.
_BESIDE_STEPS = 1.1
# Blank lines, and headings that were not read, part the articles of one column; below a larger gap something else
# begins.
_GAP_STEPS = 5.2
# So many lines over the whole width (pieces of them), above or below columns, may have a blank there by chance.
_CHANCE_LINES = 4
_FAR_WIDER = 1.3
# Wider white proves no more.
_ENOUGH_LETTERS = 2.0
# Prose: so many words a line, so many of its lines begun in small letters, so much of it letters.
_WORDS, _SMALL, _LETTERS = 2.0, 0.3, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Gutter:
    """The white between two columns, in pixels: from ``left`` to ``right``, for lines from ``top`` to ``bottom``."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def x(self) -> float:
        """The middle: what stands left of it is of the left column."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Lines with white in one place: their numbers, and the run of lines around them that have it as well.

    ``left`` and ``right`` are the pieces of the lines beside the white, from top to bottom.
    """

    core: tuple[int, ...]
    run: range
    left: tuple[tuple[Word, ...], ...]
    right: tuple[tuple[Word, ...], ...]

    @property
    def edges(self) -> tuple[float, float]:
        """Where the white begins and ends, in pixels; nowhere where one side is empty."""
        if not self.left or not self.right:
            return 0.0, 0.0
        return max(piece[-1].box.right for piece in self.left), min(piece[0].box.left for piece in self.right)

    @property
    def width(self) -> float:
        """Width of the white, 0 where one side is empty."""
        return self.edges[1] - self.edges[0]

    @property
    def count(self) -> int:
        """Lines of the shorter side."""
        return min(len(self.left), len(self.right))


def find(lines: Sequence[Line], pitch: Pitch, known: Sequence[Gutter] = ()) -> Gutter | None:
    """Find the gutter that parts most lines; ``None`` where the lines stand in one column.

    Parameters
    ----------
    lines
        Lines or pieces of them, in any order.
    pitch
        The page's measure.
    known
        Gutters of other lines of the page: what keeps to one of them needs less proof.
    """
    ordered = sorted(lines, key=lambda line: (middle(line), line.box.left))
    if len(ordered) < _LINES_OF_KNOWN:
        return None
    heights = np.array([middle(line) for line in ordered])
    found: dict[Gutter, float] = {}
    for x, is_white in _columns(ordered, pitch):
        for start, end in _runs(is_white):
            for core in _cores(ordered, heights, x, range(start, end + 1), pitch):
                stretch = _trimmed(ordered, heights, x, core, run=range(start, end + 1), pitch=pitch)
                gutter = _measure(ordered, stretch, heights, pitch)
                if _is_gutter(gutter, stretch, pitch, known):
                    proof = stretch.count * min(gutter.right - gutter.left, _ENOUGH_LETTERS * pitch.letter_px)
                    found[gutter] = max(proof, found.get(gutter, 0.0))
    # Of gutters alike (three columns), the left one parts first.
    return max(found, key=lambda one: (found[one], one.bottom - one.top, -one.left), default=None)


def _columns(lines: Sequence[Line], pitch: Pitch) -> Iterator[tuple[float, NDArray[np.bool_]]]:
    """Go over the width in steps of half a letter, and say of each line whether it is white there."""
    left = min(line.box.left for line in lines)
    right = max(line.box.right for line in lines)
    places = np.arange(left, right, pitch.letter_px / 2)
    white = np.ones((len(lines), len(places)), dtype=np.bool_)
    for row, line in enumerate(lines):
        for word in _sure(line):
            white[row] &= (places < word.box.left) | (places > word.box.right)
    for index, x in enumerate(places):
        yield float(x), white[:, index]


def _runs(is_white: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Give the first and the last line of each run of white ones."""
    for white, group in groupby(range(len(is_white)), key=lambda row: bool(is_white[row])):
        rows = list(group)
        if white:
            yield rows[0], rows[-1]


def _cores(
    lines: Sequence[Line], heights: NDArray[np.float64], x: float, run: range, pitch: Pitch
) -> Iterator[tuple[int, ...]]:
    """Give the stretches of a run where text stands on both sides of the white, as numbers of lines."""
    left = np.array([heights[row] for row in run if lines[row].box.left < x])
    right = np.array([heights[row] for row in run if lines[row].box.right > x])
    if not left.size or not right.size:
        return
    reach = _BESIDE_STEPS * pitch.step_px
    core: list[int] = []
    for row in run:
        if abs(left - heights[row]).min() > reach or abs(right - heights[row]).min() > reach:
            continue
        if core and heights[row] - heights[core[-1]] > _GAP_STEPS * pitch.step_px:
            yield tuple(core)
            core = []
        core.append(row)
    if core:
        yield tuple(core)


def _trimmed(
    lines: Sequence[Line], heights: NDArray[np.float64], x: float, core: tuple[int, ...], *, run: range, pitch: Pitch
) -> _Stretch:
    """Take rows off both ends of a stretch that only have a blank in the gutter's place, and end the run there.

    A line over the whole width has one as often as a sentence ends there; without it the white is far wider.
    """
    whole = _stretch(lines, x, core, run)
    if whole.width >= _WIDE_LETTERS * pitch.letter_px:
        return whole
    level = pitch.line_px / 2
    for row in core[-1 : -_CHANCE_LINES - 1 : -1]:
        last = int(np.searchsorted(heights, heights[row] - level))
        shorter = _stretch(lines, x, [one for one in core if one < last], range(run.start, last))
        if shorter.width > _FAR_WIDER * whole.width:
            whole = shorter
            break
    core, run = whole.core, whole.run
    for row in core[:_CHANCE_LINES]:
        first = int(np.searchsorted(heights, heights[row] + level))
        shorter = _stretch(lines, x, [one for one in core if one >= first], range(first, run.stop))
        if shorter.width > _FAR_WIDER * whole.width:
            return shorter
    return whole


def _stretch(lines: Sequence[Line], x: float, core: Sequence[int], run: range) -> _Stretch:
    """Part the words of a stretch at the white."""
    left = (tuple(word for word in _sure(lines[row]) if word.box.right < x) for row in core)
    right = (tuple(word for word in _sure(lines[row]) if word.box.left > x) for row in core)
    return _Stretch(core=tuple(core), run=run, left=tuple(filter(None, left)), right=tuple(filter(None, right)))


def _sure(line: Line) -> tuple[Word, ...]:
    """Return the words of a line that are no specks: these stand in gutters as well."""
    return tuple(word for word in line.words if any(sign.isalnum() for sign in word.text))


def _measure(lines: Sequence[Line], stretch: _Stretch, heights: NDArray[np.float64], pitch: Pitch) -> Gutter:
    """Measure the white of a stretch; one column may begin above the other, or end below it."""
    left, right = stretch.edges
    gap_px = _GAP_STEPS * pitch.step_px

    def goes_on(row: int, before: int) -> bool:
        is_within = row in stretch.run and abs(heights[row] - heights[before]) <= gap_px
        return is_within and (lines[row].box.right <= right or lines[row].box.left >= left)

    first, last = stretch.core[0], stretch.core[-1]
    while goes_on(first - 1, first):
        first -= 1
    while goes_on(last + 1, last):
        last += 1
    margin = pitch.line_px / 4
    return Gutter(left=left, right=right, top=float(heights[first]) - margin, bottom=float(heights[last]) + margin)


def _is_gutter(gutter: Gutter, stretch: _Stretch, pitch: Pitch, known: Sequence[Gutter]) -> bool:
    """Tell whether white is a gutter: long enough for its width, with prose on both sides."""
    width = stretch.width / pitch.letter_px
    if width < _NARROW_LETTERS:
        return False
    if any(gutter.left < other.x < gutter.right for other in known):
        return stretch.count >= _LINES_OF_KNOWN
    is_long = stretch.count >= (_LINES_OF_WIDE if width >= _WIDE_LETTERS else _LINES_OF_NARROW)
    return is_long and _is_prose(stretch.left) and _is_prose(stretch.right)


def _is_prose(pieces: Sequence[tuple[Word, ...]]) -> bool:
    """Tell whether the pieces of lines on one side (at least one) are running text."""
    letters = [sign.isalpha() for piece in pieces for word in piece for sign in word.text]
    small = sum(piece[0].text[0].islower() for piece in pieces)
    return (
        sum(len(piece) for piece in pieces) >= _WORDS * len(pieces)
        and small >= _SMALL * len(pieces)
        and sum(letters) >= _LETTERS * len(letters)
    )
