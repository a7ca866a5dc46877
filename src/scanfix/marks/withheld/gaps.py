"""Places that were made white on white paper: only a code and the text cut off around it tell of them.

On a two-tone scan a grey box, or one without an outline, leaves nothing but an empty rectangle amid the text. It is
believed where a code stands in it, or beside it at its height.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.frame import Frame
from scanfix.model.geometry import Box
from scanfix.model.text import Line

# Rectangles are sought on a grid of this many pixels: half the thickness of a stem.
_CELL = 3
# What covers half a page has its outline, or its page left out.
_REACH_PX = 640
# Dust and what a cut left of a letter are no text.
_SPECK_PX = 30
# Lines of text are that wide, in widths of the page; a cover has few of them.
_LINE_WIDTH = 0.3
_FEWEST_LINES = 5
_WELL_READ = 0.7
# A code in the margin may have been read as the end of a line: a column reaches where three lines do.
_REACHING = 3
# Half a line leaves 35 pixels of white, a covered line 60; a covered word is wider than two words' space.
_LEAST_HEIGHT = 44
_LEAST_WIDTH = 100
# Between paragraphs and under headings a line or two are left free. Typed lines are 50 pixels apart and more.
_MISSING_LINES = 3
_LEAST_PITCH_PX = 30
# A code in the margin stands at the middle of its box, give or take what the text leaves open above and below.
_LEVEL_PX = 24
_BAND_PX = 9
_GROWTH_PX = 6


def gap_around(code: Box, frame: Frame, lines: Sequence[Line]) -> Box | None:
    """Return the empty rectangle amid text in which a code stands, ``None`` where there is none."""
    column = _column(code, frame, lines)
    if column is None or code.share_inside(column) < 1.0:
        return None
    free = _free(column, frame, code.grow(_GROWTH_PX).clip(width=frame.width, height=frame.height))
    found = _largest(free, _cells(code.shift(x=-column.left, y=-column.top)))
    return _amid(found, column) if found else None


def gap_beside(code: Box, frame: Frame, lines: Sequence[Line]) -> Box | None:
    """Return the empty rectangle in the lines beside a code in the margin, ``None`` where there is none."""
    column = _column(code, frame, lines)
    if column is None or code.intersect(column).area:
        return None
    free = _free(column, frame)
    middle = round(code.centre[1]) - column.top
    first, last = (middle - _BAND_PX) // _CELL, (middle + _BAND_PX) // _CELL + 1
    gaps = []
    for left, right in _runs(np.asarray(free[max(0, first) : last].all(axis=0), dtype=np.bool_)):
        seed = Box(left=left, top=max(0, first), right=right, bottom=last)
        found = _largest(free, seed)
        gap = _amid(found, column) if found else None
        if gap and abs(gap.centre[1] - code.centre[1]) <= _LEVEL_PX and _interrupts(gap, column, lines):
            gaps.append(gap)
    return max(gaps, key=lambda gap: gap.width, default=None)


def _interrupts(gap: Box, column: Box, lines: Sequence[Line]) -> bool:
    """Tell whether text goes on to both sides of a gap, or whole lines are missing: more than between paragraphs."""
    if column.left + _LEAST_WIDTH // 2 < gap.left and gap.right < column.right - _LEAST_WIDTH // 2:
        return True
    middles = sorted(line.box.centre[1] for line in lines if line.box.intersect(column).area)
    pitches = [below - above for above, below in pairwise(middles) if below - above >= _LEAST_PITCH_PX]
    return bool(pitches) and gap.height >= _MISSING_LINES * float(np.median(pitches))


def _column(code: Box, frame: Frame, lines: Sequence[Line]) -> Box | None:
    """Return the column of text at a code's height, ``None`` where there is no text."""
    near = [
        line.box
        for line in lines
        if line.box.width >= _LINE_WIDTH * frame.width
        and abs(line.box.centre[1] - code.centre[1]) <= _REACH_PX
        and line.confidence >= _WELL_READ
    ]
    if len(near) < _FEWEST_LINES:
        return None
    left = sorted(box.left for box in near)[_REACHING - 1]
    right = sorted(box.right for box in near)[-_REACHING]
    top = max(min(box.top for box in near), code.top - _REACH_PX)
    bottom = min(max(box.bottom for box in near), code.bottom + _REACH_PX)
    return Box.of((left, top, right, bottom)).clip(width=frame.width, height=frame.height)


def _free(column: Box, frame: Frame, but: Box | None = None) -> Mask:
    """Tell which cells of a column hold no ink (specks do not count), those of a code taken for free."""
    labels = frame.pieces.labels[column.top : column.bottom, column.left : column.right]
    is_text = frame.pieces.boxes[:, 4] >= _SPECK_PX
    is_text[0] = False
    ink = is_text[labels]
    if but:
        own = but.intersect(column).shift(x=-column.left, y=-column.top)
        ink[own.top : own.bottom, own.left : own.right] = False
    rows, columns = ink.shape[0] // _CELL, ink.shape[1] // _CELL
    cells = ink[: rows * _CELL, : columns * _CELL].reshape(rows, _CELL, columns, _CELL)
    free: Mask = np.asarray(~cells.any(axis=(1, 3)), dtype=np.bool_)
    return free


def _cells(box: Box) -> Box:
    """Bring a box to cells."""
    return Box(
        left=box.left // _CELL, top=box.top // _CELL, right=-(-box.right // _CELL), bottom=-(-box.bottom // _CELL)
    )


def _runs(free: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Return the runs (start, end) of free cells that are long enough."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8)))
    for start, end in edges.reshape(-1, 2).tolist():
        if (end - start) * _CELL >= _LEAST_WIDTH:
            yield start, end


def _largest(free: Mask, seed: Box) -> Box | None:
    """Return the largest rectangle of free cells that holds a seed, ``None`` where the seed is not free."""
    seed = seed.clip(width=free.shape[1], height=free.shape[0])
    if not seed.area or not free[seed.top : seed.bottom, seed.left : seed.right].all():
        return None
    middle: NDArray[np.bool_] = np.asarray(free[seed.top : seed.bottom].all(axis=0), dtype=np.bool_)
    left, right = _reach(middle, seed)
    above = _widths(free[: seed.top][::-1], middle, seed, (left, right))
    below = _widths(free[seed.bottom :], middle, seed, (left, right))
    lefts = np.maximum(above[:, None, 0], below[None, :, 0])
    rights = np.minimum(above[:, None, 1], below[None, :, 1])
    heights = seed.height + np.arange(len(above))[:, None] + np.arange(len(below))[None, :]
    up, down = np.unravel_index(int(((rights - lefts) * heights).argmax()), heights.shape)
    return Box(
        left=int(lefts[up, down]),
        top=seed.top - int(up),
        right=int(rights[up, down]),
        bottom=seed.bottom + int(down),
    )


def _reach(row: NDArray[np.bool_], seed: Box) -> tuple[int, int]:
    """Return how far a row is free to both sides of a seed."""
    before, after = row[: seed.left][::-1], row[seed.right :]
    left = seed.left - (before.size if before.all() else int(before.argmin()))
    return left, seed.right + (after.size if after.all() else int(after.argmin()))


def _widths(rows: Mask, middle: NDArray[np.bool_], seed: Box, start: tuple[int, int]) -> NDArray[np.int64]:
    """Return for each number of rows, from none, the edges of what is free in all of them and in the seed's rows."""
    widths, so_far = [start], middle
    for row in rows:
        so_far = so_far & row
        if not so_far[seed.left : seed.right].all():
            break
        widths.append(_reach(so_far, seed))
    return np.array(widths, dtype=np.int64)


def _amid(found: Box, column: Box) -> Box | None:
    """Return a rectangle of cells in the frame's pixels where it lies amid text: text above and below it."""
    box = Box(
        left=column.left + _CELL * found.left,
        top=column.top + _CELL * found.top,
        right=column.left + _CELL * found.right,
        bottom=column.top + _CELL * found.bottom,
    )
    is_amid = box.top > column.top + _CELL and box.bottom < column.bottom - 2 * _CELL
    return box if is_amid and box.height >= _LEAST_HEIGHT and box.width >= _LEAST_WIDTH else None
