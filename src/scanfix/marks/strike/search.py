"""Straight runs of ink: looked for once at half size and at every angle, then measured at full size, the longest first.

Of runs that lie in one another, such as those at the ragged edges of a stroke, the longest stands for all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import ceil, cos, radians, tan

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.lines import Sheared, halved, level_runs, shear
from scanfix.marks.strike.stroke import Stroke
from scanfix.model.geometry import Box

# Pens lean up to 34 degrees on the pages that taught us; an X drawn over a word leans up to 45.
STEEPEST_DEG = 47.0
# A stroke 6 thick is inked over 250 pixels of a line 1.4 degrees off: steps of 2 find it, steps of 0.5 measure it.
_STEP_DEG = 2.0
_FINE_STEP_DEG = 0.5
# Slanted strokes are shorter: steps of 3 degrees find them.
_SLANTS_DEG = tuple(np.arange(11.0, STEEPEST_DEG + 0.1, 3.0).tolist())
_COARSE_DEG = (*(-slant for slant in _SLANTS_DEG), *np.arange(-8.0, 8.1, _STEP_DEG).tolist(), *_SLANTS_DEG)
_FINE_DEG = tuple(np.arange(-_STEP_DEG, _STEP_DEG + 0.1, _FINE_STEP_DEG).tolist())
# At half size a run may lose up to a tenth of its length.
_SLACK = 0.85
# Share of a stroke's columns that lie clear of letters, at least: thickness is measured there.
_CLEAR_SHARE = 0.15
# Clear columns are at most that much taller than the clearest.
_CLEAR_RATIO = 1.5
# Ink this far beyond a thick stroke's edge is a letter's; beyond a thin one's, half its thickness.
_BEYOND_PX = 3.0
# Where two strokes of an X meet they look like one for less than that many columns.
_ALONE_PX = 10
# Strokes of one angle that are told apart, and how far apart their rows lie at half size.
_ROWS = 4
_ROWS_APART = 4
# Runs whose angles differ by less, and that lie closer than two of their thicknesses, are one stroke.
_SAME_DEG = 6.0
_USUAL_PX = 5.0
# A run is followed beyond what was seen of it at half size by that share of its length.
_FURTHER = 0.3


@dataclass(frozen=True, slots=True)
class Run:
    """A run of ink at one angle: a row and columns ``first`` up to but without ``end`` of a sheared window.

    ``left`` and ``top`` are the window's place.
    """

    sheared: Sheared
    row: int
    first: int
    end: int
    left: int = 0
    top: int = 0

    @property
    def length(self) -> float:
        """Length along the run."""
        return (self.end - self.first) / cos(radians(self.sheared.angle_deg))

    @property
    def stroke(self) -> Stroke:
        """The run's middle line as a stroke of no known thickness."""
        height = self.sheared.height_at
        return Stroke(
            start=(self.left + self.first, self.top + height(self.row, self.first)),
            end=(self.left + self.end, self.top + height(self.row, self.end)),
            angle_deg=self.sheared.angle_deg,
            thickness_px=_USUAL_PX,
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """A run's stroke, the columns where it runs alone, and its upright extent there."""

    run: Run
    stroke: Stroke
    alone: Mask
    upright_px: float

    def clear_of(self, ink: Mask) -> None:
        """Take the stroke out of a copy of the window, in place, where nothing crosses it."""
        columns = self.run.first + np.flatnonzero(self.alone)
        middle = self.run.row - self.run.sheared.offset - self.run.sheared.slope * columns
        reach = ceil(self.upright_px / 2) + 1
        for away in range(-reach, reach + 1):
            rows = np.rint(middle + away).astype(np.intp) + self.run.top
            is_inside = (rows >= 0) & (rows < ink.shape[0])
            ink[rows[is_inside], columns[is_inside] + self.run.left] = False


# Tells whether a stroke of no known thickness is one that is looked for.
Wanted = Callable[[Stroke], bool]


def strokes_in(
    pixels: NDArray[np.uint8], body: Box, *, shortest_px: float, thickest_px: float, most: int, is_wanted: Wanted
) -> list[Measured]:
    """Find the straight strokes through a box, the longest first.

    Parameters
    ----------
    pixels
        Window of ink, shape (height, width), 0 paper.
    body
        Only runs that pass through it are looked at; their gaps and crossings are counted inside it.
    shortest_px
        Shorter runs are none.
    thickest_px
        Thicker strokes measure as twice that.
    most
        Strokes that are measured.
    is_wanted
        Further conditions, asked at half size.
    """
    rough = _rough(halved(pixels), body, shortest_px=_SLACK * shortest_px / 2)
    found: list[Measured] = []
    tried: list[Stroke] = []
    left = pixels.astype(bool)
    for run in sorted(rough, key=lambda run: -run.length):
        if len(found) == most:
            break
        seen = run.stroke.doubled()
        if not is_wanted(seen) or not all(_are_apart(seen, other) for other in tried):
            continue
        fine = _refined(left.view(np.uint8), seen, shortest_px=shortest_px, reach_px=ceil(2 * thickest_px))
        if fine is None:
            tried.append(seen)
            continue
        measured = _measured(fine, body, reach_px=ceil(2 * thickest_px))
        if all(_are_apart(measured.stroke, other.stroke) for other in found):
            found.append(measured)
            tried.append(measured.stroke)
            measured.clear_of(left)
    return found


def _rough(small: NDArray[np.uint8], body: Box, *, shortest_px: float) -> list[Run]:
    """Find the runs of a window of half the size at all angles."""
    half = Box.of([edge / 2 for edge in body.edges])
    found: list[Run] = []
    for angle_deg in _COARSE_DEG:
        columns = max(3, round(shortest_px * cos(radians(angle_deg))))
        if abs(tan(radians(angle_deg))) * (columns - 4) <= small.shape[0]:
            found += _runs(shear(small, angle_deg=angle_deg), half, min_px=columns)
    return found


def _runs(sheared: Sheared, body: Box, *, min_px: int) -> Iterator[Run]:
    """Yield the longest run of the fullest rows that pass through a box."""
    edges = [y + sheared.offset + sheared.slope * x for x in (body.left, body.right) for y in (body.top, body.bottom)]
    first_row = max(0, round(min(edges)))
    runs = level_runs(sheared.ink[first_row : max(0, round(max(edges))) + 1], min_px=min_px)
    inked = runs.sum(axis=1, dtype=np.int64)
    for _ in range(_ROWS):
        row = int(inked.argmax()) if inked.size else 0
        if not inked.size or inked[row] < min_px:
            return
        changes = np.flatnonzero(runs[row, 1:] != runs[row, :-1]) + 1
        edges_ = np.concatenate([[0], changes, [runs.shape[1]]])
        lengths = np.diff(edges_) * runs[row, edges_[:-1]]
        longest = int(lengths.argmax())
        yield Run(sheared=sheared, row=first_row + row, first=int(edges_[longest]), end=int(edges_[longest + 1]))
        inked[max(0, row - _ROWS_APART) : row + _ROWS_APART + 1] = 0


def _refined(pixels: NDArray[np.uint8], seen: Stroke, *, shortest_px: float, reach_px: int) -> Run | None:
    """Find the longest run near one that was seen at half size."""
    aside = round(_FURTHER * seen.length_px) + 10
    grown = Box(
        left=seen.box.left - aside,
        top=seen.box.top - reach_px - aside // 4,
        right=seen.box.right + aside,
        bottom=seen.box.bottom + reach_px + aside // 4,
    )
    near = grown.clip(width=pixels.shape[1], height=pixels.shape[0])
    window = pixels[near.top : near.bottom, near.left : near.right]
    body = Box.of(
        (
            max(0, seen.start[0] - near.left),
            max(0, seen.box.top - near.top - _ROWS_APART),
            min(near.width, seen.end[0] - near.left),
            min(near.height, seen.box.bottom - near.top + _ROWS_APART),
        )
    )
    best: Run | None = None
    for off in _FINE_DEG:
        angle_deg = seen.angle_deg + off
        columns = max(3, round(_SLACK * shortest_px * cos(radians(angle_deg))))
        for run in _runs(shear(window, angle_deg=angle_deg), body, min_px=columns):
            is_near = abs(near.top + run.stroke.y_at(seen.middle[0] - near.left) - seen.middle[1]) <= 2 * _USUAL_PX
            if is_near and (best is None or run.length > best.length):
                best = run
    return None if best is None or best.length < shortest_px else replace(best, left=near.left, top=near.top)


def _measured(run: Run, body: Box, *, reach_px: int) -> Measured:
    """Measure a run as a stroke."""
    run = _centred(run, reach_px=reach_px)
    above, below = _extents(run, reach_px=reach_px)
    extents = np.maximum(0, above + below - 1)
    upright = float(np.quantile(extents[extents > 0], _CLEAR_SHARE)) if extents.any() else 1.0
    is_clear: Mask = (extents > 0) & (extents <= _CLEAR_RATIO * upright + 1)
    first = max(run.left + run.first, body.left) - run.left - run.first
    inside = slice(max(0, first), max(0, min(run.left + run.end, body.right) - run.left - run.first))
    stroke = replace(
        run.stroke.through_letters(body),
        thickness_px=upright * cos(radians(run.sheared.angle_deg)),
        gaps=_stretches(is_clear[inside]),
        crossed=_crossed(above[inside], below[inside], upright),
        clear=float(is_clear.mean()),
    )
    alone = (extents > 0) & (extents <= upright + 1)
    stretches = level_runs(alone.astype(np.uint8)[None, :], min_px=_ALONE_PX, skip_px=1)[0] > 0
    return Measured(run=run, stroke=stroke, alone=stretches, upright_px=upright)


def _centred(run: Run, *, reach_px: int) -> Run:
    """Move a run to the middle of its stroke."""
    above, below = _extents(run, reach_px=reach_px)
    extents = above + below
    is_clear = (above > 0) & (extents <= np.quantile(extents, _CLEAR_SHARE) + 1)
    off = round(float(np.median(below[is_clear] - above[is_clear])) / 2) if is_clear.any() else 0
    return replace(run, row=min(max(0, run.row + off), run.sheared.ink.shape[0] - 1))


def _extents(run: Run, *, reach_px: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how far the ink reaches above and below a run, column by column, the run's own row included."""
    ink = run.sheared.ink
    above = ink[max(0, run.row - reach_px) : run.row + 1, run.first : run.end][::-1]
    below = ink[run.row : run.row + reach_px, run.first : run.end]
    up: NDArray[np.int64] = np.cumprod(above, axis=0, dtype=np.int64).sum(axis=0)
    down: NDArray[np.int64] = np.cumprod(below, axis=0, dtype=np.int64).sum(axis=0)
    return up, down


def _crossed(above: NDArray[np.int64], below: NDArray[np.int64], upright_px: float) -> float:
    """Return the share of the columns with letters at the run where the letters lie at both sides."""
    edge = upright_px / 2 + min(upright_px / 2, _BEYOND_PX)
    up, down = above > edge, below > edge
    return float((up & down).sum() / max(1, (up | down).sum()))


def _stretches(is_clear: Mask) -> int:
    """Count the stretches of at least three clear columns."""
    if not is_clear.size:
        return 0
    runs = level_runs(is_clear.astype(np.uint8)[None, :], min_px=3)[0]
    return int(np.count_nonzero(np.diff(runs.astype(np.int8), prepend=0) == 1))


def _are_apart(one: Stroke, other: Stroke) -> bool:
    """Tell whether a run is another stroke than one that was seen, not its ragged edge."""
    away = abs(one.middle[1] - other.y_at(one.middle[0]))
    overlap = min(one.end[0], other.end[0]) - max(one.start[0], other.start[0])
    is_beside = overlap < (one.end[0] - one.start[0]) / 2
    return (
        is_beside or abs(one.angle_deg - other.angle_deg) > _SAME_DEG or away > 2 * max(_USUAL_PX, other.thickness_px)
    )
